"""Published figures are shown as published; the demonstration survey repeats the printed shares."""

import tomllib

import pandas as pd
import pytest
from conftest import ROOT

from studylib.errors import DataError
from studylib.patents import eurostat
from studylib.survey import published_claims

RAW = ROOT / "data" / "raw"
PUBLISHED = RAW / "published"
CLAIM = """\
[[claim]]
id = "{id}"
kind = "{kind}"
topic = "patents"
wording = "484 brevets"
in_en = "484 patents"
citation = "the page"
"""


@pytest.fixture(scope="module")
def totals():
    return eurostat.eurostat_totals(PUBLISHED)


@pytest.fixture(scope="module")
def sections():
    return eurostat.eurostat_sections(PUBLISHED)


@pytest.mark.parametrize(("area", "total"), [("ES21", 1591.1), ("FR61", 2239.4)])
def test_sums_of_the_territories_are_the_published_ones(totals, area, total):
    """pat_ep_rtot, sums 2000-2012: Euskadi 1,591.1 and Aquitaine 2,239.4 (together 3,830.5)."""
    window = totals[totals["year"].between(2000, 2012) & (totals["area"] == area)]
    assert window["value"].sum() == pytest.approx(total, abs=0.05)


def test_regions_add_up_to_their_territory(totals):
    """Provinces and departments sum to Euskadi and Aquitaine in every year, but for rounding."""
    by_area = totals.pivot_table(index="year", columns="area", values="value")
    assert (by_area[["ES211", "ES212", "ES213"]].sum(axis=1) - by_area["ES21"]).abs().max() < 0.05
    departments = [f"FR61{i}" for i in range(1, 6)]
    assert (by_area[departments].sum(axis=1) - by_area["FR61"]).abs().max() < 0.05


def test_every_area_of_the_comparison_has_every_year(totals):
    """Both comparison areas, 1990-2012, without a gap."""
    areas = ["DE12", "DE13", "DEB3", "FR42", "CH03", "FR30", "BE2", "BE3", "ES", "FR"]
    years = totals[totals["area"].isin(areas)].groupby("area")["year"].agg(["min", "max", "size"])
    assert years.to_numpy().tolist() == [[1990, 2012, 23]] * 10


@pytest.mark.parametrize(
    ("area", "values"),
    [
        ("ES21", [70.8, 139.6, 54.0, 34.9, 49.7, 89.0, 65.0, 51.9]),
        ("FR61", [151.7, 129.0, 151.7, 7.8, 26.1, 72.6, 130.8, 67.7]),
    ],
)
def test_sections_of_the_territories_are_the_published_ones(sections, area, values):
    """pat_ep_ripc 2005-2008, sections A to H, sums of provinces and departments."""
    own = sections[sections["area"].str.startswith(area)].groupby("section")["value"].sum()
    assert own.loc[list("ABCDEFGH")].tolist() == pytest.approx(values, abs=0.06)


def test_a_derived_value_says_so(sections):
    """Section H of regions is a difference; of countries it is observed."""
    derived = sections[sections["origin"] != "observed"]
    assert set(derived["section"]) == {"H"}
    assert "ES" not in set(derived["area"])


def test_tables_are_sorted_by_their_key(totals, sections):
    """Equal files, equal order, however they were written."""
    assert totals[["area", "year"]].equals(totals[["area", "year"]].sort_values(["area", "year"]))
    assert list(sections.columns[:3]) == ["area", "section", "year"]


def test_tables_are_found_from_the_study_file(monkeypatch, tmp_path):
    """Without a folder, the published tables beside the nearest study file are read."""
    (tmp_path / "study.toml").write_text("", "utf-8")
    folder = tmp_path / "data" / "raw" / "published"
    (folder / "deep").mkdir(parents=True)
    (folder / "eurostat_pat_ep_rtot.csv").write_text("area,year,value\nES21,2000,1.5\n", "utf-8")
    (folder / "claims.toml").write_text(CLAIM.format(id="one", kind="statement"), "utf-8")
    monkeypatch.chdir(folder / "deep")
    assert eurostat.eurostat_totals().to_numpy().tolist() == [["ES21", 2000, 1.5]]
    assert published_claims.claims()["id"].tolist() == ["one"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("area,section,year,value\nES21,I,2000,1\n", "unknown IPC sections: 'I'"),
        ("area,section,value\nES21,A,1\n", "lacks the columns 'year'"),
        ("area,section,year,value\nES21,A,2000,1\nES21,A,2000,2\n", "says 1 value twice: 'ES21'"),
    ],
)
def test_a_published_table_with_a_mistake_is_refused(tmp_path, text, message):
    """A wrong section, a missing column, a value that stands twice."""
    (tmp_path / "eurostat_pat_ep_ripc.csv").write_text(text, "utf-8")
    with pytest.raises(DataError, match=message):
        eurostat.eurostat_sections(tmp_path)


def test_a_missing_table_is_named(tmp_path):
    """The message names the file."""
    with pytest.raises(DataError, match=r"no published table 'eurostat_pat_ep_rtot\.csv'"):
        eurostat.eurostat_totals(tmp_path)


def test_the_claims_are_those_of_the_page():
    """Fifteen claims; six printed shares, and no value where the page prints none."""
    claims = published_claims.claims(PUBLISHED / "claims.toml").set_index("id")
    assert len(claims) == 15
    assert claims["value"].dropna().to_dict() == {
        "survey_aquitaine_innovation": 0.60,
        "survey_aquitaine_good_practice": 0.20,
        "survey_euskadi_innovation": 0.31,
        "survey_euskadi_training": 0.23,
        "survey_euskadi_good_practice": 0.15,
        "survey_euskadi_internationalisation": 0.15,
        "patents_484": 484,
    }
    assert (claims["kind"] == "share").sum() == 6


@pytest.mark.shared
def test_the_wording_is_quoted_from_the_page(shared):
    """Every quotation, up to its omissions, stands in the source page."""
    page = " ".join((shared / "source_page_fr.txt").read_text("utf-8").split())
    wordings = published_claims.claims(PUBLISHED / "claims.toml")["wording"]
    pieces = [piece.strip(" ()") for wording in wordings for piece in wording.split("...")]
    assert [piece for piece in pieces if piece not in page] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("claim = [", "cannot be read as TOML"),
        ("", r"holds no \[\[claim\]\]"),
        ("[[claims]]\n", "first: `claims`: no key of such a file"),
        (CLAIM.format(id="one", kind="rumour"), r"`claim\.0\.kind` is 'rumour': expected"),
        (CLAIM.format(id="one", kind="count") * 2, "claims with the same id: 'one'"),
    ],
)
def test_claims_that_cannot_be_used_are_refused(tmp_path, text, message):
    """Not TOML, no claim, a key in the plural, an unknown kind, one id twice."""
    (tmp_path / "claims.toml").write_text(text, "utf-8")
    with pytest.raises(DataError, match=message):
        published_claims.claims(tmp_path / "claims.toml")


def test_claims_are_read_as_an_editor_saves_them(tmp_path):
    """A byte order mark is no character; a file in another encoding is said to be no TOML."""
    text = CLAIM.format(id="one", kind="count")
    (tmp_path / "claims.toml").write_text(text, "utf-8-sig")
    assert published_claims.claims(tmp_path / "claims.toml")["id"].tolist() == ["one"]
    (tmp_path / "claims.toml").write_text(text.replace("brevets", "dépôts"), "latin-1")
    with pytest.raises(DataError, match=r"'claims\.toml' cannot be read as TOML: 'utf-8' codec"):
        published_claims.claims(tmp_path / "claims.toml")


def test_missing_claims_are_named(tmp_path):
    """The message names the file."""
    with pytest.raises(DataError, match=r"There is no file of claims 'claims\.toml'"):
        published_claims.claims(tmp_path / "claims.toml")


def test_the_survey_gives_exactly_the_published_counts():
    """Aquitaine 3, 1, 1 of 5; Euskadi 4, 3, 2, 2 and 2 others of 13; one domain each."""
    folder = RAW / "demo" / "survey"
    codebook = tomllib.loads((folder / "codebook.toml").read_text("utf-8"))
    answers = pd.read_csv(folder / "answers.csv", keep_default_na=False)
    options = {option["column"]: option["domain"] for option in codebook["option"]}
    chosen = answers[list(options)].rename(columns=options)
    chosen = chosen.eq("Y") | (chosen.ne("N") & chosen.ne(""))
    counts = chosen.groupby(answers["territory"].map(codebook["territories"])).sum()
    assert counts.loc["Aquitaine"].to_dict() == {
        "innovation": 3, "good_practice": 1, "internationalisation": 1, "training": 0, "other": 0,
    }  # fmt: skip
    assert counts.loc["Euskadi"].to_dict() == {
        "innovation": 4, "good_practice": 2, "internationalisation": 2, "training": 3, "other": 2,
    }  # fmt: skip
    assert chosen.sum(axis=1).eq(1).all()


def test_survey_respondents_are_anonymous():
    """Respondents are A-01 ... and E-01 ...; no answer carries a name."""
    answers = pd.read_csv(RAW / "demo" / "survey" / "answers.csv", keep_default_na=False)
    expected = [f"A-{i:02d}" for i in range(1, 6)] + [f"E-{i:02d}" for i in range(1, 14)]
    assert answers["id"].tolist() == expected
    assert not {"name", "email", "token", "ipaddr"} & set(answers)


def test_a_claim_is_said_in_any_language(tmp_path):
    """One column for each language of the file, missing where a claim is not said in it."""
    path = tmp_path / "claims.toml"
    one = CLAIM.format(id="one", kind="statement") + 'in_eu = "484 patente"\n'
    path.write_text(one + CLAIM.format(id="two", kind="statement"), encoding="utf-8")
    table = published_claims.claims(path)
    assert [column for column in table if column.startswith("in_")] == ["in_en", "in_eu"]
    assert table["in_eu"].fillna("").tolist() == ["484 patente", ""]
    path.write_text(one.replace("in_eu", "in_xx"), encoding="utf-8")
    with pytest.raises(DataError, match="there is no language 'xx'"):
        published_claims.claims(path)
    path.write_text(one.replace("in_eu = ", "in.eu = ").replace("in_en = ", "in.en = "), "utf-8")
    assert published_claims.claims(path)["in_eu"].tolist() == ["484 patente"]
    path.write_text("claim = [3]\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"`claim\.0` is '3'"):
        published_claims.claims(path)
