"""
Which submissions of a survey stand: one per respondent, of a territory of the study.

    cells of the export  --submissions-->  respondent_id, territory, is_complete; notes on the rest
"""

import pandas as pd

from studylib.survey import trials
from studylib.survey.codebook import Codebook, key
from studylib.survey.notes import DUPLICATE, NO_TERRITORY, PARTIAL, notes, summed
from studylib.survey.table import Export


def submissions(export: Export, book: Codebook) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per respondent that is used (index: row of the file), and notes on the others."""
    said = export.column(book.territory)
    known = {key(label): territory for label, territory in book.territories.items()}
    if book.territory is None:
        territory = pd.Series(next(iter(known.values())), index=said.index, dtype="str")
    else:
        territory = said.map(lambda cell: known.get(key(cell))).astype("str")
    submitted = export.column(book.submitted)
    complete = submitted.ne("") if export.has(book.submitted) else submitted.eq("")
    base = pd.DataFrame({"territory": territory, "is_complete": complete.astype(bool)})
    kept = _last_of_each(export, book, submitted)
    is_placed = territory.notna()
    used = is_placed & kept if book.partial == "keep" else is_placed & kept & complete
    left_out = [
        notes("territory", said[~is_placed], NO_TERRITORY),
        notes("row", _rows(is_placed & ~kept), DUPLICATE),
        notes("row", _rows(is_placed & kept & ~used), PARTIAL),
    ]
    left_out += trials.told(export, book, _moment(submitted))
    base.insert(0, "respondent_id", _ids(export, book))
    return base[used.astype(bool)], summed(left_out)


def _rows(which: pd.Series) -> pd.Series:
    return pd.Series(which.index[which.astype(bool)].astype("str"))


def _ids(export: Export, book: Codebook) -> pd.Series:
    """Respondents as the export calls them; numbers instead where that would be personal data."""
    said = export.column(book.respondent)
    rows = pd.Series("row " + said.index.astype("str"), index=said.index, dtype="str")
    if not export.has_personal_ids:
        return said.where(said != "", rows)
    names = said.map(key)
    rank = names.rank(method="dense").astype(int).astype("str").str.zfill(4)
    return ("R-" + rank).where(said != "", rows)


def _last_of_each(export: Export, book: Codebook, submitted: pd.Series) -> pd.Series:
    """
    Which submissions stand: of one respondent the latest, of equal dates the fullest.

    Without a column for respondents, submissions equal in every cell, date included, are one.
    """
    cells = export.cells
    if export.has(book.respondent):
        who = export.column(book.respondent).map(key)
        who = who.where(who != "", "row " + who.index.astype("str"))
    elif export.has(book.submitted):
        who = cells.agg("\x1f".join, axis=1) if len(cells) else submitted
        who = who.where(submitted != "", "row " + who.index.astype("str"))
    else:
        return pd.Series(data=True, index=cells.index)
    order = pd.DataFrame(
        {
            "when": _moment(submitted),
            "filled": (cells != "").sum(axis=1),
            "content": cells.agg("\x1f".join, axis=1) if len(cells) else submitted,
        }
    ).sort_values(["when", "filled", "content"], kind="stable", na_position="first")
    return ~who.loc[order.index].duplicated(keep="last").reindex(cells.index)


def _moment(submitted: pd.Series) -> pd.Series:
    """Day and time of submission; missing where the text is none."""
    text = submitted.str.replace(r"\s*(?:GMT|UTC|CES?T)[+-]?\d*$", "", regex=True)
    iso = text.str.match(r"\d{4}")
    as_iso = pd.to_datetime(text.where(iso), errors="coerce", format="mixed", utc=True)
    others = pd.to_datetime(
        text.where(~iso), errors="coerce", format="mixed", dayfirst=True, utc=True
    )
    return as_iso.fillna(others)
