"""Whether a native speaker has read a language's texts: `locale/reviewers.toml`, kept by hand."""

import tomllib

from studylib.language import LOCALE, SOURCE
from studylib.language.words import _


def review(code: str) -> str:
    """What a page in a language says of its translation; "" in the language of the source."""
    if code == SOURCE:
        return ""
    known = tomllib.loads((LOCALE / "reviewers.toml").read_text(encoding="utf-8"))
    if who := known.get(code, ""):
        return _("Read by a native speaker: {who}.", who=who)
    return _("No native speaker has read the words of this page yet.")


def note(code: str) -> dict[str, str]:
    """The same as a section of a page's end; nothing in the language of the source."""
    said = review(code)
    return {_("Translation"): said} if said else {}
