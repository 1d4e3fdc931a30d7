"""What a machine reads of the tables beside the pages: CSVW, codebook, schema.org."""

import json

from studylib.build import describe
from studylib.language import in_language

CSV = b"area,share,low,n_families,base,is_new,application_id\nA,0.25,,3,12,True,EP1\nB,,,,,,EP2\n"


def test_columns_have_types_and_words():
    """Counts with gaps are whole numbers, flags are booleans, the rest is text."""
    assert [tuple(column.values()) for column in describe.columns_of(CSV)] == [
        ("area", "string", "Area"), ("share", "number", "Share"), ("low", "number", "Low"),
        ("n_families", "integer", "Families"), ("base", "number", "Base"),
        ("is_new", "string", "Is new"), ("application_id", "string", "Application id"),
    ]  # fmt: skip


def test_a_csv_is_described_beside_it():
    """CSVW 1.0: its file, its title, and each column with title, type, unit and meaning."""
    columns = describe.columns_of(CSV)
    told = json.loads(describe.csvw("tables/kets.csv", columns, title="Six KETs", language="en"))
    assert told["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "en"}]
    assert (told["url"], told["dc:title"]) == ("kets.csv", "Six KETs")
    by_name = {column["titles"]: column for column in told["tableSchema"]["columns"]}
    assert list(by_name) == CSV.decode().splitlines()[0].split(",")
    assert by_name["n_families"]["datatype"] == "integer"
    assert "schema:unitCode" in by_name["share"]
    assert "dc:description" not in by_name["low"]
    french = describe.csvw("tables/kets.csv", columns, title="T", language="fr")
    assert "dc:description" not in french  # meanings are written in English


def test_the_codebook_lists_every_column_of_every_file():
    """File, column, words, type; in English what it means."""
    by_file = {"tables/a.csv": describe.columns_of(b"n,=x\n1,2\n")}
    assert describe.codebook(by_file, language="en").splitlines() == [
        "file,column,label,type,meaning", "tables/a.csv,n,N,integer,",
        "tables/a.csv,'=x,'=x,integer,",
    ]  # fmt: skip
    with in_language("fr"):
        assert describe.codebook(by_file, language="fr").startswith("file,column,label,type\n")


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
