"""
Exchange documents out of XML of any size, one at a time: OPS answers, DOCDB files, fragments.

    bytes --Parser--> {"@country": "FR", "bibliographic-data": {...}}  one plain dict per document

What real files do, and what is done about it:

- DOCDB names an external DTD (`docdb-entities.dtd`): it is neither fetched nor refused.  The
  characters it would name (`&scaron;`) are taken from the HTML list, which holds the same names.
- Documents cut out of a delivery use a prefix (`exch:`) that nothing binds: prefixes are ignored.
- An entity declared inside the file can grow without limit: refused before it is used.

Only the bibliographic parts named in `USED` are built, so memory holds one document.
"""

import html.entities
from collections import Counter
from collections.abc import Iterator
from typing import IO, Any
from xml.parsers.expat import XML_PARAM_ENTITY_PARSING_NEVER
from xml.sax import SAXParseException

from defusedxml import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from studylib.errors import DataError, quoted
from studylib.files.at_work import at_work
from studylib.language import mark
from studylib.language.reasons import BROKEN_PROMISE
from studylib.readers.epo.answers import NoDocumentError
from studylib.readers.epo.tables import Tables

CHUNK = 2**16
MOST_DEPTH = 100
"""Deepest nesting; a document has about 8 levels."""
MOST_CHARACTERS = 2**25
"""Longest document, the parts that are used, an element counting as 64; real ones reach 2**20."""
MOST_TAG = 2**22
"""Longest tag or comment [bytes]; the parser begins it anew with every chunk until it ends."""
PIECE = 64
USED = {"publication-reference", "application-reference", "priority-claims", "parties",
        "classification-ipc", "classifications-ipcr", "patent-classifications",
        "invention-title"}  # fmt: skip
TYPOGRAPHY = {"b", "i", "u", "o", "sub", "sup", "br", "smallcaps"}  # inside titles and names
FAULT = {"code", "message", "description"}
NAMED = mark("named characters of the DOCDB entity list written out")
NOT_NAMED = mark("named characters no list knows, left as they are")


class Parser(DefusedExpatParser):  # type: ignore[misc]
    """Turns chunks of bytes into documents (`take`); what stands around them is in `envelope`."""

    def __init__(self) -> None:
        super().__init__(forbid_dtd=False, forbid_entities=True, forbid_external=True)
        at_work("defusedxml")
        self._complete: list[dict[str, Any]] = []
        self.envelope: dict[str, str] = {}
        self.fault: list[str] = []
        self.repairs: Counter[str] = Counter()
        self._open: list[tuple[str, dict[str, Any], list[str]]] = []
        self.fed = self._depth = self._skipped = self._size = 0
        self._in_fault = False

    def reset(self) -> None:
        """Put our handlers in place; called by the parser itself before the first byte."""
        super().reset()
        self._parser.SetParamEntityParsing(XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser.UseForeignDTD(True)  # noqa: FBT003 - expat: unknown names are reported, not errors
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.SkippedEntityHandler = self._entity

    def take(self, chunk: bytes) -> list[dict[str, Any]]:
        """Feed a chunk; the documents it completes."""
        self.feed(chunk)
        self.fed += len(chunk)
        if self.fed - self._parser.CurrentByteIndex > MOST_TAG:
            raise DataError(f"holds a tag of more than {MOST_TAG // 2**20} MB")
        complete, self._complete = self._complete, []
        return complete

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins: it is opened where its document uses it, else left out whole."""
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise DataError(f"nests elements more than {MOST_DEPTH} levels deep")
        name = tag.rpartition(":")[2]
        level = len(self._open)
        if self._skipped:
            self._skipped += 1
        elif level == 0 and name != "exchange-document":
            self._in_fault = name in FAULT
            self.fault += " " if name in FAULT else ""
            self.envelope |= attributes if name == "exchange-documents" else {}
        elif level and name in TYPOGRAPHY:
            return
        elif (level == 1 and name != "bibliographic-data") or (level == 2 and name not in USED):  # noqa: PLR2004
            self._skipped = 1
        else:
            self._size = self._size if level else 0
            self._grow(PIECE + sum(map(len, attributes.values())))
            self._open.append((name, {f"@{key}": value for key, value in attributes.items()}, []))

    def _end(self, tag: str) -> None:
        """An element ends: its value goes to the one above, a list where the name repeats."""
        self._depth -= 1
        if self._skipped:
            self._skipped -= 1
            return
        self._in_fault = False
        if not self._open or tag.rpartition(":")[2] in TYPOGRAPHY:
            return
        name, node, texts = self._open.pop()
        words = "".join(texts)
        if node and words.strip():
            node["$"] = words
        if not self._open:
            self._complete.append(node)
            return
        above = self._open[-1][1]
        value = node or words
        known = above.get(name)
        if known is None:
            above[name] = value
        elif isinstance(known, list):
            known.append(value)
        else:
            above[name] = [known, value]

    def _text(self, words: str) -> None:
        """Words of the element that is open, or of an error message of the service."""
        if self._open and not self._skipped:
            self._grow(len(words))
            self._open[-1][2].append(words)
        elif self._in_fault and len(self.fault) < PIECE:
            self.fault.append(words)

    def _grow(self, size: int) -> None:
        """Count what a document holds; raise where it is too much."""
        self._size += size
        if self._size > MOST_CHARACTERS:
            raise DataError(f"holds a document of more than {MOST_CHARACTERS // 2**20} MB")

    def _entity(self, name: str, is_parameter: bool) -> None:  # noqa: FBT001 - called by expat
        """A character by its name, as HTML knows it; the name itself where it does not."""
        if self._open and not self._skipped and not is_parameter:
            # Names in capitals (&SACUTE;) stand in texts that were turned to capitals whole.
            spellings = (name, name[:1] + name[1:].lower())
            known = (html.entities.html5.get(f"{spelling};") for spelling in spellings)
            character = next(filter(None, known), None)
            self.repairs[NAMED if character else NOT_NAMED] += 1
            self._text(character or f"&{name};")


def parse(stream: IO[bytes], name: str, tables: Tables) -> None:
    """
    Add every exchange document of an XML file to the tables.

    Raises
    ------
    DataError
        The file is empty, cut short, no XML, hostile, or holds no exchange document.
    """
    parser = Parser()
    n = 0
    for n, document in enumerate(_documents(parser, stream, quoted(name)), start=1):
        tables.add(document, name, n)
    if n == 0:
        raise _nothing(quoted(name), parser)
    tables.repairs.update(parser.repairs)
    promised = parser.envelope.get("no-of-documents", "")
    if promised.isdecimal() and promised.lstrip("0") != str(n):
        reason = BROKEN_PROMISE.format(promised=promised.lstrip("0") or "0", n=n)
        tables.rejects.add(name, None, "no-of-documents", promised, reason, 1)


def _documents(parser: Parser, stream: IO[bytes], name: str) -> Iterator[dict[str, Any]]:
    """The documents of a stream; what the parser raises, in one sentence."""
    try:
        while chunk := stream.read(CHUNK):
            yield from parser.take(chunk)
        parser.close()
    except DefusedXmlException:
        raise DataError(
            f"{name} declares entities of its own, as XML bombs do. Nothing of it was read."
        ) from None
    except SAXParseException as error:
        raise DataError(
            f"{name} is not XML from line {error.getLineNumber()} on ({error.getMessage()}). "
            "It is damaged or cut short; download it again."
        ) from None
    except (LookupError, ValueError) as error:
        raise DataError(f"{name} is in an encoding nobody can read ({error}).") from None
    except DataError as error:
        raise DataError(f"{name} {error}; no exchange document does.") from None


def _nothing(name: str, parser: Parser) -> DataError:
    """Why a file has no document, in words: an error message, nothing at all, or something else."""
    if said := " ".join("".join(parser.fault).split()):
        return DataError(f"{name} is an error message of the service: {quoted(said)}. Ask again.")
    if not parser.fed:
        return DataError(f"{name} is empty. Download it again.")
    return NoDocumentError(f"{name} holds no exchange document. Leave it out or download it again.")
