"""
Helpers of the study: cleaning, KET tagging, statistics, reports.

Notebooks write ``import studylib as sl`` and open a study that was built:

    study = sl.open_study("study.toml", first_year=2005)
    kets = sl.ket_shares(study)           # a DataFrame; its docstring says what a row is
    sl.show.kets(study, kets)             # the same as a reader sees it

`sl.say` has the sentences of the pages, `sl.show` their tables and figures, `sl.figures` and
`sl.estimate` draw and compute from any finished table.  What can be asked, by question:
"""

from importlib import import_module
from textwrap import fill
from typing import Any

# What notebooks use, by the question it answers, and the module it lives in.  Names are loaded
# when they are first used, so that the import itself costs next to nothing.
QUESTIONS = {
    "Where do I begin?": {
        "open_study": "patents.dataset",
        "controls": "patents.controls",
        "status": "build.telling.status",
        "set_theme": "figures.theme",
        "table": "report.table",
    },
    "What came in, and what was not used?": {
        "rejects_by_reason": "patents.coverage",
        "repairs": "patents.coverage",
        "coverage_by_year": "patents.coverage",
        "completeness": "patents.coverage",
        "ipc_depth": "patents.coverage",
        "published_totals": "patents.published_totals",
    },
    "Which patents are behind a number?": {
        "applications": "patents.behind",
        "explain": "patents.behind",
        "compare": "patents.compared",
        "sample": "patents.judged",
        "precision": "patents.judged",
    },
    "What do the clusters want?": {
        "who_answered": "survey",
        "interests": "survey",
        "differences": "survey.side_differences",
        "profile_differences": "survey.side_differences",
        "joint_themes": "survey.themes",
        "free_texts": "survey",
        "survey_rejects": "survey",
    },
    "Does the published text hold?": {
        "ledger": "survey.verdicts",
        "published_sizes": "survey.published_shares",
        "published_pairs": "survey.published_shares",
    },
    "Which technologies do the two sides share?": {
        "classified": "patents.shares",
        "timeline": "patents.shares",
        "sector_shares": "patents.shares",
        "field_shares": "patents.shares",
        "ket_shares": "patents.shares",
        "sector_differences": "patents.differences",
        "field_differences": "patents.differences",
        "ket_differences": "patents.differences",
        "any_ket": "patents.shares",
        "overlap": "patents.ket_carriers",
        "by_applicant_kind": "patents.ket_carriers",
        "sensitivity_to_counting": "patents.shares",
        "sensitivity_to_scheme": "patents.shares",
    },
    "Where is each side specialised, and what does the neighbour add?": {
        "specialisation": "diversify.specialisation",
        "section_specialisation": "diversify.published_sections",
        "side_ratios": "diversify.side_ratios",
        "entry_test": "diversify.own_test",
        "city_check": "diversify.metro_areas",
        "city_profiles": "diversify.metro_areas",
        "city_movements": "diversify.movements",
        "nearness_measures": "diversify.nearness",
        "regional_counts": "diversify.own_corpus",
        "area_densities": "diversify.nearness",
        "complexity_ranks": "diversify.nearness",
        "complementarity": "diversify.complementarity",
        "kets_together": "diversify.enablers",
        "kets_in_fields": "diversify.enablers",
        "findings_under_choices": "diversify.sensitivity",
        "headlines_under_choices": "opportunities.survival",
    },
    "Which regions have alike portfolios?": {
        "reference_portfolios": "diversify.region_groups",
        "portfolio_groups": "diversify.region_groups",
        "portfolio_map": "diversify.region_groups",
        "portfolio_profiles": "diversify.region_groups",
    },
    "How do other border areas work together?": {
        "joint_projects": "diversify.framework_projects",
        "joint_project_list": "diversify.framework_projects",
        "pairs_of_provinces": "diversify.other_places",
        "project_programmes": "diversify.framework_projects",
        "area_kets": "diversify.border_areas",
        "area_totals": "diversify.border_areas",
        "co_invention": "diversify.co_invention",
        "co_inventors": "diversify.co_inventors",
        "portfolio_overlap": "diversify.portfolios",
        "concentration": "diversify.portfolios",
        "border_practices": "diversify.framework_projects",
    },
    "Who could work with whom?": {
        "cluster_network": "network.collaboration",
        "by_territory": "network.collaboration",
        "sector_evidence": "network.collaboration",
        "collaboration_tree": "network.trees",
        "sector_matrix": "network.edges",
        "potential_edges": "network.edges",
        "ranked_partners": "network.partners",
        "joint_patents": "network.copatents",
        "joint_links": "network.copatents",
    },
    "Which joint projects come to mind, and what speaks for them?": {
        "ranked_ideas": "opportunities",
        "idea_cards": "opportunities.cards",
        "backtest": "opportunities.backtest",
        "indicators": "opportunities.baselines",
        "criteria": "opportunities.baselines",
    },
    "Do groups stand out from chance?": {
        "condensed": "network",
        "validated": "network.edges",
        "meta_clusters": "network.metaclusters",
        "spanning_tree": "network.trees",
    },
}
NAMES = {name: module for names in QUESTIONS.values() for name, module in names.items()}
MODULES = {"show": "show", "say": "say", "figures": "figures", "estimate": "stats.estimate"}

for _asked, _names in QUESTIONS.items():
    _listed = fill(", ".join(_names), width=88, initial_indent=" " * 8, subsequent_indent=" " * 8)
    __doc__ += f"\n    {_asked}\n{_listed}"


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("studylib")
    if name in MODULES:
        return import_module(f"studylib.{MODULES[name]}")
    if name in NAMES:
        return getattr(import_module(f"studylib.{NAMES[name]}"), name)
    from difflib import get_close_matches

    near = get_close_matches(name, __dir__(), n=1, cutoff=0.75)
    meant = f" (did you mean {near[0]!r}?)" if near else ""
    raise AttributeError(f"studylib has no {name!r}{meant}; it has {', '.join(__dir__())}.")


def __dir__() -> list[str]:
    return sorted([*NAMES, *MODULES])
