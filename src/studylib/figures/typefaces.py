"""
The letters that drawings and sheets are set in: those matplotlib ships, on every machine the same.

    text                --boxed-->    the same text, with a box for every letter no drawing can show
    document of typst,  --typeset-->  a file in these letters: PDF or PNG
    words and drawings
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

BOX = "□"


def typeset(document: bytes, said: Mapping[str, str], **how: Any) -> bytes:
    """
    A document of typst as a file, the same bytes each time; `how` names format and standard.

    What it says is handed over as data and never as typst's language, so that a name is a name.
    """
    import typst

    made = typst.compile(document, sys_inputs=dict(said), font_paths=_fonts(), **how)
    return bytes(made)


@cache
def _fonts() -> Any:
    """The typefaces for typst, and none of the machine."""
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[_folder()])


def boxed(text: str) -> str:
    """
    A text with a box for every letter our typeface lacks: a drawing must not say another one.

    >>> boxed("Nord ł 界")
    'Nord ł □'
    """
    there = _letters()
    return "".join(c if ord(c) in there or c.isspace() else BOX for c in text)


@cache
def _letters() -> frozenset[int]:
    """The letters of the typeface all words are set in."""
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(_folder() / "DejaVuSans.ttf")).get_charmap())


def _folder() -> Path:
    """Where matplotlib keeps its typefaces."""
    from matplotlib import get_data_path

    return Path(get_data_path()) / "fonts" / "ttf"
