"""
Sentences with computed numbers: what a page says about the data it was built on.

One module per section of a page, or page.  Every function takes an opened study (and finished tables) and
returns `Prose`, paragraphs in the page's language; a number never stands in them as typed.
"""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from studylib.say import border_areas as border_areas
    from studylib.say import collaboration as collaboration
    from studylib.say import data as data
    from studylib.say import data_limits as data_limits
    from studylib.say import diversification as diversification
    from studylib.say import frequent_kets as frequent_kets
    from studylib.say import groups as groups
    from studylib.say import kets as kets
    from studylib.say import kets_together as kets_together
    from studylib.say import leads as leads
    from studylib.say import ledger as ledger
    from studylib.say import list_errors as list_errors
    from studylib.say import nearness as nearness
    from studylib.say import neighbours as neighbours
    from studylib.say import not_counted as not_counted
    from studylib.say import observed as observed
    from studylib.say import opportunities as opportunities
    from studylib.say import patents as patents
    from studylib.say import published_shares as published_shares
    from studylib.say import side_pairs as side_pairs
    from studylib.say import survey as survey
    from studylib.say import survey_differences as survey_differences
    from studylib.say import teams_kept as teams_kept
    from studylib.say import technologies as technologies
    from studylib.say import theme_sides as theme_sides

ROOMS = frozenset(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))


def __getattr__(name: str) -> Any:
    if name in ROOMS:
        return import_module(f"studylib.say.{name}")
    raise AttributeError(f"studylib.say has no {name!r}; it has {', '.join(__dir__())}.")


def __dir__() -> list[str]:
    return sorted(ROOMS)
