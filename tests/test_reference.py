"""The figures of real reference data: what the project holds is what its command computes."""

from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT, needs_shared

from studylib.diversify.metro_names import metro_name
from studylib.errors import DataError
from studylib.language import in_language
from studylib.reference import __main__ as command
from studylib.reference import fp7, metro

RAW = ROOT / "data" / "raw"


@pytest.fixture(scope="module")
def computed(tmp_path_factory):
    """The reference files computed again, beside Eurostat's."""
    out = tmp_path_factory.mktemp("raw")
    (out / "published").mkdir()
    for name in ("published/eurostat_pat_ep_ripc.csv", "published/eurostat_pat_ep_rtot.csv"):
        (out / name).write_bytes((RAW / name).read_bytes())
    command.compute(ROOT.parent / "shared" / "real", out)
    return out


@needs_shared
def test_the_command_computes_what_the_project_holds(computed):
    """Every file, byte for byte."""
    files = [path.relative_to(computed) for path in computed.rglob("*.csv")]
    assert len(files) == 17
    different = [str(f) for f in files if (computed / f).read_bytes() != (RAW / f).read_bytes()]
    assert different == []


def test_entry_is_foretold_as_well_as_computed_before():
    """METHODS 8.3, computed independently: within 0.01."""
    found = pd.read_csv(RAW / "reference" / "entry.csv").set_index("model")
    told = {"density": 0.709, "ubiquity": 0.726, "ubiquity_times_size": 0.753,
            "without_density": 0.757, "with_density": 0.775}  # fmt: skip
    assert {name: found.loc[name, "auc"] for name in told} == pytest.approx(told, abs=0.01)
    assert found.loc["without_density", "precision"] == pytest.approx(0.177, abs=0.01)
    assert found.loc["with_density", "precision"] == pytest.approx(0.206, abs=0.01)
    assert found["base"].unique() == pytest.approx([0.075], abs=0.001)
    assert (found["n_regions"].unique(), found["n_classes"].unique()) == ([330], [634])


def test_areas_are_read_by_a_rule():
    """Bilbao and Donostia are read; Vitoria is too small, Bordeaux and Pau are artefacts."""
    check = pd.read_csv(RAW / "reference" / "metro_check.csv").set_index("metro")["usable"]
    assert {name: bool(check[name]) for name in check.index[:]} == {
        "Vitoria-Gasteiz": False, "Donostia / San Sebastián": True, "Bilbao": True,
        "Pamplona": True, "Lille + Valenciennes": False, "Strasbourg": True,
        "Mulhouse + Colmar": False, "Bordeaux": False, "Pau + Anglet": False,
    }  # fmt: skip


def test_every_area_that_is_shown_has_a_name_in_each_language():
    """With its source; Bilbao is Bilbo in Basque, Bordeaux is Burdeos in Spanish."""
    rules = pd.read_csv(RAW / "rules" / "metro_names.csv")
    shown = pd.read_csv(RAW / "reference" / "metro_check.csv")["metro"].str.split(
        " + ", regex=False
    )
    assert set(rules["metro"]) == set(shown.explode())
    assert not rules.isna().any().any()
    names = {}
    for code in ("en", "es", "eu", "fr"):
        with in_language(code):
            names[code] = [metro_name(one) for one in ("Bilbao", "Bordeaux", "Pau + Anglet")]
    assert names == {
        "en": ["Bilbao", "Bordeaux", "Pau + Anglet"],
        "es": ["Bilbao", "Burdeos", "Pau + Anglet"],
        "eu": ["Bilbo", "Bordele", "Paue + Angelu"],
        "fr": ["Bilbao", "Bordeaux", "Pau + Anglet"],
    }


def test_an_area_no_rule_names_is_called_as_it_is():
    """A region of a study's own corpus keeps its code."""
    with in_language("eu"):
        assert metro_name("FR_61 x") == "FR_61 x"


def test_no_area_of_the_territories_is_in_the_space_it_is_read_in():
    """324 of 330: the six of the territories that are large enough are left out."""
    areas = pd.DataFrame(
        [(metro_, period, cpc, 60) for metro_ in ("Bilbao", *"ABCDEFGHIJK")
         for period in (metro.BEFORE, metro.AFTER) for cpc in ("A01B", "B23Q")],
        columns=["metro", "period", "cpc4", "assignments"],
    )  # fmt: skip
    metros, _classes, one, _two = metro.counts(areas)
    assert len(metros) == len(one) == 12
    held = metro.entries.held(one[~metros.isin(metro.TERRITORIES)])
    assert len(held) == 11


def test_a_postcode_that_lost_its_zero_is_the_same_province():
    """Of Spain 1510 is 01510: Álava."""
    rows = pd.DataFrame({"country": ["ES", "ES", "BE", "FR", "GB"]})
    postcodes = pd.Series(["1510", "48170", "1050", "", "9"])
    assert fp7._padded(rows, postcodes) == ["01", "48", "10", "", "9"]


def test_regions_by_postcode_are_told_once():
    """No two digits of a country belong to two regions."""
    rules = fp7.regions()
    assert not rules.duplicated(["country", "digits"]).any()
    assert len(rules) == 3 + 5 + 1 + 8 + 4 + 3 + 2 + 2 + 9 + 2 + 3 + 42 + 45


def test_a_name_read_in_the_wrong_encoding_is_mended():
    """As CORDIS lists it; a right one stays as it is."""
    assert fp7._mended("SCE CH\u00c3\u201aTEAU  LA POINTE") == "SCE CHÂTEAU LA POINTE"
    assert fp7._mended("Université de Pau") == "Université de Pau"


def test_the_projects_are_thirty_two_and_have_both_sides():
    """And none of their addresses is doubted."""
    table = pd.read_csv(RAW / "published" / "fp7_joint_projects.csv", keep_default_na=False)
    assert table["project"].nunique() == 32
    assert (table.groupby("project")["territory"].nunique() == 2).all()
    named = table[table["name"].str.contains("CLUSTER DE AERONAUTICA")]
    assert named["territory"].tolist() == ["Euskadi"]


def test_a_folder_without_the_data_is_told_what_is_missing(tmp_path: Path):
    """The file, and whose it is."""
    with pytest.raises(DataError, match=r"no 'metro_cpc4\.parquet' .*Straccamore"):
        command.compute(tmp_path, tmp_path)
