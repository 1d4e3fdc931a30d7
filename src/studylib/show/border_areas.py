"""The page on border areas: joint projects beside chance, totals, co-invention, practices."""

from typing import Any

import pandas as pd

from studylib import figures
from studylib.diversify import framework_projects
from studylib.diversify.border_areas import OWN
from studylib.figures.picture import Picture
from studylib.language import given
from studylib.language.words import _, interval, number
from studylib.patents.dataset import Dataset
from studylib.report.labels import AGAINST_CHANCE, PAIR_KIND, label
from studylib.report.table import Table, table
from studylib.show import common
from studylib.show.measures import unit_of

CORDIS, RTOT, MHAB = "cordis_fp7", "eurostat_pat_ep_rtot", "eurostat_pat_ep_mhab"


def region_name(code: str) -> str:
    """A region in the language of the page."""
    return given.name_of(code, framework_projects.region_names())


def pair_name(row: "pd.Series[Any]") -> str:
    """Two regions."""
    return f"{region_name(row['region'])} – {region_name(row['other_region'])}"


def joint_projects(pairs: pd.DataFrame) -> Picture:
    """Joint projects of each pair over what chance gives."""
    named = pairs.assign(
        item=[pair_name(row) for _i, row in pairs.iterrows()],
        group=[label(PAIR_KIND, kind) for kind in pairs["kind"]],
        shown=pairs["verdict"] != "not shown",
    )
    return figures.ratios(
        named,
        by="group",
        ratio="ratio",
        low="ratio_low",
        high="ratio_high",
        territories=[label(PAIR_KIND, kind) for kind in dict.fromkeys(pairs["kind"])],
        title=_("Joint European projects: how many times as many as by chance"),
        measure=_(
            "FP7 projects 2007–2013 with organisations of both regions, over what chance gives; 1 "
            "is as many"
        ),
        alt=_("One row for each pair of regions, one mark with its interval, around 1."),
        note=_(
            "Chance keeps how many organisations each project has and how often each region takes "
            "part. Pale: within what chance gives."
        ),
        source=common.of_register(CORDIS),
        name="joint_projects",
    )


def joint_project_table(pairs: pd.DataFrame) -> Table:
    """The same with counts, and with chance inside countries."""
    return table(
        pairs.assign(
            item=[pair_name(row) for _i, row in pairs.iterrows()],
            kind_name=[label(PAIR_KIND, kind) for kind in pairs["kind"]],
            verdict_name=[label(AGAINST_CHANCE, one) for one in pairs["verdict"]],
            in_country=[label(AGAINST_CHANCE, one) for one in pairs["verdict_in_country"]],
        ),
        title=_("Joint European projects, pair by pair"),
        measure=_("FP7 projects 2007–2013"),
        columns={
            "item": _("Pair of regions"),
            "kind_name": _("Kind of pair"),
            "joint": _("Joint projects"),
            "expected": _("By chance"),
            "verdict_name": _("Against chance"),
            "expected_in_country": _("By chance, countries kept"),
            "in_country": _("Against that"),
        },
        formats={
            "joint": "count",
            "expected": common.or_dash("number", 1),
            "expected_in_country": common.or_dash("number", 1),
        },
        note=_(
            "By chance: the mean of {n} draws that deal the regions anew over all participants; "
            "countries kept: over the participants of each country. More or fewer: outside 95% of "
            "the draws.",
            n=number(pairs["draws"].max()),
        ),
        source=common.of_register(CORDIS),
        csv_name="joint_projects",
    )


def joint_project_list(study: Dataset, projects: pd.DataFrame) -> Table:
    """The projects with organisations of both territories: who, about what."""
    names = framework_projects.programme_names()
    sides = {
        f"side_{place}": projects[projects["area"] == area]
        .groupby("project")["name"]
        .agg("; ".join)
        for place, area in enumerate(study.territories)
    }
    each = projects.drop_duplicates("project")[["project", "programme", "topic"]]
    for column, said in sides.items():
        each = each.assign(**{column: each["project"].map(said).fillna("–").to_numpy()})
    return table(
        each.assign(
            theme=[given.name_of(p, names) if p else _("not told") for p in each["programme"]],
            number=each["project"].astype("str"),
        ),
        title=_("Projects with organisations of both territories"),
        measure=_("Seventh Framework Programme, 2007–2013"),
        columns={
            "number": _("Project (CORDIS)"),
            "theme": _("Programme"),
            **{f"side_{p}": study.area_name(a) for p, a in enumerate(study.territories)},
        },
        note=_("Names as registered. Large institutes count at their seat."),
        source=common.of_register(CORDIS),
        most=12,
        csv_name="joint_project_list",
    )


def project_programmes(study: Dataset, programmes: pd.DataFrame) -> Table:
    """What the two sides took part in, by programme."""
    names = framework_projects.programme_names()
    columns = {f"n_{place}": study.area_name(a) for place, a in enumerate(study.territories)}
    return table(
        programmes.assign(
            theme=[given.name_of(p, names) if p else _("not told") for p in programmes["programme"]]
        ),
        title=_("What both sides took part in"),
        measure=_("Participations in FP7, 2007–2013; projects with both"),
        columns={"theme": _("Programme"), **columns, "joint": _("Joint projects")},
        formats=dict.fromkeys([*columns, "joint"], "count"),
        note=_(
            "Not told: the data name no programme. Information technology and the European Research "
            "Council are mostly among these, so they cannot be read from this table."
        ),
        source=common.of_register(CORDIS),
        most=12,
        csv_name="project_programmes",
    )


def area_totals(study: Dataset, totals: pd.DataFrame) -> Table:
    """All applications of the sides of every border area, and per million inhabitants."""
    return table(
        totals.assign(
            area_name=[area_name(study, a) for a in totals["area"]],
            side_name=[side_name(study, s) for s in totals["side"]],
        ),
        title=_("How much the sides of each border area file"),
        measure=_(
            "Applications to the EPO, {first} to {last}, by inventor's residence",
            first=study.first_year,
            last=study.last_year,
        ),
        columns={
            "area_name": _("Border area"),
            "side_name": _("Side"),
            "applications": _("Applications"),
            "per_million": _("Per million inhabitants and year"),
        },
        formats={
            "applications": common.or_dash("number", 1),
            "per_million": common.or_dash("number", 1),
        },
        intervals={},
        source=common.sources_line(common.of_register(RTOT), common.of_register(MHAB)),
        csv_name="area_totals",
    )


def co_invention(study: Dataset, pairs: pd.DataFrame) -> Table:
    """Families with inventors of two sides, beside chance, for every border area."""
    return table(
        pairs.assign(
            area_name=[area_name(study, a) for a in pairs["area"]],
            item=[
                f"{side_name(study, a)} – {side_name(study, b)}"
                for a, b in zip(pairs["side"], pairs["other_side"], strict=True)
            ],
            drawn=[
                interval(low, high, 0, as_percent=False)
                for low, high in zip(pairs["low"], pairs["high"], strict=True)
            ],
        ),
        title=_("Inventors of two sides on one patent"),
        measure=unit_of(study),
        columns={
            "area_name": _("Border area"),
            "item": _("Pair of sides"),
            "joint": _("Of both"),
            "expected": _("If inventors met by chance"),
            "drawn": _("95% of draws"),
            "ratio": _("Times chance"),
        },
        formats={
            "joint": "count",
            "expected": common.or_dash("number", 1),
            "drawn": "figures",
            "ratio": common.or_dash("number"),
        },
        intervals={},
        note=_(
            "Inventors work mostly with those beside them, so nearly every pair lies far below "
            "chance; what can be compared is how far, from one pair to the next."
        ),
        source=common.source(study),
        csv_name="co_invention",
    )


def concentration(study: Dataset, areas: pd.DataFrame) -> Table:
    """Over how many technologies each area spreads."""
    return table(
        areas.assign(area_name=[study.area_name(a) for a in areas["area"]]),
        title=_("Over how many technology fields an area spreads"),
        measure=unit_of(study),
        columns={
            "area_name": _("Area"),
            "n": _("With a field"),
            "fields": _("Fields, as if equally large"),
            "unrelated": _("Variety between sectors, in bits"),
            "related": _("Variety inside sectors, in bits"),
        },
        formats={
            "n": "count",
            "fields": "number",
            "unrelated": common.or_dash("number"),
            "related": common.or_dash("number"),
        },
        intervals={"fields": ("low", "high")},
        source=common.source(study),
        csv_name="concentration",
    )


def area_kets(study: Dataset, shares: pd.DataFrame) -> Table:
    """KET shares of every border area."""
    return table(
        shares.assign(
            ket_name=[study.ket_name(key) for key in shares["ket"]],
            area_name=[study.area_name(a) for a in shares["area"]],
        ),
        title=_("Key enabling technologies of every border area"),
        measure=unit_of(study),
        columns={
            "ket_name": _("KET"),
            "area_name": _("Area"),
            "n": _("Number"),
            "base": _("Of"),
            "share": _("Share (95% interval)"),
        },
        formats={"n": "count", "base": "count"},
        source=common.source(study),
        most=24,
        csv_name="area_kets",
    )


def practices(told: pd.DataFrame) -> Table:
    """What other border areas do, who says so, and what of it can be measured here."""
    return table(
        pd.DataFrame(
            {
                column: [given.of_row(row, column) for _i, row in told.iterrows()]
                for column in ("area", "practice", "measured", "source")
            }
        ),
        title=_("What other border areas do"),
        columns={
            "area": _("Border area"),
            "practice": _("Practice"),
            "measured": _("What of it can be measured"),
            "source": _("Told by"),
        },
        source=common.of_register("border_practices"),
        csv_name="border_practices",
    )


def area_name(study: Dataset, area: str) -> str:
    """A border area as named on the page; the study's own is its territories."""
    if area == OWN:
        return " – ".join(common.territory_names(study))
    return study.area_name(area)


def side_name(study: Dataset, side: str) -> str:
    """A side: a territory by its name, a region by its name or its code."""
    if side in study.territories:
        return study.area_name(side)
    names = framework_projects.region_names()
    return given.name_of(side, names) if side in names else side
