"""Side against side, row by row: the difference, its tests, and what could have been shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from studylib.ket.fields import field_name, sector_name
from studylib.language.words import _, hundredfold, is_missing, number
from studylib.patents.dataset import Dataset
from studylib.report.labels import SHOWN, label
from studylib.report.table import Table, table
from studylib.show.absent import left_out_when_empty
from studylib.show.common import p_value, source
from studylib.show.measures import verified_note

FIRST_FIELDS = 10


def judgement() -> dict[str, str]:
    """The columns that end every table of comparisons, and their headings."""
    return {"detectable": _("Detectable from, in points"), "verdict_name": _("Verdict")}


def named_verdicts(verdicts: "pd.Series[Any]") -> list[str]:
    """The verdict of each comparison in the language of the page; a dash where nothing was tested."""
    return ["–" if is_missing(verdict) else label(SHOWN, verdict) for verdict in verdicts]


def found_from(detectable: float) -> str:
    """The difference that would have been found, in points; a dash where none would."""
    return "–" if is_missing(detectable) else hundredfold(detectable)


def judgement_note() -> str:
    """What the two columns mean."""
    return _(
        "Detectable from: how far apart, in this direction, the true shares would have to lie for "
        "the test, held over all rows, to find it in 4 of 5 such studies. –: even with all of it on "
        "that side it would be found in fewer. An interval is that of its own row: one without 0 can "
        "stand beside “not shown”."
    )


@left_out_when_empty
def differences(study: Dataset, tests: pd.DataFrame) -> Table:
    """KETs, sectors or fields, side against side: difference with interval, p, verdict."""
    item = next(column for column in KINDS if column in tests)
    kind = KINDS[item](study)
    pairs = [
        _("{first} minus {second}", first=study.area_name(a), second=study.area_name(b))
        for a, b in zip(tests["first"], tests["second"], strict=True)
    ]
    shown = tests.assign(
        name=[kind.name(key) for key in tests[item]],
        pair=pairs,
        verdict_name=named_verdicts(tests["verdict"]),
    )
    is_one_pair = len(set(pairs)) == 1  # said once, not in every row
    if not is_one_pair:
        shown = shown.assign(**{f"of_{s}": _of_base(tests, s) for s in ("first", "second")})
    measure = _(
        "Difference of the shares in percentage points, 95% Newcombe interval; Fisher's exact test"
    )
    return table(
        _smallest_p_first(shown) if item == "field_id" else _largest_first(shown),
        title=kind.title,
        measure=_("{pair}. {measure}", pair=pairs[0], measure=measure) if is_one_pair else measure,
        columns={
            "name": kind.heading,
            **({} if is_one_pair else {"pair": _("Territories")}),
            **_tested_heads(study, tests, is_one_pair=is_one_pair),
            "difference": _("Difference, in points"),
            "p": _("p-value"),
            "p_holm": _("p-value over all rows (Holm)"),
            **judgement(),
        },
        formats={
            "n_first": "count", "n_second": "count", "difference": "points",
            "p": p_value, "p_holm": p_value, "detectable": found_from,
        },
        intervals={"difference": ("low", "high")},
        note=" ".join(filter(None, [
            _("Whole counts; patents that both territories of a row share are left out."),
            judgement_note(), kind.note,
        ])),
        source=source(study, "patents", kind.rule),
        sorted_by=["p"] if item == "field_id" else [],
        most=kind.most,
        csv_name=kind.csv_name,
    )  # fmt: skip


def _tested_heads(study: Dataset, tests: pd.DataFrame, *, is_one_pair: bool) -> dict[str, str]:
    """
    The columns with the numbers of both sides that were tested, and their headings.

    The base of a side is the same in all rows of two territories and stands in the heading; of
    more territories it stands in each row.
    """
    if not is_one_pair:
        return {"of_first": _("First"), "of_second": _("Second")}
    only = tests.iloc[0]
    return {
        f"n_{side}": _(
            "{area}, of {n}", area=study.area_name(only[side]), n=number(only[f"base_{side}"])
        )
        for side in ("first", "second")
    }


def _of_base(tests: pd.DataFrame, side: str) -> list[str]:
    """How many of how many were tested of a side, row by row."""
    return [
        _("{n} of {base}", n=number(n), base=number(base))
        for n, base in zip(tests[f"n_{side}"], tests[f"base_{side}"], strict=True)
    ]


def _largest_first(tests: pd.DataFrame) -> pd.DataFrame:
    """Rows in the order of the figure: by the larger share of a territory, then by name."""
    shares = pd.DataFrame(
        {
            side: tests[f"n_{side}"] / tests[f"base_{side}"].where(tests[f"base_{side}"] > 0)
            for side in ("first", "second")
        }
    )
    largest = shares.max(axis=1).fillna(0.0).groupby(tests["name"]).transform("max")
    return tests.assign(rank=-largest).sort_values(
        ["rank", "name"], kind="stable", ignore_index=True
    ).drop(columns="rank")  # fmt: skip


def _smallest_p_first(tests: pd.DataFrame) -> pd.DataFrame:
    """The rows that differ most clearly first: of many, a page shows the first."""
    return tests.sort_values(["p", "name"], kind="stable", ignore_index=True)


@dataclass(frozen=True)
class _Kind:
    """What the table of one kind of technology says of itself."""

    name: Callable[[Any], str]
    heading: str
    title: str
    csv_name: str
    most: int = 40
    note: str = ""
    rule: str = "fields"


def _kets(study: Dataset) -> _Kind:
    return _Kind(
        study.ket_name, _("Key enabling technology"),
        _("Do the shares of key enabling technologies differ?"), "ket_differences",
        note=verified_note(study), rule="ket",
    )  # fmt: skip


def _sectors(_study: Dataset) -> _Kind:
    return _Kind(
        sector_name, _("Sector of technology"), _("Do the shares of the sectors differ?"),
        "sector_differences",
    )  # fmt: skip


def _fields(_study: Dataset) -> _Kind:
    return _Kind(
        field_name, _("Technology field"), _("Do the shares of the fields differ?"),
        "field_differences", most=FIRST_FIELDS,
    )  # fmt: skip


KINDS: dict[str, Callable[[Dataset], _Kind]] = {
    "ket": _kets, "sector_id": _sectors, "field_id": _fields,
}  # fmt: skip
