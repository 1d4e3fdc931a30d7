"""Ideas for joint projects: evidence kind by kind, ranks without a score, and what would refute."""

import json
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pages_of import record
from small_studies import PERIOD, SOURCES, dataset, raw

import studylib as sl
from studylib import tables
from studylib.diversify import complementarity
from studylib.network import clusters, labels
from studylib.opportunities import backtest, baselines, evidence, ranking
from studylib.opportunities.cards import is_nearer
from studylib.runs.notebooks import read as read_notebook
from studylib.show.ideas.opportunities import _first_place

SIDES = (
    '[[territories]]\nname = "France"\ncountry = "FR"\n'
    '[[territories]]\nname = "Spain"\ncountry = "ES"\n'
)
LIST = [
    ("a", "Ailes", "France", "aeronautics", "seen"),
    ("b", "Santé", "France", "health", "recalled"),
    ("c", "Alas", "Spain", "aeronautics", "seen"),
    ("d", "Salud", "Spain", "health;ict", "recalled"),
    ("e", "Redes", "Spain", "ict", "seen"),
]


@pytest.fixture
def study(tmp_path, monkeypatch):
    """Two aeronautic families in France, three in Spain, one of both; one of health in Spain."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    monkeypatch.setattr(complementarity, "DRAWS", 100)
    planes = [
        made(k + 1, "B64C 1/00", *places)
        for k, places in enumerate([["FR"], ["FR", "ES"], ["ES"], ["ES"]])
    ]
    study = dataset(
        tmp_path, raw(*planes, made(9, "A61B 5/00", "ES")), blocks=(PERIOD, SIDES, SOURCES)
    )
    listed = tables.check(
        pd.DataFrame(
            LIST, columns=["cluster_id", "name", "territory", "sectors", "evidence"]
        ).assign(
            kets=None,
            interests=None,
            place=None,
            nuts=None,
            website=None,
            fp7_name=None,
            members=None,
            source=None,
        ),
        "clusters",
    )
    tables.write(listed, "clusters", study.folder)
    tables.write(clusters.attributes(listed), "cluster_attributes", study.folder)
    return study


def made(n, ipc, *places):
    """One application with an inventor and an applicant in each of these countries."""
    return record(
        n % 5, [ipc], places[0], application_number=f"EP0{n:07}",
        priorities=[(f"P{n:07}", places[0], "2000-01-01")],
        inventors=[(f"Inventor {n} {code}", code) for code in places],
        applicants=[(f"Firm {code} SA", code) for code in places],
    )  # fmt: skip


@pytest.fixture
def ideas(study):
    return sl.ranked_ideas(study, sl.cluster_network(study))


def test_an_idea_is_a_theme_with_organisations_on_both_sides(ideas):
    """Aeronautics and health; health x ICT, where one side has both."""
    assert set(ideas["theme_id"]) == {"aeronautics", "health", "health_ict"}


def test_evidence_stands_kind_by_kind(ideas):
    """Two families of the side with fewer, one of both; health has one side only."""
    table = ideas.set_index("theme_id")
    kinds = ["organisations", "patents", "joint_patents"]
    assert table.loc["aeronautics", kinds].tolist() == [1, 2, 1]
    assert table.loc["health", kinds].tolist() == [1, 0, 0]


def test_what_the_data_cannot_give_is_missing_and_not_zero(ideas):
    """No reference, so nothing is added; no published project; no survey that asks by theme."""
    assert ideas[["projects", "added", "wanted"]].isna().all(axis=None)
    assert ideas["n_missing"].tolist() == [3, 3, 3]


@pytest.mark.parametrize(
    ("held", "fewest"),
    [
        ([[3, 1], [0, 7]], 3),  # the first brings 3 of one, the second 7 of the other
        ([[3, 5]], 3),
        ([[3, 0, 5]], 0),  # all three have organisations, and one of them no patent
        ([[9, 8, 0], [0, 0, 4]], 4),  # two bring one sector, the third the other
        ([[9, 8, 7], [0, 1, 0]], 1),  # somebody must bring the other sector
        ([[5, 0], [5, 0]], 0),  # one side has everything
    ],
)
def test_the_patents_of_an_idea_are_those_of_the_side_that_brings_fewest(held, fewest):
    """Of all sides that take part; across sectors each brings one, the best way round."""
    assert evidence._fewest(held) == fewest


def test_of_three_ideas_the_front_is_what_no_other_beats():
    """One has most of the first kind, one most of the second; the third less of both."""
    table = pd.DataFrame({"a": [3.0, 1, 0], "b": [0.0, 2, np.nan], "c": [np.nan] * 3})
    found = ranking.ranked(table, ["a", "b", "c"], seed=1)
    assert found["front"].tolist() == [1, 1, 2]
    assert found["n_missing"].tolist() == [1, 1, 2]
    assert found["in_first"].sum() == pytest.approx(1)
    assert found["in_first"].tolist()[:2] == pytest.approx([0.5, 0.5], abs=0.02)


def test_an_idea_that_beats_all_is_always_first():
    """Whatever counts how much; and its rank is 1 in all of it."""
    table = pd.DataFrame({"a": [1.0, 2, 3], "b": [1.0, 2, 3]})
    first = ranking.ranked(table, ["a", "b"], seed=7).iloc[0]
    assert first[["a", "front", "in_first", "low", "high"]].tolist() == [3, 1, 1, 1, 1]


@given(arrays(float, (6, 3), elements=st.integers(0, 4).map(float)))
def test_fronts_are_those_of_the_definition(values):
    """Front 1: beaten by none; front n + 1: beaten by none but those of fronts up to n."""
    found = ranking.fronts(values)
    for i, row in enumerate(values):
        beaten_by = [
            found[j]
            for j, other in enumerate(values)
            if (other >= row).all() and (other > row).any()
        ]
        assert found[i] == 1 + max(beaten_by, default=0)


def test_no_idea_is_ranked_where_there_is_none():
    """An empty table with its columns."""
    empty = pd.DataFrame({"a": pd.Series(dtype=float)})
    assert ranking.ranked(empty, ["a"], seed=1).columns.tolist() == [
        "a", "front", "n_missing", "in_first", "middle", "low", "high",
    ]  # fmt: skip


def test_a_card_says_whom_to_call_and_what_to_check(study, ideas):
    """The nearest pair across the border; recalled rows are checked first."""
    network = sl.cluster_network(study)
    cards = {card.theme_id: card for card in sl.idea_cards(ideas, network)}
    assert cards["aeronautics"].first == ("Ailes", "Alas")
    assert cards["aeronautics"].recalled == ()
    assert cards["health"].recalled == ("Santé", "Salud")
    assert cards["health"].weak[:2] == ("one_side", "no_joint")
    shown = sl.show.idea_cards(study, network, list(cards.values()))
    told = {card.title: {line.name: line.text for line in card.lines} for card in shown.shown}
    assert told["Aeronautics"]["First step:"] == "bring Ailes and Alas to one table."
    assert (
        "check what the list says from memory of Santé and Salud" in told["Health"]["First step:"]
    )
    assert told["Aeronautics"]["Technology fields:"] == "transport."


def test_a_card_tells_every_kind_of_evidence_of_its_row(study, ideas):
    """
    What the neighbour adds speaks for an idea from 1 on, and against it below; missing, neither.

    Broken once: the card of an idea to which the neighbour adds said "nothing but the list".
    """
    network = sl.cluster_network(study)
    bare = ideas.assign(patents=0.0, joint_patents=0.0, projects=0.0, kets="", relatedness=None)

    def said(added):
        card = sl.show.idea_cards(study, network, sl.idea_cards(bare.assign(added=added), network))
        lines = {line.name: line.text for line in card.shown[0].lines}
        return lines["What speaks for it:"], sl.idea_cards(bare.assign(added=added), network)[
            0
        ].weak

    more = "the neighbour adds more to one of its fields than to others, beyond chance"
    assert said(1.0)[0].startswith(more)
    for added in (0.99, float("nan")):
        assert said(added)[0] == "nothing but the list of organisations."
    assert ["not_added" in said(added)[1] for added in (1.0, 0.99, float("nan"))] == [
        False, True, False,
    ]  # fmt: skip


def test_cards_travel_as_json(study, ideas):
    """With null where the data cannot give a kind of evidence."""
    network = sl.cluster_network(study)
    shown = sl.show.idea_cards(study, network, sl.idea_cards(ideas, network))
    told = json.loads(shown.json())
    assert [card["theme"] for card in told] == ideas["theme_id"].tolist()
    assert told[0]["projects"] is None
    assert {card["theme"]: card["fields"] for card in told}["aeronautics"] == [32]
    assert told[0]["sides"]
    assert all(card["would_be_refuted_by"] for card in told)


def test_names_of_a_list_are_text_on_a_card(study, ideas):
    """Markup in a name is shown, not run."""
    network = sl.cluster_network(study)
    network.organisations["name"] = network.organisations["name"].replace("Ailes", "<b>Ailes</b>")
    shown = sl.show.idea_cards(study, network, sl.idea_cards(ideas, network))
    assert "&lt;b&gt;Ailes" in shown._repr_html_()
    assert "<b>Ailes" not in shown._repr_html_()


def test_without_new_links_nothing_could_be_tested(study):
    """And the sentence says so, with how many there were; it stands with what is not shown."""
    found = sl.backtest(study)
    assert (found.n_links, found.table.empty) == (0, True)
    said = str(sl.say.opportunities.backtest(found))
    assert "of applicants that had filed by 2002, 0 links appeared afterwards" in said
    cells = read_notebook(ROOT / "notebooks" / "60_opportunities.ipynb")["cells"]
    place = next(i for i, cell in enumerate(cells) if "backtest" in "".join(cell["source"]))
    heads = [c["source"] for c in cells[:place] if "".join(c["source"]).startswith("## ")]
    assert "".join(heads[-1]).startswith("## What this does not show")


def test_pairs_at_the_cut_share_its_places():
    """Two places: one pair above the cut, two level with it, one of them a link."""
    score, links = np.array([3.0, 2, 2, 1]), np.array([True, True, False, False])
    assert backtest._hits(score, links, 2) == 1.5


def test_shared_technology_foretells_where_it_is_made_to(tmp_path, monkeypatch):
    """Six firms a side, each with a twin in its field: twins file together later."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    symbols = ["A21D 2/00", "G02B 6/00", "B64C 1/00", "C07D 1/00", "H01L 31/042", "E04B 1/00"]
    records = []
    for k, ipc in enumerate(symbols):
        for year, places in ((0, ["FR"]), (1, ["ES"]), (4, ["FR", "ES"])):
            n = 100 * (k + 1) + year
            records.append(
                record(
                    year, [ipc], places[0], application_number=f"EP0{n:07}",
                    priorities=[(f"P{n:07}", places[0], "2000-01-01")],
                    inventors=[(f"Inventor {n} {code}", code) for code in places],
                    applicants=[(f"Firm {k} {code} SA", code) for code in places],
                )
            )  # fmt: skip
    study = dataset(tmp_path, raw(*records), blocks=(PERIOD, SIDES, SOURCES))
    found = sl.backtest(study)
    rows = found.table.set_index("ranking")
    assert (found.year, found.n_links, found.n_pairs) == (2002, 6, 36)
    assert rows.loc["technology", "precision"] == 1
    assert rows.loc["size", "hits"] == pytest.approx(1)  # all rank alike: 6 of 36


def test_baselines_name_what_nothing_observes(study):
    """
    One row an indicator: joint applicants are counted where no European project is known.

    Broken once: RCO87 stood twice, the second time with the 0 of made-up applicants.
    """
    table = sl.indicators(study).set_index(["code", "basis"])["baseline"]
    assert [code for code, _basis in table.index] == ["RCO87", "RCR84", "RCO83", "RCR79"]
    assert table[("RCO87", "patents")] == 2
    assert np.isnan(table[("RCR84", "again")])
    assert np.isnan(table[("RCO83", "")])


def test_who_met_again_is_told_pair_by_pair():
    """A and B share two projects; A and C one; D and E two, but of one territory."""
    rows = [
        (1, "North", "A"), (1, "South", "B"), (2, "North", "A"), (2, "South", "B"),
        (2, "South", "C"), (1, "North", "D"), (1, "North", "E"), (2, "North", "E"),
        (3, "North", "D"), (3, "North", "E"),
    ]  # fmt: skip
    listed = pd.DataFrame(rows, columns=["project", "area", "name"])
    assert baselines.met_again(listed) == {"A", "B", "E"}


def study_of(*territories, made_up=()):
    """A study that lacks nothing its pages speak of; inputs of some roles are made up."""
    located = SimpleNamespace(located_by="inventor")
    told = SimpleNamespace(reference="R", comparison=["C"], clusters="list", counting=located)
    roles = ["patents", "survey"]
    files = pd.DataFrame({"role": roles, "is_synthetic": [role in made_up for role in roles]})
    return SimpleNamespace(
        territories=list(territories), definition=told, table=lambda _name: files
    )


def test_seven_criteria_each_with_a_page_or_none():
    """A page that there is, or "not shown by this study"."""
    table = sl.criteria()
    assert table["number"].tolist() == [1, 2, 3, 4, 5, 6, 7]
    pages = {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert set(table["page"]) - {""} <= pages
    shown = sl.show.criteria(study_of("A", "B"), table).shown()["rows"]
    assert [row[1][1] for row in shown].count("not shown by this study") == 3
    assert shown[0][2][1] == "Where is each side specialised, and what would the neighbour add?"


def test_the_title_of_the_criteria_says_on_how_many_and_each_page_is_a_link():
    """Four of seven have a page, and three lead nowhere."""
    shown = sl.show.criteria(study_of("A", "B"), sl.criteria())
    assert shown.title == ("Criteria of smart specialisation: of 7, this study says something on 4")
    assert [row[2] for row in shown.shown()["hrefs"]] == [
        "40_diversification.html", "", "60_opportunities.html", "10_survey.html", "", "",
        "60_opportunities.html",
    ]  # fmt: skip
    assert '<a href="10_survey.html">' in shown._repr_html_()


def test_criteria_that_rest_on_made_up_inputs_say_so():
    """Nobody should put made-up answers into a file as evidence of what members want."""
    study = study_of("A", "B", made_up=("patents", "survey"))
    shown = sl.show.criteria(study, sl.criteria())
    assert shown.title.endswith("this study says something on 4 (made-up data in part)")
    said = [row[1][1] for row in shown.shown()["rows"]]
    assert [text.endswith(" (made up)") for text in said].index(True) == 3


def test_a_criterion_names_its_page_as_the_study_calls_it():
    """In a study of one territory the page on specialisation speaks of no neighbour."""
    shown = sl.show.criteria(study_of("A"), sl.criteria()).shown()["rows"]
    assert shown[0][2][1] == "Where is the territory specialised, and what lies near that?"


def test_a_study_without_a_survey_has_no_answers_as_evidence(tmp_path):
    """The fourth criterion rests on the page of answers, which such a study does not have."""
    from small_studies import dataset, raw

    study = dataset(tmp_path, raw())
    shown = sl.show.criteria(study, sl.criteria(study)).shown()["rows"]
    assert shown[3][1][1] == "not shown by this study"
    assert [row[1][1] for row in shown].count("not shown by this study") == 4


def test_a_study_without_a_list_has_no_page_of_ideas():
    """The notebook says which key it needs."""
    import nbformat

    notebook = nbformat.read(ROOT / "notebooks" / "60_opportunities.ipynb", as_version=4)
    assert notebook.metadata["needs"] == ["clusters"]


def test_a_ratio_that_prints_as_chance_is_no_nearness():
    """1.001 times as often reads 1.00 and speaks for nothing; 1.01 does."""
    assert not is_nearer(1.004)
    assert is_nearer(1.006)


def test_a_rare_first_place_is_not_printed_as_never(study, ideas):
    """One weighing in a thousand reads < 1%; the title says in how many the first one is first."""
    network = sl.cluster_network(study)
    shares = [0.951, 0.001] + [0.0] * (len(ideas) - 2)
    frame = ideas.assign(in_first=shares)
    shown = sl.show.idea_table(study, network, frame)._repr_html_()
    assert "&lt; 1% (" in shown
    assert "Organisations count, as patents do, on the side with fewest of those that" in shown
    name = shown_name(network, frame, 0)
    assert _first_place(study, network, frame) == (
        f"{name} comes first in 95% of all ways of weighing"
    )
    certain = frame.assign(in_first=[1.0] + [0.0] * (len(ideas) - 1))
    assert _first_place(study, network, certain) == f"{name} comes first by every weighing"


def test_the_rank_figure_stands_in_the_order_of_its_marks(study, ideas):
    """By the middle rank, then by the ends of the strip, whatever the order of the table."""
    network = sl.cluster_network(study)
    frame = ideas.assign(middle=[7, 2, 7], low=[3, 1, 1], high=[9, 5, 9])
    drawn = sl.show.idea_ranks(study, network, frame).frame
    assert drawn["item"].tolist() == [shown_name(network, frame, place) for place in (1, 2, 0)]


def test_made_up_patents_are_named_where_an_idea_is_said_to_come_first(study, ideas, monkeypatch):
    """In the title of the figure: what is drawn may be taken along without its page."""
    network = sl.cluster_network(study)
    monkeypatch.setattr("studylib.show.provenance.is_made_up", lambda *_a: True)
    assert _first_place(study, network, ideas).endswith(" (made-up data in part)")


def shown_name(network, ideas, place):
    """What the idea in this row is called."""
    rows = network.themes[network.themes["theme_id"] == ideas["theme_id"].iloc[place]]
    return labels.theme(network.sectors, rows.iloc[0])


def test_no_patent_is_no_patent_of_one_firm(study, ideas):
    """Fewer than five may be one firm's; none are nobody's."""
    network = sl.cluster_network(study)
    weak = {n: sl.idea_cards(ideas.assign(patents=n), network)[0].weak for n in (0, 1, 4, 5)}
    assert [n for n, said in weak.items() if "few_patents" in said] == [1, 4]
