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
    "open_study": "patents.dataset",
    "classified": "patents.shares",
    "timeline": "patents.shares",
    "sector_shares": "patents.shares",
    "field_shares": "patents.shares",
    "ket_shares": "patents.shares",
    "ket_differences": "patents.ket_carriers",
    "any_ket": "patents.shares",
    "overlap": "patents.ket_carriers",
    "by_applicant_kind": "patents.ket_carriers",
    "sensitivity_to_counting": "patents.shares",
    "sensitivity_to_scheme": "patents.shares",
    "published_totals": "patents.published_totals",
    "rejects_by_reason": "patents.coverage",
    "coverage_by_year": "patents.coverage",
    "completeness": "patents.coverage",
    "ipc_depth": "patents.coverage",
    "who_answered": "survey",
    "survey_rejects": "survey",
    "free_texts": "survey",
    "interests": "survey",
    "differences": "survey",
    "profile_differences": "survey",
    "published_sizes": "survey.published_shares",
    "published_pairs": "survey.published_shares",
    "joint_themes": "survey.themes",
    "ledger": "survey.verdicts",
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
