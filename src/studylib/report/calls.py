"""
The first calls of a front page: who, whom, where both are reached, why, what speaks against it.

    calls of the pages  --ready-->   the same, with links that lead somewhere and nothing twice
                        --of_all-->  what speaks against every one of them, to be said once

What a page says of its calls is untrusted: an address is a link only where it is one of the web.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from studylib.report import clean
from studylib.report.front_words import words

WEB = re.compile(r"https?://\S+")
Call = Mapping[str, Any]


def of_all(calls: Sequence[Call]) -> str:
    """The sentences that speak against every call alike; "" where none does, or of one call."""
    return " ".join(_shared(calls))


def _shared(calls: Sequence[Call]) -> list[str]:
    """The sentences against the first call that are said of every other too."""
    if len(calls) < 2:  # noqa: PLR2004 (what is said of one call stands with it)
        return []
    said = [_against(call) for call in calls]
    return [sentence for sentence in said[0] if all(sentence in own for own in said)]


def _against(call: Call) -> list[str]:
    """What speaks against a call, sentence by sentence."""
    told = call.get("against", ())
    return [told] if isinstance(told, str) else [str(sentence) for sentence in told]


def ready(calls: Sequence[Call]) -> list[dict[str, Any]]:
    """The calls as a template needs them; what is said of all of them is left out of each."""
    said = _shared(calls)
    return [_ready(call, said) for call in calls]


def _ready(call: Call, said_of_all: Sequence[str]) -> dict[str, Any]:
    """One call: every part of it, "" or nothing where it is not known."""
    texts = ("organisation", "partner", "why", "first_step")
    own = [sentence for sentence in _against(call) if sentence not in said_of_all]
    said = {key: str(call.get(key, "")) for key in texts}
    page = str(call.get("page", ""))
    ends = [_end(end, page) for end in call.get("ends", ())]
    return {
        **said,
        "against": " ".join(own),
        "ends": ends,
        "where": " → ".join(f"{end['place']} {end['shown']}" for end in ends),
    }


def _end(end: Mapping[str, Any], page: str) -> dict[str, str]:
    """An organisation: its name, where its card stands, its seat, its web page."""
    card, web = str(end.get("card", "")), str(end.get("website", ""))
    href = f"{page}#{card}" if card else ""
    return {
        "name": str(end["name"]),
        "href": href if clean.is_link(href) else "",
        "place": str(end.get("place", "")) or words()["no_seat"],
        "web": web if WEB.fullmatch(web) else "",
        "shown": _address(web) or f"({words()['no_web']})",
    }


def _address(web: str) -> str:
    """
    A web address as it is read out.

    >>> _address("https://www.hegan.com/")
    'www.hegan.com'
    """
    return web.removeprefix("https://").removeprefix("http://").rstrip("/")
