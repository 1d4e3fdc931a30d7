"""
What a value in a study file may be: a name, a code, a year, a text in one language or several.

`Part` is what every block of the file is made from.
"""

from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from studylib.errors import quoted, several
from studylib.files import wording
from studylib.language import is_language, languages, missing

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
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s\"'<>]{1,300}$")]
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


class Part(BaseModel):
    """A block of the study file: unknown keys are refused, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)
