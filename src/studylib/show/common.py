"""What the pictures and tables of several pages share."""

import re
from dataclasses import dataclass

import pandas as pd

from studylib.dataset import Dataset
from studylib.language import in_use
from studylib.language.words import _, number
from studylib.report.table import Format


@dataclass(frozen=True)
class Sides:
    """How a side-by-side table is shown; see `side_by_side`."""

    columns: dict[str, str]
    formats: dict[str, Format]
    intervals: dict[str, tuple[str, str]]


# The table and the figure say "Source" themselves.
PREFIX = re.compile(r"^(Source|Fuente|Iturria)\s*:\s*")


def source(study: Dataset, role: str = "patents") -> str:
    """The source line of a figure: the captions of the inputs it rests on, each once."""
    files = study.table("sources")
    return captions(files[files["role"] == role], in_use())


def captions(sources: pd.DataFrame, language: str) -> str:
    """The captions of inputs in a language, each once, without the word "Source"."""
    said = dict.fromkeys(sources[f"caption_{language}"])
    return "; ".join(PREFIX.sub("", caption) for caption in said)


def by_area(study: Dataset, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with areas named in the language of the page."""
    return frame.assign(area=[study.area_name(area) for area in frame["area"]])


def area_names(study: Dataset) -> list[str]:
    """The territories, then the reference, as named on the page: the order of their colours."""
    return [study.area_name(area) for area in study.areas]


def reference_names(study: Dataset) -> list[str]:
    """The reference as named on the page, if the study has one: drawn in grey."""
    return area_names(study)[len(study.territories) :]


def side_by_side(study: Dataset, frame: pd.DataFrame, item: str) -> tuple[pd.DataFrame, Sides]:
    """
    A tidy table (one row per item and area) as one row per item with a column per area.

    Returns the frame, items in their order, with `n_0, share_0, low_0, high_0, n_1 ...`, and
    how `report.table` shows it: columns, formats and intervals.
    """
    # Two territories fill a page; the reference stands in the figures and in their CSV.
    shown = study.areas if len(study.territories) == 1 else study.territories
    areas = [area for area in shown if area in set(frame["area"])]
    wide = pd.DataFrame({item: list(dict.fromkeys(frame[item]))})
    sides = Sides({}, {}, {})
    for i, area in enumerate(areas):
        own = frame[frame["area"] == area].set_index(item)[["n", "base", "share", "low", "high"]]
        wide = wide.join(own.add_suffix(f"_{i}"), on=item)
        name, base = study.area_name(area), _base(own["base"], study)
        if area in study.territories:
            sides.columns[f"n_{i}"] = name
            sides.columns[f"share_{i}"] = _("share of {n}", n=base)
        else:
            # The reference is there to compare shares with; its counts are in the CSV.
            sides.columns[f"share_{i}"] = _("{area}, of {n}", area=name, n=base)
        sides.formats[f"n_{i}"] = "count" if study.rule.weights == "whole" else "number"
        sides.formats[f"share_{i}"] = "share"
        sides.intervals[f"share_{i}"] = (f"low_{i}", f"high_{i}")
    return wide, sides


def _base(bases: pd.Series, study: Dataset) -> str:
    """The base all shares of an area have."""
    return number(bases.max(), 0 if study.rule.weights == "whole" else 1)
