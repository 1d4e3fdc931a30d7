"""
Joint projects of the two territories as other regions: drawn wider, and province by province.

    reference/fp7_choices.csv    pair of such regions: joint projects beside either kind of chance

The same question as in `framework_projects`: does what is found hang on where the territories end?
"""

import pandas as pd

from studylib.diversify.corpus import REFERENCE
from studylib.diversify.framework_projects import against, in_its_order, joint_project_list
from studylib.ket.rules import FOLDER
from studylib.patents.dataset import Dataset
from studylib.patents.published_totals import NUTS_OF_EUROSTAT

KEPT = ["expected_kept", "low_kept", "high_kept"]


def pair_of_places(study: Dataset) -> pd.DataFrame:
    """
    Joint projects of the study's two territories wherever they end, against both kinds of chance.

    One row: region, other_region, joint, expected, low, high, the same with `_kept`, verdict,
    verdict_kept (see `framework_projects.joint_projects`); none where the pair has not been counted
    (`reference/fp7_choices.csv`: territories drawn wider, province by province) or is in another
    NUTS version.
    """
    drawn_wider = pd.read_csv(REFERENCE / "fp7_choices.csv")
    every = pd.concat([pd.read_csv(REFERENCE / "fp7_pairs.csv"), drawn_wider], ignore_index=True)
    codes = {"+".join(area.nuts) for area in study.definition.territories}
    known = {area.nuts_version for area in study.definition.territories} <= NUTS_OF_EUROSTAT
    own = every["region"].isin(codes) & every["other_region"].isin(codes) & known
    table = every.loc[own, ["region", "other_region", "joint", "expected", "low", "high", *KEPT]]
    return _judged(table.reset_index(drop=True))


def pairs_of_provinces(study: Dataset) -> pd.DataFrame:
    """
    One row per pair of provinces of the study's two territories (NUTS 3) that both took part.

    Columns region, other_region (codes), name, other_name (official), projects, other_projects,
    joint, expected, low, high (95 % of draws), the same with `_kept` (each province in as many
    projects as it was), verdict, verdict_kept; the first province is of the territory that the
    study names first.  Empty unless both territories of the published list are in the study: of
    another pair that is counted (`pair_of_study`) no provinces are.
    """
    table = pd.read_csv(REFERENCE / "fp7_choices.csv")
    taking = (table["projects"] > 0) & (table["other_projects"] > 0)
    own = (table["choice"] == "province") & taking & (len(joint_project_list(study)) > 0)
    table = table[own].drop(columns="choice").reset_index(drop=True)
    names = pd.read_csv(FOLDER / "nuts.csv", comment="#").dropna(subset="name")
    named = names.drop_duplicates("code").set_index("code")["name"]
    table = table.assign(
        name=table["region"].map(named), other_name=table["other_region"].map(named)
    )
    return in_its_order(_judged(table), study)


def _judged(table: pd.DataFrame) -> pd.DataFrame:
    """The pairs with what either kind of chance says of each."""
    return table.assign(verdict=against(table, ""), verdict_kept=against(table, "_kept"))
