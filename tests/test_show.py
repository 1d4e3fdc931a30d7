"""Tables and figures of the first two pages: they stand for every study, also for an empty one."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from pages_of import RECORDS, SCENARIOS, USUAL, record, shown
from small_studies import dataset, raw

import studylib as sl
from studylib.figures.picture import Picture
from studylib.files.attached import FILES
from studylib.report.prose import prose
from studylib.show.absent import Absent
from studylib.show.common import captions

DRAWN = {"nothing", "one territory", "three territories", "no KET", "fractional"}


def texts_of(bundle):
    """What a reader sees of an output, without markup."""
    return re.sub(r"<[^>]+>", " ", bundle["text/html"])


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    """Every output of the usual study as it travels, drawn once."""
    study = dataset(tmp_path_factory.mktemp("usual"), raw(*RECORDS), blocks=USUAL)
    return {name: output._repr_mimebundle_() for name, output in shown(study).items()}


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_table_and_figure_stands_for_every_study(tmp_path, name, monkeypatch):
    """No record, one territory or three, no reference, one year, no KET, any basis and weight."""
    if name not in DRAWN:  # drawing takes seconds and is tested in test_figures.py
        monkeypatch.setattr(Picture, "_repr_mimebundle_", lambda _: {"text/html": "drawn"})
    records, blocks, choices = SCENARIOS[name]
    study = dataset(tmp_path, raw(*records), blocks=blocks, **choices)
    for what, output in shown(study).items():
        bundle = output._repr_mimebundle_()
        assert bundle["text/html"] or isinstance(output, Absent), what
        assert not re.search(r"\b(nan|NaN|NaT|None|&lt;NA&gt;)\b", texts_of(bundle)), what


def test_an_output_carries_its_data_as_csv(usual):
    """Every table and figure of the pages travels with its numbers, under a name of its own."""
    paths = [
        path for bundle in usual.values() for path in bundle.get(FILES, {}) if path.endswith(".csv")
    ]
    assert len(set(paths)) == len(paths) == 19  # no published total of these sides: left out


def test_a_checked_scheme_says_so_under_every_ket_figure(tmp_path, monkeypatch):
    """The flag of the scheme decides the note."""
    study = dataset(tmp_path, raw(*RECORDS))
    assert "KET rules: not checked" in sl.show.ket_table(study, sl.ket_shares(study)).note
    monkeypatch.setitem(study.__dict__, "scheme", replace(study.scheme, verified=True))
    assert "KET rules: checked" in sl.show.ket_table(study, sl.ket_shares(study)).note


def test_text_of_the_data_is_never_markup(tmp_path):
    """A reject that holds a tag is shown as it stands, in the page and in the CSV."""
    hostile = record(0, ["<script>alert(1)</script>"], "ES", title="<b>x</b>")
    study = dataset(tmp_path, raw(hostile))
    bundle = sl.show.rejects(study, sl.rejects_by_reason(study))._repr_mimebundle_()
    assert "<script" not in bundle["text/html"]
    assert "&lt;script&gt;" in bundle["text/html"]
    assert "<p>&lt;b&gt;</p>" in prose("<b>")._repr_html_()


def test_the_flag_of_the_scheme_stands_wherever_a_ket_stands(usual):
    """Not checked against the printed source: said at every KET figure and table."""
    for name in ("kets", "ket_table", "overlap", "applicants", "by_counting"):
        assert "not checked against their printed source" in texts_of(usual[name]), name


def test_a_share_never_travels_without_its_interval(usual):
    """In every table of shares of a sample, the interval stands behind the share."""
    for name in ("fields", "ket_table", "applicants", "by_counting", "by_scheme"):
        text = texts_of(usual[name])
        assert re.search(r"50\.0% \(9\.5–90\.5%\)", text), name


def test_shares_under_other_choices_stand_with_what_they_are_of(usual):
    """Ways of counting have bases of their own, each beside its share; readings share one."""
    ways, readings = (
        BeautifulSoup(usual[name]["text/html"], "html.parser")
        for name in ("by_counting", "by_scheme")
    )
    heads = ways.find("thead").get_text("|", strip=True)
    assert heads == "Counted|Located by|Counting|Spain|Of|France|Of"
    cells = [
        cell.get_text(" ", strip=True) for cell in ways.find("tbody").find("tr").find_all("td")
    ]
    assert cells[-1] == "2"
    assert readings.find("thead").get_text("|", strip=True).endswith("Spain, of 2|France, of 2")


def test_areas_are_named_in_the_language_of_the_page(tmp_path):
    """Spain is Espagne on a French page, in the columns and in the rows."""
    study = dataset(tmp_path, raw(*RECORDS), blocks=USUAL, language="fr")
    outputs = shown(study)
    for name in ("classified", "ket_table", "by_counting"):
        text = texts_of(outputs[name]._repr_mimebundle_())
        assert "Espagne" in text, name
        assert "Spain" not in text, name


def test_fields_are_in_the_order_of_their_frequency(tmp_path):
    """Most frequent first; a field nobody has in the territories has no row."""
    more = record(2, ["A21D"], "FR", application_number="EP01100099")
    study = dataset(tmp_path, raw(*RECORDS, more))
    table = sl.show.fields(study, sl.field_shares(study)).frame
    assert table.set_index("name").loc["Food chemistry", "n_1"] == 2
    assert len(table) < 35
    totals = table.filter(regex=r"^n_").sum(axis=1)
    assert totals.is_monotonic_decreasing


def test_weighted_counts_have_decimals(tmp_path):
    """A half of a family is 0.50, not 0 or 1."""
    both = record(0, ["A21D"], "ES", priorities=[("P1", "ES", None), ("FR2", "FR", None)])
    study = dataset(tmp_path, raw(both), weights="fractional")
    assert "0.50" in texts_of(sl.show.classified(study, sl.classified(study))._repr_mimebundle_())


def test_published_totals_name_every_row(tmp_path):
    """Each territory, then all of them together."""
    study = dataset(tmp_path, raw(*RECORDS))
    totals = pd.DataFrame(
        {"area": ["Spain", ""], "published": [10.5, 10.5], "n": [3, 3], "share": [0.3, 0.3]}
    )
    text = texts_of(sl.show.published_totals(study, totals)._repr_mimebundle_())
    assert "Spain" in text
    assert "All territories" in text
    assert "Eurostat (pat_ep_rtot)" in text


def test_a_licence_that_is_no_name_is_in_the_language_of_the_page(tmp_path):
    """`CC BY 4.0` stands as it is; what is said in words is translated."""
    study = dataset(tmp_path, raw(*RECORDS), language="fr")
    files = study.table("sources")
    shown = sl.show.sources(study).frame
    inputs = shown[shown["role"] != "rules"]
    assert set(inputs["licence"]) == {"selon les indications du producteur"}
    assert set(files["licence"]) == {"as the producer states"}


@pytest.mark.parametrize(
    ("code", "caption", "shown"),
    [("es", "Fuente: una lista", "una lista"), ("fr", "Source\u202f: une liste", "une liste"),
     ("en", "Source: a list", "a list"), ("es", "Source: a list", "a list"),
     ("es", "Fuentes de agua: lista", "Fuentes de agua: lista")],
)  # fmt: skip
def test_a_caption_does_not_say_source_twice(code, caption, shown):
    """The line under a figure begins so itself; a caption of the register may, too."""
    files = pd.DataFrame({"caption_en": "x", f"caption_{code}": [caption] * 2})
    assert captions(files, code) == shown


def test_a_caption_in_another_language_is_shown_in_english():
    """Where the tables were prepared before the language was there."""
    assert captions(pd.DataFrame({"caption_en": ["Source: a list"]}), "es") == "a list"
