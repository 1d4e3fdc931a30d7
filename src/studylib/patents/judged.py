"""
How often a rule is right: applications that carry a technology, drawn and judged by hand.

    sample(study, "photonics", n=50)   ->  a sheet; `is_right` is filled with yes or no
    precision(sheet)                   ->  photonics: 44 of 48 right, between 83 and 96 % of 120
"""

import pandas as pd

from studylib.errors import UsageError, some
from studylib.patents.behind import applications
from studylib.patents.dataset import Dataset
from studylib.stats import estimate

SHEET = ["ket", "application_id", "title", "symbols", "rules", "file", "row", "is_right", "note",
         "n_tagged", "seed"]  # fmt: skip
YES = frozenset({"1", "yes", "y", "true", "x", "right", "oui", "sí", "si", "o", "s"})
NO = frozenset({"0", "no", "n", "false", "wrong", "non"})


def sample(study: Dataset, ket: str, n: int = 50, *, seed: int | None = None) -> pd.DataFrame:
    """
    Some applications that carry a technology, drawn at random, as a sheet to be judged by hand.

    One row per application: what it is and why it is tagged; `is_right` and `note` are empty.  Fill
    `is_right` with yes or no, save it, and give it to `precision`.  Without `seed`, the study's.
    """
    seed = study.definition.seed if seed is None else seed
    tagged = applications(study, ket=ket).drop_duplicates("application_id")
    if n < 1:
        raise UsageError(f"{n} applications cannot be drawn; ask for 1 or more.")
    drawn = tagged.sample(min(n, len(tagged)), random_state=seed).sort_values("application_id")
    blank = pd.Series(pd.NA, drawn.index, dtype="str")
    filled = drawn.assign(ket=ket, is_right=blank, note=blank, n_tagged=len(tagged), seed=seed)
    return filled[SHEET].reset_index(drop=True)


def precision(sheet: pd.DataFrame) -> pd.DataFrame:
    """
    How often a rule is right, from a sheet of `sample` that was filled.

    Returns
    -------
    One row per ket: ket, n (judged right), base (judged), share, low, high (95 %), n_drawn,
    n_tagged.  Rows nobody judged count in `n_drawn` alone.  The interval is exact for a sample
    drawn without replacement from the `n_tagged` that carry it (`estimate.finite_share`): where
    all were judged, nothing is uncertain but the judgement.  A sheet without that column is taken
    as a sample from many (Wilson).

    Raises
    ------
    UsageError
        A column is missing, or a judgement is neither yes nor no.
    """
    if missing := [column for column in ("ket", "is_right") if column not in sheet]:
        raise UsageError(f"The sheet lacks {some(missing)}. Fill one that `sl.sample` made.")
    said = sheet["is_right"].astype("str").str.strip().str.casefold()
    said = said.mask(said == "").str.removesuffix(".0")
    if odd := sorted(set(said.dropna()) - YES - NO):
        raise UsageError(f"`is_right` can be yes or no, and is {some(odd)}. Correct the sheet.")
    judged = pd.DataFrame({"ket": sheet["ket"].astype("str"), "right": said.isin(YES),
                           "judged": said.notna()})  # fmt: skip
    found = judged.groupby("ket", as_index=False).agg(
        n=("right", "sum"), base=("judged", "sum"), n_drawn=("judged", "size")
    )
    if "n_tagged" in sheet:
        n_tagged = sheet.groupby(sheet["ket"].astype("str"))["n_tagged"].first()
        found = found.assign(n_tagged=found["ket"].map(n_tagged).astype("int64"))
        if (few := found["n_tagged"] < found["n_drawn"]).any():
            raise UsageError(
                f"The sheet has more rows than are tagged: {some(found.loc[few, 'ket'])}. "
                "Keep sheets of one study and one draw."
            )
        share = estimate.finite_share(found["n"], found["base"], found["n_tagged"])
    else:
        share = estimate.share(found["n"], found["base"])
    found = found.join(share)
    columns = ["ket", "n", "base", "share", "low", "high", "n_drawn", "n_tagged"]
    return found.reindex(columns=columns)
