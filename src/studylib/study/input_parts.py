"""
The blocks of a study file that name its inputs: exports, tables with declared columns, a survey.

    [[sources]] Source   columns, separators, dates ... Table   [survey] SurveyInput
"""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import (
    field_validator,
    model_validator,
)

from studylib.errors import quoted

if TYPE_CHECKING:
    from studylib.readers.lists.declaration import Declaration

from studylib.study.value_types import CountryCode, Header, NutsVersion, Part, Separator, Text


class Table(Part):
    """What the columns of a table hold, and how its cells are written; see `declaration`."""

    columns: dict[str, Header | tuple[Header, ...]] = {}  # noqa: RUF012 (pydantic copies it)
    separators: dict[str, Separator] = {}  # noqa: RUF012 (pydantic copies it)
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
