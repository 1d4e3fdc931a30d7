"""
Records of exports become applications: one identity, one set of dates, one family each.

    RawPatents.records --identify--> + application_id, dates, years
                       --merge-----> applications (one row per application_id)

A record is identified by its application number; by its publication number where the export
has none (PATENTSCOPE).  Records of one application (its A1 and its B1) are merged: earliest
dates, first known text in the order of publication.  What disagrees is reported, not chosen
in silence.
"""

import numpy as np
import pandas as pd

from studylib.clean import numbers
from studylib.clean.document_kinds import document_of
from studylib.language import mark
from studylib.prepare import further_numbers
from studylib.prepare.record_dates import dated
from studylib.prepare.reject_rows import listed, rejected
from studylib.readers.raw import RawPatents

NO_NUMBER = mark("no application and no publication number")
NONE = mark("stands for no family")
EARLIER = mark("another record of the application says an earlier year")
KIND = r"(?:[0-9) ._/-]|^)[A-Z][0-9]?\)? *$"
"""How a publication number ends that says its kind."""
LIKE_INTERNATIONAL = r"^(?i:[A-VX-Z][A-Z]|W[A-NP-Z])? ?(?:19|20)\d\d/?\d{5,7} *$"
"""Year and serial number, with no word that says where it was filed."""
NO_FAMILY = r"(?i)(?:-\d+|0+(?:\.0+)?|-1\.0+|[-.]*|n/?a|nan|null|none|unknown)"
WHOLE_NUMBER = r"^([0-9]+)\.0+$"
"""As programs write a column of whole numbers in which some are missing."""
PLACE = ("file", "row")
ONLY_HERE = (*PLACE, "publication_id")  # columns that no application has
TEXT_OF_FIRST = (
    "source_id",
    "id_from",
    "office",
    "application_number",
    "publication_number",
    "title",
)
YEARS = ("filing_year", "priority_year", "publication_year")


def identify(raw: RawPatents, source_id: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """
    Records with identity and dates, and what could not be used.

    A year that an export states apart is used where no date tells it.

    Returns
    -------
    One row per record of `raw` that has a number, index = position in `raw.records`:
    application_id, id_from, source_id, office, application_number, publication_number,
    publication_id (normalised), family_id (as exported), document, title, file, row, filing_date,
    filing_year, publication_date, publication_year, priority_year.
    Rejects: file, row, column, value, reason.
    """
    records = raw.records
    filed = numbers.normalise_application(
        _in_own_series(records), office=records["application_office"]
    )
    published = numbers.normalise_publication(
        _with_kind(records), office=records["publication_office"]
    )
    filed["id"] = filed["id"] + _series(filed, records["publication_kind"])
    known = _identities(raw, filed, published).assign(source_id=source_id)
    nameless = known["application_id"].isna()
    rejects = [
        rejected(records, column, records[column], number["reason"].mask(nameless))
        for column, number in (("application_number", filed), ("publication_number", published))
    ]
    rejects.append(further_numbers.of_export(raw, filed, published))
    no_family = records["family_id"].notna() & known["family_id"].isna()
    none = pd.Series(NONE, records.index, dtype="str").where(no_family)
    rejects.append(listed(rejected(records, "family_id", records["family_id"], none)))
    known, undated = dated(known, raw)
    number = records["application_number"].fillna(records["publication_number"])
    unidentified = pd.Series(NO_NUMBER, index=records.index).where(nameless)
    rejects += [*undated, rejected(records, "application_number", number, unidentified)]
    return known[~nameless], pd.concat(rejects, ignore_index=True)


def _identities(raw: RawPatents, filed: pd.DataFrame, published: pd.DataFrame) -> pd.DataFrame:
    """What tells each record from others, by its application number, else by its publication."""
    records = raw.records
    by_application = filed["id"].notna()
    return pd.DataFrame(
        {
            "application_id": filed["id"].where(by_application, published["id"]),
            "id_from": np.where(by_application, "application", "publication"),
            "office": filed["office"].where(by_application, published["office"]),
            "application_number": records["application_number"],
            "publication_number": records["publication_number"],
            "publication_id": published["id"],
            "family_id": _families(records["family_id"]),
            "document": _documents(filed, published),
            "title": records["title"],
            "file": records["file"],
            "row": records["row"],
        },
        index=records.index,
    )


def _documents(filed: pd.DataFrame, published: pd.DataFrame) -> pd.Series:
    """What each record is, by the kind of its publication, else of its application."""
    told = document_of(published["office"].fillna(filed["office"]), published["kind"])
    return told.fillna(document_of(filed["office"], filed["kind"]))


def _families(stated: pd.Series) -> pd.Series:
    """Families as exported, 7.0 as 7; what exports write for none (0, -1, n/a) is none."""
    text = stated.str.strip().str.replace(WHOLE_NUMBER, r"\1", regex=True)
    return text.mask(text.str.fullmatch(NO_FAMILY).fillna(value=False).astype(bool))


def _with_kind(records: pd.DataFrame) -> pd.Series:
    """Publication numbers with the kind that stands beside them, where they do not say it."""
    number, kind = records["publication_number"], records["publication_kind"]
    apart = kind.notna() & number.notna()
    if not apart.any():
        return number
    says = number.str.contains(KIND, regex=True).fillna(value=False).astype(bool)
    return number.mask(apart & ~says, number + " " + kind)


def _in_own_series(records: pd.DataFrame) -> pd.Series:
    """
    Application numbers; those of models and designs that look international say their kind.

    `ES 2001012345` of a patent is PCT/ES2001/12345.  Published as U or S it is the office's own.
    """
    number, letter = records["application_number"], _own_letter(records["publication_kind"])
    alike = letter.notna() & number.notna()
    if not alike.any():
        return number
    alike &= number.str.contains(LIKE_INTERNATIONAL, regex=True).fillna(value=False).astype(bool)
    return number.mask(alike, number + " " + letter)


def _own_letter(kind: pd.Series) -> pd.Series:
    """U for utility models and S for designs, which count in series of their own; else missing."""
    letter = kind.astype("str").str[:1].str.upper().replace({"Y": "U"})
    return letter.where(letter.isin(["U", "S"]))


def _series(filed: pd.DataFrame, kind: pd.Series) -> pd.Series:
    """
    What is added to application numbers that do not say which series they count in.

    Utility models and designs have series of their own: `ES 200300017`, published as U, is not the
    patent of that number.  What is filed at WO has one series.
    """
    letter = _own_letter(kind)
    silent = filed["kind"].isna() & (filed["office"] != "WO") & letter.notna()
    ends = filed["id"].astype("str").str.endswith(("U", "S")).fillna(value=False)
    return letter.where(silent & ~ends.astype(bool), "").fillna("").astype("str")


def merge(known: pd.DataFrame) -> pd.DataFrame:
    """
    One row per application_id, sorted: earliest dates and years, first known text.

    "First" is by publication date, then by publication number, then by every other text, so
    that the order of rows and files does not matter.
    """
    records = known.drop(columns=list(ONLY_HERE))
    repeated = records["application_id"].duplicated(keep=False)
    order = ["application_id", "publication_date", "publication_number", "title", *TEXT_OF_FIRST]
    order = list(dict.fromkeys([*order, "family_id"]))
    several = records[repeated].sort_values(order, kind="stable").groupby("application_id")
    merged = several[[*TEXT_OF_FIRST, "family_id"]].first()
    for column in ("filing_date", "publication_date", "document", *YEARS):
        merged[column] = several[column].min()
    parts = [part for part in (records[~repeated], merged.reset_index()) if len(part)]
    return (
        (pd.concat(parts, ignore_index=True) if parts else records)
        .sort_values("application_id", kind="stable", ignore_index=True)
        .astype({**dict.fromkeys(YEARS, "Int64"), "document": "str"})
    )


def disagreements(known: pd.DataFrame) -> pd.DataFrame:
    """Rejects: filing years that differ between the records of one application (earliest used)."""
    earliest = known.groupby("application_id")["filing_year"].transform("min")
    later = (known["filing_year"] > earliest).fillna(value=False)
    reason = pd.Series(EARLIER, index=known.index).where(later)
    return rejected(known, "filing_year", known["filing_year"].astype("str"), reason)
