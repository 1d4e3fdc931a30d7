"""
What columns are called on sites in other languages, and in tables of any kind (`headers.csv`).

    product      language  header                    means
    espacenet    fr        Numéro de publication     Publication number
    any          de        Anmeldetag                filing_date

A list of a product is read in another language where nearly all of its headers are known; else
a sentence says what it is and how to get it in English.  Rows of `any` suggest what a column of
an unknown table holds and never decide it.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from studylib.errors import some
from studylib.project import PROJECT

HEADERS = PROJECT / "data" / "raw" / "rules" / "headers.csv"
ANY = "any"
LANGUAGES = {"fr": "French", "es": "Spanish", "de": "German", "pt": "Portuguese"}
NAMED = {"espacenet": "Espacenet", "patentscope": "PATENTSCOPE", "lens": "Lens.org"}
SITES = {
    "espacenet": "worldwide.espacenet.com",
    "patentscope": "patentscope.wipo.int",
    "lens": "www.lens.org",
}
OF_ONE = {
    "espacenet": {"earliestpriority", "earliestpublication", "familynumber"},
    "patentscope": {"applicationid", "prioritiesdata", "nationalphaseentries", "fpimage"},
    "lens": {"lensid", "jurisdiction", "simplefamilymembers"},
}
"""Keys of English headers that no other product has."""
FEWEST = 5
"""Headers that must be known to tell a language."""
NEARLY_ALL = 0.8
NUMBERING = ("no", "nº", "nr", "n")
NOT_IN_KEYS = re.compile(r"[\W_]+")
Keys = Mapping[str, str]


def key(header: str) -> str:
    """
    A header without case, blanks and signs, to compare spellings.

    >>> key("Inventor(s)"), key("I P C")
    ('inventors', 'ipc')
    """
    return NOT_IN_KEYS.sub("", header).casefold()


@cache
def _rules(path: Path = HEADERS) -> dict[str, dict[str, Keys]]:
    """Product -> language -> key of the header there -> key of what it means."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            means = row["means"] if row["product"] == ANY else key(row["means"])
            told = found.setdefault(row["product"], {}).setdefault(row["language"], {})
            told[key(row["header"])] = means
    return {product: dict(told) for product, told in found.items()}


def in_english(product: str, header: Sequence[str]) -> tuple[list[str], str] | None:
    """
    The keys a header of a product would have in English, and its language.

    None where too little of it is known in any language.

    >>> header = ["Título", "Inventores", "Solicitantes", "Número de publicación", "CIP"]
    >>> in_english("espacenet", header)
    (['title', 'inventors', 'applicants', 'publicationnumber', 'ipc'], 'es')
    """
    keys = [key(cell) for cell in header]
    n_named = sum(map(bool, keys))
    language, n = _language(product, keys)
    if n < FEWEST or n < NEARLY_ALL * n_named:
        return None
    told = _rules()[product][language]
    return [told.get(cell, cell) for cell in keys], language


def _language(product: str, keys: Iterable[str]) -> tuple[str, int]:
    """The language most of the keys are known in, and how many; the numbering is known in all."""
    known = {
        language: sum(cell in told or cell in NUMBERING for cell in keys if cell)
        for language, told in _rules().get(product, {}).items()
    }
    return max(known.items(), key=lambda item: item[1], default=("", 0))


def foreign(rows: Iterable[Sequence[str]]) -> str | None:
    """
    What a list of a known site in another language is, and how to get it in English, as a sentence.

    None where the rows show no such list: common words alone name no product.
    """
    above = ""
    for row in rows:
        keys = list(map(key, row))
        for product, named in NAMED.items():
            language, n = _language(product, keys)
            means = {_rules()[product][language].get(cell) for cell in keys} if n else set()
            is_named = product in above.casefold() and product != "lens"  # a common word
            if n >= FEWEST - 1 and (means & OF_ONE[product] or is_named):
                told = _rules()[product][language]
                unknown = [
                    cell for cell in row if key(cell) and key(cell) not in (*told, *NUMBERING)
                ]
                lacks = f" (not known: {some(unknown)})" if unknown else ""
                return (
                    f"is a list of {named} in {LANGUAGES[language]}, and not enough of its headers "
                    f"are known in that language{lacks}. Switch the site ({SITES[product]}) to "
                    "English and download the list again"
                )
        above += " ".join(row)
    return None


def switch(product: str, language: str) -> str:
    """What to do with a list of a site in another language whose columns are not all known."""
    return (
        f" Its headers are in {LANGUAGES[language]}, where not all are known: or switch the site "
        f"({SITES[product]}) to English and download it again."
    )


def suggested(cell: str) -> str | None:
    """What a column of this header often holds, in whatever language; None where it is unknown."""
    for told in _rules()[ANY].values():
        if means := told.get(key(cell)):
            return means
    return None
