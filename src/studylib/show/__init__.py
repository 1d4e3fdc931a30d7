"""
Finished tables as a reader sees them: labelled in the page's language, with source and measure.

One module per section of a page.  Functions take an opened study and a table a researcher has
made with `studylib`, and compute nothing but labels.
"""

from studylib.show import border_areas, diversification
from studylib.show.border import border, sector_evidence
from studylib.show.choices import by_counting, by_scheme
from studylib.show.collaboration_tree import collaboration_themes, collaboration_tree
from studylib.show.copatents import joint_links, joint_patents
from studylib.show.data import (
    completeness,
    coverage,
    funnel,
    ipc_depth,
    rejects,
    sources,
)
from studylib.show.groups import (
    meta_cluster_table,
    meta_clusters,
    network_files,
    spanning_tree,
)
from studylib.show.interests import (
    interest_table,
    interests,
    survey_differences,
    themes,
)
from studylib.show.kets import ket_table, kets, overlap
from studylib.show.ledger import ledger, published_gap, published_sizes
from studylib.show.organisations import organisations, the_list
from studylib.show.partners import partners
from studylib.show.patents import (
    applicants,
    classified,
    fields,
    published_totals,
    sectors,
    timeline,
)
from studylib.show.side_differences import differences
from studylib.show.survey import free_texts, survey_rejects, who_answered

__all__ = [
    "applicants",
    "border",
    "border_areas",
    "by_counting",
    "by_scheme",
    "classified",
    "collaboration_themes",
    "collaboration_tree",
    "completeness",
    "coverage",
    "differences",
    "diversification",
    "fields",
    "free_texts",
    "funnel",
    "interest_table",
    "interests",
    "ipc_depth",
    "joint_links",
    "joint_patents",
    "ket_table",
    "kets",
    "ledger",
    "meta_cluster_table",
    "meta_clusters",
    "network_files",
    "organisations",
    "overlap",
    "partners",
    "published_gap",
    "published_sizes",
    "published_totals",
    "rejects",
    "sector_evidence",
    "sectors",
    "sources",
    "spanning_tree",
    "survey_differences",
    "survey_rejects",
    "the_list",
    "themes",
    "timeline",
    "who_answered",
]


def __dir__() -> list[str]:
    """What can be shown, without the modules it stands in."""
    return __all__
