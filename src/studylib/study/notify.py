"""
Whom to tell how builds go: the block `[notify]` of a study file, or a file of its own.

    to = ["mailto:team@example.org", "https://hooks.example.org/study"]   command = ["notify-send"]
    on = ["failed", "recovered", "changed", "overdue"]   change = 0.05    overdue_days = 8
    smtp = "localhost:25"                                sender = "study@example.org"

Nothing of it stands on a page or in `results.json`.  Passwords are no part of it: they stand in
the environment.
"""

import re
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError, field_validator

from studylib.errors import UsageError, quoted, some
from studylib.study.value_types import Part

MAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")
Event = Literal["failed", "recovered", "changed", "overdue"]
KNOWN: tuple[Event, ...] = ("failed", "recovered", "changed", "overdue")
Server = Annotated[str, StringConstraints(pattern=r"^[\w.\-\[\]:]+:\d{1,5}$")]


class Notify(Part):
    """Whom to tell, of what, and through which mail server."""

    to: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    on: tuple[Event, ...] = KNOWN
    change: float = Field(default=0.0, ge=0, allow_inf_nan=False)
    """A number is told that differs by more than this part of its old value; 0: whatever changed"""
    overdue_days: int = Field(default=8, ge=1, le=10_000, strict=True)
    smtp: Server = "localhost:25"
    sender: str = "studylib@localhost"

    @field_validator("to")
    @classmethod
    def _known(cls, addresses: tuple[str, ...]) -> tuple[str, ...]:
        """Each is an address of mail, of the web, or one of a service that apprise knows."""
        for address in addresses:
            kind, _colon, rest = address.partition(":")
            if not rest.strip("/") or not re.fullmatch(r"[a-z][a-z0-9+.-]*", kind):
                raise ValueError(
                    f"{quoted(address)} is no address like mailto:team@example.org or "
                    "https://hooks.example.org/study"
                )
            if kind == "mailto" and not MAIL.fullmatch(rest):
                raise ValueError(f"{quoted(address)} is no address of mail")
        return addresses

    @field_validator("sender")
    @classmethod
    def _is_mail(cls, address: str) -> str:
        """Mail comes from an address."""
        if not MAIL.fullmatch(address):
            raise ValueError(f"{quoted(address)} is no address of mail")
        return address


def checked(said: object, name: str) -> Notify:
    """
    What a block says.

    Raises
    ------
    UsageError
        A key is unknown or wrong; the first one is named.
    """
    try:
        return Notify.model_validate(said)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the block"
        message = first["msg"].removeprefix("Value error, ")
        known = some(Notify.model_fields, most=len(Notify.model_fields))
        raise UsageError(
            f"{quoted(name)}: `[notify]` has a mistake in `{where}`: {message}. Known are {known}."
        ) from None
