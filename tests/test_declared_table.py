"""Tables whose columns the study file names: rows as Orbit, Derwent and others write them."""

import pytest
from small_studies import COUNTING, FRANCE, PERIOD, SPAIN, study_file
from test_cli import run
from test_patentscope import plain
from tiny_exports import csv, xlsx

from studylib import readers
from studylib.errors import DataError, UsageError
from studylib.prepare import canonical
from studylib.readers.lists.declaration import Declaration
from studylib.study.input_parts import Source
from studylib.study.model import load


def declared(columns, **keys):
    """A declaration as a study file writes it."""
    return Source(path="x", format="table", columns=columns, **keys).declaration


def raw(path, columns, **keys):
    return readers.read(path, "table", None, declared(columns, **keys))


def symbols(raws):
    return canonical([raws])["symbols"]["symbol"].astype("str").tolist()


def of_source(folder, keys):
    """A study file with one source of these keys."""
    return study_file(folder, PERIOD, COUNTING, SPAIN, FRANCE, f"[[sources]]\n{keys}")


NUMBER = {"publication_number": "No", "ipc": "Class"}


def test_columns_are_found_by_the_header_the_study_names(tmp_path):
    """The header may stand below other rows, and its case and signs are of no account."""
    path = csv(tmp_path / "x.csv", "Total found: 1", "pub. no,Int. Class", "EP 1 A1,H01S5/00")
    read = raw(path, {"publication_number": "Pub No", "ipc": "Int Class"})
    assert plain(read.records, "row", "publication_number") == [[3, "EP 1 A1"]]
    assert symbols(read) == ["H01S 5/00"]
    assert read.provenance == ("Total found: 1",)


def test_a_workbook_is_a_table_like_a_text(tmp_path):
    """Cells with numbers are what a person reads there."""
    path = xlsx(
        tmp_path / "x.xlsx", [["No", "Class", "Filed"], ["ES2000001", "A01B 1/00", 20051201]]
    )
    read = raw(path, NUMBER | {"filing_date": "Filed"})
    found = canonical([read])["applications"].iloc[0]
    assert (found["application_id"], found["filing_year"]) == ("ES2000001", 2005)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (
            NUMBER | {"title": "Name"},
            "has no column 'Name', which `columns` of the study",
        ),
        ({"publication_number": "A", "ipc": "B"}, "it starts with 'No', 'Class'"),
    ],
)
def test_a_column_that_is_not_there_is_named(tmp_path, columns, message):
    """A typing error in a header says which columns there are."""
    with pytest.raises(DataError, match=message):
        raw(csv(tmp_path / "x.csv", "No,Class", "EP1,A01B"), columns)


def test_two_columns_of_one_name_are_refused(tmp_path):
    """Nobody can say which of them is meant."""
    with pytest.raises(DataError, match="has 2 columns for `Class`: 'Class', 'class'"):
        raw(csv(tmp_path / "x.csv", "No,Class,class", "EP1,A01B,A01C"), NUMBER)


def test_without_columns_the_format_says_what_it_needs(tmp_path):
    """A table is never guessed."""
    path = csv(tmp_path / "x.csv", "No,Class", "EP1,A01B")
    with pytest.raises(UsageError, match=r"nothing says what its columns hold. Name them in the"):
        readers.read(path, "table")


@pytest.mark.parametrize(
    ("keys", "mistake"),
    [
        ('columns = { ipc = "A" }', "name the column of `publication_number` or of `application_"),
        ('columns = { publication_number = "A" }', "name the column of `ipc`; without it nothing"),
        ('columns = { number = "A", ipc = "B" }', "there is no column 'number'; known: app"),
        ('columns = { publication_number = ["A", "B"], ipc = "C" }', "can stand in one col"),
        ('columns = { publication_number = "A", ipc = "C" }\nseparators = { title = "," }',
         "'title' holds no lists"),
    ],
)  # fmt: skip
def test_a_study_file_names_enough_columns_and_known_ones(tmp_path, keys, mistake):
    """What is missing is said before anything is read."""
    path = study_file(
        tmp_path,
        PERIOD,
        COUNTING,
        SPAIN,
        FRANCE,
        f'[[sources]]\npath = "data"\nformat = "table"\n{keys}\n',
    )
    with pytest.raises(UsageError, match=mistake):
        load(path)


def test_columns_are_for_tables_only(tmp_path):
    """A known format knows its columns; naming them would be without effect."""
    path = study_file(
        tmp_path, PERIOD, COUNTING, SPAIN, FRANCE, '[[sources]]\npath = "data"\ndates = "dmy"\n'
    )
    with pytest.raises(UsageError, match=r'`dates` is read with format = "table" only'):
        load(path)


def test_entries_stand_between_the_usual_signs_or_those_named(tmp_path):
    """Semicolons, bars and line ends part entries; a comma only where the study says so."""
    path = csv(tmp_path / "x.csv", "No\tClass\tOwner\tBy", 'EP1\t"A01B1/00; A01C3/02|B60K1/00"\t'
               'A, B SA; C SL\tZ Y, X W')  # fmt: skip
    read = raw(path, NUMBER | {"applicants": "Owner", "inventors": "By"},
               separators={"inventors": ","})  # fmt: skip
    assert plain(read.symbols, "raw", "position") == [["A01B1/00", 1], ["A01C3/02", 2],
                                                      ["B60K1/00", 3]]  # fmt: skip
    assert plain(read.parties, "role", "raw_name") == [
        ["applicant", "A, B SA"], ["applicant", "C SL"], ["inventor", "Z Y"], ["inventor", "X W"]
    ]  # fmt: skip


def test_a_list_may_stand_in_several_columns_or_in_parts(tmp_path):
    """Main and further classes are one list; section, class and group are one symbol."""
    path = csv(tmp_path / "x.csv", "No,Main,More,s,c,u,g,h",
               "EP1,H01S 5/00,G01J 3/00;G01J 3/02,B,82,Y,30,00",
               "EP2,,A01B 1/00,B,,Y,30,00")  # fmt: skip
    form = "{s}{c}{u} {g}/{h}"
    read = raw(path, {"publication_number": "No", "ipc": ["Main", "More", form]})
    assert plain(read.symbols, "record", "raw") == [
        [0, "H01S 5/00"], [0, "G01J 3/00"], [0, "G01J 3/02"], [0, "B82Y 30/00"], [1, "A01B 1/00"]
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("EXEMPLE SAS [FR]", [["EXEMPLE SAS", "FR"]]),
        ("Exemplo (ES); ACME", [["Exemplo", "ES"], ["ACME", None]]),
        ("Muster GmbH, 79098 Freiburg, DE", [["Muster GmbH", "DE"]]),
        ("Talleres X, SL", [["Talleres X, SL", None]]),
    ],
)
def test_a_country_behind_a_name_is_split_off(tmp_path, written, names):
    """Two letters behind a comma are a country only behind a postcode: SL is a legal form."""
    path = csv(tmp_path / "x.csv", "No|Class|Owner", f'EP1|A01B|"{written}"')
    read = raw(path, NUMBER | {"applicants": "Owner"})
    assert plain(read.parties, "raw_name", "country") == names


def test_countries_and_regions_stand_beside_the_names(tmp_path):
    """In the same order; one is that of all names; other numbers of them are said, not guessed."""
    path = csv(tmp_path / "x.csv", "No,Class,By,Where,Nuts", "EP1,A01B,A;B,FR;ES,FR615;ES212",
               "EP2,A01B,A;B,FR,", "EP3,A01B,A;B;C,FR;ES,")  # fmt: skip
    read = raw(path, NUMBER | {"inventors": "By", "inventor_countries": "Where",
                               "inventor_regions": "Nuts"})  # fmt: skip
    assert plain(read.parties, "record", "raw_name", "country", "nuts_id") == [
        [0, "A", "FR", "FR615"], [0, "B", "ES", "ES212"], [1, "A", "FR", None],
        [1, "B", "FR", None],
        [2, "A", None, None], [2, "B", None, None], [2, "C", None, None],
    ]  # fmt: skip
    assert list(read.repairs.values()) == [1]


@pytest.mark.parametrize(
    ("written", "application_id"),
    [
        ("EP-05900001-A", "EP05900001"),  # BigQuery
        ("2005EP-0900001", "EP05900001"),  # Orbit
        ("2004FR-0490001", "FR20040490001"),
        ("2004US-10864311", "US20040864311"),
        ("2005WO-FR01234", "WO2005FR01234"),
        ("EP2005900001A", "EP05900001"),  # Derwent
    ],
)
def test_numbers_are_read_as_products_write_them(tmp_path, written, application_id):
    """Year first, hyphens and kinds are one application, whoever exports it."""
    path = csv(tmp_path / "x.csv", "No,Class", f"{written},A01B")
    found = canonical([raw(path, {"application_number": "No", "ipc": "Class"})])["applications"]
    assert found["application_id"].tolist() == [application_id]


def test_the_office_of_bare_numbers_is_named_once(tmp_path):
    """An office's own list does not repeat whose it is."""
    path = csv(tmp_path / "x.csv", "No,Pub,Class", "200400001,2000001,A01B")
    columns = {"application_number": "No", "publication_number": "Pub", "ipc": "Class"}
    found = canonical([raw(path, columns, office="ES")])["applications"]
    assert found[["application_id", "office"]].to_numpy().tolist() == [["ES20040000001", "ES"]]


def test_a_row_is_told_by_either_number(tmp_path):
    """Not yet published is a record; a row without any number is a reject."""
    path = csv(tmp_path / "x.csv", "No,Pub,Class", "ES200400001,,A01B", ",ES2000002,A01B", ",,A01B")
    read = raw(path, {"application_number": "No", "publication_number": "Pub", "ipc": "Class"})
    assert plain(read.records, "row") == [[2], [3]]
    assert plain(read.rejects, "row", "reason") == [[4, "no application and no publication number"]]


@pytest.mark.parametrize(("order", "day"), [("dmy", "2005-02-01"), ("mdy", "2005-01-02")])
def test_the_order_of_day_and_month_is_as_the_study_says(tmp_path, order, day):
    """`01/02/2005` alone tells nothing."""
    path = csv(tmp_path / "x.csv", "No,Class,Filed", "ES200400001,A01B,01/02/2005")
    read = raw(path, {"application_number": "No", "ipc": "Class", "filing_date": "Filed"},
               dates=order)  # fmt: skip
    assert canonical([read])["applications"]["filing_date"].astype("str").tolist() == [day]


def test_priorities_have_their_own_dates_or_the_earliest(tmp_path):
    """The earliest date is that of claims without one; without any number it is a claim."""
    path = csv(tmp_path / "x.csv", "No,Class,Prio,First", "EP1,A01B,2004FR-0490001,2004-12-03",
               "EP2,A01B,,2003-05-06", "EP3,A01B,FR0400001 2004-01-02;ES200300001,")  # fmt: skip
    read = raw(path, NUMBER | {"priorities": "Prio", "priority_date": "First"})
    assert plain(read.priorities, "record", "number", "country", "date") == [
        [0, "FR20040490001", "FR", "2004-12-03"], [1, None, None, "2003-05-06"],
        [2, "FR0400001", "FR", "2004-01-02"], [2, "ES200300001", "ES", None],
    ]  # fmt: skip
    years = canonical([read])["applications"].set_index("application_id")["priority_year"]
    assert years["EP0000001":"EP0000002"].tolist() == [2004, 2003]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["C07D41700", "H01J04900 | G01N03072"], ["C07D 417/00", "G01N 30/72", "H01J 49/00"]),
        (["C07D41700"], ["C07D 417/00"]),
        (["G01J0003000 | H01S0005000"], ["G01J 3/00", "H01S 5/00"]),
        (["G01N27327"], ["G01N 273/27"]),
        (["H04L002906", "A61K003148"], ["A61K 31/48", "H04L 29/06"]),
        (["G01N3353", "H01S5/00"], ["H01S 5/00"]),
        (["G01N3353"], []),
    ],
)
def test_packed_symbols_are_read_where_the_column_tells_how(tmp_path, cells, expected):
    """Main groups filled to three or four digits; where symbols have a slash nothing is packed."""
    rows = [f'EP{n},"{cell}"' for n, cell in enumerate(cells, start=1)]
    assert sorted(symbols(raw(csv(tmp_path / "x.csv", "No,Class", *rows), NUMBER))) == expected


def test_the_width_of_packed_symbols_can_be_named(tmp_path):
    """`H01L310420` alone has two readings; the study file says which."""
    path = csv(tmp_path / "x.csv", "No,Class", "EP1,H01L031042")
    assert symbols(raw(path, NUMBER, packed=3)) == ["H01L 31/042"]
    assert symbols(raw(path, NUMBER, packed=4)) == ["H01L 310/42"]


def test_families_of_a_table_have_no_other_families_beside_them(tmp_path):
    """A number of a product's own family is compared with its like only."""
    path = csv(tmp_path / "x.csv", "No,Class,F", "EP1,A01B,7", "EP2,A01B,7")
    found = canonical([raw(path, NUMBER | {"family_id": "F"})])["applications"]
    assert found["family_id"].tolist() == ["family:7", "family:7"]
    named = raw(path, NUMBER | {"family_id": "F"}, family="DOCDB simple")
    assert canonical([named])["applications"]["family_id"].tolist() == ["docdb:7", "docdb:7"]


def test_a_study_reads_a_table_by_its_block(tmp_path):
    """The keys of the block reach the reader."""
    csv(tmp_path / "list.csv", "No,Class", "EP1,A01B 1/00")
    path = of_source(tmp_path, 'path = "list.csv"\nformat = "table"\n'
                     'columns = { publication_number = "No", ipc = "Class" }\n')  # fmt: skip
    from studylib.build.checks.exports import read_sources

    (found,) = next(iter(read_sources(load(path)).values()))
    assert found.format == "table"
    assert found.symbols["raw"].tolist() == ["A01B 1/00"]


@pytest.mark.parametrize("block", [True, False])
def test_the_command_reads_a_table_by_a_file(tmp_path, capsys, monkeypatch, block):
    """`--table` takes the block as printed, or its keys alone."""
    path = csv(tmp_path / "list.csv", "No,Class", "EP1,A01B 1/00")
    keys = 'columns = { publication_number = "No", ipc = "Class" }\n'
    told = tmp_path / "told.toml"
    told.write_text(f'[[sources]]\npath = "x"\nformat = "table"\n{keys}' if block else keys)
    code, out, _ = run(capsys, monkeypatch, "read", path, "--table", told, "--out", tmp_path / "o")
    assert code == 0
    assert "1  applications" in out


def test_a_file_for_tables_with_a_mistake_is_named(tmp_path, capsys, monkeypatch):
    """The sentence says which file and which key; a format beside it is a contradiction."""
    path = csv(tmp_path / "list.csv", "No,Class", "EP1,A01B 1/00")
    told = csv(tmp_path / "told.toml", 'columns = { ipc = "Class" }')
    out = tmp_path / "o"
    code, _, err = run(capsys, monkeypatch, "read", path, "--table", told, "--out", out)
    assert code == 10
    assert "'told.toml' has 1 mistake" in err
    assert "name the column of `publication_number`" in err
    code, _, err = run(capsys, monkeypatch, "read", path, "--table", told, "--format", "lens",
                       "--out", out)  # fmt: skip
    assert code == 2
    assert "--table says how a table is read, but --format is 'lens'" in err


def test_a_declaration_lists_its_headers_once():
    """Those of forms, too."""
    told = Declaration({"publication_number": ("{a}{b}",), "ipc": ("b", "c")})
    assert told.headers == ("a", "b", "c")
