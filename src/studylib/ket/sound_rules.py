"""
The rows of a KET scheme held against what a rule can say; the first that says nothing is named.

    ket, rule, symbol, level, with_symbol, line  --check-->  nothing, or DataError with the line

A symbol stands in normal form (H01L, H01L 31, H01L 31/042) and is as deep as its level says.
"""

import pandas as pd

from studylib.clean import ipc_spelling
from studylib.errors import DataError, several, some
from studylib.files import hand_kept

RULES = ("include", "exclude", "not-with", "only-with")
TAGGING = ("include", "only-with")
LEVELS = ("class", "subclass", "main group", "group")


def level_of(symbol: str) -> str | None:
    """How deep a symbol in normal form goes (see `LEVELS`); None: it is not in normal form."""
    spelled = ipc_spelling.read(symbol)
    if spelled.symbol != symbol:
        return None
    return "group" if "/" in symbol else spelled.ipc_level


def check(rules: pd.DataFrame, name: str, kets: tuple[str, ...]) -> None:
    """Raise DataError unless every used row says something that can be done."""
    kets = kets or tuple(rules["ket"][rules["ket"] != ""].unique())
    if strange := [ket for ket in kets if hand_kept.key(ket) != ket]:
        raise DataError(
            f"{name}: a `ket` is a key of small letters, digits and _, and its name stands in the "
            f".toml file. Not so: {some(strange)}."
        )
    for column, known in (("ket", kets), ("rule", RULES), ("level", LEVELS)):
        if len(wrong := rules[~rules[column].isin(known)]):
            raise DataError(
                f"{name}, line {wrong['line'].iloc[0]}: "
                f"{several(len(wrong), 'row has', 'rows have')} an unknown "
                f"`{column}`: {some(wrong[column].unique())}. Known: {', '.join(known)}."
            )
    depth = rules["symbol"].map(level_of)
    # "C07C 29/00" may stand for the whole main group or for itself: the level says which.
    agrees = (depth == rules["level"]) | (
        (rules["level"] == "main group") & rules["symbol"].str.endswith("/00") & depth.notna()
    )
    if len(wrong := rules[~agrees]):
        raise DataError(
            f"{name}, line {wrong['line'].iloc[0]}: "
            f"{several(len(wrong), 'row has', 'rows have')} a symbol that is not in "
            f"normal form or not of its level: {some(wrong['symbol'])}. Write H01L, H01L 31 or "
            "H01L 31/042 with level subclass, main group or group."
        )
    with_symbol = rules["with_symbol"]
    is_pair = rules["rule"] == "only-with"
    bad_pair = (with_symbol.map(level_of).isna() & is_pair) | (with_symbol.ne("") & ~is_pair)
    if len(wrong := rules[bad_pair]):
        raise DataError(
            f"{name}, line {wrong['line'].iloc[0]}: "
            f"{several(len(wrong), 'row breaks', 'rows break')} the rule that "
            "only-with rows, and no others, name a readable `with_symbol`: "
            f"{some(wrong['with_symbol'])}."
        )
    if not rules["rule"].isin(TAGGING).any():
        raise DataError(f"{name} has no rule that tags anything; write one with `rule` include.")
    if len(wrong := rules[rules.duplicated(["ket", "rule", "symbol", "with_symbol"])]):
        raise DataError(
            f"{name} repeats {several(len(wrong), 'rule', 'rules')}: {some(wrong['symbol'])}."
        )
