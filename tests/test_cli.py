"""The command line: what it says, what it writes, how it ends."""

import csv
import errno
import json
import subprocess
import sys
import zipfile

import pandas as pd
import pytest
from conftest import ROOT
from small_studies import study_file
from test_lens import export

from studylib import __main__ as cli
from studylib import prepare, tables
from studylib.farm import commands
from studylib.files import atomic
from studylib.runs.published import releases
from studylib.runs.published.compare import write_results
from studylib.study.model import load

ESCAPE = "\x1b[2J\x07"  # the bell too: colours and the like are taken out where nobody looks
ROWS = (
    {"Publication Number": "ES 2000001 A1"},
    {"Publication Number": "ES 2000002 A1", "Application Number": "ES 200400002 A",
     "Title": "@SUM(A1)", "IPCR Classifications": "H01L31/042"},
    {"Publication Number": "ES 2000003 A1", "Application Number": "ES 200400003 A",
     "IPCR Classifications": ""},
)  # fmt: skip


def run(capsys, monkeypatch, *arguments):
    """Exit code, output and errors of the command."""
    monkeypatch.setattr(sys, "argv", ["studylib", *map(str, arguments)])
    try:
        cli.main()
        code = 0
    except SystemExit as end:
        code = end.code or 0
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return code, said.out, said.err


@pytest.fixture
def command(capsys, monkeypatch):
    """`command("read", ...)`: exit code, output, errors."""
    return lambda *arguments: run(capsys, monkeypatch, *arguments)


@pytest.fixture
def lens(tmp_path):
    """An export of three applications, one of them without IPC."""
    return export(tmp_path / "lens.csv", *ROWS)


def test_reading_does_only_what_reading_needs(lens, tmp_path):
    """No rules of technology, no study files; garbage is looked for seldom, and not at the end."""
    program = (
        "import gc, sys\nfrom studylib.__main__ import main\n"
        f"sys.argv = ['studylib', 'read', {str(lens)!r}, '--out', {str(tmp_path / 'out')!r}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    print(end.code)\n"
        "idle = {'studylib.ket', 'studylib.study.model', 'scipy', 'matplotlib', 'duckdb'}\n"
        "print(sorted(idle & set(sys.modules)), gc.get_threshold()[0] > 10_000)"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert said.stdout.splitlines()[-2:] == ["0", "[] True"]


def content(folder):
    """Every file of a folder with its bytes."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_help_has_an_example_and_names_every_command(command):
    """A newcomer finds the commands, and how one is typed."""
    code, out, _ = command("--help")
    assert code == 0
    for name in ("build", "read", "tag", "check", "compare", "init"):
        assert name in out
    assert "Example: studylib read" in command("read", "--help")[1]


@pytest.mark.parametrize(
    "arguments", [("reed",), ("read",), ("read", "x.csv"), ("build", "--jobs", "0"), ("tag", "x")]
)
def test_a_command_that_does_not_exist_is_a_usage_error(command, arguments):
    """Exit code 2 and a sentence."""
    code, _, err = command(*arguments)
    assert code == 2
    assert err.strip()


def test_a_new_study_is_ready_to_edit(command, tmp_path):
    """`init` makes a valid study file and a place for exports, and never writes over one."""
    code, out, _ = command("init", tmp_path / "new")
    assert code == 0
    assert "then: studylib check" in out
    study = load(tmp_path / "new" / "study.toml")
    assert (study.id, study.territory_ids) == ("new", ["Alsace", "Freiburg"])
    code, _, err = command("init", tmp_path / "new")
    assert (code, err.startswith("studylib: There is a study in")) == (2, True)
    (tmp_path / "file").write_text("x")
    assert command("init", tmp_path / "file")[0] == 2


def test_read_writes_tables_and_prints_the_funnel(command, lens, tmp_path):
    """Every table of the contract that needs no study; how many came in and remain."""
    code, out, _ = command("read", lens, "--out", tmp_path / "out")
    assert code == 0
    assert [line.split()[:2] for line in out.splitlines()] == [
        ["3", "received"], ["3", "read"], ["3", "identified"], ["3", "applications"],
    ]  # fmt: skip
    assert {path.stem for path in (tmp_path / "out").iterdir()} == {
        "applications", "symbols", "parties", "families", "years", "origins", "rejects",
        "repairs", "funnel",
    }  # fmt: skip
    assert {path.stem for path in (tmp_path / "out").iterdir()} == set(prepare.TABLES)
    assert len(tables.read("applications", tmp_path / "out")) == 3


@pytest.mark.parametrize("option", [(), ("--csv",)])
def test_reading_twice_gives_the_same_bytes(command, lens, tmp_path, option):
    """Into a new folder, and over the first result."""
    for folder in ("one", "two", "two"):
        assert command("read", lens, "--out", tmp_path / folder, *option)[0] == 0
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_several_files_in_any_order_give_the_same_bytes(command, tmp_path):
    """The order on the command line, and which file holds which row, change no application."""
    a = export(tmp_path / "a.csv", *ROWS[:1])
    b = export(tmp_path / "b.csv", *ROWS[1:])
    command("read", a, b, "--out", tmp_path / "ab")
    command("read", b, a, "--out", tmp_path / "ba")
    assert content(tmp_path / "ab") == content(tmp_path / "ba")
    command("read", export(tmp_path / "all.csv", *ROWS[::-1]), "--out", tmp_path / "all")
    for name in ("applications", "symbols", "parties", "families", "years"):
        one, other = (tmp_path / folder / f"{name}.parquet" for folder in ("ab", "all"))
        assert one.read_bytes() == other.read_bytes(), name


def test_a_csv_runs_nothing_in_a_spreadsheet(command, lens, tmp_path):
    """What a spreadsheet would take for a formula is text; the names are those of Parquet."""
    command("read", lens, "--out", tmp_path / "out", "--csv")
    text = (tmp_path / "out" / "applications.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["title"] for row in rows] == ["Kiln", "'@SUM(A1)", "Kiln"]
    assert list(rows[0])[: len(tables.CONTRACTS["applications"].names)] == (
        tables.CONTRACTS["applications"].names
    )


def test_a_header_without_rows_is_read(command, tmp_path):
    """No record is no error: every table is there and empty."""
    code, out, _ = command("read", export(tmp_path / "none.csv"), "--out", tmp_path / "out")
    assert code == 0
    assert out.split()[:2] == ["0", "received"]
    assert len(tables.read("families", tmp_path / "out")) == 0


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.csv", "", 10),
        ("a.csv", "colour,size\nred,1\n", 10),
        ("a.csv", "<html><body>Please log in</body></html>", 10),
        (f"a{ESCAPE}.csv", "colour,size\nred,1\n", 10),
        ("nothing", None, 2),
        ("https://example.org/a.csv", None, 2),
    ],
)
def test_what_cannot_be_read_writes_nothing(command, tmp_path, name, text, code):
    """One sentence, an exit code, no folder, and nothing that commands the terminal."""
    path = name if "://" in name else tmp_path / name
    if text is not None:
        path.write_text(text)
    found, out, err = command("read", path, "--out", tmp_path / "out")
    assert (found, out) == (code, "")
    assert err.startswith("studylib: ")
    assert err.count("\n") == 1
    assert not {"\x1b", "\x07"} & set(err)
    assert not (tmp_path / "out").exists()


def test_an_export_is_never_written_over(command, tmp_path):
    """Exit code 2 before anything is read, by whatever name; the export is as it was."""
    path = export(tmp_path / "applications.csv", *ROWS)
    before = path.read_bytes()
    (tmp_path / "link.csv").symlink_to(path)
    scheme = tmp_path / "scheme.csv"
    scheme.write_text("ket\n")
    for arguments in (
        ("tag", path, "--out", path),
        ("tag", path, "--out", tmp_path / "link.csv"),
        ("tag", path, "--scheme", scheme, "--out", scheme),
        ("tag", tmp_path, "--out", path),
        ("read", path, "--out", tmp_path, "--csv"),
        ("read", tmp_path, "--out", tmp_path, "--csv"),
        ("read", tmp_path, "--out", ""),
    ):
        code, out, err = command(*arguments, "--format", "no format")
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert "no format" not in err
    assert (path.read_bytes(), scheme.read_text()) == (before, "ket\n")
    assert {p.name for p in tmp_path.iterdir()} == {"applications.csv", "link.csv", "scheme.csv"}
    assert command("read", path, "--out", tmp_path)[0] == 0  # Parquet is written over nothing


def test_a_file_that_was_not_finished_is_no_path_of_the_user(command, lens, tmp_path, monkeypatch):
    """Where writing fails, the folder that was named is said."""

    def full(path, _content):
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(atomic, "write", full)
    code, _, err = command("tag", lens, "--out", tmp_path / "tags.csv")
    assert (code, err) == (2, f"studylib: '{tmp_path}': No space left on device.\n")


def test_a_folder_that_cannot_be_written_is_a_sentence(command, lens, tmp_path):
    """Where a file stands in the way, or a folder is missing, the path is named."""
    (tmp_path / "file").write_text("x")
    code, _, err = command("read", lens, "--out", tmp_path / "file")
    assert code == 2
    assert "file'" in err
    assert command("tag", lens, "--out", tmp_path / "no" / "tags.csv")[0] == 2


def test_tags_are_written_as_csv(command, lens, tmp_path):
    """One row per application and KET; how many are unclassified, and the flag of the scheme."""
    code, out, _ = command("tag", lens, "--out", tmp_path / "tags.csv")
    assert code == 0
    assert out == (
        "1 of 2 applications with IPC carry a KET; 1 without IPC are unclassified. Scheme: Six key "
        "enabling technologies by IPC symbols (EC feasibility study 2012, unverified "
        "transcription) (NOT verified against its printed source). Written to tags.csv.\n"
    )
    tags = pd.read_csv(tmp_path / "tags.csv")
    assert set(tags["application_id"]) == {"ES20040000002"}
    assert {"micro_nano_electronics"} <= set(tags["ket"])


PUBLICATIONS = (
    {"Jurisdiction": "US", "Publication Number": "US 2009/0123456 A1",
     "Application Number": "US 85414310 A", "IPCR Classifications": "H01L31/042"},
    {"Jurisdiction": "US", "Publication Number": "US 8061647 B1",
     "Application Number": "US 85414310 A", "IPCR Classifications": "H01L31/042"},
)  # fmt: skip


@pytest.mark.parametrize("number", ["US 8061647 B1", "US8061647", "US 2009/0123456 A1"])
def test_a_publication_explains_its_application(command, tmp_path, number):
    """Any publication of it, in any spelling; the answer says which application it is."""
    path = export(tmp_path / "lens.csv", *PUBLICATIONS, ROWS[0])
    code, out, _ = command("tag", path, "--explain", number)
    assert code == 0
    assert out.splitlines()[0] == f"US20100854143 ('{number}' is a publication of it)"
    assert "H01L 31/042" in out


def test_a_number_of_an_application_and_of_a_publication_is_said(command, tmp_path):
    """The application is explained; with a kind like A1 the number can only be a publication's."""
    other = {"Publication Number": "ES 2000009 A1", "Application Number": "ES 202000001 A"}
    same = {"Publication Number": "ES 202000001 A1", "Application Number": "ES 200400009 A"}
    path = export(tmp_path / "lens.csv", other, same)
    first = command("tag", path, "--explain", "ES 202000001")[1].splitlines()[0]
    assert first == "ES20200000001 ('ES 202000001' is a publication of 'ES20040000009', too)"
    first = command("tag", path, "--explain", "ES 202000001 A1")[1].splitlines()[0]
    assert first == "ES20040000009 ('ES 202000001 A1' is a publication of it)"


def test_a_publication_of_two_applications_is_not_guessed(command, tmp_path):
    """Both are named, and the user names one of them."""
    rows = [{"Publication Number": "ES 2000001 A1", "Application Number": f"ES 20040000{n} A"}
            for n in (1, 2)]  # fmt: skip
    code, _, err = command("tag", export(tmp_path / "l.csv", *rows), "--explain", "ES 2000001 A1")
    assert code == 2
    assert "is a publication of 2 applications: 'ES20040000001', 'ES20040000002'." in err


@pytest.mark.parametrize("number", ["ES 200400002 A", "ES20040000002"])
def test_a_tag_explains_itself(command, lens, number):
    """Application, symbol, rule and source; the number may be spelled as in the export."""
    code, out, _ = command("tag", lens, "--explain", number)
    assert code == 0
    assert "H01L 31/042" in out
    assert "micro_nano_electronics" in out
    assert "NOT verified" in out


def test_no_ipc_is_unclassified(command, lens):
    """Never "no KET": nothing is known of it."""
    code, out, _ = command("tag", lens, "--explain", "ES 200400003 A")
    assert code == 0
    assert "It has no IPC symbol: unclassified, not without KET." in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--explain", "ES999"), "No application or publication 'ES999' is in these exports."),
        (("--explain", ESCAPE), "is in these exports."),
        (("--explain", "x", "--out", "y"), "Say either --out FILE or --explain APPLICATION."),
        ((), "Say either --out FILE or --explain APPLICATION."),
        (
            ("--out", "t.csv", "--match", "fuzzy"),
            "--match is 'fuzzy'; it can be exact, prefix, hierarchy.\n",
        ),
        (
            ("--explain", "ES20040000002", "--match", "both"),
            "--match is 'both'; it can be exact, prefix, hierarchy. `both` of a study file is two",
        ),
        (("--out", ""), "A path is empty."),
        (("--out", "no/t.csv"), "--out 'no/t.csv' cannot be written: 'no' is not there."),
        (("--out", "."), "--out '.' is a folder. Name a file in it, like 'tags.csv'."),
        (("--out", "t.csv", "--format", "word"), "There is no format 'word'."),
    ],
)
def test_what_tag_cannot_do_is_said(command, lens, monkeypatch, tmp_path, arguments, said):
    """Exit code 2, a sentence, no file."""
    monkeypatch.chdir(tmp_path)
    code, _, err = command("tag", lens, *arguments)
    assert code == 2
    assert said in err
    assert not {"\x1b", "\x07"} & set(err)
    assert not (tmp_path / "t.csv").exists()


def test_an_application_nearby_is_proposed(command, lens):
    """A number with another beginning and the same end is probably meant."""
    _, _, err = command("tag", lens, "--explain", "XX000002")
    assert "Near it: 'ES" in err


def test_check_says_what_a_study_rests_on(command, tmp_path):
    """Study, scheme and each export with its counts; nothing is built."""
    path = study_file(tmp_path)
    export(tmp_path / "data" / "lens.csv", *ROWS)
    code, out, _ = command("check", path)
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "study.toml: a valid study, tiny, languages en, fr."
    assert "not verified against its printed source" in lines[1]
    assert lines[2] == (
        "data: lens, 3 records received, 3 read, 0 rejected. Dates: filing 3, priority 3, "
        "publication 3."
    )


def test_check_names_the_mistake(command, tmp_path):
    """The key and what was expected."""
    path = study_file(tmp_path, head='id = "tiny"\ntitle = "T"\ncolour = "red"\n')
    code, _, err = command("check", path)
    assert code == 2
    assert "`colour` is not a key of a study" in err


@pytest.mark.parametrize("name", ["data", "data.zip"])
def test_a_source_without_a_file_is_named_by_its_key(command, tmp_path, name):
    """Right after `init` the folder is empty: the key, the path as written, and what to do."""
    command("init", tmp_path / "new")
    with zipfile.ZipFile(tmp_path / "new" / "data.zip", "w"):
        pass
    path = tmp_path / "new" / "study.toml"
    path.write_text(path.read_text().replace('path = "data"', f'path = "{name}"'))
    code, _, err = command("check", path)
    assert code == 10
    assert err == (
        f"studylib: `sources[0].path` of the study names '{name}', which holds no file. Put the "
        "patent exports there, or correct the path in the study file.\n"
    )


def test_check_takes_a_file_and_says_so(command, tmp_path):
    """Who names the folder that `init` made is told what to name."""
    command("init", tmp_path / "new")
    code, _, err = command("check", tmp_path / "new")
    assert code == 2
    assert err.endswith("is a folder, not a study file. Name the `study.toml` in it.\n")


def results(folder, study_id="s", **found):
    """A build that says what it found."""
    folder.mkdir()
    write_results(
        folder / "results.json", study=study_id, parameters={}, inputs={"a": "1"},
        method={"b": "2"}, results=found,
    )  # fmt: skip
    (folder / releases.MANIFEST).write_text(json.dumps({"files": {}}))
    return folder


def test_compare_ends_with_twelve_where_results_differ(command, tmp_path):
    """Equal builds: 0; other figures: 12 and which; texts of results command no terminal."""
    one, same = results(tmp_path / "1", n=1), results(tmp_path / "2", n=1)
    code, out, _ = command("compare", one, same)
    assert (code, out) == (0, "The two builds show the same figures and the same pages.\n")
    other = results(tmp_path / "3", n=2, name=ESCAPE)
    code, out, err = command("compare", one, other)
    assert code == 12
    assert "  n: 1 -> 2 (changed)" in out
    assert not {"\x1b", "\x07"} & set(out + err)
    assert command("compare", one, results(tmp_path / "4", "other"))[0] == 2
    assert command("compare", one, tmp_path)[0] == 2


def test_a_bug_is_not_dressed_up(command, monkeypatch):
    """Anything that is no user's mistake crashes, so that it is seen."""
    monkeypatch.setattr(commands, "app", lambda **_: (_ for _ in ()).throw(OSError("a bug")))
    with pytest.raises(OSError, match="a bug"):
        command("check")
