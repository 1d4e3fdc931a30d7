"""Where a command may write: never over what it reads, and the user's own path is named."""

import os

import pytest

from studylib.build import where_to_write
from studylib.errors import UsageError


@pytest.fixture
def given(tmp_path):
    """A folder with one export."""
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "a.csv").write_text("x")
    return folder


def test_an_empty_path_is_refused():
    """It would be the folder one happens to be in; a dot says that."""
    with pytest.raises(UsageError, match=r"A path is empty\. Name a file or a folder; this"):
        where_to_write.path(" ")
    assert str(where_to_write.path("a b/c")) == "a b/c"


@pytest.mark.parametrize("link", ["symlink_to", "hardlink_to", None])
@pytest.mark.parametrize("from_folder", [True, False])
def test_an_output_is_no_input_by_any_name(tmp_path, given, link, from_folder):
    """A symbolic or a hard link to an export is that export, named itself or by its folder."""
    out = given / "a.csv"
    inputs = [given if from_folder else out]
    if link:
        out = tmp_path / "tags.csv"
        getattr(out, link)(given / "a.csv")
    elif from_folder:
        out = tmp_path / "other" / ".." / "exports" / "more" / ".." / "a.csv"
        (tmp_path / "other").mkdir()
        (given / "more").mkdir()
    with pytest.raises(UsageError, match=r"would be written over, and is the|are read from"):
        where_to_write.check_file(out, inputs)


def test_tables_are_not_written_over_an_input(tmp_path, given):
    """Every table of the folder is looked at, not the first alone; a folder by another name too."""
    out = tmp_path / "out"
    out.mkdir()
    os.link(given / "a.csv", out / "families.csv")
    with pytest.raises(UsageError, match=r"families\.csv' would be written over, and is the input"):
        where_to_write.check_folder(out, ["applications.csv", "families.csv"], [given])
    where_to_write.check_folder(out, ["applications.csv", "rejects.csv"], [given])
    (tmp_path / "same").symlink_to(given)
    with pytest.raises(UsageError, match=r"are read from .*exports', so nothing is written there"):
        where_to_write.check_folder(tmp_path / "same", ["applications.csv"], [given])


def test_what_is_not_there_is_in_nobody_s_way(tmp_path, given):
    """A new file, a new folder below new folders, inputs that the reader will say are missing."""
    tags, inputs = tmp_path / "tags.csv", [given, tmp_path / "gone"]
    assert where_to_write.check_file(tags, inputs) is None
    assert where_to_write.check_folder(tmp_path / "a" / "b", ["a.csv"], inputs) is None
    assert sorted(p.name for p in tmp_path.iterdir()) == ["exports"]  # nothing was made
    tags.write_text("old")
    assert where_to_write.check_file(tags, inputs) is None
    assert tags.read_text() == "old"


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("exports", "exports' is a folder. Name a file in it, like "),
        ("no/x.csv", "no' is not there. Make the folder first, or name a file elsewhere."),
        ("file/x.csv", "file' is no folder. Make the folder first, or name a file elsewhere."),
    ],
)
def test_a_file_that_cannot_be_there_is_said(tmp_path, given, out, said):
    """A folder of that name, a folder that is missing, a file in its place."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError) as caught:
        where_to_write.check_file(tmp_path / out, [given / "a.csv"])
    assert said in str(caught.value)


@pytest.mark.parametrize("out", ["file", "file/out"])
def test_a_folder_that_cannot_be_there_is_said(tmp_path, given, out):
    """A file stands where the folder, or one above it, should be."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match=r"cannot be a folder: .*/file' is a file\. Name a folder"):
        where_to_write.check_folder(tmp_path / out, ["a.csv"], [given])
