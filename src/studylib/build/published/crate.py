"""
A study to give away: everything its results were made of, and the results, as an RO-Crate.

    crate.zip
      ro-crate-metadata.json     what each file is (RO-Crate 1.1, Process Run Crate 0.5)
      study/                     the study file and all it reads, where it reads it
      project/                   code, notebooks, rules and the lock of the libraries
      results/                   results.json of the release that is shown

From the crate alone the results are computed again: `project/` is the project, `study/` the study.
The same release gives the same bytes.  What respondents answered lies in it, so that it is made on
demand and published by nobody but a person.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

from studylib.build import checksums
from studylib.build.plan import NOTEBOOKS, PUBLISHED, REFERENCE, RULES, Plan
from studylib.build.published.crate_description import METADATA, described
from studylib.build.published.release_content import Content, zipped
from studylib.errors import DataError, UsageError, quoted, some
from studylib.files import atomic
from studylib.files.checksum import checksum
from studylib.files.folder import files_below
from studylib.project import PROJECT
from studylib.runs.published import releases
from studylib.runs.published.compare import RESULTS

OF_PROJECT = (
    "task_study.py", "requirements.lock", "pyproject.toml", "environment.yml", "Makefile",
    "LICENSE", "README.md", "data/raw/sources.toml",
)  # fmt: skip
AGAIN = """\
To compute the results again, with Python 3.11 or newer and nothing else of this study:

    cd project
    make .venv/ready
    .venv/bin/studylib build ../study/{study} --reports ../again --work "$PWD/../work"
    .venv/bin/studylib compare ../results ../again/{id}
"""


def write(study_file: Path, reports: Path, out: Path) -> Path:
    """
    The crate of the release that is shown, as a ZIP at `out`.

    Raises
    ------
    UsageError
        Nothing is published of the study, or it reads a file outside its folder.
    DataError
        A file it was made of is another now: the crate would not give these results.
    """
    plan = Plan(study_file, reports)
    link = reports / plan.study.id
    if not releases.is_whole(link):
        raise UsageError(
            f"Nothing whole is published of {quoted(plan.study.id)} in {quoted(reports)}; build "
            "it first."
        )
    _check_same(plan, link)
    content: Content = {**_of_study(plan), **_of_project(), f"results/{RESULTS}": link / RESULTS}
    again = AGAIN.format(study=plan.study_file.name, id=plan.study.id)
    content["HOW-TO-REBUILD.md"] = again.encode()
    made = datetime.fromtimestamp((link / releases.MANIFEST).stat().st_mtime, UTC)
    said = described(plan, content, made.date().isoformat())
    content[METADATA] = json.dumps(said, indent=1, ensure_ascii=False).encode() + b"\n"
    return atomic.replace(out, zipped(content))


def _check_same(plan: Plan, link: Path) -> None:
    """Raise unless the inputs are those the release was made of."""
    said = json.loads((link / RESULTS).read_text(encoding="utf-8"))["inputs"]
    now = {name: checksum(path) for name, path in checksums.named(plan).items() if name in said}
    if wrong := sorted(name for name, sha in said.items() if now.get(name) != sha):
        raise DataError(
            f"The pages were made of other files than there are now: {some(wrong)}. Build again, "
            "then make the crate."
        )


def _of_study(plan: Plan) -> Content:
    """The study file and all it reads, by their paths from its folder."""
    root = plan.study.root
    rules = [path for path in plan.rules if not _is_below(path, RULES, PUBLISHED, REFERENCE)]
    files = [*plan.inputs, *rules]
    if far := [path for path in files if not _is_below(path, root)]:
        raise UsageError(
            f"The study reads files outside its folder: {some(path.name for path in far)}. Put "
            "them below the study file, and name them by their paths from there."
        )
    return {f"study/{path.absolute().relative_to(root).as_posix()}": path for path in files}


def _of_project() -> Content:
    """Code, notebooks, rules and the lock of the libraries."""
    code = (p for p in (PROJECT / "src").rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    folders = [*NOTEBOOKS.glob("[0-9]*.ipynb"), *code]
    folders += [file for room in (RULES, PUBLISHED, REFERENCE) for file in files_below(room)]
    content: Content = {}
    for path in sorted(folders):
        own = NOTEBOOKS.parent if path.parent == NOTEBOOKS else PROJECT
        name = path.relative_to(own).as_posix()
        if ".egg-info/" not in name:
            content[f"project/{name}"] = path
    there = [name for name in OF_PROJECT if (PROJECT / name).is_file()]
    return {**content, **{f"project/{name}": PROJECT / name for name in there}}


def _is_below(path: Path, *folders: Path) -> bool:
    """Whether a file lies in one of these folders."""
    return any(path.absolute().is_relative_to(folder.absolute()) for folder in folders)
