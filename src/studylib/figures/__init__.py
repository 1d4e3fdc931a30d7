"""
Every figure of the study: each function takes a finished table, draws uncertainty and n, and
computes nothing.
"""

from studylib.figures.bars import bars
from studylib.figures.border import border
from studylib.figures.cartogram import cartogram
from studylib.figures.cloud import cloud
from studylib.figures.dots import shares
from studylib.figures.lines import timeline
from studylib.figures.matrix import heat, overlap
from studylib.figures.network import meta_clusters
from studylib.figures.picture import Picture
from studylib.figures.ranks import ranks
from studylib.figures.ratios import ratios
from studylib.figures.theme import COLOUR, THEME, set_theme
from studylib.figures.tree import tree

__all__ = [
    "COLOUR", "THEME", "Picture", "bars", "border", "cartogram", "cloud",
    "heat", "meta_clusters", "overlap", "ranks", "ratios", "set_theme", "shares", "timeline",
    "tree",
]  # fmt: skip
