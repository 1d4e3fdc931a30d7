"""What lies outside a study is not told, and what respondents said is for their owner alone."""

import stat

import pytest
from small_studies import BLOCKS, COUNTING, FRANCE, PERIOD, SPAIN, study, study_file

from studylib.build import outside
from studylib.build.checks.check import check_study
from studylib.errors import DataError, StudyError
from studylib.runs import run, verify

SECRETS = "root:x:0:0:root:/root:/bin/bash\nana:x:1000:1000:Ana Secret,,,:/home/ana:/bin/sh\n"
TABLES = ("login;password\nana;hunter2\n", "a,b,c\n'quoted',\"secret\",3\n", SECRETS, "{'x: [[[")


def said(path):
    """Everything `check` says of a study, its error included."""
    lines = []
    try:
        lines += list(check_study(path))
    except StudyError as error:
        lines.append(str(error))
    return "\n".join(lines)


def words(text):
    """What of a file would give it away."""
    return [word for word in text.replace(";", " ").replace(",", " ").split() if len(word) > 3]


@pytest.mark.parametrize("way", ["absolute", "climbing", "link"])
@pytest.mark.parametrize("content", TABLES)
def test_an_export_outside_the_study_is_refused_without_its_content(tmp_path, way, content):
    """Whatever the way out, the sentence names the file and nothing that stands in it."""
    secret = tmp_path / "secret.csv"
    secret.write_text(content, encoding="utf-8")
    home = tmp_path / "study"
    home.mkdir()
    named = {"absolute": secret.as_posix(), "climbing": "../secret.csv", "link": "list.csv"}[way]
    if way == "link":
        (home / "list.csv").symlink_to(secret)
    path = study_file(home, PERIOD, COUNTING, SPAIN, FRANCE, f'[[sources]]\npath = "{named}"\n')
    told = said(path)
    assert "lies outside the folder of the study" in told
    assert not [word for word in words(content) if word in told.replace("secret.csv", "")]


@pytest.mark.parametrize("key", ["clusters", "claims", "sectors", "register"])
def test_no_other_input_outside_the_study_is_quoted(tmp_path, key):
    """Lists, rules and registers may come from elsewhere; errors about them quote nothing."""
    (tmp_path / "passwd").write_text(SECRETS, encoding="utf-8")
    home = tmp_path / "study"
    home.mkdir()
    head = f'id = "tiny"\ntitle = "A tiny study"\n{key} = "../passwd"\n'
    if key == "sectors":
        head += 'clusters = "clusters.csv"\n'
        (home / "clusters.csv").write_text("name,territory,sectors\nA,Spain,ict\n", "utf-8")
    told = said(study_file(home, *BLOCKS, head=head))
    assert not [word for word in ("root", "Ana", "Secret", "/bin/sh") if word in told]


def test_of_a_file_of_the_study_the_sentence_quotes_what_helps(tmp_path):
    """In the study's own folder the columns are named, as before."""
    path = study_file(tmp_path, *BLOCKS)
    (tmp_path / "data" / "list.csv").write_text("alpha,beta\n1,2\n", encoding="utf-8")
    assert "'alpha', 'beta'" in said(path)


def test_a_sentence_that_quotes_nothing_stays_as_it_is(tmp_path):
    """What names only files and the study's own words is no secret."""
    (tmp_path / "gone.csv").touch()
    blocks = (PERIOD, COUNTING, SPAIN, FRANCE, '[[sources]]\npath = "../gone.csv"\n')
    path = study_file(tmp_path / "study", *blocks)
    error = DataError("There is no file 'gone.csv'; correct the path.")
    own = study(tmp_path / "study", *blocks)
    assert outside.without_content(error, own, path) is error


def test_what_a_failed_page_showed_is_for_its_owner(tmp_path):
    """A cell may have shown what a respondent said: nobody else enters the folder."""
    kept = tmp_path / "failed" / "en" / "10_survey"
    run._keep(verify.Failure("ValueError: x", "cell", {}, "Traceback"), kept, "told")
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
