"""A built study opened for questions; its labels, its inputs, its published context."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from pages_of import RECORDS, USUAL, record
from small_studies import (
    COUNTING,
    FRANCE,
    PERIOD,
    SOURCES,
    SPAIN,
    dataset,
    prepared,
    raw,
    study,
    study_file,
)

from studylib.errors import DataError, UsageError
from studylib.ket import fields
from studylib.language import in_language
from studylib.patents import coverage, published_totals
from studylib.patents.dataset import open_study, scheme_path
from studylib.prepare import canonical
from studylib.study import inputs
from studylib.study.model import load

REGISTER = """\
[[source]]
id = "mine"
title = {{ en = "My export", fr = "Mon export" }}
producer = "me"
licence = "CC0"
date = "2026"
synthetic = true
what_it_is = "an export"
what_it_is_not = "real"
citation = "me"
caption = "Source: me"
files = ["data/*"]
sha256 = {{ "data/export.csv" = "{sum}" }}
"""
SHA = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"  # of "x"
REGION = '[[territories]]\nname = "Euskadi"\nnuts = ["ES21"]\nnuts_version = "{}"\n'


def test_a_window_narrows_every_table(tmp_path):
    """Symbols, parties, tags, fields and locations of other years are not there."""
    whole = dataset(tmp_path, raw(*RECORDS))
    narrow = open_study(str(tmp_path / "study.toml"), first_year=2003, last_year=2003)
    for table in ("applications", "symbols", "parties", "tags", "fields", "locations"):
        assert set(getattr(narrow, table)["application_id"]) == {"EP01100003"}, table
        assert len(getattr(whole, table)) > len(getattr(narrow, table)), table
    assert narrow.with_ipc.tolist() == ["EP01100003"]


def test_choices_left_out_are_those_of_the_study(tmp_path):
    """Empty or 0: as in the study file."""
    rule = dataset(tmp_path, raw(*RECORDS)).rule
    assert (rule.unit, rule.located_by, rule.weights, rule.date) == (
        "family",
        "priority",
        "whole",
        "filing",
    )
    chosen = open_study(str(tmp_path / "study.toml"), unit="application", weights="fractional")
    assert (chosen.rule.unit, chosen.rule.weights) == ("application", "fractional")
    assert chosen.with_rule(unit="family").unit == "family"


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"first_year": 1999}, "The years 1999 to 2004 do not lie in the study's period 2000 to"),
        ({"last_year": 2005}, "Choose years inside it, or change `period`"),
        ({"first_year": 2003, "last_year": 2002}, "The years 2003 to 2002"),
        ({"located_by": "town"}, "`located_by` is 'town'; it can be inventor, applicant, priori"),
        ({"unit": "patent"}, "`unit` is 'patent'; it can be family, application, or empty"),
        ({"weights": "half"}, "`weights` is 'half'; it can be whole, fractional, or empty"),
    ],
)
def test_a_choice_that_does_not_exist_is_refused(tmp_path, choice, said):
    """What would need another preparation is refused in words."""
    path = study_file(tmp_path)
    with pytest.raises(UsageError, match=said):
        open_study(str(path), **choice)


def test_a_study_that_is_not_prepared_says_how(tmp_path):
    """Build first."""
    path = study_file(tmp_path, head='id = "never-built"\ntitle = "T"\n')
    with pytest.raises(DataError, match=r"has not been prepared yet\. Run: studylib build"):
        open_study(str(path))


def test_a_region_cannot_be_opened_by_country(tmp_path):
    """A notebook that asks for claims where territories are regions is told why not."""
    blocks = (PERIOD, REGION.format("2013"), SOURCES)
    dataset(tmp_path, raw(*RECORDS), blocks=blocks)
    with pytest.raises(UsageError, match="`located_by` is office, which knows countries"):
        open_study(str(tmp_path / "study.toml"), located_by="office")


def test_areas_stand_in_the_order_of_the_study(tmp_path):
    """Territories, then the reference; comparison areas among the local ones."""
    twin = '[[comparison]]\nname = { en = "Rhine", fr = "Rhin" }\nnuts = ["DE13"]\n'
    opened = dataset(tmp_path, raw(*RECORDS), blocks=(*USUAL[:5], twin, SOURCES), language="fr")
    assert opened.areas == ["Spain", "France", "Both"]
    assert opened.local_areas == ["Spain", "France", "Rhine"]
    assert [opened.area_name(a) for a in ("Spain", "Rhine", "Both", "?")] == [
        "Espagne", "Rhin", "Les deux", "?",
    ]  # fmt: skip


def test_a_study_may_bring_its_own_scheme(tmp_path):
    """A path of the study file, from its folder; else the one the library ships."""
    (tmp_path / "own.csv").write_text("x")
    own = study(tmp_path, PERIOD, COUNTING, '[ket]\nscheme = "own.csv"\n', SPAIN, SOURCES)
    assert scheme_path(own) == tmp_path / "own.csv"
    assert scheme_path(study(tmp_path)).is_file()


def test_an_unregistered_input_says_only_what_is_known(tmp_path):
    """Its name and its checksum; it is taken for real."""
    a_study = study(tmp_path)
    (tmp_path / "data" / "export.csv").write_text("x")
    table = inputs.table_of(a_study, {Path("data"): "lens"})
    assert table[["file", "format", "is_synthetic", "sha256"]].to_numpy().tolist() == [
        ["export.csv", "lens", False, SHA]
    ]
    inputs.verify(a_study)


def test_a_registered_input_says_what_the_register_says(tmp_path):
    """Title, licence, synthetic or not; a file that changed since is refused."""
    (tmp_path / "sources.toml").write_text(REGISTER.format(sum=SHA))
    head = 'id = "tiny"\ntitle = "T"\nregister = "sources.toml"\n'
    a_study = study(tmp_path, head=head)
    (tmp_path / "data" / "export.csv").write_text("x")
    table = inputs.table_of(a_study, {Path("data"): "lens"})
    assert table[["source_id", "licence", "is_synthetic", "title_fr"]].to_numpy().tolist() == [
        ["mine", "CC0", True, "Mon export"]
    ]
    (tmp_path / "data" / "export.csv").write_text("y")
    with pytest.raises(DataError, match="1 file changed since being registered"):
        inputs.verify(a_study)


def test_rejects_are_summed_by_reason(tmp_path):
    """How many records each reason stands for, most first, with examples as they stood there."""
    rows = [record(n, ["?", "!"], "ES", filing_date="soon") for n in range(2)]
    table = coverage.rejects_by_reason(dataset(tmp_path, raw(*rows)))
    assert table[["column", "n", "examples"]].fillna("").to_numpy().tolist()[0] == [
        "ipc", 4, "! | ?",
    ]  # fmt: skip
    assert table["n"].is_monotonic_decreasing
    assert table["n"].sum() == 4 + 2 + 2  # symbols, days, applications without a year


def test_coverage_has_every_year_and_area(tmp_path):
    """Zero where there is nothing; the reference is left out."""
    table = coverage.coverage_by_year(dataset(tmp_path, raw(*RECORDS), blocks=USUAL))
    assert table.groupby("area", sort=False, observed=True)["n"].sum().to_dict() == {
        "Spain": 3,
        "France": 2,
    }
    assert len(table) == 10


def test_completeness_is_of_every_application(tmp_path):
    """Known or not, field by field; nothing known of nothing has no share."""
    table = coverage.completeness(dataset(tmp_path, raw(*RECORDS))).set_index("column")
    assert table.loc["ipc", ["n", "base", "share"]].tolist() == [4, 5, 0.8]
    assert table.loc["inventor_country", "n"] == 5
    assert table.loc["region", "n"] == 0
    assert coverage.completeness(dataset(tmp_path, raw()))["share"].isna().all()


def test_depth_is_that_of_the_deepest_symbol(tmp_path):
    """One application in each depth; the unclassified are outside."""
    given = [["A21D", "H01L 31/042"], ["A21D 10/00"], ["A21D"], []]
    rows = [record(n, ipc, "ES") for n, ipc in enumerate(given)]
    table = coverage.ipc_depth(dataset(tmp_path, raw(*rows)))
    assert table[["level", "n", "base"]].to_numpy().tolist() == [
        ["subgroup", 1, 3], ["main group", 1, 3], ["subclass", 1, 3], ["class", 0, 3],
    ]  # fmt: skip


def test_published_totals_stand_beside_inventors_of_regions(tmp_path):
    """Eurostat's sum over the window, our applications, and the part; then all together."""
    people = {"inventors": [("A B", "ES", "ES212", 1.0)]}
    exported = raw(record(0, ["A21D"], "ES", **people), nuts_version="2013")
    opened = dataset(tmp_path, exported, blocks=(PERIOD, REGION.format("2013"), SOURCES))
    table = published_totals.published_totals(opened)
    assert table["area"].tolist() == ["Euskadi", ""]
    assert table["n"].tolist() == [1, 1]
    assert table["published"].iloc[0] == table["published"].iloc[1] > 100
    assert table["share"].iloc[0] == pytest.approx(1 / table["published"].iloc[0])


@pytest.mark.parametrize(
    "blocks",
    [
        (PERIOD, COUNTING, SPAIN, FRANCE, SOURCES),
        (PERIOD, SPAIN, FRANCE, SOURCES),
        (PERIOD, REGION.format("2016"), SOURCES),
    ],
)
def test_a_part_of_a_whole_that_is_not_known_is_not_said(tmp_path, blocks):
    """Another basis, a country, another version of regions: no published total."""
    table = published_totals.published_totals(dataset(tmp_path, raw(*RECORDS), blocks=blocks))
    assert table.empty
    assert str(table["n"].dtype) == "Int64"


@pytest.mark.parametrize(
    ("code", "name"), [("en", "Optics"), ("fr", "Optique"), ("es", "Óptica"), ("gl", "Optics")]
)
def test_fields_are_named_by_wipo(code, name):
    """In the languages of the table of fields; in English elsewhere."""
    with in_language(code):
        assert fields.field_name(9) == name
        assert fields.sector_name(1)


def test_a_window_counts_what_it_leaves_out(tmp_path):
    """Applications of other years and of no known year; every step adds up."""
    rows = [*RECORDS, record(9, ["A21D"], "ES"), record(7, [], "ES", filing_date=None)]
    read = prepared(tmp_path, load(study_file(tmp_path)), raw(*rows))
    funnel = read["funnel"]
    assert funnel.set_index("step").loc["in_period", ["n", "left_out"]].tolist() == [5, 2]
    assert (funnel["n"] + funnel["left_out"]).tolist()[1:] == funnel["n"].tolist()[:-1]
    unknown = read["rejects"][read["rejects"]["column"] == "filing_year"]
    assert unknown["n"].tolist() == [1]
    assert unknown[["row", "value"]].isna().all(axis=None)


def test_nothing_to_read_is_an_error():
    """Without an export there is no study."""
    with pytest.raises(DataError, match="There is nothing to read"):
        canonical([])


def test_what_a_bulk_reader_left_behind_counts_as_often_as_it_says():
    """A reject of a whole group stands for as many as its n, whatever its reason."""
    rejects = pd.DataFrame(
        {"file": "a", "row": [pd.NA, 3], "column": ["year", "ipc"], "value": [None, "7"],
         "reason": ["outside the study's years", "not a symbol"], "n": [1200, 70]}
    )  # fmt: skip
    read = canonical([raw(*RECORDS, rejects=rejects, n_received=1205)])
    n = read["rejects"].set_index("column")["n"]
    assert n[["year", "ipc"]].to_dict() == {"year": 1200, "ipc": 70}
    assert read["funnel"]["left_out"].tolist() == [0, 1200, 0, 0]


def test_an_opened_study_says_what_it_is(tmp_path):
    """Five lines in a notebook: which study, which window, how it counts, where, how many."""
    opened = dataset(tmp_path, raw(*RECORDS), first_year=2001)
    said = (
        "A tiny study (tiny)\n"
        "  period: 2001 to 2004, by year of filing\n"
        "  counted: whole counts by family, located by priority\n"
        "  territories: Spain, France\n"
        "  n: 4 applications in the period"
    )
    assert repr(opened) == said
    broken = opened.definition.model_copy(update={"title": "A tiny\n\n\tstudy"})
    assert repr(replace(opened, definition=broken)) == said
