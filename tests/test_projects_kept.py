"""Projects shared by chance where each region keeps the number of its projects."""

import numpy as np
import pytest

from studylib.stats.projects_kept import shared_by_chance


def test_two_regions_in_every_project_share_all():
    """Three projects, both regions in all of them: nothing is left to chance."""
    assert shared_by_chance([2, 5, 9], 3, 3) == (3.0, 3, 3)


def test_a_region_in_no_project_shares_none():
    """Whatever the other one does."""
    assert shared_by_chance([2, 5, 9], 0, 2) == (0.0, 0, 0)


def test_a_project_of_one_participant_joins_nobody():
    """Only in the larger ones can two regions meet."""
    assert shared_by_chance([1] * 50, 10, 10) == (0.0, 0, 0)


def test_projects_of_two_are_told_by_hand():
    """100 projects of two, either region in 19: a place is theirs with chance 0.1; both, 0.02."""
    mean, low, high = shared_by_chance([2] * 100, 19, 19)
    assert mean == pytest.approx(2.0, abs=1e-9)
    assert (low, high) == (0, 5)  # binomial of 100 and 0.02: P(X <= 5) = .985, P(X <= 4) = .949


def test_the_interval_is_that_of_draws():
    """Four thousand draws of projects of one to six: the same mean and the same ends."""
    dice = np.random.default_rng(7)
    sizes = dice.integers(1, 7, size=300)
    mean, low, high = shared_by_chance(sizes, 60, 90)
    f, g = 0.0612, 0.0966  # in 60 and 90 of the 300 on average, as the draws show
    project = np.repeat(np.arange(300), sizes)
    place = dice.random((4_000, len(project)))
    held = [
        np.array([np.bincount(project, row, minlength=300) > 0 for row in part])
        for part in (place < f, (place >= f) & (place < f + g))
    ]
    assert [part.sum(axis=1).mean() for part in held] == pytest.approx([60, 90], abs=1.5)
    shared = (held[0] & held[1]).sum(axis=1)
    assert shared.mean() == pytest.approx(mean, abs=0.4)
    assert np.quantile(shared, [0.025, 0.975]) == pytest.approx([low, high], abs=1)
