"""The rules of tagging."""

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_books import as_dict, scheme, symbols, tags_in_words

from studylib import ket, tables
from studylib.clean import columns
from studylib.errors import DataError
from studylib.ket import tagger
from studylib.ket.definition import tags_by_definition

BIO, NANO, PHOTO, AMT = (
    "industrial_biotechnology", "nanotechnology", "photonics", "advanced_manufacturing",
)  # fmt: skip
RULES = (
    (NANO, "include", "B82Y"),
    (PHOTO, "include", "G02B 6"),
    (PHOTO, "exclude", "G02B 6/36"),
    (BIO, "include", "C12P"),
    (BIO, "not-with", "A61"),
    (AMT, "include", "G05B"),
    (AMT, "only-with", "B23B", "G06"),
)


def tags(*rows, rules=RULES, **options):
    return as_dict(ket.tag(symbols(*rows), scheme(*rules), **options))


def test_an_included_symbol_gives_the_tag():
    """One symbol is enough; the count says on how many distinct symbols a tag rests."""
    rows = [("7", "B82Y 30/00"), ("7", "B82Y 5/00"), ("7", "A47B 1/00"), ("8", "A47B 1/00")]
    assert tags(*rows) == {("7", NANO): 2}


def test_an_excluded_symbol_does_not_trigger_and_does_not_veto():
    """G02B 6/36 gives no photonics, and takes none away from G02B 6/10."""
    rows = [("1", "G02B 6/36"), ("2", "G02B 6/36"), ("2", "G02B 6/10")]
    assert tags(*rows) == {("2", PHOTO): 1}


def test_a_veto_is_any_symbol_of_the_application():
    """C12P with A61K on the same application is no industrial biotechnology; on another it is."""
    rows = [("1", "C12P 7/06"), ("1", "A61K 8/00"), ("2", "C12P 7/06"), ("3", "A61K 8/00")]
    assert tags(*rows) == {("2", BIO): 1}


def test_a_veto_concerns_its_ket_only():
    """What forbids industrial biotechnology leaves nanotechnology alone."""
    assert tags(("1", "B82Y 5/00"), ("1", "C12P 7/06"), ("1", "A61K 8/00")) == {("1", NANO): 1}


def test_an_only_with_symbol_needs_its_partner():
    """A machine tool is advanced manufacturing beside computing, and the partner is not counted."""
    rows = [("1", "B23B 1/00"), ("2", "B23B 1/00"), ("2", "G06F 3/01"), ("3", "G06F 3/01")]
    assert tags(*rows) == {("2", AMT): 1}


def test_an_exclusion_holds_beside_a_partner_too():
    """A symbol that is taken out triggers neither alone nor beside another."""
    rules = [*RULES, (AMT, "exclude", "B23B 1")]
    assert tags(("1", "B23B 1/00"), ("1", "G06F 3/01"), rules=rules) == {}
    assert tags(("1", "B23B 3/00"), ("1", "G06F 3/01"), rules=rules) == {("1", AMT): 1}


def test_some_symbols_trigger_alone():
    """Control systems are advanced manufacturing without any partner."""
    assert tags(("1", "G05B 19/00"), ("1", "B23B 1/00")) == {("1", AMT): 1}


def test_a_symbol_can_carry_several_kets():
    """Overlap is by design."""
    rules = [(NANO, "include", "B82Y"), ("advanced_materials", "include", "B82Y 30")]
    assert tags(("1", "B82Y 30/00"), rules=rules) == {
        ("1", "advanced_materials"): 1, ("1", NANO): 1,
    }  # fmt: skip


def test_repeated_rows_count_once():
    """The same symbol twice on an application is one symbol, also among many others."""
    many = [("1", f"B82Y 30/{i}") for i in range(10, 99)]
    assert tags(("1", "B82Y 5/00"), ("1", "A47B 1/00"), ("1", "B82Y 5/00")) == {("1", NANO): 1}
    assert tags(*many, *many, ("2", "B82Y 5/00")) == {("1", NANO): 89, ("2", NANO): 1}


def test_only_ipc_symbols_count():
    """CPC symbols neither give nor forbid a tag; without a scheme column all rows are IPC."""
    rows = symbols(("1", "B82Y 5/00"), ("2", "C12P 7/06"), ("2", "A61K 2800/00"))
    mixed = rows.assign(scheme=["cpc", "ipc", "cpc"])
    assert as_dict(ket.tag(mixed, scheme(*RULES))) == {("2", BIO): 1}
    assert as_dict(ket.tag(mixed.assign(scheme="ipc"), scheme(*RULES))) == {("1", NANO): 1}


def test_tags_keep_their_contract():
    """Sorted by application and KET, with the columns of the contract."""
    found = ket.tag(
        symbols(("b", "B82Y 5/00"), ("a", "G05B 1/00"), ("a", "B82Y 5/00")), scheme(*RULES)
    )
    assert list(found["application_id"]) == ["a", "a", "b"]
    assert list(found["ket"]) == [AMT, NANO, NANO]
    pd.testing.assert_frame_equal(tables.check(found, "tags"), found, check_categorical=False)


def test_no_symbols_no_tags():
    """An empty table, or one without any hit, has no tags and the same columns."""
    for rows in [(), [("1", "A47B 1/00")]]:
        found = ket.tag(symbols(*rows), scheme(*RULES))
        assert len(found) == 0
        assert list(found) == ["application_id", "ket", "n_symbols"]


def test_what_cannot_be_tagged_is_said():
    """A missing column, a spelling that is not normal, an unknown way of matching."""
    with pytest.raises(DataError, match="lack the columns 'application_id'"):
        ket.tag(symbols(("1", "B82Y")).drop(columns="application_id"), scheme(*RULES))
    with pytest.raises(DataError, match=r"1 symbol is not in normal form .*'B82Y5/00'"):
        tags(("1", "B82Y5/00"), ("1", "B82Y 5/00"))
    with pytest.raises(Exception, match="`match` is 'dots'; expected one of 'exact', 'prefix'"):
        tags(("1", "B82Y"), match="dots")


def test_a_category_nobody_uses_is_not_read():
    """Junk among the categories of a filtered table is no error."""
    rows = symbols(("1", "B82Y 5/00"), ("1", "junk")).astype({"symbol": "category"})
    assert as_dict(ket.tag(rows[:1], scheme(*RULES))) == {("1", NANO): 1}
    many = pd.concat([rows[:1]] * 30)
    assert as_dict(ket.tag(many, scheme(*RULES))) == {("1", NANO): 1}


SYMBOL = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["A01B", "A01C", "B01D", "G06F", "G06K"]),
        st.sampled_from([" 1", " 3", " 10", " 31"]),
        st.sampled_from(["/00", "/01", "/10", "/101", "/11", ""]),
    ),
) | st.sampled_from(["A01B", "G06F", "A01"])
ROWS = st.lists(st.tuples(st.sampled_from("12345"), SYMBOL), max_size=20)
RULE = st.one_of(
    st.tuples(
        st.sampled_from([NANO, BIO]), st.sampled_from(["include", "exclude", "not-with"]), SYMBOL
    ),
    st.tuples(
        st.sampled_from([NANO, AMT]),
        st.just("only-with"),
        SYMBOL,
        st.sampled_from(["G06", "A01B", "B01D 1"]),
    ),
)
BOOK = st.lists(RULE, max_size=8, unique_by=lambda rule: rule[:3])
ALIASES = st.lists(st.tuples(SYMBOL, SYMBOL), max_size=2)
MATCH = st.sampled_from(["exact", "prefix"])


DOTS = [
    ("A01B 1/10", "below", "A01B 1/11"), ("A01B 1/10", "not below", "A01B 1/101"),
    ("B01D 3/00", "same", ""), ("G06F 31/10", "below", "G06F 31/11"),
]  # fmt: skip


def with_dots(book):
    """Dots for every subgroup the rules name: those given, and a symbol that has nothing below."""
    known = {symbol for symbol, _, _ in DOTS}
    named = {rule[2] for rule in book} | {rule[3] for rule in book if len(rule) > 3}
    more = [(s, "same", "") for s in sorted(named) if "/" in s and s not in known]
    return [*DOTS, *more]


@settings(max_examples=150)
@given(ROWS, BOOK, ALIASES, MATCH)
def test_the_definition_is_the_method_in_words(rows, rules, aliases, match):
    """The plain code says what the rules say in words, checked one by one."""
    found = tags_by_definition(symbols(*rows), scheme(*rules, aliases=aliases), match)
    assert found == tags_in_words(rows, rules, match, aliases)


@settings(max_examples=150)
@given(ROWS, BOOK, ALIASES, st.sampled_from(ket.MATCHES))
def test_the_fast_way_is_the_definition(rows, rules, aliases, match):
    """The same tags on as many symbols: renamings, exclusions, vetoes, pairs, all matches."""
    renamed = [a for new in aliases for a in (new, new[::-1])]  # both ways
    book = scheme(
        *rules,
        aliases=renamed,
        dots=with_dots([*rules, *[("", "", s) for a in renamed for s in a]]),
    )
    found = ket.tag(symbols(*rows), book, match=match)
    assert as_dict(found) == tags_by_definition(symbols(*rows), book, match)


@given(ROWS, BOOK, MATCH, st.randoms(use_true_random=False))
def test_the_order_of_rows_is_irrelevant(rows, rules, match, random):
    """Shuffled rows, of text or of categories, give the same table."""
    book = scheme(*rules)
    shuffled = random.sample(rows, len(rows))
    expected = ket.tag(symbols(*rows), book, match=match)
    pd.testing.assert_frame_equal(ket.tag(symbols(*shuffled), book, match=match), expected)
    encoded = symbols(*shuffled).astype("category")
    pd.testing.assert_frame_equal(ket.tag(encoded, book, match=match), expected)
    arrow = symbols(*shuffled).astype(
        {"symbol": pd.ArrowDtype(pa.dictionary(pa.int32(), pa.string()))}
    )
    pd.testing.assert_frame_equal(ket.tag(arrow, book, match=match), expected)


@settings(max_examples=30)
@given(ROWS, BOOK, MATCH)
def test_work_in_pieces_gives_the_same_tags(rows, rules, match):
    """However the rows are cut among the cores, no application is cut from its symbols."""
    rows, book = sorted(rows, key=lambda row: row[0]), scheme(*rules)
    expected = ket.tag(symbols(*rows), book, match=match)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "PIECE", 1)
        patch.setattr(columns.os, "cpu_count", lambda: 3)
        pd.testing.assert_frame_equal(ket.tag(symbols(*rows), book, match=match), expected)
        encoded = symbols(*rows).astype("category")
        pd.testing.assert_frame_equal(ket.tag(encoded, book, match=match), expected)


@given(ROWS, BOOK, MATCH)
def test_unrelated_rows_change_nothing(rows, rules, match):
    """Applications and symbols no rule speaks of leave every tag as it is."""
    unrelated = [("1", "H99Z 99/00"), ("9", "H99Z 99/00")]
    expected = as_dict(ket.tag(symbols(*rows), scheme(*rules), match=match))
    assert as_dict(ket.tag(symbols(*unrelated, *rows), scheme(*rules), match=match)) == expected


@given(st.lists(st.tuples(st.sampled_from("12"), st.sampled_from("abc")), max_size=14))
def test_few_and_many_symbols_are_counted_alike(pairs):
    """Comparing neighbours or sorting: the first of each pair is found either way."""
    import numpy as np

    pairs = sorted(pairs, key=lambda pair: pair[0])
    number = np.array([int(a) for a, _ in pairs], dtype=np.int32)
    codes = np.array([ord(b) for _, b in pairs], dtype=np.int32)
    for few in (1, 2, 64):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(tagger, "FEW", few)
            first = tagger._first_of_each(number, codes)
        assert sorted(pairs[i] for i in np.flatnonzero(first)) == sorted(set(pairs))
