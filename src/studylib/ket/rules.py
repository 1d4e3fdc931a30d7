"""
A KET scheme: which symbols make a key enabling technology (KET), who says so, how sure that is.

    ket_ec2012.csv   ket, rule, symbol, level, with_symbol, certainty, used, source, note
    ket_ec2012.toml  id, title, citation, verified, note, [ket.photonics] en = "Photonics", fr = ...
                     (beside it; optional: a technology without a name is called by its key)
    ipc_alias.csv    old, new, since, certainty, source, note (beside it, else the library's)
    ipc_dots.csv     symbol, relation, other: the hierarchy below rules of one subgroup

    rule       include    the symbol triggers the KET
               exclude    the symbol does not trigger it, though a wider rule would; no veto
               not-with   no application with this symbol carries the KET
               only-with  the symbol triggers it beside any symbol of `with_symbol`
    level      class, subclass and main group stand for all below them; a group for itself

Which technologies there are, how many and in which order, the scheme says: where the .toml file
names them, a row of any other is refused.

A row whose rule or level is `?`, or whose `used` is `no`, stays in the file and in
`Scheme.unused`, and tags nothing.
"""

import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from studylib.errors import DataError, UsageError, quoted, some
from studylib.files import limits, plain, toml, wording
from studylib.ket.sound_rules import TAGGING, check
from studylib.language import SOURCE, given, is_language
from studylib.project import PROJECT

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
    names: dict[str, given.Texts] = field(default_factory=dict)
    """What each KET is called, by language: `[ket.photonics]` of the .toml file."""
    matchers: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """Rules made ready for searching, by way of matching; filled by `ket.match`."""

    @cached_property
    def kets(self) -> tuple[str, ...]:
        """The KETs this scheme can tag, in the order of their names, then of the rules."""
        tagging = self.rules.loc[self.rules["rule"].isin(TAGGING), "ket"]
        in_order = dict.fromkeys([*self.names, *tagging])
        return tuple(ket for ket in in_order if ket in set(tagging))

    def name(self, ket: str) -> str:
        """What a KET is called in the language of the page; its key in words where nobody says."""
        return given.name_of(ket, self.names)


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
    head = _head(path.with_suffix(".toml"))
    names = _names(head, path.with_suffix(".toml").name)
    check(used, path.name, tuple(names))
    aliases = _read(_beside(path, ALIASES))
    has_successor = aliases["new"] != ""
    return Scheme(
        id=str(head.get("id", path.stem)),
        title=str(head.get("title", path.stem)),
        titles={k[6:]: str(text) for k, text in head.items() if k.startswith("title_")},
        names=names,
        citation=str(head.get("citation", "")),
        verified=head.get("verified", False) is True,
        note=str(head.get("note", "")),
        rules=used.reset_index(drop=True),
        unused=unused.reset_index(drop=True),
        aliases=aliases[has_successor].reset_index(drop=True),
        dots=_read(_beside(path, DOTS)),
    )


def files_of(path: Path) -> list[Path]:
    """The files a scheme is made of: its rules, and those that stand beside them."""
    beside = [path.with_suffix(".toml"), path.with_name(ALIASES), path.with_name(DOTS)]
    return [path, *(other for other in beside if other.is_file())]


def _beside(path: Path, name: str) -> Path:
    """A file beside the scheme, or the one the library ships."""
    own = path.with_name(name)
    return own if own.is_file() else FOLDER / name


def _read(path: Path) -> pd.DataFrame:
    """A rule file as text, with the line of each row; empty stays empty."""
    plain.check(path)
    try:
        limits.check_size(path, limits.MOST_BY_HAND, "rule file", "Name the rule file itself.")
        table = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageError(f"There is no rule file {quoted(path.name)}.") from None
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise DataError(f"Rule file {quoted(path.name)} cannot be read: {error}") from None
    if len(table) > limits.MOST_RULES:
        raise DataError(
            f"Rule file {quoted(path.name)} has {len(table):,} rows; a scheme has at most "
            f"{limits.MOST_RULES:,}. Name the rule file itself."
        )
    table = table.apply(
        lambda column: column.fillna("").str.replace(wording.UNSEEN, "", regex=True).str.strip()
    )
    return pd.DataFrame(table).assign(line=range(2, len(table) + 2))


def _head(path: Path) -> dict[str, Any]:
    """What the file beside the rules says about them; nothing where there is none."""
    if not path.is_file():
        return {}
    try:
        said: dict[str, Any] = wording.bare(toml.read(path))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{quoted(path.name)} cannot be read as TOML: {error}.") from None
    return said


def _names(head: dict[str, Any], name: str) -> dict[str, given.Texts]:
    """The names of the KETs by language, in the order of the file; one text alone is English."""
    names = head.get("ket", {})
    named: dict[str, Any] = names if isinstance(names, dict) else {"*": None}
    named = {key: {SOURCE: said} if isinstance(said, str) else said for key, said in named.items()}
    for key, said in named.items():
        if not (isinstance(said, dict) and said and all(map(_is_name, said, said.values()))):
            raise DataError(
                f"{quoted(name)}: {quoted(f'ket.{key}')} is no name; expected a text, or one text "
                'for each language, as in [ket.photonics] en = "Photonics", fr = "Photonique".'
            )
    return named


def _is_name(code: str, text: object) -> bool:
    """Whether this is a text in a language there is."""
    return is_language(code) and isinstance(text, str) and bool(text.strip())
