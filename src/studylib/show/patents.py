"""Tables and figures of the patents page."""

from typing import Any

import pandas as pd

from studylib import context, figures
from studylib.dataset import Dataset
from studylib.figures.picture import Picture
from studylib.language.labels import (
    APPLICANT_KIND,
    BASIS,
    KET,
    UNIT,
    VARIANT,
    WEIGHTS,
    field,
    label,
    sector,
)
from studylib.language.words import _, is_missing, number
from studylib.report.table import Format, Table, table
from studylib.show.common import area_names, by_area, reference_names, side_by_side, source

SMALLEST_P, SMALL_P = 0.001, 0.1


def timeline(study: Dataset, years: pd.DataFrame) -> Picture:
    """Counted units per year and territory, incomplete last years marked."""
    cut = years.loc[years["is_truncated"], "year"]
    return figures.timeline(
        by_area(study, years),
        title=_("Patents of each territory, year by year"),
        measure=_unit(study),
        alt=_(
            "One line for each territory, from {first} to {last}.",
            first=study.first_year,
            last=study.last_year,
        ),
        by="area",
        value="n",
        incomplete_from=None if cut.empty else int(cut.min()),
        territories=area_names(study),
        source=source(study),
        name="timeline",
    )


def classified(study: Dataset, counts: pd.DataFrame) -> Table:
    """How many units have an IPC symbol: the base of every share on the page."""
    return table(
        by_area(study, counts),
        title=_("The base of every share on this page"),
        measure=_unit(study),
        note=_(
            "Without an IPC symbol nothing can be said of fields and KETs: unclassified, not “none”."
        ),
        columns={
            "area": _("Territory"),
            "n": _("All"),
            "n_with_ipc": _("With IPC"),
            "n_unclassified": _("Unclassified"),
        },
        formats=_counts(study, "n", "n_with_ipc", "n_unclassified"),
        source=source(study),
        csv_name="classified",
    )


def _dots(
    study: Dataset, shares: pd.DataFrame, item: str, names: dict[Any, str], **words: Any
) -> Picture:
    """Shares with intervals, one row per item, items by the larger share first."""
    shown = by_area(study, shares.dropna(subset="share"))
    largest = shown.groupby(item, observed=True)["share"].max()
    ranked = shown.assign(
        item_name=[names[key] for key in shown[item]], rank=-shown[item].map(largest).astype(float)
    ).sort_values(["rank", "item_name"], kind="stable")
    return figures.shares(
        ranked,
        item="item_name",
        by="area",
        n="base",
        territories=[study.area_name(area) for area in study.territories],
        outside=reference_names(study),
        source=source(study),
        **words,
    )


def sectors(study: Dataset, shares: pd.DataFrame) -> Picture:
    """The five WIPO sectors, side against side."""
    return _dots(
        study,
        shares,
        "sector_id",
        {key: sector(key) for key in shares["sector_id"]},
        title=_("Sectors of technology, side by side"),
        measure=_share_of(study),
        alt=_("One row for each of the five sectors, one mark with its interval for each area."),
        name="sectors",
    )


def fields(study: Dataset, shares: pd.DataFrame) -> Table:
    """All fields that occur in the territories, most frequent first."""
    here = shares[shares["area"].isin(study.territories)]
    total = here.groupby("field_id")["n"].sum()
    met = here.assign(total=here["field_id"].map(total)).query("total > 0")
    ranked = met.sort_values(["total", "field_id"], ascending=[False, True], kind="stable")
    wide, sides = side_by_side(study, ranked, "field_id")
    return table(
        wide.assign(name=[field(key) for key in wide["field_id"]]),
        title=_("Technology fields, most frequent first"),
        measure=_share_of(study),
        columns={"name": _("Field"), **sides.columns},
        formats=sides.formats,
        intervals=sides.intervals,
        source=source(study),
        most=15,
        csv_name="fields",
    )


def kets(study: Dataset, shares: pd.DataFrame) -> Picture:
    """Shares per KET, territories and reference."""
    return _dots(
        study,
        shares,
        "ket",
        {key: label(KET, key) for key in shares["ket"]},
        title=_("Key enabling technologies, side by side"),
        measure=_share_of(study),
        alt=_("One row for each of the six KETs, one mark with its interval for each area."),
        note=_verified(study),
        name="kets",
    )


def ket_table(study: Dataset, shares: pd.DataFrame) -> Table:
    """The same in numbers: one row per KET, a column per area."""
    wide, sides = side_by_side(study, shares, "ket")
    return table(
        wide.assign(name=[label(KET, key) for key in wide["ket"]]),
        title=_("Key enabling technologies in numbers"),
        measure=_share_of(study),
        columns={"name": _("Key enabling technology"), **sides.columns},
        formats=sides.formats,
        intervals=sides.intervals,
        note=_verified(study),
        source=source(study),
        csv_name="kets",
    )


def differences(study: Dataset, tests: pd.DataFrame) -> Table:
    """Side against side, KET by KET: difference with interval, and p."""
    pairs = [
        _("{first} minus {second}", first=study.area_name(a), second=study.area_name(b))
        for a, b in zip(tests["first"], tests["second"], strict=True)
    ]
    return table(
        tests.assign(name=[label(KET, key) for key in tests["ket"]], pair=pairs),
        title=_("Do the shares of the territories differ?"),
        measure=_("Difference of the shares, 95% Newcombe interval; Fisher's exact test"),
        columns={
            "name": _("Key enabling technology"),
            "pair": _("Difference"),
            "difference": _("of the shares"),
            "p": _("p of this test"),
            "p_holm": _("p over all tests (Holm)"),
        },
        formats={"difference": "share", "p": _p, "p_holm": _p},
        intervals={"difference": ("low", "high")},
        note=_("Patents of both territories are left out. ") + _verified(study),
        source=source(study),
        csv_name="ket_differences",
    )


def _p(value: float) -> str:
    """A p-value: two decimals, three where they matter, never zero."""
    if is_missing(value):
        return _("not testable")
    if value < SMALLEST_P:
        return _("below {p}", p=number(SMALLEST_P, 3))
    return number(value, 3 if value < SMALL_P else 2)


def overlap(study: Dataset, together: pd.DataFrame) -> Picture:
    """KETs on the same unit."""
    pairs = together.reset_index().melt("ket", var_name="other_ket", value_name="n_together")
    return figures.overlap(
        pairs,
        title=_("Key enabling technologies on the same patent"),
        measure=_unit(study),
        alt=_("A triangle of the six KETs with the number of patents that carry both."),
        label=lambda key: label(KET, key),
        note=_verified(study),
        source=source(study),
        name="overlap",
    )


def applicants(study: Dataset, kinds: pd.DataFrame) -> Table:
    """Types of applicant and their share with any KET."""
    shown = by_area(study, kinds)
    return table(
        shown.assign(kind_name=[label(APPLICANT_KIND, key) for key in shown["applicant_kind"]]),
        title=_("Types of applicant"),
        measure=_("Share of each type's classified patents with at least one KET"),
        columns={
            "area": _("Territory"),
            "kind_name": _("Applicant"),
            "n": _("With a KET"),
            "base": _("Of"),
            "share": _("Share (95% interval)"),
        },
        formats=_counts(study, "n", "base"),
        note=_verified(study),
        source=source(study),
        csv_name="applicants",
    )


def by_counting(study: Dataset, ways: pd.DataFrame) -> Table:
    """The share with any KET under every way of counting: one row per way, a column per area."""
    way = ways["unit"] + "|" + ways["located_by"] + "|" + ways["weights"]
    wide, sides = side_by_side(study, ways.assign(way=way), "way")
    parts = wide["way"].astype("str").str.split("|", expand=True).reindex(columns=range(3))
    shown = {name: text for name, text in sides.columns.items() if name.startswith("share")}
    areas = [study.area_name(area) for area in study.territories]
    return table(
        wide.assign(
            unit=[label(UNIT, key) for key in parts[0]],
            basis=[label(BASIS, key) for key in parts[1]],
            weights=[label(WEIGHTS, key) for key in parts[2]],
        ),
        title=_("The share with any KET under every way of counting"),
        measure=_("Share of classified units with at least one KET"),
        columns={
            "unit": _("Counted"),
            "basis": _("Located by"),
            "weights": _("Counting"),
            **dict(zip(shown, areas, strict=len(ways) > 0)),  # no row, no area
        },
        formats=sides.formats,
        intervals=sides.intervals,
        note=_verified(study),
        source=source(study),
        most=40,
        csv_name="by_counting",
    )


def by_scheme(study: Dataset, readings: pd.DataFrame) -> Table:
    """Shares per KET under other readings of the rules: one row per KET and reading."""
    pair = readings["ket"] + "|" + readings["variant"]
    order = {key: i for i, key in enumerate(KET)}
    sorted_ = readings.assign(pair=pair, rank=readings["ket"].map(order))
    sorted_ = sorted_.sort_values(["rank", "variant"], kind="stable")
    wide, sides = side_by_side(study, sorted_, "pair")
    parts = wide["pair"].str.split("|", expand=True)
    shown = {name: text for name, text in sides.columns.items() if name.startswith("share")}
    areas = [study.area_name(area) for area in study.territories]
    return table(
        wide.assign(
            name=[label(KET, key) for key in parts[0]],
            reading=[label(VARIANT, key) for key in parts[1]],
        ),
        title=_("The same shares under other readings of the rules"),
        measure=_share_of(study),
        columns={
            "name": _("Key enabling technology"),
            "reading": _("Reading"),
            **dict(zip(shown, areas, strict=True)),
        },
        formats=sides.formats,
        intervals=sides.intervals,
        note=_("The proxy takes whole WIPO fields for a KET: a control from outside the rules."),
        source=source(study),
        most=40,
        csv_name="by_scheme",
    )


def published_totals(study: Dataset, totals: pd.DataFrame) -> Table:
    """Eurostat's totals for the territories beside the records of this study."""
    names = [study.area_name(area) if area else _("All territories") for area in totals["area"]]
    return table(
        totals.assign(area=names),
        title=_("Published totals beside the records of this study"),
        measure=_(
            "EPO applications, {first} to {last}", first=study.first_year, last=study.last_year
        ),
        columns={
            "area": _("Territory"),
            "published": _("Published total"),
            "n": _("Applications in this study"),
            "share": _("Part of the published total"),
        },
        formats={"published": lambda value: number(value, 1)},
        intervals={},
        note=_(
            "Published: by inventor's residence and priority year, in shares. This study: each "
            "application once per territory."
        ),
        source=context.CITATION if len(totals) else "",
        csv_name="published_totals",
    )


def _unit(study: Dataset) -> str:
    """What is counted, as the measure of a figure."""
    return _(
        "Number of {unit}, located by {basis}, {weights} counting",
        unit=label(UNIT, study.rule.unit),
        basis=label(BASIS, study.rule.located_by),
        weights=label(WEIGHTS, study.rule.weights),
    )


def _share_of(study: Dataset) -> str:
    """What a share is of, as the measure of a figure."""
    return _(
        "Share of the classified {unit} of each area, 95% Wilson interval; located by {basis}, "
        "{weights} counting",
        unit=label(UNIT, study.rule.unit),
        basis=label(BASIS, study.rule.located_by),
        weights=label(WEIGHTS, study.rule.weights),
    )


def _verified(study: Dataset) -> str:
    """The flag that stands wherever a KET figure stands."""
    if study.scheme.verified:
        return _("KET rules: checked against their printed source.")
    return _("KET rules: not checked against their printed source (verified = false).")


def _counts(study: Dataset, *columns: str) -> dict[str, Format]:
    """Whole counts without decimals, fractional ones with two."""
    how: Format = "count" if study.rule.weights == "whole" else "number"
    return dict.fromkeys(columns, how)
