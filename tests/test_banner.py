"""What a page says first of its data: made up or real, input by input."""

import json

import pandas as pd
import pytest
from conftest import ROOT

from studylib import tables
from studylib.build.published import rests_on
from studylib.build.published.page import Page
from studylib.language import in_language
from studylib.report.banner import INPUTS, banner, roles
from studylib.study.register import load_register


def files(**is_synthetic):
    """The table `sources`: a file for each role, or two where both kinds are given."""
    rows = [
        (role, flag)
        for role, given in is_synthetic.items()
        for flag in (given if isinstance(given, tuple) else (given,))
    ]
    return pd.DataFrame(rows, columns=["role", "is_synthetic"])


MADE_UP = (
    "Made up to try out the method: {}. No figure drawn from such data says anything about a real "
    "territory, firm or person."
)


def test_a_page_on_made_up_data_alone_says_so():
    """Title, what is made up, and that nothing real follows from it."""
    assert banner(files(patents=True, survey=True)).split("\n") == [
        "This page rests on synthetic data.",
        MADE_UP.format("patent records and survey answers"),
    ]


def test_a_page_on_real_data_has_no_banner():
    """Nor has one that rests on nothing."""
    assert banner(files(patents=False, clusters=False)) == ""
    assert banner(files()) == ""


def test_what_is_real_on_a_page_is_named():
    """Organisations that exist are not denied because the patents beside them are made up."""
    assert banner(files(clusters=False, patents=True)).split("\n") == [
        "Part of this page rests on synthetic data.",
        MADE_UP.format("patent records"),
        "Real: list of cluster organisations.",
    ]


def test_only_inputs_of_the_page_count():
    """A synthetic survey says nothing of a page on patents."""
    study = files(survey=True, patents=False)
    assert banner(study, ["patents"]) == ""
    assert banner(study, ["survey"]).startswith("This page rests")


def test_an_input_of_both_kinds_stands_in_both_lists():
    """Real exports beside made-up ones: each in part."""
    lines = banner(files(patents=(True, False))).split("\n")
    assert lines[0] == "Part of this page rests on synthetic data."
    assert "method: patent records (in part)." in lines[1]
    assert lines[2] == "Real: patent records (in part)."


def test_a_notebook_names_its_inputs_or_rests_on_all():
    """In one order, whatever the order of the notebook."""
    assert roles({"rests_on": ["patents", "survey"]}) == ["patents", "survey"]
    assert roles({"rests_on": ["survey", "patents"]}) == ["patents", "survey"]
    assert roles({"rests_on": ["metro", "patents"]}) == ["patents", "metro"]
    assert roles({}) == list(INPUTS)


def test_every_role_of_a_source_has_a_name():
    """The table of sources knows no role the banner cannot name."""
    role = next(c for c in tables.CONTRACTS["sources"].columns if c.name == "role")
    assert set(role.allowed) == set(INPUTS)


@pytest.mark.parametrize(
    ("name", "made_up", "real"),
    [
        ("00_data", "enregistrements de brevets et réponses à l’enquête",
         ("affirmations publiées, liste des clusters, chiffres d’Eurostat, projets de CORDIS et "
         "technologies des aires métropolitaines européennes")),
        ("10_survey", "enregistrements de brevets et réponses à l’enquête",
         "affirmations publiées et liste des clusters"),
        ("20_patents", "enregistrements de brevets", None),
        ("30_collaboration", "enregistrements de brevets", "liste des clusters"),
    ],
)  # fmt: skip
def test_the_pages_of_the_default_study(name, made_up, real):
    """The register says what is synthetic, each notebook what it rests on."""
    register = load_register(ROOT / "data" / "raw" / "sources.toml")
    ids = {"patents": "demo_regpat", "survey": "demo_survey", "claims": "claims",
           "clusters": "clusters"}  # fmt: skip
    study = files(**{role: register.is_synthetic(key) for role, key in ids.items()})
    path = ROOT / "notebooks" / f"{name}.ipynb"
    metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
    with in_language("fr"):
        title, first, *rest = banner(study, roles(metadata)).split("\n")
    assert f" : {made_up}." in first.replace("\u202f", " ").replace("\u00a0", " ")
    assert title.startswith("Une partie de cette page" if real else "Cette page")
    assert [line.split("\u202f: ")[-1] for line in rest] == ([f"{real}."] if real else [])


def test_reference_figures_of_the_project_are_real():
    """A page that shows them beside synthetic records says which is which."""
    lines = banner(files(patents=True), ["patents", "eurostat", "cordis"]).split("\n")
    assert lines[0] == "Part of this page rests on synthetic data."
    assert lines[2] == "Real: figures of Eurostat and projects of CORDIS."
    assert banner(files(patents=False), ["patents", "eurostat"]) == ""


def executed(folder, language, said):
    """A page whose notebook names patents, executed: a table with this line below it."""
    shown = {"text/html": f'<p class="note">{said}</p>'}
    cells = [{"id": "a", "outputs": [{"data": shown}, {"name": "stdout"}]}, {"id": "words"}]
    (folder / "20_x.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    notebook = folder / "named.ipynb"
    said_of_itself = {"title": "T", "rests_on": ["patents"]}
    told = {"cells": [], "metadata": said_of_itself, "nbformat": 4, "nbformat_minor": 5}
    notebook.write_text(json.dumps(told), encoding="utf-8")
    return Page("20_x", language, notebook, folder)


@pytest.mark.parametrize(
    ("language", "said", "found"),
    [
        ("en", "Source: Eurostat (pat_ep_rtot), CC BY 4.0; selection by this project · Synthetic",
         ["patents", "eurostat"]),
        ("fr", ("Source\u202f: liste · CORDIS, 7e PCRD 2007-2013, © Union européenne\u202f; "
         "calculs du projet"), ["patents", "cordis"]),
        ("en", "Source: CORDIS, FP7 2007-2013, &copy; European Union; computed by this project",
         ["patents", "cordis"]),
        ("en", "Regions: NUTS (Eurostat), selection by this project", ["patents"]),
        # a table of the files themselves names them by their titles
        ("en", "Patent applications to the EPO by NUTS region and priority year",
         ["patents", "eurostat"]),
    ],
)  # fmt: skip
def test_published_figures_of_a_page_are_read_from_its_source_lines(
    tmp_path, language, said, found
):
    """No notebook need name them: what stands below a table is in the banner."""
    assert rests_on.inputs(executed(tmp_path, language, said)) == found


def test_a_page_not_executed_rests_on_what_its_notebook_names(tmp_path):
    """There is no line to read yet."""
    page = executed(tmp_path, "en", "")
    page.executed.unlink()
    assert rests_on.inputs(page) == ["patents"]


def test_published_figures_a_notebook_names_and_a_page_lacks_are_not_in_its_banner(tmp_path):
    """
    A study may have no data for the table they stand below; before a page is executed they count.

    Broken once: a page named projects of CORDIS, and no table, figure or sentence used them.
    """
    page = executed(tmp_path, "en", "Source: a list")
    told = json.loads(page.notebook.read_text(encoding="utf-8"))
    told["metadata"]["rests_on"] = ["patents", "cordis"]
    page.notebook.write_text(json.dumps(told), encoding="utf-8")
    assert rests_on.inputs(page) == ["patents"]
    page.executed.unlink()
    assert rests_on.inputs(Page("20_x", "en", page.notebook, tmp_path)) == ["patents", "cordis"]
