"""The rules of rule files, and what ours say."""

import pandas as pd
import pytest

from studylib import ket
from studylib.errors import DataError, UsageError
from studylib.ket import fields, sound_rules
from studylib.ket import match as ket_match
from studylib.ket import rules as ket_rules
from studylib.ket.rules import PROXY_SCHEME, load_scheme
from studylib.language import in_language

HEAD = "ket,rule,symbol,level,with_symbol,certainty,used,source,note\n"


@pytest.fixture
def book(tmp_path):
    """Writes a rule file and gives its path."""

    def written(text, toml=None):
        path = tmp_path / "mine.csv"
        path.write_text(text, encoding="utf-8")
        if toml is not None:
            path.with_suffix(".toml").write_text(toml, encoding="utf-8")
        return path

    return written


def test_a_scheme_says_whether_it_is_verified(book):
    """The flag is true only where the file beside the rules says so, byte order mark or not."""
    rules = HEAD + "photonics,include,G02B 6,main group,,C,yes,somebody,\n"
    plain = load_scheme(book(rules))
    assert (plain.id, plain.title, plain.verified, plain.citation) == ("mine", "mine", False, "")
    assert not load_scheme(book(rules, 'verified = "yes"\n')).verified
    checked = load_scheme(book(rules, '\ufeffid = "x"\ntitle = "X"\nverified = true\n'))
    assert (checked.id, checked.title, checked.verified) == ("x", "X", True)


def test_four_columns_are_enough(book):
    """Whoever writes own rules needs KET, rule, symbol and level only."""
    scheme = load_scheme(book("ket,rule,symbol,level\nphotonics,include,G02B 6,main group\n"))
    assert list(scheme.rules["symbol"]) == ["G02B 6"]
    assert scheme.kets == ("photonics",)


RULED = (("photonics", "G02B"), ("lasers", "H01S"))
LATER = '[ket.photonics]\nen = "Photonics"\n[ket.nobodys]\nen = "Without a rule"\n'


def test_the_names_of_a_scheme_say_which_kets_there_are_and_in_which_order(book):
    """In the language of the page, else in English, else the first; without a rule it is no KET."""
    rows = "".join(f"{key},include,{s},subclass,,C,yes,s,\n" for key, s in RULED)
    scheme = load_scheme(book(HEAD + rows, '[ket.lasers]\nfr = "Le laser"\n' + LATER))
    assert scheme.kets == ("lasers", "photonics")
    with in_language("fr"):
        assert [scheme.name(key) for key in scheme.kets] == ["Le laser", "Photonics"]
    with in_language("en"):
        assert [scheme.name(key) for key in scheme.kets] == ["Le laser", "Photonics"]


def test_a_scheme_without_names_has_the_kets_of_its_rules(book):
    """In the order of the rules, called by their keys in words."""
    rows = "".join(f"{key},include,{s},subclass,,C,yes,s,\n" for key, s in RULED)
    scheme = load_scheme(book(HEAD + rows))
    assert scheme.kets == ("photonics", "lasers")
    assert scheme.name("quantum_sensing") == "Quantum sensing"


def test_a_ket_the_names_do_not_have_is_a_slip_of_the_pen(book):
    """Where the scheme names its KETs, a row of another one is refused."""
    with pytest.raises(DataError, match=r"unknown `ket`: 'photonik'\. Known: photonics"):
        load_scheme(book(HEAD + "photonik,include,G02B,subclass,,,,,", LATER))


@pytest.mark.parametrize(
    "names",
    ["[ket.photonics]\n", "ket = 3\n", "[ket]\nphotonics = 3\n", '[ket.photonics]\nxx = "P"\n',
     '[ket.photonics]\nen = ""\n', "[ket.photonics]\nen = 3\n", 'ket = "Photonics"\n'],
)  # fmt: skip
def test_a_name_is_a_text_in_a_language(book, names):
    """Anything else is refused, with the form a name has."""
    with pytest.raises(DataError, match=r"'mine\.toml': 'ket.*' is no name; expected a text, or"):
        load_scheme(book(HEAD + "photonics,include,G02B,subclass,,,,,", names))


def test_a_scheme_tags_something(book):
    """One whose every rule is an exclusion or undecided would make a page of nothing."""
    with pytest.raises(DataError, match=r"mine\.csv has no rule that tags anything"):
        load_scheme(book(HEAD + "photonics,exclude,G02B,subclass,,,,,"))


def test_undecided_rows_stay_and_are_not_used(book):
    """A row with `?` or `used = no` is listed and tags nothing."""
    scheme = load_scheme(
        book(
            HEAD
            + "photonics,include,G02B 6,main group,,D,yes,s,\n"
            + 'photonics,exclude,"G02B 6 1, 3",?,,D,,s,\n'
            + "photonics,?,C12N,subclass,,D,,s,\n"
            + "photonics,include,G02C,subclass,,C,no,s,\n"
        )
    )
    assert list(scheme.rules["symbol"]) == ["G02B 6"]
    assert list(scheme.unused["line"]) == [3, 4, 5]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",include,G02B,subclass,,,,,", "line 2: 1 row has an unknown `ket`: ''"),
        ("My KET,include,G02B,subclass,,,,,", "a `ket` is a key of small letters, digits and _"),
        ("photonics,incl,G02B,subclass,,,,,", "unknown `rule`: 'incl'"),
        ("photonics,include,G02B,sub,,,,,", "unknown `level`: 'sub'"),
        (
            "photonics,include,G02B6,main group,,,,,",
            "not in normal form or not of its level: 'G02B6'",
        ),
        ("photonics,include,G02B,main group,,,,,", "not of its level: 'G02B'"),
        ("photonics,include,G02B 6/10,main group,,,,,", "not of its level"),
        ("photonics,only-with,G02B,subclass,,,,,", "name a readable `with_symbol`: ''"),
        ("photonics,only-with,G02B,subclass,computer,,,,", "`with_symbol`: 'computer'"),
        ("photonics,include,G02B,subclass,G06,,,,", "and no others"),
        ("photonics,include,G02B,subclass,,,,,\n" * 2, "repeats 1 rule: 'G02B'"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused(book, row, message):
    """The file, the line, the offender and what was expected are named."""
    with pytest.raises(DataError, match=r"mine\.csv") as error:
        load_scheme(book(HEAD + row))
    assert message in str(error.value)


def test_files_that_cannot_be_read_are_named(book, tmp_path):
    """Missing, empty, not text, without its columns, with a broken head."""
    with pytest.raises(UsageError, match=r"no rule file 'none\.csv'"):
        load_scheme(tmp_path / "none.csv")
    with pytest.raises(DataError, match=r"'mine\.csv' cannot be read"):
        load_scheme(book(""))
    with pytest.raises(DataError, match="lacks the columns 'rule', 'symbol', 'level'"):
        load_scheme(book("ket\n"))
    with pytest.raises(DataError, match=r"'mine\.toml' cannot be read as TOML"):
        load_scheme(book(HEAD, "title = "))


def test_aliases_and_dots_beside_a_scheme_go_first(book, tmp_path):
    """A study can bring its own renamings; otherwise the library's are used."""
    path = book(HEAD + "photonics,include,G02B,subclass,,,,,\n")
    assert len(load_scheme(path).aliases) > 30
    (tmp_path / "ipc_alias.csv").write_text(
        "old,new,since,certainty,source,note\nG02B,G02C,2030.01,,,\n"
    )
    assert load_scheme(path).aliases["new"].to_list() == ["G02C"]


# Our own rule files ---------------------------------------------------------------------------


def test_the_ec_scheme_is_not_verified():
    """The printed table has not been seen; the file says so until somebody compares it."""
    scheme = load_scheme()
    assert scheme.verified is False
    assert "Van de Velde" in scheme.citation
    assert scheme.kets == (
        "micro_nano_electronics", "nanotechnology", "photonics", "industrial_biotechnology",
        "advanced_materials", "advanced_manufacturing",
    )  # fmt: skip


def test_every_rule_has_a_source_and_a_certainty():
    """Who says so, and how sure that is, stands in every row of every scheme."""
    for path in (ket.DEFAULT_SCHEME, ket.PROXY_SCHEME):
        scheme = load_scheme(path)
        rows = pd.concat([scheme.rules, scheme.unused])
        assert (rows["source"] != "").all()
        assert set(rows["certainty"]) <= {"B", "C", "D", "own"}
        assert (scheme.unused["note"] != "").all()
        rows = pd.concat([scheme.rules, scheme.unused])
        assert (rows.loc[rows["certainty"] == "D", "note"] != "").all()


def test_the_ec_scheme_has_the_rules_that_were_recalled():
    """307 rows by KET and kind; three are undecided and not used."""
    scheme = load_scheme()
    counts = scheme.rules.groupby(["ket", "rule"]).size()
    assert counts.to_dict() == {
        ("advanced_manufacturing", "include"): 23,
        ("advanced_manufacturing", "only-with"): 98,
        ("advanced_materials", "include"): 25,
        ("industrial_biotechnology", "include"): 16,
        ("industrial_biotechnology", "not-with"): 24,
        ("micro_nano_electronics", "include"): 34,
        ("nanotechnology", "include"): 2,
        ("photonics", "exclude"): 5,
        ("photonics", "include"): 77,
    }
    assert set(scheme.unused["symbol"]) == {"C23C", "C12N", 'G02B 6 "subclass 1, 3"'}
    assert set(scheme.rules.loc[scheme.rules["rule"] == "only-with", "with_symbol"]) == {"G06"}


def test_every_way_of_matching_works_on_our_schemes():
    """Hierarchy too: the dots of every rule of one subgroup are known."""
    for path in (ket.DEFAULT_SCHEME, ket.PROXY_SCHEME):
        for match in ket.MATCHES:
            assert len(ket_match.matcher(load_scheme(path), match).breaks) > 100


@pytest.mark.parametrize(
    ("symbol", "kets"),
    [
        ("H10K 50/11", {"photonics", "micro_nano_electronics"}),
        ("H10K 85/10", {"advanced_materials", "micro_nano_electronics"}),
        ("H10F 39/00", {"micro_nano_electronics"}),
        ("H10H 20/813", {"photonics", "micro_nano_electronics"}),
        ("C01B 32/15", {"advanced_materials"}),
        ("H02S 40/00", {"photonics"}),
        ("G06V 10/88", {"photonics"}),
        ("G06V 10/10", set()),
        ("H01J 37/00", set()),
        ("H01J 3/02", {"photonics"}),
        ("G02B 6/42", {"photonics"}),
        ("G02B 6/36", set()),
        ("H01F 1/00", {"advanced_materials"}),
        ("H01F 1/01", set()),
        ("C09D 11/04", {"industrial_biotechnology"}),
        ("C09D 11/02", set()),
        ("C12N 1/00", set()),
        ("C08L 89/00", {"advanced_materials", "industrial_biotechnology"}),
        ("B82Y 25/00", {"nanotechnology", "micro_nano_electronics"}),
        ("C23C 14/00", set()),
    ],
)
def test_symbols_that_are_easily_tagged_wrongly(symbol, kets):
    """Renamed, excluded, doubtful and overlapping symbols, one application each."""
    rows = pd.DataFrame({"application_id": ["1"], "symbol": [symbol]})
    assert set(ket.tag(rows, load_scheme())["ket"]) == kets


def test_aliases_are_readable_and_say_whose_reading_they_are():
    """Old and new symbols are in normal form; each row has a date and a source."""
    table = pd.read_csv(ket_rules.FOLDER / ket_rules.ALIASES, dtype="str", keep_default_na=False)
    assert table["old"].map(sound_rules.level_of).notna().all()
    named = table[table["new"] != ""]
    assert named["new"].map(sound_rules.level_of).notna().all()
    assert table["source"].str.contains("our reading").all()
    assert set(table.loc[table["new"] == "", "old"]) == {"C12S"}
    assert not table.duplicated(["old", "new"]).any()


def test_the_control_scheme_is_the_fields_it_says():
    """The WIPO proxy is derived from the table of fields, row by row."""
    of_field = {
        22: "nanotechnology", 15: "industrial_biotechnology", 8: "micro_nano_electronics",
        9: "photonics", 17: "advanced_materials", 20: "advanced_materials",
        21: "advanced_materials", 12: "advanced_manufacturing", 26: "advanced_manufacturing",
    }  # fmt: skip
    table = fields.rules()
    expected = {
        (of_field[field], symbol)
        for field, symbol in zip(table["field_id"], table["symbol"], strict=True)
        if field in of_field
    }
    rules = load_scheme(ket.PROXY_SCHEME).rules
    assert set(zip(rules["ket"], rules["symbol"], strict=True)) == expected
    assert set(rules["rule"]) == {"include"}


def test_a_scheme_may_say_its_title_in_other_languages(book):
    """`title_fr` beside `title`; the schemes of the project have both."""
    rules = "ket,rule,symbol,level\nphotonics,include,G02B 6,main group\n"
    assert load_scheme(book(rules, 'title = "Light"\ntitle_fr = "Lumière"\n')).titles == {
        "fr": "Lumière"
    }
    assert "fr" in load_scheme().titles
    assert "fr" in load_scheme(PROXY_SCHEME).titles
