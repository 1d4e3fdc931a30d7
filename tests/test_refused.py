"""Exports without IPC are refused with a sentence that says what to export instead."""

import pytest
from conftest import needs_shared
from tiny_exports import csv, xlsx

from studylib.errors import DataError
from studylib.readers import read, refuse, sniff

GOOGLE = "id,title,assignee,inventor/author,priority date,publication date,result link"
SUMOBRAIN = ["Document Number", "Title", "Assignee", "Primary Class", "Other Class"]


def test_google_patents_is_refused_for_its_missing_classification(tmp_path):
    """The sentence names the export, what it lacks, and three that have it."""
    path = csv(tmp_path / "gp.csv", "search URL:,https://patents.google.com/?q=x,,,,,", GOOGLE)
    with pytest.raises(
        DataError, match=r"'gp.csv' is a Google Patents export: .* no classification .* Espacenet"
    ):
        read(path)


def test_sumobrain_is_refused_for_having_us_classes_only(tmp_path):
    """US classes are not turned into IPC."""
    path = xlsx(tmp_path / "sb.xlsx", [SUMOBRAIN, ["US1", "Kiln", "", "376/272", ""]])
    with pytest.raises(DataError, match=r"is a SumoBrain export: it has US classes .* Lens\.org"):
        read(path)


def test_other_tables_are_not_refused_here(tmp_path):
    """An unknown table is unknown, not refused; the message of `read` shows its columns."""
    path = csv(tmp_path / "x.csv", "code,place", "1,2")
    assert refuse.sentence(sniff.head(path)) is None
    with pytest.raises(
        DataError, match=r"no export of a known format. Its columns are 'code', 'pl"
    ):
        read(path)


@pytest.mark.shared
@needs_shared
@pytest.mark.parametrize(("folder", "named"), [("google", "Google"), ("sumobrain", "SumoBrain")])
def test_the_real_ones_are_refused(shared, folder, named):
    """Also when they lie in a folder: a study must not silently do without them."""
    with pytest.raises(DataError, match=f"is a {named}"):
        read(shared / "real" / folder)
