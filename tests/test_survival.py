"""Which headline findings are found again under other choices, and what is said of them."""

from types import SimpleNamespace

import pandas as pd
import pytest
from pages_of import record
from small_studies import PERIOD, SOURCES, dataset, raw
from test_neighbours import APART, BLOCKS

from studylib import show
from studylib.diversify import complementarity, other_places
from studylib.diversify.sensitivity import variant
from studylib.opportunities import headline_findings, survival

NORTH = '[[territories]]\nname = "North"\nnuts = ["FR42"]\nwider = ["FR41"]\n'


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """A study of these records, opened; few draws."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    monkeypatch.setattr(complementarity, "DRAWS", 100)
    return lambda *records, blocks=BLOCKS: dataset(tmp_path, raw(*records), blocks=blocks)


def lived(n, *regions, first=1):
    """As many applications, each with an inventor in each of these regions."""
    return [
        record(
            k % 5, ["G02B 6/00"], "FR", application_number=f"EP0{first + k:07}",
            priorities=[(f"P{first + k:07}", "FR", "2000-01-01")],
            inventors=[(f"I {first + k} {code}", code[:2], code) for code in regions],
        )
        for k in range(n)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("own", "again", "told"),
    [
        ("ab", "abc", (2, 2, "holds")), ("ab", "bc", (1, 2, "partly")),
        ("ab", "c", (0, 2, "fails")), ("", "", (1, 1, "holds")), ("", "a", (0, 1, "fails")),
        ("ab", None, (0, 0, "unknown")),
    ],
)  # fmt: skip
def test_a_finding_survives_where_all_of_it_is_found_again(own, again, told):
    """More may be found; where nothing was shown, nothing may be."""
    assert survival.held(frozenset(own), None if again is None else frozenset(again)) == told


def test_every_headline_is_asked_under_every_choice(opened):
    """Spain holds optics, France photography: both are shown, by application as by family."""
    table = survival.headlines_under_choices(opened(*APART))
    states = table.pivot(index="finding", columns="choice", values="state")
    assert set(states.columns) == set(survival.CHOICES)
    assert states.loc["specialisations", "unit"] == "holds"
    assert states.loc["specialisations", "wider"] == "unknown"
    assert states.loc["added", "scheme"] == "apart"
    assert not {"sections", "projects", "ideas", "first_idea"} & set(states.index)


def test_of_each_territory_the_province_with_most_records_stands_for_it(opened):
    """Three families in Haut-Rhin, one in Bas-Rhin, one in both: four are left."""
    study = opened(
        *lived(3, "FR422"), *lived(1, "FR421", first=10), *lived(1, "FR421", "FR422", first=20),
        blocks=(PERIOD, NORTH, SOURCES),
    )  # fmt: skip
    assert len(study.units) == 5
    province = variant(study, "province")
    assert [area.nuts for area in province.definition.territories] == [("FR422",)]
    assert len(province.units) == 4


def test_a_territory_without_known_provinces_has_none_that_stands_for_it(opened):
    """Countries are told by priority claims only."""
    assert variant(opened(*APART), "province") is None


def test_a_choice_reads_no_table_again(opened):
    """What does not hang on the choice is the same object."""
    study = opened(*APART)
    assert variant(study, "unit").symbols is study.symbols


def of_areas(*codes):
    """A study of territories of these codes."""
    areas = [SimpleNamespace(nuts=tuple(c.split("+")), nuts_version="2013") for c in codes]
    return SimpleNamespace(definition=SimpleNamespace(territories=areas))


@pytest.mark.parametrize(
    ("codes", "joint", "verdicts"),
    [
        (("FR61", "ES21"), 32, ("not shown", "more")),
        (("FR61+FR62", "ES21+ES22"), 90, ("not shown", "more")),
        (("FR612", "ES213"), 17, ("not shown", "not shown")),
        (("FR615", "ES212"), 5, ("more", "more")),
    ],
)
def test_joint_projects_are_counted_for_wider_territories_and_provinces(codes, joint, verdicts):
    """
    Provinces that touch (Gipuzkoa, Pyrénées-Atlantiques) share more than either kind of chance.

    Gironde and Bizkaia have 17 of the 32 and lie within both: what chance that keeps projects says
    of the territories does not hold for their largest provinces.
    """
    found = other_places.pair_of_places(of_areas(*codes))
    columns = ["joint", "verdict", "verdict_kept"]
    assert found[columns].to_numpy().tolist() == [[joint, *verdicts]]


def test_a_headline_of_joint_projects_holds_what_both_kinds_of_chance_say():
    """
    Two things of the territories; one of them found again in the largest provinces.

    Of three territories each pair has its two: broken once, three pairs were told as two things.
    """
    own, provinces = (
        headline_findings._projects(SimpleNamespace(study=of_areas(*codes)))
        for codes in (("FR61", "ES21"), ("FR612", "ES213"))
    )
    pair = frozenset({0, 1})
    assert own == {(pair, 0, "not shown"), (pair, 1, "more")}
    assert survival.held(own, provinces) == (1, 2, "partly")
    rhine = headline_findings._projects(SimpleNamespace(study=of_areas("FR42", "DE13", "CH03")))
    assert len(rhine) == 6


def test_other_territories_have_no_counted_pair():
    """Nothing is said of them."""
    assert other_places.pair_of_places(of_areas("FR63", "ES24")).empty


def headlines(*states):
    """A table of one finding under the first choices."""
    rows = [("40", "added", 3, c, n, of, state)
            for c, (n, of, state) in zip(survival.CHOICES, states, strict=False)]  # fmt: skip
    return pd.DataFrame(rows, columns=survival.COLUMNS)


def test_the_title_counts_what_holds_wherever_it_can_be_computed(opened):
    """Once in part is not everywhere; what cannot be computed is no choice that it lost."""
    study = opened(*APART)
    half = headlines((3, 3, "holds"), (1, 3, "partly"), *[(0, 0, "unknown")] * 4)
    whole = headlines((3, 3, "holds"), *[(0, 0, "unknown")] * 5)
    titles = [show.headlines_under_choices(study, one).title for one in (half, whole)]
    told = "Of 1 headline finding that can be computed again, {} under every choice where {} can"
    assert titles == [told.format("0 hold", "they"), told.format("1 holds", "it")]


def test_a_cell_says_how_many_or_why_not(opened):
    """All, some, none, what does not hang on it, what the data cannot tell."""
    study = opened(*APART)
    table = headlines((3, 3, "holds"), (1, 3, "partly"), (0, 3, "fails"), (0, 0, "apart"),
                      (0, 0, "unknown"), (0, 0, "apart"))  # fmt: skip
    other = headlines(*[(3, 3, "holds")] * 6).assign(finding="projects")
    html = show.headlines_under_choices(study, pd.concat([table, other]))._repr_html_()
    for word in ("holds", "1 of 3", "0 of 3", "does not rest on it", "cannot be computed"):
        assert f">{word}<" in html or word in html


def test_a_choice_nothing_can_be_computed_under_has_no_column(opened):
    """
    Nor a word in the note: a study may name no wider regions.

    Broken once: the note told what a column “Wider” holds, and there was none.
    """
    states = [(3, 3, "holds")] * 4 + [(0, 0, "unknown"), (3, 3, "holds")]
    shown = show.headlines_under_choices(opened(*APART), headlines(*states)).shown()
    assert "Wider territories" not in [label for _side, label in shown["head"]]
    assert not any("wider" in note for note in shown["notes"])
    states[4] = (3, 3, "holds")
    shown = show.headlines_under_choices(opened(*APART), headlines(*states)).shown()
    assert "Wider territories" in [label for _side, label in shown["head"]]
    assert any("wider: with the regions the study file names" in note for note in shown["notes"])
