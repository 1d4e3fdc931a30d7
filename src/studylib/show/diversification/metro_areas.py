"""The page on diversification: what nearness foretells, and which metropolitan areas can be read."""

from typing import Any

import pandas as pd

from studylib import figures
from studylib.clean.region_names import named
from studylib.diversify.metro_names import metro_name
from studylib.diversify.nearness import is_own
from studylib.figures.picture import Picture
from studylib.figures.theme import of_no_side
from studylib.files.folder import as_shown
from studylib.ket.fields import field_name
from studylib.language.counted import fields
from studylib.language.words import _, is_missing, listing, number
from studylib.patents.dataset import Dataset
from studylib.report.labels import ENTRY_MODEL, label
from studylib.report.table import Table, table
from studylib.show import common
from studylib.show.absent import left_out_when_empty
from studylib.show.diversification.nearness import METRO
from studylib.show.measures import open_marks
from studylib.stats.power import LEVEL

MOST_FIELDS = 20  # drawn: of more the clearest


@left_out_when_empty
def entry_test(study: Dataset, test: pd.DataFrame) -> Table:
    """How well each model foretells what an area takes up."""
    own = is_own(study)
    return table(
        test.assign(item=[label(ENTRY_MODEL, key) for key in test["model"]]),
        title=_("Does relatedness foretell what an area takes up next?"),
        measure=_(
            "{regions} regions of the study’s own corpus: classes not held in its first period, "
            "taken up in its second; each fifth of the regions foretold from the others",
            regions=number(test["n_regions"].max()),
        )
        if own
        else _(
            "330 European metropolitan areas: classes not held in 2000–2006, taken up in 2007–2012; "
            "each fifth of the areas foretold from the others"
        ),
        columns={
            "item": _("Foretold by"),
            "auc_within": _("Right choices of two in one area"),
            "auc": _("In any two areas"),
            "precision": _("Average hit rate"),
            "base": _("Hit rate by chance"),
        },
        formats={"auc_within": "share", "auc": "share", "precision": "share", "base": "share"},
        intervals={"auc": ("auc_low", "auc_high")},
        note=_(
            "Right choices of two: how often, of a class taken up and one not taken up, the first is "
            "ranked higher; half by chance; in brackets 95% of draws of the areas. Of one area, how "
            "much it holds ranks nothing. Average hit rate: share of classes taken up, averaged down "
            "the ranking of all areas."
        ),
        source=_("the study's own corpus, {file}", file=as_shown(own.name))
        if own
        else common.of_register(METRO),
        csv_name="entry_test",
    )


def _lies_in(study: Dataset, row: "pd.Series[Any]") -> str:
    """The territory of an area, or in brackets where else in the study it lies."""
    if not is_missing(row["area"]):
        return study.area_name(row["area"])
    around = row["around"]
    is_compared = around in {area.id for area in study.definition.comparison}
    return f"({study.area_name(around) if is_compared else named(around)})"


@left_out_when_empty
def city_check(study: Dataset, check: pd.DataFrame) -> Table:
    """Which metropolitan areas can be read: the test against Eurostat's sections."""
    return table(
        check.assign(
            metro=check["metro"].map(metro_name),
            area=[_lies_in(study, row) for _i, row in check.iterrows()],
            verdict=[_("read") if good else _("refused") for good in check["usable"]],
        ),
        title=_("Which metropolitan areas can be read?"),
        measure=_(
            "Part of an area's assignments in another IPC section than Eurostat's applications"
        ),
        columns={
            "metro": _("Metropolitan area"),
            "area": _("Territory"),
            "assignments_before": _("2000–2006"),
            "assignments_after": _("2007–2012"),
            "distance": _("In another section"),
            "noise": _("By chance alone"),
            "verdict": _("Read?"),
        },
        formats={"distance": "share", "noise": "share"},
        intervals={},
        note=" ".join(filter(None, [
            _(
                "Read: at least 100 assignments in each period and at most an eighth of them in "
                "another section, limits set by this project. The others are too few or too far from Eurostat’s profile "
                "(2005–2008): wrongly placed addresses, or the other way of counting. Only areas of the border regions this project was made for have been held against "
                "Eurostat."
            ),
            _("In brackets: outside the territories.") if check["area"].isna().any() else "",
        ])),
        source=common.of_register(METRO),
        csv_name="city_check",
    )  # fmt: skip


@left_out_when_empty
def city_profiles(profiles: pd.DataFrame) -> Picture:
    """What the confirmed areas of the study do more often than Europe, the clearest first."""
    clear = profiles[(profiles["q"] < LEVEL) & (profiles["quotient"] > 1)]
    kept = list(dict.fromkeys(clear.sort_values("p", kind="stable")["field_id"]))[:MOST_FIELDS]
    rows = profiles[profiles["field_id"].isin(kept)]
    shown = rows.assign(
        metro=rows["metro"].map(metro_name),
        item=[field_name(key) for key in rows["field_id"]],
        rank=rows["field_id"].map({key: place for place, key in enumerate(kept)}),
        shown=rows["q"] < LEVEL,
    ).sort_values(["rank", "metro"], kind="stable")
    return figures.ratios(
        shown,
        by="metro",
        ratio="quotient",
        territories=of_no_side([metro_name(name) for name in dict.fromkeys(profiles["metro"])]),
        title=_clear(clear, profiles["field_id"].nunique()),
        measure=_(
            "Share of assignments 2000–2012 over the same share in all other European areas; 1 is "
            "as often"
        ),
        alt=_("One row for each field, one mark with its interval for each area, around 1."),
        note=" ".join(filter(None, [
            open_marks(),
            _("Drawn are the {n} fields told most clearly.", n=number(MOST_FIELDS))
            if clear["field_id"].nunique() > MOST_FIELDS else "",
        ])),
        source=common.of_register(METRO),
        name="city_profiles",
    )  # fmt: skip


def _clear(clear: pd.DataFrame, n: int) -> str:
    """How many fields of each area are told to be more frequent than in the rest of Europe."""
    counts = clear.groupby("metro", sort=True).size()
    if counts.empty:
        return _("No field is shown to be more frequent than in the rest of Europe")
    return _(
        "Of {asked}, more frequent than in the rest of Europe: {parts}",
        asked=fields(n),
        parts=listing(f"{metro_name(str(metro))} {number(n)}" for metro, n in counts.items()),
    )
