"""Where a territory is specialised against the rest of the reference."""

import numpy as np
import pandas as pd
import pytest
from pages_of import record
from small_studies import COUNTING, FRANCE, PERIOD, REFERENCE, SOURCES, SPAIN, dataset, raw

from studylib.diversify import published_sections, units_again
from studylib.diversify.specialisation import specialisation
from studylib.errors import UsageError
from studylib.patents import complement
from studylib.patents.dataset import open_study
from studylib.show.measures import prior_note

WIDE = '[reference]\nname = "Iberia and France"\ncountries = ["ES", "FR", "PT"]\n'
BLOCKS = (PERIOD, COUNTING, SPAIN, FRANCE, WIDE, SOURCES)


def made(n, ipc, country, first):
    """As many applications of one country and symbol."""
    return [
        record(
            k % 5, [ipc], country, application_number=f"EP0{first + k:07}",
            priorities=[(f"P{first + k:07}", country, "2000-01-01")],
        )
        for k in range(n)
    ]  # fmt: skip


RECORDS = [
    *made(8, "G02B 6/00", "ES", 100), *made(2, "A21D 2/00", "ES", 200),
    *made(5, "A21D 2/00", "FR", 300),
    *made(10, "G02B 6/00", "PT", 400), *made(30, "A21D 2/00", "PT", 500),
]  # fmt: skip


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    return dataset(tmp_path, raw(*RECORDS), blocks=BLOCKS)


def test_the_territories_are_not_their_own_reference(study):
    """Of 55 applications of the reference the 40 outside the two territories are left."""
    assert len(complement.outside(study)) == 40
    assert complement.of_territories(study)["area"].astype("str").value_counts().to_dict() == {
        "Spain": 10, "France": 5,
    }  # fmt: skip


def test_a_quotient_is_the_share_here_over_the_share_outside(study):
    """Optics: 8 of 10 in Spain against 10 of 40 outside: 2.5 are expected, 3.2 times that found."""
    table = specialisation(study).set_index(["area", "field_id"])
    row = table.loc[("Spain", 9)]
    assert row[["n", "base", "n_outside", "base_outside"]].tolist() == [8, 10, 10, 40]
    assert (row["expected"], row["quotient"]) == (2.5, pytest.approx(3.2))
    assert row["low"] < 3.2 < row["high"]


def test_a_field_nobody_outside_has_is_not_defined(study):
    """No quotient, no q, no verdict."""
    row = specialisation(study).set_index(["area", "field_id"]).loc[("Spain", 1)]
    assert row[["quotient", "q", "verdict"]].isna().all()


def test_the_verdict_says_what_could_have_been_shown(study):
    """Twice as often as 2.5 or 1.25 expected would mostly be missed."""
    table = specialisation(study).set_index(["area", "field_id"])
    assert table.loc[("France", 9), "verdict"] == "could not have been shown"
    assert table.loc[("France", 9), "detectable"] > 2


def test_of_fewer_than_one_expected_nothing_is_told_but_the_count(tmp_path, monkeypatch):
    """
    One of 11 where 2 of 42 outside give 0.5: no ratio, and none drawn towards 1 either.

    Broken once: the estimate and the chance of more stood beside a dash.
    """
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    few = [*made(1, "B82Y 5/00", "ES", 600), *made(2, "B82Y 5/00", "PT", 700)]
    study = dataset(tmp_path, raw(*RECORDS, *few), blocks=BLOCKS)
    row = specialisation(study).set_index(["area", "field_id"]).loc[("Spain", 22)]
    assert (row["n"], row["base"], row["verdict"]) == (1, 11, "could not have been shown")
    assert row["expected"] == pytest.approx(11 * 2 / 42)
    assert row[["quotient", "low", "high", "shrunken", "p_above"]].isna().all()


def test_a_prior_that_finds_no_spread_says_so():
    """10,000 is no number of its own: the ratios of that territory spread as by chance."""
    found = pd.DataFrame({"area": ["A", "A", "B"], "prior": [11.5, 11.5, 10_000.0]})
    assert prior_note(found).endswith(
        "(a = 11.5; 10,000). 10,000: the ratios spread no more than by chance."
    )
    assert prior_note(found[:2]).endswith("(a = 11.5).")


def test_the_territories_pooled_are_no_reference(study):
    """Refused with the reason, and with what to do."""
    with pytest.raises(UsageError, match="one comparison shown twice"):
        specialisation(study, against="pooled")


def test_an_unknown_technology_is_refused(study):
    """With those that are known."""
    with pytest.raises(UsageError, match="`by` is 'colour'; it can be sector_id, field_id"):
        specialisation(study, "colour")


def test_subclasses_are_those_of_the_symbols(study):
    """One column each, sorted."""
    assert specialisation(study, "subclass")["subclass"].unique().tolist() == ["A21D", "G02B"]


def test_without_a_reference_there_is_no_specialisation(tmp_path, monkeypatch):
    """An empty table, and no comparison with oneself; a reference of the territories alone too."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    alone = (PERIOD, COUNTING, SPAIN, FRANCE, SOURCES)
    for name, blocks in (("one", alone), ("two", (*alone, REFERENCE))):
        study = dataset(tmp_path / name, raw(*RECORDS), blocks=blocks)
        assert specialisation(study).empty


def test_fractional_counts_draw_units_again(tmp_path, monkeypatch):
    """Same quotients where nothing is divided; the interval of the draws is near the exact one."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    dataset(tmp_path, raw(*RECORDS), blocks=BLOCKS)
    whole, shares = (
        specialisation(open_study(str(tmp_path / "study.toml"), weights=weights))
        .set_index(["area", "field_id"]).loc[("Spain", 9)]
        for weights in ("whole", "fractional")
    )  # fmt: skip
    assert shares["quotient"] == pytest.approx(whole["quotient"])
    assert 1 < shares["low"] < 3.2 < shares["high"] < 10


def test_what_nobody_files_is_not_proved_by_draws(tmp_path, monkeypatch):
    """Draws of no unit are all 0: fractional counts keep the exact interval and p of whole ones."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    dataset(tmp_path, raw(*RECORDS), blocks=BLOCKS)
    whole, shares = (
        specialisation(open_study(str(tmp_path / "study.toml"), weights=weights))
        for weights in ("whole", "fractional")
    )
    none = (whole["n"] == 0) & whole["p"].notna()
    assert none.any()
    ends = ["low", "high", "p"]
    assert shares.loc[none, ends].to_numpy() == pytest.approx(whole.loc[none, ends].to_numpy())
    assert (shares.loc[none, "high"] > 0).all()


def test_more_draws_than_there_are_cannot_be_needed_to_tell_a_large_quotient():
    """All draws far above 1: p is that of their spread, and not two in a thousand and one."""
    drawn = np.exp(np.log(4.0) + 0.25 * np.linspace(-2, 2, 1_000))[:, None]
    found = units_again.ends(drawn, np.array([4.0]))
    assert found["p"] < 1e-4  # 1.39 / 0.289 = 4.8 standard deviations
    near = np.exp(0.25 * np.linspace(-2, 2, 1_000))[:, None]
    assert units_again.ends(near, np.array([1.0]))["p"] > 0.9


def test_real_sections_are_those_of_eurostat():
    """Euskadi D 5.44 against Spain and France whole, 5.81 against the rest; Aquitaine C 1.69."""
    from types import SimpleNamespace

    from conftest import ROOT

    from studylib.study.model import load

    study = SimpleNamespace(definition=load(ROOT / "study.toml"))
    table = published_sections.section_specialisation(study).set_index(["area", "section"])
    assert table.loc[("Euskadi", "D"), "quotient_whole"] == pytest.approx(5.44, abs=0.005)
    assert table.loc[("Aquitaine", "C"), "quotient_whole"] == pytest.approx(1.69, abs=0.005)
    assert table.loc[("Euskadi", "D"), "quotient"] == pytest.approx(5.81, abs=0.005)
    assert table["base"].unique() == pytest.approx([737.35, 554.84], abs=0.01)
    assert table["n"].sum() == pytest.approx(737.35 + 554.84, abs=0.02)


def test_a_territory_eurostats_table_lacks_leaves_it_empty(study):
    """Countries are no provinces: half a comparison would mislead."""
    assert published_sections.section_specialisation(study).empty
