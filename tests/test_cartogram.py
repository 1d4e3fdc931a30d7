"""A map without outlines: circles at true places, names that can be read, a border by halves."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from small_studies import HEAD, study_file
from test_copatents import BLOCKS, JOINT, MORE, opened  # noqa: F401 (a fixture)
from tiny_clusters import NO_THEMES, listed

from studylib import figures, network, tables
from studylib.clean import centres
from studylib.errors import DataError, UsageError
from studylib.figures.border_line import half_way
from studylib.figures.map_labels import placed
from studylib.figures.map_links import around
from studylib.figures.theme import Look, drawing
from studylib.files import limits, outlines
from studylib.network import clusters, places
from studylib.report.prose import BRIEF
from studylib.say import leads
from studylib.show import cartogram, place_links
from studylib.study.model import load

REGIONS = pd.DataFrame(
    [("FRI12", "Gironde", "Aquitaine", -0.57, 44.8, 4),
     ("ES213", "Bizkaia", "Euskadi", -2.87, 43.25, 1), ("ES22", "Navarre", "", -1.62, 42.71, None)],
    columns=["nuts_id", "name", "area", "lon", "lat", "n"],
)  # fmt: skip
LINKS = pd.DataFrame(
    [("projects", "FRI12", "ES213", 17), ("patents", "FRI12", "ES213", 5)],
    columns=["kind", "nuts_id", "other_nuts_id", "n"],
)
WORDS = {"territories": ["Aquitaine", "Euskadi"], "border": "Half way",
         "kinds": {"projects": "Projects", "patents": "Patents"},
         "title": "A finding", "alt": "A map."}  # fmt: skip


def drawn(picture, *, narrow=False):
    """The axes of a picture after its layout."""
    look = Look(narrow=narrow)
    with drawing(look):
        figure = Figure(figsize=(look.width, 3), layout="constrained")
        picture.draw(figure, look)
        figure.draw_without_rendering()
    return figure.axes[0]


def test_a_region_is_where_it_is():
    """Gironde lies north and east of Bizkaia; four seats have twice the radius of one."""
    ax = drawn(figures.cartogram(REGIONS, LINKS, **WORDS))
    gironde, bizkaia, navarre = (p for p in ax.patches if isinstance(p, Circle))
    assert gironde.center[0] > bizkaia.center[0]
    assert gironde.center[1] > bizkaia.center[1] > navarre.center[1]
    assert gironde.radius == pytest.approx(2 * bizkaia.radius)
    assert sorted(text.get_text() for text in ax.texts) == ["Bizkaia 1", "Gironde 4", "Navarre"]


def test_what_runs_between_them_is_told():
    """Those who do not see the map hear every seat and every link, and who a region belongs to."""
    told = figures.cartogram(REGIONS, LINKS, **WORDS).alt
    assert told == (
        "A map. Gironde: Aquitaine, 4. Bizkaia: Euskadi, 1. Gironde – Bizkaia: Projects 17. "
        "Gironde – Bizkaia: Patents 5."
    )


def test_a_neighbour_further_out_is_left_to_large_sheets():
    """On a phone only neighbours between the regions stay: the others would make the map small."""
    picture = figures.cartogram(REGIONS, LINKS, **WORDS)
    assert len([p for p in drawn(picture, narrow=True).patches if isinstance(p, Circle)]) == 2


@pytest.mark.parametrize("narrow", [False, True])
def test_the_map_is_as_high_as_what_it_shows(narrow):
    """
    Nothing above the northernmost circle or name, nothing below the southernmost, but a little air.

    Broken once: an empty inch stood between the legend and the map.
    """
    ax = drawn(figures.cartogram(REGIONS, LINKS, **WORDS), narrow=narrow)
    circles = [p for p in ax.patches if isinstance(p, Circle)]
    lows = [c.center[1] - c.radius for c in circles] + [t.get_position()[1] - 0.1 for t in ax.texts]
    highs = [c.center[1] + c.radius for c in circles]
    highs += [t.get_position()[1] + 0.1 for t in ax.texts]
    low, high = ax.get_ylim()
    assert 0 < min(lows) - low < 0.15
    assert 0 < high - max(highs) < 0.15


def test_a_line_goes_round_a_region_it_does_not_join():
    """
    Through its circle it would read as two links of that region; else it is straight.

    Broken once: Lot-et-Garonne and Bizkaia were joined through the circle of Landes.
    """
    points = np.array([[0.0, 0.0], [4.0, 0.0], [2.0, 0.0], [2.0, 3.0]])
    radius = np.array([0.1, 0.1, 0.2, 0.2])
    line = around(points, radius, 0, 1)
    assert line[0].tolist() == [0.0, 0.0]
    assert line[-1].tolist() == [4.0, 0.0]
    assert min(np.hypot(*(line - points[2]).T)) > 0.25
    assert np.ptp(around(points[[0, 1, 3]], radius[[0, 1, 3]], 0, 1)[:, 1]) == 0.0


circles = st.lists(
    st.tuples(st.floats(0.5, 8), st.floats(0.5, 6), st.floats(0.04, 0.3),
              st.text("abc ", min_size=1)),
    min_size=1, max_size=25,
)  # fmt: skip


@given(circles)
def test_no_name_lies_over_another_or_over_a_circle(given_circles):
    """Names are placed beside, above or below; what has no room is left out."""
    points = np.array([(x, y) for x, y, _r, _t in given_circles])
    radius = np.array([r for _x, _y, r, _t in given_circles])
    spots = placed(points, radius, [t for *_, t in given_circles], range(len(points)), 8.66)
    boxes = []
    for spot in spots:
        longest = max(len(line) for line in spot.text.splitlines()) * 0.085 * 0.8
        left = {"left": 0, "right": longest, "center": longest / 2}[spot.align]
        high = 0.185 * (spot.text.count("\n") + 1) / 2
        boxes.append((spot.x - left, spot.y - high, spot.x - left + longest, spot.y + high))
    boxes += [(x - r, y - r, x + r, y + r) for (x, y), r in zip(points, radius, strict=True)]
    for i, one in enumerate(boxes[: len(spots)]):
        for other in boxes[i + 1 :]:
            apart = one[2] <= other[0] + 1e-9 or other[2] <= one[0] + 1e-9
            assert apart or one[3] <= other[1] + 1e-9 or other[3] <= one[1] + 1e-9


def test_only_regions_that_face_each_other_make_a_border():
    """Of three in a row, a b b, the first two have one between them; the third lies behind."""
    points = np.array([[0.0, 0.0], [2.0, 0.0], [4.0, 0.0]])
    ((one, other),) = half_way(points, np.array(["a", "b", "b"]))
    assert one[0] == other[0] == 1


def test_codes_of_every_version_have_a_place():
    """FR612 was Gironde until 2013 and is FRI12 since; a word is no region."""
    found = centres.of_codes(pd.Series(["FR612", "FR615", "nowhere"]))
    assert found["nuts_id"].tolist()[:2] == ["FRI12", "FRI15"]
    assert found["lon"].tolist()[0] == -0.57
    assert np.isnan(found["lon"].iloc[2])


def test_a_seat_in_no_region_is_refused(tmp_path):
    """The list says which code is none, and what one looks like."""
    path = tmp_path / "clusters.csv"
    path.write_text("name,territory,sectors,nuts\nA,North,health,ES213\nB,North,health,Bilbao\n")
    with pytest.raises(DataError, match=r"`nuts` has 'Bilbao', which is no NUTS region of level 1"):
        clusters.read(path, {"North": "North"})


@pytest.fixture
def mapped(opened):  # noqa: F811
    """The study of two joint patents with a list of three organisations, one without a region."""
    rows = listed(
        ("a", "Aquitaine", "health"), ("b", "Aquitaine", "health"), ("c", "Euskadi", "ict")
    )
    rows = tables.check(rows.assign(nuts=["FRI12", "FRI12", None]), "clusters")
    study = opened(JOINT, MORE)
    return study, network.build(rows, clusters.attributes(rows), NO_THEMES, study.territories)


def test_seats_are_counted_by_region(mapped):
    """Every region of both sides has its row; who is in none is counted apart."""
    seats = places.seats(*mapped)
    told = dict(zip(seats["nuts_id"], seats["n"], strict=True))
    assert told == {"FRI11": 0, "FRI12": 2, "FRI13": 0, "FRI14": 0, "FRI15": 0, "ES211": 0,
                    "ES212": 0, "ES213": 0}  # fmt: skip
    assert len(places.elsewhere(*mapped)) == 1


def test_links_are_joint_patents_and_joint_projects(mapped):
    """Two families with inventors in Gironde and Bizkaia; 17 projects of FP7 link the same two."""
    study, _network = mapped
    links = places.links(study).set_index(["kind", "nuts_id", "other_nuts_id"])["n"]
    assert links[("patents", "FRI12", "ES213")] == 2
    assert links[("projects", "FRI12", "ES213")] == 17
    assert place_links(study)._repr_html_().count("<tr") == len(links) + 1


def test_a_pair_without_a_place_stands_in_the_table_alone(mapped, monkeypatch):
    """An inventor whose region nobody told counts under the territory."""
    study, _network = mapped
    pair = {"nuts_id": "Aquitaine", "area": "Aquitaine", "other_nuts_id": "ES213",
            "other_area": "Euskadi", "n": 3, "kind": "patents"}  # fmt: skip
    monkeypatch.setattr(places, "_patents", lambda _study: pd.DataFrame([pair]))
    assert "patents" not in set(places.links(study)["kind"])
    told = places.links(study, on_map=False)
    assert told.loc[told["kind"] == "patents", "nuts_id"].tolist() == ["Aquitaine"]
    assert place_links(study)._repr_html_().count("<tr") == len(told) + 1


def test_the_map_stands_on_the_front_page(mapped):
    """Its drawing travels with the page's short words; its title is a finding."""
    picture = cartogram(*mapped)
    told = picture._repr_mimebundle_()[BRIEF]["figure"]
    assert told["title"] == "Of 32 joint European projects, 17 link Gironde and Bizkaia"
    assert told["svg"].startswith("<svg")
    assert "the list names no region of their seat: The c." in told["html"]
    assert "Gironde: Aquitaine, 2." in told["alt"]


def test_a_seat_without_a_region_is_not_said_to_lie_elsewhere(mapped):
    """A place alone may lie inside; a region that is told, and is none of the map, lies outside."""
    study, network = mapped
    seats = network.organisations.assign(
        nuts=["FRI12", "FRJ23", None], place=["Bordeaux", "Toulouse", "Bilbao"]
    )
    note = cartogram(study, replace(network, organisations=seats)).caption.note
    assert "With a seat outside the regions shown: The b (Toulouse)." in note
    assert "for the list names no region of their seat: The c (Bilbao)." in note


def test_a_map_of_a_list_without_seats_does_not_speak_of_them(mapped, monkeypatch):
    """Where no seat is known and no project runs, the finding is between whom most patents run."""
    study, network = mapped
    nowhere = places.seats(study, network).assign(n=0)
    patents = places.links(study).query("kind == 'patents'").reset_index(drop=True)
    monkeypatch.setattr(places, "seats", lambda _study, _network: nowhere)
    monkeypatch.setattr(places, "links", lambda _study: patents)
    caption = cartogram(study, network).caption
    assert caption.title == "Most joint patents: 2, between Gironde and Bizkaia"
    assert caption.measure == "Regions of the territories, and what runs between them"
    assert caption.note.startswith("A line is as wide as the number of joint patents. Grey")
    said = "Each region of the study stands at its true place. The lines are what already runs "
    assert str(leads.on_map(study, network)) == (
        f"{said}across the border: patents with inventors on different sides."
    )
    monkeypatch.setattr(places, "elsewhere", lambda _study, network: network.organisations[:0])
    assert "organisation" not in cartogram(study, network).caption.note
    monkeypatch.setattr(places, "elsewhere", lambda _study, network: network.organisations)
    assert "No organisation of the list is on the map" in cartogram(study, network).caption.note
    again = patents.iloc[[0, 0]].assign(other_nuts_id=["ES213", "ES212"])
    monkeypatch.setattr(places, "links", lambda _study: again)
    assert cartogram(study, network).caption.title == (
        "Most joint patents: Gironde – Bizkaia and Gironde – Gipuzkoa (2 each)"
    )
    monkeypatch.setattr(places, "links", lambda _study: patents[:0])
    assert cartogram(study, network).caption.title == "The regions of the territories"
    assert str(leads.on_map(study, network)) == (
        "Each region of the study stands at its true place."
    )


def test_the_map_is_led_to_by_what_stands_on_it(mapped):
    """Seats and both kinds of lines, as there are some of each."""
    assert str(leads.on_map(*mapped)) == (
        "Each region of the study stands at its true place, with the organisations that have their "
        "seat in it. The lines are what already runs across the border: joint European projects, "
        "and patents with inventors on different sides."
    )


SQUARE = [[-1.0, 43.0], [-0.5, 43.0], [-0.5, 44.0], [-1.0, 43.0]]


@pytest.mark.parametrize(
    "content",
    [
        {"type": "Polygon", "coordinates": [SQUARE]},
        {"type": "Feature", "geometry": {"type": "LineString", "coordinates": SQUARE}},
        {"type": "FeatureCollection", "features": [
            {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": [[SQUARE]]}},
            {"type": "Feature", "geometry": None}]},
    ],
)  # fmt: skip
def test_outlines_are_read_from_geojson(tmp_path, content):
    """Rings and lines, however deep they stand; an altitude is left aside."""
    (tmp_path / "map.geojson").write_text(json.dumps(content))
    (found,) = outlines.lines(tmp_path / "map.geojson")
    assert found.tolist() == SQUARE


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{}", "is no GeoJSON of lines or areas"),
        ("[" * 5000, "is no GeoJSON"),
        ('{"type": "FeatureCollection", "features": []}', "holds no line and no area"),
        ('{"type": "LineString", "coordinates": [[400000, 5000000], [1, 2]]}', "are no degrees"),
    ],
)
def test_what_is_no_map_is_refused_in_words(tmp_path, text, says):
    """Which file, what is wrong with it, what to export instead."""
    (tmp_path / "map.geojson").write_text(text)
    with pytest.raises(DataError, match=says):
        outlines.lines(tmp_path / "map.geojson")


def test_a_map_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    """The limit stands with those of all other inputs."""
    (tmp_path / "map.geojson").write_text("{}" * 2**20)
    monkeypatch.setattr(limits, "MOST_MAP", 2**20)
    with pytest.raises(DataError, match="2 MB, more than the 1 MB of the largest map"):
        outlines.lines(tmp_path / "map.geojson")


def test_outlines_need_the_notice_of_their_owner(tmp_path):
    """A map of somebody else's is not shown without saying whose it is."""
    path = study_file(tmp_path, head=HEAD + 'boundaries = "map.geojson"\n')
    with pytest.raises(UsageError, match="`boundaries_notice`"):
        load(path)


@pytest.mark.parametrize("narrow", [False, True])
def test_a_legend_of_long_words_stays_on_its_paper(narrow):
    """The longest words of the four languages, beside each other or below."""
    kinds = {
        "projects": "Projets européens communs (7e PCRD, 2007-2013)",
        "patents": "Patentes conjuntas, por región de los inventores (datos inventados)",
    }
    border = "Frontera: a medio camino entre los centros de las regiones"
    words = {**WORDS, "kinds": kinds, "border": border}
    figure = drawn(figures.cartogram(REGIONS, LINKS, **words), narrow=narrow).figure
    box = figure.legends[0].get_window_extent()
    assert box.x0 >= 0
    assert box.x1 <= figure.bbox.width
