"""The same shares under other ways of counting and other readings of the rules."""

import pandas as pd

from studylib.language.words import _
from studylib.patents.dataset import Dataset
from studylib.report.labels import BASIS, UNIT, VARIANT, WEIGHTS, label
from studylib.report.table import Table, table
from studylib.show.common import (
    side_by_side,
    source,
)
from studylib.show.measures import share_of, verified_note


def by_counting(study: Dataset, ways: pd.DataFrame) -> Table:
    """The share with any KET under every way of counting: one row per way, a column per area."""
    way = ways["unit"] + "|" + ways["located_by"] + "|" + ways["weights"]
    wide, sides = side_by_side(study, ways.assign(way=way), "way")
    parts = wide["way"].astype("str").str.split("|", expand=True).reindex(columns=range(3))
    shown = {name: text for name, text in sides.columns.items() if name.startswith("share")}
    areas = [study.area_name(area) for area in study.territories]
    return table(
        wide.assign(
            unit=[label(UNIT, key) for key in parts[0]],
            basis=[label(BASIS, key) for key in parts[1]],
            weights=[label(WEIGHTS, key) for key in parts[2]],
        ),
        title=_("The share with any KET under every way of counting"),
        measure=_("Share of classified units with at least one KET"),
        columns={
            "unit": _("Counted"),
            "basis": _("Located by"),
            "weights": _("Counting"),
            **dict(zip(shown, areas, strict=len(ways) > 0)),  # no row, no area
        },
        formats=sides.formats,
        intervals=sides.intervals,
        note=verified_note(study),
        source=source(study, "patents", "ket"),
        most=40,
        csv_name="by_counting",
    )


def by_scheme(study: Dataset, readings: pd.DataFrame) -> Table:
    """Shares per KET under other readings of the rules: one row per KET and reading."""
    pair = readings["ket"] + "|" + readings["variant"]
    order = {key: i for i, key in enumerate(study.scheme.kets)}
    sorted_ = readings.assign(pair=pair, rank=readings["ket"].map(order))
    sorted_ = sorted_.sort_values(["rank", "variant"], kind="stable")
    wide, sides = side_by_side(study, sorted_, "pair")
    parts = wide["pair"].str.split("|", expand=True)
    shown = {name: text for name, text in sides.columns.items() if name.startswith("share")}
    areas = [study.area_name(area) for area in study.territories]
    return table(
        wide.assign(
            name=[study.ket_name(key) for key in parts[0]],
            reading=[label(VARIANT, key) for key in parts[1]],
        ),
        title=_("The same shares under other readings of the rules"),
        measure=share_of(study),
        columns={
            "name": _("Key enabling technology"),
            "reading": _("Reading"),
            **dict(zip(shown, areas, strict=True)),
        },
        formats=sides.formats,
        intervals=sides.intervals,
        note=_("The proxy takes whole WIPO fields for a KET: a control from outside the rules.")
        if "wipo_proxy" in set(readings["variant"])
        else _("No control from outside the rules: there is none of these technologies."),
        source=source(study, "patents", "ket", "proxy"),
        most=40,
        csv_name="by_scheme",
    )
