"""Survey exports as people have them: LimeSurvey, Google Forms, Excel, and their dirt."""

import pandas as pd
import pytest
from conftest import ROOT, needs_shared
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny_exports import xlsx
from tiny_survey import book, chosen, export, notes, read

from studylib.errors import DataError
from studylib.survey import codebook
from studylib.survey import notes as survey_notes
from studylib.survey import read as survey_read

DEMO = ROOT / "data" / "raw" / "demo" / "survey"
CELL_BOOK = """
respondent = "E-mail"
territory = "Territoire"
submitted = "Horodateur"
answers = "Quels domaines ?"
comments = ["Remarques"]
[numbers]
members = "Membres"
[territories]
Aquitaine = "Aquitaine"
"Pays basque" = "Euskadi"
[[option]]
domain = "innovation"
label = { fr = "Innovation", es = "Innovación" }
[[option]]
domain = "internationalisation"
label = "Internationalisation (marchés, clients)"
[[option]]
domain = "training"
label = "Formation"
[[option]]
domain = "other"
label = "Autre"
free_text = true
"""
GOOGLE = (
    '"Horodateur","E-mail","Votre nom","Territoire","Quels domaines ?","Membres","Remarques"\n'
    '"2013/03/01 9:05:00 AM UTC+1","z@a.example","Z","Aquitaine",'
    '"Innovation, Internationalisation (marchés, clients)","12,5","Écrire à z@a.example"\n'
    '"2013/03/02 9:05:00 AM UTC+1","b@a.example","B","pays  BASQUE",'
    '"Formation, des visites, un bus","dix",""\n'
    '"2013/03/03 9:05:00 AM UTC+1","z@a.example","Z","Aquitaine","Innovation","12,5",""\n'
    '"2013/03/03 9:06:00 AM UTC+1","c@a.example","C","Navarre","Innovation","",""\n'
    '"2013/03/04 9:05:00 AM UTC+1","d@a.example","D","Aquitaine","","",""\n\n'
)


def test_the_demonstration_survey_gives_exactly_the_published_counts():
    """Aquitaine 3, 1, 1, 0 of 5 and Euskadi 4, 2, 2, 3 of 13; two others carry their words."""
    survey = survey_read.read(DEMO / "answers.csv", codebook.load(DEMO / "codebook.toml"))
    people = survey.respondents.set_index("respondent_id")["territory"]
    picked = survey.answers[survey.answers["is_chosen"].astype(bool)]
    counts = picked.groupby([picked["respondent_id"].map(people), "domain"]).size().to_dict()
    assert counts == {
        ("Aquitaine", "innovation"): 3, ("Aquitaine", "good_practice"): 1,
        ("Aquitaine", "internationalisation"): 1, ("Euskadi", "innovation"): 4,
        ("Euskadi", "good_practice"): 2, ("Euskadi", "internationalisation"): 2,
        ("Euskadi", "training"): 3, ("Euskadi", "other"): 2,
    }  # fmt: skip
    assert people.value_counts().to_dict() == {"Euskadi": 13, "Aquitaine": 5}
    assert survey.texts["respondent_id"].tolist() == ["E-04", "E-09"]


def test_google_forms_in_one_cell(tmp_path):
    """Labels with commas, one cell of answers, the latest of two submissions, a blank last line."""
    survey = read(tmp_path, GOOGLE, CELL_BOOK)
    assert chosen(survey) == {"R-0004": ["innovation"], "R-0001": ["training", "other"]}
    people = survey.respondents.set_index("respondent_id")
    assert people["territory"].to_dict() == {
        "R-0001": "Euskadi", "R-0003": "Aquitaine", "R-0004": "Aquitaine",
    }  # fmt: skip
    assert people["is_answered"].to_dict() == {"R-0001": True, "R-0003": False, "R-0004": True}
    assert people.loc["R-0004", "number_members"] == 12.5
    assert pd.isna(people.loc["R-0001", "number_members"])


def test_personal_data_is_left_behind_and_named(tmp_path):
    """Names and e-mail columns are nowhere in the tables; respondents get numbers instead."""
    survey = read(tmp_path, GOOGLE, CELL_BOOK)
    stored = " ".join(table.to_csv() for name, table in survey.tables().items())
    assert "@" not in stored
    private = survey.notes[survey.notes["what"] == survey_notes.PERSONAL]["value"].tolist()
    assert private == ["E-mail", "Votre nom"]


def test_what_was_not_used_is_noted(tmp_path):
    """Submissions replaced or of nowhere, no numbers, options nobody chose."""
    survey = read(tmp_path, GOOGLE, CELL_BOOK)
    assert notes(survey) >= {
        ("territory", "Navarre", 1, survey_notes.NO_TERRITORY),
        ("row", "2", 1, survey_notes.DUPLICATE),
        ("label", "dix", 1, survey_notes.NOT_A_NUMBER),
        ("label", "Internationalisation (marchés, clients)", 0, survey_notes.UNUSED_LABEL),
    }
    assert survey.texts["text"].tolist() == ["des visites, un bus"]


def test_a_question_in_one_cell_may_have_a_box_of_its_own_beside_it(tmp_path):
    """An option with a column is read there, the others in the cell."""
    box = '[[option]]\ndomain = "good_practice"\nlabel = "Visites"\ncolumn = "Visites ?"\n'
    text = (
        '"Horodateur","E-mail","Territoire","Quels domaines ?","Membres","Visites ?"\n'
        '"2013/03/01 9:05:00 AM UTC+1","z@a.example","Aquitaine","Innovation","","Oui"\n'
        '"2013/03/02 9:05:00 AM UTC+1","b@a.example","Aquitaine","Formation","","Non"\n'
    )
    book = CELL_BOOK.replace('comments = ["Remarques"]\n', "") + box
    assert chosen(read(tmp_path, text, book)) == {
        "R-0001": ["training"],
        "R-0002": ["innovation", "good_practice"],
    }


def test_words_nobody_knows_are_reported_without_a_box_for_them(tmp_path):
    """Where the codebook has no free text, an unknown answer is a note, never a choice."""
    text = CELL_BOOK.replace("free_text = true", "")
    survey = read(tmp_path, GOOGLE, text)
    assert chosen(survey)["R-0001"] == ["training"]
    assert ("label", "des visites, un bus", 1, survey_notes.UNKNOWN_LABEL) in notes(survey)


@pytest.mark.parametrize(
    "data",
    [
        GOOGLE,
        GOOGLE.replace("\n", "\r\n"),
        "\ufeff" + GOOGLE,
        GOOGLE.encode("cp1252"),
        GOOGLE.replace('","', '";"'),
    ],
    ids=["utf-8", "crlf", "bom", "cp1252", "semicolons"],
)
def test_the_same_export_in_any_wrapping(tmp_path, data):
    """Encoding, line ends and delimiter do not change a single answer."""
    plain = read(tmp_path, GOOGLE, CELL_BOOK)
    other = read(tmp_path, data, CELL_BOOK)
    assert other.answers.equals(plain.answers)
    assert other.respondents.equals(plain.respondents)


def test_the_same_export_as_a_workbook(tmp_path):
    """Excel: one cell with semicolons, numbers as numbers."""
    header = ["Horodateur", "E-mail", "Territoire", "Quels domaines ?", "Membres", "Remarques"]
    rows = [
        header,
        ["2013-03-01", "a@a.example", "Aquitaine", "Innovation;Formation", 12.5, "="],
        [None, "b@a.example", "Pays basque", "Innovación", 3, None],
    ]
    xlsx(tmp_path / "export.xlsx", rows)
    (tmp_path / "codes.toml").write_text(CELL_BOOK, "utf-8")
    survey = survey_read.read(tmp_path / "export.xlsx", codebook.load(tmp_path / "codes.toml"))
    assert chosen(survey) == {"R-0001": ["innovation", "training"], "R-0002": ["innovation"]}
    assert survey.respondents["is_complete"].tolist() == [True, False]
    assert survey.respondents["number_members"].tolist() == [12.5, 3.0]


LIME = """\
id;"side";"innovation. Which domains? [Innovation]";"training. Which domains? [Training]";ipaddr
1;A;{yes};{no};10.0.0.1
2;A;{no};{yes};10.0.0.2
3;A;;;10.0.0.3
"""
LIME_BOOK = """
respondent = "id"
territory = "side"
[territories]
A = "A"
[[option]]
column = "innovation"
domain = "innovation"
label = "Innovation"
[[option]]
column = "training"
domain = "training"
label = "Training"
"""


@pytest.mark.parametrize(
    ("yes", "no"),
    [("Y", "N"), ("Oui", "Non"), ("Sí", "No"), ("Bai", "Ez"), ("Yes", ""), ("1", "0")],
)
def test_limesurvey_with_codes_or_full_answers(tmp_path, yes, no):
    """One column per option, headers with the question behind the code, four languages."""
    survey = read(tmp_path, LIME.format(yes=yes, no=no), LIME_BOOK)
    assert chosen(survey) == {"1": ["innovation"], "2": ["training"]}
    assert survey.respondents["is_answered"].tolist() == [True, True, False]
    assert ("column", "ipaddr", 1, survey_notes.PERSONAL) in notes(survey)


def test_a_blank_beside_a_no_is_not_known(tmp_path):
    """Who says No elsewhere and leaves a box blank has not answered that box."""
    survey = read(tmp_path, "id;side;innovation;training\n1;A;N;\n2;A;Y;\n3;A;maybe;N\n", LIME_BOOK)
    answers = survey.answers.set_index(["respondent_id", "domain"])["is_chosen"]
    assert pd.isna(answers["1", "training"])
    assert not answers["2", "training"]
    assert pd.isna(answers["3", "innovation"])
    assert ("label", "maybe", 1, survey_notes.UNKNOWN_LABEL) in notes(survey)


def test_two_options_of_one_domain_are_one_choice(tmp_path):
    """A domain is chosen if any of its options is; it is open while one of them is."""
    text = LIME_BOOK.replace('domain = "training"', 'domain = "innovation"')
    survey = read(tmp_path, "id;side;innovation;training\n1;A;Y;Y\n2;A;N;N\n3;A;N;?\n", text)
    assert survey.answers["is_chosen"].tolist() == [True, False, pd.NA]
    assert survey.respondents["n_chosen"].tolist() == [1, 0, 0]


def test_a_column_the_file_lacks_leaves_its_domain_unknown(tmp_path):
    """Not asked is not the same as not chosen."""
    survey = read(tmp_path, "id;side;innovation\n1;A;Y\n", LIME_BOOK)
    answers = survey.answers.set_index("domain")["is_chosen"]
    assert answers["innovation"]
    assert pd.isna(answers["training"])
    assert ("column", "training", 1, survey_notes.NOT_THERE) in notes(survey)


def test_several_answers_to_a_question_for_one_are_noted(tmp_path):
    """They stay, and the note says whose they are."""
    survey = read(
        tmp_path, "id;side;innovation;training\n1;A;Y;Y\n", 'choice = "single"\n' + LIME_BOOK
    )
    assert ("row", "1", 1, survey_notes.SEVERAL) in notes(survey)


@pytest.mark.parametrize(("partial", "kept"), [("keep", ["1", "2"]), ("drop", ["1"])])
def test_partial_submissions_are_kept_or_dropped_as_told(tmp_path, partial, kept):
    """Empty date: not finished.  Kept and marked, or left out and noted."""
    head = f'submitted = "submitdate"\npartial = "{partial}"\n'
    survey = read(
        tmp_path,
        "id;side;submitdate;innovation;training\n1;A;2013-03-01;Y;N\n2;A;;N;Y\n",
        head + LIME_BOOK,
    )
    assert survey.respondents["respondent_id"].tolist() == kept
    assert (("row", "3", 1, survey_notes.PARTIAL) in notes(survey)) is (partial == "drop")


def test_the_latest_submission_stands_whatever_the_order(tmp_path):
    """By date and time, in ISO or day first; of equal dates the fullest."""
    rows = ["1;A;01/03/2013 10:00;N;N", "1;A;02/03/2013 09:00;Y;N", "2;A;01/03/2013;Y;",
            "2;A;01/03/2013;Y;Y", ";A;;N;N", ";A;;N;N"]  # fmt: skip
    for order in (rows, rows[::-1]):
        data = "\n".join(["id;side;submitdate;innovation;training", *order])
        survey = read(tmp_path, data, 'submitted = "submitdate"\n' + LIME_BOOK)
        found = chosen(survey)
        assert found["1"] == ["innovation"]
        assert found["2"] == ["innovation", "training"]
        assert len(found) == 4


def test_without_a_respondent_column_equal_rows_with_a_date_are_one(tmp_path):
    """A form sent twice in the same second is one; equal answers without a date are two people."""
    text = LIME_BOOK.replace('respondent = "id"\n', "")
    dated = "side;when;innovation;training\n" + "A;2013-03-01 10:00:00;Y;N\n" * 2
    assert len(read(tmp_path, dated, 'submitted = "when"\n' + text).respondents) == 1
    undated = "side;innovation;training\n" + "A;Y;N\n" * 2
    assert len(read(tmp_path, undated, text).respondents) == 2


def test_one_territory_needs_no_column(tmp_path):
    """Everybody is of the one territory the codebook names."""
    text = LIME_BOOK.replace('territory = "side"\n', "")
    survey = read(tmp_path, "id;innovation;training\n1;Y;N\n", text)
    assert survey.respondents["territory"].tolist() == ["A"]


def test_hidden_columns_the_codebook_names_stay_behind_too(tmp_path):
    """A comment column that holds addresses is personal data, whoever lists it."""
    head = 'comments = ["contact"]\n'
    data = "id;side;innovation;training;contact\n1;A;Y;N;a@b.example\n"
    survey = read(tmp_path, data, head + LIME_BOOK)
    assert survey.texts.empty
    assert ("column", "contact", 1, survey_notes.PERSONAL) in notes(survey)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("id;place;innovation\n1;A;Y\n", "has no column 'side'. Its columns are 'id', 'place'"),
        ("id;side;x\n1;A;Y\n", "has no column 'innovation', 'training'"),
        ("id;side;innovation;Innovation\n1;A;Y;Y\n", "has two columns 'innovation'"),
    ],
)
def test_an_export_without_its_columns_is_refused(tmp_path, data, message):
    """The message says which are missing, and which there are."""
    with pytest.raises(DataError, match=message):
        read(tmp_path, data, LIME_BOOK)


def test_a_row_with_broken_quotes_costs_itself_only(tmp_path):
    """It is noted by its number; the others are read."""
    survey = read(tmp_path, 'id;side;innovation;training\n1;A;"Y"x;N\n2;A;Y;N\n', LIME_BOOK)
    assert survey.respondents["respondent_id"].tolist() == ["2"]
    assert ("row", "2", 1, survey_notes.UNREADABLE) in notes(survey)


def test_a_territory_without_an_answer_is_noted(tmp_path):
    """The codebook speaks of a side the export does not have."""
    survey = read(tmp_path, export([("Aquitaine", {"training"})]), book())
    assert ("territory", "Euskadi", 0, survey_notes.UNUSED_TERRITORY) in notes(survey)


def test_an_export_without_a_submission_is_no_error(tmp_path):
    """A header alone: nobody answered yet."""
    survey = read(tmp_path, "id;side;innovation;training\n", 'submitted = "when"\n' + LIME_BOOK)
    assert survey.respondents.empty
    assert survey.answers.empty
    dated = read(tmp_path, "when;side;innovation\n", 'submitted = "when"\n' + LIME_BOOK)
    assert dated.respondents.empty


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(rows=st.permutations(range(4)), columns=st.permutations(range(4)))
def test_the_order_of_rows_and_columns_changes_nothing(tmp_path, rows, columns):
    """Every respondent has the same answers wherever they stand."""
    table = [["1", "A", "Y", "N"], ["2", "A", "N", "Y"], ["3", "A", "", ""], ["1", "A", "N", "N"]]
    header = ["id", "side", "innovation", "training"]
    lines = [header, *(table[i] for i in rows)]
    data = "\n".join(";".join(line[c] for c in columns) for line in lines)
    survey = read(tmp_path, data, LIME_BOOK)
    assert chosen(survey) == {"1": ["innovation"], "2": ["training"]}


CODES = """
respondent = "ResponseId"
answers = "Q1"
[territories]
all = "Euskadi"
[[option]]
domain = "innovation"
label = "Innovation"
[[option]]
domain = "training"
label = "Training"
"""
QUALTRICS = (
    "StartDate,Status,ResponseId,Q1,Q2\n"
    'Start Date,Response Type,Response ID,"In which domains\nwould you cooperate?",Comments\n'
    '"{""ImportId"":""startDate""}","{""ImportId"":""status""}","{""ImportId"":""_recordId""}",'
    '"{""ImportId"":""QID1""}","{""ImportId"":""QID2_TEXT""}"\n'
    '2024-01-15,IP Address,R_1,"Innovation,Training",\n'
    "2024-01-16,Survey Preview,R_2,Innovation,test\n"
)


def test_rows_about_columns_and_previews_are_no_respondents(tmp_path):
    """Qualtrics writes two rows of labels, and previews among answers: one respondent is left."""
    survey = read(tmp_path, QUALTRICS, CODES)
    assert survey.respondents["respondent_id"].tolist() == ["R_1"]
    assert {n for n in notes(survey) if n[0] == "row"} == {
        ("row", "2", 1, "row about the columns, no submission"),
        ("row", "3", 1, "row about the columns, no submission"),
        ("row", "5", 1, "preview or test, no submission"),
    }


def test_the_second_row_of_surveymonkey_is_no_respondent(tmp_path):
    """Below the questions stands `Response`, without a respondent."""
    data = (
        "Respondent ID,Collector ID,Start Date,Q1\n,,,Response\n"
        "118,9,2024-01-15,Innovation\n119,9,2024-01-16,Training\n"
    )
    survey = read(tmp_path, data, CODES.replace("ResponseId", "Respondent ID"))
    assert survey.respondents["respondent_id"].tolist() == ["118", "119"]


def test_a_row_of_another_width_is_left_out_and_said(tmp_path):
    """A separator inside a comment moves what follows: the row is not used, none is shifted."""
    data = (
        "ResponseId;comment;Q1\n1;nothing;Innovation\n2;yes; first Training;Innovation\n"
        "3;cut\n4;fine;Training\n5;a;b;\n"
    )
    survey = read(tmp_path, data, CODES)
    assert survey.respondents["respondent_id"].tolist() == ["1", "4"]
    assert {n for n in notes(survey) if n[0] == "row"} == {
        ("row", "3", 1, "row of another width than the header: not used"),
        ("row", "4", 1, "row of another width than the header: not used"),
        ("row", "6", 1, "row of another width than the header: not used"),
    }
    assert chosen(survey) == {"1": ["innovation"], "4": ["training"]}


@needs_shared
@pytest.mark.parametrize(
    ("case", "used"), [("survey-shifted-rows", ["1", "3"]), ("survey-label-rows", ["R_1"])]
)
def test_surveys_that_failed_are_read(shared, case, used):
    """What once gave shifted answers and respondents that were labels."""
    folder = shared / "cases" / case
    survey = survey_read.read(folder / "answers.csv", codebook.load(folder / "codebook.toml"))
    assert survey.respondents["respondent_id"].tolist() == used
