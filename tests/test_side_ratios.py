"""Sectors side against side: odds, the band of what would be found, the figure and its title."""

import pandas as pd
import pytest
from small_studies import dataset, raw
from test_neighbours import BLOCKS, BREAD, OPTICS, made

from studylib import show
from studylib.diversify.side_ratios import _band, side_ratios
from studylib.diversify.specialisation import specialisation

FOOD = [*made(20, [OPTICS], "ES", 100), *made(2, [BREAD], "ES", 200),
        *made(2, [OPTICS], "FR", 300), *made(20, [BREAD], "FR", 400)]  # fmt: skip
REST = [*made(5, [OPTICS], "PT", 500), *made(15, [BREAD], "PT", 600)]


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """A study of Spain and France against Portugal, of these records."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    return lambda *records, blocks=BLOCKS: dataset(tmp_path, raw(*records), blocks=blocks)


def of_instruments(table):
    """The row of the sector of optics."""
    return table[table["sector_id"] == 2].iloc[0]


def test_odds_say_how_often_a_sector_stands_on_one_side_for_every_time_on_the_other(opened):
    """20 of 22 in Spain, 2 of 22 in France: (20.5 / 2.5) / (2.5 / 20.5), found to differ."""
    row = of_instruments(side_ratios(opened(*FOOD, *REST)))
    assert row[["first", "second"]].tolist() == ["Spain", "France"]
    counts = ["n_first", "base_first", "n_second", "base_second"]
    assert row[counts].tolist() == [20, 22, 2, 22]
    assert row["odds"] == pytest.approx((20.5 / 2.5) ** 2)
    assert row["odds_low"] > 1
    assert row["verdict"] == "shown"


def test_both_sides_are_held_against_the_same_rest(opened):
    """A fourth of the rest is optics: 20/22 and 2/22 over 1/4."""
    row = of_instruments(side_ratios(opened(*FOOD, *REST)))
    assert row["share_outside"] == 0.25
    assert row["quotient_first"] == pytest.approx(20 / 22 * 4)
    assert row["quotient_second"] == pytest.approx(2 / 22 * 4)


def test_without_a_reference_the_sides_are_compared_all_the_same(opened):
    """Odds and verdict need no rest; the figure, which is drawn against it, is left out."""
    study = opened(*FOOD, blocks=BLOCKS[:4] + BLOCKS[5:])
    table = side_ratios(study)
    assert of_instruments(table)["verdict"] == "shown"
    assert table[["share_outside", "quotient_first", "band_low"]].isna().all(axis=None)


def test_the_band_lies_around_both_sides_together_and_is_as_wide_as_what_is_found():
    """40 of 100 together, 30 on 50 and 10 on 50: 0.2 apart is found, so 0.3 to 0.5."""
    row = {"n_first": 30, "n_second": 10, "base_first": 50, "base_second": 50}
    table = pd.DataFrame([{**row, "difference": 0.4, "detectable": 0.2}])
    low, high = _band(table)
    assert (low[0], high[0]) == pytest.approx((0.3, 0.5))


def test_a_larger_base_moves_the_band_less_on_its_side():
    """12 of 100 together, the first with 75: its share is the larger, so a fourth lies above."""
    row = {"n_first": 12, "n_second": 0, "base_first": 75, "base_second": 25}
    table = pd.DataFrame([{**row, "difference": 0.16, "detectable": 0.12}])
    low, high = _band(table)
    assert (low[0], high[0]) == pytest.approx((0.12 - 0.09, 0.12 + 0.03))


def test_the_title_is_what_was_found(opened):
    """The sectors that differ; or that none is shown to."""
    study = opened(*FOOD, *REST)
    table = side_ratios(study)
    none = table.assign(verdict="not shown")
    titles = [show.side_ratio_table(study, each).title for each in (table, none)]
    assert titles == [
        "Of 5 sectors, two sides differ in: instruments and chemistry",
        "In no sector are two sides shown to differ",
    ]


def test_a_single_patent_decides_no_ratio(opened):
    """
    One patent of Spain, in optics: its counts and the verdict are told, and no ratio of them.

    It would be 4 times the rest, or 3 times the odds of France. Broken once: both were printed.
    """
    french = [*made(10, [OPTICS], "FR", 300), *made(10, [BREAD], "FR", 400)]
    study = opened(*made(1, [OPTICS], "ES", 100), *french, *REST)
    sides = side_ratios(study)
    row = of_instruments(sides)
    assert row[["n_first", "base_first", "verdict"]].tolist() == [1, 1, "could not have been shown"]
    missing = ["odds", "odds_low", "odds_high", "quotient_first", "quotient_second"]
    assert row[missing].isna().all()
    told = show.side_ratio_table(study, sides)._repr_html_()
    assert "so few say too little" in told
    found = specialisation(study, "sector_id").set_index(["area", "sector_id"])
    spain, france = found.loc[("Spain", 2)], found.loc[("France", 2)]
    assert (spain["expected"], spain["n"]) == (0.25, 1)
    assert spain[["quotient", "low", "high"]].isna().all()
    assert spain["verdict"] == "could not have been shown"
    assert france["quotient"] == pytest.approx(2)
    forest = show.specialisation_forest(study, found.reset_index())
    assert set(forest.frame["area"]) == {"France"}
    assert "so few say too little" in forest.caption.note


def test_what_is_rare_and_shown_keeps_its_ratio(opened):
    """8 of 22 where fewer than one is expected: nobody doubts that it is more."""
    here = [*made(8, [OPTICS], "ES", 100), *made(14, [BREAD], "ES", 200)]
    rest = [*made(1, [OPTICS], "PT", 300), *made(99, [BREAD], "PT", 400)]
    study = opened(*here, *made(3, [BREAD], "FR", 600), *rest)
    row = specialisation(study, "sector_id").set_index(["area", "sector_id"]).loc[("Spain", 2)]
    assert row["expected"] < 1
    assert (row["verdict"], row["quotient"]) == ("shown", pytest.approx(8 / 22 * 100))


def test_beside_the_odds_stands_what_could_have_been_detected(opened):
    """The difference in points and one word, as beside every comparison of two sides."""
    study = opened(*FOOD, *REST)
    shown = show.side_ratio_table(study, side_ratios(study))
    assert list(shown.columns)[-2:] == ["detectable", "verdict_name"]
    assert "Detectable from, in points" in shown._repr_html_()
