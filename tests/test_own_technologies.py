"""A scheme of other technologies than the six works from its file to the page, without any code."""

import json
import shutil

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT
from pages_of import RECORDS, record, said, shown
from small_studies import BLOCKS, HEAD, dataset, raw, study_file
from test_lens import export

import studylib as sl
from studylib.build import command, plan
from studylib.errors import DataError
from studylib.files.attached import FILES
from studylib.language import in_language
from studylib.network import clusters
from studylib.runs.workers import supervise

RULES = "ket,rule,symbol,level\nbatteries,include,H01M,subclass\nheat_pumps,include,F25B,subclass\n"
NAMES = """\
id = "heat_and_power"
title = "Two technologies of ours"
[ket.heat_pumps]
en = "Heat pumps"
fr = "Pompes à chaleur"
[ket.batteries]
en = "Batteries"
fr = "Batteries électriques"
"""
KET = '[ket]\nscheme = "ours.csv"\n'
TAGGED = [
    record(0, ["H01M 10/052", "F25B 30/00"], "ES"),
    record(1, ["F25B 30/02"], "FR"),
    record(2, ["G02B 6/00", "B82Y 30/00"], "ES", application_number="EP01200001"),
]


@pytest.fixture
def scheme(tmp_path):
    """The two files of a scheme beside a study file."""
    (tmp_path / "ours.csv").write_text(RULES, encoding="utf-8")
    (tmp_path / "ours.toml").write_text(NAMES, encoding="utf-8")
    return tmp_path / "ours.csv"


@pytest.fixture
def study(tmp_path, scheme, monkeypatch):
    """An opened study of three families, tagged by that scheme."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    assert scheme.is_file()
    return dataset(tmp_path, raw(*TAGGED), blocks=(*BLOCKS, KET))


def test_tags_and_tables_have_the_technologies_of_the_scheme(study):
    """In the order of its names; photonics and nanotechnology are no technologies here."""
    assert sorted(map(tuple, study.tags[["application_id", "ket"]].to_numpy())) == [
        ("EP01100000", "batteries"), ("EP01100000", "heat_pumps"), ("EP01100001", "heat_pumps"),
    ]  # fmt: skip
    counted = sl.ket_shares(study)[["area", "ket", "n", "base"]].to_numpy().tolist()
    assert counted == [
        ["Spain", "heat_pumps", 1.0, 2.0], ["Spain", "batteries", 1.0, 2.0],
        ["France", "heat_pumps", 1.0, 1.0], ["France", "batteries", 0.0, 1.0],
    ]  # fmt: skip
    assert sl.overlap(study).to_numpy().tolist() == [[2, 1], [1, 1]]
    assert sl.ket_differences(study)["ket"].tolist() == ["heat_pumps", "batteries"]


def test_no_control_is_made_up_for_other_technologies(study):
    """The WIPO proxy knows the six: of two others there are the readings of the rules alone."""
    readings = sl.sensitivity_to_scheme(study)
    assert readings["variant"].unique().tolist() == [
        "scheme_exact", "scheme_prefix", "scheme_hierarchy",
    ]  # fmt: skip
    shown_ = sl.show.by_scheme(study, readings)
    assert "No control from outside the rules" in shown_.note
    assert shown_.frame["name"].tolist() == ["Heat pumps"] * 3 + ["Batteries"] * 3


def test_texts_count_the_technologies_and_call_them_by_their_names(study):
    """In figures, tables and sentences, in the language of the page."""
    everything = shown(study)
    assert "each of the 2 KETs" in everything["kets"]._repr_mimebundle_()["text/plain"]
    assert "triangle of the 2 KETs" in everything["overlap"]._repr_mimebundle_()["text/plain"]
    assert "We recognise KETs by the rules in “Two technologies of ours”." in said(study)["scheme"]
    assert "in Spain, heat pumps and batteries, each 1 of 2" in said(study)["headline"]
    with in_language("fr"):
        table = sl.show.ket_table(study, sl.ket_shares(study))._repr_html_()
        assert "Pompes à chaleur" in table
        assert "batteries électriques" in said(study)["headline"]
    pages = [*said(study).values(), *(output._repr_html_() for output in everything.values())]
    drawn = [o._repr_mimebundle_().get(FILES, {}) for o in everything.values()]
    text = " ".join([*pages, json.dumps(drawn)]).lower()
    assert [word for word in (" six ", "photonics", "nanotech") if word in text] == []


def test_a_technology_without_a_name_is_called_by_its_key(study, scheme):
    """A scheme needs its rules alone."""
    scheme.with_suffix(".toml").unlink()
    assert "heat pumps" in said(study)["headline"]


def test_one_technology_makes_a_page_too(tmp_path, scheme, monkeypatch):
    """Nothing on the page needs a second one."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    scheme.write_text(RULES.replace("batteries,include,H01M,subclass\n", ""), encoding="utf-8")
    study = dataset(tmp_path, raw(*TAGGED, *RECORDS), blocks=(*BLOCKS, KET))
    assert "One row for 1 KET" in shown(study)["kets"]._repr_mimebundle_()["text/plain"]
    assert "We recognise KETs by the rules" in said(study)["scheme"]


def test_a_list_states_technologies_of_the_scheme(tmp_path, scheme):
    """Those and no others; the six are unknown where the scheme does not have them."""
    path = tmp_path / "list.csv"
    path.write_text("name,territory,sectors,kets\nA,Spain,energy,Heat pumps\n", encoding="utf-8")
    assert clusters.read(path, {"Spain": "Spain"}, scheme=scheme)["kets"].tolist() == ["heat_pumps"]
    path.write_text("name,territory,sectors,kets\nA,Spain,energy,photonics\n", encoding="utf-8")
    with pytest.raises(DataError, match="`kets` has 'photonics'; it can be heat_pumps, batteries"):
        clusters.read(path, {"Spain": "Spain"}, scheme=scheme)


@pytest.mark.slow
def test_the_patents_page_is_built_from_the_two_files(tmp_path, scheme, monkeypatch):
    """The notebook as it is, in two languages; a change of a name makes its page stale."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    shutil.copy(ROOT / "notebooks" / "20_patents.ipynb", notebooks)
    monkeypatch.setattr(plan, "NOTEBOOKS", notebooks)
    head = HEAD.replace("tiny", "ours") + 'languages = ["fr"]\n'
    path = study_file(tmp_path, *BLOCKS, KET, head=head)
    export(
        tmp_path / "data" / "lens.csv",
        {"IPCR Classifications": "H01M 10/052;;F25B 30/00"},
        {"IPCR Classifications": "F25B 30/02", "Application Number": "ES 200400002 A"},
    )
    try:
        command.build_study(path, tmp_path / "reports")
        page = (tmp_path / "reports" / "ours" / "fr" / "20_patents.html").read_text("utf-8")
        assert "Pompes à chaleur" in page
        said = BeautifulSoup(page, "html.parser").get_text()
        assert "Nous reconnaissons les KET d’après les règles" in said
        assert "hotonique" not in page
        names = scheme.with_suffix(".toml")
        names.write_text(NAMES.replace("Pompes à chaleur", "Pompe à chaleur"), "utf-8")
        command.build_study(path, tmp_path / "reports")
        page = (tmp_path / "reports" / "ours" / "fr" / "20_patents.html").read_text("utf-8")
        assert "Pompe à chaleur" in page
    finally:
        supervise.end_idle()
