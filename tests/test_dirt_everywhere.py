"""Each field of OPS, DOCDB, REGPAT and PATSTAT dirtied in a record of its own, kind by kind."""

import copy
import json
import re

import pytest
from test_docdb import delivery
from test_docdb import document as of_docdb
from test_ops_json import answer
from test_ops_json import document as of_ops

from studylib import readers, tables
from studylib.prepare import adding_up, canonical

DAMAGED = ("#REF!", "1,23457E+11", "=A1+1")
OTHERS = ("Ετζε\u202e 株式会社\x1b[2J", "x" * 100_000, "Uno SA; Dos SL", "-1", "0000-00-00")
REGPAT = {
    "EPO_App_reg.txt": (
        "appln_id|app_nbr|pub_nbr|person_id|app_name|reg_code|ctry_code|reg_share|app_share",
        "{n}|0300{n}|EP134{n}|7{n}|ADOUR {n} SA|FR615|FR|1|1",
    ),
    "EPO_Inv_reg.txt": (
        "appln_id|app_nbr|pub_nbr|person_id|inv_name|reg_code|ctry_code|reg_share|inv_share",
        "{n}|0300{n}|EP134{n}|8{n}|ETXE, ANE {n}|ES213|ES|1|1",
    ),
    "EPO_IPC.txt": ("appln_id|prio_year|app_year|IPC", "{n}|2002|2003|H01L0031042000"),
    "CPC_Classes.txt": ("appln_id|CPC_Class", "{n}|H01L31/18"),
}
APPLN = (
    "appln_id,appln_auth,appln_nr,appln_kind,appln_filing_date,appln_filing_year,receiving_office,"
    "earliest_filing_year,docdb_family_id,inpadoc_family_id"
)
PATSTAT = {
    "tls201_part01.csv": (
        APPLN,
        "{n},ES,20030{n},A,2003-02-11,2003,,2002,44{n},80{n}",
    ),
    "tls206_part01.csv": (
        "person_id,person_name,person_ctry_code,nuts,nuts_level", "5{n},HARRI {n} SL,ES,ES213,3",
    ),
    "tls207_part01.csv": ("person_id,appln_id,applt_seq_nr,invt_seq_nr", "5{n},{n},1,1"),
    "tls209_part01.csv": ("appln_id,ipc_class_symbol,ipc_value", "{n},H01L  31/042,I"),
    "tls202_part01.csv": ("appln_id,appln_title", "{n},Cell {n}"),
    "tls204_part01.csv": ("appln_id,prior_appln_id,prior_appln_seq_nr", "{n},1000,1"),
    "tls211_part01.csv": (
        "publn_auth,publn_nr,publn_kind,appln_id,publn_date", "ES,22{n},B1,{n},2005-06-01",
    ),
}  # fmt: skip


def docdb(folder, dirt):
    """A delivery with a document for each text and attribute, in which it is the dirt."""
    said = dirt.replace("\x1b", "").replace("&", "&amp;").replace("<", "&lt;").replace('"', "")
    form = re.compile(r'(?<=>)[^<>]*[^<>\s][^<>]*(?=<)|(?<==")[^"]*(?=")')
    documents = []
    for n in range(len(form.findall(of_docdb()))):
        own = of_docdb(str(1000 + n)).replace("3712345", str(3712345 + n))
        place = list(form.finditer(own))[n]
        documents.append(own[: place.start()] + said + own[place.end() :])
    (folder / "a.xml").write_text(delivery(*documents), encoding="utf-8")
    return folder / "a.xml"


def leaves(node, path=()):
    """The way to each value of a document."""
    inner = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in inner:
        if isinstance(value, dict | list):
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key)


def ops(folder, dirt):
    """An answer with a document for each value, in which it is the dirt."""
    documents = []
    for n, path in enumerate(leaves(of_ops())):
        own = json.loads(json.dumps(of_ops(str(1000 + n))).replace("09999", f"1{n:04d}"))
        at = own
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = dirt
        documents.append({**own, "@family-id": str(n)})
    (folder / "a.json").write_text(json.dumps(answer(*documents)), encoding="utf-8")
    return folder / "a.json"


def edition(files, separator, folder, dirt):
    """An edition with an application for each column, in which its row holds the dirt."""
    places = [
        (file, at) for file, (head, _) in files.items() for at in range(head.count(separator) + 1)
    ]
    for file, (head, row) in files.items():
        lines = [head]
        for n, (dirty, at) in enumerate(places, start=1000):
            cells = copy.copy(row.format(n=n).split(separator))
            if dirty == file:
                cells[at] = f'"{dirt}"' if separator == "," else dirt
            lines.append(separator.join(cells))
        (folder / file).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def regpat(folder, dirt):
    return edition(REGPAT, "|", folder, dirt)


def patstat(folder, dirt):
    return edition(PATSTAT, ",", folder, dirt)


def read(path):
    """What an export says, after asking whether it adds up and keeps the contracts."""
    raw = readers.read(path)
    parts = adding_up.of_export(raw)
    whole = raw.rejects.loc[raw.rejects["column"] == "document", "n"].sum()
    assert (parts.received, parts.rejected) == (parts.read + whole, whole)
    assert parts.single >= 0
    found = canonical([raw])
    for name, frame in found.tables.items():
        tables.check(frame, name)
    return found


@pytest.mark.parametrize("dirt", DAMAGED)
@pytest.mark.parametrize("export", [docdb, ops, regpat, patstat])
def test_what_a_spreadsheet_damaged_is_used_nowhere(tmp_path, export, dirt):
    """In whichever field it stands: no number, name, place, date or family is made of it."""
    found = read(export(tmp_path, dirt))
    for name in ("applications", "parties", "families"):
        said = found[name].astype("str")
        stands = said.apply(lambda column: column.str.contains(dirt, case=False, regex=False))
        assert not stands.any(axis=None), said.columns[stands.any()].tolist()
    assert dirt in set(found["rejects"]["value"])


@pytest.mark.parametrize("dirt", OTHERS)
@pytest.mark.parametrize("export", [docdb, ops, regpat, patstat])
def test_whatever_stands_in_a_field_the_export_adds_up(tmp_path, export, dirt):
    """Every record is read or rejected, and the tables keep their contracts."""
    found = read(export(tmp_path, dirt))
    assert len(found["applications"])
    assert len(found["rejects"])
