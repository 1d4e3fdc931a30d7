"""Archives that strangers packed: unpacked within limits, refused in words beyond them."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile

import pytest

from studylib.errors import DataError
from studylib.files import archive, limits


def zipped(path, files, **options):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files:
            packed.writestr(zipfile.ZipInfo(name) if options.get("stored") else name, data)
    return path


def tarred(path, files, mode="w"):
    folder = tarfile.TarInfo("folder")
    folder.type = tarfile.DIRTYPE  # no file, never unpacked
    with tarfile.open(path, mode) as packed:
        for name, data in files:
            member = tarfile.TarInfo(name)
            member.size = len(data)
            packed.addfile(member, io.BytesIO(data))
        packed.addfile(folder)
    return path


FILES = [("b.csv", b"1,2"), ("a/a.csv", b"3")]


@pytest.mark.parametrize("name", ["x.zip", "x.tar", "x.tar.gz", "x.tar.bz2", "x.tar.xz"])
def test_every_kind_of_archive_gives_its_files_in_its_order(tmp_path, name):
    """Packed or not, the kind is found by content."""
    path = tmp_path / "renamed"
    if name == "x.zip":
        zipped(path, FILES)
    else:
        tarred(path, FILES, "w:" + name.removeprefix("x.tar").removeprefix("."))
    start = path.read_bytes()[:600]
    assert archive.is_archive(start)
    assert archive.names(path, start) == ("a/a.csv", "b.csv")
    assert list(archive.members(path)) == FILES


@pytest.mark.parametrize("module", [gzip, bz2, lzma])
def test_a_compressed_file_is_an_archive_of_one(tmp_path, module):
    """`export.csv.gz` holds `export.csv`."""
    path = tmp_path / "export.csv.gz"
    path.write_bytes(module.compress(b"a,b" * 300))
    assert archive.names(path, path.read_bytes()) == ("export.csv",)
    assert list(archive.members(path)) == [("export.csv", b"a,b" * 300)]


def test_an_empty_zip_has_no_files_and_a_text_is_no_archive(tmp_path):
    """What is no archive has no members; an archive of nothing neither."""
    assert list(archive.members(zipped(tmp_path / "x.zip", []))) == []
    assert archive.names(tmp_path / "x.csv", b"a,b") == ()


@pytest.mark.parametrize(("n", "is_fine"), [(100, True), (101, False)])
@pytest.mark.parametrize("kind", ["zip", "tar", "gz"])
def test_the_limit_is_the_last_size_that_is_unpacked(tmp_path, kind, n, is_fine):
    """All files together may be as large as the limit, and not one byte more."""
    path = tmp_path / f"x.{kind}"
    most = 100
    if kind == "gz":
        path.write_bytes(gzip.compress(b"x" * n))
    elif kind == "zip":
        zipped(path, [("a", b"x" * 60), ("b", b"x" * (n - 60))])
    else:  # what counts is the whole tar, with its headers
        tarred(path, [("a", b"x" * 100)])
        most = len(path.read_bytes()) + 100 - n
        path.write_bytes(gzip.compress(path.read_bytes()))
    if is_fine:
        assert sum(len(data) for _, data in archive.members(path, most)) == 100
    else:
        with pytest.raises(DataError, match=r"unpacks to more than .*, the limit for packed files"):
            list(archive.members(path, most))


def test_a_zip_that_lies_about_its_size_is_refused_before_it_grows(tmp_path):
    """A bomb declares a small size: no more than that is unpacked, and the check sum tells."""
    path = zipped(tmp_path / "x.zip", [("a", bytes(10**6))])
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    path.write_bytes(data)
    with pytest.raises(DataError, match=r"cannot be unpacked \(Bad CRC-32"):
        list(archive.members(path))


def test_a_zip_with_one_name_twice_is_refused(tmp_path):
    """Two readers may take different ones of the two."""
    with pytest.warns(UserWarning, match="Duplicate"):
        path = zipped(tmp_path / "x.zip", [("a", b"1"), ("a", b"2")])
    with pytest.raises(DataError, match="names 'a' more than once"):
        list(archive.members(path))


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_too_many_files_are_refused(tmp_path, monkeypatch, kind):
    """A million empty files are a bomb too."""
    monkeypatch.setattr(limits, "MOST_MEMBERS", 2)
    make = zipped if kind == "zip" else tarred
    path = make(tmp_path / "x", [(str(n), b"") for n in range(3)])
    with pytest.raises(DataError, match="holds more than 2 files"):
        archive.names(path, path.read_bytes())
    with pytest.raises(DataError, match="holds more than 2 files"):
        list(archive.members(path))


@pytest.mark.parametrize("kind", ["zip", "tar.gz", "gz", "xz"])
def test_a_damaged_archive_is_an_error_in_words(tmp_path, kind):
    """Cut short or changed inside: one sentence and what to do, never a traceback."""
    path = tmp_path / f"x.{kind}"
    text = bytes(range(256)) * 40
    if kind == "zip":
        zipped(path, [("a", text)])
    elif kind == "tar.gz":
        tarred(path, [("a", text)], "w:gz")
    else:
        path.write_bytes({"gz": gzip, "xz": lzma}[kind].compress(text))
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(DataError, match=r"cannot be unpacked \(.*\)\. It is damaged, cut short"):
        list(archive.members(path))


def test_a_locked_archive_is_an_error_in_words(tmp_path):
    """Nobody is asked for a password."""
    path = zipped(tmp_path / "x.zip", [("a", b"1")])
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(DataError, match="locked with a password"):
        list(archive.members(path))
