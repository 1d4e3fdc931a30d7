"""The catalogue of texts: complete in French, the same file each time."""

import ast
from pathlib import Path

import pytest
from conftest import ROOT
from notebook_files import notebook, written

from studylib import language
from studylib.report import catalogues
from studylib.report.catalogues import KEYWORDS, in_code
from studylib.runs import translation

CODE = """
from studylib.words import _, mark, ngettext
def f(n, x):
    '''_("not this one")'''
    mark("three"), g("no")
    return _("one"), sl._("two {x}", x=x), ngettext("a row", "{n} rows", n), _(x)
"""
FRENCH = {"one": "un", "two {x}": "deux {x}", "three": "trois", "Ask?": "Demande ?"}

SOURCES = sorted((ROOT / "src" / "studylib").rglob("*.py"))


@pytest.fixture
def project(tmp_path):
    """A project with one module and one notebook."""
    (tmp_path / "src" / "studylib" / "locale").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "src" / "studylib" / "a.py").write_text(CODE, encoding="utf-8")
    written(tmp_path / "notebooks", ("title", "# Ask?"), ("code", "_('one')"))
    return tmp_path


def po(project):
    return project / "src" / "studylib" / "locale" / "fr" / "LC_MESSAGES" / "studylib.po"


def translate(project, known=FRENCH):
    """Fill the French file of a project as a translator would."""
    catalogue = catalogues.read(po(project), "fr")
    for text, words in known.items():
        catalogue[text].string = words
    if "a row" in catalogue:
        catalogue["a row"].string = ("une ligne", "{n} lignes")
    if "A question?" in catalogue:
        catalogue["A question?"].string = "Une question ?"
    po(project).write_bytes(catalogues.as_bytes(catalogue))


def test_texts_come_from_code_and_notebooks(project):
    """Plain texts given to the marking functions, titles, and markdown; nothing computed."""
    assert catalogues.collect(project) == [
        ("three", "src/studylib/a.py"),
        ("one", "src/studylib/a.py"),
        ("two {x}", "src/studylib/a.py"),
        (("a row", "{n} rows"), "src/studylib/a.py"),
        ("A question?", "notebooks/10_tiny.ipynb"),
        ("Ask?", "notebooks/10_tiny.ipynb"),
        ("one", "notebooks/10_tiny.ipynb"),
    ]


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(ROOT / "src").as_posix())
def test_every_text_that_is_marked_is_collected(path):
    """What babel collects is what stands in the arguments of the marking functions."""
    source = path.read_text(encoding="utf-8")
    given = [[t.value for t in texts] for texts in marked(source) if all(map(plain, texts))]
    collected = [[text] if isinstance(text, str) else [*text] for text in in_code(source)]
    assert sorted(collected) == sorted(given)


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(ROOT / "src").as_posix())
def test_no_text_is_put_together(path):
    """A text made of pieces is in no catalogue: it is written out, or marked where it stands."""
    assert put_together(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("text", ['f"a {x}"', '"a " + x', '"a" if x else "b"', '"a" % x', 'T["a"]'])
def test_a_text_put_together_is_seen(text):
    """The test above finds what no catalogue can hold."""
    assert put_together(f"from studylib.language import _\n_({text})") == [text.replace('"', "'")]


def put_together(source):
    """Texts of calls that are not written out and have something written out within."""
    texts = [text for texts in marked(source) for text in texts if not plain(text)]
    return [ast.unparse(text) for text in texts if any(map(plain, ast.walk(text)))]


def marked(source):
    """The texts among the arguments of every call of a marking function, as code."""
    tree = ast.parse(source)
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("studylib.language")
        for alias in node.names
    }
    for node in ast.walk(tree):
        name = getattr(node, "func", None) and ast.unparse(node.func)
        if name in {*imported, "language._"} and name.removeprefix("language.") in KEYWORDS:
            yield node.args[: len(KEYWORDS[name.removeprefix("language.")])]


def plain(node):
    """Whether a piece of code is a text as it is written."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_the_template_is_sorted_and_holds_no_date_or_line(project):
    """Files change only when texts do."""
    catalogues.update(project)
    template = (project / "src/studylib/locale/studylib.pot").read_text(encoding="utf-8")
    entries = [line for line in template.split("\n") if line.startswith(("msgid", "#:"))]
    assert entries == [
        'msgid ""',
        "#: notebooks/10_tiny.ipynb", 'msgid "A question?"',
        "#: notebooks/10_tiny.ipynb", 'msgid "Ask?"',
        "#: src/studylib/a.py", 'msgid "a row"', 'msgid_plural "{n} rows"',
        "#: notebooks/10_tiny.ipynb src/studylib/a.py", 'msgid "one"',
        "#: src/studylib/a.py", 'msgid "three"',
        "#: src/studylib/a.py", 'msgid "two {x}"',
    ]  # fmt: skip
    assert "Date" not in template


def test_a_language_is_complete_when_every_text_is_translated(project):
    """A new language lacks everything, a translated one nothing; updating again changes nothing."""
    assert len(catalogues.update(project, ["fr"])["fr"]) == 6
    translate(project)
    before = po(project).read_bytes()
    assert catalogues.update(project) == {"fr": []}
    assert po(project).read_bytes() == before


def test_a_changed_text_must_be_reviewed(project):
    """A text that is like an old one keeps its translation, marked; unused ones go."""
    catalogues.update(project, ["fr"])
    translate(project)
    source = project / "src/studylib/a.py"
    changed = CODE.replace("two {x}", "two {x}!").replace('mark("three")', "3")
    source.write_text(changed, encoding="utf-8")
    assert catalogues.update(project)["fr"] == ["to be reviewed (fuzzy): two {x}!"]
    assert "three" not in po(project).read_text(encoding="utf-8")


def test_a_reviewed_text_forgets_what_it_was_before(project):
    """The earlier text helps to review, and goes with the mark; it is no translator's remark."""
    catalogues.update(project, ["fr"])
    translate(project)
    source = project / "src/studylib/a.py"
    source.write_text(CODE.replace("two {x}", "two {x}!"), encoding="utf-8")
    catalogues.update(project)
    assert "#| msgid" in po(project).read_text(encoding="utf-8")
    translate(project, {"two {x}!": "deux {x}\u202f!"})
    catalogues.update(project)
    assert 'two {x}"' not in po(project).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("source", "translation", "is_fine"),
    [
        ("{n} of {all}", "{n} sur {all}", True),
        ("{n} of {all}", "{all} : {n}", True),
        ("{n} of {all}", "{n} sur {tous}", False),
        ("{n} of {all}", "{n} sur {all} {all}", False),
        ("See [it](a.md)", "Voir [ici](a.md)", True),
        ("See [it](a.md)", "Voir [ici](b.md)", False),
        ("Use `rta` and $a_1$", "Employez `rta` et $a_1$", True),
        ("Use `rta` and $a_1$", "Employez `ATR` et $a_1$", False),
    ],
)
def test_names_links_and_code_are_the_same_in_every_language(source, translation, is_fine):
    """What a computer reads in a text must not be translated."""
    listed = catalogues.template([(source, "a.py")])
    french = catalogues.template([(source, "a.py")])
    french[source].string = translation
    told = f"other names, links or code in the translation: {source}"
    assert catalogues.faults(french, listed) == ([] if is_fine else [told])


def test_a_text_nobody_uses_is_a_fault():
    """What stands in a language's file must stand in the template."""
    listed = catalogues.template([("a", "a.py")])
    french = catalogues.template([("a", "a.py"), ("b", "a.py")])
    french["a"].string = french["b"].string = "x"
    assert catalogues.faults(french, listed) == ["nobody uses: b"]
    assert catalogues.faults(catalogues.template([]), listed) == ["not translated: a"]


def test_a_notebook_is_translated_without_touching_it(monkeypatch):
    """Markdown cells and the title change, code and structure do not, and the source stays."""
    texts = {"Ask?": ("Demande ?",), "A question?": ("Une question ?",)}
    monkeypatch.setattr(language, "_catalogue", lambda _code: language.Catalogue(texts))
    source = notebook(("title", "# Ask?\n\nUnknown"), ("code", "_('Ask?')"))
    told = translation.translate_notebook(source, "fr")
    assert told["cells"][0]["source"] == "# Demande ?\n\nUnknown"
    assert told["cells"][1] == source["cells"][1]
    assert told["metadata"]["title"] == "Une question ?"
    assert source["cells"][0]["source"] == "# Ask?\n\nUnknown"
    del source["metadata"]["title"]
    assert "title" not in translation.translate_notebook(source, "fr")["metadata"]
    assert list(catalogues.in_notebook({**source, "cells": []})) == []
    raw = {"cell_type": "raw", "source": "_('x')", "metadata": {}, "id": "r"}
    assert list(catalogues.in_notebook({**source, "cells": [raw]})) == []


def test_the_command_says_what_is_open(project, monkeypatch, capsys):
    """One line per open text and language; the exit code says whether there are any."""
    monkeypatch.setattr(catalogues, "ROOT", project)
    assert catalogues.main(["--update", "--language", "fr"]) == 1
    assert "fr: not translated: Ask?\n" in capsys.readouterr().out
    translate(project)
    assert catalogues.main(["--update"]) == 0
    assert capsys.readouterr().out == ""


def test_the_command_lists_what_a_language_lacks(monkeypatch, capsys):
    """Without writing anything; of letters that are no language it says so."""
    monkeypatch.setattr(language, "missing", lambda code: ["Ask?"] if code == "es" else [])
    assert catalogues.main(["--missing", "es"]) == 1
    assert capsys.readouterr().out == "es: Ask?\n"
    assert catalogues.main(["--missing", "fr"]) == 0
    for wrong in (["--missing", "xx"], ["--update", "--language", "xx"]):
        with pytest.raises(SystemExit):
            catalogues.main(wrong)
        assert "there is no language xx" in capsys.readouterr().err


@pytest.mark.parametrize("code", language.languages()[1:])
def test_every_text_of_the_study_is_translated(code):
    """The catalogue of a complete language knows every text of code and notebooks, and no other."""
    listed = catalogues.template(catalogues.collect())
    catalogue = catalogues.read(_real(code), code)
    assert catalogues.faults(catalogue, listed) == [], (
        "python -m studylib.report.catalogues --update"
    )


@pytest.mark.parametrize("code", [None, *language.languages()[1:]])
def test_committed_catalogues_are_as_the_command_writes_them(code):
    """Template and languages are sorted and without dates, as `--update` leaves them."""
    path = _real(code) if code else language.LOCALE / "studylib.pot"
    assert catalogues.as_bytes(catalogues.read(path, code)) == path.read_bytes()


def _real(code) -> Path:
    return language.LOCALE / code / "LC_MESSAGES" / "studylib.po"
