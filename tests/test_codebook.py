"""Codebooks: the bundled one, what they may say, and what is refused in words."""

import pytest
from conftest import ROOT
from tiny_survey import book

from studylib.errors import DataError
from studylib.survey import codebook

OPTION = '[[option]]\ncolumn = "a"\ndomain = "training"\nlabel = "Training"\n'
CELL = 'answers = "q"\n[territories]\nA = "A"\n[[option]]\ndomain = "training"\nlabel = {label}\n'


def loaded(folder, text):
    (folder / "codebook.toml").write_text(text, "utf-8")
    return codebook.load(folder / "codebook.toml")


def test_the_bundled_codebook_is_read():
    """Five options in five domains, two territories, the question in the page's language."""
    demo = codebook.load(ROOT / "data" / "raw" / "demo" / "survey" / "codebook.toml")
    assert [option.domain for option in demo.option] == [
        "innovation", "good_practice", "internationalisation", "training", "other",
    ]  # fmt: skip
    assert set(demo.territories.values()) == {"Aquitaine", "Euskadi"}
    assert demo.question_in("fr").startswith("Dans quels domaines")


def test_columns_are_named_once(tmp_path):
    """Every column the codebook names, in its order."""
    text = 'respondent = "id"\ncomments = ["a", "c"]\n[territories]\nA = "A"\n[numbers]\nm = "n"\n'
    assert loaded(tmp_path, text + OPTION).columns == ["id", "a", "c", "n"]


def test_a_label_is_compared_without_case_blanks_and_apostrophes():
    """Typographic apostrophes, no-break spaces and capitals are one spelling; accents are not."""
    assert codebook.key(" L’Innovation\u00a0 ici") == "l'innovation ici"
    assert codebook.key("Innovación") != codebook.key("Innovacion")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("respondent = [", "cannot be read as TOML"),
        ("[territories]\nA = 'A'\n", "`option`: missing"),
        ("[territories]\nA = 'A'\n" + OPTION.replace("training", "sport"), "'innovation', 'good_"),
        ("[territories]\nA = 'A'\nB = 'B'\n" + OPTION, "needs `territory`"),
        ("[territories]\nA = 'A'\n' a ' = 'A'\n" + OPTION, "the same label twice: 'a'"),
        ("[territories]\nA = 'A'\n[asked]\nB = 3\n" + OPTION, "that are not in it: 'B'"),
        ("[territories]\nA = 'A'\n" + OPTION.replace('column = "a"\n', ""), "needs a `column`"),
        (CELL.format(label='"x"') * 1 + '[[option]]\ndomain = "other"\nlabel = "X"\n',
         "'X' belongs to two options"),
        ("[territories]\nA = 'A'\nstrange = 1\n" + OPTION, "territories.strange"),
    ],
)  # fmt: skip
def test_a_codebook_with_a_mistake_is_refused(tmp_path, text, message):
    """One sentence: the file, how many mistakes, the first of them."""
    with pytest.raises(DataError, match=message):
        loaded(tmp_path, text)


def test_a_missing_codebook_is_named(tmp_path):
    """The message names the file."""
    with pytest.raises(DataError, match=r"There is no codebook 'none\.toml'"):
        codebook.load(tmp_path / "none.toml")


def test_territories_need_no_column_where_there_is_one(tmp_path):
    """A survey of one territory says which in the codebook alone."""
    assert loaded(tmp_path, "[territories]\nall = 'A'\n" + OPTION).territory is None
    assert loaded(tmp_path, book()).territory == "side"


def test_the_readme_has_every_key_of_a_codebook():
    """Whoever writes one need not read the code."""
    text = (ROOT / "README.md").read_text("utf-8")
    section = text.partition("### A codebook")[2].partition("## The command")[0]
    for model in (codebook.Codebook, codebook.Option):
        for name in model.model_fields:
            assert f"`{name}`" in section or f"[{name}]" in section, name
