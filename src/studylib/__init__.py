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
    "ket_differences": "patents",
    "any_ket": "patents",
    "overlap": "patents",
    "by_applicant_kind": "patents",
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
    "published_sizes": "survey_published",
    "published_pairs": "survey_published",
    "joint_themes": "survey_themes",
    "ledger": "claims",
    "cluster_network": "collaboration",
    "by_territory": "collaboration",
    "sector_evidence": "collaboration",
    "collaboration_tree": "trees",
    "spanning_tree": "trees",
    "sector_matrix": "edges",
    "condensed": "network",
    "validated": "edges",
    "potential_edges": "edges",
    "joint_patents": "copatents",
    "joint_links": "copatents",
    "meta_clusters": "metaclusters",
    "ranked_partners": "partners",
    "table": "report.table",
}
MODULES = ("show", "say", "figures", "estimate")


def __getattr__(name: str) -> Any:
    if name in MODULES:
        return import_module(f"studylib.{name}")
    if name in NAMES:
        return getattr(import_module(f"studylib.{NAMES[name]}"), name)
    raise AttributeError(f"studylib has no {name!r}; it has {', '.join(__dir__())}.")


def __dir__() -> list[str]:
    return sorted([*NAMES, *MODULES])
