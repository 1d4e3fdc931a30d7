"""Symbols and parties, cleaned and merged: what is unreadable is kept with its place."""

import threading
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_studies import raw

from studylib import prepare
from studylib.prepare.parties import name_parties, names
from studylib.prepare.symbols import clean_symbols, merge_symbols

ONE = {"application_number": "EP01100001"}
TWO = {"application_number": "EP01100002"}


def canonical(*records, **changes):
    return prepare.canonical([raw(*records, **changes)])


def symbols(*records):
    table = canonical(*records)["symbols"]
    return table[["application_id", "scheme", "symbol", "level", "position", "raw"]].to_numpy()


def parties(*records, **changes):
    table = canonical(*records, **changes)["parties"]
    return table[["role", "name", "country", "nuts_id", "weight"]].fillna("").to_numpy().tolist()


def test_one_symbol_in_two_spellings_is_one_row():
    """First place in the list; the raw spelling of that place is kept."""
    assert symbols({**ONE, "ipc": ["A21D 10/00", "H01L31/042", "H01L 31/042"]}).tolist() == [
        ["EP01100001", "ipc", "A21D 10/00", "main group", 1, "A21D 10/00"],
        ["EP01100001", "ipc", "H01L 31/042", "subgroup", 2, "H01L31/042"],
    ]


def test_cpc_is_never_mixed_with_ipc():
    """The same symbol of both schemes is two rows; a family with CPC only is unclassified."""
    assert symbols({**ONE, "ipc": ["A21D 10/00"], "cpc": ["A21D 10/00"]})[:, 1].tolist() == [
        "cpc",
        "ipc",
    ]
    families = canonical({**ONE, "cpc": ["A21D 10/00"]})["families"]
    assert families["has_ipc"].tolist() == [False]


def test_a_symbol_that_cannot_be_read_is_a_reject_with_its_place():
    """The application stays; twice the same in one row is one reject that stands for two."""
    read = canonical({**ONE, "ipc": ["banana", "banana", "A21D"]})
    assert read["symbols"]["symbol"].tolist() == ["A21D"]
    rejects = read["rejects"][["file", "row", "column", "value", "n"]]
    assert rejects.to_numpy().tolist() == [["export.csv", 2, "ipc", "banana", 2]]
    assert read["rejects"]["reason"].notna().all()


def test_a_value_that_holds_a_list_is_taken_apart():
    """Old records write several symbols into one value; what of it cannot be read is a reject."""
    listed = {**ONE, "ipc": ["7 A 23 B 5/00, A 21 C 9/06", "A21D; banana"]}
    assert symbols(listed).tolist() == [
        ["EP01100001", "ipc", "A21C 9/06", "subgroup", 2, "A 21 C 9/06"],
        ["EP01100001", "ipc", "A21D", "subclass", 3, "A21D"],
        ["EP01100001", "ipc", "A23B 5/00", "main group", 1, "7 A 23 B 5/00"],
    ]
    assert canonical(listed)["rejects"]["value"].tolist() == ["banana"]


def test_the_edition_before_a_list_is_that_of_all_its_symbols():
    """A year in brackets belongs to the symbol it stands behind, and to no other."""
    listed = ["6 A 21 D 13/02, A 47 J 37/01", "B01D 1/00 (2006.01); B01F 3/00"]
    read = canonical({**ONE, "ipc": listed})["symbols"].set_index("symbol")["version"]
    assert read.fillna("").to_dict() == {
        "A21D 13/02": "6", "A47J 37/01": "6", "B01D 1/00": "2006.01", "B01F 3/00": "",
    }  # fmt: skip


def test_of_two_editions_the_older_is_kept():
    """Editions 1 to 8 are older than those named by a year, whatever the alphabet says."""
    twice = {**ONE, "ipc": ["A21D 13/02 (2006.01)", "6 A 21 D 13/02"]}
    assert canonical(twice)["symbols"]["version"].tolist() == ["6"]


def test_symbols_of_a_record_without_number_go_with_it():
    """A record that is not used has no symbols, no parties, no claims."""
    read = canonical({"ipc": ["A21D"], "applicants": ["X"], "priorities": [("ES1", "ES", None)]})
    assert [len(read[name]) for name in ("applications", "symbols", "parties")] == [0, 0, 0]
    assert len(read.priority_countries) == 0


def test_what_one_record_says_of_a_symbol_counts_for_the_application():
    """Inventive if one of its records says so; not known if none does; oldest version."""
    exported = raw({**ONE, "ipc": ["A21D 10/00", "B82Y 30/00"]}, {**ONE, "ipc": ["A21D 10/00"]})
    told = exported.symbols.assign(value=["N", None, "I"], version=["2009.01", None, "2006.01"])
    found = merge_symbols(
        clean_symbols(raw(ONE, ONE, symbols=told), pd.Series(["EP01100001", "EP01100001"]))[0]
    )
    assert found["is_inventive"].tolist() == [True, pd.NA]
    assert found["version"].fillna("").tolist() == ["2006.01", ""]


def test_names_are_one_in_any_spelling():
    """Legal form and case do not make another applicant; persons keep theirs."""
    both = [("Lampes du Sud S.A.", "FR"), ("LAMPES DU SUD SA", "FR")]
    assert parties({**ONE, "applicants": both}) == [["applicant", "LAMPES DU SUD", "FR", "", 1.0]]


def test_a_name_with_and_without_address_is_one_party():
    """The address is the better knowledge; two addresses are two parties."""
    given_ = ["Etxe S.L.", ("Etxe S.L.", "ES"), ("Etxe S.L.", "FR")]
    assert parties({**ONE, "applicants": given_}) == [
        ["applicant", "ETXE", "ES", "", 0.5],
        ["applicant", "ETXE", "FR", "", 0.5],
    ]


def test_stated_shares_are_kept_and_scaled():
    """Shares of an export count as stated, scaled to 1; A1 and B1 do not add them up."""
    people = [("Ana Uno", "ES", "ES212", 0.25), ("Bea Dos", "ES", "ES213", 0.25)]
    assert parties({**ONE, "inventors": people}, {**ONE, "inventors": people}) == [
        ["inventor", "ANA UNO", "ES", "ES212", 0.5],
        ["inventor", "BEA DOS", "ES", "ES213", 0.5],
    ]


def test_without_shares_all_count_the_same():
    """Three inventors: a third each."""
    weights = [row[-1] for row in parties({**ONE, "inventors": ["A B", "C D", "E F"]})]
    assert weights == pytest.approx([1 / 3] * 3)


def test_only_applicants_have_a_kind():
    """A type is told from an applicant's name; an inventor is a person anyway."""
    table = canonical({**ONE, "applicants": ["Universidad de Lugar"], "inventors": ["Ana Uno"]})
    kinds = table["parties"].set_index("role")["kind"]
    assert kinds["applicant"] == "university"
    assert pd.isna(kinds["inventor"])


NAMES = st.tuples(
    st.sampled_from(["Lampes du Sud S.A.", "LAMPES DU SUD SA", "Etxe S.L.", "Ana Uno"]),
    st.sampled_from(["FR", "ES", None]),
    st.sampled_from(["FR612", None]),
    st.sampled_from([None, 0.5, 1.0]),
)
RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "application_number": st.sampled_from(["EP01100001", "EP01100002"]),
            "ipc": st.lists(st.sampled_from(["A21D", "H01L 31/042", "?"]), max_size=3),
            "applicants": st.lists(NAMES, max_size=3),
        }
    ),
    max_size=4,
)  # fmt: skip


def test_a_share_said_twice_is_one_share():
    """Records of one application repeat its parties: their shares are not added up."""
    both = [("A B", "ES", None, 0.5), ("C D", "ES", None, 0.5)]
    table = canonical({**ONE, "inventors": both}, {**ONE, "inventors": both[:1]})["parties"]
    assert table["weight"].tolist() == [0.5, 0.5]


@settings(max_examples=10)
@given(RECORDS)
def test_large_exports_are_worked_on_in_turn_to_the_same_tables(given_):
    """What is done meanwhile, and what is done when it is asked for, is the same."""
    expected = canonical(*given_)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prepare.of_one_kind, "LARGE", -1)
        found = canonical(*given_)
    for name in ("symbols", "parties", "applications", "rejects"):
        pd.testing.assert_frame_equal(found[name], expected[name])


def test_an_error_ends_the_work_beside(monkeypatch):
    """What waits on the second thread is not begun when the first has failed."""
    begun = []
    failed = threading.Event()

    def fails(_known):
        failed.set()
        return 1 / 0

    monkeypatch.setattr(prepare.records, "merge", fails)
    monkeypatch.setattr(prepare, "clean_parties", lambda _: failed.wait(60) and time.sleep(0.5))
    monkeypatch.setattr(prepare, "of_applications", lambda *_: begun.append(1))
    with pytest.raises(ZeroDivisionError):
        canonical(ONE)
    assert begun == []


@settings(max_examples=20)
@given(RECORDS, st.randoms())
def test_the_order_of_records_does_not_matter(given_, chance):
    """Any order of the records gives the same symbols and parties (rejects name their rows)."""
    one, two = canonical(*given_), canonical(*chance.sample(given_, len(given_)))
    for name in ("symbols", "parties"):
        pd.testing.assert_frame_equal(one[name], two[name])


@settings(max_examples=20)
@given(RECORDS)
def test_weights_sum_to_one_per_application_and_role(given_):
    """Whatever is stated, the parties of an application share it among them."""
    table = canonical(*given_)["parties"]
    sums = table.groupby(["application_id", "role"])["weight"].sum()
    assert np.allclose(sums, 1)


def test_names_cleaned_apart_are_one_name_where_exports_are_joined():
    """The spelling met most often over all exports is shown for every party that bears it."""
    joined = pd.DataFrame({"name": ["ADOUR, ANE", "ADOUR ANE", "ADOUR ANE"], "legal_form": None})
    named, unused = name_parties(joined)
    assert named["name"].tolist() == ["ADOUR ANE"] * 3
    assert len(unused) == 0


def test_a_reviewed_name_is_put_in_and_one_that_nobody_bears_is_told(monkeypatch):
    """Names a person has judged win; an entry without a party is a reject, not silence."""
    reviewed = pd.DataFrame(
        {"spelling": ["HARRI LANTEGIAK", "NOBODY"], "name": ["HARRI", "NONE"]}, dtype="str"
    )
    monkeypatch.setattr(names, "read_mapping", lambda: reviewed)
    parties = pd.DataFrame({"name": ["Harri Lantegiak", "ADOUR"], "legal_form": None})
    named, unused = name_parties(parties)
    assert named["name"].tolist() == ["HARRI", "ADOUR"]
    assert unused[["file", "value", "reason"]].to_numpy().tolist() == [
        ["party_names.csv", "NOBODY", "reviewed name that no party of the exports bears"]
    ]
