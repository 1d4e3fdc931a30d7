"""
How many projects two regions would share by chance, sizes of projects and of regions kept.

    slots (project, country, region)  --shuffled-->  joint projects of each pair of regions, by draw

The regions of participants are dealt anew over all places in projects: every project keeps its
number of participants and every region its number of participations.  Dealt inside countries,
every project keeps its participants per country too: what is left is the region alone.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studylib.stats.arrays import Integers, Numbers


@dataclass(frozen=True)
class Places:
    """One place in a project per participation."""

    project: NDArray[Any]
    """Number of the project, from 0."""
    region: NDArray[Any]
    """Number of the region, from 0; -1 where the participant is elsewhere."""
    country: NDArray[Any]
    """Number of the country of the participant, from 0."""
    n_regions: int


def shared(places: Places) -> Integers:
    """Projects with participants of both regions; the diagonal: with one of the region."""
    return _shared(places.project, places.region, places)


def shuffled(places: Places, *, in_country: bool, draws: int, seed: int) -> Integers:
    """
    The same by chance: one matrix (region x region) per draw.

    Parameters
    ----------
    in_country
        Deal regions among the participants of one country only.
    draws, seed
        How often, and the seed of the dice.
    """
    dice = np.random.default_rng(seed)
    country = places.country if in_country else np.zeros_like(places.country)
    groups = [np.flatnonzero(country == code) for code in np.unique(country)]
    groups = [group for group in groups if (places.region[group] >= 0).any()]
    drawn = []
    for _draw in range(draws):
        region = np.full(len(places.region), -1)
        for group in groups:
            region[group] = dice.permutation(places.region[group])
        drawn.append(_shared(places.project, region, places))
    return np.asarray(drawn)


def _shared(project: Numbers, region: Numbers, places: Places) -> Integers:
    """
    Joint projects of every pair of regions.

    Only projects with two regions are laid out as a matrix: of many places few are located.
    """
    here = region >= 0
    key = np.unique(project[here].astype(np.int64) * places.n_regions + region[here])
    own, of_region = np.divmod(key, max(1, places.n_regions))
    alone = np.bincount(of_region, minlength=places.n_regions)
    row = np.flatnonzero(np.diff(own, prepend=-1))  # where a project begins
    size = np.diff(row, append=len(own))
    many = np.repeat(size > 1, size)
    held = np.zeros((int((size > 1).sum()), places.n_regions))
    held[np.repeat(np.arange(len(held)), size[size > 1]), of_region[many]] = 1.0
    joint = (held.T @ held).astype(np.int64)
    np.fill_diagonal(joint, alone)
    return joint
