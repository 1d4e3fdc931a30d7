"""
What a new release says that the one before did not, and the feed of it.

    results.json, attempts.json of both  --News-->  Change(key, old, new)
                                         --tell-->  reports/<study>.feed.xml (Atom), newest first
                                                    (read again by `told_in`, for `build/news.py`)
                                                    reports/<study>.changes.json, for the index

One entry for a row of a table: its share (or difference, or number) as it was and as it is, with
the interval.  An identical build has none, and touches no file.  Feed and changes lie beside the
releases, not in them: a release is the same bytes whatever was there before.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from studylib.errors import is_printable
from studylib.files import atomic
from studylib.runs.compare import RESULTS, causes

ATOM = "http://www.w3.org/2005/Atom"
MOST = 200  # entries of a feed
LEAD = ("share", "difference", "n")  # what a row is told by, where it has it
INTERVAL = ("low", "high")
ANSWER = "answer/"
NOTHING = "none"


@dataclass(frozen=True)
class Change:
    """One thing that is another now: a row of a table, an answer, a page that failed."""

    key: str
    old: str
    new: str

    @property
    def line(self) -> str:
        """The change in a line."""
        return f"{self.key}: {self.old} -> {self.new}"


@dataclass(frozen=True)
class Told:
    """An entry of the feed: when it was told, what is another now, as it was and as it is."""

    when: str
    key: str
    old: str
    new: str


def entries(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """What changed between two results, a change for each row and each answer; sorted by key."""
    before, after = old.get("results", {}), new.get("results", {})
    keys = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    answers = [
        Change(key, _text_of(before.get(key)), _text_of(after.get(key)))
        for key in sorted(keys)
        if key.startswith(ANSWER)
    ]
    rows: dict[str, set[str]] = {}
    for key in keys:
        row, _slash, column = key.rpartition("/")
        if not key.startswith(ANSWER) and _is_said(key, column, before, after):
            rows.setdefault(row, set()).add(column)
    return answers + [_row(row, columns, before, after) for row, columns in sorted(rows.items())]


def _is_said(key: str, column: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether a change is one of a number or a verdict, and no label of another."""
    numbers = (isinstance(side.get(key), int | float) for side in (before, after))
    return column == "verdict" or any(numbers)


def _row(
    row: str, columns: set[str], before: Mapping[str, Any], after: Mapping[str, Any]
) -> Change:
    """The change of a row, told by its leading column if that changed, else by the first."""
    lead = next((name for name in LEAD if name in columns), min(columns))
    told = [_value(row, lead, side) for side in (before, after)]
    return Change(f"{row}/{lead}", *told)


def _value(row: str, column: str, side: Mapping[str, Any]) -> str:
    """A value with its interval, where it has one; `none` where there is none."""
    value = side.get(f"{row}/{column}")
    if value is None:
        return NOTHING
    low, high = (side.get(f"{row}/{end}") for end in INTERVAL)
    if column in LEAD[:2] and low is not None and high is not None:
        return f"{value} ({low} to {high})"
    return str(value)


def _text_of(answer: str | None) -> str:
    return NOTHING if answer is None else answer


def of_pages(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Pages that could not be built again since, and pages that could."""
    failed = [Change(path, "built", "could not be built again") for path in sorted({*new} - {*old})]
    mended = [Change(path, "could not be built again", "built") for path in sorted({*old} - {*new})]
    return failed + mended


@dataclass(frozen=True)
class News:
    """What a release about to be published says that the one before did not."""

    now: datetime
    old: Mapping[str, Any] | None
    new: Mapping[str, Any]
    pages: list[Change]

    @cached_property
    def found(self) -> list[Change]:
        """The rows and answers that changed; none where there was no release before."""
        return [] if self.old is None else entries(self.old, self.new)

    @property
    def is_any(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.found or self.pages)

    def told(self) -> dict[str, Any]:
        """What the page above all studies says of it."""
        return {
            "day": self.now.date().isoformat(),
            "n": len(self.found),
            "causes": [] if self.old is None else causes(self.old, self.new),
            "changes": [change.line for change in self.found[:5]],
        }


def begin_feed(reports: Path, study_id: str, title: str, now: datetime) -> None:
    """A feed without entries, where there is none: the page above all studies leads to it."""
    path = reports / f"{study_id}.feed.xml"
    if not path.is_file():
        atomic.replace(path, _feed(path, study_id, title, [], now))


def tell(reports: Path, study_id: str, title: str, news: News) -> None:
    """Add what changed to the feed, and keep it for the page above all studies."""
    path = reports / f"{study_id}.feed.xml"
    atomic.replace(path, _feed(path, study_id, title, [*news.pages, *news.found], news.now))
    text = json.dumps(news.told(), indent=1, ensure_ascii=False) + "\n"
    atomic.replace(reports / f"{study_id}.changes.json", text.encode())


def _feed(path: Path, study_id: str, title: str, found: list[Change], now: datetime) -> bytes:
    """The feed with new entries before those it had."""
    when = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")
    _text(feed, "id", f"urn:studylib:{study_id}")
    _text(feed, "title", title)
    _text(feed, "updated", when)
    author = ET.SubElement(feed, f"{{{ATOM}}}author")
    _text(author, "name", "studylib")
    link = ET.SubElement(feed, f"{{{ATOM}}}link")
    link.set("href", f"{study_id}/")
    for change in found[:MOST]:
        entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
        told = hashlib.sha256(f"{study_id} {when} {change.line}".encode()).hexdigest()[:32]
        _text(entry, "id", f"urn:studylib:{study_id}:{told}")
        _text(entry, "title", change.key)
        _text(entry, "updated", when)
        _text(entry, "content", f"{change.old} -> {change.new}")
    before = _entries_of(path)
    feed.extend(before[: max(0, MOST - len(found))])
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True)) + b"\n"


def _entries_of(path: Path) -> list[ET.Element]:
    """The entries a feed has; none where it cannot be read."""
    from defusedxml.ElementTree import parse

    try:
        return list(parse(path).getroot().findall(f"{{{ATOM}}}entry"))
    except (OSError, ET.ParseError, ValueError):
        return []


def told_in(path: Path) -> list[Told]:
    """What a feed tells, newest first; nothing where it cannot be read."""

    def said(entry: ET.Element, name: str) -> str:
        """The text of a part of an entry; "" where it has none."""
        return entry.findtext(f"{{{ATOM}}}{name}") or ""

    found = []
    for entry in _entries_of(path):
        old, _arrow, new = said(entry, "content").partition(" -> ")
        found.append(Told(said(entry, "updated"), said(entry, "title"), old, new))
    return found


def _text(parent: ET.Element, name: str, text: str) -> None:
    """An element with a text; what XML cannot hold or a reader cannot see is left out."""
    shown = "".join(c for c in text if is_printable(c) or c == "\u200d")
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = shown


def results_of(folder: Path) -> dict[str, Any] | None:
    """What a published folder says of itself; None where nothing can be read."""
    try:
        said: dict[str, Any] = json.loads((folder / RESULTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return said


def last(reports: Path, study_id: str) -> dict[str, Any] | None:
    """What changed last of a study: day, number of changes, causes, some of them in lines."""
    try:
        path = reports / f"{study_id}.changes.json"
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return said if {"day", "n", "causes"} <= said.keys() else None
    except (OSError, ValueError, AttributeError):
        return None
