"""Lists of Espacenet, PATENTSCOPE and Lens whose sites were in another language than English."""

import pandas as pd
import pytest
from conftest import needs_shared
from test_patentscope import plain
from tiny_exports import csv

from studylib import readers
from studylib.errors import DataError
from studylib.prepare import canonical
from studylib.readers.lists import espacenet, headers, lens, patentscope

LAYOUTS = {"espacenet": espacenet.LAYOUT, "patentscope": patentscope.LAYOUT, "lens": lens.LAYOUT}
ESPACENET = {
    "fr": "No;Titre;Inventeurs;Demandeurs;Numéro de publication;Priorité la plus ancienne;CIB;CPC;"
    "Date de publication;Publication la plus ancienne;Numéro de famille",
    "es": "N.º;Título;Inventores;Solicitantes;Número de publicación;Prioridad más antigua;CIP;CPC;"
    "Fecha de publicación;Publicación más antigua;Número de familia",
    "de": "Nr;Titel;Erfinder;Anmelder;Veröffentlichungsnummer;Früheste Priorität;IPC;CPC;"
    "Veröffentlichungsdatum;Früheste Veröffentlichung;Familiennummer",
    "pt": "N.º;Título;Inventores;Requerentes;Número de publicação;Prioridade mais antiga;CIP;CPC;"
    "Data de publicação;Publicação mais antiga;Número da família",
}
KEY = ["product", "language", "key"]
ROW = "1;Four;MENDI JON [ES];ACME [FR];ES2000001A1;2004-03-02;F27B17/00;;2005-09-07;2005-09-07;77"


@pytest.mark.parametrize("language", ESPACENET)
def test_an_espacenet_list_is_read_in_four_languages(tmp_path, language):
    """What stands below a header does not depend on the language of the site."""
    read = readers.read(csv(tmp_path / "x.csv", "Espacenet", ESPACENET[language], ROW))
    assert read.format == "espacenet"
    assert plain(read.records, "publication_number", "publication_date", "title", "family_id") == [
        ["ES2000001A1", "2005-09-07", "Four", "77"]
    ]
    assert plain(read.parties, "raw_name", "country") == [["ACME", "FR"], ["MENDI JON", "ES"]]
    assert plain(read.priorities, "date") == [["2004-03-02"]]
    assert plain(read.symbols, "scheme", "raw") == [["ipc", "F27B17/00"]]


def test_a_patentscope_list_in_french_is_read(tmp_path):
    """Days come first there as in English."""
    path = csv(tmp_path / "x.csv", "Id de la demande;Numéro de la demande;Date de la demande;"
               "Pays;Titre;Abrégé;CIB;Déposants;Inventeurs",
               "FR1;0490001;03.12.2004;FR;Four;;F27B 17/00;ACME;MENDI")  # fmt: skip
    read = readers.read(path)
    assert (read.format, read.date_order) == ("patentscope", "dmy")
    found = canonical([read])["applications"].iloc[0]
    assert (found["application_id"], str(found["filing_date"])[:10]) == (
        "FR20040090001", "2004-12-03"
    )  # fmt: skip


def test_a_lens_export_in_spanish_is_read(tmp_path):
    """Lists are parted as in English."""
    path = csv(tmp_path / "x.csv", "#,Jurisdicción,Tipo,Número de publicación,Lens ID,Fecha de "
               "publicación,Número de solicitud,Fecha de solicitud,Título,Solicitantes,Inventores,"
               "Clasificaciones IPCR",
               "1,ES,A1,ES 2000001 A1,0-0,2005-01-31,ES 200400001 A,2004-01-02,Horno,A;;B,C,"
               "F27B17/00;;F27D1/00")  # fmt: skip
    read = readers.read(path)
    assert read.format == "lens"
    assert plain(read.symbols, "raw") == [["F27B17/00"], ["F27D1/00"]]


def test_a_foreign_list_that_is_not_known_says_how_to_get_it_in_english(tmp_path):
    """Product, language, the headers nobody knows, and the switch."""
    header = ESPACENET["fr"].replace("Numéro de publication", "Réf.").replace("CPC", "Cl.")
    path = csv(tmp_path / "x.csv", "Espacenet", header, ROW)
    with pytest.raises(
        DataError,
        match=r"is a list of Espacenet in French, and not enough .*not known: 'Réf\.', 'Cl\.'.* "
        r"Switch the site \(worldwide\.espacenet\.com\) to English and download",
    ):
        readers.read(path)


def test_a_foreign_list_without_ipc_says_both(tmp_path):
    """The column may be missing, or called something nobody knows."""
    path = csv(tmp_path / "x.csv", ESPACENET["es"].replace("CIP", "Clase"), ROW)
    with pytest.raises(DataError, match=r"Espacenet export without 'ipc'.*headers are in Spanish"):
        readers.read(path)


def test_common_words_make_no_list_of_a_site(tmp_path):
    """An office's own list has a title and applicants too; it is an unknown table."""
    path = csv(tmp_path / "x.csv", "Veröffentlichungsnummer;Titel;Anmelder;Erfinder;Anmeldedatum;"
               "Klassen;Akte;Sachbearbeiter", "DE1;x;y;z;01.01.2005;A01B 1/00;7;q")  # fmt: skip
    with pytest.raises(DataError, match="no export of a known format"):
        readers.read(path)


def test_every_rule_leads_to_a_column_that_is_read_and_has_a_source():
    """One header of a language means one thing; certainty is one of three words."""
    rules = pd.read_csv(headers.HEADERS, dtype="str", keep_default_na=False)
    assert set(rules["certainty"]) == {"reported", "translated", "recalled"}
    assert (rules["source"] != "").all()
    keyed = rules.assign(key=rules["header"].map(headers.key))
    assert not keyed.drop_duplicates([*KEY, "means"]).duplicated(KEY).any()
    beside = {"abstract", "nationalphaseentries", "fpimage", "applicationid", "displaykey"}
    beside |= {"lensid", "earliestpublication"}
    for product, layout in LAYOUTS.items():
        read = {known for keys in layout.columns.values() for known in keys} | beside
        named = {headers.key(means) for means in rules.loc[rules["product"] == product, "means"]}
        assert named <= read


def test_a_promise_of_the_preamble_is_understood_in_other_languages(tmp_path):
    """`Résultats 1 à 3` with one row lacks two."""
    read = readers.read(csv(tmp_path / "x.csv", "Résultats 1 à 3 affichés", ESPACENET["fr"], ROW))
    assert list(read.repairs.values()) == [2]


@pytest.mark.shared
@needs_shared
@pytest.mark.parametrize("language", ["fr", "es"])
def test_the_lists_of_the_fault_reports_are_read(shared, language):
    """As the English one with the same rows."""
    cases = shared / "cases"
    english = canonical([readers.read(cases / "check-silent-about-dates" / "data" / "esp_en.csv")])
    found = canonical([readers.read(cases / "localised-headers" / f"esp_{language}.csv")])
    for name in ("applications", "symbols", "parties"):
        pd.testing.assert_frame_equal(found[name], english[name])
