"""Region codes of a study file: there in their version, in their country, and each place once."""

import pandas as pd
import pytest
from conftest import SHARED

from studylib.clean import region_codes
from studylib.study.parts import Area


def fault(*codes, version="2013", country=None):
    """What is said of the codes of one area; nothing where they can be right."""
    try:
        region_codes.check(codes, version, country)
    except ValueError as error:
        return str(error)
    return ""


def area(name, *codes, country=None, version="2013"):
    return Area(name=name, nuts=codes, country=country, nuts_version=version)


def overlap(*areas):
    """What is said of territories that share a place; nothing where they stand apart."""
    try:
        region_codes.check_apart(
            [region_codes.Place(a.id, a.places, a.nuts_version) for a in areas]
        )
    except ValueError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("code", "version", "why"),
    [
        ("FRJ", "2013", "a code of NUTS 2016, 2021"),
        ("FRI1", "2013", "a code of NUTS 2016, 2021; in NUTS 2013 it is FR61"),
        ("FRI12", "2010", "a code of NUTS 2016, 2021; in NUTS 2010 it is FR612"),
        ("FR61", "2016", "a code of NUTS 2006, 2010, 2013; in NUTS 2016 it is FRI1"),
        ("FR6", "2016", "a code of NUTS 2006, 2010, 2013"),
        ("IE04", "2013", "a code of NUTS 2016, 2021; in NUTS 2013 it is a part of IE01"),
        ("HR02", "2016", "a code of NUTS 2006, 2021; in NUTS 2016 it is a part of HR04"),
        ("PL711", "2013", "a code of NUTS 2016, 2021"),
        ("GR30", "2013", "a code of NUTS 2006; in NUTS 2013 it is EL30"),
        ("EL30", "2006", "a code of NUTS 2010, 2013, 2016, 2021; in NUTS 2006 it is GR30"),
        ("GBI3", "2013", "NUTS writes UK"),
        ("XX99", "2013", "no country has the letters XX"),
        ("EU27", "2013", "no country has the letters EU"),
        ("FR64", "2013", "no region: FR6 has FR61, FR62, FR63"),
        ("FR641", "2013", "no region: FR6 has FR61, FR62, FR63"),
        ("FR64", "2016", "no region: FR6 has FR61, FR62, FR63"),
        ("FRI16", "2016", "no region: FRI1 has FRI11, FRI12, FRI13, FRI14, FRI15"),
    ],
)
def test_a_code_that_is_not_of_its_version_is_refused(code, version, why):
    """Where the rules are sure; they say where the code is one, or what its region is called."""
    assert fault(code, version=version) == (
        f"`nuts` has 1 code that is not of NUTS {version}: '{code}' ({why}); correct `nuts` or "
        "`nuts_version`"
    )


@pytest.mark.parametrize(
    ("code", "version"),
    [
        ("FR61", "2006"), ("FR612", "2013"), ("FRJ", "2016"), ("FRI12", "2021"), ("FR", "2013"),
        ("HR02", "2006"), ("HR02", "2021"), ("GR30", "2006"), ("EL30", "2010"), ("UKI3", "2013"),
        ("ES219", "2013"), ("FR629", "2013"), ("DE1", "2010"), ("CH03", "2010"), ("FRZZZ", "2013"),
        ("US06", "2013"), ("JPC13", "2013"),
    ],
)  # fmt: skip
def test_what_the_rules_cannot_tell_is_taken_as_it_is(code, version):
    """Codes that stayed are not listed, those of level 3 hardly; OECD has codes beyond Europe."""
    assert fault(code, version=version) == ""


def test_a_region_belongs_to_the_country_stated():
    """Codes begin with the letters of NUTS: EL for GR, UK for GB."""
    assert fault("FR61", "DE13", "ES21", country="DE") == (
        "`nuts` names 'ES21', 'FR61', not in `country` 'DE'; correct one of them"
    )
    assert fault("UKI3", country="GB") == fault("EL30", country="GR") == ""
    assert fault("GR30", version="2006", country="GR") == ""
    assert fault("DE12", "FR42", "CH03", version="2010") == ""


def test_no_region_stands_twice_in_one_area():
    """Neither the same code nor a code below another one: its published total would be added."""
    assert fault("FR61", "ES21", "FR61") == (
        "`nuts` names 'FR61' more than once; name each region once"
    )
    assert fault("FR612", "FR61", "ES2", "ES213") == (
        "`nuts` names regions that lie in others it names: 'ES213' in 'ES2', 'FR612' in 'FR61'; "
        "leave them out"
    )
    assert fault("FR61", "FR62") == ""


def test_every_fault_of_an_area_is_told_at_once_and_five_codes_of_each():
    """A file is corrected in one go; a long list is cut and says how much it has left out."""
    assert fault("FR61", "FR61", country="ES") == (
        "`nuts` names 'FR61' more than once; name each region once; "
        "`nuts` names 'FR61', not in `country` 'ES'; correct one of them"
    )
    said = fault("XA1", "XA2", "XA3", "XA4", "XA5", "XA6", "XA7")
    assert said.startswith("`nuts` has 7 codes that are not of NUTS 2013: 'XA1' (no country has")
    assert said.endswith("'XA5' (no country has the letters XA) and 2 more; correct `nuts` or "
                         "`nuts_version`")  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (area("A", "FR61"), area("B", "ES2", "FR612"), "'FR612' of 'B' is or lies in 'FR61'"),
        (area("A", "FR61"), area("B", "FR61"), "'FR61' of 'A' is or lies in 'FR61' of 'B'"),
        (area("A", "FR61"), area("B", "FRI12", version="2016"), "'FRI12' of 'B' is or lies in"),
        (area("A", "FRI", version="2016"), area("B", "FR61"), "'FR61' of 'B' is or lies in 'FRI'"),
        (area("A", country="ES"), area("B", country="ES"), "'ES' of 'A' is or lies in 'ES' of 'B'"),
        (area("A", country="ES"), area("B", "ES21"), "'ES21' of 'B' is or lies in 'ES' of 'A'"),
        (area("A", "ES"), area("B", country="ES"), "'ES' of 'A' is or lies in 'ES' of 'B'"),
        (area("A", country="GB"), area("B", "UKI3"), "'UKI3' of 'B' is or lies in 'GB' of 'A'"),
        (area("A", country="UK"), area("B", country="GB"), "'GB' of 'A' is or lies in 'GB' of 'B'"),
    ],
)  # fmt: skip
def test_no_place_is_in_two_territories(one, other, said):
    """Whichever versions their codes are in: it would count twice in all territories together."""
    for areas in ((one, other), (area("C", country="PT"), one, other)):
        assert overlap(*areas).startswith(said)
        assert overlap(*areas).endswith(
            "; what lies there would count twice in the total. Leave one of the two out"
        )
        assert overlap(*areas).count(" is or lies in ") == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (area("A", "FR61"), area("B", "FR62")),
        (area("A", "FR61"), area("B", "FRI2", version="2016")),
        (area("A", "FR61", country="FR"), area("B", "FR42", country="FR")),
        (area("A", country="FR"), area("B", country="ES")),
        (area("A", "IE01"), area("B", "IE06", version="2016")),
    ],
)
def test_neighbours_stand_apart(one, other):
    """Two regions of one country are two; nobody is counted in both parts of a split region."""
    assert overlap(one, other) == ""


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="skipped: ../shared not found")
def test_no_real_code_is_refused():
    """Eurostat's table of applications by region is in NUTS 2010: each of its codes is let in."""
    table = pd.read_csv(SHARED / "real" / "eurostat" / "pat_ep_rtot.csv", dtype="str")
    codes = table["geo"].unique().tolist()
    assert len(codes) > 1900
    assert [code for code in codes if fault(code, version="2010")] == []
