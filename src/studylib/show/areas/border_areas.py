"""The page on border areas: totals, spread and KETs of every area, practices of the others."""

import pandas as pd

from studylib import figures
from studylib.diversify.portfolios import FEWEST
from studylib.figures.picture import Picture
from studylib.language import given
from studylib.language.counted import units
from studylib.language.words import _
from studylib.patents.dataset import Dataset
from studylib.report.table import Table, table
from studylib.show import common
from studylib.show.absent import Absent, left_out_when_empty
from studylib.show.areas.side_names import area_name, side_name
from studylib.show.measures import unit_of, verified_note

RTOT, MHAB = "eurostat_pat_ep_rtot", "eurostat_pat_ep_mhab"


def _of_areas(study: Dataset, of_areas: str, of_sides: str, of_one: str) -> str:
    """A title for what a study has: other border areas, or its own sides alone, or one territory."""
    if study.definition.comparison:
        return of_areas
    return of_one if len(study.territories) == 1 else of_sides


@left_out_when_empty
def area_totals(study: Dataset, totals: pd.DataFrame) -> Table:
    """All applications of the sides of every border area, and per million inhabitants."""
    return table(
        totals.assign(
            area_name=[area_name(study, a) for a in totals["area"]],
            side_name=[side_name(study, s) for s in totals["side"]],
        ),
        title=_of_areas(
            study,
            _("How much the sides of each border area file"),
            _("How much the sides file"),
            _("How much the territory files"),
        ),
        measure=_(
            "Applications to the EPO, {first} to {last}, by inventor's residence",
            first=totals["first_year"].min(),
            last=totals["last_year"].max(),
        ),
        columns={
            "side_name": _("Side"),
            "area_name": _("Border area"),
            "applications": _("Applications"),
            "per_million": _("Per million inhabitants and year"),
        },
        formats={
            "applications": common.or_dash("count"),
            "per_million": common.or_dash("count"),
        },
        intervals={},
        source=common.sources_line(common.of_register(RTOT), common.of_register(MHAB)),
        csv_name="area_totals",
    )


@left_out_when_empty
def area_rates(study: Dataset, totals: pd.DataFrame) -> Picture | Absent:
    """Applications per million inhabitants of each side, the most first."""
    known = totals.dropna(subset="per_million").sort_values(
        "per_million", ascending=False, kind="stable"
    )
    if len(known) <= 1:  # of one side there is no most and no fewest
        return Absent()
    return figures.bars(
        known.assign(item=[side_name(study, side) for side in known["side"]]),
        value="per_million",
        title=_(
            "Patent applications per inhabitant: most in {most}, fewest in {fewest}",
            most=side_name(study, known["side"].iloc[0]),
            fewest=side_name(study, known["side"].iloc[-1]),
        ),
        measure=_(
            "Applications to the EPO per million inhabitants and year, {first} to {last}",
            first=totals["first_year"].min(),
            last=totals["last_year"].max(),
        ),
        alt=_("One bar for each side of a border area."),
        source=common.of_register(MHAB),
        name="area_rates",
    )


@left_out_when_empty
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
        },
        formats={"n": "count", "fields": common.or_dash("number")},
        intervals={"fields": ("low", "high")},
        note=_(
            "An area of fewer than {units} with a technology field has no row.",
            units=units(study.rule.unit, FEWEST),
        )
        if len(areas) < len(study.local_areas)
        else "",
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
        title=_of_areas(
            study,
            _("Key enabling technologies of every border area"),
            _("Key enabling technologies of each side"),
            _("Key enabling technologies of the territory"),
        ),
        measure=unit_of(study),
        columns={
            "ket_name": _("KET"),
            "area_name": _("Area"),
            "n": _("Number"),
            "base": _("Of"),
            "share": _("Share (95% interval)"),
        },
        formats={"n": "count", "base": "count"},
        note=verified_note(study),
        source=common.source(study, "patents", "ket"),
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
        title=_("What border areas do"),
        columns={
            "area": _("Border area"),
            "practice": _("Practice"),
            "measured": _("What of it can be measured"),
            "source": _("Told by"),
        },
        source=common.of_register("border_practices"),
        csv_name="border_practices",
    )
