"""How near technologies are, what a region holds of what is near, and how complex that is."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from studylib.diversify import complexity, density, relatedness, variety
from studylib.errors import DataError

# Three regions, three technologies: A holds 0 and 1, B holds 1 and 2, C holds 1.
HELD = np.array([[1, 1, 0], [0, 1, 1], [0, 1, 0]], dtype=float)
NESTED = np.array([[1, 1, 1, 1], [0, 1, 0, 0], [0, 0, 1, 1], [0, 0, 0, 1]], dtype=float)
ROUNDED = {"Rejection": 5e-3}


@pytest.fixture
def vectors(shared):
    """The outputs of EconGeo 1.3 on matrices with their inputs, as arrays."""
    told = json.loads((shared / "reference" / "econgeo.json").read_text(encoding="utf-8"))
    return told["Rejection"], told["HH2009_FigS4"]


def values(table):
    """A matrix of the vectors file."""
    return np.array(table["values"], dtype=float)


def test_technologies_of_one_region_occur_together():
    """0 and 1 meet in A, 1 and 2 in B; nothing meets itself."""
    assert relatedness.cooccurrence(HELD).tolist() == [[0, 1, 0], [1, 0, 1], [0, 1, 0]]


def test_conditional_nearness_is_over_the_more_common_one():
    """One region holds both of 3 that hold technology 1: 1/3."""
    near = relatedness.conditional(relatedness.cooccurrence(HELD), HELD.sum(axis=0))
    assert near == pytest.approx(np.array([[0, 1 / 3, 0], [1 / 3, 0, 1 / 3], [0, 1 / 3, 0]]))


def test_what_never_occurs_is_near_nothing():
    """An empty column gives 0 and no division by zero, under every measure."""
    held = np.column_stack([HELD, np.zeros(3)])
    together = relatedness.cooccurrence(held)
    for near in (
        relatedness.conditional(together, held.sum(axis=0)),
        relatedness.association(together),
        relatedness.probability(together),
        relatedness.cosine(together),
        relatedness.jaccard(together),
    ):
        assert not near[3].any()
        assert not np.isnan(near).any()


@pytest.mark.parametrize(
    ("name", "measure"),
    [
        ("relatedness_prob", relatedness.probability),
        ("relatedness_association", relatedness.association),
        ("relatedness_cosine", relatedness.cosine),
        ("relatedness_Jaccard", relatedness.jaccard),
    ],
)
def test_nearness_equals_econgeo(vectors, name, measure):
    """To 1e-9, on its 6 x 6 matrix without the diagonal."""
    together = values(vectors[0]["input"]["cooc_6x6"])
    np.fill_diagonal(together, 0)
    assert measure(together) == pytest.approx(values(vectors[0][name]), abs=1e-9)


def test_z_scores_equal_econgeo_off_the_diagonal(vectors):
    """EconGeo takes a count of 0 on the diagonal, so that is not compared."""
    patents = values(vectors[0]["input"]["techpat_6x5"])
    found = relatedness.z_scores(patents @ patents.T, patents.sum(axis=1), patents.shape[1])
    apart = ~np.eye(len(patents), dtype=bool)
    assert found[apart] == pytest.approx(values(vectors[0]["zScore_tp_t"])[apart], abs=1e-9)


def test_density_is_the_part_of_what_is_near():
    """Near technology 1 lie 0 and 2 equally: A holds one of them, C none."""
    near = relatedness.conditional(relatedness.cooccurrence(HELD), HELD.sum(axis=0))
    assert density.density(HELD, near).tolist() == [[1, 0.5, 1], [1, 0.5, 1], [1, 0, 1]]


def test_density_equals_econgeo_with_its_own_diagonal(vectors):
    """EconGeo keeps the diagonal it is given and rounds to two decimals of a hundred."""
    inputs = vectors[0]["input"]
    found = 100 * density.density(values(inputs["Z_0_1"]), values(inputs["rel01"]))
    assert found == pytest.approx(values(vectors[0]["reldens_Z_rel01"]), abs=5e-3 + 1e-9)


def test_density_equals_ecomplexity_with_a_diagonal_of_one(shared):
    """Ecomplexity takes a technology for near to itself: 0.43 for C2 and P2, where we say 0."""
    told = json.loads((shared / "reference" / "ecomplexity.json").read_text(encoding="utf-8"))
    theirs = told["HH2009_FigS4"]
    near = relatedness.conditional(relatedness.cooccurrence(NESTED), NESTED.sum(axis=0))
    with_self = near + np.eye(4)
    assert with_self == pytest.approx(np.array(theirs["proximity_min_cond"]), abs=1e-9)
    assert density.density(NESTED, with_self) == pytest.approx(
        np.array(theirs["density"]), abs=1e-9
    )
    assert density.density(NESTED, with_self)[1, 1] == pytest.approx(0.428571, abs=1e-6)
    assert density.density(NESTED, near)[1, 1] == 0


def test_a_technology_that_nothing_is_near_has_no_density():
    """Missing, and not 0: nothing can be said of it."""
    assert np.isnan(density.density(np.ones((1, 2)), np.zeros((2, 2)))).all()


@given(
    arrays(float, (2, 6), elements=st.floats(0, 1)),
    arrays(float, (6, 6), elements=st.floats(0, 1)),
)
def test_two_regions_as_one_have_their_own_density_and_what_is_added(held, near):
    """density(r and s) = density(r) + added(r <- s), for shares as for 0 and 1."""
    near = near + near.T
    np.fill_diagonal(near, 0)
    own, other = held
    both = density.density(density.together(own, other), near)
    parts = density.density(own, near) + density.added(own, other, near)
    assert np.allclose(both, parts, atol=1e-12, equal_nan=True)


def test_variety_is_entropy_between_and_inside_groups():
    """Four equal technologies in two groups: one bit between, one bit inside."""
    unrelated, related = variety.varieties(np.array([[1.0, 1, 1, 1]]), np.array([0, 0, 1, 1]))
    assert (unrelated.tolist(), related.tolist()) == ([1.0], [1.0])


@given(arrays(float, (3, 6), elements=st.integers(1, 50).map(float)))
def test_unrelated_and_related_variety_add_up_to_entropy(counts):
    """Whatever the counts and the groups."""
    unrelated, related = variety.varieties(counts, np.array([0, 1, 2, 0, 1, 2]))
    assert unrelated + related == pytest.approx(variety.entropy(counts), abs=1e-9)
    assert (related > -1e-9).all()


def test_concentration_equals_econgeo(vectors):
    """Herfindahl, Krugman and the mean quotient to 1e-9, entropy to its rounding and its 1e-9."""
    counts = values(vectors[0]["input"]["A_0_100"])
    told = {key: np.array(list(vectors[0][f"{key}_A"].values())) for key in
            ("Herfindahl", "Krugman", "LQavg", "entropy")}  # fmt: skip
    assert variety.herfindahl(counts) == pytest.approx(told["Herfindahl"], abs=1e-9)
    assert variety.krugman(counts) == pytest.approx(told["Krugman"], abs=1e-9)
    assert variety.mean_quotient(counts) == pytest.approx(told["LQavg"], abs=1e-9)
    assert variety.entropy(counts) == pytest.approx(told["entropy"], abs=5.1e-4)


def test_complexity_equals_ecomplexity(shared):
    """On the textbook network, regions and technologies, to 1e-9."""
    told = json.loads((shared / "reference" / "ecomplexity.json").read_text(encoding="utf-8"))
    theirs = told["HH2009_FigS4"]
    found = complexity.complexity(NESTED, fewest=4)
    assert found.regions == pytest.approx(np.array(theirs["eci"]), abs=1e-9)
    assert found.technologies == pytest.approx(np.array(theirs["pci"]), abs=1e-9)


def test_complexity_equals_econgeo_up_to_scale_and_sign(vectors):
    """The same vector before EconGeo rounds its matrix; the sign there follows another rule."""
    vector = np.array(vectors[1]["KCI_vec_unrounded"])
    theirs = (vector - vector.mean()) / vector.std()
    ours = complexity.complexity(NESTED, fewest=4).regions
    assert -ours == pytest.approx(theirs, abs=1e-9)


def test_the_sign_of_complexity_can_hang_on_little():
    """On the textbook network the correlation behind the sign is 0.106, and that is told."""
    assert complexity.complexity(NESTED, fewest=4).sign == pytest.approx(0.106, abs=5e-4)


def test_complexity_of_few_regions_is_refused():
    """With two regions it is +1 and -1 whatever they hold."""
    with pytest.raises(DataError, match="Complexity of 2 regions"):
        complexity.complexity(np.array([[1.0, 1, 0], [0, 1, 1]]), fewest=2)


def test_complexity_of_parts_that_share_nothing_is_refused():
    """Two islands have two first eigenvectors, and no second one."""
    apart = np.kron(np.eye(2), np.ones((6, 3)))
    with pytest.raises(DataError, match="falls into parts"):
        complexity.complexity(apart)


def test_fitness_is_ranked_and_not_measured():
    """The nested network: C1 before C3 before C2 before C4, and P1 the hardest."""
    regions, technologies = complexity.fitness_ranks(NESTED)
    assert regions.tolist() == [1, 3, 2, 4]
    assert technologies.tolist() == [1, 3, 2, 4]
