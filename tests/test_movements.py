"""What areas took up and left between two periods, beside what counting alone gives."""

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT

import studylib as sl
from studylib.diversify import movements
from studylib.show.diversification.nearness import _density_finding
from studylib.show.together import Together, together

CODES = ["A01B", "A21D", "A47B", "B23K", "C07C", "C22B", "E04B", "F02M", "G02B", "H01L", "H04L",
         "H05B"]  # fmt: skip


def three(group):
    """Forty filings in each of three classes of twelve."""
    return [40.0 if k // 3 == group else 0.0 for k in range(12)]


def areas(**told):
    """Twelve areas, three in each group of three classes; some as told."""
    return pd.DataFrame({**{f"R{k}": three(k % 4) for k in range(12)}, **told}, index=CODES).T


def test_an_area_that_moves_takes_up_and_leaves_more_than_counting_gives():
    """R0 held the first three and holds the next: three taken up, three left, hardly by chance."""
    after = areas(R0=three(1))
    row = movements.movements(areas(), after, ["R0"], seed=1, draws=200).iloc[0]
    assert row[["n_before", "n_after", "entered", "exited"]].tolist() == [3, 3, 3, 3]
    assert row["entered"] > row["entered_high"]
    assert row["exited"] > row["exited_high"]
    rates = row[["entry_rate", "exit_rate", "entry_middle", "exit_middle"]].tolist()
    assert rates == pytest.approx([3 / 9, 1, 0, 0])
    assert row["n_regions"] == 12


def test_counts_that_stay_move_by_chance_alone():
    """Two or three filings a class, twice from the same shares: within what counting gives."""
    few, again = areas(R0=[3.0, 2, 2, 2, 2, 3] * 2), areas(R0=[2.0, 3, 2, 1, 2, 2] * 2)
    row = movements.movements(few, again, ["R0"], seed=1, draws=500).iloc[0]
    assert row["entered_low"] <= row["entered"] <= row["entered_high"]
    assert row["exited_low"] <= row["exited"] <= row["exited_high"]
    assert row["entered_high"] > 0


def test_the_project_holds_the_movements_of_the_areas_it_reads():
    """Those Eurostat confirms; what was held less what was left plus what came."""
    table = pd.read_csv(ROOT / "data" / "raw" / "reference" / "metro_movements.csv")
    check = pd.read_csv(ROOT / "data" / "raw" / "reference" / "metro_check.csv")
    assert sorted(table["region"]) == sorted(check.loc[check["usable"], "metro"])
    after = table["n_before"] - table["exited"] + table["entered"]
    assert table["n_after"].tolist() == after.tolist()
    assert table["n_regions"].unique().tolist() == [330]


def test_the_table_says_who_took_up_more_than_counting_gives():
    """
    In the title, both what was taken up and what was left; intervals stand behind the counts.

    Broken once: what was left was not told, and two areas left more than counting alone gives.
    """
    found = movements.movements(areas(), areas(R0=three(1)), ["R0", "R1"], seed=1, draws=100)
    from types import SimpleNamespace

    study = SimpleNamespace(definition=SimpleNamespace(corpus=None))
    shown = sl.show.city_movements(study, found).shown()
    both = "Classes beside what counting alone gives – more taken up: R0; more left: R0"
    assert shown["title"] == both
    cells = [cell[1] for cell in shown["rows"][0]]
    assert (cells[0], cells[1], cells[4]) == ("R0", "3", "3")
    assert all(cell.startswith("3 (0–") for cell in cells[2:4])
    other = found.assign(entered_high=9, exited_low=4)
    assert sl.show.city_movements(study, other).shown()["title"] == (
        "Classes beside what counting alone gives – more left: R0; fewer left: R0 and R1"
    )
    none = found.assign(entered_high=9, exited_high=9)
    assert sl.show.city_movements(study, none).shown()["title"] == (
        "Classes taken up and left: within what counting alone gives"
    )


def test_the_title_of_the_study_names_who_took_up_and_who_left_more():
    """San Sebastián took up 53 (26 to 45); both left 35 (13 to 28, 15 to 33)."""
    from types import SimpleNamespace

    table = pd.read_csv(ROOT / "data" / "raw" / "reference" / "metro_movements.csv")
    found = table[table["region"].isin(["Bilbao", "Donostia / San Sebastián"])]
    study = SimpleNamespace(definition=SimpleNamespace(corpus=None))
    assert sl.show.city_movements(study, found).shown()["title"] == (
        "Classes beside what counting alone gives – more taken up: San Sebastián; more left: "
        "Bilbao and San Sebastián"
    )


def test_two_tables_of_one_cell_stand_below_each_other_with_their_files():
    """The page holds both, and so does its folder; one that is left out leaves nothing."""
    from studylib.files.attached import FILES
    from studylib.report.table import table
    from studylib.show.absent import Absent

    one, two = (table(pd.DataFrame({"a": [n]}), title=f"T{n}", csv_name=f"t{n}") for n in (1, 2))
    both = together(one, Absent(), two)
    assert isinstance(both, Together)
    bundle = both._repr_mimebundle_()
    assert {"tables/t1.csv", "tables/t2.csv"} <= set(bundle[FILES])
    assert bundle["text/html"].index("T1") < bundle["text/html"].index("T2")
    assert bundle["text/plain"] == "T1\nT2"
    assert FILES not in together(Absent())._repr_mimebundle_()


@pytest.mark.parametrize("least", [1, 2])
def test_a_class_is_held_from_two_counts_on(least):
    """As in the test of entry."""
    held = movements._held(np.array([[least, 9]]), np.array([0.1, 0.8]))
    assert held.tolist() == [[least == 2, True]]


def test_a_title_names_three_areas_and_counts_the_rest():
    """A corpus of one's own may have many; those of which something is told come first."""
    from types import SimpleNamespace

    study = SimpleNamespace(definition=SimpleNamespace(corpus=None))
    own = [f"R{k}" for k in range(5)]
    moved = movements.movements(
        areas(), areas(**{name: three((int(name[1:]) + 1) % 4) for name in own}), own,
        seed=1, draws=100,
    )  # fmt: skip
    title = sl.show.city_movements(study, moved).shown()["title"]
    assert title.endswith("more taken up: R0, R1, R2 and 2 more; more left: R0, R1, R2 and 2 more")
    many = pd.Series(["A", "A", "B", "C", "D", "D"])
    verdicts = ["not shown"] * 4 + ["more", "not shown"]
    assert _density_finding(many, verdicts) == (
        "Fields told from chance by what lies near: D 1 of 2, A 0 of 2, B 0 of 1 and 1 more"
    )
