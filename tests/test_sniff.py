"""A first look at a source: by content, without reading it whole."""

import gzip
import io
import tarfile
import zipfile

import pytest
from conftest import needs_shared
from tiny_exports import csv, xls, xlsx

from studylib.errors import DataError, UsageError
from studylib.readers import sniff
from studylib.readers.formats import FORMATS, module

LENS = "Jurisdiction,Lens ID,Publication Number,IPCR Classifications"
ESPACENET = "Title,Publication number,International classification"
PATENTSCOPE = "Publication Number,Priority Data,IPC"


def recognised(path):
    """Formats whose reader says that the content is its own."""
    found = sniff.head(path)
    return [name for name in FORMATS if module(name).recognises(found)]


@pytest.mark.parametrize(
    ("header", "expected"),
    [(LENS, ["lens"]), (ESPACENET, ["espacenet"]), (PATENTSCOPE, ["patentscope"]), ("a,b", [])],
)
@pytest.mark.parametrize("name", ["export.csv", "export.xls", "no suffix"])
def test_the_header_says_the_format_whatever_the_name(tmp_path, header, expected, name):
    """Exactly one reader takes a table, by its columns; none takes an unknown one."""
    assert recognised(csv(tmp_path / name, header)) == expected


@pytest.mark.parametrize("make", [xls, xlsx])
def test_a_workbook_is_recognised_under_a_text_name(tmp_path, make):
    """An Excel file called `.csv` is an Excel file."""
    path = make(tmp_path / "export.csv", [["Query: x"], PATENTSCOPE.split(",")])
    assert sniff.head(path).is_workbook
    assert recognised(path) == ["patentscope"]


def test_the_header_may_stand_below_a_preamble_but_not_far(tmp_path):
    """Forty rows are looked at: a header in row 40 is found, one in row 41 is none."""
    csv(tmp_path / "40.csv", *["note"] * 39, LENS)
    csv(tmp_path / "41.csv", *["note"] * 40, LENS)
    assert recognised(tmp_path / "40.csv") == ["lens"]
    assert recognised(tmp_path / "41.csv") == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_encoding_does_not_hide_the_format(tmp_path, encoding):
    """UTF-16, with a mark or without, is recognised like UTF-8."""
    assert recognised(csv(tmp_path / "x.csv", LENS, "ES,1,2,3", encoding=encoding)) == ["lens"]


def test_the_head_of_a_text_file_is_text():
    """`text` is for recognising: marks are taken off, wrong bytes do not stop it."""

    def text(start):
        return sniff.Head(None, "x", start, is_folder=False, members=()).text

    assert text(b"\xef\xbb\xbf{") == "{"
    assert text("<é".encode("utf-16")) == "<é"
    assert text(b"caf\xe9") == "caf\ufffd"


def test_a_folder_lists_its_files_sorted_and_without_hidden_ones(tmp_path):
    """Files below folders have a slash; hidden files are not there (see `readers.folder`)."""
    for name in ("b.csv", "a/c.csv", ".git/x"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = sniff.head(tmp_path)
    assert found.members == ("a/c.csv", "b.csv")
    assert (found.is_folder, found.start, found.rows) == (True, b"", ())


def test_archives_list_their_files(tmp_path):
    """Zip and tar archives and single compressed files say what is inside, before unpacking."""
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as packed:
        packed.writestr("b.csv", "1")
        packed.writestr("a/", "")
        packed.writestr("__MACOSX/._b.csv", "1")
        packed.writestr("a/a.csv", "1")
    with tarfile.open(tmp_path / "x.tar.xz", "w:xz") as packed:
        member = tarfile.TarInfo("d/a.json")
        member.size = 2
        packed.addfile(member, io.BytesIO(b"{}"))
        packed.addfile(tarfile.TarInfo("link"))
    (tmp_path / "x.csv.gz").write_bytes(gzip.compress(b"a,b"))
    assert sniff.head(tmp_path / "x.zip").members == ("a/a.csv", "b.csv")
    assert sniff.head(tmp_path / "x.tar.xz").members == ("d/a.json", "link")
    assert sniff.head(tmp_path / "x.csv.gz").members == ("x.csv",)
    assert sniff.head(tmp_path / "x.zip").rows == ()


def test_the_name_of_the_current_folder_is_found(tmp_path, monkeypatch):
    """A path without a last part still has a name for messages."""
    monkeypatch.chdir(tmp_path)
    assert sniff.head(".").name == tmp_path.name


@pytest.mark.parametrize(
    "address", ["https://example.org/x.csv", "https:/example.org/x", "s3://b/x", "file:///x"]
)
def test_an_address_is_refused(address):
    """Nothing is fetched from the network, not even what `Path` made of an address."""
    with pytest.raises(UsageError, match=r"is an address\. Download the file first"):
        sniff.head(address)


def test_a_path_that_leads_nowhere_is_refused_in_words(tmp_path):
    """A missing file is a mistake of the command, a file without permission one of the data."""
    with pytest.raises(UsageError, match="There is no file or folder"):
        sniff.head(tmp_path / "none.csv")
    with pytest.raises(DataError, match="cannot be opened: File name too long"):
        sniff.head(tmp_path / ("x" * 300))
    with pytest.raises(DataError, match="cannot be opened: embedded null byte"):
        sniff.head(tmp_path / "x\0.csv")


@pytest.mark.shared
@needs_shared
@pytest.mark.parametrize(
    ("folder", "expected"),
    [("patentscope", "patentscope"), ("lens", "lens"), ("google", None), ("sumobrain", None),
     ("ops_xml", "ops_xml"), ("docdb_xml", "docdb"), ("ops", "ops_json"), ("eurostat", None)],
)  # fmt: skip
def test_each_real_file_is_recognised_by_one_reader_at_most(shared, folder, expected):
    """No two readers want the same file."""
    for path in sorted((shared / "real" / folder).iterdir()):
        assert recognised(path) == ([expected] if expected else [])
