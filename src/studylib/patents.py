"""
The tables of the patents report: when, in which fields, with which KETs, by whom, how robust.

Every function takes an opened study and returns a finished table; nothing is rounded here.
`n` follows the study's counting; `n_units` is the number of units behind it, never weighted.
"""

from itertools import combinations

import pandas as pd

from studylib import counting, fields, ket
from studylib.counting import Rule
from studylib.dataset import Dataset
from studylib.stats import estimate, exact, profiles

PUBLICATION_DELAY = 2  # years; 18 months from priority to publication, rounded up


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
    """The newest year that stands anywhere in the exports, in the window or not; None: none."""
    years = study.table("years")["year"]
    return int(years.max()) if len(years) else None


def ket_shares(study: Dataset, rule: Rule | None = None) -> pd.DataFrame:
    """
    One row per (area, KET): n, n_units, base, share, low, high; areas in the study's order.

    Areas are the territories and, where the study names one, the reference.  The base is
    units with IPC: a unit without IPC is unclassified, not "no KET".  Intervals: Wilson 95 %
    on the number of units.
    """
    rule = rule or study.rule
    return _shares(study, rule, study.tags, "ket", list(ket.KETS))


def ket_differences(study: Dataset) -> pd.DataFrame:
    """
    One row per (pair of territories, KET): do the shares of the two sides differ?

    Columns first, second, ket, n_first, base_first, n_second, base_second, difference
    (first minus second), low, high (Newcombe 95 %), p (Fisher, two-sided), p_holm (over all
    rows together).  Whole counts; units of both territories say nothing about a difference
    and are left out.
    """
    rule = study.with_rule(weights="whole")
    units = study.units_by(rule)
    units = units[units["area"].isin(study.territories) & units["has_ipc"].astype(bool)]
    carried = counting.labels_of_units(study.tags, study.applications, rule.unit, "ket")
    rows = []
    for first, second in combinations(study.territories, 2):
        pair = units[units["area"].isin([first, second])]
        pair = pair[~pair["unit_id"].duplicated(keep=False)]
        base = pair["area"].value_counts().reindex([first, second], fill_value=0)
        hits = pair.merge(carried, on="unit_id").groupby(["area", "ket"], observed=True).size()
        for name in ket.KETS:
            k = [int(hits.get((area, name), 0)) for area in (first, second)]
            rows.append((first, second, name, k[0], int(base[first]), k[1], int(base[second])))
    columns = ["first", "second", "ket", "n_first", "base_first", "n_second", "base_second"]
    table = pd.DataFrame(rows, columns=columns)
    counts = [table[c] for c in columns[3:]]
    known = (table["base_first"] > 0) & (table["base_second"] > 0)
    p = [
        exact.fisher(*row) if ok else float("nan") for ok, *row in zip(known, *counts, strict=True)
    ]
    ends = estimate.difference(*counts)
    return table.join(ends).assign(p=pd.Series(p, dtype="float64"), p_holm=profiles.holm(p))


def field_shares(study: Dataset, rule: Rule | None = None) -> pd.DataFrame:
    """One row per (area, WIPO field 1..35): as `ket_shares`, with field_id."""
    rule = rule or study.rule
    return _shares(study, rule, study.fields, "field_id", list(range(1, 36)))


def sector_shares(study: Dataset, rule: Rule | None = None) -> pd.DataFrame:
    """One row per (area, WIPO sector 1..5): as `ket_shares`, with sector_id."""
    rule = rule or study.rule
    names = fields.table()
    sector = names.set_index("field_id")["sector_id"]
    sectors = study.fields.assign(sector_id=study.fields["field_id"].map(sector))
    return _shares(study, rule, sectors, "sector_id", sorted(sector.unique()))


def _shares(
    study: Dataset, rule: Rule, labels: pd.DataFrame, label: str, every: list[object]
) -> pd.DataFrame:
    areas = [*study.territories]
    if study.study.reference:
        areas.append(study.study.reference.named("en"))
    units = study.units_by(rule)
    units = units[units["area"].isin(areas)]
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


def any_ket(study: Dataset, rule: Rule | None = None) -> pd.DataFrame:
    """One row per area: units with at least one KET, as `ket_shares`."""
    rule = rule or study.rule
    tagged = study.tags[["application_id"]].drop_duplicates().assign(any_ket="any")
    return _shares(study, rule, tagged, "any_ket", ["any"]).drop(columns="any_ket")


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


def overlap(study: Dataset) -> pd.DataFrame:
    """
    Units of the territories that carry two KETs together: one row and one column per KET.

    The diagonal counts the units of a KET; a unit of both territories counts once.
    """
    units = study.units[study.units["area"].isin(study.territories)]["unit_id"].unique()
    carried = counting.labels_of_units(study.tags, study.applications, study.rule.unit, "ket")
    carried = carried[carried["unit_id"].isin(units)]
    flags = pd.crosstab(carried["unit_id"], carried["ket"].astype(str)) > 0
    flags = flags.reindex(columns=list(ket.KETS), fill_value=False).astype(int)
    together = flags.T @ flags
    return together.rename_axis(index="ket", columns="with_ket")


def by_applicant_kind(study: Dataset) -> pd.DataFrame:
    """
    One row per (area, applicant kind): units, units with a KET, share with interval.

    A unit with a company and a university counts under both kinds.
    """
    applicants = study.parties[study.parties["role"] == "applicant"].dropna(subset="kind")
    kinds = counting.labels_of_units(
        applicants[["application_id", "kind"]], study.applications, study.rule.unit, "kind"
    )
    tagged = counting.labels_of_units(study.tags, study.applications, study.rule.unit, "ket")
    units = study.units[study.units["area"].isin(study.territories)]
    units = units[units["has_ipc"].astype(bool)].merge(
        kinds.rename(columns={"kind": "applicant_kind"}), on="unit_id"
    )
    units["has_ket"] = units["unit_id"].isin(tagged["unit_id"])
    grouped = units.groupby(["area", "applicant_kind"], observed=True)
    table = pd.DataFrame(
        {
            "base": grouped["weight"].sum(),
            "n": units[units["has_ket"]]
            .groupby(["area", "applicant_kind"], observed=True)["weight"]
            .sum(),
        }
    ).fillna({"n": 0.0})
    table = table.reset_index()
    table = table.join(estimate.share(table["n"], table["base"]))
    order = {area: i for i, area in enumerate(study.territories)}
    return table.sort_values(
        ["area", "base", "applicant_kind"],
        key=lambda c: (
            c.astype("str").map(order) if c.name == "area" else -c if c.name == "base" else c
        ),
        kind="stable",
        ignore_index=True,
    )


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


def sensitivity_to_scheme(study: Dataset) -> pd.DataFrame:
    """
    Shares per KET under each reading of the rules, and under the WIPO-field proxy as control.

    One row per (variant, area, KET), territories only: n, base, share, low, high.
    """
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
        table = _shares(study, study.rule, tags, "ket", list(ket.KETS))
        parts.append(table[table["area"].isin(study.territories)].assign(variant=variant))
    return pd.concat(parts, ignore_index=True)[
        ["variant", "area", "ket", "n", "base", "share", "low", "high"]
    ]
