"""
What organisations of the list already did across the border: joint projects they took part in.

    the list (`fp7_name`) + published joint projects  --worked_before-->  organisation x project

Only a name that the list itself states is looked for: nothing is matched by likeness.
"""

import pandas as pd

from studylib.diversify import framework_projects
from studylib.network import Network
from studylib.patents.dataset import Dataset


def worked_before(study: Dataset, network: Network) -> pd.DataFrame:
    """
    One row per organisation of the list and joint FP7 project, by organisation and project.

    Columns cluster_id, fp7_name, project (CORDIS record), others (tuple: organisations of other
    territories in it, as registered, sorted).
    """
    listed = framework_projects.joint_project_list(study)[["project", "area", "name"]]
    people = network.organisations
    if "fp7_name" not in people:
        return pd.DataFrame(columns=["cluster_id", "fp7_name", "project", "others"])
    stated = people[["cluster_id", "territory", "fp7_name"]].astype("object").dropna()
    took = stated.merge(
        listed, left_on=["territory", "fp7_name"], right_on=["area", "name"]
    ).drop_duplicates(["cluster_id", "project"])
    met = took.drop(columns=["area", "name"]).merge(listed, on="project")
    met = met[met["territory"] != met["area"]]
    keys = ["cluster_id", "fp7_name", "project"]
    rows = [(*key, tuple(sorted(set(own["name"])))) for key, own in met.groupby(keys, sort=True)]
    return pd.DataFrame(rows, columns=[*keys, "others"])
