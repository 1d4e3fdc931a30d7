"""Files and folders of any name: they build, or one sentence says which to rename."""

import json
import os
import re
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from notebook_files import written
from small_studies import COUNTING, FRANCE, HEAD, PERIOD, SPAIN, study_file
from test_build import CELLS
from test_lens import export

from studylib.build import command, plan
from studylib.build.check import check_study
from studylib.errors import DataError, UsageError
from studylib.project import PROCESSED
from studylib.runs import supervise

ALL = "a:b\\c'd\"e f%20g#h?i;j&<k>é,l|*[m]{n}=$~`!"
ODD = [ALL, " -a\nb\t\x01c ", "=1+1", "..x", "长" * 60]
NO_TEXT = os.fsdecode(b"caf\xe9")


def study(folder, name):
    """A study in a folder of a name, in which every file and folder has it, too."""
    place = folder / name
    source = f"[[sources]]\npath = {json.dumps('s' + name)}\n"
    head = HEAD.replace("tiny", "odd") + 'languages = ["en"]\n'
    path = study_file(place, PERIOD, COUNTING, SPAIN, FRANCE, source, head=head)
    (place / f"s{name}").mkdir()
    export(place / f"s{name}" / f"{name}.csv", {})
    return path.rename(place / f"{name}.toml")


pytestmark = pytest.mark.usefixtures("notebooks")


@pytest.fixture
def notebooks(tmp_path, monkeypatch):
    """The notebook of every study here; what is built goes to a folder of the test."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    written(folder, *CELLS, name="00_one")
    monkeypatch.setattr(plan, "NOTEBOOKS", folder)
    yield folder
    supervise.end_idle()


def links(reports):
    """Every address on every page, with the page."""
    for page in (p for p in reports.rglob("*.html") if ".releases" not in p.parts):
        for a in BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find_all("a"):
            yield page, a["href"].partition("#")[0]


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if i == 0 else pytest.mark.torture) for i, name in enumerate(ODD)],
)
def test_a_name_of_any_letters_builds(tmp_path, name, monkeypatch):
    """Project, study file, source, export, reports and work folder: every link leads somewhere."""
    monkeypatch.setenv(PROCESSED, str(tmp_path / f"work {name}"))
    path, reports = study(tmp_path, name), tmp_path / f"reports {name}"
    assert any("lens" in line for line in check_study(path))
    command.build_study(path, reports)
    assert (reports / "odd" / "en" / "00_one.html").is_file()
    for page, address in links(reports):
        assert (page.parent / unquote(address)).exists(), (page, address)
        assert re.fullmatch(r"[\w./%-]*", address), address


def test_a_name_that_is_no_text_is_told(tmp_path):
    """By `check` as by `build`: a name in the letters of another age cannot stand on a page."""
    path = study(tmp_path, "in")
    bad = path.parent / "sin" / f"{NO_TEXT}.csv"
    export(bad, {})
    said = r"1 file has a name that is no text in UTF-8: 'sin/caf\\xe9\.csv'\. Rename it\."
    with pytest.raises(DataError, match=said):
        list(check_study(path))
    with pytest.raises(DataError, match=said):
        command.build_study(path, tmp_path / "reports")
    bad.unlink()
    bad = path.rename(path.with_name(f"{NO_TEXT}.toml"))
    said = r"/caf\\xe9\.toml' is no text in UTF-8\. Rename the file, or the folder it lies in\."
    with pytest.raises(UsageError, match=said):
        list(check_study(bad))
    with pytest.raises(UsageError, match=said):
        command.build_study(bad, tmp_path / "reports")
    bad.rename(path)
    said = r"Pages go to '.*/caf\\xe9'; name another folder with --reports\. Its name is no text in"
    with pytest.raises(UsageError, match=said):
        command.build_study(path, tmp_path / NO_TEXT)
