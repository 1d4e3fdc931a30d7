"""
What a machine reads of the tables beside the pages: CSVW, a codebook, schema.org.

    tables/kets.csv  --csvw-->  tables/kets.csv-metadata.json   columns, types, title, licence
    every CSV        --codebook-->  codebook.csv                file, column, words, type, meaning
    the study        --dataset-->  dataset.jsonld               a Dataset with its files

Meanings are those of the contracts (`tables/contracts.py`), which are written in English; in other
languages the codebook has the words of the column alone.
"""

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import pandas as pd

from studylib.files.csv_out import csv_text
from studylib.language import SOURCE
from studylib.language.words import _, heading
from studylib.tables.contracts import CONTRACTS

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
TYPES = {"i": "integer", "u": "integer", "f": "number", "b": "boolean"}
SHARE = "http://qudt.org/vocab/unit/UNITLESS"


def meanings() -> dict[str, str]:
    """What each column of the contracts means; of a name with several meanings, none."""
    told: dict[str, set[str]] = {}
    for contract in CONTRACTS.values():
        for column in contract.columns:
            told.setdefault(column.name, set()).add(column.meaning)
    return {name: next(iter(texts)) for name, texts in told.items() if len(texts) == 1}


def columns_of(content: bytes) -> list[dict[str, str]]:
    """The columns of a CSV in order: name, type as CSVW calls it, words of the page's language."""
    frame = pd.read_csv(io.BytesIO(content), keep_default_na=False, na_values=[""])
    return [
        {"name": str(name), "datatype": _type(frame[name]), "label": heading(str(name))}
        for name in frame.columns
    ]


def _type(column: "pd.Series[Any]") -> str:
    """The type of a column of a CSV; whole numbers with gaps are whole numbers."""
    kind = TYPES.get(getattr(column.dtype, "kind", "O"), "string")
    if kind == "number" and (column.dropna() % 1 == 0).all() and column.notna().any():
        return "integer" if str(column.name).startswith("n_") else kind
    return kind


def place_of(file: str) -> str:
    """
    The address on a page of the table or figure a file belongs to.

    >>> place_of("tables/ket_differences.csv")
    'table-ket-differences'
    """
    folder, _slash, name = file.removesuffix(".csv").partition("/")
    return f"{folder.removesuffix('s')}-{name}".replace("_", "-")


def csvw(file: str, columns: Sequence[Mapping[str, str]], *, title: str, language: str) -> str:
    """The description of a CSV as CSVW, for the file `<file>-metadata.json` beside it."""
    meant = meanings() if language == SOURCE else {}
    described = []
    for column in columns:
        one: dict[str, object] = {
            "name": quote(column["name"], safe=""),
            "titles": column["name"],
            "dc:title": column["label"],
            "datatype": column["datatype"],
        }
        if column["name"] in meant:
            one["dc:description"] = meant[column["name"]]
        if column["name"].startswith("share") and column["datatype"] == "number":
            one["schema:unitCode"] = SHARE
        described.append(one)
    told = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": language}],
        "url": file.rpartition("/")[2],
        "dc:title": title,
        "dc:license": {"@id": LICENCE},
        "tableSchema": {"columns": described},
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def codebook(by_file: Mapping[str, Iterable[Mapping[str, str]]], *, language: str) -> str:
    """Every column of every CSV of a language: file, column, words, type and meaning."""
    meant = meanings() if language == SOURCE else {}
    rows = [
        {
            "file": file,
            "column": column["name"],
            "label": column["label"],
            "type": column["datatype"],
            **({"meaning": meant.get(column["name"], "")} if language == SOURCE else {}),
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
