"""The rules on sectors: which patents are those of a sector, and which sectors have none."""

import pandas as pd
import pytest

from studylib.errors import DataError
from studylib.language import given, in_language, languages
from studylib.network import sectors


def made(tmp_path, *rows, head="sector,ipc,reason"):
    path = tmp_path / "sectors.csv"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    return sectors.read(path)


def test_a_sector_has_the_symbols_of_its_rows(tmp_path):
    """One row per class, subclass or main group; without one the sector does not patent."""
    found = made(tmp_path, "health,A61,x", "health,G16H20,y", "", "tourism,,z").rules
    assert found["sector"].tolist() == ["health", "health", "tourism"]
    assert found["ipc"].fillna("").tolist() == ["A61", "G16H 20", ""]


@pytest.mark.parametrize(("mine", "theirs"), [("B63", "B63"), ("B63", "B63B"), ("B63B 32", "B63")])
def test_two_sectors_take_the_same_patents_only_where_the_file_says_so(tmp_path, mine, theirs):
    """Else two rows of a table would show one set of patents as two."""
    head = "sector,ipc,shared_with"
    with pytest.raises(DataError, match="1 pair of sectors would count the same patents: 'sport"):
        made(tmp_path, f"sport,{mine},", f"ships,{theirs},", head=head)
    known = made(tmp_path, f"sport,{mine},Ships", f"ships,{theirs},", head=head)
    assert known.shared({"sport"}, {"ships"}) == sorted({mine, theirs})
    assert known.shared({"ships"}, {"sport"}) == sorted({mine, theirs})


def test_neighbours_in_the_ipc_share_nothing(tmp_path):
    """Main group 3 is not main group 32, whatever the text begins with."""
    known = made(tmp_path, "sport,B63B 3,", "ships,B63B 32,", "rail,B61,", head="sector,ipc,reason")
    assert known.shared({"sport"}, {"ships", "rail"}) == []


def test_the_rules_share_what_they_say_and_nothing_else():
    """Surfboards are in the class of ships; every other sector has patents of its own."""
    known = sectors.read()
    every = sorted(known.known)
    shared = {(a, b) for a in every for b in every if a < b and known.shared({a}, {b})}
    assert shared == {("maritime", "sport")}
    assert [known.technologies_of({key}) for key in ("aeronautics", "maritime", "automotive")] == [
        {"B64"}, {"B63"}, {"B60", "B62"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("health,A61,x", "health,61,x"), r"`ipc` is no class .*32\) of the .*: row 3 \('61'\)"),
        (("health,A61B 5/00,x",), r"`ipc` is no class .* in 1 row: row 2 \('A61B 5/00'\)"),
        (("health,A61,x", "health,A61,y"), "1 row stands twice: 'health'"),
        ((",A61,x",), r"1 row has no `sector`: row 2 \('A61, x'\)"),
        (("health,A61,x", 'ict,H04,"y'), "1 row cannot be read: row 3"),
    ],
)
def test_a_wrong_rule_is_refused(tmp_path, rows, said):
    """A symbol is one, a rule stands once, and none is lost: the error names the file and row."""
    with pytest.raises(DataError, match=rf"'sectors\.csv': .*{said}"):
        made(tmp_path, *rows)


def test_every_rule_has_a_reason_and_a_source():
    """The choice is ours and says so, row by row."""
    assert sectors.read().rules[["reason", "source", "certainty"]].notna().all(axis=None)


def test_services_and_new_sectors_are_told_apart():
    """Tourism is known not to patent; of steel no rule speaks."""
    known, stated = sectors.read(), ["health", "steel", "tourism"]
    assert known.services(stated) == ["tourism"]
    assert known.unknown(stated) == ["steel"]
    assert known.technologies_of(["steel", "tourism"]) == set()
    assert {"A61B", "C07K"} <= known.technologies_of(stated)


def test_a_sector_that_is_a_ket_is_told_by_it(tmp_path):
    """Not by a symbol besides: the sector has the same patents as the KET on every page."""
    head = "sector,ipc,ket"
    assert made(tmp_path, "light,,photonics", head=head).technologies_of({"light"}) == {
        "ket:photonics"
    }
    with pytest.raises(DataError, match="1 row has an `ipc` and a `ket`: row 2"):
        made(tmp_path, "light,G02B,photonics", head=head)


def test_lists_of_services_and_lists_without_a_rule_are_told_apart():
    """A list is of services if all of it is; not told where what is known has no symbol."""
    lists = pd.Series(["health;steel", "tourism", "steel;tourism", "steel"])
    known = sectors.read()
    assert known.in_services(lists).tolist() == [False, True, False, False]
    assert known.not_told(lists).tolist() == [False, False, True, True]


def test_a_sector_is_named_by_its_rules(tmp_path):
    """In the language of the page, from any of its rows; else in English, else by its key."""
    head = "sector,ipc,sector_en,Sector FR"
    rows = (
        "Machine tools,B23,Machine tools,Machine-outil",
        "machine_tools,B24,,",
        "steel,C21,Steel,",
    )
    known = made(tmp_path, *rows, head=head)
    with in_language("fr"):
        names = [known.name(key) for key in ("machine_tools", "steel", "heat_pumps")]
    assert names == ["Machine-outil", "Steel", "Heat pumps"]
    assert known.technologies_of({"machine_tools"}) == {"B23", "B24"}


def test_a_sector_has_one_name_in_a_language(tmp_path):
    """Two would make the page depend on the order of the rows."""
    with pytest.raises(DataError, match=r"1 sector has two names in `sector_en`: 'steel'"):
        made(tmp_path, "steel,C21,Steel", "steel,C22,Iron", head="sector,ipc,sector_en")


def test_every_sector_has_a_name_in_every_language():
    """Pages name sectors in their language, in each that has a catalogue."""
    assert given.lacking(sectors.read().names, languages()) == {}
