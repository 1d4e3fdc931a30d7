"""Made-up counts beside published figures that say the contrary."""

from types import SimpleNamespace

import pandas as pd
import pytest

from studylib.network import sectors
from studylib.show import real_shares

SECTIONS = pd.DataFrame(
    [("N", "D", 5.8, "shown"), ("N", "B", 1.2, "shown"), ("N", "A", 3.0, "not shown"),
     ("S", "D", 0.5, "shown")],
    columns=["area", "section", "quotient", "verdict"],
)  # fmt: skip


@pytest.fixture
def study(monkeypatch):
    """Records that hold a family of wood and paper in South only; N is real above the rest in D."""
    counted = pd.DataFrame({"sector": ["wood_paper"], "area": ["S"], "n": [1.0]})
    known = SimpleNamespace(
        name=lambda key: {"wood_paper": "Wood and paper"}.get(key, key),
        technologies_of=lambda keys: {"B27", "D21"} if keys == {"wood_paper"} else {"A61"},
    )
    monkeypatch.setattr(real_shares, "section_specialisation", lambda _study: SECTIONS)
    monkeypatch.setattr(real_shares.sector_patents, "by_sector", lambda _study: counted)
    monkeypatch.setattr(sectors, "of_study", lambda _definition: known)
    files = pd.DataFrame({"role": ["patents"], "is_synthetic": [True]})
    return SimpleNamespace(
        definition=None, table=lambda _name: files, area_name={"N": "North", "S": "South"}.get
    )


def test_a_made_up_nothing_stands_beside_the_real_share(study):
    """
    Of its two sections the one that is most above the rest, where nothing was made up.

    Broken once: a section that is not shown to be above was named; South has a family.
    """
    assert real_shares.real_shares(study, ["wood_paper", "health", "wood_paper"]) == (
        "Made-up counts are no finding on a sector: Wood and paper, North: 0 here; of all real "
        "applications textiles and paper has 5.8 times the share of the rest (2005–2008, Eurostat)."
    )


def test_real_records_need_no_such_note(study):
    """Nor is anything said where no real figure is above the rest."""
    study.table = lambda _name: pd.DataFrame({"role": ["patents"], "is_synthetic": [False]})
    assert real_shares.real_shares(study, ["wood_paper"]) == ""
