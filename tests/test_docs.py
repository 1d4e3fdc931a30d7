"""The documentation is true: every code block runs, every link leads somewhere."""

import doctest
import importlib.util
import re
import shlex
import subprocess
import sys
import tomllib
from dataclasses import dataclass

import pytest
from conftest import ROOT

from studylib.study.model import Study
from studylib.survey.codebook import Codebook

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
INDICATORS = sorted((DOCS / "indicators").glob("*.md"))
FENCE = re.compile(r"^( *)```(\w+)([^\n]*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
RUN = {"sh", "text", "csv", "toml", "python", "pycon"}
SPEC = importlib.util.spec_from_file_location("update", DOCS / "update.py")
update = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(update)


@dataclass
class Fence:
    """One code block: its language, the file it is to be saved as, its text."""

    kind: str
    file: str
    text: str


def blocks(page):
    """The code blocks of a page in order."""
    found = FENCE.findall(page.read_text("utf-8"))
    return [
        Fence(kind, file.strip(), re.sub(f"^{indent}", "", text, flags=re.MULTILINE))
        for indent, kind, file, text in found
    ]


def shell(line, folder):
    """What a line for the shell says, run in a folder as if it were that of the project."""
    program, *words = shlex.split(line)
    if program == "make":
        words = ["make", "--dry-run", "--assume-old=.venv/ready", *words]
        return subprocess.run(words, check=True, cwd=ROOT, capture_output=True, text=True).stdout
    assert program == ".venv/bin/studylib", line
    asked = [sys.executable, "-m", "studylib", *words]
    done = subprocess.run(asked, check=False, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    return done.stdout


def run(page, folder):
    """Do what a page says, block by block, in a folder."""
    said, names = "", {}
    for block in blocks(page):
        if block.kind == "sh":
            said = "".join(shell(line, folder) for line in block.text.splitlines())
        elif block.kind == "text":
            missing = [line for line in block.text.splitlines() if line.strip() not in said]
            assert missing == [], page.name
        elif block.file:
            (folder / block.file).write_text(block.text, encoding="utf-8")
        elif block.kind == "python":
            exec(compile(block.text, page.name, "exec"), names)
        elif block.kind == "pycon":
            told = doctest.DocTestParser().get_doctest(block.text, names, page.name, None, 0)
            flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
            found = doctest.DocTestRunner(verbose=False, optionflags=flags)
            said_wrong = []
            found.run(told, out=said_wrong.append, clear_globs=False)
            assert said_wrong == [], "".join(said_wrong)
            names |= told.globs


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder in which a reader did what the tutorial says, from `init` to the pages."""
    folder = tmp_path_factory.mktemp("reader")
    run(DOCS / "tutorial.md", folder)
    return folder


@pytest.fixture
def reader(built, monkeypatch):
    """The same, as the folder one works in."""
    monkeypatch.chdir(built)
    return built


def test_the_tutorial_leads_from_an_export_to_a_page(built):
    """What it says one will see on the page is there."""
    index = built / "reports" / "my-study" / "en" / "20_patents.html"
    page = index.read_text("utf-8")
    assert "Photonics" in page
    assert "2 of 5" in re.sub(r"<[^>]+>|\s+", " ", page)


@pytest.mark.parametrize("language", ["fr", "es", "eu"])
def test_tutorials_differ_in_their_words_alone(language):
    """The same commands and files in every language; the pages are in the reader's own."""
    english = [block.text for block in blocks(DOCS / "tutorial.md")]
    other = [block.text for block in blocks(DOCS / f"tutorial.{language}.md")]
    assert [text.replace(f'["{language}"]', '["en"]') for text in other] == english
    assert any(f'languages = ["{language}"]' in text for text in other)


@pytest.mark.parametrize("name", ["how-to.md", "wrong-results.md", "gallery.md"])
def test_recipes_work_after_the_tutorial(reader, name):
    """Each command and each cell runs, in the order of the page."""
    import matplotlib.pyplot as plt

    with plt.rc_context():
        run(DOCS / name, reader)
    plt.close("all")


@pytest.mark.parametrize("page", INDICATORS, ids=[page.stem for page in INDICATORS])
def test_examples_by_hand_are_what_the_library_computes(page, tmp_path):
    """Question, formula, example by hand and limits; the number of the example is the library's."""
    assert re.findall(r"^## (.*)$", page.read_text("utf-8"), re.MULTILINE) == [
        "Formula", "By hand", "Limits"
    ]  # fmt: skip
    assert [block.kind for block in blocks(page)].count("pycon") >= 1
    run(page, tmp_path)


def test_a_wrong_example_is_noticed(tmp_path):
    """The check itself is tested: a number that is not the library's fails."""
    page = tmp_path / "page.md"
    page.write_text("```pycon\n>>> 1 + 1\n3\n```\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="Expected:"):
        run(page, tmp_path)


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_no_block_is_left_untested(page):
    """Every block is of a kind that is run, a file that is written or an output that is held."""
    text = page.read_text("utf-8")
    found = blocks(page)
    assert text.count("```") == 2 * len(found)
    assert {block.kind for block in found} <= RUN
    for before, block in zip([None, *found], found, strict=False):
        assert bool(block.file) == (block.kind in {"csv", "toml"}), page
        assert block.kind != "text" or before.kind in {"sh", "text"}


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_links_lead_somewhere(page):
    """A link inside the project names a file and a heading that are there."""
    for target in re.findall(r"\]\(([^)]+)\)", page.read_text("utf-8")):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        assert path.is_file(), target
        assert not anchor or anchor in anchors(path), target


def anchors(path):
    """The headings of a page as links name them."""
    headings = re.findall(r"^#+ (.*)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@pytest.mark.parametrize("name", sorted(update.PAGES))
def test_reference_pages_say_what_the_code_says(name):
    """Tables, commands and questions are as the code has them; else: `make docs`."""
    assert (DOCS / name).read_text("utf-8") == update.PAGES[name]()


@pytest.mark.parametrize(("called", "model"), [("study", Study), ("codebook", Codebook)])
def test_every_key_is_explained_and_its_example_is_valid(called, model):
    """A new key without a meaning stops here; all examples together are a file that is accepted."""
    whole = {}
    for block, repeated, fields in update.blocks_of(model):
        told = update.KEYS[called][block]
        assert set(told) == set(fields), block
        values = tomllib.loads("".join(f"{k} = {example}\n" for k, (_, example) in told.items()))
        whole |= values if not block else {block: [values] if repeated else values}
    assert set(update.KEYS[called]) == {block for block, _, _ in update.blocks_of(model)}
    assert model.model_validate(whole)


def test_types_and_defaults_stand_as_one_would_type_them():
    """Allowed words, several kinds, a list, a default."""
    page = (DOCS / "study-file.md").read_text("utf-8")
    assert "| `title` | text, or one per language | needed |" in page
    assert '| `date` | `filing`, `priority`, `publication` | `"filing"` |' in page
    assert "| `seed` | whole number | `1` |" in page
    assert '| `languages` | list of: text | `["en", "fr"]` |' in page
    assert "| `allow_empty` | `true` or `false` | `false` |" in page


def test_the_readme_leads_to_the_documentation():
    """Who opens the project finds the tutorial in their language."""
    text = (ROOT / "README.md").read_text("utf-8")
    for name in ("README.md", "tutorial.md", "tutorial.fr.md", "tutorial.es.md"):
        assert f"(docs/{name})" in text
    listed = re.findall(r"\((\S+?\.md)\)", (DOCS / "README.md").read_text("utf-8"))
    assert {p.relative_to(DOCS).as_posix() for p in PAGES} - {"README.md"} <= set(listed)


def test_each_line_of_the_self_check_names_a_test_that_is_there():
    """Nobody is told of a test that does not exist; what no test can hold says so."""
    rows = re.findall(r"^\| (?:baseline|silver|gold|beyond) .*\| (.*) \|$",
                      (DOCS / "self-check.md").read_text("utf-8"), re.MULTILINE)  # fmt: skip
    assert len(rows) == 20
    for held in rows:
        if held != "no test":
            path, _, name = held.strip("`").partition("::")
            assert f"\ndef {name}(" in (ROOT / path).read_text("utf-8"), held
    assert rows.count("no test") == 2
