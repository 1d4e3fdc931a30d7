"""
Which NUTS version the region codes of a whole edition are written in.

A bulk reader leaves most of an edition behind, but more codes tell more: `clean.nuts.vintage_of`
is asked about all of them, also those of parties the study does not keep.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from studylib.clean.nuts import vintage_of
from studylib.readers.raw import RawPatents

ENOUGH = 1_000_000
"""Rows that stand for an edition: of more, each code keeps its share, so memory stays small."""


def vintage(codes: Mapping[str, int]) -> str | None:
    """
    The newest NUTS version that region codes, with the number of rows of each, can be in.

    None where no code tells, or where they contradict each other; see `vintage_of`.

    >>> vintage({"FRI12": 40, "HR041": 3}), vintage({"ES213": 9})
    ('2016', None)
    """
    n_rows = np.array(list(codes.values()), dtype=float)
    shown = np.ceil(n_rows * min(1.0, ENOUGH / max(n_rows.sum(), 1.0))).astype(int)
    places = np.repeat(np.arange(len(codes)), shown)
    return vintage_of(pd.Series(pd.Categorical.from_codes(places, pd.Index(codes, dtype="str"))))


def dated(raw: RawPatents) -> RawPatents:
    """The export with the version of its region codes, as stated or as all its codes tell."""
    return replace(raw, nuts_version=raw.nuts_version or vintage(raw.region_codes))
