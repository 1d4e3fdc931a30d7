"""
What speaks for a joint theme, kind by kind.

    themes of the network  --ideas-->  theme x (organisations, patents, joint patents, European
                                       projects, what the neighbour adds)

A kind of evidence that the data cannot give is missing and is said to be; it is not 0.
"""

import numpy as np
import pandas as pd

from studylib.diversify import corpus, framework_projects
from studylib.diversify.complementarity import complementarity
from studylib.diversify.flags import fields_of
from studylib.network import Network, copatents, sector_patents
from studylib.network.sectors import Sectors
from studylib.network.theme_sides import sectors_of, theme_sides
from studylib.opportunities import theme_fields
from studylib.patents.dataset import Dataset
from studylib.stats import sums
from studylib.stats.arrays import Flags
from studylib.survey.theme_wishes import theme_wishes

KINDS = ("organisations", "patents", "joint_patents", "projects", "added", "wanted")
"""The kinds of evidence by which ideas are compared, the more the better."""
INPUT = {"patents": "patents", "joint_patents": "patents", "added": "patents", "wanted": "survey"}
"""The role of the input a kind is counted on; the others rest on the list and public projects."""


def ideas(study: Dataset, network: Network) -> pd.DataFrame:
    """
    One row per theme that organisations of two territories could take up, in the themes' order.

    Returns
    -------
    theme_id, axis, sector, other_sector, origin; n_0, n_1, ... (organisations of each territory);
    organisations (of the territory that has fewest of those that take part), patents (families of
    that of them which has fewest; across sectors some bring one and some the other, the best way
    round),
    joint_patents (families of both territories in the theme's sectors), projects (joint FP7
    projects in programmes of these sectors), added (what the neighbour adds to a field of the
    theme, over what would stand out: 1 or more stands out), wanted (share of respondents of the
    territory that wants it least, where the survey asks for the theme or for its sectors), fields
    (WIPO fields of its sectors' classes, separated by semicolons), kets (those of more than one
    territory, separated by semicolons), relatedness (how often the two
    sectors' classes are held together, 1 as by chance; across sectors only).

    Notes
    -----
    Missing: a sector whose firms do not patent has no patents to count; no programme of FP7 is
    about it; the study's territories are not those of the published projects.
    """
    found = counted(study, network, complementarity(study))
    return found.assign(
        fields=theme_fields.of_themes(found, network.sectors),
        kets=_kets(study, found),
        relatedness=_relatedness(study, found, network.sectors),
    )


def real_kinds(study: Dataset) -> list[str]:
    """The kinds whose input was not made up."""
    files = study.table("sources")
    made_up = set(files.loc[files["is_synthetic"].astype(bool), "role"].astype("str"))
    return [kind for kind in KINDS if INPUT.get(kind, "clusters") not in made_up]


def counted(study: Dataset, network: Network, added: pd.DataFrame) -> pd.DataFrame:
    """The columns of `ideas` by which ideas are compared; `added`: what `complementarity` gave."""
    sides = theme_sides(network)
    both = sides[sides["n_pairs"] > 0]
    themes = network.themes.astype("object").set_index("theme_id")
    rows = both[["theme_id", "axis", "origin"]].assign(
        sector=both["theme_id"].map(themes["sector"]),
        other_sector=both["theme_id"].map(themes["other_sector"]),
    )
    places = [f"n_{place}" for place in range(len(network.territories))]
    rows = rows.join(both[places]).reset_index(drop=True)
    return rows.assign(
        organisations=rows[places].replace(0, np.nan).min(axis=1).astype(float),
        patents=_patents(study, rows, rows[places].to_numpy() > 0, network.sectors),
        joint_patents=_joint(study, rows, network.sectors),
        projects=_projects(study, rows),
        added=_added(added, rows, network.sectors),
        wanted=_wanted(study, rows),
    )


def _patents(study: Dataset, rows: pd.DataFrame, part: Flags, known: Sectors) -> list[float]:
    """Families of the side that has fewest of those that take part; missing without patents."""
    n = sector_patents.by_sector(study).set_index(["sector", "area"])["n"]
    found = []
    for (_i, row), takes in zip(rows.iterrows(), part, strict=True):
        keys = sectors_of(row)
        if not all(known.technologies_of({key}) for key in keys):
            found.append(np.nan)
            continue
        sides = [area for area, own in zip(study.territories, takes, strict=True) if own]
        found.append(_fewest([[float(n.get((key, area), 0)) for area in sides] for key in keys]))
    return found


def _fewest(held: list[list[float]]) -> float:
    """
    The fewest any side brings, of (sector, side); across sectors each brings one, the best way.

    >>> _fewest([[3, 5, 4]]), _fewest([[3, 0], [1, 7]]), _fewest([[3, 0, 2], [1, 7, 9]])
    (3, 3, 3)
    """
    if len(held) == 1:
        return min(held[0])
    return max(n for n in {*held[0], *held[1]} if _all_bring(n, *held))


def _all_bring(n: float, one: list[float], two: list[float]) -> bool:
    """Whether every side has so many of either sector, and two of them one of each."""
    first, second = ([i for i, has in enumerate(sector) if has >= n] for sector in (one, two))
    two_sides = len(first) > 0 < len(second) and len({*first, *second}) > 1
    return two_sides and {*first, *second} == set(range(len(one)))


def _joint(study: Dataset, rows: pd.DataFrame, known: Sectors) -> list[float]:
    """Families of both territories; missing where no sector of the theme patents."""
    n = copatents.by_sector(study).set_index("sector")["n_joint"]
    found = []
    for _i, row in rows.iterrows():
        keys = [key for key in sectors_of(row) if known.technologies_of({key})]
        found.append(float(sum(n.get(key, 0) for key in keys)) if keys else np.nan)
    return found


def _projects(study: Dataset, rows: pd.DataFrame) -> list[float]:
    """Joint projects in programmes of the theme; missing where no programme is about it."""
    listed = framework_projects.joint_project_list(study).drop_duplicates("project")
    about = framework_projects.sectors_of_programmes()
    found = []
    for _i, row in rows.iterrows():
        wanted = [name for name, keys in about.items() if keys & set(sectors_of(row))]
        known = bool(wanted) and len(listed) > 0
        found.append(float(listed["programme"].isin(wanted).sum()) if known else np.nan)
    return found


def _added(table: pd.DataFrame, rows: pd.DataFrame, known: Sectors) -> list[float]:
    """The largest of what the neighbour adds to a field of the theme, over what stands out."""
    if table.empty:
        return [np.nan] * len(rows)
    room = (table["needed"] - table["chance"]).where(lambda gap: gap > 0)
    excess = ((table["added"] - table["chance"]) / room).groupby(table["field_id"]).max()
    found = []
    for _i, row in rows.iterrows():
        own = [f for f in theme_fields.of_sectors(known, sectors_of(row)) if f in excess.index]
        found.append(float(excess.loc[own].max()) if own else np.nan)
    return found


def _wanted(study: Dataset, rows: pd.DataFrame) -> list[float]:
    """The share of the territory that wants it least; missing where no survey asks for it."""
    told = theme_wishes(study).groupby("theme")["share"]
    least, sides = told.min(), told.size()
    known = set(sides.index[sides > 1])  # of every side that answered, and of two at least
    found = []
    for _i, row in rows.iterrows():
        own = [str(row["theme_id"])] if row["theme_id"] in known else sectors_of(row)
        found.append(float(least[own].min()) if set(own) <= known else np.nan)
    return found


def _kets(study: Dataset, rows: pd.DataFrame) -> list[str]:
    """KETs of the theme's sectors in more than one territory, in the scheme's order."""
    counts = sector_patents.ket_counts(study)
    found = []
    for _i, row in rows.iterrows():
        own = counts[counts["sector"].isin(sectors_of(row))]
        areas = own.groupby("ket", observed=True)["area"].nunique()
        shared = {str(key) for key, n in areas.items() if n > 1}
        found.append(";".join(key for key in study.scheme.kets if key in shared))
    return found


def _relatedness(study: Dataset, rows: pd.DataFrame, known: Sectors) -> list[float]:
    """Mean association of the classes of two sectors, by how many regions hold them."""
    space = corpus.space(study)
    present, weight = fields_of(space)
    near = sums.product(weight.T, sums.product(weight.T, space.association).T)  # field x field
    place = {field: i for i, field in enumerate(present)}
    found = []
    for _i, row in rows.iterrows():
        keys = sectors_of(row)
        ends = [
            [place[f] for f in sorted(theme_fields.of_sectors(known, [key])) if f in place]
            for key in keys
        ]
        across = len(ends) == 2 and all(ends)  # noqa: PLR2004 - across sectors
        found.append(float(near[np.ix_(*ends)].mean()) if across else np.nan)
    return found
