"""Sentences on what lies near: what it foretells, and what the neighbour adds."""

import pandas as pd

from studylib.diversify import corpus, own_test
from studylib.diversify.metro_names import metro_name
from studylib.ket.fields import field_name
from studylib.language.counted import (
    classes,
    fields,
    metropolitan_areas,
    regions,
)
from studylib.language.given import in_sentence
from studylib.language.words import _, listing, ngettext, number, percent
from studylib.patents.dataset import Dataset
from studylib.report.prose import Prose, lack, prose
from studylib.show.common import is_made_up, p_value
from studylib.stats.power import LEVEL

NAMED = 3  # technologies a sentence names; of more it says how many


def foretelling(study: Dataset, test: pd.DataFrame) -> Prose:
    """What relatedness is worth, in words a cluster manager understands; or that nobody knows."""
    asked = own_test.trial(study)
    if asked is not None and asked.reason:
        return prose(untried(study))
    auc, precision = (
        dict(zip(test["model"], test[column].astype(float), strict=True))
        for column in ("auc_within", "precision")
    )
    says = {
        "with_it": percent(precision["with_density"]),
        "without": percent(precision["without_density"]),
        "base": percent(test["base"].max()),
        "areas": (metropolitan_areas if asked is None else regions)(int(test["n_regions"].max())),
        "classes": classes(int(test["n_classes"].max())),
    }
    return prose(
        _(
            "Before anything is said to be near: take two classes that an area did not hold, one "
            "of which it took up later. Relatedness alone ranks that one higher in {density} of "
            "such pairs, how common it is elsewhere in {ubiquity}, how common it is together with "
            "how many classes the area holds and its patents so far in {plain}, and with "
            "relatedness added in {related}; chance gives 50%.",
            density=percent(auc["density"]),
            ubiquity=percent(auc["ubiquity"]),
            plain=percent(auc["without_density"]),
            related=percent(auc["with_density"]),
        ),
        _(
            "So relatedness adds something, but not much: averaged down the ranking of all areas, "
            "{with_it} of the classes were taken up instead of {without}, and {base} of "
            "all were. This rests on {areas} and {classes}.",
            **says,
        )
        if auc["with_density"] > auc["without_density"]
        else _(
            "So here relatedness adds nothing: averaged down the ranking of all areas, {with_it} of the classes "
            "were taken up with it and {without} without, and {base} of all were. This rests on "
            "{areas} and {classes}. What is said of density below describes, and foretells nothing.",
            **says,
        ),
    )


def untried(study: Dataset) -> str:
    """Why nothing is said of density from the study's own corpus."""
    asked = own_test.trial(study)
    if asked is None or not asked.reason:
        return ""
    if asked.reason == "one_period":
        return _(
            "The study’s own corpus has no column for the period, so what nearness foretells in it "
            "cannot be tried, and nothing is said of what lies near or of what the neighbour adds. "
            "A corpus made by regional_counts has two periods."
        )
    return _(
        "The study’s own corpus is too small to try what nearness foretells: {regions} with at "
        "least {records} records in each period, and {classes}; it takes {fewest} and {entries}. "
        "So nothing is said of what lies near or of what the neighbour adds.",
        regions=regions(asked.n_regions),
        records=number(own_test.FEWEST),
        classes=_taken_up(asked.n_entries),
        fewest=regions(corpus.FEWEST),
        entries=_taken_up(own_test.FEWEST_ENTRIES),
    )


def _taken_up(n: int) -> str:
    """Classes that regions came to hold."""
    return ngettext("{n} class taken up", "{n} classes taken up", n)


def cities(study: Dataset, check: pd.DataFrame) -> Prose:
    """Which areas of the study can be read, and which are refused."""
    own = check[check["area"].notna()]
    if own.empty:
        return prose(
            _(
                "None of the metropolitan areas held against Eurostat lies in a territory of this study."
            )
        )
    good, bad = (
        own.loc[own["usable"] == is_good, "metro"].map(metro_name) for is_good in (True, False)
    )
    without = [
        study.area_name(area)
        for area in study.territories
        if not own.loc[own["area"] == area, "usable"].any()
    ]
    return prose(
        _("Read: {good}. Refused: {bad}.", good=listing(good), bad=listing(bad)),
        _(
            "For {areas} no metropolitan area can be read, so nothing is said of classes there.",
            areas=listing(without),
        )
        if without
        else None,
    )


def complementarity(study: Dataset, found: pd.DataFrame) -> Prose:
    """Whether any field stands out, what would have, and what is joint already."""
    if len(study.territories) == 1 or study.definition.reference is None:
        return lack("")  # there is no neighbour; or what is not compared has been said
    if found.empty:
        # Why a corpus cannot be tried is said where it would have been tried.
        return lack(
            ""
            if untried(study)
            else _("What the neighbour adds cannot be told from the records of this study.")
        )
    shown = found[found["p"] < LEVEL].sort_values("p", kind="stable")
    if shown.empty:
        return prose(_none_stands_out(study, found), _realised(study, found))
    sides = [
        _(
            "{fields} (from {other} for {area})",
            other=study.area_name(str(other)),
            area=study.area_name(str(area)),
            fields=_first_fields(part),
        )
        for (area, other), part in shown.groupby(["area", "other"], sort=False)
    ]
    return prose(
        (
            _(
                "In made-up records the neighbour adds more to some fields than to the others, beyond "
                "chance: {sides}."
            )
            if is_made_up(study)
            else _(
                "The neighbour adds more to some fields than to the others, beyond chance: {sides}."
            )
        ).format(sides=_("; ").join(sides)),
        _(
            "That is a potential, told from patents: whether anybody there would work together "
            "is another question."
        ),
        _realised(study, found),
    )


def _realised(study: Dataset, found: pd.DataFrame) -> str:
    """In how many fields the sides have filed together."""
    joint = int(found.loc[found["joint"] > 0, "field_id"].nunique())
    return (
        ngettext(
            "In made-up records the sides have filed together in {n} field already.",
            "In made-up records the sides have filed together in {n} fields already.",
            joint,
        )
        if is_made_up(study)
        else ngettext(
            "In {n} field the sides have filed together already.",
            "In {n} fields the sides have filed together already.",
            joint,
        )
    )


def _none_stands_out(study: Dataset, found: pd.DataFrame) -> str:
    """That no field does, and what the one nearest to it would have needed."""
    best = found.sort_values("p", kind="stable").iloc[0]
    return _(
        "No field stands out: what the neighbour adds does not differ from what it would "
        "add with the names of the territories dealt anew (smallest p {p}). The field "
        "nearest to it, {field} ({other} for {area}), would have stood out from {needed} "
        "and has {added}.",
        p=p_value(best["p"]),
        other=study.area_name(str(best["other"])),
        area=study.area_name(str(best["area"])),
        field=in_sentence(field_name(best["field_id"])),
        needed=percent(best["needed"]),
        added=percent(best["added"]),
    )


def _first_fields(part: pd.DataFrame) -> str:
    """The clearest fields by name, and how many more."""
    named = [in_sentence(field_name(key)) for key in part["field_id"].head(NAMED)]
    more = len(part) - NAMED
    return listing([*named, _("{fields} more", fields=fields(more))] if more > 0 else named)
