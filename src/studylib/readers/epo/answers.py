"""
Answers of Open Patent Services that hold no bibliographic data: what they are, what to ask for.

    ops:register-search, reg:register-documents   the register        .../biblio of the numbers
    ops:legal                                     legal status        .../biblio
    ftxt:fulltext-documents                       claims, description .../biblio
    ops:patent-family without documents           a family            .../biblio of the family
    ops:biblio-search without documents           numbers of a search the search with /biblio

Names of elements after the OPS Reference Guide of the EPO, as recalled; answers of each kind are
made by hand in the tests.
"""

import re
from typing import NamedTuple

from studylib.errors import DataError, quoted

OF_NUMBER = "`published-data/publication/epodoc/NUMBER/biblio`"


class Kind(NamedTuple):
    """A kind of answer: how it is known, what it holds, the request to make instead."""

    sign: re.Pattern[str]
    holds: str
    instead: str


def _kind(names: str, holds: str, instead: str = OF_NUMBER) -> Kind:
    """A kind by the names of its elements, in XML with any prefix and in JSON."""
    return Kind(re.compile(rf'[<"](?:[\w-]+:)?(?:{names})[\s>"/]'), holds, instead)


KINDS = (
    _kind("register-documents?|register-search|register-list",
          "entries of the European Patent Register"),
    _kind("legal", "legal status (events of the procedure)"),
    _kind("fulltext-documents?|claims|claim-text|description",
          "full text (claims or a description)"),
    _kind("fulltext-inquiry|fulltext-format", "which full texts there are"),
    _kind("document-inquiry|document-instance", "which images there are"),
    _kind("equivalents-inquiry", "equivalent publications",
          "`published-data/publication/epodoc/NUMBER/equivalents/biblio`"),
    _kind("patent-family|family-member", "the members of a family",
          "`family/publication/epodoc/NUMBER/biblio`"),
    _kind("biblio-search|search-result", "the numbers that a search found",
          "`published-data/search/biblio?q=...`"),
    _kind("standardization", "numbers in another format"),
    _kind("classification-scheme|classification-search|mappings",
          "the classification itself, not documents"),
    _kind("world-patent-data", "something else"),
)  # fmt: skip


OF_OPS = re.compile(r"world-patent-data|[\w.]*epo\.org|[<\"](?:ops|ftxt|reg):")


class NoDocumentError(DataError):
    """A file in which there is no exchange document."""


def sentence(text: str) -> str | None:
    """
    What an answer without documents is and what to ask for, from its first characters.

    None where it is no answer of the service.

    >>> sentence('{"ops:world-patent-data": {"ops:biblio-search": {}}}')[:56]
    'is an answer of OPS with the numbers that a search found'
    """
    found = next((kind for kind in KINDS if kind.sign.search(text)), None)
    if found is None or not OF_OPS.search(text):
        return None
    return (
        f"is an answer of OPS with {found.holds}, and without bibliographic data. Ask for "
        f"{found.instead} instead, which has applicants, dates and IPC"
    )


def named(name: str, start: bytes) -> DataError | None:
    """The error for a file without documents, where it is an answer of the service."""
    text = start.decode(errors="replace")
    return DataError(f"{quoted(name)} {said}.") if (said := sentence(text)) else None
