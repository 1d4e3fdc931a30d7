"""Espacenet result lists of both sites: what the real ones look like, in rows made by hand."""

import pytest
from conftest import needs_shared
from test_patentscope import plain
from tiny_exports import csv, xls, xlsx

from studylib.errors import DataError
from studylib.readers import read_all
from studylib.readers.lists import espacenet

HEADER = [
    "Title", "Publication number", "Publication date", "Inventor(s)", "Applicant(s)",
    "International classification", "Cooperative Patent Classification",
    "Application number", "Date of application", "Priority number(s)", "Citations",
]  # fmt: skip
PREAMBLE = [
    ["Approximately 4,135 results found in the Worldwide database for:"],
    ["txt = oven using Smart search"],
    ["Displaying publications 1 - 1 as of 2015-03-03"],
]
COMMAS = ["Oven", "ES2000001 (A1); ES2000001 (B2)", "2005-01-31", "ETXE ANE\u2002[ES];  MENDI JON",
          "OVENS SA\u2002[FR]", "A21B1/00; A21B3/00", "A21B1/02", "ES20040000001", "20040102",
          "FR20030000001 20030105; ES20040000001 20040102", ""]  # fmt: skip


def lines(row):
    """The same record as the workbook has it: a line break after each entry."""
    return [cell.replace(";  ", "\n").replace("; ", "\n") + "\n" * bool(cell) for cell in row]


def quoted(row):
    return ",".join(f'"{cell}"' for cell in row)


def export(path, *rows):
    return csv(path, quoted(HEADER), *map(quoted, rows), end="\n")


EXPECTED_PARTIES = [
    ["applicant", "OVENS SA", "FR"],
    ["inventor", "ETXE ANE", "ES"],
    ["inventor", "MENDI JON", None],
]


@pytest.mark.parametrize("kind", ["csv", "xls", "xlsx", "excel on a mac"])
def test_the_three_downloads_of_one_list_say_the_same(tmp_path, kind):
    """CSV, workbook and workbook saved as CSV differ in preamble, lists and line ends only."""
    if kind == "csv":
        path = export(tmp_path / "list.csv", COMMAS)
    elif kind == "excel on a mac":
        row = [cell.replace("\u2002", "_").replace("\n", "\r") for cell in lines(COMMAS)]
        above = [f'"{cells[0]}"' + "," * 10 for cells in [[""], *PREAMBLE]]
        path = csv(tmp_path / "list.csv", *above, quoted(HEADER), quoted(row), end="\r")
    else:
        make = xls if kind == "xls" else xlsx
        path = make(tmp_path / f"list.{kind}", [*PREAMBLE, HEADER, lines(COMMAS)])
    raw = espacenet.read(path)
    assert plain(raw.records, "publication_number", "publication_kind", "publication_date",
                 "application_number", "filing_date", "title") == [
        ["ES2000001", "A1", "2005-01-31", "ES20040000001", "20040102", "Oven"]
    ]  # fmt: skip
    assert plain(raw.parties, "role", "raw_name", "country") == EXPECTED_PARTIES
    assert plain(raw.symbols, "scheme", "raw", "position") == [
        ["ipc", "A21B1/00", 1],
        ["ipc", "A21B3/00", 2],
        ["cpc", "A21B1/02", 1],
    ]
    assert plain(raw.priorities, "number", "country", "date") == [
        ["FR20030000001", "FR", "20030105"],
        ["ES20040000001", "ES", "20040102"],
    ]
    assert raw.repairs == {"rows with several publications, named by the first": 1}
    assert len(raw.provenance) == (0 if kind == "csv" else 3)
    assert (raw.format, raw.family_is, raw.n_received) == ("espacenet", "", 1)


def test_a_blank_mangled_by_two_encodings_is_a_blank_again(tmp_path):
    """The blank before `[ES]` went through Windows-1252 and Mac Roman; it is undone and counted."""
    path = tmp_path / "list.csv"
    mangled = [cell.encode().decode("cp1252") for cell in COMMAS]
    csv(path, quoted(HEADER), quoted(mangled), end="\r", encoding="mac_roman")
    raw = espacenet.read(path)
    assert plain(raw.parties, "role", "raw_name", "country") == EXPECTED_PARTIES
    assert raw.repairs["values mangled by two encodings, undone"] == 2


def test_the_newer_site_knows_the_family_but_no_application(tmp_path):
    """Family number is the simple family; the earliest priority is a claim with a date only."""
    path = csv(
        tmp_path / "list.csv",
        "Espacenet search results",
        "No;Title;Inventors;Applicants;Publication number;Earliest priority;IPC;CPC;"
        "Publication date;Earliest publication;Family number",
        '1;Oven;ETXE ANE [ES];OVENS SA [FR];"ES2000001A1\nES2000001B2";2003-01-05;'
        '"A21B1/00\nA21B3/00";"A21B1/02 (EP, US)";"2005-01-31\n2006-01-31";2005-01-31;4711',
    )
    raw = espacenet.read(path)
    assert plain(raw.records, "publication_number", "publication_date", "family_id",
                 "application_number") == [["ES2000001A1", "2005-01-31", "4711", None]]  # fmt: skip
    assert raw.family_is == "DOCDB simple"
    assert plain(raw.priorities, "number", "date") == [[None, "2003-01-05"]]
    assert plain(raw.symbols, "scheme", "raw") == [
        ["ipc", "A21B1/00"],
        ["ipc", "A21B3/00"],
        ["cpc", "A21B1/02"],
    ]


@pytest.mark.parametrize(
    ("name", "preamble", "expected"),
    [
        ("list.csv", [], {}),
        ("list_2012_001.csv", [], {}),
        ("list_2015-03-12_121.csv", [], {"rows fewer than the file name promises (121)": 120}),
        ("list_319.csv", [], {"rows fewer than the file name promises (319)": 318}),
        ("list.csv", ["Displaying publications 1 - 1 as of 2015-03-03"], {}),
        ("list.csv", ["Displaying publications 1 - 25 as of 2015-03-03"],
         {"rows fewer than the preamble promises (25)": 24}),
        ("list.csv", ["Displaying publications 1 - 0"],
         {"rows more than the preamble promises (0)": 1}),
    ],
)  # fmt: skip
def test_a_promise_of_another_number_of_rows_is_told(tmp_path, name, preamble, expected):
    """A name or preamble that counts otherwise than the file does not stop, but is told."""
    row = [*COMMAS[:1], "ES2000001 (A1)", *COMMAS[2:]]
    path = csv(tmp_path / name, *map('"{}"'.format, preamble), quoted(HEADER), quoted(row))
    assert espacenet.read(path).repairs == expected


def test_a_list_without_ipc_is_an_error_with_a_remedy(tmp_path):
    """The message says which download has the IPC."""
    with pytest.raises(DataError, match=r"without 'ipc'.*Download > List"):
        espacenet.read(csv(tmp_path / "list.csv", "Title,Publication number,Date of application"))


@pytest.mark.shared
@needs_shared
def test_the_real_lists_hold_319_and_three_times_25_records(shared):
    """The name's 319 and the preamble's 1 - 25 are kept; three downloads of one list agree."""
    found = {raw.records["file"][0]: raw for raw in read_all([shared / "real" / "espacenet"])}
    assert len(found["pizza_sliced_20002002_319.csv"].records) == 319
    assert found["pizza_sliced_20002002_319.csv"].repairs == {
        "values mangled by two encodings, undone": 437,
        "rows with several publications, named by the first": 79,
    }
    small = [raw for name, raw in found.items() if name.startswith("pizza_small")]
    assert [raw.n_received for raw in small] == [25, 25, 25]
    for raw in small[1:]:
        for table, columns in (
            ("symbols", ["record", "scheme", "raw", "position"]),
            ("parties", ["record", "role", "raw_name", "country", "position"]),
            ("priorities", ["record", "number", "country", "date", "position"]),
        ):
            assert plain(getattr(raw, table), *columns) == plain(getattr(small[0], table), *columns)
