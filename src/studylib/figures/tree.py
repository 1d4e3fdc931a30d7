"""
The collaboration tree: a trunk of themes, organisations of one side left, of the others right.

    wide     organisations --- theme --- organisations        phone   theme
                                 |                                      o organisation
    names keep their own spelling and wrap; nothing is cut            s organisation
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from studylib.figures.axes import LINE, n_lines, wrapped
from studylib.figures.picture import Caption, Picture
from studylib.figures.theme import Look, marker, roles

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HALF = 1.2  # half the width of a theme's box [inch]
REACH = 0.5  # from the box to the marker of an organisation [inch]
NAME = 38  # characters in a line of a name, on a wide page
NAME_NARROW = 40
SIZE = 9.0
STEP = 0.168  # height of a line of a name [inch]
BESIDE = 0.09  # from the marker to the name [inch]


@dataclass(frozen=True)
class Words:
    """The few words inside the drawing, in the language of the page."""

    published: str
    further: str
    nobody: str


def tree(
    frame: pd.DataFrame,
    *,
    title: str,
    alt: str,
    words: Words,
    territories: Sequence[str],
    measure: str = "",
    note: str = "",
    source: str = "",
    name: str = "",
) -> Picture:
    """
    A rooted tree of three levels: root, axis, theme, and organisations as its leaves.

    Parameters
    ----------
    frame
        One row per node, each after its parent: node_id, parent_id, level (0 to 3), label (as
        written on the page), territory (leaves), is_published (themes).
    words
        Words of the legend, and what stands where a theme has no organisation on a side.
    territories
        In the order of their colours; the first stands left of the trunk, the others right.
    """
    frame = frame[["node_id", "parent_id", "level", "label", "territory", "is_published"]]
    names = roles([], territories) | {t: i for i, t in enumerate(territories)}

    def draw(figure: "Figure", look: Look) -> None:
        drawn = _Drawing(frame, names, words, look)
        figure.set_figheight(drawn.height)
        drawn.on(figure.subplots())

    leaves = frame[frame["level"] == 3]  # noqa: PLR2004 (the leaves)
    shown = frame if len(leaves) else frame.iloc[:0]
    return Picture(draw, shown, Caption(title, alt, measure, note, source, name))


class _Drawing:
    """Where everything lies, from the top [inch], and how it is drawn."""

    def __init__(
        self, frame: pd.DataFrame, names: dict[str, int], words: Words, look: Look
    ) -> None:
        self.names, self.words, self.look = names, words, look
        self.middle = look.width / 2
        below = dict(tuple(frame.groupby("parent_id", sort=False)))
        self.marks: list[tuple[str, float, Any]] = []
        y = self._legend(0.12)
        self.trunk = y
        for root in frame[frame["level"] == 0].itertuples():
            self.marks.append(("root", y, root))
            y += 0.42
            for axis in _rows(below, root.node_id):
                y += 0.1
                self.marks.append(("axis", y, axis))
                y += 0.26
                for theme in _rows(below, axis.node_id):
                    leaves = list(_rows(below, theme.node_id))
                    height = self._height(theme, leaves)
                    self.trunk = y + (0.1 if look.narrow else height / 2)
                    self.marks.append(("theme", y, (theme, leaves, height)))
                    y += height + (0.12 if look.narrow else 0.16)
        self.height = y

    def _legend(self, y: float) -> float:
        rows: list[tuple[str, Any]] = [("territory", name) for name in self.names]
        rows += [("box", True), ("box", False)]
        x = start = 0.1
        for kind, value in rows:
            text = self._legend_text(kind, value)
            width = 0.34 + 0.08 * len(text)
            if x > start and x + width > self.look.width:
                x, y = start, y + 0.24
            self.marks.append(("legend", y, (kind, value, text, x)))
            x += width
        return y + 0.34

    def _legend_text(self, kind: str, value: Any) -> str:
        if kind == "territory":
            return str(value)
        return self.words.published if value else self.words.further

    def _of(self, leaves: list[Any], place: int) -> list[Any]:
        return [leaf for leaf in leaves if self.names.get(leaf.territory) == place]

    def _side(self, leaves: list[Any], *, left: bool) -> list[Any]:
        return [leaf for leaf in leaves if (self.names.get(leaf.territory, 1) == 0) == left]

    def _name(self, leaf: Any) -> str:
        return wrapped(leaf.label, NAME_NARROW if self.look.narrow else NAME)

    def _names_height(self, leaves: list[Any]) -> float:
        return sum(STEP * n_lines(self._name(leaf)) + 0.06 for leaf in leaves) or STEP

    def _height(self, theme: Any, leaves: list[Any]) -> float:
        lines = n_lines(self._theme(theme))
        if self.look.narrow:
            absent = sum(not self._of(leaves, place) for place in range(len(self.names)))
            own = self._names_height(leaves) if leaves else 0.0
            return LINE * lines + 0.08 + own + absent * (STEP + 0.06)
        sides = [self._names_height(self._side(leaves, left=side)) for side in (True, False)]
        return max(LINE * lines + 0.14, *sides)

    def _theme(self, theme: Any) -> str:
        return wrapped(theme.label, 36 if self.look.narrow else 24)

    def on(self, ax: "Axes") -> None:
        """Draw everything."""
        ax.set(xlim=(0, self.look.width), ylim=(self.height, 0))
        ax.axis("off")
        x = 0.1 if self.look.narrow else self.middle
        top = min(y for kind, y, _ in self.marks if kind != "legend")
        ax.plot([x, x], [top, self.trunk], color=self.look.rule, linewidth=5, zorder=1,
                solid_capstyle="round")  # fmt: skip
        for kind, y, what in self.marks:
            getattr(self, f"_draw_{kind}")(ax, y, what)

    def _draw_legend(self, ax: "Axes", y: float, what: tuple[str, Any, str, float]) -> None:
        kind, value, text, x = what
        if kind == "territory":
            self._mark(ax, x, y, str(value))
        else:
            self._box(ax, x, y, 0.07, 0.06, is_published=bool(value))
        ax.text(x + 0.16, y, text, va="center", size=SIZE + 0.5)

    def _draw_root(self, ax: "Axes", y: float, root: Any) -> None:
        narrow = self.look.narrow
        ax.text(
            0.0 if narrow else self.middle, y, root.label, size=12, weight="bold", va="center",
            ha="left" if narrow else "center", zorder=3,
            bbox={"facecolor": self.look.paper, "edgecolor": "none", "pad": 3},
        )  # fmt: skip

    def _draw_axis(self, ax: "Axes", y: float, axis: Any) -> None:
        narrow = self.look.narrow
        ax.axhline(y - 0.02, color=self.look.rule, linewidth=0.8, zorder=0)
        ax.text(
            0.0 if narrow else self.middle, y, axis.label, size=11, va="center", weight="bold",
            ha="left" if narrow else "center", color=self.look.muted, zorder=3,
            bbox={"facecolor": self.look.paper, "edgecolor": "none", "pad": 3},
        )  # fmt: skip

    def _draw_theme(self, ax: "Axes", y: float, what: tuple[Any, list[Any], float]) -> None:
        theme, leaves, height = what
        if self.look.narrow:
            self._narrow_theme(ax, y, theme, leaves)
            return
        centre = y + height / 2
        text = self._theme(theme)
        half = (LINE * n_lines(text) + 0.1) / 2
        self._box(ax, self.middle, centre, HALF, half, is_published=bool(theme.is_published))
        ax.text(self.middle, centre, text, ha="center", va="center", size=10, zorder=4)
        for left in (True, False):
            self._wide_side(ax, self._side(leaves, left=left), y, height, left=left)

    def _wide_side(
        self, ax: "Axes", leaves: list[Any], y: float, height: float, *, left: bool
    ) -> None:
        """The organisations of one side, joined to their theme by curves."""
        sign = -1 if left else 1
        box, tip = self.middle + sign * HALF, self.middle + sign * (HALF + REACH)
        align = "right" if left else "left"
        at = y + (height - self._names_height(leaves)) / 2
        if not leaves:
            if left or len(self.names) > 1:
                ax.text(tip + sign * BESIDE, y + height / 2, self.words.nobody, va="center",
                        ha=align, size=SIZE, color=self.look.muted, style="italic")  # fmt: skip
            return
        for leaf in leaves:
            name = self._name(leaf)
            step = STEP * n_lines(name) + 0.06
            here = at + step / 2
            _curve(ax, (box, y + height / 2), (tip, here), self._colour(leaf.territory))
            self._mark(ax, tip, here, leaf.territory)
            ax.text(tip + sign * BESIDE, here, name, ha=align, va="center", size=SIZE,
                    linespacing=1.15, multialignment=align)  # fmt: skip
            at += step

    def _narrow_theme(self, ax: "Axes", y: float, theme: Any, leaves: list[Any]) -> None:
        """The theme, and its organisations below it."""
        text = self._theme(theme)
        top = y + LINE * n_lines(text) / 2
        self._box(ax, 0.1, top, 0.07, 0.06, is_published=bool(theme.is_published))
        ax.text(0.28, top, text, va="center", size=10, weight="bold")
        at = y + LINE * n_lines(text) + 0.06
        for leaf in leaves:
            name = self._name(leaf)
            step = STEP * n_lines(name) + 0.06
            here = at + STEP / 2 - 0.015
            ax.plot([0.1, 0.36], [here, here], color=self._colour(leaf.territory), linewidth=1)
            self._mark(ax, 0.36, here, leaf.territory)
            ax.text(0.36 + BESIDE, at, name, va="top", size=SIZE, linespacing=1.15)
            at += step
        for place, territory in enumerate(self.names):
            if not self._of(leaves, place):
                ax.text(0.36 + BESIDE, at, f"{territory}: {self.words.nobody}", va="top",
                        size=SIZE, color=self.look.muted, style="italic")  # fmt: skip
                at += STEP + 0.06

    def _colour(self, territory: Any) -> str:
        return self.look.role(self.names.get(territory, -1))

    def _mark(self, ax: "Axes", x: float, y: float, territory: Any) -> None:
        place = self.names.get(territory, -1)
        ax.plot([x], [y], linestyle="none", marker=marker(place), markersize=6.5, zorder=5,
                color=self.look.role(place), markeredgecolor=self.look.paper,
                markeredgewidth=0.7, clip_on=False)  # fmt: skip

    def _box(
        self, ax: "Axes", x: float, y: float, half_width: float, half: float, *, is_published: bool
    ) -> None:
        """Filled where the study's source page names the theme; an outline where it does not."""
        from matplotlib.patches import FancyBboxPatch

        look = self.look
        pale = "#3A4C5E" if look.dark else "#E3EAF0"
        rounding = min(0.08, half)
        ax.add_patch(
            FancyBboxPatch(
                (x - half_width + rounding, y - half + rounding),
                2 * (half_width - rounding), 2 * (half - rounding),
                boxstyle=f"round,pad={rounding}", zorder=3, linewidth=1.1,
                facecolor=pale if is_published else look.paper, edgecolor=look.muted,
                linestyle="-" if is_published else (0, (3, 2)), clip_on=False,
            )
        )  # fmt: skip


def _rows(below: dict[Any, pd.DataFrame], node: object) -> list[Any]:
    """The children of a node."""
    return list(below[node].itertuples()) if node in below else []


def _curve(ax: "Axes", start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
    """A branch that leaves the theme level and reaches the organisation level."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    bend = (start[0] + end[0]) / 2
    path = Path(
        [start, (bend, start[1]), (bend, end[1]), end],
        [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4],
    )
    ax.add_patch(PathPatch(path, facecolor="none", edgecolor=colour, linewidth=1.3, zorder=2))
