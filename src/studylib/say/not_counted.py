"""Of which regions of the study's border areas no joint projects have been counted, and how to."""

import pandas as pd

from studylib.diversify.border_areas import sides
from studylib.language.words import _, listing
from studylib.patents.dataset import Dataset
from studylib.show.areas.side_names import area_name, side_name


def not_counted(study: Dataset, pairs: pd.DataFrame) -> str | None:
    """The border areas, or regions of one, of which no pair has been counted; None: all have."""
    counted = {frozenset(two) for two in pairs[["region", "other_region"]].to_numpy()}
    missing = []
    for area, own in sides(study).groupby("area", sort=False):
        codes = ["+".join(places) for places in own["places"]]
        inside = [pair for pair in counted if pair <= set(codes)]
        lacking = own.loc[[not any(code in pair for pair in inside) for code in codes], "side"]
        if len(codes) == 1 or lacking.empty:
            continue
        names = listing(side_name(study, side) for side in lacking)
        name = area_name(study, str(area))
        missing.append(name if len(lacking) == len(codes) else f"{name} ({names})")
    if not missing:
        return None
    return _(
        "Joint projects have not been counted for {areas}: every region needs a row in the rule "
        "files fp7_regions.csv and fp7_pairs.csv, and python -m studylib.reference then counts "
        "them from the public data.",
        areas=listing(missing),
    )
