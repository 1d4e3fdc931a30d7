"""Application and publication numbers in one spelling."""

import json
import re
import tarfile

import pandas as pd
import pytest
from conftest import SHARED
from hypothesis import given
from hypothesis import strategies as st

from studylib.clean import number_forms, numbers

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="skipped: ../shared not found")


def publication(value, office=None):
    """The answer for one publication number, missing as None."""
    return row(numbers.normalise_publication(pd.Series([value], dtype="str"), office))


def application(value, office=None):
    """The answer for one application number, missing as None."""
    return row(numbers.normalise_application(pd.Series([value], dtype="str"), office))


def row(frame):
    return {k: None if pd.isna(v) else v for k, v in frame.iloc[0].to_dict().items()}


@pytest.mark.parametrize(
    ("value", "office", "number", "kind", "name"),
    [
        ("US20050286606", "US", "20050286606", None, "US20050286606"),
        ("US 2015/0094896 A1", "US", "20150094896", "A1", "US20150094896"),
        ("US2015094896", "US", "20150094896", None, "US20150094896"),
        ("US5686888A", "US", "5686888", "A", "US5686888"),
        ("AT 399980 B", "AT", "399980", "B", "AT399980"),
        ("KR20150000637 (U)", "KR", "20150000637", "U", "KR20150000637U"),
        ("KR20150000637 (A)", "KR", "20150000637", "A", "KR20150000637"),
        ("KR100396150*", "KR", "100396150", None, "KR100396150"),
        ("WO/2005/123456", "WO", "2005123456", None, "WO2005123456"),
        ("WO9912345", "WO", "1999012345", None, "WO1999012345"),
        ("EP0123456", "EP", "0123456", None, "EP0123456"),
        ("EP 1 234 567 A1", "EP", "1234567", "A1", "EP1234567"),
        ("ep123456", "EP", "0123456", None, "EP0123456"),
        ("JPS60219764", "JP", "S60219764", None, "JPS60219764"),
        ("JP S60219764 A", "JP", "S60219764", "A", "JPS60219764"),
        ("JP S60219764 B", "JP", "S60219764", "B", "JPS60219764B"),
        ("ES 1012345 Y", "ES", "1012345", "Y", "ES1012345U"),
        ("DE 1773804 U 19570524", "DE", "1773804", "U", "DE1773804U"),
    ],
)
def test_spellings_of_a_publication_meet(value, office, number, kind, name):
    """Office, number and kind are told apart; the id has no kind but that of another series."""
    assert publication(value) == {
        "office": office, "number": number, "kind": kind, "id": name, "others": None,
        "reason": None,
    }  # fmt: skip


def test_of_several_numbers_the_first_is_read_and_the_others_are_listed():
    """Espacenet lists the publications of an application in one cell."""
    read = publication("CA2731260 (A1); CA2731260 (C)")
    assert (read["id"], read["kind"], read["others"]) == ("CA2731260", "A1", "CA2731260 (C)")


@pytest.mark.parametrize(
    ("value", "office", "name"),
    [
        # the EPO: eight digits, check digit off, leading zero kept
        ("98115245.3", "EP", "EP98115245"),
        ("03008526", "EP", "EP03008526"),
        ("EP19980115245", None, "EP98115245"),
        ("EP 90901131 A", None, "EP90901131"),
        # the United States: DOCDB puts the year last and states the kind
        ("US 201313949894 A", None, "US201313949894"),
        ("US 85414310 A", None, "US20100854143"),
        ("US 58269204 P", None, "US20040582692P"),
        ("US20040582692P", None, "US20040582692P"),
        ("85414310", "US", "US85414310"),
        ("11/360,015", None, "US11360015"),
        # Japan, France, Spain, Germany, the United Kingdom, Korea, China, Italy
        ("JP 17627193 A", None, "JP19930176271"),
        ("2021-119585", "JP", "JP20210119585"),
        ("FR 0807212 A", None, "FR20080007212"),
        ("95004498", "FR", "FR19950004498"),
        ("02/06063", "FR", "FR20020006063"),
        ("ES 200501211 A", None, "ES20050001211"),
        ("P200501211", "ES", "ES20050001211"),
        ("9602023", "ES", "ES19960002023"),
        ("U202200407", "ES", "ES20220000407U"),
        ("DE 19652471 A", None, "DE19961052471"),
        ("196 52 471.8-41", "DE", "DE19961052471"),
        ("196524718", "DE", "DE19961052471"),
        ("DE102014219223", None, "DE201410219223"),
        ("10 2019 204 498.0", "DE", "DE201910204498"),
        ("20310100.6", "DE", "DE20032010100"),
        ("202004012345", "DE", "DE200420012345"),
        ("2113960.5", "GB", "GB20210013960"),
        ("GB 202408955 A", None, "GB20240008955"),
        ("GB 4072172 A", None, "GB4072172"),
        ("10-2021-0158745", "KR", "KR20210158745"),
        ("2020130006425", "KR", "KR20130006425U"),
        ("KR20130006425U", None, "KR20130006425U"),
        ("CN 202310096720 A", None, "CN202310096720"),
        ("CN20231096720", None, "CN202310096720"),
        ("202310096720.1", "CN", "CN202310096720"),
        ("102022000014503", "IT", "IT20220014503"),
        ("RU 2009148021 A", None, "RU20090148021"),
        ("AU 2013 900620 A 20130222", None, "AU20130900620"),
        # international applications, wherever they were filed
        ("WO2014US51801", None, "WO2014US51801"),
        ("US 2015/0026185 W", None, "WO2015US26185"),
        ("US 2006 0028329 W", None, "WO2006US28329"),
        ("US 0321714 W", None, "WO2003US21714"),
        ("PCT/EP2005/001234", None, "WO2005EP01234"),
        ("PCT/US03/21714", None, "WO2003US21714"),
        ("PCT/US2003/021714", "WO", "WO2003US21714"),
        ("US0321714", "WO", "WO2003US21714"),
        ("2013/050328", "US", "WO2013US50328"),
        ("2010051892", "EP", "WO2010EP51892"),
        ("2023/08312", "ZA", "ZA20230008312"),
        # no rule: the number's own letters and digits
        ("AT 33585 A 19850206", None, "AT33585"),
        ("CANDAT0093181F", None, "CANDAT0093181F"),
        ("CA 783996D A", None, "CA783996D"),
        ("DE D0014294 U", None, "DED0014294U"),
        ("IN 1442CH2015 A", None, "IN1442CH2015"),
        ("1234567", None, "1234567"),
    ],
)
def test_spellings_of_an_application_meet(value, office, name):
    """One application has one id, however an office or an export spells its number."""
    read = application(value, office)
    assert (read["id"], read["reason"]) == (name, None)


def test_an_office_in_the_number_outweighs_the_one_beside_it():
    """The column beside the number is asked only where the number has no letters."""
    assert application("EP98115245", "GB")["office"] == "EP"


def test_the_office_may_differ_from_row_to_row():
    """One number of two offices is two applications; index and missing values stay."""
    values = pd.Series(["03008526", "03008526", None], index=[3, 1, 2])
    read = numbers.normalise_application(values, pd.Series(["EP", None, "EP"], index=[3, 1, 2]))
    assert read.index.tolist() == [3, 1, 2]
    assert read["id"].fillna("-").tolist() == ["EP03008526", "03008526", "-"]
    assert read["office"].fillna("-").tolist() == ["EP", "-", "-"]


@pytest.mark.parametrize("value", ["0", "null", "UNKNOWN", "--", "EP 0000"])
def test_without_a_digit_there_is_no_number(value):
    """Only what cannot identify anything is rejected."""
    assert application(value) == {
        "office": None, "number": None, "kind": None, "id": None, "others": None,
        "reason": "no number",
    }  # fmt: skip


def test_missing_is_missing_without_a_reason():
    """Where nothing stands there is nothing to reject."""
    assert set(publication(None).values()) == {None}


@given(st.from_regex(r"\A[0-9]{2}[0-9]{5}[1-9]\Z"))
def test_the_check_digit_and_blanks_of_the_epo_change_nothing(number):
    """EP applications meet with and without office letters, blanks and check digit."""
    spellings = [number, f"{number[:2]} {number[2:]}.4", f"EP {number}", f"EP{number} A"]
    read = numbers.normalise_application(pd.Series(spellings), office="EP")
    assert set(read["id"]) == {f"EP{number}"}


@given(st.lists(st.sampled_from(["EP1", "EP 1 A1", "WO/2005/123456", None, "x"]), max_size=6))
def test_rows_are_read_one_by_one(values):
    """Each row's answer is that of the row alone."""
    together = numbers.normalise_publication(pd.Series(values, dtype="str"))["id"].fillna("-")
    assert together.tolist() == [publication(value)["id"] or "-" for value in values]


@given(st.from_regex(r"\A[12]?[09]?[0-9]{5,11}\Z"), st.sampled_from(["EP", "ES", "CN", "GB"]))
def test_no_number_fits_two_rules(number, office):
    """The order of the rules does not matter: at most one speaks of a number of an office."""
    for rules in (number_forms.APPLICATION_RULES, number_forms.PUBLICATION_RULES):
        own = [rule for rule in rules if rule.office in (office, "")]
        assert sum(bool(re.match(rule.form, number)) for rule in own) <= 1


@pytest.mark.shared
@needs_shared
def test_two_spellings_of_a_real_application_meet():
    """Of the 439 applications OPS states as DOCDB and as EPODOC number, 422 get one id."""
    docdb, epodoc = [], []
    with tarfile.open(SHARED / "real" / "ops" / "biblio_json.tar.xz") as archive:
        for member in archive:
            if member.isfile():
                for one, other in _two_spellings(json.load(archive.extractfile(member))):
                    docdb.append(one)
                    epodoc.append(other)
    first, second = (numbers.normalise_application(pd.Series(s))["id"] for s in (docdb, epodoc))
    assert ((first == second).sum(), len(first)) == (422, 439)


def _two_spellings(node):
    """DOCDB and EPODOC number of each application in an OPS answer."""
    if isinstance(node, list):
        for part in node:
            yield from _two_spellings(part)
    elif isinstance(node, dict):
        for key, part in node.items():
            if key == "application-reference":
                ids = part["document-id"]
                one = next(i for i in ids if "country" in i)
                other = next(i for i in ids if "country" not in i and "date" in i)
                spelled = f"{one['country']} {one['doc-number']} {one['kind']}"
                yield spelled, other["doc-number"]
            else:
                yield from _two_spellings(part)


@pytest.mark.shared
@needs_shared
def test_every_number_of_a_real_export_has_office_and_id():
    """The 5,884 publications and applications of a Lens export are read and stay distinct."""
    path = SHARED / "real" / "lens" / "drones_fulltext_families_5884_raw.csv"
    export = pd.read_csv(path, dtype="str", encoding="utf-8-sig")
    for column, read in (
        ("Publication Number", numbers.normalise_publication),
        ("Application Number", numbers.normalise_application),
    ):
        found = read(export[column])
        assert found[["office", "kind", "id"]].notna().all(axis=None)
        assert found["id"].nunique() == export[column].nunique()
