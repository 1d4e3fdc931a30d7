"""What the figures of patents count, as their measure and their note."""

import pandas as pd

from studylib.language.words import _
from studylib.patents.dataset import Dataset
from studylib.report.cells import Format
from studylib.report.labels import UNIT, label


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


def count_formats(study: Dataset, *columns: str) -> dict[str, Format]:
    """Whole counts without decimals, fractional ones with two."""
    how: Format = "count" if study.rule.weights == "whole" else "number"
    return dict.fromkeys(columns, how)
