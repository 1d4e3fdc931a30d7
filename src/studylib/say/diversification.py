"""Sentences of the diversification page: what is real, what records show, what is near."""

from collections.abc import Callable

import pandas as pd

from studylib.diversify import complementarity, published_sections, specialisation
from studylib.language.words import _, interval, listing, ngettext, number, years
from studylib.patents import complement
from studylib.patents.dataset import Dataset
from studylib.report.labels import section_name
from studylib.report.prose import Prose, lack, prose
from studylib.say import front_numbers, neighbours
from studylib.say.records_shown import fields_shown, sectors_shown


def headline(study: Dataset) -> Prose:
    """Where each side is specialised, among all applications and in the records; what is added."""
    all_filed = published_sections.section_specialisation(study)
    real = section_sentence(study, all_filed, _briefly)
    records = fields_shown(study, specialisation.specialisation(study, "field_id"))
    records = " ".join(filter(None, [records, sectors_shown(study) if records else ""]))
    if not (real or records):
        return prose(
            _without(study),
            kind="headline",
            is_finding=False,
        )
    added = complementarity.complementarity(study)
    return prose(
        real or records,
        records if real else None,
        neighbours.complementarity(study, added).paragraphs[0] if len(added) else None,
        kind="headline",
        numbers=front_numbers.most_filed(study, all_filed),
    )


def _without(study: Dataset) -> str:
    """Why nothing is said of specialisation."""
    if study.definition.reference is None:
        return _(
            "Nothing can be said of specialisation: the study file names no reference to compare with."
        )
    return _(
        "Nothing can be said of specialisation: the records hold nothing outside the study’s own "
        "borders to compare with."
    )


def section_sentence(
    study: Dataset, sections: pd.DataFrame, how: Callable[[pd.Series], str]
) -> str:
    """The sections each territory files more in, of all applications; nothing without figures."""
    parts = []
    for area in study.territories:
        own = sections[(sections["area"] == area) & (sections["quotient"] > 1)]
        shown = own[own["verdict"] == "shown"].sort_values("quotient", ascending=False)
        if len(shown):
            parts.append(
                _(
                    "in {area}, {parts}",
                    area=study.area_name(area),
                    parts=listing(map(how, _rows(shown))),
                )
            )
    if not len(sections):
        return ""
    if not parts:
        return _(
            "Among all applications to the European Patent Office ({scope}) no section is shown to "
            "be more frequent than elsewhere.",
            scope=_published_scope(study, sections),
        )
    return _(
        "Larger shares than in the rest of {reference}, by section of all applications to the "
        "European Patent Office ({scope}): {parts}.",
        reference=_reference(study),
        parts=_("; ").join(parts),
        scope=_published_scope(study, sections),
    )


def _published_scope(study: Dataset, sections: pd.DataFrame) -> str:
    """Years, source, and how many applications of each territory were counted."""
    bases = sections.groupby("area", sort=False)["base"].first()
    return _(
        "{years}, Eurostat: {parts}",
        years=years(*published_sections.YEARS),
        parts=listing(f"{study.area_name(str(area))} {number(n)}" for area, n in bases.items()),
    )


def _rows(frame: pd.DataFrame) -> list[pd.Series]:
    return [row for _i, row in frame.iterrows()]


def _briefly(row: pd.Series) -> str:
    """A section with its ratio."""
    return _(
        "{section} ({ratio} times)",
        section=section_name(row["section"]),
        ratio=number(row["quotient"], 1),
    )


def _section(row: pd.Series) -> str:
    """A section with its ratio and interval, as in its table: 1.03 is not 1.0."""
    return _(
        "{section} ({ratio} times; 95% interval {interval})",
        section=section_name(row["section"]),
        ratio=number(row["quotient"], 2),
        interval=interval(row["low"], row["high"], 2, as_percent=False),
    )


def sections(study: Dataset, found: pd.DataFrame) -> Prose:
    """What stands above and below, and against the reference as a whole."""
    if study.definition.reference is None:
        return lack("")  # `records` says that there is none
    if not len(found):
        return lack(
            _(
                "Eurostat's table by section does not have every territory and country of this "
                "study, so all applications cannot be compared."
            )
        )
    below = found[(found["verdict"] == "shown") & (found["quotient"] < 1)]
    return prose(
        section_sentence(study, found, _section),
        _(
            "Smaller shares: {parts}.",
            parts=_("; ").join(
                f"{study.area_name(r['area'])}, {_section(r)}" for r in _rows(below)
            ),
        )
        if len(below)
        else None,
        _with_them(study, found.sort_values("quotient", ascending=False).iloc[0]),
    )


def _with_them(study: Dataset, top: pd.Series) -> str:
    """What the largest ratio would be against a reference that holds the territories too."""
    said = {
        "section": section_name(top["section"]),
        "area": study.area_name(top["area"]),
        "whole": number(top["quotient_whole"], 2),
        "ratio": number(top["quotient"], 2),
    }
    if len(study.territories) == 1:
        return _(
            "The rest leaves the territory out of its own reference. With it in the reference the "
            "largest ratio, {section} in {area}, reads {whole} and not {ratio}.",
            **said,
        )
    return _(
        "The rest leaves the territories out of their own reference. With them in it the "
        "largest ratio, {section} in {area}, reads {whole} and not {ratio}.",
        **said,
    )


def records(study: Dataset, found: pd.DataFrame) -> Prose:
    """What the records of the study show, field by field, and how much they could show."""
    if found.empty:
        return lack(_nothing_outside(study))
    above = int((found["quotient"] > 1).sum())
    return prose(
        fields_shown(study, found),
        ngettext(
            "A ratio above 1 is no specialisation: {n} of {all} lies above 1, and where nothing is "
            "different about half would.",
            "A ratio above 1 is no specialisation: {n} of {all} lie above 1, and where nothing is "
            "different about half would.",
            above,
            all=number(int(found["quotient"].notna().sum())),
        ),
    )


def _nothing_outside(study: Dataset) -> str:
    """Why the records are compared with nothing."""
    if reference := study.definition.reference:
        if reason := complement.refused(study):
            return _(reason)
        return _(
            "No classified patent of {reference} lies outside the territories.",
            reference=reference.named(study.language),
        )
    if len(study.territories) == 1:
        return _(
            "The study names no reference outside its territory, so specialisation is not told."
        )
    return _(
        "The study names no reference outside the territories, so specialisation is not told. "
        "Against the territories taken together, one side would be above where the other is below: "
        "one comparison shown twice. The page on patents compares the sides with each other."
    )


def _reference(study: Dataset) -> str:
    """The reference as named on the page."""
    reference = study.definition.reference
    return reference.named(study.language) if reference else ""
