"""
What a machine reads of the tables beside the pages: CSVW, a codebook, schema.org.

    tables/kets.csv  --csvw-->  tables/kets.csv-metadata.json   columns, types, title, licence
    every CSV        --codebook-->  codebook.csv                file, column, words, type, meaning
    the study        --dataset-->  dataset.jsonld               a Dataset with its files

Words are those of `column_words.py`, in the language of the page; meanings those of the contracts
(`tables/contracts`), for files that hold such a table.
"""

import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

import numpy as np
import pandas as pd

from studylib.files.csv_out import COUNT, csv_text
from studylib.language.column_words import words_of
from studylib.language.words import _
from studylib.tables.contracts import CONTRACTS

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
TYPES = {"i": "integer", "u": "integer", "f": "number", "b": "boolean"}
BOOLEAN = {"base": "boolean", "format": "True|False"}
NUMBER = re.compile(r"-?[0-9.]+")
UNNAMED = "column_"
SHARE = "http://qudt.org/vocab/unit/UNITLESS"


def meaning_of(file: str, column: str) -> str:
    """What a column means by the contract of the table its file is named after; "" for none."""
    contract = CONTRACTS.get(PurePosixPath(file).stem.replace("-", "_"))
    found = (
        [known.meaning for known in contract.columns if known.name == column] if contract else []
    )
    return _(found[0]) if found else ""


def columns_of(content: bytes) -> list[dict[str, str]]:
    """
    The columns of a CSV in order: name, type as CSVW calls it, words of the page's language.

    A file for a program may have no header: what stands first is then a row of numbers.
    """
    frame = pd.read_csv(io.BytesIO(content), keep_default_na=False, na_values=[""])
    if all(NUMBER.fullmatch(str(name)) for name in frame.columns):
        frame = pd.read_csv(io.BytesIO(content), header=None)
        frame.columns = pd.Index(
            [f"{UNNAMED}{place}" for place in range(1, len(frame.columns) + 1)]
        )
    return [
        {"name": str(name), "datatype": _type(frame[name]), "label": _label(str(name))}
        for name in frame.columns
    ]


def _label(name: str) -> str:
    """What a column is called; one without a name is numbered."""
    if name.startswith(UNNAMED):
        return _("Column {n}", n=name.removeprefix(UNNAMED))
    return words_of(name)


def _type(column: "pd.Series[Any]") -> str:
    """The type of a column of a CSV; whole numbers with gaps are whole numbers."""
    kind = TYPES.get(getattr(column.dtype, "kind", "O"), "string")
    if kind != "number":
        return kind
    known = column.dropna()
    if np.isinf(known).any():
        return "string"  # CSVW writes INF where the file has inf
    is_whole = len(known) > 0 and bool((known % 1 == 0).all())
    return "integer" if is_whole and COUNT.fullmatch(str(column.name)) else kind


def place_of(file: str) -> str:
    """
    The address on a page of the table or figure a file belongs to.

    >>> place_of("tables/ket_differences.csv")
    'table-ket-differences'
    """
    folder, _slash, name = file.removesuffix(".csv").partition("/")
    return f"{folder.removesuffix('s')}-{name}".replace("_", "-")


def csvw(
    file: str,
    columns: Sequence[Mapping[str, str]],
    *,
    title: str,
    language: str,
    source: str = "",
) -> str:
    """
    The description of a CSV as CSVW, for the file `<file>-metadata.json` beside it.

    A column is found by its header and read by its words: both are its titles.
    """
    described = []
    for column in columns:
        name, datatype = column["name"], column["datatype"]
        one: dict[str, object] = {
            "name": quote(name, safe=""),
            "titles": list(dict.fromkeys([name, column["label"]])),
            "datatype": BOOLEAN if datatype == "boolean" else datatype,
        }
        if meaning := meaning_of(file, name):
            one["dc:description"] = meaning
        if name.startswith("share") and datatype == "number":
            one["schema:unitCode"] = SHARE
        described.append(one)
    told: dict[str, object] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": language}],
        "url": file.rpartition("/")[2],
        "dc:title": title,
        "dc:license": {"@id": LICENCE},
        **({"dc:source": source} if source else {}),
        "tableSchema": {"columns": described},
    }
    if columns and columns[0]["name"].startswith(UNNAMED):
        told["dialect"] = {"header": False}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def codebook(by_file: Mapping[str, Iterable[Mapping[str, str]]]) -> str:
    """Every column of every CSV of a language: file, column, words, type and meaning."""
    rows = [
        {
            "file": file,
            "column": column["name"],
            "label": column["label"],
            "type": column["datatype"],
            "meaning": meaning_of(file, column["name"]),
        }
        for file, columns in by_file.items()
        for column in columns
    ]
    return csv_text(pd.DataFrame(rows))


def dataset(
    *,
    title: str,
    question: str,
    language: str,
    period: tuple[int, int],
    places: Sequence[str],
    publisher: str,
    release: str,
    files: Iterable[str],
) -> str:
    """The study as a schema.org Dataset with the files of one language."""
    told: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": title,
        "description": question,
        "inLanguage": language,
        "license": LICENCE,
        "version": release,
        "temporalCoverage": f"{period[0]}/{period[1]}",
        "spatialCoverage": [{"@type": "Place", "name": place} for place in places],
        "isAccessibleForFree": True,
        "measurementTechnique": _("Counts of patent families and a public list of organisations"),
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": file}
            for file in sorted(files)
        ],
    }
    if publisher:
        told["publisher"] = told["creator"] = {"@type": "Organization", "name": publisher}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
