"""
What a page has to say to those who decide, carried from its notebook to the front page.

    outputs (`BRIEF`, `HEADLINE`), the cell `limits`  --gathered-->  what a page says in short
    what all pages say in short                       --decision-->  one page: HTML and PDF

A notebook need not know of the front page: its headline is its finding, the list in its cell
called `limits` is what it does not show.  Numbers and calls are there where an output brings them.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from studylib.figures import typefaces
from studylib.language.words import _
from studylib.report import calls
from studylib.report.front_words import words
from studylib.report.kept import one_line
from studylib.report.markdown import markdown
from studylib.report.prose import BRIEF, HEADLINE

LIMITS = "limits"  # name of the cell that says what its page does not show
MOST = {"findings": 3, "numbers": 3, "calls": 5, "limits": 4}
TYPST = Path(__file__).parent / "template" / "brief.typ"


@dataclass(frozen=True)
class Said:
    """What one page says in short."""

    headline: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    calls: tuple[Mapping[str, Any], ...] = ()
    limits: tuple[str, ...] = ()
    figure: Mapping[str, str] = field(default_factory=dict)
    """A picture for the front page: html, svg, alt, title, source; {} for none."""
    is_finding: bool = True
    """Whether the headline tells something of this study."""
    made_up: str = ""
    """What stands beside the headline where it was counted on made-up records; "" elsewhere."""

    def in_short(self) -> str:
        """The headline, with the mark of made-up records; "" for none."""
        if not (self.headline and self.made_up):
            return self.headline
        return _("{text} ({mark}).", text=self.headline.rstrip("."), mark=self.made_up)

    def on(self, page: str) -> "Said":
        """The same, each call with the address of its page: there stand the cards of both ends."""
        return replace(self, calls=tuple({**call, "page": page} for call in self.calls))

    def text(self) -> str:
        """As JSON, the same bytes for the same words."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True)
class Decision:
    """The front page of a study: what is asked, found, counted, to be done, not shown."""

    question: str
    findings: tuple[str, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    calls: tuple[Mapping[str, Any], ...] = ()
    limits: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    figure: Mapping[str, str] = field(default_factory=dict)


def gathered(notebook: Any) -> Said:
    """What an executed notebook says in short."""
    outputs = [o.get("data", {}) for cell in notebook.cells for o in cell.get("outputs", ())]
    headline = next((data[HEADLINE] for data in outputs if HEADLINE in data), {"text": ""})
    brief = [data[BRIEF] for data in outputs if BRIEF in data]
    return Said(
        str(headline["text"]),
        tuple((str(n), str(words)) for told in brief for n, words in told.get("numbers", ())),
        tuple(dict(call) for told in brief for call in told.get("calls", ())),
        tuple(item for cell in notebook.cells if cell.get("id") == LIMITS for item in _items(cell)),
        next((told["figure"] for told in brief if "figure" in told), {}),
        bool(headline.get("is_finding", True)),
        str(headline.get("made_up", "")),
    )


def read(path: Path) -> Said:
    """What a page said when it was last made; nothing where it never was."""
    if not path.is_file():
        return Said()
    told = json.loads(path.read_text(encoding="utf-8"))
    return Said(
        told["headline"],
        tuple((n, words) for n, words in told["numbers"]),
        tuple(told["calls"]),
        tuple(told["limits"]),
        told.get("figure", {}),
        told.get("is_finding", True),
        told.get("made_up", ""),
    )


def _items(cell: Any) -> list[str]:
    """The items of a list in markdown, as plain text."""
    from bs4 import BeautifulSoup

    found = BeautifulSoup(markdown(cell.source), "html.parser").find_all("li")
    return [one_line(item.get_text()) for item in found]


def decision(question: str, said: Sequence[Said], facts: Mapping[str, str]) -> Decision:
    """
    The front page, from what its pages say, the most important first.

    Where no page has a finding it says what the first page says instead, and leaves nobody
    without an answer.
    """
    told = [page for page in said if page.headline]
    findings = [page.in_short() for page in told if page.is_finding]
    findings = findings or [page.in_short() for page in told[:1]]
    limits = [page.limits[place] for place in range(2) for page in said if len(page.limits) > place]
    return Decision(
        question,
        tuple(findings)[: MOST["findings"]],
        _one_each(said)[: MOST["numbers"]],
        tuple(call for page in said for call in page.calls)[: MOST["calls"]],
        tuple(dict.fromkeys(limits))[: MOST["limits"]],
        {name: text for name, text in facts.items() if text},
        next((page.figure for page in said if page.figure), {}),
    )


def _one_each(said: Sequence[Said]) -> tuple[tuple[str, str], ...]:
    """The first number of each page, then the second of each."""
    most = max((len(page.numbers) for page in said), default=0)
    return tuple(
        page.numbers[place] for place in range(most) for page in said if len(page.numbers) > place
    )


def pdf(shown: Decision, *, title: str, language: str, banner: str) -> bytes:
    """
    The front page as one sheet of paper: tagged (PDF/UA-1), the same bytes each time.

    The words go to typst as data and never as its language, so that a name is a name.  Letters of
    other scripts are those of the fonts matplotlib ships; where these lack one, a box stands in its
    place, and a sentence says so.
    """
    from typst import TypstError

    data = {
        "title": title, "language": language, "words": words(), **asdict(shown),
        "banner": banner.strip().splitlines(), "calls": calls.ready(shown.calls),
        "of_all": calls.of_all(shown.calls),
    }  # fmt: skip
    try:
        return _typeset(data)
    except TypstError:
        told = _("Letters this sheet has no typeface for stand as □; the page shows them.")
        data["banner"].append(told)
        return _typeset(_with_boxes(data))


def _typeset(data: dict[str, Any]) -> bytes:
    """The sheet with these words."""
    said = {"data": json.dumps(data, ensure_ascii=False)}
    return typefaces.typeset(TYPST.read_bytes(), said, format="pdf", pdf_standards="ua-1")


def _with_boxes(data: dict[str, Any]) -> dict[str, Any]:
    """The words with a box for every letter our fonts lack: a sheet must not say another one."""

    def drawn(said: Any) -> Any:
        """A text, or the texts of a list or table."""
        if isinstance(said, str):
            return typefaces.boxed(said)
        if isinstance(said, Mapping):
            return {drawn(key): drawn(own) for key, own in said.items()}
        return [drawn(own) for own in said]

    return {key: drawn(own) for key, own in data.items()}
