"""What the other side adds, which KETs come together, and other border areas beside the own one."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from pages_of import record
from small_studies import COUNTING, FRANCE, PERIOD, SOURCES, SPAIN, dataset, raw

import studylib as sl
from studylib import show
from studylib.diversify import (
    border_areas,
    co_invention,
    co_inventors,
    complementarity,
    corpus,
    enablers,
    nearness,
    own_test,
    portfolios,
)
from studylib.errors import DataError, UsageError
from studylib.say import kets_together, side_pairs
from studylib.say.side_pairs import _others
from studylib.show.absent import Absent
from studylib.show.patents.kets import _of_chance
from studylib.study.model import load

WIDE = '[reference]\nname = "Iberia and France"\ncountries = ["ES", "FR", "PT"]\n'
BLOCKS = (PERIOD, COUNTING, SPAIN, FRANCE, WIDE, SOURCES)
CORPUS = '[corpus]\npath = "data/corpus.csv"\n'
REGIONS = (
    '[[territories]]\nname = "North"\nnuts = ["FR42"]\n'
    '[[territories]]\nname = "South"\nnuts = ["DE13"]\nnuts_version = "2013"\n'
)


def made(n, ipc, country, first, **changes):
    """As many applications of one country and these symbols."""
    return [
        record(
            k % 5, list(ipc), country, application_number=f"EP0{first + k:07}",
            priorities=[(f"P{first + k:07}", country, "2000-01-01")], **changes,
        )
        for k in range(n)
    ]  # fmt: skip


OPTICS, LENSES, BREAD, DOUGH = "G02B 6/00", "G03B 17/00", "A21D 2/00", "A21C 1/00"


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """A study of these records, opened."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))

    def of(*records, blocks=BLOCKS, **choices):
        return dataset(tmp_path, raw(*records), blocks=blocks, **choices)

    return of


APART = [
    *made(12, [OPTICS], "ES", 100), *made(12, [LENSES], "FR", 200),
    *made(10, [OPTICS], "PT", 300), *made(10, [LENSES], "PT", 400), *made(60, [BREAD], "PT", 500),
]  # fmt: skip


def test_what_is_added_is_density_of_both_less_the_own(opened):
    """The identity, row by row of the finished table, in both directions."""
    table = complementarity.complementarity(opened(*APART))
    assert set(zip(table["area"], table["other"], strict=True)) == {
        ("Spain", "France"), ("France", "Spain"),
    }  # fmt: skip
    whole = (table["density"] + table["added"]).to_numpy()
    assert table["together"].to_numpy() == pytest.approx(whole, abs=1e-12)
    assert table["p"].between(1 / 1001, 1).all()


def test_names_dealt_at_random_let_nothing_stand_out(opened):
    """Two sides of the same two technologies, one record in turn each."""
    same = [r for k in range(12) for r in (*made(1, [OPTICS], "ES", 100 + k),
            *made(1, [OPTICS], "FR", 150 + k), *made(1, [BREAD], "ES", 200 + k),
            *made(1, [BREAD], "FR", 250 + k))]  # fmt: skip
    table = complementarity.complementarity(opened(*same, *APART[24:]))
    assert (table["p"] > 0.05).all()


def test_a_study_of_one_territory_has_no_neighbour(opened):
    """No row, and so has one without a reference."""
    one = opened(*APART, blocks=(PERIOD, COUNTING, SPAIN, WIDE, SOURCES))
    assert complementarity.complementarity(one).empty
    none = opened(*APART, blocks=(PERIOD, COUNTING, SPAIN, FRANCE, SOURCES))
    assert complementarity.complementarity(none).empty


def test_kets_that_always_meet_are_shown_to(opened):
    """Ten units with both, twenty with one of them, ten with neither: more than chance."""
    study = opened(
        *made(10, ["H01L 31/042", "B82Y 30/00"], "ES", 100), *made(3, ["B82Y 30/00"], "FR", 200),
        *made(40, ["G02B 6/00"], "FR", 300),
    )  # fmt: skip
    table = enablers.kets_together(study)
    own = table[table["variant"] == "study"].set_index(["ket", "other_ket"])
    row = own.loc[("micro_nano_electronics", "nanotechnology")]
    assert (row["n"], row["n_ket"], row["n_other"]) == (10, 10, 13)
    assert row["expected"] < 10
    assert row["verdict"] == "shown"
    unused = own.loc[("nanotechnology", "industrial_biotechnology")]
    assert np.isnan(unused["p"])
    assert unused["verdict"] is None


def test_a_ket_at_work_on_both_sides_stands_first(opened):
    """Photonics in optics: two units of Spain, one of France; bread carries none."""
    study = opened(
        *made(2, [OPTICS], "ES", 1), *made(1, [OPTICS], "FR", 9), *made(3, [BREAD], "FR", 20)
    )
    table = enablers.kets_in_fields(study)
    assert table[["ket", "field_id", "n_0", "base_0", "n_1", "base_1"]].to_numpy().tolist() == [
        ["photonics", 9, 2, 2, 1, 1]
    ]
    assert table["on_all_sides"].tolist() == [True]
    assert table[["readings", "of_readings"]].to_numpy().tolist() == [[3, 3]]


def test_a_ket_in_a_field_is_held_against_other_readings(opened):
    """Measuring light is photonics by the rules, and measurement by WIPO's fields."""
    light = ["G01J 3/00"]
    study = opened(*made(1, light, "ES", 1), *made(1, light, "FR", 9))
    table = enablers.kets_in_fields(study).set_index(["ket", "field_id"])
    row = table.loc[("photonics", 10)]
    assert row[["readings", "of_readings"]].tolist() == [2, 3]
    assert row[["n_0", "n_0_low", "n_0_high", "n_1_low", "n_1_high"]].tolist() == [1, 0, 1, 0, 1]


def test_a_field_in_which_one_side_alone_has_a_ket_is_told_after_the_others(opened):
    """Optics on both sides, measuring light in Spain only: the title counts what a KET links."""
    study = opened(
        *made(1, [OPTICS], "ES", 1), *made(1, [OPTICS], "FR", 9), *made(2, ["G01J 3/00"], "ES", 20)
    )
    table = enablers.kets_in_fields(study)
    shown = sl.show.kets_in_fields(study, table).shown()
    assert shown["title"] == "A KET meets 2 fields, 1 of them with a patent on every side"
    nowhere = sl.show.kets_in_fields(study, table.assign(on_all_sides=False)).shown()["title"]
    assert nowhere.endswith("none of them on every side")
    assert [row[1][1] for row in shown["rows"]] == ["Optics", "Measurement"]
    assert [text for _side, text in shown["rows"][1][2:6]] == ["2 (0–2)", "2", "0 (0–0)", "0"]


def inventors(first, *nuts):
    """One application with an inventor in each of these regions."""
    return made(1, [OPTICS], "FR", first, inventors=[
        (f"Inventor {first} {k}", code[:2], code, None) for k, code in enumerate(nuts)
    ])  # fmt: skip


def test_co_invention_counts_families_of_both_sides(opened):
    """Six of North, six of South, four of both; the draws keep how many each has."""
    records = [
        *inventors(1, "FR421", "DE131"), *inventors(2, "FR421", "DE132"),
        *inventors(3, "FR422"), *inventors(4, "DE131"), *inventors(5, "FR101"),
        *inventors(6, "FR421", "DE131"), *inventors(7, "FR421", "DE132"),
        *inventors(8, "FR422"), *inventors(9, "DE131"), *inventors(10, "FR101"),
    ]  # fmt: skip
    study = opened(*records, blocks=(PERIOD, REGIONS, SOURCES))
    row = co_invention.co_invention(study).iloc[0]
    assert row[["side", "other_side", "n", "n_other", "joint"]].tolist() == [
        "North", "South", 6, 6, 4,
    ]  # fmt: skip
    assert row["low"] <= row["expected"] <= row["high"]
    assert row["low_kept"] <= row["expected_kept"] <= row["high_kept"]
    assert row["ratio_low"] < row["ratio"] < row["ratio_high"]


def test_teams_of_one_side_do_not_make_two_sides_strangers(opened):
    """Teams of three, one family of both: dealt anew inventors would give more than families do."""
    records = [part for n in (1, 5, 9, 13) for part in inventors(n, *(3 * ["FR421"]))] + [
        part for n in (17, 21, 25) for part in inventors(n, *(3 * ["DE131"]))
    ]
    records += inventors(30, "FR421", "DE131")
    row = co_invention.co_invention(opened(*records, blocks=(PERIOD, REGIONS, SOURCES))).iloc[0]
    assert row[["n", "n_other", "joint"]].tolist() == [5, 4, 1]
    assert row["expected"] > row["expected_kept"]


def test_without_regions_of_inventors_nothing_is_said_of_co_invention(opened):
    """An export that knows countries only, and sides that are regions."""
    study = opened(*APART, blocks=(PERIOD, REGIONS, SOURCES))
    assert co_invention.co_invention(study).empty


def test_sides_that_are_countries_need_no_regions(opened):
    """Inventors known by their country: twelve families each, none of both."""
    row = co_invention.co_invention(opened(*APART)).iloc[0]
    assert row[["side", "other_side", "n", "n_other", "joint"]].tolist() == [
        "Spain", "France", 12, 12, 0,
    ]  # fmt: skip


def test_where_chance_gives_fewer_than_one_no_ratio_is_told(opened):
    """Two families with an inventor of either side: none of both is no sign of a border."""
    records = [*inventors(1, "FR421"), *inventors(2, "DE131")]
    row = co_invention.co_invention(opened(*records, blocks=(PERIOD, REGIONS, SOURCES))).iloc[0]
    assert (row["joint"], row["expected"] < 1, row["verdict"]) == (0, True, "not shown")
    assert row[["ratio", "ratio_low", "ratio_high"]].isna().all()


def test_links_to_third_regions_stand_beside_those_to_the_neighbour(opened):
    """Of four families of North one is with South, two with Lorraine, one with the Basque side."""
    records = [
        *inventors(1, "FR421", "DE131"), *inventors(2, "FR421", "FR411"),
        *inventors(3, "FR422", "FR411"), *inventors(4, "FR421", "ES212"),
    ]  # fmt: skip
    table = co_inventors.co_inventors(opened(*records, blocks=(PERIOD, REGIONS, SOURCES)))
    assert table[["area", "partner", "n", "base"]].to_numpy().tolist() == [
        ["North", "South", 1, 4], ["North", "country", 2, 4], ["North", "abroad", 1, 4],
        ["South", "North", 1, 1], ["South", "country", 0, 1], ["South", "abroad", 0, 1],
    ]  # fmt: skip
    study = opened(*records, blocks=(PERIOD, REGIONS, SOURCES))
    north, south = side_pairs.co_inventors(study, table).paragraphs
    assert north.startswith(
        "Of the patents of North (4 families), so many have an inventor elsewhere too: South"
    )
    assert south.startswith(
        "Of the patents of South (1 family), so many have an inventor elsewhere too: North"
    )


def test_what_an_export_does_not_tell_is_said_once(opened):
    """That nobody knows where inventors live stands under the pairs of sides, and not again."""
    study = opened(*made(1, [OPTICS], "ES", 1), blocks=(PERIOD, REGIONS, SOURCES))
    nothing = co_inventors.co_inventors(study)[:0]
    assert side_pairs.co_inventors(study, nothing).paragraphs == ()


def test_pairs_inside_one_country_are_told_from_those_across_a_border(opened):
    """Alsace and Freiburg lie across a border; Freiburg and Karlsruhe inside one country."""
    rhine = (
        '[[comparison]]\nname = "Rhine"\nnuts = ["FR42", "DE13", "DE12"]\nnuts_version = "2010"\n'
    )
    records = inventors(1, "FR421", "DE131", "DE121")
    table = co_invention.co_invention(
        opened(*records, blocks=(PERIOD, SPAIN, FRANCE, rhine, SOURCES))
    )
    kinds = table[table["area"] == "Rhine"].set_index(["side", "other_side"])["kind"]
    assert kinds.to_dict() == {
        ("FR42", "DE13"): "border", ("FR42", "DE12"): "border", ("DE13", "DE12"): "country",
    }  # fmt: skip


def pairs_of_sides(*rows):
    """Pairs of sides by area, kind, joint patents and ratio; chance gives ten of each."""
    table = pd.DataFrame(rows, columns=["area", "kind", "joint", "ratio"])
    return table.assign(
        side="North", other_side="South", expected=10.0, low=5, high=15, expected_kept=2.5,
        low_kept=0, high_kept=6,
    )  # fmt: skip


def test_an_empty_control_of_co_invention_is_said_to_be_empty(opened):
    """Nothing is held against pairs inside a country if none of them has a joint patent."""
    study = opened(*made(1, [OPTICS], "FR", 1), blocks=(PERIOD, REGIONS, SOURCES))
    own = ("", "border", 3, 0.3)
    told = pairs_of_sides(
        own, ("Rhine", "border", 0, 0.0), ("Rhine", "border", 2, 0.2), ("Rhine", "country", 0, 0.0)
    )
    said = side_pairs.co_invention(study, told).paragraphs
    assert said[0] == (
        "North – South: 3 families with inventors of both. Chance gives 10.0 (95%: 5–15) if every "
        "inventor is dealt anew, and 2.5 (95%: 0–6) if each side stays on as many patents as it "
        "was."
    )
    assert said[1].endswith("of the other border areas lie between 0.00 and 0.20.")
    assert said[2].startswith("The control is empty: of 1 pair inside one country,")
    assert "inventors dealt anew would give 10 in all" in said[2]
    alone = str(side_pairs.co_invention(study, pairs_of_sides(own)))
    assert "There is no other border area" in alone
    few = pairs_of_sides(own, ("Rhine", "border", 0, np.nan))
    assert "chance alone would give fewer than one" in str(side_pairs.co_invention(study, few))


def test_who_invents_with_whom_in_made_up_records_is_an_assumption(opened, monkeypatch):
    """And the page says so beside the ratio."""
    study = opened(*made(1, [OPTICS], "FR", 1), blocks=(PERIOD, REGIONS, SOURCES))
    table = pairs_of_sides(("", "border", 3, 0.3))
    assert "assumption" not in str(side_pairs.co_invention(study, table))
    monkeypatch.setattr(side_pairs, "is_made_up", lambda _study: True)
    assert "an assumption of those who made them" in str(side_pairs.co_invention(study, table))


def test_portfolios_that_have_nothing_in_common_differ(opened):
    """Optics against bread: no overlap, and none like it by chance."""
    study = opened(*made(15, [OPTICS], "ES", 1), *made(15, [BREAD], "FR", 100))
    row = portfolios.portfolio_overlap(study).iloc[0]
    assert row["overlap"] == 0
    assert row["p"] < 0.01
    assert (row["n"], row["n_other"]) == (15, 15)
    assert np.isnan(row["added"])  # no reference outside the territories


def test_what_sides_add_to_each_other_is_held_against_names_dealt_anew(opened):
    """Optics against lenses, which are near each other: more than mixed portfolios would add."""
    row = portfolios.portfolio_overlap(opened(*APART)).iloc[0]
    assert row["added_low"] <= row["added_high"] < row["added"]
    assert row["p_added"] < 0.05


BORDER = '[[comparison]]\nname = "Rhine"\nnuts = ["FR42", "DE13"]\nnuts_version = "2010"\n'


def test_other_border_areas_are_compared_side_by_side(opened):
    """Twelve of Alsace in optics, twelve of Freiburg in bread: no field in common."""

    def of(code, ipc, first):
        return made(12, [ipc], "FR", first, inventors=[("A", code[:2], code, None)])

    blocks = (PERIOD, SPAIN, FRANCE, BORDER, SOURCES, '[counting]\nlocated_by = "inventor"\n')
    study = opened(*of("FR421", OPTICS, 1), *of("DE131", BREAD, 50), blocks=blocks)
    rows = portfolios.portfolio_overlap(study)
    assert rows[["area", "side", "other_side", "n", "n_other"]].to_numpy().tolist() == [
        ["Rhine", "FR42", "DE13", 12, 12]
    ]
    assert rows["overlap"].tolist() == [0]


def test_few_records_are_no_portfolio(opened):
    """Nine on one side: no row."""
    study = opened(*made(9, [OPTICS], "ES", 1), *made(15, [BREAD], "FR", 100))
    assert portfolios.portfolio_overlap(study).empty


def test_spread_over_equal_fields_is_their_number(opened):
    """Two fields of five units each are two fields; between sectors one bit, inside none."""
    study = opened(*made(5, [OPTICS], "ES", 1), *made(5, [BREAD], "ES", 100))
    row = portfolios.concentration(study).set_index("area").loc["Spain"]
    assert row[["fields", "unrelated", "related"]].tolist() == pytest.approx([2, 1, 0])


def test_published_totals_stand_beside_their_sides(opened):
    """Alsace and Freiburg by their NUTS codes, sums of the window and rates as published."""
    table = border_areas.area_totals(opened(blocks=(PERIOD, REGIONS, SOURCES)))
    assert table["side"].tolist() == ["North", "South"]
    assert table["applications"].tolist() == pytest.approx([1448.11, 4601.84])
    assert table["years"].tolist() == [5, 5]


def test_sides_are_drawn_by_their_rate_the_most_first(opened):
    """The title names both ends; of sides without a rate nothing is drawn."""
    study = opened(blocks=(PERIOD, REGIONS, SOURCES))
    totals = border_areas.area_totals(study).assign(per_million=[170.0, 448.1])
    picture = show.area_rates(study, totals)
    assert picture.caption.title == (
        "Patent applications per inhabitant: most in South, fewest in North"
    )
    assert picture.frame["per_million"].tolist() == [448.1, 170.0]
    assert isinstance(show.area_rates(study, totals.assign(per_million=np.nan)), Absent)


def test_the_rate_of_a_region_a_study_names_is_known(opened):
    """Catalonia is no border area of the project, and has totals and rates all the same."""
    blocks = '[[territories]]\nname = "Catalunya"\nnuts = ["ES51"]\nnuts_version = "2010"\n'
    row = border_areas.area_totals(opened(blocks=(PERIOD, blocks, SOURCES))).iloc[0]
    assert row["years"] == 5
    assert row["per_million"] > 50


def written(tmp_path, text):
    """A corpus file."""
    (tmp_path / "data").mkdir(exist_ok=True)
    path = tmp_path / "data" / "corpus.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_study_may_name_a_corpus_of_its_own(tmp_path, opened, monkeypatch):
    """Forty regions: the even ones hold optics and lenses, the odd ones bread and dough."""
    lines = [
        f"R{k},{code},5" for k in range(40) for code in (("G02B", "G03B"), ("A21D", "A21C"))[k % 2]
    ]
    written(tmp_path, "region,technology,n\n" + "\n".join(lines) + "\n")
    study = opened(*APART, blocks=(*BLOCKS, CORPUS + 'without = ["R0"]\n'))
    space = corpus.space(study)
    assert (space.technologies.tolist(), space.n_regions) == (["A21C", "A21D", "G02B", "G03B"], 39)
    assert space.near[2, 3] == 1
    assert space.near[0, 3] == 0
    monkeypatch.setattr(own_test, "refused", lambda _study: False)
    assert set(complementarity.complementarity(study)["field_id"]) == {9, 18, 29}


def test_a_corpus_that_holds_the_territories_unnamed_is_refused(tmp_path, opened):
    """Spain's region would teach Spain what is near; a place that is no code is taken as it is."""
    lines = [f"{name},G02B,9" for name in ("ES21", "Espoo", "R0", *(f"R{k}" for k in range(1, 40)))]
    written(tmp_path, "region,technology,n\n" + "\n".join(lines) + "\n")
    study = opened(*APART, blocks=(*BLOCKS, CORPUS + 'without = ["R0"]\n'))
    with pytest.raises(DataError, match=r"1 region of the territories .* name: 'ES21'"):
        corpus.space(study)
    named = opened(*APART, blocks=(*BLOCKS, CORPUS + 'without = ["R0", "ES21"]\n'))
    assert corpus.space(named).n_regions == 40


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("region,n\nA,1\n", "lacks the columns 'technology'"),
        ("region,technology,n\nA,G02B,many\n", "1 row whose `n` is no count: 'many'"),
        ("region,technology,n\nA,G02B,1\n", "1 region besides the territories"),
    ],
)
def test_a_corpus_that_cannot_be_used_is_refused(tmp_path, text, told):
    """What is wrong, and how many."""
    with pytest.raises(DataError, match=told):
        corpus.counts(written(tmp_path, text), frozenset())


def test_a_corpus_that_is_not_there_is_told_by_the_study_file(tmp_path):
    """Before anything is read."""
    from small_studies import study_file

    path = study_file(tmp_path, *BLOCKS, CORPUS)
    with pytest.raises(UsageError, match=r"`corpus\.path` names 'data/corpus.csv'"):
        load(path)


def test_a_finding_is_put_to_the_test_of_other_choices(opened):
    """Optics (lenses too) 12 of 12 in Spain against 20 of 80 outside: shown, by application too."""
    from studylib.diversify.sensitivity import findings_under_choices

    table = findings_under_choices(opened(*APART))
    own = table[(table["area"] == "Spain") & (table["technology"] == 9)].set_index("variant")
    assert own.loc["study", ["n", "base", "verdict"]].tolist() == [12, 12, "shown"]
    assert own.loc["unit", "quotient"] == own.loc["study", "quotient"] == pytest.approx(4)
    assert "wider" not in own.index
    assert "scheme" not in own.index


def test_wider_territories_are_counted_anew(opened):
    """Alsace with Lorraine: the family of Metz joins those of Strasbourg."""
    from studylib.diversify.sensitivity import variant

    north = '[[territories]]\nname = "North"\nnuts = ["FR42"]\nwider = ["FR41"]\n'
    study = opened(
        *inventors(1, "FR421"), *inventors(2, "FR413"), *inventors(3, "FR101"),
        blocks=(PERIOD, north, SOURCES),
    )  # fmt: skip
    assert len(study.units) == 1
    assert len(variant(study, "wider").units) == 2


def test_the_answer_of_the_page_says_what_the_neighbour_adds(opened):
    """Its question has two parts; the sentence is that of the section below."""
    from studylib.say import diversification, neighbours

    study = opened(*APART)
    below = neighbours.complementarity(study, complementarity.complementarity(study))
    assert diversification.headline(study).paragraphs[-1] == below.paragraphs[0]
    alone = opened(*APART, blocks=(PERIOD, COUNTING, SPAIN, WIDE, SOURCES))
    assert len(diversification.headline(alone).paragraphs) == 1


def test_one_side_is_never_called_too_few_records(opened):
    """A study of one territory has no other portfolio; fifteen records are enough for one."""
    study = opened(*made(15, [OPTICS], "ES", 1), blocks=(PERIOD, COUNTING, SPAIN, SOURCES))
    said = str(side_pairs.overlap(study, portfolios.portfolio_overlap(study)))
    assert said.startswith("The study has one side, so there is no other portfolio")


@pytest.mark.parametrize(("p", "said"), [((0.2, 0.9), "none is"), ((0.01, 0.9), "1 is")])
def test_pairs_of_other_areas_that_differ_are_counted_in_words(p, said):
    """Nought is said as none."""
    expected = (
        f"Of 2 pairs of sides of other border areas, each tested by itself, {said} told to differ."
    )
    assert _others(pd.DataFrame({"p": p})) == expected


def test_the_interval_of_a_spread_holds_the_long_run(opened):
    """Thirty units dealt to four fields alike: draws as they come would end below four."""
    ipc = [OPTICS, BREAD, "H04L 9/00", "A01B 1/00"]
    counts = (9, 8, 7, 6)
    study = opened(
        *(
            one
            for place, (symbol, n) in enumerate(zip(ipc, counts, strict=True))
            for one in made(n, [symbol], "ES", 100 * place)
        )
    )
    row = portfolios.concentration(study).set_index("area").loc["Spain"]
    assert row["low"] < row["fields"] < 4 < row["high"] <= 35


def test_the_corpus_of_the_project_is_apart_from_its_own_territories(tmp_path, opened):
    """Aquitaine and Euskadi are left out of it, in any version of their codes; Alsace is not."""
    euskadi = '[[territories]]\nname = "Euskadi"\nnuts = ["ES21"]\n'
    renamed = '[[territories]]\nname = "Aquitaine"\nnuts = ["FRI1"]\nnuts_version = "2016"\n'
    assert nearness.is_apart(opened(blocks=(PERIOD, euskadi, renamed, SOURCES)))
    assert not nearness.is_apart(opened(blocks=(PERIOD, REGIONS, SOURCES)))
    assert not nearness.is_apart(opened())
    written(tmp_path, "region,technology,n\nR0,G02B,5\nR1,A21D,5\n")
    assert nearness.is_apart(opened(blocks=(*BLOCKS, CORPUS + 'without = ["R0"]\n')))


def told_of(*rows):
    """What is said of pairs of KETs that are not shown to meet, by their p and q."""
    pairs = pd.DataFrame(rows, columns=["p", "q"]).assign(
        variant="study", ket="photonics", other_ket="nanotechnology", verdict="not shown"
    )
    return str(kets_together.beside_chance(None, pairs))


def test_a_small_p_of_many_is_told_with_what_is_left_of_it():
    """0.045 of ten pairs is no finding, and the sentence says why; one pair is the only one."""
    assert told_of((0.045, 0.45), (0.6, 0.6)) == (
        "Of 2 pairs of KETs none is shown to come together more often than by chance; the smallest "
        "p is 0.045, and 0.45 after holding all pairs against false discovery."
    )
    assert told_of((0.64, 0.64)) == (
        "The one pair of KETs that can be held against chance is not shown to come together more "
        "often than by chance (p = 0.64)."
    )


@pytest.mark.parametrize(
    ("verdict", "said"),
    [("not shown", "more than chance is not shown"), ("shown", "more is shown")],
)
def test_the_figure_of_kets_says_what_chance_gives_to_its_pair(verdict, said, monkeypatch):
    """7 where chance gives 9.46: one page named the pair, and another said that it is rarer."""
    pairs = pd.DataFrame({"n": [7, 2], "expected": [9.46, 1.0], "p": [0.9, 0.3]})
    pairs = pairs.assign(verdict=[verdict, "not shown"])
    monkeypatch.setattr("studylib.show.patents.kets.kets_together", lambda *_a, **_k: pairs)
    rules = pd.DataFrame({"rule": [], "symbol": [], "level": [], "ket": []})
    study = SimpleNamespace(scheme=SimpleNamespace(rules=rules))
    assert _of_chance(study) == f"By chance it would be 9.5 for the pair of the title: {said}."
    monkeypatch.setattr(
        "studylib.show.patents.kets.kets_together", lambda *_a, **_k: pairs.assign(n=0)
    )
    assert _of_chance(study) == ""
