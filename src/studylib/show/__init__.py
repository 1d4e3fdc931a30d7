"""
Finished tables as a reader sees them: labelled in the page's language, with source and measure.

One module per section of a page.  Functions take an opened study and a table a researcher has
made with `studylib`, and compute nothing but labels.
"""

from studylib.show.areas.border_areas import (
    area_kets,
    area_rates,
    area_totals,
    concentration,
    practices,
)
from studylib.show.areas.co_inventors import co_inventors
from studylib.show.areas.joint_projects import (
    joint_project_list,
    joint_project_table,
    joint_projects,
)
from studylib.show.areas.project_programmes import project_programmes
from studylib.show.areas.province_pairs import province_pairs
from studylib.show.areas.side_pairs import (
    co_invention,
    co_invention_table,
    portfolio_overlap,
)
from studylib.show.collaboration.border import border, sector_evidence
from studylib.show.collaboration.collaboration_tree import collaboration_themes, collaboration_tree
from studylib.show.collaboration.groups import (
    meta_cluster_table,
    meta_clusters,
    network_files,
    spanning_tree,
)
from studylib.show.collaboration.organisations import organisations, the_list
from studylib.show.collaboration.partners import partners
from studylib.show.collaboration.places import cartogram, place_links
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
from studylib.show.diversification.metro_areas import (
    city_check,
    city_profiles,
    entry_test,
)
from studylib.show.diversification.movements import city_movements
from studylib.show.diversification.nearness import (
    complexity_ranks,
    density_table,
)
from studylib.show.diversification.nearness_measures import nearness_measures
from studylib.show.diversification.neighbours import complementarity, kets_in_fields, kets_together
from studylib.show.diversification.region_groups import (
    portfolio_groups,
    portfolio_map,
    portfolio_profiles,
)
from studylib.show.diversification.side_ratios import side_ratio_table
from studylib.show.diversification.specialisation import (
    section_forest,
    section_table,
    specialisation_forest,
    specialisation_table,
)
from studylib.show.diversification.survivors import findings_under_choices, headlines_under_choices
from studylib.show.ideas.opportunities import idea_cards, idea_ranks, idea_table
from studylib.show.ideas.programmes import baselines, criteria
from studylib.show.patents.choices import by_counting, by_scheme
from studylib.show.patents.copatents import joint_patents
from studylib.show.patents.filings import (
    applicants,
    classified,
    fields,
    published_totals,
    sectors,
    timeline,
)
from studylib.show.patents.kets import ket_table, kets, overlap
from studylib.show.side_differences import differences
from studylib.show.survey.answered import free_texts, survey_rejects, who_answered
from studylib.show.survey.interests import (
    interest_table,
    interests,
    themes,
)
from studylib.show.survey.ledger import ledger, published_gap, published_sizes
from studylib.show.survey.survey_differences import survey_differences
from studylib.show.together import together

__all__ = [
    "applicants",
    "applications",
    "area_kets",
    "area_rates",
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
