"""In what order equally near pairs are called: evidence, then the way, then the list."""

import numpy as np
import pandas as pd
from conftest import ROOT
from tiny_clusters import linked, themed

from studylib.network import build, clusters, near, theme_rules
from studylib.network.call_order import reluctance
from studylib.network.theme_sides import nearest_meeting, sectors_of

HEALTH = themed(("health", "health", None, "published"))


def met(*rows, nuts):
    """The two of the theme of health with whom to begin, in a list with these seats."""
    net = linked(*rows, themes=HEALTH)
    net.organisations["nuts"] = net.organisations["cluster_id"].map(nuts)
    one, other = nearest_meeting(net, ["health"], near(net))
    return tuple(net.organisations["cluster_id"].iloc[[one, other]])


def test_of_equally_near_pairs_the_shorter_way_comes_first():
    """Bordeaux and Bayonne both meet Bilbao; Bayonne is nearer, though later on the list."""
    rows = (("a", "North", "health"), ("b", "North", "health"), ("c", "South", "health"))
    assert met(*rows, nuts={"a": "FRI12", "b": "FRI15", "c": "ES213"}) == ("b", "c")
    assert met(*rows, nuts={"a": "FRI15", "b": "FRI12", "c": "ES213"}) == ("a", "c")
    assert met(*rows, nuts={"b": "FRI12", "c": "ES213"}) == ("b", "c")  # of a no seat is known
    assert met(*rows, nuts={}) == ("a", "c")


def test_evidence_comes_before_the_way():
    """However near, an organisation known from memory is called after one that was seen."""
    rows = (
        ("a", "North", "health", None, None, "recalled"),
        ("b", "North", "health", None, None, "seen"),
        ("c", "South", "health", None, None, "seen"),
    )
    assert met(*rows, nuts={"a": "FRI15", "b": "FRI12", "c": "ES213"}) == ("b", "c")
    assert met(*rows, nuts={"a": "FRI15", "c": "ES213"}) == ("b", "c")


def test_who_can_be_reached_comes_before_the_way_and_after_who_was_seen():
    """
    A web page outweighs a shorter way; two of them do not outweigh a guess.

    Broken once: a recalled end weighed as much as a missing page.
    """
    people = pd.DataFrame(
        {
            "website": ["https://a", "https://b", None, None],
            "evidence": ["seen", "recalled", "seen", "seen"],
            "nuts": ["FRI15", "FRI15", "FRI12", "FRI12"],
        }
    )
    found = reluctance(people)
    assert found[0, 2] < found[2, 3] < found[0, 1]
    assert reluctance(people.drop(columns="website"))[2, 3] == 0


def test_the_way_is_told_in_whole_kilometres_both_ways():
    """One degree of latitude is 111 km; a pair without a known seat comes after every other."""
    people = pd.DataFrame({"nuts": ["FRI15", "ES213", None], "evidence": ["seen", "recalled", ""]})
    found = reluctance(people)
    assert np.array_equal(found, found.T)
    assert 300_100 < found[0, 1] < 300_250
    assert (found[0, 2], found[1, 2], found[0, 0]) == (99_999, 399_999, 0)


def test_who_works_on_energy_of_buildings_is_called_on_it():
    """The reason of the theme is a cluster in Bidart; the alphabet called one known from memory."""
    sides = {"Aquitaine": "Aquitaine", "Euskadi": "Euskadi"}
    frame = clusters.read(ROOT / "data" / "raw" / "clusters.csv", sides)
    themes = theme_rules.rules()
    net = build(frame, clusters.attributes(frame), themes, list(sides))
    theme = themes.set_index("theme_id").loc["construction_energy"]
    one, other = nearest_meeting(net, sectors_of(theme), near(net))
    assert net.organisations["cluster_id"].iloc[[one, other]].tolist() == [
        "eskal_eureka",
        "energia",
    ]
