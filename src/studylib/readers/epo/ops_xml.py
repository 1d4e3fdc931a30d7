"""
EPO Open Patent Services (OPS), answers as XML: one answer or many.

    answer.xml                          one answer, one document or a hundred
    a folder, .zip or .tar.xz of them   one file per answer

Source: EPO, Open Patent Services RESTful Web Services Reference Guide, and real answers.
"""

from pathlib import Path

from studylib.readers.epo import packages, xml_documents
from studylib.readers.epo.tables import Tables
from studylib.readers.raw import Keep, RawPatents
from studylib.readers.sniff import Head

FORMAT = "ops_xml"


def recognises(head: Head) -> bool:
    """Whether XML of the OPS service lies there (an error message of the service included)."""
    return any(
        text.lstrip("\ufeff \t\r\n").startswith("<") and "ops.epo.org" in text
        for text in packages.starts(head, ".xml")
    )


def read(path: Path, keep: Keep | None = None) -> RawPatents:
    """
    The raw tables of OPS answers in XML: one record per publication.

    Raises
    ------
    DataError
        No file can be read; where only some cannot, they are in `rejects` with the reason.
    """
    tables = Tables(keep)
    packages.read_each(Path(path), ".xml", xml_documents.parse, tables)
    return tables.finish(FORMAT)
