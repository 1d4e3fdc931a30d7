"""A matrix: one study for every area in every period, or a sentence before anything is written."""

import re

import pytest
from conftest import ROOT
from small_studies import HEAD, study_file

from studylib.errors import UsageError
from studylib.farm import matrix
from studylib.study.model import load

AREAS = """
[[area]]
id = "here"
[[area]]
id = "west"
territories = [
    { name = { en = "Spain", fr = "Espagne" }, country = "ES" },
    { name = "Portugal", country = "PT" },
]
"""
PERIODS = """
[[period]]
first_year = 2000
last_year = 2001
[[period]]
first_year = 2002
last_year = 2004
"""


def written(folder, text, base='base = "study.toml"\n'):
    """A matrix beside the study of Spain and France."""
    study_file(folder, head=HEAD + 'languages = ["en"]\n')
    path = folder / "matrix.toml"
    path.write_text(base + text, encoding="utf-8")
    return path


def ids(path):
    """The studies of a matrix."""
    return [one.study.id for one in matrix.read(path)]


def test_every_area_in_every_period_is_a_study(tmp_path):
    """Areas in order, periods in order; the name says which."""
    path = written(tmp_path, 'languages = ["fr", "en"]' + AREAS + PERIODS)
    planned = matrix.read(path)
    assert [one.study.id for one in planned] == [
        "here-2000-2001", "here-2002-2004", "west-2000-2001", "west-2002-2004",
    ]  # fmt: skip
    assert matrix.count(planned) == "4 studies, each in 2 languages (fr, en)."
    last = planned[-1].study
    assert (last.period.first_year, last.period.last_year, last.period.date) == (
        2002,
        2004,
        "filing",
    )
    assert last.territory_ids == ["Spain", "Portugal"]
    assert last.title == {
        "en": "Spain – Portugal, 2002–2004",
        "fr": "Espagne – Portugal, 2002–2004",
    }
    assert planned[0].study.title_in("fr") == "A tiny study, 2000–2001"
    assert not list(tmp_path.glob("west*"))  # nothing is written by reading


def test_a_study_of_a_matrix_is_what_its_file_says(tmp_path):
    """The text that is written is read back as the study that was checked."""
    for one in matrix.read(written(tmp_path, AREAS + PERIODS)):
        one.file.write_text(one.text, encoding="utf-8")
        assert load(one.file) == one.study
        assert one.text.startswith("# Written by `studylib farm` from 'matrix.toml': change that")
    assert ids(tmp_path / "matrix.toml")  # what it wrote itself is no other's file


def example(folder):
    """The matrix of docs/operate/farm.md, with the project's own study file as its base."""
    page = (ROOT / "docs" / "operate" / "farm.md").read_text("utf-8")
    [text] = re.findall(r"```toml matrix\.toml\n(.*?)```", page, re.DOTALL)
    path = folder / "matrix.toml"
    path.write_text(text.replace('"study.toml"', f'"{ROOT / "study.toml"}"'), encoding="utf-8")
    return path


def test_the_matrix_of_the_documentation_makes_nine_studies(tmp_path):
    """Three border areas, three periods, four languages; what is of the base alone is left out."""
    planned = matrix.read(example(tmp_path))
    assert matrix.count(planned) == "9 studies, each in 4 languages (en, es, fr, eu)."
    assert planned[0].study.survey
    assert planned[0].study.title_in("fr").endswith(": Aquitaine et Euskadi, 2000–2004")
    last = planned[-1].study
    assert (last.id, last.survey, last.clusters) == ("north-2009-2012", None, None)
    assert last.title_in("eu") == "Iparraldea, 2009–2012"
    title = planned[3].study.title_in("es")
    assert title == "Alsacia – Friburgo de Brisgovia y Karlsruhe, 2000–2004"


def test_one_axis_is_enough(tmp_path):
    """Areas alone have no years in their names, periods alone the name of the base."""
    assert ids(written(tmp_path, AREAS)) == ["here", "west"]
    assert ids(written(tmp_path, PERIODS)) == ["tiny-2000-2001", "tiny-2002-2004"]


def test_an_area_changes_any_key_and_leaves_out_what_is_of_the_base_alone(tmp_path):
    """Of the base stays what is said nowhere else."""
    one = '[[area]]\nid = "a"\nseed = 7\ncounting = { located_by = "office" }\nallow_empty = true\n'
    two = '[[area]]\nid = "b"\nwithout = ["counting"]\ntitle = "B"\n'
    first, second = (one.study for one in matrix.read(written(tmp_path, one + two)))
    assert (first.seed, first.counting.located_by, first.allow_empty) == (7, "office", True)
    assert (second.seed, second.counting.located_by) == (1, "inventor")
    assert second.title == {"en": "B"}


def test_a_date_of_a_period_is_part_of_its_name(tmp_path):
    """Else two periods on two dates would be one."""
    other = PERIODS + '[[period]]\nfirst_year = 2002\nlast_year = 2004\ndate = "priority"\n'
    assert ids(written(tmp_path, other))[-1] == "tiny-2002-2004-priority"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "names no \\[\\[area\\]\\] and no \\[\\[period\\]\\]: nothing differs"),
        ("langages = []" + AREAS, r"`langages` is not a key of a matrix \(did you mean"),
        ('[[area]]\nid = "a"\ncluster = "x"', r"`area\[0\]`: `cluster` is not a key of an area"),
        ('[[area]]\nid = "a"\nwithout = ["id"]', r"`id` is not a key of an area"),
        ('[[area]]\nid = "A B"', r"`area\[0\]\.id` is 'A B'; expected a short name of small"),
        ("[[area]]\nseed = 1", r"`area\[0\]\.id` is missing"),
        ("[[period]]\nfirst_year = 2001", r"`period\[0\]\.last_year` is missing"),
        ("[[period]]\nfirst_year = 2001\nlast_year = 2000",
         r"the study 'tiny-2001-2000' has 1 mistake:\n.*first_year 2001 lies after last_year 2000"),
        ('languages = ["xx"]' + AREAS, r"there is no language 'xx'|no catalogue for 'xx'"),
        (AREAS + '[[area]]\nid = "west"\nseed = 3', "gives 1 id to two studies each: 'west'"),
        (AREAS + '[[area]]\nid = "also"', "makes one study twice, as 'here' and 'also'"),
        (PERIODS + "[[period]]\nfirst_year = 2000\nlast_year = 2001", "'tiny-2000-2001'"),
        ('[[area]]\nid = "study"\nseed = 2', "would be written to .*study.toml', which"),
        ('[[area]]\nid = "a"\nterritories = [1]', "the study 'a' has .*mistake"),
        ('[[area]]\nid = "a"\nclusters = "list.csv"', "`clusters` names 'list.csv', which is not"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_before_anything_is_built(tmp_path, text, told):
    """Unknown keys, two of one name, one study twice, a file of somebody else, a wrong study."""
    with pytest.raises(UsageError, match=told):
        matrix.read(written(tmp_path, text))


def test_a_matrix_that_is_not_there_or_no_toml(tmp_path):
    """A sentence for each, also for its base."""
    with pytest.raises(UsageError, match=r"There is no matrix .*docs/operate/farm\.md shows one"):
        matrix.read(tmp_path / "matrix.toml")
    with pytest.raises(UsageError, match=r"There is no study file .*none\.toml"):
        matrix.read(written(tmp_path, AREAS, base='base = "none.toml"\n'))
    with pytest.raises(UsageError, match=r"`base` is missing"):
        matrix.read(written(tmp_path, AREAS, base=""))
    with pytest.raises(UsageError, match="cannot be read as TOML"):
        matrix.read(written(tmp_path, "area = ["))


def test_a_matrix_of_thousands_is_refused(tmp_path):
    """Before any of them is checked: 34 areas in 30 periods are 1,020."""
    areas = "".join(f'[[area]]\nid = "a{n}"\nseed = {n}\n' for n in range(34))
    periods = "".join(f"[[period]]\nfirst_year = {y}\nlast_year = {y}\n" for y in range(1970, 2000))
    with pytest.raises(UsageError, match="makes 1,020 studies; one matrix has at most 1,000"):
        matrix.read(written(tmp_path, areas + periods))
