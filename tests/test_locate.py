"""Where applications lie: by party, by claim, by office; each basis on its own."""

import pandas as pd
import pytest
from small_studies import COUNTING, FRANCE, PERIOD, REFERENCE, SOURCES, SPAIN, raw, study

from studylib import prepare
from studylib.prepare import locate

REGION = (
    '[[territories]]\nname = "Aquitaine"\nnuts = ["FR61"]\nnuts_version = "2013"\n'
    '[[territories]]\nname = "Euskadi"\nnuts = ["ES21"]\nnuts_version = "2013"\n'
)
INVENTOR = '[counting]\nlocated_by = "inventor"\n'


def located(a_study, *records, **changes):
    """(application, basis, area, weight) of each location, and the located parties."""
    read = prepare.canonical([raw(*records, **changes)])
    table, parties = locate.locations(
        read["applications"], read["parties"], read.priority_countries, a_study
    )
    rows = table[["application_id", "basis", "area", "weight"]].to_numpy().tolist()
    return sorted(rows), parties


def record(number="EP01100001", **given):
    return {"application_number": number, **given}


def test_claims_share_an_application_in_equal_parts(tmp_path):
    """One claim of Spain, one of France: a half each; two of Spain are Spain."""
    both = [("P200001234", "ES", None), ("P200001235", "ES", None), ("FR0001234", "FR", None)]
    found, _ = located(study(tmp_path), record(priorities=both))
    assert found == [
        ["EP01100001", "priority", "France", 0.5],
        ["EP01100001", "priority", "Spain", 0.5],
    ]


def test_an_application_without_claim_counts_for_its_own_office(tmp_path):
    """Who claims nothing filed first at that office."""
    found, _ = located(study(tmp_path), record("ES200101234"))
    assert found == [
        ["ES20010001234", "office", "Spain", 1.0],
        ["ES20010001234", "priority", "Spain", 1.0],
    ]


def test_a_claim_elsewhere_leaves_its_share_outside(tmp_path):
    """A half for Spain; the half of Germany lies in no area of the study."""
    both = [("P200001234", "ES", None), ("DE10001234", "DE", None)]
    found, _ = located(study(tmp_path), record(priorities=both))
    assert found == [["EP01100001", "priority", "Spain", 0.5]]


def test_inventors_are_located_by_region_in_any_version(tmp_path):
    """FR61 of NUTS 2013 is FRI1 of 2016: the same inventors, the same territory."""
    a_study = study(tmp_path, PERIOD, INVENTOR, REGION, REFERENCE, SOURCES)
    people = [("Ana Uno", "ES", "ES212", 0.5), ("Luc Deux", "FR", "FRI12", 0.25),
              ("Max Drei", "DE", "DE131", 0.25)]  # fmt: skip
    found, parties = located(a_study, record(inventors=people), nuts_version="2016")
    assert found == [
        ["EP01100001", "inventor", "Aquitaine", 0.25],
        ["EP01100001", "inventor", "Both", 0.75],
        ["EP01100001", "inventor", "Euskadi", 0.5],
    ]
    assert parties.set_index("name")["territory"].fillna("").to_dict() == {
        "ANA UNO": "Euskadi", "LUC DEUX": "Aquitaine", "MAX DREI": "",
    }  # fmt: skip


def test_inventor_and_applicant_are_two_bases(tmp_path):
    """The applicant of the inventor's application may sit elsewhere; neither hides the other."""
    found, _ = located(
        study(tmp_path), record(inventors=[("Ana Uno", "ES")], applicants=[("Lampes SA", "FR")])
    )
    assert found == [
        ["EP01100001", "applicant", "France", 1.0],
        ["EP01100001", "inventor", "Spain", 1.0],
    ]


def test_an_area_of_several_countries_adds_up(tmp_path):
    """The reference is all its countries together, never more than one application."""
    three = [("A B", "ES"), ("C D", "FR"), ("E F", "FR")]
    found, _ = located(
        study(tmp_path, PERIOD, COUNTING, SPAIN, FRANCE, REFERENCE, SOURCES),
        record(inventors=three),
    )
    shares = {area: weight for _, basis, area, weight in found if basis == "inventor"}
    assert shares == pytest.approx({"Both": 1.0, "France": 2 / 3, "Spain": 1 / 3})
    assert shares["Both"] <= 1


def test_nobody_lies_anywhere(tmp_path):
    """No application, or none inside: an empty table of the same columns."""
    for records in ((), (record("US20010123456"),)):
        table, _ = locate.locations(
            *(prepare.canonical([raw(*records)])[n] for n in ("applications", "parties")),
            pd.Series(dtype="str"),
            study(tmp_path),
        )
        assert len(table) == 0
        assert {"application_id", "basis", "area", "kind", "weight"} <= set(table)


def test_a_further_territory_changes_nothing_in_the_others(tmp_path):
    """What lies in Spain lies there whoever else is looked at."""
    given_ = [record(inventors=[("A B", "ES"), ("C D", "PT")]), record("ES200101234")]
    portugal = '[[territories]]\nname = "Portugal"\ncountry = "PT"\n'
    two, _ = located(study(tmp_path), *given_)
    three, _ = located(study(tmp_path, PERIOD, COUNTING, SPAIN, FRANCE, portugal, SOURCES), *given_)
    assert [row for row in three if row[2] != "Portugal"] == two
    assert ["EP01100001", "inventor", "Portugal", 0.5] in three


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ({"inventors": [("Ana Uno", "ES", "ES212", 1.0)]}, {"inventor": "region"}),
        ({"inventors": [("Ana Uno", "ES"), "Luc Deux"]}, {"inventor": "country"}),
        ({"inventors": ["Ana Uno"], "applicants": [("Hornos SA", "ES")]}, {"applicant": "country"}),
        ({}, {}),
    ],
)
def test_a_basis_is_known_where_one_place_is(given, known):
    """One region makes a basis one of regions; an office is one of countries, and so are claims."""
    read = prepare.canonical([raw(record(**given))])
    found = locate.known_bases(read["applications"], read["parties"])
    assert found == {**known, "priority": "country", "office": "country"}
    nobody = prepare.canonical([raw(record("1234567"))])
    assert locate.known_bases(nobody["applications"], nobody["parties"]) == {}


def test_territories_are_out_of_reach_of_what_is_not_known(tmp_path):
    """All of them where nothing is known on the basis; regions where countries are."""
    portugal = SPAIN.replace("Spain", "Portugal").replace('"ES"', '"PT"')
    mixed = study(tmp_path, PERIOD, INVENTOR, REGION, portugal, SOURCES)
    assert locate.out_of_reach("inventor", {"office": "country"}, mixed) == mixed.territory_ids
    assert locate.out_of_reach("inventor", {"inventor": "country"}, mixed) == [
        "Aquitaine", "Euskadi",
    ]  # fmt: skip
    assert locate.out_of_reach("inventor", {"inventor": "region"}, mixed) == []
