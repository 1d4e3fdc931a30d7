"""
Exchange documents collected into the raw tables, one after the other.

    document --Tables.add--> records, symbols, parties, priorities   or   rejects
             --Tables.finish--> RawPatents

A document that is not used leaves one row in `rejects` (column `document`).  What concerns
many values at once (symbols of national schemes, documents outside `Keep`) is one row per
reason with the number in `n`.  A file that breaks in the middle is taken back whole.
"""

from collections import Counter
from typing import Any, NamedTuple

import pandas as pd

from studylib.language import mark
from studylib.readers import raw
from studylib.readers.epo import (
    classifications,
    damage,
    exchange,
    left_behind,
    parties,
    unused,
    versions,
)
from studylib.readers.epo.rows import Rows
from studylib.readers.epo.versions import DELETION, NO_RECORD
from studylib.readers.lists.damage import PROTECTED
from studylib.readers.raw import Keep, RawPatents

DELETED = mark("the office deleted the publication (status D)")
NOT_A_DOCUMENT = mark("not an exchange document")
NO_BIBLIOGRAPHY = mark("no bibliographic data")
NO_NUMBER = mark("priority claim without a number")
HALF_CHARACTERS = mark("half characters (lone surrogates) replaced")
At = tuple[str, int]
"""File and number of the document in it."""


class Mark(NamedTuple):
    """How far the tables were filled."""

    lengths: tuple[int, ...]
    n_received: int
    counts: Counter[tuple[str, str]]
    repairs: Counter[str]


class Tables:
    """The raw tables of one export while it is read."""

    def __init__(self, keep: Keep | None = None) -> None:
        self.keep = keep or Keep()
        self.records = Rows(raw.RECORDS)
        self.symbols = Rows(raw.SYMBOLS)
        self.parties = Rows(raw.PARTIES)
        self.priorities = Rows(raw.PRIORITIES)
        self.rejects = Rows(raw.REJECTS)
        self.versions = Rows(("publication", "exchanged", "record"))
        self.rows = (self.records, self.symbols, self.parties, self.priorities, self.rejects,
                     self.versions)  # fmt: skip
        self.counts: Counter[tuple[str, str]] = Counter()
        self.repairs: Counter[str] = Counter()
        self.n_received = 0

    def mark(self) -> Mark:
        """Where the tables stand, to come back to with `undo`."""
        lengths = tuple(len(rows) for rows in self.rows)
        return Mark(lengths, self.n_received, self.counts.copy(), self.repairs.copy())

    def undo(self, mark: Mark) -> None:
        """Forget everything since a mark."""
        for rows, length in zip(self.rows, mark.lengths, strict=True):
            rows.cut(length)
        self.n_received, self.counts, self.repairs = mark[1:]

    def add(self, document: Any, file: str, row: int) -> None:
        """One exchange document as one record with its symbols, parties and priorities."""
        self.n_received += 1
        publication = self._sound(exchange.publication(document), "publication_number", (file, row))
        status = exchange.text(document, "@status") or ""
        bibliography = next(iter(exchange.many(document, "bibliographic-data")), None)
        reason = None
        if status.startswith("D"):
            reason, record = DELETED, DELETION
        elif isinstance(bibliography, dict):
            record = self._record(document, bibliography, publication, (file, row))
        elif isinstance(document, dict):  # OPS says "not found" in the status
            reason, record = (status if " " in status else NO_BIBLIOGRAPHY), NO_RECORD
        else:
            reason, record = NOT_A_DOCUMENT, NO_RECORD
        if reason:
            self.rejects.add(file, row, "document", publication.spelled, reason, 1)
        if reason in (None, DELETED):
            exchanged = exchange.text(document, "@date-of-last-exchange") or ""
            self.versions.add(publication.spelled, exchanged, record)

    def _record(
        self, document: Any, bibliography: Any, publication: exchange.Reference, at: At
    ) -> int:
        """Position of the new record, or NO_RECORD where it is left behind."""
        application = exchange.application(bibliography)
        claims = exchange.priorities(bibliography)
        people = [(r, parties.parties(bibliography, r)) for r in ("applicant", "inventor")]
        countries = {party.country for _, listed in people for party in listed}
        if behind := left_behind.reason(self.keep, application, claims, countries):
            self.counts["document", behind] += 1
            return NO_RECORD
        record = len(self.records)
        application = self._sound(application, "application_number", at)
        self.records.add(
            *at, application.spelled, application.country, application.date, None,
            publication._replace(kind=None).spelled, *publication[::2], publication.date, None,
            self._undamaged(exchange.text(document, "@family-id"), "family_id", at),
            self._undamaged(exchange.title(bibliography), "title", at),
        )  # fmt: skip
        self._claims(record, claims, at)
        for role, listed in people:
            self._people(record, role, listed, at)
        for told in unused.of_document(bibliography):
            self.rejects.add(*at, *told)
        cpc, others = classifications.cpc(bibliography)
        for symbols in (classifications.ipc(bibliography), cpc):
            for n, symbol in enumerate(symbols, start=1):
                self.symbols.add(record, *symbol, n)
        self.counts.update({("symbol", reason): n for reason, n in others.items()})
        return record

    def _claims(self, record: int, claims: list[exchange.Reference], at: At) -> None:
        """The priorities a record claims; one without a number is a claim, and told."""
        for n, claim in enumerate(claims, start=1):
            sound = self._sound(claim, "priority", at)
            if not claim.number:
                said = " ".join(part for part in (claim.country, claim.date) if part) or None
                self.rejects.add(*at, "priority", said, NO_NUMBER, 1)
            self.priorities.add(record, sound.spelled, sound.country, sound.date, n)

    def _people(self, record: int, role: str, listed: list[parties.Party], at: At) -> None:
        """The applicants or inventors of a record."""
        for n, party in enumerate(listed, start=1):
            if name := self._undamaged(party.name, role, at):
                self.parties.add(record, role, name, party.country, None, None, n)

    def _sound(self, found: exchange.Reference, column: str, at: At) -> exchange.Reference:
        """What a reference says, without a damaged number and what is no office and no kind."""
        said = {"number": self._undamaged(found.number, column, at)}
        for part, (form, reason) in damage.PARTS.items():
            value = getattr(found, part)
            if value is not None and not form.fullmatch(value):
                self.rejects.add(*at, column, value, reason, 1)
                said[part] = None
        return found._replace(**said)

    def _undamaged(self, value: str | None, column: str, at: At) -> str | None:
        """The value, or nothing where a spreadsheet damaged it, which is a reject."""
        if value is None or value[:1] not in damage.BEGINS:  # hardly one is
            return value
        if (inside := damage.unguarded(value)) is not None:
            self.repairs[PROTECTED] += 1
            return inside or None
        if (reason := damage.fault(value)) is None:
            return value
        self.rejects.add(*at, column, value, reason, 1)
        return None

    def finish(self, reader: str, *, latest_only: bool = False) -> RawPatents:
        """
        Everything collected, as the tables of `raw`.

        With `latest_only`, of several documents on one publication (DOCDB ships amendments and
        deletions) the one exchanged last counts; the others are rejects.
        """
        for (column, reason), n in sorted(self.counts.items()):
            self.rejects.add(None, None, column, None, reason, n)
        frames = [rows.frame() for rows in self.rows]
        records, symbols, parties, priorities, rejects, exchanged = (frame for frame, _ in frames)
        if n_repaired := sum(n for _, n in frames):
            self.repairs[HALF_CHARACTERS] += n_repaired
        old = versions.old_versions(exchanged) if latest_only else {}
        if old:
            rejects = pd.concat([rejects, versions.rejected(records, old)], ignore_index=True)
            symbols, parties, priorities = (
                versions.without(frame, old, len(records))
                for frame in (symbols, parties, priorities)
            )
            records = records.drop(index=list(old)).reset_index(drop=True)
        return RawPatents(
            format=reader,
            records=records.astype({"row": "int64"}),
            symbols=symbols,
            parties=parties,
            priorities=priorities,
            rejects=rejects,
            n_received=self.n_received,
            date_order="ymd",
            family_is="DOCDB simple" if records["family_id"].notna().any() else "",
            repairs=dict(self.repairs),
        )
