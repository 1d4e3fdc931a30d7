"""The rules of reading columns of symbols."""

import itertools

import pandas as pd
import pyarrow as pa
import pytest
from conftest import needs_shared
from hypothesis import given
from hypothesis import strategies as st

from studylib.clean import ipc, ipc_spelling
from studylib.errors import DataError

DTYPES = ["str", "object", "category", pd.ArrowDtype(pa.dictionary(pa.int32(), pa.string()))]


def keys(*symbols):
    return ipc.keys(pa.array(symbols, pa.large_string())).tolist()


@pytest.mark.parametrize("dtype", DTYPES)
def test_each_distinct_spelling_is_read_once(dtype, monkeypatch):
    """Rows cost nothing: an odd spelling is read once, whatever the column is made of."""
    seen = []
    monkeypatch.setattr(ipc, "read", lambda text, _: seen.append(text) or ipc_spelling.read(text))
    raw = pd.Series(["H01L  31/00", None, "??", "H01L  31/00"], index=[4, 3, 2, 1], dtype="str")
    parsed = ipc.parse(raw.astype(dtype))
    assert sorted(seen) == ["??", "H01L  31/00"]
    symbols = parsed.column("symbol").astype("str")
    assert symbols.fillna("-").to_dict() == {4: "H01L 31/00", 3: "-", 2: "-", 1: "H01L 31/00"}
    assert parsed.rows()["reason"].notna().to_list() == [False, False, True, False]
    assert list(parsed.spellings) == [
        "raw", "symbol", "ipc_level", "version", "level", "value", "reason",
    ]  # fmt: skip


def test_two_spellings_of_one_symbol_are_one_category():
    """The normal form decides what is distinct, not the spelling."""
    parsed = ipc.parse(pd.Series(["H01L31/00", "H01L0031000000"]))
    assert list(parsed.column("symbol").cat.categories) == ["H01L 31/00"]
    assert len(parsed.spellings) == 2


@pytest.mark.parametrize("values", [[12e4, 5.0], [1, 2], ["H01L", 3], [True]])
def test_numbers_are_not_symbols(values):
    """A column that was read as numbers is refused: the text that stood there is lost."""
    with pytest.raises(DataError, match="not text"):
        ipc.parse(pd.Series(values, name="ipc"))


def test_an_empty_column_is_no_error():
    """All missing, or no rows, gives no spellings."""
    assert len(ipc.parse(pd.Series([None, None], dtype="float64")).spellings) == 0
    assert len(ipc.parse(pd.Series([], dtype="str")).rows()) == 0


def test_cells_with_several_symbols_are_split():
    """Semicolons, commas, bars and `//` before a symbol split; a doubled slash does not."""
    cells = pd.Series(
        ["A21B 1/00; H01L 31/00,, B01D 1/00", None, "A61K 9/16//C08L 1/00", "G06F 17//30"]
    )
    assert ipc.split_lists(cells).to_list() == [
        "A21B 1/00", "H01L 31/00", "B01D 1/00", "A61K 9/16", "C08L 1/00", "G06F 17//30",
    ]  # fmt: skip
    assert ipc.split_lists(cells).index.to_list() == [0, 0, 0, 2, 2, 3]


def test_a_group_that_stands_alone_is_of_the_subclass_before_it():
    """`19/08` after `A 23 C 19/00` is A23C 19/08; where no subclass stands before it, it stays."""
    cells = pd.Series(["6 A 23 C 19/00, 19/068, A 21 D 13/08, 13/00", "19/08; A23C 1/00"])
    assert ipc.split_lists(cells).to_list() == [
        "6 A 23 C 19/00", "A 23 C 19/068", "A 21 D 13/08", "A 21 D 13/00", "19/08", "A23C 1/00",
    ]  # fmt: skip


def test_the_sort_key_has_fourteen_characters():
    """The key is WIPO's 14-character form; what is above a group is filled with zeros."""
    symbols = pd.Series(["H01L 31/042", "H01L 31", "H01L", "H01", None, "B82Y 5/00"])
    written = ipc.sort_key(symbols)
    assert written.astype("str").fillna("-").to_list() == [
        "H01L0031042000", "H01L0031000000", "H01L0000000000", "H0100000000000", "-",
        "B82Y0005000000",
    ]  # fmt: skip
    assert written.sort_values().iloc[0] == "B82Y0005000000"


@pytest.mark.parametrize(
    "text",
    [
        "", "H", "H0", "H01l", "H01L31/00", "H01L 0", "H01L 031", "H01L 31/", "H01L 31/0",
        "H01L 31/0420001", "H01L 31/04a", "H01L 31/042 ", "H01L 12345", "h01L 31", "I01L",
        "H01L 31/042 and much more", "É01L 31/00", "H01L  31/00",
    ],
)  # fmt: skip
def test_only_the_normal_form_has_a_key(text):
    """A key is never made from something that only looks like a symbol."""
    assert keys(text, "H01L") == [-1, keys("H01L")[0]]


def test_a_symbol_that_is_not_in_normal_form_is_quoted():
    """The error counts and shows the symbols, and says what to do."""
    with pytest.raises(
        DataError, match=r"2 symbols are not in normal form.*'H01L31', 'x'.*ipc.parse"
    ):
        ipc.sort_key(pd.Series(["H01L31", "x", "H01L 31"]))


SYMBOLS = st.builds(
    lambda c, g, s: f"{c}{g}{s}",
    st.sampled_from(["A01B", "A01C", "A99Z", "B01D", "H01L", "H99Z", "Y02E"]),
    st.sampled_from([" 1", " 9", " 10", " 99", " 100", " 9999"]),
    st.sampled_from(["", "/00", "/01", "/10", "/101", "/1001", "/10011", "/999999"]),
)


@given(st.lists(SYMBOLS, min_size=1))
def test_keys_sort_as_their_fourteen_characters(symbols):
    """Order by integer key is order by written key."""
    written = ipc.sort_key(pd.Series(symbols)).astype("str").to_list()
    by_number = sorted(range(len(symbols)), key=keys(*symbols).__getitem__)
    assert [written[i] for i in by_number] == sorted(written)


SPELLINGS = [
    "".join(parts)
    for parts in itertools.product(
        "AHY", ["01", "00", "9"], "LZ9", [" ", "", "  "], ["0", "1", "999", "1999", "2000"], "/",
        ["0", "00", "04", "40", "042", "420", "000", "042000", "1234567"], ["", " ", " A"],
    )
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["ipc", "cpc"])
def test_common_spellings_are_read_as_the_definition_says(scheme):
    """What is not taken apart one by one has the same symbol, depth and reason."""
    read = ipc.parse(pd.Series(SPELLINGS, dtype="str"), scheme).spellings.astype("object")
    said = read.where(read.notna(), None)[list(ipc_spelling.Spelling._fields)]
    assert [*said.itertuples(index=False, name=None)] == [
        tuple(ipc_spelling.read(text, scheme)) for text in read["raw"]
    ]


def test_no_symbol_no_key():
    """No texts, no keys."""
    assert keys() == []


@pytest.mark.shared
@needs_shared
def test_real_cells_are_read_or_refused_with_a_reason(shared):
    """Of a real list of families nearly all symbols are read; the rest say why."""
    path = shared / "real" / "lens" / "drones_fulltext_families_5884_raw.csv"
    cells = pd.read_csv(path, dtype="str", encoding_errors="replace")["IPCR Classifications"]
    parsed = ipc.parse(ipc.split_lists(cells))
    assert len(parsed.codes) > 10_000
    assert parsed.spellings["reason"].isna().mean() > 0.999
