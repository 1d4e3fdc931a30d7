"""
The line between two sides, where only centres of regions are known.

    centres of regions, their side --half_way--> segments half way between facing regions

Two regions face each other where no third one lies in the circle over their connection (Gabriel,
Sokal 1969).  The line is a schema: a true border would need outlines.
"""

from typing import Any

import numpy as np

Points = np.ndarray[Any, np.dtype[Any]]
LENGTH = 0.9  # of a segment, in distances of its two regions


def half_way(points: Points, sides: Points) -> list[tuple[Points, Points]]:
    """
    Segments at right angles to the connection of each facing pair of two sides.

    Parameters
    ----------
    points
        Regions x 2.
    sides
        The side of each region.

    Returns
    -------
    Ends of each segment, in the order of the regions.

    >>> one, other = half_way(np.array([[0.0, 0.0], [2.0, 0.0]]), np.array(["a", "b"]))[0]
    >>> one.tolist(), other.tolist()
    ([1.0, -0.9], [1.0, 0.9])
    """
    found = []
    for first in range(len(points)):
        for second in range(first + 1, len(points)):
            if sides[first] == sides[second]:
                continue
            across = points[second] - points[first]
            middle = points[first] + across / 2
            reach = float(np.hypot(*across)) / 2
            away = np.hypot(*(points - middle).T)
            away[[first, second]] = np.inf
            if away.min() < reach * (1 - 1e-9):
                continue
            turned = np.array([-across[1], across[0]]) * LENGTH / 2
            found.append((middle - turned, middle + turned))
    return found
