"""The rules on sectors: which technology fields a sector has, and which sectors have none."""

import pandas as pd
import pytest

from studylib.errors import DataError
from studylib.language import given, in_language, languages
from studylib.network import sectors


def made(tmp_path, *rows, head="sector,field_id,reason"):
    path = tmp_path / "sectors.csv"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    return sectors.read(path)


def test_a_sector_has_the_fields_of_its_rows(tmp_path):
    """One row per field; a row without one says that the sector does not patent."""
    found = made(tmp_path, "health,13,x", "health,14,y", "", "tourism,,z").rules
    assert found["sector"].tolist() == ["health", "health", "tourism"]
    assert found["field_id"].fillna(0).tolist() == [13, 14, 0]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("health,1,x", "health,36,x"), r"no such WIPO field \(they are 1 to 35\): row 3 \('36'\)"),
        (("health,35,x", "health,0,x"), r"no such WIPO field .*: row 3 \('0'\)"),
        (("health,13.5,x",), r"`field_id` is no whole number .*: row 2 \('13.5'\)"),
        (("health,13,x", "health,13,y"), "1 row stands twice: 'health'"),
        ((",13,x",), r"1 row has no `sector`: row 2 \('13, x'\)"),
        (("health,13,x", 'ict,4,"y'), "1 row cannot be read: row 3"),
    ],
)
def test_a_wrong_rule_is_refused(tmp_path, rows, said):
    """A field exists, a rule stands once, and none is lost: the error names the file and row."""
    with pytest.raises(DataError, match=rf"'sectors\.csv': .*{said}"):
        made(tmp_path, *rows)


def test_every_rule_has_a_reason_and_a_source():
    """The choice is ours and says so, row by row."""
    assert sectors.read().rules[["reason", "source", "certainty"]].notna().all(axis=None)


def test_services_and_new_sectors_are_told_apart():
    """Tourism is known not to patent; of steel no rule speaks."""
    known, stated = sectors.read(), ["health", "steel", "tourism"]
    assert known.services(stated) == ["tourism"]
    assert known.unknown(stated) == ["steel"]
    assert known.fields_of(stated) == {13, 15, 16}


def test_lists_of_services_and_lists_without_a_rule_are_told_apart():
    """A list is of services if all of it is; it is not told where what is known has no field."""
    lists = pd.Series(["health;steel", "tourism", "steel;tourism", "steel"])
    known = sectors.read()
    assert known.in_services(lists).tolist() == [False, True, False, False]
    assert known.not_told(lists).tolist() == [False, False, True, True]


def test_a_sector_is_named_by_its_rules(tmp_path):
    """In the language of the page, from any of its rows; else in English, else by its key."""
    head = "sector,field_id,sector_en,Sector FR"
    rows = ("Machine tools,26,Machine tools,Machine-outil", "machine_tools,25,,", "steel,20,Steel,")
    known = made(tmp_path, *rows, head=head)
    with in_language("fr"):
        names = [known.name(key) for key in ("machine_tools", "steel", "heat_pumps")]
    assert names == ["Machine-outil", "Steel", "Heat pumps"]
    assert known.fields_of({"machine_tools"}) == {25, 26}


def test_a_sector_has_one_name_in_a_language(tmp_path):
    """Two would make the page depend on the order of the rows."""
    with pytest.raises(DataError, match=r"1 sector has two names in `sector_en`: 'steel'"):
        made(tmp_path, "steel,20,Steel", "steel,21,Iron", head="sector,field_id,sector_en")


def test_every_sector_has_a_name_in_every_language():
    """Pages name sectors in their language, in each that has a catalogue."""
    assert given.lacking(sectors.read().names, languages()) == {}
