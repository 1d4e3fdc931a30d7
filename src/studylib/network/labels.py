"""What the ids of the collaboration tables are called on a page: sectors, themes, grounds."""

from typing import Any

import pandas as pd

from studylib.language.words import _, listing, mark, ngettext
from studylib.report.labels import label

SECTOR = {
    "aeronautics": mark("Aeronautics"),
    "agrifood": mark("Agrifood"),
    "automotive": mark("Automotive"),
    "construction": mark("Construction"),
    "creative": mark("Audiovisual"),
    "energy": mark("Energy"),
    "environment": mark("Environment"),
    "geosciences": mark("Geosciences"),
    "health": mark("Health"),
    "ict": mark("ICT"),
    "logistics": mark("Logistics"),
    "machine_tools": mark("Machine tools"),
    "maritime": mark("Maritime"),
    "photonics": mark("Photonics"),
    "sport": mark("Sport"),
    "tourism": mark("Tourism"),
    "wood_paper": mark("Wood and paper"),
}
SUBJECT = {
    "functional food": mark("functional food"),
    "energy efficiency of buildings": mark("energy efficiency of buildings"),
    "building with wood": mark("building with wood"),
    "laser processing of materials": mark("laser processing of materials"),
}
AXIS = {
    "same_sector": mark("Within one sector"),
    "cross_sector": mark("Across sectors"),
}
KIND = {"same_sector": mark("same sector"), "cross_sector": mark("across sectors")}
BASIS = {
    "shared sector": mark("shared sector"),
    "published theme": mark("theme named by the source page"),
    "theme of this study": mark("further theme"),
    "shared technology": mark("shared technology field"),
}
ORIGIN = {
    "published": mark("Named by the source page"),
    "own": mark("Chosen by this project"),
    "list": mark("Follows from the list"),
    "patents": mark("Follows from the patents"),
}
REASONS = (  # of the themes in the rule file; `themes` marks those it finds
    mark("named as an example of collaboration within a sector"),
    mark("named as an example across sectors (« alicaments »)"),
    mark("named as an example across sectors"),
    mark("a building cluster of the list works on energy efficiency across the border"),
    mark("timber is a building material"),
    mark("laser cutting and welding (B23K 26) is both machine tool and photonics"),
)
EVIDENCE = {
    "seen": mark("public page seen"),
    "seen, place recalled": mark("public page seen, place recalled"),
    "recalled": mark("recalled"),
    "recalled, sector seen": mark("recalled, sector seen"),
}
ROLE = {"applicant": mark("Applicants"), "inventor": mark("Inventors")}


def sector(key: object) -> str:
    """The name of a sector; one the project does not know is shown as the list writes it."""
    if str(key) in SECTOR:
        return label(SECTOR, key)
    text = str(key).replace("_", " ")
    return text[:1].upper() + text[1:]


def evidence(text: object) -> str:
    """How well a row of the list is known, in words; as the list says it where it is not ours."""
    return _("not stated") if pd.isna(text) else label(EVIDENCE, text)  # type: ignore[call-overload]


def sectors(keys: object) -> str:
    """A list of sectors (`health;ict`) in words."""
    return listing(sector(key) for key in str(keys).split(";"))


def theme(row: "pd.Series[Any]") -> str:
    """A theme as it stands in the tree: its sectors, and what it is about where that is said."""
    name = sector(row["sector"])
    if not pd.isna(row["other_sector"]):
        name = f"{name} × {sector(row['other_sector'])}"
    if not pd.isna(row["subject"]):
        name = _("{sectors}: {subject}", sectors=name, subject=label(SUBJECT, row["subject"]))
    return name


def organisation(row: "pd.Series[Any]") -> str:
    """An organisation by its own name; a group by how many it holds and what they do."""
    n = int(row["n"])
    if n == 1 and not str(row["name"]).startswith("group-"):
        return str(row["name"])
    if pd.isna(row["sectors"]):
        return ngettext("{n} organisation", "{n} organisations", n)
    return ngettext(
        "{n} organisation: {sectors}", "{n} organisations: {sectors}", n,
        sectors=sectors(row["sectors"]),
    )  # fmt: skip
