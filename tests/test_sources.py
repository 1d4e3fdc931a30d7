"""The register of inputs: complete, true to its files, and clear about what is synthetic."""

import re
import runpy
import shutil
import sys

import pandas as pd
import pytest
from conftest import ROOT

from studylib.errors import DataError
from studylib.study import sources

RAW = ROOT / "data" / "raw"
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # sha256 of no bytes
BLOCK = """\
# Kept: a comment of the register.

[[source]]
id = "{id}"
title = "Title"
producer = "us"
licence = "CC BY 4.0"
date = "2013"
synthetic = {synthetic}
what_it_is = "a table"
what_it_is_not = "anything else"
citation = "Us (2013)"
caption = {{ en = "Source: us", fr = "Source : nous" }}
files = ["{files}"]
[source.sha256]
"""


def registered(folder, *, files="a.csv", sums="", source_id="tiny", synthetic="false"):
    """A folder with two empty files and a register that names some of them."""
    for name in ("a.csv", "sub/b.csv"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"")
    path = folder / "sources.toml"
    path.write_text(BLOCK.format(id=source_id, files=files, synthetic=synthetic) + sums, "utf-8")
    return path


def test_the_register_is_up_to_date_with_data_raw():
    """Every file of data/raw is in one entry, unchanged; otherwise run sources --update."""
    register = sources.load_register(RAW / "sources.toml")
    registered = {file: sha for entry in register.source for file, sha in entry.sha256.items()}
    assert {file: sources.checksum(RAW / file) for file in registered} == registered
    sources.check(register, RAW)
    assert sources.unregistered(register, RAW) == []


def test_only_the_demonstration_is_synthetic():
    """Exactly the entries under demo/ are made up."""
    register = sources.load_register(RAW / "sources.toml")
    made_up = {entry.id for entry in register.source if entry.synthetic}
    assert made_up == {"demo_regpat", "demo_themes", "demo_survey"}
    assert all(f.startswith("demo/") for e in register.source if e.synthetic for f in e.sha256)


def test_every_entry_has_captions_in_every_language():
    """A caption and a title are there in each language of the default study, each its own."""
    for entry in sources.load_register(RAW / "sources.toml").source:
        for texts in (entry.caption, entry.title):
            assert set(texts) == {"en", "es", "eu", "fr"}, entry.id
            assert len(set(texts.values())) == 4, entry.id


def test_the_default_export_is_known_by_its_folder():
    """The study's source is a folder; its entry carries the banner."""
    register = sources.load_register(RAW / "sources.toml")
    entry = sources.entry_for(RAW / "demo" / "regpat", "regpat", register, RAW)
    assert (entry.id, entry.synthetic, entry.registered) == ("demo_regpat", True, True)
    assert register.is_synthetic("demo_regpat")


def test_made_up_records_stay_made_up_wherever_they_are_copied_to(tmp_path):
    """A study without a register still says so; any other file is taken for real."""
    copied = shutil.copytree(RAW / "demo" / "regpat", tmp_path / "mine")
    assert sources.describe(copied, "regpat").synthetic
    with (copied / "DEMO_REGIONS.txt").open("a") as file:
        file.write("x")
    assert sources.describe(copied, "regpat").synthetic  # its other files are as they were
    assert not sources.describe(copied / "DEMO_REGIONS.txt", "regpat").synthetic


def test_an_entry_is_found_by_file_and_not_by_a_name_that_begins_alike(tmp_path):
    """`sub` holds `sub/b.csv`; `su` and files elsewhere hold nothing of it."""
    path = registered(tmp_path, files="sub/*.csv", sums=f'"sub/b.csv" = "{EMPTY}"\n')
    register = sources.load_register(path)
    assert register.find(tmp_path / "sub" / "b.csv", tmp_path).id == "tiny"
    assert register.find(tmp_path / "sub", tmp_path).id == "tiny"
    assert register.find(tmp_path / "su", tmp_path) is None
    assert register.find(tmp_path.parent / "sub", tmp_path) is None


def test_an_unchanged_folder_passes(tmp_path):
    """The sum of no bytes is the sum of an empty file."""
    register = sources.load_register(registered(tmp_path, sums=f'"a.csv" = "{EMPTY}"\n'))
    sources.verify(register, tmp_path)
    assert sources.unregistered(register, tmp_path) == ["sub/b.csv"]


def test_a_changed_file_is_named(tmp_path):
    """One byte more, and the message names the file and what to do."""
    register = sources.load_register(registered(tmp_path, sums=f'"a.csv" = "{EMPTY}"\n'))
    (tmp_path / "a.csv").write_bytes(b"x")
    with pytest.raises(DataError, match=r"1 file changed since being registered: 'a\.csv'"):
        sources.verify(register, tmp_path)


def test_a_missing_file_is_named(tmp_path):
    """A registered file that is gone stops the study."""
    register = sources.load_register(registered(tmp_path, sums=f'"a.csv" = "{EMPTY}"\n'))
    (tmp_path / "a.csv").unlink()
    with pytest.raises(DataError, match=r"1 registered files are missing: 'a\.csv'"):
        sources.verify(register, tmp_path)


def test_a_file_in_no_entry_is_named_but_hidden_files_are_not(tmp_path):
    """What lies in data/raw must be registered; what tools hide there is no input."""
    register = sources.load_register(registered(tmp_path, sums=f'"a.csv" = "{EMPTY}"\n'))
    (tmp_path / ".gitkeep").write_bytes(b"")
    with pytest.raises(DataError, match=r"1 file is in no source: 'sub/b\.csv'"):
        sources.check(register, tmp_path)


def test_update_writes_sums_and_nothing_else(tmp_path):
    """Comments and words stay; sums of files that are gone or changed are replaced."""
    path = registered(tmp_path, files="*/b.csv", sums=f'"old.csv" = "{"0" * 64}"\n')
    before = path.read_text("utf-8")
    assert sources.update(path) == ["old.csv", "sub/b.csv"]
    expected = re.sub(r'"old.csv" = .*', f'"sub/b.csv" = "{EMPTY}"', before)
    assert path.read_text("utf-8") == expected
    assert sources.update(path) == []


def test_update_refuses_an_entry_without_files(tmp_path):
    """An entry that names nothing is a mistake of the register."""
    path = registered(tmp_path, files="none/*.csv")
    with pytest.raises(DataError, match="'tiny' names no file that exists: 'none"):
        sources.update(path)


@pytest.mark.parametrize("name", ["/etc/hosts", "../a.csv", "sub/../../a.csv", "C:a.csv", "a\\\\b"])
def test_a_register_cannot_point_outside_its_folder(tmp_path, name):
    """Absolute names, drives and steps upwards are refused."""
    with pytest.raises(DataError, match="is not a path below the register's folder"):
        sources.load_register(registered(tmp_path, files=name))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("source = [", "'sources.toml' cannot be read as TOML"),
        ("[[source]]\nid = 'x'", r"'sources.toml' has 10 mistakes; first: `source.0.title`"),
        ("sauce = 1", "`source`: missing"),
    ],
)
def test_a_register_that_cannot_be_used_says_where(tmp_path, text, message):
    """The file, the number of mistakes and the first key."""
    (tmp_path / "sources.toml").write_text(text, "utf-8")
    with pytest.raises(DataError, match=message):
        sources.load_register(tmp_path / "sources.toml")


def test_two_entries_of_one_id_are_refused(tmp_path):
    """An id stands for one source."""
    path = registered(tmp_path)
    path.write_text(path.read_text("utf-8") + "\n" + path.read_text("utf-8"), "utf-8")
    with pytest.raises(DataError, match="two sources have the same id: 'tiny'"):
        sources.load_register(path)


def test_a_missing_register_and_an_unknown_id_are_named(tmp_path):
    """Both messages quote what was asked for."""
    with pytest.raises(DataError, match=r"There is no register of inputs 'sources\.toml'"):
        sources.load_register(tmp_path / "sources.toml")
    register = sources.load_register(registered(tmp_path))
    with pytest.raises(
        DataError, match=r"There is no source 'tinny' in the register\. Known: 'tiny'"
    ):
        register.entry("tinny")


def test_an_export_nobody_registered_gets_an_honest_entry(tmp_path):
    """Format, name and sums of a user's file; licence and producer are not invented."""
    (tmp_path / "mine.csv").write_bytes(b"")
    entry = sources.entry_for(tmp_path / "mine.csv", "lens", None, tmp_path)
    assert (entry.id, entry.synthetic, entry.registered) == ("lens:mine.csv", False, False)
    assert entry.licence == "as the producer states"
    assert entry.sha256 == {"mine.csv": EMPTY}


def test_an_unregistered_folder_counts_with_all_its_files(tmp_path):
    """A folder's entry holds every file below it, whatever the order on disk."""
    registered(tmp_path / "export")
    entry = sources.describe(tmp_path / "export", "regpat")
    assert list(entry.sha256) == ["export/a.csv", "export/sources.toml", "export/sub/b.csv"]


def test_an_empty_folder_is_no_source(tmp_path):
    """Nothing to read is said at once."""
    with pytest.raises(DataError, match="holds no file"):
        sources.describe(tmp_path, "regpat")


def test_the_command_updates_and_checks(tmp_path, monkeypatch, capsys):
    """`--update` counts what changed; a check alone changes nothing."""
    path = registered(tmp_path, files="**/*.csv")
    monkeypatch.setattr(sys, "argv", ["sources", str(path), "--update"])
    runpy.run_path(sources.__file__, run_name="__main__")
    assert capsys.readouterr().out == "2 checksums changed\n1 sources, all files as registered\n"
    sources.main([str(path)])
    assert capsys.readouterr().out == "1 sources, all files as registered\n"


def test_the_command_ends_with_the_code_of_a_data_error(tmp_path, capsys):
    """A scheduled run sees code 10 and one sentence, no traceback."""
    path = registered(tmp_path, sums=f'"a.csv" = "{"0" * 64}"\n')
    with pytest.raises(SystemExit) as ended:
        sources.main([str(path)])
    assert ended.value.code == 10
    assert "changed since being registered" in capsys.readouterr().err


def test_every_sector_of_a_cluster_has_a_row_in_the_sector_table():
    """No cluster has a sector the table does not know; tourism is there and has no patents."""
    clusters = pd.read_csv(RAW / "clusters.csv", keep_default_na=False)
    table = pd.read_csv(RAW / "rules" / "sectors.csv", keep_default_na=False, dtype=str)
    used = {sector for sectors in clusters["sectors"] for sector in sectors.split(";")}
    assert used - set(table["sector"]) == set()
    assert table.loc[table["sector"] == "tourism", ["ipc", "ket"]].to_numpy().tolist() == [["", ""]]
    assert set(table["certainty"]) == {"certain", "likely", "weak"}
    assert (table["reason"].str.len() > 10).all()


def test_symbols_of_sectors_are_in_the_ipc():
    """Every class of a sector is one of the WIPO table of fields, written once per sector."""
    table = pd.read_csv(RAW / "rules" / "sectors.csv")
    fields = pd.read_csv(RAW / "rules" / "wipo35_2019.csv", dtype=str)
    known = set(fields["symbol"].str[:3])
    assert set(table["ipc"].dropna().str[:3]) <= known
    assert not table.duplicated(["sector", "ipc", "ket"]).any()


def test_clusters_show_where_they_come_from():
    """26 organisations of both territories, each with evidence and source."""
    clusters = pd.read_csv(RAW / "clusters.csv", keep_default_na=False)
    assert clusters["territory"].value_counts().to_dict() == {"Euskadi": 13, "Aquitaine": 13}
    assert clusters["cluster_id"].is_unique
    assert (clusters["source"] != "").all()
    assert clusters["evidence"].str.match(r"seen|recalled").all()
    assert clusters["members"].eq("").all()


@pytest.mark.shared
def test_the_clusters_are_those_of_the_facts(shared):
    """The project's list names the organisations of the facts, none added and none lost."""
    facts = pd.read_csv(shared / "facts" / "clusters.csv").set_index("cluster")
    own = pd.read_csv(RAW / "clusters.csv").set_index("cluster_id")
    columns = ["name", "territory", "place"]
    # The facts have an office of these two; the press names the head office.
    facts.loc[["agri_sudouest", "aerospace_valley"], "place"] = "Toulouse"
    assert own[columns].to_dict("index") == facts[columns].to_dict("index")
    first = own["sectors"].str.split(";").map(set)
    assert all(facts.loc[name, "sector"] in sectors for name, sectors in first.items())


def test_an_export_in_no_register_is_called_one_in_every_language(tmp_path):
    """As the catalogues say it; the caption names the file."""
    (tmp_path / "mine.csv").write_text("x", encoding="utf-8")
    entry = sources.describe(tmp_path / "mine.csv", "lens")
    assert entry.title == {
        "en": "The study's own file (lens)", "es": "Archivo propio del estudio (lens)",
        "eu": "Azterlanaren fitxategi propioa (lens)", "fr": "Fichier propre à l’étude (lens)",
    }  # fmt: skip
    assert entry.caption["es"] == "Fuente: archivo propio del estudio, mine.csv (lens)"


def test_a_folder_called_like_its_format_is_named_once(tmp_path):
    """`regpat (regpat)` says nothing more than regpat."""
    (tmp_path / "regpat").mkdir()
    (tmp_path / "regpat" / "a.txt").write_text("x", encoding="utf-8")
    entry = sources.describe(tmp_path / "regpat", "regpat")
    assert entry.caption["en"] == "Source: the study's own file regpat"
    assert entry.caption["es"] == "Fuente: archivo propio del estudio, regpat"


def test_every_table_of_the_project_is_as_wide_as_its_head():
    """A comma that stands in a text without quotes would push every later text one column on."""
    import csv

    uneven = []
    for path in [RAW / "clusters.csv", *sorted(RAW.glob("*/*.csv"))]:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(line for line in file if not line.startswith("#"))
            widths = {len(row) for row in rows if row}
        if len(widths) > 1:
            uneven.append(path.name)
    assert uneven == []


def test_no_seat_is_another_than_its_own_source_tells():
    """Who has its head office in Toulouse is called there, and not in the office nearby."""
    path = ROOT / "data" / "raw" / "clusters.csv"
    rows = pd.read_csv(path, dtype="str", keep_default_na=False)
    told = rows["source"].str.extract(r"head office ([^;:)]+)")[0]
    assert told.notna().sum() == 3
    assert (rows.loc[told.notna(), "place"] == told.dropna()).all()
