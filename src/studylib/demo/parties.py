"""
Inventors and applicants of one application: who, in which region, with which share.

Inventors decide where an application lies; the first one lives in the slot's region.  Only
`CROSS_BORDER` applications have inventors in both territories, and no application of the other
groups has one there, so that the territories hold exactly their 484.
"""

from dataclasses import dataclass, replace

from studylib.demo import names
from studylib.demo.calibrate import Slot
from studylib.demo.draw import Dice

CROSS_BORDER = 9  # of the 484: our assumption, no published count is known
OWNED_IN_TERRITORY = 15  # invented elsewhere in France or Spain, owned in a territory
N_INVENTORS = {1: 0.35, 2: 0.28, 3: 0.18, 4: 0.11, 5: 0.05, 6: 0.03}
SAME_REGION, SAME_SIDE = 0.76, 0.15
HEADQUARTERS = 0.12  # applicants in Paris or Madrid (their countries' other regions)
FOREIGN, PERSON, JOINT = 0.05, 0.10, 0.08
OUTSIDE = {
    "FR": ("FR101", "FR105", "FR623", "FR716", "DE212", "ES511", "UKJ14", ""),
    "ES": ("ES300", "ES511", "ES220", "ES120", "ES241", "FR101", "DE212", "ITC4C"),
    "": ("FR101", "DE111", "NL414", "AT130", "UKI11", "ITC11", ""),
}
ABROAD = ("DE212", "NL326", "UKI11", "ITC4C", "")  # "" is the United States: no NUTS there
POSTAL = {  # first digits of the postal codes of the territories' departments and provinces
    "ES211": "01", "ES212": "20", "ES213": "48",
    "FR611": "24", "FR612": "33", "FR613": "40", "FR614": "47", "FR615": "64",
}  # fmt: skip
COUNTRY = {"": "US", "UK": "GB", "EL": "GR"}  # Eurostat's letters are not always the office's


@dataclass(frozen=True)
class Share:
    """One party of an application; `share` is its part within the role."""

    name: str
    region: str
    country: str
    share: float
    region_share: float = 1.0
    postal_code: str = ""


@dataclass(frozen=True)
class Pools:
    """Regions and their weights per side of a group; applications per side and section."""

    regions: dict[str, dict[str, float]]
    n: dict[tuple[str, str], int]
    seed: int

    def region(self, side: str, dice: Dice) -> str:
        """A NUTS 3 region of a side, by weight."""
        weights = self.regions[side]
        return dice.pick(list(weights), list(weights.values()))


def inventors(slot: Slot, pools: Pools, dice: Dice, partner: str | None = None) -> list[Share]:
    """The inventors, shares adding to 1; `partner` is a region the second one lives in."""
    n = dice.pick(list(N_INVENTORS), list(N_INVENTORS.values()))
    regions = [slot.region, *([partner] if partner else [])]
    regions += [_next_region(slot, pools, dice) for _ in range(n - len(regions))]
    people = [_inventor(region, slot.section, pools.seed, dice) for region in regions]
    people = list({person.name: person for person in people}.values())
    return [replace(person, share=1 / len(people)) for person in people]


def applicants(slot: Slot, pools: Pools, dice: Dice, first: Share, side: str) -> list[Share]:
    """The applicants, shares adding to 1; `side` is where the local ones come from."""
    owners = [_applicant(slot, pools, dice, first, side)]
    if dice.chance(JOINT):
        owners.append(_applicant(slot, pools, dice, first, side))
    owners = list({owner.name: owner for owner in owners}.values())
    return [replace(owner, share=1 / len(owners)) for owner in owners]


def country_of(region: str) -> str:
    """
    The office's two letters for a region code.

    >>> country_of("UKJ14"), country_of(""), country_of("ES212")
    ('GB', 'US', 'ES')
    """
    return COUNTRY.get(region[:2], region[:2])


def _next_region(slot: Slot, pools: Pools, dice: Dice) -> str:
    """Where a further inventor lives: near, on the same side, across the border, or outside."""
    side = slot.group.side(slot.region)
    if dice.chance(SAME_REGION):
        return slot.region
    if dice.chance(SAME_SIDE / (1 - SAME_REGION)):
        return pools.region(side, dice)
    if dice.chance(slot.group.across / (1 - SAME_REGION - SAME_SIDE)):
        others = [other for other in slot.group.sides if other[:2] != side[:2]]
        return pools.region(dice.pick(others), dice)
    return dice.pick(OUTSIDE.get(slot.region[:2], OUTSIDE[""]))


def _inventor(region: str, section: str, seed: int, dice: Dice) -> Share:
    """Somebody of the region's inventors in this section; a few invent often."""
    who = dice.below(60, crowding=1.5)
    country = country_of(region)
    name = names.person(country, Dice(seed, "inventor", region, section, who))
    return Share(name, region, country, 1.0)


def _applicant(slot: Slot, pools: Pools, dice: Dice, first: Share, side: str) -> Share:
    """An organisation of the side, its headquarters elsewhere, one abroad, or the inventor."""
    if side not in slot.group.sides:  # owned in a territory: an organisation there, nobody else
        region, pool = "", side
    elif dice.chance(PERSON):
        return first
    elif dice.chance(HEADQUARTERS) and side[:2] in ("FR", "ES"):
        region, pool = {"FR": "FR101", "ES": "ES300"}[side[:2]], "headquarters"
    elif dice.chance(FOREIGN):
        region, pool = dice.pick(ABROAD), "abroad"
    else:
        region, pool = "", side
    n_known = max(3, pools.n[side, slot.section] // 3)
    who = Dice(pools.seed, "applicant", pool, region, slot.section, dice.below(n_known, crowding=2))
    place = pools.region(side, who) if pool == side else region  # same number, same name and place
    country = country_of(place)
    return Share(names.organisation(country, who), place, country, 1.0)
