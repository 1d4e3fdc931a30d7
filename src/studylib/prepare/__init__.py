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
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pandas as pd

from studylib import ket, project, tables
from studylib.errors import DataError
from studylib.ket import fields
from studylib.prepare import doubts, families, identity, kinds, locate, records
from studylib.prepare.adding_up import UNKNOWN_YEAR
from studylib.prepare.funnel import Funnel
from studylib.prepare.parties import clean_parties, of_applications
from studylib.prepare.party_cells import one_each
from studylib.prepare.symbols import clean_symbols, merge_symbols
from studylib.prepare.vintage import dated
from studylib.readers.raw import REJECTS, RawPatents

if TYPE_CHECKING:
    from studylib.study.model import Study

TABLES = (
    "applications", "symbols", "parties", "families", "years", "origins", "rejects", "repairs",
    "funnel",
)  # fmt: skip
"""What exports say without any study."""
LENS = "Lens simple"


@dataclass(frozen=True)
class Canonical:
    """Canonical tables by name (see `tables.CONTRACTS`), and the priority countries."""

    tables: dict[str, pd.DataFrame]
    priority_countries: pd.Series
    """Countries of the priority claims, joined by a blank (index: application_id)."""

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.tables[name]

    def write(self, folder: Path, *, as_csv: bool = False) -> None:
        """
        Write every table into a folder, checked and sorted.

        All are written beside it first: if one cannot be, the folder stays as it was.
        """
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".unfinished-", dir=folder) as beside:
            large = max(map(len, self.tables.values())) > records.LARGE
            with ThreadPoolExecutor(1 if large else 2) as cores:
                writing = [
                    cores.submit(tables.write, table, name, Path(beside), as_csv=as_csv)
                    for name, table in sorted(self.tables.items())
                ]
            for written in writing:
                written.result()
            for path in sorted(Path(beside).iterdir()):
                path.replace(folder / path.name)


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
    exports = list(records.together(raws))
    with _later(sum(len(raw.parties) for raw in exports)) as later:
        # Half of the work is names, which have nothing to do with numbers, dates and symbols.
        named = later(lambda: [clean_parties(raw) for raw in exports])
        identified = [records.identify(raw, raw.format) for raw in exports]
        one = identity.reconciled([known for known, _ in identified])
        identified = [(known, bad) for known, (_, bad) in zip(one, identified, strict=True)]
        ids = [known["application_id"] for known in one]
        merging = later(lambda: of_applications(named(), ids))
        parts = [_clean(raw, *found) for raw, found in zip(exports, identified, strict=True)]
        known = records.joined([part.known for part in parts])
        merged = records.merge(known)
        claimed = records.joined([part.priority_claims for part in parts])
        keys = families.priority_keys(claimed)
        applications = families.assign(merged, keys["key"], family_is)
        symbols = merge_symbols(records.joined([part.symbols for part in parts]))
        parties, idle_names = merging()
    unused = records.joined([*(p.rejects for p in parts), records.disagreements(known), idle_names])
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
            "years": _years(applications, [raw.newest_year for raw in raws]),
            "rejects": _together(unused),
            "origins": known[["application_id", "file", "row"]].drop_duplicates(ignore_index=True),
            "repairs": _repairs(raws),
            "funnel": funnel.table(),
        },
        _countries(keys["countries"], claimed, exports, ids),
    )


def _countries(
    known: pd.Series, claimed: pd.DataFrame, exports: list[RawPatents], ids: list[pd.Series]
) -> pd.Series:
    """
    Countries of the priority claims; "" where claims there may be are of no known country.

    Only what is known to claim nothing counts for its own office.
    """
    told = known.dropna()
    nowhere = claimed.loc[claimed["country"].isna(), "application_id"]
    silent = [own for raw, own in zip(exports, ids, strict=True) if not raw.knows_claims]
    if silent:
        sure = {one for raw, own in zip(exports, ids, strict=True) if raw.knows_claims
                for one in own}  # fmt: skip
        open_ones = pd.concat(silent)
        nowhere = pd.concat([nowhere, open_ones[~open_ones.isin(sure)]])
    nowhere = nowhere.drop_duplicates()
    nowhere = nowhere[~nowhere.isin(told.index)]
    if nowhere.empty:
        return told
    unknown: pd.Series = pd.Series("", index=nowhere.to_numpy(), dtype="str")
    both: pd.Series = pd.concat([told, unknown])
    return both


@contextmanager
def _later(n_parties: int) -> Iterator[Callable[[Callable[[], Any]], Callable[[], Any]]]:
    """
    `later(work)`: what gives the result of some work, done meanwhile on a second thread.

    With a bulk edition it is done when its result is asked for: two halves at a time would need
    the memory of both.
    """
    if n_parties > records.LARGE:
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
    rejects = records.joined([raw.rejects, unread, unreadable, doubtful])
    return Cleaned(known, families.priority_claims(raw, ids), symbols, rejects)


def _years(applications: pd.DataFrame, newest: list[int | None]) -> pd.DataFrame:
    """One row per kind of date and year (contract `years`); an edition counts no application."""
    parts = [
        applications[f"{date}_year"]
        .value_counts()
        .rename_axis("year")
        .rename("n")
        .reset_index()
        .assign(date=date)
        for date in ("filing", "priority", "publication")
    ]
    editions = sorted({year for year in newest if year is not None})
    parts.append(pd.DataFrame({"date": "edition", "year": editions, "n": 0}))
    return records.joined(parts)


def _together(rejects: pd.DataFrame) -> pd.DataFrame:
    """Exports repeat symbols: what is unreadable twice in a row is one reject of two."""
    key = [column for column in REJECTS if column != "n"]
    return rejects.groupby(key, dropna=False, sort=True)["n"].sum().reset_index()


def _repairs(raws: list[RawPatents]) -> pd.DataFrame:
    """One row per file and kind of repair (contract `repairs`)."""
    rows = []
    for raw in raws:
        files = raw.records["file"].unique()
        file = files[0] if len(files) == 1 else None
        rows += [(file, what, n) for what, n in raw.repairs.items()]
    frame = pd.DataFrame(rows, columns=["file", "what", "n"]).astype({"file": "str", "what": "str"})
    return frame.groupby(["file", "what"], dropna=False, sort=True)["n"].sum().reset_index()


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


def for_study(read: Canonical, study: "Study", scheme: ket.Scheme) -> Canonical:
    """
    The canonical tables of a study: what lies in its period, located, tagged.

    Applications outside the areas stay (they are nobody's in `locations`); applications of kinds
    that the study does not count, outside the period, or without a year on the study's date, are
    left out and counted.
    """
    everything = kinds.counted(read["applications"], study)
    year = everything[f"{study.period.date}_year"]
    inside = year.between(study.period.first_year, study.period.last_year).fillna(value=False)
    applications = everything[inside.astype(bool)].reset_index(drop=True)
    ids = applications["application_id"]
    kept = {
        name: table[table["application_id"].isin(ids)]
        for name, table in read.tables.items()
        if name in {"symbols", "parties", "origins"}
    }
    symbols = kept["symbols"]
    with_ipc = symbols.loc[symbols["scheme"] == "ipc", "application_id"].drop_duplicates()
    locations, parties = locate.locations(
        applications, kept["parties"], read.priority_countries, study
    )
    match: ket.Match = "prefix" if study.ket.match == "prefix" else "exact"
    result = {
        "applications": applications,
        "symbols": symbols,
        "parties": parties,
        "families": families.table(applications, with_ipc),
        "locations": locations,
        "tags": ket.tag(symbols, scheme, match=match),
        "fields": fields.assign(symbols),
        "documents": kinds.table(read["applications"], study),
        "years": read["years"],
        "origins": kept["origins"],
        "repairs": read["repairs"],
        "rejects": _with_unknown_year(read["rejects"], year, f"{study.period.date}_year"),
        "funnel": _funnel_of_study(read, len(everything), applications, locations, with_ipc, study),
    }
    return replace(read, tables=result)


def _with_unknown_year(rejects: pd.DataFrame, year: pd.Series, column: str) -> pd.DataFrame:
    """The rejects and, in one row, the applications that no window can hold."""
    n = int(year.isna().sum())
    if not n:
        return rejects
    row = {"column": column, "reason": UNKNOWN_YEAR, "n": n}
    return records.joined([rejects, pd.DataFrame([row], columns=rejects.columns)])


def _funnel_of_study(
    read: Canonical,
    n_counted: int,
    applications: pd.DataFrame,
    locations: pd.DataFrame,
    with_ipc: pd.Series,
    study: "Study",
) -> pd.DataFrame:
    """The funnel of the exports, continued through period and areas to families with IPC."""
    here = locations[locations["basis"] == study.counting.located_by]
    in_territory = here[here["kind"] == "territory"]["application_id"].unique()
    mine = applications[applications["application_id"].isin(in_territory)]
    classified = mine[mine["application_id"].isin(with_ipc)]
    funnel = Funnel.of(read["funnel"])
    funnel.add("of_kinds", "application", n_counted)
    funnel.add("in_period", "application", len(applications))
    funnel.add("in_areas", "application", here["application_id"].nunique())
    funnel.add("in_territories", "application", len(mine))
    funnel.add("families", "family", mine["family_id"].nunique())
    funnel.add("classified", "family", classified["family_id"].nunique())
    return funnel.table()
