"""
A language is a catalogue and columns of data: added to a copy of the project, it makes pages.

The toy language says every text of the catalogue in English after a sign.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT
from notebook_files import written
from small_studies import BLOCKS, HEAD, study_file
from test_lens import export

from studylib.report import catalogues

pytestmark = pytest.mark.slow
TOY = "eo"
SIGN = "¤ "
CELLS = (
    ("title", "# What came in?"),
    ("parameters", 'study_file = "study.toml"  # the study\nlanguage = "en"  # of the page'),
    ("library", "import studylib as sl"),
    ("open", "study = sl.open_study(study_file, language=language)"),
    ("say", "sl.say.patents.headline(study)"),
    ("kets", "sl.show.ket_table(study, sl.ket_shares(study))"),
    ("fields", "sl.show.fields(study, sl.field_shares(study))"),
)
COPIED = (
    "src/studylib", "data/raw/rules", "data/raw/published", "data/raw/reference", "task_study.py",
    "data/raw/sources.toml", "requirements.lock",
)  # fmt: skip
# What a build runs in is fixed and knows the installed library only: here it is the copy's.
BUILD = """
import sys
from studylib.runs.workers import sandbox
sandbox.KEPT += ("PYTHONPATH",)
from studylib import __main__
sys.argv = ["studylib", *sys.argv[1:]]
__main__.main()
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the project with one notebook."""
    folder = tmp_path_factory.mktemp("project")
    for name in COPIED:
        source = ROOT / name
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    (folder / "notebooks").mkdir()
    written(folder / "notebooks", *CELLS, name="00_toy")
    return folder


@pytest.fixture(scope="module")
def study(project):
    """A study in English and in the toy language."""
    head = HEAD.replace("tiny", "toy") + f'languages = ["en", "{TOY}"]\n'
    path = study_file(project / "study", *BLOCKS, head=head)
    classified = {"IPCR Classifications": "G02B 6/00"}
    export(path.parent / "data" / "lens.csv", classified, {"Application Number": "ES 200400002 A"})
    return path


def run(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A command of the copy."""
    own = {"PYTHONPATH": str(project / "src"), "STUDYLIB_PROCESSED": str(project / "processed")}
    return subprocess.run(
        [sys.executable, *command], env={**os.environ, **own}, cwd=project, text=True,
        capture_output=True, check=False, timeout=240,
    )  # fmt: skip


def translate(project: Path) -> None:
    """Fill the whole catalogue."""
    path = project / f"src/studylib/locale/{TOY}/LC_MESSAGES/studylib.po"
    catalogue = catalogues.read(path, TOY)
    for message in catalogue:
        if isinstance(message.id, tuple):
            message.string = tuple(SIGN + text for text in message.id)
        elif message.id:
            message.string = SIGN + message.id
    path.write_bytes(catalogues.as_bytes(catalogue))


def test_it_is_refused_until_its_catalogue_is_whole(project, study):
    """Begun, it lacks every text: check says how many and what lists them, and lists nothing."""
    begun = run(project, "-m", "studylib.report.catalogues", "--update", "--language", TOY)
    assert begun.returncode == 1, begun.stderr
    n = begun.stdout.count(f"{TOY}: not translated: ")
    assert n > 500
    checked = run(project, "-m", "studylib", "check", str(study))
    assert checked.returncode == 2, checked.stderr
    assert f"`languages[1]`: the catalogue for '{TOY}' lacks {n:,} texts" in checked.stderr
    command = checked.stderr.split("listed by: ")[1].strip().rstrip(".").split()[1:]
    listed = run(project, *command)
    assert listed.stdout.count(f"{TOY}: ") == n


def test_it_makes_pages_once_translated_and_check_says_which_names_are_english(project, study):
    """No line of code knows the language: its catalogue alone brings it."""
    translate(project)
    checked = run(project, "-m", "studylib", "check", str(study))
    assert checked.returncode == 0, checked.stderr
    lines = [line for line in checked.stdout.splitlines() if f"Pages in {TOY} show" in line]
    assert [line.split(" is missing for ")[0] for line in lines] == [
        f"ket_ec2012.toml: `{TOY}` below [ket.KEY]",
        f"wipo35_2019.csv: `field_{TOY}`",
        f"wipo35_2019.csv: `sector_{TOY}`",
    ]
    assert not [line for line in checked.stdout.splitlines() if "Pages in en show" in line]
    page = built(project, study)
    assert f'<html lang="{TOY}"' in page
    assert page.count(SIGN) > 20
    assert "Photonics" in page
    assert ">Esperanto<" in page
    assert "¤ Source: the study's own file data (lens)" in page


def test_its_names_stand_in_columns_and_keys_of_the_data(project, study):
    """A column `field_eo` and a key `eo` are all it takes."""
    rules = project / "data" / "raw" / "rules"
    table = pd.read_csv(rules / "wipo35_2019.csv", dtype="str", keep_default_na=False)
    for stem in ("field", "sector"):
        table[f"{stem}_{TOY}"] = "eo-" + table[f"{stem}_en"]
    table.to_csv(rules / "wipo35_2019.csv", index=False)
    scheme = rules / "ket_ec2012.toml"
    text = scheme.read_text(encoding="utf-8")
    for key, names in tomllib.loads(text)["ket"].items():
        text = text.replace(f"[ket.{key}]\n", f'[ket.{key}]\n{TOY} = "eo-{names["en"]}"\n')
    scheme.write_text(text, encoding="utf-8")
    checked = run(project, "-m", "studylib", "check", str(study))
    assert "Pages in" not in checked.stdout
    page = built(project, study)
    assert "eo-Photonics" in page
    assert "eo-Optics" in page


def built(project: Path, study: Path) -> str:
    """The page in the toy language."""
    done = run(project, "-c", BUILD, "build", str(study), "--reports", str(project / "reports"))
    assert done.returncode == 0, done.stderr
    return (project / f"reports/toy/{TOY}/00_toy.html").read_text(encoding="utf-8")
