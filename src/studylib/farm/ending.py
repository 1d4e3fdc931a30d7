"""
What stands there when all studies have ended: one page that lists them, and one file for programs.

    reports/index.html   every study with its pages; those that could not be built and have none
    reports/farm.json    {"matrix", "languages", "studies": [{"id", "outcome", "code", ...}]}

Each is written once, whole or not at all, without time or path: the same studies, the same bytes.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from studylib.errors import (
    BusyError,
    DataError,
    RunError,
    StudyError,
    UsageError,
    several,
)
from studylib.farm.cluster import Outcome
from studylib.farm.matrix import Planned
from studylib.files import atomic
from studylib.runs.published import last_failure, releases

FILE = "farm.json"
KINDS: Mapping[int, type[StudyError]] = {
    kind.exit_code: kind for kind in (StudyError, UsageError, DataError, RunError, BusyError)
}
"""What a command ends with, by exit code: the first of these that a study ended with."""
MOST_TOLD = 20


def write(
    matrix: Path, reports: Path, planned: Sequence[Planned], outcomes: Mapping[str, Outcome]
) -> Path:
    """List the studies on the page above all, and in `farm.json`; returns the path of the page."""
    from studylib.build.published.above import list_studies

    language = planned[0].study.languages[0]
    titles = {one.study.id: one.study.title_in(language) for one in planned}
    absent = {id_: titles[id_] for id_ in titles if outcomes[id_].code}
    told = {
        "matrix": matrix.name,
        "languages": list(planned[0].study.languages),
        "studies": [_told(reports, one, outcomes[one.study.id]) for one in planned],
    }
    page = list_studies(reports, language, absent)
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    atomic.replace(reports / FILE, text.encode())
    return page


def _told(reports: Path, one: Planned, outcome: Outcome) -> dict[str, object]:
    """A study for programs; a release that failed is the one that was there before."""
    study = one.study
    shown = (r.name for r in releases.releases(reports, study.id) if r.is_shown)
    return {
        "id": study.id,
        "title": {code: study.title_in(code) for code in study.languages},
        "territories": study.territory_ids,
        "first_year": study.period.first_year,
        "last_year": study.period.last_year,
        "outcome": "failed" if outcome.code else "built",
        "exit_code": outcome.code,
        "message": last_failure.without_folders(outcome.message),
        "release": next(shown, None),
    }


def check(outcomes: Sequence[Outcome]) -> None:
    """
    Raise where studies failed: which, why, and that the others stand.

    Raises
    ------
    StudyError
        Of the kind that comes first: a bug (1), usage (2), data (10), notebooks (11), busy (75).
    """
    failed = [outcome for outcome in outcomes if outcome.code]
    if not failed:
        return
    lines = [f"{one.id} (exit code {one.code}): {one.message}" for one in failed[:MOST_TOLD]]
    if more := len(failed) - len(lines):
        lines.append(f"and {more:,} more; all of them stand in {FILE}")
    told = "\n  ".join(lines)
    kind = KINDS.get(min(one.code for one in failed), StudyError)
    raise kind(
        f"{len(failed)} of {several(len(outcomes), 'study', 'studies')} could not be built; the "
        f"others stand.\n  {told}"
    )
