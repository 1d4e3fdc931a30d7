"""
EPO DOCDB in XML: deliveries, single files, or documents cut out of them.

    DOCDB-202407-009-DE-0074.xml        thousands of documents, read one at a time
    a folder or .zip of such files      a delivery, zip files inside it included

Of several documents on one publication (created, amended, deleted) the one exchanged last
counts.  Offices that are no more (SU, DD, YU, CS) keep their codes.

Source: EPO, DOCDB user documentation (product 14.11), and real files.
"""

from pathlib import Path

from studylib.readers.epo import packages, xml_documents
from studylib.readers.epo.tables import Tables
from studylib.readers.raw import Keep, RawPatents
from studylib.readers.sniff import Head

FORMAT = "docdb"


def recognises(head: Head) -> bool:
    """Whether XML with exchange documents lies there that is no answer of OPS."""
    return any(
        text.lstrip("\ufeff \t\r\n").startswith("<")
        and "exchange-document" in text
        and "ops.epo.org" not in text
        for text in packages.starts(head, ".xml")
    )


def read(path: Path, keep: Keep | None = None) -> RawPatents:
    """
    The raw tables of DOCDB files: one record per publication, in its latest version.

    Raises
    ------
    DataError
        No file can be read; where only some cannot, they are in `rejects` with the reason.
    """
    tables = Tables(keep)
    packages.read_each(Path(path), ".xml", xml_documents.parse, tables)
    return tables.finish(FORMAT, latest_only=True)
