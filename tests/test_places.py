"""Which areas of a study a party lies in."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studylib.clean import places
from studylib.study.areas import areas_of
from studylib.study.model import Study

STUDY = Study.model_validate(
    {
        "id": "test",
        "title": "Test",
        "period": {"first_year": 2000, "last_year": 2012},
        "territories": [
            {
                "name": {"en": "Aquitaine"},
                "country": "FR",
                "nuts": ["FR61"],
                "nuts_version": "2013",
            },
            {"name": "Euskadi", "nuts": ["ES21"]},
            {"name": "Portugal", "country": "PT"},
        ],
        "reference": {"name": "FR+ES", "countries": ["ES", "FR"]},
        "comparison": [{"name": "Upper Rhine", "nuts": ["FR42", "DE12"], "nuts_version": "2010"}],
        "sources": [{"path": "x"}],
    }
)


def areas(*parties):
    """Names of the areas per party; a party is (country, code, version)."""
    frame = pd.DataFrame(list(parties), columns=places.PLACE, dtype="str")
    assigned = places.assign(frame, areas_of(STUDY))
    return [
        assigned["area"].loc[[row]].tolist() if row in assigned.index else [] for row in frame.index
    ]


@pytest.mark.parametrize(
    ("party", "expected"),
    [
        (("FR", "FR612", "2013"), ["Aquitaine", "FR+ES"]),
        (("FR", "FRI12", "2016"), ["Aquitaine", "FR+ES"]),
        (("FR", "FRI12", None), ["Aquitaine", "FR+ES"]),
        ((None, "FRI12", "2021"), ["Aquitaine", "FR+ES"]),
        (("ES", "ES213", None), ["Euskadi", "FR+ES"]),
        (("FR", "FRF11", "2016"), ["Upper Rhine", "FR+ES"]),
        (("DE", "DE122", "2016"), ["Upper Rhine"]),
        (("FR", "FR623", "2013"), ["FR+ES"]),
        (("FR", "FRZZZ", "2013"), ["FR+ES"]),
        (("FR", None, None), ["FR+ES"]),
        (("PT", "PT170", "2013"), ["Portugal"]),
        (("PT", None, None), ["Portugal"]),
        (("US", None, None), []),
        ((None, None, None), []),
    ],
)
def test_a_party_lies_in_every_area_its_address_shows(party, expected):
    """Territory, comparison area and reference overlap; a country alone is no region."""
    assert areas(party) == [expected]


def test_codes_without_a_version_are_dated_together_then_alone():
    """Two versions in one export are each understood by their own code."""
    assert areas(("FR", "FRI12", None), ("FR", "FR612", None)) == [["Aquitaine", "FR+ES"]] * 2


def test_a_code_used_twice_is_dated_by_the_others():
    """HR02 of 2006 is not HR02 of 2021: beside GR11 it is the old one, alone the new one."""
    area = STUDY.territories[0].model_copy(update={"nuts": ("HR02",), "nuts_version": "2021"})
    study = STUDY.model_copy(update={"territories": (area,)})
    frame = pd.DataFrame({"country": ["HR", "GR"], "nuts_id": ["HR02", "GR11"]})
    frame["nuts_version"] = None
    assert len(places.assign(frame, areas_of(study))) == 0
    assert len(places.assign(frame[:1], areas_of(study))) == 1


def test_greece_and_the_united_kingdom_have_two_codes():
    """A party known by NUTS letters only is in the country of the ISO code, whoever wrote UK."""
    country = {"name": "UK", "country": "UK"}
    study = STUDY.model_copy(
        update={"territories": (type(STUDY.territories[0]).model_validate(country),)}
    )
    frame = pd.DataFrame({"country": [None, "UK"], "nuts_id": ["UKI3", None], "nuts_version": None})
    assert places.assign(frame, areas_of(study))["area"].tolist() == ["UK", "UK"]


def test_areas_come_in_the_order_of_the_study():
    """One row per prefix of a region or per whole country; a region has no country."""
    table = areas_of(STUDY)
    rows = table.astype("object").where(table.notna(), None).itertuples(index=False, name=None)
    assert list(rows) == [
        ("Aquitaine", "territory", "FR61", "2013", None),
        ("Euskadi", "territory", "ES21", "2013", None),
        ("Portugal", "territory", None, None, "PT"),
        ("Upper Rhine", "comparison", "FR42", "2010", None),
        ("Upper Rhine", "comparison", "DE12", "2010", None),
        ("FR+ES", "reference", None, None, "ES"),
        ("FR+ES", "reference", None, None, "FR"),
    ]


def test_a_study_without_reference_has_no_reference_area():
    """Nothing is compared with what the study does not name."""
    table = areas_of(STUDY.model_copy(update={"reference": None}))
    assert "reference" not in set(table["kind"])


def test_without_parties_nothing_is_assigned():
    """An empty table gives an empty table with its columns."""
    empty = places.assign(pd.DataFrame(columns=places.PLACE, dtype="str"), areas_of(STUDY))
    assert (len(empty), empty.columns.tolist()) == (0, ["area", "kind"])


def test_the_index_of_the_parties_is_repeated():
    """Other columns and labels of categories do not matter; the index leads back."""
    frame = pd.DataFrame(
        {"name": ["A", "B"], "country": ["FR", "US"], "nuts_id": ["FR612", None],
         "nuts_version": ["2013", None]},
        index=[9, 7],
    ).astype({"country": "category", "nuts_id": "category"})  # fmt: skip
    assigned = places.assign(frame, areas_of(STUDY))
    assert assigned.index.tolist() == [9, 9]
    assert assigned["kind"].tolist() == ["territory", "reference"]


@pytest.mark.parametrize(
    ("country", "postcode", "code"),
    [
        ("ES", "01001", "ES211"),
        ("ES", "1001", "ES211"),
        ("ES", "20018", "ES212"),
        ("ES", "48001", "ES213"),
        ("FR", "24000", "FR611"),
        ("FR", "F-33000", "FR612"),
        ("fr", "40 100", "FR613"),
        ("FR", "47000", "FR614"),
        ("FR", "64100", "FR615"),
        ("ES", "33001", "-"),
        ("FR", "75001", "-"),
        ("FR", "331", "-"),
        ("FR", None, "-"),
        (None, "33000", "-"),
    ],
)
def test_a_postcode_shows_the_province_or_department(country, postcode, code):
    """Only the postcodes of the two sides are known; the country decides which rule is meant."""
    found = places.nuts_from_postcode(
        pd.Series([country], dtype="str"), pd.Series([postcode], dtype="str")
    )
    assert found.fillna("-").tolist() == [code]


PARTY = st.tuples(
    st.sampled_from(["FR", "ES", "US", None]),
    st.sampled_from(["FR612", "ES213", "DE122", None]),
    st.sampled_from(["2010", "2013", None]),
)


@given(st.lists(PARTY, max_size=5))
def test_each_party_is_located_by_itself(parties):
    """Other parties with codes of the same version change nothing."""
    assert areas(*parties) == [areas(party)[0] for party in parties]
