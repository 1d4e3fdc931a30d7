"""Tables and figures of the survey page."""

import pandas as pd

from studylib import figures, survey_published
from studylib.dataset import Dataset
from studylib.figures.picture import Picture
from studylib.labels import DOMAIN, READING, ROUNDING, SURVEY_NOTE, VERDICT, label
from studylib.language import in_use
from studylib.report.table import Table, table
from studylib.say import claims as say_claims
from studylib.show.common import area_names, by_area, source
from studylib.words import _, is_missing, listing, number, percent

MOST_SIZES = 12  # numbers of respondents on each side of the picture of pairs


def who_answered(study: Dataset, counts: pd.DataFrame) -> Table:
    """Asked, received, answered, silent, per territory."""
    return table(
        by_area(study, counts),
        title=_("Who answered"),
        measure=_("Number of cluster organisations"),
        note=_("Silent: the submission is there, this question was left blank."),
        columns={
            "area": _("Territory"),
            "n_asked": _("Asked"),
            "n_received": _("Submissions"),
            "n_partial": _("Not finished"),
            "n_silent": _("Silent"),
            "n_answered": _("Answered"),
            "share": _("Answered of asked"),
        },
        # Who answers is no draw: the rate has no error to show.
        intervals={},
        source=source(study, "survey"),
        csv_name="who_answered",
    )


def survey_notes(study: Dataset, notes: pd.DataFrame) -> Table:
    """Columns, labels and rows of the export that were not used."""
    return table(
        notes.assign(
            kind_name=[label(SURVEY_NOTE, kind) for kind in notes["kind"]],
            what_name=[_(what) for what in notes["what"].astype("str")],
        ),
        title=_("What of the export was not used"),
        columns={
            "kind_name": _("What"),
            "value": _("As it stands there"),
            "n": _("How often"),
            "what_name": _("What became of it"),
        },
        source=source(study, "survey"),
        csv_name="survey_notes",
    )


def survey_texts(study: Dataset, texts: pd.DataFrame) -> Table:
    """What respondents wrote, in their own words."""
    return table(
        texts[["column", "text"]],
        title=_("In the words of the respondents"),
        note=_("As written, in no order and without a name; e-mail addresses are hidden."),
        columns={"text": _("Text"), "column": _("Column of the export")},
        source=source(study, "survey"),
        csv_name="survey_texts",
    )


def interests(study: Dataset, shares: pd.DataFrame) -> Picture:
    """Shares with intervals, one row per domain, the most wanted first and other last."""
    largest = shares.groupby("domain", observed=True)["share"].max().fillna(-1.0)
    rank = [2.0 if d == "other" else -float(largest[d]) for d in shares["domain"]]
    shown = by_area(study, shares).assign(
        rank=rank, domain_name=[label(DOMAIN, d) for d in shares["domain"]]
    )
    return figures.shares(
        shown.sort_values(["rank", "domain_name"], kind="stable"),
        item="domain_name",
        by="area",
        n="base",
        territories=area_names(study),
        title=_("What cluster organisations want to do across the border"),
        measure=_(
            "Share of the respondents of each territory that chose the domain, 95 % Wilson interval"
        ),
        alt=_("One row for each domain, one mark with its interval for each territory."),
        note=_("Where the lines of two territories overlap, the answers show no difference."),
        source=source(study, "survey"),
        name="interests",
    )


def interest_table(study: Dataset, shares: pd.DataFrame) -> Table:
    """The same in numbers, with the interval that never promises too much."""
    has_finite = bool(shares["low_finite"].notna().any())
    finite = {"finite": _("Of all asked (95 % interval)")} if has_finite else {}
    shown = by_area(study, shares).assign(
        domain_name=[label(DOMAIN, d) for d in shares["domain"]],
        exact=shares["share"],
        finite=shares["share"],
    )
    return table(
        shown,
        title=_("What each side wants, in numbers"),
        measure=_("Respondents that chose the domain, of those who answered the question"),
        columns={
            "domain_name": _("Domain"),
            "area": _("Territory"),
            "n": _("Number"),
            "base": _("Of"),
            "n_unknown": _("No answer"),
            "share": _("Share (Wilson)"),
            "exact": _("Share (Clopper-Pearson)"),
            **finite,
        },
        formats={"share": "share", "exact": "share", "finite": "share"},
        intervals={
            "share": ("low", "high"),
            "exact": ("low_exact", "high_exact"),
            "finite": ("low_finite", "high_finite"),
        },
        note=_(
            "Both intervals are for 95 %. Wilson's is right on average; Clopper-Pearson's covers "
            "at least 95 % whatever the true share is, and is wider for it."
        ),
        source=source(study, "survey"),
        csv_name="interests",
        most=30,
    )


def differences(study: Dataset, pairs: pd.DataFrame) -> Table:
    """Every pair of territories, domain by domain."""
    shown = pairs.assign(
        pair=[
            _("{a} – {b}", a=study.area_name(a), b=study.area_name(b))
            for a, b in zip(pairs["area_a"], pairs["area_b"], strict=True)
        ],
        domain_name=[label(DOMAIN, d) for d in pairs["domain"]],
    )
    several = {"pair": _("Territories")} if pairs["area_a"].nunique() > 1 else {}
    return table(
        shown,
        title=_("Do the sides differ?"),
        measure=_(
            "Share of the first territory minus share of the second, in percentage points, with "
            "the 95 % interval of Newcombe"
        ),
        columns={
            "domain_name": _("Domain"),
            **several,
            "difference": _("Difference (95 % interval)"),
            "p_boschloo": _("p (Boschloo)"),
            "p_fisher": _("p (Fisher)"),
            "p_holm": _("p (Holm)"),
            "p_greater": _("First larger"),
        },
        formats={
            "difference": _points, "p_boschloo": _p, "p_fisher": _p, "p_holm": _p,
            "p_greater": lambda p: percent(p, 0),
        },
        intervals={"difference": ("low", "high")},
        note=_order_of(study, pairs)
        + " "
        + _(
            "p: how often chance alone gives at least such a difference. Holm’s p holds for all "
            "domains together. First larger: probability that the first territory’s true share is "
            "the larger one, with Jeffreys’ prior."
        ),
        source=source(study, "survey"),
        csv_name="differences",
        most=40,
    )  # fmt: skip


def _order_of(study: Dataset, pairs: pd.DataFrame) -> str:
    """Which territory is the first, where there are two."""
    if len(pairs) == 0 or pairs["area_a"].nunique() > 1:
        return ""
    row = pairs.iloc[0]
    return _(
        "First: {a}; second: {b}.",
        a=study.area_name(row["area_a"]),
        b=study.area_name(row["area_b"]),
    )


def published_sizes(study: Dataset, sizes: pd.DataFrame) -> Table:
    """Numbers of respondents that fit the printed shares, per rounding and reading."""
    fits = (
        sizes.groupby(["area", "rounding", "reading"], sort=False)["n"]
        .agg(lambda n: ", ".join(number(x) for x in n))
        .to_dict()
    )
    areas = [a for a in study.territories if a in set(sizes["area"])]
    rows = [
        {
            "area": study.area_name(area),
            "rounding": label(ROUNDING, rounding),
            **{key: fits.get((area, rounding, key), _("none")) for key in READING},
        }
        for area in areas
        for rounding in ROUNDING
    ]
    return table(
        pd.DataFrame(rows, columns=["area", "rounding", *READING]),
        title=_("Numbers of respondents that fit the published shares"),
        measure=_("Every number up to the largest one looked at that can have been printed so"),
        columns={
            "area": _("Territory"),
            "rounding": _("Rounded"),
            **{key: label(READING, key) for key in READING},
        },
        formats=dict.fromkeys(READING, "text"),
        source=source(study, "claims"),
        csv_name="published_sizes",
    )


def published_gap(study: Dataset, pairs: pd.DataFrame) -> Picture:
    """p of the printed difference for every pair of numbers of respondents."""
    grid = survey_published.gap_grid(pairs)
    few_a, few_b = (sorted(grid[n].unique())[:MOST_SIZES] for n in ("n_a", "n_b"))
    grid = grid[grid["n_a"].isin(few_a) & grid["n_b"].isin(few_b)]
    first = pairs.iloc[0] if len(pairs) else None
    a, b = ("", "") if first is None else (study.area_name(first[k]) for k in ("area_a", "area_b"))
    return figures.heat(
        grid.sort_values(["n_b", "n_a"]),
        rows="n_b",
        columns="n_a",
        value="p_boschloo",
        write=_p,
        label=lambda n: number(n),
        title=_("The same published shares, read with every number of respondents that fits"),
        measure=""
        if first is None
        else _(
            "p of Boschloo’s test for {domain}, {share_a} in {a} against {share_b} in {b}. "
            "Across: respondents in {a}; down: respondents in {b}.",
            domain=label(DOMAIN, first["domain"]).lower(),
            share_a=percent(first["value_a"], 0),
            share_b=percent(first["value_b"], 0),
            a=a,
            b=b,
        ),
        alt=_(
            "A matrix of probabilities: darker cells, where few answered, are those in which "
            "chance alone often gives such a difference."
        ),
        note=_("The darker, the more easily chance alone gives such a difference."),
        source=source(study, "claims"),
        name="published_gap",
    )


def themes(study: Dataset, ranked: pd.DataFrame) -> Table:
    """Domains by the side that wants them least."""
    return table(
        ranked.assign(domain_name=[label(DOMAIN, d) for d in ranked["domain"]]),
        title=_("Joint themes, most wanted by every side first"),
        measure=_("Share of respondents in the territory that wants the domain least"),
        columns={
            "domain_name": _("Domain"),
            "n_areas": _("Territories that name it"),
            "smallest": _("Smallest share (95 % interval)"),
            "rank": _("Rank (95 % interval)"),
        },
        formats={"smallest": "share", "rank": "count"},
        intervals={"smallest": ("low", "high"), "rank": ("rank_low", "rank_high")},
        note=_(
            "Intervals are of the posterior of the shares. A share of zero lies outside its "
            "interval: nobody in five is not nobody at all."
        )
        if (ranked["smallest"] == 0).any()
        else _("Intervals are of the posterior of the shares."),
        source=source(study, "survey"),
        csv_name="themes",
    )


def claims(study: Dataset, ledger: pd.DataFrame) -> Table:
    """Every published claim with its verdict and why."""
    shown = ledger.assign(
        claim=[
            _quoted(wording, english, code)
            for wording, english, code in zip(
                ledger["wording"], ledger["english"], ledger["language"].astype("str"), strict=True
            )
        ],
        place=[
            _("all territories") if is_missing(area) else study.area_name(area)
            for area in ledger["territory"]
        ],
        verdict_name=[
            _("{verdict}, by construction", verdict=label(VERDICT, verdict))
            if made
            else label(VERDICT, verdict)
            for verdict, made in zip(ledger["verdict"], ledger["by_construction"], strict=True)
        ],
        why_text=[say_claims.why(study, row) for row in ledger.to_dict("records")],
    )
    return table(
        shown,
        title=_("Published claims, checked with the data at hand"),
        columns={
            "claim": _("Claim"),
            "place": _("Territory"),
            "verdict_name": _("Verdict"),
            "why_text": _("Why"),
        },
        note=_("Citation: {citations}.", citations=listing(dict.fromkeys(ledger["citation"]))),
        source=source(study, "claims"),
        csv_name="claims",
        most=60,
    )


def _quoted(wording: str, english: object, code: str) -> str:
    """The wording as quoted; in English beside it where the page is in another language."""
    said = _("“{wording}”", wording=wording)
    return said if code == in_use() or is_missing(english) else f"{english} {said}"


def _points(share: float) -> str:
    """A difference of shares in percentage points, with its sign."""
    if is_missing(share):
        return _("not known")
    return ("+" if share > 0 else "") + number(share * 100, 1)


def _p(p: float) -> str:
    """A p-value as it is read: two decimals, and what is smaller than the last of them."""
    if is_missing(p):
        return "–"
    return number(p, 2) if p >= 0.01 else _("below {p}", p=number(0.01, 2))  # noqa: PLR2004
