"""
In what order pairs that are equally near are called: who was seen, can be reached, sits near.

    evidence, web page, NUTS region of the seat  --reluctance-->  organisations x organisations,
                                                                  lower first

A call should not begin with a guess, nor with a search for an address; of two calls as good, the
shorter way is the easier meeting.
"""

import numpy as np
import pandas as pd

from studylib.clean import centres
from studylib.network.recalled import from_memory
from studylib.stats.arrays import Numbers

EARTH = 6371.0  # radius [km]
FAR = 100_000.0  # longer than any way on Earth [km]
GUESS = 3  # an end known from memory weighs more than two without a web page


def reluctance(organisations: pd.DataFrame) -> Numbers:
    """
    What speaks against calling each two first; shape (organisations, organisations), symmetric.

    Every end that rests on memory weighs most, then every end without a web page; then come the
    kilometres between the centres of the regions of the two seats, and last pairs of whom a seat
    has no known region.
    """
    against = GUESS * from_memory(organisations).astype(float)
    if "website" in organisations:
        against += organisations["website"].isna().to_numpy()
    ways = _ways(organisations)
    ways = np.where(np.isnan(ways), FAR - 1, ways)
    return np.asarray(FAR * np.add.outer(against, against) + ways)


def _ways(organisations: pd.DataFrame) -> Numbers:
    """Whole kilometres between the regions of each two seats; missing where one is not known."""
    places = pd.DataFrame(np.nan, index=range(len(organisations)), columns=["lon", "lat"])
    if "nuts" in organisations:
        codes = organisations["nuts"].reset_index(drop=True).dropna().astype("str")
        places.loc[codes.index] = centres.of_codes(codes)[["lon", "lat"]].to_numpy()
    lon, lat = (np.radians(places[name].to_numpy(dtype=float)) for name in ("lon", "lat"))
    cosine = np.outer(np.sin(lat), np.sin(lat)) + np.outer(np.cos(lat), np.cos(lat)) * np.cos(
        np.subtract.outer(lon, lon)
    )
    return np.asarray(np.rint(EARTH * np.arccos(np.clip(cosine, -1.0, 1.0))))
