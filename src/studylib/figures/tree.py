"""
The collaboration tree: a trunk of themes, organisations of one side left, of the others right.

    wide     organisations --- theme --- organisations        phone   theme
                                 |                                      o organisation
    names keep their own spelling and wrap, to four lines             s organisation
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Unpack

import pandas as pd

from studylib.figures.axes import LINE, n_lines, outside_layout, seen
from studylib.figures.caption import Caption, CaptionTexts
from studylib.figures.picture import Picture
from studylib.figures.theme import Look, marker, roles
from studylib.figures.tree_layout import STEP, Layout, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Words", "tree"]

HALF = 1.2  # half the width of a theme's box [inch]
REACH = 0.5  # from the box to the marker of an organisation [inch]
SIZE = 9.0
BESIDE = 0.09  # from the marker to the name [inch]


def tree(
    frame: pd.DataFrame,
    *,
    words: Words,
    territories: Sequence[str],
    **caption: Unpack[CaptionTexts],
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
    title, alt, measure, note, source, name
        See `CaptionTexts`.
    """
    frame = frame[["node_id", "parent_id", "level", "label", "territory", "is_published"]]
    names = roles([], territories) | {t: i for i, t in enumerate(territories)}

    def draw(figure: "Figure", look: Look) -> None:
        """Lay the tree out, make room for it, draw it."""
        layout = Layout(frame, names, words, look)
        figure.set_figheight(layout.height)
        _Drawing(layout).on(figure.subplots())

    leaves = frame[frame["level"] == 3]  # noqa: PLR2004 (the leaves)
    shown = frame if len(leaves) else frame.iloc[:0]
    told = seen(
        (theme.label, [f"{row.label} ({row.territory})" for row in own.itertuples()])
        for theme in frame[frame["level"] == 2].itertuples()  # noqa: PLR2004 (the themes)
        if len(own := leaves[leaves["parent_id"] == theme.node_id])
    )
    return Picture(draw, shown, Caption(**caption), told)


class _Drawing:
    """How what the layout holds is drawn."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.look = layout, layout.look

    def on(self, ax: "Axes") -> None:
        """Draw everything."""
        ax.set(xlim=(0, self.look.width), ylim=(self.layout.height, 0))
        ax.axis("off")
        x = 0.1 if self.look.narrow else self.layout.middle
        top = min(y for kind, y, _ in self.layout.marks if kind != "legend")
        ax.plot([x, x], [top, self.layout.trunk], color=self.look.rule, linewidth=5, zorder=1,
                solid_capstyle="round")  # fmt: skip
        for kind, y, what in self.layout.marks:
            getattr(self, f"_draw_{kind}")(ax, y, what)
        outside_layout(ax)

    def _draw_legend(self, ax: "Axes", y: float, what: tuple[str, Any, str, float]) -> None:
        """A mark of the legend and what it means."""
        kind, value, text, x = what
        if kind == "territory":
            self._mark(ax, x, y, str(value))
        else:
            self._box(ax, x, y, 0.07, 0.06, is_published=bool(value))
        ax.text(x + 0.16, y, text, va="center", size=SIZE + 0.5)

    def _draw_root(self, ax: "Axes", y: float, root: Any) -> None:
        """What the trunk grows from."""
        self._heading(ax, y, self.layout.heading(root), 12, self.look.text)

    def _draw_axis(self, ax: "Axes", y: float, axis: Any) -> None:
        """The heading of an axis: within a sector, or across two."""
        ax.axhline(y - 0.02, color=self.look.rule, linewidth=0.8, zorder=0)
        self._heading(ax, y, self.layout.heading(axis), 11, self.look.muted)

    def _heading(self, ax: "Axes", y: float, text: str, size: float, colour: str) -> None:
        """A text on the trunk, on a phone at the left edge."""
        narrow = self.look.narrow
        ax.text(
            0.0 if narrow else self.layout.middle, y, text, size=size, weight="bold", va="center",
            ha="left" if narrow else "center", color=colour, zorder=3,
            bbox={"facecolor": self.look.paper, "edgecolor": "none", "pad": 3},
        )  # fmt: skip

    def _draw_theme(self, ax: "Axes", y: float, what: tuple[Any, list[Any], float]) -> None:
        """A theme and its organisations: on both sides of it, on a phone below it."""
        theme, leaves, height = what
        if self.look.narrow:
            self._narrow_theme(ax, y, theme, leaves)
            return
        centre = y + height / 2
        text = self.layout.theme(theme)
        half = (LINE * n_lines(text) + 0.1) / 2
        self._box(ax, self.layout.middle, centre, HALF, half, is_published=bool(theme.is_published))
        ax.text(self.layout.middle, centre, text, ha="center", va="center", size=10, zorder=4)
        for left in (True, False):
            self._wide_side(ax, self.layout.side(leaves, left=left), y, height, left=left)

    def _wide_side(
        self, ax: "Axes", leaves: list[Any], y: float, height: float, *, left: bool
    ) -> None:
        """The organisations of one side, joined to their theme by curves."""
        sign = -1 if left else 1
        box, tip = self.layout.middle + sign * HALF, self.layout.middle + sign * (HALF + REACH)
        align = "right" if left else "left"
        at = y + (height - self.layout.names_height(leaves)) / 2
        if not leaves:
            if left or len(self.layout.names) > 1:
                ax.text(tip + sign * BESIDE, y + height / 2, self.layout.words.nobody, va="center",
                        ha=align, size=SIZE, color=self.look.muted, style="italic")  # fmt: skip
            return
        for leaf in leaves:
            name = self.layout.name(leaf)
            step = STEP * n_lines(name) + 0.06
            here = at + step / 2
            _curve(ax, (box, y + height / 2), (tip, here), self._colour(leaf.territory))
            self._mark(ax, tip, here, leaf.territory)
            ax.text(tip + sign * BESIDE, here, name, ha=align, va="center", size=SIZE,
                    linespacing=1.15, multialignment=align)  # fmt: skip
            at += step

    def _narrow_theme(self, ax: "Axes", y: float, theme: Any, leaves: list[Any]) -> None:
        """The theme, and its organisations below it."""
        text = self.layout.theme(theme)
        top = y + LINE * n_lines(text) / 2
        self._box(ax, 0.1, top, 0.07, 0.06, is_published=bool(theme.is_published))
        ax.text(0.28, top, text, va="center", size=10, weight="bold")
        at = y + LINE * n_lines(text) + 0.06
        for leaf in leaves:
            name = self.layout.name(leaf)
            step = STEP * n_lines(name) + 0.06
            here = at + STEP / 2 - 0.015
            ax.plot([0.1, 0.36], [here, here], color=self._colour(leaf.territory), linewidth=1)
            self._mark(ax, 0.36, here, leaf.territory)
            ax.text(0.36 + BESIDE, at, name, va="top", size=SIZE, linespacing=1.15)
            at += step
        for place, territory in enumerate(self.layout.names):
            if not self.layout.of(leaves, place):
                text = self.layout.nobody(territory)
                ax.text(0.36 + BESIDE, at, text, va="top", size=SIZE, color=self.look.muted,
                        style="italic", linespacing=1.15)  # fmt: skip
                at += STEP * n_lines(text) + 0.06

    def _colour(self, territory: Any) -> str:
        """The colour of a territory; that of what is outside for any other."""
        return self.look.role(self.layout.names.get(territory, -1))

    def _mark(self, ax: "Axes", x: float, y: float, territory: Any) -> None:
        """The marker of a territory."""
        place = self.layout.names.get(territory, -1)
        ax.plot([x], [y], linestyle="none", marker=marker(place), markersize=6.5, zorder=5,
                color=self.look.role(place), markeredgecolor=self.look.paper,
                markeredgewidth=0.7, clip_on=False)  # fmt: skip

    def _box(
        self, ax: "Axes", x: float, y: float, half_width: float, half: float, *, is_published: bool
    ) -> None:
        """Filled where the study's source page names the theme; an outline where it does not."""
        from matplotlib.patches import FancyBboxPatch

        look = self.look
        rounding = min(0.08, half)
        ax.add_patch(
            FancyBboxPatch(
                (x - half_width + rounding, y - half + rounding),
                2 * (half_width - rounding), 2 * (half - rounding),
                boxstyle=f"round,pad={rounding}", zorder=3, linewidth=1.1,
                facecolor=look.filled if is_published else look.paper, edgecolor=look.muted,
                linestyle="-" if is_published else (0, (3, 2)), clip_on=False,
            )
        )  # fmt: skip


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
