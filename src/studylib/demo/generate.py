"""
Slots become records: symbols, inventors, applicants, and the dirt that real exports carry.

Which applications are cross-border, unclassified or dirty is drawn first, by number, so that
the counts registered in `data/raw/sources.toml` hold exactly.
"""

from collections import Counter
from pathlib import Path

from studylib.demo import calibrate, dirt, parties, technology
from studylib.demo.calibrate import GROUPS, Slot
from studylib.demo.draw import Dice
from studylib.demo.parties import Pools
from studylib.demo.record import Record
from studylib.demo.regpat_files import write
from studylib.patents import eurostat

SEED = 20132014
BORDER = {"FR615": "ES212", "ES212": "FR612", "FR612": "ES213", "ES213": "FR615"}


def generate(raw: Path, out: Path, seed: int = SEED) -> dict[str, int]:
    """
    Write the synthetic REGPAT files into a folder; how many rows each file got.

    Parameters
    ----------
    raw
        The folder `data/raw`, for the published totals and the themes.
    out
        Where the files go; it is made if it is not there.
    seed
        Other seeds give other records with the same quotas.
    """
    out.mkdir(parents=True, exist_ok=True)
    return write(records(raw, seed), out)


def records(raw: Path, seed: int = SEED) -> list[Record]:
    """Every synthetic application, in the order of its number."""
    slots = calibrate.slots(raw / "published", seed)
    themes = technology.load_themes(raw / "demo" / "themes.csv")
    pools = _pools(raw, slots, seed)
    partner = _partners(slots, Dice(seed, "cross-border"))
    owned = _owned_in_territory(slots, Dice(seed, "owned in a territory"))
    drawn = []
    for i, slot in enumerate(slots):
        dice = Dice(seed, "application", i)
        symbols = technology.draw_symbols(slot.group.name, slot.section, themes, dice)
        people = parties.inventors(slot, pools, dice, partner.get(i))
        side = owned.get(i, slot.group.side(slot.region))
        owners = parties.applicants(slot, pools, dice, people[0], side)
        ipc = [technology.spell(symbol, dice) for symbol in symbols]
        drawn.append(Record(slot, ipc, people, owners))
    return Dice(seed, "order").shuffled(dirt.spoil(drawn, seed))


def _pools(raw: Path, slots: list[Slot], seed: int) -> Pools:
    """The regions of each side of each group, and how many applications each side has."""
    totals = eurostat.eurostat_totals(raw / "published")
    regions: dict[str, dict[str, float]] = {}
    for group in GROUPS:
        for region, weight in calibrate.region_weights(totals, group).items():
            regions.setdefault(group.side(region), {})[region] = weight
    n = Counter((slot.group.side(slot.region), slot.section) for slot in slots)
    return Pools(regions, n, seed)


def _partners(slots: list[Slot], dice: Dice) -> dict[int, str]:
    """Number of each cross-border application and the region of its inventor over the border."""
    near = [
        i for i, s in enumerate(slots) if s.group.name in dirt.TERRITORIES and s.region in BORDER
    ]
    return {i: BORDER[slots[i].region] for i in dice.some(near, parties.CROSS_BORDER)}


def _owned_in_territory(slots: list[Slot], dice: Dice) -> dict[int, str]:
    """Number of each application invented elsewhere in the country but owned in a territory."""
    owner = {"France": "FR61", "Spain": "ES21"}
    elsewhere = [i for i, slot in enumerate(slots) if slot.group.name in owner]
    chosen = dice.some(elsewhere, parties.OWNED_IN_TERRITORY)
    return {i: owner[slots[i].group.name] for i in chosen}
