"""The page on diversification: density of areas, demanding fields."""

import pandas as pd

from studylib import figures
from studylib.diversify import nearness
from studylib.diversify.metro_names import metro_name
from studylib.figures.picture import Picture
from studylib.figures.theme import of_no_side
from studylib.files.folder import as_shown
from studylib.ket.fields import field_name
from studylib.language import in_use
from studylib.language.given import in_sentence
from studylib.language.spans import span
from studylib.language.words import _, number
from studylib.patents.dataset import Dataset
from studylib.report.labels import AGAINST_CHANCE, label
from studylib.report.table import Table, table
from studylib.show import common
from studylib.show.absent import left_out_when_empty
from studylib.show.findings import few
from studylib.stats.power import LEVEL

METRO = "metro_areas"


def corpus_source(study: Dataset) -> str:
    """Who the corpus is from: the file of the study's own, or the project's areas."""
    own = nearness.is_own(study)
    if own:
        return _("the study's own corpus, {file}", file=as_shown(own.name))
    return common.of_register(METRO)


def _verdict(row: "pd.Series") -> str:
    """What the draws say of a density, all fields of the area taken together."""
    if not row["q"] < LEVEL:
        return "not shown"
    return "more" if row["density"] > row["chance"] else "fewer"


def _density_finding(regions: pd.Series, verdicts: list[str]) -> str:
    """The title of the figure: how many fields of each area chance does not explain."""
    told = pd.Series([one != "not shown" for one in verdicts]).groupby(regions, sort=False)
    counts = told.agg(["sum", "size"]).sort_values("sum", ascending=False, kind="stable")
    parts = [
        _("{area} {n} of {base}", area=area, n=number(n), base=number(base))
        for area, n, base in counts.itertuples()
    ]
    return _("Fields told from chance by what lies near: {parts}", parts=few(parts))


@left_out_when_empty
def density_table(study: Dataset, found: pd.DataFrame) -> Table:
    """The same with chance, and what size and spread leave over."""
    told = found.assign(verdict=[_verdict(row) for _i, row in found.iterrows()])
    ranked = told.sort_values(["p", "region", "field_id"], kind="stable", ignore_index=True)
    return table(
        ranked.assign(
            item=[field_name(key) for key in ranked["field_id"]],
            region=ranked["region"].map(metro_name),
            held=[
                f"{number(held)} / {number(classes)}"
                for held, classes in zip(ranked["n_held"], ranked["n_classes"], strict=True)
            ],
            verdict_name=[label(AGAINST_CHANCE, one) for one in ranked["verdict"]],
        ),
        title=_density_finding(
            told["region"].map(metro_name).reset_index(drop=True), told["verdict"].tolist()
        ),
        measure=_("Density: the part of what lies near a field that the area holds"),
        columns={
            "item": _("Technology field"), "region": _("Metropolitan area"),
            "held": _("Classes held"),
            "density": _("Density"), "chance": _("By chance"),
            "verdict_name": _("Against chance"),
        },
        formats={"held": "figures", "density": "share", "chance": "share"},
        intervals={
            "density": ("density_low", "density_high"), "chance": ("chance_low", "chance_high"),
        },
        note=_(
            "By chance: 2,000 draws of as many classes, a class the more often the more areas hold "
            "it. In brackets after the density: 95% of counts drawn anew; the verdict holds the "
            "density against chance, not this interval, and all fields of an area against false "
            "discovery, each area by itself. Counts of one filing in several classes hang together, so "
            "the intervals are rather too narrow."
        ),
        source=corpus_source(study),
        most=12,
        csv_name="area_densities",
    )  # fmt: skip


def _most_demanding(found: pd.DataFrame) -> str:
    """Which field comes first by each of the two definitions, and the ranks it may have."""
    said = []
    for name in ("eci", "fitness"):
        first = found.sort_values([name, "field_id"], kind="stable").iloc[0]
        ranks = span(first[f"{name}_low"], first[f"{name}_high"], in_use())
        said.append((in_sentence(field_name(first["field_id"])), ranks))
    (one, its), (other, ranks) = said
    return _(
        "First by the index: {one} (ranks {its}); first by fitness: {other} ({ranks})",
        one=one, its=its, other=other, ranks=ranks,
    )  # fmt: skip


@left_out_when_empty
def complexity_ranks(study: Dataset, found: pd.DataFrame) -> Picture:
    """Ranks of fields by two definitions of complexity, with the places they take."""
    by_both = found.assign(mean=found[["eci", "fitness"]].mean(axis=1))
    ranked = by_both.sort_values(["mean", "field_id"], kind="stable")
    names = {"eci": _("By the index (ECI)"), "fitness": _("By fitness")}
    parts = [
        pd.DataFrame(
            {
                "item": [field_name(key) for key in ranked["field_id"]],
                "by": said,
                "rank": ranked[name],
                "low": ranked[f"{name}_low"],
                "high": ranked[f"{name}_high"],
            }
        )
        for name, said in names.items()
    ]
    return figures.ranks(
        pd.concat(parts, ignore_index=True),
        orders=of_no_side(list(names.values())),
        title=_most_demanding(found),
        measure=_(
            "Rank of each field by complexity, 1 the most demanding, and the ranks it takes in 95% "
            "of draws of the areas"
        ),
        alt=_("One row for each field, one strip of ranks for each definition."),
        note=_(
            "Demanding: held by few areas, which hold much that few hold. Told from the wide data "
            "and never from the territories of the study."
        )
        if nearness.is_apart(study)
        else _(
            "Demanding: held by few areas, which hold much that few hold. Told from the wide data, "
            "places in this study among them."
        ),
        source=corpus_source(study),
        name="complexity_ranks",
    )
