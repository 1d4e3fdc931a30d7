"""
Outlines of a map, as their owner gives them: GeoJSON in degrees.

    {"type": "FeatureCollection", ...}  --lines-->  one array per ring or line: points x (lon, lat)

Only coordinates are taken: names and properties of features are not looked at.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from studylib.errors import DataError, quoted
from studylib.files import limits

Points = np.ndarray[Any, np.dtype[Any]]
DEPTH = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}
"""How many lists stand around the points of each kind of geometry."""
WORLD = (180.0, 90.0)


def lines(path: Path) -> list[Points]:
    """
    Every line and ring of a GeoJSON file, in the order of the file.

    Raises
    ------
    DataError
        The file is too large, is no GeoJSON, holds no line, or its coordinates are no degrees.
    """
    name = quoted(path.name)
    limits.check_size(path, limits.MOST_MAP, "map", "Take a coarser version of it.")
    try:
        found = [
            np.array(line, dtype=float)[:, :2] for line in _lines(json.loads(path.read_bytes()))
        ]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        raise DataError(
            f"{name} is no GeoJSON of lines or areas. Export the map as GeoJSON (WGS 84)."
        ) from None
    if not found:
        raise DataError(f"{name} holds no line and no area; `boundaries` needs some.")
    if any(np.abs(line).max(axis=0)[i] > WORLD[i] for line in found for i in (0, 1)):
        raise DataError(
            f"The coordinates of {name} are no degrees of longitude and latitude. Export the map "
            "in WGS 84 (EPSG:4326)."
        )
    return found


def _lines(part: Any) -> Iterator[Any]:
    """The lists of points below a collection, a feature or a geometry."""
    kind = part["type"]
    if kind == "FeatureCollection":
        for feature in part["features"]:
            yield from _lines(feature)
    elif kind == "GeometryCollection":
        for geometry in part["geometries"]:
            yield from _lines(geometry)
    elif kind == "Feature":
        if part["geometry"] is not None:
            yield from _lines(part["geometry"])
    elif kind in DEPTH:
        yield from _unfolded(part["coordinates"], DEPTH[kind])


def _unfolded(coordinates: Any, depth: int) -> Iterator[Any]:
    """Lists of points, out of the lists around them."""
    if not depth:
        yield coordinates
        return
    for inner in coordinates:
        yield from _unfolded(inner, depth - 1)
