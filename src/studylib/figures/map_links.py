"""
What runs between the regions of a map: a line per pair and kind, bent around regions in its way.

    links (pair, kind, n) --drawn_links--> lines, as wide as n; points of them, which names avoid

A line through the circle of a third region would read as two links of that region.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from studylib.figures.map_labels import NOTHING
from studylib.figures.map_paper import Paper

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Points = np.ndarray[Any, np.dtype[Any]]
WIDEST = {False: 6.0, True: 3.6}  # line of the largest number, wide and narrow [pt]
STEPS = 40  # points of a line
BESIDE = 0.045  # half the distance of two kinds of link between two regions [inch]
CLEAR = 0.06  # between a line and the circle of a region it does not join [inch]
BENDS = (0.0, 0.06, -0.06, 0.12, -0.12, 0.18, -0.18)  # of the length of a line, the least first
DASHES: tuple[Any, ...] = ("-", (0, (2, 1.2)))


def drawn_links(ax: "Axes", paper: Paper, links: pd.DataFrame, kinds: Sequence[str]) -> Points:
    """A line per pair and kind, two kinds of one pair beside each other; points of them all."""
    look, points = paper.look, [NOTHING]
    place = {code: i for i, code in enumerate(paper.regions["nuts_id"])}
    most = float(links["n"].max()) if len(links) else 1.0
    for kind, code, other_code, n in columns(links):
        if code not in place or other_code not in place:  # out of sight on a small sheet
            continue
        line = around(paper.points, paper.radius, place[code], place[other_code])
        one, other = line[0], line[-1]
        along = (other - one) / max(float(np.hypot(*(other - one))), 1e-9)
        beside = np.array([-along[1], along[0]]) * (BESIDE if kinds.index(kind) else -BESIDE)
        ax.plot(*(line + beside).T, color=look.bar, zorder=2, solid_capstyle="butt",
                linewidth=max(0.8, WIDEST[look.narrow] * n / most),
                linestyle=DASHES[kinds.index(kind)])  # fmt: skip
        points.append(line)
    return np.concatenate(points)


def columns(links: pd.DataFrame) -> Iterator[tuple[str, str, str, float]]:
    """Kind, region, other region and number of each link."""
    for kind, one, other, n in links[["kind", "nuts_id", "other_nuts_id", "n"]].to_numpy():
        yield str(kind), str(one), str(other), float(n)


def around(points: Points, radius: Points, one: int, other: int) -> Points:
    """
    A line from one region to another, as straight as it can be without a circle in its way.

    >>> middle = around(np.array([[0.0, 0], [2, 0], [1, 0]]), np.full(3, 0.05), 0, 1)[STEPS // 2]
    >>> bool(abs(middle[1]) > 0.05)
    True
    """
    others = np.delete(np.arange(len(points)), [one, other])
    start, end = points[one], points[other]
    normal = np.array([start[1] - end[1], end[0] - start[0]])
    t = np.linspace(0, 1, STEPS)[:, None]
    straight: Points = start + t * (end - start)
    for bend in BENDS:
        line: Points = straight + 4 * t * (1 - t) * bend * normal
        between = line[STEPS // 10 : -STEPS // 10, None]  # what lies beside an end is in no way
        apart = np.hypot(*(between - points[others]).transpose(2, 0, 1))
        if not len(others) or (apart > radius[others] + CLEAR).all():
            return line
    return straight
