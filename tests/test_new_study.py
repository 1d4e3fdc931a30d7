"""A new study from what somebody has: what is proposed works, and what is begun can be edited."""

import tomllib

import pandas as pd
import pytest
from test_check import said
from test_cli import run
from test_lens import export
from test_regpat import EPO
from test_regpat import edition as regpat_edition
from tiny_exports import csv
from tiny_survey import export as answers

from studylib.build.new.new_codebook import codebook_for
from studylib.build.new.new_study import new_study
from studylib.build.new.proposal import _in_words
from studylib.errors import DataError, UsageError
from studylib.survey import codebook

HEADER = "Title;Publication number;Earliest priority;IPC;Publication date;Applicants"
ROWS = (
    "Kiln;ES2000001A1;2003-02-11;F27B17/00;2004-08-01;ACME [ES]",
    "Four;FR2000002A1;2005-02-11;F27B17/00;2006-08-01;ACME [FR]",
    "Oven;FR2000003A1;2005-02-11;F27B17/00;2006-08-01;ACME [FR]",
    "Oven;PT2000004A1;2005-02-11;F27B17/00;2006-08-01;ACME [PT]",
    "Oven;FR2000005A1;2005-02-11;F27B17/00;2006-08-01;ACME [ES]",
)


def told(path):
    return tomllib.loads(path.read_text("utf-8"))


def test_the_study_of_an_export_is_one_that_check_accepts(tmp_path):
    """A date it knows, a way to locate it knows, its years, the two countries with most."""
    path = new_study(tmp_path / "new", (csv(tmp_path / "list.csv", HEADER, *ROWS),))
    study = told(path)
    assert study["period"] == {"first_year": 2003, "last_year": 2005, "date": "priority"}
    assert study["counting"]["located_by"] == "applicant"
    assert [area["country"] for area in study["territories"]] == ["ES", "FR"]
    assert study["territories"][0]["name"] == "Spain"
    assert study["sources"] == [{"path": "../list.csv"}]
    lines, error = said(path)
    assert error is None
    assert lines[3].startswith("2003 to 2005, by priority: 5 applications")


def test_filing_is_proposed_where_it_is_known(tmp_path):
    """Lens knows days of filing, and no country of anybody but by its claims."""
    study = told(new_study(tmp_path / "new", (export(tmp_path / "lens.csv", {}),)))
    assert study["period"]["date"] == "filing"
    assert study["counting"]["located_by"] == "priority"


def test_regions_are_proposed_where_the_export_knows_them(tmp_path):
    """By their codes of the second level, in the version of the edition."""
    path = new_study(tmp_path / "new", (regpat_edition(tmp_path / "r", EPO),))
    areas = told(path)["territories"]
    assert all(len(area["nuts"][0]) == 4 for area in areas)
    assert said(path)[1] is None


def test_an_unknown_table_is_begun_with_its_columns_guessed(tmp_path):
    """The block is in the study file, marked as a guess."""
    table = csv(tmp_path / "x.csv", "Publication number,Filing date,IPC,Applicants,Applicant "
                "country",
                "ES2000001A1,2003-02-11,F27B 17/00,ACME,ES")  # fmt: skip
    path = new_study(tmp_path / "new", (table,))
    source = told(path)["sources"][0]
    assert source["format"] == "table"
    assert source["columns"]["applicant_countries"] == "Applicant country"
    assert "# Guessed from the headers" in path.read_text()
    assert said(path)[1] is None


def test_exports_that_lie_there_already_are_looked_at(tmp_path):
    """`data` was filled first."""
    (tmp_path / "new" / "data").mkdir(parents=True)
    csv(tmp_path / "new" / "data" / "list.csv", HEADER, *ROWS)
    study = told(new_study(tmp_path / "new"))
    assert study["period"]["date"] == "priority"
    assert study["sources"] == [{"path": "data"}]


def test_an_export_nobody_can_read_begins_nothing(tmp_path):
    """The sentence of the reader; no half of a study."""
    with pytest.raises(DataError, match="no export of a known format"):
        new_study(tmp_path / "new", (csv(tmp_path / "x.csv", "code,place", "1,2"),))
    assert not (tmp_path / "new").exists()


def test_a_list_of_organisations_is_a_template(tmp_path):
    """Every column, an example per territory, and a key to be opened when it is filled."""
    path = new_study(tmp_path / "new", clusters=tmp_path / "new" / "clusters.csv")
    lines = (tmp_path / "new" / "clusters.csv").read_text().splitlines()
    assert lines[0].startswith("name,territory,place,sectors,website")
    assert [line.split(",")[1] for line in lines[1:]] == ['"Alsace"', '"Freiburg"']
    assert '# clusters = "clusters.csv"' in path.read_text()
    path.write_text(path.read_text().replace("# clusters =", "clusters ="))
    from studylib.network import clusters
    from studylib.study.model import load

    assert len(clusters.of_study(load(path))["clusters"]) == 2


ORGANISATIONS = "name,territory,place,sectors,website,members,kets,interests,source,evidence"


def organisations(path, *territories):
    """A list with an organisation in each territory."""
    rows = [f"Alpha {n},{name},,health,,,,,own list," for n, name in enumerate(territories)]
    return csv(path, ORGANISATIONS, *rows)


def test_territories_are_those_that_survey_and_list_mean(tmp_path):
    """Not the two with most applications: the list has Spain and Portugal."""
    survey = csv(tmp_path / "answers.csv", "id,side,training", "1,ES,Y", "2,PT,N", "3,PT,Y")
    list_csv = organisations(tmp_path / "list.csv", "España", "Portugal")
    exports = (csv(tmp_path / "e.csv", HEADER, *ROWS, ROWS[2].replace("003A1", "013A1")),)
    path = new_study(tmp_path / "new", exports, survey, list_csv)
    study = told(path)
    assert [(a["name"], a["country"]) for a in study["territories"]] == [
        ("España", "ES"), ("Portugal", "PT")
    ]  # fmt: skip
    assert study["clusters"] == "../list.csv"
    assert study["survey"]["path"] == "../answers.csv"
    book = told(path.with_name("codebook.toml"))
    assert book["territories"] == {"ES": "España", "PT": "Portugal"}
    assert said(path)[1] is None


def test_what_is_not_told_yet_is_closed_and_says_when_to_open_it(tmp_path):
    """Sides and territories of no known place: the study is one that check accepts all the same."""
    survey = csv(tmp_path / "answers.csv", "id,side,training", "1,left,Y", "2,right,N")
    list_csv = organisations(tmp_path / "list.csv", "The coast", "The hills")
    path = new_study(tmp_path / "new", (csv(tmp_path / "e.csv", HEADER, *ROWS),), survey, list_csv)
    study, text = told(path), path.read_text("utf-8")
    assert "survey" not in study
    assert "clusters" not in study
    assert "# Open this block when codebook.toml says which territory each answer is of." in text
    assert '# when territories below are called as in it: "The coast", "The hills"' in text
    assert said(path)[1] is None


def test_the_study_file_says_which_places_the_export_knows(tmp_path):
    """With how many applications, the most first: one looks for one's own there."""
    path = new_study(tmp_path / "new", (csv(tmp_path / "list.csv", HEADER, *ROWS),))
    assert "The exports know, with applications: ES 2, FR 2, PT 1." in path.read_text("utf-8")
    many = {f"C{n}": 1 for n in range(14)}
    assert _in_words(list(many), pd.Series(many)).endswith("C11 1 and 2 more")


def test_a_way_to_locate_that_places_next_to_nothing_is_not_proposed(tmp_path):
    """One inventor in five wrote a country; the offices place every application."""
    rows = [f"Oven;FR200000{n}A1;2005-02-11;F27B17/00;2006-08-01;ACME" for n in range(5)]
    exports = (csv(tmp_path / "list.csv", HEADER, f"{rows[0]} [ES]", *rows[1:]),)
    assert told(new_study(tmp_path / "new", exports))["counting"]["located_by"] == "office"


def test_every_further_block_stands_there_closed(tmp_path):
    """Survey, list, register and border areas: what each is for, and valid when opened."""
    path = new_study(tmp_path / "new")
    text = path.read_text("utf-8")
    for closed in ('# clusters = "', '# register = "', "# [survey]", "# [[comparison]]"):
        assert closed in text
    opened = text.replace("# [[comparison]]\n# name", "[[comparison]]\nname")
    opened = opened.replace("# nuts", "nuts")
    assert tomllib.loads(opened)["comparison"][0]["nuts"] == ["FR42", "DE13"]


def test_a_list_without_territories_is_no_list(tmp_path):
    """The header it needs is said."""
    with pytest.raises(DataError, match=r"has no column `territory`\. A list begins with: name,"):
        new_study(tmp_path / "new", clusters=csv(tmp_path / "list.csv", "a,b", "1,2"))


def test_a_codebook_is_begun_from_the_header_of_the_survey(tmp_path):
    """Who, where, when, ticks: every key is there, and it loads once territories are named."""
    survey = tmp_path / "answers.csv"
    survey.write_text(answers([("Spain", {"training"}), ("France", {"innovation"})]), "utf-8")
    text = codebook_for(survey)
    for name in codebook.Codebook.model_fields:
        assert name in text
    path = tmp_path / "codebook.toml"
    path.write_text(text)
    begun = codebook.load(path)
    assert (begun.respondent, begun.territory) == ("id", "side")
    assert set(begun.territories) == {"Spain", "France"}
    assert len(begun.option) > 1


def test_several_answers_in_a_cell_are_counted_as_options(tmp_path):
    """Each with how often it was met."""
    survey = csv(tmp_path / "a.csv", "Timestamp,Which domains?,Your region",
                 "1,Training;Innovation,Left", "2,Innovation,Right")  # fmt: skip
    text = codebook_for(survey)
    assert 'answers = "Which domains?"' in text
    assert 'label = "Innovation" # 2 times' in text
    assert 'territory = "Your region"' in text
    assert 'submitted = "Timestamp"' in text


def test_a_file_without_a_header_is_no_survey(tmp_path):
    """A note begins no codebook."""
    with pytest.raises(DataError, match="has no header"):
        codebook_for(csv(tmp_path / "a.csv", "hello"))


def test_the_command_takes_them_all(tmp_path, capsys, monkeypatch):
    """`init DIR --from EXPORT --survey ANSWERS --clusters LIST`."""
    survey = tmp_path / "answers.csv"
    survey.write_text(answers([("Spain", {"training"})]), "utf-8")
    list_csv = csv(tmp_path / "list.csv", HEADER, *ROWS)
    begun = tmp_path / "new" / "clusters.csv"
    code, out, _ = run(capsys, monkeypatch, "init", tmp_path / "new", "--from", list_csv,
                       "--survey", survey, "--clusters", begun)  # fmt: skip
    assert code == 0
    assert "Edit" in out
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == [
        "clusters.csv", "codebook.toml", "data", "study.toml"
    ]  # fmt: skip
    with pytest.raises(UsageError, match="There is a study"):
        new_study(tmp_path / "new")
