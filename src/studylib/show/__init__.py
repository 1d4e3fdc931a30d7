"""
Finished tables as a reader sees them: labelled in the page's language, with source and measure.

One module per section of a page.  Functions take an opened study and a table a researcher has
made with `studylib`, and compute nothing but labels.
"""

from studylib.show.border import border, sector_evidence
from studylib.show.border_areas import area_kets, area_totals, concentration, practices
from studylib.show.choices import by_counting, by_scheme
from studylib.show.collaboration_tree import collaboration_themes, collaboration_tree
from studylib.show.copatents import joint_patents
from studylib.show.data import (
    applications,
    completeness,
    coverage,
    funnel,
    ipc_depth,
    rejects,
    repairs,
    sources,
)
from studylib.show.diversification import (
    section_forest,
    section_table,
    specialisation_forest,
    specialisation_table,
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
    themes,
)
from studylib.show.joint_projects import (
    joint_project_list,
    joint_project_table,
    joint_projects,
    project_programmes,
    province_pairs,
)
from studylib.show.kets import ket_table, kets, overlap
from studylib.show.ledger import ledger, published_gap, published_sizes
from studylib.show.metro_areas import city_check, city_movements, city_profiles, entry_test
from studylib.show.nearness import (
    complexity_ranks,
    density_crosses,
    density_table,
    nearness_measures,
)
from studylib.show.neighbours import complementarity, kets_in_fields, kets_together
from studylib.show.opportunities import idea_cards, idea_ranks, idea_table
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
from studylib.show.places import cartogram, place_links
from studylib.show.programmes import baselines, criteria
from studylib.show.region_groups import portfolio_groups, portfolio_map, portfolio_profiles
from studylib.show.side_differences import differences
from studylib.show.side_pairs import (
    co_invention,
    co_invention_table,
    co_inventors,
    portfolio_overlap,
)
from studylib.show.side_ratios import side_dumbbells, side_ratio_table
from studylib.show.survey import free_texts, survey_rejects, who_answered
from studylib.show.survey_differences import survey_differences
from studylib.show.survivors import findings_under_choices, headlines_under_choices
from studylib.show.together import together

__all__ = [
    "applicants",
    "applications",
    "area_kets",
    "area_totals",
    "baselines",
    "border",
    "by_counting",
    "by_scheme",
    "cartogram",
    "city_check",
    "city_movements",
    "city_profiles",
    "classified",
    "co_invention",
    "co_invention_table",
    "co_inventors",
    "collaboration_themes",
    "collaboration_tree",
    "complementarity",
    "completeness",
    "complexity_ranks",
    "concentration",
    "coverage",
    "criteria",
    "density_crosses",
    "density_table",
    "differences",
    "entry_test",
    "fields",
    "findings_under_choices",
    "free_texts",
    "funnel",
    "headlines_under_choices",
    "idea_cards",
    "idea_ranks",
    "idea_table",
    "interest_table",
    "interests",
    "ipc_depth",
    "joint_patents",
    "joint_project_list",
    "joint_project_table",
    "joint_projects",
    "ket_table",
    "kets",
    "kets_in_fields",
    "kets_together",
    "ledger",
    "meta_cluster_table",
    "meta_clusters",
    "nearness_measures",
    "network_files",
    "organisations",
    "overlap",
    "partners",
    "place_links",
    "portfolio_groups",
    "portfolio_map",
    "portfolio_overlap",
    "portfolio_profiles",
    "practices",
    "project_programmes",
    "province_pairs",
    "published_gap",
    "published_sizes",
    "published_totals",
    "rejects",
    "repairs",
    "section_forest",
    "section_table",
    "sector_evidence",
    "sectors",
    "side_dumbbells",
    "side_ratio_table",
    "sources",
    "spanning_tree",
    "specialisation_forest",
    "specialisation_table",
    "survey_differences",
    "survey_rejects",
    "the_list",
    "themes",
    "timeline",
    "together",
    "who_answered",
]


def __dir__() -> list[str]:
    """What can be shown, without the modules it stands in."""
    return __all__
