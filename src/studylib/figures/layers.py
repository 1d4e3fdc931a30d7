"""
Layers of `seaborn.objects` on axes of ours: seaborn maps a table to marks, the look stays.

    draw(ax, frame, [(so.Dot(), "y", ())], x="share", y="at")  -->  marks on ax; no legend, no theme

Legends, ticks and sizes are the work of `axes` and `theme`, the same in every figure; so seaborn is
given the settings that are in force and leaves the labels of the axes alone.
"""

import warnings
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes


THEMED = ("axes", "figure", "font", "grid", "hatch", "lines", "patch", "xtick", "ytick")


def draw(ax: "Axes", frame: pd.DataFrame, marks: list[tuple[Any, ...]], **variables: str) -> None:
    """
    Draw marks of `seaborn.objects` on the axes.

    Parameters
    ----------
    frame
        One row per mark; columns as named in `variables` (x, y, xmin, xmax, ymin, ymax).
    marks
        For each layer a mark, its orientation, and the variables it takes beside x and y.
    """
    from matplotlib import rcParams
    from seaborn import objects as so

    known = {name: rcParams[name] for name in rcParams if name.split(".")[0] in THEMED}
    both = {name: variables[name] for name in ("x", "y")}
    plot = so.Plot(frame, **both).theme(known)
    for mark, orient, names in marks:
        plot = plot.add(mark, orient=orient, legend=False, **{n: variables[n] for n in names})
    with warnings.catch_warnings():
        # seaborn 0.13 passes pandas a keyword that pandas 3 no longer uses.
        warnings.filterwarnings("ignore", message="The copy keyword is deprecated")
        plot.on(ax).plot()
    ax.set(xlabel="", ylabel="")
