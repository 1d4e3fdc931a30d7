"""The whole study with names of one letter or of 300, in any script: every page, whole names."""

import pytest
from bs4 import BeautifulSoup
from whole_studies import whole_study

from studylib.build import command
from studylib.project import PROCESSED
from studylib.runs.workers import supervise

pytestmark = pytest.mark.torture

SCRIPTS = {
    "latin": "Aquitaniaeuß", "greek": "Θεσσαλονίκη", "cyrillic": "Запорізька",
    "arabic": "إقليمالباسك",
    "chinese": "阿基坦巴斯克地区", "basque": "Nafarroabeherea",
}  # fmt: skip


def named(letter, script, n):
    """A name of n characters without a blank, its first letter its own."""
    return (letter + SCRIPTS[script] * n)[:n]


@pytest.mark.parametrize(
    ("script", "n"),
    [
        ("latin", 1),
        ("latin", 60),
        ("latin", 300),
        ("basque", 60),
        ("basque", 300),
        ("greek", 60),
        ("greek", 300),
        ("cyrillic", 300),
        ("arabic", 300),
        ("chinese", 300),
    ],
)
def test_a_whole_study_with_such_names(tmp_path, script, n, monkeypatch):
    """Every page is made (a drawing that collapses would fail it), and tables say names whole."""
    monkeypatch.setenv(PROCESSED, str(tmp_path / "work"))
    names = {key: named(key, script, n) for key in "ABRCTS"}
    organisation = named("{n}", script, n + 2) if n > 1 else "{n}"
    path = whole_study(
        tmp_path / "in", (names["A"], names["B"]), reference=names["R"], area=names["C"],
        theme=names["T"], sector=names["S"], organisation=organisation,
    )  # fmt: skip
    command.build_study(path, tmp_path / "reports", jobs=2)
    supervise.end_idle()
    pages = sorted((tmp_path / "reports" / "whole" / "en").glob("[0-9]*.html"))
    assert len(pages) == 7
    cells = set()
    for page in pages:
        html = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        cells |= {cell.get_text().strip() for cell in html.select("td, th")}
    whole = " ".join(cells)
    for name in (*names.values(), organisation.format(n=0)):
        assert name in whole
