"""
Layers of `seaborn.objects` on axes of ours: seaborn maps a table to marks, the look stays.

    [Layer(so.Dot(), frame, x="share", y="at"), ...]  --draw-->  marks on ax; no legend, no theme

Legends, ticks and sizes are the work of `axes` and `theme`, the same in every figure; so seaborn is
given the settings that are in force and leaves the labels of the axes alone.  A figure hands over
all its layers at once: what seaborn does before the first mark takes longer than a mark.
"""

import warnings
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes


THEMED = ("axes", "figure", "font", "grid", "hatch", "lines", "patch", "xtick", "ytick")


class Layer:
    """
    A mark of `seaborn.objects`, the table it is drawn from (one row per mark), how it lies, and
    the columns it takes (x, y, xmin, xmax, ymin, ymax).
    """

    def __init__(
        self, mark: Any, frame: pd.DataFrame, *, orient: str = "y", **columns: str
    ) -> None:
        self.mark, self.frame, self.orient, self.columns = mark, frame, orient, columns


def draw(ax: "Axes", layers: Iterable[Layer]) -> None:
    """Draw layers on the axes, one over the other."""
    from matplotlib import rcParams
    from seaborn import objects as so

    known = {name: rcParams[name] for name in rcParams if name.split(".")[0] in THEMED}
    plot = so.Plot().theme(known)
    for layer in layers:
        plot = plot.add(
            layer.mark, data=layer.frame, orient=layer.orient, legend=False, **layer.columns
        )
    with warnings.catch_warnings():
        # seaborn 0.13 passes pandas a keyword that pandas 3 no longer uses.
        warnings.filterwarnings("ignore", message="The copy keyword is deprecated")
        plot.on(ax).plot()
    ax.set(xlabel="", ylabel="")
