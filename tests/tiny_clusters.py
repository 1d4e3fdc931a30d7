"""Tiny lists of cluster organisations and their networks, made by hand."""

import pandas as pd

from studylib import network, tables
from studylib.network import clusters

NORTH_SOUTH = ["North", "South"]
NO_PAIRS = pd.DataFrame({"sector": [], "other_sector": [], "is_theme": []})


def listed(*rows: tuple) -> pd.DataFrame:
    """Organisations: (id, territory, sectors, KETs, interests, evidence), the last three if any."""
    columns = ("cluster_id", "territory", "sectors", "kets", "interests", "evidence")
    given = [dict(zip(columns, row, strict=False)) for row in rows]
    frame = pd.DataFrame(given, columns=columns, dtype="object")
    frame = frame.assign(
        name=[f"The {key}" for key in frame["cluster_id"]], place=None, nuts=None,
        website=None, members=None, fp7_name=None, source=None,
    )  # fmt: skip
    return tables.check(frame, "clusters")


def themed(*rows: tuple) -> pd.DataFrame:
    """Themes as (id, sector, other sector or None, origin)."""
    frame = pd.DataFrame(rows, columns=["theme_id", "sector", "other_sector", "origin"])
    return tables.check(
        frame.assign(
            axis=frame["other_sector"].notna().map({True: "cross_sector", False: "same_sector"}),
            subject=None, reason="a reason", source="a source",
        ),
        "themes",
    )  # fmt: skip


NO_THEMES = themed(("health", "health", None, "published"))


def linked(*rows: tuple, themes: pd.DataFrame = NO_THEMES) -> network.Network:
    """The network of a list between North and South."""
    frame = listed(*rows)
    return network.build(frame, clusters.attributes(frame), themes, NORTH_SOUTH)
