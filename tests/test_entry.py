"""Whether anything foretells where regions go next, out of sample."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from studylib.diversify import entry
from studylib.stats import ranking_quality


def test_a_specialisation_needs_two_patents_and_its_share():
    """One patent is none, however rare the technology; two of an expected 1 are one."""
    counts = np.array([[2.0, 1, 7], [0, 0, 10]])
    # Expected of the first row: 1, 0.5, 8.5.
    assert entry.held(counts).tolist() == [[1, 0, 0], [0, 0, 1]]


def test_movements_are_entries_and_exits():
    """Held 0 and 1, then 1 and 2: one entered of two not held, one left of two held."""
    row = entry.movements(np.array([[1.0, 1, 0, 0]]), np.array([[0.0, 1, 1, 0]])).iloc[0]
    assert row.to_dict() == {
        "n_before": 2, "n_after": 2, "entered": 1, "left": 1, "entry_rate": 0.5, "exit_rate": 0.5,
    }  # fmt: skip


def test_a_region_that_holds_everything_has_no_rate_of_entry():
    """Missing, and not 0."""
    row = entry.movements(np.ones((1, 2)), np.ones((1, 2))).iloc[0]
    assert np.isnan(row["entry_rate"])
    assert row["exit_rate"] == 0


def test_the_area_under_the_curve_is_scikit_learns():
    """Ties count half, for equal weights."""
    dice = np.random.default_rng(3)
    score = dice.integers(0, 5, 200).astype(float)
    entered = dice.random(200) < 0.2 + 0.1 * score
    order = np.argsort(score, kind="stable")
    found = ranking_quality.auc(entered[order], score[order], np.ones(200))
    assert found == pytest.approx(roc_auc_score(entered, score), abs=1e-12)


def test_candidates_know_nothing_of_the_regions_tested():
    """What the tested region does later changes neither density nor ubiquity of its candidates."""
    dice = np.random.default_rng(1)
    before = (dice.random((12, 8)) < 0.4).astype(float)
    after = (dice.random((12, 8)) < 0.4).astype(float)
    tested = np.array([0, 1])
    one = entry.candidates(before, before, after, tested)
    other = after.copy()
    other[tested] = 1 - other[tested]
    two = entry.candidates(before, before, other, tested)
    assert one.known.equals(two.known)
    assert (one.entered != two.entered).all()


def test_density_foretells_where_it_is_made_to():
    """Two blocks of technologies, regions that fill their block: density ranks it first."""
    dice = np.random.default_rng(5)
    block = np.arange(60) % 2
    inside = block[:, None] == (np.arange(20) % 2)[None, :]
    before = ((dice.random((60, 20)) < 0.5) & inside).astype(float)
    after = np.maximum(before, ((dice.random((60, 20)) < 0.5) & inside).astype(float))
    table = entry.held_out(before, before, after, seed=1, draws=20).set_index("model")
    assert table.loc["density", "auc"] > 0.85
    assert table.loc["density", "auc"] > table.loc["ubiquity", "auc"] + 0.2
    assert (table["auc_low"] <= table["auc"]).all()
    assert (table["auc"] <= table["auc_high"]).all()


def test_nothing_foretells_chance():
    """Entries by the dice: every model ranks them at a half, within its error."""
    dice = np.random.default_rng(8)
    before = (dice.random((60, 30)) < 0.3).astype(float)
    after = np.maximum(before, (dice.random((60, 30)) < 0.3).astype(float))
    table = entry.held_out(before, before, after, seed=1, draws=50)
    assert table["auc"].between(0.44, 0.56).all()


def test_inside_a_region_what_is_the_same_in_all_of_it_ranks_nothing():
    """
    Three of four pairs of region 0 stand right and one of one of region 1: 4 of 5.

    Broken once: pairs of two regions counted, so that the size of a region ranked its classes.
    """
    region = np.array([0, 0, 0, 0, 1, 1, 2])
    entered = np.array([1, 0, 1, 0, 1, 0, 1], dtype=bool)
    score = np.array([0.9, 0.5, 0.4, 0.1, 0.2, 0.1, 0.0])
    assert ranking_quality.auc_within(entered, score, region) == 4 / 5
    assert ranking_quality.auc_within(entered, region.astype(float), region) == 1 / 2
    assert np.isnan(ranking_quality.auc_within(entered[-1:], score[-1:], region[-1:]))
