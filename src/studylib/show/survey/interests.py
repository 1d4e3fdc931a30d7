"""What each side wants, and which themes the sides share."""

import pandas as pd

from studylib import figures
from studylib.figures.picture import Picture
from studylib.language.words import _, interval, is_missing, number, percent
from studylib.patents.dataset import Dataset
from studylib.report.labels import DOMAIN, label
from studylib.report.table import Table, table
from studylib.show import findings
from studylib.show.absent import Absent, left_out_when_empty
from studylib.show.common import area_names, by_area, source
from studylib.survey import disclosure, side_differences
from studylib.survey.codebook import DOMAINS

INTERVALS = {
    "wilson": ("low", "high"),
    "finite": ("low_finite", "high_finite"),
}


def interests(study: Dataset, shares: pd.DataFrame) -> Picture | Absent:
    """Shares with intervals, one row per domain, the most wanted first and other last."""
    if shares["is_held_back"].all():
        return Absent()
    shown = _in_order(study, shares)
    return figures.shares(
        shown,
        item="domain_name",
        by="area",
        n="base",
        territories=area_names(study),
        title=_finding(study, shares),
        measure=_(
            "Share of the respondents of each territory that chose the domain, 95% Wilson interval"
        ),
        alt=_("One row for each domain, one mark with its interval for each territory."),
        note=_note(shares),
        source=source(study, "survey"),
        name="interests",
    )


def _note(shares: pd.DataFrame) -> str:
    """How to read the lines, and why a mark is not there."""
    parts = [
        _("Lines that overlap prove nothing: whether the territories differ, the tests say.")
        if len(shares.dropna(subset="share")["area"].unique()) > 1
        else "",
        _("Where a mark is missing, the total is held back: respondents were promised it.")
        if shares["is_held_back"].any()
        else "",
    ]
    return " ".join(filter(None, parts))


def _finding(study: Dataset, shares: pd.DataFrame) -> str:
    """Which domains one side names more often; of one side, which it names most."""
    if len(study.territories) == 1 and not shares["is_held_back"].any():
        return findings.most_frequent(study, shares, "domain", lambda key: label(DOMAIN, key))
    found = findings.of_sides(
        study,
        side_differences.differences(study),
        lambda key: label(DOMAIN, key),
        item="domain",
        sides=("area_a", "area_b"),
        none=_("No single domain shows a difference between the territories"),
    )
    return found or _("What cluster organisations want to do across the border")


def _in_order(study: Dataset, shares: pd.DataFrame) -> pd.DataFrame:
    """Domains in the order of the page (`first_wanted`), areas named."""
    place = first_wanted(shares)
    named = by_area(study, shares).assign(
        rank=[place[d] for d in shares["domain"]],
        domain_name=[label(DOMAIN, d) for d in shares["domain"]],
    )
    return named.sort_values("rank", kind="stable").drop(columns="rank")


def first_wanted(shares: pd.DataFrame) -> dict[str, int]:
    """Where each domain stands in a table: by its largest share of a territory, other last."""
    largest = shares.groupby("domain", observed=True)["share"].max().fillna(-1.0)
    named = [d for d in DOMAINS if d in largest.index]  # of equal shares the canonical order
    ranked = sorted(named, key=lambda d: (d == "other", -float(largest[d])))
    return {domain: place for place, domain in enumerate(ranked)}


def interest_table(study: Dataset, shares: pd.DataFrame) -> Table | Absent:
    """The same in numbers; the exact interval, which never promises too much, is in the file."""
    if shares["is_held_back"].all():
        return Absent()
    shares = _in_order(study, shares)
    return table(
        _as_written(shares),
        title=_("What each side wants, in numbers"),
        measure=_("Respondents that chose the domain, of those who answered the question"),
        columns={
            "domain_name": _("Domain"),
            "area": _("Territory"),
            "named": _("Respondents"),
            **(
                {"n_unknown": _("No answer")}
                if shares["n_unknown"].any() and not shares["is_held_back"].any()
                else {}
            ),
            "share": _("Share"),
            "interval_wilson": _("95% interval"),
            **({"interval_finite": _("95%, of all asked")} if _has_finite(shares) else {}),
        },
        formats={
            "share": lambda share: "–" if is_missing(share) else percent(share),
            "named": "figures",
            "interval_wilson": "figures",
            "interval_finite": "figures",
        },
        intervals={},
        note=_(
            "Wilson's interval, which is right on average. The file has, too, the exact one of "
            "Clopper and Pearson, which covers at least 95% whatever the true share is."
        ),
        source=source(study, "survey"),
        csv_name="interests",
        most=30,
    )


def _as_written(shares: pd.DataFrame) -> pd.DataFrame:
    """The shares with respondents and intervals as text: what is held back says so."""
    return shares.assign(
        named=[
            _(disclosure.HELD)
            if is_missing(n)
            else _("{n} of {base}", n=number(n), base=number(base))
            for n, base in zip(shares["n"], shares["base"], strict=True)
        ],
        **{
            f"interval_{method}": [
                "–" if is_missing(low) else interval(low, high)
                for low, high in zip(shares[a], shares[b], strict=True)
            ]
            for method, (a, b) in INTERVALS.items()
        },
    )


def _has_finite(shares: pd.DataFrame) -> bool:
    """Whether it is known for some territory how many were asked."""
    return bool(shares["low_finite"].notna().any())


@left_out_when_empty
def themes(study: Dataset, ranked: pd.DataFrame) -> Table:
    """Domains by the side that wants them least."""
    return table(
        ranked.assign(domain_name=[label(DOMAIN, d) for d in ranked["domain"]]),
        title=_("Joint themes, most wanted by every side first"),
        measure=_(
            "Territories that name it; share of respondents in the one that wants it least; rank"
        ),
        columns={
            "domain_name": _("Domain"),
            "n_areas": _("Named in"),
            "smallest": _("Smallest share (95% of the smallest)"),
            "rank": _("Rank (95%)"),
        },
        formats={"smallest": "share", "rank": "count"},
        intervals={"smallest": ("low", "high"), "rank": ("rank_low", "rank_high")},
        note=_(
            "The interval is of the smallest share, whichever territory has it, and so wider than "
            "that of one territory; it covers the true one in at least 95% of such surveys. That of a "
            "rank follows from the posterior of the shares. That none of a few respondents named a "
            "domain does not mean that nobody would."
        ),
        source=source(study, "survey"),
        csv_name="themes",
    )
