"""
What `sources.toml` may say: one entry per input, checked when it is read.

Captions of figures and tables, licences and the banner over synthetic data come from here.
"""

from pathlib import Path
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
)

from studylib.errors import DataError, quoted, some
from studylib.files.limits import twice
from studylib.study.toml_errors import load_toml
from studylib.study.value_types import Translated

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


def _below(name: str) -> str:
    """A relative name that stays below the folder of the register."""
    if name.startswith("/") or ":" in name or "\\" in name or ".." in name.split("/"):
        raise ValueError(f"{quoted(name)} is not a path below the register's folder")
    return name


FileName = Annotated[Line, AfterValidator(_below)]


Rate = Annotated[float, Field(gt=0, le=1)]
WebPage = Annotated[str, StringConstraints(pattern=r"^https://[^\s\"'<>]+$", max_length=300)]


class SamplingRate(BaseModel):
    """The part of all records that a sample holds, in the territories of a study and elsewhere."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    territories: Rate
    elsewhere: Rate


class Entry(BaseModel):
    """One input: a file or a few that belong together."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^\S(.*\S)?$", max_length=200)]
    title: Translated
    producer: Line
    licence: Line
    date: Line
    synthetic: bool
    sampling_rate: SamplingRate | None = None
    """Of all records there are, the part these are; nothing: not known, taken to be the same."""
    what_it_is: Line
    what_it_is_not: Line
    citation: Line
    caption: Translated
    web: tuple[WebPage, ...] = Field(default=(), max_length=10)
    """Where a reader finds the source itself."""
    files: tuple[FileName, ...] = Field(min_length=1)
    """Patterns below the folder of the register."""
    sha256: dict[FileName, Sha256] = {}
    registered: bool = True
    """False for the generated entry of an input that nobody registered."""


class Register(BaseModel):
    """All registered inputs, in the order of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: tuple[Entry, ...]

    @field_validator("source")
    @classmethod
    def _different(cls, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        names = [entry.id for entry in entries]
        if same := sorted(twice(names)):
            raise ValueError(f"two sources have the same id: {some(same)}")
        return entries

    def entry(self, source_id: str) -> Entry:
        """The entry of an id; DataError names the known ones if there is none."""
        for entry in self.source:
            if entry.id == source_id:
                return entry
        known = some([entry.id for entry in self.source], most=20)
        raise DataError(f"There is no source {quoted(source_id)} in the register. Known: {known}.")

    def is_synthetic(self, source_id: str) -> bool:
        """Whether the source was made up for demonstration."""
        return self.entry(source_id).synthetic

    def find(self, path: Path, root: Path) -> Entry | None:
        """The entry a file, or a folder of its files, belongs to; None if it is in none."""
        try:
            name = path.resolve().relative_to(root.resolve()).as_posix()
        except ValueError:
            return None
        for entry in self.source:
            if any(file == name or file.startswith(name + "/") for file in entry.sha256):
                return entry
        return None


def load_register(path: Path) -> Register:
    """
    The register of a file.

    Raises
    ------
    DataError
        The file is missing, is not TOML, or an entry lacks something or says something unknown.
    """
    return load_toml(path, Register, "register of inputs")
