"""Titles of figures: what the tables found, or that they show nothing."""

from types import SimpleNamespace

import pandas as pd
import pytest

from studylib.diversify.border_areas import OWN
from studylib.language.counted import sectors
from studylib.show import findings
from studylib.show.areas.joint_projects import _finding as of_joint_projects
from studylib.show.areas.side_pairs import _finding as of_joint_patents
from studylib.show.collaboration.border import _finding as of_sectors
from studylib.show.data import _most_in
from studylib.show.diversification.metro_areas import _clear
from studylib.show.diversification.nearness import _most_demanding
from studylib.show.survey.ledger import _finding as of_printed_shares
from studylib.show.survey.ledger import survey_published

NONE = "No sector shows a difference"
MORE = (
    "More often in North: chemistry; More often in South: machines; no other difference is shown "
    "in this figure"
)


def a_study(*territories):
    """As much of a study as a title needs."""
    return SimpleNamespace(territories=territories, area_name=str)


def compared(*rows):
    """One row per (item, difference, verdict) of North against South; None: not tested."""
    return pd.DataFrame(
        [
            ("North", "South", item, difference, None if verdict is None else 0.01, verdict)
            for item, difference, verdict in rows
        ],
        columns=["first", "second", "item", "difference", "p_holm", "verdict"],
    )


def title(tests, territories=("North", "South")):
    """The title of a figure of two sides."""
    return findings.of_sides(a_study(*territories), tests, str, item="item", none=NONE)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [("Chemistry", 0.2, "shown"), ("Machines", -0.1, "shown"), ("Optics", 0, "not shown")],
            MORE,
        ),
        ([("Chemistry", -0.2, "shown")], "More often in South: chemistry"),
        ([("Chemistry", 0.2, "not shown")], NONE),
        (
            [("Chemistry", 0.2, "could not have been shown")],
            "The numbers are too small to show a difference between the territories",
        ),
        ([("Chemistry", 0.2, "not shown"), ("Optics", 0, "could not have been shown")], NONE),
        ([("Chemistry", 0.2, None)], ""),
        ([], ""),
    ],
)
def test_a_title_says_what_the_tests_show(rows, said):
    """The side that has more, by the verdicts of the tests; or that nothing is shown."""
    assert title(compared(*rows)) == said


def test_of_three_territories_a_title_names_the_items():
    """Which side has more of a thing cannot be said of three in a line."""
    rows = compared(("Chemistry", 0.2, "shown"), ("Optics", 0.1, "not shown"))
    said = "A difference is shown in chemistry; no other difference is shown in this figure"
    assert title(rows, ("North", "South", "West")) == said


def test_a_title_names_three_and_counts_the_rest():
    """A title is read at a glance."""
    assert findings.few(["a", "b", "c"]) == "a, b and c"
    assert findings.few(["a", "b", "c", "d", "e", "a"]) == "a, b, c and 2 more"


def test_one_territory_has_a_most_frequent():
    """With nobody to compare, the title says what is most frequent, if anything is."""
    shares = pd.DataFrame(
        {
            "area": ["North", "North", "rest"], "item": ["Optics", "Bread", "Bread"],
            "n": [3, 1, 9], "share": [0.75, 0.25, 0.9],
        }
    )  # fmt: skip
    study = a_study("North")
    said = findings.most_frequent(study, shares, "item", str)
    assert said == "Most frequent in North: optics (75%)"
    nothing = findings.most_frequent(study, shares.assign(n=0), "item", str)
    assert nothing == "The territories cannot be compared"


def test_more_than_elsewhere_is_what_is_shown_above_one():
    """
    A ratio not told from 1 is none; where nothing lies above, what lies below is the finding.

    How many were asked stands before it, told or not.
    """
    rows = pd.DataFrame(
        [
            ("North", "Chemistry", 1.7, "shown"), ("South", "Textiles", 5.8, "shown"),
            ("South", "Machines", 2.0, "shown"), ("North", "Optics", 3.0, "not shown"),
            ("South", "Bread", 0.2, "shown"),
        ],
        columns=["area", "item", "quotient", "verdict"],
    )  # fmt: skip
    assert findings.above(rows, of=sectors, none=NONE) == (
        "Of 5 sectors, more often than elsewhere: South (textiles and machines) and North "
        "(chemistry)"
    )
    less = "Of 1 sector, less often than elsewhere: South (bread)"
    assert findings.above(rows[rows["quotient"] < 1], of=sectors, none=NONE) == less
    assert findings.above(rows[rows["verdict"] == "not shown"], of=sectors, none=NONE) == NONE


def test_what_comes_together_is_the_largest_of_the_matrix():
    """The pair most often on one patent, both where two are equal; nothing where no two meet."""
    counts = pd.DataFrame([[9, 2, 0], [2, 7, 2], [0, 2, 5]], index=list("ABC"), columns=list("ABC"))
    said = findings.together(counts, lambda key: f"Field {key}")
    assert said == "Most often on one patent: field A with field B and field B with field C (2)"
    alone = findings.together(counts.loc[["A"], ["A"]], str)
    assert alone == "No patent carries two key enabling technologies"


@pytest.mark.parametrize(
    ("p", "said"),
    [
        ([], "No group holds organisations of different sides"),
        ([0.2, 0.6], "2 groups of different sides, none denser than chance would make it"),
        ([0.5], "1 group of different sides, no denser than chance would make it"),
        ([0.01, 0.6], "Of 2 groups of different sides, 1 is denser than chance would make it"),
    ],
)
def test_groups_are_told_from_chance_or_not(p, said):
    """A group is a finding where chance would not make one as dense."""
    assert findings.told_from_chance(pd.DataFrame({"p_search": p})) == said


def test_totals_stand_in_the_order_of_the_territories():
    """Years of one area are one number."""
    rows = pd.DataFrame({"area": ["N", "S", "N"], "n": [1.5, 2.0, 3.0]})
    assert findings.totals(rows, 1) == "N 4.5 and S 2.0"


def test_a_title_on_joint_projects_counts_pairs_across_a_border():
    """As the headline: those above each kind of chance; inside a country none is counted."""
    pairs = pd.DataFrame(
        {
            "kind": ["border", "border", "border", "border", "country"],
            "verdict": ["more", "not shown", "more", "more", "more"],
            "verdict_kept": ["more", "more", "not shown", "more", "more"],
            "verdict_in_country": ["more", "more", "more", "not shown", "more"],
        }
    )
    assert of_joint_projects(pairs) == (
        "Of 4 pairs across a border, 1 has more joint projects than each of three kinds of chance "
        "gives"
    )
    assert of_joint_projects(pairs[1:]) == (
        "No pair of regions across a border has more joint projects than each of three kinds of "
        "chance gives"
    )


def test_a_title_on_joint_patents_sets_the_own_pair_beside_the_others():
    """
    A pair that files nothing together counts with the others, one inside a country does not; no
    pair of its own is said, and of three territories each of three pairs by its name.
    """
    pairs = pd.DataFrame(
        {
            "area": [OWN, "Rhine", "Rhine", "Rhine", "Rhine"],
            "side": ["North", "A", "A", "B", "C"],
            "other_side": ["South", "B", "C", "C", "D"],
            "kind": ["border", "border", "border", "border", "country"],
            "joint": [3, 2, 5, 0, 9],
            "ratio": [0.29, 0.2, 0.84, 0, 3.1],
        }
    )
    study = a_study("North", "South")
    own = "North – South: 0.29 times as many joint patents as inventors dealt anew would give"
    assert of_joint_patents(study, pairs) == f"{own}; other pairs across a border 0.00 to 0.84"
    assert of_joint_patents(study, pairs[:1]) == own
    none = "Inventors of two sides on one patent, beside chance"
    assert of_joint_patents(study, pairs[1:]) == none
    three = a_study("North", "South", "West")
    two = pd.concat([pairs[:1], pairs[:1].assign(other_side="West", ratio=0.5)])
    west = "North – West: 0.50 times as many joint patents as inventors dealt anew would give"
    assert of_joint_patents(three, two) == f"{own}; {west}"


def test_a_title_on_coverage_names_the_largest_of_the_areas():
    """Years are added; both are named where two are equal; none where nothing lies anywhere."""
    years = pd.DataFrame({"area": ["N", "N", "S"], "n": [1, 2, 3]})
    assert _most_in(years) == "Of these areas, most applications: N and S, 3"
    assert _most_in(years[years["area"] == "N"]) == "Applications in N: 3"
    assert _most_in(years.assign(n=0)) == "No application lies in an area of the study"


def test_a_title_on_cities_counts_their_fields():
    """Only fields told to be more frequent are handed in."""
    clear = pd.DataFrame({"metro": ["Pau", "Bilbao", "Pau"]})
    said = "Of 2 fields, more frequent than in the rest of Europe: Bilbao 1 and Pau 2"
    assert _clear(clear, 2) == said
    none = "No field is shown to be more frequent than in the rest of Europe"
    assert _clear(clear[:0], 2) == none


def test_a_title_on_demanding_fields_names_the_first_of_both_definitions():
    """With the ranks each may have; optics is field 9, biotechnology 15."""
    found = pd.DataFrame({"field_id": [9, 15], "eci": [1, 2], "fitness": [2, 1]})
    ends = {"eci_low": 1, "eci_high": [14, 20], "fitness_low": 1, "fitness_high": [9, 5]}
    said = "First by the index: optics (ranks 1–14); first by fitness: biotechnology (1–5)"
    assert _most_demanding(found.assign(**ends)) == said


def test_a_title_on_sectors_counts_those_that_meet():
    """A sector that meets nothing is on the list all the same."""
    matrix = pd.DataFrame(
        {
            "sector": ["A", "A", "B"],
            "other_sector": ["A", "C", "C"],
            "basis": ["shared", None, None],
        }
    )
    said = "Of 3 sectors of the list, 1 could meet one across the border (1 its own)"
    assert of_sectors(matrix) == said


@pytest.mark.parametrize(
    ("known", "p", "said"),
    [
        (
            True,
            [0.2, 0.3],
            "With no more respondents than organisations known, no difference is shown",
        ),
        (
            True,
            [0.01, 0.3],
            (
                "With no more respondents than organisations known, a difference is shown in 1 "
                "of 2 combinations"
            ),
        ),
        (False, [0.01], "A difference is shown in 1 of 1 combination of respondents that fit"),
        (False, [], "No published share of a survey belongs to this study"),
    ],
)
def test_a_title_on_printed_shares_speaks_of_known_respondents(known, p, said, monkeypatch):
    """What would be shown with more than can have answered is no finding."""
    monkeypatch.setattr(survey_published, "within", lambda _study, all_: all_ if known else None)
    assert of_printed_shares(a_study("North", "South"), pd.DataFrame({"p_boschloo": p})) == said
