"""Sentences of the data page on what the exports do not hold, and what follows from that."""

from typing import Any

from studylib.language.counted import classified_applications
from studylib.language.words import _, listing, ngettext, percent
from studylib.patents import coverage
from studylib.patents.dataset import Dataset
from studylib.report.labels import COLUMN, label
from studylib.report.prose import Prose, prose


def completeness(study: Dataset) -> Prose:
    """Which fields the exports do not know at all, and which they know in part."""
    table = coverage.completeness(study)
    if not len(study.applications):
        return prose(_("There is no application in the period."))
    absent = [label(COLUMN, c) for c in table.loc[table["n"] == 0, "column"]]
    partly = table[(table["n"] > 0) & (table["n"] < table["base"])]
    return prose(
        _("The exports do not contain: {fields}.", fields=listing(absent)) if absent else None,
        _(
            "Known in part: {fields}.",
            fields=listing(
                f"{label(COLUMN, r.column)} ({_part(r.share)})" for r in partly.itertuples()
            ),
        )
        if len(partly)
        else None,
    )


def _part(share: Any) -> str:
    """A share that is neither none nor all, and is not rounded to either."""
    written = percent(share)
    if written == percent(1):
        return _("more than {share}", share=percent(0.999))
    if written == percent(0):
        return _("less than {share}", share=percent(0.001))
    return written


def blind_spots(study: Dataset) -> Prose:
    """What follows from the fields the exports lack."""
    table = coverage.completeness(study).set_index("column")["n"]
    located = study.rule.located_by
    is_there = len(study.applications) > 0  # of an empty export nothing follows
    sentences = [
        _(
            "The exports contain no region, so territories are told by the country of the priority "
            "claim: where protection was first asked, which is not always where the inventor lives."
        )
        if is_there and located == "priority"
        else None,
        _(
            "The exports contain the office of filing only: where protection was asked, not where people work."
        )
        if is_there and located == "office"
        else None,
        _("No day of filing is known; years come from priority claims or publications.")
        if is_there and table["filing_date"] == 0 and table["filing_year"] == 0
        else None,
        _(
            "The exports contain no patent families. Applications that claim exactly the same "
            "priorities are taken as one family; families that share only a part of their priorities "
            "are counted apart."
        )
        if is_there and table["exported_family"] == 0
        else None,
        _("Inventions kept secret, services and most software never appear in patent data."),
    ]
    return prose(*sentences)


def ipc_depth(study: Dataset) -> Prose:
    """How many applications are classified too coarsely for rules on subgroups."""
    table = coverage.ipc_depth(study).set_index("level")
    coarse = int(table.loc[["main group", "subclass", "class"], "n"].sum())
    base = int(table["base"].iloc[0])
    if not base:
        return prose(_("No application has an IPC symbol."))
    return prose(
        ngettext(
            "{n} of {applications} ({share}) has no subgroup; no rule that asks for one can "
            "match it.",
            "{n} of {applications} ({share}) have no subgroup; no rule that asks for one can "
            "match them.",
            coarse,
            applications=classified_applications(base),
            share=percent(coarse / base),
        )
    )


def families(study: Dataset) -> Prose:
    """How many applications the families join."""
    joined = study.table("families")
    several = int((joined["n_applications"] > 1).sum())
    if joined.empty:
        return prose(_("There is no application in the period."))
    if not several:
        return prose(_("Every family of the data is one application."))
    return prose(
        ngettext(
            "{n} family of the data joins more than one application.",
            "{n} families of the data join more than one application.",
            several,
        )
    )
