"""
The look of every figure: sizes, colours by role, markers.

A colour belongs to a role (first territory, second, ... outside), never to a name, so another
study needs no new palette.  Each role has its own marker too: nothing is told by colour alone.
All colours reach a contrast of 3 with the paper and differ for colour-blind eyes (tested).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

ROLES_LIGHT = ("#0173B2", "#D55E00", "#2E8B57", "#8C1D5C", "#7F2704", "#222222")
ROLES_DARK = ("#56B4E9", "#FF8A3D", "#B6F0D4", "#B388FF", "#A0764A", "#FFF3B0")
OUTSIDE_LIGHT, OUTSIDE_DARK = "#949494", "#8B949E"
OUTSIDE = -1  # the place of what belongs to no territory of the study
MARKERS = ("o", "s", "^", "D", "v", "P")
OUTSIDE_MARKER = "X"
COLOUR = {"first": ROLES_LIGHT[0], "second": ROLES_LIGHT[1], "outside": OUTSIDE_LIGHT}

THEME: dict[str, Any] = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],  # ships with matplotlib: the same glyphs everywhere
    "svg.fonttype": "none",  # text is text: it can be found, copied and enlarged
    "svg.hashsalt": "studylib",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.titlelocation": "left",
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "legend.frameon": False,
    "legend.handletextpad": 0.4,
    "legend.columnspacing": 1.4,
    "legend.borderaxespad": 0.2,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "path.simplify": False,
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
}


@dataclass(frozen=True)
class Look:
    """What a picture is drawn for: light or dark paper, wide or narrow (a phone)."""

    dark: bool = False
    narrow: bool = False

    @property
    def width(self) -> float:
        """Width of the drawing [inch]; shown at this size, so text has the size of the page's."""
        return 3.64 if self.narrow else 8.66

    @property
    def paper(self) -> str:
        """Background of the page, for what must stand out from lines below it."""
        return "#14181D" if self.dark else "#FFFFFF"

    @property
    def text(self) -> str:
        """Labels that are read."""
        return "#E4E8EC" if self.dark else "#1B2026"

    @property
    def muted(self) -> str:
        """Axis labels."""
        return "#A4AEB8" if self.dark else "#57606A"

    @property
    def rule(self) -> str:
        """Grid lines."""
        return "#353E48" if self.dark else "#DDE1E6"

    @property
    def bar(self) -> str:
        """A bar that stands for no territory."""
        return "#7C95AB" if self.dark else "#587690"

    @property
    def outside(self) -> str:
        """What belongs to no territory of the study."""
        return OUTSIDE_DARK if self.dark else OUTSIDE_LIGHT

    @property
    def pale(self) -> str:
        """The lightest cell of a matrix."""
        return "#222A33" if self.dark else "#EEF2F5"

    @property
    def filled(self) -> str:
        """A box that is named by the source."""
        return "#3A4C5E" if self.dark else "#E3EAF0"

    def colours(self) -> dict[str, str]:
        """Every colour of a drawing by the name of its CSS variable, without `--st-`."""
        roles = ROLES_DARK if self.dark else ROLES_LIGHT
        named = ("paper", "text", "muted", "rule", "bar", "outside", "pale", "filled")
        return {name: getattr(self, name) for name in named} | {
            f"role-{place}": colour for place, colour in enumerate(roles, start=1)
        }

    def role(self, place: int) -> str:
        """Colour of the territory at this place in the study file, from 0; `OUTSIDE` is grey."""
        roles = ROLES_DARK if self.dark else ROLES_LIGHT
        return roles[place] if 0 <= place < len(roles) else self.outside

    def rc(self) -> dict[str, Any]:
        """Settings of matplotlib for this drawing."""
        ink = dict.fromkeys(("axes.labelcolor", "xtick.color", "ytick.color"), self.muted)
        return {
            **THEME,
            **ink,
            "font.size": 10,
            "text.color": self.text,
            "axes.edgecolor": self.rule,
            "axes.facecolor": "none",
            "figure.facecolor": "none",
            "grid.color": self.rule,
            "grid.linewidth": 0.8,
        }


def luminance(rgb: Sequence[float]) -> float:
    """
    Relative luminance of a colour (WCAG 2.2), from red, green and blue in 0..1.

    >>> luminance((1.0, 1.0, 1.0))
    1.0
    """
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]  # noqa: PLR2004
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def marker(place: int) -> str:
    """Marker of the territory at this place, from 0."""
    return MARKERS[place] if 0 <= place < len(MARKERS) else OUTSIDE_MARKER


def roles(
    values: Sequence[Any], territories: Sequence[str] = (), outside: Sequence[str] = ()
) -> dict[str, int]:
    """
    The place of each territory, in the order they are drawn.

    Territories take their places as given, else as they first appear; a territory keeps its
    place where another is missing.  What is outside the study comes last and has no place.

    >>> roles(["Euskadi", "France"], ["Aquitaine", "Euskadi"], ["France"])
    {'Euskadi': 1, 'France': -1}
    """
    met = list(dict.fromkeys(str(value) for value in values))
    inside = list(dict.fromkeys([*territories, *met]))
    inside = [name for name in inside if name not in outside]
    placed = {name: place for place, name in enumerate(inside) if name in met}
    return placed | {name: OUTSIDE for name in outside if name in met}


def of_no_side(names: Sequence[str]) -> list[str]:
    """
    Names in the order of their colours, where those of two sides would say what is not so.

    >>> roles(["Bilbao"], of_no_side(["Bilbao"]))
    {'Bilbao': 2}
    """
    return ["", " ", *names]


@contextmanager
def drawing(look: Look) -> Iterator[None]:
    """Matplotlib as this look wants it inside the block, as before after it."""
    from matplotlib import rc_context, rcParamsDefault

    settings: Any = {**rcParamsDefault, **look.rc()}  # not the settings of the user
    del settings["backend"]
    with rc_context(settings):
        yield


def set_theme() -> list[str]:
    """
    The same look for drawings of your own: seaborn's white style with our fonts and colours.

    Returns the colours, of the first territory, the second and so on.
    """
    import seaborn as sns

    sns.set_theme(style="white", palette=list(ROLES_LIGHT), rc={**Look().rc()})
    return list(ROLES_LIGHT)
