"""The house: which room may import which, and that the picture of it is true."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from conftest import ROOT

HALL = {"__init__", "__main__", "errors", "project"}


def contract():
    """The layers of the contract of import-linter, from the top down, each a set of rooms."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (own,) = settings["tool"]["importlinter"]["contracts"]
    return [set(layer.split(" | ")) for layer in own["layers"]]


def test_imports_go_down_the_house():
    """The contract is kept by the code as it is, lazy and type-only imports included."""
    lint = str(Path(sys.executable).with_name("lint-imports"))
    done = subprocess.run(
        [lint, "--no-cache"], check=False, cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_the_picture_in_contributing_is_the_contract():
    """Who reads the table of rooms reads what is enforced, in the same order."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.partition("## Architecture")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.+?`) \|", section, flags=re.MULTILINE)
    assert [set(re.findall(r"`(\w+)`", row)) for row in rows] == contract()


def test_every_room_is_in_the_contract_and_the_hall_is_small():
    """No module lives in the hall but the four that must; every folder with code is a room."""
    home = ROOT / "src" / "studylib"
    modules = {path.stem for path in home.glob("*.py")}
    rooms = {path.parent.name for path in home.glob("*/__init__.py")}
    assert modules <= HALL
    assert rooms | (HALL - {"__init__"}) == set().union(*contract())
