"""The page on border areas: joint projects of pairs of regions, beside chance and by name."""

import pandas as pd

from studylib import figures
from studylib.diversify import framework_projects
from studylib.figures.picture import Picture
from studylib.figures.theme import of_no_side
from studylib.language import given
from studylib.language.counted import pairs as pairs_in_words
from studylib.language.words import _, interval, listing, ngettext, number
from studylib.patents.dataset import Dataset
from studylib.report.labels import AGAINST_CHANCE, PAIR_KIND, label
from studylib.report.table import Table, table
from studylib.show import common
from studylib.show.absent import left_out_when_empty
from studylib.show.areas.side_names import pair_name

CORDIS = "cordis_fp7"
RECORD = "https://cordis.europa.eu/project/rcn/"  # of a project, by its record number


def joint_projects(pairs: pd.DataFrame) -> Picture:
    """Joint projects of each pair over what chance gives."""
    named = pairs.assign(
        item=[pair_name(row) for _i, row in pairs.iterrows()],
        group=[label(PAIR_KIND, kind) for kind in pairs["kind"]],
        shown=pairs["verdict"] != "not shown",
    )
    return figures.ratios(
        named,
        by="group",
        ratio="ratio",
        low="ratio_low",
        high="ratio_high",
        territories=of_no_side([label(PAIR_KIND, kind) for kind in dict.fromkeys(pairs["kind"])]),
        title=_finding(pairs),
        measure=_(
            "FP7 projects 2007–2013 with organisations of both regions, over what chance gives; 1 "
            "is as many"
        ),
        alt=_("One row for each pair of regions, one mark with its interval, around 1."),
        note=_(
            "Chance here keeps how many organisations each project has and how often each region "
            "takes part. Open marks: within what it gives. The title counts pairs that lie above "
            "the two other kinds of chance of the table too."
        ),
        source=common.of_register(CORDIS),
        name="joint_projects",
    )


def above_chance(pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs with more joint projects than each of the three kinds of chance of the table gives."""
    both = above_both(pairs)
    return both[both["verdict_in_country"] == "more"]


def above_both(pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs above participations dealt anew, and above projects of each kept."""
    return pairs[(pairs["verdict"] == "more") & (pairs["verdict_kept"] == "more")]


def _finding(pairs: pd.DataFrame) -> str:
    """How many pairs across a border have more joint projects than chance gives, as the headline."""
    across = pairs[pairs["kind"] == "border"]
    more = len(above_chance(across))
    if not more:
        return _(
            "No pair of regions across a border has more joint projects than each of three kinds of "
            "chance gives"
        )
    return ngettext(
        "Of {pairs} across a border, {n} has more joint projects than each of three kinds of chance "
        "gives",
        "Of {pairs} across a border, {n} have more joint projects than each of three kinds of "
        "chance gives",
        more,
        pairs=pairs_in_words(len(across)),
    )


def joint_project_table(pairs: pd.DataFrame) -> Table:
    """The same with counts, beside each of three kinds of chance."""
    return table(
        pairs.assign(
            item=[pair_name(row) for _i, row in pairs.iterrows()],
            kind_name=[label(PAIR_KIND, kind) for kind in pairs["kind"]],
            **beside_chance(pairs, "", "_in_country", "_kept"),
        ),
        title=_("Joint European projects, pair by pair"),
        measure=_("FP7 projects 2007–2013"),
        columns={
            "item": _("Pair of regions"),
            "kind_name": _("Kind of pair"),
            "joint": _("Joint projects"),
            "by_chance": _("By chance"),
            "by_chance_in_country": _("By chance, countries kept"),
            "by_chance_kept": _("By chance, projects of each kept"),
        },
        formats={"joint": "count"},
        note=beside_chance_read(
            _(
                "By chance: the mean of {n} draws that deal the regions anew over all participants, and "
                "95% of them; countries kept: over the participants of each country; projects of each "
                "kept: each region in as many projects as it was, which keeps its teams together. More "
                "or fewer: outside 95% of chance.",
                n=number(pairs["draws"].max()),
            )
        ),
        source=common.of_register(CORDIS),
        csv_name="joint_projects",
    )


def beside_chance(pairs: pd.DataFrame, *kinds: str) -> dict[str, list[str]]:
    """Columns that say what each kind of chance gives to a pair, and whether it has more."""
    return {
        f"by_chance{kind}": [_in_words(row, kind) for _i, row in pairs.iterrows()] for kind in kinds
    }


def beside_chance_read(note: str) -> str:
    """A note on what chance gives, with the numbers from which on the verdict would be another."""
    told = _(
        "More is told from the number after the interval on; fewer is never told where the interval "
        "begins with 0."
    )
    return f"{note} {told}"


def _in_words(row: "pd.Series", kind: str) -> str:
    """What a kind of chance gives, 95% of its draws, and what that says of the pair."""
    return _(
        "{expected} ({interval}): {verdict}",
        expected=number(row[f"expected{kind}"], 1),
        interval=interval(row[f"low{kind}"], row[f"high{kind}"], 0, as_percent=False),
        verdict=label(AGAINST_CHANCE, row[f"verdict{kind}"]),
    )


@left_out_when_empty
def joint_project_list(study: Dataset, projects: pd.DataFrame) -> Table:
    """The projects with organisations of both territories: who, about what."""
    names = framework_projects.programme_names()
    published = [area for area in study.territories if (projects["area"] == area).any()]
    sides = {
        f"side_{place}": projects[projects["area"] == area].groupby("project")["name"].agg(listing)
        for place, area in enumerate(published)
    }
    each = projects.drop_duplicates("project")[["project", "programme", "topic"]]
    each = each.sort_values("programme", key=lambda told: told == "", kind="stable")
    for column, said in sides.items():
        each = each.assign(**{column: each["project"].map(said).fillna("–").to_numpy()})
    return table(
        each.assign(
            theme=[given.name_of(p, names) if p else "–" for p in each["programme"]],
            number=each["project"].astype("str"),
            href=[f"{RECORD}{project}" for project in each["project"]],
        ),
        title=_("Projects with organisations of both territories"),
        measure=_("Seventh Framework Programme, 2007–2013"),
        columns={
            "number": _("CORDIS record"),
            "theme": _("Programme"),
            **{f"side_{p}": study.area_name(a) for p, a in enumerate(published)},
        },
        hrefs={"number": "href"},
        note=_(
            "Names as registered. Large institutes count at their seat. –: the data name no programme."
        ),
        source=common.of_register(CORDIS),
        most=12,
        csv_name="joint_project_list",
    )
