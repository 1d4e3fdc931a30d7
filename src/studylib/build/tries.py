"""
Pages that could not be built again: since when, and of which day their data are.

    attempts.json in a release    {path: {"since": day, "data": day, or nothing}}

The day of the first failure is told and not that of the last, so that a build that fails again and
again is one release.
"""

import json
from collections.abc import Collection
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

from studylib.report import frame
from studylib.runs.published import releases

ATTEMPTS = "attempts.json"
Attempts = dict[str, dict[str, str | None]]


def note(path: str, attempts: Attempts, of_language: list[str]) -> list[str]:
    """What a page says of the last attempt to build it, or the list of pages of them all."""
    if told := attempts.get(path):
        data = told["data"]
        return frame.note_of_page(_day(told["since"]), _day(data) if data else None)
    if path.endswith("/index.html") and of_language:
        return frame.note_of_index(
            min(_day(attempts[p]["since"]) for p in of_language), len(of_language)
        )
    return []


def _day(text: str | None) -> date:
    return date.fromisoformat(str(text))


def first_day(attempts: Attempts) -> str | None:
    """The first day of them all; nothing where every page could be built."""
    return min((str(told["since"]) for told in attempts.values()), default=None)


def of_pages(link: Path, failed: Collection[str]) -> Attempts:
    """Since when each page that failed could not be built, and of which day its data are."""
    known = of_release(link)
    today = datetime.now(UTC).date().isoformat()
    return {path: known.get(path) or _new(link, path, today) for path in sorted(failed)}


def of_release(link: Path) -> Attempts:
    """The pages that failed, as a release says; none where it says nothing."""
    known: Attempts = {}
    with suppress(OSError, ValueError):
        known = json.loads((link / ATTEMPTS).read_text(encoding="utf-8"))
    return known


def _new(link: Path, path: str, today: str) -> dict[str, str | None]:
    """A page that failed today; its data are of the day the release it stands in was made."""
    if not (link / path).is_file():
        return {"since": today, "data": None}
    made = datetime.fromtimestamp((link / releases.MANIFEST).stat().st_mtime, UTC)
    return {"since": today, "data": made.date().isoformat()}
