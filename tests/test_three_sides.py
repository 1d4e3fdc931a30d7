"""A study of three territories: every two of them are compared, and a sentence says which."""

from types import SimpleNamespace

import pandas as pd
import pytest
from small_studies import dataset, raw
from test_copatents import ALONE, BLOCKS, JOINT, MORE
from tiny_clusters import listed

import studylib as sl
from studylib import tables
from studylib.figures.theme import Look
from studylib.network import clusters
from studylib.say import kets

NAVARRE = '[[territories]]\nname = "Navarre"\nnuts = ["ES22"]\n'
LIST = (
    ("laser", "Aquitaine", "photonics"),
    ("spa", "Aquitaine", "health;tourism"),
    ("tools", "Euskadi", "photonics"),
    ("care", "Euskadi", "health"),
    ("clinic", "Navarre", "health"),
    ("lens", "Navarre", "photonics"),
)


@pytest.fixture
def study(tmp_path, monkeypatch):
    """Two organisations of each of three territories."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    records = raw(JOINT, MORE, ALONE, nuts_version="2013")
    found = dataset(tmp_path, records, blocks=(*BLOCKS, NAVARRE))
    frame = listed(*LIST)
    tables.write(frame, "clusters", found.folder)
    tables.write(clusters.attributes(frame), "cluster_attributes", found.folder)
    return found


def test_the_matrix_across_the_border_is_drawn_for_every_two_sides(study):
    """Three pairs of territories, each with its name and cells, in the drawing as in words."""
    matrix = sl.sector_matrix(sl.cluster_network(study))
    ends = matrix[["first", "second"]].drop_duplicates().to_numpy().tolist()
    assert ends == [["Aquitaine", "Euskadi"], ["Aquitaine", "Navarre"], ["Euskadi", "Navarre"]]
    picture = sl.show.border(study, matrix)
    pairs = ("Aquitaine – Euskadi", "Aquitaine – Navarre", "Euskadi – Navarre")
    for pair in pairs:
        assert f"{pair}, Health: Health 1 (shared sector)." in picture.seen
        assert pair in picture.svg(Look())
    assert picture.frame["sides"].drop_duplicates().tolist() == list(pairs)
    assert "of every two territories" in picture.caption.measure


def test_groups_count_the_organisations_of_each_side(study):
    """Health and photonics have one of each; the table has a column for every territory."""
    network = sl.cluster_network(study)
    found = sl.meta_clusters(network, draws=2, null_draws=2)
    assert found.table[["n_0", "n_1", "n_2"]].to_numpy().tolist() == [[1, 1, 1], [1, 1, 1]]
    table = sl.show.meta_cluster_table(study, found).table
    head = [label for _side, label in table.shown()["head"]]
    assert head[1:4] == ["Aquitaine", "Euskadi", "Navarre"]
    links = sl.potential_edges(network)
    drawn = sl.show.meta_clusters(study, found, links).svg(Look())
    assert drawn == sl.show.meta_clusters(study, found, links).svg(Look())


def test_the_test_of_links_takes_every_two_sides(study):
    """Twelve pairs of six organisations, and the sentence says what a pair is."""
    network = sl.cluster_network(study)
    found = sl.validated(network)
    assert found.n_pairs == 12
    said = str(sl.say.groups.validation(found, network))
    assert "A pair here is two organisations of different territories" in said
    assert "There are 12 pairs across the border." in said


def test_a_ket_is_too_rare_between_those_where_it_is():
    """Photonics could differ between one and three, not between one and two; lasers nowhere."""
    tested = pd.DataFrame(
        [
            ("photonics", "A", "B", "could not have been shown"),
            ("photonics", "A", "C", "not shown"),
            ("lasers", "A", "B", "could not have been shown"),
            ("lasers", "A", "C", "could not have been shown"),
        ],
        columns=["ket", "first", "second", "verdict"],
    )
    study = SimpleNamespace(ket_name=str)
    missed = (
        "even with all of them on the side that has more, a difference would be missed in more "
        "than one of five such studies."
    )
    assert kets._unable(study, tested) == (
        f"Too few patents carry lasers: {missed} Between some of the territories too few patents "
        f"carry photonics: {missed}"
    )
    assert kets._unable(study, tested[tested["verdict"] == "not shown"]) is None
    assert kets._unable(study, tested[tested["ket"] == "lasers"]) is None
