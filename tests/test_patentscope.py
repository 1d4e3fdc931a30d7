"""PATENTSCOPE result lists: what the real ones look like, in rows made by hand."""

import pandas as pd
import pytest
from conftest import needs_shared
from tiny_exports import xls, xlsx

from studylib.errors import DataError
from studylib.files import wording
from studylib.prepare import canonical
from studylib.readers import read, read_all
from studylib.readers.lists import patentscope

HEADER = ["Publication Number", "Publication Date", "Title", "Priority Data", "IPC",
          "Applicants", "Inventors", "FP Image"]  # fmt: skip
QUERY = [["", ""], ["Query: EN_ALL:oven  ", ""]]


def record(number="US20050000001", *, date="29.12.2005", title="Oven", priority="", ipc="A21B 1/00",
           applicants="Ovens SA", inventors="Etxe Ane"):  # fmt: skip
    return [number, date, title, priority, ipc, applicants, inventors, ""]


def result_list(folder, *rows, header=HEADER, make=xls):
    name = "list.xls" if make is xls else "list.xlsx"
    return make(folder / name, [*QUERY, header, *rows])


def plain(frame, *columns):
    """Rows as lists, missing as None."""
    return (
        frame[list(columns)]
        .astype(object)
        .where(frame[list(columns)].notna(), None)
        .to_numpy()
        .tolist()
    )


@pytest.mark.parametrize("make", [xls, xlsx])
def test_a_publication_is_a_record_with_the_row_it_stood_in(tmp_path, make):
    """Number, date and title stay as exported; the sheet row is kept; the query is provenance."""
    raw = patentscope.read(result_list(tmp_path, record(), record("EP1", title="NA"), make=make))
    assert plain(raw.records, "row", "publication_number", "publication_date", "title") == [
        [4, "US20050000001", "29.12.2005", "Oven"],
        [5, "EP1", "29.12.2005", "NA"],
    ]
    assert raw.provenance == ("Query: EN_ALL:oven",)
    assert (raw.format, raw.record_is, raw.date_order) == ("patentscope", "publication", "dmy")
    assert raw.n_received == 2


def test_there_is_no_application_number_and_no_family(tmp_path):
    """What PATENTSCOPE does not say stays missing; nothing is put in its place."""
    raw = patentscope.read(result_list(tmp_path, record()))
    unknown = ["application_number", "application_office", "filing_date", "family_id"]
    assert raw.records[unknown].isna().to_numpy().all()
    assert raw.parties["country"].isna().all()


def test_repeated_symbols_stay_in_their_order(tmp_path):
    """The export repeats symbols; the raw table says so, blank entries are none."""
    raw = patentscope.read(result_list(tmp_path, record(ipc="G01N 25/00;G01N 25/00; ;G01J 5/00;")))
    assert plain(raw.symbols, "record", "scheme", "raw", "position") == [
        [0, "ipc", "G01N 25/00", 1],
        [0, "ipc", "G01N 25/00", 2],
        [0, "ipc", "G01J 5/00", 3],
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("A23C 19/09 (2006.01)", ["A23C 19/09", "2006.01", None, None]),
        ("C12N 15/09 20060101AFI20051220RMJP", ["C12N 15/09", "20060101", "A", "I"]),
        ("A61K 38/00 20060101A N20051008RMEP", ["A61K 38/00", "20060101", "A", "N"]),
        ("A21D 8 02 20060101 A F I", ["A21D 8 02", "20060101", "A", "I"]),
        ("B65D 05//00", ["B65D 05//00", None, None, None]),
        ("A61K", ["A61K", None, None, None]),
    ],
)
def test_what_stands_behind_a_symbol_is_told_apart(tmp_path, cell, expected):
    """Edition, level and value are columns of their own; the symbol keeps its spelling."""
    raw = patentscope.read(result_list(tmp_path, record(ipc=cell)))
    assert plain(raw.symbols, "raw", "version", "level", "value") == [expected]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("[60582692 2004-06-24T23:59:59.000Z US]", [["60582692", "US", "2004-06-24"]]),
        ("[10/864,311 08.06.2004 US]", [["10/864,311", "US", "08.06.2004"]]),
        ("[PA 2004 00824 25.05.2004 DK]", [["PA 2004 00824", "DK", "25.05.2004"]]),
        ("[US 20140625 62/016,924]", [["62/016,924", "US", "20140625"]]),
        ("[FR 0300001 A 20030105]", [["0300001", "FR", "20030105"]]),
        ("[US 60582692 2003-06-24]", [["US 60582692", None, "2003-06-24"]]),
        ("[95/2871  ZA]", [["95/2871", "ZA", None]]),
        ("[95/2871 no date ZA]", [["95/2871", "ZA", None]]),
        ("[US20020299537  ]", [["US20020299537", None, None]]),
        ("[788563 P  ]", [["788563 P", None, None]]),
        ("[null 23.09.2004 US]", [[None, "US", "23.09.2004"]]),
        ("[705 29.08.1996]", [["705", None, "29.08.1996"]]),
        (
            "[9800760 1998-01-14T23:59:59.000Z GB, 9819015 01.09.1998 GB]",
            [["9800760", "GB", "1998-01-14"], ["9819015", "GB", "01.09.1998"]],
        ),
        ("", []),
    ],
)
def test_every_style_of_priority_claim_is_read(tmp_path, cell, expected):
    """Number, country and date are found in each of the five styles; commas belong to numbers."""
    raw = patentscope.read(result_list(tmp_path, record(priority=cell)))
    assert plain(raw.priorities, "number", "country", "date") == expected


def test_a_claim_that_says_nothing_is_rejected_and_counted(tmp_path):
    """A spreadsheet's day zero is no priority: the value goes to the rejects, the record stays."""
    raw = patentscope.read(
        result_list(tmp_path, record(), record(priority="[null 30.12.1899 null, 7 01.02.2003 FR]"))
    )
    assert plain(raw.priorities, "record", "number", "position") == [[1, "7", 2]]
    assert plain(raw.rejects, "row", "column", "value") == [
        [5, "priorities", "null 30.12.1899 null"]
    ]
    assert (len(raw.records), raw.n_received) == (2, 2)


def test_parties_keep_their_order_inside_a_record(tmp_path):
    """Applicants come before inventors, each in the order of the export, outer blanks removed."""
    raw = patentscope.read(
        result_list(
            tmp_path,
            record(applicants="ELBE LTD. ;B, INC.", inventors="C"),
            record("EP2", applicants="", inventors="D;E"),
        )
    )
    assert plain(raw.parties, "record", "role", "raw_name", "position") == [
        [0, "applicant", "ELBE LTD.", 1],
        [0, "applicant", "B, INC.", 2],
        [0, "inventor", "C", 1],
        [1, "inventor", "D", 1],
        [1, "inventor", "E", 2],
    ]


def test_a_record_without_ipc_is_a_record(tmp_path):
    """A publication without symbols is not dropped; it only has no rows among the symbols."""
    raw = patentscope.read(result_list(tmp_path, record(ipc=""), record("EP2")))
    assert len(raw.records) == 2
    assert raw.symbols["record"].tolist() == [1]


def test_a_number_is_the_text_that_was_seen(tmp_path):
    """A cell that Excel holds as a number is 12, not 12.0; text with zeros keeps them."""
    raw = patentscope.read(
        result_list(tmp_path, record(12.0, title="12E4"), record("03008526", title="None"))
    )
    assert plain(raw.records, "publication_number", "title") == [
        ["12", "12E4"],
        ["03008526", "None"],
    ]


def test_a_list_with_a_header_only_is_valid(tmp_path):
    """A search without results has no records, and the tables have their dtypes all the same."""
    raw = patentscope.read(result_list(tmp_path))
    assert [len(t) for t in (raw.records, raw.symbols, raw.parties, raw.priorities)] == [0, 0, 0, 0]
    assert raw.n_received == 0
    full = patentscope.read(result_list(tmp_path, record(priority="[7 01.02.2003 FR]")))
    for name in ("records", "symbols", "parties", "priorities"):
        pd.testing.assert_series_equal(getattr(raw, name).dtypes, getattr(full, name).dtypes)


def test_a_list_without_ipc_column_is_an_error_with_a_remedy(tmp_path):
    """The message names what is missing and what to download."""
    header = [name for name in HEADER if name != "IPC"]
    with pytest.raises(DataError, match=r"without 'ipc'.*Download the result list again"):
        patentscope.read(xls(tmp_path / "list.xls", [header, ["US1"]]))


def test_two_columns_for_one_role_are_an_error(tmp_path):
    """Which of two IPC columns is meant cannot be known."""
    with pytest.raises(DataError, match="2 columns for `ipc`: 'IPC', 'I P C'"):
        patentscope.read(xls(tmp_path / "list.xls", [[*HEADER, "I P C"]]))


@pytest.mark.shared
@needs_shared
def test_the_real_lists_give_the_counts_of_their_readme(shared):
    """9,659 + 8,458 + 6,177 = 24,294 records, 102 of them without IPC."""
    found = read_all([shared / "real" / "patentscope"])
    assert [raw.n_received for raw in found] == [9659, 8458, 6177]
    assert [len(raw.records) for raw in found] == [9659, 8458, 6177]
    assert sum(len(raw.records) - raw.symbols["record"].nunique() for raw in found) == 102
    assert [raw.repairs for raw in found] == [{wording.HTML: 1}, {}, {wording.INVISIBLE: 1}]
    years = pd.concat([raw.records["publication_date"] for raw in found]).str[-4:].astype(int)
    assert years.between(2000, 2012).sum() == 15_562
    claims = pd.concat([raw.priorities for raw in found], keys=range(3)).reset_index(level=0)
    for country, n in (("ES", 71), ("FR", 122)):
        rows = claims[claims["country"] == country]
        assert len(rows.drop_duplicates(["level_0", "record"])) == n


@pytest.mark.shared
@needs_shared
def test_a_real_list_is_found_by_content_under_another_name(shared, tmp_path):
    """A workbook called `.csv` is still read as what it is."""
    source = shared / "real" / "patentscope" / "patentscope_pizza_2012_2015_6177.xls"
    path = tmp_path / "renamed.csv"
    path.write_bytes(source.read_bytes())
    assert read(path).format == "patentscope"


NEWER = ["Application Id", "Application Number", "Application Date", "Publication Number",
         "Publication Date", "Country", "Title", "I P C", "Applicants"]  # fmt: skip
SHORT = ["Application Id", "Application Number", "Application Date", "Country", "Title", "I P C"]


def test_numbers_of_two_offices_never_meet(tmp_path):
    """The office stands under Country: one number in Brazil and in Germany is two applications."""
    rows = [
        ["BR1", "102012032807", "20.12.2012", "102012032807", "06.08.2014", "BR", "Processo",
         "C12P 7/06", "EXEMPLO SA"],
        ["DE1", "102012032807", "18.06.2012", "102012032807", "02.01.2014", "DE", "Verfahren",
         "H01L 31/042", "BEISPIEL GMBH"],
    ]  # fmt: skip
    found = canonical(read_all([result_list(tmp_path, *rows, header=NEWER)]))["applications"]
    assert found["office"].tolist() == ["BR", "DE"]
    assert found["filing_year"].tolist() == [2012, 2012]


def test_the_short_list_is_known_by_its_application_numbers(tmp_path):
    """Application Number and Country stand for a record where no publication number is given."""
    rows = [
        ["WO2005000001", "PCT/ES2005/000001", "31.01.2005", "WO", "Example", "B82Y 30/00"],
        ["ES123", "P200300017", "11.02.2003", "ES", "Ejemplo", "H01S 5/00"],
        ["ES124", "", "11.02.2003", "ES", "Sin número", "H01S 5/00"],
    ]
    raw = patentscope.read(result_list(tmp_path, *rows, header=SHORT))
    assert raw.records["application_office"].tolist() == ["WO", "ES"]
    assert raw.records["publication_number"].isna().all()
    assert raw.rejects["reason"].tolist() == ["no application number"]


def test_a_preamble_is_never_taken_for_a_header(tmp_path):
    """Of what cannot be read the fullest row is quoted, not the time of the query above it."""
    path = tmp_path / "list.csv"
    path.write_text("Time:,30.09.2025,,\nQuery:,x,,\nTitle,Owner,Year,Place\na,b,2005,c\n", "utf-8")
    with pytest.raises(DataError, match="Its columns are 'Title', 'Owner', 'Year', 'Place'"):
        read(path)


def test_an_export_of_which_no_row_can_be_used_is_an_error(tmp_path):
    """Empty tables would look like a result: the file, the reason and how many rows are said."""
    bad = [record("EP1")[:-2], record("EP2")[:-2]]
    path = tmp_path / "list.csv"
    lines = [",".join(HEADER), *(",".join(row) for row in bad)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(DataError, match=r"No row of 'list\.csv' can be used, of 2: 6 cells"):
        read_all([path])


@needs_shared
@pytest.mark.parametrize(
    ("case", "n"), [("patentscope-country-column", 5), ("patentscope-short-list", 2)]
)
def test_lists_that_failed_are_read(shared, case, n):
    """Five offices, five applications; a short list under a preamble."""
    found = canonical(read_all([shared / "cases" / case / "list.csv"]))["applications"]
    assert len(found) == n
    assert found["office"].notna().all()
