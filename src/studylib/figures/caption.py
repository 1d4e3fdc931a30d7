"""The words around a drawing: text of the page, which can be read aloud, found and copied."""

from dataclasses import dataclass
from typing import Required, TypedDict

from studylib.errors import UsageError
from studylib.files.attached import check_name


class CaptionTexts(TypedDict, total=False):
    """
    The arguments every figure takes for its caption, in the language of the page.

    title: the finding.  alt: what is seen, for those who do not see it.  measure: what is
    measured.  note: how to read it.  source: who it comes from.  name: of the files beside the
    page, "" for none.
    """

    title: Required[str]
    alt: Required[str]
    measure: str
    note: str
    source: str
    name: str


@dataclass(frozen=True)
class Caption:
    """What stands around a drawing; see `CaptionTexts`."""

    title: str
    alt: str
    measure: str = ""
    note: str = ""
    source: str = ""
    name: str = ""

    def __post_init__(self) -> None:
        check_name(self.name)
        if not self.alt.strip() or not self.title.strip():
            raise UsageError(f"A figure needs a title and an alt text (title: {self.title!r}).")
