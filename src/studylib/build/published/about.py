"""
What every page says of itself at its end: the study, its licences, what it was made of.

    study file, register, prepared tables  --facts-->   period, date, release, publisher, citation
                                           --footer-->  these, links, inputs with checksums, method

All of it follows from what was prepared, so that a page stays true for as long as it is not made
anew.  What changed since the build before does not: it stands on a page beside the releases
(`build/published/news.py`), to which every page leads.
"""

import json
import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from studylib import tables
from studylib.build import checksums
from studylib.build.plan import Plan
from studylib.build.published.page import Page
from studylib.language import given, in_use
from studylib.language.reviewers import note
from studylib.language.words import _, day, years
from studylib.show.provenance import reference_entries, shown_checksum
from studylib.study import sources

if TYPE_CHECKING:
    from studylib.report.page import Facts

ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
MIT = "https://opensource.org/license/mit"


def facts(plan: Plan) -> dict[str, str]:
    """Period, date, release, publisher, contact and citation of the study; only what is known."""
    study, code = plan.study, in_use()
    publisher, contact, update = (
        given.translated(text, code) if text else ""
        for text in (study.publisher, study.contact, study.next_update)
    )
    release = checksums.of_data(plan)
    cite = _("{who}: {title}. Data {release}.", who=publisher, title=study.title_in(code),
             release=release)  # fmt: skip
    cite = f"{cite} {study.published(code)}" if study.address else cite
    told = {
        _("Period"): years(study.period.first_year, study.period.last_year),
        _("Date of the data"): _date_of_data(plan),
        _("Next update"): update,
        _("Release of the data"): release,
        _("Publisher"): publisher,
        _("Contact"): contact,
        _("How to cite"): cite if publisher else "",
    }
    return {name: text for name, text in told.items() if text}


def _date_of_data(plan: Plan) -> str:
    """The newest date the register tells of the inputs; "" where none is told."""
    study = plan.study
    if not study.register_file:
        return ""
    used = set(tables.read("sources", plan.folder)["source_id"])
    entries = sources.load_register(study.path(study.register_file)).source
    told = [entry.date for entry in entries if entry.id in used and ISO_DAY.fullmatch(entry.date)]
    return day(date.fromisoformat(max(told))) if told else ""


def footer(plan: Plan, pages: Sequence[Page]) -> "dict[str, Facts]":
    """Where some pages come from, in the language in use: study, inputs, method, licences."""
    files = tables.read("sources", plan.folder)
    return {
        _("This study"): facts(plan),
        _("To follow and to take along"): _links(plan.study.id),
        **note(in_use()),
        _("Sources of the study on the web"): _on_the_web(plan),
        _("Inputs"): {
            f"{row.file} (SHA-256)": shown_checksum(str(row.sha256)) for row in files.itertuples()
        },
        _("Method"): versions(plan, pages),
        _("Licences"): _(
            "Code under MIT, text and figures under CC BY 4.0; each input under its own licence."
        ),
    }


def _links(study_id: str) -> list[tuple[str, str]]:
    """What changed, the study as a file, the licences: words and address."""
    return [
        (_("What changed since the last build"), f"../../{study_id}.changes.{in_use()}.html"),
        (_("The whole study to take along (ZIP)"), f"../{study_id}.zip"),
        (_("Licence of text and figures (CC BY 4.0)"), CC_BY),
        (_("Licence of the code (MIT)"), MIT),
    ]


def _on_the_web(plan: Plan) -> list[tuple[str, str]]:
    """Where readers find the sources themselves: title and address, each address once."""
    study = plan.study
    own = (
        sources.load_register(study.path(study.register_file)).source if study.register_file else ()
    )
    used = set(tables.read("sources", plan.folder)["source_id"])
    entries = [entry for entry in own if entry.id in used] + reference_entries()
    named = {
        address: given.translated(entry.title, in_use())
        for entry in reversed(entries)
        for address in reversed(entry.web)
    }
    return [
        (f"{title} – {address.removeprefix('https://')}", address)
        for address, title in reversed(named.items())
    ]


def versions(plan: Plan, pages: Sequence[Page]) -> dict[str, str]:
    """The libraries whose code computed the figures of some pages, or read what they rest on."""
    from studylib.report.banner import roles

    read = json.loads(plan.prepared.read_text(encoding="utf-8"))["libraries"]
    names: set[str] = set()
    for page in filter(lambda page: page.executed.is_file(), pages):
        ran = json.loads(page.executed.read_text(encoding="utf-8"))["metadata"]
        names = names.union(ran["libraries"], *(read.get(role, []) for role in roles(page.about)))
    return {name: _version(name) for name in ["studylib", *sorted(names)]}


@cache
def _version(library: str) -> str:
    """The version that is installed."""
    from importlib.metadata import version

    return version(library)
