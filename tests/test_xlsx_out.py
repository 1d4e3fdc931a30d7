"""Spreadsheets to download: typed cells, words that stay words, the same bytes each time."""

import io
from datetime import datetime

import openpyxl
import pandas as pd

from studylib.files.xlsx_out import heads, xlsx
from studylib.language import in_language

FRAME = pd.DataFrame(
    {
        "name": ["=1+1", "Éric\nDupont"],
        "n": [3, 4],
        "share": [0.25, None],
        "known": pd.array([True, None], dtype="boolean"),
        "filed": pd.to_datetime(["2013-03-01", None]),
        "z": [float("inf"), -1.5],
    }
)
NAMES = {"name": "Nom", "n": "Familles", "share": "Part", "known": "Vu", "filed": "Dépôt", "z": "z"}


def book(content):
    """The workbook as a spreadsheet reads it."""
    return openpyxl.load_workbook(io.BytesIO(content))


def test_numbers_are_numbers_and_text_is_text():
    """A name like a formula is a name, nothing is an empty cell, a day is a day."""
    rows = [[cell.value for cell in row] for row in book(xlsx(FRAME, NAMES))["Data"]]
    assert rows == [
        ["Nom", "Familles", "Part", "Vu", "Dépôt", "z"],
        ["=1+1", 3, 0.25, True, datetime(2013, 3, 1), "inf"],  # noqa: DTZ001
        ["Éric\nDupont", 4, None, None, None, -1.5],
    ]
    assert book(xlsx(FRAME, NAMES))["Data"]["A2"].data_type == "s"


def test_the_head_stays_and_filters():
    """Who scrolls still sees what a column is, and can filter by it."""
    sheet = book(xlsx(FRAME, NAMES))["Data"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:F3"
    assert sheet["A1"].font.bold


def test_notes_travel_on_a_sheet_of_their_own():
    """Title, measure and source go with the data; what is empty is left out."""
    notes = book(xlsx(FRAME, NAMES, ["Finding", "", "Source: X"]))["Notes"]
    assert [row[0].value for row in notes] == ["Finding", "Source: X"]


def test_equal_data_are_equal_bytes(monkeypatch):
    """No clock and no path stands in the file, and a frame without rows is a file too."""
    import time

    first = xlsx(FRAME, NAMES)
    monkeypatch.setattr(time, "time", lambda: 4e9)
    assert xlsx(FRAME, NAMES) == first
    assert [c.value for c in book(xlsx(FRAME[:0], NAMES))["Data"][1]][:2] == ["Nom", "Familles"]


def test_a_web_page_can_be_pressed_and_nothing_else_can():
    """Only an address of the web, and only in a column of web pages; the words are the address."""
    frame = pd.DataFrame(
        {
            "page": ["https://a.example/", "file:///etc/passwd", "a.example", None],
            "name": ["https://b.example/", "B", "C", "D"],
        }
    )
    sheet = book(xlsx(frame, {"page": "Page", "name": "Name"}, links=["page"]))["Data"]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    pressed = {cell.value: cell.hyperlink.target for cell in cells if cell.hyperlink}
    assert pressed == {"https://a.example/": "https://a.example/"}
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [
        "https://a.example/", "file:///etc/passwd", "a.example", None,
    ]  # fmt: skip


def test_a_head_is_in_the_language_of_the_page():
    """
    As the table says, else in words; two of the same words stand apart by their names.

    Broken once: a Spanish spreadsheet had English heads for what its table did not show.
    """
    names = ["share", "low", "n_unknown", "chance_low", "area", "area_name"]
    with in_language("es"):
        assert heads(names, {"share": "Proporción", "area_name": "Zona"}) == {
            "share": "Proporción",
            "low": "Extremo inferior del intervalo",
            "n_unknown": "Desconocidos",
            "chance_low": "Dado por el azar, extremo inferior",
            "area": "Zona (area)",
            "area_name": "Zona (area_name)",
        }
