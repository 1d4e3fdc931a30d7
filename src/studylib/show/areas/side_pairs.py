"""The page on border areas: pairs of sides by joint inventions and by what they file."""

import pandas as pd

from studylib import figures
from studylib.diversify.border_areas import OWN
from studylib.figures.picture import Picture
from studylib.figures.theme import of_no_side
from studylib.language.words import _, interval, number
from studylib.patents.dataset import Dataset
from studylib.report.labels import label
from studylib.report.table import Table, table
from studylib.show import common
from studylib.show.absent import Absent, left_out_when_empty
from studylib.show.areas.side_names import KIND_OF_SIDES, area_name, side_name
from studylib.show.diversification.nearness import corpus_source
from studylib.show.measures import unit_of
from studylib.show.side_differences import named_verdicts


def _pairs(study: Dataset, pairs: pd.DataFrame) -> list[str]:
    """The two sides of each row."""
    return [
        f"{side_name(study, a)} – {side_name(study, b)}"
        for a, b in zip(pairs["side"], pairs["other_side"], strict=True)
    ]


def _kinds(study: Dataset, pairs: pd.DataFrame) -> list[str]:
    """The two sides of each row, and which of them are inside one country."""
    return [
        name if kind == "border" else _("{pair} (inside one country)", pair=name)
        for name, kind in zip(_pairs(study, pairs), pairs["kind"], strict=True)
    ]


def _whole(lows: pd.Series, highs: pd.Series) -> list[str]:
    """Intervals of whole numbers, as written."""
    return [interval(low, high, 0, as_percent=False) for low, high in zip(lows, highs, strict=True)]


def _drawn(pairs: pd.DataFrame, kind: str) -> list[str]:
    """What a kind of chance gives to each pair, and 95% of its draws in brackets."""
    ends = _whole(pairs[f"low{kind}"], pairs[f"high{kind}"])
    means = pairs[f"expected{kind}"]
    return [f"{number(mean, 1)} ({each})" for mean, each in zip(means, ends, strict=True)]


def _finding(study: Dataset, pairs: pd.DataFrame) -> str:
    """The study's own pairs beside chance, then the others across a border, zeros among them."""
    own = pairs[pairs["area"] == OWN]
    others = pairs[(pairs["area"] != OWN) & (pairs["kind"] == "border")]
    if own.empty:
        return _("Inventors of two sides on one patent, beside chance")
    first = _("; ").join(
        _(
            "{area}: {ratio} times as many joint patents as inventors dealt anew would give",
            area=pair,
            ratio=number(ratio, 2),
        )
        for pair, ratio in zip(_pairs(study, own), own["ratio"], strict=True)
    )
    if others.empty:
        return first
    low, high = (number(value, 2) for value in (others["ratio"].min(), others["ratio"].max()))
    return _(
        "{finding}; other pairs across a border {low} to {high}", finding=first, low=low, high=high
    )


def co_invention(study: Dataset, pairs: pd.DataFrame) -> Picture | Absent:
    """Joint inventions of each pair of sides over what chance gives, where it gives any."""
    return _co_invention(study, pairs.dropna(subset="ratio"))


@left_out_when_empty
def _co_invention(study: Dataset, pairs: pd.DataFrame) -> Picture:
    """The pairs that have a ratio."""
    areas = [area_name(study, a) for a in pairs["area"]]
    return figures.ratios(
        pairs.assign(
            item=_kinds(study, pairs), group=areas, shown=pairs["verdict"] != "not shown"
        ),
        by="group",
        ratio="ratio",
        low="ratio_low",
        high="ratio_high",
        territories=of_no_side(list(dict.fromkeys(areas))),
        title=common.headed(_finding(study, pairs), common.wholly(study)),
        measure=_("{unit} with inventors of both sides, over what chance gives; 1 is as many",
                  unit=unit_of(study)),
        alt=_("One row for each pair of sides, one mark with its interval, around 1."),
        note=_(
            "To deal every inventor anew takes those who work beside each other apart, so pairs "
            "tend to lie below it; what can be compared is how far, from one pair to the next. A "
            "mark at the left edge: none, or less than a sixteenth."
        ),
        source=common.source(study),
        name="co_invention",
    )  # fmt: skip


@left_out_when_empty
def co_invention_table(study: Dataset, pairs: pd.DataFrame) -> Table:
    """Families with inventors of two sides, beside chance, for every border area."""
    return table(
        pairs.assign(
            area_name=[area_name(study, a) for a in pairs["area"]],
            item=_pairs(study, pairs),
            kind_name=[label(KIND_OF_SIDES, kind) for kind in pairs["kind"]],
            drawn=_drawn(pairs, ""),
            kept=_drawn(pairs, "_kept"),
        ),
        title=_("Inventors of two sides on one patent"),
        measure=unit_of(study),
        columns={
            "item": _("Pair of sides"),
            "area_name": _("Border area"),
            "kind_name": _("Kind of pair"),
            "joint": _("Of both"),
            "drawn": _("If inventors met by chance"),
            "ratio": _("Times chance"),
            "kept": _("By chance, patents of each kept"),
        },
        formats={
            "joint": "count",
            "drawn": "figures",
            "ratio": common.or_dash("number"),
            "kept": "figures",
        },
        intervals={},
        note=_(
            "To deal every inventor anew takes those who work beside each other apart, so pairs "
            "tend to lie below what it gives; what can be compared is how far, from one pair to the "
            "next. Patents of each kept: each side on as many patents as it was, which keeps "
            "its teams together."
        ),
        source=common.source(study),
        csv_name="co_invention_table",
    )


@left_out_when_empty
def portfolio_overlap(study: Dataset, pairs: pd.DataFrame) -> Table:
    """How alike the sides of every border area are, and what each adds to the other."""
    return table(
        pairs.assign(
            area_name=[area_name(study, a) for a in pairs["area"]],
            item=_pairs(study, pairs),
            sizes=[f"{n} | {m}" for n, m in zip(pairs["n"], pairs["n_other"], strict=True)],
            drawn=[
                interval(low, high)
                for low, high in zip(pairs["chance_low"], pairs["chance_high"], strict=True)
            ],
            verdict_name=named_verdicts(pairs["verdict"]),
        ),
        title=_("How alike two sides are, and what each adds to the other"),
        measure=_("Part of two portfolios that lies in the same fields; part of what lies near that "
                  "the other side adds"),
        columns={
            "item": _("Pair of sides"),
            "area_name": _("Border area"),
            "sizes": unit_of(study),
            "overlap": _("In the same fields"),
            "drawn": _("95% of draws"),
            "verdict_name": _("Difference"),
            "added": _("Added by the other side"),
            "p_added": _("p-value (adds)"),
        },
        formats={
            "sizes": "figures",
            "overlap": "share",
            "drawn": "figures",
            "added": lambda value: common.or_dash("number", 1)(100 * value),
            "p_added": common.p_value,
        },
        intervals={},
        note=_(
            "95% of draws: of 1,000 that deal the names of the two sides anew over their "
            "records; an overlap below them would be found unlike. Each row is tested by itself. "
            "Added: in points of density, mean over all fields and both directions; –: no reference "
            "outside. Patents of both sides are left out. A side of fewer than ten records, or one the "
            "data do not tell, has no row."
        ),
        source=common.sources_line(common.source(study), corpus_source(study)),
        csv_name="portfolio_overlap",
    )  # fmt: skip
