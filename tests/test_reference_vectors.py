"""Outputs of EconGeo 1.3 and ecomplexity 0.5.3, all that we have a measure for, beside ours."""

import json

import numpy as np
import pytest

from studylib.diversify import complexity, density, entry, relatedness, variety
from studylib.errors import DataError
from studylib.stats import quotients

ROUNDED_MATRIX = 2e-3  # EconGeo rounds its matrix to four decimals before it takes the vector


@pytest.fixture
def econgeo(shared):
    """Outputs of EconGeo, with their inputs."""
    return json.loads((shared / "reference" / "econgeo.json").read_text(encoding="utf-8"))


@pytest.fixture
def ecomplexity(shared):
    """Outputs of ecomplexity on the same inputs."""
    return json.loads((shared / "reference" / "ecomplexity.json").read_text(encoding="utf-8"))


def array(told):
    """A matrix, or a value per row, of the vectors file."""
    values = told["values"] if "values" in told else list(told.values())
    return np.array(values, dtype=float)


def quotient(counts):
    """Location quotients against all regions together."""
    x, n = counts, counts.sum(axis=1, keepdims=True)
    y, m = counts.sum(axis=0, keepdims=True), counts.sum()
    flat = [part.ravel() for part in np.broadcast_arrays(x, n, y, m)]
    return quotients.quotients(*flat)["quotient"].to_numpy().reshape(counts.shape)


def specialised(counts):
    """M without a least number of patents, as both packages have it."""
    return entry.held(counts, least=0)


def standard(vector):
    """Mean 0 and standard deviation 1: each package has a scale of its own."""
    values = np.array(vector, dtype=float)
    return (values - values.mean()) / values.std()


def inputs(econgeo):
    """Name in ecomplexity's file -> counts or M, as EconGeo's file holds them."""
    own = econgeo["Rejection"]["input"]
    return {
        "HH2009_FigS4": array(econgeo["HH2009_FigS4"]["input"]),
        "fixed_LQ": array(econgeo["fixed_LQ"]["input"]),
        "Rejection_A_0_100": array(own["A_0_100"]),
        "Rejection_B_0_10": array(own["B_0_10"]),
    }


def test_quotients_equal_econgeo(econgeo):
    """To 1e-9; `RCA` to the two decimals it rounds to; 1 and more is 1, exactly 1 too."""
    told, fixed = econgeo["Rejection"], econgeo["fixed_LQ"]
    given = inputs(econgeo)
    a, b = given["Rejection_A_0_100"], given["Rejection_B_0_10"]
    assert quotient(a) == pytest.approx(array(told["LQ_A"]), abs=1e-9)
    assert quotient(b) == pytest.approx(array(told["LQ_B"]), abs=1e-9)
    assert quotient(given["fixed_LQ"]) == pytest.approx(array(fixed["LQ"]), abs=1e-9)
    assert quotient(a) == pytest.approx(array(told["RCA_A_rounded2"]), abs=5e-3 + 1e-9)
    assert specialised(a).tolist() == array(told["RCA_A_binary"]).tolist()
    assert specialised(given["fixed_LQ"]).tolist() == array(fixed["LQ_binary"]).tolist()
    assert specialised(b).sum(axis=1).tolist() == array(told["diversity_B_RCA"]).tolist()
    assert specialised(b).sum(axis=0).tolist() == array(told["ubiquity_B_RCA"]).tolist()


@pytest.mark.parametrize(
    ("matrix", "suffix", "spec"),
    [("Rejection_A_0_100", "_A", "spec_coeff_A"), ("fixed_LQ", "", "spec")],
)
def test_indices_of_concentration_equal_econgeo(econgeo, matrix, suffix, spec):
    """Hachman is 1 over the mean quotient, the coefficient of specialisation half of Krugman's."""
    told, counts = econgeo[matrix.partition("_A")[0]], inputs(econgeo)[matrix]
    assert variety.herfindahl(counts) == pytest.approx(array(told[f"Herfindahl{suffix}"]), abs=1e-9)
    assert variety.krugman(counts) == pytest.approx(array(told[f"Krugman{suffix}"]), abs=1e-9)
    assert variety.krugman(counts) / 2 == pytest.approx(array(told[spec]), abs=1e-9)
    assert variety.mean_quotient(counts) == pytest.approx(array(told[f"LQavg{suffix}"]), abs=1e-9)
    assert 1 / variety.mean_quotient(counts) == pytest.approx(
        array(told[f"Hachman{suffix}"]), abs=1e-9
    )
    assert variety.entropy(counts) == pytest.approx(array(told[f"entropy{suffix}"]), abs=5.1e-4)


def test_events_in_common_equal_econgeo(econgeo):
    """How many events two technologies share; on the diagonal, which we leave 0, how many each."""
    told = econgeo["Rejection"]
    events = array(told["input"]["events_4x5"])
    assert relatedness.cooccurrence(events.T).tolist() == array(told["cooc_events"]).tolist()
    with_self = relatedness.cooccurrence(events.T) + np.diag(events.sum(axis=1))
    assert with_self.tolist() == array(told["cooc_events_diag"]).tolist()


def test_density_of_what_is_held_and_what_is_not_equals_econgeo(econgeo):
    """In whole hundredths: `ext` of what a region does not hold, `int` of what it does."""
    told = econgeo["Rejection"]
    held = array(told["input"]["Z_0_1"])
    found = 100 * density.density(held, array(told["input"]["rel01"]))
    for name, shown in (("reldens_ext", held == 0), ("reldens_int", held == 1)):
        theirs = array(told[name])
        assert np.isnan(theirs).tolist() == (~shown).tolist()
        assert found[shown] == pytest.approx(theirs[shown], abs=0.5 + 1e-9)


@pytest.mark.parametrize(
    ("regions", "technologies"), [("KCI_B_RCA", "TCI_B_RCA"), ("KCI_Z", "TCI_Z")]
)
def test_complexity_equals_econgeo_to_the_rounding_of_its_matrix(econgeo, regions, technologies):
    """Up to scale and sign, which the packages choose by other rules."""
    told = econgeo["Rejection"]
    held = (
        array(told["input"]["Z_0_1"])
        if regions == "KCI_Z"
        else specialised(inputs(econgeo)["Rejection_B_0_10"])
    )
    ours = complexity.complexity(held, fewest=5)
    for vector, own in ((told[regions], ours.regions), (told[technologies], ours.technologies)):
        one, two = standard(vector), standard(own)
        assert min(abs(one - two).max(), abs(one + two).max()) < ROUNDED_MATRIX


@pytest.mark.parametrize("matrix", ["Rejection_A_0_100", "Rejection_B_0_10", "fixed_LQ"])
def test_quotients_nearness_and_density_equal_ecomplexity(econgeo, ecomplexity, matrix):
    """With a diagonal of 1, as it has; ours is 0, which changes what is held and nothing else."""
    told, counts = ecomplexity[matrix], inputs(econgeo)[matrix]
    held = specialised(counts)
    assert quotient(counts) == pytest.approx(np.array(told["rca"]), abs=1e-9)
    assert held.tolist() == told["mcp"]
    assert held.sum(axis=1).tolist() == told["diversity"]
    assert held.sum(axis=0).tolist() == told["ubiquity"]
    near = relatedness.conditional(relatedness.cooccurrence(held), held.sum(axis=0))
    assert near + np.eye(len(near)) == pytest.approx(np.array(told["proximity_min_cond"]), abs=1e-9)
    assert density.density(held, near + np.eye(len(near))) == pytest.approx(
        np.array(told["density"]), abs=1e-9
    )


@pytest.mark.parametrize("matrix", ["HH2009_FigS4", "Rejection_A_0_100", "Rejection_B_0_10"])
def test_complexity_equals_ecomplexity_with_its_sign(ecomplexity, matrix):
    """Regions and technologies, to 1e-9."""
    told, held = ecomplexity[matrix], np.array(ecomplexity[matrix]["mcp"], dtype=float)
    ours = complexity.complexity(held, fewest=4)
    assert ours.regions == pytest.approx(np.array(told["eci"]), abs=1e-9)
    assert ours.technologies == pytest.approx(np.array(told["pci"]), abs=1e-9)


def test_where_ecomplexity_gives_a_vector_of_islands_we_refuse(econgeo):
    """One region alone holds what only it holds: the index says that, and nothing else."""
    with pytest.raises(DataError, match="falls into parts"):
        complexity.complexity(specialised(inputs(econgeo)["fixed_LQ"]), fewest=5)
