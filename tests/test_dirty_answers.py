"""Dirt in single elements of OPS and DOCDB documents: what is not used is told, value by value."""

import json

import pytest
from test_docdb import delivery
from test_docdb import document as of_docdb
from test_ops_json import answer, document

from studylib import readers
from studylib.errors import DataError
from studylib.prepare import canonical
from studylib.readers.epo import docdb, ops_json
from studylib.readers.lists.damage import ERROR, FORMULA, PROTECTED, ROUNDED

NO_NAME = "an applicant or inventor without a name, left out"
NO_NUMBER = "priority claim without a number"


def read(folder, *documents):
    (folder / "a.json").write_text(json.dumps(answer(*documents)), encoding="utf-8")
    return ops_json.read(folder / "a.json")


def told(raw):
    found = raw.rejects[["row", "column", "value", "reason"]].astype(object)
    return found.where(found.notna(), None).to_numpy().tolist()


def numbered(number, **more):
    """A document whose application and priority have this number."""
    ours = {"document-id": {"country": "FR", "doc-number": number, "kind": "A"}}
    claims = {"priority-claim": ours}
    return document(**{"application-reference": ours, "priority-claims": claims, **more})


@pytest.mark.parametrize(
    ("value", "reason"), [("1,23457E+11", ROUNDED), ("#REF!", ERROR), ("=A1", FORMULA)]
)
def test_damaged_numbers_make_no_two_documents_one(tmp_path, value, reason):
    """Application, priority and family lose what a spreadsheet made of them, and say so."""
    raw = read(tmp_path, *({**numbered(value), "@family-id": value} for _ in range(2)))
    assert raw.records[["application_number", "family_id"]].isna().all(axis=None)
    assert raw.priorities["number"].isna().all()
    assert told(raw) == [
        [row, column, value, reason]
        for row in (1, 2)
        for column in ("application_number", "family_id", "priority")
    ]


def test_a_number_of_a_program_is_told_as_it_stands(tmp_path):
    """1.23457e+11 of JSON lost its digits as a number of a spreadsheet does; 123 is a number."""
    text = json.dumps(answer(numbered("N"), numbered("M")))
    text = text.replace('"N"', "1.23457E+11").replace('"M"', "98115245")
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    raw = ops_json.read(tmp_path / "a.json")
    assert raw.records["application_number"].fillna("-").tolist() == ["-", "FR 98115245 A"]
    assert told(raw)[0] == [1, "application_number", "1.23457E+11", ROUNDED]


def test_a_protected_number_of_an_answer_is_put_back(tmp_path):
    """`="03008526"` says nothing but its number."""
    raw = read(tmp_path, numbered('="03008526"'))
    assert raw.records["application_number"].tolist() == ["FR 03008526 A"]
    assert raw.repairs == {PROTECTED: 2}


def test_damaged_publications_are_no_versions_of_one(tmp_path):
    """Of two deliveries whose numbers were lost neither amends the other."""
    damaged = [of_docdb().replace('doc-number="100"', 'doc-number="#REF!"')] * 2
    path = tmp_path / "a.xml"
    path.write_text(delivery(*damaged), encoding="utf-8")
    raw = docdb.read(path)
    assert (raw.n_received, len(raw.records)) == (2, 2)
    assert told(raw) == [[row, "publication_number", "#REF!", ERROR] for row in (1, 2)]


def test_a_claim_without_a_number_is_a_claim(tmp_path):
    """Its year is that of the priority; with nothing but itself it leaves year and place open."""
    said = {"document-id": {"country": "ES", "date": "20020131"}}
    raws = [
        read(tmp_path, document(**{"priority-claims": {"priority-claim": claim}}))
        for claim in (said, {"document-id": {}})
    ]
    assert [told(raw) for raw in raws] == [
        [[1, "priority", "ES 20020131", NO_NUMBER]], [[1, "priority", None, NO_NUMBER]],
    ]  # fmt: skip
    found = [canonical([raw]) for raw in raws]
    assert [f["applications"]["priority_year"].fillna(0).tolist() for f in found] == [[2002], [0]]
    assert [f.priority_countries.tolist() for f in found] == [["ES"], [""]]


def test_a_party_nobody_names_is_told(tmp_path):
    """Blanks and commas are no name; where another list has one for the same place it is."""

    def applicant(place, form, name):
        return {"@sequence": place, "@data-format": form, "applicant-name": {"name": name}}

    listed = [applicant("1", "epodoc", "UNO SA"), applicant("2", "epodoc", " , "),
              applicant("3", "epodoc", ""), applicant("3", "original", "Tres, S.A.")]  # fmt: skip
    raw = read(tmp_path, document(parties={"applicants": {"applicant": listed}}))
    assert raw.parties["raw_name"].tolist() == ["UNO SA"]
    assert told(raw) == [[1, "applicant", None, NO_NAME]]


def test_a_cut_answer_says_so_and_an_unknown_attribute_does_nothing(tmp_path):
    """Whatever a newer service adds changes nothing; half a document is none."""
    whole = delivery(of_docdb())
    more = whole.replace("<exch:bibliographic-data>", '<new/><exch:bibliographic-data new="1">')
    found = []
    for name, text in (("a.xml", whole), ("b.xml", more)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        found.append(readers.read(tmp_path / name))
    assert found[0].records.drop(columns="file").equals(found[1].records.drop(columns="file"))
    (tmp_path / "c.xml").write_text(whole[: len(whole) // 2], encoding="utf-8")
    with pytest.raises(DataError, match="damaged or cut short; download it again"):
        readers.read(tmp_path / "c.xml")


@pytest.mark.parametrize(
    ("part", "value", "reason"),
    [
        ("country", "#REF!", "is no code of two letters"),
        ("country", "France", "is no code of two letters"),
        ("kind", "1,23457E+11", "is no kind of a document"),
        ("kind", "A1 (B)", "is no kind of a document"),
    ],
)
def test_what_is_no_office_and_no_kind_is_told(tmp_path, part, value, reason):
    """It is no part of the number; the number stays."""
    ours = {"country": "FR", "doc-number": "0309999", "kind": "A", part: value}
    raw = read(tmp_path, document(**{"application-reference": {"document-id": ours}}))
    assert told(raw) == [[1, "application_number", value, reason]]
    assert raw.records["application_number"].tolist() == [
        "0309999 A" if part == "country" else "FR 0309999"
    ]


def test_a_text_in_the_place_of_elements_is_told(tmp_path):
    """A converter that flattened parties and claims lost nothing in silence."""
    raw = read(tmp_path, document(**{"parties": "ACME [FR]", "priority-claims": "FR1"}))
    reason = "text where elements are expected, not read"
    assert told(raw) == [
        [1, "priority-claims", "FR1", reason], [1, "parties", "ACME [FR]", reason],
    ]  # fmt: skip


def test_a_list_of_parties_in_a_form_nobody_knows_is_told(tmp_path):
    """Beside a known one it is not read; alone it is."""

    def applicant(form, name):
        return {"@data-format": form, "applicant-name": {"name": name}}

    both = [applicant("epodoc", "UNO SA"), applicant("newform", "DOS SA")]
    raw = read(tmp_path, document(parties={"applicants": {"applicant": both}}))
    assert raw.parties["raw_name"].tolist() == ["UNO SA"]
    assert [row[3] for row in told(raw)] == [
        "an applicant or inventor of a list in a form nobody knows, not read"
    ]
    alone = read(tmp_path, document(parties={"applicants": {"applicant": both[1:]}}))
    assert (alone.parties["raw_name"].tolist(), told(alone)) == (["DOS SA"], [])


def test_a_value_of_a_symbol_that_is_none_is_told(tmp_path):
    """The symbol counts; whether it is inventive is not known."""
    listed = document()["bibliographic-data"]["patent-classifications"]["patent-classification"][:1]
    listed = [{**listed[0], "classification-value": value} for value in ("#REF!",)]
    raw = read(tmp_path, document(**{"patent-classifications": {"patent-classification": listed}}))
    found = canonical([raw])
    rejects = found["rejects"][["row", "column", "value", "reason"]].to_numpy().tolist()
    assert rejects == [
        [1, "cpc", "#REF!", "is neither inventive (I) nor additional (N) information"]
    ]
    assert found["symbols"]["is_inventive"].isna().sum() == 1
