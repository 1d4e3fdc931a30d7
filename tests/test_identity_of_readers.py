"""No two records of different offices or kinds share an id, in whatever format they come."""

import json

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from test_patstat import FILES
from test_patstat import edition as patstat_edition
from tiny_exports import csv

from studylib.prepare import canonical
from studylib.readers import read
from studylib.readers.bulk import patstat, regpat
from studylib.study.input_parts import Source

OFFICES = ("ES", "FR", "DE", "IT", "BR", "KR", "CN", "AT", "PT", "US")
SERIES = {"A1": "patent", "B1": "patent", "U": "model", "Y1": "model", "S": "design"}
NUMBERS = st.from_regex(r"20(?:0[1-9]|1[0-9])[0-9]{5,6}|[1-9][0-9]{5,7}", fullmatch=True)
records = st.tuples(st.sampled_from(OFFICES), st.sampled_from(sorted(SERIES)))
DOCDB = """<?xml version="1.0" encoding="UTF-8"?>
<exch:exchange-documents xmlns:exch="http://www.epo.org/exchange">{}</exch:exchange-documents>"""
DOCUMENT = """<exch:exchange-document country="{o}" doc-number="{n}" kind="{k}" status="A">
<exch:bibliographic-data><exch:publication-reference data-format="docdb"><document-id>
<country>{o}</country><doc-number>{n}</doc-number><kind>{k}</kind></document-id>
</exch:publication-reference></exch:bibliographic-data></exch:exchange-document>"""


def lens(path, number, kinds):
    return csv(path / "x.csv", "Lens ID,Jurisdiction,Kind,Publication Number,IPCR Classifications",
               *(f"{n},{o},{k},{o} {number},A01B" for n, (o, k) in enumerate(kinds)))  # fmt: skip


def lens_applications(path, number, kinds):
    return csv(path / "x.csv", "Lens ID,Jurisdiction,Kind,Publication Number,Application Number,"
               "IPCR Classifications",
               *(f"{n},{o},{k},{o} {n + 1} {k},{o} {number},A01B"
                 for n, (o, k) in enumerate(kinds)))  # fmt: skip


def espacenet(path, number, kinds):
    return csv(path / "x.csv", "Title,Publication number,International classification",
               *(f"x,{o}{number} ({k}),A01B" for o, k in kinds))  # fmt: skip


def table(path, number, kinds):
    return csv(path / "x.csv", "Number,Office,Kind,IPC",
               *(f"{number},{o},{k},A01B" for o, k in kinds))  # fmt: skip


def docdb(path, number, kinds):
    documents = "".join(DOCUMENT.format(o=o, n=number, k=k) for o, k in kinds)
    return csv(path / "x.xml", DOCDB.format(documents))


def ops_json(path, number, kinds):
    documents = [
        {"@country": o, "@doc-number": number, "@kind": k, "bibliographic-data": {
            "publication-reference": {"document-id": [{"@document-id-type": "docdb",
                "country": {"$": o}, "doc-number": {"$": number}, "kind": {"$": k}}]}}}
        for o, k in kinds
    ]  # fmt: skip
    (path / "x.json").write_text(
        json.dumps({"exchange-documents": {"exchange-document": documents}})
    )
    return path / "x.json"


ANSWER = """<?xml version="1.0" encoding="UTF-8"?>
<ops:world-patent-data xmlns="http://www.epo.org/exchange" xmlns:ops="http://ops.epo.org">
<exchange-documents>{}</exchange-documents></ops:world-patent-data>"""
ANSWERED = """<exchange-document system="ops.epo.org" country="{o}" doc-number="{n}" kind="{k}">
<bibliographic-data><publication-reference><document-id document-id-type="docdb">
<country>{o}</country><doc-number>{n}</doc-number><kind>{k}</kind></document-id>
</publication-reference></bibliographic-data></exchange-document>"""


def ops_xml(path, number, kinds):
    documents = "".join(ANSWERED.format(o=o, n=number, k=k) for o, k in kinds)
    return csv(path / "x.xml", ANSWER.format(documents))


FORMATS = {maker.__name__: maker for maker in
           (lens, lens_applications, espacenet, table, docdb, ops_json, ops_xml)}  # fmt: skip
DECLARED = Source(path="x", format="table", columns={
    "publication_number": "Number", "publication_office": "Office", "publication_kind": "Kind",
    "ipc": "IPC"}).declaration  # fmt: skip


def ids(path, name):
    """application_id of each record of an export."""
    found = read(path, "table", None, DECLARED) if name == "table" else read(path)
    assert len(found.records) == 2
    return canonical([found])["applications"]["application_id"]


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=NUMBERS, one=records, other=records)
@example(number="2001012345", one=("ES", "A1"), other=("ES", "S"))  # the first is PCT/ES2001/12345
def test_records_of_two_offices_or_series_are_two_applications(tmp_path, name, number, one, other):
    """The digits alone identify nothing; A1 and B1 of one office are one publication number."""
    assume((one[0], SERIES[one[1]]) != (other[0], SERIES[other[1]]))
    assert len(ids(FORMATS[name](tmp_path, number, [one, other]), name)) == 2


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=NUMBERS, offices=st.lists(st.sampled_from(OFFICES), min_size=2, max_size=2,
                                        unique=True))  # fmt: skip
def test_a_patentscope_list_knows_its_offices_by_country(tmp_path, number, offices):
    """Its numbers have no letters; the column Country has."""
    path = csv(tmp_path / "x.csv", "Application Id,Application Number,Country,Title,I P C",
               *(f"{n},{number},{office},x,A01B" for n, office in enumerate(offices)))  # fmt: skip
    assert canonical([read(path)])["applications"]["application_id"].nunique() == len(offices)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=NUMBERS, one=records, other=records)
def test_patstat_tells_applications_by_office_and_kind(tmp_path, number, one, other):
    """The kind of an application has one letter there: A, U, D."""
    letters = {"patent": "A", "model": "U", "design": "F"}
    first, second = ((office, letters[SERIES[kind]]) for office, kind in (one, other))
    assume(first != second)
    appln = "appln_id,appln_auth,appln_nr,appln_kind,appln_filing_date\n"
    for n, (office, kind) in enumerate((first, second), start=5):
        appln += f"{n},{office},{number},{kind},2003-01-0{n}\n"
    folder = patstat_edition(tmp_path / "e", FILES, tls201=appln)
    assert len(canonical([patstat.read(folder)])["applications"]) == 2


def test_a_utility_model_keeps_its_id_over_formats(tmp_path):
    """Lens without the kind in the number, and an office's number with it, are one application."""
    apart = lens_applications(tmp_path, "200300017", [("ES", "U"), ("ES", "A1")])
    assert sorted(ids(apart, "lens")) == ["ES20030000017", "ES20030000017U"]


REGPAT_COLUMNS = "|person_id|app_name|reg_code|ctry_code|reg_share|app_share"


def regpat_edition(folder, office, number):
    """One application of the EPO's or the PCT's part of REGPAT."""
    folder.mkdir(exist_ok=True)
    key, said = (
        ("appln_id|appln_nr|pub_nbr", f"5|{number}|EP1{number[-6:]}")
        if office == "EPO"
        else ("pct_nbr|appln_id", f"WO20{number}|5")
    )
    files = {
        "App_reg": f"{key}{REGPAT_COLUMNS}\n{said}|7|ADOUR OPTIQUE|FR615|FR|1|1\n",
        "Inv_reg": f"{key}{REGPAT_COLUMNS.replace('app_', 'inv_')}\n",
        "IPC": f"{key.split('|pub')[0]}|prio_year|app_year|IPC\n{said.rsplit('|EP', 1)[0]}"
               "|2002|2003|H01L0031042000\n",
    }  # fmt: skip
    for name, text in files.items():
        (folder / f"202001_{office}_{name}.txt").write_text(text, encoding="utf-8", newline="")
    return folder


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.from_regex(r"0[0-9][0-9]{6}", fullmatch=True))
def test_regpat_tells_a_regional_filing_from_an_international_one(tmp_path, number):
    """Equal digits at the EPO and of the PCT are two applications."""
    parts = [
        regpat.read(regpat_edition(tmp_path / office, office, number)) for office in ("EPO", "PCT")
    ]
    found = canonical(parts)["applications"]
    assert len(found) == found["application_id"].nunique() == 2
