"""
Do the two sides differ, technology by technology, and what could have been shown?

    units x KETs     --ket_differences-->     one row per (pair of territories, KET)
    units x fields   --sector_differences-->  ... (pair, WIPO sector 1..5)
                     --field_differences-->   ... (pair, WIPO field 1..35)

Whole counts; units of both territories say nothing about a difference and are left out.  Each
table is one family of tests: Holm's p holds for all of its rows together.
"""

from collections.abc import Sequence
from itertools import combinations

import pandas as pd

from studylib.files.answers import once
from studylib.ket import fields
from studylib.patents import counting
from studylib.patents.dataset import Dataset
from studylib.stats import estimate, exact, power, profiles

COUNTS = ["n_first", "base_first", "n_second", "base_second"]


@once
def ket_differences(study: Dataset) -> pd.DataFrame:
    """
    One row per (pair of territories, KET): do the shares of the two sides differ?

    Columns first, second, ket, n_first, base_first, n_second, base_second, difference [-1..1]
    (first minus second), low, high (Newcombe 95 %), p (Fisher, two-sided), p_holm (over all
    rows together), detectable [0..1] and verdict (see `power.judged`).
    """
    return _compared(study, study.tags, "ket", list(study.scheme.kets))


@once
def sector_differences(study: Dataset) -> pd.DataFrame:
    """As `ket_differences`, one row per (pair, WIPO sector), with sector_id."""
    sector = fields.table().set_index("field_id")["sector_id"]
    labels = study.fields.assign(sector_id=study.fields["field_id"].map(sector))
    return _compared(study, labels, "sector_id", sorted(sector.unique()))


@once
def field_differences(study: Dataset) -> pd.DataFrame:
    """As `ket_differences`, one row per (pair, WIPO field), with field_id."""
    return _compared(study, study.fields, "field_id", list(range(1, 36)))


def _compared(
    study: Dataset, labels: pd.DataFrame, label: str, every: Sequence[object]
) -> pd.DataFrame:
    """Every pair of territories, label by label: counts, difference, tests, verdict."""
    rule = study.with_rule(weights="whole")
    units = study.units_by(rule)
    units = units[units["area"].isin(study.territories) & units["has_ipc"].astype(bool)]
    carried = counting.labels_of_units(labels, study.applications, rule.unit, label)
    rows = []
    for first, second in combinations(study.territories, 2):
        pair = units[units["area"].isin([first, second])]
        pair = pair[~pair["unit_id"].duplicated(keep=False)]
        base = pair["area"].value_counts().reindex([first, second], fill_value=0)
        hits = pair.merge(carried, on="unit_id").groupby(["area", label], observed=True).size()
        for name in every:
            k = [int(hits.get((area, name), 0)) for area in (first, second)]
            rows.append((first, second, name, k[0], int(base[first]), k[1], int(base[second])))
    return _tested(pd.DataFrame(rows, columns=["first", "second", label, *COUNTS]))


def _tested(table: pd.DataFrame) -> pd.DataFrame:
    """The table with difference, interval, p, p_holm, detectable and verdict."""
    counts = [table[column] for column in COUNTS]
    known = (table["base_first"] > 0) & (table["base_second"] > 0)
    p = [
        exact.fisher(*row) if ok else float("nan") for ok, *row in zip(known, *counts, strict=True)
    ]
    tested = table.join(estimate.difference(*counts)).assign(
        p=pd.Series(p, dtype="float64"), p_holm=profiles.holm(p)
    )
    return tested.join(power.judged(table[COUNTS], tested["p_holm"], "fisher"))
