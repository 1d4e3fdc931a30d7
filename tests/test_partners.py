"""Ranked partners: why, how sure, what is missing; never a probability of cooperation."""

import numpy as np
import pandas as pd
import pytest
from tiny_clusters import linked, themed

from studylib import tables
from studylib.network import list_errors, partners

THEMES = themed(("food", "agrifood", "health", "published"))
ROWS = (
    ("a", "North", "health", None, None, "seen"), ("b", "South", "health", None, None, "seen"),
    ("c", "South", "agrifood", None, None, "recalled"), ("d", "South", "tourism"),
    ("e", "North", "tourism;health"), ("f", "North", "sport"),
)  # fmt: skip


def ranked(*rows, **choices):
    found = partners.ranked_partners(linked(*(rows or ROWS), themes=THEMES), **choices)
    return found.astype("object").set_index(["cluster_id", "partner_id"])


def test_the_nearest_across_the_border_come_first():
    """By proximity; nobody of one's own territory; nobody nothing speaks for."""
    found = ranked(draws=5)
    assert [pair for pair in found.index if pair[0] == "a"] == [("a", "b"), ("a", "c")]
    assert found.loc[("a", "b"), "proximity"] == 1.0
    assert found.loc[("a", "c"), "proximity"] == 0.5
    assert [pair for pair in found.index if pair[0] == "f"] == []
    assert found.loc[("c", "a"), "kind"] == "cross_sector"


def test_equal_partners_share_a_rank_and_its_interval():
    """A tie says so: both are first, from 1 to 2."""
    found = ranked(
        ("a", "North", "health"), ("b", "South", "health"), ("c", "South", "health"), draws=9
    )
    assert found.loc["a"][["rank", "low", "high"]].to_numpy().tolist() == [[1, 1, 2], [1, 1, 2]]


def test_a_recalled_row_makes_a_rank_less_firm():
    """The same list, seen or recalled: what is only recalled may name another sector."""
    rows = [("a", "North", "health"), ("b", "South", "health"), ("c", "South", "ict")]
    firm = [
        ranked(*((*row, None, None, how) for row in rows), draws=400).loc[("a", "b"), "in_first"]
        for how in ("seen", "recalled")
    ]
    assert 1 > firm[0] > firm[1] + 0.1


def test_a_list_that_cannot_err_keeps_its_order(monkeypatch):
    """Where no row is ever wrong or incomplete, only the weights of kinship move."""
    monkeypatch.setattr(list_errors, "RATES", {"": list_errors.Rate(0.0, 0.0)})
    sure = ranked(draws=50)
    assert sure.loc[("a", "b"), ["rank", "low", "high", "in_first"]].tolist() == [1, 1, 1, 1.0]


def test_errors_come_at_their_rates(monkeypatch):
    """Of 4,000 rows with one sector: a fifth has another one, three tenths one more."""
    monkeypatch.setattr(list_errors, "RATES", {"": list_errors.Rate(0.2, 0.3)})
    net = linked(
        *[(f"o{i:04}", "North", "health") for i in range(4000)], ("z", "South", "ict;sport")
    )
    drawn = list_errors.erred(net, np.random.default_rng(1))[:-1]
    health = drawn[:, net.items["item"].tolist().index("health")]
    assert (~health).mean() == pytest.approx(0.2, abs=0.02)
    assert (drawn.sum(axis=1) == 2).mean() == pytest.approx(0.3, abs=0.02)
    assert (drawn.sum(axis=1) >= 1).all()


def test_a_class_of_evidence_is_told_by_how_it_begins():
    """The longest that fits; a row that says nothing is not called recalled."""
    rates = list_errors.RATES
    assert list_errors.rate_of("seen, place recalled") is rates["seen"]
    assert list_errors.rate_of("recalled, sector seen (press)") is rates["recalled, sector seen"]
    assert list_errors.rate_of("my own words") is rates[""]
    assert list_errors.rate_of(None) is rates[""]


def test_only_the_best_are_kept():
    """At most as many as asked for."""
    assert len(ranked(draws=2, most=1).loc["a"]) == 1


def test_what_is_missing_is_listed():
    """Shared sectors, patents of services, KETs, interests, rows nobody has seen."""
    found = ranked(draws=2)
    assert found.loc[("a", "b"), "missing"] == "no_kets;no_interests"
    assert found.loc[("a", "c"), "missing"] == "no_shared_sector;no_kets;no_interests;recalled"
    assert found.loc[("e", "d"), "missing"] == "no_patents;no_kets;no_interests"
    complete = (("a", "North", "health", "photonics", "training"),
                ("b", "South", "health", "photonics", "training"))  # fmt: skip
    assert ranked(*complete, draws=2)["missing"].tolist() == ["", ""]


def test_evidence_is_the_same_from_both_ends():
    """A pair has one card, whoever reads it."""
    found = ranked(draws=2).drop(columns=["rank", "low", "high", "in_first"])
    one, other = found.loc[("a", "c")], found.loc[("c", "a")]
    pd.testing.assert_series_equal(one, other, check_names=False)


def test_a_large_list_has_fewer_draws(monkeypatch):
    """Twenty stand for the interval where a draw is dear."""
    monkeypatch.setattr(partners, "MANY", 2)
    asked = []
    usual = partners._intervals
    monkeypatch.setattr(
        partners,
        "_intervals",
        lambda n, p, draws, seed: asked.append(draws) or usual(n, p, draws, seed),
    )
    ranked(draws=99)
    assert asked == [20]


def test_one_side_alone_has_no_partners():
    """No rows, all columns."""
    found = partners.ranked_partners(linked(("a", "North", "health"), ("b", "North", "health")))
    assert found.empty
    assert {"rank", "low", "high", "missing", "basis"} <= set(found)


def test_nothing_is_called_a_probability():
    """The p is the chance of an overlap under the null model, and says so in the codebook."""
    meanings = {c.name: c.meaning for c in tables.CONTRACTS["edges"].columns}
    assert "probability" not in " ".join(meanings.values())
    assert "by degree alone" in meanings["p"]
    assert meanings["proximity"].startswith("0..1")


@pytest.mark.parametrize("seed", [1, 2])
def test_ranks_are_inside_their_possible_range(seed):
    """1 <= low <= high <= organisations on the other side."""
    found = ranked(draws=30, seed=seed)
    low, high = found["low"].to_numpy(dtype=int), found["high"].to_numpy(dtype=int)
    assert (low >= 1).all()
    assert (low <= high).all()
    assert (high <= 3).all()
    assert np.issubdtype(low.dtype, np.integer)
