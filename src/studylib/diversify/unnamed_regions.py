"""
Regions of a corpus of one's own that lie in the territories, and are not said to.

    [corpus] without, regions of the corpus, territories  -->  refused where one is not named
"""

import re

import pandas as pd

from studylib.errors import DataError, quoted, several, some
from studylib.study.model import Study
from studylib.study.parts import Corpus

CODE = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}")  # of a NUTS region


def refuse_unnamed(study: Study, own: Corpus, regions: pd.Index) -> None:
    """
    Raise where `without` leaves out a region whose code says that it lies in a territory.

    Raises
    ------
    DataError
        There is one: nearness would be learnt from the territories themselves.
    """
    places = tuple(code for area in study.territories for code in area.places)
    others = regions.difference(list(own.without))
    if inside := [name for name in others if CODE.fullmatch(name) and name.startswith(places)]:
        raise DataError(
            f"The corpus {quoted(own.path.name)} has "
            f"{several(len(inside), 'region', 'regions')} of the territories that `without` in "
            f"[corpus] does not name: {some(inside)}. How near technologies are would be learnt "
            "from the territories themselves; name them there."
        )
