"""
Exports that cannot be used, recognised so that the refusal says what to export instead.

Without the International Patent Classification (IPC) nothing can be said about technology, and
no IPC may be guessed from a title or from US classes.
"""

from dataclasses import dataclass

from studylib.readers.epo import answers
from studylib.readers.lists import headers
from studylib.readers.lists.headers import key
from studylib.readers.sniff import Head

INSTEAD = (
    "Export the same search from Espacenet (Download > List), Lens.org (CSV with IPCR "
    "Classifications) or PATENTSCOPE (result list), which give the IPC."
)


@dataclass(frozen=True)
class Refused:
    """A known export without IPC: its name, keys of its header, what it has and what it lacks."""

    named: str
    mark: frozenset[str]
    lacks: str


KNOWN = (
    Refused(
        "a Google Patents export",
        frozenset({"inventorauthor", "resultlink"}),
        "it has no classification column at all",
    ),
    Refused(
        "a SumoBrain export",
        frozenset({"documentnumber", "primaryclass", "otherclass"}),
        "it has US classes (Primary Class, Other Class) but no IPC column",
    ),
)


def sentence(head: Head) -> str | None:
    """Why a known export is refused and which one to use; None where the content is not known."""
    for row in head.rows:
        keys = set(map(key, row))
        for refused in KNOWN:
            if refused.mark <= keys:
                return f"is {refused.named}: {refused.lacks}. {INSTEAD}"
    if head.text.lstrip("\ufeff \t\r\n").startswith(("<", "{", "[")) and (
        answer := answers.sentence(head.text)
    ):
        return f"{answer}."
    if foreign := headers.foreign(head.rows):
        return f"{foreign}."
    return None
