"""Region codes over the versions of NUTS."""

import pandas as pd
import pytest
from conftest import SHARED
from hypothesis import given
from hypothesis import strategies as st

from studylib.clean import nuts, region_names
from studylib.errors import DataError
from studylib.language import in_language

NAMES = {"en": "Araba/Álava", "es": "Álava", "eu": "Araba", "fr": "Alava"}
SPLIT, COARSER = nuts.SPLIT, nuts.COARSER


def moved(code, start, end):
    """Code and reason in another version, missing as None."""
    frame = nuts.to_version(pd.Series([code], dtype="str"), start, end)
    return tuple(None if pd.isna(value) else value for value in frame.iloc[0])


@pytest.mark.parametrize(
    ("code", "start", "end", "expected"),
    [
        ("FR61", "2013", "2016", ("FRI1", None)),
        ("FR611", "2010", "2021", ("FRI11", None)),
        ("FR615", "2013", "2016", ("FRI15", None)),
        ("FRI12", "2021", "2006", ("FR612", None)),
        ("FR42", "2010", "2016", ("FRF1", None)),
        ("FR422", "2013", "2016", ("FRF12", None)),
        ("FR30", "2006", "2016", ("FRE1", None)),
        ("FR622", "2013", "2016", ("FRJ22", None)),
        ("FR910", "2006", "2016", ("FRY10", None)),
        ("GR301", "2006", "2010", ("EL301", None)),
        ("DE41", "2006", "2010", ("DE40", None)),
        ("DE40", "2010", "2006", (None, SPLIT)),
        ("IE011", "2013", "2016", (None, SPLIT)),
        ("IE04", "2016", "2013", ("IE01", None)),
        ("PL113", "2013", "2016", ("PL71", COARSER)),
        ("PL711", "2016", "2013", ("PL11", COARSER)),
        ("FR6", "2013", "2016", (None, SPLIT)),
        ("FR7", "2013", "2016", ("FRK", None)),
        ("FR1", "2013", "2016", ("FR1", None)),
        ("FRZZZ", "2013", "2016", ("FRZZZ", None)),
        ("fr61", "2013", "2013", ("FR61", None)),
        (None, "2013", "2016", (None, None)),
    ],
)
def test_a_code_follows_its_region_from_version_to_version(code, start, end, expected):
    """One to one or not at all: a split region is ambiguous, an unlisted level gets coarser."""
    assert moved(code, start, end) == expected


@pytest.mark.parametrize(
    "code",
    ["ES21", "ES211", "ES212", "ES213", "DE12", "DE13", "DEB3", "CH03", "BE2", "BE3", "BE211"],
)
def test_the_other_regions_of_the_study_never_changed(code):
    """Euskadi and the neighbours of Alsace and Nord-Pas-de-Calais keep their codes."""
    assert moved(code, "2006", "2021") == moved(code, "2021", "2006") == (code, None)


def test_all_old_regions_of_france_go_to_one_new_region_each():
    """The 22 metropolitan regions of 2013 are 22 regions of 2016, Île-de-France unchanged."""
    rules = nuts.read_nuts()
    old = rules[(rules["level"] == "2") & rules["code"].str.match(r"FR\d\d")]
    old = old[old["version_to"].isin(["2013", "2021"])]
    new = nuts.to_version(old["code"], "2013", "2016")
    assert (len(old), new["code"].nunique(), new["reason"].notna().sum()) == (22, 22, 0)


def test_an_unknown_version_is_refused():
    """A version without rules stops and names those that have."""
    with pytest.raises(DataError, match="NUTS version '1999' is not known; known: 2006, 2010"):
        nuts.to_version(pd.Series(["FR61"]), "1999", "2013")


@pytest.mark.parametrize(
    ("codes", "version"),
    [
        (["FR612", "ES211"], "2013"),
        (["FRI12", "ES211"], "2021"),
        (["FRI12", "HR04"], "2016"),
        (["HR02", "FRI1"], "2021"),
        (["EL11", "FR61"], "2010"),
        (["GR11"], "2006"),
        (["UKI3", "FR61"], "2013"),
        (["ES211", "DE12"], None),
        (["FR612", "FRI12"], None),
        (["FR612"] * 199 + ["FRI12"], "2013"),
        (["FR612"] * 50 + ["FRI12"], None),
        ([], None),
        ([None], None),
    ],
)
def test_codes_that_came_or_went_tell_the_version(codes, version):
    """The newest version all codes fit; 1 in 100 may be a slip; codes that stayed tell nothing."""
    assert nuts.vintage_of(pd.Series(codes, dtype="str")) == version


def test_a_region_lies_in_an_area_of_another_version():
    """The same place is inside whichever version its code and the area's are in."""
    codes = pd.Series(["FRI12", "FRI21", "ES212", None, "FRI"], index=[5, 4, 3, 2, 1])
    inside = nuts.in_area(codes, ("FR61", "ES21"), "2013", "2016")
    assert inside.to_dict() == {5: True, 4: False, 3: True, 2: False, 1: False}
    assert nuts.in_area(pd.Series(["FR612", "FR62"]), ("FRI1",), "2021", "2010").tolist() == [
        True,
        False,
    ]


def test_a_split_region_lies_in_no_part_of_it():
    """Where only a part of the region is meant, the party is not counted inside."""
    assert nuts.in_area(pd.Series(["IE01"]), ("IE04",), "2016", "2013").tolist() == [False]
    assert nuts.in_area(pd.Series(["IE04"]), ("IE01",), "2013", "2016").tolist() == [True]


def test_a_region_is_known_by_its_codes_of_every_version():
    """A split region stands for its whole country in the versions that do not know it."""
    assert nuts.in_every_version("FR61", "2013") == {"FR61", "FRI1"}
    assert nuts.in_every_version("IE01", "2013") == {"IE01", "IE"}


def test_the_shares_of_a_split_add_up():
    """Each split says which share of the residents went where, and a source."""
    rules = nuts.read_nuts()
    changed = rules[rules["successor"] != ""]
    shares = pd.to_numeric(changed["share"]).groupby([changed["code"], changed["version_to"]]).sum()
    assert shares.between(0.998, 1.002).all()
    assert (rules["source"] != "").all()


CODES = st.sampled_from(["FR61", "FR611", "FR42", "FR910", "ITD4", "ES212", "PL31", "GR12"])


@given(CODES, st.sampled_from(nuts.VERSIONS))
def test_a_code_that_moved_alone_comes_back(code, version):
    """What is translated one to one is translated back to itself."""
    there, reason = moved(code, "2006", version)
    assert (moved(there, version, "2006"), reason) == ((code, None), None)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="skipped: ../shared not found")
def test_the_version_of_a_real_table_is_found():
    """Eurostat's table of applications by region is in NUTS 2010."""
    table = pd.read_csv(SHARED / "real" / "eurostat" / "pat_ep_rtot.csv", dtype="str")
    codes = table["geo"].drop_duplicates()
    assert nuts.vintage_of(codes[codes.str.len() >= 4]) == "2010"


@pytest.mark.parametrize(("code", "said"), NAMES.items())
def test_a_province_is_called_as_its_reader_calls_it(code, said):
    """By a rule with its source; a region no rule names keeps its official name."""
    with in_language(code):
        assert (region_names.called("Araba/Álava"), region_names.called("Cumbria")) == (
            said,
            "Cumbria",
        )


RULES = region_names.NAMES.parent


@pytest.mark.parametrize("file", ["fp7_regions.csv", "metro_names.csv", "region_names.csv"])
def test_a_source_of_names_was_seen_or_says_that_it_was_not(file):
    """An address where the name was read, or the words that nobody looked; never a bare memory."""
    sources = pd.read_csv(RULES / file)["source"]
    told = sources.str.contains("https?://|general knowledge, not looked up", regex=True)
    assert sources[~told].tolist() == []


@pytest.mark.parametrize(
    ("code", "english", "french"),
    [
        ("CH032", "Basel-Landschaft", "Bâle-Campagne"),
        ("ES211", "Araba/Álava", "Alava"),
        ("FR612", "Gironde", "Gironde"),
        ("FRI12", "Gironde", "Gironde"),
        ("FRF1", "Alsace", "Alsace"),
        ("ITD3", "Veneto", "Veneto"),
        ("HR02", "HR02 (Croatia)", "HR02 (Croatie)"),
        ("DED4", "DED4 (Germany)", "DED4 (Allemagne)"),
        ("UKI31", "UKI31 (United Kingdom)", "UKI31 (Royaume-Uni)"),
        ("EL301", "EL301 (Greece)", "EL301 (Grèce)"),
        ("NO011", "NO011 (Norway)", "NO011 (Norvège)"),
        ("QQ123", "QQ123", "QQ123"),
    ],
)
def test_a_region_is_named_by_its_code_of_any_version(code, english, french):
    """One no rule names, or that shares its code with a former one, has that of its country."""
    assert region_names.named(code) == english
    with in_language("fr"):
        assert region_names.named(code) == french


def test_names_of_regions_are_whole_in_each_language():
    """Every row has its name in four languages and a source; a code stands once, in one version."""
    rules = pd.read_csv(region_names.NAMES, dtype="str", keep_default_na=False)
    assert (rules != "").all(axis=None)
    assert rules["code"].is_unique
    assert all(region_names.VERSION in nuts.versions_of(code) for code in rules["code"])


def test_two_files_of_names_call_a_region_the_same():
    """What the rules of joint projects name is called the same in the rules of names."""
    rules = pd.read_csv(region_names.NAMES, dtype="str").set_index("code")
    other = pd.read_csv(region_names.NAMES.with_name("fp7_regions.csv"), dtype="str")
    both = other[other["region"].isin(rules.index)]
    columns = ["name_en", "name_es", "name_fr", "name_eu"]
    assert len(both) > 10
    named = rules.loc[both["region"], columns]
    assert both[columns].to_numpy().tolist() == named.to_numpy().tolist()


def test_every_region_of_the_published_totals_has_a_name():
    """Eurostat's table of applications by region names no region by its code on a page."""
    table = pd.read_csv(region_names.NAMES.parents[1] / "published" / "eurostat_pat_ep_rtot.csv")
    codes = table["area"].drop_duplicates()
    regions = codes[(codes.str.len() > 2) & ~codes.str.contains("XX|ZZ")]
    rules = pd.read_csv(region_names.NAMES, dtype="str")
    assert set(regions) <= set(rules["code"])
