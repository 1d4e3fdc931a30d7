"""Lens.org exports: what the real ones look like, in rows made by hand."""

import csv
import io
from dataclasses import replace

import pandas as pd
import pytest
from conftest import needs_shared
from test_patentscope import plain

from studylib.errors import DataError
from studylib.prepare import canonical
from studylib.readers import read_all
from studylib.readers.lists import lens

COLUMNS = ["#", "Jurisdiction", "Kind", "Publication Number", "Lens ID", "Publication Date",
           "Application Number", "Application Date", "Priority Numbers", "Title", "Applicants",
           "Inventors", "Simple Family Size", "CPC Classifications", "IPCR Classifications",
           "US Classifications", "Non-Patent Citations"]  # fmt: skip
RECORD = {
    "#": "1", "Jurisdiction": "ES", "Kind": "A1", "Publication Number": "ES 2000001 A1",
    "Lens ID": "000-000-000-000-00X", "Publication Date": "2005-01-31",
    "Application Number": "ES 200400001 A", "Application Date": "2004-01-02",
    "Priority Numbers": "FR 0300001 A 20030105;;PCT A", "Title": "Kiln", "Applicants": "ACME SL",
    "Inventors": "ETXE ANE;;MENDI JON", "Simple Family Size": "6",
    "CPC Classifications": "F27B17/00", "IPCR Classifications": "F27B17/00;;F27D1/00",
    "US Classifications": "", "Non-Patent Citations": "",
}  # fmt: skip


def export(path, *changes, columns=COLUMNS, end="\r\n", encoding="utf-8", delimiter=","):
    text = io.StringIO(newline="")
    rows = csv.DictWriter(
        text, columns, delimiter=delimiter, lineterminator=end, extrasaction="ignore"
    )
    rows.writeheader()
    rows.writerows({**RECORD, **change} for change in changes)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def test_a_row_is_a_publication_of_an_office(tmp_path):
    """Jurisdiction is the office of the publication; it is no country of anybody."""
    raw = lens.read(export(tmp_path / "lens.csv", {}))
    assert plain(raw.records, "row", "publication_number", "publication_office", "publication_kind",
                 "publication_date", "application_number", "filing_date", "title") == [
        [2, "ES 2000001 A1", "ES", "A1", "2005-01-31", "ES 200400001 A", "2004-01-02", "Kiln"]
    ]  # fmt: skip
    assert raw.parties["country"].isna().all()
    assert (raw.format, raw.record_is, raw.date_order) == ("lens", "publication", "auto")


def test_the_size_of_a_family_is_no_family(tmp_path):
    """Lens says how many members a family has, not which: the family stays missing."""
    raw = lens.read(export(tmp_path / "lens.csv", {}))
    assert raw.records["family_id"].isna().all()
    assert raw.family_is == ""


def test_lists_are_split_at_double_semicolons_only(tmp_path):
    """One semicolon belongs to a name; IPC and CPC are told apart and counted apart."""
    raw = lens.read(export(tmp_path / "lens.csv", {"Applicants": "A; B CO;;C SA"}))
    assert plain(raw.parties, "role", "raw_name", "position") == [
        ["applicant", "A; B CO", 1],
        ["applicant", "C SA", 2],
        ["inventor", "ETXE ANE", 1],
        ["inventor", "MENDI JON", 2],
    ]
    assert plain(raw.symbols, "scheme", "raw", "position") == [
        ["ipc", "F27B17/00", 1],
        ["ipc", "F27D1/00", 2],
        ["cpc", "F27B17/00", 1],
    ]


def test_a_priority_claim_has_a_number_a_country_and_perhaps_a_date(tmp_path):
    """A claim without date is a claim; what has no form at all is a number."""
    raw = lens.read(
        export(tmp_path / "lens.csv", {"Priority Numbers": "FR 0300001 A 20030105;;SG A2 A;;X9"})
    )
    assert plain(raw.priorities, "number", "country", "date") == [
        ["FR 0300001 A", "FR", "20030105"],
        ["SG A2 A", "SG", None],
        ["X9", None, None],
    ]


@pytest.mark.parametrize("date", ["2005-01-31", "31/01/05", "1/31/05"])
def test_dates_stay_as_they_are(tmp_path, date):
    """Which of the date styles is meant is decided later, on all dates together."""
    raw = lens.read(export(tmp_path / "lens.csv", {"Publication Date": date}))
    assert raw.records["publication_date"].tolist() == [date]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("columns", [COLUMNS, COLUMNS[1:]])
def test_line_ends_encodings_and_a_missing_number_column_change_nothing(
    tmp_path, end, encoding, columns
):
    """Lens files come with 25 or 26 columns, CR, LF or CRLF, with and without a mark."""
    path = export(
        tmp_path / "lens.csv", {"Title": "Labea ñ"}, columns=columns, end=end, encoding=encoding
    )
    raw = lens.read(path)
    assert raw.records["title"].tolist() == ["Labea ñ"]
    assert raw.repairs == {}


def test_newer_exports_call_the_number_display_key(tmp_path):
    """`Display Key` of exports since 2021 is the publication number."""
    path = export(tmp_path / "lens.csv", {})
    path.write_bytes(path.read_bytes().replace(b"Publication Number", b"Display Key"))
    assert lens.read(path).records["publication_number"].tolist() == ["ES 2000001 A1"]


def test_names_mangled_by_two_encodings_are_undone_and_counted(tmp_path):
    """BRÄNN, mangled, comes back; where a byte was lost the value stays and is counted."""
    mangled = "BRÄNN".encode().decode("cp1252")
    path = export(
        tmp_path / "lens.csv", {"Inventors": mangled, "Title": "caf\u00c3_"}, encoding="mac_roman"
    )
    raw = lens.read(path)
    assert raw.parties["raw_name"].tolist() == ["ACME SL", "BRÄNN"]
    assert raw.records["title"].tolist() == ["cafÃ_"]
    assert raw.repairs == {
        "values mangled by two encodings, undone": 1,
        "values mangled beyond repair in places, left as they are": 1,
    }


def test_an_export_without_ipcr_is_an_error_with_a_remedy(tmp_path):
    """CPC alone is not taken for IPC."""
    columns = [name for name in COLUMNS if name != "IPCR Classifications"]
    with pytest.raises(DataError, match=r"without 'ipc'.*IPCR Classifications"):
        lens.read(export(tmp_path / "lens.csv", {}, columns=columns))


def test_a_row_of_another_width_is_rejected_and_the_others_are_read(tmp_path):
    """Received rows are records plus rejected rows, whatever the dirt."""
    path = export(tmp_path / "lens.csv", {}, {"#": "2"}, {"#": "3"})
    lines = path.read_bytes().split(b"\r\n")
    lines[2] = lines[2].replace(b"Kiln", b"Kiln, new,")
    path.write_bytes(b"\r\n".join([*lines[:3], lines[3][:40]]))
    raw = lens.read(path)
    assert plain(raw.rejects, "row", "column", "reason") == [
        [3, None, "19 cells instead of 17"],
        [4, None, "5 cells instead of 17"],
    ]
    assert (len(raw.records), raw.n_received) == (1, 3)


@pytest.mark.shared
@needs_shared
def test_the_real_exports_give_the_counts_of_their_readme(shared):
    """5,884 families of drones and 863 publications; 92 and 24 of them without IPC."""
    drones, cars = read_all([shared / "real" / "lens"])
    assert (drones.n_received, len(drones.records)) == (5884, 5884)
    assert (cars.n_received, len(cars.records)) == (863, 863)
    filed = drones.records["filing_date"].str[:4].astype("Int64")
    assert filed.between(2000, 2012).sum() == 2286
    claims = drones.priorities.drop_duplicates(["record", "country"])["country"].value_counts()
    assert claims["FR"] == 388
    assert claims["ES"] == 5
    ipc = drones.symbols[drones.symbols["scheme"] == "ipc"]
    assert 5884 - ipc["record"].nunique() == 92
    assert "BRÄNNSTRÖM MATTIAS" in set(cars.parties["raw_name"])


NEWER = [*COLUMNS, "Earliest Priority Date", "Simple Family Members"]
UNDATED = {"Priority Numbers": "FR 0490001 A", "Application Date": "2005-12-01",
           "Application Number": "EP 05900001 A"}  # fmt: skip


def applications(path, *changes):
    """The applications of an export, by number."""
    read = canonical(read_all([export(path, *changes, columns=NEWER)]))
    return read["applications"].set_index("application_number")


def test_the_earliest_priority_date_dates_claims_without_one(tmp_path):
    """Newer exports name the claims without dates, and the earliest date in a column of its own."""
    found = applications(tmp_path / "a.csv", UNDATED | {"Earliest Priority Date": "2004-12-03"})
    assert found["priority_year"].tolist() == [2004]
    assert found["filing_year"].tolist() == [2005]


def test_a_claim_without_any_date_leaves_the_year_unknown(tmp_path):
    """It says that there is an earlier filing, and not when: never the year of filing."""
    found = applications(tmp_path / "a.csv", UNDATED | {"Earliest Priority Date": ""})
    assert found["priority_year"].isna().all()


def test_without_a_claim_the_application_is_the_first_filing(tmp_path):
    """Who claims nothing, or its own number alone, is the priority."""
    none = UNDATED | {"Priority Numbers": "", "Earliest Priority Date": ""}
    assert applications(tmp_path / "a.csv", none)["priority_year"].tolist() == [2005]


@pytest.mark.parametrize(
    ("claims", "countries"),
    [
        ("EP 05900001 A;;FR 0490001 A", "FR"),
        ("EP 05900001 A", "EP"),
        ("FR 0490001 A;;ES 200400001 A", "ES FR"),
    ],
)
def test_the_own_number_is_no_claim_beside_another(tmp_path, claims, countries):
    """Lens lists the application itself among its priorities; it is one only where it is alone."""
    path = export(tmp_path / "a.csv", UNDATED | {"Priority Numbers": claims}, columns=NEWER)
    assert canonical(read_all([path])).priority_countries.tolist() == [countries]


def test_members_of_a_simple_family_make_a_family(tmp_path):
    """Two offices, one list of members: one family, as exported, named by the first Lens id."""
    members = {"Simple Family Members": "1-2;;1-1", "Priority Numbers": ""}
    found = applications(
        tmp_path / "a.csv",
        UNDATED | members | {"Lens ID": "1-1"},
        UNDATED | members | {"Application Number": "US 29000105 A", "Jurisdiction": "US",
                             "Publication Number": "US 9000001 A1", "Lens ID": "1-2"},
        UNDATED | {"Application Number": "DE 102005000001 A", "Jurisdiction": "DE",
                   "Publication Number": "DE 9000001 A1", "Simple Family Members": "1-3"},
    )  # fmt: skip
    assert found["family_id"].value_counts().to_dict() == {"lens:1-1": 2, "lens:1-3": 1}
    assert set(found["family_from"]) == {"exported"}


def test_families_of_lens_step_back_where_others_are_named(tmp_path):
    """Ids of Lens and of DOCDB cannot be compared: there, priorities join what is of Lens."""
    path = export(tmp_path / "a.csv", UNDATED | {"Simple Family Members": "1-1"}, columns=NEWER)
    (of_lens,) = read_all([path])
    assert of_lens.family_is == "Lens simple"
    docdb = replace(of_lens, format="docdb", family_is="DOCDB simple",
                    records=of_lens.records.assign(family_id="77"))  # fmt: skip
    found = canonical([docdb, of_lens])["applications"]
    assert found["family_id"].tolist() == ["docdb:77"]


@needs_shared
@pytest.mark.parametrize(
    ("case", "years"),
    [("lens-undated-claims/lens.csv", [2004]),
     ("lens-undated-claims/lens_no_earliest.csv", [None])],
)  # fmt: skip
def test_claims_without_dates_in_the_cases(shared, case, years):
    """What failed once is read right."""
    found = canonical(read_all([shared / "cases" / case]))["applications"]["priority_year"]
    assert [None if y is pd.NA else y for y in found] == years


@needs_shared
def test_own_numbers_and_members_in_the_cases(shared):
    """One family of two applications, claimed in France only."""
    read = canonical(read_all([shared / "cases" / "lens-own-number-as-claim" / "lens_new.csv"]))
    assert len(set(read["applications"]["family_id"])) == 1
    assert set(read.priority_countries) == {"FR"}
