"""Exports of one kind are joined to one, so that each of their spellings is read once."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from studylib.readers.raw import RawPatents

LARGE = 10**6
"""Parties of an export that is too large to hold or to work on twice at a time."""


def together(raws: Iterable[RawPatents]) -> Iterator[RawPatents]:
    """
    The exports, those of one kind joined to one: each of their spellings is then read once.

    Exports whose order of day and month has to be found stay apart, as each may have its own;
    so do bulk editions, which would fill the memory twice.
    """
    alike: dict[object, list[RawPatents]] = {}
    for place, raw in enumerate(raws):
        # Each declared table has lists, dates and symbols of its own.
        stays = raw.date_order == "auto" or raw.format == "table" or len(raw.parties) > LARGE
        apart = place if stays else None
        kind = (raw.format, raw.date_order, raw.nuts_version, raw.knows_claims, apart)
        alike.setdefault(kind, []).append(raw)
    for first, *others in alike.values():
        yield _as_one([first, *others]) if others else first


def joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Frames under each other; empty ones only count where all are empty."""
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else frames[0]


def _as_one(raws: list[RawPatents]) -> RawPatents:
    """Exports as one, whose records count on."""
    begins = np.cumsum([0, *(len(raw.records) for raw in raws)])

    def whole(name: str) -> pd.DataFrame:
        """One table of all exports."""
        frames: list[pd.DataFrame] = [getattr(raw, name) for raw in raws]
        if "record" in frames[0]:
            frames = [
                f.assign(record=f["record"] + n) for f, n in zip(frames, begins, strict=False)
            ]
        return joined(frames)

    return replace(
        raws[0],
        records=whole("records"),
        symbols=whole("symbols"),
        parties=whole("parties"),
        priorities=whole("priorities"),
        rejects=whole("rejects"),
    )
