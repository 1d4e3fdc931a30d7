"""EPO DOCDB files: external DTD, unbound prefixes, versions, promises, old offices."""

import zipfile

import pytest
from conftest import needs_shared

from studylib.errors import DataError
from studylib.readers.epo import docdb, tables, versions, xml_documents
from studylib.readers.raw import Keep
from studylib.readers.sniff import head

START = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
    '<!DOCTYPE exch:exchange-documents SYSTEM "docdb-entities.dtd">'
    '<exch:exchange-documents xmlns:exch="http://www.epo.org/exchange"'
    ' no-of-documents="{promised}">'
)
END = "</exch:exchange-documents>"
BIBLIOGRAPHY = """<exch:bibliographic-data>
<exch:publication-reference data-format="docdb"><document-id lang="ru"><country>SU</country>
<doc-number>{number}</doc-number><kind>A1</kind><date>19851115</date></document-id>
</exch:publication-reference><exch:publication-reference data-format="epodoc"><document-id>
<doc-number>SU{number}</doc-number></document-id></exch:publication-reference>
<exch:classification-ipc><edition>4</edition><main-classification> 4B 23K  26/00   A
</main-classification></exch:classification-ipc>
<exch:classifications-ipcr><classification-ipcr sequence="1">
<text>B23K  26/00        20060101A I20051008RMEP        </text></classification-ipcr>
<classification-ipcr sequence="2"><text>B23K  26/36        20140101ALN20130527BMEP        </text>
</classification-ipcr></exch:classifications-ipcr>
<exch:patent-classifications><patent-classification sequence="1"><classification-scheme office="EP"
scheme="CPCI"><date>20130101</date></classification-scheme><classification-symbol>B23K  26/38
</classification-symbol><classification-value>A</classification-value></patent-classification>
</exch:patent-classifications>
<exch:application-reference is-representative="YES" doc-id="1" data-format="docdb"><document-id>
<country>SU</country><doc-number>3712345</doc-number><kind>A</kind><date>19840316</date>
</document-id></exch:application-reference>
<exch:application-reference data-format="epodoc"><document-id><doc-number>SU19843712345</doc-number>
</document-id></exch:application-reference>
<exch:priority-claims>
<exch:priority-claim sequence="1" data-format="docdb"><document-id><country>DD</country>
<doc-number>25123483</doc-number><kind>A</kind><date>19830520</date></document-id>
</exch:priority-claim>
<exch:priority-claim sequence="1" data-format="epodoc"><document-id>
<doc-number>DD19830251234</doc-number></document-id></exch:priority-claim>
</exch:priority-claims>
<exch:parties><exch:applicants><exch:applicant sequence="1" data-format="docdb">
<exch:applicant-name><name>ZAVOD {name}                    </name></exch:applicant-name>
<residence><country>SU</country></residence></exch:applicant>
<exch:applicant sequence="1" data-format="docdba"><exch:applicant-name><name>ЗАВОД</name>
</exch:applicant-name></exch:applicant></exch:applicants></exch:parties>
<exch:invention-title lang="ru" data-format="docdba">Лазер</exch:invention-title>
<exch:invention-title lang="en" data-format="docdba">Laser</exch:invention-title>
</exch:bibliographic-data><exch:abstract><exch:p>&nosuch;</exch:p></exch:abstract>"""


def document(
    number="100", name="LUCH", status="C", exchanged="20240101", bibliography=BIBLIOGRAPHY
):
    inside = bibliography.format(number=number, name=name)
    return (
        f'<exch:exchange-document country="SU" doc-number="{number}" kind="A1" doc-id="9" '
        f'date-publ="19851115" family-id="21108" status="{status}" '
        f'date-of-last-exchange="{exchanged}">{inside}</exch:exchange-document>'
    )


def delivery(*documents, promised=None):
    promised = len(documents) if promised is None else promised
    return START.format(promised=promised) + "".join(documents) + END


@pytest.fixture
def save(tmp_path):
    """Write a DOCDB file into the test's folder."""

    def write(content, name="DOCDB-1.xml"):
        (tmp_path / name).write_text(content, encoding="utf-8")
        return tmp_path / name

    return write


def reasons(found):
    frame = found.rejects[["file", "row", "column", "value", "reason"]].astype(object)
    return frame.where(frame.notna(), None).to_numpy().tolist()


def test_a_document_becomes_one_row_of_each_kind(save):
    """Everything stands as exported; an office that is no more keeps its code."""
    found = docdb.read(save(delivery(document())))
    assert found.records.dropna(axis=1).to_dict("records") == [{
        "file": "DOCDB-1.xml", "row": 1, "application_number": "SU 3712345 A",
        "application_office": "SU", "filing_date": "19840316", "publication_number": "SU 100",
        "publication_office": "SU", "publication_kind": "A1", "publication_date": "19851115",
        "family_id": "21108", "title": "Laser",
    }]  # fmt: skip
    symbols = found.symbols.astype(object)
    assert symbols.where(symbols.notna(), None).to_numpy().tolist() == [
        [0, "ipc", "B23K  26/00", "20060101", "A", "I", 1],
        [0, "ipc", "B23K  26/36", "20140101", "A", "N", 2],
        [0, "cpc", "B23K  26/38", "20130101", None, "N", 1],
    ]
    assert found.parties[["role", "raw_name", "country"]].to_numpy().tolist() == [
        ["applicant", "ZAVOD LUCH", "SU"]
    ]
    assert found.priorities[["number", "country", "date"]].to_numpy().tolist() == [
        ["DD 25123483 A", "DD", "19830520"]
    ]
    assert (found.format, found.family_is, reasons(found)) == ("docdb", "DOCDB simple", [])


def test_the_external_dtd_is_neither_fetched_nor_refused(save, monkeypatch):
    """`docdb-entities.dtd` is named by every delivery; nothing is opened but the file itself."""
    path = save(delivery(document()))
    save("<!ENTITY scaron 'WRONG'>", "docdb-entities.dtd")
    monkeypatch.setattr("urllib.request.urlopen", lambda *_: pytest.fail("fetched"))
    assert len(docdb.read(path).records) == 1


def test_named_characters_are_written_out_and_counted(save):
    """Names of the DOCDB entity list are those of HTML; unknown ones stay as they are."""
    names = "&scaron;&SACUTE;&amp;&nosuch;"
    found = docdb.read(save(delivery(document(name=names))))
    assert found.parties["raw_name"].tolist() == ["ZAVOD šŚ&&nosuch;"]
    assert found.repairs == {xml_documents.NAMED: 2, xml_documents.NOT_NAMED: 1}


def test_a_document_cut_out_of_a_delivery_is_read(save):
    """A single document with a prefix nothing binds and without DTD is as good as a delivery."""
    path = save(document(name="&ccaron;"))
    assert docdb.recognises(head(path))
    assert docdb.read(path).parties["raw_name"].tolist() == ["ZAVOD č"]


@pytest.mark.parametrize(
    ("promised", "told"), [("2", True), ("0000001", False), ("many", False), ("9" * 5000, True)]
)
def test_a_broken_promise_is_told(save, promised, told):
    """A file that promises another number of documents than it holds says so in the rejects."""
    found = docdb.read(save(delivery(document(), promised=promised)))
    reason = f"the file promises {promised} documents and holds 1"
    words = ["DOCDB-1.xml", None, "no-of-documents", promised, reason]
    assert reasons(found) == ([words] if told else [])


def test_the_version_exchanged_last_counts(save, tmp_path):
    """An amended document replaces the earlier one, whatever the order of files."""
    save(delivery(document("1", "NEW", "A", "20240301"), document("2", "KEPT")), "a.xml")
    save(delivery(document("1", "OLD", "C", "20240101")), "b.xml")
    found = docdb.read(tmp_path)
    assert found.parties[["record", "raw_name"]].to_numpy().tolist() == [
        [0, "ZAVOD NEW"], [1, "ZAVOD KEPT"],
    ]  # fmt: skip
    assert found.symbols["record"].tolist() == [0, 0, 0, 1, 1, 1]
    assert reasons(found) == [["b.xml", 1, "document", "SU 1 A1", versions.REPLACED]]
    assert found.n_received == len(found.records) + len(found.rejects)


def test_on_one_day_the_later_document_counts(save):
    """Without a later date the order in the export decides; two of one version are one."""
    found = docdb.read(save(delivery(document("1", "OLD"), document("2"), document("1", "NEW"))))
    assert found.parties["raw_name"].tolist() == ["ZAVOD LUCH", "ZAVOD NEW"]
    assert found.priorities["record"].tolist() == [0, 1]
    assert [reason[1] for reason in reasons(found)] == [1]


def test_a_deletion_takes_the_document_with_it(save):
    """`status="D"` is a reject, and so is what it deletes; a later creation counts again."""
    gone = document("1", status="D", exchanged="20240201", bibliography="")
    found = docdb.read(save(delivery(document("1"), gone, document("2"))))
    assert found.records["publication_number"].tolist() == ["SU 2"]
    assert reasons(found) == [
        ["DOCDB-1.xml", 2, "document", "SU 1 A1", tables.DELETED],
        ["DOCDB-1.xml", 1, "document", "SU 1 A1", versions.REVOKED],
    ]
    assert found.n_received == len(found.records) + len(found.rejects)
    back = docdb.read(save(delivery(gone, document("1", exchanged="20240301"))))
    assert len(back.records) == 1


def test_a_later_version_outside_the_study_still_replaces(save):
    """What a later version moved out of the window does not stay in it by an old version."""
    moved = document("1", exchanged="20240201").replace("19840316", "20140316")
    found = docdb.read(save(delivery(document("1"), moved)), Keep(1980, 1990))
    assert len(found.records) == 0
    assert [reason[-1] for reason in reasons(found)] == [
        "outside the study's years", versions.REPLACED,
    ]  # fmt: skip


def test_a_file_that_ends_in_the_middle_leaves_nothing_behind(save, tmp_path):
    """Of a broken file no document is used, however many were complete."""
    save(delivery(document("1"), document("2", name="&scaron;"))[:-200], "a.xml")
    save(delivery(document("3")), "b.xml")
    found = docdb.read(tmp_path)
    assert found.records["publication_number"].tolist() == ["SU 3"]
    assert found.parties["record"].tolist() == [0]
    assert [(r[0], r[2]) for r in reasons(found)] == [("a.xml", "file")]
    assert (found.n_received, found.repairs) == (2, {})
    with pytest.raises(DataError, match=r"'a.xml' is not XML from line"):
        docdb.read(tmp_path / "a.xml")


def test_a_delivery_in_a_zip_is_read(tmp_path):
    """A zip of XML files is one export; each record names its file."""
    with zipfile.ZipFile(tmp_path / "delivery.zip", "w") as archive:
        archive.writestr("DOC/b.xml", delivery(document("2")))
        archive.writestr("DOC/a.xml", delivery(document("1")))
    assert docdb.recognises(head(tmp_path / "delivery.zip"))
    found = docdb.read(tmp_path / "delivery.zip")
    assert found.records["file"].tolist() == ["DOC/b.xml", "DOC/a.xml"]


@needs_shared
@pytest.mark.shared
def test_real_files(shared):
    """Five real files, counted by an independent walk over the XML, arrive complete."""
    path = shared / "real" / "docdb_xml"
    assert docdb.recognises(head(path))
    found = docdb.read(path)
    assert found.records["publication_office"].value_counts().to_dict() == {
        "DE": 10, "WO": 2, "AP": 1, "YU": 1,
    }  # fmt: skip
    assert found.records["family_id"].nunique() == 14
    assert found.records[["application_number", "filing_date", "title"]].notna().to_numpy().all()
    assert found.symbols["scheme"].value_counts().to_dict() == {"cpc": 86, "ipc": 85}
    assert found.symbols["version"].notna().all()
    assert found.parties.groupby("role")["country"].agg(["size", "count"]).to_numpy().tolist() == [
        [17, 4], [33, 15],
    ]  # fmt: skip
    assert len(found.priorities) == 15
    assert found.priorities["country"].isin({"CS"}).sum() == 1
    assert reasons(found) == [
        ["DE-backfile.xml", None, "no-of-documents", "0018626",
         "the file promises 18626 documents and holds 10"]
    ]  # fmt: skip
    assert found.n_received == 14
