"""Dirt in parties and places: legal forms, several parties in a cell, countries of any spelling."""

import time

import pandas as pd
import pytest
from small_studies import raw

from studylib import prepare
from studylib.clean import names
from studylib.clean.countries import country_of
from studylib.clean.legal_forms import firms_apart, read_legal_forms
from studylib.prepare.party_cells import one_each

ONE = {"application_number": "EP01100001"}
FORMS = {
    "SA": ["S.A.", "S. A.", "S A", "SA", ", S.A.", "(S.A.)", "(SA)", "S/A", "Sociedad Anónima",
           "Société Anonyme", "Sdad. Anónima"],
    "SAU": ["S.A.U.", "S A U", "S.A. Unipersonal", "S.A. (Sociedad Unipersonal)"],
    "SL": ["S.L.", "S. L.", "S L", "S.L", "SL", "(S.L.)", "Sdad. Ltda.", "Sociedad Limitada",
           "Sociedad de Responsabilidad Limitada"],
    "SLU": ["S.L.U.", "S L U", "S. L. U.", "S.L. Unipersonal", "Sociedad Limitada Unipersonal"],
    "SLL": ["S.L.L.", "S L L", "Sociedad Limitada Laboral"],
    "S COOP": ["S. Coop.", "S.COOP.", "S. COOP", "SCOOP", "Sdad. Coop.", "Sdad Coop Ltda",
               "Soc. Coop.", "Soc. Coop. Ltda.", "Sociedad Cooperativa", "S. Coop. Ltda.",
               "S. Coop. Limitada", "Koop. E.", "Koop. Elk."],
    "SAS": ["S.A.S.", "S. A. S.", "S A S", "SAS", "Société par Actions Simplifiée"],
    "SARL": ["S.A.R.L.", "S A R L", "SARL", "S.à r.l.", "Sàrl",
             "Société à Responsabilité Limitée"],
    "GMBH": ["GmbH", "G.m.b.H.", "G M B H", "Ges.m.b.H.", "Gesellschaft m.b.H.",
             "Gesellschaft mit beschränkter Haftung"],
    "GMBH & CO KG": ["GmbH & Co. KG", "GmbH & Co KG", "GmbH + Co. KG", "GmbH und Co. KG",
                     "GmbH u. Co. KG", "GmbH & Co. Kommanditgesellschaft"],
    "AG": ["AG", "A.G.", "(AG)", "Aktiengesellschaft"],
    "BV": ["B.V.", "B. V.", "B V", "BV", "Besloten Vennootschap"],
    "NV": ["N.V.", "N V", "NV"],
    "SPA": ["S.p.A.", "S. p. A.", "S P A", "SpA", "Società per Azioni"],
    "SRL": ["S.r.l.", "S. r. l.", "S R L", "Srl"],
    "AB": ["AB", "AB (publ)", "Aktiebolag"],
    "AS": ["A/S", "A / S", "AS"],
    "SRO": ["s.r.o.", "s. r. o.", "spol. s r.o."],
    "SP ZOO": ["Sp. z o.o.", "Sp. z o. o.", "Spółka z ograniczoną odpowiedzialnością"],
    "LTD": ["Ltd.", "Limited", "Co., Ltd.", "Company Limited"],
    "LLC": ["LLC", "L.L.C.", "L L C"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("form", "written"), [(form, written) for form, all_ in FORMS.items() for written in all_]
)
def test_a_legal_form_is_known_in_every_way_it_is_written(form, written):
    """Dots, blanks, brackets, accents and long forms do not make another firm."""
    found = names.normalise_names(pd.Series([f"Ejemplo {written}"])).iloc[0]
    assert (found["name"], found["legal_form"]) == ("EJEMPLO", form)


def firms(*applicants, country="ES"):
    """Names and countries of the applicants of one application each."""
    rows = [
        {"application_number": f"EP0110000{n}", "applicants": [(name, country)]}
        for n, name in enumerate(applicants, start=1)
    ]
    table = prepare.canonical([raw(*rows)])["parties"]
    return table["name"].tolist()


def test_two_forms_of_one_name_are_two_firms():
    """X S.A. and X S.L. are told apart; X alone could be either and is neither."""
    assert firms("Ejemplo S.A.", "EJEMPLO S L", "Ejemplo, SA", "Ejemplo") == [
        "EJEMPLO SA", "EJEMPLO SL", "EJEMPLO SA", "EJEMPLO",
    ]  # fmt: skip


def test_one_form_in_many_spellings_is_one_firm():
    """Where only one form is met, with it or without it is one name, as before."""
    assert firms("Ejemplo S.L.", "EJEMPLO S L", "Ejemplo", "Ejemplo S.L.U.") == ["EJEMPLO"] * 4


def test_a_form_that_says_nothing_tells_no_firms_apart():
    """`Co` is what every form may be cut to; it stands in no name."""
    assert firms("Example Co", "Example Ltd", "Example Inc") == [
        "EXAMPLE", "EXAMPLE LTD", "EXAMPLE INC",
    ]  # fmt: skip


def test_a_person_said_that_two_forms_are_one_firm():
    """A reviewed name wins over the forms; it may name the firm with its form."""
    read = pd.Series(["EJEMPLO", "EJEMPLO"])
    form = pd.Series(["SA", "SL"])
    assert firms_apart(read, form, read_legal_forms()).tolist() == ["EJEMPLO SA", "EJEMPLO SL"]
    assert firms_apart(read, form.where([True, False]), read_legal_forms()).tolist() == [
        "EJEMPLO", "EJEMPLO",
    ]  # fmt: skip


def test_an_inventor_who_applies_keeps_the_initials():
    """`GARCIA S A` who invents is a person as applicant, too."""
    alone = {**ONE, "applicants": ["GARCIA S A"], "inventors": ["GARCIA S A"]}
    table = prepare.canonical([raw(alone)])["parties"]
    assert table["name"].tolist() == ["GARCIA S A", "GARCIA S A"]


@pytest.mark.parametrize(
    ("cell", "parties"),
    [
        ("Ejemplo SA | Exemple SAS", ["EJEMPLO", "EXEMPLE"]),
        ("Ejemplo SA|Exemple SAS", ["EJEMPLO", "EXEMPLE"]),
        ("Ejemplo SA / Exemple SAS", ["EJEMPLO", "EXEMPLE"]),
        ("Uno [ES] | Deux [FR] | Drei [DE]", ["DEUX", "DREI", "UNO"]),
        ("Pérez Gil, Ana / Etxe, Jon", ["ETXE, JON", "PÉREZ GIL, ANA"]),
        ("Eksempel A/S", ["EKSEMPEL"]),
        ("Eksempel A / S", ["EKSEMPEL"]),
        ("Exemplo S / A", ["EXEMPLO"]),
        ("Ejemplo c/o Otro", ["EJEMPLO C/O OTRO"]),
        ("Ejemplo c / o Otro", ["EJEMPLO C / O OTRO"]),
        ("Forschung/Entwicklung GmbH", ["FORSCHUNG/ENTWICKLUNG"]),
        ("Ejemplo SA |", ["EJEMPLO"]),
        ("| Ejemplo", ["EJEMPLO"]),
        ("Ejemplo SA; Exemple SAS", ["EJEMPLO", "EXEMPLE"]),
        ("Ejemplo [ES];Exemple [FR]", ["EJEMPLO", "EXEMPLE"]),
        ("Pérez Gil, Ana; Etxe, Jon", ["ETXE, JON", "PÉREZ GIL, ANA"]),
        ("ETXE; JON A.", ["ETXE; JON A"]),
        ("Ejemplo; Exemple SAS", ["EJEMPLO; EXEMPLE"]),
    ],
)
def test_a_cell_of_two_parties_is_two_and_a_name_with_a_slash_is_one(cell, parties):
    """A bar parts names, a slash only between blanks and words, a semicolon only whole names."""
    table = prepare.canonical([raw({**ONE, "applicants": [cell]})])
    assert table["parties"]["name"].tolist() == parties
    assert table["parties"]["weight"].sum() == pytest.approx(1)


@pytest.mark.parametrize(
    "cell", ["-", "--", ".", "?", "n/a", "N/A", "null", "None", "unknown", "- [ES]"]
)
def test_what_stands_for_no_name_is_no_party_and_is_told(tmp_path, cell):
    """The others share the application; the tables can be written."""
    read = prepare.canonical([raw({**ONE, "applicants": [cell, "Ejemplo SL"]}, {**ONE})])
    assert read["parties"][["name", "weight"]].to_numpy().tolist() == [["EJEMPLO", 1.0]]
    assert read["rejects"][["row", "column", "value", "reason"]].to_numpy().tolist() == [
        [2, "applicant", cell, "an applicant or inventor without a name, left out"]
    ]
    read.write(tmp_path)


def test_an_address_without_a_name_is_told():
    """Bulk editions hold such persons; a blank place without an address is nothing."""
    people = [(None, "ES", "ES213"), (None, None), ("Etxe, Ane", "ES")]
    read = prepare.canonical([raw({**ONE, "inventors": people})])
    assert read["parties"]["name"].tolist() == ["ETXE, ANE"]
    assert read["rejects"][["column", "reason", "n"]].to_numpy().tolist() == [
        ["inventor", "an applicant or inventor without a name, left out", 1]
    ]


def test_what_was_taken_apart_is_told():
    """The number of cells stands among the repairs; a stated share is shared."""
    read = one_each(raw({**ONE, "applicants": [("Uno | Dos", "ES")]}))
    assert read.repairs == {"cells that name several parties, taken apart at | or /": 1}
    assert read.parties[["raw_name", "country"]].to_numpy().tolist() == [
        ["Uno", "ES"], ["Dos", "ES"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "repairs"),
    [
        ("Uno SL; Dos SA", {"names of several parties with ; between them, taken apart": 1}),
        ("Uno; Dos SA", {"names with a ; that may part two parties, left as one": 1}),
        ("ETXE; JON A.", {}),
        ("Uno SL;", {}),
    ],
)
def test_a_semicolon_inside_a_name_is_told_where_it_may_part_two(cell, repairs):
    """Lens writes persons of the United States with one; a firm has none in its name."""
    assert one_each(raw({**ONE, "applicants": [cell]})).repairs == repairs


@pytest.mark.parametrize(
    ("stated", "country"),
    [
        ("ES", "ES"), ("es", "ES"), (" Es ", "ES"), ("ESP", "ES"), ("España", "ES"),
        ("ESPANA", "ES"), ("Spain", "ES"), ("Espagne", "ES"), ("Spanien", "ES"),
        ("Espainia", "ES"), ("Espanha", "ES"), ("Spagna", "ES"), ("FRA", "FR"), ("france", "FR"),
        ("Francia", "FR"), ("Frankreich", "FR"), ("UK", "GB"), ("United Kingdom", "GB"),
        ("Royaume-Uni", "GB"), ("EL", "GR"), ("Grecia", "GR"), ("U.S.A.", "US"), ("USA", "US"),
        ("États-Unis", "US"), ("EE.UU.", "US"), ("Deutschland", "DE"), ("NA", "NA"),
        ("Côte d’Ivoire", "CI"), ("Korea", "KR"), ("DD", "DD"), ("SU", "SU"),
    ],
)  # fmt: skip
def test_a_country_is_known_by_code_and_name(stated, country):
    """Two letters, three letters and names in seven languages, whatever their case and accents."""
    assert country_of(pd.Series([stated])).iloc[0].tolist()[0] == country


@pytest.mark.parametrize(
    "stated", ["EP", "WO", "IB", "EA", "AP", "OA", "GC", "EM", "EU", "XX", "ZZ", "ep", "Wo"]
)
def test_an_office_is_no_country_of_a_person(stated):
    """Nobody lives at an office; a code for unknown is no country either."""
    found = country_of(pd.Series([stated])).iloc[0]
    assert pd.isna(found["country"])
    assert found["reason"] == "an office, an organisation or unknown: no country of a person"


@pytest.mark.parametrize("stated", ["Spian", "QQ", "Bilbao", "1234", "-;"])
def test_what_no_rule_knows_is_no_country(stated):
    """An unknown country is told with its reason, never guessed; a blank is nothing."""
    assert country_of(pd.Series([stated]))["reason"].tolist() == [
        "country that the rules do not know"
    ]
    assert country_of(pd.Series(["", None, "  "]))["reason"].isna().all()


@pytest.mark.parametrize(
    ("written", "name", "country"),
    [
        ("Ejemplo [ES]", "EJEMPLO", "ES"), ("Ejemplo[es]", "EJEMPLO", "ES"),
        ("Ejemplo_[ESP]", "EJEMPLO", "ES"), ("Ejemplo [España]", "EJEMPLO", "ES"),
        ("Ejemplo [Spain]", "EJEMPLO", "ES"), ("Exemple (FR)", "EXEMPLE", "FR"),
        ("Exemple (France)", "EXEMPLE", "FR"), ("Example [UK]", "EXAMPLE", "GB"),
        ("Paradeigma [EL]", "PARADEIGMA", "GR"), ("Exempel AB (SE)", "EXEMPEL", "SE"),
        ("Ejemplo [EP]", "EJEMPLO", None), ("Ejemplo [ZZ]", "EJEMPLO", None),
        ("Advanced Machines (ARM)", "ADVANCED MACHINES (ARM)", None),
        ("Instituto (Bilbao)", "INSTITUTO (BILBAO)", None),
        ("Ejemplo [Norte]", "EJEMPLO [NORTE]", None),
    ],
)  # fmt: skip
def test_a_country_in_brackets_is_taken_off_where_it_is_one(written, name, country):
    """Codes and names in square brackets, codes of two letters and names in round ones."""
    found = names.taken_apart(pd.Series([written])).iloc[0]
    assert found["name"] == name
    assert (None if pd.isna(found["country"]) else found["country"]) == country


def test_a_country_that_is_none_is_a_reject_and_the_party_stays():
    """The party has no country; what stood there is listed with file, row and reason."""
    people = [("Etxe, Ane", "ZZ"), "Mendi [EP]", ("Adour, Jon", "uk")]
    read = prepare.canonical([raw({**ONE, "inventors": people})])
    assert read["parties"][["name", "country"]].fillna("-").to_numpy().tolist() == [
        ["ADOUR, JON", "GB"], ["ETXE, ANE", "-"], ["MENDI", "-"],
    ]  # fmt: skip
    assert read["rejects"][["row", "column", "value", "n"]].to_numpy().tolist() == [
        [2, "country", "EP", 1], [2, "country", "ZZ", 1],
    ]  # fmt: skip


def test_names_and_places_of_an_edition_cost_little():
    """Work is done once per distinct value: 100,000 rows of three names take under a second."""
    people = pd.Series(["Ejemplo S.L. [ESP]", "Exemple SAS (FR)", "Etxe, Ane"] * 33_000)
    start = time.process_time()
    names.taken_apart(people)
    country_of(people.str[:3])
    assert time.process_time() - start < 1
