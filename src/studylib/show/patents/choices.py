"""The same shares under other ways of counting and other readings of the rules."""

from typing import Any

import pandas as pd

from studylib.language.words import _, is_missing, number
from studylib.patents.dataset import Dataset
from studylib.report.labels import BASIS, UNIT, VARIANT, WEIGHTS, label
from studylib.report.table import Table, table
from studylib.show.common import Sides, side_by_side, source
from studylib.show.measures import share_of, verified_note


def by_counting(study: Dataset, ways: pd.DataFrame) -> Table:
    """The share with any KET under every way of counting: one row per way, a column per area."""
    way = ways["unit"] + "|" + ways["located_by"] + "|" + ways["weights"]
    wide, sides = side_by_side(study, ways.assign(way=way), "way")
    parts = wide["way"].astype("str").str.split("|", expand=True).reindex(columns=range(3))
    names = dict(zip(_shares(sides), map(study.area_name, study.territories), strict=len(ways) > 0))
    columns = {name: text for share, area in names.items()
               for name, text in ((share, area), (share.replace("share", "base"), _("Of")))}  # fmt: skip
    bases = {name: _base for name in columns if name.startswith("base")}
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
            **columns,  # no row, no area
        },
        formats={**sides.formats, **bases},
        intervals=sides.intervals,
        note=" ".join(
            [
                verified_note(study),
                _("Intervals of shares counted in fractions are approximate."),
            ]
        ),
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
    bases = readings.groupby("area")["base"].max()
    areas = [
        _("{area}, of {n}", area=study.area_name(area), n=_base(bases[area]))
        for area in study.territories
    ]
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
            **dict(zip(_shares(sides), areas, strict=True)),
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


def _shares(sides: Sides) -> list[str]:
    """The columns of shares, a territory each."""
    return [name for name in sides.columns if name.startswith("share")]


def _base(n: Any) -> str:
    """What a share is of: as counted, with a decimal where units are divided; none where none is."""
    if is_missing(n) or not n:
        return "–"
    return number(n, 0 if float(n).is_integer() else 1)
