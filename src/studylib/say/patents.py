"""Sentences of the patents page: how many, when, and how far that holds."""

import pandas as pd

from studylib.language import words
from studylib.language.counted import applications, units
from studylib.language.words import _, listing, ngettext, number, percent
from studylib.patents import complement, shares
from studylib.patents.dataset import Dataset
from studylib.report.labels import BASIS, DATE, UNIT, WEIGHTS, label
from studylib.report.prose import Prose, lack, prose
from studylib.say import kets, technologies
from studylib.say.frequent_kets import decimals, most_frequent, numbers_of_sides, shared_by_all
from studylib.show.provenance import is_made_up, marked, source, wholly


def headline(study: Dataset) -> Prose:
    """
    The answer: the KETs the sides share, where they differ, what stands out; on what it rests.

    It is no finding where a territory has a few classified patents only.
    """
    counts = shares.classified(study)
    total = _distinct_units(study)
    if not total:
        return prose(
            _("No patent of the data lies in the territories and the period of this study."),
            kind="headline",
        )
    names = [study.area_name(area) for area in study.territories]
    sides = listing(
        f"{study.area_name(str(row.area))} {number(row.n, decimals(study))}"
        for row in counts.itertuples()
    )
    said = {
        "units": units(study.rule.unit, total),
        "years": words.years(study.first_year, study.last_year),
    }
    rests_on = (
        _("The study rests on {units} of {years} in {area}.", area=names[0], **said)
        if len(names) == 1
        else _("The study rests on {units} of {years}: {sides}.", sides=sides, **said)
    )
    said_of = shared_by_all, kets.in_short, most_frequent, technologies.in_short
    finding, *others = [*filter(None, (say(study) for say in said_of))] or [""]
    told_by = _("Source: {source}", source=source(study, "patents", "ket"))
    return prose(
        finding,
        " ".join(others),
        f"{rests_on} {told_by}.",
        kind="headline",
        numbers=numbers_of_sides(study),
        made_up=wholly(study, "patents"),
        is_finding=bool(counts["n_with_ipc"].min() >= technologies.FEWEST),
    )


def counting(study: Dataset) -> Prose:
    """What is counted, where it lies, on which date."""
    rule = study.rule
    said = {
        "unit": label(UNIT, rule.unit),
        "basis": label(BASIS, rule.located_by),
        "date": label(DATE, rule.date),
        "weights": label(WEIGHTS, rule.weights),
    }
    return prose(
        _(
            "We count {unit}, located by {basis}, on the {date}, in {weights} counting. "
            "Whole counting puts a patent of two territories into both, so the territories may "
            "add up to more than the total; fractional counting divides it.",
            **said,
        )
        if len(study.territories) > 1
        else _("We count {unit}, located by {basis}, on the {date}.", **said),
        *_reference(study),
    )


def _reference(study: Dataset) -> list[str]:
    """What shares are compared with, or why with nothing."""
    reference = study.definition.reference
    if reference is None:
        return []
    if reason := complement.refused(study):
        return [_(reason)]
    name = study.area_name(reference.named("en"))
    if complement.outside(study).empty:
        return [
            _("No classified patent of {reference} lies outside the territories.", reference=name)
        ]
    if len(study.territories) == 1:
        return [
            _(
                "The rest of {reference} is {reference} without the territory, counted in the same "
                "way: a territory that is part of what it is compared with would look more like it.",
                reference=name,
            )
        ]
    return [
        _(
            "The rest of {reference} is {reference} without the territories, counted in the same "
            "way: a side that is part of what it is compared with would look more like it.",
            reference=name,
        )
    ]


def truncation(study: Dataset) -> Prose:
    """Which years are incomplete because publication takes 18 months."""
    table = shares.timeline(study)
    stray = shares.stray_years(study)
    aside = (
        _(
            "One date alone lies in {years}, more than {n} years after every other: it is taken "
            "for a typing error and not for the newest.",
            years=listing(map(str, stray)),
            n=number(shares.STRAY),
        )
        if stray
        else None
    )
    cut = sorted(table.loc[table["is_truncated"], "year"].unique())
    if shares.newest_year(study) is None:
        return prose(_("There is no application in the period."))
    if not cut:
        return prose(
            _(
                "The newest date in the data is {newest}, so every year of the window is published "
                "in full.",
                newest=str(shares.newest_year(study)),
            ),
            aside,
        )
    return prose(
        _(
            "An application is published 18 months after its first filing. The newest date in the "
            "data is {newest}, so {years} may be incomplete: a fall at the end means nothing.",
            newest=str(shares.newest_year(study)),
            years=words.years(cut[0], cut[-1]),
        ),
        aside,
    )


def robustness(study: Dataset) -> Prose:
    """How far the share with any KET moves with the way of counting."""
    table = shares.sensitivity_to_counting(study).dropna(subset="share")
    # Two ways that count the same, as families of one application each, are one way.
    table = table.drop_duplicates(["area", "n", "base", "located_by", "weights"])
    sentences = []
    for area in study.territories:
        own = table.loc[table["area"] == area, "share"]
        if own.empty:
            continue
        name, low, high = study.area_name(area), percent(own.min()), percent(own.max())
        if low == high:
            sentences.append(
                ngettext(
                    "{area}: the share with any KET is {low} in the only way of counting that can "
                    "be used.",
                    "{area}: the share with any KET is {low} in each of {n} ways of counting.",
                    len(own),
                    area=name,
                    low=low,
                )
            )
            continue
        sentences.append(
            ngettext(
                "{area}: the share with any KET lies between {low} and {high} over {n} way of "
                "counting.",
                "{area}: the share with any KET lies between {low} and {high} over {n} ways of "
                "counting.",
                len(own),
                area=name,
                low=low,
                high=high,
            )
        )
    return prose(*sentences)


def published_context(study: Dataset, totals: pd.DataFrame) -> Prose:
    """Which part of the published total the study looks at, or why that cannot be said."""
    if totals.empty:
        return lack(
            _(
                "Eurostat's totals count applications to the European Patent Office by inventor's residence. "
                "This study has no such count beside a total of each of its territories, so the part of the "
                "whole is not known."
            )
        )
    whole = totals.iloc[-1]
    said = {
        "applications": marked(study, applications(int(whole["n"])), "patents"),
        "share": percent(whole["share"]),
        "published": number(whole["published"], 1),
    }
    if is_made_up(study, "patents"):
        return prose(
            _(
                "This study has {applications} to the European Patent Office, as many as {share} of "
                "the {published} that Eurostat counts for the same territory, by year of priority "
                "in the same years. Made-up records are no part of these: nothing on this page may "
                "be scaled up to the whole.",
                **said,
            )
            if len(study.territories) == 1
            else _(
                "This study has {applications} to the European Patent Office, as many as {share} of "
                "the {published} that Eurostat counts for the same territories, by year of priority "
                "in the same years. Made-up records are no part of these: nothing on this page may "
                "be scaled up to the whole.",
                **said,
            )
        )
    return prose(
        _(
            "This study has {applications} to the European Patent Office, {share} of the {published} that Eurostat counts for "
            "the same territory, by year of priority in the same years: a part, and not drawn at random. Nothing on this "
            "page may be scaled up to the whole.",
            **said,
        )
        if len(study.territories) == 1
        else _(
            "This study has {applications} to the European Patent Office, {share} of the {published} that Eurostat counts for "
            "the same territories, by year of priority in the same years: a part, and not drawn at random. Nothing on this "
            "page may be scaled up to the whole.",
            **said,
        )
    )


def _distinct_units(study: Dataset) -> int:
    """How many units lie in the territories, each once."""
    here = study.units[study.units["area"].isin(study.territories)]
    return int(here["unit_id"].nunique())
