"""
What a figure found, as its title: told from the tables and verdicts the headline is told from.

    tests, one row per (pair of sides, item): verdict  --of_sides-->  "More often in Aquitaine: ..."

Where nothing is shown the title says so; where nothing could be compared it says that.  A title
has no full stop and names a few items at most: of more it says how many.
"""

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from studylib.language.counted import groups as groups_in_words
from studylib.language.given import in_sentence
from studylib.language.words import _, listing, ngettext, number, percent
from studylib.patents.dataset import Dataset
from studylib.stats.power import LEVEL, NOT_POSSIBLE, SHOWN

NAMED = 3  # items a title names


def few(names: Iterable[str]) -> str:
    """The first items in a list, and how many more there are."""
    every = list(dict.fromkeys(names))
    more = len(every) - NAMED
    if more <= 0:
        return listing(every)
    named = ", ".join(every[:NAMED])
    return ngettext("{first} and {n} more", "{first} and {n} more", more, first=named)


def of_sides(
    study: Dataset,
    tests: pd.DataFrame,
    name: Callable[[Any], str],
    *,
    item: str,
    sides: tuple[str, str] = ("first", "second"),
    none: str,
) -> str:
    """
    Which side has more of what, by the tests of the page; "" where nothing was compared.

    Parameters
    ----------
    tests
        One row per (two sides, item): item, both sides, difference (first minus second), p_holm
        (missing: not tested) and verdict.
    name
        What an item is called on the page.
    item, sides
        Columns of the tests.
    none
        The title where no difference is shown.
    """
    tested = tests.dropna(subset="p_holm")
    if tested.empty:
        return ""
    if (tested["verdict"] == NOT_POSSIBLE).all():
        return _("The numbers are too small to show a difference between the territories")
    shown = tested[tested["verdict"] == SHOWN]
    if shown.empty:
        return none
    if len(study.territories) > 2:  # noqa: PLR2004 (of three sides, one has more than which?)
        said = _("A difference is shown in {items}", items=few(_named(shown[item], name)))
    else:
        is_first = (shown["difference"] > 0).to_numpy()
        parts = []
        for place, side in enumerate(sides):
            own = shown[is_first == (place == 0)]
            if len(own):
                area = study.area_name(str(own.iloc[0][side]))
                more = few(_named(own[item], name))
                parts.append(_("More often in {area}: {items}", area=area, items=more))
        said = _("; ").join(parts)
    if len(shown) == len(tested):
        return said
    return _("{finding}; no other difference is shown in this figure", finding=said)


def _named(keys: "pd.Series[Any]", name: Callable[[Any], str]) -> list[str]:
    """Items as they stand in a sentence."""
    return [in_sentence(name(key)) for key in keys]


def most_frequent(
    study: Dataset, shares: pd.DataFrame, item: str, name: Callable[[Any], str]
) -> str:
    """The title where there are no two sides to compare: what is most frequent on the one side."""
    here = shares[shares["area"].isin(study.territories) & (shares["n"] > 0)]
    if len(here["area"].unique()) != 1:
        return _("The territories cannot be compared")
    top = here[here["n"] == here["n"].max()]
    return _(
        "Most frequent in {area}: {items} ({share})",
        area=study.area_name(str(top.iloc[0]["area"])),
        items=few(_named(top[item], name)),
        share=percent(top.iloc[0]["share"], 0),
    )


def above(
    rows: pd.DataFrame, *, of: Callable[[int], str], none: str, by: str = "area", item: str = "item"
) -> str:
    """
    What each side does more often than elsewhere, by the verdicts of a specialisation.

    One row per (by, item), named as on the page: quotient, verdict.  Where nothing is shown to be
    more frequent, what is shown to be less frequent is the finding.  `of` counts what was asked.
    """
    asked = of(rows[item].nunique())
    shown = rows[rows["verdict"] == SHOWN].sort_values("quotient", ascending=False)
    more, less = shown[shown["quotient"] > 1], shown[shown["quotient"] < 1][::-1]
    if len(more):
        return _(
            "Of {asked}, more often than elsewhere: {parts}",
            asked=asked,
            parts=_of_sides(more, by, item),
        )
    if len(less):
        return _(
            "Of {asked}, less often than elsewhere: {parts}",
            asked=asked,
            parts=_of_sides(less, by, item),
        )
    return none


def _of_sides(rows: pd.DataFrame, by: str, item: str) -> str:
    """The sides in the order of their first row, each with its items."""
    return listing(
        _("{area} ({items})", area=area, items=few(in_sentence(str(one)) for one in own[item]))
        for area, own in rows.groupby(by, sort=False)
    )


def totals(rows: pd.DataFrame, digits: int, *, by: str = "area") -> str:
    """How many each area has over all years, as named on the page: "Aquitaine 306 and ..."."""
    per_area = rows.groupby(by, sort=False)["n"].sum()
    return listing(f"{area} {number(n, digits)}" for area, n in per_area.items())


def together(counts: pd.DataFrame, name: Callable[[Any], str]) -> str:
    """Which two technologies are most often on one patent: a matrix of ket by ket."""
    pairs = {
        (one, other): float(counts.to_numpy()[i, j])
        for i, one in enumerate(counts.index)
        for j, other in enumerate(counts.columns[:i])
    }
    most = max(pairs.values(), default=0.0)
    if not most > 0:
        return _("No patent carries two key enabling technologies")
    first = [
        _("{one} with {other}", one=in_sentence(name(other)), other=in_sentence(name(one)))
        for (one, other), n in pairs.items()
        if n == most
    ]
    return _("Most often on one patent: {pairs} ({n})", pairs=few(first), n=number(most))


def told_from_chance(groups: pd.DataFrame) -> str:
    """How many groups of different sides there are, and how many chance would not make."""
    n, apart = len(groups), int((groups["p_search"] <= LEVEL).sum())
    if not n:
        return _("No group holds organisations of different sides")
    if not apart:
        return ngettext(
            "{n} group of different sides, no denser than chance would make it",
            "{n} groups of different sides, none denser than chance would make it",
            n,
        )
    return ngettext(
        "Of {groups} of different sides, {n} is denser than chance would make it",
        "Of {groups} of different sides, {n} are denser than chance would make them",
        apart,
        groups=groups_in_words(n),
    )
