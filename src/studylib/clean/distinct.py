"""
Clean a column by cleaning each distinct text once: a million rows hold few thousand spellings.

    values   "a ", None, "b", "a "   --distinct-->   codes 0 -1 1 0   and texts "a", "b"
    results  per text  0: "A", 1: "B"  --spread-->   "A", missing, "B", "A"
"""

import numpy as np
import pandas as pd

from studylib.clean.texts import array, parts


def distinct(values: pd.Series) -> tuple[np.ndarray, pd.Series]:
    """
    The place of each row in the distinct texts (-1: missing), and those texts, outer blanks off.

    Texts that differ only in outer blanks stay apart; every text has its own place.
    """
    if isinstance(values.dtype, pd.CategoricalDtype):
        codes = values.cat.codes.to_numpy(dtype=np.int64)
        texts = values.cat.categories
    else:
        codes, texts = pd.factorize(values)
    return codes, pd.Series(texts, dtype="str").str.strip()


def spread(results: pd.DataFrame, codes: np.ndarray, index: pd.Index) -> pd.DataFrame:
    """Results per distinct text laid out over the rows; missing where the value is missing."""
    # A row of missing values at the end is the one that code -1 takes.
    return results.reindex(range(len(results) + 1)).take(codes).set_axis(index)


def groups(texts: pd.Series, form: str) -> pd.DataFrame:
    """The named groups of a form (RE2), one column each; missing where empty or nothing fits."""
    columns = parts(array(texts), form)
    return pd.DataFrame({name: column.to_pandas() for name, column in columns.items()}).set_axis(
        texts.index
    )
