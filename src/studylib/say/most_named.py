"""What each territory names most often, of what may be published (`survey.disclosure`)."""

import pandas as pd

from studylib import survey
from studylib.language import words
from studylib.language.words import _, listing
from studylib.patents.dataset import Dataset
from studylib.report.labels import DOMAIN, label


def most_named(study: Dataset) -> str:
    """What each side names most often, with its interval; all that are named equally often."""
    table = survey.interests(study)
    if table["is_held_back"].all():
        return _("What each territory names most often is held back: respondents were promised it.")
    parts = [_in_area(study, area, table[table["area"] == area]) for area in study.territories]
    return _("Most often named: {parts}.", parts=_("; ").join(parts))


def _in_area(study: Dataset, area: str, shares: pd.DataFrame) -> str:
    """What one side names most often of what is published; that it is held back, or nothing."""
    told = shares[~shares["is_held_back"]]
    own = told[told["n"] > 0]
    if own.empty and shares["is_held_back"].any():
        return _("in {area}, held back", area=study.area_name(area))
    if own.empty:
        return _("in {area}, none", area=study.area_name(area))
    top = own[own["n"] == own["n"].max()]
    row = top.iloc[0]
    said = {
        "area": study.area_name(area),
        "domains": listing(label(DOMAIN, d).lower() for d in top["domain"]),
        "share": words.share_words(row["n"], row["base"], row["low"], row["high"], digits=0),
    }
    if shares["is_held_back"].any():  # what is held back may have been named as often
        return _("in {area}, of the totals published, {domains}, {share}", **said)
    return _("in {area}, {domains}, {share}", **said)
