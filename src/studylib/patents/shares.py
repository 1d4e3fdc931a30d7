"""
The tables of the patents report: when, in which fields, with which KETs, how robust.

Every function takes an opened study and returns a finished table; nothing is rounded here.
`n` follows the study's counting; `n_units` is the number of units behind it, never weighted.
"""

from collections.abc import Sequence

import pandas as pd

from studylib import ket
from studylib.files.answers import once
from studylib.ket import fields
from studylib.patents import complement, counting
from studylib.patents.counting import Rule
from studylib.patents.dataset import Dataset
from studylib.stats import estimate

PUBLICATION_DELAY = 2  # years; 18 months from priority to publication, rounded up
STRAY = 5  # years between all other dates and one that is taken for a typing error
FEW = 20  # dates, below which none is


def timeline(study: Dataset) -> pd.DataFrame:
    """
    One row per (area, year) of the territories and the window, every year, sorted.

    Columns area, year, n, is_truncated: the last years before the newest date in the data,
    in which part of the applications were not yet published.
    """
    here = study.units[study.units["area"].isin(study.territories)]
    counted = here.groupby(["area", "year"], observed=True)["weight"].sum()
    years = range(study.first_year, study.last_year + 1)
    every = pd.MultiIndex.from_product([study.territories, years], names=["area", "year"])
    table = counted.reindex(every, fill_value=0.0).rename("n").reset_index()
    # A window on the year of publication is complete up to the newest publication.
    delay = 0 if study.rule.date == "publication" else PUBLICATION_DELAY
    newest = newest_year(study)
    return table.assign(is_truncated=newest is not None and table["year"] > newest - delay)


def newest_year(study: Dataset) -> int | None:
    """
    The newest year that stands anywhere in the exports, in the window or not; None: none.

    `stray_years` do not count: one typing error would make every year look complete.
    """
    stray = stray_years(study)
    years = [year for year in study.table("years")["year"] if year not in stray]
    return int(max(years)) if years else None


def stray_years(study: Dataset) -> list[int]:
    """
    Years of one application alone, more than five years after every other; newest first.

    Where dates are few, one of them is no error for standing alone.
    """
    dates = study.table("years")
    counted = dates.groupby("year", observed=True)["n"].max().sort_index()
    years, stray = list(counted.index), []
    is_many = dates["n"].sum() >= FEW
    while is_many and len(years) > 1 and counted[years[-1]] == 1 and years[-1] - years[-2] > STRAY:
        stray.append(int(years.pop()))
    return stray


@once
def ket_shares(study: Dataset, rule: Rule | None = None) -> pd.DataFrame:
    """
    One row per (area, KET): n, n_units, base, share, low, high; areas in the study's order.

    Areas are the territories and, where the study names one, the reference without them (see
    `complement.outside`).  The base is
    units with IPC: a unit without IPC is unclassified, not "no KET".  Intervals: Wilson 95 %
    on the number of units.
    """
    rule = rule or study.rule
    return _shares(study, rule, study.tags, "ket", list(study.scheme.kets))


@once
def field_shares(study: Dataset, rule: Rule | None = None) -> pd.DataFrame:
    """One row per (area, WIPO field 1..35): as `ket_shares`, with field_id."""
    rule = rule or study.rule
    return _shares(study, rule, study.fields, "field_id", list(range(1, 36)))


@once
def sector_shares(study: Dataset, rule: Rule | None = None) -> pd.DataFrame:
    """One row per (area, WIPO sector 1..5): as `ket_shares`, with sector_id."""
    rule = rule or study.rule
    names = fields.table()
    sector = names.set_index("field_id")["sector_id"]
    sectors = study.fields.assign(sector_id=study.fields["field_id"].map(sector))
    return _shares(study, rule, sectors, "sector_id", sorted(sector.unique()))


def _shares(
    study: Dataset, rule: Rule, labels: pd.DataFrame, label: str, every: Sequence[object]
) -> pd.DataFrame:
    """One row per (area, label), labels in the order of `every`: see `ket_shares`."""
    areas = study.areas
    units = study.units_by(rule)
    units = units[units["area"].isin(study.territories)]
    if reference := study.definition.reference:
        rest = complement.outside(study, rule).assign(area=reference.named("en"), has_ipc=True)
        units = pd.concat([units, rest], ignore_index=True)
    carried = counting.labels_of_units(labels, study.applications, rule.unit, label)
    counted = counting.count_by(units, carried, label)
    complete = pd.MultiIndex.from_product([areas, every], names=["area", label])
    counted = counted.set_index(["area", label]).reindex(complete)
    base = units[units["has_ipc"].astype(bool)].groupby("area", observed=True)["weight"]
    area = counted.index.get_level_values("area")
    counted["n"] = counted["n"].fillna(0.0)  # a label nobody carries is a count of zero
    counted["n_units"] = counted["n_units"].fillna(0)
    counted["base"] = base.sum().reindex(area, fill_value=0.0).to_numpy()
    counted["base_units"] = base.size().reindex(area, fill_value=0).to_numpy()
    counted = counted.reset_index()
    return counted.join(estimate.share(counted["n"], counted["base"]))


@once
def any_ket(study: Dataset, rule: Rule | None = None) -> pd.DataFrame:
    """One row per area: units with at least one KET, as `ket_shares`."""
    rule = rule or study.rule
    tagged = study.tags[["application_id"]].drop_duplicates().assign(any_ket="any")
    return _shares(study, rule, tagged, "any_ket", ["any"]).drop(columns="any_ket")


@once
def classified(study: Dataset) -> pd.DataFrame:
    """One row per territory: units, units with IPC (the base of shares), unclassified ones."""
    here = study.units[study.units["area"].isin(study.territories)]
    ipc = here["has_ipc"].astype(bool)
    by_area = pd.DataFrame(
        {
            "n": here.groupby("area", observed=True)["weight"].sum(),
            "n_with_ipc": here[ipc].groupby("area", observed=True)["weight"].sum(),
        }
    )
    table = by_area.reindex(study.territories, fill_value=0.0).fillna(0.0)
    table.index.name = "area"
    return table.assign(n_unclassified=table["n"] - table["n_with_ipc"]).reset_index()


@once
def sensitivity_to_counting(study: Dataset) -> pd.DataFrame:
    """
    The share of units with any KET under every way of counting the data allow.

    A basis that puts nothing into any territory (priority claims where territories are regions)
    is no way of counting them and has no row.

    One row per (unit, located_by, weights, area): n, base, share, low, high.
    """
    here = study.locations[study.locations["area"].isin(study.territories)]
    bases = sorted(here["basis"].astype(str).unique())
    rules = [
        Rule(unit, basis, weights, study.rule.date)
        for unit in ("family", "application")
        for basis in bases
        for weights in ("whole", "fractional")
    ]
    parts = [
        any_ket(study, rule)
        .loc[lambda t: t["area"].isin(study.territories)]
        .assign(unit=rule.unit, located_by=rule.located_by, weights=rule.weights)
        for rule in rules
    ]
    columns = ["unit", "located_by", "weights", "area", "n", "base", "share", "low", "high"]
    if not parts:
        return pd.DataFrame(columns=columns).astype(dict.fromkeys(columns[:4], "str"))
    return pd.concat(parts, ignore_index=True)[columns]


@once
def sensitivity_to_scheme(study: Dataset) -> pd.DataFrame:
    """
    Shares per KET under each reading of the rules, and under the WIPO-field proxy as control.

    One row per (variant, area, KET), territories only: n, base, share, low, high.  The control
    has the KETs that it knows too: of another scheme's technologies, none.
    """
    kets = study.scheme.kets
    control = ket.load_scheme(ket.PROXY_SCHEME)
    variants: dict[str, tuple[ket.Scheme, ket.Match]] = {
        "scheme_exact": (study.scheme, "exact"),
        "scheme_prefix": (study.scheme, "prefix"),
        "scheme_hierarchy": (study.scheme, "hierarchy"),
        "wipo_proxy": (control, "exact"),
    }
    parts = []
    for variant, (scheme, match) in variants.items():
        tags = ket.tag(study.symbols, scheme, match=match)
        known = [key for key in kets if key in scheme.kets]
        table = _shares(study, study.rule, tags, "ket", known)
        parts.append(table[table["area"].isin(study.territories)].assign(variant=variant))
    return pd.concat(parts, ignore_index=True)[
        ["variant", "area", "ket", "n", "base", "share", "low", "high"]
    ]
