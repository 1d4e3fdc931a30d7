"""Nearness counted in several ways, density beside chance, and what complexity is worth."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from pages_of import record
from small_studies import COUNTING, FRANCE, PERIOD, SOURCES, SPAIN, dataset, raw

from studylib import figures, say, show
from studylib.diversify import (
    area_density,
    complementarity,
    demanding_fields,
    measures,
    nearness,
    own_test,
    relatedness,
)
from studylib.diversify.own_corpus import regional_counts as own_corpus_of
from studylib.errors import DataError, UsageError
from studylib.runs.notebooks import read as read_notebook
from studylib.show.absent import Absent

WIDE = '[reference]\nname = "Iberia and France"\ncountries = ["ES", "FR", "PT"]\n'
BLOCKS = (PERIOD, COUNTING, SPAIN, FRANCE, WIDE, SOURCES)
OPTICS, PHOTO, BREAD, DOUGH = "G02B", "G03B", "A21D", "A21C"


def halves(n=40):
    """Even regions hold optics and photography, odd ones bread and dough: 5 of each."""
    pairs = [(OPTICS, PHOTO), (BREAD, DOUGH)]
    rows = {f"R{k:02}": dict.fromkeys(pairs[k % 2], 5) for k in range(n)}
    return pd.DataFrame(rows).T.fillna(0.0)[[DOUGH, BREAD, OPTICS, PHOTO]]


def test_a_measure_agrees_with_itself_and_others_are_told_beside_it():
    """Three classes: A with B in 2 regions, with C in 1; the other measures keep that order."""
    together = np.array([[0, 2, 1], [2, 0, 0], [1, 0, 0]], dtype=float)
    table = measures.agreement(together, np.array([3.0, 2, 2])).set_index("measure")
    assert table.index.tolist() == [
        "conditional", "association", "probability", "cosine", "jaccard",
    ]  # fmt: skip
    assert table.loc["conditional", ["correlation", "same_nearest"]].tolist() == [1, 1]
    assert table["correlation"].between(-1, 1).all()
    assert set(table["n_pairs"]) == {3}


def test_measures_that_order_neighbours_otherwise_share_fewer_of_the_nearest(monkeypatch):
    """
    The nearest one: A holds B in 3 of 10 (0.3) and C in 2 of 3, of 10 (0.2) by the measure used.

    By association C, which is rare, is nearer to A than B; so one of three classes disagrees.
    """
    monkeypatch.setattr(measures, "NEAREST", 1)
    together = np.array([[0, 3, 2, 0], [3, 0, 0, 5], [2, 0, 0, 0], [0, 5, 0, 0]], dtype=float)
    ubiquity = np.array([10.0, 10, 2, 5])
    assert relatedness.conditional(together, ubiquity)[0].tolist() == [0, 0.3, 0.2, 0]
    table = measures.agreement(together, ubiquity).set_index("measure")
    assert table.loc["association", "same_nearest"] == 0.75


def test_density_of_an_area_is_what_is_near_and_held():
    """R00 holds all that is near to either class of optics, and nothing near bread."""
    found = area_density.area_density(halves(), ["R00"], [], seed=1).set_index("field_id")
    assert found["density"].to_dict() == pytest.approx({9: 1.0, 18: 0.0, 29: 0.0})
    assert found.loc[9, ["n", "base", "n_classes", "n_held"]].tolist() == [10, 10, 2, 2]
    assert found["n_regions"].tolist() == [39] * 3
    assert found["p"].between(1 / 2001, 1).all()


def test_an_area_without_a_pattern_does_not_stand_out():
    """Forty regions of ten classes of as many fields, each held or not by a coin: all by chance."""
    codes = ["A21D", "A47B", "B23K", "C07C", "C22B", "E04B", "F02M", "G02B", "H01L", "H04L"]
    dice = np.random.default_rng(5)
    counts = pd.DataFrame(dice.integers(0, 2, (40, 10)) * 9, columns=codes,
                          index=[f"R{k:02}" for k in range(40)])  # fmt: skip
    found = area_density.area_density(counts, ["R00", "R01", "R02"], [], seed=1)
    assert (found["q"] > 0.05).mean() > 0.9
    assert (found["chance_low"] <= found["chance"]).all()
    assert (found["chance"] <= found["chance_high"]).all()


def test_by_chance_an_area_holds_as_many_classes_as_it_does():
    """Every class counts 1 here, so the density of a draw is how many classes it holds: three."""
    dice = np.random.default_rng(2)
    held = (dice.random((20, 8)) < 0.4).astype(float)
    others = area_density._Others(held, np.full(8, 1 / 8), np.ones((8, 1)), np.ones(1))
    own = np.array([1.0, 1, 1, 0, 0, 0, 0, 0])
    assert set(area_density._by_chance(own, others, dice).ravel()) == {3.0}


def test_little_is_as_far_from_chance_as_much():
    """Ten draws 0 to 9: the largest is reached by 1 of 10, the smallest too; p is twice 2 of 11."""
    drawn = np.repeat(np.arange(10.0)[:, None], 2, axis=1)
    found = area_density._against(np.array([9.0, 0.0]), drawn)
    assert found["p"].tolist() == pytest.approx([4 / 11, 4 / 11])
    assert found["chance"].tolist() == [4.5, 4.5]


def test_areas_set_apart_teach_nothing():
    """Two of forty regions looked at or set apart: thirty-eight are left."""
    found = area_density.area_density(halves(), ["R00"], ["R01"], seed=1)
    assert found["n_regions"].unique().tolist() == [38]
    assert area_density.area_density(halves(), [], [], seed=1).empty


def nested(n=12):
    """Region k holds the first k + 2 of twelve classes: the last class is the rarest."""
    codes = ["A21D", "A47B", "B23K", "B60K", "C07C", "C22B", "E04B", "F02M", "F16H", "G02B",
             "H01L", "H04L", "H04W"]  # fmt: skip
    rows = [[50 if j <= k + 1 else 0 for j in range(len(codes))] for k in range(n)]
    return pd.DataFrame(rows, columns=codes, index=[f"R{k:02}" for k in range(n)])


def test_a_rare_class_of_rich_regions_is_demanding_by_both_definitions(monkeypatch):
    """H04W is held by one region, which holds all: digital communication stands first."""
    monkeypatch.setattr(demanding_fields.entry, "held", lambda n: (n > 0).astype(float))
    found = demanding_fields.demanding_fields(nested(), seed=1, draws=5).set_index("field_id")
    assert found.loc[4, ["eci", "fitness"]].tolist() == [1, 1]
    assert found["classes_agree"].iloc[0] > 0.9
    assert (found["eci_low"] <= found["eci_high"]).all()


def test_complexity_of_a_corpus_in_two_parts_is_not_told(tmp_path, monkeypatch):
    """A sentence stands instead, and nearness and density are told all the same."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    with pytest.raises(DataError, match="falls into parts"):
        demanding_fields.demanding_fields(halves(), seed=1)
    study = own_corpus(tmp_path, halves())
    ranks = nearness.complexity_ranks(study)
    assert ranks.empty
    assert "cannot be told from this corpus" in str(say.nearness.complexity(ranks))
    assert isinstance(show.complexity_ranks(study, ranks), Absent)
    seen = nearness.nearness_measures(study)
    assert (seen["auc"].isna().all(), seen["n_regions"].iloc[0]) == (True, 39)
    assert "in the right order" not in str(say.nearness.measures(seen))


def own_corpus(tmp_path, *wide):
    """A study of Spain and France with this corpus, one table a period, in which R00 is theirs."""
    (tmp_path / "data").mkdir(exist_ok=True)
    parts = [
        one.rename_axis("region").reset_index().melt("region", None, "technology", "n")
        .assign(period=f"200{k}") for k, one in enumerate(wide)
    ]  # fmt: skip
    long = pd.concat(parts) if len(parts) > 1 else parts[0].drop(columns="period")
    long.to_csv(tmp_path / "data" / "corpus.csv", index=False)
    block = '[corpus]\npath = "data/corpus.csv"\nwithout = ["R00"]\n'
    return dataset(tmp_path, raw(record(1, ["G02B 6/00"], "ES")), blocks=(*BLOCKS, block))


def test_a_corpus_is_counted_from_the_records_of_a_study(tmp_path, monkeypatch):
    """Two families of Alsace in optics, one of them with Freiburg; by NUTS 2 or 3."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))

    def of(n, *codes):
        people = [(f"Inventor {n} {code}", code[:2], code, None) for code in codes]
        changes = {"application_number": f"EP0{n:07}", "inventors": people}
        return record(n, ["G02B 6/00"], "FR", priorities=[(f"P{n}", "FR", "2000-01-01")], **changes)

    rhine = '[[territories]]\nname = "Rhine"\nnuts = ["FR42", "DE13"]\n'
    study = dataset(
        tmp_path, raw(of(1, "FR421"), of(2, "FR422", "DE131")), blocks=(PERIOD, rhine, SOURCES)
    )
    assert own_corpus_of(study).to_numpy().tolist() == [
        ["DE13", "G02B", "2000-2002", 1], ["FR42", "G02B", "2000-2002", 2],
    ]  # fmt: skip
    assert own_corpus_of(study, letters=5)["region"].tolist() == ["DE131", "FR421", "FR422"]
    with pytest.raises(UsageError, match="`letters` is '6'"):
        own_corpus_of(study, letters=6)


def test_a_corpus_of_ones_own_tells_what_lies_near_its_territories(tmp_path, monkeypatch):
    """R00, named by `without`, is looked at beside the other 39; its file is the source."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    monkeypatch.setattr(own_test, "refused", lambda _study: False)
    study = own_corpus(tmp_path, halves())
    found = nearness.area_densities(study)
    assert found["region"].unique().tolist() == ["R00"]
    assert "corpus.csv" in show.density_table(study, found)._repr_html_()


CODES = [
    "A01B",
    "A21D",
    "A47B",
    "B23K",
    "C07C",
    "C22B",
    "E04B",
    "F02M",
    "G02B",
    "H01L",
    "H04L",
    "H05B",
]


def ring(step, n=40):
    """Regions on a ring of twelve classes: each holds three in a row, later the two beyond them."""
    rows = {f"R{k:02}": {CODES[(k + j) % 12]: 60.0 for j in range(3 + 2 * step)} for k in range(n)}
    return pd.DataFrame(rows).T.reindex(columns=CODES).fillna(0.0)


def small(wide, n=21):
    """The same with the first regions a tenth of their size."""
    return wide.mul([0.1 if k < n else 1.0 for k in range(len(wide))], axis=0)


def test_a_corpus_of_ones_own_is_tried_before_its_density_is_told(tmp_path, monkeypatch):
    """Every region takes up the two next to what it holds: density foretells most of it."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    study = own_corpus(tmp_path, ring(0), ring(1))
    asked = own_test.trial(study)
    assert (asked.reason, asked.n_regions, asked.n_entries) == ("", 39, 78)
    test = own_test.entry_test(study).set_index("model")
    assert test["n_regions"].unique().tolist() == [39]
    assert test.loc["density", "auc"] > 0.8
    said = str(say.neighbours.foretelling(study, test.reset_index()))
    assert "39 regions and 12 classes" in said
    measures = nearness.nearness_measures(study)
    assert measures["auc"].iloc[0] == pytest.approx(test.loc["density", "auc"], abs=1e-12)
    assert (measures["auc"] > 0.8).all()
    assert "corpus.csv" in show.entry_test(study, test.reset_index())._repr_html_()


@pytest.mark.parametrize(
    ("periods", "reason", "told"),
    [
        ((ring(0),), "one_period", "has no column for the period"),
        (
            (ring(0, 20), ring(1, 20)),
            "few_regions",
            "what nearness foretells: 19 regions",
        ),
        ((ring(0), ring(0)), "few_entries", "and 0 classes taken up"),
    ],
)
def test_density_of_a_corpus_that_cannot_be_tried_is_not_told(
    tmp_path, monkeypatch, periods, reason, told
):
    """A sentence says once what is lacking; density and what the neighbour adds are left out."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    study = own_corpus(tmp_path, *periods)
    assert own_test.trial(study).reason == reason
    test, found = own_test.entry_test(study), nearness.area_densities(study)
    added = complementarity.complementarity(study)
    assert test.empty
    assert found.empty
    assert added.empty
    assert told in str(say.neighbours.foretelling(study, test))
    assert str(say.nearness.densities(study, found)) == ""
    assert str(say.neighbours.complementarity(study, added)) == ""
    assert isinstance(show.entry_test(study, test), Absent)


def test_a_corpus_of_three_periods_is_refused(tmp_path, monkeypatch):
    """Which is earlier and which later would be a guess."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    study = own_corpus(tmp_path, ring(0), ring(1), ring(1))
    with pytest.raises(DataError, match=r"has 3 periods \('2000', '2001', '2002'\)"):
        own_test.trial(study)


def test_confirmed_areas_lie_in_a_territory_that_is_a_country(tmp_path, monkeypatch):
    """Of Spain: Bilbao, Donostia and Pamplona; of France: Strasbourg."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    study = dataset(tmp_path, raw(record(1, ["G02B 6/00"], "ES")), blocks=BLOCKS)
    found = nearness.area_densities(study).drop_duplicates("region")
    assert dict(zip(found["region"], found["area"], strict=True)) == {
        "Bilbao": "Spain", "Donostia / San Sebastián": "Spain", "Pamplona": "Spain",
        "Strasbourg": "France",
    }  # fmt: skip


NO_CORPUS = SimpleNamespace(definition=SimpleNamespace(corpus=None))
"""A study that uses the project's areas."""


def test_fields_told_from_chance_are_counted_area_by_area():
    """
    Each area is a family of its own: 1 of 34 around Bilbao; over both together none would be told.

    Broken once: the title counted 68 pairs, over which nothing was controlled.
    """
    names = ["Bilbao", "Donostia / San Sebastián"]
    table = nearness._stored("metro_density.csv")
    found = table[table["region"].isin(names)].reset_index(drop=True)
    assert show.density_table(NO_CORPUS, found).title == (
        "Fields told from chance by what lies near: Bilbao 1 of 34 and San Sebastián 0 of 34"
    )
    assert (
        "Each area is held against false discovery by itself; with all rows of all areas taken "
        "together none would be told from chance."
        in say.nearness.densities(NO_CORPUS, found).paragraphs
    )
    one = found[found["region"] == "Bilbao"]
    assert "by itself" not in str(say.nearness.densities(NO_CORPUS, one))


def test_the_regions_and_classes_the_test_has_besides_are_told():
    """330 areas and 634 classes are tried; 325 and 632 remain without those of the territories."""
    made = show.nearness_measures(NO_CORPUS, nearness.nearness_measures(NO_CORPUS))
    assert made.shown()["measure"].startswith("632 classes, 325 regions")
    assert (
        "Left out here, and not in the test above: 5 metropolitan areas of Aquitaine and Euskadi, "
        "and 2 classes that no other area holds."
    ) in made._repr_html_()


def test_territories_without_a_confirmed_area_have_no_density(tmp_path, monkeypatch):
    """Aquitaine alone: Bordeaux is refused, so nothing is shown, and it is said."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    aquitaine = '[[territories]]\nname = "Aquitaine"\nnuts = ["FR61"]\n'
    blocks = (PERIOD, aquitaine, SOURCES)
    study = dataset(tmp_path, raw(record(1, ["G02B 6/00"], "ES")), blocks=blocks)
    found = nearness.area_densities(study)
    assert found.empty
    assert "No area of this study can be read" in str(say.nearness.densities(study, found))
    assert isinstance(show.density_table(study, found), Absent)


def test_ranks_are_told_in_words():
    """The place and the places it takes, by each order."""
    frame = pd.DataFrame(
        {"item": ["A", "B"], "by": "one", "rank": [1, 2], "low": [1, 1], "high": [2, 3]}
    )
    picture = figures.ranks(frame, title="Ranks", alt="Two rows.")
    assert picture.seen == ("A: one 1 (1–2).", "B: one 2 (1–3).")
    assert picture.svg() == picture.svg()


def test_what_the_neighbour_adds_comes_after_what_the_records_show():
    """It is the question of the page: it stood seventh, behind tables on how near is near."""
    cells = read_notebook(ROOT / "notebooks" / "40_diversification.ipynb")["cells"]
    texts = ["".join(cell["source"]) for cell in cells]
    heads = [text.partition("\n")[0] for text in texts if text.startswith("## ")]
    assert heads[:4] == [
        "## What do all applications show?", "## What do the records of this study show?",
        "## What does the neighbour add?", "## Is it worth knowing what lies near?",
    ]  # fmt: skip
