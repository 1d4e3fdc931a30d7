"""
What a public text says of the study, claim by claim, to be re-checked; never mixed with our data.

Where the text comes from and under which licence stands in ``data/raw/sources.toml``.
"""

import re
from pathlib import Path
from typing import Annotated, Any, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from studylib.errors import DataError, quoted, some
from studylib.files.limits import twice
from studylib.patents.eurostat import published_folder
from studylib.study.toml_errors import load_toml
from studylib.study.value_types import DateBasis, Language, LocatedBy, Unit

IN = re.compile("in_[a-z]{2,3}$")
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]


class Counted(BaseModel):
    """What a published number counts, as far as its text says; a study counts the same, or not."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    first_year: int | None = None
    last_year: int | None = None
    date: DateBasis | None = None
    unit: Unit | None = None
    located_by: LocatedBy | None = None
    office: Line | None = None
    """Offices of filing, joined by +: `EP`, `EP+WO`."""


class Claim(BaseModel):
    """One claim of a public text; see `claims`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]
    kind: Literal["share", "count", "statement"]
    topic: Literal["survey", "patents", "collaboration", "cooperation"]
    territory: Line = "both"
    """A territory of the study, or "both" for all of them."""
    domain: Line | None = None
    value: float | None = Field(default=None, ge=0)
    digits: int = Field(default=0, ge=0, le=4)
    """Decimals as printed; of a percentage for shares."""
    counted: Counted | None = None
    """Of a count: what was counted; a key the text does not tell is left out."""
    test: Line | None = None
    """How a statement is tested: a name in `survey.claim_tests.TESTS`; without one it is not."""
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] = "fr"
    wording: Line
    said: dict[Language, Line] = Field(default_factory=dict, alias="in")
    """The wording in other languages, for their pages: `in_en`, `in_fr` and so on in the file."""
    citation: Line

    @model_validator(mode="before")
    @classmethod
    def _gathered(cls, claim: Any) -> Any:
        """The keys `in_en`, `in_fr` of the file as one, by language."""
        if not isinstance(claim, dict) or "in" in claim:
            return claim
        said = {key.removeprefix("in_"): text for key, text in claim.items() if IN.match(key)}
        return {**{k: v for k, v in claim.items() if not IN.match(k)}, "in": said}


class Claims(BaseModel):
    """The claims of a file, in its order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    claim: tuple[Claim, ...] = ()


def claims(path: Path | None = None) -> pd.DataFrame:
    """
    What the study's source page says, to be re-checked.

    Returns
    -------
    One row per claim, in the order of the page: id, kind (share | count | statement), topic,
    territory, domain (of interest, for survey shares), value (shares in 0..1; missing for
    statements and for the share the page does not print), digits (printed decimals), test,
    language, wording (quoted), citation, and in_en, in_fr ... (the same in that language).

    Raises
    ------
    DataError
        The file is missing, is not TOML, an entry is not a claim, or two claims share an id.
    """
    path = path if path is not None else published_folder() / "claims.toml"
    listed = load_toml(path, Claims, "file of claims").claim
    if not listed:
        raise DataError(f"{quoted(path.name)} holds no [[claim]].")
    names = [claim.id for claim in listed]
    if same := sorted(twice(names)):
        raise DataError(f"{quoted(path.name)} has claims with the same id: {some(same)}.")
    rows = [{**claim.model_dump(), "counted": _as_text(claim.counted)} for claim in listed]
    table = pd.DataFrame(rows, columns=[key for key in Claim.model_fields if key != "said"])
    for code in sorted({code for claim in listed for code in claim.said}):
        table[f"in_{code}"] = [claim.said.get(code) for claim in listed]
    return table


def _as_text(counted: Counted | None) -> str | None:
    """What was counted, as it stands in the table: `date=filing; first_year=2000`."""
    if counted is None:
        return None
    told = counted.model_dump(exclude_none=True)
    return "; ".join(f"{key}={told[key]}" for key in sorted(told))


def said_of(counted: str | None) -> dict[str, str]:
    """
    What a claim says of its count, key by key.

    >>> said_of("date=filing; first_year=2000")
    {'date': 'filing', 'first_year': '2000'}
    """
    return dict(part.split("=", 1) for part in counted.split("; ")) if counted else {}
