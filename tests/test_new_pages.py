"""The pages on diversification, border areas and ideas: something true to say in every study."""

import ast
import re

import nbformat
import pytest
from conftest import ROOT
from pages_of import SCENARIOS
from small_studies import dataset, raw

import studylib as sl
from studylib.diversify import co_invention, complementarity, portfolios
from studylib.show.absent import Absent

NO_NUMBER = re.compile(r"\b(nan|NaN|inf)\b")
PAGES = ("40_diversification", "50_border_areas")
"""60_opportunities needs a list of organisations: see test_opportunities."""
SAID_ONCE = (
    "sl.say.side_pairs.co_inventors(", "sl.say.diversification.sections(",
    "sl.say.neighbours.complementarity(", "sl.say.border_areas.area_totals(",
)  # fmt: skip
"""What says nothing where another sentence has said why, or where there is nothing to compare."""


def cells(page):
    """The code cells of a notebook that ask something of an opened study."""
    notebook = nbformat.read(ROOT / "notebooks" / f"{page}.ipynb", as_version=4)
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    return code[1:]


def results(page, study):
    """What the last line of every cell of the page gives, by the line."""
    known = {"sl": sl, "study": study}
    found = {}
    for source in cells(page):
        tree = ast.parse(source)
        body = [line for line in tree.body if "open_study" not in ast.unparse(line)]
        *before, last = body
        exec(compile(ast.Module(before, []), page, "exec"), known)
        found[ast.unparse(last)] = eval(compile(ast.Expression(last.value), page, "eval"), known)
    return found


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", SCENARIOS)
def test_every_cell_has_an_answer_in_every_study(tmp_path, monkeypatch, page, name):
    """
    With one or three territories, without reference, records, IPC or places: no cell fails, and
    what the data cannot show is left out instead of printed empty.
    """
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    monkeypatch.setattr(complementarity, "DRAWS", 100)
    monkeypatch.setattr(co_invention, "DRAWS", 100)
    monkeypatch.setattr(portfolios, "DRAWS", 100)
    records, blocks, choices = SCENARIOS[name]
    study = dataset(tmp_path, raw(*records), blocks=blocks, **choices)
    for line, shown in results(page, study).items():
        if line.startswith("sl.say."):
            assert str(shown).strip() or line.startswith(SAID_ONCE), line
            assert not NO_NUMBER.search(str(shown)), line
        elif line.startswith("sl.show."):
            html = shown._repr_html_()
            assert html.strip() or isinstance(shown, Absent), line
            assert not NO_NUMBER.search(html), line
            assert "No rows." not in html, line
            assert "There is no data to show here." not in html, line
            assert "rest of ;" not in html, line
