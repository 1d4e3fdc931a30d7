"""`study.toml`: a checked object, and every mistake in a sentence that names its key."""

import pytest
from conftest import ROOT
from small_studies import (
    COUNTING,
    FRANCE,
    HEAD,
    PERIOD,
    REFERENCE,
    SOURCES,
    SPAIN,
    study,
    study_file,
)

from studylib.errors import UsageError
from studylib.study import value_types
from studylib.study.model import find, load

KNOWN_AREA = "country, name, nuts, nuts_version, wider"


def mistake(tmp_path, *blocks, head=HEAD):
    """What is said of a study file, without its first line."""
    with pytest.raises(UsageError) as error:
        study(tmp_path, *blocks, head=head)
    assert error.value.exit_code == 2
    return str(error.value)


def test_a_study_is_what_its_file_says(tmp_path):
    """Names, years and paths as written; paths from the folder of the file."""
    read = study(tmp_path, PERIOD, COUNTING, SPAIN, FRANCE, REFERENCE, SOURCES)
    assert (read.id, read.title_in("fr")) == ("tiny", "A tiny study")
    assert (read.period.first_year, read.period.last_year, read.period.date) == (
        2000,
        2004,
        "filing",
    )
    assert read.territory_ids == ["Spain", "France"]
    assert read.territories[0].named("fr") == "Espagne"
    assert read.reference.named("fr") == "Les deux"
    assert read.path(read.sources[0].path) == tmp_path / "data"
    assert read.languages == ("en", "fr")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "tiny"\n', "", "`id` is missing."),
        ('id = "tiny"', 'id = "A b"', "`id` is 'A b'; expected a short name of small letters"),
        ('id = "tiny"', "id = 5", "`id` is '5'; expected a text."),
        ('"A tiny study"', "5", "`title` is not a name or title; expected a text, or one text"),
        ('"A tiny study"', '{ xx = "a" }', "`title` is not a name or title; expected a text, or"),
        ('"A tiny study"', '""', "`title` is not a name or title; expected a text, or one text"),
        ("2000", '"2000"', "`period.first_year` is '2000'; expected a whole number, without"),
        ("2000", "2000.0", "`period.first_year` is '2000.0'; expected a whole number."),
        ("2000", "true", "`period.first_year` is 'true'; expected a whole number."),
        ("2000", "20", "`period.first_year` is '20'; expected 1850 or more."),
        ("2004", "20040", "`period.last_year` is '20040'; expected 2100 or less."),
        ("2000", "2005", "`period`: first_year 2005 lies after last_year 2004; swap them."),
        ("2004\n", '2004\ndate = "grant"\n', "expected 'filing', 'priority' or 'publication'."),
        ("[period]", "[periode]", "`period` is missing.\n  `periode` is not a key of a study (did"),
        ('country = "ES"', 'country = "Spain"', "`territories[0].country` is 'Spain'; expected t"),
        ('country = "ES"', "", "`territories[0]`: needs `nuts` (region codes) or `country`"),
        ('country = "ES"', 'nuts = "ES21"', "`territories[0].nuts` is 'ES21'; expected a list."),
        ('country = "ES"', 'nuts = ["21"]', "`territories[0].nuts[0]` is '21'; expected a region"),
        ('country = "FR"', 'code = "FR"', f"here: {KNOWN_AREA}."),
        ('"Espagne"', f'"{"x" * 301}"', "`territories[0].name` is not a name or title"),
        ('en = "Spain"', 'en = "France"', "two territories have the same name, 'France'; rename"),
        ('path = "data"', "path = 5", "has 1 mistake:\n  `sources[0].path` is '5'"),
        ('path = "data"', 'pth = "data"', "path` is missing.\n  `sources[0].pth` is no"),
        ('path = "data"', 'path = "no.csv"', "`sources[0].path` names 'no.csv', which is not in"),
        ('path = "data"', 'path = "https://x.org/a.csv"', "`sources[0].path` is an address"),
        ("[[sources]]", '[[sources]]\npath = "data"\n[[sources]]', "named twice: 'data'; its"),
        (HEAD, HEAD + "languages = []\n", "`languages`: name each language once, and at least"),
        (HEAD, HEAD + 'languages = ["gl"]\n', "no catalogue for 'gl'; there are en, es, eu, fr."),
        (HEAD, HEAD + 'languages = ["de"]\n', "no catalogue for 'de'; there are en, es, eu, fr."),
        (HEAD, HEAD + "languages = [5]\n", "`languages[0]`: no catalogue for '5'; there"),
        (HEAD, HEAD + "seed = -1\n", "`seed` is '-1'; expected 0 or more."),
        (HEAD, HEAD + 'survey = "x"\n', "`survey` is 'x'; expected a block of keys."),
        (HEAD, HEAD + 'clusters = "ftp://x/y"\n', "`clusters` is an address"),
        (HEAD, HEAD + 'survey = { path = "study.toml", codebook = "c" }\n', "codebook` names 'c'"),
        (HEAD, HEAD + 'clusters = "data"\n', "`clusters` names 'data', which is a folder."),
        (HEAD, HEAD + 'sectors = "none.csv"\n', "`sectors` names 'none.csv', which is not in the"),
        (HEAD, HEAD + 'themes = "data"\n', "`themes` names 'data', which is a folder."),
        ('"Espagne"', '"Espagne", fe = "x"', "`territories[0].name` is not a name or title"),
        (HEAD, HEAD + '"a\\u001b[2J" = 1\n', "`a\\x1b[2J` is not a key"),
        ("[[territories]]", "[x]\n[[territories]]", "`x` is not a key"),
        (SPAIN + FRANCE, "territories = []\n", "`territories` is '[]'; expected at least 1."),
        ('"priority"', '"inventors"', "is 'inventors' (did you mean 'inventor'?); expected "),
        ("= 2000", "2000", "cannot be read as TOML: "),
    ],
)  # fmt: skip
def test_a_mistake_is_one_sentence_that_names_its_key(tmp_path, old, new, said):
    """The key as it stands in the file, what stood there, what was expected; exit code 2."""
    blocks = [PERIOD + COUNTING + SPAIN + FRANCE + SOURCES]
    if old == SPAIN + FRANCE:
        blocks = [new + PERIOD + COUNTING + SOURCES]
        text = mistake(tmp_path, *blocks)
    elif old in HEAD:
        text = mistake(tmp_path, *blocks, head=HEAD.replace(old, new))
    else:
        assert old in blocks[0]
        text = mistake(tmp_path, blocks[0].replace(old, new, 1))
    assert said in text


def test_an_unknown_format_is_refused_with_the_known_ones(tmp_path):
    """A typing error is found before anything is read, and the key says where it stands."""
    sources = SOURCES + 'format = "lense"\n'
    assert mistake(tmp_path, PERIOD, COUNTING, SPAIN, FRANCE, sources) == (
        "study.toml has 1 mistake:\n  `sources[0].format`: there is no format 'lense'; known: auto,"
        " patentscope, lens, espacenet, ops_json, ops_xml, docdb, regpat, patstat, table."
    )
    known = study(tmp_path, PERIOD, COUNTING, SPAIN, SOURCES + 'format = "lens"\n')
    assert known.sources[0].format == "lens"


def test_every_mistake_is_told_at_once(tmp_path):
    """A file with three mistakes is corrected in one go."""
    text = mistake(tmp_path, PERIOD.replace("2000", '"x"'), SPAIN, FRANCE, head='id = "A"\n')
    assert text.startswith("study.toml has 4 mistakes:\n  ")
    assert len(text.splitlines()) == 5


@pytest.mark.parametrize(
    ("said", "block"),
    [
        ("`territories[2]`: `nuts` names 'FR61' more than once", 'nuts = ["FR61", "PT1", "FR61"]'),
        ("`territories[2]`: `nuts` names 'PT1', not in `country` 'DE'",
         'nuts = ["PT1"]\ncountry = "DE"'),
        ("`territories[2]`: `nuts` has 1 code that is not of NUTS 2013: 'FRJ'", 'nuts = ["FRJ"]'),
        ("`territories`: 'ES' of 'Spain' is or lies in 'ES' of 'X'", 'country = "ES"'),
        ("`territories`: 'FR612' of 'X' is or lies in 'FR' of 'France'", 'nuts = ["FR612"]'),
    ],
)  # fmt: skip
def test_a_territory_that_cannot_be_counted_right_is_refused(tmp_path, said, block):
    """Places that are named twice, are in two territories or do not exist; key and codes."""
    third = f'[[territories]]\nname = "X"\n{block}\n'
    counting = COUNTING.replace("priority", "inventor")
    text = mistake(tmp_path, PERIOD, counting, SPAIN, FRANCE, third, SOURCES)
    assert text.startswith(f"study.toml has 1 mistake:\n  {said}")


def test_comparison_areas_may_overlap(tmp_path):
    """Each is counted by itself and none is added to another: only its own codes must be right."""
    twins = "".join(
        f'[[comparison]]\nname = "{name}"\nnuts = [{codes}]\n'
        for name, codes in (
            ("Rhine", '"DE13", "FR42", "CH03"'),
            ("Baden", '"DE13"'),
            ("S", '"ES2"'),
        )
    )
    assert len(study(tmp_path, PERIOD, COUNTING, SPAIN, FRANCE, twins, SOURCES).comparison) == 3
    wrong = twins.replace('"DE13"]', '"DE13", "DE131", "FRF1"]')
    text = mistake(tmp_path, PERIOD, COUNTING, SPAIN, FRANCE, wrong, SOURCES)
    assert "`comparison[1]`: `nuts` names regions that lie in others it names: 'DE131' in" in text
    assert "'FRF1' (a code of NUTS 2016, 2021; in NUTS 2010 it is FR42)" in text


def test_a_country_of_the_reference_stands_there_once(tmp_path):
    """Its patents would count double; UK is GB."""
    reference = REFERENCE.replace('"ES", "FR"', '"UK", "FR", "GB"')
    text = mistake(tmp_path, PERIOD, COUNTING, SPAIN, FRANCE, reference, SOURCES)
    assert "`reference.countries`: named twice: 'GB'; its patents would count double." in text


def test_no_two_areas_of_any_kind_have_one_name(tmp_path):
    """Territories, comparison areas and the reference share a column: one name, one area."""
    reference = REFERENCE.replace("Both", "Spain")
    text = mistake(tmp_path, PERIOD, COUNTING, SPAIN, FRANCE, reference, SOURCES)
    assert "Two areas (territories, comparison, reference) have the same name, 'Spain'" in text
    twin = '[[comparison]]\nname = "France"\nnuts = ["BE2"]\n'
    assert "'France'" in mistake(tmp_path, PERIOD, COUNTING, SPAIN, FRANCE, twin, SOURCES)


def test_a_reference_has_countries(tmp_path):
    """A reference of no country would be compared with nothing."""
    text = mistake(tmp_path, PERIOD, COUNTING, SPAIN, '[reference]\nname = "R"\n', SOURCES)
    assert "`reference.countries` is missing." in text


@pytest.mark.parametrize("basis", ["priority", "office"])
def test_a_region_cannot_be_located_by_country(tmp_path, basis):
    """Priority claims and offices know countries only: a region would stay empty for ever."""
    region = SPAIN.replace('country = "ES"', 'nuts = ["ES21"]')
    counting = COUNTING.replace("priority", basis)
    assert f"`located_by` is {basis}, which knows countries and no regions; 'Spain'" in mistake(
        tmp_path, PERIOD, counting, region, SOURCES
    )
    study(tmp_path, PERIOD, COUNTING.replace("priority", "applicant"), region, SOURCES)


def test_a_file_that_is_not_there_is_said(tmp_path):
    """No study file: how to make one."""
    with pytest.raises(UsageError, match=r"There is no study file .*studylib init DIR"):
        load(tmp_path / "study.toml")


def test_a_folder_is_no_study_file(tmp_path):
    """Who names the folder is told to name the file in it, or how to make one there."""
    with pytest.raises(UsageError, match=r"is a folder, .*\. Make one in it: studylib init DIR\."):
        load(tmp_path)
    study_file(tmp_path)
    with pytest.raises(UsageError, match=r"is a folder, .*\. Name the `study\.toml` in it\."):
        load(tmp_path)


def test_a_mark_before_the_text_is_no_mistake(tmp_path):
    """Windows editors put a byte order mark before UTF-8: the file says the same with it."""
    path = study_file(tmp_path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load(path).id == "tiny"


@pytest.mark.parametrize("key", ["root", "_root"])
def test_no_key_of_the_file_moves_its_folder(tmp_path, key):
    """Paths start from the folder of the file; such a key is unknown, quoted as it stands."""
    assert study(tmp_path).root == tmp_path
    said = mistake(tmp_path, PERIOD, COUNTING, SPAIN, SOURCES, head=HEAD + f'{key} = "/"\n')
    assert said.startswith(f"study.toml has 1 mistake:\n  `{key}` is not a key of a study; known")
    assert "root" not in said.partition("known here: ")[2]


def test_a_source_inside_another_is_refused(tmp_path):
    """Its records would count double: the key of the inner one and of the outer one are said."""
    (tmp_path / "data" / "more").mkdir(parents=True)
    inner = '[[sources]]\npath = "data/more"\n'
    said = mistake(tmp_path, PERIOD, COUNTING, SPAIN, FRANCE, inner, SOURCES)
    assert "`sources[0].path` is or lies in `sources[1].path`" in said


def test_texts_may_be_in_a_language_that_has_no_pages(tmp_path):
    """A name in Basque waits in the file for the catalogue that will show it."""
    basque = SPAIN.replace("{ ", '{ eu = "Espainia", ')
    assert (
        study(tmp_path, PERIOD, COUNTING, basque, SOURCES).territories[0].named("eu") == "Espainia"
    )


def test_nothing_of_a_study_changes_after_loading(tmp_path):
    """A study is frozen: what was checked stays true."""
    with pytest.raises(ValueError, match="frozen"):
        study(tmp_path).id = "other"


def test_the_nearest_study_file_is_found(tmp_path, monkeypatch):
    """By its name, here or in a folder above; a path is taken as it is."""
    path = study_file(tmp_path)
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert find() == path
    assert str(find("a/study.toml")) == "a/study.toml"
    with pytest.raises(UsageError, match=r"no 'other\.toml' here or in any folder above"):
        find("other.toml")


def test_a_text_may_be_in_any_language_there_is(tmp_path):
    """A name in a language without pages waits for its catalogue."""
    spoken = SPAIN.replace('fr = "Espagne"', 'eu = "Espainia"')
    read = study(tmp_path, PERIOD, COUNTING, spoken, FRANCE, SOURCES)
    assert read.territories[0].named("eu") == "Espainia"
    assert read.territories[0].named("fr") == "Spain"


def test_a_language_whose_catalogue_lacks_texts_is_refused(tmp_path, monkeypatch):
    """A page would mix two languages in silence: how many are missing, and what lists them."""
    lacks = {"en": [], "fr": ["one", "two"]}
    monkeypatch.setattr(value_types, "missing", lacks.__getitem__)
    said = mistake(tmp_path, PERIOD, SPAIN, SOURCES, head=HEAD + 'languages = ["en", "fr"]\n')
    assert "`languages[1]`: the catalogue for 'fr' lacks 2 texts, which would stand in" in said
    assert said.endswith(".venv/bin/python -m studylib.report.catalogues --missing fr.")


def test_the_default_study_is_valid():
    """The study at the root of the project needs no correction."""
    read = load(ROOT / "study.toml")
    assert read.territory_ids == ["Aquitaine", "Euskadi"]
    assert read.comparison[0].named("fr") == "Rhin supérieur"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[period]", "[perriod]", r"`perriod` is not a key of a study \(did you mean 'period'\?\)"),
        ('located_by = "priority"', 'located_by = "Priorty"',
         r"`counting.located_by` is 'Priorty' \(did you mean 'priority'\?\); expected 'inventor'"),
        ("first_year = 2000", 'first_year = "2000"', "a whole number, without quotes"),
        ("[[sources]]", "[sources]", r"`sources` is one block; .* write \[\[sources\]\]"),
        ('path = "data"', r'path = "C:\Users\me\data"', "Write paths with / in place of"),
    ],
)  # fmt: skip
def test_a_mistake_says_what_was_meant(tmp_path, old, new, said):
    """Slips of the pen, quoted numbers, one bracket for two, paths as Windows writes them."""
    path = study_file(tmp_path)
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        load(path)


@pytest.mark.parametrize(
    ("located_by", "country", "is_refused"),
    [("inventor", "EP", True), ("applicant", "ZZ", True), ("inventor", "QQ", True),
     ("office", "EP", False), ("priority", "WO", False), ("office", "ZZ", True),
     ("inventor", "UK", False), ("inventor", "EL", False), ("applicant", "DD", False)],
)  # fmt: skip
def test_a_territory_is_a_country_where_people_live(tmp_path, located_by, country, is_refused):
    """Nobody lives at an office, and nothing lies in an unknown country: neither is left at 0."""
    place = f'[[territories]]\nname = "A"\ncountry = "{country}"\n'
    other = '[[territories]]\nname = "B"\ncountry = "FR"\n'
    counting = f'[counting]\nlocated_by = "{located_by}"\n'
    path = study_file(tmp_path, PERIOD, counting, place, other, SOURCES)
    if not is_refused:
        assert len(load(path).territories) == 2
        return
    with pytest.raises(UsageError, match=f"'{country}' is no country of a person or a firm"):
        load(path)


def test_a_truth_value_in_quotes_is_told_in_words(tmp_path):
    """The sentence says what to write."""
    path = study_file(tmp_path, head=HEAD + 'allow_empty = "yes"\n')
    with pytest.raises(UsageError, match="'yes'; expected true or false, without quotes"):
        load(path)
