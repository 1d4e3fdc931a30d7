"""What a machine reads of the tables beside the pages: CSVW, codebook, schema.org."""

import json

import pytest
from csvw_rules import faults

from studylib.build.published import describe
from studylib.build.published.column_meanings import MEANINGS
from studylib.language import in_language
from studylib.language.column_words import words_of
from studylib.tables.contracts import CONTRACTS

UNPUBLISHED = [
    ("applications", "document"),
    ("applications", "family_from"),
    ("applications", "filing_date"),
    ("applications", "id_from"),
    ("applications", "source_id"),
    ("fields", "application_id"),
    ("fields", "n_symbols"),
    ("fields", "weight"),
]
"""Columns of those contracts that no published table has."""

CSV = (
    b"area,share,low,n_families,base,is_new,application_id,is_exact,z\n"
    b"A,0.25,,3,12,True,EP1,True,inf\nB,,,,,,EP2,False,0.5\n"
)


def test_columns_have_types_and_words():
    """Counts with gaps are whole numbers, flags booleans, what CSVW cannot hold is text."""
    assert [tuple(column.values()) for column in describe.columns_of(CSV)] == [
        ("area", "string", "Area"), ("share", "number", "Share"),
        ("low", "number", "Lower end of the interval"), ("n_families", "integer", "Families"),
        ("base", "integer", "Base"), ("is_new", "string", "Is new"),
        ("application_id", "string", "Application, identifier"),
        ("is_exact", "boolean", "Was the search exact"),
        ("z", "string", "Beside chance, in standard deviations"),
    ]  # fmt: skip


def test_a_file_without_header_says_so():
    """Links for a program begin with a row of numbers: its columns are numbered."""
    content = b"1,25,1.1\n1,26,0.5\n"
    columns = describe.columns_of(content)
    assert [column["label"] for column in columns] == ["Column 1", "Column 2", "Column 3"]
    told = describe.csvw("tables/links.csv", columns, title="Links", language="en")
    assert json.loads(told)["dialect"] == {"header": False}
    assert faults(told, content) == []


@pytest.mark.parametrize(
    ("name", "english", "french"),
    [
        ("share_0", "Share, area 1", "Part, zone 1"),
        ("area_b", "Area 2", "Zone 2"),
        ("rank_low", "Rank, lower end", "Rang, borne basse"),
        ("source_id", "Source, identifier", "Source, identifiant"),
        ("title_es", "Title (español)", "Titre (español)"),
        ("other_sector", "Sector, the other one", "Secteur, l’autre"),
        ("verdict_in_country", "Verdict, countries kept", "Verdict, à pays constants"),
        ("n_pairs", "Pairs of organisations", "Paires de clusters"),
        ("Nobody knows", "Nobody knows", "Nobody knows"),
    ],
)
def test_a_column_is_called_in_the_language_of_its_reader(name, english, french):
    """By its own words, or by what stands before its ending."""
    assert words_of(name) == english
    with in_language("fr"):
        assert words_of(name) == french


def test_a_csv_is_described_beside_it():
    """By the rules of the W3C: its file, its title, and each column with titles, type, unit."""
    with in_language("fr"):
        columns = describe.columns_of(CSV)
        told = describe.csvw(
            "tables/kets.csv", columns, title="Six KET", language="fr", source="Source : OEB"
        )
    assert faults(told, CSV) == []
    assert json.loads(told)["dc:source"] == "Source : OEB"
    said = json.loads(told)
    assert said["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "fr"}]
    assert (said["url"], said["dc:title"]) == ("kets.csv", "Six KET")
    by_name = {column["name"]: column for column in said["tableSchema"]["columns"]}
    assert by_name["share"]["titles"] == ["share", "Part"]
    assert by_name["n_families"]["datatype"] == "integer"
    assert "schema:unitCode" in by_name["share"]


def test_a_description_that_is_not_true_of_its_file_is_seen():
    """Another header, a word among numbers, a property nobody knows."""
    columns = describe.columns_of(CSV)
    told = json.loads(describe.csvw("kets.csv", columns, title="T", language="en"))
    told["tableSchema"]["columns"][1] |= {"titles": ["n"], "datatype": "integer", "unit": "1"}
    assert faults(json.dumps(told), CSV) == [
        "unit is no property", "share is no title of its column", "share: '0.25' is no integer",
    ]  # fmt: skip


def test_meanings_are_those_of_the_contract_of_the_table():
    """A table of another name may mean something else by the same column."""
    assert describe.meaning_of("tables/funnel.csv", "n") == "how many"
    assert describe.meaning_of("tables/kets.csv", "n") == ""
    assert describe.meaning_of("tables/funnel.csv", "share") == ""
    with in_language("fr"):
        assert describe.meaning_of("tables/funnel.csv", "n") == "combien"


def test_every_meaning_that_is_published_is_translated():
    """The contracts of tables that stand beside pages say nothing the catalogues do not have."""
    said = {
        (table, column.name, column.meaning)
        for table in ("applications", "claims", "fields", "funnel", "repairs", "sources")
        for column in CONTRACTS[table].columns
    }
    unknown = [one for one in sorted(said) if one[2] not in MEANINGS]
    assert [one[:2] for one in unknown] == UNPUBLISHED


def test_the_codebook_lists_every_column_of_every_file():
    """File, column, words, type, and what it means where a contract says so."""
    by_file = {"tables/repairs.csv": describe.columns_of(b"n,=x\n1,2\n")}
    assert describe.codebook(by_file).splitlines() == [
        "file,column,label,type,meaning",
        "tables/repairs.csv,n,Number,integer,how many values or rows",
        "tables/repairs.csv,'=x,'=x,integer,",
    ]


def test_the_study_is_a_dataset():
    """Name, period, places, publisher, release and every file, as schema.org calls them."""
    told = json.loads(
        describe.dataset(
            title="Study", question="Who?", language="en", period=(2000, 2012),
            places=["Aquitaine", "Euskadi"], publisher="Us", release="abc",
            files=["tables/b.csv", "figures/a.csv"],
        )
    )  # fmt: skip
    assert (told["@type"], told["name"], told["version"]) == ("Dataset", "Study", "abc")
    assert told["temporalCoverage"] == "2000/2012"
    assert [place["name"] for place in told["spatialCoverage"]] == ["Aquitaine", "Euskadi"]
    assert told["publisher"]["name"] == "Us"
    assert [f["contentUrl"] for f in told["distribution"]] == ["figures/a.csv", "tables/b.csv"]
