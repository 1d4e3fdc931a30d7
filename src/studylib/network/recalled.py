"""
What a list of organisations rests on: public pages that were seen, or memory.

    "seen", ""                        a public page was seen, or the list says nothing of it
    "seen, place recalled"            a part of the row is told from memory
    "recalled"                        the row is: no public page was seen
    "recalled, sector seen (press)"   ... but one that confirms its sector
"""

import numpy as np
import pandas as pd

from studylib.language.words import is_missing
from studylib.stats.arrays import Flags

SECTOR_SEEN = "recalled, sector seen"
"""How the evidence of such a row begins; `list_errors` gives this class a rate of its own."""


def is_from_memory(evidence: object) -> bool:
    """Whether a row of the list rests on memory and no public page of its own was seen."""
    return is_recalled(evidence) and str(evidence).startswith("recalled")


def is_recalled(evidence: object) -> bool:
    """Whether what the list says of an organisation is recalled, in part at least."""
    return not is_missing(evidence) and "recalled" in str(evidence)


def is_sector_seen(evidence: object) -> bool:
    """Whether a public page confirmed the sector of a row that rests on memory."""
    return is_from_memory(evidence) and str(evidence).startswith(SECTOR_SEEN)


def from_memory(organisations: pd.DataFrame) -> Flags:
    """Which rows of a list (its column `evidence`) rest on memory; shape (organisations,)."""
    return np.array([is_from_memory(told) for told in organisations["evidence"]], dtype=bool)
