"""Canonical tables: contracts hold, order is the key's, dtypes survive, bytes are the same."""

import itertools

import pandas as pd
import pytest

from studylib import tables
from studylib.errors import DataError
from studylib.tables import contract as contracts_are

TAGS = pd.DataFrame(
    {
        "application_id": ["EP2", "EP1", "EP1"],
        "ket": ["photonics", "photonics", "nanotechnology"],
        "n_symbols": [1, 2, 3],
    }
)
SYMBOLS = pd.DataFrame(
    {
        "application_id": ["EP1", "EP1", "EP2"],
        "scheme": ["ipc", "cpc", "ipc"],
        "symbol": ["H01L 31/042", "H01L 31/042", "A21D"],
        "level": ["subgroup", "subgroup", "subclass"],
        "position": [1, pd.NA, 2],
        "is_inventive": [True, pd.NA, False],
        "version": ["2006.01", None, None],
        "raw": ["H01L31/042", "=H01L31/042", "A21D"],
    }
)


def test_a_missing_column_is_an_error():
    """A table without a column of its contract is not that table."""
    with pytest.raises(DataError, match="Table `tags` lacks the columns 'ket', 'n_symbols'"):
        tables.check(TAGS[["application_id"]], "tags")


def test_a_repeated_key_is_an_error():
    """One row per key: twice the same is counted twice by somebody."""
    twice = pd.concat([TAGS, TAGS.head(1)])
    with pytest.raises(DataError, match=r"KET\)\) repeats its key 1 time; first: 'EP2, phot"):
        tables.check(twice, "tags")


def test_a_value_that_is_not_allowed_is_an_error():
    """Closed lists are closed, and the offender is named."""
    with pytest.raises(DataError, match=r"on `scheme`, 'fi'"):
        tables.check(SYMBOLS.assign(scheme=["ipc", "cpc", "fi"]), "symbols")


def test_a_required_value_may_not_be_missing():
    """What a contract requires is there in every row; what it does not may be missing."""
    with pytest.raises(DataError, match="`ket`"):
        tables.check(TAGS.assign(ket=["photonics", None, "x"]), "tags")
    assert tables.check(SYMBOLS, "symbols")["version"].isna().sum() == 2


def test_a_value_of_another_type_is_an_error():
    """A count is a whole number."""
    with pytest.raises(DataError, match="`n_symbols`"):
        tables.check(TAGS.assign(n_symbols=["one", "2", "3"]), "tags")


def test_a_label_is_text():
    """A number cannot be told from the text that stood there, so it is refused."""
    with pytest.raises(DataError, match=r"Column `ket` holds int values such as '1', not text"):
        tables.check(TAGS.assign(ket=[1, 2, 3]), "tags")


def test_missing_parts_of_a_key_come_last(tmp_path):
    """A reject may lack its file, column or value: it stands behind those that have one."""
    rows = [(None, 1, "b", "y"), ("a", 1, "b", "x"), ("a", 1, "b", None), ("a", 1, None, "x")]
    frame = pd.DataFrame(rows, columns=["file", "row", "column", "value"]).assign(reason="r", n=1)
    tables.write(frame, "rejects", tmp_path)
    back = tables.read("rejects", tmp_path).astype("object").fillna("-")
    assert back[["file", "column", "value"]].to_numpy().tolist() == [
        ["a", "b", "x"], ["a", "b", "-"], ["a", "-", "x"], ["-", "b", "y"],
    ]  # fmt: skip
    again = tables.read("rejects", tmp_path)
    pd.testing.assert_frame_equal(tables.check(again, "rejects"), again)


def test_columns_stand_in_the_order_of_the_contract():
    """More columns are welcome and stand at the end."""
    shuffled = TAGS.assign(note="x")[["note", "n_symbols", "ket", "application_id"]]
    assert list(tables.check(shuffled, "tags")) == ["application_id", "ket", "n_symbols", "note"]


def test_a_written_table_is_sorted_by_its_key(tmp_path):
    """Sorted by text, not by the order in which labels were met."""
    tables.write(TAGS.assign(ket=TAGS["ket"].astype("category")), "tags", tmp_path)
    assert tables.read("tags", tmp_path).to_numpy().tolist() == [
        ["EP1", "nanotechnology", 3],
        ["EP1", "photonics", 2],
        ["EP2", "photonics", 1],
    ]


def test_a_table_is_read_back_with_its_dtypes(tmp_path):
    """Text is text, labels are categories, missing integers stay integers, days are days."""
    tables.write(SYMBOLS, "symbols", tmp_path)
    back = tables.read("symbols", tmp_path)
    assert {name: str(dtype) for name, dtype in back.dtypes.items()} == {
        "application_id": "str", "scheme": "category", "symbol": "category", "level": "category",
        "position": "Int64", "is_inventive": "boolean", "version": "category", "raw": "category",
    }  # fmt: skip
    pd.testing.assert_frame_equal(tables.check(back, "symbols"), back)


def test_the_order_of_rows_changes_no_byte(tmp_path):
    """Every order of the rows gives the same Parquet and the same CSV."""
    written = set()
    for i, order in enumerate(itertools.permutations(range(3))):
        folder = tmp_path / str(i)
        folder.mkdir()
        frame = SYMBOLS.iloc[list(order)]
        written.add(
            (
                tables.write(frame, "symbols", folder).read_bytes(),
                tables.write(frame, "symbols", folder, as_csv=True).read_bytes(),
            )
        )
    assert len(written) == 1


def test_csv_has_the_same_names_and_runs_nothing(tmp_path):
    """The columns of Parquet; what a spreadsheet would take for a formula is shown as text."""
    hostile = ["=1+1", "+33 5", "-x", "@SUM(A1)", "\tx", "\rx", "NA", "12E4", "03008526"]
    frame = pd.DataFrame(
        {
            "file": "a.csv", "row": range(9), "column": "title", "value": hostile,
            "reason": "x", "n": 1,
        }
    )  # fmt: skip
    path = tables.write(frame, "rejects", tmp_path, as_csv=True)
    assert path.name == "rejects.csv"
    back = pd.read_csv(path, dtype="str", keep_default_na=False)
    assert list(back) == tables.CONTRACTS["rejects"].names
    assert back.set_index(back["row"].astype(int))["value"].sort_index().tolist() == [
        "'=1+1", "'+33 5", "'-x", "'@SUM(A1)", "'\tx", "'\nx", "NA", "12E4", "03008526",
    ]  # fmt: skip
    tables.write(frame, "rejects", tmp_path)
    assert sorted(tables.read("rejects", tmp_path)["value"]) == sorted(hostile)


def test_the_funnel_keeps_its_order(tmp_path):
    """Steps are written as they happen, not by their names."""
    steps = pd.DataFrame(
        {"step": ["read", "families"], "n": [2, 1], "grain": ["record", "family"],
         "left_out": [0, 1], "note": ["", None]}
    )  # fmt: skip
    tables.write(steps, "funnel", tmp_path)
    assert tables.read("funnel", tmp_path)["step"].tolist() == ["read", "families"]


def test_a_table_that_is_not_there_is_an_error(tmp_path):
    """What to do is said: build first."""
    with pytest.raises(DataError, match="tags"):
        tables.read("tags", tmp_path)


@pytest.mark.parametrize("name", tables.CONTRACTS)
def test_every_contract_explains_itself(name):
    """A grain, a key of its own columns, a meaning for each column; a table may be empty."""
    contract = tables.CONTRACTS[name]
    assert contract.grain.startswith("one row per ")
    assert set(contract.key) <= set(contract.names)
    assert len(set(contract.names)) == len(contract.names)
    assert all(column.meaning for column in contract.columns)
    assert {column.kind for column in contract.columns if column.allowed} <= {"label"}
    nothing = pd.DataFrame({c: pd.Series(dtype="object") for c in contract.names})
    assert len(tables.check(nothing, name)) == 0


def test_a_column_of_an_unknown_kind_is_a_bug():
    """The short form of a contract is checked when the library is loaded."""
    with pytest.raises(ValueError, match="x : colour"):
        contracts_are._column("x : colour : of the page")
