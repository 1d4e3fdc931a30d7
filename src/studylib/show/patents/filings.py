"""Patents per year, field and applicant, and beside published totals."""

import pandas as pd

from studylib import figures
from studylib.figures.picture import Picture
from studylib.ket.fields import field_name, sector_name
from studylib.language.words import _, number
from studylib.language.words import years as in_years
from studylib.patents.dataset import Dataset
from studylib.patents.differences import sector_differences
from studylib.report.labels import APPLICANT_KIND, label
from studylib.report.table import Table, table
from studylib.show import findings
from studylib.show.absent import left_out_when_empty
from studylib.show.common import (
    area_names,
    by_area,
    dots,
    headed,
    marked,
    side_by_side,
    source,
    wholly,
    with_mark,
)
from studylib.show.measures import count_formats, share_of, unit_of, verified_note


def timeline(study: Dataset, years: pd.DataFrame) -> Picture:
    """Counted units per year and territory, incomplete last years marked."""
    cut = years.loc[years["is_truncated"], "year"]
    return figures.timeline(
        by_area(study, years),
        title=_(
            "Patents {years}: {sides}",
            years=in_years(study.first_year, study.last_year),
            sides=findings.totals(by_area(study, years), 0 if study.rule.weights == "whole" else 1),
        ),
        measure=unit_of(study),
        alt=_(
            "One line for each territory, from {first} to {last}.",
            first=study.first_year,
            last=study.last_year,
        ),
        by="area",
        value="n",
        incomplete_from=None if cut.empty else int(cut.min()),
        territories=area_names(study),
        source=source(study),
        name="timeline",
    )


def classified(study: Dataset, counts: pd.DataFrame) -> Table:
    """How many units have an IPC symbol: the base of every share on the page."""
    return table(
        by_area(study, counts),
        title=_("The base of every share on this page"),
        measure=unit_of(study),
        note=_(
            "Without an IPC symbol nothing can be said of fields and KETs: unclassified, not “none”."
        ),
        columns={
            "area": _("Territory"),
            "n": _("All"),
            "n_with_ipc": _("With IPC"),
            "n_unclassified": _("Unclassified"),
        },
        formats=count_formats(study, "n", "n_with_ipc", "n_unclassified"),
        source=source(study),
        csv_name="classified",
    )


def sectors(study: Dataset, shares: pd.DataFrame) -> Picture:
    """The five WIPO sectors, side against side."""
    return dots(
        study,
        shares,
        "sector_id",
        {key: sector_name(key) for key in shares["sector_id"]},
        title=headed(_sectors_found(study, shares), wholly(study)),
        measure=share_of(study),
        alt=_("One row for each of the five sectors, one mark with its interval for each area."),
        rule="fields",
        name="sectors",
    )


def _sectors_found(study: Dataset, shares: pd.DataFrame) -> str:
    """Which sectors differ; of one territory, which is the most frequent."""
    if len(study.territories) == 1:
        return findings.most_frequent(study, shares, "sector_id", sector_name)
    none = _("No sector shows a difference between the territories")
    tests = sector_differences(study)
    found = findings.of_sides(study, tests, sector_name, item="sector_id", none=none)
    return found or _("The territories cannot be compared")


def fields(study: Dataset, shares: pd.DataFrame) -> Table:
    """All fields that occur in the territories, most frequent first."""
    here = shares[shares["area"].isin(study.territories)]
    total = here.groupby("field_id")["n"].sum()
    met = shares.assign(total=shares["field_id"].map(total)).query("total > 0")
    ranked = met.sort_values(["total", "field_id"], ascending=[False, True], kind="stable")
    wide, sides = side_by_side(study, ranked, "field_id")
    return table(
        wide.assign(name=[field_name(key) for key in wide["field_id"]]),
        title=_("Technology fields, most frequent first"),
        measure=share_of(study),
        columns={"name": _("Technology field"), **sides.columns},
        formats=sides.formats,
        intervals=sides.intervals,
        note=_left_out(study) if (total == 0).any() else "",
        source=source(study, "patents", "fields"),
        most=15,
        csv_name="fields",
    )


def _left_out(study: Dataset) -> str:
    """Which fields have no row."""
    if len(study.territories) == 1:
        return _("Fields without a patent in the territory are left out.")
    return _("Fields without a patent in the territories are left out.")


def applicants(study: Dataset, kinds: pd.DataFrame) -> Table:
    """Types of applicant and their share with any KET."""
    shown = by_area(study, kinds)
    return table(
        shown.assign(kind_name=[label(APPLICANT_KIND, key) for key in shown["applicant_kind"]]),
        title=_("Types of applicant"),
        measure=_("Share of each type's classified patents with at least one KET"),
        columns={
            "area": _("Territory"),
            "kind_name": _("Applicant"),
            "n": _("With a KET"),
            "base": _("Of"),
            "share": _("Share (95% interval)"),
        },
        formats=count_formats(study, "n", "base"),
        note=verified_note(study),
        source=source(study, "patents", "names", "ket"),
        csv_name="applicants",
    )


@left_out_when_empty
def published_totals(study: Dataset, totals: pd.DataFrame) -> Table:
    """Eurostat's totals for the territories beside the records of this study."""
    if len(study.territories) == 1:
        totals = totals[totals["area"] != ""]  # all territories are that one
    names = [study.area_name(area) if area else _("All territories") for area in totals["area"]]
    return table(
        with_mark(study, totals.assign(area=names), "n", "share"),
        title=_("Published totals beside the records of this study"),
        measure=_(
            "EPO applications, {first} to {last}", first=study.first_year, last=study.last_year
        ),
        columns={
            "area": _("Territory"),
            "published": _("Published total"),
            "n": marked(study, _("Applications to the EPO in this study"), "patents"),
            "share": _("As a share of the published total"),
        },
        formats={"published": lambda value: number(value, 1)},
        intervals={},
        note=_(
            "Published: by inventor's residence and priority year, in fractional counting. This "
            "study: by the date the study counts, each application once per territory; so the share is "
            "a rough one."
        ),
        source=source(study, "eurostat", "patents"),
        csv_name="published_totals",
    )
