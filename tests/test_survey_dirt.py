"""Dirt in surveys: near misses of a label, tests of the form, names in columns of answers."""

import pytest
from test_survey_read import CELL_BOOK, LIME_BOOK, chosen, notes, read

from studylib.survey import notes as survey_notes
from studylib.survey.codebook import key
from studylib.survey.near import nearest

HEADER = '"Horodateur","E-mail","Territoire","Quels domaines ?","Membres","Remarques"\n'


def answer(what, side="Aquitaine", at="2013/03/01 9:05:00 AM UTC+1", who="a", remark=""):
    return f'"{at}","{who}@a.example","{side}","{what}","","{remark}"\n'


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("inovation", "innovation"), ("innovaton", "innovation"), ("innovations", "innovation"),
        ("inn0vation", "innovation"), ("trainning", "training"), ("formtion", "formation"),
        ("des visites", None), ("ana pérez", None), ("in", None), ("", None),
        ("innovation and much else that is said", None), ("x" * 100_000, None),
    ],
)  # fmt: skip
def test_a_near_miss_is_a_label_with_a_letter_wrong(written, label):
    """Four of five letters agree in their order; other words are near none, however long."""
    assert nearest(key(written), ["innovation", "training", "formation"]) == label


def test_a_near_miss_is_neither_chosen_nor_other(tmp_path):
    """`Formtion` is no choice, no words of the respondent's own, and a note that proposes."""
    survey = read(tmp_path, HEADER + answer("Formtion; Innovation") + answer("Formation", who="b"),
                  CELL_BOOK)  # fmt: skip
    table = survey.answers.set_index(["respondent_id", "domain"])["is_chosen"]
    assert chosen(survey) == {"R-0001": ["innovation"], "R-0002": ["training"]}
    assert table["R-0001"].isna()["training"]
    assert not table["R-0001"]["other"]
    assert survey.texts["text"].tolist() == []
    assert ("label", "Formtion", 1, survey_notes.UNKNOWN_LABEL) in notes(survey)


@pytest.mark.parametrize(
    ("remark", "is_told"),
    [("test", True), ("Test 2", True), ("PRUEBA", True), ("asdf", True), ("essai 1.", True),
     ("proba", True), ("the test of time", False), ("", False), ("attestation", False)],
)  # fmt: skip
def test_a_test_of_the_form_is_told_and_counted(tmp_path, remark, is_told):
    """Only who ran the survey knows: the row is named, the submission stays."""
    survey = read(tmp_path, HEADER + answer("Innovation", remark=remark), CELL_BOOK)
    assert (("row", "2", 1, survey_notes.POSSIBLE_TEST) in notes(survey)) is is_told
    assert len(survey.respondents) == 1


@pytest.mark.parametrize(
    ("second", "is_told"),
    [
        (answer("Innovation", at="2013/03/01 9:05:40 AM UTC+1", who="b"), True),
        (answer("Innovation", at="2013/03/01 9:06:40 AM UTC+1", who="b"), False),
        (answer("Formation", at="2013/03/01 9:05:40 AM UTC+1", who="b"), False),
        (answer("Innovation", "Pays basque", at="2013/03/01 9:05:40 AM UTC+1", who="b"), False),
    ],
)
def test_the_same_answers_in_one_minute_are_told_and_counted(tmp_path, second, is_told):
    """Two organisations do not answer alike in one minute; nobody is left out for it."""
    survey = read(tmp_path, HEADER + answer("Innovation") + second, CELL_BOOK)
    assert (("row", "3", 1, survey_notes.SAME_MINUTE) in notes(survey)) is is_told
    assert len(survey.respondents) == 2


def test_days_without_a_time_are_no_minute(tmp_path):
    """Of answers dated by day alone nothing follows."""
    text = HEADER + answer("Innovation", at="2013/03/01") + answer("Innovation", at="2013/03/01",
                                                                   who="b")  # fmt: skip
    assert not [what for *_, what in notes(read(tmp_path, text, CELL_BOOK))
                if what == survey_notes.SAME_MINUTE]  # fmt: skip


def lines(tmp_path, *cells, side="A"):
    """What `check` says of answers typed into a box that knows Yes and No."""
    from studylib.build.checks import check_answers
    from studylib.survey import codebook

    rows = "".join(f"{n};{side};{cell};N\n" for n, cell in enumerate(cells, start=1))
    survey = read(tmp_path, "id;side;innovation;training\n" + rows, LIME_BOOK)
    book = codebook.load(tmp_path / "codes.toml")
    return list(check_answers.lines("answers.csv", survey.notes, book))


def test_a_name_typed_into_a_box_is_counted_and_not_shown(tmp_path):
    """What looks like no label may name somebody: `check` says how many, and no word of it."""
    told = lines(tmp_path, "Ana Pérez", "Jon Mendi", "Y")
    assert told == [
        (
            "answers.csv: 2 cells hold what is no label of the codebook and looks like none. It "
            "may name somebody and is not shown; look for it in the file. If it means an option, "
            "write it into its `also = [...]`."
        )
    ]


def test_what_stands_in_three_submissions_is_nobodys_own(tmp_path):
    """Three cells alike are an answer somebody forgot in the codebook: they are shown."""
    assert any("3 cells hold 'perhaps later'" in line for line in lines(tmp_path,
               *["perhaps later"] * 3))  # fmt: skip


def test_a_name_typed_as_a_territory_is_not_shown(tmp_path):
    """A territory that is none is told by its number, unless it is near one."""
    told = " ".join(lines(tmp_path, "Y", "Y", side="Ana Pérez"))
    assert "Ana" not in told
    assert "2 cells hold what is no territory of the codebook" in told


def test_tests_are_named_by_row(tmp_path):
    """`check` says which rows look like tests, and that they count."""
    text = HEADER + answer("Innovation", remark="test") + answer("Innovation", remark="asdf",
                                                                 who="b")  # fmt: skip
    from studylib.build.checks import check_answers
    from studylib.survey import codebook

    survey = read(tmp_path, text, CELL_BOOK)
    book = codebook.load(tmp_path / "codes.toml")
    assert list(check_answers.lines("answers.csv", survey.notes, book)) == [
        (
            "answers.csv: 2 submissions look like tests (rows 2, 3). Counted all the same: take "
            "out of the file what is a test."
        )
    ]
