"""
Which language a page speaks, and its texts.

The source text is English and is its own key.  A language is a file of translations,
``locale/<language>/LC_MESSAGES/studylib.po``; add the file and the language is there.  It is
read when its first text is asked for, so nothing compiled is kept.  Where a translation is
missing the English text stands; `missing` lists those texts and `in_use` says which language
the reader really gets, so that a page can say so instead of mixing in silence.

The language belongs to the running task (a `ContextVar`), not to the process: two pages in two
languages can be rendered side by side.  A notebook's kernel takes it from `STUDYLIB_LANGUAGE`.
"""

import gettext
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from studylib.language import endings

LOCALE = Path(__file__).parents[1] / "locale"
DOMAIN = "studylib"
ENVIRONMENT = "STUDYLIB_LANGUAGE"
SOURCE = "en"
FORMATS = {SOURCE: "en_GB"}
"""Whose numbers and lists a language has, where not its own: European English has 1,234.5."""

_language: ContextVar[str | None] = ContextVar("language", default=None)


def language() -> str:
    """The language texts are asked for in."""
    return _language.get() or os.environ.get(ENVIRONMENT, SOURCE)


def set_language(code: str) -> str:
    """Ask for texts in a language from here on; returns the language the reader will get."""
    _language.set(code)
    return in_use()


@contextmanager
def in_language(code: str) -> Iterator[str]:
    """Texts in a language inside the block, as before after it."""
    token = _language.set(code)
    try:
        yield in_use()
    finally:
        _language.reset(token)


def in_use() -> str:
    """The language the reader gets: English where the language asked for has no catalogue."""
    return language() if language() in languages() else SOURCE


@cache
def languages() -> list[str]:
    """Languages with a catalogue, English first."""
    found = sorted(path.parts[-3] for path in LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
    return [SOURCE, *(code for code in found if is_language(code) and code != SOURCE)]


def is_language(code: str) -> bool:
    """Whether there is a language of these letters, with its numbers and plurals (CLDR)."""
    from babel import localedata

    return code.isascii() and code.islower() and len(code) in {2, 3} and localedata.exists(code)


def missing(code: str) -> list[str]:
    """English texts without a translation in a language, sorted; these stand in English."""
    if code == SOURCE:
        return []
    return sorted(text for text in _texts() if text not in _catalogue(code).texts)


def read_all() -> None:
    """Read every catalogue, and what CLDR has on its language: nobody waits for them later."""
    from babel import localedata

    for code in languages():
        missing(code)
        localedata.load(FORMATS.get(code, code))


def _(message: str, /, **values: object) -> str:
    """
    A text in the language of the page; `{name}` is replaced by the value of that name.

    >>> _("{n} families", n=3)
    '3 families'
    """
    text = _catalogue(in_use()).texts.get(message, (message,))[0]
    return endings.filled(text, values, in_use()) if values else text


def plural_text(one: str, many: str, n: int) -> str:
    """The form of a text that fits a count, in the plural rules of the language; not filled in."""
    catalogue = _catalogue(in_use())
    if forms := catalogue.texts.get(one):
        return forms[catalogue.plural_form(int(n))]  # numpy counts in its own integers
    return one if n == 1 else many


def mark(message: str) -> str:
    """The text itself: marks a text for translation where it is defined, to be shown by `_`."""
    return message


def is_translated(message: str) -> bool:
    """Whether the language in use has words of its own for a text; the source language has."""
    return language() == SOURCE or message in _catalogue(language()).texts


@dataclass(frozen=True)
class Catalogue:
    """What a language has: a text, or the plural forms of a text, by its English form."""

    texts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    plural_form: Callable[[int], int] = lambda n: int(n != 1)


@cache
def _texts() -> tuple[str, ...]:
    """Every English text that is to be translated."""
    from babel.messages.pofile import read_po

    with (LOCALE / f"{DOMAIN}.pot").open("rb") as file:
        return tuple(_forms(message.id)[0] for message in read_po(file) if message.id)


@cache
def _catalogue(code: str) -> Catalogue:
    """The reviewed translations of a language; none where it has no catalogue."""
    path = LOCALE / code / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.is_file():
        return Catalogue()
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        read = read_po(file)
    texts = {
        _forms(message.id)[0]: _forms(message.string)
        for message in read
        if message.id and not message.fuzzy and all(_forms(message.string))
    }
    return Catalogue(texts, gettext.c2py(read.plural_expr))


def _forms(string: str | Sequence[str] | None) -> tuple[str, ...]:
    """A text and its plural forms; a text without plural is its only form."""
    return (string or "",) if isinstance(string, str | None) else tuple(string)
