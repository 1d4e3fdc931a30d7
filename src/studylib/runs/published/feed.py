"""
The feed of a study: what each release said that the one before did not, newest first.

    News  --tell-->     reports/<study>.feed.xml (Atom)
                        reports/<study>.changes.json, for the page above all studies
          --told_in-->  the entries of a feed, read again (for `build/published/news.py`)
          --last-->     what changed last, read again (for `build/published/above.py`)

One entry for each change; an identical build touches no file.  Feed and changes lie beside the
releases, not in them: a release is the same bytes whatever was there before.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from studylib.errors import is_printable
from studylib.files import atomic
from studylib.runs.published.changes import Change, News

ATOM = "http://www.w3.org/2005/Atom"
MOST = 200  # entries of a feed


@dataclass(frozen=True)
class Told:
    """An entry of the feed: when it was told, what is another now, as it was and as it is."""

    when: str
    key: str
    old: str
    new: str


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


def last(reports: Path, study_id: str) -> dict[str, Any] | None:
    """What changed last of a study: day, number of changes, causes, some of them in lines."""
    try:
        path = reports / f"{study_id}.changes.json"
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return said if {"day", "n", "causes"} <= said.keys() else None
    except (OSError, ValueError, AttributeError):
        return None
