"""Names of border areas, of their sides and of pairs of regions, as a page has them."""

from typing import Any

import pandas as pd

from studylib.clean.region_names import called, named
from studylib.diversify import framework_projects
from studylib.diversify.border_areas import OWN
from studylib.language import given
from studylib.language.words import mark
from studylib.patents.dataset import Dataset
from studylib.report.labels import label
from studylib.show import common

PARTNER = {
    "country": mark("the rest of the country"),
    "abroad": mark("other countries"),
}
KIND_OF_SIDES = {
    "border": mark("Across a border"),
    "country": mark("Inside one country"),
}


def region_name(code: str) -> str:
    """A region in the language of the page."""
    return given.name_of(code, framework_projects.region_names())


def pair_name(row: "pd.Series[Any]") -> str:
    """Two regions."""
    return f"{region_name(row['region'])} – {region_name(row['other_region'])}"


def territory_pair(study: Dataset, row: "pd.Series[Any]") -> str:
    """Two regions that are territories of the study, as it calls them."""
    names = {
        area.nuts[0]: study.area_name(area.id)
        for area in study.definition.territories
        if len(area.nuts) == 1
    }
    codes = row["region"], row["other_region"]
    return " – ".join(names.get(code) or region_name(code) for code in codes)


def province_pair(row: "pd.Series[Any]") -> str:
    """Two provinces, in the language of the page."""
    return f"{called(str(row['name']))} – {called(str(row['other_name']))}"


def area_name(study: Dataset, area: str) -> str:
    """A border area as named on the page; the study's own is its territories."""
    if area == OWN:
        return " – ".join(common.territory_names(study))
    return study.area_name(area)


def side_name(study: Dataset, side: str) -> str:
    """A side: a territory by its name, a region by that of the rules, or its code and country."""
    return study.area_name(side) if side in study.territories else named(side)


def partner_name(study: Dataset, key: str) -> str:
    """Where the other inventors of a patent live: a territory, or outside all of them."""
    return label(PARTNER, key) if key in PARTNER else study.area_name(key)
