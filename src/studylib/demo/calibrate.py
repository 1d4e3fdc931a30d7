"""
Quotas from Eurostat: how many applications each region, year and IPC section gets.

    totals (area, year)       -> applications per group and region, and per filing year
    sections (area, section)  -> IPC section of the first symbol, per region

Eurostat counts by priority year; most applicants file at the EPO a year after their priority.
`LAG` says so, so that the records agree with the table by priority year and run a year behind
it by filing year.  Sections are known 2005-2008 and used for all years; where Eurostat's table
has no section for an area, its neighbour stands in (`SECTIONS_OF`): an assumption.
"""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from studylib.demo.draw import Dice, apportion
from studylib.patents import eurostat

TERRITORIES = 484  # the source page: applications analysed in both territories together
ELSEWHERE = 6_000  # comparison areas and the reference, one rate for all of them
OUT_OF_WINDOW = 40  # filed in 1999 or 2013: a study of 2000-2012 has to leave them out
FIRST_YEAR, LAST_YEAR = 2000, 2012
LAG = {0: 0.2, 1: 0.8}  # share of applications filed in the year of, or after, their priority
SECTIONS_OF = {"DE": "FR42", "CH": "FR42", "BE": "FR30"}


@dataclass(frozen=True)
class Group:
    """A set of regions drawn at one rate; `sides` are the parts a border or a purpose makes."""

    name: str
    sides: tuple[str, ...]
    without: tuple[str, ...] = ()
    across: float = 0.0
    """Share of further inventors who live on another side of the group: our assumption."""

    def holds(self, region: str) -> bool:
        """Whether a NUTS 3 region belongs to the group."""
        return region.startswith(self.sides) and not region.startswith(self.without or "-")

    def side(self, region: str) -> str:
        """The side of the group a region lies on."""
        return next(side for side in self.sides if region.startswith(side))


GROUPS = (
    Group("Aquitaine", ("FR61",)),
    Group("Euskadi", ("ES21",)),
    Group("Upper Rhine", ("DE12", "DE13", "DEB3", "FR42", "CH03"), across=0.06),
    Group("Nord-Pas-de-Calais, Wallonia, Flanders", ("FR30", "BE2", "BE3"), across=0.03),
    Group("France", ("FR",), without=("FR30", "FR42", "FR61")),
    Group("Spain", ("ES",), without=("ES21",)),
)

REFERENCE = ("France", "Spain")


@dataclass(frozen=True)
class Slot:
    """What the quotas fix of one application: where, when, in which section of the IPC."""

    group: Group
    region: str
    section: str
    filing_year: int
    priority_year: int


def slots(folder: Path, seed: int) -> list[Slot]:
    """
    One slot per application of the demonstration, territories first.

    Parameters
    ----------
    folder
        Where `eurostat_pat_ep_rtot.csv` and `eurostat_pat_ep_ripc.csv` are.
    seed
        Decides which region, year and section meet; how many there are of each is fixed.
    """
    totals = eurostat.eurostat_totals(folder)
    weights = {group: region_weights(totals, group) for group in GROUPS}
    size = [sum(weights[group].values()) for group in GROUPS]
    counts = apportion(size[:2], TERRITORIES) + apportion(size[2:], ELSEWHERE)
    sections = section_weights(eurostat.eurostat_sections(folder))
    planned = []
    for group, n in zip(GROUPS, counts, strict=True):
        places = _places(group, n, weights[group], sections, seed)
        years = _years(totals, weights[group], n, Dice(seed, "years", group.name))
        planned += [
            Slot(group, region, section, filing, priority)
            for (region, section), (filing, priority) in zip(places, years, strict=True)
        ]
    return planned + _out_of_window(planned, Dice(seed, "out of window"))


def region_weights(totals: pd.DataFrame, group: Group) -> dict[str, float]:
    """Applications 2000-2012 per NUTS 3 region of the group, without pseudo-regions (ZZZ, XXX)."""
    inside = totals["year"].between(FIRST_YEAR, LAST_YEAR) & totals["area"].str.len().eq(5)
    summed = totals[inside].groupby("area")["value"].sum()
    return {
        str(region): float(value)
        for region, value in summed.items()
        if group.holds(str(region)) and not str(region).endswith(("ZZZ", "XXX"))
    }


def section_weights(sections: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Applications 2005-2008 per area, its NUTS 2 parent where all parts are known, and section."""
    frame = sections.assign(value=sections["value"].clip(lower=0))  # a derived H of -0.01 is 0
    parents = frame[frame["area"].str.len() == 5].assign(area=frame["area"].str[:4])  # noqa: PLR2004
    summed = pd.concat([frame, parents]).groupby(["area", "section"], as_index=False)["value"].sum()
    return {
        str(area): dict(zip(own["section"], own["value"], strict=True))
        for area, own in summed.groupby("area")
    }


def section_area(region: str, known: dict[str, dict[str, float]]) -> str:
    """The area whose sections a region gets: its own, else its neighbour's, else its country's."""
    if region in known:
        return region
    return SECTIONS_OF.get(region[:2], region[:2])


def _places(
    group: Group,
    n: int,
    regions: dict[str, float],
    sections: dict[str, dict[str, float]],
    seed: int,
) -> list[tuple[str, str]]:
    """Region and section of n applications; regions that share a section table are one pool."""
    pools: dict[str, list[str]] = {}
    for region, count in zip(regions, apportion(list(regions.values()), n), strict=True):
        pools.setdefault(section_area(region, sections), []).extend([region] * count)
    places: list[tuple[str, str]] = []
    for area, members in sorted(pools.items()):
        quota = apportion(list(sections[area].values()), len(members))
        pool = [
            section
            for section, count in zip(sections[area], quota, strict=True)
            for _ in range(count)
        ]
        places += zip(members, Dice(seed, "sections", group.name, area).shuffled(pool), strict=True)
    return Dice(seed, "places", group.name).shuffled(places)


def _years(
    totals: pd.DataFrame, regions: dict[str, float], n: int, dice: Dice
) -> list[tuple[int, int]]:
    """Filing and priority year of n applications."""
    own = totals[totals["area"].isin(list(regions))]
    by_priority = own.groupby("year")["value"].sum().to_dict()
    pairs = [(year, year - lag) for year in range(FIRST_YEAR, LAST_YEAR + 1) for lag in LAG]
    expected = [by_priority[priority] * LAG[filing - priority] for filing, priority in pairs]
    quota = apportion(expected, n)
    return dice.shuffled([p for p, count in zip(pairs, quota, strict=True) for _ in range(count)])


def _out_of_window(planned: list[Slot], dice: Dice) -> list[Slot]:
    """Slots outside the territories again, filed a year before or after the study's window."""
    model = dice.some([s for s in planned if s.group.name in REFERENCE], OUT_OF_WINDOW)
    moved = []
    for i, slot in enumerate(model):
        year = FIRST_YEAR - 1 if i % 2 else LAST_YEAR + 1
        moved.append(Slot(slot.group, slot.region, slot.section, year, year - 1))
    return moved
