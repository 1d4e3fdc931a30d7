"""
Sections over nothing: what leads to figures that are left out is left out with them.

    heading, lead, table or figure   -->  as they are
    heading, lead, words             -->  heading and words, where a table or figure was left out
    heading, lead                    -->  nothing, where all it leads to was left out
    heading, lead, what is lacking   -->  nothing; what is lacking is said at the end of the page

A study that lacks the data behind a section says so in words; how to read a figure that is not
there is said of nothing.
"""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from studylib.report.prose import LACK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studylib.report.blocks import Block, Blocks

WORDS = 'div class="prose"'  # how sentences begin; anything else is a table, a figure or a frame


@dataclass
class Section:
    """The blocks from one cell of words to the next."""

    page: "Blocks"
    first: int
    """Place of its first block on the page."""
    n_contents: int
    """Headings that stood on the page before."""
    is_opening: bool
    """It holds the title of the page, whose words stand whatever is shown."""
    has_words: bool = False
    has_more: bool = False
    lacks_some: bool = False
    lacking: "list[Block]" = field(default_factory=list)
    """Words on what the study has no data for."""

    def holds(self, output: Any, shown: "Sequence[Block]") -> None:
        """Take note of what an output shows, if it shows anything."""
        if shown and LACK in output.get("data", {}):
            self.lacking += shown
            self.lacks_some = True
        elif shown:
            html = "".join(output.get("data", {}).get("text/html", ""))
            is_words = html.lstrip(" \n<").startswith(WORDS)
            self.has_words |= is_words
            self.has_more |= not is_words

    def close(self) -> None:
        """Take out of the page what leads to nothing."""
        if self.is_opening or self.has_more or not self.lacks_some:
            return
        blocks, contents = self.page.blocks, self.page.contents
        if not self.has_words:
            self.page.lacking += self.lacking
            del blocks[self.first :]
            del contents[self.n_contents :]
        elif contents[self.n_contents :]:
            lead = blocks[self.first]
            blocks[self.first] = replace(lead, content=_headings(lead.content))


def _headings(html: str) -> str:
    """The headings of a piece of HTML, without what stands between them."""
    from bs4 import BeautifulSoup

    found = BeautifulSoup(html, "html.parser").find_all(["h2", "h3", "h4", "h5", "h6"])
    return "\n".join(map(str, found))
