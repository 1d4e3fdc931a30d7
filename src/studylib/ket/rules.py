"""
A KET scheme: which symbols make a key enabling technology (KET), who says so, how sure that is.

    ket_ec2012.csv   ket, rule, symbol, level, with_symbol, certainty, used, source, note
    ket_ec2012.toml  id, title, citation, verified, note      (beside it; optional)
    ipc_alias.csv    old, new, since, certainty, source, note (beside it, else the library's)
    ipc_dots.csv     symbol, relation, other: the hierarchy below rules of one subgroup

    rule       include    the symbol triggers the KET
               exclude    the symbol does not trigger it, though a wider rule would; no veto
               not-with   no application with this symbol carries the KET
               only-with  the symbol triggers it beside any symbol of `with_symbol`
    level      class, subclass and main group stand for all below them; a group for itself

A row whose rule or level is `?`, or whose `used` is `no`, stays in the file and in
`Scheme.unused`, and tags nothing.
"""

import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from studylib.clean import ipc_spelling
from studylib.errors import DataError, UsageError, quoted, several, some
from studylib.project import PROJECT
from studylib.study.toml_errors import read_toml

KETS = (
    "micro_nano_electronics",
    "nanotechnology",
    "photonics",
    "industrial_biotechnology",
    "advanced_materials",
    "advanced_manufacturing",
)
RULES = ("include", "exclude", "not-with", "only-with")
LEVELS = ("class", "subclass", "main group", "group")
REQUIRED = ("ket", "rule", "symbol", "level")
TEXTS = ("with_symbol", "certainty", "used", "source", "note")
FOLDER = PROJECT / "data" / "raw" / "rules"
DEFAULT_SCHEME = FOLDER / "ket_ec2012.csv"
PROXY_SCHEME = FOLDER / "ket_wipo_proxy.csv"
ALIASES = "ipc_alias.csv"
DOTS = "ipc_dots.csv"


@dataclass(frozen=True)
class Scheme:
    """A KET scheme as its files say; see the module's picture of them."""

    id: str
    title: str
    citation: str
    verified: bool
    """Whether the rules were compared with the printed table; shown with every KET figure."""
    note: str
    rules: pd.DataFrame
    """The rules that are used: ket, rule, symbol, level, with_symbol, certainty, source, note,
    and `line`, the line of the file."""
    unused: pd.DataFrame
    """Rows of the file that tag nothing, in the same columns; `note` says why."""
    aliases: pd.DataFrame
    """Old and new symbols that have a successor: old, new, since, certainty, source, note."""
    dots: pd.DataFrame
    """What lies below rules of one subgroup: symbol, relation (below, not below, same), other."""
    titles: dict[str, str] = field(default_factory=dict)
    """The title in other languages, by language: `title_fr` and the like of the .toml file."""
    matchers: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """Rules made ready for searching, by way of matching; filled by `ket.match`."""

    @cached_property
    def kets(self) -> tuple[str, ...]:
        """The KETs this scheme can tag, in the order of `KETS`."""
        tagging = self.rules.loc[self.rules["rule"].isin(["include", "only-with"]), "ket"]
        return tuple(ket for ket in KETS if ket in set(tagging))

    @property
    def doubtful(self) -> pd.DataFrame:
        """All rows of certainty D, used and unused."""
        rows = pd.concat([self.rules, self.unused])
        return rows[rows["certainty"] == "D"].sort_values("line", ignore_index=True)


def load_scheme(path: str | Path = DEFAULT_SCHEME) -> Scheme:
    """
    The scheme of a rule file.

    Raises
    ------
    UsageError
        The file is not there.
    DataError
        A row names an unknown KET, rule or level, or a symbol that cannot be read.
    """
    path = Path(path)
    table = _read(path)
    if missing := [c for c in REQUIRED if c not in table]:
        raise DataError(f"{path.name} lacks the columns {some(missing)}; see the scheme files.")
    for column in TEXTS:
        table[column] = table.get(column, "")
    undecided = (table["rule"] == "?") | (table["level"] == "?")
    is_used = (table["used"].str.lower() != "no") & ~undecided
    used, unused = table[is_used], table[~is_used]
    _check(used, path.name)
    head = _head(path.with_suffix(".toml"))
    aliases = _read(_beside(path, ALIASES))
    has_successor = aliases["new"] != ""
    return Scheme(
        id=str(head.get("id", path.stem)),
        title=str(head.get("title", path.stem)),
        titles={k[6:]: str(text) for k, text in head.items() if k.startswith("title_")},
        citation=str(head.get("citation", "")),
        verified=head.get("verified", False) is True,
        note=str(head.get("note", "")),
        rules=used.reset_index(drop=True),
        unused=unused.reset_index(drop=True),
        aliases=aliases[has_successor].reset_index(drop=True),
        dots=_read(_beside(path, DOTS)),
    )


def level_of(symbol: str) -> str | None:
    """How deep a symbol in normal form goes (see `LEVELS`); None: it is not in normal form."""
    spelled = ipc_spelling.read(symbol)
    if spelled.symbol != symbol:
        return None
    return "group" if "/" in symbol else spelled.ipc_level


def _beside(path: Path, name: str) -> Path:
    """A file beside the scheme, or the one the library ships."""
    own = path.with_name(name)
    return own if own.is_file() else FOLDER / name


def _read(path: Path) -> pd.DataFrame:
    """A rule file as text, with the line of each row; empty stays empty."""
    try:
        table = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageError(f"There is no rule file {quoted(path.name)}.") from None
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise DataError(f"Rule file {quoted(path.name)} cannot be read: {error}") from None
    table = table.apply(lambda column: column.fillna("").str.strip())
    return pd.DataFrame(table).assign(line=range(2, len(table) + 2))


def _head(path: Path) -> dict[str, Any]:
    """What the file beside the rules says about them; nothing where there is none."""
    if not path.is_file():
        return {}
    try:
        return read_toml(path)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{quoted(path.name)} cannot be read as TOML: {error}.") from None


def _check(rules: pd.DataFrame, name: str) -> None:
    """Raise DataError unless every used row says something that can be done."""
    for column, known in (("ket", KETS), ("rule", RULES), ("level", LEVELS)):
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
    if len(wrong := rules[rules.duplicated(["ket", "rule", "symbol", "with_symbol"])]):
        raise DataError(
            f"{name} repeats {several(len(wrong), 'rule', 'rules')}: {some(wrong['symbol'])}."
        )
