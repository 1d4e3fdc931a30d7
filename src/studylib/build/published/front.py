"""
What stands above the pages of a study: its front page, the same as PDF, search, data described.

    what the pages say in short, their addresses  --pages-->  index.html, brief.pdf,
                                                              codebook.csv, dataset.jsonld, CSVW
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from studylib import tables
from studylib.build import checksums
from studylib.build.plan import Plan
from studylib.build.published import describe, searched
from studylib.build.published.about import facts, footer
from studylib.build.steps import banner_of, in_order, title_of
from studylib.language import given, in_language
from studylib.language.reviewers import note
from studylib.language.words import _, day
from studylib.report import brief, find, index
from studylib.report.front_words import words
from studylib.show.common import captions

CALLS = "tables/partners.xlsx"
Content = dict[str, bytes | Path]
Days = Mapping[str, str | None]
"""Pages that could not be built again, by path, and the day their data are of, if any."""


def pages(plan: Plan, language: str, content: Mapping[str, bytes | Path], days: Days) -> Content:
    """Everything above the pages of a language, by path; `content` holds the pages themselves."""
    shown = decision_of(plan, language)
    found = searched.found(plan, language, content)
    first = _first_page(plan, language, days, shown, content)
    return {
        f"{language}/index.html": first.encode(),
        f"{language}/brief.pdf": _pdf(plan, language, shown),
        **searched.files(plan, language, found),
        **_described(plan, language, content, found, shown),
    }


def decision_of(plan: Plan, language: str) -> brief.Decision:
    """
    What the front page of a study says in a language, from what its pages say in short.

    It asks the first question to which the study has an answer; where it has none, the first.
    """
    study = plan.study
    pages = [p for p in in_order(plan.pages) if p.language == language]
    answers = {p: brief.read(p.said) for p in pages if p.about.get("is_answer", True)}
    asked = [p for p, said in answers.items() if said.headline and said.is_finding]
    with in_language(language):
        first = next(iter([*asked, *answers]), None)
        question = title_of(first) if first else study.title_in(language)
        said = [told.on(p.html.name) for p, told in answers.items()]
        return brief.decision(question, said, facts(plan))


def first_finding(plan: Plan, language: str) -> str:
    """What the list of studies says of this one: the first finding of its front page."""
    return next(iter(decision_of(plan, language).findings), "")


def _pdf(plan: Plan, language: str, shown: brief.Decision) -> bytes:
    """The front page as one sheet of paper; it too says who has read its words."""
    with in_language(language):
        return brief.pdf(
            replace(shown, facts={**shown.facts, **note(language)}),
            title=plan.study.title_in(language),
            language=language,
            banner=banner_of(plan),
        )


def _first_page(
    plan: Plan,
    language: str,
    days: Days,
    shown: brief.Decision,
    content: Mapping[str, bytes | Path],
) -> str:
    """The front page of the study in a language: what it found, then the list of its pages."""
    study, has_calls = plan.study, f"{language}/{CALLS}" in content
    with in_language(language):
        return index.pages(
            [
                index.Entry(
                    title_of(page),
                    page.html.name,
                    brief.read(page.said).in_short(),
                    _of_which_day(page.path, days),
                )
                for page in in_order(plan.pages)
                if page.language == language
            ],
            title=study.title_in(language),
            language=language,
            lead=_("Each page answers one question and can be read on its own."),
            source=sources_of(plan, language),
            banner=banner_of(plan),
            footer=footer(plan, plan.pages),
            decision=shown,
            downloads=[
                ("brief.pdf", words()["pdf"]),
                (f"../{study.id}.zip", words()["zip"]),
                ("codebook.csv", words()["codebook"]),
                ("dataset.jsonld", words()["dataset"]),
            ],
            all_calls=[(CALLS, words()["all_calls"])] if has_calls else [],
        )


def _described(
    plan: Plan,
    language: str,
    content: Mapping[str, bytes | Path],
    found: Sequence[find.Found],
    shown: brief.Decision,
) -> Content:
    """CSVW beside each CSV of a language, its codebook, and the study as a Dataset."""
    places = {entry.href.partition("#")[2]: entry for entry in found}
    csv = {
        path.partition("/")[2]: body if isinstance(body, bytes) else body.read_bytes()
        for path, body in sorted(content.items())
        if path.startswith(f"{language}/") and path.endswith(".csv")
    }
    with in_language(language):
        by_file = {file: describe.columns_of(body) for file, body in csv.items()}
        made: Content = {
            f"{language}/{file}-metadata.json": describe.csvw(
                file,
                columns,
                title=place.words if place else file,
                source=place.source if place else "",
                language=language,
            ).encode()
            for file, columns in by_file.items()
            for place in [places.get(describe.place_of(file))]
        }
        study = plan.study
        made[f"{language}/codebook.csv"] = describe.codebook(by_file).encode()
        made[f"{language}/dataset.jsonld"] = describe.dataset(
            title=study.title_in(language),
            question=shown.question,
            language=language,
            period=(study.period.first_year, study.period.last_year),
            places=[area.named(language) for area in study.territories],
            publisher=given.translated(study.publisher, language) if study.publisher else "",
            release=checksums.of_data(plan),
            files=by_file,
        ).encode()
    return made


def _of_which_day(path: str, days: Days) -> str:
    """What stands beside a page in the list where it could not be built again."""
    if path not in days:
        return ""
    told = days[path]
    if told is None:
        return _("Could not be built")
    return _("With the data read on {day}", day=day(date.fromisoformat(told)))


def sources_of(plan: Plan, language: str) -> str:
    """The captions of the study's inputs in a language, each once."""
    said = captions(tables.read("sources", plan.folder), language)
    with in_language(language):
        return _("Source: {source}", source=said[:1].upper() + said[1:]) if said else ""
