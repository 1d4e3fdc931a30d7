"""Text is read as it was meant, by one rule in every reader, and what was touched is counted."""

import html
import json

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_studies import COUNTING, FRANCE, PERIOD, SOURCES, SPAIN, study_file
from test_patstat import FILES, MORE
from test_patstat import edition as patstat_edition
from test_regpat import EPO
from test_regpat import edition as regpat_edition

from studylib import readers
from studylib.diversify import corpus
from studylib.errors import DataError, UsageError
from studylib.files import hand_kept, wording
from studylib.ket import rules
from studylib.prepare import canonical
from studylib.study.model import load
from studylib.study.register import load_register
from studylib.survey import codebook, published_claims, table
from studylib.survey.codebook import Codebook
from studylib.survey.notes import MENDED

MANGLED = "García".encode().decode("cp1252")
NASTY = f"AT&amp;T {MANGLED} \u202eSA\u00ad \x1b[2J\x1b]0;x\x07"
MEANT = "AT&T García SA"
EACH_ONCE = {wording.HTML: 1, wording.UNDONE: 1, wording.INVISIBLE: 1}
TEXTS = {
    "Johnson &amp;amp; Johnson": "Johnson & Johnson",
    "M&eacute;nage, d&#39;Or&#x20;SA": "Ménage, d'Or SA",
    "AT&T; R&D; Smith&Co;": "AT&T; R&D; Smith&Co;",
    "MARÍA".encode().decode("latin-1"): "MARÍA",
    "BRÄNN, naïve, São «Âge»": "BRÄNN, naïve, São «Âge»",
    "Acme\u200b\u200f \ufeffSA": "Acme SA",
    "a\x1b[2Jb\x1b[31;1mc\x07\x9b": "abc",
    "one\u2028two\nthree\tfour": "one\ntwo\nthree\tfour",
    "&#8238;x": "x",
    "日本 & Ελλάς": "日本 & Ελλάς",
}


@pytest.mark.parametrize(("said", "meant"), TEXTS.items())
def test_a_text_is_read_as_it_was_meant(said, meant):
    """HTML, wrong encodings and signs nobody sees are undone; ordinary words stay."""
    assert wording.text(said) == meant
    assert wording.text(meant) == meant
    assert wording.column(pa.array([said, None]))[0].to_pylist() == [meant, None]


@given(st.lists(st.none() | st.text(max_size=12), max_size=4))
def test_a_column_is_read_as_its_texts(texts):
    """The fast way over a column gives what reading text by text gives."""
    found, _ = wording.column(pa.array(texts, pa.string()))
    assert found.to_pylist() == [None if said is None else wording.text(said) for said in texts]


@given(st.text(max_size=30))
def test_nothing_invisible_is_left(said):
    """Whatever comes in, no command to a terminal and no direction mark comes out."""
    assert wording.UNSEEN.search(wording.text(said)) is None


def lens(folder):
    path = folder / "a.csv"
    path.write_text(
        "Lens ID,Publication Number,Jurisdiction,Applicants,Title,IPCR Classifications\n"
        f'1,EP1,EP,"{NASTY};;Two","x",H01L31/042\n'
    )
    return path


def ops(folder):
    name = {"applicant-name": {"name": NASTY}}
    path = folder / "a.json"
    path.write_text(json.dumps({"exchange-document": {
        "@country": "EP", "@doc-number": "1", "@kind": "A1",
        "bibliographic-data": {
            "publication-reference": {"document-id": {"country": "EP", "doc-number": "1"}},
            "classifications-ipcr": {"classification-ipcr": {"text": "H01J 37/32 20060101AFI"}},
            "parties": {"applicants": {"applicant": [
                {**name, "@data-format": "docdb"}]}},
        },
    }}))  # fmt: skip
    return path


def docdb(folder):
    said = html.escape(NASTY.replace("\x1b[2J\x1b]0;x\x07", "\u200b"))
    path = folder / "a.xml"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><exch:exchange-documents '
        'xmlns:exch="http://www.epo.org/exchange"><exch:exchange-document country="EP" '
        'doc-number="1" kind="A1"><exch:bibliographic-data><exch:classifications-ipcr>'
        "<classification-ipcr><text>H01J 37/32</text></classification-ipcr>"
        "</exch:classifications-ipcr><exch:parties><exch:applicants><exch:applicant "
        'data-format="docdb"><exch:applicant-name><name>' + said + "</name>"
        "</exch:applicant-name></exch:applicant></exch:applicants></exch:parties>"
        "</exch:bibliographic-data></exch:exchange-document></exch:exchange-documents>",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize("export", [lens, ops, docdb])
def test_every_reader_mends_by_the_same_rule_and_counts(tmp_path, export):
    """A list, an answer and a delivery give the same name, and say what they did to it."""
    raw = readers.read(export(tmp_path))
    assert raw.parties["raw_name"].str.strip().tolist()[0] == MEANT
    assert {what: raw.repairs[what] for what in EACH_ONCE} == EACH_ONCE


def test_a_list_is_taken_apart_after_its_html(tmp_path):
    """The `;` of `&amp;` stands between no names."""
    path = tmp_path / "a.csv"
    path.write_text("Publication Number,Priority Data,IPC,Applicants\nEP1,,H01L,A &amp; B;C\n")
    assert readers.read(path).parties["raw_name"].tolist() == ["A & B", "C"]


def test_a_list_kept_by_hand_is_corrected_by_its_keeper(tmp_path):
    """Signs nobody sees are blanks; mangled characters are an error that says what they mean."""
    path = tmp_path / "a.csv"
    path.write_text("name\nAcme\u200b\n")
    assert hand_kept.read(path, ("name",))["name"].tolist() == ["Acme"]
    path.write_text(f"name\nAcme\n{MANGLED}\n")
    with pytest.raises(DataError, match=r"mangled in 1 row: row 3 \(.*: it means 'García'\)"):
        hand_kept.read(path, ("name",))


def test_a_survey_notes_what_it_mended(tmp_path):
    """Answers are mended by the same rule, counted per column."""
    book = Codebook.model_validate({
        "respondent": "id", "territory": "side", "territories": {"N": "North"}, "comments": ["why"],
        "option": [{"domain": "training", "label": "Training", "column": "training"}],
    })  # fmt: skip
    path = tmp_path / "a.csv"
    path.write_text(f"id,side,training,why\n1,N,Y,{MANGLED} &amp; co\n2,N\u200b,Y,ok\n")
    export = table.read(path, book)
    assert export.cells["why"].tolist() == ["García & co", "ok"]
    assert export.notes.to_numpy().tolist() == [
        ["column", "side", 1, MENDED], ["column", "why", 1, MENDED]
    ]  # fmt: skip


@pytest.mark.parametrize("sign", ["\\u202e", "\\u001b[2J", "\u200f"])
def test_a_study_file_names_nothing_by_signs_nobody_sees(tmp_path, sign):
    """Titles and names stand on pages and in tables: whoever wrote them takes the sign out."""
    path = study_file(tmp_path, PERIOD, COUNTING, SPAIN, FRANCE, SOURCES,
                      head=f'id = "x"\ntitle = "A{sign} study"\n')  # fmt: skip
    with pytest.raises(UsageError, match=r"a character that nobody sees \(U\+"):
        load(path)


UNSEEN = "\u202e\u00ad\u200b"
BOOK = """
question = "Wh@at?"
territory = "q@"
[territories]
"Aqui@taine" = "Aquitaine"
[[option]]
domain = "training"
column = "For@mation"
label = {en = "Trai@ning", fr = "Forma@tion"}
also = ["cou@rses"]
"""
CLAIMS = """
[[claim]]
id = "a"
kind = "count"
topic = "patents"
territory = "A@"
value = 3
wording = "tr@ois"
in_en = "th@ree"
citation = "p@. 3"
"""
SCHEME = 'id = "ours"\ntitle = "Ou@rs"\nsource = "who@"\n[ket.batteries]\nen = "Batte@ries"\n'
REGISTER = """
[[source]]
id = "a"
title = {en = "Ti@tle"}
producer = "who@"
licence = "CC@ BY"
date = "2@020"
synthetic = false
what_it_is = "this@"
what_it_is_not = "th@at"
citation = "him@"
caption = {en = "Capt@ion"}
files = ["a.csv"]
[source.sha256]
"""


def of_scheme(path):
    """All that a scheme says: what it is called, and its rules."""
    found = rules.load_scheme(path.with_suffix(".csv"))
    return f"{found}{found.rules.to_csv()}"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (BOOK, lambda path: codebook.load(path).model_dump_json()),
        (CLAIMS, lambda path: published_claims.claims(path).to_json(force_ascii=False)),
        (SCHEME, of_scheme),
        (REGISTER, lambda path: load_register(path).model_dump_json()),
    ],
    ids=["codebook", "claims", "scheme", "register"],
)
def test_a_file_kept_by_hand_holds_no_sign_that_nobody_sees(tmp_path, text, read):
    """Whatever is shown of it, keys and lists too; it says the same as without them."""
    plain, marked = tmp_path / "plain" / "a.toml", tmp_path / "marked" / "a.toml"
    for path, sign in ((plain, ""), (marked, UNSEEN)):
        path.parent.mkdir()
        path.write_text(text.replace("@", sign), encoding="utf-8")
        path.with_suffix(".csv").write_text(
            f"ket,rule,symbol,level,source\nbatteries,include,H01M,subclass,le{sign}af 3\n"
        )
    assert "@" not in read(plain)
    assert read(marked) == read(plain)


def test_a_corpus_kept_by_hand_has_regions_by_what_is_seen(tmp_path):
    """Two spellings that look alike are one region."""
    path = tmp_path / "corpus.csv"
    path.write_text(f"region,technology,n\nPau,H01L,1\nP{UNSEEN}au,H01M,2\n", encoding="utf-8")
    assert corpus.whole(path).loc["Pau"].to_dict() == {"H01L": 1, "H01M": 2}


def test_the_name_of_a_file_is_left_as_it_is():
    """What a file is called may hold anything."""
    assert wording.bare({"files": [f"a{UNSEEN}"], "title": f"a{UNSEEN}", "n": 1}) == {
        "files": [f"a{UNSEEN}"],
        "title": "a",
        "n": 1,
    }


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\u00ad", "\x1b[2J"])
def test_no_table_of_a_bulk_edition_holds_a_sign_that_nobody_sees(tmp_path, sign):
    """Numbers, names, titles, regions, symbols, and what was rejected of them."""
    regional = {
        name: text.replace("ADOUR", f"AD{sign}OUR").replace("03008526", f"0300{sign}8526")
        .replace("EP1340001", f"EP13{sign}40001").replace("FR615", f"FR{sign}615")
        .replace("B82Y0030", f"B82{sign}Y0030")
        for name, text in EPO.items()
    }  # fmt: skip
    worldwide = {
        name: text.replace("ISAR", f"IS{sign}AR").replace("200300017", f"2003{sign}00017")
        .replace("Cell", f"C{sign}ell").replace("2200009", f"22000{sign}09")
        .replace("B82Y", f"B8{sign}2Y")
        for name, text in {**FILES, **MORE}.items()
    }  # fmt: skip
    exports = [regpat_edition(tmp_path / "r", regional), patstat_edition(tmp_path / "p", worldwide)]
    for export in exports:
        whole = canonical(readers.read_all([export]))
        for name, found in whole.tables.items():
            assert wording.UNSEEN.search(found.to_csv()) is None, name
