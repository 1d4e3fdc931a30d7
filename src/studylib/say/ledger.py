"""Sentences on published claims: how many have which verdict, and what that is worth."""

import pandas as pd

from studylib.language.words import (
    _,
    listing,
    ngettext,
    number,
)
from studylib.patents.dataset import Dataset
from studylib.report.labels import VERDICT, label
from studylib.report.prose import Prose, prose
from studylib.survey import verdicts as room


def ledger(study: Dataset, table: pd.DataFrame) -> Prose:
    """How many claims have which verdict, and what a verdict is worth here."""
    del study
    if table.empty:
        return prose(_("This study names no published claims."))
    counts = room.verdicts(table)
    listed = listing(f"{label(VERDICT, verdict)} {number(n)}" for verdict, n in counts.items())
    return prose(
        ngettext("{n} claim: {verdicts}.", "{n} claims: {verdicts}.", len(table), verdicts=listed),
        _(
            "Where it says “by construction”, the data were made to repeat the published figure. "
            "Such a verdict tries out the method and confirms nothing."
        )
        if table["by_construction"].any()
        else None,
    )
