"""Tables and figures of published shares and claims."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from studylib import figures
from studylib.figures.picture import Picture
from studylib.language import in_use
from studylib.language.counted import combinations
from studylib.language.spans import span
from studylib.language.words import _, is_missing, listing, number, percent
from studylib.patents.dataset import Dataset
from studylib.report.labels import DOMAIN, READING, ROUNDING, VERDICT, label
from studylib.report.table import Table, table
from studylib.show.absent import left_out_when_empty
from studylib.show.common import p_value, source
from studylib.show.survey import verdict_reasons
from studylib.survey import published_shares as survey_published
from studylib.survey.claim_tests import SIGNIFICANT

NEAREST = ("half_up", "half_even", "half_down")
MOST_SIZES = 12  # numbers of respondents on each side of the picture of pairs


def published_sizes(study: Dataset, sizes: pd.DataFrame) -> Table:
    """Numbers of respondents that fit the printed shares, per rounding and reading."""
    fits = {
        key: runs(group["n"].tolist())
        for key, group in sizes.groupby(["area", "rounding", "reading"], sort=False)
    }
    rows: list[tuple[str, ...]] = []
    for area in [a for a in study.territories if a in set(sizes["area"])]:
        # Rules of rounding that leave the same numbers stand in one row.
        alike: dict[tuple[str, ...], list[str]] = {}
        for rule in ROUNDING:
            found = tuple(fits.get((area, rule, reading), _("none")) for reading in READING)
            alike.setdefault(found, []).append(rule)
        rows += [(study.area_name(area), _rules(rules), *n) for n, rules in alike.items()]
    return table(
        pd.DataFrame(rows, columns=["area", "rounding", *READING]),
        title=_("Numbers of respondents that fit the published shares"),
        measure=_(
            "All numbers that can give the printed percentages, up to the largest one looked at"
        ),
        columns={
            "area": _("Territory"),
            "rounding": _("Rounded"),
            **_readings(rows),
        },
        formats=dict.fromkeys(READING, "text"),
        source=source(study, "claims"),
        csv_name="published_sizes",
    )


def _rules(rules: list[str]) -> str:
    """Rules of rounding that leave the same numbers, all rules to the nearest as one."""
    if set(NEAREST) <= set(rules):
        rest = [rule for rule in rules if rule not in NEAREST]
        return listing([_("to the nearest"), *(label(ROUNDING, rule) for rule in rest)])
    return listing(label(ROUNDING, rule) for rule in rules)


def _readings(rows: list[tuple[str, ...]]) -> dict[str, str]:
    """Columns of the readings; one for several answers and one answer where they agree."""
    if all(multiple == single for _area, _rule, multiple, single, _smallest in rows):
        return {"multiple": _("One answer each, or several"),
                "single_smallest": label(READING, "single_smallest")}  # fmt: skip
    return {key: label(READING, key) for key in READING}


def runs(numbers: Sequence[int]) -> str:
    """
    Ascending numbers, three or more in a row as from-to.

    >>> runs([5, 10, 11, 12, 14])
    '5, 10–12, 14'
    """
    parts: list[list[int]] = []
    for n in numbers:
        if parts and n == parts[-1][-1] + 1:
            parts[-1].append(n)
        else:
            parts.append([n])
    texts = [
        span(number(run[0]), number(run[-1]), in_use())
        if len(run) > 2  # noqa: PLR2004
        else ", ".join(map(number, run))
        for run in parts
    ]
    return ", ".join(texts)


def published_gap(study: Dataset, pairs: pd.DataFrame) -> Picture:
    """How sure the printed difference is, for every pair of numbers of respondents."""
    grid = survey_published.gap_grid(pairs)
    few_a, few_b = (sorted(grid[n].unique())[:MOST_SIZES] for n in ("n_a", "n_b"))
    grid = grid[grid["n_a"].isin(few_a) & grid["n_b"].isin(few_b)]
    first = pairs.iloc[0] if len(pairs) else None
    a, b = ("", "") if first is None else (study.area_name(first[k]) for k in ("area_a", "area_b"))
    # The side with more numbers goes down: five columns can be read on a phone.
    down, across = ("n_a", "n_b") if len(few_a) >= len(few_b) else ("n_b", "n_a")
    names = {"n_a": a, "n_b": b}
    known = survey_published.within(study, pairs) if len(pairs) else None
    framed = set() if known is None else set(zip(known[down], known[across], strict=True))
    return figures.heat(
        grid.sort_values([down, across]),
        rows=down,
        columns=across,
        value="p_boschloo",
        write=p_value,
        label=number,
        framed=framed,
        title=_finding(study, pairs),
        measure=""
        if first is None
        else _(
            "p of Boschloo’s test for {domain}, {share_a} in {a} against {share_b} in {b}. "
            "Down: respondents in {down}; across: respondents in {across}.",
            domain=label(DOMAIN, first["domain"]).lower(),
            share_a=percent(first["value_a"], 0),
            share_b=percent(first["value_b"], 0),
            a=a,
            b=b,
            down=names[down],
            across=names[across],
        ),
        alt=_(
            "A matrix of probabilities: stronger colours, where few answered, are those in which "
            "chance alone often gives such a difference."
        ),
        note=" ".join(filter(None, [
            _("The stronger the colour, the more easily chance alone gives such a difference."),
            _("Framed: no more respondents than organisations known.") if framed else "",
        ])),
        source=source(study, "claims"),
        name="published_gap",
    )  # fmt: skip


def _finding(study: Dataset, pairs: pd.DataFrame) -> str:
    """In how many of the combinations that can have been the printed difference is shown."""
    if pairs.empty:
        return _("No published share of a survey belongs to this study")
    possible = survey_published.within(study, pairs)
    fitting = pairs if possible is None else possible
    n = int((fitting["p_boschloo"] < SIGNIFICANT).sum())
    said = {"n": number(n), "combinations": combinations(len(fitting))}
    if possible is None:
        return _("A difference is shown in {n} of {combinations} of respondents that fit", **said)
    if not n:
        return _("With no more respondents than organisations known, no difference is shown")
    return _(
        "With no more respondents than organisations known, a difference is shown in {n} of "
        "{combinations}",
        **said,
    )


@left_out_when_empty
def ledger(study: Dataset, claims: pd.DataFrame) -> Table:
    """Every published claim with its verdict and why."""
    shown = claims.assign(
        claim=[_claim(study, row) for row in claims.to_dict("records")],
        verdict_name=[
            _("{verdict}, by construction", verdict=label(VERDICT, verdict))
            if made
            else label(VERDICT, verdict)
            for verdict, made in zip(claims["verdict"], claims["by_construction"], strict=True)
        ],
        why_text=[verdict_reasons.why(study, row) for row in claims.to_dict("records")],
    )
    return table(
        shown,
        title=_("Published claims, checked with the data at hand"),
        columns={
            "claim": _("Claim"),
            "verdict_name": _("Verdict"),
            "why_text": _("Why"),
        },
        note=_("Citation: {citations}.", citations=_("; ").join(dict.fromkeys(claims["citation"]))),
        source=source(study, "claims", "survey", "patents"),
        csv_name="claims",
        most=60,
    )


def _inside(wording: str) -> str:
    """A wording as it stands inside quotation marks: its own marks are not those around it."""
    around = _("“{wording}”", wording="")
    if around.startswith("«"):
        return re.sub(r"«\s*", "“", re.sub(r"\s*»", "”", wording))
    return wording


def _claim(study: Dataset, row: Mapping[Any, Any]) -> str:
    """The territory, the wording as quoted, and before it in the language of the page."""
    said = _("“{wording}”", wording=_inside(row["wording"]))
    same = row.get(f"in_{in_use()}")
    if row["language"] != in_use() and not is_missing(same):
        said = f"{same} {said}"
    if is_missing(row["territory"]) or study.area_name(row["territory"]) in said:
        return said  # a wording that names the territory says whose it is
    return _("{area}: {text}", area=study.area_name(row["territory"]), text=said)
