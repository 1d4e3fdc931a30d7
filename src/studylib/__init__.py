"""
Helpers of the study: cleaning, KET tagging, statistics, reports.

Notebooks write ``import studylib as sl``.  Names are loaded when they are first used, so that
the import itself costs next to nothing.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

# What notebooks use, and the module it lives in.
NAMES = {
    "open_study": "dataset",
    "classified": "patents",
    "timeline": "patents",
    "sector_shares": "patents",
    "field_shares": "patents",
    "ket_shares": "patents",
    "ket_differences": "ket_carriers",
    "any_ket": "patents",
    "overlap": "ket_carriers",
    "by_applicant_kind": "ket_carriers",
    "sensitivity_to_counting": "patents",
    "sensitivity_to_scheme": "patents",
    "published_totals": "context",
    "rejects_by_reason": "coverage",
    "coverage_by_year": "coverage",
    "completeness": "coverage",
    "ipc_depth": "coverage",
    "who_answered": "survey",
    "survey_rejects": "survey",
    "free_texts": "survey",
    "interests": "survey",
    "differences": "survey",
    "profile_differences": "survey",
    "published_sizes": "survey.published",
    "published_pairs": "survey.published",
    "joint_themes": "survey.themes",
    "ledger": "survey.claims",
    "cluster_network": "network.collaboration",
    "by_territory": "network.collaboration",
    "sector_evidence": "network.collaboration",
    "collaboration_tree": "network.trees",
    "spanning_tree": "network.trees",
    "sector_matrix": "network.edges",
    "condensed": "network",
    "validated": "network.edges",
    "potential_edges": "network.edges",
    "joint_patents": "network.copatents",
    "joint_links": "network.copatents",
    "meta_clusters": "network.metaclusters",
    "ranked_partners": "network.partners",
    "table": "report.table",
}
MODULES = {"show": "show", "say": "say", "figures": "figures", "estimate": "stats.estimate"}


def __getattr__(name: str) -> Any:
    if name in MODULES:
        return import_module(f"studylib.{MODULES[name]}")
    if name in NAMES:
        return getattr(import_module(f"studylib.{NAMES[name]}"), name)
    raise AttributeError(f"studylib has no {name!r}; it has {', '.join(__dir__())}.")


def __dir__() -> list[str]:
    return sorted([*NAMES, *MODULES])
