"""
Metropolitan areas: the technology space, its test out of sample, and which areas can be read.

    metro_cpc4.parquet   metro, country, period, cpc4, assignments
      --technology_space-->  class x class: areas that hold both; the diagonal, areas that hold one
      --classes-->           class: assignments, areas, complexity
      --entry-->             model: how well it foretells 2007-2012 from 2000-2006
      --checked-->           metro: distance from Eurostat's sections
      --profiles-->          metro x class, of areas that Eurostat confirms

The counts are assignments of first filings (class x area) as geocoded by de Rassenfosse, Kozak and
Seliger (2019, Scientific Data 6, 260; data CC0) and added up by Straccamore, Bruno, Monechi and
Loreto (2023, Scientific Reports 13, 3655): neither patents nor one office's applications.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from studylib.diversify import complexity as complexities
from studylib.diversify import entry as entries
from studylib.diversify import relatedness
from studylib.patents import eurostat
from studylib.stats.arrays import Numbers

BEFORE, AFTER = "2000-2006", "2007-2012"
COUNTRIES = [
    "AT", "BE", "CH", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HU", "IE", "IT", "LT",
    "LU", "LV", "NL", "NO", "PL", "PT", "SE", "SI", "SK",
]  # fmt: skip
FEWEST = 100  # assignments in each period
SEED = 20132014
LARGEST_DISTANCE = 1 / 8  # of assignments in another section than Eurostat's applications
TERRITORIES = ("Bilbao", "Donostia / San Sebastián", "Vitoria-Gasteiz", "Bordeaux", "Pau", "Anglet")
"""Areas of the study's own territories: they are out of the space they are read in."""
REGIONS = {
    "Bilbao": "ES213", "Donostia / San Sebastián": "ES212", "Vitoria-Gasteiz": "ES211",
    "Pamplona": "ES220", "Bordeaux": "FR612", "Pau": "FR615", "Anglet": "FR615",
    "Strasbourg": "FR421", "Mulhouse": "FR422", "Colmar": "FR422", "Lille": "FR301",
    "Valenciennes": "FR301",
}  # fmt: skip
"""The province or department (NUTS 2010) of each area for which Eurostat's sections are at hand."""


def read(path: Path) -> pd.DataFrame:
    """The two periods of the European areas, an area across a border taken as one."""
    whole = pd.read_parquet(path)
    here = whole[whole["country"].isin(COUNTRIES) & whole["period"].isin([BEFORE, AFTER])]
    return here.groupby(["metro", "period", "cpc4"])["assignments"].sum().reset_index()


def counts(areas: pd.DataFrame) -> tuple[pd.Index, pd.Index, Numbers, Numbers]:
    """
    Areas and classes (sorted), and assignments (area x class) before and after.

    Areas have at least 100 assignments in each period; classes occur in both.
    """
    wide = {
        period: areas[areas["period"] == period].pivot(
            index="metro", columns="cpc4", values="assignments"
        )
        for period in (BEFORE, AFTER)
    }
    large = [part.index[part.sum(axis=1) >= FEWEST] for part in wide.values()]
    metros = large[0].intersection(large[1]).sort_values()
    parts = [part.reindex(metros).fillna(0.0) for part in wide.values()]
    there = [part.columns[part.sum() > 0] for part in parts]
    classes = there[0].intersection(there[1]).sort_values()
    one, two = (part.reindex(columns=classes).to_numpy() for part in parts)
    return metros, classes, one, two


def technology_space(areas: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """
    The space of 2000-2012 without the territories, and what is known of each class.

    Returns
    -------
    One row per class: cpc4, then one column per class with the areas that hold both (the diagonal:
    that hold it), above the diagonal empty.  And one row per class: cpc4, assignments (of all
    European areas), areas (outside the territories that hold it), complexity (mean 0, standard
    deviation 1 over areas), complexity_rank (fitness, 1 the highest).
    """
    metros, classes, one, two = counts(areas)
    both = one + two
    outside = ~metros.isin(TERRITORIES)
    held = entries.held(both[outside])
    together = relatedness.cooccurrence(held)
    np.fill_diagonal(together, held.sum(axis=0))
    lower = np.where(np.tri(len(classes), dtype=bool), together, np.nan)
    space = pd.DataFrame(lower, index=classes, columns=classes).astype("Int64")
    used = held.sum(axis=0) > 0
    complexity = np.full(len(classes), np.nan)
    rank = np.full(len(classes), np.nan)
    complexity[used] = complexities.complexity(held[:, used]).technologies
    rank[used] = complexities.fitness_ranks(held[:, used])[1]
    about = pd.DataFrame(
        {
            "cpc4": classes,
            "assignments": both.sum(axis=0).astype(int),
            "areas": held.sum(axis=0).astype(int),
            "complexity": complexity.round(6),
            "complexity_rank": pd.Series(rank).astype("Int64"),
        }
    )
    return space.rename_axis("cpc4").reset_index(), about


def entry(areas: pd.DataFrame) -> pd.DataFrame:
    """How well models foretell entries of 2007-2012; see `diversify.entry.held_out`."""
    _metros, _classes, one, two = counts(areas)
    found = entries.held_out(one, entries.held(one), entries.held(two), seed=SEED)
    return found.assign(n_classes=one.shape[1], seed=SEED).round(6)


def checked(areas: pd.DataFrame, published: Path) -> pd.DataFrame:
    """
    One row per area (or areas of one region) that Eurostat counts: can its profile be read?

    Columns metro, region, assignments_before, assignments_after, distance (half the sum of
    absolute differences between the shares of sections A to H over both periods: the part that
    lies in another section), noise (the distance that drawing as many from Eurostat's shares gives
    on average), usable (at least 100 assignments in each period, and at most an eighth of them in
    other sections).  Eurostat's shares are those of 2005-2008, the middle of the two periods.
    """
    sections = eurostat.eurostat_sections(published)
    wide = sections.groupby(["area", "section"])["value"].sum().unstack(fill_value=0)
    rows = []
    for region in sorted(set(REGIONS.values())):
        own = [metro for metro, code in REGIONS.items() if code == region]
        here = areas[areas["metro"].isin(own)]
        size = here.groupby("period")["assignments"].sum().reindex([BEFORE, AFTER], fill_value=0)
        seen = here.groupby(here["cpc4"].str[0])["assignments"].sum()
        n = seen.reindex(list(eurostat.SECTIONS), fill_value=0).to_numpy()
        published_n = wide.loc[region].clip(lower=0).to_numpy()
        rows.append((" + ".join(own), region, *size, *_distance(n, published_n)))
    table = pd.DataFrame(
        rows,
        columns=["metro", "region", "assignments_before", "assignments_after", "distance", "noise"],
    )
    is_large = table[["assignments_before", "assignments_after"]].min(axis=1) >= FEWEST
    return table.assign(usable=is_large & (table["distance"] <= LARGEST_DISTANCE)).round(4)


def _distance(n: Numbers, published: Numbers) -> tuple[float, float]:
    """Distance from the published shares, and what chance alone would give."""
    whole, share = int(n.sum()), published / published.sum()
    if not whole:
        return float("nan"), float("nan")
    drawn = np.random.default_rng(SEED).multinomial(whole, share, 2_000) / whole
    noise = np.abs(drawn - share).sum(axis=1).mean() / 2
    return float(np.abs(n / whole - share).sum() / 2), float(noise)


def profiles(areas: pd.DataFrame, check: pd.DataFrame) -> pd.DataFrame:
    """The classes of areas that Eurostat confirms, 2000-2012: metro, cpc4, assignments, sorted."""
    good = {name for row in check.loc[check["usable"], "metro"] for name in row.split(" + ")}
    here = areas[areas["metro"].isin(good)]
    return here.groupby(["metro", "cpc4"])["assignments"].sum().reset_index()
