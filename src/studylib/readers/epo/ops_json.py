"""
EPO Open Patent Services (OPS), bibliographic data as JSON: one answer or many.

    answer.json                         one answer, one document or a hundred
    a folder, .zip or .tar.xz of them   one file per answer

Read with or without the `ops:world-patent-data` envelope, with values plain or as
`{"$": "text"}`, and with or without attributes (`@family-id`): converters often lose them.

Source: EPO, Open Patent Services RESTful Web Services Reference Guide, and real answers.
"""

import json
from pathlib import Path
from typing import IO, Any

from studylib.errors import DataError, quoted
from studylib.readers.epo import exchange, packages
from studylib.readers.epo.answers import NoDocumentError
from studylib.readers.epo.tables import Tables
from studylib.readers.raw import Keep, RawPatents
from studylib.readers.sniff import Head

FORMAT = "ops_json"
MOST_BYTES = 2**28
"""Largest JSON file [bytes]: 256 MB; an answer of OPS holds at most 100 documents, about 2 MB."""
SHORTEST = 8
"""Bytes that a list or a block of keys has at least, on average; in real answers they have 50."""
MOST_DOCUMENTS = 100_000
"""Most documents of one file: answers put together are as large as that, and no larger."""


def recognises(head: Head) -> bool:
    """Whether JSON with exchange documents lies there."""
    return any(
        text.lstrip("\ufeff \t\r\n").startswith(("{", "["))
        and ("exchange-document" in text or "world-patent-data" in text)
        for text in packages.starts(head, ".json")
    )


def read(path: Path, keep: Keep | None = None) -> RawPatents:
    """
    The raw tables of OPS answers in JSON: one record per publication.

    Raises
    ------
    DataError
        No file can be read; where only some cannot, they are in `rejects` with the reason.
    """
    tables = Tables(keep)
    packages.read_each(Path(path), ".json", parse, tables)
    return tables.finish(FORMAT)


def parse(stream: IO[bytes], name: str, tables: Tables) -> None:
    """Add every exchange document of a JSON file to the tables; see `read`."""
    content = _load(stream.read(MOST_BYTES + 1), quoted(name))
    documents, faults = _found(content)
    if not documents:
        if faults:
            said = quoted(" ".join(faults))
            raise DataError(
                f"{quoted(name)} is an error message of the service: {said}. Ask again."
            )
        raise NoDocumentError(
            f"{quoted(name)} holds no exchange document. Leave it out or download it again."
        )
    if len(documents) > MOST_DOCUMENTS:
        raise DataError(
            f"{quoted(name)} holds {len(documents):,} documents, more than {MOST_DOCUMENTS:,}; an "
            "answer of the service holds 100. Save the answers in files of their own."
        )
    for row, document in enumerate(documents, start=1):
        tables.add(document, name, row)


def _load(data: bytes, name: str) -> Any:
    """The content of a JSON file, or a DataError that says where it stops being JSON."""
    if len(data) > MOST_BYTES:
        raise DataError(f"{name} is larger than {MOST_BYTES // 2**20} MB, too large for an answer.")
    n = data.count(b"{") + data.count(b"[")
    if n > MOST_DOCUMENTS and len(data) < n * SHORTEST:
        raise DataError(
            f"{name} holds {n:,} values in {len(data):,} bytes: most of them are empty."
        )
    if not data.strip():
        raise DataError(f"{name} is empty. Download it again.")
    try:
        hook = _without_prefix if b'"exch:' in data else None
        # 1.23457E+11 was a number and is none any more: it is told as it stands.
        return json.loads(data, object_hook=hook, parse_float=str, parse_constant=str)
    except RecursionError:
        raise DataError(f"{name} nests too deeply to be an answer of the service.") from None
    except json.JSONDecodeError as error:
        raise DataError(
            f"{name} is not JSON from line {error.lineno}, column {error.colno} on "
            f"({error.msg}). It is damaged or cut short; download it again."
        ) from None
    except UnicodeDecodeError as error:
        raise DataError(f"{name} is not UTF-8 text (byte {error.start + 1:,}).") from None
    except ValueError as error:
        raise DataError(f"{name} holds a value that cannot be read ({error}).") from None


def _without_prefix(node: dict[str, Any]) -> dict[str, Any]:
    """DOCDB XML converted to JSON keeps its prefix (`exch:parties`); OPS has none in documents."""
    return {key.removeprefix("exch:"): value for key, value in node.items()}


def _found(content: Any) -> tuple[list[Any], list[str]]:
    """Every exchange document in order, however wrapped, and the texts of faults."""
    documents: list[Any] = []
    faults: list[str] = []
    ahead = [content]
    while ahead:
        node = ahead.pop()
        if isinstance(node, list):
            ahead += reversed(node)
        elif isinstance(node, dict):
            if "exchange-document" in node:
                documents += exchange.many(node, "exchange-document")
            else:
                faults += filter(None, (exchange.text(node, k) for k in ("code", "message")))
                ahead += reversed(node.values())
    return documents, faults
