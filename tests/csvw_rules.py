"""
What the W3C asks of a description of a CSV, as far as ours say it.

Metadata Vocabulary for Tabular Data (2015), sections 5.2 to 5.6 and 6.4; Model for Tabular Data,
section 6: what is said, and that the file is as it says.
"""

import csv
import json
import re
from urllib.parse import unquote

TABLE = {"@context", "url", "tableSchema", "dialect"}
COLUMN = {"name", "titles", "datatype"}
PREFIXED = re.compile(r"(dc|schema):[A-Za-z]+")
CELL = {
    "integer": re.compile(r"[+-]?[0-9]+"),
    "number": re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|NaN|-?INF"),
    "boolean": re.compile(r"True|False"),
    "string": re.compile(r"(?s).*"),
}


def faults(described, content):
    """What is wrong with a description of this CSV (bytes), in words; nothing for a good one."""
    told = json.loads(described)
    found = [f"{key} is no property" for key in told if key not in TABLE and not is_common(key)]
    context, own = told["@context"]
    if context != "http://www.w3.org/ns/csvw" or set(own) != {"@language"}:
        found.append("no context of CSVW with a language")
    if "/" in told["url"]:
        found.append("it lies elsewhere")
    has_header = told.get("dialect", {}).get("header", True)
    rows = list(csv.reader(content.decode("utf-8").splitlines(keepends=True)))
    columns = told["tableSchema"]["columns"]
    names = [unquote(column["name"]) for column in columns]
    if len(set(names)) < len(names) or any(name.startswith("_") for name in names):
        found.append("names that are not unique, or begin with _")
    if has_header and [len(rows[0])] != [len(columns)]:
        found.append("another number of columns")
    for place, column in enumerate(columns):
        found += of_column(column, place, rows, has_header)
    return found


def of_column(column, place, rows, has_header):
    """What is wrong with one column."""
    found = [f"{key} is no property" for key in column if key not in COLUMN and not is_common(key)]
    if has_header and rows[0][place] not in column["titles"]:
        found.append(f"{rows[0][place]} is no title of its column")
    datatype = column["datatype"]
    base = datatype["base"] if isinstance(datatype, dict) else datatype
    cells = [row[place] for row in rows[has_header:] if len(row) > place and row[place]]
    wrong = [cell for cell in cells if not CELL[base].fullmatch(cell)]
    return found + [f"{column['name']}: {cell!r} is no {base}" for cell in wrong[:1]]


def is_common(key):
    """Whether a property is one of another vocabulary that CSVW knows by its prefix."""
    return bool(PREFIXED.fullmatch(key))
