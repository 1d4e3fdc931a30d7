"""Which exports lie at some paths, each read once, in an order that paths do not decide."""

import tarfile
import zipfile

import pytest
from tiny_exports import csv, xlsx

from studylib.errors import DataError, UsageError
from studylib.files import sheet
from studylib.readers import FORMATS, read, read_all

LENS = "Lens ID,Publication Number,IPCR Classifications"
ESPACENET = "Title,Publication number,International classification"


def lens(folder, name="a.csv", number="1"):
    folder.mkdir(exist_ok=True)
    return csv(folder / name, LENS, f"x,{number},A01B")


def espacenet(folder, name="b.csv"):
    return csv(folder / name, ESPACENET, "Kiln,ES1 (A1),F27B")


def told(found):
    """Format and first file of each export."""
    return [(raw.format, raw.records["file"][0]) for raw in found]


def test_a_file_is_read_by_its_content_or_by_the_named_format(tmp_path):
    """`auto` finds the format; a named format that does not fit is an error in its words."""
    path = lens(tmp_path)
    assert read(path).format == "lens"
    assert read(str(path), "lens").format == "lens"
    with pytest.raises(DataError, match="no header of a PATENTSCOPE export"):
        read(path, "patentscope")


def test_an_unknown_format_is_refused_with_the_known_ones(tmp_path):
    """A typing error in the format is a mistake of the command."""
    with pytest.raises(UsageError, match=r"no format 'lense'\. Known: auto, patentscope, lens"):
        read(lens(tmp_path), "lense")
    assert len(FORMATS) == 9


def test_a_folder_of_several_exports_gives_each_by_itself(tmp_path):
    """Formats may differ; files that are no exports are rejects with a reason, none is silent."""
    lens(tmp_path)
    espacenet(tmp_path)
    (tmp_path / "README.txt").write_text("How this was made.")
    found = read_all([tmp_path])
    assert told(found) == [("lens", "a.csv"), ("espacenet", "b.csv")]
    reject = found[0].rejects.iloc[0]
    assert (reject["file"], reject["reason"]) == ("README.txt", "no export of a known format")
    assert reject[["row", "column", "value"]].isna().all()
    assert found[0].rejects["row"].dtype == "Int64"


def test_the_order_of_paths_does_not_matter(tmp_path):
    """Exports come in the order of their names, then of their content."""
    one, two = lens(tmp_path / "z", number="1"), lens(tmp_path / "y", number="2")
    other = espacenet(tmp_path)
    forth = read_all([one, other, two])
    back = read_all([two, other, one])
    for raw, again in zip(forth, back, strict=True):
        assert raw.records.equals(again.records)


@pytest.mark.parametrize("how", ["twice", "copy", "folder", "two folders"])
def test_the_same_content_twice_is_refused(tmp_path, how):
    """A copy under another name counts its records double just as well."""
    folder = tmp_path / "folder"
    path = lens(folder)
    copy = lens(tmp_path, "copy.csv")
    paths = {"twice": [path, path], "copy": [path, copy], "folder": [folder, path],
             "two folders": [folder, folder]}  # fmt: skip
    with pytest.raises(DataError, match=r"and '.*' are the same\. Name it once"):
        read_all(paths[how])


def test_files_of_one_size_with_other_content_are_different(tmp_path):
    """Equal size is no equal content."""
    found = read_all([lens(tmp_path, "a.csv", "1"), lens(tmp_path, "b.csv", "2")])
    assert [raw.records["publication_number"][0] for raw in found] == ["1", "2"]


@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_an_archive_is_read_like_a_folder(tmp_path, kind):
    """Hidden files and paths out of the folder do no harm; names are those inside the archive."""
    first, second = lens(tmp_path), espacenet(tmp_path)
    names = {"../../a.csv": first, "__MACOSX/._a.csv": first, "d/b.csv": second}
    path = tmp_path / f"x.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(path, "w") as packed:
            for name, source in names.items():
                packed.write(source, name)
    else:
        with tarfile.open(path, "w:gz") as packed:
            for name, source in names.items():
                packed.add(source, name)
    assert told(read_all([path])) == [("lens", "a.csv"), ("espacenet", "b.csv")]


def test_one_export_in_an_archive_is_one_export(tmp_path):
    """A zipped CSV is read as the CSV; `read` refuses an archive of two."""
    with zipfile.ZipFile(tmp_path / "one.zip", "w") as packed:
        packed.write(lens(tmp_path), "a.csv")
    assert read(tmp_path / "one.zip").records["file"].tolist() == ["a.csv"]
    with zipfile.ZipFile(tmp_path / "one.zip", "a") as packed:
        packed.write(espacenet(tmp_path), "b.csv")
    with pytest.raises(DataError, match="holds 2 exports"):
        read(tmp_path / "one.zip")


def test_answers_of_one_service_are_one_export(tmp_path):
    """A folder with only JSON answers goes to their reader as a whole; mixed ones do not."""
    answer = (
        '{"exchange-document": {"@country": "ES", "@doc-number": "%s", "@kind": "A1", '
        '"bibliographic-data": {"invention-title": {"$": "Kiln"}}}}'
    )
    folder = tmp_path / "ops"
    folder.mkdir()
    for n in (1, 2):
        (folder / f"{n}.json").write_text(answer % n)
    found = read_all([folder])
    assert [(raw.format, raw.n_received) for raw in found] == [("ops_json", 2)]
    lens(folder)
    assert [raw.format for raw in read_all([folder])] == ["ops_json", "ops_json", "lens"]


def test_a_bulk_edition_is_one_export(tmp_path):
    """A folder with tables of a bulk edition goes to its reader, also by the named format only."""
    (tmp_path / "202001_EPO_IPC.txt").write_text("appln_id|prio_year|app_year|IPC\n")
    for format_ in ("auto", "regpat"):
        with pytest.raises(DataError):
            read_all([tmp_path], format_)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "'x.csv' cannot be read: no export of a known format. It is empty. Known formats"),
        (b"Hello\x1b[2J", r"It starts with 'Hello\x1b[2J'."),
        (b"a,b\n1,2\n", "Its columns are 'a', 'b'."),
        (b"<!DOCTYPE html>", "It starts with '<!DOCTYPE html>'."),
    ],
)
def test_what_is_no_export_is_an_error_that_shows_what_it_looks_like(tmp_path, content, message):
    """An empty file, a web page and an unknown table are told apart."""
    (tmp_path / "x.csv").write_bytes(content)
    with pytest.raises(DataError) as caught:
        read(tmp_path / "x.csv")
    assert message in str(caught.value)


def test_an_empty_folder_is_an_error(tmp_path):
    """Nothing to read is not zero records."""
    (tmp_path / "new").mkdir()
    with pytest.raises(DataError, match=r"in 'new': the folder or archive is empty\. Put the"):
        read_all(iter([tmp_path / "new"]))


def test_an_archive_of_nothing_is_an_error(tmp_path):
    """Neither are an empty zip, and one of hidden files, zero records."""
    for name, members in (("none.zip", ()), ("hidden.zip", ("__MACOSX/._a.csv", ".a.csv"))):
        with zipfile.ZipFile(tmp_path / name, "w") as packed:
            for member in members:
                packed.writestr(member, "x")
        with pytest.raises(DataError, match=f"no file to read in '{name}': the folder or archiv"):
            read_all([tmp_path / name])


def test_tables_are_given_back_when_reading_ends_in_an_error_too(tmp_path):
    """Parsed workbooks are kept between finding and reading, and no longer."""
    header = ["Publication Number", "Publication Date", "Title", "Priority Data", "Applicants"]
    xlsx(tmp_path / "a.xlsx", [header, ["EP1", "", "", "", ""]])
    with pytest.raises(DataError, match="without 'ipc'"):
        read_all([tmp_path / "a.xlsx"])
    assert sheet._read.cache_info().currsize == 0
