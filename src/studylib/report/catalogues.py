"""
The catalogue of texts: collected from code and notebooks, kept with every translation.

    _("..."), markdown cells  --collect-->  studylib.pot  --update-->  fr/LC_MESSAGES/studylib.po

`python -m studylib.report.catalogues --update` after any change of a text; then translate what is
empty or marked fuzzy (`--missing fr` lists it): no page is made in a language that lacks texts.
The files hold no dates and no line numbers and are sorted, so that a difference is a difference of
texts.
"""

import argparse
import io
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studylib import language
from studylib.files import atomic
from studylib.language import markdown
from studylib.runs import notebooks, parameters

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parents[3]
KEYWORDS = {"_": (1,), "mark": (1,), "ngettext": (1, 2), "plural_text": (1, 2)}
"""Which arguments of a marking function are texts."""
# What must be the same in every language: {names}, links, code, formulas.
FIXED = re.compile(r"\{[^{}\s]*\}|\]\([^)\s]*\)|`[^`]*`|\$[^$]+\$")
Text = str | tuple[str, ...]
"""A text, or its singular and plural."""


def collect(root: Path = ROOT) -> list[tuple[Text, str]]:
    """Every text to translate and the file it stands in, from a project's code and notebooks."""
    found: list[tuple[Text, str]] = []
    for path in sorted((root / "src").rglob("*.py")):
        name = path.relative_to(root).as_posix()
        found += [(text, name) for text in in_code(path.read_text(encoding="utf-8"))]
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        name = path.relative_to(root).as_posix()
        found += [(text, name) for text in in_notebook(notebooks.read(path))]
    return found


def in_code(source: str) -> Iterator[Text]:
    """
    Texts given to `_`, `mark` and `ngettext`, as babel finds them.

    A text that is computed cannot be collected, nor one that stands inside an f-string or inside a
    call within another text's arguments: such texts get a line of their own.
    """
    from babel.messages.extract import extract

    file = io.BytesIO(source.encode())
    for _line, text, _comments, _context in extract("python", file, keywords=KEYWORDS):
        yield text


def in_notebook(notebook: notebooks.Notebook) -> Iterator[Text]:
    """Title and name in the menu, texts of markdown and code cells, meanings of parameters."""
    yield from (
        notebook["metadata"][key] for key in ("title", "menu") if notebook["metadata"].get(key)
    )
    for cell in notebook["cells"]:
        source = notebooks.joined(cell["source"])
        if cell["cell_type"] == "markdown":
            yield from markdown.texts(source)
        elif cell["cell_type"] == "code":
            yield from in_code(source)
    yield from (p.meaning for p in parameters.declared(notebook).values() if p.meaning)


def template(found: Sequence[tuple[Text, str]]) -> "Catalog":
    """A catalogue without translations."""
    catalogue = _empty(None)
    for text, name in found:
        catalogue.add(text, locations=[(name, 0)])
    return catalogue


def _empty(code: str | None) -> "Catalog":
    """A catalogue whose header says what gettext needs and no more: no dates, no people."""
    from babel.messages.catalog import Catalog

    class Plain(Catalog):
        KEPT = ("MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms",
                "Language")  # fmt: skip
        mime_headers = property(
            lambda self: [h for h in self._get_mime_headers() if h[0] in self.KEPT],
            lambda self, headers: self._set_mime_headers(headers),
        )

    return Plain(code, header_comment="# Texts of studylib. See CONTRIBUTING.md.", fuzzy=False)


def read(path: Path, code: str | None) -> "Catalog":
    """A catalogue from a file, to be written again without dates."""
    from babel.messages.pofile import PoFileParser

    catalogue = _empty(code)
    if path.is_file():
        with path.open("rb") as file:
            PoFileParser(catalogue).parse(file)
    for message in catalogue:
        # Earlier texts of a changed one (`#| msgid`): babel takes them for a translator's words.
        message.user_comments = [c for c in message.user_comments if not c.startswith("|")]
    return catalogue


def as_bytes(catalogue: "Catalog") -> bytes:
    """A catalogue as a file: sorted, with the files a text stands in but no line numbers."""
    from babel.messages.pofile import write_po

    for message in catalogue:
        message.flags.discard("python-format")  # "95 % of" is no format
    buffer = io.BytesIO()
    write_po(
        buffer, catalogue, width=100, sort_output=True, ignore_obsolete=True, include_lineno=False,
        include_previous=True,
    )  # fmt: skip
    return buffer.getvalue().rstrip() + b"\n"


def update(root: Path = ROOT, codes: Sequence[str] = ()) -> dict[str, list[str]]:
    """Write the template and every language's file; returns the texts a language lacks."""
    folder = root / "src" / "studylib" / "locale"
    listed = template(collect(root))
    atomic.replace(folder / f"{language.DOMAIN}.pot", as_bytes(listed))
    known = {path.parts[-3] for path in folder.glob(f"*/LC_MESSAGES/{language.DOMAIN}.po")}
    open_texts = {}
    for code in sorted(known | set(codes)):
        path = folder / code / "LC_MESSAGES" / f"{language.DOMAIN}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = read(path, code)
        catalogue.update(listed)
        atomic.replace(path, as_bytes(catalogue))
        open_texts[code] = faults(catalogue, listed)
    return open_texts


def faults(catalogue: "Catalog", listed: "Catalog") -> list[str]:
    """What keeps a language from being complete: one line per text, sorted."""
    found = [f"nobody uses: {_first(m.id)}" for m in catalogue if m.id and m.id not in listed]
    for text in listed:
        message = catalogue.get(text.id) if text.id else None
        if text.id and (message is None or not all(_all(message.string))):
            found.append(f"not translated: {_first(text.id)}")
        elif message is not None and message.fuzzy:
            found.append(f"to be reviewed (fuzzy): {_first(text.id)}")
        elif message is not None and _differ(_all(text.id), _all(message.string)):
            found.append(f"other names, links or code in the translation: {_first(text.id)}")
    return sorted(found)


def _all(text: Any) -> list[str]:
    """A text with its plural forms, as a list."""
    return [text] if isinstance(text, str) else list(text or [""])


def _first(text: Any) -> str:
    """The singular of a text with plural forms."""
    return _all(text)[0]


def _differ(source: list[str], forms: list[str]) -> bool:
    """Whether a form of the translation holds other fixed parts than its source text."""
    wanted = [Counter(FIXED.findall(text)) for text in source]
    return any(Counter(FIXED.findall(form)) not in wanted for form in forms)


def main(arguments: Sequence[str] | None = None) -> int:
    """Update the catalogues and say what is open; 1 if a language lacks a text."""
    parser = argparse.ArgumentParser(
        prog="python -m studylib.report.catalogues", description=__doc__
    )
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("--update", action="store_true", help="write every catalogue again")
    asked.add_argument("--missing", metavar="CODE", help="list what a catalogue lacks")
    parser.add_argument("--language", action="append", default=[], help="start a new language")
    given = parser.parse_args(arguments)
    if unknown := [
        c for c in (*given.language, given.missing) if c and not language.is_language(c)
    ]:
        parser.error(f"there is no language {', '.join(unknown)}; give its two or three letters")
    if given.missing:
        lacking = {given.missing: language.missing(given.missing)}
    else:
        lacking = update(ROOT, given.language)
    for code, texts in lacking.items():
        sys.stdout.write("".join(f"{code}: {text}\n" for text in texts))
    return int(any(lacking.values()))


if __name__ == "__main__":  # pragma: no cover
    sys.exit(main())
