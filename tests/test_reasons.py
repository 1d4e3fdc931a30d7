"""Why values are not used, in the language of the page."""

import ast

import pytest
from conftest import ROOT
from test_patstat import FILES, IPC, LINK, MORE, PERSON, edition

from studylib.language import in_language, reasons
from studylib.readers.bulk import patstat

UNKNOWN = "selon le lecteur"
WRITERS = ("readers", "clean", "prepare", "files")


def marked() -> list[str]:
    """Every text that readers and cleaning mark: the reasons they write into rejects."""
    files = [path for room in WRITERS for path in (ROOT / "src/studylib" / room).rglob("*.py")]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in files]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    texts = [c.args[0].value for c in calls if getattr(c.func, "id", "") == "mark"]
    return sorted(set(texts))


def test_reasons_are_marked_where_they_are_written():
    """A reason of each kind of writer is among them; none is repeated in a list elsewhere."""
    assert {
        "no export of a known format", "rows without a symbol", "outside the study's areas",
        "not a date", "several symbols in one value", "NUL character", "not a year",
    } <= set(marked())  # fmt: skip


@pytest.mark.parametrize("code", ["es", "eu", "fr"])
@pytest.mark.parametrize("reason", [*marked(), "9 cells instead of 12"])
def test_every_reason_has_a_translation(reason, code):
    """What readers and cleaning write in English reaches the page in its language."""
    with in_language(code):
        said = reasons.in_words(reason)
        assert said != reason
        assert said != reasons._("as the reader says: {reason}", reason=reason)


def test_reasons_of_counted_rows_are_known_too(tmp_path):
    """PATSTAT's links that lead nowhere, each with its reason."""
    bad = edition(
        tmp_path / "e", FILES | MORE, tls206=PERSON + '1,"AZKEN","",ES,ES211,3\n',
        tls207=LINK + "1,5,1,0\n99,7,2,0\n1,7,0,0\n1,600,1,0\n", tls209=IPC + "5,,A,,I,F,ES\n",
    )  # fmt: skip
    found = set(patstat.read(bad).rejects["reason"])
    assert {"rows that repeat another row", "rows that are neither applicant nor inventor"} <= found
    with in_language("fr"):
        assert not [r for r in found if reasons.in_words(r).startswith(UNKNOWN)]


def test_values_of_the_export_stay_as_they_are():
    """The gap of a form holds anything, braces and line ends too."""
    with in_language("fr"):
        said = reasons.in_words("classification that is neither IPC nor CPC: {F}\nI")
    assert said.endswith("{F}\nI")
    assert not said.startswith(UNKNOWN)


def test_what_nobody_translated_says_so():
    """The reader's own words, in its English, marked as such in another language."""
    assert reasons.in_words("odd {thing}") == "odd {thing}"
    with in_language("fr"):
        assert reasons.in_words("odd {thing}") == "selon le lecteur\u202f: odd {thing}"
