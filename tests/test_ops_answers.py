"""Answers of OPS that hold no bibliographic data are named, with the request to make instead."""

import json

import pytest

from studylib import readers
from studylib.errors import DataError
from studylib.readers.epo.answers import sentence

REGISTER = {"ops:register-search": {"reg:register-documents": {"reg:register-document": {
    "reg:bibliographic-data": {"@status": "granted"}}}}}  # fmt: skip
FAMILY = {"ops:patent-family": {"ops:family-member": [{"publication-reference": {"x": "1"}}]}}
LEGAL = {"ops:patent-family": {"ops:family-member": [{"ops:legal": {"@code": "PG25"}}]}}
CLAIMS = {"ftxt:fulltext-documents": {"ftxt:fulltext-document": {"claims": {"claim": "1."}}}}
SEARCH = {"ops:biblio-search": {"ops:search-result": {"ops:publication-reference": {"x": "1"}}}}
IMAGES = {"ops:document-inquiry": {"ops:inquiry-result": {"ops:document-instance": {}}}}
ANSWERS = [
    (REGISTER, "entries of the European Patent Register", "epodoc/NUMBER/biblio"),
    (FAMILY, "the members of a family", "family/publication/epodoc/NUMBER/biblio"),
    (LEGAL, "legal status", "epodoc/NUMBER/biblio"),
    (CLAIMS, "full text (claims or a description)", "epodoc/NUMBER/biblio"),
    (SEARCH, "the numbers that a search found", "published-data/search/biblio?q="),
    (IMAGES, "which images there are", "epodoc/NUMBER/biblio"),
]


def as_xml(content):
    """The same answer in XML."""
    if isinstance(content, list):
        return "".join(map(as_xml, content))
    if not isinstance(content, dict):
        return str(content)
    return "".join(f"<{key}>{as_xml(value)}</{key}>" for key, value in content.items()
                   if not key.startswith("@"))  # fmt: skip


@pytest.mark.parametrize(("answer", "holds", "instead"), ANSWERS)
@pytest.mark.parametrize("form", ["json", "xml"])
def test_an_answer_without_documents_is_named(tmp_path, answer, holds, instead, form):
    """What it is, that bibliographic data are missing, and what to ask for."""
    path = tmp_path / f"answer.{form}"
    names = 'xmlns:ops="http://ops.epo.org" xmlns:reg="http://x" xmlns:ftxt="http://y"'
    path.write_text(
        json.dumps({"ops:world-patent-data": answer}) if form == "json"
        else f"<ops:world-patent-data {names}>{as_xml(answer)}</ops:world-patent-data>"
    )  # fmt: skip
    with pytest.raises(DataError) as error:
        readers.read(path)
    told = str(error.value)
    assert told.startswith(f"'answer.{form}' is an answer of OPS with {holds}")
    assert "without bibliographic data. Ask for " in told
    assert instead in told


def test_an_answer_without_its_envelope_is_named_too(tmp_path):
    """A part of an answer, saved alone."""
    path = tmp_path / "r.xml"
    path.write_text('<reg:register-documents xmlns:reg="http://www.epo.org/register"/>')
    with pytest.raises(DataError, match="with entries of the European Patent Register"):
        readers.read(path)


def test_documents_with_abstracts_alone_say_what_to_ask_for(tmp_path):
    """They are exchange documents, but there is nothing of an application in them."""
    path = tmp_path / "a.json"
    path.write_text('{"exchange-document": {"@country": "EP", "abstract": {"p": "x"}}}')
    with pytest.raises(DataError, match=r"no bibliographic data .*Ask OPS for `published-data/"):
        readers.read(path)


def test_one_such_answer_among_documents_is_a_reject(tmp_path):
    """The others are read; the reason is the same sentence."""
    (tmp_path / "a.json").write_text(
        '{"exchange-document": {"@country": "ES", "@doc-number": "1", "@kind": "A1", '
        '"bibliographic-data": {"invention-title": {"$": "Kiln"}}}}'
    )
    (tmp_path / "b.json").write_text(json.dumps({"ops:world-patent-data": REGISTER}))
    found = readers.read(tmp_path)
    assert len(found.records) == 1
    assert found.rejects["reason"][0].startswith("'b.json' is an answer of OPS with entries of")


def test_other_files_are_no_answers():
    """A table may have a column called claims."""
    assert sentence("number,claims,legal\n1,2,3") is None
    assert sentence('{"claims": ["1. A kiln"], "legal": {}}') is None
