"""What an input may cost: it is refused before it fills the memory, and nothing waits for ever."""

import gzip
import os
import socket
import stat
import time
import tomllib
import zipfile
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from small_studies import BLOCKS, study_file

from studylib import ket, readers
from studylib.errors import DataError, StudyError, UsageError
from studylib.files import archive, csv_rows, folder, hand_kept, limits, plain, seen, toml
from studylib.readers import sniff
from studylib.study import toml_errors
from studylib.study.model import load
from studylib.survey import codebook, table

LENS = "Lens ID,Publication Number,Jurisdiction,IPCR Classifications\n1,EP1,EP,H01L31/042\n"


@contextmanager
def within(seconds):
    """A block that takes no more of a processor; what else runs beside tests is not counted."""
    before = time.process_time()
    yield
    assert time.process_time() - before < seconds


def pipe(path):
    os.mkfifo(path)
    return path


def bound_socket(path):
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))
    return path


@pytest.fixture(params=["pipe", "socket", "device"])
def endless(request, tmp_path, monkeypatch):
    """A path whose end nobody knows, by a short name (sockets have short ones)."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "e"
    if request.param == "device":
        path.symlink_to("/dev/zero")
        return path
    return pipe(path) if request.param == "pipe" else bound_socket(path)


READS = {
    "study file": load,
    "export": readers.read,
    "codebook": codebook.load,
    "rule file": ket.load_scheme,
    "list": lambda path: hand_kept.read(path, ("name",)),
    "survey": lambda path: table.read(path, SimpleNamespace(columns=())),
    "folder": lambda path: folder.files(path.parent),
}


@pytest.mark.parametrize("reads", READS.values(), ids=READS)
def test_a_pipe_a_socket_and_a_device_are_refused_at_once(endless, reads):
    """Opening a pipe waits for its other end, and a device may never end: neither is opened."""
    with within(2), pytest.raises(StudyError, match=r"is a (named pipe|socket|device)"):
        reads(endless)


@pytest.mark.parametrize(
    "key", ["claims", "clusters", "sectors", "themes", "register", "ket.scheme"]
)
def test_a_study_file_names_no_pipe(tmp_path, key):
    """Whatever key names a pipe, the sentence names the key, before anything is read."""
    pipe(tmp_path / "pipe")
    if key == "ket.scheme":
        path = study_file(tmp_path, *BLOCKS, '[ket]\nscheme = "pipe"\n')
    else:
        path = study_file(tmp_path, f'{key} = "pipe"\n', *BLOCKS)
    with pytest.raises(UsageError, match=rf"`{key}` names 'pipe', which is a named pipe"):
        load(path)


def test_a_file_that_became_a_pipe_is_gone(tmp_path):
    """What a build saw last time is looked for without opening what is no file any more."""
    path = tmp_path / "a"
    path.write_text("x")
    looked = seen.look([path])
    path.unlink()
    pipe(path)
    assert looked.changed() == [path]


def test_plain_files_and_what_is_not_there_pass(tmp_path):
    """A file, a folder and nothing are for others to look at."""
    (tmp_path / "a").write_text("x")
    assert [plain.kind(tmp_path / name) for name in ("a", "", "none")] == [None, None, None]
    assert stat.S_ISREG((tmp_path / "a").stat().st_mode)


NESTED = {
    "lists": "a = " + "[" * 5000,
    "closed lists": "a = " + "[" * 5000 + "]" * 5000,
    "tables": "a = " + "{a = " * 5000,
    "keys": ".".join("a" * 5000) + " = 1",
    "headers": "[" + ".".join("a" * 5000) + "]",
    "quoted keys": ".".join(['"a"'] * 5000) + " = 1",
}


@pytest.mark.parametrize("content", NESTED.values(), ids=NESTED)
@pytest.mark.parametrize("reads", [load, codebook.load], ids=["study file", "codebook"])
def test_brackets_within_brackets_are_a_sentence(tmp_path, content, reads):
    """5,000 nested brackets, or a chain of 5,000 keys, are no traceback and take no time."""
    path = tmp_path / "a.toml"
    path.write_text(content)
    with within(2), pytest.raises(StudyError, match="more than 50 levels deep"):
        reads(path)


def test_brackets_in_texts_and_comments_are_text(tmp_path):
    """What stands in quotes or behind # nests nothing."""
    path = tmp_path / "a.toml"
    signs = "[" * 60
    digits = "1" * 200
    path.write_text(
        f"a = \"{signs}\" # {signs} {digits}\nb = '{signs}'\nc = '''\n{signs}\n'''\n"
        f'd = """{signs}\\""""\ne = "{digits}"\n'
    )
    assert toml.read(path) == tomllib.loads(path.read_text())


def test_a_number_that_is_no_number_is_a_sentence(tmp_path):
    """Python turns no number of a million digits into one, and says so in words of its own."""
    path = tmp_path / "a.toml"
    path.write_text("a = " + "1" * 10**5)
    with pytest.raises(UsageError, match="a number of more than 100 digits"):
        load(path)


def test_a_large_study_file_is_refused_before_it_is_read(tmp_path):
    """100,000 territories are refused in a second, and so are as many codes, keys and sources."""
    spain = '[[territories]]\nname = "T{}"\ncountry = "ES"\n'
    path = study_file(tmp_path, *(spain.format(i) for i in range(10**5)))
    with within(2), pytest.raises(UsageError, match=r"holds 5 MB, more than the 1 MB"):
        load(path)


def repeated(form, n):
    return "".join(form.format(i) for i in range(n))


MANY = {
    "territories": (repeated('[[territories]]\nname = "T{}"\ncountry = "ES"\n', 20_000),
                    "expected at most 6"),
    "codes": ('[[territories]]\nname = "T"\nnuts = [' + '"ES21",' * 10**5 + "]\n",
              "expected at most 500"),
    "sources": (repeated('[[sources]]\npath = "{}"\n', 20_000), "expected at most 1000"),
    "comparison": (repeated('[[comparison]]\nname = "{}"\nnuts = ["FR61"]\n', 15_000),
                   "expected at most 100"),
    "keys": (repeated("k{} = 1\n", 50_000),
             r"50,00\d mistakes:(?s:.*)and 49,9\d\d more"),
}  # fmt: skip


@pytest.mark.parametrize(("blocks", "said"), MANY.values(), ids=MANY)
def test_too_many_of_anything_is_refused_in_a_moment(tmp_path, blocks, said):
    """What is bounded is counted before it is compared each with each."""
    path = study_file(tmp_path, blocks)
    with within(4), pytest.raises(UsageError, match=said):
        load(path)


def test_many_mistakes_are_counted_and_some_told(tmp_path):
    """A page of mistakes helps nobody: fifty are told."""
    path = study_file(tmp_path, "".join(f"k{i} = 1\n" for i in range(60)), *BLOCKS)
    with pytest.raises(UsageError) as told:
        load(path)
    assert str(told.value).count("is not a key") == toml_errors.MOST_TOLD


def read_lens(tmp_path, more):
    path = tmp_path / "a.csv"
    path.write_text(LENS + more)
    return readers.read(path)


def test_lines_of_open_quotes_take_no_square(tmp_path):
    """Every line opens a quote that never closes: each is a reject, in proportional time."""
    with within(4):
        found = read_lens(tmp_path, 'a","\n' * 20_000)
    assert (found.n_received, len(found.records), len(found.rejects)) == (20_001, 1, 20_000)


def test_lines_behind_many_open_quotes_are_read_one_by_one():
    """Once open quotes cost too much, a line that closes its own quotes is still read."""
    rows, broken = csv_rows.parse('a","\n' * 50 + '1,"2"\n', ",")
    assert rows[50] == ["1", "2"]
    assert sorted(broken) == list(range(1, 51))


def test_one_long_cell_costs_its_row(tmp_path):
    """A cell of more than a million characters is a reject; the rows around it are read."""
    found = read_lens(tmp_path, "2,EP2,EP," + "H" * (2**20 + 1) + "\n3,EP3,EP,H01S5/00\n")
    assert found.records["publication_number"].tolist() == ["EP1", "EP3"]
    assert found.rejects["reason"].tolist() == ["a cell of more than 1,048,576 characters"]


def test_a_long_symbol_is_one_value_that_is_not_read(tmp_path):
    """A classification of a million characters is read past, without a table of its width."""
    from studylib.prepare import canonical

    with within(6):
        found = canonical([read_lens(tmp_path, "2,EP2,EP," + "H" * 10**6 + "\n")])
    assert len(found["applications"]) == 2


def test_blank_lines_without_end_are_refused(tmp_path):
    """A text of line ends is refused before each becomes a row."""
    with within(2), pytest.raises(DataError, match="holds 2,000,002 lines"):
        read_lens(tmp_path, "\n" * 2_000_000)


def test_a_text_beyond_the_limit_is_not_opened(tmp_path, monkeypatch):
    """The size is asked before the bytes."""
    monkeypatch.setattr(limits, "MOST_TEXT", 2**20)
    with pytest.raises(DataError, match="holds 2 MB, more than the 1 MB"):
        read_lens(tmp_path, "x" * 2**20)


def bomb(path, data):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.csv", data)
    return path


DOCUMENT = b'<exchange-document country="FR" doc-number="1" kind="A"></exchange-document>'
BOMBS = {
    "text.zip": lambda path: bomb(path, LENS.encode() + b"x" * 2**25),
    "docdb.zip": lambda path: bomb(path, b"<exchange-documents>" + DOCUMENT * 400_000),
    "text.gz": lambda path: path.write_bytes(gzip.compress(LENS.encode() + b"\n" * 2**27)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_packs_too_well_is_refused(tmp_path, name):
    """An archive that unpacks to more than 100 times its size is refused before it is unpacked."""
    BOMBS[name](tmp_path / name)
    with within(2), pytest.raises(DataError, match="unpacks to more than 100 times its size"):
        readers.read(tmp_path / name)


def test_members_that_share_their_bytes_are_counted_together(tmp_path, monkeypatch):
    """Ten members of one packed piece are measured by the size of the archive."""
    monkeypatch.setattr(limits, "HARMLESS", 1000)
    path = bomb(tmp_path / "a.zip", b"ab" * 5000)
    with zipfile.ZipFile(path) as packed:
        infos = packed.infolist()
    honest = [SimpleNamespace(filename=str(n), file_size=9000, compress_size=100, is_dir=bool)
              for n in range(10)]  # fmt: skip
    fake = SimpleNamespace(infolist=lambda: honest)
    assert len(infos) == 1
    with pytest.raises(DataError, match="100 times its size"):
        archive._declared(path, fake, 2**29)


def test_an_archive_of_many_names_is_listed_in_no_time(tmp_path):
    """Names that stand twice are found without comparing each with each."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for n in range(5_000):
            packed.writestr(f"{n}.txt", "")
    with within(6), pytest.raises(DataError, match="holds 5,000 files; at most 1,000"):
        readers.read_all([path])


def test_many_documents_in_one_answer_are_refused(tmp_path):
    """Two million empty documents are no answer of a service."""
    path = tmp_path / "a.json"
    path.write_text(
        '{"ops:world-patent-data": {"exchange-document": ['
        + ",".join(['{"@country": "FR"}'] * 100_001)
        + "]}}"
    )
    with within(4), pytest.raises(DataError, match="holds 100,001 documents"):
        readers.read(path)


def test_empty_values_are_counted_before_they_are_made(tmp_path):
    """An answer of empty brackets is refused by its bytes: each would take twenty times its own."""
    path = tmp_path / "a.json"
    path.write_text('{"ops:world-patent-data": [' + ",".join(["[]"] * 200_000) + "]}")
    with within(2), pytest.raises(DataError, match="holds 200,002 values in 600,0"):
        readers.read(path)


def test_a_list_of_100000_organisations_is_refused_in_a_moment(tmp_path):
    """Organisations meet in pairs; nobody keeps a list of 100,000 by hand."""
    path = tmp_path / "a.csv"
    path.write_text("name,area\n" + "".join(f"Org {n},ES\n" for n in range(10**5)))
    with (
        within(2),
        pytest.raises(DataError, match="has 100,001 rows; a list kept by hand has at most 5,000"),
    ):
        hand_kept.read(path, ("name",))


def test_rules_without_end_are_refused(tmp_path, monkeypatch):
    """A scheme has as many rules as somebody can have written."""
    monkeypatch.setattr(limits, "MOST_RULES", 2)
    path = tmp_path / "a.csv"
    path.write_text("ket,rule,symbol,level\n" + "p,include,H01L,subclass\n" * 3)
    with pytest.raises(DataError, match="has 3 rows; a scheme has at most 2"):
        ket.load_scheme(path)


def test_first_looks_open_nothing_that_waits(tmp_path):
    """`head` is what every command looks with."""
    with pytest.raises(DataError, match="is a named pipe"):
        sniff.head(pipe(tmp_path / "p"))
