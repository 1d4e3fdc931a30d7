"""A study in which nothing is left: which filter took the last row, and what to do."""

import pytest
from conftest import needs_shared
from small_studies import COUNTING, FRANCE, PERIOD, SOURCES, SPAIN, study_file
from test_check import said
from test_cli import run
from test_lens import export
from tiny_exports import csv

from studylib.build.checks.check import check_study
from studylib.errors import DataError

HEADER = "Title;Publication number;Earliest priority;IPC;Publication date;Applicants"
ROW = "Kiln;ES2000001A1;2003-02-11;F27B17/00;2004-08-01;ACME [ES]"
APPLICANT = COUNTING.replace("priority", "applicant")
PRIORITY = PERIOD + 'date = "priority"\n'


def new_espacenet(folder, *rows, blocks=(PERIOD, APPLICANT, SPAIN, FRANCE, SOURCES), **keys):
    """A study of an export that knows no filing date."""
    path = study_file(folder, *blocks, **keys)
    csv(folder / "data" / "list.csv", HEADER, *(rows or (ROW,)))
    return path


def test_a_date_no_export_knows_ends_with_the_one_they_know(tmp_path):
    """Espacenet's list has no filing date; by priority the study would have one application."""
    lines, error = said(new_espacenet(tmp_path))
    assert lines[2] == (
        "data: espacenet, 1 record received, 1 read, 0 rejected. Dates: filing 0, priority 1, "
        "publication 1."
    )
    assert lines[4:6] == [
        (
            "It would have by priority 1, 1 in its territories; "
            "by publication 1, 1 in its territories."
        ),
        "The exports know no date of filing. They know priority and publication.",
    ]
    assert str(error).splitlines() == [
        "Nothing is left to count in this study.",
        (
            "  'data': 1 record received, 1 read, 1 application, 0 in 2000 to 2004 by filing. It "
            "knows no date of filing. In the territories and the period it would have 1 "
            "application by priority and 1 application by publication."
        ),
        '  Write `date = "priority"` below [period], or use exports that know the other.',
        "  If an empty study is meant, write `allow_empty = true` in the study file.",
    ]
    assert error.exit_code == 10


def test_by_a_date_they_know_the_study_is_there(tmp_path):
    """The advice is right."""
    path = new_espacenet(tmp_path, blocks=(PRIORITY, APPLICANT, SPAIN, FRANCE, SOURCES))
    lines, error = said(path)
    assert error is None
    assert lines[3].startswith("2000 to 2004, by priority: 1 application, 1 in an area")
    assert lines[4] == (
        "It would have by filing none, as no export knows that date; by publication 1, 1 in its "
        "territories."
    )


@pytest.mark.parametrize(
    ("row", "blocks", "why"),
    [
        (ROW.replace("2003-", "1990-"), PRIORITY,
         ("0 in 2000 to 2004 by priority. Its years of priority are 1990 to 1990. In the "
         "territories and the period it would have 1 application by publication.")),
        (ROW.replace("ES]", "PT]"), PRIORITY,
         ("1 in 2000 to 2004 by priority, 0 in a territory by applicant. No application lies in a "
         "territory; places are known by applicant (country)")),
        (ROW.replace("F27B17/00", "F27"), PRIORITY, None),
        (ROW.replace("F27B17/00", "?"), PRIORITY,
         ("1 in a territory by applicant, 0 of their families with IPC. No application in the "
         "territories has an IPC symbol that can be read.")),
    ],
)  # fmt: skip
def test_the_filter_that_took_the_last_row_is_named(tmp_path, row, blocks, why):
    """Period, place or classification; what is there is no error."""
    path = new_espacenet(tmp_path, row, blocks=(blocks, APPLICANT, SPAIN, FRANCE, SOURCES))
    error = said(path)[1]
    assert (why is None) == (error is None)
    assert why is None or why in str(error)


def test_each_source_has_its_own_reason(tmp_path):
    """One has other years, one knows no filing date."""
    sources = '[[sources]]\npath = "data"\n[[sources]]\npath = "old.csv"\n'
    path = new_espacenet(tmp_path, blocks=(PERIOD, COUNTING, SPAIN, FRANCE, sources))
    export(tmp_path / "old.csv", {"Application Date": "1990-01-02", "Priority Numbers": ""})
    told = str(said(path)[1]).splitlines()
    assert "It knows no date of filing" in told[1]
    assert told[2].startswith("  'old.csv': 1 record received, 1 read, 1 application, 0 in 2000 to")
    assert "Its years of filing are 1990 to 1990." in told[2]


def test_who_means_it_may_have_an_empty_study(tmp_path):
    """`allow_empty = true` is a key of the study file."""
    head = 'id = "tiny"\ntitle = "A tiny study"\nallow_empty = true\n'
    assert said(new_espacenet(tmp_path, head=head))[1] is None


def test_a_build_of_an_empty_study_leaves_the_good_pages(tmp_path, capsys, monkeypatch):
    """Exit code 10, before any page is made."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    path = new_espacenet(tmp_path)
    reports = tmp_path / "reports"
    code, _, err = run(capsys, monkeypatch, "build", path, "--reports", reports)
    assert code == 10
    assert "Nothing is left to count in this study." in err
    assert not (reports / "tiny").exists()


@pytest.mark.shared
@needs_shared
def test_the_study_of_the_fault_report_ends_with_its_reason(shared):
    """The exports know no filing date; they know priority and publication."""
    lines = []
    with pytest.raises(DataError, match='Write `date = "priority"` below'):
        lines += check_study(shared / "cases" / "check-silent-about-dates" / "study.toml")
