"""
Why an application carries a KET, or does not: application, symbol, rule, source.

    symbol      ket                       effect          rule            verdict
    C12P 7/06   industrial_biotechnology  gives the tag   include C12P    no tag: vetoed by A61K 31
    A61K 31     industrial_biotechnology  vetoes the tag  not-with A61    no tag: vetoed by A61K 31
    B23B 1/00   advanced_manufacturing    gives the tag   only-with B23B  no tag: no symbol of G06
    E04B 1/00                             no rule

The verdict is that of `tag`, run on this application alone.
"""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from studylib.clean import ipc
from studylib.errors import UsageError, quoted
from studylib.ket.intervals import Match
from studylib.ket.match import matcher
from studylib.ket.rules import Scheme
from studylib.ket.tagger import tag

COLUMNS = [
    "application_id", "symbol", "ket", "effect", "verdict",
    "rule", "rule_symbol", "alias", "certainty", "source", "note",
]  # fmt: skip
GIVES = "gives the tag"
EXCLUDED = "excluded: does not give the tag"
VETOES = "vetoes the tag"
PARTNER = "partner of an only-with rule"
NO_RULE = "no rule"
UNCLASSIFIED = "no IPC symbol: unclassified, which is not without KET"


def explain(
    symbols: pd.DataFrame,
    scheme: Scheme,
    application_id: str | int,
    *,
    match: Match = "exact",
    applications: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """
    Every rule that speaks of a symbol of an application, and the verdict per KET.

    Parameters
    ----------
    symbols, scheme, match
        As in `ket.tag`.
    applications
        Known applications: tells one without IPC symbols from one that does not exist.

    Returns
    -------
    One row per (symbol, ket, rule): application_id, symbol, ket, effect, verdict, rule,
    rule_symbol, alias (the renaming that let the rule catch the symbol), certainty, source, note.
    A symbol no rule speaks of has one row without ket; so has an application without IPC symbol.

    Raises
    ------
    UsageError
        The application is in neither table.
    """
    mine = symbols[symbols["application_id"] == application_id]
    known = len(mine) > 0
    if applications is not None:
        known |= bool((applications["application_id"] == application_id).any())
    if not known:
        raise UsageError(f"There is no application {quoted(application_id)} in these tables.")
    if "scheme" in mine:
        mine = mine[mine["scheme"] == "ipc"]
    carried = sorted(mine["symbol"].dropna().astype("str").unique())
    if not carried:
        return _filled([{"effect": UNCLASSIFIED}], application_id)
    found = _matches(carried, scheme, match)
    tags = tag(mine.assign(application_id="it"), scheme, match=match)
    verdicts = _verdicts(found, dict(zip(tags["ket"], tags["n_symbols"], strict=True)))
    found = found.assign(verdict=found["ket"].map(verdicts))
    spoken = set(found["symbol"])
    silent = [{"symbol": symbol, "effect": NO_RULE} for symbol in carried if symbol not in spoken]
    return _filled([*found.to_dict("records"), *silent], application_id)


def giving(symbols: list[str], scheme: Scheme, match: Match = "exact") -> pd.DataFrame:
    """
    The rules that can give a technology to an application with one of these symbols.

    One row per (symbol, ket, rule), as text: symbol, ket, rule, rule_symbol, certainty, source.
    Whether it does depends on the other symbols, too: a veto, a partner that is missing.
    """
    columns = ["symbol", "ket", "rule", "rule_symbol", "certainty", "source"]
    if not symbols:
        return pd.DataFrame({column: pd.Series(dtype="str") for column in columns})
    found = _matches(symbols, scheme, match)
    found = found[found["effect"].str.startswith(GIVES)]
    return found[columns].astype("str").drop_duplicates().reset_index(drop=True)


def _matches(carried: list[str], scheme: Scheme, match: Match) -> pd.DataFrame:
    """One row per (symbol, rule) that meet, without what cannot matter for the KET."""
    spans = matcher(scheme, match).spans
    keys = ipc.checked_keys(pa.array(carried, pa.large_string()))[:, None]
    met = (spans["start"].to_numpy() <= keys) & (keys < spans["stop"].to_numpy())
    symbol, span = np.nonzero(met)
    found = spans.iloc[span].assign(symbol=[carried[i] for i in symbol])
    # A rule may catch a symbol itself and through a renaming: itself says enough.
    found = found.sort_values("alias", kind="stable").drop_duplicates(["rule", "part", "symbol"])
    rules = scheme.rules.rename(columns={"symbol": "rule_symbol"})
    found = found.rename(columns={"rule": "number"}).join(rules, on="number")
    is_partner = found["part"] == "with_symbol"
    effect = found["rule"].map({"include": GIVES, "exclude": EXCLUDED, "not-with": VETOES})
    effect = effect.fillna(f"{GIVES} beside " + found["with_symbol"]).mask(is_partner, PARTNER)
    pair = pd.MultiIndex.from_frame(found[["symbol", "ket"]])
    overruled = pair.isin(pair[found["rule"] == "exclude"]) & effect.str.startswith(GIVES)
    found["effect"] = effect.mask(overruled, EXCLUDED)
    found["rule_symbol"] = found["rule_symbol"].mask(is_partner, found["with_symbol"])
    # Dozens of only-with rules share one partner: it is said once, and only where it matters.
    repeated = is_partner & found.duplicated(["symbol", "ket", "effect", "with_symbol"])
    needless = is_partner & ~found["ket"].isin(found.loc[~is_partner, "ket"])
    found = found[~(repeated | needless)]
    return found.sort_values(["ket", "symbol", "rule", "rule_symbol"], kind="stable")


def _verdicts(found: pd.DataFrame, tagged: dict[str, int]) -> dict[str, str]:
    """What became of each KET some rule speaks of, in words."""
    return {str(ket): _verdict(rows, tagged.get(str(ket), 0)) for ket, rows in found.groupby("ket")}


def _verdict(rows: pd.DataFrame, n_symbols: int) -> str:
    """What became of one KET, from the rules that speak of it and the symbols that carry it."""
    if n_symbols:
        return f"tag: {n_symbols} symbol{'s' if n_symbols > 1 else ''}"
    gives = rows["effect"].str.startswith(GIVES)
    vetoes = rows.loc[rows["effect"] == VETOES, "symbol"].unique()
    if not gives.any():
        is_excluded = (rows["effect"] == EXCLUDED).any()
        return f"no tag: {'every symbol is excluded' if is_excluded else 'no symbol gives it'}"
    if len(vetoes):
        return f"no tag: vetoed by {', '.join(sorted(vetoes))}"
    partners = sorted(set(rows.loc[gives, "with_symbol"]))
    return f"no tag: no symbol of {', '.join(partners)}"


def _filled(rows: list[dict[Any, Any]], application_id: str | int) -> pd.DataFrame:
    """Rows as the table `explain` promises; what a row does not say is missing."""
    table = pd.DataFrame(rows).reindex(columns=COLUMNS)
    texts = [c for c in COLUMNS if c != "application_id"]
    table[texts] = table[texts].astype("str").replace("", None)
    return table.assign(application_id=application_id)
