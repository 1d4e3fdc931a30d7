"""The tables of the patents page: counts, shares and their robustness."""

import pandas as pd
import pytest
from pages_of import PORTUGAL, RECORDS, USUAL, record
from small_studies import COUNTING, FRANCE, PERIOD, SOURCES, SPAIN, dataset, raw

from studylib import say
from studylib.patents import differences, ket_carriers, shares

SHARED = record(
    3, ["B82Y 30/00"], "ES", application_number="EP01100050",
    priorities=[("P1", "ES", None), ("FR2", "FR", None)],
)  # fmt: skip


def rows(table, *columns):
    return table[list(columns)].to_numpy().tolist()


def test_every_year_of_the_window_has_a_row(tmp_path):
    """A year without a patent is a zero, not a gap."""
    study = dataset(tmp_path, raw(*RECORDS))
    table = shares.timeline(study)
    assert rows(table[table["area"] == "Spain"], "year", "n") == [
        [2000, 1.0], [2001, 0.0], [2002, 1.0], [2003, 0.0], [2004, 1.0],
    ]  # fmt: skip
    assert table["is_truncated"].tolist() == [False, False, False, False, True] * 2


@pytest.mark.parametrize(
    ("n", "published", "newest"),
    [
        (10, "2099-05-01", 2014),  # one of many, 85 years later: a typing error
        (10, "2020-05-01", 2014),  # six years later
        (10, "2019-05-01", 2019),  # five years later: a late publication
        (2, "2099-05-01", 2099),  # one of few says nothing against itself
    ],
)
def test_one_date_far_after_all_others_is_not_the_newest(tmp_path, n, published, newest):
    """Else a typing error would make every year of the window look complete."""
    records = [record(i % 5, ["A21D"], "ES", application_number=f"EP022000{i:02}",
                      publication_date="2014-01-01") for i in range(n)]  # fmt: skip
    study = dataset(tmp_path, raw(*records, record(4, ["A21D"], "FR", publication_date=published)))
    assert shares.newest_year(study) == newest
    assert shares.stray_years(study) == ([] if newest != 2014 else [int(published[:4])])
    told = f"One date alone lies in {published[:4]}, more than 5 years after every other"
    assert (told in str(say.patents.truncation(study))) == (newest == 2014)


def test_a_typing_error_in_a_first_filing_counts_once(tmp_path):
    """Without a claim the year of filing is the year of priority too: still one application."""
    records = [record(i % 5, ["A21D"], "ES", application_number=f"EP022000{i:02}",
                      publication_date="2014-01-01") for i in range(10)]  # fmt: skip
    wrong = record(0, ["A21D"], "ES", filing_date="2050-01-01", priorities=[])
    study = dataset(tmp_path, raw(*records, wrong))
    assert (shares.newest_year(study), shares.stray_years(study)) == (2014, [2050])


def test_nothing_is_truncated_where_nothing_is_dated(tmp_path):
    """An empty export has no newest year."""
    study = dataset(tmp_path, raw())
    assert shares.newest_year(study) is None
    assert not shares.timeline(study)["is_truncated"].any()


def test_the_base_is_what_is_classified(tmp_path):
    """All, with IPC, without: the third never enters a share."""
    assert rows(shares.classified(dataset(tmp_path, raw(*RECORDS))), "area", "n", "n_with_ipc",
                "n_unclassified") == [["Spain", 3, 2, 1], ["France", 2, 2, 0]]  # fmt: skip


def test_shares_per_ket_are_of_the_classified(tmp_path):
    """Every KET of every area, in the study's order; zero where nobody carries it."""
    table = shares.ket_shares(dataset(tmp_path, raw(*RECORDS), blocks=USUAL))
    assert list(dict.fromkeys(table["area"])) == ["Spain", "France", "Both"]
    assert len(table) == 3 * 6
    nano = table[table["ket"] == "nanotechnology"]
    assert rows(nano[:2], "area", "n", "base", "share") == [
        ["Spain", 1, 2, 0.5],
        ["France", 0, 2, 0.0],
    ]
    # Of Spain and France nothing lies outside Spain and France: no share, not a share of none.
    assert rows(nano[2:], "area", "n", "base") == [["Both", 0, 0]]
    assert nano["share"].isna().tolist() == [False, False, True]


def test_fields_and_sectors_cover_the_table_of_wipo(tmp_path):
    """35 fields and five sectors for each area; a family may lie in several."""
    study = dataset(tmp_path, raw(*RECORDS))
    assert shares.field_shares(study)["field_id"].tolist() == list(range(1, 36)) * 2
    sectors = shares.sector_shares(study)
    assert sectors["sector_id"].tolist() == [1, 2, 3, 4, 5] * 2
    assert (sectors["n"] <= sectors["base"]).all()


def test_a_unit_of_both_sides_counts_once_in_the_overlap(tmp_path):
    """The diagonal counts the families of a KET; pairs stand on both sides of it."""
    table = ket_carriers.overlap(dataset(tmp_path, raw(RECORDS[0], SHARED)))
    assert table.at["nanotechnology", "nanotechnology"] == 2
    assert table.at["nanotechnology", "micro_nano_electronics"] == 1
    assert (table.to_numpy() == table.to_numpy().T).all()


def test_differences_leave_out_what_both_sides_share(tmp_path):
    """A family of both sides says nothing about a difference between them."""
    table = differences.ket_differences(dataset(tmp_path, raw(*RECORDS, SHARED)))
    nano = table[table["ket"] == "nanotechnology"]
    assert rows(nano, "first", "second", "n_first", "base_first", "n_second", "base_second") == [
        ["Spain", "France", 1, 2, 0, 2]
    ]


def test_applicant_kinds_overlap(tmp_path):
    """A family of a company and a person counts under both."""
    table = ket_carriers.by_applicant_kind(dataset(tmp_path, raw(*RECORDS)))
    assert rows(table, "area", "applicant_kind", "base", "n")[:2] == [
        ["Spain", "company", 2.0, 1.0],
        ["Spain", "person", 2.0, 1.0],
    ]


def test_every_way_of_counting_the_data_allow_is_a_row(tmp_path):
    """Unit, basis and weights; the study's own way among them; territories only."""
    table = shares.sensitivity_to_counting(dataset(tmp_path, raw(*RECORDS), blocks=USUAL))
    assert set(table["located_by"]) == {"applicant", "inventor", "priority"}
    assert len(table) == 2 * 3 * 2 * 2
    assert set(table["area"]) == {"Spain", "France"}
    assert len(shares.sensitivity_to_counting(dataset(tmp_path, raw()))) == 0


def test_a_basis_that_knows_no_region_is_no_way_of_counting(tmp_path):
    """Claims and offices know countries: territories that are regions have no row on them."""
    region = '[[territories]]\nname = "Euskadi"\nnuts = ["ES21"]\n'
    blocks = (PERIOD, region, '[reference]\nname = "R"\ncountries = ["ES"]\n', SOURCES)
    exported = raw(
        record(0, ["A21D"], "ES", inventors=[("A B", "ES", "ES212", 1.0)]), nuts_version="2013"
    )
    table = shares.sensitivity_to_counting(dataset(tmp_path, exported, blocks=blocks))
    assert set(table["located_by"]) == {"inventor"}


def test_readings_of_the_rules_stand_beside_the_control(tmp_path):
    """Every KET under every reading, and under whole WIPO fields."""
    table = shares.sensitivity_to_scheme(dataset(tmp_path, raw(*RECORDS)))
    assert len(table) == 4 * 2 * 6
    proxy = table[(table["variant"] == "wipo_proxy") & (table["ket"] == "photonics")]
    assert rows(proxy, "area", "n") == [["Spain", 0.0], ["France", 1.0]]


def test_a_further_territory_changes_nothing_in_the_others(tmp_path):
    """Counts, shares and intervals of Spain and France are theirs alone."""
    two = dataset(tmp_path / "two", raw(*RECORDS, SHARED))
    tables = [shares.ket_shares(two), shares.timeline(two), shares.classified(two)]
    blocks = (PERIOD, COUNTING, SPAIN, FRANCE, PORTUGAL, SOURCES)
    three = dataset(tmp_path / "three", raw(*RECORDS, SHARED), blocks=blocks)
    more = [shares.ket_shares(three), shares.timeline(three), shares.classified(three)]
    for before, after in zip(tables, more, strict=True):
        kept = after[after["area"] != "Portugal"].reset_index(drop=True)
        pd.testing.assert_frame_equal(before, kept)


@pytest.mark.parametrize("unit", ["family", "application"])
def test_whole_counts_are_never_below_fractional_ones(tmp_path, unit):
    """In every KET, whatever is counted."""
    study = dataset(tmp_path, raw(*RECORDS, SHARED))
    whole = shares.ket_shares(study, study.with_rule(unit=unit))
    parts = shares.ket_shares(study, study.with_rule(unit=unit, weights="fractional"))
    assert (whole["n"] >= parts["n"]).all()
    assert whole["n"].sum() > parts["n"].sum()
