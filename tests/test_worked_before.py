"""Who of the list was in a joint European project, as the list itself names it there."""

from types import SimpleNamespace

import pandas as pd
import pytest
from conftest import ROOT
from tiny_clusters import linked

import studylib as sl
from studylib.diversify import framework_projects
from studylib.network import clusters
from studylib.network.worked_before import worked_before
from studylib.say import observed

ROWS = (("a", "North", "health"), ("b", "South", "health"), ("c", "North", "health"))
PROJECTS = pd.DataFrame(
    [
        (7, "", "", "North", "X", "P", "THE A"),
        (7, "", "", "South", "Y", "Q", "FIRM Z"),
        (7, "", "", "South", "Y", "Q", "FIRM B"),
        (8, "", "", "North", "X", "P", "OTHER"),
        (8, "", "", "South", "Y", "Q", "THE A"),
    ],
    columns=["project", "programme", "topic", "area", "nuts_id", "place", "name"],
)


@pytest.fixture
def net(monkeypatch):
    """Organisations of which a says under what name it stands in projects, and c a wrong one."""
    monkeypatch.setattr(framework_projects, "joint_project_list", lambda _study: PROJECTS)
    found = linked(*ROWS)
    found.organisations["fp7_name"] = ["THE A", None, "NOBODY"]
    return found


def test_a_project_is_told_with_those_of_the_other_side(net):
    """
    Project 7 with both firms of South; the same name on the other side (8) is another organisation.

    Broken once: the territory not compared, so that a namesake across the border counted.
    """
    assert worked_before(None, net).to_numpy().tolist() == [["a", "THE A", 7, ("FIRM B", "FIRM Z")]]


def test_a_list_that_names_nobody_has_no_row(net):
    """Nothing is matched by likeness."""
    net.organisations["fp7_name"] = None
    assert worked_before(None, net).empty
    assert worked_before(None, linked(*ROWS)).empty


def test_the_page_says_who_was_in_one(net, monkeypatch):
    """Beside the number of projects, the organisations of the list that were in one."""
    table = pd.DataFrame({"role": ["inventor"], "n": [2], "base": [9], "low": [0.1], "high": [0.6]})
    monkeypatch.setattr(observed.copatents, "joint_patents", lambda _study: table)
    monkeypatch.setattr(observed.places, "n_projects", lambda _study: 2)
    said = str(observed.cooperation(SimpleNamespace(), net))
    assert "1 organisation of the list was in one itself, as its card says: The a." in said
    net.organisations["fp7_name"] = None
    assert "in one" not in str(observed.cooperation(SimpleNamespace(), net))


def test_every_name_of_the_list_is_one_of_the_published_projects():
    """The four organisations of the default list that bear such a name are found under it."""
    sides = {"Aquitaine": "Aquitaine", "Euskadi": "Euskadi"}
    rows = clusters.read(ROOT / "data" / "raw" / "clusters.csv", sides).dropna(subset="fp7_name")
    published = pd.read_csv(framework_projects.PUBLISHED / "fp7_joint_projects.csv")
    known = set(zip(published["territory"], published["name"], strict=True))
    assert set(zip(rows["territory"], rows["fp7_name"], strict=True)) <= known
    assert rows["cluster_id"].tolist() == ["hegan", "mlc_its", "topos", "xylofutur"]
    assert sl.say.observed is observed
