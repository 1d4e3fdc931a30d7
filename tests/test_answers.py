"""Answers that are computed once in a build: when they are, and when they are not."""

import ast
import json
import pickle
import re
from pathlib import Path

import pandas as pd
import pytest
from notebook_files import written

import studylib
from studylib.files import answers
from studylib.patents.dataset import Dataset, open_study
from studylib.runs import run
from studylib.runs.answers import Answers
from studylib.runs.workers import supervise


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    """No answer of another test, and no folder."""
    monkeypatch.setattr(answers, "_said", {})
    for name in (answers.KEPT, answers.NEW):
        monkeypatch.delenv(name, raising=False)


class Known:
    """Something an answer is about; asked, it counts."""

    def __init__(self, known_as):
        self.known_as = known_as


asked = []
PACKAGE = Path(studylib.__file__).parent
# These speak in functions of their own, which no answer calls.
LAID_OUT = {"ket.fields", "study.sources"}
CALLS = re.compile(
    r"(?<!def )\b(field_name|sector_name|area_name|ket_name"
    r"|given\.spoken|given\.of_row|given\.column|in_sentence|(?<!self\.)scheme\.name|known\.name)\("
)


@answers.once
def doubled(about, n=1):  # noqa: ARG001 - part of the question
    """Twice a number, in a frame."""
    asked.append(n)
    return pd.DataFrame({"n": [2 * n]})


@answers.once
def unspeakable(n):
    """An answer that cannot be kept."""
    asked.append(n)
    return lambda: n


def times(function, *given, **named):
    """What is answered, and how often it was computed."""
    asked.clear()
    return function(*given, **named), len(asked)


def test_outside_a_build_everything_is_computed():
    """In JupyterLab no answer is older than the code beside it."""
    assert [times(doubled, Known("a"), 2)[1] for _ in range(2)] == [1, 1]


def test_what_one_language_computed_another_reads(tmp_path, monkeypatch):
    """Equal, and not computed; of another study, of another n, and of a changed study it is."""
    monkeypatch.setenv(answers.NEW, str(tmp_path))
    first, n = times(doubled, Known("a"), 2)
    assert (n, times(doubled, Known("a"), 2)[1]) == (1, 0)  # the same page asks again
    monkeypatch.setattr(answers, "_said", {})
    monkeypatch.delenv(answers.NEW)
    monkeypatch.setenv(answers.KEPT, str(tmp_path))
    again, n = times(doubled, Known("a"), 2)
    pd.testing.assert_frame_equal(again, first)
    assert n == 0
    again["n"] = 7  # who changes an answer changes none of the others
    assert times(doubled, Known("a"), 2)[0]["n"].tolist() == [4]
    assert [times(doubled, *g)[1] for g in ((Known("b"), 2), (Known("a"), 3))] == [1, 1]
    assert [times(doubled, Known(None), 2)[1] for _ in range(2)] == [1, 1]


def test_what_cannot_be_kept_is_computed(tmp_path, monkeypatch):
    """An answer, or a question, that is no data; a folder that is gone."""
    monkeypatch.setenv(answers.NEW, str(tmp_path))
    assert [times(unspeakable, 2)[1] for _ in range(2)] == [1, 1]
    assert [times(doubled, lambda: 1)[1] for _ in range(2)] == [1, 1]
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv(answers.NEW, str(tmp_path / "gone"))
    assert times(doubled, Known("a"), 5)[0]["n"].tolist() == [10]


def test_a_changed_study_is_known_as_nothing():
    """A copy under another rule, or with other tables, must not answer as the study does."""
    from dataclasses import replace

    study = open_study.__globals__["Dataset"](None, None, "en", 1, 2, None)
    assert isinstance(study, Dataset)
    assert study.known_as is None
    vars(study)["known_as"] = ("a",)
    assert replace(study).known_as is None
    assert pickle.loads(pickle.dumps(study.known_as)) == ("a",)


def test_a_notebook_is_read_by_others_when_it_ran(tmp_path):
    """Not before: the libraries a page names do not depend on which page was quicker."""
    first, beside = Answers(tmp_path, "a", "en"), Answers(tmp_path, "a", "es")
    assert set(first.environment) == set(beside.environment) == {answers.NEW}
    assert first.ran(["scipy"]) == ["scipy"]
    assert beside.ran(["numpy", "scipy"]) == ["numpy", "scipy"]
    later = Answers(tmp_path, "a", "fr")
    assert set(later.environment) == {answers.KEPT}
    assert later.ran(["babel"]) == ["babel", "scipy"]
    gone = Answers(tmp_path, "b", "en")
    gone.failed()
    assert Answers(tmp_path, "b", "fr").environment.keys() == {answers.NEW}
    assert Answers(None, "b", "fr").environment == {}
    assert Answers(None, "b", "fr").ran(["numpy"]) == ["numpy"]


def test_a_page_in_another_language_is_the_same_page(tmp_path):
    """Run after another language or alone: the same file, libraries among it."""
    cell = (
        "from studylib.files.answers import once\n@once\ndef asked(n):\n"
        "    import scipy.stats\n    return n\nasked(1)"
    )
    path = written(tmp_path, ("parameters", 'language = "en"'), ("ask", cell))
    given = {"language": "fr"}
    alone = run.execute(path, tmp_path / "1", given, language="fr").read_bytes()
    kept = tmp_path / "answers"
    run.execute(path, tmp_path / "2", language="en", answers=kept)
    after = run.execute(path, tmp_path / "3", given, language="fr", answers=kept).read_bytes()
    supervise.end_idle()
    assert after == alone
    assert json.loads(after)["metadata"]["libraries"] == ["scipy"]


SPEAKS = {"_", "ngettext", "in_use", "language", "listing", "number", "heading", "plural_text"}


def source(module):
    """The code of a module of ours; none of a name that is no module."""
    stem = PACKAGE.joinpath(*module.split("."))
    paths = [stem.with_suffix(".py"), stem / "__init__.py"]
    return next((path.read_text(encoding="utf-8") for path in paths if path.is_file()), "")


def imports(module):
    """Modules of ours that a module imports, and what it takes from those on language."""
    found, words = set(), set(CALLS.findall(source(module)))
    for node in ast.walk(ast.parse(source(module))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("studylib"):
            base = (node.module + ".").removeprefix("studylib.").removesuffix(".")
            names = {alias.name for alias in node.names}
            if base.partition(".")[0] == "language":
                words |= names & SPEAKS
            else:
                found |= {base, *(f"{base}.{name}".removeprefix(".") for name in names)}
    return found, words


def test_an_answer_has_no_language():
    """Nothing that an answer is computed with asks for a word in the language of the page."""
    kept = [
        path.relative_to(PACKAGE).as_posix().removesuffix(".py").removesuffix("/__init__")
        for path in PACKAGE.rglob("*.py")
        if "\n@once\n" in path.read_text(encoding="utf-8")
    ]
    assert len(kept) > 20
    waiting, seen, speaking = [name.replace("/", ".") for name in kept], set(), set()
    while waiting:
        name = waiting.pop()
        if name in seen or name in LAID_OUT:
            continue
        seen.add(name)
        found, words = imports(name)
        waiting += found
        speaking |= {f"{name}: {word}" for word in words}
    assert sorted(speaking) == []
