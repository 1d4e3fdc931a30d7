"""The rules of WIPO technology fields."""

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rule_books import covers, symbols

from studylib import tables
from studylib.clean import ipc
from studylib.errors import DataError
from studylib.ket import fields


def of(*rows, **options):
    table = fields.assign(symbols(*rows), **options)
    return {(a, int(f)): (int(n), w) for a, f, n, w in table.to_numpy()}


def test_weights_of_an_application_sum_to_one():
    """Each symbol with a field counts once; the weight is the share of those symbols."""
    rows = [("7", "A61K 8/02"), ("7", "A61K 31/00"), ("7", "A61K 31/10"), ("7", "A61K 31/10")]
    assert of(*rows, ("7", "G16Y 10/00"), ("6", "H04W 4/00")) == {
        ("7", 14): (1, 1 / 3), ("7", 16): (2, 2 / 3), ("6", 4): (1, 1.0),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("symbol", "field"),
    [
        ("A61K 8/00", 14), ("A61K 6/00", 16), ("A61K 36/00", 16), ("A61K", None), ("A61", None),
        ("B01D 43/00", 23), ("B01D 45/00", 24), ("C13B 5/00", 29), ("C13B 10/00", 18),
        ("E01F 8/00", 24), ("E01F 9/00", 35), ("G01N 33/48", 11), ("G01N 3/00", 10),
        ("G01N 35/00", 10), ("H04N 1/00", 3), ("H04N 5/00", 2), ("H04N 21/00", 4),
        ("H04N 23/00", 2), ("H04N 25/70", 2), ("H10K 50/00", 8), ("H10", 8), ("G06V 10/00", 6),
        ("B64U 10/00", 32), ("G16Y 10/00", None), ("H99Z 99/00", 1), ("A99Z 99/00", 34),
    ],
)  # fmt: skip
def test_a_symbol_has_the_field_of_its_main_group(symbol, field):
    """Split subclasses go by main group; alone they have no field, and H04N 3 is not H04N 31."""
    expected = {} if field is None else {("1", field): (1, 1.0)}
    assert of(("1", symbol)) == expected


def test_only_ipc_symbols_have_a_field():
    """CPC rows are left out."""
    rows = symbols(("1", "A61K 8/02"), ("2", "Y02E 10/00")).assign(scheme=["ipc", "cpc"])
    assert len(fields.assign(rows)) == 1


def test_fields_keep_their_contract():
    """Sorted by application and field, with the columns of the contract."""
    found = fields.assign(symbols(("b", "H01L 1/00"), ("a", "H04W 4/00"), ("a", "A61K 8/02")))
    assert list(found["application_id"]) == ["a", "a", "b"]
    assert list(found["field_id"]) == [4, 14, 8]
    pd.testing.assert_frame_equal(tables.check(found, "fields"), found)


def test_no_symbols_no_fields():
    """An empty table gives an empty table; a missing column is an error."""
    assert len(fields.assign(symbols())) == 0
    with pytest.raises(DataError, match="lack the columns 'symbol'"):
        fields.assign(symbols().drop(columns="symbol"))


def test_there_are_35_fields_in_five_sectors():
    """Names in two languages, one row per field."""
    names = fields.table()
    assert list(names["field_id"]) == list(range(1, 36))
    assert names["sector_id"].nunique() == 5
    assert (names[["field_en", "field_fr", "sector_en", "sector_fr"]] != "").all(axis=None)
    assert names.loc[7, ["field_en", "field_fr"]].to_list() == [
        "Semiconductors",
        "Semi-conducteurs",
    ]


def test_the_table_is_that_of_2019_and_our_additions():
    """764 rows of WIPO (647 subclasses, 117 main groups) and five flagged as our own."""
    rules = fields.rules()
    assert rules.groupby("origin").size().to_dict() == {"own": 5, "wipo": 764}
    wipo = rules[rules["origin"] == "wipo"]
    assert wipo.groupby("level").size().to_dict() == {"main group": 117, "subclass": 647}
    assert (rules["source"] != "").all()


@given(
    st.lists(st.sampled_from(["A61K", "A61K 8/00", "H04N 1/00", "H04N 11/00", "H10B 1/00", "C12S"]))
)
def test_agrees_with_the_definition(carried):
    """The fast search finds the one row of the table that covers each symbol."""
    rules = fields.rules()
    expected = {}
    for symbol in set(carried):
        covering = [
            field
            for field, text, level in zip(
                rules["field_id"], rules["symbol"], rules["level"], strict=True
            )
            if covers(text, level, symbol, "exact")
        ]
        assert len(covering) <= 1
        for field in covering:
            expected[field] = expected.get(field, 0) + 1
    found = of(*(("1", symbol) for symbol in carried))
    assert {field: n for (_, field), (n, _) in found.items()} == expected
    assert not found or sum(w for _, w in found.values()) == pytest.approx(1)


def test_no_two_rows_overlap():
    """Sorted by key, every row ends before the next begins."""
    rules = fields.rules()
    import pyarrow as pa

    start = ipc.keys(pa.array(rules["symbol"], pa.large_string()))
    spans = sorted(zip(start, start + rules["level"].map(ipc.SPAN), strict=True))
    assert all(stop <= after for (_, stop), (after, _) in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "1,1,a,b,c,d,A61K,subclass\n2,1,a,b,c,e,A61K 8,main group",
            "1 symbol has two fields: 'A61K 8'",
        ),
        ("1,1,a,b,c,d,A61K8,main group", "1 symbol is not of the level stated: 'A61K8'"),
        ("x,1,a,b,c,d,A61K,subclass", "cannot be read"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(tmp_path, text, message):
    """A symbol with two fields, or none that can be read, is named."""
    path = tmp_path / "own.csv"
    path.write_text(
        f"field_id,sector_id,sector_en,sector_fr,field_en,field_fr,symbol,level\n{text}\n"
    )
    with pytest.raises(DataError, match=r"own\.csv") as error:
        fields.rules(path)
    assert message in str(error.value)
