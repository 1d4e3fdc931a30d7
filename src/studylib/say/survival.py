"""Sentences on what survives other choices: which headline findings hold, and which do not."""

import pandas as pd

from studylib.language.given import in_sentence
from studylib.language.words import _, ngettext, number
from studylib.report.labels import HEADLINE, label
from studylib.report.prose import Prose, prose

ASKED = ("holds", "partly", "fails")


def headlines(found: pd.DataFrame) -> Prose:
    """How many headline findings hold under every choice that can be asked; which do not."""
    asked = found[found["state"].isin(ASKED)]
    if asked.empty:
        return prose(_("No headline finding can be computed under another choice."))
    holds = asked.groupby("finding", sort=False)["state"].agg(lambda told: set(told) == {"holds"})
    firm, weak = holds.index[holds], holds.index[~holds]
    return prose(
        ngettext(
            "Of {all} headline findings of this page and of those after it, {n} holds under every "
            "choice that can be computed.",
            "Of {all} headline findings of this page and of those after it, {n} hold under every "
            "choice that can be computed.",
            len(firm),
            all=number(len(holds)),
        ),
        _(
            "Lost, or found again in part, under at least one: {findings}.",
            findings=_("; ").join(_named(list(weak))),
        )
        if len(weak)
        else None,
    )


def _named(findings: list[str]) -> list[str]:
    """Findings by name, as in a sentence."""
    return [in_sentence(label(HEADLINE, name)) for name in findings]
