"""Sentences of the patents page."""

import pandas as pd

from studylib import patents
from studylib.dataset import Dataset
from studylib.language import words
from studylib.language.labels import BASIS, DATE, KET, UNIT, WEIGHTS, label
from studylib.language.words import _, listing, ngettext, number, percent
from studylib.say import Prose, prose

SMALL_BASE = 30
LEVEL = 0.05


def headline(study: Dataset) -> Prose:
    """The answer in two sentences: how many units, and the KETs that stand out, if any."""
    counts = patents.classified(study)
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
    first = _(
        "The study rests on {n} {unit} of {years}: {sides}.",
        n=number(total),
        unit=label(UNIT, study.rule.unit),
        years=words.years(study.first_year, study.last_year),
        sides=sides,
    )
    return prose(first, _most_frequent(study), kind="headline")


def _most_frequent(study: Dataset) -> str:
    """Which KET is most frequent on each side, with its interval."""
    parts = []
    shares = patents.ket_shares(study)
    for area in study.territories:
        own = shares[shares["area"] == area]
        if (own["base"] > 0).any() and not (own["n"] > 0).any():
            parts.append(_("{area}: no KET", area=study.area_name(area)))
            continue
        # Without a base nothing is known: unclassified is not "no KET".
        top = own[own["n"] == own["n"].max()]
        named = [label(KET, key).lower() for key in top["ket"]]
        parts.append(
            _(
                "{area}: {ket}, {share}",
                area=study.area_name(area),
                ket=listing(named) if (own["base"] > 0).any() else _("Unclassified").lower(),
                share=_share(top.iloc[0]),
            )
        )
    return _("Most frequent key enabling technology: {parts}.", parts="; ".join(parts))


def _share(row: pd.Series) -> str:
    return words.share_words(row["n"], row["base"], row["low"], row["high"])


def counting(study: Dataset) -> Prose:
    """What is counted, where it lies, on which date."""
    rule = study.rule
    return prose(
        _(
            "We count {unit}, located by {basis}, on the {date}, in {weights} counting. "
            "Whole counting puts a family of two territories into both, so the territories may "
            "add up to more than the total; fractional counting divides it.",
            unit=label(UNIT, rule.unit),
            basis=label(BASIS, rule.located_by),
            date=label(DATE, rule.date),
            weights=label(WEIGHTS, rule.weights),
        )
    )


def truncation(study: Dataset) -> Prose:
    """Which years are incomplete because publication takes 18 months."""
    table = patents.timeline(study)
    cut = sorted(table.loc[table["is_truncated"], "year"].unique())
    if patents.newest_year(study) is None:
        return prose(_("There is no application in the period."))
    if not cut:
        return prose(
            _(
                "The newest date in the data is {newest}, so every year of the window is published "
                "in full.",
                newest=str(patents.newest_year(study)),
            )
        )
    return prose(
        _(
            "An application is published 18 months after its first filing. The newest date in the "
            "data is {newest}, so {years} may be incomplete; a fall in these years is no finding.",
            newest=str(patents.newest_year(study)),
            years=words.years(cut[0], cut[-1]),
        )
    )


def scheme(study: Dataset) -> Prose:
    """Who says what a KET is, and how sure that is."""
    about = study.scheme
    status = (
        _("The scheme has been checked against its printed source.")
        if about.verified
        else _(
            "The scheme has not been checked against its printed source: "
            "every KET figure on this page depends on it."
        )
    )
    return prose(
        _(
            "KETs are told by the rules of “{title}” ({citation}).",
            title=about.title,
            citation=about.citation,
        ),
        status,
        _(
            "One family may carry several KETs, so KET counts must not be added. A family without "
            "an IPC symbol is unclassified and stands outside every share."
        ),
    )


def kets(study: Dataset, differences: pd.DataFrame) -> Prose:
    """What the tests of difference between the territories show, and what they do not."""
    tested = differences.dropna(subset="p_holm")
    found = tested[tested["p_holm"] < LEVEL]
    bases = patents.classified(study).set_index("area")["n_with_ipc"]
    small = [study.area_name(a) for a in study.territories if bases[a] < SMALL_BASE]
    if not len(differences):
        compared = None
    elif tested.empty:
        compared = _("One side has no classified patent, so the two cannot be compared.")
    elif found.empty:
        compared = _(
            "No difference between the territories is shown for any KET: the smallest p of "
            "Fisher's exact tests, held against all of them together (Holm), is {p}. That is not "
            "a proof that the territories are alike.",
            p=number(tested["p_holm"].min(), 2),
        )
    else:
        compared = _(
            "A difference is shown for: {kets} (Fisher's exact test, held against all tests "
            "together after Holm, below {level}). For every other KET none is shown.",
            kets=listing(_difference(study, row) for _i, row in found.iterrows()),
            level=number(LEVEL, 2),
        )
    caution = (
        _(
            "Fewer than {n} classified patents in {areas}: the intervals there are wide.",
            n=number(SMALL_BASE),
            areas=listing(small),
        )
        if small
        else None
    )
    return prose(compared, caution)


def _difference(study: Dataset, row: pd.Series) -> str:
    """One difference in words: the KET, the larger side, by how much."""
    larger, smaller = (row["first"], row["second"])[:: 1 if row["difference"] > 0 else -1]
    return _(
        "{ket} (more in {larger} than in {smaller}, by {points})",
        ket=label(KET, row["ket"]).lower(),
        larger=study.area_name(larger),
        smaller=study.area_name(smaller),
        points=percent(abs(row["difference"])),
    )


def overlap(study: Dataset) -> Prose:
    """How many units carry one KET, and how many several."""
    carried = study_ket_counts(study)
    n = len(carried)
    if not patents.classified(study)["n_with_ipc"].any():
        return prose(_("No application has an IPC symbol."))
    if not n:
        return prose(_("No family of the territories carries a KET."))
    several = int((carried > 1).sum())
    return prose(
        ngettext(
            "{n} unit of the territories carries at least one KET, {several} of them more than one.",
            "{n} units of the territories carry at least one KET, {several} of them more than one.",
            n,
            several=number(several),
        )
    )


def study_ket_counts(study: Dataset) -> pd.Series:
    """Number of KETs of each tagged unit of the territories (index: unit_id)."""
    from studylib.counting import labels_of_units

    here = study.units[study.units["area"].isin(study.territories)]["unit_id"].unique()
    carried = labels_of_units(study.tags, study.applications, study.rule.unit, "ket")
    return carried[carried["unit_id"].isin(here)].groupby("unit_id").size()


def robustness(study: Dataset) -> Prose:
    """How far the share with any KET moves with the way of counting."""
    table = patents.sensitivity_to_counting(study).dropna(subset="share")
    sentences = []
    for area in study.territories:
        own = table.loc[table["area"] == area, "share"]
        if own.empty:
            continue
        sentences.append(
            _(
                "{area}: the share with any KET lies between {low} and {high} over {n} ways of counting.",
                area=study.area_name(area),
                low=percent(own.min()),
                high=percent(own.max()),
                n=number(len(own)),
            )
        )
    return prose(*sentences)


def published_context(totals: pd.DataFrame) -> Prose:
    """Which part of the published total the study looks at, or why that cannot be said."""
    if totals.empty:
        return prose(
            _(
                "There is no published total for these territories on this basis, so the part of the whole is not known."
            )
        )
    whole = totals.iloc[-1]
    return prose(
        _(
            "The {n} applications of this study are {share} of the {published} that Eurostat counts "
            "for the same territories and years: a part, and not drawn at random. Nothing on this "
            "page may be scaled up to the whole.",
            n=number(whole["n"]),
            share=percent(whole["share"]),
            published=number(whole["published"], 1),
        )
    )


def _distinct_units(study: Dataset) -> int:
    here = study.units[study.units["area"].isin(study.territories)]
    return int(here["unit_id"].nunique())


def _digits(study: Dataset) -> int:
    return 1 if study.rule.weights == "fractional" else 0
