"""
Whole studies: the default one on its synthetic records, three on real exports beside it.

Each is built once; `make test` keeps the tests of a file on one worker (`--dist loadfile`).
"""

import html
import json
import re
import subprocess
import sys

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, needs_shared

from studylib import language, prepare, readers, tables
from studylib.build import command
from studylib.report import banner
from studylib.runs.workers import supervise
from studylib.study.model import load

pytestmark = pytest.mark.slow
STUDIES = ROOT / "tests" / "studies"
BANNER = {
    "en": "rests on synthetic data.",
    "es": "se basa en datos sintéticos",
    "eu": "datu sintetikoetan oinarritzen da, hau da, asmatutakoetan.",
    "fr": "repose sur des données synthétiques, c’est-à-dire inventées.",
}
EMPTY = ("No rows.", "There is no data to show here.", "rest of ;", "(a = )", "0 of 0")
"""What a page prints that has nothing to show instead of leaving it out."""
real = pytest.mark.parametrize("name", ["patentscope", "lens", "ops"])


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Builds a study of the project once and gives its published folder and its tables."""
    reports = tmp_path_factory.mktemp("reports")
    done = {}

    def of(path):
        if path not in done:
            command.build_study(path, reports)
            done[path] = load(path)
        study = done[path]
        return reports / study.id, prepare.folder_of(study)

    yield of
    supervise.end_idle()


def pages(folder, code):
    """Every page of a language as text, by name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in (folder / code).glob("*.html")}


ATTRIBUTE = re.compile(r'\b(?:aria-label|aria-description|title|alt|data-label)="([^"]*)"')


def sentences(page):
    """The texts between the tags of a page and in them, scripts and styles left out."""
    body = re.sub(r"(?s)<(script|style|svg|code|pre).*?</\1>", " ", page)
    found = [*re.split(r"<[^>]*>", body), *ATTRIBUTE.findall(page)]
    parts = [sentence for text in found for sentence in (text, *text.split(". "))]
    return {html.unescape(part).strip() for part in parts} - {""}


def left_in_english(page, code):
    """Texts of a page in another language that are texts of its catalogue in English."""
    texts = language._catalogue(code).texts
    same = {forms[0] for text, forms in texts.items() if forms[0] == text}
    return sorted(sentences(page) & {text for text in texts if len(text) > 3} - same)


def n(folder, step):
    return int(tables.read("funnel", folder).set_index("step")["n"][step])


def adds_up(folder):
    """Whether every step of the funnel and what it left out are the step before."""
    funnel = tables.read("funnel", folder)
    before = (funnel["n"] + funnel["left_out"]).tolist()
    return before[1:] == funnel["n"].tolist()[:-1]


def test_the_default_study_builds(built):
    """Every page in every language, with the banner over its synthetic records."""
    folder, prepared = built(ROOT / "study.toml")
    for code, words in BANNER.items():
        found = pages(folder, code)
        assert {"index", "00_data", "20_patents"} <= set(found)
        assert all(words in text for text in found.values()), code
    assert n(prepared, "in_territories") == 484
    assert adds_up(prepared)


def test_a_page_names_the_inputs_its_figures_rest_on(built):
    """The source of every figure and table is an input that the notebook, so the banner, names."""
    folder, prepared = built(ROOT / "study.toml")
    files = tables.read("sources", prepared)
    captions = {role: set(own["caption_en"]) for role, own in files.groupby("role", observed=True)}
    for name, page in pages(folder, "en").items():
        if not (ROOT / "notebooks" / f"{name}.ipynb").is_file():
            continue  # the first page and the search rest on no input of their own
        notebook = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
        named = banner.roles(notebook["metadata"])
        shown = html.unescape(page)
        met = {role for role, texts in captions.items() if any(text in shown for text in texts)}
        assert met <= set(named), name


def test_the_default_study_lies_in_both_territories(built):
    """The 484 of the source: each in Aquitaine or Euskadi or both, located by inventors."""
    _, prepared = built(ROOT / "study.toml")
    where = tables.read("locations", prepared)
    here = where[(where["basis"] == "inventor") & (where["kind"] == "territory")]
    assert set(here["area"]) == {"Aquitaine", "Euskadi"}
    assert here["application_id"].nunique() == 484
    assert (here["weight"] > 0).all()


def test_fractional_counts_of_a_real_edition_add_up(built):
    """Weights of the parties of every application sum to 1 in each role."""
    _, prepared = built(ROOT / "study.toml")
    parties = tables.read("parties", prepared)
    sums = parties.groupby(["application_id", "role"], observed=True)["weight"].sum()
    assert sums.between(1 - 1e-9, 1 + 1e-9).all()


def test_two_builds_of_the_default_study_are_equal(built, tmp_path):
    """Another folder, another process, nothing prepared: the same bytes in every file."""
    folder, _ = built(ROOT / "study.toml")
    out = subprocess.run(
        [sys.executable, "-m", "studylib", "build", str(ROOT / "study.toml"), "--reports",
         str(tmp_path / "again")],
        env={"PATH": "/usr/bin:/bin", "STUDYLIB_PROCESSED": str(tmp_path / "processed"),
             "HOME": str(tmp_path), "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"},
        capture_output=True, text=True, check=False, timeout=900, cwd=tmp_path,
    )  # fmt: skip
    assert out.returncode == 0, out.stderr
    assert out.stdout.strip() == str(tmp_path / "again" / "index.html")
    one, other = (
        {p.relative_to(link).as_posix(): p.read_bytes() for p in link.rglob("*.*")}
        for link in (folder, tmp_path / "again" / "aquitaine-euskadi")
    )
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []


@pytest.mark.parametrize("code", language.languages()[1:])
def test_a_page_speaks_its_language(built, code):
    """No text of the catalogue stands in English on a page in another language."""
    folder, _ = built(ROOT / "study.toml")
    for name, page in pages(folder, code).items():
        assert f'<html lang="{code}"' in page
        assert left_in_english(page, code) == [], name
        # Of Basque: every ending is chosen, no bracket of the catalogue is left open.
        open_ones = [text for text in sentences(page) if re.search(r"\w\([era]\)", text)]
        assert code != "eu" or open_ones == [], name


@pytest.mark.shared
@needs_shared
@real
def test_a_study_on_real_exports_builds(built, name):
    """Without a hand edit: every language, no synthetic banner, nothing left in English."""
    folder, prepared = built(STUDIES / f"{name}.toml")
    for code in load(STUDIES / f"{name}.toml").languages:
        words = BANNER[code]
        assert pages(folder, code)
        for page, text in pages(folder, code).items():
            assert words not in text, page
            assert code == "en" or left_in_english(text, code) == [], page
    for page in ("40_diversification", "50_border_areas"):
        text = pages(folder, "en")[page]
        assert not any(empty in text for empty in EMPTY), page
    assert adds_up(prepared)


@pytest.mark.shared
@needs_shared
def test_the_counts_of_the_patentscope_study(built):
    """
    24,294 records come in; the read-me beside the files counts records by country of their claims.

    71 records claim a Spanish priority and 122 a French one.  They are 68 and 122 applications
    (three records are further publications of Spanish ones), of which 48 and 67 were published
    in the period: these are counted.  15,562 records of the period are 15,555 applications.
    """
    _, prepared = built(STUDIES / "patentscope.toml")
    assert n(prepared, "received") == 24_294
    assert n(prepared, "in_period") == 15_555
    where = tables.read("locations", prepared)
    here = where[where["basis"] == "priority"].groupby("area", observed=True)["application_id"]
    assert here.nunique().to_dict() == {"Spain": 48, "France": 67}

    study = load(STUDIES / "patentscope.toml")
    raws = readers.read_all([study.path(study.sources[0].path)])
    claims = [raw.priorities.assign(raw=i) for i, raw in enumerate(raws)]
    of_country = pd.concat(claims).drop_duplicates(["raw", "record", "country"])["country"]
    assert of_country.value_counts()[["ES", "FR"]].tolist() == [71, 122]
    ever = prepare.canonical(raws).priority_countries.str.split(" ").explode().value_counts()
    assert ever[["ES", "FR"]].tolist() == [68, 122]


@pytest.mark.shared
@needs_shared
def test_the_counts_of_the_lens_study(built):
    """5,884 families came in; of the patents among them 243 lie in the territories."""
    _, prepared = built(STUDIES / "lens.toml")
    assert n(prepared, "received") == 5_884
    assert n(prepared, "of_kinds") == 5_884 - 214 - 11 - 2  # models, designs, translations
    assert n(prepared, "in_territories") == 243


@pytest.mark.shared
@needs_shared
def test_a_study_of_hardly_any_record_says_so(built):
    """The OPS set holds next to nothing of Spain and France: the pages say it in words."""
    folder, prepared = built(STUDIES / "ops.toml")
    assert n(prepared, "in_territories") < 30
    page = BeautifulSoup(pages(folder, "en")["20_patents"], "html.parser").get_text()
    assert "the intervals there are wide" in page or "No patent of the data lies" in page
