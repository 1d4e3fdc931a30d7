"""
What a programme has to count, as far as this study can: indicators and criteria.

    rules/interreg_indicators.csv      --indicators--> code, name, baseline, who counts
    rules/specialisation_criteria.csv  --criteria-->   number, name, page that is evidence, or none
"""

import pandas as pd

from studylib.diversify import framework_projects
from studylib.files.answers import once
from studylib.ket.rules import FOLDER
from studylib.network import copatents
from studylib.patents.dataset import Dataset

NOTHING = ""
SURVEY = "10_survey"


@once
def indicators(study: Dataset) -> pd.DataFrame:
    """
    One row per indicator of cross-border programmes, in the order of the rule file: of several
    rules for one indicator the first that observes something.

    Columns code, name, counts (what is counted, by language as `name` is), source, baseline
    (organisations observed; missing where nothing observes it), basis (`projects`, `again`: those
    that met across the border in more than one project, `patents` or "").
    """
    rules = pd.read_csv(FOLDER / "interreg_indicators.csv", keep_default_na=False)
    listed = framework_projects.joint_project_list(study)
    applicants = copatents.joint_links(study, "applicant")
    both = pd.concat([applicants["node"], applicants["other_node"]]).nunique()
    known = {
        "projects": float(listed["name"].nunique()) if len(listed) else None,
        "again": float(len(met_again(listed))) if len(listed) else None,
        "patents": float(both) if copatents.has_role(study, "applicant") else None,
    }
    baseline = [known.get(basis) for basis in rules["basis"]]
    told = rules.assign(baseline=pd.Series(baseline, dtype="float64"))
    seen = told.sort_values("baseline", key=lambda n: n.isna(), kind="stable")
    return told.loc[sorted(seen.drop_duplicates("code").index)].reset_index(drop=True)


def met_again(listed: pd.DataFrame) -> set[str]:
    """
    Organisations that met one and the same of another territory in more than one project.

    `listed`: one row per project and organisation, with its territory (project, area, name).
    """
    told = listed[["project", "area", "name"]].drop_duplicates()
    both = told.merge(told, on="project", suffixes=("", "_other"))
    both = both[both["area"] != both["area_other"]]
    pairs = both.groupby(["name", "name_other"])["project"].nunique()
    return set(pairs[pairs > 1].index.get_level_values("name"))


def criteria(study: Dataset | None = None) -> pd.DataFrame:
    """
    One row per criterion of smart specialisation, in the order of the law.

    Columns number, name, page ("" not shown by this study), shows, source; texts by language.
    Of a study without a survey the page on its answers is no evidence.
    """
    table = pd.read_csv(FOLDER / "specialisation_criteria.csv", keep_default_na=False)
    if study is None or study.definition.survey is not None:
        return table
    told = ["page", *(name for name in table.columns if name.startswith("shows_"))]
    return table.assign(**{name: table[name].where(table["page"] != SURVEY, "") for name in told})
