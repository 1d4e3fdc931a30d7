"""
Which dates exports know, and how many applications a study would have by each of them.

    export        filing  priority  publication        period   filing  priority  publication
    list.csv           0         2            2        in it         0         2            2

A study by a date that its exports do not know is empty, whatever its period.
"""

from typing import NamedTuple

import pandas as pd

from studylib.prepare import Canonical, kinds, locate
from studylib.readers.raw import RawPatents
from studylib.study.model import Study
from studylib.study.value_types import DateBasis

DATES: tuple[DateBasis, ...] = ("filing", "priority", "publication")


class Count(NamedTuple):
    """Applications that a study would have by one date."""

    known: int
    """With a year on that date."""
    in_period: int
    in_territories: int


def of_export(raw: RawPatents) -> dict[DateBasis, int]:
    """How many records of an export say a date, or a year, of each kind."""
    records = raw.records
    filing = records["filing_date"].notna() | records["filing_year"].notna()
    dated = raw.priorities.loc[raw.priorities["date"].notna(), "record"]
    claimed = pd.Series(records.index.isin(dated), records.index)
    return {
        "filing": int(filing.sum()),
        "priority": int((records["priority_year"].notna() | claimed).sum()),
        "publication": int(records["publication_date"].notna().sum()),
    }


def of_study(read: Canonical, study: Study) -> dict[DateBasis, Count]:
    """What a study has, or would have by another date, with everything else as it is."""
    applications = kinds.counted(read["applications"], study)
    located, _ = locate.locations(applications, read["parties"], read.priority_countries, study)
    here = located[(located["basis"] == study.counting.located_by)
                   & (located["kind"] == "territory")]["application_id"]  # fmt: skip
    is_here = applications["application_id"].isin(here)
    found = {}
    for date in DATES:
        year = applications[f"{date}_year"]
        inside = year.between(study.period.first_year, study.period.last_year)
        inside = inside.fillna(value=False).astype(bool)
        found[date] = Count(
            int(year.notna().sum()), int(inside.sum()), int((inside & is_here).sum())
        )
    return found


def better(counts: dict[DateBasis, Count], date: DateBasis) -> DateBasis | None:
    """The date by which a study is not empty, where by its own it is; the one with most."""
    if counts[date].in_territories:
        return None
    best = max(DATES, key=lambda other: counts[other].in_territories)
    return best if counts[best].in_territories else None
