"""The reference is what lies outside the territories, sampled at rates that are known."""

import pytest
from pages_of import record
from small_studies import PERIOD, SOURCES, SPAIN, dataset, raw

import studylib as sl
from studylib import tables
from studylib.patents import complement

IBERIA = '[reference]\nname = { en = "Iberia", fr = "Ibérie" }\ncountries = ["ES", "PT"]\n'
BLOCKS = (PERIOD, '[counting]\nlocated_by = "priority"\n', SPAIN, IBERIA, SOURCES)


def family(n, symbol, *countries):
    """A family first claimed in these countries."""
    return record(
        n % 5, [symbol], countries[0], application_number=f"EP033000{n:02}",
        priorities=[(f"{c}2000{n:05}", c, "2000-01-01") for c in countries],
    )  # fmt: skip


RECORDS = [
    family(0, "G02B 6/00", "ES"), family(1, "A21D", "ES"), family(2, "G02B 6/00", "ES", "PT"),
    family(3, "A21D", "PT"), family(4, "A21D", "PT"), family(5, "G02B 6/00", "PT"),
]  # fmt: skip


def test_the_reference_is_without_the_territories(tmp_path):
    """Of three Portuguese families one has photonics; the one of both countries is left out."""
    study = dataset(tmp_path, raw(*RECORDS), blocks=BLOCKS)
    table = sl.ket_shares(study).set_index(["area", "ket"])
    assert table.loc[("Spain", "photonics"), ["n", "base"]].tolist() == [2, 3]
    assert table.loc[("Iberia", "photonics"), ["n", "base"]].tolist() == [1, 3]
    assert "The rest of Iberia is Iberia without the territory" in str(
        sl.say.patents.counting(study)
    )


def test_the_reference_stands_in_every_table_that_has_it(tmp_path):
    """By its name, with its base; also in French."""
    study = dataset(tmp_path, raw(*RECORDS), blocks=BLOCKS, language="fr")
    for shown in (
        sl.show.ket_table(study, sl.ket_shares(study)),
        sl.show.fields(study, sl.field_shares(study)),
    ):
        heads = [label for _side, label in shown.shown()["head"]]
        assert any("Ibérie hors territoire, sur 3" in head for head in heads), heads


def test_a_reference_that_is_the_territories_is_none(tmp_path):
    """Spain compared with Spain: no column, and a sentence says why."""
    spain = IBERIA.replace('["ES", "PT"]', '["ES"]')
    study = dataset(tmp_path, raw(*RECORDS), blocks=(*BLOCKS[:3], spain, SOURCES))
    assert "lies outside the territories" in str(sl.say.patents.counting(study))
    assert "rest of" not in str(sl.show.ket_table(study, sl.ket_shares(study)).shown()["head"])


def sampled(study, *rates):
    """The study with its sources sampled at these rates; applications in turn of each."""
    files = study.table("sources").iloc[[0] * len(rates)].reset_index(drop=True)
    ids = [f"source_{i}" for i in range(len(rates))]
    files = files.assign(source_id=ids, file=ids, rate_elsewhere=list(rates))
    tables.write(files, "sources", study.folder)
    own = study.table("applications").sort_values("application_id", ignore_index=True)
    own = own.assign(source_id=[ids[i % len(ids)] for i in range(len(own))])
    tables.write(own, "applications", study.folder)
    return sl.open_study(str(study.folder.parents[1] / "study.toml"))


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    return dataset(tmp_path, raw(*RECORDS), blocks=BLOCKS)


def test_one_rate_outside_changes_nothing(study):
    """A share within one sample is a share, however small the sample."""
    assert complement.outside(sampled(study, 0.03, 0.03))["weight"].tolist() == [1, 1, 1]


def test_two_rates_are_weighted(study):
    """
    Families 3 and 5 of a source of 1 in 2, family 4 of one of 1 in 4: weights 2, 4, 2.

    They add up to the effective number of families, 8 * 8 / (4 + 16 + 4).
    """
    found = complement.outside(sampled(study, 0.25, 0.5))
    assert found["weight"].tolist() == pytest.approx([2 / 3, 4 / 3, 2 / 3])
    assert found["weight"].sum() == pytest.approx(64 / 24)


def test_rates_known_in_part_are_no_reference(study):
    """Nothing is compared, and the page says what is missing."""
    mixed = sampled(study, 0.25, None)
    assert complement.outside(mixed).empty
    assert "of which some are not known" in str(sl.say.patents.counting(mixed))
    assert sl.ket_shares(mixed).query("area == 'Iberia'")["share"].isna().all()


def test_published_totals_stand_beside_filings_of_their_office_alone(tmp_path, monkeypatch):
    """Eurostat counts applications to the EPO: those to other offices are no part of them."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    people = {"inventors": [("A B", "ES", "ES212", 1.0)]}
    region = '[[territories]]\nname = "Euskadi"\nnuts = ["ES21"]\nnuts_version = "2013"\n'
    exported = raw(record(0, ["A21D"], "ES", **people), nuts_version="2013")
    study = dataset(tmp_path, exported, blocks=(PERIOD, region, SOURCES))
    assert sl.published_totals(study)["n"].tolist() == [1, 1]
    own = study.table("applications").assign(office="ES")
    tables.write(own, "applications", study.folder)
    assert sl.published_totals(sl.open_study(str(tmp_path / "study.toml"))).empty
