"""
Regions of parties that cannot be right: no code at all, or of another country than the stated one.

    country  nuts_id                used                    rejects
    FR       #REF!                  FR, no region           #REF!     is no code of a region
    ES       FR615                  ES and FR615 as stated  ES FR615  region of another country ...
    RE       FRY40                  RE and FRY40            nothing: Réunion is of France

Which of the two is wrong nobody can know: both stay as the export says them, and are told.
"""

import pandas as pd
import pyarrow.compute as pc

from studylib.clean.region_codes import FORMER, iso
from studylib.clean.texts import array
from studylib.language import mark

NO_REGION = mark("is no code of a region")
ABROAD = mark("region of another country than the one stated")
REGION = r"^[A-Za-z]{2}[0-9A-Za-z]{1,6}$"
"""NUTS of any level, and the regions OECD has beyond Europe."""
PART_OF = {
    **dict.fromkeys(("BL", "GF", "GP", "MC", "MF", "MQ", "NC", "PF", "PM", "RE", "YT"), "FR"),
    **dict.fromkeys(("AS", "GU", "MP", "PR", "VI"), "US"),
    **dict.fromkeys(("AN", "AW", "CW", "SX"), "NL"), **dict.fromkeys(("FO", "GL"), "DK"),
    **dict.fromkeys(("GG", "GI", "IM", "JE"), "GB"), **dict.fromkeys(("HK", "MO"), "CN"),
    **dict.fromkeys(("SM", "VA"), "IT"), "AX": "FI", "LI": "CH", "SJ": "NO",
}  # fmt: skip
"""Countries of ISO 3166 whose regions may bear the letters of another."""


def is_none(regions: pd.Series) -> "pd.Series[bool]":
    """Whether something stands there that is no code of a region."""
    fits = pc.match_substring_regex(array(regions), REGION)
    wrong: pd.Series[bool] = pd.Series(
        ~pc.fill_null(fits, True).to_numpy(zero_copy_only=False),  # noqa: FBT003
        regions.index,
    )
    return wrong


def abroad(country: pd.Series, regions: pd.Series) -> pd.Series:
    """Country and region where they contradict each other (`ES FR615`); missing where not."""
    both = country.notna() & regions.notna()
    letters = regions[both].str[:2].str.upper()
    pairs = country[both] + letters
    wrong = {pair for pair in pairs.unique() if _home(pair[:2]) != _home(iso(pair[2:]))}
    told = pairs.isin(wrong) & ~country[both].isin(FORMER)
    said = country[both][told] + " " + regions[both][told]
    return said.reindex(country.index).astype("str")


def _home(letters: str) -> str:
    """The country whose regions a country has."""
    return PART_OF.get(letters, letters)
