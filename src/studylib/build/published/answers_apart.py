"""
Whether the totals of a survey, beside those published before, would tell what a few answered.

    totals now, results.json of every release that is kept  --refuse-->  nothing, or DataError

A survey that grows by one answer between two releases tells that answer to whoever keeps both:
the difference of their totals is the row of a respondent.  So pages of a survey that is not public
(`survey.disclosure`) are published beside earlier ones only where the two lie apart by the answers
of three at least; under `strict` a difference of two totals is held to the rule of a total, and
totals that are told stand beside ones of that territory that are held back only where the survey
has at least doubled: then each of those held back could still be three numbers or more.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from studylib import survey
from studylib.build.plan import Plan
from studylib.errors import DataError
from studylib.runs.published import changes, releases
from studylib.survey import disclosure, prepare
from studylib.survey.theme_wishes import theme_wishes

ANSWERED = "answered"
LEVEL = "confidentiality"
Totals = Mapping[str, Any]
Cell = list[int] | None


def totals(plan: Plan) -> dict[str, Any] | None:
    """
    What is published of a survey, by name: how many answered, n of base by domain and theme.

    None where there is no survey, or all of it is public.  What is held back is None.
    """
    if prepare.is_public(plan.study):
        return None
    study = prepare.opened(plan.study, plan.folder)
    found: dict[str, Any] = {LEVEL: disclosure.level(study)}
    for area, n in survey.answered_by(study).items():
        found[f"{area}/{ANSWERED}"] = int(n)
    for row in survey.interests(study).to_dict("records"):
        held = bool(row["is_held_back"])
        cell = None if held else [int(row["n"]), int(row["base"])]
        found[f"{row['area']}/domain {row['domain']}"] = cell
    for row in theme_wishes(study).to_dict("records"):
        found[f"{row['area']}/theme {row['theme']}"] = [int(row["n"]), int(row["base"])]
    return found


def refuse(plan: Plan, new: Totals | None) -> None:
    """
    Nothing, where the new totals may stand beside those of every release that is kept.

    Raises
    ------
    DataError
        The two together would tell what fewer than three answered.
    """
    if new is None:
        return
    name = plan.study.id
    for release in releases.releases(plan.reports, name):
        said = changes.results_of(plan.reports / releases.RELEASES / name / release.name) or {}
        if is_too_near(said.get("survey") or {}, new):
            raise DataError(
                "Beside pages published before, the totals of the survey would tell what fewer "
                f"than {disclosure.FEWEST} respondents answered, so the pages stay as they were. "
                "Build again when more have answered; or take the earlier pages away "
                f"(`{name}` and `{releases.RELEASES}/{name}` in the folder of the reports), of "
                "which nobody else may have a copy."
            )


def is_too_near(old: Totals, new: Totals) -> bool:
    """Whether the difference of two surveys' totals tells of fewer than three respondents."""
    is_strict = new[LEVEL] == "strict"
    for area in _areas(old, new):
        more = new[f"{area}/{ANSWERED}"] - old[f"{area}/{ANSWERED}"]
        cells = list(_cells(area, old, new))
        both = [(one, other) for one, other in cells if one is not None and other is not None]
        # Under `strict` a total that is told beside one that is held back may give it back.
        compared = cells if is_strict and old.get(LEVEL) == "strict" else both
        if more == 0 and any(_is_few(one, other) for one, other in compared):
            return True
        if 0 < abs(more) < disclosure.FEWEST and any(cell != (None, None) for cell in compared):
            return True
        if more and is_strict and any(_is_sensitive(one, other, more) for one, other in both):
            return True
        if more and old.get(LEVEL) == new[LEVEL] == "strict" and _gives_back(cells, area, old, new):
            return True
    return False


def _gives_back(cells: list[tuple[Cell, Cell]], area: str, old: Totals, new: Totals) -> bool:
    """
    Whether a total that is told narrows one of the other release that is held back.

    Of n answers and n or more others, each total before can have been made of the first alone or
    of the others alone, as far as three from either end (the tests count it out).
    """
    few, many = sorted((old[f"{area}/{ANSWERED}"], new[f"{area}/{ANSWERED}"]))
    is_mixed = any((one is None) != (other is None) for one, other in cells)
    return is_mixed and many - few < few


def _areas(old: Totals, new: Totals) -> list[str]:
    """The territories that both tell of."""
    end = f"/{ANSWERED}"
    return [key.removesuffix(end) for key in new if key.endswith(end) and key in old]


def _cells(area: str, old: Totals, new: Totals) -> Iterator[tuple[Cell, Cell]]:
    """The totals of a territory before and now; None: held back."""
    for key in sorted({*old, *new}):
        if key.startswith(f"{area}/") and not key.endswith(f"/{ANSWERED}"):
            yield old.get(key), new.get(key)


def _is_few(one: Cell, other: Cell) -> bool:
    """Whether a total of as many respondents is another by fewer than three of them."""
    if one is None or other is None:
        return one != other
    apart = max(abs(a - b) for a, b in zip(one, other, strict=True))
    return 0 < apart < disclosure.FEWEST


def _is_sensitive(one: list[int], other: list[int], more: int) -> bool:
    """Whether the difference of two totals that are told is one that `strict` holds back."""
    n = other[0] - one[0]
    return disclosure.sensitive(n if more > 0 else -n, abs(more))
