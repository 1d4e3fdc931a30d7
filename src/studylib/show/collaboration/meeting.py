"""
Which sectors of two organisations meet, the strongest ground first.

    a ranked pair, what is known of both ends  --meeting-->  (own sector, partner's sector) ...
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from studylib.show.collaboration.partner_facts import Facts


def meeting(facts: "Facts", row: Mapping[Any, Any]) -> list[tuple[str, str]]:
    """The pairs of sectors that meet: a sector they share, sectors of their themes, else by rule."""
    if not pd.isna(row["sectors"]):
        return [(key, key) for key in row["sectors"].split(";")]
    mine = set(str(facts.row[row["cluster_id"]]["sectors"]).split(";"))
    theirs = set(str(facts.row[row["partner_id"]]["sectors"]).split(";"))
    if not pd.isna(row["themes"]):
        found = []
        for themes in facts.named_themes(row):
            for key in themes:
                one, other = facts.themes[key][["sector", "other_sector"]]
                found += [
                    p for p in ((one, other), (other, one)) if p[0] in mine and p[1] in theirs
                ]
        return found
    return [
        (one, other)
        for one in sorted(mine)
        for other in sorted(theirs)
        if facts.sectors.shared({one}, {other})
    ]
