"""
A study in which nothing is left to count: which filter took the last row, source by source.

Pages of an empty study say nothing, and replaced good ones when an export had changed or a date
was not known: a build stops instead, unless the study file says `allow_empty = true`.
"""

from pathlib import Path

import pandas as pd

from studylib.errors import DataError, quoted, several
from studylib.ket import Scheme
from studylib.prepare import Canonical, canonical, for_study, kinds, known_dates, locate
from studylib.readers.raw import RawPatents
from studylib.study.model import Study

LAST = ("in_territories", "classified")
"""Steps of the funnel without which there is nothing to count."""


def is_empty(prepared: Canonical) -> bool:
    """Whether nothing with an IPC symbol lies in the territories and the period."""
    n = prepared["funnel"].set_index("step")["n"]
    return any(n[step] == 0 for step in LAST)


def sentence(read: dict[Path, list[RawPatents]], study: Study, scheme: Scheme) -> str:
    """Why a study is empty: a line for each source, then what to do."""
    lines, advice = [], []
    for path, raws in read.items():
        found = canonical(raws)
        funnel = for_study(found, study, scheme)["funnel"].set_index("step")["n"]
        why, what = _why(found, funnel, study)
        lines.append(f"{quoted(path)}: {_counts(funnel, study)}. {why}")
        advice += [what] if what and what not in advice else []
    told = "\n  ".join(["Nothing is left to count in this study.", *lines, *advice])
    return f"{told}\n  If an empty study is meant, write `allow_empty = true` in the study file."


def refuse(study: Study, prepared: Canonical, scheme: Scheme) -> None:
    """
    Raise where a study is empty that does not say it may be.

    Raises
    ------
    DataError
        With the filter that took the last row of each source.  The exports are read once more.
    """
    if study.allow_empty or not is_empty(prepared):
        return
    from studylib.build.checks.exports import read_sources

    raise DataError(sentence(read_sources(study), study, scheme))


def kinds_read(documents: pd.DataFrame) -> str:
    """How many documents of each kind were read, and which of them the study leaves out."""
    told = []
    named = documents["document"].astype("str").fillna("")
    for document, n, is_counted in zip(named, documents["n"], documents["is_counted"], strict=True):
        what = f"{document}{'s' if n != 1 else ''}" if document else "of no known kind"
        told.append(f"{n:,} {what}{'' if is_counted else ' (not counted)'}")
    return ", ".join(told) or "no document"


def _counts(n: "pd.Series[int]", study: Study) -> str:
    """How many of one source are left after each filter, up to the one that took the last."""
    period, basis = study.period, study.counting.located_by
    steps = (
        ("received", several(int(n["received"]), "record", "records") + " received"),
        ("read", f"{n['read']:,} read"),
        ("applications", several(int(n["applications"]), "application", "applications")),
        ("of_kinds", f"{n['of_kinds']:,} of the kinds counted"),
        ("in_period",
         f"{n['in_period']:,} in {period.first_year} to {period.last_year} by {period.date}"),
        ("in_territories", f"{n['in_territories']:,} in a territory by {basis}"),
        ("classified", f"{n['classified']:,} of their families with IPC"),
    )  # fmt: skip
    told = []
    for step, words in steps:
        if step == "of_kinds" and n[step] == n["applications"]:
            continue  # it left nothing out
        told.append(words)
        if n[step] == 0:
            break
    return ", ".join(told)


def _why(found: Canonical, n: "pd.Series[int]", study: Study) -> tuple[str, str]:
    """What took the last row of a source, and what to do about it."""
    if n["applications"] == 0:
        return "No record of it could be used; its table of rejects says why.", ""
    if n["of_kinds"] == 0:
        return (
            f"It holds {kinds_read(kinds.table(found['applications'], study))}.",
            "Name the kinds to count in the study file: [counting] kinds.",
        )
    if n["in_period"] == 0:
        return _not_in_period(found, study)
    if n["in_territories"] == 0:
        known = locate.known_bases(found["applications"], found["parties"])
        others = ", ".join(f"{basis} ({what})" for basis, what in known.items()) or "no place"
        return (
            f"No application lies in a territory; places are known by {others}.",
            "Look at `territories` and `located_by` in the study file.",
        )
    if n["classified"] == 0:
        return (
            "No application in the territories has an IPC symbol that can be read.",
            "Export the IPC with the records.",
        )
    return "It has applications to count.", ""


def _not_in_period(found: Canonical, study: Study) -> tuple[str, str]:
    """Which years the applications of a source are of, on which dates."""
    counts, date = known_dates.of_study(found, study), study.period.date
    if counts[date].known:
        years = found["applications"][f"{date}_year"]
        why = f"Its years of {date} are {years.min()} to {years.max()}."
    else:
        why = f"It knows no date of {date}."
    others = [
        f"{several(counts[other].in_territories, 'application', 'applications')} by {other}"
        for other in known_dates.DATES
        if other != date and counts[other].known
    ]
    if others:
        why += f" In the territories and the period it would have {' and '.join(others)}."
    best = known_dates.better(counts, date)
    if best:
        return why, f'Write `date = "{best}"` below [period], or use exports that know the other.'
    return why, "Look at `first_year`, `last_year` and `date` below [period]."
