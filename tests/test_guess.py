"""The block that is printed where a table is refused: it must read that table."""

import tomllib

import pytest
from conftest import needs_shared
from tiny_exports import csv

from studylib import readers
from studylib.errors import DataError
from studylib.prepare import canonical
from studylib.readers import sniff
from studylib.readers.lists import guess
from studylib.study.input_parts import Source


def told(path):
    """The keys of the block for a file."""
    (block,) = tomllib.loads(guess.block(sniff.head(path)))["sources"]
    return block


def test_headers_are_suggested_in_the_languages_of_offices(tmp_path):
    """Words of German, French, Spanish, Portuguese and English lists are known."""
    path = csv(tmp_path / "x.csv", "Veröffentlichungsnummer;Anmeldetag;Anmelder;IPC-Hauptklasse",
               "DE102005900001A1;01.12.2005;Muster GmbH;H01S 5/00")  # fmt: skip
    assert told(path) == {
        "path": "x.csv", "format": "table", "dates": "dmy",
        "columns": {"publication_number": "Veröffentlichungsnummer", "filing_date": "Anmeldetag",
                    "applicants": "Anmelder", "ipc": "IPC-Hauptklasse"},
    }  # fmt: skip


def test_symbols_and_numbers_are_known_by_their_look(tmp_path):
    """A header nobody knows may stand over IPC; one called IPC may stand over something else."""
    path = csv(tmp_path / "x.csv", "ref,IPC,t1,t2", "EP9000001A1,yes,A01B 1/00,H01S0005000",
               "EP9000002A1,no,,G01N003072")  # fmt: skip
    assert told(path)["columns"] == {"publication_number": "ref", "ipc": ["t1", "t2"]}


@pytest.mark.parametrize(
    ("day", "order"),
    [("31.12.2005", "dmy"), ("31/12/2005", "dmy"), ("12/31/2005", "mdy"), ("05/06/2005", "dmy"),
     ("2005-12-31", None)],
)  # fmt: skip
def test_the_order_of_dates_is_suggested_where_they_need_one(tmp_path, day, order):
    """What two readings are open for is said beside the key."""
    path = csv(tmp_path / "x.csv", "Publication number,Filing date,IPC", f"EP1,{day},A01B 1/00")
    assert told(path).get("dates") == order
    assert ("do not tell" in guess.block(sniff.head(path))) == (day == "05/06/2005")


def test_headers_of_strangers_are_text_and_no_keys(tmp_path):
    """Quotes, line ends and control characters stay inside the quotes of the block."""
    path = csv(tmp_path / "x.csv", 'Publication number,"I""P\x1b[2JC\n= { }"', "EP1,A01B 1/00")
    assert told(path)["columns"]["ipc"] == 'I"P\x1b[2JC = { }'


def test_no_block_is_made_up_where_nothing_looks_like_patents(tmp_path):
    """The sentence says what is needed instead."""
    path = csv(tmp_path / "x.csv", "code,place", "1,2")
    assert guess.block(sniff.head(path)) is None
    with pytest.raises(DataError, match=r"No column of it looks like IPC symbols .*Espacenet"):
        readers.read(path)


@pytest.mark.shared
@needs_shared
@pytest.mark.parametrize(
    ("name", "symbols"),
    [
        ("orbit", ["G01J 3/00", "H01S 5/00"]),
        ("derwent", ["G01J 3/00", "H01S 5/00"]),
        ("depatis", ["H01S 5/00"]),
        ("bq", ["H01S 5/00"]),
    ],
)
def test_the_block_of_a_refused_table_reads_it(shared, name, symbols):
    """A stranger copies it, and the table is read."""
    path = shared / "cases" / "unknown-table-no-remedy" / f"{name}.csv"
    with pytest.raises(DataError, match=r'(?s)put this into the study file .*format = "table"'):
        readers.read(path)
    block = told(path)
    read = readers.read(path, "table", None, Source(**block).declaration)
    found = canonical([read])
    ipc = found["symbols"].query("scheme == 'ipc'")["symbol"].astype("str")
    assert sorted(ipc) == symbols
    assert found["rejects"].empty
