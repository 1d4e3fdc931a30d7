"""
Which headline findings survive other choices: one row per finding of three pages and choice.

    the study, and the study under each other choice
      --headline_findings--> what each page puts first, as things that are shown or not
      --headlines_under_choices--> finding x choice: how many of them are found again

A finding is a set.  It survives where all of the set is found again; where nothing is shown, where
nothing is shown then either.
"""

from typing import Any

import pandas as pd

from studylib.diversify.sensitivity import variant
from studylib.files.answers import once
from studylib.opportunities.headline_findings import Asked, findings
from studylib.patents.dataset import Dataset

CHOICES = ("unit", "weights", "located_by", "scheme", "wider", "province")
COLUMNS = ["page", "finding", "n", "choice", "found_again", "of", "state"]


@once
def headlines_under_choices(study: Dataset) -> pd.DataFrame:
    """
    One row per (headline finding, choice): is what is found in the study found again?

    Returns
    -------
    page (40, 50 or 60), finding (see `report.labels.HEADLINE`), n (of things found in the study; 0:
    nothing is shown), choice (unit, weights, located_by: the other one; scheme: the control scheme
    of KETs; wider: with the regions the study file names; province: of each territory the province
    with most records alone, NUTS 3), found_again, of (things found again, of those found; nothing
    shown counts as one thing), state (`holds`: all; `partly`; `fails`: none; `apart`: the finding
    does not rest on the choice; `unknown`: the data cannot tell).

    Notes
    -----
    Ideas under wider territories and in one province keep the joint projects and the wishes of the
    study: those were counted for its territories and are not asked anew.
    """
    own = Asked(study)
    others = {name: variant(study, name) for name in CHOICES}
    asked = {name: Asked(other, own) for name, other in others.items() if other is not None}
    rows: list[tuple[object, ...]] = []
    for finding in findings(study):
        seen = finding.found(own)
        if seen is None:
            continue
        for choice in CHOICES:
            said: tuple[int, int, str] = 0, 0, "apart"
            if choice not in finding.fixed:
                can = choice in asked and choice in finding.choices
                said = held(seen, finding.found(asked[choice]) if can else None)
            rows.append((finding.page, finding.name, len(seen), choice, *said))
    return pd.DataFrame(rows, columns=COLUMNS)


def held(own: frozenset[Any], again: frozenset[Any] | None) -> tuple[int, int, str]:
    """
    How many things are found again, of how many, and in a word.

    >>> held(frozenset("ab"), frozenset("bc")), held(frozenset(), frozenset())
    ((1, 2, 'partly'), (1, 1, 'holds'))
    """
    if again is None:
        return 0, 0, "unknown"
    n, of = (len(own & again), len(own)) if own else (int(not again), 1)
    return n, of, "holds" if n == of else "partly" if n else "fails"
