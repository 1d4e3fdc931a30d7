"""What was made up is marked where it stands, and every input and rule is named."""

import re

import pytest
from pages_of import RECORDS, USUAL
from small_studies import dataset, raw
from test_collaboration_page import USUAL as LIST
from test_collaboration_page import page, text_of
from test_copatents import ALONE, BLOCKS, JOINT, MORE
from tiny_clusters import listed

import studylib as sl
from studylib import tables
from studylib.files.attached import FILES
from studylib.network import clusters
from studylib.show import provenance


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """Opens a study of real organisations beside three patents that were, or were not, made up."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))

    def make(*, made_up):
        study = dataset(tmp_path, raw(JOINT, MORE, ALONE, nuts_version="2013"), blocks=BLOCKS)
        frame = listed(*LIST)
        tables.write(frame, "clusters", study.folder)
        tables.write(clusters.attributes(frame), "cluster_attributes", study.folder)
        files = study.table("sources").assign(is_synthetic=made_up)
        tables.write(files, "sources", study.folder)
        return study

    return make


MIXED = ("partners", "observed", "map-links")
"""Outputs of the page that set numbers of patents beside names of real organisations or places."""


@pytest.mark.parametrize("name", MIXED)
def test_made_up_numbers_are_marked_beside_real_names(opened, name):
    """In the heading of their column, in every card, and in the CSV; gone with real records."""
    shown = page(opened(made_up=True))[name]
    assert "(made up)" in text_of(shown)
    files = shown._repr_mimebundle_()[FILES]
    csv = [text for path, text in files.items() if path.endswith(".csv")]
    if name != "partners":  # that file has no number of patents
        assert any("made_up_columns" in text for text in csv)
    real = page(opened(made_up=False))[name]
    assert "made up" not in text_of(real)
    assert "made_up_columns" not in str(real._repr_mimebundle_()[FILES])


def test_a_card_marks_every_line_that_counts_patents(opened):
    """A reader may take one card away."""
    text = text_of(page(opened(made_up=True))["partners"])
    lines = re.findall(r"patents of [^·]*?: \d+; of [^·]*?: \d+(?: \(made up\))?", text)
    assert lines
    assert all(line.endswith("(made up)") for line in lines)


def test_every_rule_a_figure_used_is_in_its_source_line(tmp_path):
    """KETs by their scheme, fields by WIPO's table, applicants by the rules on names."""
    study = dataset(tmp_path, raw(*RECORDS), blocks=USUAL)
    kets = sl.show.kets(study, sl.ket_shares(study))
    assert "KET scheme after Van de Velde et al. (2012)" in kets.caption.source
    assert "KET scheme after Van de Velde et al. (2012)" in kets.alt
    fields = sl.show.fields(study, sl.field_shares(study))
    assert "WIPO IPC-Technology Concordance" in fields.source
    kinds = sl.show.applicants(study, sl.by_applicant_kind(study))
    assert "Name rules of this project" in kinds.source
    other = sl.show.by_scheme(study, sl.sensitivity_to_scheme(study))
    assert "Control scheme of this project" in other.source


def test_the_list_of_files_names_rules_and_reference_figures(tmp_path):
    """Each once, told apart from the inputs; an input is not listed again."""
    study = dataset(tmp_path, raw(*RECORDS), blocks=USUAL)
    frame = sl.show.sources(study).frame
    rules = set(frame.loc[frame["role"] == "rules", "file"])
    assert {"ket_ec2012.csv", "wipo35_2019.csv", "themes.csv", "eurostat_pat_ep_rtot.csv"} <= rules
    assert not rules & {"DEMO_EPO_IPC.txt", "answers.csv"}
    assert frame["sha256"].is_unique


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("eurostat_pat_ep_rtot.csv", "real, published"),
        ("reference/fp7_pairs.csv", "real, computed by this project"),
        ("nuts_centres.csv", "real, computed by this project"),
        ("border_practices.csv", "real, compiled by this project"),
        ("wipo35_2019.csv", "published rule"),
        ("ket_ec2012.csv", "published rule, recalled"),
        ("sectors.csv", "rule of this project"),
        ("rules/fp7_pairs.csv", "rule of this project"),
        ("fp7_regions.csv", "rule of this project"),
    ],
)
def test_a_published_figure_is_not_called_a_rule(tmp_path, file, said):
    """Figures of others, what was computed or compiled from them, and rules: each in its word."""
    study = dataset(tmp_path, raw(*RECORDS), blocks=USUAL)
    files = sl.show.sources(study).frame.set_index("file")["kind"]
    assert files[file] == said


def test_a_rule_file_of_the_study_is_named_in_place_of_the_projects(tmp_path):
    """A scheme of its own is told by its file."""
    (tmp_path / "data").mkdir()
    (tmp_path / "ours.csv").write_text(
        "ket,rule,symbol,level\nlight,include,G02B,subclass\n", "utf-8"
    )
    study = dataset(tmp_path, raw(*RECORDS), blocks=('[ket]\nscheme = "ours.csv"\n', *USUAL))
    assert provenance.source(study, "ket") == "rules of this study (ours.csv)"
    kinds = provenance.rule_files(study).set_index("file")["kind"]
    assert kinds["ours.csv"] == "of_study"
    assert "ket_ec2012.csv" not in kinds
