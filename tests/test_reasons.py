"""Why values are not used, in the language of the page."""

import ast
from pathlib import Path

import pytest
from test_patstat import FILES, IPC, LINK, MORE, PERSON, edition

from studylib import prepare
from studylib.clean import dates, ipc_spelling, numbers, nuts
from studylib.language import in_language, reasons
from studylib.prepare import parties, records
from studylib.readers import NO_EXPORT
from studylib.readers.bulk import patstat, unparsed_rows
from studylib.readers.epo import classifications, tables, versions

SOURCE = Path(reasons.__file__).parents[1]
WRITTEN = (
    NO_EXPORT, prepare.UNKNOWN_YEAR, parties.UNUSED_NAME, records.NO_NUMBER, records.NO_YEAR,
    records.EARLIER, unparsed_rows.UNREAD, *unparsed_rows.REASONS.values(),
    classifications.COMBINED, classifications.OTHER_SCHEME.format("FI"), tables.DELETED,
    tables.NOT_A_DOCUMENT, tables.NO_BIBLIOGRAPHY, tables.OTHER_YEAR,
    tables.NO_YEAR.format("filing"), tables.NO_YEAR.format("priority"),
    tables.OTHER_PLACE, tables.NO_PLACE, versions.REVOKED,
    versions.REPLACED, numbers.NO_NUMBER, dates.NO_DATE, dates.NOT_READ,
    dates.NO_SUCH_DAY, dates.AMBIGUOUS, dates.YEAR_ONLY, dates.SERIAL,
    dates.IMPOSSIBLE_YEAR, "NUL character", nuts.SPLIT, nuts.COARSER,
    ipc_spelling.NOT_A_SYMBOL, ipc_spelling.SEVERAL, ipc_spelling.CUT, ipc_spelling.NO_GROUP,
    ipc_spelling.PATTERN, ipc_spelling.NO_CLASS, ipc_spelling.NO_MAIN_GROUP, ipc_spelling.LONG,
    ipc_spelling.TAIL_UNREAD, ipc_spelling.CPC_SECTION, ipc_spelling.CPC_GROUP, "the header again",
    "9 cells instead of 12", "the file promises 3 documents and holds 2",
)  # fmt: skip
UNKNOWN = "selon le lecteur"


def of_bulk_readers() -> list[str]:
    """The reason of every note of `bulk.leave` and `bulk.leave_values` that is written out."""
    trees = [ast.parse(p.read_text(encoding="utf-8")) for p in (SOURCE / "readers").glob("*.py")]
    calls = [n for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Call)]
    notes = [c for c in calls if getattr(c.func, "attr", "") in {"leave", "leave_values"}]
    return [c.args[3].value for c in notes if isinstance(c.args[3], ast.Constant)]


@pytest.mark.parametrize("reason", sorted({*WRITTEN, *of_bulk_readers()}))
def test_a_french_page_gives_every_reason_in_french(reason):
    """What readers and cleaning write in English has a translation."""
    with in_language("fr"):
        said = reasons.in_words(reason)
    assert said != reason
    assert not said.startswith(UNKNOWN)


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
    """The reader's own words, marked as such."""
    assert reasons.in_words("odd {thing}") == "as the reader says: odd {thing}"
