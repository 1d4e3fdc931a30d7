"""
What real exports do to a reader, in counted places: the pipeline has to show every one.

Unclassified applications, symbols that are no symbols, pseudo-regions, missing countries,
addresses between two regions, symbols twice.  `COUNTS` is what `data/raw/sources.toml` says.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from studylib.demo import names
from studylib.demo.draw import Dice
from studylib.demo.parties import POSTAL, Share
from studylib.demo.record import Record

TERRITORIES = ("Aquitaine", "Euskadi")
UNREADABLE = ("G0lN  21/00", "H01L/", "??", "F16K O31/00", "B2 3Q1/00", "61K0009000000", "n/a")
NEIGHBOUR = {  # another region of the same NUTS 2 area
    "FR611": "FR614", "FR612": "FR613", "FR613": "FR612", "FR614": "FR611", "FR615": "FR613",
    "ES211": "ES213", "ES212": "ES213", "ES213": "ES212", "FR101": "FR105", "FR105": "FR101",
    "FR421": "FR422", "FR422": "FR421", "FR301": "FR302", "FR302": "FR301", "CH031": "CH032",
}  # fmt: skip
COUNTS = {  # in the territories, elsewhere
    "no IPC symbol": (10, 60),
    "unreadable IPC symbol": (3, 4),
    "pseudo-region": (3, 5),
    "missing country": (2, 4),
    "two regions for one address": (4, 20),
    "IPC symbol twice": (4, 40),
}


def spoil(records: Sequence[Record], seed: int) -> list[Record]:
    """The records with spelling variants everywhere and dirt in the counted places."""
    spoilt = [_respelled(record, Dice(seed, "spelling", i)) for i, record in enumerate(records)]
    inside = [i for i, r in enumerate(records) if r.slot.group.name in TERRITORIES]
    outside = [i for i, r in enumerate(records) if r.slot.group.name not in TERRITORIES]
    dice = Dice(seed, "dirt")
    inside, outside = dice.shuffled(inside), dice.shuffled(outside)
    for reason, (n_inside, n_outside) in COUNTS.items():
        fits = SUITABLE[reason]
        for pool, n in ((inside, n_inside), (outside, n_outside)):
            for number in [i for i in pool if fits(spoilt[i])][:n]:
                spoilt[number] = SPOIL[reason](spoilt[number], dice)
                pool.remove(number)  # one kind of dirt per record, so that counts stay exact
    return spoilt


def _respelled(record: Record, dice: Dice) -> Record:
    """Names as different clerks type them, postal codes where the region is a territory's."""
    people = [_addressed(person, dice) for person in record.inventors]
    owners = [_addressed(owner, dice) for owner in record.applicants]
    return replace(record, inventors=people, applicants=owners)


def _addressed(party: Share, dice: Dice) -> Share:
    start = POSTAL.get(party.region, "")
    code = f"{start}{dice.below(900) + 1:03d}" if start else ""
    return replace(party, name=names.respell(party.name, dice), postal_code=code)


def _with_last_inventor(record: Record, **changes: str) -> Record:
    *others, last = record.inventors
    return replace(record, inventors=[*others, replace(last, **changes)])  # type: ignore[arg-type]


def _unclassified(record: Record, dice: Dice) -> Record:
    del dice
    return replace(record, ipc=[])


def _unreadable(record: Record, dice: Dice) -> Record:
    return replace(record, ipc=[*record.ipc, dice.pick(UNREADABLE)])


def _pseudo_region(record: Record, dice: Dice) -> Record:
    del dice
    return _with_last_inventor(record, region=f"{record.slot.region[:2]}ZZZ", postal_code="")


def _no_country(record: Record, dice: Dice) -> Record:
    del dice
    return _with_last_inventor(record, region="", country="", postal_code="")


def _two_regions(record: Record, dice: Dice) -> Record:
    """REGPAT splits an address whose postal code lies in two regions: two rows, half each."""
    del dice
    first, *others = record.inventors
    half = replace(first, region_share=0.5)
    return replace(record, inventors=[half, replace(half, region=NEIGHBOUR[first.region]), *others])


def _twice(record: Record, dice: Dice) -> Record:
    return replace(record, ipc=[*record.ipc, dice.pick(record.ipc)])


def _any(record: Record) -> bool:
    del record
    return True


def _has_two(record: Record) -> bool:
    """The last of several inventors may be spoilt: others hold the application in its place."""
    return len(record.inventors) > 1 and record.inventors[-1].region == record.slot.region


def _has_neighbour(record: Record) -> bool:
    return record.slot.region in NEIGHBOUR


SPOIL: dict[str, Callable[[Record, Dice], Record]] = {
    "no IPC symbol": _unclassified,
    "unreadable IPC symbol": _unreadable,
    "pseudo-region": _pseudo_region,
    "missing country": _no_country,
    "two regions for one address": _two_regions,
    "IPC symbol twice": _twice,
}
SUITABLE: "dict[str, Callable[[Record], bool]]" = {
    "no IPC symbol": _any,
    "unreadable IPC symbol": _any,
    "pseudo-region": _has_two,
    "missing country": _has_two,
    "two regions for one address": _has_neighbour,
    "IPC symbol twice": _any,
}
