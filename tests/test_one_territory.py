"""Words of a study of one territory: no second side, no list of one, no total of one part."""

import pandas as pd
import pytest
from small_studies import COUNTING, FRANCE, PERIOD, REFERENCE, SOURCES, SPAIN, dataset, raw

from studylib import show
from studylib.report import prose
from studylib.say import (
    diversification,
    frequent_kets,
    kets_together,
    leads,
    neighbours,
    patents,
    technologies,
)
from studylib.show.diversification import neighbours as shown_neighbours
from studylib.show.diversification import specialisation
from studylib.show.patents import filings

ALONE = (PERIOD, COUNTING, SPAIN, REFERENCE, SOURCES)
BOTH = (PERIOD, COUNTING, SPAIN, FRANCE, REFERENCE, SOURCES)


def record(n, country, ipc="G02B 6/00"):
    """One family of a country, by its priority claim."""
    return {
        "publication_number": f"EP{1000000 + n}A1",
        "application_number": f"EP{1000000 + n}",
        "filing_date": "2001-03-01",
        "ipc": [ipc],
        "priorities": [(f"{country}{20010000 + n}", country, "2001-01-01")],
    }


RECORDS = [record(n, "ES") for n in range(12)] + [record(50, "FR")]


@pytest.fixture
def alone(tmp_path):
    """Twelve families of Spain in optics; one of France in the reference."""
    return dataset(tmp_path, raw(*RECORDS), blocks=ALONE)


@pytest.fixture
def both(tmp_path):
    """The same records with France as the other side."""
    return dataset(tmp_path, raw(*RECORDS), blocks=BOTH)


def test_what_leads_is_said_of_the_territory_and_not_of_a_list_of_one(alone):
    """
    One colon at most, and the number once.

    Broken once: “Sector of technology with most patents: Spain: instruments.”
    """
    said = "Sector of technology with most patents in Spain: instruments."
    assert technologies.in_short(alone) == said
    assert frequent_kets.most_frequent(alone).startswith(
        "Most frequent key enabling technology in Spain: photonics, 12 of 12 ("
    )
    assert "The study rests on 12 families of 2000–2004 in Spain." in str(patents.headline(alone))


def test_of_two_sides_the_one_that_is_too_small_is_named(both):
    """Its sector is not left out without a word."""
    assert technologies.in_short(both).startswith(
        "Sector of technology with most patents in Spain: instruments. None is named for France, "
        "with fewer than 10 families classified."
    )


def test_sentences_speak_of_the_territory(alone, both):
    """Where those of several speak of the territories."""
    assert "Both without the territory, counted" in str(patents.counting(alone))
    assert str(kets_together.overlap(alone)) == (
        "12 families of the territory carry a KET each, none more than one."
    )
    assert str(kets_together.overlap(both)).startswith("13 families of the territories carry")
    assert specialisation._reading(alone).startswith("The rest: Both without the territory. Shown")
    top = pd.Series({"section": "A", "area": "Spain", "quotient": 2.0, "quotient_whole": 1.5})
    assert diversification._with_them(alone, top).startswith("The rest leaves the territory out")
    assert diversification._with_them(both, top).startswith("The rest leaves the territories out")


def test_a_total_of_one_part_has_no_row(alone, both):
    """All territories are that one; of two there is a row for both."""
    totals = pd.DataFrame(
        {"area": ["Spain", ""], "published": [30.0, 30.0], "n": [12, 12], "share": [0.4, 0.4]}
    )
    assert len(filings.published_totals(alone, totals).frame) == 1
    assert filings.published_totals(both, totals).frame["area"].tolist()[1] == "All territories"
    assert "the same territory, by year" in str(patents.published_context(alone, totals))


def test_a_section_on_the_neighbour_is_left_out_where_there_is_none(alone, both):
    """Nothing is said; of two sides that cannot be compared, one sentence is."""
    none = pd.DataFrame()
    assert neighbours.complementarity(alone, none) == prose.lack("")
    said = neighbours.complementarity(both, none)
    assert str(said) == "What the neighbour adds cannot be told from the records of this study."
    assert said.kind == "lack"


def test_a_field_that_no_side_shares_is_not_counted_as_zero(both):
    """“In none of them”, not “in 0 of them”."""
    rows = pd.DataFrame({"field_id": [9, 15], "on_all_sides": [False, False]})
    assert shown_neighbours._linked(both, rows) == (
        "A KET meets 2 fields, none of them on every side"
    )


def test_why_specialisation_is_not_told_is_the_reason_that_holds(tmp_path):
    """No reference, or nothing of it in the records."""
    none = dataset(tmp_path / "a", raw(*RECORDS), blocks=(PERIOD, COUNTING, SPAIN, FRANCE, SOURCES))
    assert str(diversification.headline(none)) == (
        "Nothing can be said of specialisation: the study file names no reference to compare with."
    )
    assert "the records hold nothing outside" in diversification._without(
        dataset(tmp_path / "b", raw(*RECORDS), blocks=BOTH)
    )


def test_tables_of_border_areas_are_called_after_what_the_study_has(alone, both):
    """Its own sides, or its territory, where it names no border area; what has no row is said."""
    names = [show.area_kets(s, sl_kets(s)).title for s in (alone, both)]
    assert names == [
        "Key enabling technologies of the territory", "Key enabling technologies of each side",
    ]  # fmt: skip
    spread = pd.DataFrame({
        "area": ["Spain"], "n": [12], "fields": [1.0], "low": [1.0], "high": [1.0],
        "unrelated": [0.0], "related": [0.0],
    })  # fmt: skip
    assert show.concentration(both, spread).note == (
        "An area of fewer than 10 families with a technology field has no row."
    )
    assert show.concentration(alone, spread).note == ""


def sl_kets(study):
    """Shares of KETs of the areas."""
    import studylib as sl

    return sl.area_kets(study)


def test_a_lead_promises_only_what_follows(alone, both):
    """
    No inventor has a region, and one side is too small to be set beside the other.

    Broken once: a page promised how alike its sides are, and then could not tell.
    """
    said = (
        "What the records tell here: over how many fields an area spreads and which key enabling "
        "technologies each area holds."
    )
    assert [str(leads.records(study)) for study in (alone, both)] == [said, said]
