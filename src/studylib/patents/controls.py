"""
What a reader may choose about an opened study: a form, checked as the study file is.

    form = sl.controls(study, first_year=2005)
    form              a form in JupyterLab; elsewhere a table of what is chosen and what can be
    form.changes      the figures of the pages that these choices can change
    form.parameters   sl.open_study(**form.parameters)
    form.cell         text of a parameters cell, which papermill runs
    form.write("notebooks/20_patents.ipynb")   a copy of a page's notebook with that cell

What can be chosen is found in the model of the study file (`study.settings`).  What the notebooks
take as parameters is handed to them; what needs a new preparation (an earlier year, another date,
scheme or territory) goes into a study file of its own, `explored.toml`, which `build` prepares.
What the study file refuses is refused here, before any kernel starts.
"""

import inspect
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from studylib.errors import UsageError, quoted
from studylib.language import languages
from studylib.patents import reach
from studylib.patents.dataset import Dataset, open_study
from studylib.patents.possible import YEARS, possible
from studylib.runs import notebooks
from studylib.runs.parameters import Parameter, declared, put_into, written
from studylib.study import settings
from studylib.study.model import Study, find
from studylib.study.value_types import LocatedBy, Unit, Weights

MEANING = {
    "study_file": "the study, looked for here and in the folders above",
    "language": "language of the page, by its two letters",
    "first_year": "first year of the window; 0: as in the study file",
    "last_year": "last year of the window; 0: as in the study file",
    "located_by": "inventor, applicant, priority or office; empty: as in the study file",
    "unit": "family or application; empty: as in the study file",
    "weights": "whole or fractional; empty: as in the study file",
}
TAKEN = frozenset(inspect.signature(open_study).parameters)
"""What a notebook takes as a parameter; every other choice needs a preparation of its own."""
OWN_FILE = "explored.toml"
MADE_HERE = "explored"  # mark in the metadata of notebooks that were written here


class Controls:
    """Choices about a study; `choose` changes them, and a wrong one is told and not kept."""

    def __init__(self, study: Dataset, language: str) -> None:
        self._file = find(study.file)
        self._named = study.file
        self.definition: Study = study.definition
        """What the study file says."""
        self.language = language
        self.study: Study = study.definition
        """The checked study with these choices."""
        self.chosen: dict[str, Any] = {}
        """What differs from the study file, by key."""
        self.mistake = ""
        """What is wrong with what the form shows; empty where nothing is."""

    def choose(self, language: str = "", **choices: Any) -> None:
        """
        Take these choices in place of those before; empty, 0 or None: as in the study file.

        Raises
        ------
        UsageError
            A choice is none that the study file could hold; then those before stay.
        """
        if (language := language or self.language) not in languages():
            raise UsageError(
                f"There is no catalogue for {quoted(language)}; there are {', '.join(languages())}."
            )
        told = {name: value for name, value in choices.items() if not _is_left_out(value)}
        self.study = settings.changed(self._file, told)
        self.chosen = {
            name: value for name, value in told.items()
            if settings.said(self.study, name) != settings.said(self.definition, name)
        }  # fmt: skip
        self.language = language

    @property
    def needs_build(self) -> bool:
        """Whether these choices need a preparation of their own: `studylib build explored.toml`."""
        old, new = self.definition.period, self.study.period
        earlier = new.first_year < old.first_year or new.last_year > old.last_year
        return earlier or not self.chosen.keys() <= TAKEN

    @property
    def parameters(self) -> dict[str, Any]:
        """The choices by the names `open_study` and the notebooks know them."""
        if self.mistake:
            raise UsageError(self.mistake)
        told = {} if self.needs_build else self.chosen
        named = self._beside(OWN_FILE) if self.needs_build else self._named
        usual = {name: told.get(name, 0 if name in YEARS else "") for name in MEANING}
        return {**usual, "study_file": named, "language": self.language}

    @property
    def cell(self) -> str:
        """A parameters cell with these choices: one line each, with its meaning."""
        told = self.parameters
        return written(Parameter(name, "anything", told[name], MEANING[name]) for name in MEANING)

    @property
    def study_file(self) -> str:
        """A study file with these choices and a name of its own, as text."""
        told = settings.content(self._file, self.chosen)
        return settings.as_toml({**told, "id": f"{self.study.id[:52]}-{MADE_HERE}"})

    @property
    def changes(self) -> pd.DataFrame:
        """
        The figures and tables of the pages that these choices can change.

        One row each: page, section, shown, because (the choices it reads, joined by a comma).
        """
        every = reach.figures()
        reads = [
            [
                key for key in told.split()
                if key in self.chosen and (self.needs_build or key in takes.split())
            ]
            for told, takes in zip(every["choices"], every["parameters"], strict=True)
        ]  # fmt: skip
        named = every.assign(because=[", ".join(keys) for keys in reads])
        columns = ["page", "section", "shown", "because"]
        return named.loc[named["because"] != "", columns].reset_index(drop=True)

    @property
    def frame(self) -> pd.DataFrame:
        """One row per choice, as text: parameter, chosen, study_file, can_be."""
        rows = [("language", self.language, ", ".join(self.definition.languages),
                 ", ".join(languages()))]  # fmt: skip
        for name in settings.KEYS:
            chosen = settings.said(self.study, name)
            rows.append((name, _text(chosen), _text(settings.said(self.definition, name)),
                         ", ".join(possible(self.definition, name))))  # fmt: skip
        return pd.DataFrame(rows, columns=["parameter", "chosen", "study_file", "can_be"])

    def write(self, notebook: str | Path, to: str | Path = "") -> Path:
        """
        A copy of a notebook with these choices in its parameters cell, for JupyterLab or papermill.

        It is `explored-NAME` in the folder one works in, if `to` says nothing else.  Where the
        choices need a preparation, the study file `explored.toml` is written beside the other one;
        build it first.

        Raises
        ------
        UsageError
            Another notebook has that name, or the notebook takes none of the choices.
        """
        source, told = Path(notebook), self.parameters
        copied = notebooks.read(source)
        takes = declared(copied, source.name)
        if not self.needs_build and self.chosen and not self.chosen.keys() & takes.keys():
            raise UsageError(f"{quoted(source.name)} takes none of: {', '.join(self.chosen)}.")
        target = Path(to) if to else Path(f"{MADE_HERE}-{source.name}")
        if target.exists() and MADE_HERE not in notebooks.read(target)["metadata"]:
            raise UsageError(f"There is another notebook {quoted(target)}; say `to`.")
        given = [replace(p, default=told.get(p.name, p.default)) for p in takes.values()]
        put_into(copied, given)
        copied["metadata"][MADE_HERE] = True
        self.save()
        target.write_bytes(notebooks.as_bytes(copied))
        return target

    def save(self) -> Path | None:
        """Write `explored.toml` where the choices need a preparation of their own; its path."""
        if not self.needs_build or self.mistake:
            return None
        path = self._file.with_name(OWN_FILE)
        path.write_text(self.study_file, encoding="utf-8")
        return path

    def _beside(self, name: str) -> str:
        """A file beside the study file, named as that one was."""
        return Path(self._named).with_name(name).as_posix()

    def __repr__(self) -> str:
        """What is chosen and what can be, then the cell."""
        build = f"\n\nFirst: form.save(), then: studylib build {OWN_FILE}"
        return (
            f"{self.frame.to_string(index=False)}\n\n{self.mistake or self.cell}"
            + build * self.needs_build
        )

    def _repr_mimebundle_(self, **_asked: Any) -> dict[str, Any]:
        """The form where there are widgets; else the plain table."""
        from studylib.patents.form import shown

        return {"text/plain": repr(self), **shown(self)}


def controls(
    study: Dataset,
    *,
    language: str = "",
    first_year: int = 0,
    last_year: int = 0,
    located_by: LocatedBy | Literal[""] = "",
    unit: Unit | Literal[""] = "",
    weights: Weights | Literal[""] = "",
    **others: Any,
) -> Controls:
    """
    Choices about a study: a form of what can be chosen, and a parameters cell that makes it last.

    Parameters left out, 0 or empty take the study file's value, the language that of the study
    as it is open; `others` are further keys of the study file: date, scheme, match, territories (a
    list of names).  `sl.open_study(**sl.controls(study, ...).parameters)` opens it so.

    Raises
    ------
    UsageError
        A choice is none the study file could hold.
    """
    form = Controls(study, study.language)
    form.choose(language, first_year=first_year, last_year=last_year, located_by=located_by,
                unit=unit, weights=weights, **others)  # fmt: skip
    return form


def _is_left_out(value: Any) -> bool:
    """Whether a choice says: as in the study file."""
    return value is None or (type(value) in (int, str, list, tuple) and not value)


def _text(value: Any) -> str:
    """A value on one line."""
    return ", ".join(value) if isinstance(value, list) else "" if value is None else str(value)
