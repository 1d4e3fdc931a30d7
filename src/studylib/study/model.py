"""
`study.toml` as a checked object; every path from one root, the folder of the study file.

    study.toml  --load-->  Study(id, title, period, territories, reference, comparison, ket,
                                 sources, survey, clusters, languages, seed)

An unknown key, a wrong type, an impossible period or a missing file is a `UsageError` that
names the key, says what stood there and what was expected.
"""

from pathlib import Path
from typing import Any

from pydantic import Field, PrivateAttr, ValidationError, field_validator, model_validator

from studylib.errors import UsageError, quoted, some
from studylib.files.folder import is_text
from studylib.files.limits import twice
from studylib.language.given import translated
from studylib.project import PROJECT
from studylib.study import named_files, toml_errors
from studylib.study.input_parts import Source, SurveyInput
from studylib.study.notify import Notify
from studylib.study.parts import Area, Comparison, Corpus, Counting, Ket, Period, Reference
from studylib.study.reading import content_of
from studylib.study.value_types import (
    Language,
    LocatedBy,
    PageLanguage,
    Part,
    Slug,
    Translated,
    WebAddress,
)

__all__ = ["PROJECT", "Language", "Study", "Translated", "find", "load", "translated"]

FILE_NAME = "study.toml"


class Study(Part):
    """Everything that makes this study this study.  See `load`."""

    id: Slug
    title: Translated
    languages: tuple[PageLanguage, ...] = ("en", "fr")
    seed: int = Field(default=1, ge=0, le=2**31 - 1, strict=True)
    period: Period
    counting: Counting = Counting()
    ket: Ket = Ket()
    territories: tuple[Area, ...] = Field(min_length=1, max_length=6)
    reference: Reference | None = None
    comparison: tuple[Comparison, ...] = Field(default=(), max_length=100)
    corpus: Corpus | None = None
    sources: tuple[Source, ...] = Field(min_length=1, max_length=1000)
    register_file: Path | None = Field(default=None, alias="register")
    survey: SurveyInput | None = None
    clusters: Path | None = None
    sectors: Path | None = None
    themes: Path | None = None
    claims: Path | None = None
    boundaries: Path | None = None
    """Outlines for maps, as GeoJSON in degrees; the study's own, with the notice of its owner."""
    boundaries_notice: Translated | None = None
    publisher: Translated | None = None
    contact: Translated | None = None
    address: WebAddress | None = None
    """Where the page above all studies is published."""
    next_update: Translated | None = None
    allow_empty: bool = Field(default=False, strict=True)
    memory: int | None = Field(default=None, ge=256, strict=True)
    notify: Notify | None = None
    _root: Path = PrivateAttr(default_factory=Path)

    def model_post_init(self, context: Any, /) -> None:
        """Take the folder of the study file from `load`; no key of the file can set it."""
        if context:
            self._root = context["root"]

    @property
    def root(self) -> Path:
        """Folder of the study file."""
        return self._root

    def published(self, language: str) -> str:
        """Where the pages in a language are published; without a machine where nobody said it."""
        above = f"{self.address.rstrip('/')}/" if self.address else ""
        return f"{above}{self.id}/{language}/"

    @field_validator("territories")
    @classmethod
    def _different(cls, areas: tuple[Area, ...]) -> tuple[Area, ...]:
        """Each territory has its own name, by which tables know it, and its own places."""
        names = [area.id for area in areas]
        if same := sorted(twice(names)):
            raise ValueError(f"two territories have the same name, {some(same)}; rename one")
        from studylib.clean import region_codes

        region_codes.check_apart(
            [region_codes.Place(area.id, area.places, area.nuts_version) for area in areas]
        )
        return areas

    @field_validator("sources")
    @classmethod
    def _once(cls, sources: tuple[Source, ...]) -> tuple[Source, ...]:
        """No file is read twice."""
        paths = [source.path for source in sources]
        if same := sorted(twice(paths)):
            raise ValueError(f"named twice: {some(same)}; its records would count double")
        return sources

    @model_validator(mode="after")
    def _named_apart(self) -> "Study":
        """Territories, comparison areas and the reference stand in one column of the tables."""
        names = [*self.territory_ids, *(area.id for area in self.comparison)]
        names += [self.reference.named("en")] if self.reference else []
        if same := sorted(twice(names)):
            raise ValueError(
                f"two areas (territories, comparison, reference) have the same name, "
                f"{some(same)}; rename one"
            )
        self.check_basis(self.counting.located_by)
        return self

    @field_validator("languages")
    @classmethod
    def _at_least_one(cls, languages: tuple[PageLanguage, ...]) -> tuple[PageLanguage, ...]:
        """A report has a language, and each of them once."""
        if not languages or len(set(languages)) < len(languages):
            raise ValueError("name each language once, and at least one")
        return languages

    @model_validator(mode="after")
    def _outlines_have_a_notice(self) -> "Study":
        """Whose outlines a map shows is said on the page."""
        if (self.boundaries is None) != (self.boundaries_notice is None):
            raise ValueError(
                "`boundaries` (a GeoJSON file) and `boundaries_notice` (whose it is, as its "
                "licence asks) stand together"
            )
        return self

    def check_basis(self, located_by: LocatedBy) -> None:
        """Raise ValueError where a basis that knows countries only is asked for a region."""
        regions = [area.id for area in self.territories if area.nuts]
        if located_by in {"priority", "office"} and regions:
            raise ValueError(
                f"`located_by` is {located_by}, which knows countries and no regions; "
                f"{some(regions)} is told by `nuts`. Take inventor or applicant, or name it by "
                "`country` alone"
            )
        from studylib.clean import region_codes

        alone = [str(area.country) for area in self.territories if area.country and not area.nuts]
        nobodys = [code for code in alone if not region_codes.is_home(code, located_by)]
        if nobodys:
            raise ValueError(
                f"`territories`: {some(nobodys)} is no country of a person or a firm; offices "
                "(EP, WO) can be territories where `located_by` is office or priority"
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


def load(path: str | Path = FILE_NAME, *, has_inputs: bool = True) -> Study:
    """
    The study a file describes; where its inputs are still to come, they are not looked for.

    Raises
    ------
    UsageError
        The file is missing, a folder or not TOML, or a key is unknown, wrong or points nowhere.
    """
    path = Path(path)
    if path.is_dir():
        inside = (path / FILE_NAME).is_file()
        raise UsageError(
            f"{quoted(path)} is a folder, not a study file. "
            + (f"Name the `{FILE_NAME}` in it." if inside else "Make one in it: studylib init DIR.")
        )
    if not is_text(str(path.absolute())):
        raise UsageError(
            f"{quoted(path.absolute())} is no text in UTF-8. Rename the file, or the folder it "
            "lies in."
        )
    content = content_of(path, "study file", "Make one: studylib init DIR.")
    return checked(content, path, has_inputs=has_inputs)


def checked(
    content: dict[str, Any], path: Path, called: str = "", *, has_inputs: bool = True
) -> Study:
    """
    What a study file says, checked, as if it stood at this path; `called` is what it is named by.

    Raises
    ------
    UsageError
        A key is unknown, wrong or points nowhere.
    """
    try:
        study = Study.model_validate(content, context={"root": path.absolute().parent})
    except ValidationError as error:
        raise UsageError(
            f"{called or path.name} has {toml_errors.in_words(error, Study)}"
        ) from None
    if has_inputs:
        named_files.check(study, path)
    return study


def find(name: str = FILE_NAME) -> Path:
    """The study file of this name in this folder or the nearest folder above it."""
    if len(Path(name).parts) > 1:
        return Path(name)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / name).is_file():
            return folder / name
    raise UsageError(f"There is no {quoted(name)} here or in any folder above.")
