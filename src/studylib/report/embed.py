"""
What a reader copies to show a figure in a page of their own, folded below the figure.

    <figure id="figure-kets"> ... figures/kets.svg ... </figure>
        --embeddable-->  ... <img src=".../en/figures/kets.svg" alt="what is seen"> as text to copy

The address of a drawing stays, so a page that shows it shows it as it was last published.  Nothing
is asked of anybody: no button of a network, no request.
"""

import re

from studylib.files.template import fill
from studylib.language import in_language
from studylib.language.words import _

FIGURE = re.compile(r'(<figure class="st-figure"[^>]*>)(.*?)(</figure>)', re.DOTALL)
DRAWING = re.compile(r'href="(figures/[^"/]+\.svg)"')
SEEN = re.compile(r'<svg\b[^>]*? aria-label="([^"]*)"')
ON_THE_WEB = ("https://", "http://")


def embeddable(html: str, language: str, published: str) -> str:
    """
    The page with the text to copy below each figure that has a drawing beside the page.

    Parameters
    ----------
    published
        Where the folder of the page is published, with a slash at its end; without the name of
        a machine where nobody said it.
    """

    def with_text(figure: re.Match[str]) -> str:
        """One figure; as it is where it has no drawing of its own."""
        drawing, seen = DRAWING.search(figure[2]), SEEN.search(figure[2])
        if drawing is None or seen is None:
            return figure[0]
        told = fill(
            "report/template/embed.html.j2",
            words=_("Embed this figure"),
            say=_("To copy into a page of your own:")
            if published.startswith(ON_THE_WEB)
            else _(
                "To copy into a page of your own, with the address of these pages before the path:"
            ),
            src=f"{published}{drawing[1]}",
            alt=seen[1],
        )
        return f"{figure[1]}{figure[2]}{told.strip()}{figure[3]}"

    with in_language(language):
        return FIGURE.sub(with_text, html)
