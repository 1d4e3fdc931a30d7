"""EPO OPS answers in XML: what is read, and what hostile XML cannot do."""

import time
import tracemalloc

import pytest
from conftest import needs_shared

from studylib.errors import DataError
from studylib.readers.epo import docdb, ops_xml, xml_documents
from studylib.readers.sniff import head

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
ENVELOPE = (
    '<ops:world-patent-data xmlns="http://www.epo.org/exchange" xmlns:ops="http://ops.epo.org">'
    "<exchange-documents>{}</exchange-documents></ops:world-patent-data>"
)
DOCUMENT = """
<exchange-document system="ops.epo.org" family-id="700" country="ES" doc-number="{number}"
  kind="A1">
  <bibliographic-data>
    <publication-reference><document-id document-id-type="docdb"><country>ES</country>
      <doc-number>{number}</doc-number><kind>A1</kind><date>20060629</date></document-id>
    </publication-reference>
    <classification-ipc><text>H04N7/24</text><text>G02B6/00</text></classification-ipc>
    <classifications-ipcr>
      <classification-ipcr sequence="1"><text>G02B   6/    00            A I        </text>
      </classification-ipcr>
    </classifications-ipcr>
    <patent-classifications>
      <patent-classification sequence="1"><classification-scheme office="EP" scheme="CPCI"/>
        <section>G</section><class>02</class><subclass>B</subclass><main-group>6</main-group>
        <subgroup>36</subgroup><classification-value>A</classification-value>
        <generating-office>ES</generating-office></patent-classification>
      <patent-classification sequence="1"><classification-scheme office="US" scheme="UC"/>
        <classification-symbol>600/585</classification-symbol></patent-classification>
    </patent-classifications>
    <application-reference doc-id="45">
      <document-id document-id-type="docdb"><country>ES</country><doc-number>200400123</doc-number>
        <kind>U</kind></document-id>
      <document-id document-id-type="epodoc"><doc-number>ES20040000123U</doc-number>
        <date>20041228</date></document-id>
    </application-reference>
    <priority-claims><priority-claim sequence="1" kind="national">
      <document-id document-id-type="epodoc"><doc-number>ES20040000123U</doc-number>
        <date>20041228</date></document-id>
      <document-id document-id-type="original"><doc-number>200400123</doc-number></document-id>
    </priority-claim></priority-claims>
    <parties><applicants>
      <applicant sequence="1" data-format="epodoc"><applicant-name><name>ARGIA SL [ES]
</name></applicant-name></applicant>
      <applicant sequence="1" data-format="original"><applicant-name><name>Argia, S.L., </name>
      </applicant-name></applicant>
      <applicant sequence="2" data-format="original"><applicant-name><name>Argia, SL</name>
      </applicant-name></applicant>
    </applicants></parties>
    <invention-title lang="es">Guía de H<sub>2</sub>O</invention-title>
    <references-cited><citation><patcit><document-id><country>XX</country></document-id></patcit>
    </citation></references-cited>
  </bibliographic-data>
  <abstract lang="en"><p>Not used.</p></abstract>
</exchange-document>"""


@pytest.fixture
def save(tmp_path):
    """Write an answer into the test's folder."""

    def write(content, name="answer.xml"):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return write


def answer(*numbers):
    return HEAD + ENVELOPE.format("".join(DOCUMENT.format(number=n) for n in numbers))


def test_a_document_becomes_one_row_of_each_kind(save):
    """Everything a study needs of one document stands in the raw tables, as exported."""
    found = ops_xml.read(save(answer("22", "33")))
    assert found.records.dropna(axis=1).to_dict("records")[1] == {
        "file": "answer.xml", "row": 2, "application_number": "ES 200400123 U",
        "application_office": "ES", "filing_date": "20041228", "publication_number": "ES 33",
        "publication_office": "ES", "publication_kind": "A1", "publication_date": "20060629",
        "family_id": "700", "title": "Guía de H2O",
    }  # fmt: skip
    symbols = found.symbols[found.symbols["record"] == 1].astype(object)
    assert symbols.where(symbols.notna(), None).to_numpy().tolist() == [
        [1, "ipc", "G02B   6/    00", None, "A", "I", 1],
        [1, "ipc", "H04N7/24", "1-7", None, None, 2],
        [1, "cpc", "G02B 6/36", None, None, "N", 1],
    ]
    assert found.parties[["record", "raw_name", "country"]].to_numpy().tolist() == [
        [0, "ARGIA SL", "ES"], [1, "ARGIA SL", "ES"],
    ]  # fmt: skip
    assert found.priorities["number"].tolist() == ["ES20040000123U"] * 2
    assert (found.format, found.family_is, found.n_received) == ("ops_xml", "DOCDB simple", 2)
    assert found.rejects[["n", "reason"]].to_numpy().tolist() == [
        [2, "classification that is neither IPC nor CPC: UC"]
    ]


def test_the_kind_of_an_application_stays_in_its_number(save):
    """A Spanish utility model (U) and a patent application (A) may share a number."""
    patent = answer("1").replace("<kind>U</kind>", "<kind>A</kind>")
    for text, number in ((answer("1"), "ES 200400123 U"), (patent, "ES 200400123 A")):
        assert ops_xml.read(save(text)).records["application_number"].tolist() == [number]


def test_what_is_not_found_is_a_reject(save):
    """OPS answers an unknown number with an empty document; it is counted, not lost."""
    empty = '<exchange-document country="ES" doc-number="7" kind="A1" status="not found"/>'
    found = ops_xml.read(save(ENVELOPE.format(empty + DOCUMENT.format(number=1))))
    assert found.rejects[["row", "value", "reason"]].iloc[0].tolist() == [1, "ES 7 A1", "not found"]
    assert found.records["row"].tolist() == [2]
    assert found.n_received == 2


def test_an_error_message_of_the_service_is_told(save):
    """A fault instead of an answer is quoted."""
    fault = (
        '<fault xmlns="http://ops.epo.org"><code>SERVER.EntityNotFound</code>\n'
        "<message>No results found</message></fault>"
    )
    path = save(fault)
    assert ops_xml.recognises(head(path))
    with pytest.raises(DataError, match=r"error message of the service: .*NotFound No results"):
        ops_xml.read(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" ", r"is not XML from line 1 on \(no element found\)"),
        (b"not xml", r"is not XML from line 1 on \(syntax error\)"),
        (answer("1").encode()[:-30], "is not XML from line"),
        (answer("1").encode("latin-1"), r"is not XML from line .*\(invalid token\)|well-formed"),
        (b'<?xml version="1.0" encoding="x-none"?><a/>', "is in an encoding nobody can read"),
        (b'<?xml version="1.0" encoding="big5"?><a/>', "is in an encoding nobody can read"),
        (b"<a/>", "holds no exchange document"),
        (b"<a>" * 200_000, "nests elements more than 100 levels deep"),
        (b"<exchange-document><bibliographic-data><parties>" + b"<a>" * 200_000,
         "nests elements more than 100 levels deep"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused_in_a_sentence(save, content, words):
    """Empty, cut, foreign or nested: one sentence names the file and the reason."""
    with pytest.raises(DataError, match=f"'answer.xml' {words}"):
        ops_xml.read(save(content))


LAUGHS = (
    '<!DOCTYPE a [<!ENTITY e0 "ha">'
    + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    + "]>"
)


@pytest.mark.parametrize(
    "declaration",
    [
        LAUGHS,
        '<!DOCTYPE a [<!ENTITY e11 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>',
        '<!DOCTYPE a SYSTEM "x.dtd" [<!ENTITY e11 "harmless">]>',
        '<!DOCTYPE a [<!NOTATION n SYSTEM "n"><!ENTITY e11 SYSTEM "u" NDATA n>]>',
    ],
)
def test_entities_of_its_own_are_refused_before_they_grow(save, declaration):
    """Bombs and references to files or addresses end at their declaration, at once."""
    started = time.monotonic()
    with pytest.raises(DataError, match="declares entities of its own, as XML bombs do"):
        ops_xml.read(save(declaration + answer("1").removeprefix(HEAD).replace("Guía", "&e11;")))
    assert time.monotonic() - started < 1


def test_a_tag_without_end_is_refused(save, monkeypatch):
    """The parser begins a tag anew with each chunk; a tag of many MB would take hours."""
    monkeypatch.setattr(xml_documents, "MOST_TAG", 200_000)
    with pytest.raises(DataError, match="holds a tag of more than"):
        ops_xml.read(save(b'<a b="' + b"x" * 400_000))


@pytest.mark.parametrize("filling", ["<a/>" * 50, "x" * 5000, '<a b="{}"/>'.format("x" * 5000)])
def test_a_document_without_end_is_refused(save, monkeypatch, filling):
    """What must be kept of one document is limited, in elements, attributes and text."""
    monkeypatch.setattr(xml_documents, "MOST_CHARACTERS", 2000)
    text = f"<exchange-document><bibliographic-data><parties>{filling}</parties>"
    with pytest.raises(DataError, match=r"holds a document of more than .*; no exchange document"):
        ops_xml.read(save(text))


def test_the_limit_is_per_document(save, monkeypatch):
    """Many documents in a row are no large document."""
    monkeypatch.setattr(xml_documents, "MOST_CHARACTERS", 12_000)
    assert len(ops_xml.read(save(answer(*range(30)))).records) == 30


def test_a_long_fault_is_not_collected(save):
    """Only the beginning of an error message is kept."""
    message = "<message>" + "<b>no</b>" * 500 + "\n".join("x" * 200) + "</message>"
    with pytest.raises(DataError) as error:
        ops_xml.read(save(f"<fault>{message}</fault>"))
    assert len(str(error.value)) < 300


def test_memory_does_not_grow_with_the_file(save):
    """Ten times the documents, nearly the same memory while parsing: elements are let go."""

    class Nothing:
        repairs = xml_documents.Counter()

        def add(self, *_):
            pass

    def peak(n):
        path = save(answer(*range(n)))
        tracemalloc.start()
        with path.open("rb") as stream:
            xml_documents.parse(stream, path.name, Nothing())
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(300) < 2 * peak(60)


@pytest.mark.parametrize(
    ("content", "ops", "doc"),
    [
        (answer("1"), True, False),
        ("\ufeff" + answer("1"), True, False),
        ("<exchange-document/>", False, True),
        ('{"exchange-document": "ops.epo.org"}', False, False),
        ("", False, False),
        ("<a/>", False, False),
    ],
)
def test_content_decides_what_is_ours(save, content, ops, doc):
    """OPS names its service; other XML with exchange documents is DOCDB."""
    found = head(save(content, "export.txt"))
    assert (ops_xml.recognises(found), docdb.recognises(found)) == (ops, doc)


def test_utf_16_is_read_as_declared(save):
    """The encoding is what the file declares."""
    path = save(answer("1").replace("UTF-8", "UTF-16").encode("utf-16"))
    assert ops_xml.recognises(head(path))
    assert ops_xml.read(path).records["title"].tolist() == ["Guía de H2O"]


@needs_shared
@pytest.mark.shared
def test_real_answers(shared):
    """Three real answers, counted by an independent walk over the XML, arrive complete."""
    path = shared / "real" / "ops_xml"
    assert ops_xml.recognises(head(path))
    assert not docdb.recognises(head(path))
    found = ops_xml.read(path)
    assert found.records["publication_number"].tolist() == [
        "US 2006142694",
        "JP 2005533465",
        "AU 2013290010",
    ]
    assert found.records["family_id"].tolist() == ["35840242", "30117972", "49448571"]
    assert found.records["filing_date"].tolist() == ["20041228", "20030711", "20130712"]
    assert found.symbols["scheme"].value_counts().to_dict() == {"cpc": 27, "ipc": 11}
    assert found.parties["role"].value_counts().to_dict() == {"inventor": 7, "applicant": 2}
    assert found.parties["country"].value_counts().to_dict() == {"US": 4}
    assert len(found.priorities) == 6
    assert found.rejects["n"].tolist() == [9]
