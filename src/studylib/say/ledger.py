"""Sentences on published claims: how many have which verdict, and what that is worth."""

import pandas as pd

from studylib.language.words import _, listing, ngettext
from studylib.patents.dataset import Dataset
from studylib.report.prose import Prose, prose
from studylib.survey import verdicts as room


def _counted(verdict: str, n: int) -> str:
    """How many claims have a verdict."""
    if verdict == "reproduced":
        return ngettext("{n} reproduced", "{n} reproduced", n)
    if verdict == "consistent":
        return ngettext("{n} consistent", "{n} consistent", n)
    if verdict == "contradicted":
        return ngettext("{n} contradicted", "{n} contradicted", n)
    if verdict == "not checked":
        return ngettext("{n} not checked", "{n} not checked", n)
    return ngettext("{n} not testable", "{n} not testable", n)


def ledger(study: Dataset, table: pd.DataFrame) -> Prose:
    """How many claims have which verdict, and what a verdict is worth here."""
    del study
    if table.empty:
        return prose(_("This study names no published claims."))
    counts = room.verdicts(table)
    listed = listing(_counted(str(verdict), int(n)) for verdict, n in counts.items() if n)
    return prose(
        ngettext("{n} claim: {verdicts}.", "{n} claims: {verdicts}.", len(table), verdicts=listed),
        _(
            "Where it says “by construction”, the data were made to repeat the published figure. "
            "Such a verdict tries out the method and confirms nothing."
        )
        if table["by_construction"].any()
        else None,
        _(
            "Where it says “not checked”, the claim speaks of answers that are confidential. A "
            "verdict would tell what they are, so there is none, whether the claim holds or not."
        )
        if counts["not checked"]
        else None,
    )
