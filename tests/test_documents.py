"""Dirt in documents: spellings of numbers, families that are none, check digits, dates."""

import pandas as pd
import pytest
from small_studies import raw
from tiny_exports import csv

from studylib import prepare
from studylib.clean import check_digits, dates, numbers
from studylib.readers import read_all
from studylib.readers.lists import mending

SPELLINGS = {
    "EP1357540": [
        "EP1357540A2", "EP1357540 A2", "EP-1357540-A2", "EP 1357540 (A2)", "EP1357540 (A2)",
        "EP 1 357 540 A2", "EP 1.357.540 A2", "EP 1,357,540 A2", "EP.1357540.A2", "EP_1357540_A2",
        "EP/1357540/A2", "ep1357540a2", "EP 01357540 A2", "EP001357540A2", "EP000001357540A2",
        "EP1357540A2 2003-10-29", "EP 1357540 A2 20031029", "EP1357540", "EP 1357540 B1",
    ],
    "WO2005012345": [
        "WO2005012345A1", "WO 2005/012345 A1", "WO 05/012345 A1", "WO0512345A1", "WO05012345",
        "WO 2005/12345", "WO/2005/012345", "WO-2005012345-A1", "WO 2005 012345 A1",
        "WO002005012345A1",
    ],
    "WO1999012345": ["WO9912345A1", "WO 99/12345", "WO 1999/012345", "WO-1999012345-A2"],
    "US7123456": ["US7123456B2", "US 7,123,456 B2", "US-7123456-B2", "US07123456B2",
                  "US000007123456B2"],
    "US20050123456": ["US20050123456A1", "US 2005/0123456 A1", "US2005123456A1",
                      "US-2005123456-A1", "US 2005 0123456 A1"],
    "ES2123456": ["ES2123456T3", "ES 2 123 456 T3", "ES 2123456 (T3)", "ES-2123456-T3",
                  "ES000002123456T3", "ES2123456_T3"],
    "DE102005012345": ["DE102005012345A1", "DE 10 2005 012 345 A1", "DE-102005012345-A1",
                       "DE 102005012345 (A1)"],
    "FR2812345": ["FR2812345A1", "FR 2 812 345 A1", "FR-2812345-A1", "FR000002812345A1"],
    "JP2005123456": ["JP2005123456A", "JP 2005-123456 A", "JP-2005123456-A", "JP2005123456 (A)"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("one", "written"), [(one, text) for one, all_ in SPELLINGS.items() for text in all_]
)
def test_a_publication_is_one_in_all_its_spellings(one, written):
    """Blanks, dots, dashes, brackets, zeros in front and a date behind do not make another one."""
    assert numbers.normalise_publication(pd.Series([written]))["id"].tolist() == [one]


@pytest.mark.parametrize(
    "written",
    ["EP１２３４５６７A1", "EP1234567Ａ1", "'EP1234567A1", '"EP1234567A1', "`EP1234567A1",
     "EP1234567A1 (withdrawn)", "EP 1234567 (lapsed)", "EP1234567A1?", "EP1234567A1*",
     "EP1234567A1, EP1234567B1", "EP1234567 A1 / EP1234567 B1", "EP1234567A1 US7123456B2",
     "EP1234567A1\nUS7123456B2", "EP1234567A1|US7123456B2", "EP1234567 (A1)  EP1234567 (B1)",
     "EP1234567\nA1", "EP1234567A1; EP1234567B1"],
)  # fmt: skip
def test_what_is_no_part_of_a_number_makes_no_other_one(written):
    """Signs of a spreadsheet, remarks and further numbers; letters of Asian exports are letters."""
    publication, application = (
        read(pd.Series([written]))["id"].tolist()
        for read in (numbers.normalise_publication, numbers.normalise_application)
    )
    assert publication == application == ["EP1234567"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("JP昭60-123456", "JP平60-123456"), ("ЕР1234567A1", "EP1234567A1"),
     ("EP１２３４５６７A1", "EP７６５４３２１A1"), ("WO 2005 / EP 001234", "WO 2005 / US 001234")],
)  # fmt: skip
def test_letters_of_other_scripts_tell_numbers_apart(one, other):
    """A letter that is left out would make two documents one."""
    found = numbers.normalise_publication(pd.Series([one, other]))["id"]
    assert found.notna().all()
    assert found.nunique() == 2


@pytest.mark.parametrize("sign", ["-", ".", "_", "/", " "])
def test_a_kind_behind_any_sign_is_not_added_twice(sign):
    """A number that says its kind and a column that says it again are one publication."""
    number = f"ES{sign}1012345{sign}U"
    read = prepare.canonical([raw({"publication_number": number, "publication_kind": "U"})])
    assert read["applications"]["application_id"].tolist() == ["ES1012345U"]


@pytest.mark.parametrize("none", ["-1", "0", "", " ", "00", "0.0", "-1.0", "n/a", "None", "-"])
def test_no_family_is_no_family(none):
    """What exports write for none joins nobody: each application stands by its priorities."""
    one, two = (
        {"application_number": f"EP0110000{n}", "family_id": none, "priorities": [f"FR000000{n}"]}
        for n in (1, 2)
    )
    read = prepare.canonical([raw(one, two, family_is="DOCDB simple")])
    assert read["applications"][["family_id", "family_from"]].to_numpy().tolist() == [
        ["EP01100001", "alone"], ["EP01100002", "alone"],
    ]  # fmt: skip


def test_a_family_of_that_look_is_one():
    """10 and 1001 are families; only signs for none are none."""
    read = prepare.canonical(
        [raw({"application_number": "EP01100001", "family_id": "10"}, family_is="DOCDB simple")]
    )
    assert read["applications"]["family_id"].tolist() == ["docdb:10"]


def test_a_family_written_as_a_decimal_is_the_whole_number():
    """Programs write 7.0 where a column of whole numbers has gaps; other lists call it 7."""
    one, two = (
        {"application_number": f"EP0110000{n}", "family_id": family}
        for n, family in ((1, "7.0"), (2, "7"))
    )
    read = prepare.canonical([raw(one, two, family_is="DOCDB simple")])
    assert read["applications"]["family_id"].tolist() == ["docdb:7", "docdb:7"]


# As offices print them in decisions and registers.
RIGHT = [
    ("07866002.4", "EP"), ("11184066.6", "EP"), ("EP 13858547.6", None), ("EP15156533.0", None),
    ("EP 05 759 461.6", None), ("09009510.0", "EP"),
    ("10 2012 019 863.9", "DE"), ("DE 10 2007 004 488.9", None), ("102013206212.5", "DE"),
    ("103 60 860.5", "DE"), ("11 2006 002 300.4", "DE"), ("10 2008 013 670.0", "DE"),
    ("31 30 619.5", "DE"), ("30 25 842.5", "DE"), ("10 2008 045 672.1-56", "DE"),
    ("200820006265.2", "CN"), ("CN 201380062617.X", None), ("ZL201180035112.5", "CN"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "office"), RIGHT)
def test_a_check_digit_that_fits_says_nothing(number, office):
    """The digits of offices are computed as they do."""
    assert check_digits.misfits(pd.Series([number]), office).isna().all()


@pytest.mark.parametrize("number", ["EP 07866002.4", "EP13858547.6", "CN 201380062617.X"])
def test_one_mistyped_figure_is_told(number):
    """Any one figure that is another one does not fit the digit any more."""
    for at in [at for at, sign in enumerate(number.split(".")[0]) if sign.isdigit()]:
        wrong = number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :]
        assert check_digits.misfits(pd.Series([wrong])).notna().all(), wrong


@pytest.mark.parametrize(
    "wrong", ["10 2012 019 864.9", "103 60 861.5", "31 30 618.5", "30 25 843.5"]
)
def test_a_german_number_with_another_figure_is_told(wrong):
    """Both digits of the German office, of 1981 and from before, notice a wrong figure."""
    assert check_digits.misfits(pd.Series([wrong]), "DE").notna().all()


@pytest.mark.parametrize(
    ("number", "office"),
    [("2113960.5", "GB"), ("07866003.4", None), ("07866003", "EP"), ("P200501211", "ES"),
     ("12/345,678", "US"), ("1234.5", "EP"), (None, "EP")],
)  # fmt: skip
def test_where_an_office_does_not_say_how_nothing_is_said(number, office):
    """Other offices, numbers without office or digit, and other lengths are not judged."""
    assert check_digits.misfits(pd.Series([number], dtype="str"), office).isna().all()


def read(**record):
    """Reasons told for one record, and its application."""
    found = prepare.canonical([raw({"application_number": "EP07866002", **record})])
    return found["rejects"][["column", "value", "reason"]].to_numpy().tolist(), found


def test_a_wrong_digit_changes_nothing_and_is_told():
    """The number is used as it stands; the reject names it."""
    told, found = read(application_number="EP 07866003.4")
    assert told == [
        ["application_number", "EP 07866003.4",
         "check digit that does not fit its number: a figure may be mistyped"],
    ]  # fmt: skip
    assert found["applications"]["application_id"].tolist() == ["EP07866003"]


@pytest.mark.parametrize(
    ("filed", "claimed", "reason"),
    [
        ("2004-01-10", "2003-01-10", None),
        ("2004-01-10", "2004-01-10", None),
        ("2004-03-15", "2003-01-10", None),
        ("2004-01-09", "2004-01-10", "filed before the earliest priority it claims"),
        ("2004-03-18", "2003-01-10",
         "filed more than 14 months after the earliest priority it claims"),
        ("2004", "2005", "filed before the earliest priority it claims"),
    ],
)  # fmt: skip
def test_a_priority_ends_and_does_not_come_after(filed, claimed, reason):
    """At EPO and WIPO a priority lasts 12 months, 14 where it is restored."""
    date = "filing_date" if "-" in filed else "filing_year"
    year = {} if "-" in filed else {"priority_year": claimed}
    claims = {"priorities": [("FR0300001", "FR", claimed)]} if "-" in filed else {}
    told, _ = read(**{date: filed}, **year, **claims)
    assert told == ([["filing_date", filed, reason]] if reason else [])


def test_elsewhere_a_priority_may_lie_far_back():
    """A continuation in the United States keeps the priority of its parent."""
    claims = {"priorities": [("US0100001", "US", "2001-01-10")]}
    told, _ = read(application_number="US20100854143", filing_date="2010-01-10", **claims)
    assert told == []


@pytest.mark.parametrize(("n", "is_told"), [(499, False), (500, True), (501, False)])
def test_a_list_of_just_the_most_a_site_gives_is_probably_cut(tmp_path, n, is_told):
    """Espacenet gives 500 rows at most: a list of 500 is told to be cut, and read."""
    header = "Title,Publication number,Publication date,Inventors,Applicants,IPC,Earliest priority"
    rows = [f"Oven,ES{2000000 + at}A1,2005-01-31,Etxe Ane,Ovens SA,A21B1/00,," for at in range(n)]
    path = csv(tmp_path / "list.csv", header, *(row[:-1] for row in rows))
    found = read_all([path])[0]
    told = "rows, exactly as many as this site gives at most: the list is probably cut off"
    assert any(what.startswith(told) for what in found.repairs) is is_told
    assert found.n_received == n


@pytest.mark.parametrize(
    ("site", "n", "is_told"),
    [("lens", 1000, True), ("lens", 50_000, True), ("lens", 500, False), ("lens", 999, False),
     ("patentscope", 10_000, True), ("patentscope", 9_999, False), ("table", 500, False)],
)  # fmt: skip
def test_each_site_has_limits_of_its_own(site, n, is_told):
    """The limits stand in a rule file, with a source for each."""
    assert bool(mending.cut_off(site, n)) is is_told


def test_dates_in_both_orders_are_told_and_none_is_guessed():
    """13/05 and 05/13 in one column: what fits one order is read, the rest is told as mixed."""
    said = pd.Series(["13/05/2004", "05/13/2004", "05/04/2004", "7/7/2004", "2004-06-24"])
    found = dates.parse(said)
    assert found["date"].dt.strftime("%Y-%m-%d").fillna("-").tolist() == [
        "2004-05-13", "2004-05-13", "-", "2004-07-07", "2004-06-24",
    ]  # fmt: skip
    assert found["year"].tolist() == [2004] * 5
    assert found["reason"].fillna("-").tolist() == [
        "-", "-", "day and month cannot be told apart: the column holds dates in both orders",
        "-", "-",
    ]  # fmt: skip


def test_each_column_has_an_order_of_its_own():
    """Day first in one column and month first in another are both read; neither lends the other."""
    rows = [
        {"application_number": f"EP0110000{n}", "filing_date": filed, "publication_date": out}
        for n, (filed, out) in enumerate(
            [("13/05/2004", "11/17/2005"), ("05/04/2004", "10/06/2005")], start=1
        )
    ]
    found = prepare.canonical([raw(*rows)])["applications"]
    assert found["filing_date"].dt.strftime("%Y-%m-%d").tolist() == ["2004-05-13", "2004-04-05"]
