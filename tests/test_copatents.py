"""Patents of both sides, and patents of sectors: territories are counted, people never named."""

import pytest
from small_studies import PERIOD, SOURCES, dataset, raw
from tiny_clusters import NO_THEMES, listed

from studylib import network, tables
from studylib.network import clusters, collaboration, copatents, sector_patents

BLOCKS = (
    PERIOD, '[counting]\nlocated_by = "inventor"\n',
    '[[territories]]\nname = "Aquitaine"\nnuts = ["FR61"]\nnuts_version = "2013"\n',
    '[[territories]]\nname = "Euskadi"\nnuts = ["ES21"]\nnuts_version = "2013"\n', SOURCES,
)  # fmt: skip
FR, ES = ("FR", "FR612"), ("ES", "ES213")


def record(number, inventors, applicants=(), ipc=("A61K 31/00",)):
    return {
        "application_number": f"EP0200000{number}", "filing_date": "2001-05-05", "ipc": ipc,
        "inventors": [(*who, None) for who in inventors],
        "applicants": [(*who, None) for who in applicants],
    }  # fmt: skip


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """Opens a study of these records."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))

    def make(*records):
        return dataset(tmp_path, raw(*records, nuts_version="2013"), blocks=BLOCKS)

    return make


JOINT = record(1, [("Ane", *ES), ("Jean", *FR)], [("Acme SA", *FR), ("Kide SL", *ES)])
MORE = record(2, [("Jean", *FR), ("Miren", *ES)], [("Acme SA", *FR)], ("A61K 31/00", "H01S 5/00"))
ALONE = record(3, [("Jean", *FR)], [("Dupont, Jean", *FR)], ("B60K 1/00",))


def test_links_are_counted_once_per_family(opened):
    """Two families with inventors in Gironde and Bizkaia: one link of two; no name of a person."""
    found = copatents.joint_links(opened(JOINT, MORE, ALONE), "inventor")
    assert found.to_numpy().tolist() == [["FR612", "Aquitaine", "ES213", "Euskadi", 2]]


def test_applicants_are_named(opened):
    """Firms and institutes are; the territory that comes first in the study stands first."""
    found = copatents.joint_links(opened(JOINT, MORE, ALONE), "applicant")
    assert found[["territory", "other_territory", "n"]].to_numpy().tolist() == [
        ["Aquitaine", "Euskadi", 1]
    ]
    assert found["node"].iloc[0].startswith("ACME")
    assert found["other_node"].iloc[0].startswith("KIDE")


def test_people_are_never_named(opened):
    """Not as inventors, and not as applicants of their own."""
    study = opened(JOINT, MORE, ALONE)
    nodes = {
        *copatents.parties(study, "inventor")["node"],
        *copatents.parties(study, "applicant")["node"],
    }
    assert not [node for node in nodes if "JEAN" in node.upper() or "ANE" in node.upper()]


def test_joint_families_are_a_share_with_its_interval(opened):
    """Of the families with a party of the role in a territory."""
    found = copatents.joint_patents(opened(JOINT, MORE, ALONE)).set_index("role")
    assert found[["n", "base"]].to_numpy().tolist() == [[1, 3], [2, 3]]
    assert found.loc["inventor", "low"] < found.loc["inventor", "share"] == pytest.approx(2 / 3)


def test_without_addresses_nothing_is_seen(opened):
    """No row, no link, all columns."""
    study = opened(record(1, [("Ane", None, None)], [("Acme", None, None)]))
    assert copatents.joint_patents(study).empty
    assert copatents.joint_links(study, "inventor").empty
    assert not copatents.has_role(study, "applicant")
    assert copatents.by_sector(study).empty


def test_sectors_count_families_in_their_fields(opened):
    """A family lies in every sector one of its fields belongs to, once per territory."""
    study = opened(JOINT, MORE, ALONE)
    found = sector_patents.by_sector(study).set_index(["sector", "area"])["n"]
    assert found[("health", "Aquitaine")] == 2
    assert found[("health", "Euskadi")] == 2
    assert found[("photonics", "Euskadi")] == 1
    assert found[("automotive", "Aquitaine")] == 1
    assert ("automotive", "Euskadi") not in found.index
    assert copatents.by_sector(study).set_index("sector")["n_joint"].to_dict() == {
        "health": 2, "photonics": 1,
    }  # fmt: skip


def test_kets_are_counted_inside_a_sector(opened):
    """A laser is photonics; a medicine alone carries no KET."""
    found = sector_patents.ket_counts(opened(JOINT, MORE, ALONE))
    photonics = found[(found["sector"] == "health") & (found["ket"] == "photonics")]
    assert photonics[["area", "n"]].to_numpy().tolist() == [["Aquitaine", 1.0], ["Euskadi", 1.0]]


def test_sectors_meet_where_families_lie_in_both(opened):
    """Symbols two sectors share are not counted; few families make no theme."""
    found = sector_patents.co_classified(opened(JOINT, MORE, ALONE))
    pair = found[(found["sector"] == "health") & (found["other_sector"] == "photonics")].iloc[0]
    assert pair[["n", "n_sector", "n_other", "smallest"]].tolist() == [1, 2, 1, 1]
    assert pair["p"] == pytest.approx(2 / 3)  # of 3 families the one of photonics is in health
    assert not found["is_theme"].any()
    joined = set(zip(found["sector"], found["other_sector"], strict=True))
    assert ("maritime", "sport") not in joined  # every ship may be a surfboard
    assert ("aeronautics", "automotive") in joined


def test_sectors_that_meet_on_both_sides_are_a_theme(opened):
    """Twelve families of both among forty, on both sides."""
    both = [
        record(10 + i, [("A", *FR), ("B", *ES)], (), ("A61K 31/00", "H01S 5/00")) for i in range(12)
    ]
    rest = [record(40 + i, [("A", *FR), ("B", *ES)], (), ("B21D 1/00",)) for i in range(28)]
    found = sector_patents.co_classified(opened(*both, *rest))
    themes = found[found["is_theme"]]
    assert themes[["sector", "other_sector", "n"]].to_numpy().tolist() == [
        ["health", "photonics", 12]
    ]


def test_potential_and_observed_stand_side_by_side(opened):
    """Organisations and families per sector; a sector without fields has no number of families."""
    study = opened(JOINT, MORE, ALONE)
    frame = listed(
        ("a", "Aquitaine", "health"), ("b", "Euskadi", "tourism"), ("c", "Euskadi", "health")
    )
    found = network.build(frame, clusters.attributes(frame), NO_THEMES, study.territories)
    table = collaboration.sector_evidence(study, found)
    columns = ["sector", "n_0", "n_1", "patents_0", "patents_1", "n_joint"]
    assert table[columns].iloc[0].tolist() == ["health", 1, 1, 2.0, 2.0, 2.0]
    assert table[columns[:3]].iloc[1].tolist() == ["tourism", 0, 1]
    assert table.loc[1, columns[3:]].isna().all()
    summary = collaboration.by_territory(study, found)
    assert summary.to_numpy().tolist() == [["Aquitaine", 1, 0, 1, 0, 0], ["Euskadi", 2, 0, 2, 1, 0]]


def test_a_sector_no_rule_knows_is_no_service(opened):
    """Only sectors known not to patent are; beside a sector with a field none matters."""
    study = opened(JOINT)
    frame = listed(
        ("a", "Aquitaine", "steel"), ("b", "Aquitaine", "steel;tourism"),
        ("c", "Euskadi", "tourism"), ("d", "Euskadi", "health;steel"),
    )  # fmt: skip
    found = network.build(frame, clusters.attributes(frame), NO_THEMES, study.territories)
    summary = collaboration.by_territory(study, found).set_index("area")
    assert summary["n_without_patents"].to_dict() == {"Aquitaine": 0, "Euskadi": 1}
    assert summary["n_unknown"].to_dict() == {"Aquitaine": 2, "Euskadi": 0}


def test_a_network_is_opened_from_the_prepared_tables(opened):
    """The list, its attributes and the themes, as the build wrote them."""
    study = opened(JOINT)
    frame = listed(("a", "Aquitaine", "health"), ("b", "Euskadi", "health"))
    tables.write(frame, "clusters", study.folder)
    tables.write(clusters.attributes(frame), "cluster_attributes", study.folder)
    found = collaboration.cluster_network(study)
    assert found.organisations["cluster_id"].tolist() == ["a", "b"]
    assert "health" in set(found.themes["theme_id"])
