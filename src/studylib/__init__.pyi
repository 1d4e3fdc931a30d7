# The face of the library as editors and type checkers see it; a test holds it to the code.

from studylib import figures as figures
from studylib import say as say
from studylib import show as show
from studylib.diversify.border_areas import area_kets as area_kets
from studylib.diversify.border_areas import area_totals as area_totals
from studylib.diversify.border_areas import co_invention as co_invention
from studylib.diversify.border_areas import concentration as concentration
from studylib.diversify.border_areas import portfolio_overlap as portfolio_overlap
from studylib.diversify.complementarity import complementarity as complementarity
from studylib.diversify.corpus import city_check as city_check
from studylib.diversify.corpus import city_profiles as city_profiles
from studylib.diversify.corpus import entry_test as entry_test
from studylib.diversify.enablers import kets_in_fields as kets_in_fields
from studylib.diversify.enablers import kets_together as kets_together
from studylib.diversify.framework_projects import border_practices as border_practices
from studylib.diversify.framework_projects import joint_project_list as joint_project_list
from studylib.diversify.framework_projects import joint_projects as joint_projects
from studylib.diversify.framework_projects import project_programmes as project_programmes
from studylib.diversify.published_sections import section_specialisation as section_specialisation
from studylib.diversify.sensitivity import findings_under_choices as findings_under_choices
from studylib.diversify.specialisation import specialisation as specialisation
from studylib.network import condensed as condensed
from studylib.network.collaboration import by_territory as by_territory
from studylib.network.collaboration import cluster_network as cluster_network
from studylib.network.collaboration import sector_evidence as sector_evidence
from studylib.network.copatents import joint_links as joint_links
from studylib.network.copatents import joint_patents as joint_patents
from studylib.network.edges import potential_edges as potential_edges
from studylib.network.edges import sector_matrix as sector_matrix
from studylib.network.edges import validated as validated
from studylib.network.metaclusters import meta_clusters as meta_clusters
from studylib.network.partners import ranked_partners as ranked_partners
from studylib.network.trees import collaboration_tree as collaboration_tree
from studylib.network.trees import spanning_tree as spanning_tree
from studylib.opportunities import ranked_ideas as ranked_ideas
from studylib.opportunities.backtest import backtest as backtest
from studylib.opportunities.baselines import criteria as criteria
from studylib.opportunities.baselines import indicators as indicators
from studylib.opportunities.cards import idea_cards as idea_cards
from studylib.patents.coverage import completeness as completeness
from studylib.patents.coverage import coverage_by_year as coverage_by_year
from studylib.patents.coverage import ipc_depth as ipc_depth
from studylib.patents.coverage import rejects_by_reason as rejects_by_reason
from studylib.patents.coverage import repairs as repairs
from studylib.patents.dataset import open_study as open_study
from studylib.patents.differences import field_differences as field_differences
from studylib.patents.differences import ket_differences as ket_differences
from studylib.patents.differences import sector_differences as sector_differences
from studylib.patents.ket_carriers import by_applicant_kind as by_applicant_kind
from studylib.patents.ket_carriers import overlap as overlap
from studylib.patents.published_totals import published_totals as published_totals
from studylib.patents.shares import any_ket as any_ket
from studylib.patents.shares import classified as classified
from studylib.patents.shares import field_shares as field_shares
from studylib.patents.shares import ket_shares as ket_shares
from studylib.patents.shares import sector_shares as sector_shares
from studylib.patents.shares import sensitivity_to_counting as sensitivity_to_counting
from studylib.patents.shares import sensitivity_to_scheme as sensitivity_to_scheme
from studylib.patents.shares import timeline as timeline
from studylib.report.table import table as table
from studylib.stats import estimate as estimate
from studylib.survey import differences as differences
from studylib.survey import free_texts as free_texts
from studylib.survey import interests as interests
from studylib.survey import profile_differences as profile_differences
from studylib.survey import survey_rejects as survey_rejects
from studylib.survey import who_answered as who_answered
from studylib.survey.published_shares import published_pairs as published_pairs
from studylib.survey.published_shares import published_sizes as published_sizes
from studylib.survey.themes import joint_themes as joint_themes
from studylib.survey.verdicts import ledger as ledger

QUESTIONS: dict[str, dict[str, str]]
NAMES: dict[str, str]
MODULES: dict[str, str]
__version__: str
