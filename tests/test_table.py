"""Tables for readers, and the CSV beside them."""

import base64
import io
import re

import openpyxl
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbformat import v4

from studylib.errors import RunError, UsageError
from studylib.files.attached import FILES, files
from studylib.files.csv_out import csv_text, safe_csv
from studylib.language import in_language
from studylib.report.clean import fragment
from studylib.report.table import Pick, table

SHARES = pd.DataFrame(
    {
        "item": ["Innovation", "Training"],
        "share": [0.6, None],
        "low": [0.2307, None],
        "high": [0.8824, None],
        "n_answers": [5, 0],
    }
)


def cells(html):
    """Texts of the body, row by row."""
    rows = BeautifulSoup(html, "html.parser").select("tbody tr")
    return [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in rows]


def test_a_share_stands_with_its_interval_and_its_base():
    """The interval is written behind the share; its ends are no columns of their own."""
    html = table(SHARES, title="T")._repr_html_()
    assert cells(html) == [
        ["Innovation", "60.0% (23.1–88.2%)", "5"],
        ["Training", "not known", "0"],
    ]
    assert ">Answers</th>" in html


def test_what_is_shown_is_plain_data_first():
    """Head, rows and notes are texts with the side they stand on; HTML comes after."""
    shown = table(SHARES, title="T", source="Survey", csv_name="x").shown()
    expected = {
        "title": "T",
        "measure": "",
        "head": [("text", "Item"), ("number", "Share"), ("number", "Answers")],
        "stacks": True,
        "rows": [
            (("text", "Innovation"), ("number", "60.0% (23.1–88.2%)"), ("number", "5")),
            (("text", "Training"), ("number", "not known"), ("number", "0")),
        ],
        "empty": "No rows.",
        "notes": [],
        "source": "Source: Survey",
        "links": [("tables/x.csv", "Data (CSV)"), ("tables/x.xlsx", "Spreadsheet (XLSX)"),
                  ("#table-x", "Link to this table")],
    }  # fmt: skip
    assert {name: shown[name] for name in expected} == expected
    assert shown["numbers"] == [("", "0.6", "5"), ("", "", "0")]


def test_numbers_follow_the_language():
    """French writes a decimal comma and a space before the percent sign."""
    with in_language("fr"):
        html = table(SHARES, title="T")._repr_html_()
    assert "60,0\u202f%" in html or "60,0\xa0%" in html


def test_formats_come_from_names_and_types():
    """Years have no thousands separator, counts have, missing flags are not known."""
    frame = pd.DataFrame(
        {
            "filing_year": [2000],
            "n_families": [1234],
            "rta": [1.005],
            "share_ket": [0.25],
            "is_new": pd.array([True], dtype="boolean"),
            "is_old": pd.array([None], dtype="boolean"),
            "is_odd": pd.array([False], dtype="boolean"),
            "filed": pd.to_datetime(["2013-03-01"]),
            "granted": pd.to_datetime([None]),
            "who": pd.array([None], dtype="str"),
        }
    )
    assert cells(table(frame, title="T")._repr_html_())[0] == [
        "2000", "1,234", "1.01", "25.0%", "yes", "not known", "no", "1 March 2013", "not known",
        "not known",
    ]  # fmt: skip


def test_what_the_caller_writes_stands_as_written():
    """A function of the value decides the text; a column of numbers stays on the right."""
    frame = pd.DataFrame({"ket": ["photonics"], "n": [3]})
    html = table(frame, title="T", formats={"ket": str.upper, "n": lambda n: f"~{n}"})._repr_html_()
    assert '<th scope="row" class="text">PHOTONICS</th><td class="number">~3</td>' in html


def test_numbers_already_written_stand_with_the_numbers():
    """An interval in a column of its own is set to the right and does not break."""
    frame = pd.DataFrame({"side": ["A"], "interval": ["0.5–2.2"]})
    html = table(frame, title="T", formats={"interval": "figures"})._repr_html_()
    assert '<th scope="row" class="text">A</th><td class="number">0.5–2.2</td>' in html


def test_intervals_of_other_numbers_have_their_format():
    """An RTA shows its interval as numbers, a count as whole numbers."""
    frame = pd.DataFrame({"rta": [1.5], "a": [0.5], "b": [2.25], "n": [4], "c": [1], "d": [9]})
    html = table(frame, title="T", intervals={"rta": ("a", "b"), "n": ("c", "d")})._repr_html_()
    assert cells(html) == [["1.50 (0.50–2.25)", "4 (1–9)"]]


def test_a_head_stands_in_a_sentence_with_a_small_letter():
    """A table says by what it is sorted in the words of its heads; letters like N stay."""
    frame = pd.DataFrame({"name": list("abc"), "p": [0.1, 0.2, 0.3]})
    html = table(
        frame, title="T", most=2, columns={"name": "Name", "p": "Valor p"}, sorted_by=["p"]
    )._repr_html_()
    assert "First 2 of 3 rows, sorted by valor p." in html


def test_everything_is_escaped():
    """Markup in data, labels and texts is text."""
    evil = "<img src=x onerror=alert(1)>"
    frame = pd.DataFrame({evil: [evil], "other": [evil]})
    html = table(frame, title=evil, measure=evil, note=evil, source=evil)._repr_html_()
    assert "<img" not in html
    assert html.count("&lt;img") == 9


def test_a_long_table_says_what_is_left_out():
    """The first rows, how many there are, how they are sorted and where all of them are."""
    frame = pd.DataFrame({"name": list("abc"), "n": [3, 2, 1]})
    html = table(frame, title="T", most=2, sorted_by=["n"], csv_name="all")._repr_html_()
    hidden = BeautifulSoup(html, "html.parser").select("tr[hidden].rest th")
    assert [cell.get_text() for cell in hidden] == ["c"]
    assert "Show all 3 rows" in html
    assert "First 2 of 3 rows, sorted by N; all rows: all.csv." in html
    assert "First" not in table(frame, title="T", most=3)._repr_html_()
    assert "First 2 of 3 rows." in table(frame, title="T", most=2)._repr_html_()


def test_a_page_holds_two_hundred_rows():
    """Of a longer table the page says how much it holds and where the rest is."""
    frame = pd.DataFrame({"n": range(250)})
    shown = table(frame, title="T", most=2, csv_name="all").shown()
    assert len(shown["rows"]) == 200
    assert shown["notes"] == ["First 200 of 250 rows; all rows: all.csv."]


def test_a_pick_of_few_values_is_buttons_and_of_many_a_list():
    """Up to eight values work without a script; more are a list that the script makes."""
    frame = pd.DataFrame(
        {
            "name": list("abcdefghi"),
            "side": ["South", "North"] * 4 + ["South"],
            "kind": ["x", "y; x", ""] * 3,
            "many": [f"v{i}" for i in range(9)],
        }
    )
    picks = [Pick("Side", "side", first=True), Pick("Kind", "kind"), Pick("Many", "many")]
    shown = table(frame, title="T", columns={"name": "Name"}, most=2, picks=picks).shown()
    assert [(b["label"], b["choices"], b["first"]) for b in shown["buttons"]] == [
        ("Side", ["South", "North"], True), ("Kind", ["x", "y"], False),
    ]  # fmt: skip
    assert shown["classes"][:3] == ["a1 b1", "a2 b2 b1", "a1"]
    assert shown["rest"] == [False] * 4 + [True] * 5
    assert shown["picks"] == ["Many"]
    assert shown["values"][1] == ("v1",)


def test_a_table_without_rows_says_so():
    """An empty table is one sentence wide, not a bare head."""
    assert cells(table(SHARES[:0], title="T")._repr_html_())[0][0] == "No rows."


def test_links_to_files_are_shown_on_pages_only():
    """In a notebook nothing lies beside it: hidden there, shown by the page; each says of what."""
    html = table(SHARES, title="T", csv_name="x")._repr_html_()
    assert re.findall("<a[^>]*>", html) == [
        '<a hidden href="tables/x.csv" aria-label="Data (CSV) – T">',
        '<a hidden href="tables/x.xlsx" aria-label="Spreadsheet (XLSX) – T">',
        '<a hidden href="#table-x" aria-label="Link to this table – T">',
    ]
    assert '<table aria-label="T">' in fragment(html)
    assert re.findall("<a[^>]*>", fragment(html))[0] == (
        '<a href="tables/x.csv" aria-label="Data (CSV) – T" rel="noopener noreferrer">'
    )


def test_source_and_data_stand_below():
    """Who it comes from and where the numbers are, each only if there is one."""
    html = table(SHARES, title="T", source="Survey", csv_name="x")._repr_html_()
    assert 'Source: Survey<br><a hidden href="tables/x.csv" aria-label="Data (CSV) – T">' in html
    assert '<p class="note"><a ' in table(SHARES, title="T", csv_name="x")._repr_html_()
    assert "note" not in table(SHARES, title="T")._repr_html_()


@pytest.mark.parametrize(
    "words", [{"columns": {"no": "No"}}, {"sorted_by": ["no"]}, {"formats": {"no": "text"}}]
)
def test_a_column_that_is_not_there_is_refused(words):
    """A wrong name is an error, not an empty column."""
    with pytest.raises(UsageError, match="has no column 'no'"):
        table(SHARES, title="T", **words)


@pytest.mark.parametrize("name", ["../x", "A", "a b", "a.csv", "-a"])
def test_a_name_that_is_no_file_name_is_refused(name):
    """A CSV lies beside the page and nowhere else."""
    with pytest.raises(UsageError, match="cannot name a file"):
        table(SHARES, title="T", csv_name=name)


def test_the_whole_frame_travels_with_the_output():
    """The CSV has all rows and columns, also those not shown."""
    shown = table(SHARES, title="T", most=1, columns={"item": "Item"}, csv_name="shares")
    carried = shown._repr_mimebundle_()[FILES]
    assert carried["tables/shares.csv"] == (
        "item,share,low,high,n_answers\nInnovation,0.6,0.2307,0.8824,5\nTraining,,,,0\n"
    )
    book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(carried["tables/shares.xlsx"])))
    assert [[cell.value for cell in row] for row in book["Data"]] == [
        ["Item", "Share", "Lower end of the interval", "Upper end of the interval", "Answers"],
        ["Innovation", 0.6, 0.2307, 0.8824, 5],
        ["Training", None, None, None, 0],
    ]
    assert FILES not in table(SHARES, title="T")._repr_mimebundle_()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_of_a_csv_is_a_formula(start, tmp_path):
    """Text a spreadsheet would run gets an apostrophe, in heads and categories too."""
    frame = pd.DataFrame({start + "h": pd.Categorical([start + "1", "a", None]), "n": [-1, 2, 3]})
    path = safe_csv(frame, tmp_path / "x.csv")
    back = pd.read_csv(path)
    shown = start.replace("\r", "\n")
    assert back.columns.tolist() == [f"'{shown}h", "n"]
    assert back.iloc[:2, 0].tolist() == [f"'{shown}1", "a"]
    assert back["n"].tolist() == [-1, 2, 3]


def test_a_carriage_return_starts_no_row():
    """A lone carriage return would end a row outside quotes and let a formula begin one."""
    text = csv_text(
        pd.DataFrame({"a": ["x\r=1", "y\r\nz"], "d": pd.to_datetime(["2000-01-01", None])})
    )
    assert text == 'a,d\n"x\n=1",2000-01-01\n"y\nz",\n'


def notebook(*carried):
    """A notebook whose outputs carry files."""
    return v4.new_notebook(
        cells=[v4.new_markdown_cell("text")]
        + [
            v4.new_code_cell("", outputs=[v4.new_output("display_data", data={FILES: each})])
            for each in carried
        ]
    )


def test_files_are_collected_from_all_outputs():
    """Each file once; the same file twice is one file."""
    assert files(
        notebook({"tables/a.csv": "1"}, {"figures/b.svg": "2"}, {"tables/a.csv": "1"})
    ) == {
        "tables/a.csv": b"1",
        "figures/b.svg": b"2",
    }


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.graphml"])
def test_tables_travel_as_text_of_several_kinds(name):
    """Rows for a spreadsheet, cards for a machine, a network for Gephi."""
    assert files(notebook({f"tables/{name}": "1"})) == {f"tables/{name}": b"1"}


@pytest.mark.parametrize(
    "path", ["../a.csv", "tables/../a.csv", "tables/a.html", "/etc/a.csv", "a.csv"]
)
def test_no_output_writes_elsewhere(path):
    """Only tables and figures beside the page."""
    with pytest.raises(RunError, match="may not"):
        files(notebook({path: "x"}))


def test_two_files_of_one_name_are_refused():
    """One of the two would silently win."""
    with pytest.raises(RunError, match=r"Two outputs are both called 'tables/a\.csv'"):
        files(notebook({"tables/a.csv": "1"}, {"tables/a.csv": "2"}))


def test_words_of_others_are_in_no_known_language():
    """A screen reader does not read a Spanish answer as English: the cell says so."""
    frame = pd.DataFrame({"text": ["Aún sin tema"], "column": ["other"]})
    page = table(frame, title="Words", foreign=("text",))._repr_html_()
    assert '<th scope="row" class="text" lang="">Aún sin tema</th>' in page
    assert page.count("lang=") == 1
