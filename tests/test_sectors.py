"""The rules on sectors: which technology fields a sector has, and which sectors have none."""

import pytest

from studylib.errors import DataError
from studylib.network import sectors


def made(tmp_path, *rows, head="sector,field_id,reason"):
    path = tmp_path / "sectors.csv"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    return sectors.sector_fields(path)


def test_a_sector_has_the_fields_of_its_rows(tmp_path):
    """One row per field; a row without one says that the sector does not patent."""
    found = made(tmp_path, "health,13,x", "health,14,y", "", "tourism,,z")
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
    assert sectors.sector_fields()[["reason", "source", "certainty"]].notna().all(axis=None)


def test_services_and_new_sectors_are_told_apart():
    """Tourism is known not to patent; of steel no rule speaks."""
    assert sectors.without_field(["health", "steel", "tourism"]) == (["tourism"], ["steel"])
