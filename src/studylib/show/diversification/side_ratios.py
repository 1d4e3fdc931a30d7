"""The page on diversification: sectors side against side, as a figure and as a table."""

import pandas as pd

from studylib.diversify.side_ratios import SIDES
from studylib.ket.fields import sector_name
from studylib.language.counted import comparisons, sectors
from studylib.language.given import in_sentence
from studylib.language.words import _, listing, number
from studylib.patents.dataset import Dataset
from studylib.report.table import Table, table
from studylib.show import common
from studylib.show.absent import left_out_when_empty
from studylib.show.measures import unit_of, without_ratio
from studylib.show.side_differences import (
    found_from,
    judgement,
    judgement_note,
    named_verdicts,
)
from studylib.stats.power import SHOWN

TWO = 2  # sides of a border


def finding(study: Dataset, found: pd.DataFrame, asked: int) -> str:
    """The sectors that differ, of so many asked, as a title; or that none is shown to."""
    shown = found[found["verdict"] == SHOWN]
    if shown.empty:
        return _("In no sector are two sides shown to differ")
    pairs = found[["first", "second"]].drop_duplicates()
    return _(
        "Of {asked}, two sides differ in: {sectors}",
        asked=sectors(asked) if len(pairs) == 1 else comparisons(asked),
        sectors=listing(in_sentence(item) for item in dict.fromkeys(_items(study, shown))),
    )


@left_out_when_empty
def side_ratio_table(study: Dataset, found: pd.DataFrame) -> Table:
    """The same with counts and odds."""
    return table(
        found.assign(
            item=_items(study, found),
            verdict_name=named_verdicts(found["verdict"]),
            **{f"side_{side}": _counts(found, side) for side in SIDES},
        ),
        title=common.headed(finding(study, found, len(found)), common.wholly(study)),
        measure=unit_of(study),
        columns={"item": _("Sector of technology"), **_headings(study, found),
                 "odds": _("Odds, first over second"), **judgement()},
        formats={"odds": common.or_dash("number"), "side_first": "figures", "side_second": "figures",
                 "detectable": found_from},
        intervals={"odds": ("odds_low", "odds_high")},
        note=" ".join(filter(None, [_(
            "Odds: how often a sector stands on the first side for every time it does not, over the "
            "same on the second; 1 is alike (half a unit added to each count, Woolf’s interval). "
            "The verdict is that of Fisher’s exact test, held over all rows, as on the page on "
            "patents. Patents of both territories are left out."
        ), judgement_note(), without_ratio(found["odds"])])),
        source=common.source(study, "patents", "fields"),
        csv_name="side_ratios",
    )  # fmt: skip


def _headings(study: Dataset, found: pd.DataFrame) -> dict[str, str]:
    """The columns of the two sides: their names where there is one pair."""
    pairs = found[[*SIDES]].drop_duplicates()
    if len(pairs) > 1:
        return {"side_first": _("First"), "side_second": _("Second")}
    return {f"side_{side}": study.area_name(pairs.iloc[0][side]) for side in SIDES}


def _counts(found: pd.DataFrame, side: str) -> list[str]:
    """Units with the sector, of all."""
    return [
        _("{n} of {base}", n=number(n), base=number(base))
        for n, base in zip(found[f"n_{side}"], found[f"base_{side}"], strict=True)
    ]


def _items(study: Dataset, found: pd.DataFrame) -> list[str]:
    """The sector of each row, with the pair where a study has several."""
    names = [sector_name(key) for key in found["sector_id"]]
    if len(study.territories) <= TWO:
        return names
    return [
        f"{name} ({study.area_name(a)} | {study.area_name(b)})"
        for name, a, b in zip(names, found["first"], found["second"], strict=True)
    ]
