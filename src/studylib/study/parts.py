"""
The blocks of a study file: each a checked object that refuses unknown keys.

    [period] Period   [[territories]] Area   [reference] Reference   [[comparison]] Comparison
    [counting] Counting   [ket] Ket   [[sources]] Source   [survey] SurveyInput
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from studylib.errors import quoted, several, some
from studylib.files import wording
from studylib.files.limits import twice
from studylib.language import is_language, languages, missing
from studylib.language.given import translated

if TYPE_CHECKING:
    from studylib.readers.lists.declaration import Declaration

LIST_MISSING = ".venv/bin/python -m studylib.report.catalogues --missing {code}"


def with_catalogue(code: object) -> object:
    """The language itself; ValueError where pages in it would be English, whole or in part."""
    if code not in languages():
        raise ValueError(f"no catalogue for {quoted(code)}; there are {', '.join(languages())}")
    if texts := missing(str(code)):
        raise ValueError(
            f"the catalogue for {quoted(code)} lacks {several(len(texts), 'text', 'texts')}, which "
            f"would stand in English among the others. They are listed by: "
            f"{LIST_MISSING.format(code=code)}"
        )
    return code


def _known(code: str) -> str:
    """The letters of a language there is; a slip of the pen is none."""
    if not is_language(code):
        raise ValueError(f"there is no language {quoted(code)}")
    return code


def _seen(said: str) -> str:
    """A name or a title without characters that nobody sees, and which turn what stands around."""
    if found := wording.UNSEEN.search(said):
        raise ValueError(
            f"holds a character that nobody sees (U+{ord(found[0][0]):04X}); delete it"
        )
    return said


def _iso(letters: str) -> str:
    """GR and GB for a country that is written as NUTS does, EL and UK: the data say either."""
    from studylib.clean import region_codes

    return region_codes.iso(letters)


Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=300),
    AfterValidator(_seen),
]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,60}$")]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$"), AfterValidator(_iso)]
NutsPrefix = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}[0-9A-Z]{0,3}$")]
NutsVersion = Literal["2006", "2010", "2013", "2016", "2021"]
Year = Annotated[int, Field(ge=1850, le=2100, strict=True)]
Language = Annotated[str, AfterValidator(_known)]
"""What texts of the study file may be in; a page needs a catalogue too."""
PageLanguage = Annotated[Language, BeforeValidator(with_catalogue)]
DateBasis = Literal["filing", "priority", "publication"]
LocatedBy = Literal["inventor", "applicant", "priority", "office"]
Unit = Literal["family", "application"]
Weights = Literal["whole", "fractional"]
DocumentKind = Literal["patent", "utility model", "design", "translation", "other"]
Header = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Separator = Annotated[str, StringConstraints(min_length=1, max_length=20)]
Translated = Text | dict[Language, Text]
MOST_REGIONS = 500
"""Most region codes of one area; Germany has about 400 of level 3."""


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
        """The window does not end before it starts."""
        if self.first_year > self.last_year:
            raise ValueError(
                f"first_year {self.first_year} lies after last_year {self.last_year}; swap them"
            )
        return self


class Area(Part):
    """
    A place: NUTS codes of one vintage where the export knows regions, else a country code.

    `wider` names regions that are added to it to see whether a finding survives: a neighbour that
    belongs to the same economy and lies outside its borders.
    """

    name: Translated
    country: CountryCode | None = None
    nuts: tuple[NutsPrefix, ...] = Field(default=(), max_length=MOST_REGIONS)
    nuts_version: NutsVersion = "2013"
    wider: tuple[NutsPrefix, ...] = Field(default=(), max_length=MOST_REGIONS)

    @model_validator(mode="after")
    def _somewhere(self) -> "Area":
        """A place is told by regions that there are, each once, or by its country."""
        if not self.nuts and self.country is None:
            raise ValueError("needs `nuts` (region codes) or `country` (two letters)")
        from studylib.clean import region_codes

        region_codes.check((*self.nuts, *self.wider), self.nuts_version, self.country)
        return self

    def named(self, language: str = "en") -> str:
        """The name in a language; English, then the first one given, where it has none."""
        return translated(self.name, language)

    @property
    def id(self) -> str:
        """The name that stands in tables, the same in every language."""
        return self.named("en")

    @property
    def places(self) -> tuple[str, ...]:
        """Its region codes, or the letters of its country."""
        return self.nuts or (str(self.country),)


class Reference(Part):
    """The larger economy that shares are compared with; never guessed."""

    name: Translated
    countries: tuple[CountryCode, ...] = Field(min_length=1, max_length=300)

    @field_validator("countries")
    @classmethod
    def _once(cls, countries: tuple[str, ...]) -> tuple[str, ...]:
        """The patents of a country count once."""
        if same := sorted(twice(countries)):
            raise ValueError(f"named twice: {some(same)}; its patents would count double")
        return countries

    def named(self, language: str = "en") -> str:
        """See `Area.named`."""
        return translated(self.name, language)


class Comparison(Part):
    """
    Another cross-border area: a name and the sides it consists of, in any countries.

    It may overlap other ones, and the territories: each is counted by itself and none is added
    to another.
    """

    name: Translated
    nuts: tuple[NutsPrefix, ...] = Field(min_length=1, max_length=MOST_REGIONS)
    nuts_version: NutsVersion = "2010"

    @model_validator(mode="after")
    def _somewhere(self) -> "Comparison":
        """Its regions are there in that version, each once."""
        from studylib.clean import region_codes

        region_codes.check(self.nuts, self.nuts_version)
        return self

    def named(self, language: str = "en") -> str:
        """See `Area.named`."""
        return translated(self.name, language)

    @property
    def id(self) -> str:
        """The name that stands in tables, the same in every language."""
        return self.named("en")


class Corpus(Part):
    """
    A wide corpus of the user's own that says how near technologies are: see `diversify.corpus`.

    `without` names the regions of the territories, which are not among those it is learnt from.
    """

    path: Path
    without: tuple[Text, ...] = ()


class Counting(Part):
    """
    What is counted, where it is located, and how an application in two places counts.

    `kinds`: documents that are counted.  What says of itself nothing counts as a patent.
    """

    unit: Unit = "family"
    located_by: LocatedBy = "inventor"
    weights: Weights = "whole"
    kinds: Annotated[tuple[DocumentKind, ...], Field(min_length=1)] = ("patent",)


class Ket(Part):
    """The KET scheme and how its symbols are matched."""

    scheme: Path | None = None
    match: Literal["exact", "prefix", "both"] = "both"


class Table(Part):
    """What the columns of a table hold, and how its cells are written; see `declaration`."""

    columns: dict[str, Header | tuple[Header, ...]] = {}
    separators: dict[str, Separator] = {}
    dates: Literal["auto", "iso", "dmy", "mdy", "ymd"] = "auto"
    office: CountryCode | None = None
    family: Text | None = None
    packed: Literal[3, 4] | None = None

    @property
    def declaration(self) -> "Declaration":
        """The same for the reader of tables."""
        from studylib.readers.lists.declaration import Declaration

        return Declaration(
            {name: (told,) if isinstance(told, str) else told
             for name, told in self.columns.items()},
            self.separators, self.dates, self.office, self.family or "", self.packed,
        )  # fmt: skip

    @model_validator(mode="after")
    def _whole(self) -> "Table":
        """What is told of a table is enough to read it."""
        from studylib.readers.lists.declaration import mistake

        if self._is_table and (said := mistake(self.declaration)):
            raise ValueError(f"`columns`: {said}")
        return self

    @property
    def _is_table(self) -> bool:
        return True


class Source(Table):
    """One input: a file or a folder, and its format if it should not be found by content."""

    path: Path
    format: str = "auto"
    nuts_version: NutsVersion | None = None

    @property
    def _is_table(self) -> bool:
        return self.format == "table"

    @model_validator(mode="after")
    def _told_of_a_table(self) -> "Source":
        """What says how a table is read says it of no other format."""
        own = sorted(set(Table.model_fields) & self.model_fields_set)
        if own and not self._is_table:
            raise ValueError(
                f'`{own[0]}` is read with format = "table" only; this one has {quoted(self.format)}'
            )
        return self

    @field_validator("format")
    @classmethod
    def _known(cls, name: str) -> str:
        """A typing error in the format is found before anything is read."""
        from studylib.readers import FORMATS

        if name not in (known := ("auto", *FORMATS)):
            raise ValueError(f"there is no format {quoted(name)}; known: {', '.join(known)}")
        return name


class SurveyInput(Part):
    """The survey export, the codebook that maps it, and what respondents were promised."""

    path: Path
    codebook: Path
    confidentiality: Literal["public", "aggregate", "strict"] = "aggregate"
