"""Two sides of an item joined by a line, before the band they would have to leave to differ."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Unpack

import pandas as pd

from studylib.figures.axes import beside_mark, legend, quiet, seen, wrapped
from studylib.figures.caption import Caption, CaptionTexts
from studylib.figures.layers import Layer, draw
from studylib.figures.picture import Picture
from studylib.figures.ratios import doublings, scale
from studylib.figures.rows import MARK, SCREEN, Rows, ink, item_names
from studylib.figures.theme import Look, roles
from studylib.language.words import interval, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLUMNS = ["item", "by", "ratio", "band_low", "band_high", "shown"]
HEIGHT = 0.11  # of a band, half of it [inch]


def dumbbells(
    frame: pd.DataFrame,
    *,
    territories: Sequence[str] = (),
    band: str,
    **caption: Unpack[CaptionTexts],
) -> Picture:
    """
    Ratios of two sides on one line per item, on a scale of doublings around 1.

    Parameters
    ----------
    frame
        Two rows per item, in the order of the page: item, by (the side), ratio (1: as often as
        elsewhere), band_low, band_high (of the item; missing: none), shown (true: the two are told
        apart; others are open).  A missing ratio is not drawn.
    territories
        Names in `by` in the order of their colours, default as they appear.
    band
        What the band is, in the words for who does not see it; it takes `interval`.
    title, alt, measure, note, source, name
        See `CaptionTexts`.
    """
    frame = frame[COLUMNS].reset_index(drop=True)
    items = list(dict.fromkeys(frame["item"]))
    names = roles(frame["by"].tolist(), territories, ())

    def drawn(figure: "Figure", look: Look) -> None:
        """One row per item under the legend."""
        from matplotlib.collections import LineCollection

        layout = Rows([wrapped(i, 42 if look.narrow else 34) for i in items], 2, look)
        top = legend(figure, look, names)
        figure.set_figheight(top + float(layout.ends[-1]) + 0.5)
        ax = figure.subplots()
        ax.axvline(0, color=look.muted, linewidth=1.2)
        row_of = {name: row for row, name in enumerate(items)}
        at = layout.marks(frame["item"].map(row_of).to_numpy(dtype=int), 0) + MARK / 2
        placed = frame.assign(at=at)
        placed[["ratio", "band_low", "band_high"]] = doublings(
            frame[["ratio", "band_low", "band_high"]].to_numpy(dtype=float)
        )
        rows = [placed[placed["item"] == item] for item in items]
        draw(ax, [layer for row in rows for layer in _row(ax, look, row, names)])
        for drawn in ax.collections:  # the marks stand on the line
            drawn.set_zorder(1 if isinstance(drawn, LineCollection) else 3)
        item_names(ax, layout)
        scale(ax, placed[["ratio", "band_low", "band_high"]].to_numpy(dtype=float))
        for item in items[::SCREEN] if look.narrow and len(items) > SCREEN else ():
            known = placed[(placed["item"] == item) & placed["ratio"].notna()]
            _sides(ax, look, known.sort_values("ratio"))
        quiet(ax, grid="x")

    told = seen((item, _told(frame[frame["item"] == item], band)) for item in items)
    return Picture(drawn, frame, Caption(**caption), told)


def _row(ax: "Axes", look: Look, part: pd.DataFrame, names: dict[str, int]) -> Iterator[Layer]:
    """The line that joins the sides of an item, and their marks, over the band it draws."""
    from matplotlib.patches import Rectangle
    from seaborn import objects as so

    first = part.iloc[0]
    is_told = bool(first["shown"])
    if pd.notna(first["band_low"]):
        width = first["band_high"] - first["band_low"]
        corner = (first["band_low"], first["at"] - HEIGHT)
        ax.add_patch(Rectangle(corner, width, 2 * HEIGHT, facecolor=look.rule,
                               edgecolor=look.muted, linewidth=0.7, zorder=0.5))  # fmt: skip
    known = part.dropna(subset="ratio")
    line = known.assign(low=known["ratio"].min(), high=known["ratio"].max()).head(1)
    joined = so.Range(color=look.muted, linewidth=2.2 if is_told else 1.1)
    yield Layer(joined, line, x="ratio", y="at", xmin="low", xmax="high")
    for name, place in names.items():
        mark = so.Dot(**ink(look, place, is_told=is_told))
        yield Layer(mark, known[known["by"] == name], x="ratio", y="at")


def _sides(ax: "Axes", look: Look, known: pd.DataFrame) -> None:
    """The names of both sides beside their marks, outside of what joins them."""
    ends = known[["ratio", "band_low", "band_high"]].to_numpy(dtype=float).ravel()
    for side, row in zip(("left", "right"), known.itertuples(), strict=False):
        beside_mark(ax, look, tuple(ends), row.at, str(row.by), side)


def _told(part: pd.DataFrame, band: str) -> list[str]:
    """The row in words: both sides, then the band."""
    known = part.dropna(subset="ratio")
    said = [f"{row['by']} {number(row['ratio'], 2)}" for row in known.to_dict("records")]
    first = part.iloc[0]
    if pd.notna(first["band_low"]):
        ends = interval(first["band_low"], first["band_high"], 2, as_percent=False)
        said.append(band.format(interval=ends))
    return said
