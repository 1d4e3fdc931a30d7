"""Sectors of a list in any language, one or two in a cell, are those of the rule file."""

import pandas as pd
import pytest

from studylib.network import clusters, sector_names, sectors


@pytest.fixture(scope="module")
def known():
    return sectors.read().spellings


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("agrifood", {"agrifood"}), ("Agroalimentaire", {"agrifood"}), ("SALUD", {"health"}),
        ("Santé", {"health"}), ("sante", {"health"}), ("Osasuna", {"health"}),
        ("TIC", {"ict"}), ("ICT", {"ict"}), ("Digital", {"ict"}), ("Numérique", {"ict"}),
        ("Máquina-herramienta", {"machine_tools"}), ("Machine outil", {"machine_tools"}),
        ("Agroalimentaire et santé", {"agrifood", "health"}),
        ("TIC / turismo", {"ict", "tourism"}), ("TIC/turismo", {"ict", "tourism"}),
        ("Energía y medio ambiente", {"energy", "environment"}),
        ("Energy and environment", {"energy", "environment"}),
        ("IKT eta osasuna", {"ict", "health"}), ("Salud, TIC", {"health", "ict"}),
        ("Tourisme + sport", {"tourism", "sport"}), ("Health & ICT", {"health", "ict"}),
        ("Salud e TIC y turismo", {"health", "ict", "tourism"}),
        ("Wood and paper", {"wood_paper"}), ("Bois et papier", {"wood_paper"}),
        ("Transport et logistique", {"logistics"}),
    ],
)  # fmt: skip
def test_a_sector_is_known_in_every_language_and_beside_another(known, written, keys):
    """A name of the rules comes before its parts; two names joined are two sectors."""
    assert set(sector_names.meant(written, known)) == keys


@pytest.mark.parametrize(
    ("written", "key"),
    [("Steel", "steel"), ("Steel and health", "steel_and_health"), ("Acier / TIC", "acier_tic")],
)
def test_what_the_rules_do_not_know_whole_is_a_sector_of_its_own(known, written, key):
    """Nothing is taken apart where a part would be lost or invented."""
    assert sector_names.meant(written, known) == (key,)


def test_a_name_of_two_sectors_means_neither():
    """Where the rules call two sectors the same, a list has to write the key."""
    rules = pd.DataFrame({"sector": ["a", "b"], "sector_en": ["Same", "Same"], "also": [None, "x"]})
    assert sector_names.spellings(rules) == {"a": "a", "b": "b", "x": "b"}


def test_a_list_in_three_languages_is_one_list(tmp_path):
    """Sectors of a list become the keys of the rules, sorted, each once."""
    path = tmp_path / "clusters.csv"
    path.write_text(
        "name,territory,sectors\nUno,North,Salud;TIC / turismo\n"
        "Deux,North,Santé et numérique\nThree,North,health; ICT\n",
        encoding="utf-8",
    )
    found = clusters.read(path, {"North": "North"})
    assert found.set_index("name")["sectors"].to_dict() == {
        "Uno": "health;ict;tourism", "Deux": "health;ict", "Three": "health;ict",
    }  # fmt: skip
