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
    """What speaks against every call alike; "" where they differ or there is but one."""
    said = {str(call.get("against", "")) for call in calls}
    return said.pop() if len(calls) > 1 and len(said) == 1 else ""


def ready(calls: Sequence[Call]) -> list[dict[str, Any]]:
    """The calls as a template needs them; what is said of all of them is left out of each."""
    is_said = bool(of_all(calls))
    return [_ready(call, is_said=is_said) for call in calls]


def _ready(call: Call, *, is_said: bool) -> dict[str, Any]:
    """One call: every part of it, "" or nothing where it is not known."""
    texts = ("organisation", "partner", "why", "against", "first_step")
    said = {key: str(call.get(key, "")) for key in texts}
    page = str(call.get("page", ""))
    ends = [_end(end, page) for end in call.get("ends", ())]
    return {
        **said,
        "against": "" if is_said else said["against"],
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
