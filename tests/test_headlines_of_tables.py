"""
No headline contradicts a table of its page: diversification, border areas, ideas, front page.

The tables are drawn at random and handed to the sentence and to the table as the page does; what
each test was seen to catch stands in its docstring.
"""

import re
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_headlines import read
from tiny_clusters import NORTH_SOUTH, listed, themed

import studylib as sl
from studylib import network
from studylib.diversify import framework_projects
from studylib.network import clusters
from studylib.opportunities import evidence, ranking
from studylib.report import brief
from studylib.say import border_areas, diversification, opportunities

MANY = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
STUDY = SimpleNamespace(
    territories=NORTH_SOUTH, areas=NORTH_SOUTH, area_name=str, language="en",
    first_year=2000, last_year=2012,
    table=lambda _name: pd.DataFrame({"role": [], "caption_en": [], "is_synthetic": []}),
    definition=SimpleNamespace(
        reference=SimpleNamespace(named=lambda _language: "Rest"), corpus=None, claims=None,
        territories=(),
        themes=None, sectors=None,
    ),
)  # fmt: skip
VERDICTS = ("shown", "not shown", "could not have been shown")


def names_in(text):
    """The names of a list in words."""
    return [name for name in re.split(r", | and ", text) if name]


SECTIONS = st.lists(
    st.tuples(st.floats(0.1, 9), st.sampled_from(VERDICTS)), min_size=16, max_size=16
)


@given(SECTIONS)
@MANY
def test_the_sections_of_the_headline_are_those_shown_above_one(drawn):
    """
    Each territory's sections are the rows of its table that are shown and lie above 1.

    Broken once: sections below 1 told too.
    """
    rows = [
        {"area": area, "section": section, "n": 9.0, "base": 72.4, "quotient": ratio,
         "low": ratio / 2, "high": ratio * 2, "quotient_whole": ratio, "detectable": 1.5,
         "verdict": verdict}
        for (ratio, verdict), (area, section) in zip(
            drawn, [(a, s) for a in NORTH_SOUTH for s in "ABCDEFGH"], strict=True
        )
    ]  # fmt: skip
    found = pd.DataFrame(rows)
    said = diversification.section_sentence(STUDY, found, diversification._briefly)
    assert "(2005–2008, Eurostat: North 72 and South 72)" in said
    table = read(sl.show.section_table(STUDY, found))
    for area in NORTH_SOUTH:
        shown = {
            row["IPC section"].partition(": ")[2].lower()
            for row, ratio in zip(table, found["quotient"], strict=True)
            if row["Territory"] == area and row["Verdict"] == "shown" and ratio > 1
        }
        told = re.search(rf"in {area}, (.*?)(?:; |\.$)", said)
        names = {row["IPC section"].partition(": ")[2].lower() for row in table}
        assert {name for name in names if told and f"{name} (" in told[1]} == shown


PAIRS = framework_projects.joint_projects()
CHANCE = ("more", "not shown", "fewer")


SOME = st.sets(st.sampled_from(CHANCE), min_size=1).map(sorted)
VERDICTS_OF_PAIRS = SOME.flatmap(
    lambda words: st.lists(st.sampled_from(words), min_size=len(PAIRS), max_size=len(PAIRS))
)


@given(VERDICTS_OF_PAIRS, st.data())
@MANY
def test_the_border_headline_counts_the_rows_of_its_table(drawn, data):
    """
    Pairs across a border with more than each of three kinds of chance are those of the table, the
    study's own is said to be one of them where it is; its own projects are its row.

    Broken once: its own pair said to be among them always; pairs inside a country counted too; a
    study of three sides told the number of one pair for all of them; no pair at all ended in an
    empty list.
    """
    kinds = {f"verdict_{kind}": data.draw(VERDICTS_OF_PAIRS) for kind in ("kept", "in_country")}
    pairs = PAIRS.assign(verdict=drawn, **kinds)
    own = pairs.iloc[[data.draw(st.integers(0, len(pairs) - 1))]]
    study = SimpleNamespace(**{**vars(STUDY), "territories": ["A", "B", "C"]})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(framework_projects, "joint_projects", lambda _study: pairs)
        patch.setattr(framework_projects, "pair_of_study", lambda _study: own)
        said = " ".join(str(border_areas.headline(study)).split())
    table = read(sl.show.joint_project_table(pairs))
    across = [row for row in table if row["Kind of pair"] == "Across a border"]
    more = [
        row["Pair of regions"]
        for row in across
        if all(
            row[kind].endswith("more than chance")
            for kind in (
                "By chance",
                "By chance, countries kept",
                "By chance, projects of each kept",
            )
        )
    ]
    told = re.search(
        r"Of (\d+) pairs of regions across a border (\w+) ha(?:s|ve) [^:.]*(?:: (.*?))?\.(?: |$)",
        said,
    )
    assert int(told[1]) == len(across)
    assert told[2] == (str(len(more)) if more else "none")
    assert names_in(told[3] or "") == more
    mine = table[own.index[0]]
    among = mine["Pair of regions"] in more
    across_a_border = mine["Kind of pair"] == "Across a border"
    pair = mine["Pair of regions"]
    assert (f" {pair} is one of them." in said) == among
    assert (f" {pair} is not one of them." in said) == (
        bool(more) and across_a_border and not among
    )
    assert f" {pair}: {mine['Joint projects']} project" in said
    word = mine["By chance"].partition(": ")[2]
    both_say = mine["By chance, projects of each kept"].endswith(f": {word}")
    assert ("hangs on what chance keeps" in said) != both_say
    if not both_say:
        word = ""
    assert (", more than the" in said, ", fewer than the" in said) == (
        word == "more than chance", word == "fewer than chance",
    )  # fmt: skip


SECTORS = ("health", "ict", "energy", "sport", "steel", "tourism")
KIND = st.one_of(st.none(), st.integers(0, 3).map(float))


@given(st.integers(1, len(SECTORS)), st.data())
@MANY
def test_the_ideas_of_the_headline_are_the_first_front_of_the_table(n, data):
    """
    Ideas beaten by no other are those of front 1; the first is the one that is best most often.

    Broken once: the headline named the first row of the table alone.
    """
    keys = SECTORS[:n]
    rows = themed(*((key, key, None, "own") for key in keys))
    people = listed(("a", "North", "health"), ("b", "South", "health"))
    net = network.build(people, clusters.attributes(people), rows, NORTH_SOUTH)
    drawn = {kind: [data.draw(KIND) for _key in keys] for kind in evidence.KINDS}
    frame = pd.DataFrame({**drawn, "theme_id": keys, "axis": "same_sector", "n_0": 1, "n_1": 1})
    frame = frame.astype(dict.fromkeys(evidence.KINDS, float)).assign(relatedness=float("nan"))
    ideas = ranking.ranked(frame, evidence.KINDS, seed=1)
    said = str(opportunities.headline(STUDY, net, ideas))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("studylib.show.ideas.opportunities.corpus_source", lambda _study: "")
        table = read(sl.show.idea_table(STUDY, net, ideas))
    front = [row["Idea"] for row in table if row["Level"] == "1"]
    told = re.search(
        r"Of (\d+) ideas?, (\d+) (?:is|are) beaten by no other: (.*?)\.\n", said + "\n"
    )
    assert (int(told[1]), int(told[2])) == (len(table), len(front))
    named = told[3].split("; ")
    assert named[:4] == front[:4]
    assert named[4:] == ([f"{len(front) - 4} more"] if len(front) > 4 else [])
    best = max(
        table, key=lambda row: int(row["Comes first in (ranks)"].partition("%")[0].lstrip("< "))
    )
    first = re.search(r"First in (\d+)% of all ways of weighing the evidence: ", said)
    assert first[1] == best["Comes first in (ranks)"].partition("%")[0]


WORDS = st.text("abc ", min_size=1, max_size=80).map(lambda text: f"A{text.strip()} is so.")
PAGES = st.builds(
    brief.Said,
    headline=st.lists(WORDS, max_size=4).map(" ".join),
    numbers=st.lists(st.tuples(st.integers(0, 99).map(str), WORDS), max_size=3).map(tuple),
    limits=st.lists(WORDS, max_size=3).map(tuple),
    is_finding=st.booleans(),
    made_up=st.sampled_from(["", "made-up data"]),
)


@given(st.lists(PAGES, max_size=5))
@MANY
def test_the_front_page_says_what_its_pages_say(pages):
    """
    Every finding begins the headline of a page, ends with a sentence of it and with the mark of
    made-up data, if it has one; numbers are theirs.

    Broken once: a finding cut in the middle of a sentence, one page's number given twice, and a
    page that has nothing to say of the study first.
    """
    shown = brief.decision("Who?", pages, {})
    told = [page for page in pages if page.headline]
    headlines = [page for page in told if page.is_finding] or told[:1]  # where nothing is found
    assert len(shown.findings) == min(3, len(headlines))
    for finding, headline in zip(shown.findings, headlines, strict=False):
        mark = " (made-up data)" if headline.made_up else ""
        assert finding.endswith(f"{mark}.")
        assert headline.headline.startswith(finding.removesuffix(f"{mark}."))
    told = [number for page in pages for number in page.numbers]
    assert all(shown.numbers.count(one) <= told.count(one) for one in shown.numbers)
    assert len(shown.numbers) == min(3, len(told))
    assert set(shown.limits) <= {limit for page in pages for limit in page.limits}
