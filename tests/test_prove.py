"""`build --prove`: two builds under other conditions are equal, or the files are named."""

import os
import sys

import pytest
from notebook_files import written
from small_studies import HEAD, study_file
from test_build import CELLS
from test_lens import export

from studylib import __main__ as cli
from studylib.build import prove
from studylib.errors import DiffersError, RunError, UsageError

START = """
import sys
from pathlib import Path
from studylib.build import plan
plan.NOTEBOOKS = Path({notebooks!r})
from studylib.__main__ import main
main()
"""


@pytest.fixture
def study(tmp_path, monkeypatch):
    """A study of one notebook: (study file, folder of its notebooks)."""
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    start = START.format(notebooks=str(notebooks))
    monkeypatch.setattr(prove, "COMMAND", (sys.executable, "-c", start))
    head = HEAD.replace("tiny", f"proved-{os.getpid()}") + 'languages = ["fr"]\n'
    path = study_file(tmp_path / "in", head=head)
    export(tmp_path / "in" / "data" / "lens.csv", {})
    return path, notebooks


def test_two_builds_are_equal(study, tmp_path, monkeypatch, capsys):
    """Every published file; and nothing is left or written where the user builds."""
    path, notebooks = study
    written(notebooks, *CELLS, name="00_one")
    monkeypatch.setattr(sys, "argv", ["studylib", "build", str(path), "--prove"])
    with pytest.raises(SystemExit) as end:
        cli.main()
    said = capsys.readouterr()
    assert (end.value.code or 0, said.err) == (0, "")
    assert " files are equal byte for byte, built twice under another folder, time" in said.out
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "notebooks"]


def test_a_page_of_chance_is_named(study):
    """Exit code 12."""
    path, notebooks = study
    chance = "import random\nstr(random.SystemRandom().random())"
    written(notebooks, *CELLS[:-1], ("chance", chance), name="00_one")
    with pytest.raises(DiffersError, match=r"files differ between two .*'fr/00_one\.html'") as told:
        prove.proved(path)
    assert told.value.exit_code == 12


def test_a_build_that_fails_proves_nothing(study):
    """It is told as the build tells it."""
    path, notebooks = study
    written(notebooks, *CELLS[:-1], ("wrong", "1 / 0"), name="00_one")
    with pytest.raises(RunError, match=r"(?s)One of the two builds failed: .*ZeroDivisionError"):
        prove.proved(path)
    path.write_text("id = 1")
    with pytest.raises(UsageError, match="gives no `id`; studylib check"):
        prove.proved(path)
