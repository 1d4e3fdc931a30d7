"""The year of priority: known, or said to be unknown; never the year of filing by default."""

import pytest
from small_studies import raw, study
from test_patstat import APPLN, FILES, MORE, left, rows
from test_patstat import edition as patstat_edition
from test_regpat import EPO
from test_regpat import edition as regpat_edition
from tiny_exports import csv

from studylib import ket
from studylib.errors import DataError
from studylib.prepare import canonical, for_study
from studylib.readers import read
from studylib.readers.bulk import patstat, regpat
from studylib.readers.epo import exchange, left_behind
from studylib.readers.raw import Keep

FILED = {"application_number": "ES 200400001 A", "filing_date": "2004-01-02"}


def year(*claims, **changes):
    """Year of priority and reasons of an application filed in 2004 with these claims."""
    changes = {"date_order": "iso", **changes}
    found = canonical([raw({**FILED, "priorities": list(claims)}, **changes)])
    return found["applications"]["priority_year"][0], found["rejects"]


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ((), 2004),
        ((("FR0300001", "FR", "2003-05-06"),), 2003),
        ((("FR0300001", "FR", None),), "<NA>"),
        ((("FR0300001", "FR", "2003-05-06"), ("FR0200001", "FR", None)), 2003),
    ],
)
def test_a_claim_without_a_date_is_no_filing_year(claims, expected):
    """Nothing claimed is a first filing; claimed without a date is not known."""
    assert str(year(*claims)[0]) == str(expected)


def test_a_claim_without_a_date_beside_a_dated_one_is_said():
    """The earliest known date is used, and the reject says that another may be earlier."""
    rejects = year(("FR0300001", "FR", "2003-05-06"), ("FR0200001", "FR", None))[1]
    assert rejects[["column", "value", "reason"]].to_numpy().tolist() == [
        ["priority", "FR0200001", "claim without a date; the earliest date of the others is used"]
    ]
    own = year(("FR0300001", "FR", "2003-05-06"), ("ES 200400001 A", "ES", None))[1]
    assert own.empty


def test_an_export_that_knows_no_claims_knows_no_priority():
    """The same record without claims, from a list that has no column for them."""
    assert str(year(knows_claims=False)[0]) == "<NA>"


@pytest.mark.parametrize("knows", [True, False])
def test_only_what_is_known_to_claim_nothing_counts_for_its_own_office(tmp_path, knows):
    """Located by priority, an unknown claim lies nowhere."""
    found = for_study(canonical([raw({**FILED, "ipc": ["A01B 1/00"]}, knows_claims=knows)]),
                      study(tmp_path), ket.load_scheme())  # fmt: skip
    here = found["locations"].query("basis == 'priority'")["area"].tolist()
    assert here == (["Spain"] if knows else [])


def test_a_claim_of_no_known_country_lies_nowhere(tmp_path):
    """It is not the country of the office."""
    claims = [(None, None, "2003-05-06")]
    found = for_study(canonical([raw({**FILED, "priorities": claims})]), study(tmp_path),
                      ket.load_scheme())  # fmt: skip
    assert found["locations"].query("basis == 'priority'").empty


@pytest.mark.parametrize(
    ("header", "row", "known"),
    [
        ("Lens ID,Publication Number,Application Number,Application Date,IPCR Classifications",
         "0,ES1,ES200400001,2004-01-02,A01B", False),
        ("Title,Publication number,Date of application,International classification",
         "x,ES1,2004-01-02,A01B", False),
        (("Title,Publication number,Date of application,International classification,"
         "Priority number(s)"), "x,ES1,2004-01-02,A01B,", True),
    ],
)  # fmt: skip
def test_lists_know_claims_where_they_have_a_column_for_them(tmp_path, header, row, known):
    """A column that was not exported says nothing about what was claimed."""
    found = canonical([read(csv(tmp_path / "x.csv", header, row))])["applications"]
    assert found["priority_year"].notna().tolist() == [known]


def test_regpat_without_a_priority_year_has_none(tmp_path):
    """Neither in the tables nor before an early filter."""
    ipc = "appln_id|prio_year|app_year|IPC\n9||2003|H01L0031042000\n"
    folder = regpat_edition(tmp_path / "e", EPO, IPC=ipc)
    found = canonical([regpat.read(folder)])["applications"].set_index("application_number")
    assert found["priority_year"].isna().all()
    early = regpat.read(folder, Keep(2003, 2003, date="priority"))
    assert "9" not in early.records["application_number"].tolist()
    assert early.rejects.query("reason == 'year of priority unknown'")["n"].sum() > 0


def test_patstat_claims_of_unknown_applications_leave_the_year_unknown(tmp_path):
    """Without the year of the earliest filing, a claim on what is not in tls201 is only a claim."""
    appln = "appln_id,appln_auth,appln_nr,appln_kind,appln_filing_date\n5,ES,01,A,2003-02-11\n"
    claims = {"tls204_part01.csv": "appln_id,prior_appln_id\n5,400\n"}
    folder = patstat_edition(tmp_path / "e", FILES | claims, tls201=appln)
    found = canonical([patstat.read(folder)])["applications"]
    assert found["priority_year"].isna().tolist() == [True]
    early = patstat.read(folder, Keep(2003, 2003, date="priority"))
    assert ("e", "appln_id", None, 1, "year of priority unknown") in left(early)


@pytest.mark.parametrize(
    ("one", "other"),
    [("11/02/2003", "31/01/2005"), ("11.02.2003", "31.01.2005"), ("20030211", "20050131"),
     ("02/11/2003", "01/31/2005"), ("2003/02/11", "2005/1/31"),
     ("2003-02-11 00:00:00", "2005-01-31 00:00:00")],
)  # fmt: skip
def test_dates_of_patstat_are_read_in_any_order(tmp_path, one, other):
    """For filing, priority and publication alike: what one column tells holds for all."""
    appln = APPLN.replace("2003-02-11", one).replace("2005-01-31", other)
    appln = appln.replace("2003-02-12", one).replace("1998-03-01", other)
    if "/" in one or "." in one:
        appln = appln.replace("9999-12-31", "31/12/9999")
    more = {name: text.replace("2005-06-01", one).replace("2004-08-01", one)
            for name, text in MORE.items()}  # fmt: skip
    found = patstat.read(patstat_edition(tmp_path / "e", FILES | more, tls201=appln))
    assert rows(found.records, "filing_date", "publication_date")[:3] == [
        ("2003-02-11", "2003-02-11"), ("2003-02-11", None), ("2005-01-31", None),
    ]  # fmt: skip
    assert set(found.priorities["date"].dropna()) == {"2003-02-11"}


@pytest.mark.parametrize(
    ("one", "why"), [("11/02/2003", "could be either"), ("31/01/2003", "days above 12 in both")]
)
def test_dates_whose_order_nobody_can_tell_are_refused(tmp_path, one, why):
    """Text in another order would be compared as if it were the usual one."""
    appln = APPLN.replace("2003-02-11", one)
    more = {name: text.replace("2005-06-01", "01/31/2005") for name, text in MORE.items()}
    files = FILES | more if "both" in why else FILES
    with pytest.raises(DataError, match=rf"which of day and month .*'{one}'.* {why}"):
        patstat.read(patstat_edition(tmp_path / "e", files, tls201=appln))


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ([], None),
        ([("FR", "2003")], None),
        ([("FR", None)], "year of priority unknown"),
        ([("FR", "2001")], "outside the study's years"),
    ],
)
def test_documents_with_undated_claims_are_left_behind_as_unknown(claims, reason):
    """The early filter of OPS and DOCDB does not take the year of filing for them."""
    filed = exchange.Reference("ES", "1", "A", "20030102")
    claimed = [exchange.Reference(country, "2", None, date) for country, date in claims]
    keep = Keep(2003, 2003, date="priority")
    assert left_behind.reason(keep, filed, claimed, {"FR"}) == reason
