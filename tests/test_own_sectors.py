"""A study that names sectors and themes of its own: files decide what pages count and say."""

import pytest
from small_studies import dataset, raw, study_file
from test_collaboration_page import NORTH, SOUTH, page, text_of
from test_copatents import BLOCKS, record
from tiny_clusters import listed

import studylib as sl
from studylib import tables
from studylib.build import choices
from studylib.build.plan import Plan
from studylib.errors import DataError
from studylib.language import in_language
from studylib.network import clusters, sector_patents, sectors, theme_rules
from studylib.study.model import load

SECTORS = (
    "sector,ipc,shared_with,sector_en,sector_fr\nrailways,B61,trams,Railways,Chemins de fer\n"
    "trams,B61,,Trams,\nheat pumps,F25B,,Heat pumps,Pompes à chaleur\n"
    "consulting,,,Consulting,Conseil\n"
)
THEMES = (
    "theme_id,axis,sector,other_sector,origin,subject,subject_fr,reason,reason_fr,source\n"
    "cool,cross_sector,Railways,heat_pumps,own,cool trains,trains frais,they are hot,"
    "ils sont chauds,us\n"
)
SCHEME = "ket,rule,symbol,level\nmaglev,include,B61B,subclass\n"
LIST = "name,territory,sectors,kets\nTrains,Aquitaine,Railways,Maglev\n"
FR, ES = ("FR", "FR612"), ("ES", "ES213")
TRAIN = record(1, [("Ane", *ES), ("Jean", *FR)], ipc=("B61B 1/00",))
ROWS = (
    ("trains", NORTH, "railways"), ("heaters", SOUTH, "heat_pumps"),
    ("iron", NORTH, "steel"), ("advice", SOUTH, "consulting"),
)  # fmt: skip


@pytest.fixture
def study(tmp_path, monkeypatch):
    """An opened study with a list and its own two files."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    (tmp_path / "my_sectors.csv").write_text(SECTORS, encoding="utf-8")
    (tmp_path / "my_themes.csv").write_text(THEMES, encoding="utf-8")
    keys = 'sectors = "my_sectors.csv"\nthemes = "my_themes.csv"\n'
    opened = dataset(tmp_path, raw(TRAIN, nuts_version="2013"), blocks=(keys, *BLOCKS))
    frame = listed(*ROWS)
    tables.write(frame, "clusters", opened.folder)
    known = sectors.of_study(opened.definition)
    tables.write(clusters.attributes(frame, known), "cluster_attributes", opened.folder)
    return opened


def test_patents_follow_from_the_sectors_of_the_study(study):
    """A train is a patent of railways on both sides; health is no sector here."""
    evidence = sl.sector_evidence(study, sl.cluster_network(study)).set_index("sector")
    assert evidence["has_patents"].to_dict() == {
        "consulting": False, "heat_pumps": True, "railways": True, "steel": False,
    }  # fmt: skip
    assert evidence.loc["railways", ["patents_0", "patents_1", "n_joint"]].tolist() == [1, 1, 1]
    items = study.table("cluster_attributes")
    assert items.loc[items["kind"] == "technology", "item"].tolist() == ["F25B", "B61"]


def test_sectors_that_share_a_symbol_are_kin(study):
    """Railways and trams both build vehicles: they could meet by technology alone."""
    frame = listed(("rails", NORTH, "railways"), ("streets", SOUTH, "trams"))
    known = sectors.of_study(study.definition)
    tables.write(frame, "clusters", study.folder)
    tables.write(clusters.attributes(frame, known), "cluster_attributes", study.folder)
    network = sl.cluster_network(study)
    assert network.by_technology.round(6).tolist() == [[1.0, 1.0], [1.0, 1.0]]
    [basis] = sl.sector_matrix(network)["basis"]
    [edge] = sl.potential_edges(network).to_dict("records")
    assert (basis, edge["basis"], edge["technologies"]) == (*["shared technology"] * 2, "B61")
    pairs = sector_patents.co_classified(study)[["sector", "other_sector"]]
    assert set(pairs.to_numpy().ravel()) == {"heat_pumps", "railways", "trams"}


@pytest.mark.usefixtures("study")
def test_the_list_is_read_with_the_rules_of_the_study(tmp_path):
    """Its sectors, its technologies; a slip of the pen is told by the sectors of the study."""
    (tmp_path / "ours.csv").write_text(SCHEME, encoding="utf-8")
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    keys = 'sectors = "my_sectors.csv"\nclusters = "list.csv"\n'
    definition = load(study_file(tmp_path, keys, *BLOCKS, '[ket]\nscheme = "ours.csv"\n'))
    found = clusters.of_study(definition)
    assert found["clusters"][["sectors", "kets"]].to_numpy().tolist() == [["railways", "maglev"]]
    assert found["cluster_attributes"]["item"].tolist() == ["maglev", "railways", "B61"]
    path.write_text(LIST.replace("Railways", "Railway"), encoding="utf-8")
    with pytest.raises(DataError, match="the sector 'railway' is not known; is it 'railways'"):
        clusters.of_study(definition)


def test_themes_are_those_of_the_study(study):
    """Its own, and what follows from its list; none of those the library ships."""
    found = sl.cluster_network(study).themes
    assert found[["theme_id", "sector", "other_sector"]].astype(str).to_numpy().tolist() == [
        ["cool", "railways", "heat_pumps"]
    ]


@pytest.mark.parametrize(
    ("code", "theme", "reason"),
    [("en", "Railways × Heat pumps: cool trains", "they are hot"),
     ("fr", "Chemins de fer × Pompes à chaleur\u202f: trains frais", "ils sont chauds"),
     ("es", "Railways × Heat pumps: cool trains", "they are hot")],
)  # fmt: skip
def test_a_page_calls_them_what_the_files_say(study, code, theme, reason):
    """In its language; in English where a file has no column of it."""
    with in_language(code):
        network = sl.cluster_network(study)
        shown = sl.show.collaboration_themes(study, network)._repr_html_()
        known = sl.say.collaboration.the_list(network)
    assert theme in shown
    assert reason in shown
    assert "Steel" in str(known)


def test_a_sector_no_rule_knows_is_never_called_a_service(study):
    """Consulting is known not to patent; of steel nothing is known, and the page says so."""
    outputs = page(study)
    assert "Services do not patent, so no patents are counted for Consulting." in str(
        outputs["list-words"]
    )
    assert "No rule says which patents are those of Steel" in str(outputs["list-words"])
    counted = outputs["list"].frame
    assert counted[["n_without_patents", "n_unknown"]].to_numpy().tolist() == [[0, 1], [1, 0]]
    assert "In sectors no rule knows" in text_of(outputs["list"])


def test_a_card_tells_services_from_sectors_nobody_knows(study):
    """Both lack patents, for two reasons."""
    frame = listed(
        ("iron", NORTH, "steel", "photonics"), ("advice", SOUTH, "consulting", "photonics")
    )
    tables.write(frame, "clusters", study.folder)
    known = sectors.of_study(study.definition)
    tables.write(clusters.attributes(frame, known), "cluster_attributes", study.folder)
    card = text_of(page(study)["partners"])
    assert "patents, for services do not patent" in card
    assert "patents, for no rule knows the patents of a sector" in card


@pytest.mark.usefixtures("study")
def test_its_files_make_pages_stale(tmp_path):
    """They are rules of the build, and what lies beside its scheme is, too."""
    keys = 'sectors = "my_sectors.csv"\nthemes = "my_themes.csv"\n'
    for name in ("ours.csv", "ours.toml", "ipc_dots.csv"):
        (tmp_path / name).write_text("x\n", encoding="utf-8")
    path = study_file(tmp_path, keys, *BLOCKS, '[ket]\nscheme = "ours.csv"\n')
    built = Plan(path, tmp_path / "reports")
    own = {file.name for file in built.rules if file.parent == tmp_path}
    assert own == {"my_sectors.csv", "my_themes.csv", "ours.csv", "ours.toml", "ipc_dots.csv"}
    assert set(built.rules) <= set(built.method)
    assert {"sectors", "themes"}.isdisjoint(choices.chosen(built))  # their checksums tell


def test_without_files_of_its_own_a_study_has_those_of_the_library(tmp_path, monkeypatch):
    """As the default study."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    opened = dataset(tmp_path, raw(TRAIN, nuts_version="2013"), blocks=BLOCKS)
    assert sectors.of_study(opened.definition).file == "sectors.csv"
    assert theme_rules.path_of(opened.definition) == theme_rules.RULES
    assert opened.definition.sectors is None
