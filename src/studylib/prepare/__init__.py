"""
Exports become the canonical tables of a study, with what was left out and why.

    RawPatents --identify, clean, merge--> applications symbols parties families rejects funnel
               --window, locate, tag-----> + locations tags fields, all of them in the period

Every number of the funnel is counted where it happens; with what each step left out it adds up
to the step before.  The result does not depend on the order of rows, files or sources.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from studylib import project
from studylib.errors import DataError
from studylib.prepare import accounts, doubts, families, identity, of_one_kind, records
from studylib.prepare.funnel import Funnel
from studylib.prepare.of_one_kind import joined
from studylib.prepare.of_study import for_study
from studylib.prepare.parties import clean_parties, of_applications
from studylib.prepare.party_cells import one_each
from studylib.prepare.result import Canonical
from studylib.prepare.symbols import clean_symbols, merge_symbols
from studylib.prepare.vintage import dated
from studylib.readers.raw import RawPatents

if TYPE_CHECKING:
    from studylib.study.model import Study

__all__ = ["TABLES", "Canonical", "canonical", "folder_of", "for_study"]

TABLES = (
    "applications", "symbols", "parties", "families", "years", "origins", "rejects", "repairs",
    "funnel",
)  # fmt: skip
"""What exports say without any study."""
LENS = "Lens simple"


@dataclass(frozen=True)
class Cleaned:
    """One export after cleaning, before it is merged with others."""

    known: pd.DataFrame
    priority_claims: pd.DataFrame
    symbols: pd.DataFrame
    rejects: pd.DataFrame


def folder_of(study: "Study") -> Path:
    """Where the canonical tables of a study are: see `project.folder_of`."""
    return project.folder_of(study.id)


def canonical(raws: list[RawPatents]) -> Canonical:
    """
    What exports say, cleaned and merged, without any study.

    Raises
    ------
    DataError
        There is no export, or exports with different kinds of family are mixed.
    """
    if not raws:
        raise DataError("There is nothing to read: no export was found.")
    raws = [one_each(dated(raw)) for raw in _one_naming(raws)]
    family_is = _family_is(raws)
    exports = list(of_one_kind.together(raws))
    with _later(sum(len(raw.parties) for raw in exports)) as later:
        # Half of the work is names, which have nothing to do with numbers, dates and symbols.
        named = later(lambda: [clean_parties(raw) for raw in exports])
        identified = [records.identify(raw, raw.format) for raw in exports]
        one = identity.reconciled([known for known, _ in identified])
        identified = [(known, bad) for known, (_, bad) in zip(one, identified, strict=True)]
        ids = [known["application_id"] for known in one]
        merging = later(lambda: of_applications(named(), ids))
        parts = [_clean(raw, *found) for raw, found in zip(exports, identified, strict=True)]
        known = joined([part.known for part in parts])
        merged = records.merge(known)
        claimed = joined([part.priority_claims for part in parts])
        keys = families.priority_keys(claimed)
        applications = families.assign(merged, keys["key"], family_is)
        symbols = merge_symbols(joined([part.symbols for part in parts]))
        parties, idle_names = merging()
    unused = joined([*(p.rejects for p in parts), records.disagreements(known), idle_names])
    with_ipc = symbols.loc[symbols["scheme"] == "ipc", "application_id"]
    funnel = Funnel()
    funnel.add("received", "record", sum(raw.n_received for raw in raws))
    funnel.add("read", "record", sum(len(raw.records) for raw in raws))
    funnel.add("identified", "record", len(known))
    funnel.add("applications", "application", len(applications))
    return Canonical(
        {
            "applications": applications,
            "symbols": symbols,
            "parties": parties,
            "families": families.table(applications, with_ipc),
            "years": accounts.years(applications, [raw.newest_year for raw in raws]),
            "rejects": accounts.together(unused),
            "origins": known[["application_id", "file", "row"]].drop_duplicates(ignore_index=True),
            "repairs": accounts.repairs(raws),
            "funnel": funnel.table(),
        },
        accounts.countries(keys["countries"], claimed, exports, ids),
    )


@contextmanager
def _later(n_parties: int) -> Iterator[Callable[[Callable[[], Any]], Callable[[], Any]]]:
    """
    `later(work)`: what gives the result of some work, done meanwhile on a second thread.

    With a bulk edition it is done when its result is asked for: two halves at a time would need
    the memory of both.
    """
    if n_parties > of_one_kind.LARGE:
        yield cache
        return
    beside = ThreadPoolExecutor(1)
    try:
        yield lambda work: beside.submit(work).result
    finally:
        beside.shutdown(cancel_futures=True)


def _clean(raw: RawPatents, known: pd.DataFrame, unread: pd.DataFrame) -> Cleaned:
    """One export, its records identified, with its claims and symbols cleaned."""
    ids = known["application_id"]
    symbols, unreadable = clean_symbols(raw, ids)
    doubtful = doubts.of_export(raw, known)
    rejects = joined([raw.rejects, unread, unreadable, doubtful])
    return Cleaned(known, families.priority_claims(raw, ids), symbols, rejects)


def _one_naming(raws: list[RawPatents]) -> list[RawPatents]:
    """
    The exports without the families of Lens where others name families too.

    Both are families of one set of priorities, but their names cannot be compared: there, the
    applications of Lens join families by their priorities.
    """
    others = {raw.family_is for raw in raws} - {"", LENS}
    return [
        replace(raw, records=raw.records.assign(family_id=None).astype({"family_id": "str"}),
                family_is="") if others and raw.family_is == LENS else raw
        for raw in raws
    ]  # fmt: skip


def _family_is(raws: list[RawPatents]) -> str:
    kinds = sorted({raw.family_is for raw in raws} - {""})
    if len(kinds) > 1:
        raise DataError(
            f"The exports hold different kinds of family: {', '.join(kinds)}. "
            "Families of different kinds cannot be counted together; build one study for each."
        )
    return kinds[0] if kinds else ""
