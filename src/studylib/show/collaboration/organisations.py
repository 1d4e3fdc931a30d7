"""The list of cluster organisations: in numbers, and row by row."""

import pandas as pd

from studylib.language import given
from studylib.language.words import _, is_missing, listing
from studylib.network import Network
from studylib.network import labels as names
from studylib.patents.dataset import Dataset
from studylib.report.table import Table, table
from studylib.show.common import (
    by_area,
    source,
)
from studylib.show.folded import Folded


def the_list(study: Dataset, counts: pd.DataFrame) -> Table:
    """The list in numbers, per territory."""
    if not counts["n_unknown"].any():
        counts = counts.drop(columns="n_unknown")
    return table(
        by_area(study, counts),
        title=_("The list of cluster organisations"),
        measure=_("Number of organisations"),
        columns={
            "area": _("Territory"),
            "n": _("Organisations"),
            "n_seen": _("Public page seen"),
            "n_sectors": _("Sectors"),
            "n_without_patents": _("In services only"),
            **({"n_unknown": _("In sectors no rule knows")} if "n_unknown" in counts else {}),
        },
        note=_("Services do not patent.")
        if (counts["n"] == counts["n_seen"]).all()
        else _("The other rows are recalled, not seen; services do not patent."),
        source=source(study, "clusters"),
        csv_name="the_list",
    )


def organisations(study: Dataset, network: Network) -> Folded:
    """Every organisation with what the list states of it, and how well that is known."""
    rows = network.organisations
    kets = rows["kets"].astype("object")
    shown = table(
        rows.assign(
            area=[study.area_name(area) for area in rows["territory"]],
            sector_names=[names.sectors(network.sectors, keys) for keys in rows["sectors"]],
            ket_names=[_kets(study, keys) for keys in kets],
            source=[given.of_row(row, "source") for _place, row in rows.iterrows()],
            known=[names.evidence(text) for text in rows["evidence"].astype("object")],
        )[["name", "area", "place", "sector_names", "ket_names", "known", "source"]],
        title=_("Who is on the list"),
        measure=_("What the list states; a sector is what an organisation works in"),
        columns={
            "name": _("Organisation"),
            "area": _("Territory"),
            "sector_names": _("Sectors"),
            "ket_names": _("KETs stated"),
            "known": _("Evidence"),
            "source": _("Rests on"),
        },
        source=source(study, "clusters"),
        most=40,
        csv_name="organisations",
    )
    return Folded(_("The whole list, with what each row rests on"), shown)


def _kets(study: Dataset, keys: object) -> str:
    """KETs of a row in words; a dash where the list states none."""
    return "–" if is_missing(keys) else listing(map(study.ket_name, str(keys).split(";")))
