"""From a number to its patents: which applications, why, and where they stand."""

import pandas as pd
import pytest
from small_studies import dataset, raw

import studylib as sl
from studylib.errors import UsageError
from studylib.patents import behind, judged, shares
from studylib.patents.compared import compare
from studylib.patents.dataset import open_study

LASER = "H01S 5/00"


def record(n, ipc, country="ES", **more):
    return {"application_number": f"ES20030000{n}", "filing_date": f"2003-01-0{n}", "ipc": ipc,
            "priorities": [(f"{country}20020000{n}", country, "2002-05-06")],
            "title": f"Thing {n}", **more}  # fmt: skip


@pytest.fixture
def study(tmp_path):
    """Three applications of Spain, one of France, one outside the window."""
    return dataset(tmp_path, raw(
        record(1, [LASER, "A01B 1/00"]), record(2, ["B82Y 30/00", LASER]), record(3, ["A01B 1/00"]),
        record(4, [LASER], "FR"), record(5, [LASER], filing_date="1999-01-01"), date_order="iso",
    ))  # fmt: skip


def test_the_applications_of_an_area_stand_with_title_rule_file_and_row(study):
    """Everything somebody needs to look a number up in the export it came from."""
    found = behind.applications(study, area="Spain", ket="photonics")
    assert found["application_id"].tolist() == ["ES20030000001", "ES20030000002"]
    first = found.iloc[0]
    assert first[["title", "symbols", "file", "row", "kets"]].tolist() == [
        "Thing 1", "H01S 5/00; A01B 1/00", "export.csv", 2, "micro_nano_electronics; photonics"
    ]  # fmt: skip
    assert first["rules"].startswith("H01S 5/00: include H01S")
    assert "A01B" not in first["rules"]


def test_only_the_rules_of_the_technology_asked_for_are_told(study):
    """Of an application with two technologies, those of one; without asking, those of both."""
    nano = behind.applications(study, area="Spain", ket="nanotechnology").iloc[0]
    assert "B82Y 30/00: include B82Y" in nano["rules"]
    assert "H01S" not in nano["rules"]
    every = behind.applications(study).set_index("application_id").loc["ES20030000002"]
    assert "B82Y" in every["rules"]
    assert "H01S" in every["rules"]


def test_the_families_listed_are_those_that_were_counted(study):
    """For every area and technology of the page."""
    for row in shares.ket_shares(study).itertuples():
        listed = behind.applications(study, area=row.area, ket=row.ket)
        assert listed["family_id"].nunique() == row.n


def test_a_field_is_asked_by_its_number(study):
    """H01S is of field 9, optics; A01B of 29, other special machines."""
    assert len(behind.applications(study, field=9)) == 3
    assert len(behind.applications(study, field="29")) == 2


def test_without_anything_asked_all_territories_are_listed(study):
    """Each application once per area; the one outside the window is nowhere."""
    found = behind.applications(study)
    assert found["area"].value_counts().to_dict() == {"Spain": 3, "France": 1}
    assert "ES20030000005" not in found["application_id"].tolist()


@pytest.mark.parametrize(
    ("asked", "message"),
    [({"area": "Portugal"}, "There is no area 'Portugal'; there are 'Spain', 'France'"),
     ({"ket": "laser"}, "There is no ket 'laser'; there are"),
     ({"field": 36}, "There is no field '36'")],
)  # fmt: skip
def test_what_there_is_not_is_said_with_what_there_is(study, asked, message):
    """A typing error is no empty list."""
    with pytest.raises(UsageError, match=message):
        behind.applications(study, **asked)


@pytest.mark.parametrize("asked", ["ES20030000001", "ES 200300001 A"])
def test_an_application_is_explained_by_any_spelling_of_its_number(study, asked):
    """Symbol, rule and verdict, with file and row."""
    found = behind.explain(study, asked)
    assert set(found["symbol"]) == {"H01S 5/00", "A01B 1/00"}
    assert found[["file", "row"]].drop_duplicates().to_numpy().tolist() == [["export.csv", 2]]


def test_an_application_outside_is_said_to_be_outside(study):
    """It may lie outside the period."""
    with pytest.raises(UsageError, match="No applications of the study have the number 'X1'; it"):
        behind.explain(study, "X1")


def test_a_sample_is_drawn_by_its_seed_and_judged_by_hand(study):
    """The same seed gives the same sheet; precision counts what was judged."""
    sheet = judged.sample(study, "photonics", n=2, seed=7)
    assert sheet.equals(judged.sample(study, "photonics", n=2, seed=7))
    assert len(sheet) == 2
    assert sheet["n_tagged"].tolist() == [3, 3]
    sheet = judged.sample(study, "photonics", n=9).assign(is_right=["yes", "No ", None])
    found = judged.precision(sheet).iloc[0]
    assert found[["ket", "n", "base", "share", "n_drawn", "n_tagged"]].tolist() == [
        "photonics", 1, 2, 0.5, 3, 3
    ]  # fmt: skip
    assert found["low"] < 0.5 < found["high"]


def test_a_judgement_that_is_neither_yes_nor_no_is_an_error():
    """Nobody knows what was meant; a sheet of somebody else lacks columns."""
    sheet = pd.DataFrame({"ket": ["x"], "is_right": ["perhaps"]})
    with pytest.raises(UsageError, match="`is_right` can be yes or no, and is 'perhaps'"):
        judged.precision(sheet)
    with pytest.raises(UsageError, match="The sheet lacks 'is_right'"):
        judged.precision(sheet[["ket"]])


def test_no_sample_of_nothing(study):
    """At least one application is drawn."""
    with pytest.raises(UsageError, match="0 applications cannot be drawn"):
        judged.sample(study, "photonics", n=0)


def test_a_sheet_that_went_through_a_spreadsheet_reads_back():
    """Numbers for yes and no come back as 1.0 and 0.0."""
    sheet = pd.DataFrame({"ket": ["x", "x", "x"], "is_right": [1.0, 0.0, None]})
    assert judged.precision(sheet)[["n", "base", "n_drawn"]].to_numpy().tolist() == [[1, 2, 3]]


@pytest.mark.parametrize(
    ("right", "judged_", "tagged", "low", "high"),
    [(9, 10, 40, 24, 39), (10, 10, 40, 30, 40), (0, 10, 40, 0, 10), (3, 5, 7, 3, 5)],
)
def test_the_interval_is_of_the_whole_that_is_tagged(right, judged_, tagged, low, high):
    """What was drawn without replacement from few leaves less open than from many: by hand."""
    said = ["yes"] * right + ["no"] * (judged_ - right)
    sheet = pd.DataFrame({"ket": "x", "is_right": said, "n_tagged": tagged})
    found = judged.precision(sheet).iloc[0]
    assert found[["share", "low", "high"]].tolist() == pytest.approx(
        [right / judged_, low / tagged, high / tagged]
    )


def test_nothing_is_uncertain_where_all_were_judged():
    """All seven that are tagged were read: five of them are right, and that is that."""
    sheet = pd.DataFrame({"ket": "x", "is_right": ["yes"] * 5 + ["no"] * 2, "n_tagged": 7})
    found = judged.precision(sheet).iloc[0]
    assert found["low"] == found["share"] == found["high"] == 5 / 7


def test_sheets_of_two_draws_are_told():
    """More rows than are tagged: two sheets were put together."""
    sheet = pd.DataFrame({"ket": "x", "is_right": ["yes"] * 3, "n_tagged": 2})
    with pytest.raises(UsageError, match="The sheet has more rows than are tagged: 'x'"):
        judged.precision(sheet)


def test_nobody_judged_anything():
    """A sheet that was not filled has no share."""
    sheet = pd.DataFrame({"ket": ["x"], "is_right": pd.Series([None], dtype="str"), "n_tagged": 4})
    found = judged.precision(sheet).iloc[0]
    assert found["base"] == 0
    assert pd.isna(found["share"])


def test_two_counts_are_compared_application_by_application(tmp_path):
    """One of Spain's by its claim, of France by its applicant: first, second, with file and row."""
    both = [("P1", "ES", "2002-01-01"), ("P1", "FR", "2002-01-01")]
    one = dataset(tmp_path, raw(
        record(1, [LASER], applicants=[("A", "FR")]), record(2, [LASER], applicants=[("B", "ES")]),
        record(3, [LASER], applicants=[("C", "ES")], priorities=both), date_order="iso",
    ))  # fmt: skip
    other = open_study(one.file, located_by="applicant")
    found = compare(one, other, ket="photonics")
    shown = found[["found_in", "area", "title", "weight", "row"]].fillna({"weight": -1})
    assert shown.to_numpy().tolist() == [
        ["both", "Spain", "Thing 3", 0.5, 4], ["first", "France", "Thing 3", 0.5, 4],
        ["first", "Spain", "Thing 1", 1.0, 2], ["second", "France", "Thing 1", -1, 2],
    ]  # fmt: skip
    assert found["other_weight"].tolist()[0] == 1.0
    assert compare(one, one).empty


def test_a_slip_of_the_pen_is_told_what_was_meant(study):
    """A technology, an area, a question; each area stands once in the list."""
    with pytest.raises(UsageError, match=r"no ket 'photonic' \(did you mean 'photonics'\?\)"):
        behind.applications(study, ket="photonic")
    with pytest.raises(UsageError, match=r"no area 'Spian' \(did you mean 'Spain'\?\); there are "
                       r"'Spain', 'France'\."):  # fmt: skip
        behind.applications(study, area="Spian")
    with pytest.raises(AttributeError, match=r"no 'ket_share' \(did you mean 'ket_shares'\?\)"):
        _ = sl.ket_share
