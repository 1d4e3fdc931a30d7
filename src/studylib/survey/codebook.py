"""
What the columns and labels of a survey export mean: `codebook.toml` as a checked object.

    respondent = "id"           # column that tells submissions of one respondent apart; optional
    territory = "territory"     # column; without it every answer is of the one territory below
    submitted = "submitdate"    # column with the date of submission, empty for partial answers
    [territories]               # what stands in the column = territory of the study
    [asked]                     # territory = organisations that were asked, where known
    [[option]]                  # one per option of the question, with its canonical domain
    [themes]                    # theme or sector = column of a box, where the survey asks by theme

An option is a column of its own (LimeSurvey), or one of several answers in the cell of the
column `answers` (Google Forms, Excel); its labels in any language are found there.
"""

import re
import unicodedata
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from studylib.errors import quoted, some
from studylib.files.limits import twice
from studylib.language.given import translated
from studylib.study.toml_errors import load_toml
from studylib.study.value_types import Translated

Domain = Literal["innovation", "good_practice", "internationalisation", "training", "other"]
DOMAINS: tuple[Domain, ...] = (
    "innovation", "good_practice", "internationalisation", "training", "other",
)  # fmt: skip
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
# What exports write for a box that is ticked, and for one that is not (en, fr, es, eu).
YES = ("y", "yes", "o", "oui", "s", "sí", "si", "b", "bai", "x", "✓", "1", "true", "vrai",
       "verdadero", "egia", "checked", "selected")  # fmt: skip
NO = ("n", "no", "non", "e", "ez", "0", "false", "faux", "falso", "gezurra", "not selected")
APOSTROPHES = str.maketrans("’‘`´", "''''")


class Part(BaseModel):
    """A block of the codebook: unknown keys are refused, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Option(Part):
    """One option of the question and the domain it belongs to."""

    domain: Domain
    column: Line | None = None
    """Its own column; without one, it is looked for in the cells of `answers`."""
    label: Translated
    also: tuple[Line, ...] = ()
    """Answer codes and further spellings that mean it."""
    free_text: bool = False
    """Its column, or what no other option fits, holds words of the respondent."""

    @property
    def labels(self) -> list[str]:
        """Every spelling that means this option."""
        named = [self.label] if isinstance(self.label, str) else [*self.label.values()]
        return [*named, *self.also]


class Codebook(Part):
    """What the columns and labels of one survey export mean.  See `load`."""

    respondent: Line | None = None
    territory: Line | None = None
    submitted: Line | None = None
    answers: Line | None = None
    separators: tuple[Annotated[str, StringConstraints(min_length=1, max_length=3)], ...] = (
        ";",
        ",",
    )
    selected: tuple[Line, ...] = ()
    not_selected: tuple[Line, ...] = ()
    question: Translated = ""
    choice: Literal["single", "multiple"] = "multiple"
    partial: Literal["keep", "drop"] = "keep"
    territories: dict[Line, Line] = Field(min_length=1)
    asked: dict[Line, Annotated[int, Field(ge=1)]] = {}
    comments: tuple[Line, ...] = ()
    """Columns with free text to carry along."""
    numbers: dict[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")], Line] = {}
    """Name in the tables = column with numbers, decimal commas or points."""
    themes: dict[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")], Line] = {}
    """Theme or sector of the study = column of a box: would you work on it across the border?"""
    option: tuple[Option, ...] = Field(min_length=1)

    @field_validator("territories", "asked")
    @classmethod
    def _different(cls, named: dict[str, Any]) -> dict[str, Any]:
        keys = [key(name) for name in named]
        if same := sorted(twice(keys)):
            raise ValueError(f"the same label twice: {some(same)}")
        return named

    @model_validator(mode="after")
    def _complete(self) -> "Codebook":
        if self.territory is None and len(set(self.territories.values())) > 1:
            raise ValueError("needs `territory`, the column that tells the territories apart")
        in_cells = [o for o in self.option if o.column is None]
        if in_cells and self.answers is None:
            raise ValueError(
                f"option {quoted(translated(in_cells[0].label, 'en'))} needs a `column`, or "
                "`answers` must name the column whose cells hold the options"
            )
        if strange := sorted(set(self.asked) - set(self.territories.values())):
            raise ValueError(f"`asked` names territories that are not in it: {some(strange)}")
        meanings: dict[str, Option] = {}
        for option in in_cells:
            for label in option.labels:
                if meanings.setdefault(key(label), option) is not option:
                    raise ValueError(f"the label {quoted(label)} belongs to two options")
        return self

    def question_in(self, language: str) -> str:
        """The question in a language; empty where the codebook has none."""
        return translated(self.question, language)

    @property
    def columns(self) -> list[str]:
        """Every column the codebook names, each once, in its order."""
        options = [option.column for option in self.option]
        named = [self.respondent, self.territory, self.submitted, self.answers, *options]
        return list(dict.fromkeys(c for c in [*named, *self.comments, *self.numbers.values(),
                                    *self.themes.values()] if c))  # fmt: skip


def load(path: Path) -> Codebook:
    """
    The codebook of a file.

    Raises
    ------
    DataError
        The file is missing, is not TOML, or a key is unknown, wrong or lacking.
    """
    return load_toml(path, Codebook, "codebook")


def key(text: str) -> str:
    """
    A label without case, outer and repeated blanks and forms of apostrophes, to compare.

    >>> key("  Démarche  d’INTERNATIONALISATION ")
    "démarche d'internationalisation"
    """
    plain = unicodedata.normalize("NFKC", text).translate(APOSTROPHES)
    return re.sub(r"\s+", " ", plain).strip().casefold()
