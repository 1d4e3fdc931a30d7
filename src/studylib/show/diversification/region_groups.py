"""Regions in groups by their portfolios: the map, which groups hold, what each does more."""

from collections.abc import Collection
from typing import Any

import pandas as pd

from studylib import figures
from studylib.figures.picture import Picture
from studylib.ket.fields import field_name, field_names
from studylib.language.words import _, number, percent
from studylib.report.labels import STABILITY, label
from studylib.report.table import Table, table

MOST_FIELDS = 4  # of a group


def two(value: Any) -> str:
    """A measure with two decimals."""
    return number(value, 2)


def portfolio_map(places: pd.DataFrame, named: Collection[str] = ()) -> Picture:
    """Regions on the map of their portfolios; those of these names are named."""
    first = places.iloc[0]
    told = places.assign(
        item=places["region"],
        by=[_("Group {n}").format(n=number(group)) for group in places["group"]],
        is_named=places["region"].isin(list(named)),
    ).sort_values(["group", "region"], kind="stable")
    return figures.cloud(
        told,
        title=_(
            "{n} regions by how alike they file, in {groups} groups",
            n=number(len(places)),
            groups=number(places["group"].nunique()),
        ),
        measure=_(
            "Near: alike by shares of technology fields, whatever the size; the axes have no unit of their own"
        ),
        alt=_(
            "One mark for each region, by group; named ones with a cross as wide as chance moves them."
        ),
        note=_(
            "The map keeps {part} of all differences; near on it is near in truth to {trust}."
        ).format(part=percent(first["shown"], 0), trust=percent(first["trust"], 0)),
        name="portfolio_map",
    )


def portfolio_groups(found: pd.DataFrame) -> Table:
    """Which numbers of groups hold, one row for each group."""
    return table(
        found.assign(
            said=[label(STABILITY, key) for key in found["verdict"]],
            chosen=[_("yes") if chosen else "–" for chosen in found["is_chosen"]],
        ),
        title=_("Do the regions fall into groups that hold?"),
        measure=_("How far a group comes back when regions are left out and patents dealt anew; 1: whole"),
        columns={
            "n_groups": _("Groups"), "group": _("Group"), "n_regions": _("Regions"),
            "jaccard": _("Comes back"), "said": _("Verdict"), "separation": _("Apart"),
            "p": _("By chance"), "chosen": _("Holds"),
        },
        formats={"jaccard": two, "separation": two, "p": two},
        note=_("Stable from 0.75, dissolved below 0.5 (Hennig 2007). By chance: how often a cloud without groups is parted as well. A number of groups holds where all are stable and chance is below 5%.")
        if found["is_chosen"].any()
        else _("No number of groups holds: the regions differ by degrees, not by kinds. That is a result."),
        csv_name="portfolio_groups",
    )  # fmt: skip


def portfolio_profiles(profiles: pd.DataFrame) -> Table:
    """What each group does more than the other regions: the first fields by quotient."""
    known = field_names()
    first = profiles.dropna(subset="quotient").groupby("group", sort=True).head(MOST_FIELDS)
    return table(
        first.assign(
            item=[field_name(key) if key in known else str(key) for key in first["field_id"]],
        ),
        title=_("What do the regions of a group do more than the others?"),
        measure=_("Mean share of the field over the regions of the group, over that of all other regions"),
        columns={
            "group": _("Group"), "n_regions": _("Regions"), "item": _("Technology field"),
            "share": _("Mean share"), "quotient": _("Times the others"),
        },
        formats={"share": "share", "quotient": two},
        note=_("Described after the groups were found: no test stands behind these numbers."),
        csv_name="portfolio_profiles",
    )  # fmt: skip
