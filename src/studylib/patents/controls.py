"""
What a reader may choose about an opened study, checked, as the parameters of a notebook.

    controls(study, first_year=2005)  ->  parameter    chosen   study_file   can_be
                                          first_year   2005     2000         2000 to 2012
    .parameters   sl.open_study(**...)
    .cell         text of a parameters cell, which papermill runs

What the study file refuses is refused here, before any kernel starts.
"""

from dataclasses import dataclass
from typing import Any, Literal, get_args

import pandas as pd

from studylib.errors import UsageError, quoted
from studylib.language import languages
from studylib.patents.dataset import Dataset, choices
from studylib.runs.parameters import Parameter, checked
from studylib.study.model import Study
from studylib.study.parts import LocatedBy, Unit, Weights

MEANING = {
    "study_file": "the study, looked for here and in the folders above",
    "language": "language of the page, by its two letters",
    "first_year": "first year of the window; 0: as in the study file",
    "last_year": "last year of the window; 0: as in the study file",
    "located_by": "inventor, applicant, priority or office; empty: as in the study file",
    "unit": "family or application; empty: as in the study file",
    "weights": "whole or fractional; empty: as in the study file",
}
YEARS = ("first_year", "last_year")


@dataclass(frozen=True, repr=False)
class Controls:
    """Choices that were checked, and what else could be chosen."""

    parameters: dict[str, Any]
    """By the names `open_study` and the notebooks know them."""
    frame: pd.DataFrame
    """One row per parameter, as text: parameter, chosen, study_file, can_be."""

    @property
    def cell(self) -> str:
        """A parameters cell with these choices: one line each, with its meaning."""
        return "\n".join(
            f"{name} = {_literal(value)}  # {MEANING[name]}"
            for name, value in self.parameters.items()
        )

    def __repr__(self) -> str:
        """What is chosen and what can be, then the cell."""
        return f"{self.frame.to_string(index=False)}\n\n{self.cell}"


def controls(
    study: Dataset,
    *,
    language: str = "",
    first_year: int = 0,
    last_year: int = 0,
    located_by: LocatedBy | Literal[""] = "",
    unit: Unit | Literal[""] = "",
    weights: Weights | Literal[""] = "",
) -> Controls:
    """
    Choices about a study: what can be chosen, and the parameters cell that makes them last.

    Parameters left out, 0 or empty take the study file's value, the language that of the study
    as it is open.  `sl.open_study(**sl.controls(study, ...).parameters)` opens it so.

    Raises
    ------
    UsageError
        A choice is none the study can be opened with.
    """
    wanted = {
        "study_file": study.file, "language": language or study.language,
        "first_year": first_year, "last_year": last_year,
        "located_by": located_by, "unit": unit, "weights": weights,
    }  # fmt: skip
    known = {
        name: Parameter(name, "integer", 0) if name in YEARS else Parameter(name, "text", "")
        for name in MEANING
    }
    wanted = checked(known, wanted, study.definition.id)
    if wanted["language"] not in languages():
        raise UsageError(
            f"There is no catalogue for {quoted(language)}; there are {', '.join(languages())}."
        )
    choices(study.definition, first_year=first_year, last_year=last_year, located_by=located_by,
            unit=unit, weights=weights)  # fmt: skip
    return Controls(wanted, _frame(study.definition, wanted))


def _frame(study: Study, wanted: dict[str, Any]) -> pd.DataFrame:
    """One row per parameter but the study file: what it is, was and can be."""
    period = f"{study.period.first_year} to {study.period.last_year}"
    rows = [
        ("language", ", ".join(study.languages), ", ".join(languages())),
        ("first_year", study.period.first_year, period),
        ("last_year", study.period.last_year, period),
        ("located_by", study.counting.located_by, ", ".join(_bases(study))),
        ("unit", study.counting.unit, ", ".join(get_args(Unit))),
        ("weights", study.counting.weights, ", ".join(get_args(Weights))),
    ]
    told = [(name, str(wanted[name] or said), str(said), can_be) for name, said, can_be in rows]
    return pd.DataFrame(told, columns=["parameter", "chosen", "study_file", "can_be"])


def _bases(study: Study) -> list[str]:
    """The bases of location that this study's territories can be told by."""
    return [basis for basis in get_args(LocatedBy) if _is_possible(study, basis)]


def _is_possible(study: Study, basis: LocatedBy) -> bool:
    try:
        study.check_basis(basis)
    except ValueError:
        return False
    return True


def _literal(value: Any) -> str:
    """The value as Python writes it, texts in double quotes where they hold none."""
    text = repr(value)
    plain = isinstance(value, str) and not set(value) & set("\"'\\") and value.isprintable()
    return f'"{value}"' if plain else text
