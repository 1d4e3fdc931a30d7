"""The files of a folder of exports: none is skipped in silence."""

import pytest

from studylib.errors import DataError
from studylib.files import folder
from studylib.readers import sniff
from studylib.readers.bulk import parts


def test_files_are_listed_in_one_order_without_hidden_ones(tmp_path):
    """Files below folders too; dot files and what file managers leave are nobody's export."""
    for name in ("b.csv", "a/c.csv", "a.csv", ".git/x", "a/.hidden", "Thumbs.db"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "empty").mkdir()
    assert folder.files(tmp_path) == [
        tmp_path / "a.csv", tmp_path / "a" / "c.csv", tmp_path / "b.csv",
    ]  # fmt: skip


def test_a_link_to_a_file_is_that_file(tmp_path):
    """Exports may lie elsewhere, as long as they can be reached."""
    (tmp_path / "elsewhere.csv").touch()
    data = tmp_path / "data"
    data.mkdir()
    (data / "a.csv").symlink_to(tmp_path / "elsewhere.csv")
    assert folder.files(data) == [data / "a.csv"]


@pytest.mark.parametrize("listed", [folder.files, sniff.head, parts.parts])
@pytest.mark.parametrize("name", ["share.csv", "more/share.csv"])
def test_a_link_that_leads_nowhere_stops(tmp_path, listed, name):
    """A share that is not mounted must not make a study smaller unnoticed; the link is named."""
    data = tmp_path / "data"
    (data / "more").mkdir(parents=True)
    (data / "a.csv").touch()
    (data / name).symlink_to(tmp_path / "not mounted" / "share.csv")
    said = rf"1 link leads nowhere: 'data/{name}'\. Bring back what it pointed to"
    with pytest.raises(DataError, match=said):
        listed(data)


def test_a_link_to_itself_leads_nowhere(tmp_path):
    """Two links that point to each other are no file, and no endless search."""
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(DataError, match=r"2 links lead nowhere: '.*/a', '.*/b'"):
        folder.files(tmp_path)


def test_a_link_to_a_folder_stops(tmp_path):
    """Links into folders are not followed, so the files there would be missing in silence."""
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "a.csv").touch()
    data = tmp_path / "data"
    data.mkdir()
    (data / "more").symlink_to(tmp_path / "share")
    with pytest.raises(DataError, match=r"1 link leads to a folder, .*: 'data/more'"):
        folder.files(data)
    assert folder.files(data / "more") == [data / "more" / "a.csv"]


def test_a_hidden_link_that_leads_nowhere_is_nobody_s(tmp_path):
    """Editors mark an open file by such a link (.#a.csv); it is no export."""
    (tmp_path / ".#a.csv").symlink_to("somebody@host.1")
    assert folder.files(tmp_path) == []
