"""
What a reader chose of a study - years, place, unit, weights - as a window and a rule of counting.

    study, first_year=2005, unit="family"  --choices-->  2005, 2012, Rule(unit="family", ...)

What is left out is as the study file says; what the study was not prepared for is refused.
"""

from typing import Literal, get_args

from studylib.errors import UsageError, quoted
from studylib.patents.counting import Rule
from studylib.study.model import Study
from studylib.study.value_types import LocatedBy, Unit, Weights


def choices(
    study: Study,
    *,
    first_year: int = 0,
    last_year: int = 0,
    located_by: LocatedBy | Literal[""] = "",
    unit: Unit | Literal[""] = "",
    weights: Weights | Literal[""] = "",
) -> tuple[int, int, Rule]:
    """
    The window and the rule of counting that these choices make of a study.

    Raises
    ------
    UsageError
        A choice is none, or the window leaves the period the study was prepared for.
    """
    period, told = study.period, study.counting
    first, last = first_year or period.first_year, last_year or period.last_year
    _one_of("located_by", located_by, get_args(LocatedBy))
    _one_of("unit", unit, get_args(Unit))
    _one_of("weights", weights, get_args(Weights))
    rule = Rule(
        unit=unit or told.unit,
        located_by=located_by or told.located_by,
        weights=weights or told.weights,
        date=period.date,
    )
    try:
        study.check_basis(rule.located_by)
    except ValueError as error:
        raise UsageError(f"{error}.") from None
    if not period.first_year <= first <= last <= period.last_year:
        raise UsageError(
            f"The years {first} to {last} do not lie in the study's period {period.first_year} "
            f"to {period.last_year}. Choose years inside it, or change `period` in the study file."
        )
    return first, last, rule


def _one_of(parameter: str, value: str, allowed: tuple[str, ...]) -> None:
    if value and value not in allowed:
        raise UsageError(
            f"`{parameter}` is {quoted(value)}; it can be {', '.join(allowed)}, or empty for "
            "the study's own choice."
        )
