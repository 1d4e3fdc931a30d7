"""The page on diversification: what metropolitan areas took up and left."""

import pandas as pd

from studylib.diversify.metro_names import metro_name
from studylib.language.words import _, number, percent
from studylib.patents.dataset import Dataset
from studylib.report.table import Table, table
from studylib.show.absent import left_out_when_empty
from studylib.show.diversification.nearness import corpus_source
from studylib.show.findings import few


@left_out_when_empty
def city_movements(study: Dataset, found: pd.DataFrame) -> Table:
    """How many classes the areas of the study held, took up and left between two periods."""
    found = found.assign(region=[metro_name(name) for name in found["region"]])
    return table(
        found,
        title=_moved(found),
        measure=_(
            "Classes held in the first and in the second period; in brackets what counting alone "
            "gives if nothing moves (95% of draws)"
        ),
        columns={
            "region": _("Metropolitan area"),
            "n_before": _("Held before"),
            "entered": _("Taken up"),
            "exited": _("Left"),
            "n_after": _("Held after"),
        },
        formats=dict.fromkeys(["n_before", "entered", "exited", "n_after"], "count"),
        intervals={name: (f"{name}_low", f"{name}_high") for name in ("entered", "exited")},
        note=_(
            "Held: at least two filings, and no rarer than in all areas together. Of the classes "
            "they do not hold, the {n} areas take up {entry}, and of those they hold they leave "
            "{exit} (medians).",
            n=number(found["n_regions"].max()),
            entry=percent(found["entry_middle"].max()),
            exit=percent(found["exit_middle"].max()),
        ),
        source=corpus_source(study),
        csv_name="city_movements",
    )


def _moved(found: pd.DataFrame) -> str:
    """Which areas took up, and left, more or fewer classes than counting alone gives, as a title."""
    texts = {
        ("entered", 1): _("more taken up: {areas}"),
        ("entered", -1): _("fewer taken up: {areas}"),
        ("exited", 1): _("more left: {areas}"),
        ("exited", -1): _("fewer left: {areas}"),
    }
    said = []
    for (what, side), text in texts.items():
        end = found[f"{what}_high"] if side > 0 else found[f"{what}_low"]
        areas = found.loc[side * (found[what] - end) > 0, "region"]
        if len(areas):
            said.append(text.format(areas=few(areas)))
    if not said:
        return _("Classes taken up and left: within what counting alone gives")
    return _("Classes beside what counting alone gives – {said}", said=_("; ").join(said))
