"""
Where made-up counts say the contrary of published figures: a note below the table that has them.

    sectors without a family in a territory + Eurostat by section  --real_shares-->  a sentence

A sector is set beside the section of the IPC, among those of its symbols, that the territory files
most above the rest.
"""

from collections.abc import Iterable

import pandas as pd

from studylib.diversify.published_sections import YEARS, section_specialisation
from studylib.language.words import _, number, years
from studylib.network import sector_patents, sectors
from studylib.patents.dataset import Dataset
from studylib.report.labels import section_name
from studylib.show.provenance import is_made_up
from studylib.stats.power import SHOWN


def real_shares(study: Dataset, keys: Iterable[str]) -> str:
    """What published figures say where made-up records hold nothing; "" where they say nothing."""
    if not is_made_up(study):
        return ""
    found = section_specialisation(study)
    above = found[(found["verdict"] == SHOWN) & (found["quotient"] > 1)]
    counted = sector_patents.by_sector(study)
    held = set(zip(counted["sector"], counted["area"], strict=True))
    known = sectors.of_study(study.definition)
    said = []
    for key in dict.fromkeys(keys):
        own = above[above["section"].isin({symbol[0] for symbol in known.technologies_of({key})})]
        for area, rows in own.groupby("area", sort=False):
            if (key, area) not in held:
                said.append(_said(study, known.name(key), rows.nlargest(1, "quotient").iloc[0]))
    if not said:
        return ""
    return _("Made-up counts are no finding on a sector: {said}.", said=_("; ").join(said))


def _said(study: Dataset, sector: str, row: "pd.Series") -> str:
    """A sector with nothing made up, beside the real share of its section."""
    return _(
        "{sector}, {area}: 0 here; of all real applications {section} has {ratio} times the share "
        "of the rest ({years}, Eurostat)",
        sector=sector,
        area=study.area_name(str(row["area"])),
        section=section_name(row["section"]),
        ratio=number(row["quotient"], 1),
        years=years(*YEARS),
    )
