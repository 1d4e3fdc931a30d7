"""
All pages of the default study in all its languages, by us and by those who run notebooks too.

    studylib            build, two pages at a time
    one by one          papermill and jupyter nbconvert, a process each, page after page
    snakemake -c2       the same two commands per page, two pages at a time
    jupyter-cache       jcache, two notebooks at a time, then one nbconvert of all pages
    jupyter-book        one book of all pages, executed and laid out

Each gets the same notebooks, tables that are prepared already, and kernels of this environment;
none of the others checks, cleans or publishes what it made.  `clock` is its seconds over ours.
snakemake, jupyter-cache and jupyter-book are no dependencies: they are measured where the
environment variable STUDYLIB_PEERS names a virtual environment with them,

    python3 -m venv /tmp/peers
    /tmp/peers/bin/pip install snakemake jupyter-cache "jupyter-book<2"
    STUDYLIB_PEERS=/tmp/peers python -m benchmarks peers

and left out where it does not. STUDYLIB_PEERS_PAGES=00_data:en+fr measures a part.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks._machine import busy

PROJECT = Path(__file__).resolve().parents[1]
START = """
from pathlib import Path
from studylib.build import plan
plan.NOTEBOOKS = Path({notebooks!r})
from studylib.__main__ import main
main()
"""
SNAKEFILE = """
PAGES = {pages}
rule all:
    input: expand("html/{{page}}.html", page=PAGES)
rule run:
    output: "ran/{{page}}.ipynb"
    params: name=lambda w: w.page[:-3], language=lambda w: w.page[-2:]
    shell: "{python} -m papermill {notebooks}/{{params.name}}.ipynb {{output}}"
           " -p language {{params.language}} -p study_file study.toml --cwd . --no-progress-bar"
rule page:
    input: "ran/{{page}}.ipynb"
    output: "html/{{page}}.html"
    shell: "{python} -m nbconvert --to html --log-level ERROR --output-dir html {{input}}"
"""
BOOK = """
title: pages
execute: {execute_notebooks: force, timeout: 3600, run_in_temp: false}
sphinx: {config: {suppress_warnings: ["*"]}}
"""
PEERS = "STUDYLIB_PEERS"
PAGES = "STUDYLIB_PEERS_PAGES"


class Place:
    """A folder with the study, its notebooks, and what is built of it."""

    def __init__(self, folder: Path) -> None:
        names, _, languages = os.environ.get(PAGES, ":en+es+fr+eu").partition(":")
        self.folder, self.notebooks = folder, folder / "notebooks"
        self.languages = languages.split("+")
        self.notebooks.mkdir()
        found = sorted(PROJECT.glob("notebooks/[0-9]*.ipynb"))
        self.names = [path.stem for path in found if path.stem in (names or path.stem)]
        for name in self.names:
            shutil.copy(PROJECT / "notebooks" / f"{name}.ipynb", self.notebooks)
        (folder / "data").symlink_to(PROJECT / "data", target_is_directory=True)
        said = (PROJECT / "study.toml").read_text(encoding="utf-8")
        told = f"languages = {json.dumps(self.languages)}"
        (folder / "study.toml").write_text(
            said.replace('languages = ["en", "es", "fr", "eu"]', told), encoding="utf-8"
        )
        one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
        kernels = folder / "jupyter" / "kernels" / "python3"
        kernels.mkdir(parents=True)
        spec = {"argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
                "display_name": "Python 3", "language": "python"}  # fmt: skip
        (kernels / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
        self.environment = {
            **os.environ, **one, "STUDYLIB_PROCESSED": str(folder / "work"),
            "JUPYTER_PATH": str(folder / "jupyter"), "PYTHONWARNINGS": "ignore",
        }  # fmt: skip

    def run(self, *command: object, **more: str) -> None:
        """A command in the folder of the study, agreed to; what it says is kept from the table."""
        done = subprocess.run(
            list(map(str, command)), cwd=self.folder, env={**self.environment, **more},
            capture_output=True, text=True, check=False, input="y\n" * 9,
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}")

    def pages(self) -> Iterator[tuple[str, str]]:
        """Every page: name of the notebook, language."""
        yield from ((name, language) for language in self.languages for name in self.names)

    def in_every_language(self, folder: str) -> list[Path]:
        """A notebook per page, for those who give no parameters: the language stands in it."""
        (self.folder / folder).mkdir()
        made = []
        for name, language in self.pages():
            said = json.loads((self.notebooks / f"{name}.ipynb").read_text(encoding="utf-8"))
            cell = next(c for c in said["cells"] if c["id"] == "parameters")
            cell["source"] = [*cell["source"], f'\nlanguage = "{language}"',
                              f'\nstudy_file = "{self.folder}/study.toml"']  # fmt: skip
            made.append(self.folder / folder / f"{name}-{language}.ipynb")
            made[-1].write_text(json.dumps(said), encoding="utf-8")
        return made


def studylib(place: Place) -> None:
    """What this project does: run, checked, cleaned, laid out, published."""
    start = START.format(notebooks=str(place.notebooks))
    place.run(sys.executable, "-c", start, "build", "study.toml", "--quiet", "--jobs", 2,
              "--reports", place.folder / "reports")  # fmt: skip


def one_by_one(place: Place) -> None:
    """papermill, then nbconvert, for each page in turn."""
    for name, language in place.pages():
        ran = place.folder / f"{name}-{language}.ipynb"
        place.run(
            sys.executable, "-m", "papermill", place.notebooks / f"{name}.ipynb", ran, "-p",
            "language", language, "-p", "study_file", "study.toml", "--no-progress-bar",
        )  # fmt: skip
        place.run(sys.executable, "-m", "nbconvert", "--to", "html", "--output-dir", "one", ran)


def snakemake(place: Place) -> None:
    """The same commands, two at a time."""
    pages = [f"{name}-{language}" for name, language in place.pages()]
    said = SNAKEFILE.format(pages=pages, python=sys.executable, notebooks=place.notebooks)
    (place.folder / "Snakefile").write_text(said, encoding="utf-8")
    place.run(peer("snakemake"), "-c2", "--quiet", "all", XDG_CACHE_HOME=str(place.folder / "c"))


def jupyter_cache(place: Place) -> None:
    """Executed in parallel into a cache, merged, and laid out by one nbconvert."""
    paths = place.in_every_language("cached")
    cache = {"JUPYTERCACHE": str(place.folder / "cache")}
    jcache = peer("jcache")
    place.run(jcache, "notebook", "add", *paths, **cache)
    place.run(jcache, "project", "execute", "--executor", "local-parallel", "--timeout", 3600,
              **cache)  # fmt: skip
    for number, path in enumerate(paths, 1):
        place.run(jcache, "notebook", "merge", number, path.with_suffix(".ran.ipynb"), **cache)
    ran = sorted((place.folder / "cached").glob("*.ran.ipynb"))
    place.run(sys.executable, "-m", "nbconvert", "--to", "html", *ran)


def jupyter_book(place: Place) -> None:
    """One book, executed anew."""
    first, *others = place.in_every_language("book")
    book = place.folder / "book"
    (book / "_config.yml").write_text(BOOK, encoding="utf-8")
    toc = ["format: jb-book", f"root: {first.stem}", "chapters:"]
    toc += [f"- file: {path.stem}" for path in others]
    (book / "_toc.yml").write_text("\n".join(toc) + "\n", encoding="utf-8")
    place.run(peer("jupyter-book"), "build", book)


def peer(name: str) -> Path:
    """A command of the environment with the peers."""
    return Path(os.environ.get(PEERS, "nowhere")) / "bin" / name


WAYS: dict[str, tuple[Callable[[Place], None], str]] = {
    "studylib": (studylib, ""),
    "one by one": (one_by_one, ""),
    "snakemake -c2": (snakemake, "snakemake"),
    "jupyter-cache": (jupyter_cache, "jcache"),
    "jupyter-book": (jupyter_book, "jupyter-book"),
}


def run() -> list[dict[str, object]]:
    """One row per way: pages, seconds, seconds of processor, how many times ours."""
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder))
        studylib(place)  # the tables are prepared, the lists of fonts made
        shutil.rmtree(place.folder / "reports")
        for tables in (place.folder / "work").iterdir():
            shutil.rmtree(tables / "pages")
        for name, (way, command) in WAYS.items():
            if not command or peer(command).is_file():
                print(name, flush=True)
                rows.append({"way": name, "pages": len(list(place.pages())), **_took(way, place)})
    ours = rows[0]
    return [
        {**row, **{f"{kind}_ratio": row[kind] / ours[kind] for kind in ("clock", "processor")}}  # type: ignore[operator]
        for row in rows
    ]


def _took(way: Callable[[Place], None], place: Place) -> dict[str, float]:
    """Seconds of the clock, and of the processors of a machine that does nothing else."""
    before, started = busy(), time.monotonic()
    way(place)
    return {"clock": time.monotonic() - started, "processor": busy() - before}
