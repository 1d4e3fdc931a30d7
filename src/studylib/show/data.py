"""Tables and figures of the data page."""

import pandas as pd

from studylib import figures
from studylib.figures.picture import Picture
from studylib.files.csv_out import csv_text
from studylib.language import given
from studylib.language.reasons import in_words as reason_in_words
from studylib.language.words import _, listing, ngettext, number
from studylib.patents.dataset import Dataset
from studylib.report.labels import COLUMN, GRAIN, LEVEL, LICENCE, STEP, label
from studylib.report.table import Table, table
from studylib.show.absent import left_out_when_empty
from studylib.show.common import by_area, source
from studylib.show.downloads import Downloads
from studylib.show.provenance import rule_files, shown_checksum
from studylib.show.source_kinds import KIND

SHORT_SUM = 8  # characters of a checksum that tell files apart on a page


def sources(study: Dataset) -> Table:
    """One row per input, rule or reference file: what it is, who made it, licence, checksum."""
    inputs = study.table("sources").astype({"role": "str"})
    own = ["made_up" if flag else "real" for flag in inputs["is_synthetic"]]
    files = pd.concat([inputs.assign(kind=own), rule_files(study)], ignore_index=True)
    shown = files.assign(
        kind=[label(KIND, kind) for kind in files["kind"]],
        checksum=[shown_checksum(told, SHORT_SUM) for told in files["sha256"]],
        licence=[label(LICENCE, text) for text in files["licence"]],
    )
    return table(
        shown,
        title=_("Files this study rests on"),
        columns={
            "file": _("File"),
            given.column(files, "title"): _("What it is"),
            "licence": _("Licence"),
            "kind": _("Real or made up"),
            "checksum": _("SHA-256 begins"),
        },
        most=12,
        csv_name="sources",
    )


def funnel(study: Dataset, steps: pd.DataFrame) -> Table:
    """One row per step: what remains, what the step left out, and why."""
    shown = steps.assign(
        step=[label(STEP, step) for step in steps["step"]],
        grain=[label(GRAIN, grain) for grain in steps["grain"]],
        note=[_(note) for note in steps["note"]],
    )
    return table(
        shown,
        title=_("From what came in to what is counted"),
        measure=_("Number remaining after each step"),
        columns={
            "step": _("Step"),
            "n": _("Remaining"),
            "left_out": _("Left out"),
            "note": _("What was left out"),
        },
        source=source(study),
        csv_name="funnel",
    )


def rejects(study: Dataset, reasons: pd.DataFrame) -> Table:
    """One row per reason, with examples as they stand in the exports."""
    shown = reasons.assign(
        reason=[reason_in_words(reason) for reason in reasons["reason"]],
        column=[label(COLUMN, column) for column in reasons["column"]],
    )
    return table(
        shown,
        title=_("Why values and records were not used"),
        measure=_("Number of values or records"),
        columns={
            "reason": _("Reason"),
            "column": _("Field"),
            "n": _("Number"),
            "examples": _("Examples, as exported"),
        },
        source=source(study),
        sorted_by=("n",),
        csv_name="rejects_by_reason",
    )


@left_out_when_empty
def repairs(study: Dataset, done: pd.DataFrame) -> Table:
    """One row per file and kind of repair, or promise that is not kept."""
    return table(
        done.assign(what=[reason_in_words(what) for what in done["what"]]),
        title=_("What was repaired, and what files promise and do not hold"),
        measure=_("Number of values or rows"),
        columns={"file": _("File"), "what": _("What was done, or is missing"), "n": _("Number")},
        source=source(study),
        csv_name="repairs",
    )


def applications(_study: Dataset, behind: pd.DataFrame) -> Downloads:
    """The applications behind the numbers, as a CSV beside the page: area, KETs, fields, rules."""
    name = "applications"
    return Downloads(
        title=_(
            "The applications behind every number, a row per application and territory, with the "
            "rule, the file and the row"
        ),
        files={f"tables/{name}.csv": csv_text(behind)},
        names={f"tables/{name}.csv": ngettext("{n} row (CSV)", "{n} rows (CSV)", len(behind))},
    )


def coverage(study: Dataset, years: pd.DataFrame) -> Picture:
    """Applications per year and area."""
    shown = by_area(study, years)
    return figures.timeline(
        shown,
        title=_most_in(shown),
        measure=_("Applications; an application of two areas counts in both"),
        alt=_("Lines of the number of applications per year, one line for each area."),
        by="area",
        value="n",
        territories=list(dict.fromkeys(shown["area"])),
        source=source(study),
        name="coverage",
    )


def _most_in(years: pd.DataFrame) -> str:
    """In which area most applications lie, of areas as named on the page."""
    totals = years.groupby("area", sort=False)["n"].sum()
    if not totals.max() > 0:
        return _("No application lies in an area of the study")
    if len(totals) == 1:
        return _("Applications in {area}: {n}", area=totals.index[0], n=number(totals.iloc[0]))
    most = totals[totals == totals.max()]
    return _(
        "Of these areas, most applications: {area}, {n}",
        area=listing(most.index),
        n=number(most.max()),
    )


def completeness(study: Dataset, known: pd.DataFrame) -> Table:
    """One row per field: share of applications that know it."""
    return table(
        known.assign(column=[label(COLUMN, column) for column in known["column"]]),
        title=_("What the records contain"),
        measure=_("Share of the applications in the period"),
        columns={"column": _("Field"), "n": _("Known"), "base": _("Of"), "share": _("Share")},
        # Every application is counted, none is sampled: an interval would say nothing.
        intervals={},
        source=source(study),
        csv_name="completeness",
    )


def ipc_depth(study: Dataset, depth: pd.DataFrame) -> Table:
    """One row per depth of classification."""
    return table(
        depth.assign(level=[label(LEVEL, level) for level in depth["level"]]),
        title=_("How deep the deepest IPC symbol of an application is"),
        measure=_("Share of the applications with an IPC symbol"),
        columns={"level": _("Depth"), "n": _("Applications"), "base": _("Of"), "share": _("Share")},
        intervals={},
        source=source(study),
        csv_name="ipc_depth",
    )
