"""
A built study opened for questions: its canonical tables, its parameters, its language.

    study = sl.open_study("study.toml", language="fr", last_year=2010)
    study.applications   study.symbols   study.tags   study.rule   study.territories

Every notebook opens one.  Parameters narrow what the tables hold; what would need a new
preparation (an earlier year, another source) is refused in words.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from studylib import ket, tables
from studylib.errors import DataError, printable, several
from studylib.language import set_language
from studylib.patents import counting
from studylib.patents.counting import Rule
from studylib.patents.window import choices
from studylib.prepare import folder_of
from studylib.study.model import Study, find, load
from studylib.study.value_types import LocatedBy, Unit, Weights


@dataclass(frozen=True, repr=False)
class Dataset:
    """The canonical tables of one study inside one window, and how they are counted."""

    definition: Study
    """What the study file says."""
    folder: Path
    language: str
    first_year: int
    last_year: int
    rule: Rule
    file: str = "study.toml"
    """The study file as it was named."""

    def __repr__(self) -> str:
        """Five lines: which study, which window, what is counted where, how many."""
        said, rule, n = self.definition, self.rule, len(self.applications)
        title = " ".join(said.title_in("en").split())  # a study file may break its title
        lines = (
            f"{title} ({said.id})",
            f"  period: {self.first_year} to {self.last_year}, by year of {rule.date}",
            f"  counted: {rule.weights} counts by {rule.unit}, located by {rule.located_by}",
            f"  territories: {', '.join(self.territories)}",
            f"  n: {several(n, 'application', 'applications')} in the period",
        )
        return "\n".join(printable(line) for line in lines)

    @cached_property
    def known_as(self) -> tuple[Any, ...] | None:
        """What tells it from others when answers are kept; None where it was changed by hand."""
        return None

    def table(self, name: str) -> pd.DataFrame:
        """A canonical table as it was prepared, without the window."""
        return tables.read(name, self.folder)

    @cached_property
    def applications(self) -> pd.DataFrame:
        """One row per application filed (or first claimed, or published) in the window."""
        everything = self.table("applications")
        year = everything[f"{self.rule.date}_year"]
        inside = year.between(self.first_year, self.last_year).fillna(value=False)
        return everything[inside.astype(bool)].reset_index(drop=True)

    def _inside(self, name: str) -> pd.DataFrame:
        whole = self.table(name)
        return whole[whole["application_id"].isin(self.applications["application_id"])]

    @cached_property
    def symbols(self) -> pd.DataFrame:
        """One row per application, scheme and symbol, in the window."""
        return self._inside("symbols")

    @cached_property
    def parties(self) -> pd.DataFrame:
        """One row per application, role and name, in the window."""
        return self._inside("parties")

    @cached_property
    def tags(self) -> pd.DataFrame:
        """One row per application and KET, in the window, by the study's scheme."""
        return self._inside("tags")

    @cached_property
    def fields(self) -> pd.DataFrame:
        """One row per application and WIPO field, in the window."""
        return self._inside("fields")

    @cached_property
    def locations(self) -> pd.DataFrame:
        """One row per application, basis and area, in the window."""
        return self._inside("locations")

    @cached_property
    def with_ipc(self) -> pd.Series:
        """application_id of every application with a readable IPC symbol."""
        ipc = self.symbols["scheme"] == "ipc"
        return self.symbols.loc[ipc, "application_id"].drop_duplicates()

    @cached_property
    def units(self) -> pd.DataFrame:
        """One row per counted unit and area; see `counting.units`."""
        return self.units_by(self.rule)

    def units_by(self, rule: Rule) -> pd.DataFrame:
        """The units under another way of counting, for sensitivity."""
        return counting.units(self.applications, self.locations, self.with_ipc, rule)

    def with_rule(self, **changes: Any) -> Rule:
        """The counting rule with some of its choices changed."""
        return replace(self.rule, **changes)

    @cached_property
    def scheme(self) -> ket.Scheme:
        """The KET scheme of the study."""
        return ket.load_scheme(scheme_path(self.definition))

    @property
    def territories(self) -> list[str]:
        """Names of the territories in tables, in the order of the study file."""
        return self.definition.territory_ids

    @property
    def local_areas(self) -> list[str]:
        """Territories, then comparison areas, as named in tables."""
        return [*self.territories, *(area.id for area in self.definition.comparison)]

    @property
    def areas(self) -> list[str]:
        """Territories, then the reference if there is one: the order of their colours."""
        reference = self.definition.reference
        return [*self.territories, *([reference.named("en")] if reference else [])]

    @cached_property
    def funnel(self) -> pd.DataFrame:
        """One row per step from what came in to what is counted."""
        return self.table("funnel")

    def area_name(self, area: str) -> str:
        """How an area of the tables is called in the language of the page."""
        study = self.definition
        names = {part.id: part.named(self.language) for part in study.territories}
        names |= {part.id: part.named(self.language) for part in study.comparison}
        if study.reference:
            names[study.reference.named("en")] = study.reference.named(self.language)
        return names.get(area, area)

    def ket_name(self, ket: object) -> str:
        """How a KET of the tables is called in the language of the page."""
        return self.scheme.name(str(ket))


def scheme_path(study: Study) -> Path:
    """The KET scheme file a study names, or the one the library ships."""
    return study.path(study.ket.scheme) if study.ket.scheme else ket.DEFAULT_SCHEME


def open_study(
    study_file: str = "study.toml",
    *,
    language: str = "en",
    first_year: int = 0,
    last_year: int = 0,
    located_by: LocatedBy | Literal[""] = "",
    unit: Unit | Literal[""] = "",
    weights: Weights | Literal[""] = "",
) -> Dataset:
    """
    The study a file describes, as prepared by `studylib build`, in a window and a language.

    Parameters left out, 0 or empty take the study file's value.

    Raises
    ------
    UsageError
        The study file is wrong, or the window leaves the period the study was prepared for.
    DataError
        The study has not been prepared yet.
    """
    study = load(find(study_file))
    first, last, rule = choices(
        study, first_year=first_year, last_year=last_year, located_by=located_by, unit=unit,
        weights=weights,
    )  # fmt: skip
    folder = folder_of(study)
    if not (folder / "applications.parquet").is_file():
        raise DataError(
            f"The study {study.id!r} has not been prepared yet. Run: studylib build {study_file}"
        )
    set_language(language)
    opened = Dataset(study, folder, language, first, last, rule, study_file)
    # Of this one alone: a copy with other tables or another rule must not answer as it does.
    vars(opened)["known_as"] = (str(folder), study.model_dump_json(), first, last, rule)
    return opened
