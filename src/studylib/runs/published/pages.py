"""
What makes a page unfit to be published: the last look, after the page was made and cleaned.

A page may link to the web (`<a href>`); it may not load anything from it, nor run anything but
the one script of every page (`files/script.py`).
Links inside the report must lead somewhere.
"""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from studylib.errors import RunError, UsageError, several, some
from studylib.files.script import SCRIPT
from studylib.runs.published.releases import MANIFEST

Pages = Mapping[str, bytes | Path]

FORBIDDEN = frozenset(
    ("script", "iframe", "frame", "object", "embed", "applet", "base", "form", "portal")
)
LOADS = ("src", "srcset", "data", "poster", "background", "action", "formaction", "xlink:href")
LINKS = frozenset(("a", "area"))
WEB = re.compile(r"(https?|mailto):", re.IGNORECASE)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
CSS_LOADS = re.compile(r"@import|url\(\s*(?![\"']?(data:|#))|image-set\(", re.IGNORECASE)


def faults(
    path: str, pages: Mapping[str, bytes], is_elsewhere: Callable[[str], bool] = lambda _: False
) -> Iterator[str]:
    """
    Why a file should not be published, each in a few words; nothing for a good one.

    `is_elsewhere` tells whether a path that is not among the pages is there all the same.
    """
    if not path.endswith((".html", ".svg")):
        return
    text = pages[path].decode("utf-8", errors="replace")
    if path.endswith(".html") and not text.rstrip().endswith("</html>"):
        yield "it does not end with </html>"
    page = _parsed(text)
    yield from page.faults
    for link in page.links:
        if WEB.match(link):
            continue
        if SCHEME.match(link):
            yield f"it links to {link[:40]}"
        elif not _leads_somewhere(path, link, pages, is_elsewhere):
            yield f"its link to {link[:80]} leads nowhere"


def _leads_somewhere(
    path: str, link: str, pages: Mapping[str, bytes], is_elsewhere: Callable[[str], bool]
) -> bool:
    """Whether a link inside the report has a page, and an anchor if it names one."""
    target, _, anchor = link.partition("#")
    target, anchor = unquote(target.partition("?")[0]), unquote(anchor)
    if target:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    if path not in pages:
        return is_elsewhere(path)
    if anchor in ("", "top") or not path.endswith(".html"):
        return True
    return anchor in _parsed(pages[path].decode("utf-8", errors="replace")).anchors


@cache
def _parsed(text: str) -> "_Page":
    page = _Page()
    page.feed(text)
    page.close()
    return page


class _Page(HTMLParser):
    """Faults, links and anchors of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self._in_style = False
        self._script: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element and its attributes."""
        self._in_style = tag == "style"
        values = {name: value or "" for name, value in attrs}
        if tag in FORBIDDEN:
            self.faults.append(f"it holds <{tag}>")
        self._script = "" if tag == "script" and not values else None
        self.anchors |= {values[name] for name in ("id", "name") if name in values}
        if tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
            self.faults.append("it sends the reader elsewhere")
        for name, value in values.items():
            self._attribute(tag, name, value.strip())

    def _attribute(self, tag: str, name: str, value: str) -> None:
        """Look at one attribute."""
        if name.startswith("on"):
            self.faults.append(f"<{tag}> runs a script ({name})")
        elif name == "style" and CSS_LOADS.search(value):
            self.faults.append(f"the style of <{tag}> loads something")
        elif name == "href" and tag in LINKS:
            self.links.append(value)
        elif name in LOADS or name == "href":
            if value.lower().startswith(("data:image/", "#")):
                return
            if SCHEME.match(value) or name == "srcset":
                self.faults.append(f"<{tag} {name}> loads {value[:40]}")
            else:
                self.links.append(value)

    def handle_endtag(self, tag: str) -> None:
        """Leave a style sheet."""
        self._in_style = self._in_style and tag != "style"
        if tag == "script" and self._script is not None and self._script.strip() == SCRIPT:
            self.faults.remove("it holds <script>")  # ours
        self._script = None

    def handle_data(self, data: str) -> None:
        """Look into style sheets."""
        if self._script is not None:
            self._script += data
        if self._in_style and CSS_LOADS.search(data):
            self.faults.append("a style sheet loads something")


def content_of(pages: Pages) -> dict[str, bytes]:
    """The bytes of every page, and no path that leads out or hides."""
    wrong = [
        path
        for path in pages
        if path in ("", ".", MANIFEST)
        or path != PurePosixPath(path).as_posix()
        or path.startswith("/")
        or any(part.startswith(".") or "\\" in part for part in path.split("/"))
    ]
    if wrong:
        raise UsageError(
            f"These are not paths inside a report: {some(wrong)}. Use names like fr/index.html."
        )
    return {k: v if isinstance(v, bytes) else v.read_bytes() for k, v in pages.items()}


def check(content: Mapping[str, bytes], index: bytes | None, link: Path) -> None:
    """Raise unless every page can be shown as it is, and its links lead somewhere."""
    pages = {f"{link.name}/{path}": body for path, body in content.items()}
    if index is not None:
        pages["index.html"] = index

    def is_elsewhere(path: str) -> bool:
        """Whether a link leads to what stands beside this study: its page is there already."""
        others = not path.startswith(("..", "/", f"{link.name}/")) and (link.parent / path).exists()
        return path == "index.html" or others

    if found := [
        f"{path}: {fault}" for path in sorted(pages) for fault in faults(path, pages, is_elsewhere)
    ]:
        raise RunError(
            f"{several(len(found), 'fault', 'faults')} in the pages, nothing published: "
            f"{some(found)}."
        )
