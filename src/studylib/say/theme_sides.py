"""Sentences on themes of collaboration: which have organisations on two sides, which have not."""

import pandas as pd

from studylib.language.counted import themes as counted_themes
from studylib.language.words import _, listing, ngettext
from studylib.network import Network
from studylib.network import labels as names
from studylib.network.theme_sides import theme_sides
from studylib.patents.dataset import Dataset


def published_themes(network: Network, themes: pd.DataFrame) -> str | None:
    """Of the themes the source page names, which have two sides; nothing where it names none."""
    named = themes[themes["origin"] == "published"]
    if named.empty:
        return None
    rows = network.themes.astype("object").set_index("theme_id")
    met = named.loc[named["n_pairs"] > 0, "theme_id"]
    source = _who(rows.loc[named["theme_id"], "source"])
    if met.empty:
        return ngettext(
            "The {n} theme named by the source page ({source}) has no organisations on different "
            "sides.",
            "None of the {n} themes named by the source page ({source}) has organisations on "
            "different sides.",
            len(named),
            source=source,
        )
    return ngettext(
        "Of {themes} named by the source page ({source}), {n} has organisations on different "
        "sides: {names}.",
        "Of {themes} named by the source page ({source}), {n} have organisations on different "
        "sides: {names}.",
        len(met),
        source=source,
        themes=counted_themes(len(named)),
        names=listing(names.theme(network.sectors, rows.loc[theme]) for theme in met),
    )


def _who(sources: pd.Series) -> str:
    """Who wrote the page: what the source of each theme begins with, up to its first comma."""
    return listing(dict.fromkeys(str(source).partition(",")[0] for source in sources))


def one_sided(study: Dataset, network: Network) -> list[str]:
    """The themes nobody of another side could meet on, each with the territories it lacks."""
    counted, rows = theme_sides(network), network.themes.astype("object").set_index("theme_id")
    found = []
    for _place, theme in counted[counted["n_pairs"] == 0].iterrows():
        absent = [a for i, a in enumerate(study.territories) if not theme[f"n_{i}"]]
        name = names.theme(network.sectors, rows.loc[theme["theme_id"]])
        areas = listing(study.area_name(area) for area in absent)
        found.append(
            _("{theme} (none in {areas})", theme=name, areas=areas)
            if absent
            else _("{theme} (its two sectors do not meet across the border)", theme=name)
        )
    return found
