"""Sentences on pairs of sides: joint inventions, how alike their portfolios are, what they add."""

import pandas as pd

from studylib.diversify.border_areas import OWN, sides
from studylib.diversify.co_invention import pairs_of_sides
from studylib.language.counted import pairs as pairs_in_words
from studylib.language.words import _, interval, listing, ngettext, number, percent
from studylib.patents.dataset import Dataset
from studylib.report.prose import Prose, prose
from studylib.show.side_names import area_name, side_name
from studylib.stats.power import LEVEL


def co_invention(study: Dataset, pairs: pd.DataFrame) -> Prose:
    """The study's own pair among the others; or that the export does not say."""
    if not pairs_of_sides(sides(study)):
        return prose(_("The study has one side, so there is no pair whose inventors could meet."))
    if pairs.empty:
        return prose(
            _("The export does not say in which region inventors live, so this cannot be told.")
        )
    known = pairs.dropna(subset="ratio")
    if known.empty:
        return prose(
            _(
                "So few inventors have a known place that chance alone would give fewer than one "
                "joint patent: nothing can be told from that."
            )
        )
    own = known[known["area"] == OWN]
    others = known[(known["area"] != OWN) & (known["joint"] > 0)]
    return prose(
        _(
            "{area}: {ratio} times chance.",
            area=area_name(study, OWN),
            ratio=listing(number(value, 2) for value in own["ratio"]),
        )
        if len(own)
        else None,
        _(
            "The pairs of the other border areas that have any lie between {low} and {high}.",
            low=number(others["ratio"].min(), 2),
            high=number(others["ratio"].max(), 2),
        )
        if len(others)
        else _("There is no other border area to hold this one against."),
    )


def overlap(study: Dataset, pairs: pd.DataFrame) -> Prose:
    """How alike the territories are against chance, and how many other pairs differ too."""
    own = pairs[pairs["area"] == OWN]
    others = pairs[pairs["area"] != OWN]
    sentences = [_alike(study, row) for _i, row in own.iterrows()]
    if len(study.territories) == 1:
        sentences = [
            _("The study has one side, so there is no other portfolio to compare it with.")
        ]
    elif not sentences:
        sentences = [
            _("The portfolios of two sides cannot be compared: there are too few records.")
        ]
    if len(others):
        sentences.append(_others(others))
    elif study.definition.comparison:
        sentences.append(
            _("The records are too few in the other border areas, or do not tell their sides.")
        )
    return prose(" ".join(sentences), _added(study, own))


def _others(pairs: pd.DataFrame) -> str:
    """How many pairs of other border areas differ in what they file."""
    n = int((pairs["p"] < LEVEL).sum())
    named = pairs_in_words(len(pairs))
    if not n:
        return _("Of {pairs} of sides of other border areas none is told to differ.", pairs=named)
    return ngettext(
        "Of {pairs} of sides of other border areas {n} is told to differ.",
        "Of {pairs} of sides of other border areas {n} are told to differ.",
        n,
        pairs=named,
    )


def _alike(study: Dataset, row: "pd.Series") -> str:
    """One pair of territories against portfolios dealt at random."""
    text = (
        _(
            "{overlap} of the portfolios of {area} and {other} lie in the same fields, less than "
            "the {interval} of portfolios dealt at random: the two sides differ in what they file."
        )
        if row["p"] < LEVEL
        else _(
            "{overlap} of the portfolios of {area} and {other} lie in the same fields; portfolios "
            "dealt at random give {interval}, so no difference is shown."
        )
    )
    return text.format(
        area=side_name(study, row["side"]),
        other=side_name(study, row["other_side"]),
        overlap=percent(row["overlap"]),
        interval=interval(row["chance_low"], row["chance_high"]),
    )


def _added(study: Dataset, own: pd.DataFrame) -> str | None:
    """Whether the territories complement each other more than by chance; None where not told."""
    known = own.dropna(subset="added")
    if known.empty:
        return None
    shown = known[known["p_added"] < LEVEL]
    if shown.empty:
        return _("What the sides add to each other is no more than portfolios dealt at random add.")
    return _(
        "More than portfolios dealt at random add to each other: {pairs}.",
        pairs=listing(
            f"{side_name(study, row['side'])} – {side_name(study, row['other_side'])}"
            for _i, row in shown.iterrows()
        ),
    )
