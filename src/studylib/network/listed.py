"""
The network of a study's list under the names it is given: what rests on it knows no language.

    clusters, cluster_attributes, co-classified patents  --network_of-->  Network
"""

import pandas as pd

from studylib import network
from studylib.network import Network, sector_patents, sectors, theme_rules, themes
from studylib.patents.dataset import Dataset


def network_of(study: Dataset, organisations: pd.DataFrame) -> Network:
    """The organisations (rows of `clusters`), what they state, and the themes that join them."""
    attributes = study.table("cluster_attributes")
    own = theme_rules.path_of(study.definition)
    theirs = theme_rules.are_theirs(study.definition)
    meeting = sector_patents.co_classified(study)
    found = themes.themes(organisations, meeting, own, theirs=theirs)
    known = sectors.of_study(study.definition)
    return network.build(organisations, attributes, found, study.territories, known)
