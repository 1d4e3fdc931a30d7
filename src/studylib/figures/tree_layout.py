"""
Where everything of a collaboration tree lies, before anything is drawn.

    wide     theme in the middle, its organisations left and right: as high as the longer list
    phone    theme, and below it its organisations, and who is absent
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from studylib.figures.axes import LINE, n_lines, width_of, wrapped
from studylib.figures.theme import Look
from studylib.language.words import _

NAME = 38  # characters in a line of a name, on a wide page
NAME_NARROW = 40
HEADING, HEADING_NARROW = 62, 32  # characters in a line of a heading
LEGEND, LEGEND_NARROW = 70, 34
STEP = 0.168  # height of a line of a name [inch]

THEME = 2  # the level of themes


@dataclass(frozen=True)
class Words:
    """The few words inside the drawing, in the language of the page."""

    published: str
    further: str
    nobody: str


class Layout:
    """
    Where everything of a tree lies, from the top [inch].

    marks
        What is drawn from top to bottom: kind (legend, root, axis or theme), y, and what.
    trunk, height
        Where the trunk ends, and the whole.
    """

    def __init__(
        self, frame: pd.DataFrame, names: dict[str, int], words: Words, look: Look
    ) -> None:
        self.names, self.words, self.look = names, words, look
        self.middle = look.width / 2
        below = dict(tuple(frame.groupby("parent_id", sort=False)))
        self.marks: list[tuple[str, float, Any]] = []
        themes = frame[frame["level"] == THEME]
        kinds = sorted(set(themes["is_published"].astype(bool)), reverse=True)
        y = self._legend(0.12, kinds)
        self.trunk = y
        for root in frame[frame["level"] == 0].itertuples():
            more = LINE * (n_lines(self.heading(root)) - 1)
            self.marks.append(("root", y + more / 2, root))
            y += 0.42 + more
            for axis in _rows(below, root.node_id):
                y += 0.1
                more = LINE * (n_lines(self.heading(axis)) - 1)
                self.marks.append(("axis", y + more / 2, axis))
                y += 0.26 + more
                for theme in _rows(below, axis.node_id):
                    leaves = list(_rows(below, theme.node_id))
                    height = self._height(theme, leaves)
                    self.trunk = y + (0.1 if look.narrow else height / 2)
                    self.marks.append(("theme", y, (theme, leaves, height)))
                    y += height + (0.12 if look.narrow else 0.16)
        self.height = y

    def _legend(self, y: float, kinds: list[bool]) -> float:
        """Place the names of territories and the boxes there are side by side; where they end."""
        rows: list[tuple[str, Any]] = [("territory", name) for name in self.names]
        rows += [("box", kind) for kind in kinds]
        x = start = 0.1
        step = 0.0  # height of the row
        for kind, value in rows:
            text = self._legend_text(kind, value)
            width = 0.34 + 0.08 * max(map(width_of, text.split("\n")))
            if x > start and x + width > self.look.width:
                x, y, step = start, y + step, 0.0
            more = LINE * (n_lines(text) - 1)
            self.marks.append(("legend", y + more / 2, (kind, value, text, x)))
            step = max(step, 0.24 + more)
            x += width
        return y + step + 0.1

    def _legend_text(self, kind: str, value: Any) -> str:
        """What stands beside a mark of the legend, in its lines."""
        if kind == "territory":
            text = str(value)
        else:
            text = self.words.published if value else self.words.further
        return wrapped(text, LEGEND_NARROW if self.look.narrow else LEGEND)

    def heading(self, node: Any) -> str:
        """The words of the root or of an axis in their lines."""
        return wrapped(node.label, HEADING_NARROW if self.look.narrow else HEADING)

    def nobody(self, territory: str) -> str:
        """On a phone: a territory without an organisation in a theme, in lines."""
        return wrapped(_("{name}: {values}", name=territory, values=self.words.nobody), NAME_NARROW)

    def of(self, leaves: list[Any], place: int) -> list[Any]:
        """The organisations of the territory at this place."""
        return [leaf for leaf in leaves if self.names.get(leaf.territory) == place]

    def side(self, leaves: list[Any], *, left: bool) -> list[Any]:
        """The organisations left of the trunk (those of the first territory), or right of it."""
        return [leaf for leaf in leaves if (self.names.get(leaf.territory, 1) == 0) == left]

    def name(self, leaf: Any) -> str:
        """The name of an organisation in its lines."""
        return wrapped(leaf.label, NAME_NARROW if self.look.narrow else NAME)

    def names_height(self, leaves: list[Any]) -> float:
        """Height of a list of names; of one line where there is none."""
        return sum(STEP * n_lines(self.name(leaf)) + 0.06 for leaf in leaves) or STEP

    def _height(self, theme: Any, leaves: list[Any]) -> float:
        """Height of a theme and its organisations: beside it, on a phone below it."""
        lines = n_lines(self.theme(theme))
        if self.look.narrow:
            absent = [t for t, place in self.names.items() if not self.of(leaves, place)]
            own = self.names_height(leaves) if leaves else 0.0
            more = sum(STEP * n_lines(self.nobody(territory)) + 0.06 for territory in absent)
            return LINE * lines + 0.08 + own + more
        sides = [self.names_height(self.side(leaves, left=side)) for side in (True, False)]
        return max(LINE * lines + 0.14, *sides)

    def theme(self, theme: Any) -> str:
        """The words of a theme in their lines."""
        return wrapped(theme.label, 36 if self.look.narrow else 24)


def _rows(below: dict[Any, pd.DataFrame], node: object) -> list[Any]:
    """The children of a node."""
    return list(below[node].itertuples()) if node in below else []
