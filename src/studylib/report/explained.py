"""
Words explained where they are first read, by the browser alone: no script, no other page.

    <p>484 families ...</p>  --explained-->  <p>484 <button popovertarget="word-family">families
                                             </button> ...</p> ... <p popover id="word-family">

A press of a button, by finger or key, shows the words beside it; Escape or a press elsewhere puts
them away, and a screen reader is told by the browser what opens and closes.  They stand at the end
of the page: there paper prints them, and so does a browser too old to know popovers.
"""

import re
from collections.abc import Callable

from studylib.files.template import fill
from studylib.language import in_language
from studylib.language.words import _
from studylib.report.glossary import forms, terms

MAIN = re.compile(r'(<main id="content".*?)(</main>)', re.DOTALL)
PIECE = re.compile(r"""(<(?:[^"'>]|"[^"]*"|'[^']*')*>)""")
NAME = re.compile(r"<(/?)([a-zA-Z0-9]+)")
EMPTY = frozenset(("br", "hr", "img", "input", "source", "wbr"))
READ = frozenset(("p", "li", "dd"))
APART = frozenset((
    "a", "blockquote", "button", "cite", "code", "details", "figure", "h1", "h2", "h3", "h4", "h5",
    "h6", "kbd", "label", "nav", "pre", "q", "samp", "summary", "svg", "table",
))  # fmt: skip
"""What holds no running text of ours, or has a meaning when it is pressed."""
SHORT = 20  # characters of words that stand on one line
OPEN = "(?:[(«“‘][\u00a0\u202f]?)?"
CLOSE = "(?:[\u00a0\u202f]?[.,;:!?)»”’…]+)?"
ASIDE = (" lang=", ' class="note')
"""Marks of words of another language, and of sources and notes: nobody reads a term there first."""


def explained(html: str, language: str, find: str = "") -> str:
    """
    The page with each term of the glossary explained at its first use in a sentence.

    `find` is the address of the glossary, to which the terms lead; "" for none.
    """
    with in_language(language):
        met: list[str] = []
        found = MAIN.search(html)
        if found is None:
            return html
        text = _marked(found[1], met)
        if not met:
            return html
        told = [(f"word-{term[5:]}", *entry) for term, *entry in terms() if term[5:] in met]
        words = fill(
            "report/template/words.html.j2", terms=told, heading=_("Words of this page"), find=find
        )
    return f"{html[: found.start()]}{text}{words}{html[found.start(2) :]}"


def _marked(html: str, met: list[str]) -> str:
    """The text with buttons around the first use of each term; their keys go to `met`."""
    known = forms()
    pattern = _pattern(list(known))

    def key_of(said: str) -> str:
        """Which term a form in a sentence stands for."""
        plain = " ".join(said.split()).casefold()
        stems = (form for form in known if form.endswith("*") and plain.startswith(form[:-1]))
        return known[plain if plain in known else max(stems, key=len)]

    def button(said: re.Match[str]) -> str:
        """The word as a button that opens its meaning; as it is after its first use."""
        before, words, after = said.groups()
        key = key_of(words)
        if key in met:
            return said[0]
        met.append(key)
        return _pressed(key, before, words, after)

    return _in_sentences(html, lambda text: pattern.sub(button, text))


def _pressed(key: str, before: str, words: str, after: str) -> str:
    """Words with the button that explains them; of long ones only the last word is one."""
    from markupsafe import Markup

    cut = max(map(words.rfind, " \n\u00a0")) + 1 if len(words) > SHORT else 0
    parts = {"before": before, "first": words[:cut], "last": words[cut:], "after": after,
             "name": " ".join(words.split())}  # fmt: skip
    html = {name: Markup(text) for name, text in parts.items()}  # noqa: S704 (cut from the page)
    return fill("report/template/term.html.j2", id=f"word-{key}", **html)


def _pattern(known: list[str]) -> re.Pattern[str]:
    """
    Any form as a whole word with the marks before and after it, the longest first.

    A blank in it is any blank.
    """
    ordered = sorted(known, key=lambda form: (-len(form), form))
    one = [re.escape(form).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for form in ordered]
    form = rf"(?<![\w-])({'|'.join(one)})(?![\w-])"
    return re.compile(rf"({OPEN}){form}({CLOSE})", re.IGNORECASE)


def _in_sentences(html: str, change: Callable[[str], str]) -> str:
    """The HTML with its running text changed, and nothing else."""
    # Name, and whether it holds words of another language or a note.
    open_tags: list[tuple[str, bool]] = []
    pieces = PIECE.split(html)
    for at, piece in enumerate(pieces):
        tag = NAME.match(piece)
        if tag is None:
            names = {name for name, _is_aside in open_tags}
            is_aside = any(aside for _name, aside in open_tags)
            if names & READ and not names & APART and not is_aside:
                pieces[at] = change(piece)
        elif tag[1]:
            while open_tags and open_tags.pop()[0] != tag[2]:
                pass
        elif tag[2] not in EMPTY:
            open_tags.append((tag[2], any(mark in piece for mark in ASIDE)))
    return "".join(pieces)
