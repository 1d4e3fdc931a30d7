"""
`study.toml` as a checked object; every path from one root, the folder of the study file.

    study.toml  --load-->  Study(id, title, period, territories, reference, comparison, ket,
                                 sources, survey, clusters, languages, seed)

An unknown key, a wrong type, an impossible period or a missing file is a `UsageError` that
names the key, says what stood there and what was expected.
"""

import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from studylib import mistakes
from studylib.errors import UsageError, quoted, some
from studylib.project import PROJECT as PROJECT  # noqa: PLC0414 - known here too

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,60}$")]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
NutsPrefix = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}[0-9A-Z]{0,3}$")]
NutsVersion = Literal["2006", "2010", "2013", "2016", "2021"]
Year = Annotated[int, Field(ge=1850, le=2100, strict=True)]
Language = Literal["en", "fr", "es", "eu"]
DateBasis = Literal["filing", "priority", "publication"]
LocatedBy = Literal["inventor", "applicant", "priority", "office"]
Translated = Text | dict[Language, Text]


class Part(BaseModel):
    """A block of the study file: unknown keys are refused, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Period(Part):
    """The window of the study and the date it is on; both years included."""

    first_year: Year
    last_year: Year
    date: DateBasis = "filing"

    @model_validator(mode="after")
    def _in_order(self) -> "Period":
        if self.first_year > self.last_year:
            raise ValueError(
                f"first_year {self.first_year} lies after last_year {self.last_year}; swap them"
            )
        return self


class Area(Part):
    """A place: NUTS codes of one vintage where the export knows regions, else a country code."""

    name: Translated
    country: CountryCode | None = None
    nuts: tuple[NutsPrefix, ...] = ()
    nuts_version: NutsVersion = "2013"

    @model_validator(mode="after")
    def _somewhere(self) -> "Area":
        if not self.nuts and self.country is None:
            raise ValueError("needs `nuts` (region codes) or `country` (two letters)")
        return self

    def named(self, language: str = "en") -> str:
        """The name in a language; English, then the first one given, where it has none."""
        return translated(self.name, language)

    @property
    def id(self) -> str:
        """The name that stands in tables, the same in every language."""
        return self.named("en")


class Reference(Part):
    """The larger economy that shares are compared with; never guessed."""

    name: Translated
    countries: tuple[CountryCode, ...] = Field(min_length=1)

    def named(self, language: str = "en") -> str:
        """See `Area.named`."""
        return translated(self.name, language)


class Comparison(Part):
    """Another cross-border area: a name and the sides it consists of."""

    name: Translated
    nuts: tuple[NutsPrefix, ...] = Field(min_length=1)
    nuts_version: NutsVersion = "2010"

    def named(self, language: str = "en") -> str:
        """See `Area.named`."""
        return translated(self.name, language)

    @property
    def id(self) -> str:
        """The name that stands in tables, the same in every language."""
        return self.named("en")


class Counting(Part):
    """What is counted, where it is located, and how an application in two places counts."""

    unit: Literal["family", "application"] = "family"
    located_by: LocatedBy = "inventor"
    weights: Literal["whole", "fractional"] = "whole"


class Ket(Part):
    """The KET scheme and how its symbols are matched."""

    scheme: Path | None = None
    match: Literal["exact", "prefix", "both"] = "both"


class Source(Part):
    """One input: a file or a folder, and its format if it should not be found by content."""

    path: Path
    format: str = "auto"
    nuts_version: NutsVersion | None = None


class SurveyInput(Part):
    """The survey export and the codebook that maps its columns and labels."""

    path: Path
    codebook: Path


class Study(Part):
    """Everything that makes this study this study.  See `load`."""

    id: Slug
    title: Translated
    languages: tuple[Language, ...] = ("en", "fr")
    seed: int = Field(default=1, ge=0, le=2**31 - 1, strict=True)
    period: Period
    counting: Counting = Counting()
    ket: Ket = Ket()
    territories: tuple[Area, ...] = Field(min_length=1, max_length=6)
    reference: Reference | None = None
    comparison: tuple[Comparison, ...] = ()
    sources: tuple[Source, ...] = Field(min_length=1)
    register_file: Path | None = Field(default=None, alias="register")
    survey: SurveyInput | None = None
    clusters: Path | None = None
    claims: Path | None = None
    root: Path = Field(default=Path(), exclude=True)
    """Folder of the study file; set by `load`, never written in it."""

    @field_validator("territories")
    @classmethod
    def _different(cls, areas: tuple[Area, ...]) -> tuple[Area, ...]:
        names = [area.id for area in areas]
        if twice := sorted({n for n in names if names.count(n) > 1}):
            raise ValueError(f"two territories have the same name, {some(twice)}; rename one")
        return areas

    @field_validator("sources")
    @classmethod
    def _once(cls, sources: tuple[Source, ...]) -> tuple[Source, ...]:
        paths = [source.path for source in sources]
        if twice := sorted({p for p in paths if paths.count(p) > 1}):
            raise ValueError(f"named twice: {some(twice)}; its records would count double")
        return sources

    @model_validator(mode="after")
    def _named_apart(self) -> "Study":
        """Territories, comparison areas and the reference stand in one column of the tables."""
        names = [*self.territory_ids, *(area.id for area in self.comparison)]
        names += [self.reference.named("en")] if self.reference else []
        if twice := sorted({n for n in names if names.count(n) > 1}):
            raise ValueError(
                f"two areas (territories, comparison, reference) have the same name, "
                f"{some(twice)}; rename one"
            )
        self.check_basis(self.counting.located_by)
        return self

    @field_validator("languages")
    @classmethod
    def _at_least_one(cls, languages: tuple[Language, ...]) -> tuple[Language, ...]:
        if not languages or len(set(languages)) < len(languages):
            raise ValueError("name each language once, and at least one")
        return languages

    def check_basis(self, located_by: LocatedBy) -> None:
        """Raise ValueError where a basis that knows countries only is asked for a region."""
        regions = [area.id for area in self.territories if area.nuts]
        if located_by in {"priority", "office"} and regions:
            raise ValueError(
                f"`located_by` is {located_by}, which knows countries and no regions; "
                f"{some(regions)} is told by `nuts`. Take inventor or applicant, or name it by "
                "`country` alone"
            )

    def path(self, relative: Path) -> Path:
        """A path of the study file, from the study file's folder."""
        return self.root / relative

    def title_in(self, language: str) -> str:
        """The title in a language."""
        return translated(self.title, language)

    @property
    def territory_ids(self) -> list[str]:
        """Names of the territories as they stand in tables, in the order of the study file."""
        return [area.id for area in self.territories]


def translated(text: str | dict[Language, str], language: str) -> str:
    """A text in a language; English, then the first one given, where it has none."""
    if isinstance(text, str):
        return text
    return text.get(language) or text.get("en") or next(iter(text.values()))  # type: ignore[call-overload]


def load(path: str | Path = "study.toml") -> Study:
    """
    The study a file describes.

    Raises
    ------
    UsageError
        The file is missing, is not TOML, or a key is unknown, wrong or points nowhere.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            content = tomllib.load(file)
    except FileNotFoundError:
        raise UsageError(
            f"There is no study file {quoted(path)}. Make one: studylib init DIR."
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{quoted(path)} cannot be read as TOML: {error}.") from None
    root = path.absolute().parent
    try:
        # `root` is ours: a key of that name in the file is unknown like any other.
        study = Study.model_validate(
            {("root " if k == "root" else k): v for k, v in content.items()}
        )
    except ValidationError as error:
        raise UsageError(f"{path.name} has {mistakes.in_words(error, Study)}") from None
    study = study.model_copy(update={"root": root})
    _files_exist(study, path)
    return study


def find(name: str = "study.toml") -> Path:
    """The study file of this name in this folder or the nearest folder above it."""
    if len(Path(name).parts) > 1:
        return Path(name)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / name).is_file():
            return folder / name
    raise UsageError(f"There is no {quoted(name)} here or in any folder above.")


def _files_exist(study: Study, path: Path) -> None:
    """Raise unless every file the study names is there and is no address."""
    named = [(f"sources[{i}].path", source.path) for i, source in enumerate(study.sources)]
    named += [("ket.scheme", study.ket.scheme), ("register", study.register_file)]  # type: ignore[list-item]
    named += [("clusters", study.clusters), ("claims", study.claims)]  # type: ignore[list-item]
    if study.survey:
        named += [("survey.path", study.survey.path), ("survey.codebook", study.survey.codebook)]
    for key, value in named:
        if value is None:
            continue
        if ":/" in value.as_posix():
            raise UsageError(
                f"{path.name}: `{key}` is an address ({quoted(value)}). "
                "Download the file first and name it by its path."
            )
        if not study.path(value).exists():
            raise UsageError(
                f"{path.name}: `{key}` names {quoted(value)}, which is not in the folder of the "
                "study file. Correct the path or put the file there."
            )
