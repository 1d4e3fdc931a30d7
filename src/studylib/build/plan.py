"""
The plan of one build: which study, where to, in which languages, and so every path it touches.

`task_study.py` makes the tasks of a plan, and pytask runs those that are stale.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from studylib.build.published.page import Page, is_asked
from studylib.errors import DataError, several, some
from studylib.files.folder import files_below
from studylib.files.seen import Seen, look
from studylib.ket import rules
from studylib.prepare import folder_of
from studylib.project import PACKAGE, PROJECT
from studylib.runs.published import publish
from studylib.runs.workers import scratch
from studylib.study.lacking import lacks
from studylib.study.model import Study, load

NOTEBOOKS = PROJECT / "notebooks"
RULES, PUBLISHED, REFERENCE = (
    PROJECT / "data" / "raw" / name for name in ("rules", "published", "reference")
)


@dataclass(frozen=True)
class Plan:
    """One build: study file, reports, languages, pages at a time, releases that are kept."""

    study_file: Path
    reports: Path
    languages: tuple[str, ...] = ()
    jobs: int = 1
    keep: int = publish.KEPT
    is_one_of_many: bool = False
    """Others are published beside it at the same time: it waits for them, and lists no study."""

    @cached_property
    def study(self) -> Study:
        """The study of the plan."""
        return load(self.study_file)

    @property
    def id(self) -> str:
        """Tells the tasks of one study from others; where its pages go is no part of them."""
        return self.study.id

    @property
    def chosen(self) -> tuple[str, ...]:
        """The languages of the build, in the order of the study; others stay as published."""
        wanted = self.languages or self.study.languages
        return tuple(code for code in self.study.languages if code in wanted)

    @property
    def publication(self) -> str:
        """Tells what is published where: of the study, these languages into this folder."""
        told = f"{self.reports.absolute()}:{'+'.join(self.chosen)}"
        return hashlib.sha256(told.encode()).hexdigest()[:8]

    @property
    def folder(self) -> Path:
        """Canonical tables and unpublished pages of the study."""
        return folder_of(self.study)

    @property
    def prepared(self) -> Path:
        """Written last by `prepare`: checksums of every canonical table."""
        return self.folder / "prepared.json"

    @property
    def published(self) -> Path:
        """Written last by `publish`: the manifest of what was published into this folder."""
        return self.folder / f"published-{self.publication}.json"

    @property
    def built_from(self) -> Path:
        """Says which study file the pages in this reports folder are of; never published."""
        where = hashlib.sha256(str(self.reports.absolute()).encode()).hexdigest()[:8]
        return self.folder / f"built-from-{where}.txt"

    @cached_property
    def answers(self) -> Path:
        """A private folder for what all languages share; who asks for it first removes it."""
        return scratch.folder()

    @cached_property
    def inputs(self) -> list[Path]:
        """Every file the tables are made of, sorted; as they were when the build began."""
        return self._inputs_now()

    def _inputs_now(self) -> list[Path]:
        """Every file the tables are made of, with those that came since the build began."""
        study = self.study
        named = [self.study_file.absolute()]
        named += [study.path(source.path) for source in study.sources]
        named += [study.path(p) for p in (study.register_file, study.clusters, study.claims) if p]
        if study.survey:
            named += [study.path(study.survey.path), study.path(study.survey.codebook)]
        return sorted(file for path in named for file in files_below(path))

    @property
    def names(self) -> str:
        """The names of all inputs: one that is gone makes the tables stale, as a new one does."""
        return "\n".join(file.name for file in self.inputs)

    @property
    def listed(self) -> str:
        """
        The names and titles of all pages, as pages and the list of them show.

        A notebook that comes, goes or changes its title makes all that lead to it stale.
        """
        return "\n".join(
            f"{p.name}: {p.about['title']}" for p in self.pages if p.language == self.chosen[0]
        )

    @cached_property
    def method(self) -> list[Path]:
        """Every file that says how: rules and code of the library, sorted."""
        code = [
            p
            for p in PACKAGE.rglob("*")
            if p.suffix in {".py", ".j2", ".css", ".js", ".typ", ".toml"}
        ]
        return sorted({*code, *self.rules, PROJECT / "requirements.lock"})

    @cached_property
    def seen(self) -> Seen:
        """Every file of the build as it was at first: inputs, rules, code, notebooks, words"""
        pages = [file for page in self.pages for file in (page.notebook, *page.words)]
        return look({*self.inputs, *self.rules, *self.method, *pages})

    @property
    def folders(self) -> list[Path]:
        """Folders whose files are all part of the build: one more, or one less, changes it."""
        named = (self.study.path(source.path) for source in self.study.sources)
        own = [path.absolute() for path in named if path.is_dir()]
        return [*own, PACKAGE, NOTEBOOKS, RULES]

    def check_unchanged(self) -> None:
        """
        Raise where a file of the build is another than when it began.

        A step asks before it ends, so that nothing is remembered as made of the new bytes.

        Raises
        ------
        DataError
            Which files, and that nothing was published.
        """
        named = {*self._inputs_now(), *self._rules_now()}
        came = sorted(named - {Path(path) for path in self.seen.files})
        if not (changed := [*self.seen.changed(), *came]):
            return
        raise DataError(
            f"{several(len(changed), 'file', 'files')} changed while the build ran: "
            f"{some(path.name for path in changed)}. Nothing was published; build again when "
            "nobody writes there."
        )

    @cached_property
    def rules(self) -> list[Path]:
        """
        Every rule file and reference figure, sorted.

        The study's own among them: its corpus, and its scheme with what lies beside it.
        """
        return self._rules_now()

    def _rules_now(self) -> list[Path]:
        """Every rule file, with those that came since the build began."""
        study = self.study
        own = [study.path(p) for p in (study.sectors, study.themes, study.boundaries) if p]
        if study.ket.scheme:
            own += rules.files_of(study.path(study.ket.scheme))
        if study.corpus:
            own.append(study.path(study.corpus.path))
        return sorted(
            {file for folder in (RULES, PUBLISHED, REFERENCE) for file in files_below(folder)}
            | {*own}
        )

    @cached_property
    def pages(self) -> list[Page]:
        """Every page of the study: notebooks in order, languages in order."""
        is_alone, lacking = len(self.study.territories) == 1, lacks(self.study)
        every = [
            Page(path.stem, language, path, self.folder / "pages" / language, is_alone, lacking)
            for language in self.chosen
            for path in sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))
        ]
        return [page for page in every if is_asked(page, self.study)]


DEFAULT = Plan(PROJECT / "study.toml", PROJECT / "reports")
"""The plan of the default study."""
