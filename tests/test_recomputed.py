"""
Tables of the pages on collaboration, diversification, border areas and ideas, computed again.

Each is computed from the canonical tables and the rule files with plain pandas, by the words of its
definition and by none of the library's functions, for a study of some of the synthetic records.
"""

from collections import Counter
from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from whole_studies import SIDES, whole_study

import studylib as sl
from studylib.build import steps
from studylib.build.plan import Plan

RAW = ROOT / "data" / "raw"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The prepared study, and its tables as they lie on the disk."""
    folder = tmp_path_factory.mktemp("recomputed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STUDYLIB_PROCESSED", str(folder / "processed"))
        path = whole_study(folder / "study", SIDES, every=2)
        plan = Plan(path, folder / "reports")
        steps.prepare(plan)
        read = {p.stem: pd.read_parquet(p) for p in plan.folder.glob("*.parquet")}
        study = sl.open_study(str(path))
        yield SimpleNamespace(study=study, **read, folder=folder / "study")


def units(made):
    """Families with IPC of 2000-2012 and where their inventors are: (family_id, area)."""
    apps = made.applications
    apps = apps[apps["filing_year"].between(2000, 2012)]
    places = made.locations[made.locations["basis"].astype("str") == "inventor"]
    placed = apps.merge(places.astype({"area": "str"}), on="application_id")
    classified = set(made.families.loc[made.families["has_ipc"].astype(bool), "family_id"])
    placed = placed[placed["family_id"].isin(classified)]
    return placed[["family_id", "area"]].drop_duplicates()


def carried(made, table, column):
    """What each family carries: a set of (family_id, value)."""
    own = table.merge(made.applications[["application_id", "family_id"]], on="application_id")
    return own[["family_id", column]].drop_duplicates()


def outside_of(here):
    """Families of the reference that lie in no territory."""
    inside = set(here.loc[here["area"].isin(SIDES), "family_id"])
    return set(here.loc[here["area"] == "Both countries", "family_id"]) - inside


def test_specialisation_of_fields(made):
    """
    Families of a field over all, here over outside, for both sides and all 35 fields.

    No ratio where less than one family is expected and nothing could have been shown.
    """
    here, fields = units(made), carried(made, made.fields, "field_id")
    rest = outside_of(here)
    table = sl.specialisation(made.study, "field_id").set_index(["area", "field_id"])
    for area in SIDES:
        own = set(here.loc[here["area"] == area, "family_id"])
        for field in range(1, 36):
            of_field = set(fields.loc[fields["field_id"] == field, "family_id"])
            row = table.loc[(area, field)]
            n, n_outside = len(own & of_field), len(rest & of_field)
            told = row[["n", "base", "n_outside", "base_outside"]].tolist()
            assert told == [n, len(own), n_outside, len(rest)]
            if n_outside:
                ratio = (n / len(own)) / (n_outside / len(rest))
                is_told = len(own) * n_outside / len(rest) >= 1 or "could not" not in row["verdict"]
                told = pytest.approx(ratio if is_told else np.nan, nan_ok=True)
                assert row["quotient"] == told


def test_published_specialisation_of_sections(made):
    """Eurostat's applications of a section over all, here over France and Spain without both."""
    rows = pd.read_csv(RAW / "published" / "eurostat_pat_ep_ripc.csv", dtype="str")
    table = sl.section_specialisation(made.study).set_index(["area", "section"])
    wide = rows.rename(columns=str.lower)
    assert {"area", "section", "value"} <= set(wide.columns), list(wide.columns)
    wide["value"] = wide["value"].astype(float)
    sums = wide.groupby(["area", "section"])["value"].sum()
    parts = {
        area: sorted({a for a in wide["area"] if len(a) == 5 and a.startswith(area)})
        for area in SIDES
    }
    whole = sums.loc[["ES", "FR"]].groupby("section").sum()
    own = {a: sums.loc[codes].groupby("section").sum() for a, codes in parts.items()}
    rest = whole - sum(own.values())
    for area in SIDES:
        for section in "ABCDEFGH":
            ratio = (own[area][section] / own[area].sum()) / (rest[section] / rest.sum())
            assert table.loc[(area, section), "quotient"] == pytest.approx(ratio)


def space():
    """Classes, phi (areas that hold both over the larger number), areas that hold each."""
    table = pd.read_csv(RAW / "reference" / "technology_space.csv", index_col=0).fillna(0)
    lower = table.to_numpy(dtype=float)
    n = np.diag(lower)
    both = lower + lower.T - 2 * np.diag(n)
    return list(table.index), both / np.maximum.outer(n, n).clip(1), n


def test_density_and_what_the_neighbour_adds(made):
    """Part of what lies near a field that is held, and that the other side alone holds."""
    here = units(made)
    ipc = made.symbols[made.symbols["scheme"].astype("str") == "ipc"]
    ipc = ipc.assign(subclass=ipc["symbol"].astype("str").str[:4])
    of_class = carried(made, ipc, "subclass").groupby("subclass")["family_id"].agg(set)
    names, phi, ubiquity = space()
    rest = outside_of(here)
    held = {}
    for area in SIDES:
        own = set(here.loc[here["area"] == area, "family_id"])
        counts = [
            (len(own & of_class.get(name, set())), len(rest & of_class.get(name, set())))
            for name in names
        ]
        held[area] = np.array([n >= 2 and n / len(own) >= m / len(rest) for n, m in counts])
    rules = pd.read_csv(RAW / "rules" / "wipo35_2019.csv")
    rules = rules[rules["level"] == "subclass"]
    field = {s.replace(" ", ""): f for s, f in zip(rules["symbol"], rules["field_id"], strict=True)}
    table = sl.complementarity(made.study).set_index(["area", "other", "field_id"])
    assert len(table) > 50
    for area, other in (SIDES, SIDES[::-1]):
        alone = held[other] & ~held[area]
        near = phi.sum(axis=0)
        density = np.where(near > 0, held[area] @ phi / np.where(near > 0, near, 1), 0.0)
        added = np.where(near > 0, alone @ phi / np.where(near > 0, near, 1), 0.0)
        for key in (1, 13, 16, 20, 26, 32):
            own = np.array([field.get(name) == key for name in names])
            row = table.loc[(area, other, key)]
            assert row["n_held"] == (held[area] & own).sum()
            for column, values in (("density", density), ("added", added)):
                mean = np.average(values[own], weights=ubiquity[own])
                assert row[column] == pytest.approx(mean)


def test_technologies_that_come_together(made):
    """Families of the territories that carry two KETs, and each of them."""
    here = units(made)
    own = set(here.loc[here["area"].isin(SIDES), "family_id"])
    tags = carried(made, made.tags.astype({"ket": "str"}), "ket").groupby("ket")["family_id"]
    of_ket = {ket: set(ids) & own for ket, ids in tags}
    table = sl.kets_together(made.study, readings=False).set_index(["ket", "other_ket"])
    assert len(table) == 15
    for one, other in combinations(made.study.scheme.kets, 2):
        a, b = of_ket.get(one, set()), of_ket.get(other, set())
        row = table.loc[(one, other)]
        assert row[["n", "n_ket", "n_other"]].tolist() == [len(a & b), len(a), len(b)]


def sector_families(made):
    """Families of each sector, by the IPC symbols of its rule file."""
    rules = pd.read_csv(made.folder / "sectors.csv", keep_default_na=False)
    ipc = made.symbols[made.symbols["scheme"].astype("str") == "ipc"]
    symbols = carried(made, ipc.astype({"symbol": "str"}), "symbol")
    group = symbols["symbol"].str.partition("/")[0]
    found = {}
    for sector in ("aeronautics", "automotive", "energy", "health"):
        told = [r for r in rules.loc[rules["sector"] == sector, "ipc"] if r]
        is_in = np.zeros(len(symbols), dtype=bool)
        for rule in told:
            is_in |= (group == rule) if " " in rule else symbols["symbol"].str.startswith(rule)
        found[sector] = set(symbols.loc[is_in, "family_id"])
    return found


def test_evidence_of_ideas_and_sectors(made):
    """Families of the sector in each territory, of both together, and the fewer of the two."""
    here, of_sector = units(made), sector_families(made)
    sides = [set(here.loc[here["area"] == area, "family_id"]) for area in SIDES]
    network = sl.cluster_network(made.study)
    evidence = sl.sector_evidence(made.study, network).set_index("sector")
    ideas = sl.ranked_ideas(made.study, network).set_index("theme_id")
    for sector, families in of_sector.items():
        n = [len(side & families) for side in sides]
        assert evidence.loc[sector, ["patents_0", "patents_1"]].tolist() == n
        joint = evidence.loc[sector, "n_joint"]
        assert joint >= len(sides[0] & sides[1] & families)
        if sector in ideas.index:
            assert ideas.loc[sector, "patents"] == min(n)
            assert ideas.loc[sector, "joint_patents"] == joint
            assert ideas.loc[sector, "organisations"] == 1


def test_joint_patents(made):
    """Families of 2000-2012 with inventors in both territories, of those with one in either."""
    apps = made.applications[made.applications["filing_year"].between(2000, 2012)]
    people = made.parties[made.parties["role"].astype("str") == "inventor"]
    people = people.astype({"nuts_id": "str"}).merge(
        apps[["application_id", "family_id"]], on="application_id"
    )
    sides = [set(people.loc[people["nuts_id"].str.startswith(code), "family_id"]) for code in SIDES]
    row = sl.joint_patents(made.study).set_index("role").loc["inventor"]
    assert row["n"] == len(sides[0] & sides[1])
    assert row["base"] == len(sides[0] | sides[1])
    assert row["share"] == pytest.approx(row["n"] / row["base"])


def test_joint_projects():
    """Projects of the published list are those of its pair; chance and ratio belong together."""
    listed = pd.read_csv(RAW / "published" / "fp7_joint_projects.csv", keep_default_na=False)
    pairs = sl.joint_projects().set_index(["region", "other_region"])
    own = pairs.loc[("ES21", "FR61")]
    assert own["joint"] == listed["project"].nunique()
    drawn = pd.read_csv(RAW / "reference" / "fp7_pairs.csv").set_index(["region", "other_region"])
    for key, row in pairs.iterrows():
        assert row["ratio"] == pytest.approx(drawn.loc[key, "joint"] / drawn.loc[key, "expected"])
        assert row["low"] <= row["expected"] <= row["high"]
    sides = listed.groupby("project")["territory"].nunique()
    assert Counter(sides) == {2: own["joint"]}
