"""
A matrix: one study file, and what differs from study to study.

    base = "study.toml"          [[area]]                            [[period]]
    languages = ["en", "fr"]     id = "upper-rhine"                  first_year = 2000
                                 without = ["survey", "clusters"]    last_year = 2004
                                 [[area.territories]] ...

        --read-->  a study for every area in every period, with pages in every language:
                   upper-rhine-2000-2004.toml, ... beside the base, whose paths they share

An area may hold any key of a study file; it takes the place of the base's.  What a study file
would be refused for is refused here, before anything is built or written.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, Field, ValidationError, model_validator

from studylib.errors import UsageError, quoted, several, some
from studylib.files import toml
from studylib.files.limits import twice
from studylib.language.given import translated
from studylib.study import toml_errors
from studylib.study.model import Study, checked, load
from studylib.study.reading import content_of
from studylib.study.settings import as_toml
from studylib.study.value_types import DateBasis, PageLanguage, Part, Slug, Translated, Year

MADE = "# Written by `studylib farm` from {name}: change that file.\n"
MOST_STUDIES = 1000
AXES = ("id", "title", "languages", "period")
"""What the matrix itself says of every study."""
KEYS = sorted({f.alias or name for name, f in Study.model_fields.items()} - {*AXES})
"""What an area may say."""
Content = dict[str, Any]


class Place(Part):
    """An area: its part of a study's id and title, and keys of a study file that are its own."""

    model_config = ConfigDict(extra="allow", frozen=True)

    id: Slug
    title: Translated | None = None
    without: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _known(self) -> "Place":
        """What it says, or leaves out of the base, is a key of a study file."""
        for key in (*(self.model_extra or {}), *self.without):
            if key not in KEYS:
                raise ValueError(
                    f"`{key}` is not a key of an area{toml_errors.meant(key, KEYS)}; known here: "
                    f"{', '.join(['id', 'title', 'without', *KEYS])}"
                )
        return self


class Window(Part):
    """A period: both years included, on the date of the base where it names none."""

    first_year: Year
    last_year: Year
    date: DateBasis | None = None

    @property
    def id(self) -> str:
        """Its part of a study's id."""
        return f"{self.first_year}-{self.last_year}" + (f"-{self.date}" if self.date else "")


class Matrix(Part):
    """What a matrix file says; see the picture of the module."""

    base: Path
    languages: tuple[PageLanguage, ...] = ()
    area: tuple[Place, ...] = Field(default=(), max_length=MOST_STUDIES)
    period: tuple[Window, ...] = Field(default=(), max_length=MOST_STUDIES)


@dataclass(frozen=True)
class Planned:
    """A study of the matrix: its file, what will stand in it, and what that says."""

    file: Path
    text: str
    study: Study


def read(path: Path) -> list[Planned]:
    """
    The studies of a matrix, areas in order, periods in order; nothing is written.

    Raises
    ------
    UsageError
        A key is unknown or wrong, two studies have one name or are one study, a study would be
        refused, or its file would replace one that somebody wrote.
    """
    said = content_of(path, "matrix", "docs/operate/farm.md shows one.")
    try:
        matrix = Matrix.model_validate(said)
    except ValidationError as error:
        words = toml_errors.in_words(error, Matrix, "a matrix")
        raise UsageError(f"{path.name} has {words}") from None
    if not (matrix.area or matrix.period):
        raise UsageError(f"{path.name} names no [[area]] and no [[period]]: nothing differs.")
    base = path.parent / matrix.base
    load(base)
    contents = [
        _content(toml.read(base), area, period, matrix.languages)
        for area in matrix.area or (None,)
        for period in matrix.period or (None,)
    ]
    _apart(path.name, contents)
    return [_planned(path, base.parent, content) for content in contents]


def count(planned: list[Planned]) -> str:
    """How many studies there are, in how many languages."""
    languages = planned[0].study.languages
    return (
        f"{several(len(planned), 'study', 'studies')}, each in "
        f"{several(len(languages), 'language', 'languages')} ({', '.join(languages)})."
    )


def _content(
    base: Content, area: Place | None, period: Window | None, languages: tuple[str, ...]
) -> Content:
    """What the file of one study says."""
    own = dict(area.model_extra or {}) if area else {}
    left_out = area.without if area else ()
    told = {key: value for key, value in {**base, **own}.items() if key not in left_out}
    told["id"] = "-".join(part.id for part in (area, period) if part)
    if not area and period:
        told["id"] = f"{base['id']}-{period.id}"
    if languages:
        told["languages"] = list(languages)
    if period:
        date = {"date": period.date} if period.date else {}
        years = {"first_year": period.first_year, "last_year": period.last_year}
        told["period"] = {**base["period"], **years, **date}
    spoken = told.get("languages") or Study.model_fields["languages"].default
    told["title"] = {code: _title(told, area, period, code) for code in spoken}
    return told


def _title(told: Content, area: Place | None, period: Window | None, language: str) -> str:
    """The title of a study: that of its area, or the names of its territories, and its years."""
    if area and area.title is None and "territories" in (area.model_extra or {}):
        names = [_named(block, language) for block in told["territories"]]
        title = " – ".join(names)
    else:
        title = translated(area.title if area and area.title else told["title"], language)
    return f"{title}, {period.first_year}–{period.last_year}" if period else title


def _named(territory: object, language: str) -> str:
    """The name of a territory, wrong as it may be: whether it is one, the study says."""
    name = territory.get("name", "") if isinstance(territory, dict) else ""
    return translated(name, language) if isinstance(name, dict) and name else str(name)


def _apart(name: str, contents: list[Content]) -> None:
    """Raise unless every study has a name of its own, and differs by more than its name."""
    if len(contents) > MOST_STUDIES:
        raise UsageError(
            f"{name} makes {len(contents):,} studies; one matrix has at most {MOST_STUDIES:,}. "
            "Split it."
        )
    if same := sorted(twice([content["id"] for content in contents])):
        raise UsageError(
            f"{name} gives {several(len(same), 'id', 'ids')} to two studies each: {some(same)}. "
            "Give each area another `id`, and each period other years."
        )
    found: dict[str, str] = {}
    for content in contents:
        rest = {key: value for key, value in content.items() if key not in {"id", "title"}}
        other = found.setdefault(json.dumps(rest, sort_keys=True, default=str), content["id"])
        if other != content["id"]:
            raise UsageError(
                f"{name} makes one study twice, as {quoted(other)} and {quoted(content['id'])}: "
                "they differ by their names alone. Remove one area or period."
            )


def _planned(matrix: Path, folder: Path, content: Mapping[str, Any]) -> Planned:
    """One study, checked as its file will be."""
    file = folder / f"{content['id']}.toml"
    mark = MADE.format(name=quoted(matrix.name))
    text = mark + as_toml(content)
    study = checked(dict(content), file, f"{matrix.name}: the study {quoted(content['id'])}")
    if file.exists() and not file.read_text(encoding="utf-8", errors="replace").startswith(mark):
        raise UsageError(
            f"{matrix.name}: the study {quoted(content['id'])} would be written to {quoted(file)}, "
            "which another has written. Move that file, or give the area another `id`."
        )
    return Planned(file, text, study)
