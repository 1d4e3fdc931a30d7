"""What stands beside the records of exports: years, repairs, rejects, countries of claims."""

import pandas as pd

from studylib.clean.texts import among
from studylib.files import wording
from studylib.prepare.of_one_kind import joined
from studylib.readers.raw import REJECTS, RawPatents


def countries(
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
    nowhere = nowhere[~among(nowhere, told.index.to_series())]
    if nowhere.empty:
        return told
    unknown: pd.Series = pd.Series("", index=nowhere.to_numpy(), dtype="str")
    both: pd.Series = pd.concat([told, unknown])
    return both


def years(applications: pd.DataFrame, newest: list[int | None]) -> pd.DataFrame:
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
    return joined(parts)


def together(rejects: pd.DataFrame) -> pd.DataFrame:
    """Exports repeat symbols: what is unreadable twice in a row is one reject of two."""
    rejects = rejects.copy(deep=False)
    wording.frame(rejects, ("value",))  # what is wrong with a value may be a sign nobody sees
    key = [column for column in REJECTS if column != "n"]
    return rejects.groupby(key, dropna=False, sort=True)["n"].sum().reset_index()


def repairs(raws: list[RawPatents]) -> pd.DataFrame:
    """One row per file and kind of repair (contract `repairs`)."""
    rows = []
    for raw in raws:
        files = raw.records["file"].unique()
        file = files[0] if len(files) == 1 else None
        rows += [(file, what, n) for what, n in raw.repairs.items()]
    frame = pd.DataFrame(rows, columns=["file", "what", "n"]).astype({"file": "str", "what": "str"})
    return frame.groupby(["file", "what"], dropna=False, sort=True)["n"].sum().reset_index()
