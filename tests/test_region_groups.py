"""Regions in groups by their portfolios: what comes back, what does not, and that it is said."""

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT

import studylib as sl
from studylib.diversify import region_groups
from studylib.errors import DataError, UsageError
from studylib.language.words import set_language
from studylib.reference import metro, portfolios
from studylib.stats import clustering


def kinds(n=6):
    """Regions of two kinds: the first file in field 1, the others in field 3."""
    first = [[60 + i, 30, 10 - i] for i in range(n)]
    last = [[10 - i, 30, 60 + i] for i in range(n)]
    names = [f"region {i:02}" for i in range(2 * n)]
    return pd.DataFrame(first + last, index=names, columns=[1, 2, 3])


def degrees(n=40, fields=6, size=200):
    """Regions that differ by degrees alone: one cloud of portfolios."""
    random = np.random.default_rng(7)
    weights = np.exp(random.normal(0, 0.5, (n, fields)))
    dealt = random.multinomial(size, weights / weights.sum(axis=1, keepdims=True))
    return pd.DataFrame(dealt, index=[f"r{i:02}" for i in range(n)], columns=range(1, fields + 1))


def test_two_kinds_are_found_and_come_back_whole():
    """Six and six: both stable, parted better than a cloud, and chosen."""
    found = sl.portfolio_groups(kinds(), most=3, draws=40)
    two = found[found["n_groups"] == 2]
    assert two["n_regions"].tolist() == [6, 6]
    assert two["jaccard"].tolist() == [1.0, 1.0]
    assert two["is_chosen"].all()
    assert two["p"].iloc[0] == 1 / 41
    assert not found.loc[found["n_groups"] == 3, "is_chosen"].any()


def test_regions_that_differ_by_degrees_have_no_groups_that_hold():
    """Ward's method parts a cloud too; nothing is chosen, and the table says it is a result."""
    found = sl.portfolio_groups(degrees(), most=4, draws=40)
    assert not found["is_chosen"].any()
    assert set(found["verdict"]) <= {"not stable", "dissolved"}
    set_language("en")
    assert "No number of groups holds" in sl.show.portfolio_groups(found).note


def test_groups_know_no_size():
    """A region and one of ten times its patents in the same shares are at one place."""
    counts = kinds()
    counts.loc["region 00"] = counts.loc["region 01"] * 10
    places = sl.portfolio_map(counts, 2, draws=5).set_index("region")
    one, other = places.loc["region 00"], places.loc["region 01"]
    assert one[["x", "y"]].tolist() == pytest.approx(other[["x", "y"]].tolist())
    assert one["wobble"] < other["wobble"]
    assert one["company"] == 1.0


def test_the_order_of_rows_changes_nothing():
    """Regions are sorted before anything is drawn."""
    counts = degrees(16)
    turned = counts.iloc[::-1]
    for asked in (sl.portfolio_groups, sl.portfolio_map):
        told = {"most": 3} if asked is sl.portfolio_groups else {}
        assert asked(counts, draws=5, **told).equals(asked(turned, draws=5, **told))


def test_distances_are_those_of_hellinger():
    """(1, 3) and (4, 0): √((0.5 - 1)² + 0.75) = 1."""
    points = clustering.profiles(np.array([[1.0, 3.0], [4.0, 0.0]]))
    assert np.linalg.norm(points[0] - points[1]) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([0, 0, 1, 1], [1, 1, 0, 0], [1.0, 1.0]),
        ([0, 0, 0, 1], [0, 0, 1, 1], [2 / 3, 1 / 2]),
        ([0, 0, 0, 0], [0, 0, 1, 1], [1 / 2, np.nan]),
    ],
)
def test_a_group_is_held_against_the_most_alike_new_one(before, after, expected):
    """Jaccard by hand; a group of which nothing was drawn says nothing."""
    told = clustering._best_jaccard(np.array(before), np.array(after), 2)
    assert told.tolist() == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("jaccard", "verdict"),
    [(1.0, "stable"), (0.75, "stable"), (0.74, "not stable"), (0.5, "not stable"),
     (0.49, "dissolved")],
)  # fmt: skip
def test_levels_are_those_of_hennig(jaccard, verdict):
    """From .75 stable, below .5 dissolved."""
    assert region_groups._verdict(jaccard) == verdict


def test_what_a_group_does_more_is_a_mean_over_its_regions():
    """The first kind files 62.5 of 100 on average in field 1, the others 7.5: 8.3 times."""
    first = sl.portfolio_profiles(kinds(), 2).iloc[0]
    assert first[["group", "n_regions", "field_id"]].tolist() == [1, 6, 1]
    assert (first["share"], first["quotient"]) == pytest.approx((0.625, 0.625 / 0.075))


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (kinds(3), "6 regions are too few for groups; 8 are needed"),
        (pd.concat([kinds(), kinds().head(1)]), "Regions stand twice: 'region 00'"),
        (kinds().astype(object).replace(65, "x"), "no count stand in the rows of 'region 05'"),
        (kinds().astype(float).replace(65, -1), "Cells that are no count"),
        (kinds().assign(**{"1": 0}).mul([1] * 3 + [0], axis=1).mul([0] + [1] * 11, axis=0),
         "Regions without patents have no portfolio: 'region 00'"),
    ],
)  # fmt: skip
def test_what_is_no_table_of_counts_is_told(counts, said):
    """A sentence each: what, where, what to do."""
    with pytest.raises(DataError, match=said):
        sl.portfolio_groups(counts)


def test_a_number_of_groups_has_bounds():
    """Every group could have two regions."""
    with pytest.raises(UsageError, match="12 regions can be parted into 2 to 6 groups, not 7"):
        sl.portfolio_map(kinds(), 7)


def test_the_map_names_whom_one_asks_for():
    """Named regions carry their cross and their name; all are told to those who do not see."""
    set_language("en")
    places = sl.portfolio_map(kinds(), 2, draws=5)
    picture = sl.show.portfolio_map(places, ["region 03"])
    assert picture.frame["is_named"].sum() == 1
    assert picture.seen[0] == "region 03: Group 1."
    assert "region 03" in picture._repr_html_()
    assert sl.show.portfolio_map(places)._repr_html_()
    assert "Times the others" in str(
        sl.show.portfolio_profiles(sl.portfolio_profiles(kinds())).columns
    )


def test_the_european_areas_fall_into_two_groups():
    """The table of the project, at few draws: both come back, a third does not."""
    areas = sl.reference_portfolios()
    assert areas.shape == (330, 34)
    groups = clustering.grouped(clustering.profiles(areas.to_numpy(dtype=float)), 2)
    assert np.bincount(groups).tolist() == [183, 147]
    jaccard, _ = clustering.stability(areas.to_numpy(dtype=float), groups, 8, 1)
    assert (jaccard > 0.75).all()


def test_the_table_of_the_areas_is_computed_from_the_corpus(shared):
    """`metro_fields.csv` is what the public data give."""
    path = shared / "real" / "metro" / "metro_cpc4.parquet"
    told = portfolios.by_field(metro.read(path))
    kept = pd.read_csv(ROOT / "data" / "raw" / "reference" / "metro_fields.csv")
    assert told.astype({"metro": "object"}).to_csv() == kept.to_csv()
