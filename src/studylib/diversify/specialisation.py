"""
Where a territory is specialised against the rest of the reference, with the error of that.

    units of the territories, units of the reference outside them
      --specialisation-->  one row per (territory, technology): quotient, interval, prior, verdict

The quotient is the share of a territory's classified units that carry a technology over the same
share outside (location quotient, revealed technological advantage).  Against the two territories
pooled it would be one comparison shown twice (the mean of the two is 1 by construction), so that
is refused.
"""

from collections.abc import Sequence
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from studylib.diversify import units_again
from studylib.errors import UsageError, quoted
from studylib.files.answers import once
from studylib.ket import fields
from studylib.patents import complement, counting
from studylib.patents.dataset import Dataset
from studylib.stats import quotients, sums
from studylib.stats.arrays import Numbers
from studylib.stats.power import LEVEL, NOT_POSSIBLE, NOT_SHOWN, SHOWN

Technology = Literal["sector_id", "field_id", "ket", "subclass"]
Against = Literal["outside", "pooled"]
DOUBLE = 2.0  # a quotient that ought to be found: twice as often as outside


@once
def specialisation(
    study: Dataset, by: Technology = "field_id", *, against: Against = "outside"
) -> pd.DataFrame:
    """
    One row per (territory, technology), in the study's order: how often, against outside.

    Parameters
    ----------
    by
        WIPO sector or field, KET, or IPC subclass.

    Returns
    -------
    area, the technology, n, base (classified units of the area), n_outside, base_outside,
    expected, quotient, low, high (95 %), shrunken, p_above (P(quotient > 1)) and prior (a of the
    gamma prior, 10,000: no more spread than chance), p, q (Benjamini-Hochberg over all rows),
    detectable (smallest quotient found with 80 % power), verdict (`shown`, `not shown`, `could
    not have been shown`: twice as often would not be found).  No row without a reference.  Where
    fewer than one unit is expected and nothing could have been shown, quotient, low, high, shrunken
    and p_above are missing: a single unit would make a quotient above 1.

    Raises
    ------
    UsageError
        `against` is "pooled".

    Notes
    -----
    Whole counts: exact intervals, see `quotients.quotients`.  Fractional counts: intervals and p
    from 1,000 draws of units with return, seeded by the study; where fewer than ten units of the
    territory or outside carry a technology, as for whole counts, which is too wide rather than too
    narrow (draws of a technology nobody carries are all 0 and would prove anything).
    """
    if against == "pooled":
        raise UsageError(
            "The territories pooled are no reference: a territory above their mean is the other "
            "one below it, so this is one comparison shown twice. Name a [reference] in the study "
            "file, or compare the two directly (differences)."
        )
    if by not in get_args(Technology):
        raise UsageError(f"`by` is {quoted(by)}; it can be {', '.join(get_args(Technology))}.")
    outside = complement.outside(study)
    carried, every = labels(study, by)
    units, theirs = complement.of_territories(study), _flags(outside, carried, by, every)
    drawn = units_again.shares(study, len(study.territories), outside, theirs)
    parts = [
        _of_area(
            study, units[units["area"] == area], outside, theirs, drawn, (carried, by, every)
        ).assign(area=area)
        for area in study.territories
    ]
    table = pd.concat(parts, ignore_index=True)
    table = table[table["base_outside"] > 0].reset_index(drop=True)
    q = quotients.false_discovery(table["p"])
    far = quotients.detectable(table["expected"])
    words = verdicts(q, far)
    told = (table["expected"] >= quotients.LEAST_EXPECTED) | (words != NOT_POSSIBLE)
    names = ("quotient", "low", "high", "shrunken", "p_above")
    ends = {name: table[name].where(told) for name in names}
    return table.assign(q=q, detectable=far, verdict=words, **ends)


def verdicts(q: Numbers, detectable: Numbers) -> pd.Series:
    """One word per comparison; none where nothing was tested."""
    shown = np.where(q < LEVEL, SHOWN, NOT_SHOWN)
    words = np.where((q >= LEVEL) & ~(detectable <= DOUBLE), NOT_POSSIBLE, shown)
    return pd.Series(words, dtype="object").where(~np.isnan(q), None)


def labels(study: Dataset, by: Technology) -> tuple[pd.DataFrame, list[Any]]:
    """What units carry (unit_id, technology), and every technology in its order."""
    every: list[Any]
    if by == "ket":
        found, every = study.tags, list(study.scheme.kets)
    elif by == "subclass":
        found = subclasses(study)
        every = sorted(found["subclass"].unique())
    elif by == "field_id":
        found, every = study.fields, list(range(1, 36))
    else:
        sector = fields.table().set_index("field_id")["sector_id"]
        found = study.fields.assign(sector_id=study.fields["field_id"].map(sector))
        every = sorted(sector.unique())
    rule = study.rule
    return counting.labels_of_units(found, study.applications, rule.unit, by), every


def subclasses(study: Dataset) -> pd.DataFrame:
    """One row per (application_id, subclass): the IPC subclasses of an application."""
    ipc = study.symbols[study.symbols["scheme"] == "ipc"]
    distinct = ipc["symbol"].drop_duplicates()
    short = pd.Series(distinct.astype("str").str[:4].to_numpy(), index=distinct)
    found = ipc[["application_id"]].assign(subclass=ipc["symbol"].map(short).to_numpy())
    return found.drop_duplicates().reset_index(drop=True)


def _of_area(
    study: Dataset,
    own: pd.DataFrame,
    outside: pd.DataFrame,
    theirs: Numbers,
    outside_again: Numbers,
    carried: tuple[pd.DataFrame, Technology, Sequence[Any]],
) -> pd.DataFrame:
    """The rows of one territory, without what holds over all rows together."""
    ours, (_labels, by, every) = _flags(own, *carried), carried
    x = sums.product(ours.T, own["weight"].to_numpy())
    y = sums.product(theirs.T, outside["weight"].to_numpy())
    n, m = float(own["weight"].sum()), float(outside["weight"].sum())
    found = quotients.quotients(x, n, y, m)
    if outside_again.size:
        place = 0 if own.empty else study.territories.index(str(own["area"].iloc[0]))
        again = units_again.shares(study, place, own, ours)
        with np.errstate(divide="ignore", invalid="ignore"):
            drawn = again / outside_again if again.size else again
        many = np.minimum(ours.sum(axis=0), theirs.sum(axis=0)) >= units_again.FEWEST
        for name, values in units_again.ends(drawn, found["quotient"].to_numpy()).items():
            found[name] = np.where(many, values, found[name])
    a = quotients.prior(x, found["expected"])
    table = pd.DataFrame({"area": "", by: list(every), "n": x, "base": n}).assign(
        n_outside=y, base_outside=m
    )
    return table.join(found).join(quotients.shrunken(x, found["expected"], a)).assign(prior=a)


def _flags(units: pd.DataFrame, carried: pd.DataFrame, by: str, every: Sequence[Any]) -> Numbers:
    """Units x technologies: 1 where a unit carries a technology."""
    flags = np.zeros((len(units), len(every)))
    row = pd.Index(units["unit_id"]).get_indexer(pd.Index(carried["unit_id"]))
    column = pd.Index(every).get_indexer(pd.Index(carried[by].astype("object")))
    flags[row[row >= 0], column[row >= 0]] = 1.0
    return flags
