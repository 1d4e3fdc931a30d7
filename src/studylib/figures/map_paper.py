"""Where places of the earth lie on a drawing."""

import math
from typing import Any

import numpy as np
import pandas as pd

from studylib.figures.theme import Look

Points = np.ndarray[Any, np.dtype[Any]]
LARGEST = {False: 0.30, True: 0.17}  # radius of the largest circle, wide and narrow [inch]
DOT = 0.045  # radius of a region without a number [inch]
EDGE = 0.6  # free space around the places [inch]


class Paper:
    """Where places of the earth lie on the drawing [inch]: one scale, true in the middle."""

    def __init__(self, regions: pd.DataFrame, look: Look) -> None:
        self.regions, self.look = regions, look
        lon, lat = (regions[name].to_numpy(dtype=float) for name in ("lon", "lat"))
        self.squeezed = math.cos(math.radians(float(lat.mean())))
        x, y = lon * self.squeezed, lat
        side = 0.75 * EDGE if look.narrow else 2 * EDGE
        room, tallest = look.width - 2 * side, 1.1 * look.width
        self.scale = min(room / max(np.ptp(x), 0.5), (tallest - 2 * EDGE) / max(np.ptp(y), 0.5))
        self.height = float(np.ptp(y)) * self.scale + 2 * EDGE
        self.left = (look.width - float(np.ptp(x)) * self.scale) / 2 - float(x.min()) * self.scale
        self.bottom = EDGE - float(y.min()) * self.scale
        self.points = self.at(lon, lat)
        n = regions["n"].fillna(0).to_numpy(dtype=float)
        self.radius = np.maximum(DOT, LARGEST[look.narrow] * np.sqrt(n / max(n.max(), 1.0)))

    def at(self, lon: Points, lat: Points) -> Points:
        """Points x (x, y) [inch]."""
        x = lon * self.squeezed * self.scale + self.left
        return np.column_stack([x, lat * self.scale + self.bottom])

    def inside(self, line: Points) -> Points:
        """A line on the drawing, broken where it leaves it."""
        points = self.at(line[:, 0], line[:, 1])
        x, y = points.T
        out = (x < 0) | (y < 0) | (x > self.look.width) | (y > self.height)
        points[out] = np.nan
        return points
