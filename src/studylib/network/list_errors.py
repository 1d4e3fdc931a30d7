"""
How firm an order, a group or a link is: drawn over the errors a list of organisations may hold.

    Network, evidence of each row  --drawn-->  proximities of the list as it could truly be

What is uncertain is the list, not the arithmetic: a row somebody recalled may name a wrong sector
or leave one out.  In a draw each sector a row states is wrong with a rate of its class of
evidence (another sector of the list stands there), and with a second rate the row lacks one.
The rates are our assumption (`RATES`); nobody has measured them.  The weights we chose for
kinship are drawn besides.
"""

from dataclasses import dataclass

import numpy as np

from studylib.network import Kin, Network, proximity
from studylib.stats.arrays import Flags, Numbers

KIN_RANGE = (0.25, 1.0)
"""The weights of a theme and of shared technology are drawn from here."""


@dataclass(frozen=True)
class Rate:
    """How often a row of a class of evidence errs."""

    wrong: float
    """... in a sector it states, each."""
    missing: float
    """... by leaving a sector out."""


RATES = {
    "seen": Rate(wrong=0.02, missing=0.10),  # a page shows a sector, seldom every one
    "recalled, sector seen": Rate(wrong=0.05, missing=0.10),
    "recalled": Rate(wrong=0.15, missing=0.20),
    "": Rate(wrong=0.05, missing=0.10),  # a list of somebody's own that says nothing of evidence
}


def rate_of(evidence: object) -> Rate:
    """
    The rates of a row, by the longest class its evidence begins with.

    >>> rate_of("seen, place recalled") == RATES["seen"], rate_of(None) == RATES[""]
    (True, True)
    """
    text = evidence if isinstance(evidence, str) else ""
    return RATES[max((known for known in RATES if text.startswith(known)), key=len)]


def drawn(network: Network, rng: np.random.Generator) -> Numbers:
    """Proximities (organisations x organisations) of one draw over the errors of the list."""
    kin = Kin(*rng.uniform(*KIN_RANGE, size=2))
    return proximity(erred(network, rng), network.kinship(kin))


def erred(network: Network, rng: np.random.Generator) -> Flags:
    """What organisations state (organisations x items) in one draw; KETs and interests stay."""
    sector = np.flatnonzero((network.items["kind"] == "sector").to_numpy())
    stated = network.stated.copy()
    if len(sector) < 2:  # noqa: PLR2004 (no other sector could stand there)
        return stated
    rates = [rate_of(text) for text in network.organisations["evidence"].astype("object")]
    wrong, missing = (
        np.array([getattr(rate, name) for rate in rates]) for name in ("wrong", "missing")
    )
    own = stated[:, sector]
    is_wrong = own & (rng.random(own.shape) < wrong[:, None])
    lacks = rng.random(len(own)) < missing
    added = is_wrong.sum(axis=1) + lacks
    # A random order of the sectors a row does not state; as many of them as it errs in come in.
    order = np.where(own, 2.0, rng.random(own.shape)).argsort(axis=1).argsort(axis=1)
    stated[:, sector] = (own & ~is_wrong) | ((order < added[:, None]) & ~own)
    return stated
