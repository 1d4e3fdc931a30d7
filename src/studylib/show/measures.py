"""What the figures of patents count, as their measure and their note."""

import pandas as pd

from studylib.ket.sound_rules import TAGGING
from studylib.language.words import _, listing, number
from studylib.patents.dataset import Dataset
from studylib.report.cells import Format
from studylib.report.labels import UNIT, label

UNSPREAD = 10_000  # a of the prior where ratios spread no more than by chance


def unit_of(study: Dataset) -> str:
    """What is counted, as the measure of a figure."""
    return _(
        "Number of {unit}",
        unit=label(UNIT, study.rule.unit),
    )


def share_of(study: Dataset) -> str:
    """What a share is of, as the measure of a figure."""
    return _(
        "Share of the classified {unit} of each area, 95% Wilson interval",
        unit=label(UNIT, study.rule.unit),
    )


def verified_note(study: Dataset) -> str:
    """The flag that stands wherever a KET figure stands."""
    if study.scheme.verified:
        return _("KET rules: checked against their printed source.")
    return _("KET rules: not checked against their printed source.")


def without_ratio(ratios: "pd.Series[float]") -> str:
    """Why some rows have no ratio; "" where all have one."""
    if ratios.notna().all():
        return ""
    return _(
        "No ratio is told where fewer than one patent is expected and nothing could have been "
        "shown: so few say too little."
    )


def prior_note(found: pd.DataFrame) -> str:
    """How a ratio is drawn towards 1, and what its fitted number says where it is the largest."""
    fitted = found.drop_duplicates("area")["prior"]
    said = _(
        "Cautious estimate: the ratio drawn towards 1, the more so the fewer the patents, by a "
        "gamma prior with mean 1 that is fitted to all fields of a territory (a = {a}).",
        a=listing(number(value, 1 if value < UNSPREAD else 0) for value in fitted),
    )
    if (fitted < UNSPREAD).all():
        return said
    alike = _("{a}: the ratios spread no more than by chance.", a=number(UNSPREAD))
    return f"{said} {alike}"


def count_formats(study: Dataset, *columns: str) -> dict[str, Format]:
    """Whole counts without decimals, fractional ones with two."""
    how: Format = "count" if study.rule.weights == "whole" else "number"
    return dict.fromkeys(columns, how)


def open_marks() -> str:
    """What an open mark is, and why its interval may not reach 1."""
    return _(
        "Open marks: not told from 1, all rows taken together; an interval is that of its own row."
    )


def rules_of_two(study: Dataset) -> str:
    """That two KETs share symbols, where they meet is counted; "" where the rules share none."""
    rules = study.scheme.rules
    rules = rules[rules["rule"].isin(TAGGING)]
    symbols, levels = rules["symbol"].astype("str"), rules["level"].astype("str")
    wide = [
        f"{symbol.partition('/')[0]}/" if level == "main group" else symbol
        for symbol, level in zip(symbols, levels, strict=True)
    ]
    kets = rules["ket"].astype("str").to_list()
    for start, level, ket in zip(wide, levels, kets, strict=True):
        below = symbols == start if level == "group" else symbols.str.startswith(start)
        if set(rules.loc[below, "ket"].astype("str")) - {ket}:
            return _(
                "Some symbols stand in the rules of two KETs, so part of what meets is the rules."
            )
    return ""
