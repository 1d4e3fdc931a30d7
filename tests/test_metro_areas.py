"""Which metropolitan areas a page reads: those that lie in the study, and it says where."""

import pandas as pd
import pytest
from small_studies import PERIOD, SOURCES, dataset, raw

import studylib as sl
from studylib.language import in_language

ALSACE = '[[territories]]\nname = "Alsace"\nnuts = ["FR42"]\nnuts_version = "2010"\n'
EUSKADI = '[[territories]]\nname = "Euskadi"\nnuts = ["ES21"]\nwider = ["ES22"]\n'
FREIBURG = '[[territories]]\nname = "Freiburg"\nnuts = ["DE13"]\nnuts_version = "2010"\n'
RHINE = '[[comparison]]\nname = "Upper Rhine"\nnuts = ["DE12", "FR42"]\nnuts_version = "2010"\n'


def checked(tmp_path, *blocks):
    """The study and its areas that were held against Eurostat."""
    study = dataset(tmp_path, raw(), blocks=(PERIOD, *blocks, SOURCES))
    return study, sl.city_check(study)


def test_areas_of_other_territories_are_not_listed(tmp_path):
    """A study of Alsace and Freiburg lists the areas of Alsace, and none of Euskadi."""
    _study, found = checked(tmp_path, ALSACE, FREIBURG)
    assert found[["metro", "area"]].to_numpy().tolist() == [
        ["Strasbourg", "Alsace"], ["Mulhouse + Colmar", "Alsace"],
    ]  # fmt: skip


def test_a_territory_is_told_in_any_version_of_its_codes(tmp_path):
    """FRF1 of NUTS 2016 is the FR42 of 2010 in which the areas lie."""
    renamed = ALSACE.replace("FR42", "FRF1").replace("2010", "2016")
    _study, found = checked(tmp_path, renamed)
    assert found["metro"].tolist() == ["Strasbourg", "Mulhouse + Colmar"]


def test_an_area_outside_the_territories_says_whose_it_is(tmp_path):
    """Pamplona lies in the region `wider` names, Strasbourg in a comparison area: in brackets."""
    study, found = checked(tmp_path, EUSKADI, RHINE)
    assert found["area"].isna().tolist() == [False] * 3 + [True] * 3
    with in_language("en"):
        shown = sl.show.city_check(study, found).shown()["rows"]
    assert [(row[0][1], row[1][1]) for row in shown] == [
        ("Bilbao", "Euskadi"), ("San Sebastián", "Euskadi"), ("Vitoria-Gasteiz", "Euskadi"),
        ("Pamplona", "(Navarre)"), ("Strasbourg", "(Upper Rhine)"),
        ("Mulhouse + Colmar", "(Upper Rhine)"),
    ]  # fmt: skip


@pytest.mark.parametrize("blocks", [(FREIBURG,), (FREIBURG, ALSACE.replace("FR42", "FR41"))])
def test_without_any_area_nothing_is_shown(tmp_path, blocks):
    """A sentence stands instead of an empty table."""
    study, found = checked(tmp_path, *blocks)
    assert isinstance(found, pd.DataFrame)
    assert found.empty
    assert sl.show.city_check(study, found)._repr_html_() == ""
    assert str(sl.say.neighbours.cities(study, found)) == (
        "None of the metropolitan areas held against Eurostat lies in a territory of this study."
    )
