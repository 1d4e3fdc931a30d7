"""Files and folders of any name: they build, or one sentence says which to rename."""

import json
import os
import re
import tomllib
from urllib.parse import unquote

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from notebook_files import written
from small_studies import COUNTING, FRANCE, HEAD, PERIOD, SPAIN, study_file
from test_build import CELLS
from test_lens import export

from studylib import prepare, readers
from studylib.build import checksums, command, plan
from studylib.build.checks.check import check_study
from studylib.build.checks.named_exports import read_exports
from studylib.errors import DataError, UsageError, is_printable
from studylib.files.folder import as_shown
from studylib.project import PROCESSED
from studylib.readers import sniff
from studylib.readers.lists import guess
from studylib.runs.workers import supervise
from studylib.study.model import load

UNSEEN = "\u202e\u200b\u2066\u00ad\ufeff"
ALL = f"a:b\\c'd\"e f%20g#h?i;j&<k>é,l|*[m]{{n}}=$~`!{UNSEEN}"
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
    assert published_with_signs(reports / "odd") == []
    tables = prepare.folder_of(load(path)).glob("*.parquet")
    assert not [t for t in tables if any(s in pd.read_parquet(t).to_csv() for s in UNSEEN)]


def published_with_signs(folder):
    """Published texts that hold a sign nobody sees of a name, as it is or as JSON writes it."""
    signs = [*UNSEEN, *(json.dumps(sign).strip('"') for sign in UNSEEN)]
    texts = [path for path in folder.rglob("*.*") if path.suffix in (".html", ".json", ".csv")]
    assert len(texts) > 3
    return [path for path in texts if any(s in path.read_text("utf-8-sig") for s in signs)]


@pytest.mark.parametrize("sign", [*UNSEEN, "\x1b[2J", "\n", "\u2028"])
def test_signs_of_a_name_that_nobody_sees_stand_by_their_number(tmp_path, sign):
    """In the place of a record, of a reject, and of what is no export; two names stay two."""
    folder = tmp_path / "in"
    folder.mkdir()
    for n, name in enumerate(("a", f"a{sign}")):
        one = {"Application Number": f"ES 20040{n}001 A", "Application Date": "2004-02-31"}
        export(folder / f"{name}.csv", one)
        (folder / f"note{name}.txt").write_text(f"{n}, no export")
    read = prepare.canonical(readers.read_all([folder]))
    plain = as_shown(f"a{sign}")
    for table in ("origins", "rejects"):
        files = set(read[table]["file"].dropna())
        assert {"a.csv", f"{plain}.csv"} <= files
        assert all(all(map(is_printable, file)) for file in files)
    assert {"notea.txt", f"note{plain}.txt"} <= set(read["rejects"]["file"])


def test_the_block_of_a_table_names_it_as_it_is(tmp_path):
    """A path with such a sign can be copied from the sentence: TOML knows it by its number."""
    path = tmp_path / f"li{UNSEEN}st.csv"
    path.write_text(f"Publication number{UNSEEN},IPC\nEP1234567,A01B 1/00\n", encoding="utf-8")
    block = guess.block(sniff.head(path))
    assert all(is_printable(sign) for sign in block.replace("\n", ""))
    said = tomllib.loads(block)["sources"][0]
    assert said["path"] == path.name
    (tmp_path / "block.toml").write_text(block, encoding="utf-8")
    assert len(read_exports([path], "auto", tmp_path / "block.toml")[0].records) == 1


def test_two_inputs_of_one_name_have_a_checksum_each(tmp_path):
    """Their folders tell them apart; all others are told by their name."""
    sources = "".join(f'[[sources]]\npath = "{name}"\n' for name in ("one", "two"))
    path = study_file(tmp_path, PERIOD, COUNTING, SPAIN, FRANCE, sources)
    for n, name in enumerate(("one", "two")):
        (tmp_path / name).mkdir()
        export(tmp_path / name / "list.csv", {"Application Number": f"ES 20040{n}001 A"})
    export(tmp_path / "one" / f"own{UNSEEN[0]}.csv", {"Application Number": "ES 200409001 A"})
    made = plan.Plan(path, tmp_path / "reports", ("en",), 1, 1)
    said = checksums.of_inputs(made)
    assert set(said) == {"one/list.csv", "two/list.csv", "own\\x202e.csv"}
    assert len(set(said.values())) == 3


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
