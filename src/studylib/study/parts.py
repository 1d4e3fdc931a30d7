"""
The blocks of a study file: each a checked object that refuses unknown keys.

    [period] Period   [[territories]] Area   [reference] Reference   [[comparison]] Comparison
    [counting] Counting   [ket] Ket
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    Field,
    field_validator,
    model_validator,
)

from studylib.errors import some
from studylib.files.limits import twice
from studylib.language.given import translated
from studylib.study.value_types import (
    CountryCode,
    DateBasis,
    DocumentKind,
    LocatedBy,
    NutsPrefix,
    NutsVersion,
    Part,
    Text,
    Translated,
    Unit,
    Weights,
    Year,
)

MOST_REGIONS = 500
"""Most region codes of one area; Germany has about 400 of level 3."""


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
