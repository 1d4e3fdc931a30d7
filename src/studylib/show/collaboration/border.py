"""Which sectors meet across the border, and what patents show of them."""

import pandas as pd

from studylib import figures
from studylib.figures.border import GROUNDS
from studylib.figures.picture import Picture
from studylib.language.counted import sectors as sectors_in_words
from studylib.language.words import _, listing, ngettext, number
from studylib.network import labels as names
from studylib.network import sectors
from studylib.patents.dataset import Dataset
from studylib.report.cells import Format
from studylib.report.labels import label
from studylib.report.table import Table, table
from studylib.show.common import (
    marked,
    of_register,
    or_dash,
    source,
    sources_line,
    territory_names,
    with_mark,
)
from studylib.show.diversification.specialisation import EUROSTAT
from studylib.show.real_shares import real_shares

TWO = 2  # territories whose sectors are one matrix


def border(study: Dataset, matrix: pd.DataFrame) -> Picture:
    """Sectors of one side against sectors of another, for every two sides."""
    met, known = matrix.dropna(subset="basis"), sectors.of_study(study.definition)
    areas = territory_names(study)
    named = met.assign(
        sector=[known.name(key) for key in met["sector"]],
        other_sector=[known.name(key) for key in met["other_sector"]],
    )
    if len(areas) > TWO:
        ends = zip(met["first"], met["second"], strict=True)
        named = named.assign(
            sides=[f"{study.area_name(a)} – {study.area_name(b)}" for a, b in ends]
        )
    return figures.border(
        named,
        title=_finding(matrix),
        measure=_measure(areas),
        alt=_("A matrix of sectors with the number of pairs and the ground they stand on."),
        grounds={basis: label(names.BASIS, basis) for basis in GROUNDS},
        note=_(
            "Empty cells: nothing in the list or the rules joins the two sectors. Shared "
            "technology: by our rules both have some of the same patents; no patent was looked at."
        ),
        source=source(study, "clusters", "sectors", "themes"),
        name="border",
    )  # fmt: skip


def _measure(areas: list[str]) -> str:
    """What the cells count, and which side is down."""
    if len(areas) > TWO:
        return _(
            "Pairs of organisations; of every two territories the first down, the second across"
        )
    first, *others = areas
    return _(
        "Pairs of organisations: {first} down, {others} across", first=first,
        others=listing(others) if others else _("no other territory"),
    )  # fmt: skip


def _finding(matrix: pd.DataFrame) -> str:
    """How many sectors of the list meet another across the border, how many of them their own."""
    met = matrix.dropna(subset="basis")
    joined = {*met["sector"], *met["other_sector"]}
    listed = {*matrix["sector"], *matrix["other_sector"]}
    same = met.loc[met["sector"] == met["other_sector"], "sector"].nunique()
    return ngettext(
        "Of {sectors} of the list, {n} could meet one across the border ({same} its own)",
        "Of {sectors} of the list, {n} could meet one across the border ({same} their own)",
        len(joined),
        sectors=sectors_in_words(len(listed)),
        same=number(same),
    )


def sector_evidence(study: Dataset, evidence: pd.DataFrame) -> Table:
    """Per sector: organisations, patents of the territories, and patents of both together."""
    count: Format = "count" if study.rule.weights == "whole" else "number"
    places = range(len(study.territories))
    sides = " | ".join(territory_names(study))
    known = sectors.of_study(study.definition)

    def beside(column: str, how: Format) -> list[str]:
        """The numbers of all territories in one cell, in their order."""
        write = or_dash(how)
        values = zip(*(evidence[f"{column}_{place}"] for place in places), strict=True)
        return [" | ".join(write(value) for value in row) for row in values]

    real = real_shares(study, evidence["sector"])
    shown = evidence.assign(
        name=[known.name(key) for key in evidence["sector"]],
        organisations=beside("n", "count"),
        patents=beside("patents", count),
    )
    return table(
        with_mark(study, shown, *(f"patents_{place}" for place in places), "n_joint"),
        title=_("What could be, and what patents show"),
        measure=_("Organisations of the list, and patents with an IPC symbol of their sector"),
        columns={
            "name": _("Sector"),
            "organisations": _("Organisations: {sides}", sides=sides),
            "patents": marked(study, _("Patents: {sides}", sides=sides), "patents"),
            "n_joint": marked(study, _("Joint patents of the sides"), "patents"),
        },
        formats={"n_joint": or_dash("count")},
        note=_(
            "IPC symbols by sector: our choice, with a reason in each row of the rule file. A patent may lie in several sectors. "
            "Patents are those of the territory, not of the organisations. –: services do not "
            "patent, or no rule knows the sector."
        )
        + (f" {real}" if real else ""),
        source=sources_line(
            source(study, "clusters", "patents", "sectors"),
            of_register(EUROSTAT) if real else "",
        ),
        most=40,
        csv_name="sector_evidence",
    )
