"""
Where regions lie: the centre of each, for maps that need no outline.

    code   lon    lat          rules/nuts_centres.csv, NUTS 2016; codes of other versions are
    FR612  -0.57  44.83        translated one to one by `clean.nuts`
"""

from functools import cache

import pandas as pd

from studylib.clean import nuts

CENTRES = nuts.RULES.with_name("nuts_centres.csv")
VERSION = "2016"
"""Of the centres."""


@cache
def read() -> pd.DataFrame:
    """One row per region of NUTS 2016: nuts_id, level (1 to 3), lon, lat [degrees, WGS 84]."""
    return pd.read_csv(CENTRES, comment="#", dtype={"nuts_id": "str"})


def in_2016(codes: pd.Series, version: str | None = None) -> pd.Series:
    """Region codes of a version (that they tell themselves where none is given) in NUTS 2016."""
    known = version or nuts.vintage_of(codes) or VERSION
    return nuts.to_version(codes, known, VERSION)["code"]


def of_codes(codes: pd.Series, version: str | None = None) -> pd.DataFrame:
    """
    Where regions lie: nuts_id (of 2016), lon, lat; one row per code, same index.

    All missing where the code is none, or the region was split since.
    """
    places = read().set_index("nuts_id")[["lon", "lat"]]
    now = in_2016(codes, version)
    found = places.reindex(now).set_axis(codes.index)
    return found.assign(nuts_id=now.where(found["lon"].notna()))[["nuts_id", "lon", "lat"]]


def below(prefixes: tuple[str, ...], version: str) -> pd.DataFrame:
    """The regions of level 3 below these codes of a version: nuts_id, lon, lat, sorted."""
    now = in_2016(pd.Series(prefixes, dtype="str"), version).dropna()
    regions = read()
    inside = (regions["level"] == 3) & regions["nuts_id"].str.startswith(tuple(now))  # noqa: PLR2004
    return regions.loc[inside, ["nuts_id", "lon", "lat"]].sort_values("nuts_id", ignore_index=True)
