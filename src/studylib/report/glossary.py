"""
The words of the pages, explained for those who read no code; ids are the same in every language.

GLOSSARY.md says the same for those who use the library, with the names of tables and columns.
"""

import unicodedata

from studylib.language.words import _, mark

TERMS = {
    "cluster": (
        mark("Cluster organisation"),
        mark("The body that speaks for the firms of a sector and was put on the list. It is not the firms themselves."),
    ),
    "partner": (
        mark("Possible partner"),
        mark("An organisation on the other side with which the list states something in common. Nobody has been asked."),
    ),
    "proximity": (
        mark("Proximity"),
        mark("How much two organisations have in common in what the list states, from 0 to 1. It orders reasons to talk; it is no probability."),
    ),
    "theme": (
        mark("Theme"),
        mark("A subject on which organisations of different sides could meet: a sector they share, or two sectors together."),
    ),
    "application": (
        mark("Patent application"),
        mark("One filing at one office. It need not have been granted."),
    ),
    "family": (
        mark("Patent family"),
        mark("All applications for one invention; counted once."),
    ),
    "territory": (
        mark("Territory"),
        mark("One side of the border, as the study names it."),
    ),
    "reference": (
        mark("Reference"),
        mark("The larger economy with which a share is compared."),
    ),
    "whole": (
        mark("Whole and fractional counting"),
        mark("Whole: a family of two territories counts in both. Fractional: it is divided between them."),
    ),
    "ket": (
        mark("Key enabling technology (KET)"),
        mark("One of the technologies the European Union supports because many industries rest on them. Rules over patent symbols say which families belong to one."),
    ),
    "ipc": (
        mark("IPC symbol"),
        mark("The class of the International Patent Classification that an examiner gave an application."),
    ),
    "share": (
        mark("Share and base"),
        mark("A part of a whole, always with the number it is a part of: 34 of 279 is a share of 12%."),
    ),
    "interval": (
        mark("95% interval"),
        mark("The values that agree with what was counted. With few cases it is wide, and two shares whose difference lies within chance are not told apart."),
    ),
    "shown": (
        mark("Difference shown"),
        mark("Chance alone would make a difference as large in fewer than 5 of 100 cases, after all comparisons of the table are taken into account."),
    ),
    "synthetic": (
        mark("Synthetic data"),
        mark("Made up to try out the method. They say nothing about a real territory, firm or person."),
    ),
    "null": (
        mark("Networks made by chance"),
        mark("Networks in which each organisation states as much as on the list, but at random. What they show too is no finding."),
    ),
}  # fmt: skip


def terms() -> list[tuple[str, str, str]]:
    """Id, term and explanation in the language in use, in the order of its words."""
    told = [(f"term-{key}", _begun(_(term)), _(words)) for key, (term, words) in TERMS.items()]
    return sorted(told, key=lambda entry: _letters(entry[1]))


def _begun(term: str) -> str:
    """A term as it begins a line: a heading of a table may be written small."""
    return term[:1].upper() + term[1:]


def _letters(term: str) -> str:
    """A term as it stands in the alphabet: É with E."""
    plain = unicodedata.normalize("NFKD", term.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
