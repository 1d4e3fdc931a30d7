"""
Observed co-operation of border areas: joint projects of the Seventh Framework Programme (FP7).

    reference/fp7_pairs.csv             pair of regions: joint projects beside chance
    published/fp7_joint_projects.csv    organisation in a project of both territories
    published/fp7_programmes.csv        territory x programme: participations

Real, for Aquitaine and Euskadi; a study of other territories sees the pairs as context.
"""

from collections.abc import Iterator
from functools import cache

import numpy as np
import pandas as pd

from studylib.diversify.corpus import REFERENCE
from studylib.ket.rules import FOLDER
from studylib.language import given
from studylib.patents.dataset import Dataset
from studylib.patents.published_totals import NUTS_OF_EUROSTAT, PUBLISHED
from studylib.stats import quotients
from studylib.stats.arrays import Numbers

KINDS = ("border", "country", "apart")


def joint_projects(study: Dataset | None = None) -> pd.DataFrame:
    """
    One row per pair of regions: joint FP7 projects, against chance and against neighbours.

    Two territories of the study stand in its own order, else pairs are as in the rule file.

    Returns
    -------
    region, other_region (NUTS 2010), area (English name of the border area, "" none), kind (border;
    country: neighbours inside one country; apart: no common border), projects, other_projects,
    joint, expected, low, high (95 % of draws that keep sizes of projects and of regions), the same
    with `_in_country` (draws that keep participants per country too) and with `_kept` (each region
    in as many projects as it was, so that its teams stay together: `stats.projects_kept`), ratio
    (joint over expected), ratio_low, ratio_high (Garwood's interval of joint over expected),
    ratio_in_country, verdict (`more`, `fewer`, `not shown`: joint against low and high),
    verdict_in_country, verdict_kept, found_from (the ratio from which on more than chance would be
    found in four of five such programmes; joint projects taken as Poisson numbers, which vary
    somewhat more than the draws).  Pairs across a border first, in the order of the rule file.
    """
    table = pd.read_csv(REFERENCE / "fp7_pairs.csv")
    rules = pd.read_csv(FOLDER / "fp7_pairs.csv", keep_default_na=False)
    rules = rules[["region", "other_region", "area", "kind"]]
    table = rules.merge(table, on=["region", "other_region"], validate="1:1")
    low, high = quotients.garwood(table["joint"])
    table = table.assign(
        ratio=table["joint"] / table["expected"],
        ratio_low=low / table["expected"],
        ratio_high=high / table["expected"],
        ratio_in_country=table["joint"] / table["expected_in_country"],
        verdict=against(table, ""),
        verdict_in_country=against(table, "_in_country"),
        verdict_kept=against(table, "_kept"),
        found_from=_found_from(table["high"]) / table["expected"],
    )
    place = table["kind"].map(KINDS.index)
    table = table.iloc[place.argsort(kind="stable")].reset_index(drop=True)
    return table if study is None else in_its_order(table, study)


def in_its_order(pairs: pd.DataFrame, study: Dataset) -> pd.DataFrame:
    """Pairs turned where the study names the territory of the second place first."""
    places = [area.nuts for area in study.definition.territories]
    first, second = (
        pairs[column].map(
            lambda code: next((n for n, own in enumerate(places) if code.startswith(own)), np.nan)
        )
        for column in ("region", "other_region")
    )
    turned, found = first > second, pairs.copy()
    for name in ("region", "name", "projects"):
        if name in found:
            both = [name, f"other_{name}"]
            found.loc[turned, both] = pairs.loc[turned, both[::-1]].to_numpy()
    return found


def _found_from(high: pd.Series) -> Numbers:
    """The mean from which on a Poisson number lies above `high` in four of five cases."""
    from scipy.special import gammaincinv

    return np.asarray(gammaincinv(high.to_numpy() + 1, quotients.POWER))


def against(table: pd.DataFrame, suffix: str) -> pd.Series:
    """What the draws say of each pair."""
    words = pd.Series("not shown", index=table.index, dtype="object")
    words[table["joint"] > table[f"high{suffix}"]] = "more"
    words[table["joint"] < table[f"low{suffix}"]] = "fewer"
    return words


def border_practices() -> pd.DataFrame:
    """
    One row per practice of another border area: area, practice, measured, source, by language.

    What is published of each; `measured` says what of it this study can measure, and where.
    """
    return pd.read_csv(PUBLISHED / "border_practices.csv", keep_default_na=False)


@cache
def region_names() -> dict[str, dict[str, str]]:
    """The names of the regions of the rule file, by language."""
    rules = pd.read_csv(FOLDER / "fp7_regions.csv", keep_default_na=False)
    return given.by_key(rules, "region", "name")


@cache
def programme_names() -> dict[str, dict[str, str]]:
    """What each FP7 programme is about, by language."""
    rules = pd.read_csv(FOLDER / "fp7_programmes.csv", keep_default_na=False)
    return given.by_key(rules, "programme", "theme")


@cache
def sectors_of_programmes() -> dict[str, frozenset[str]]:
    """The sectors a programme is about; a programme about many has none."""
    rules = pd.read_csv(FOLDER / "fp7_programmes.csv", keep_default_na=False)
    told = zip(rules["programme"], rules["sectors"], strict=True)
    return {str(name): frozenset(keys.split(";")) for name, keys in told if keys}


def sectors_of_projects(study: Dataset) -> frozenset[str]:
    """The sectors that the programmes of the joint projects of a study are about."""
    about = sectors_of_programmes()
    programmes = joint_project_list(study)["programme"].unique()
    return frozenset().union(*(about.get(str(name), frozenset()) for name in programmes))


def one_code(programmes: pd.Series) -> pd.Series:
    """Programmes under the first of their codes, where the rule file says two are one."""
    rules = pd.read_csv(FOLDER / "fp7_programmes.csv", keep_default_na=False)
    other = rules[rules["same_as"] != ""].set_index("programme")["same_as"]
    return programmes.replace(other.to_dict())


def of_study(study: Dataset) -> dict[str, str]:
    """Territory of the published projects -> territory of the study, where they are the same."""
    return dict(_same(study))


def _same(study: Dataset) -> Iterator[tuple[str, str]]:
    """Pairs of (territory in the published files, territory of the study) of one NUTS code."""
    for name, code in (("Aquitaine", "FR61"), ("Euskadi", "ES21")):
        for area in study.definition.territories:
            if area.nuts == (code,) and area.nuts_version in NUTS_OF_EUROSTAT:
                yield name, area.id


def pair_of_study(study: Dataset) -> pd.DataFrame:
    """The row of `joint_projects` of the study's own two territories; none where there is none."""
    codes = {area.nuts[0] for area in study.definition.territories if len(area.nuts) == 1}
    table = joint_projects(study)
    own = table["region"].isin(codes) & table["other_region"].isin(codes)
    known = {area.nuts_version for area in study.definition.territories} <= NUTS_OF_EUROSTAT
    return table[own & known].reset_index(drop=True)


def joint_project_list(study: Dataset) -> pd.DataFrame:
    """
    One row per organisation in a project of both territories, sorted by project, then territory.

    Columns project (CORDIS number), programme, topic ("" not told), area, nuts_id, place, name.
    Empty unless both territories of the published list are in the study.
    """
    table = pd.read_csv(PUBLISHED / "fp7_joint_projects.csv", keep_default_na=False)
    same = of_study(study)
    if len(same) < table["territory"].nunique():
        table = table.iloc[:0]
    table = table.assign(area=table["territory"].map(same), programme=one_code(table["programme"]))
    return table[["project", "programme", "topic", "area", "nuts_id", "place", "name"]]


def project_programmes(study: Dataset) -> pd.DataFrame:
    """
    One row per programme, most joint projects first: what the two sides took part in.

    Columns programme ("" not told), n_0, n_1, ... participations of the territories of the study
    that are published, by their place in it; joint (projects with both).  Two codes of one
    programme are one row.  Empty as `joint_project_list` is.
    """
    rows = pd.read_csv(PUBLISHED / "fp7_programmes.csv", keep_default_na=False)
    rows = rows.assign(programme=one_code(rows["programme"]))
    listed = joint_project_list(study)
    places = {area: study.territories.index(area) for area in of_study(study).values()}
    columns = [f"n_{place}" for place in sorted(places.values())]
    if listed.empty:
        return pd.DataFrame(columns=["programme", *columns, "joint"])
    side = "n_" + rows["territory"].map(of_study(study)).map(places).astype(str)
    wide = rows.pivot_table(
        index="programme", columns=side, values="participations", aggfunc="sum", fill_value=0
    )
    table = wide[columns].astype(int).rename_axis(columns=None)
    joint = listed.drop_duplicates("project").groupby("programme").size()
    table = table.assign(joint=joint.reindex(table.index).fillna(0).astype(int)).reset_index()
    order = table.assign(all=table[columns].sum(axis=1))
    ranked = order.sort_values(["joint", "all", "programme"], ascending=[False, False, True])
    return ranked.drop(columns="all").reset_index(drop=True)
