"""
Colours of the cells of a matrix, on which the numbers in them can be read.

    values --colours_of--> a map of colours and its ends, for seaborn
"""

from typing import Any

import numpy as np
import pandas as pd

from studylib.figures.theme import Look

STRONGEST = 0.45  # how far the largest value is from pale to the full colour


def colours_of(cells: pd.DataFrame, look: Look, centre: float | None) -> dict[str, Any]:
    """From paper to the first colour; around a centre from the second colour to the first."""
    from matplotlib.colors import LinearSegmentedColormap

    values = cells.to_numpy()
    known = values[np.isfinite(values)]
    largest = float(known.max(initial=0.0))
    pale, (second, first) = look.pale, (_toward(look, place) for place in (1, 0))
    if centre is None:
        colours = LinearSegmentedColormap.from_list("study", [pale, first])
        return {"cmap": colours, "vmin": 0.0, "vmax": max(largest, 1e-9)}
    reach = max(abs(largest - centre), abs(centre - float(known.min(initial=centre))), 1e-9)
    colours = LinearSegmentedColormap.from_list("study", [second, pale, first])
    return {"cmap": colours, "vmin": centre - reach, "vmax": centre + reach}


def _toward(look: Look, place: int) -> Any:
    """The strongest cell: on it the colour of texts is still read, on light paper and on dark."""
    from matplotlib.colors import to_rgb

    ends = zip(to_rgb(look.pale), to_rgb(look.role(place)), strict=True)
    return tuple(p + STRONGEST * (f - p) for p, f in ends)
