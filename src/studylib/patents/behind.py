"""
From a number to its patents: the applications behind a count, and why each is among them.

    ket_shares: Spain, photonics, n = 12   --applications(area="Spain", ket="photonics")-->
        title   symbols                rules                              file       row
        Laser   H01S 5/00; G01J 3/00   H01S 5/00: include H01S (source)   list.csv    17

`patents.judged` draws some of them to be judged by hand.
"""

from difflib import get_close_matches

import pandas as pd

from studylib import ket as kets_room
from studylib.clean import numbers
from studylib.errors import UsageError, quoted, some
from studylib.files.answers import once
from studylib.ket import fields
from studylib.patents.dataset import Dataset

COLUMNS = [
    "area", "application_id", "family_id", "office", "application_number", "publication_number",
    "title", "filing_year", "priority_year", "publication_year", "weight", "kets", "fields",
    "symbols", "rules", "file", "row",
]  # fmt: skip


@once
def applications(
    study: Dataset, *, area: str = "", ket: str = "", field: int | str = ""
) -> pd.DataFrame:
    """
    The applications behind a count of the study, on its basis of location.

    Parameters
    ----------
    area
        A territory, the reference or a comparison area; all territories if empty.
    ket
        Only applications that carry this key enabling technology.
    field
        Only applications of this WIPO field (1 to 35).

    Returns
    -------
    One row per application and area, sorted: area, ids and numbers as exported, title, years,
    weight (share in the area), kets and fields it carries, its IPC symbols, the rules that give its
    KETs (symbol: rule, source), file and row of the export (missing in bulk editions, which have no
    order).  Families in it are the units a count by family has.

    Raises
    ------
    UsageError
        There is no such area, technology or field.
    """
    _known("area", area, list(dict.fromkeys([*study.areas, *study.local_areas])))
    _known("ket", ket, list(study.scheme.kets))
    _known("field", str(field), [str(number) for number in fields.field_names()])
    here = study.locations[study.locations["basis"] == study.rule.located_by]
    here = here[here["area"].astype("str").isin([area] if area else study.territories)]
    wanted = here[["area", "application_id", "weight"]].astype({"area": "str"})
    if ket:
        wanted = _carrying(wanted, study.tags[study.tags["ket"].astype("str") == ket])
    if field != "":
        wanted = _carrying(wanted, study.fields[study.fields["field_id"] == int(field)])
    told = wanted.merge(study.applications.drop(columns=["filing_date"]), on="application_id")
    ids = told["application_id"].drop_duplicates()
    listed = [
        _joined(_carrying(study.tags, ids), "ket", "kets"),
        _joined(_carrying(study.fields, ids), "field_id", "fields"),
        _joined(_ipc(study, ids), "symbol", "symbols"),
        _joined(_reasons(study, ids, ket), "reason", "rules"),
        origins(study),
    ]
    for column in listed:
        told = told.merge(column, on="application_id", how="left")
    return told[COLUMNS].sort_values(["area", "application_id"], ignore_index=True)


def origins(study: Dataset) -> pd.DataFrame:
    """One row per application: the first file and row of the exports it stands in."""
    found = study.table("origins")
    return found.groupby("application_id", as_index=False)[["file", "row"]].first()


def explain(study: Dataset, application: str) -> pd.DataFrame:
    """
    Why an application carries its technologies, or none: see `studylib.ket.explain`.

    Parameters
    ----------
    application
        Its id, or the number of it or of its publication in any spelling.

    Returns
    -------
    One row per symbol, technology and rule, with file and row of the export.

    Raises
    ------
    UsageError
        No application of the study has this number.
    """
    known = study.applications
    number = pd.Series([application], dtype="str")
    spellings = {application, numbers.normalise_application(number)["id"].iloc[0]}
    mine = known[known["application_id"].isin(spellings)]
    if mine.empty:
        published = numbers.normalise_publication(known["publication_number"])["id"]
        mine = known[published == numbers.normalise_publication(number)["id"].iloc[0]]
    if len(mine) != 1:
        raise UsageError(
            f"{len(mine) or 'No'} applications of the study have the number {quoted(application)}"
            + (f": {some(mine['application_id'])}. Name one of them." if len(mine) else
               "; it may lie outside the period.")
        )  # fmt: skip
    own = str(mine["application_id"].iloc[0])
    lines = kets_room.explain(
        study.symbols, study.scheme, own, match=_match(study), applications=known
    )
    return lines.merge(origins(study), on="application_id", how="left")


def _known(name: str, value: str, allowed: list[str]) -> None:
    """Raise where there is no such value."""
    if value and value not in allowed:
        near = get_close_matches(value, allowed, n=1, cutoff=0.75)
        meant = f" (did you mean {quoted(near[0])}?)" if near else ""
        raise UsageError(
            f"There is no {name} {quoted(value)}{meant}; there are {some(allowed, most=40)}."
        )


def _match(study: Dataset) -> kets_room.Match:
    """How rules on subgroups match in the tables of the study."""
    return "prefix" if study.definition.ket.match == "prefix" else "exact"


def _carrying(rows: pd.DataFrame, marked: pd.DataFrame | pd.Series) -> pd.DataFrame:
    """The rows of applications that stand in another table."""
    ids = marked["application_id"] if isinstance(marked, pd.DataFrame) else marked
    return rows[rows["application_id"].isin(ids)]


def _joined(rows: pd.DataFrame, column: str, name: str) -> pd.DataFrame:
    """The distinct values of a column for each application, in order, on one line."""
    pairs = rows[["application_id", column]].astype({column: "str"}).drop_duplicates()
    lines = pairs.groupby("application_id")[column].agg("; ".join)
    return lines.rename(name).reset_index()


def _ipc(study: Dataset, ids: pd.Series) -> pd.DataFrame:
    """The IPC symbols of some applications, in the order of the export."""
    ipc = study.symbols[study.symbols["scheme"] == "ipc"]
    return _carrying(ipc, ids).sort_values(["application_id", "position", "symbol"], kind="stable")


def _reasons(study: Dataset, ids: pd.Series, ket: str) -> pd.DataFrame:
    """One row per application and rule that gives it a technology: application_id, reason."""
    tags = _carrying(study.tags, ids).astype({"ket": "str"})
    tags = tags[tags["ket"] == ket] if ket else tags
    ipc = _ipc(study, ids)[["application_id", "symbol"]].astype({"symbol": "str"})
    rules = kets_room.giving(sorted(ipc["symbol"].unique()), study.scheme, _match(study))
    found = ipc.merge(rules, on="symbol").merge(tags[["application_id", "ket"]])
    source = found["source"].fillna("").astype("str")
    source = source.where(source == "", " (" + source + ")")
    reason = found["symbol"] + ": " + found["rule"] + " " + found["rule_symbol"] + source
    return found.assign(reason=reason)
