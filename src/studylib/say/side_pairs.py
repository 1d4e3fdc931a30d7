"""Sentences on pairs of sides: joint inventions, how alike their portfolios are, what they add."""

import pandas as pd

from studylib.diversify.border_areas import OWN, sides
from studylib.diversify.co_invention import pairs_of_sides
from studylib.language.counted import pairs as pairs_in_words
from studylib.language.counted import units
from studylib.language.words import _, interval, listing, ngettext, number, percent
from studylib.patents.dataset import Dataset
from studylib.report.prose import Prose, prose
from studylib.show.areas.side_names import partner_name, side_name
from studylib.show.common import is_made_up
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
    return prose(
        " ".join(_own(study, row) for _i, row in own.iterrows()) or None,
        *_other_pairs(known[known["area"] != OWN], has_any=bool((pairs["area"] != OWN).any())),
        _("Who invents with whom is in synthetic records an assumption of those who made them.")
        if is_made_up(study)
        else None,
    )


def _own(study: Dataset, row: "pd.Series") -> str:
    """One pair of territories beside both kinds of chance."""
    return _(
        "{area}: {units} with inventors of both. Chance gives {expected} (95%: {interval}) if every "
        "inventor is dealt anew, and {kept} (95%: {kept_interval}) if each side stays on as many "
        "patents as it was.",
        area=f"{side_name(study, row['side'])} – {side_name(study, row['other_side'])}",
        units=units(study.rule.unit, int(row["joint"])),
        expected=number(row["expected"], 1),
        interval=interval(row["low"], row["high"], 0, as_percent=False),
        kept=number(row["expected_kept"], 1),
        kept_interval=interval(row["low_kept"], row["high_kept"], 0, as_percent=False),
    )


def _other_pairs(others: pd.DataFrame, *, has_any: bool) -> list[str]:
    """Pairs of the other border areas, and those inside one country, where no border is between."""
    if others.empty and has_any:
        return [
            _(
                "In the other border areas so few inventors have a known place that chance alone "
                "would give fewer than one joint patent a pair."
            )
        ]
    if others.empty:
        return [_("There is no other border area to hold this one against.")]
    return [_of_kind(kind, own) for kind, own in others.groupby("kind", sort=True)]


def _of_kind(kind: object, pairs: pd.DataFrame) -> str:
    """How far the pairs of one kind lie from chance, or that none of them has a joint patent."""
    if not pairs["joint"].any():
        text = {
            "border": _(
                "Of {pairs} across a border of the other border areas none has a joint patent; "
                "inventors dealt anew would give {expected} in all."
            ),
            "country": _(
                "The control is empty: of {pairs} inside one country, where no border is between, "
                "none has a joint patent; inventors dealt anew would give {expected} in all. So "
                "nothing here says whether a border keeps inventors apart."
            ),
        }[str(kind)]
        return text.format(
            pairs=pairs_in_words(len(pairs)), expected=number(pairs["expected"].sum(), 0)
        )
    text = {
        "border": _(
            "As multiples of what inventors dealt anew would give, the pairs across a border of the "
            "other border areas lie between {low} and {high}."
        ),
        "country": _(
            "Their pairs inside one country, where no border is between, lie between {low} and "
            "{high}."
        ),
    }[str(kind)]
    return text.format(low=number(pairs["ratio"].min(), 2), high=number(pairs["ratio"].max(), 2))


def co_inventors(study: Dataset, found: pd.DataFrame) -> Prose:
    """Beside whom inventors of each territory stand most often, and the neighbour among them."""
    if found.empty:  # why it cannot be told stands under the pairs of sides
        return prose()
    told = [
        _(
            "Of the patents of {area} ({units}), so many have an inventor elsewhere too: {parts}.",
            area=study.area_name(str(area)),
            units=units(study.rule.unit, int(own["base"].iloc[0])),
            parts=listing(
                f"{partner_name(study, key)} {percent(share)}"
                for key, share in zip(own["partner"], own["share"], strict=True)
            ),
        )
        for area, own in found[found["base"] > 0].groupby("area", sort=False)
    ]
    return prose(*told or [_("No record has an inventor in a territory of the study.")])


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
        return _(
            "Of {pairs} of sides of other border areas, each tested by itself, none is told to differ.",
            pairs=named,
        )
    return ngettext(
        "Of {pairs} of sides of other border areas, each tested by itself, {n} is told to differ.",
        "Of {pairs} of sides of other border areas, each tested by itself, {n} are told to differ.",
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
        "Sides that add more to each other than portfolios dealt at random do: {pairs}.",
        pairs=listing(
            f"{side_name(study, row['side'])} – {side_name(study, row['other_side'])}"
            for _i, row in shown.iterrows()
        ),
    )
