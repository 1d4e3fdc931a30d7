"""
What the ids of the collaboration tables are called on a page: grounds, origins, themes.

Names of sectors, and what themes are about, stand in the rule files.
"""

from typing import Any

import pandas as pd

from studylib.language import given
from studylib.language.words import _, listing, mark, ngettext
from studylib.network.sectors import Sectors
from studylib.report.labels import label

AXIS = {
    "same_sector": mark("Within one sector"),
    "cross_sector": mark("Across sectors"),
}
KIND = {
    "same_sector": mark("same sector"),
    "cross_sector": mark("across sectors"),
    "technology": mark("shared technology"),
}
"""How the line of a link is drawn: sectors that share symbols alone are no theme."""
BASIS = {
    "shared sector": mark("shared sector"),
    "published theme": mark("theme named by the source page"),
    "theme of this study": mark("further theme"),
    "shared technology": mark("shared technology"),
}
THEME = {
    "own": mark("theme chosen by this project"),
    "list": mark("theme that follows from the list"),
    "patents": mark("theme that follows from the patents"),
}
"""A ground "theme of this study", by the origin of the theme."""
ORIGIN = {
    "published": mark("Named by the source page"),
    "own": mark("Chosen by this project"),
    "list": mark("Follows from the list"),
    "patents": mark("Follows from the patents"),
}
EVIDENCE = {
    "seen": mark("public page seen"),
    "seen, place recalled": mark("public page seen, place recalled"),
    "recalled": mark("recalled"),
    "recalled, sector seen": mark("recalled, sector seen"),
}
ROLE = {"applicant": mark("Applicants"), "inventor": mark("Inventors")}


def evidence(text: object) -> str:
    """How well a row of the list is known, in words; as the list says it where it is not ours."""
    return _("not stated") if pd.isna(text) else label(EVIDENCE, text)  # type: ignore[call-overload]


def sectors(known: Sectors, keys: object) -> str:
    """A list of sectors (`health;ict`) in words."""
    return listing(known.name(key) for key in str(keys).split(";"))


def ground(basis: str, origins: set[str]) -> str:
    """What joins a pair, in words; a further theme by where it comes from, if all come from one."""
    if basis == "theme of this study" and len(origins) == 1:
        return label(THEME, next(iter(origins)))
    return label(BASIS, basis)


def theme(known: Sectors, row: "pd.Series[Any]") -> str:
    """A theme as it stands in the tree: its sectors, and what it is about where that is said."""
    name = known.name(row["sector"])
    if not pd.isna(row["other_sector"]):
        name = f"{name} × {known.name(row['other_sector'])}"
    if not pd.isna(row["subject"]):
        name = _("{sectors}: {subject}", sectors=name, subject=given.of_row(row, "subject"))
    return name


def reason(row: "pd.Series[Any]") -> str:
    """Why a theme is one: as its rule says in the language of the page, or in our own words."""
    said = str(given.of_row(row, "reason"))
    return _(said)


def organisation(known: Sectors, row: "pd.Series[Any]") -> str:
    """An organisation by its own name; a group by how many it holds and what they do."""
    n = int(row["n"])
    if n == 1 and not str(row["name"]).startswith("group-"):
        return str(row["name"])
    if pd.isna(row["sectors"]):
        return ngettext("{n} organisation", "{n} organisations", n)
    return ngettext(
        "{n} organisation: {sectors}", "{n} organisations: {sectors}", n,
        sectors=sectors(known, row["sectors"]),
    )  # fmt: skip
