"""Sentences of the patents page: how many, when, and how far that holds."""

import pandas as pd

from studylib.language import words
from studylib.language.counted import applications, units
from studylib.language.given import in_sentence
from studylib.language.words import _, listing, ngettext, number, percent
from studylib.patents import complement, shares
from studylib.patents.dataset import Dataset
from studylib.report.labels import BASIS, DATE, UNIT, WEIGHTS, label
from studylib.report.prose import Prose, prose
from studylib.say import kets, technologies
from studylib.show.provenance import marked, source


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
    sides = listing(
        f"{study.area_name(str(row.area))} {number(row.n, _digits(study))}"
        for row in counts.itertuples()
    )
    rests_on = _(
        "The study rests on {units} of {years}: {sides}.",
        units=units(study.rule.unit, total),
        years=words.years(study.first_year, study.last_year),
        sides=sides,
    )
    finding = (
        _shared(study),
        kets.in_short(study),
        _most_frequent(study),
        technologies.in_short(study),
    )
    told_by = _("Source: {source}", source=source(study, "patents", "ket"))
    return prose(
        " ".join(filter(None, finding)),
        f"{rests_on} {told_by}.",
        kind="headline",
        numbers=_number(study),
        is_finding=bool(counts["n_with_ipc"].min() >= technologies.FEWEST),
    )


def _number(study: Dataset) -> list[tuple[str, str]]:
    """The most frequent KET of each territory of some size; none where one patent or a tie leads."""
    told = []
    per_ket = shares.ket_shares(study)
    for area in study.territories:
        own = per_ket[(per_ket["area"] == area) & (per_ket["n"] > 1)]
        first = own[own["n"] == own["n"].max()]
        for row in first[(first["base"] >= kets.SMALL_BASE) & (len(first) == 1)].itertuples():
            counted = _("{n} of {all}", n=number(row.n, _digits(study)),
                        all=number(row.base, _digits(study)))  # fmt: skip
            what = _(
                "patents of {area} carry {ket}, its most frequent key enabling technology ({share})",
                area=study.area_name(area),
                ket=in_sentence(study.ket_name(row.ket)),
                share=percent(row.share, 0),
            )
            told.append((counted, marked(study, what, "patents")))
    return told


def _shared(study: Dataset) -> str:
    """How many KETs are carried on every side; nothing where there is one side, or no base."""
    here = shares.ket_shares(study)
    here = here[here["area"].isin(study.territories)]
    if len(study.territories) == 1 or not (here["base"] > 0).all():
        return ""
    everywhere = here.groupby("ket", observed=True)["n"].min() > 0
    n = int(everywhere.sum())
    if not n:
        return _("No key enabling technology is carried by patents of every territory.")
    if n == len(everywhere):
        return ngettext(
            "Patents of every territory carry the one key enabling technology.",
            "Patents of every territory carry all {n} key enabling technologies.",
            n,
        )
    return ngettext(
        "{n} of the {all} key enabling technologies is carried by patents of every territory.",
        "{n} of the {all} key enabling technologies are carried by patents of every territory.",
        n,
        all=number(len(everywhere)),
    )


def _most_frequent(study: Dataset) -> str:
    """Which KET is most frequent on each side, with its interval."""
    per_ket = shares.ket_shares(study)
    first = {}
    for area in study.territories:
        own = per_ket[(per_ket["area"] == area) & (per_ket["n"] > 0)]
        first[area] = own[own["n"] == own["n"].max()]
    same = {tuple(top["ket"]) for top in first.values()}
    if len(first) > 1 and len(same) == 1 and len(next(iter(same))) == 1:
        return _(
            "The most frequent key enabling technology is the same everywhere, {ket}: {shares}.",
            ket=in_sentence(study.ket_name(next(iter(same))[0])),
            shares=_("; ").join(
                f"{study.area_name(area)} {_share(top.iloc[0])}" for area, top in first.items()
            ),
        )
    bases = per_ket.groupby("area", observed=True)["base"].max()
    parts = [_leader(study, area, top, float(bases[area])) for area, top in first.items()]
    return _("Most frequent key enabling technology: {parts}.", parts=_("; ").join(parts))


def _leader(study: Dataset, area: str, top: pd.DataFrame, base: float) -> str:
    """The KETs that come first in a territory, with their share."""
    name = study.area_name(area)
    if not base > 0:  # nothing is known: unclassified is not "no KET"
        return _("{area}: nothing is classified", area=name)
    if top.empty:
        return _("{area}: no KET (0 of {base})", area=name, base=number(base, _digits(study)))
    share, named = _share(top.iloc[0]), [in_sentence(study.ket_name(key)) for key in top["ket"]]
    if len(named) > 1:
        return _("{area}: {kets}, each {share}", area=name, kets=listing(named), share=share)
    return _("{area}: {ket}, {share}", area=name, ket=named[0], share=share)


def _share(row: pd.Series) -> str:
    """A row of shares as n of base, with its interval."""
    return words.share_words(row["n"], row["base"], row["low"], row["high"])


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
            "Whole counting puts a family of two territories into both, so the territories may "
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
    sentences = []
    for area in study.territories:
        own = table.loc[table["area"] == area, "share"]
        if own.empty:
            continue
        name, low, high = study.area_name(area), percent(own.min()), percent(own.max())
        if low == high:
            sentences.append(
                _("{area}: the share with any KET is {low} in every way of counting.",
                  area=name, low=low)
            )  # fmt: skip
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
        return prose(
            _(
                "Eurostat's totals count applications to the European Patent Office by inventor's residence. "
                "This study has no such count beside a total of each of its territories, so the part of the "
                "whole is not known."
            )
        )
    whole = totals.iloc[-1]
    return prose(
        _(
            "This study has {applications} to the European Patent Office, {share} of the {published} that Eurostat counts for "
            "the same territories, by year of priority in the same years: a part, and not drawn at random. Nothing on this "
            "page may be scaled up to the whole.",
            applications=marked(study, applications(int(whole["n"])), "patents"),
            share=percent(whole["share"]),
            published=number(whole["published"], 1),
        )
    )


def _distinct_units(study: Dataset) -> int:
    """How many units lie in the territories, each once."""
    here = study.units[study.units["area"].isin(study.territories)]
    return int(here["unit_id"].nunique())


def _digits(study: Dataset) -> int:
    """Decimals of a count: fractional counts are no whole numbers."""
    return 1 if study.rule.weights == "fractional" else 0
