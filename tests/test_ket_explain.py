"""The rules of explaining a tag, or its absence."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rule_books import scheme, symbols

from studylib import ket
from studylib.errors import UsageError

BIO, PHOTO, AMT = "industrial_biotechnology", "photonics", "advanced_manufacturing"
BOOK = scheme(
    (PHOTO, "include", "G02B 6"),
    (PHOTO, "exclude", "G02B 6/36"),
    (PHOTO, "include", "H01L 51/50"),
    (BIO, "include", "C12P"),
    (BIO, "not-with", "A61"),
    (AMT, "only-with", "B23B", "G06"),
    (AMT, "only-with", "B23C", "G06"),
    (AMT, "include", "G06M"),
    aliases=[("H01L 51/50", "H10K 50")],
)


def why(*carried, **options):
    """Explanation of one application as (symbol, ket, effect, rule, verdict) rows."""
    table = ket.explain(symbols(*(("1", s) for s in carried)), BOOK, "1", **options)
    columns = ["symbol", "ket", "effect", "rule_symbol", "verdict"]
    return [tuple(row) for row in table[columns].astype("object").fillna("").to_numpy()]


def test_a_tag_names_symbol_rule_and_source():
    """Application, symbol, rule, who says so and how sure that is stand in one row."""
    found = ket.explain(symbols(("1", "C12P 7/06")), BOOK, "1")
    assert found.iloc[0].dropna().to_dict() == {
        "application_id": "1", "symbol": "C12P 7/06", "ket": BIO, "effect": "gives the tag",
        "verdict": "tag: 1 symbol", "rule": "include", "rule_symbol": "C12P", "certainty": "C",
        "source": "by hand",
    }  # fmt: skip


def test_several_symbols_are_counted():
    """The verdict says on how many symbols the tag rests."""
    assert {row[4] for row in why("C12P 7/06", "C12P 7/08")} == {"tag: 2 symbols"}


def test_an_excluded_symbol_is_shown_with_both_rules():
    """The rule that would give the tag and the one that takes the symbol out stand together."""
    assert why("G02B 6/36") == [
        ("G02B 6/36", PHOTO, "excluded: does not give the tag", "G02B 6/36",
         "no tag: every symbol is excluded"),
        ("G02B 6/36", PHOTO, "excluded: does not give the tag", "G02B 6",
         "no tag: every symbol is excluded"),
    ]  # fmt: skip


def test_a_veto_names_the_symbol_that_forbids():
    """A vetoed tag says which symbol of the application vetoed it."""
    assert why("C12P 7/06", "A61K 8/00") == [
        ("A61K 8/00", BIO, "vetoes the tag", "A61", "no tag: vetoed by A61K 8/00"),
        ("C12P 7/06", BIO, "gives the tag", "C12P", "no tag: vetoed by A61K 8/00"),
    ]


def test_a_veto_without_anything_to_forbid_is_no_symbol():
    """Where nothing gives the tag, that is the reason, not the veto."""
    assert why("A61K 8/00") == [
        ("A61K 8/00", BIO, "vetoes the tag", "A61", "no tag: no symbol gives it")
    ]


def test_a_missing_partner_is_named():
    """An only-with symbol says beside what it would count."""
    assert why("B23B 1/00") == [
        ("B23B 1/00", AMT, "gives the tag beside G06", "B23B", "no tag: no symbol of G06")
    ]


def test_a_partner_is_said_once_and_only_where_it_matters():
    """One row per partner, however many rules share it; alone it is no rule's business."""
    assert [row[2] for row in why("B23B 1/00", "B23C 1/00", "G06F 3/01")] == [
        "gives the tag beside G06", "gives the tag beside G06", "partner of an only-with rule",
    ]  # fmt: skip
    assert why("G06F 3/01") == [("G06F 3/01", "", "no rule", "", "")]


def test_a_renaming_is_named():
    """A rule written for an old symbol says through which renaming it caught the new one."""
    found = ket.explain(symbols(("1", "H10K 50/11"), ("1", "H01L 51/50")), BOOK, "1")
    assert list(found["alias"].fillna("")) == ["", "H01L 51/50 is H10K 50 since 2020.01"]
    assert list(found["rule_symbol"]) == ["H01L 51/50", "H01L 51/50"]


def test_symbols_no_rule_speaks_of_are_listed():
    """The absence of a rule is a row too."""
    assert why("E04B 1/00") == [("E04B 1/00", "", "no rule", "", "")]
    assert [row[2] for row in why("E04B 1/00", "C12P 7/06")] == ["gives the tag", "no rule"]


def test_no_ipc_symbol_is_unclassified():
    """CPC rows do not count; an application known to exist without symbols is unclassified."""
    rows = symbols(("1", "C12P 7/06")).assign(scheme="cpc")
    found = ket.explain(rows, BOOK, "1")
    assert list(found["effect"]) == ["no IPC symbol: unclassified, which is not without KET"]
    known = pd.DataFrame({"application_id": ["2"]})
    assert len(ket.explain(rows, BOOK, "2", applications=known)) == 1


def test_an_unknown_application_is_an_error():
    """A mistyped number is not an application without KET."""
    with pytest.raises(UsageError, match="no application '9'"):
        ket.explain(symbols(("1", "C12P 7/06")), BOOK, "9")


SYMBOLS = [
    "C12P 7/06", "A61K 8/00", "G02B 6/36", "G02B 6/10", "B23B 1/00", "G06F 3/01", "G06M 1/00",
    "E04B 1/00",
]  # fmt: skip


@given(st.sets(st.sampled_from(SYMBOLS), min_size=1))
def test_verdicts_agree_with_the_tags(carried):
    """What is explained is what is counted."""
    rows = symbols(*(("1", s) for s in sorted(carried)))
    found = ket.explain(rows, BOOK, "1").dropna(subset="verdict")
    tagged = set(found.loc[found["verdict"].str.startswith("tag:"), "ket"])
    assert tagged == set(ket.tag(rows, BOOK)["ket"])
    assert set(ket.explain(rows, BOOK, "1")["symbol"]) == carried
