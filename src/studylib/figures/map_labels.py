"""
Names on a map, none over another: each beside, above or below its circle, or left out.

    circles, names, who goes first --placed--> where each name stands, of those that have room
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from studylib.figures.axes import CHARACTER, LINE, n_lines, wrapped

Points = np.ndarray[Any, np.dtype[Any]]
GAP = 0.05  # between a circle and its name [inch]
AIR = 0.1  # above and below what is shown [inch]
WIDTH = 18  # characters of a line
NOTHING: Points = np.empty((0, 2))


class Spot(NamedTuple):
    """Where a name stands [inch] and how it is aligned."""

    x: float
    y: float
    align: str
    text: str


Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


def placed(
    points: Points,
    radius: Points,
    texts: Sequence[str],
    order: Sequence[int],
    width: float,
    lines: Points = NOTHING,
) -> list[Spot]:
    """
    Spots of the names that have room, those first in `order` before the others.

    Parameters
    ----------
    points, radius
        Circles x 2, and their radius [inch]; no name lies over a circle.
    texts
        The name of each.
    order
        Places of the circles, the most important first.
    width
        Of the drawing; no name lies outside [inch].
    lines
        Points x 2 of lines, which names avoid where they can.
    """
    circles = [
        (x - r, y - r, x + r, y + r) for (x, y), r in zip(points.tolist(), radius, strict=True)
    ]
    taken, found = list(circles), []
    for i in order:
        free = [
            (spot, box)
            for spot, box in _candidates(points[i], float(radius[i]), wrapped(texts[i], WIDTH, 2))
            if box[0] >= 0 and box[2] <= width and not any(_meet(box, other) for other in taken)
        ]
        if free:
            spot, box = min(free, key=lambda one: _crossed(one[1], lines))
            taken.append(box)
            found.append(spot)
    return found


def in_frame(points: Points, radius: Points, spots: Sequence[Spot]) -> tuple[float, float]:
    """The lowest and the highest place of circles and their names, with a little air [inch]."""
    half = np.array([LINE * n_lines(spot.text) / 2 for spot in spots])
    middle, y = np.array([spot.y for spot in spots]), points[:, 1]
    low = np.concatenate([y - radius, middle - half]).min()
    high = np.concatenate([y + radius, middle + half]).max()
    return float(low) - AIR, float(high) + AIR


def _candidates(point: Points, radius: float, text: str) -> list[tuple[Spot, Box]]:
    """Beside the circle, above or below it, then at its corners."""
    x, y = point.tolist()
    half = LINE * n_lines(text) / 2
    long = CHARACTER * 0.8 * max(len(line) for line in text.splitlines())
    away, up = radius + GAP, radius + GAP / 2 + half
    corner = radius * 0.7 + GAP / 2
    middles = [(x, y + up), (x, y - up)]
    beside = [(x + away, y, 1), (x - away, y, -1)]
    corners = [(x + i * corner, y + j * (corner + half), i) for i in (1, -1) for j in (1, -1)]
    return [
        *(_beside(Spot(at, height, "left" if side > 0 else "right", text), long, half)
          for at, height, side in beside),
        *((Spot(at, height, "center", text),
           (at - long / 2, height - half, at + long / 2, height + half))
          for at, height in middles),
        *(_beside(Spot(at, height, "left" if side > 0 else "right", text), long, half)
          for at, height, side in corners),
    ]  # fmt: skip


def _beside(spot: Spot, long: float, half: float) -> tuple[Spot, Box]:
    """A name that starts or ends at its place, and the room it takes."""
    left = spot.x if spot.align == "left" else spot.x - long
    return spot, (left, spot.y - half, left + long, spot.y + half)


def _crossed(box: Box, lines: Points) -> int:
    """How many points of lines lie in a box."""
    x, y = lines.T
    return int(((x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])).sum())


def _meet(one: Box, other: Box) -> bool:
    """Whether two boxes lie over each other."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
