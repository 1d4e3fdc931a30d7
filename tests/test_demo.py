"""The synthetic records: the counts they promise, the totals they follow, the names they avoid."""

import re
import runpy
import sys
import unicodedata

import pandas as pd
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from studylib import demo
from studylib.clean import ipc
from studylib.demo import calibrate, dirt, names, parties, regpat_files, technology
from studylib.demo.calibrate import Group, Slot
from studylib.demo.draw import Dice, apportion
from studylib.demo.generate import Record
from studylib.demo.parties import Pools, Share

RAW = ROOT / "data" / "raw"
FILES = ("DEMO_EPO_App_reg.txt", "DEMO_EPO_IPC.txt", "DEMO_EPO_Inv_reg.txt", "DEMO_REGIONS.txt")
TERRITORIES = ("FR61", "ES21")
SYMBOL = re.compile(r"([A-H]\d\d[A-Z])(?:(\d{4})(\d{6})| *(\d{1,4})/(\d{2,6}))?")

KNOWN = set(
    re.findall(
        r"\S+",
        """
AERNNOVA AIRBUS ALCATEL ALSTOM ALTRAN AMPLITUDE ARCELOR ARCELORMITTAL ARKEMA ASTRIUM BASF BATZ
BAYER BEKAERT BELLOTA BOSCH BULL CAF CEA CEGASA CEIT CESTAS CIBA CIDETEC CIE CNRS CONTINENTAL
COPRECI CREDIT DAIMLER DANOBAT DANOBATGROUP DANONE DASSAULT DEUSTO EADS EDF EIKA ENDRESS ESTIA
EUSKALTEL FAGOR FRAUNHOFER FREUDENBERG GAIKER GAMESA GESTAMP HERAKLES HEIDELBERG IBERDROLA
IDEKO IFREMER IKERLAN INASMET INDAR INDRA INGETEAM INRA INRIA INSERM IRIZAR ITP JEMA KARLSRUHE
LABEIN LAFARGE LEGRAND LEROY LILLY LONZA LOREAL MICHELIN MONDRAGON NAVANTIA NICOLAS NOVARTIS
ONA ONERA ORANGE ORKLI ORONA PEUGEOT POTEZ PSA RENAULT REPSOL RHODIA ROBOTIKER ROCHE ROQUETTE
SAFRAN SAGEM SAINT-GOBAIN SAINT SANOFI SAP SCHNEIDER SENER SIEMENS SIDENOR SMURFIT SNECMA SNPE
SOLVAY SORALUCE SPRI STRASBOURG SUEZ SYNGENTA TECNALIA TEKNIKER TELEFONICA THALES THOMSON TIGF
TOTAL TUBACEX TURBOMECA ULMA UMICORE VALEO VELATIA VEOLIA VICINAY VIDRALA VISCOFAN VOLKSWAGEN
XYLOFUTUR ZARAGOZA BORDEAUX PAU TALENCE BILBAO DONOSTIA SEBASTIAN NAVARRA MADRID PARIS LILLE
LIEGE LEUVEN GENT AQUITAINE EUSKADI EUSKAL EUSKO VASCO BASQUE GARCIA FERNANDEZ GONZALEZ
RODRIGUEZ ETXEBERRIA ECHEVERRIA AGIRRE MARTIN BERNARD DUBOIS DUPONT MUELLER MULLER SCHMIDT
MEYER
""",
    )
)


def read(name):
    """One file as bulk tools read it: every value as text."""
    return pd.read_csv(RAW / "demo" / "regpat" / name, sep="|", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def inventors():
    return read("DEMO_EPO_Inv_reg.txt")


@pytest.fixture(scope="module")
def applicants():
    return read("DEMO_EPO_App_reg.txt")


@pytest.fixture(scope="module")
def symbols():
    return read("DEMO_EPO_IPC.txt")


def inside(inventors, *areas):
    """Applications with an inventor in one of the areas."""
    return set(inventors.loc[inventors["reg_code"].str.startswith(areas), "appln_id"])


def plain(name):
    """Capital letters without marks."""
    decomposed = unicodedata.normalize("NFKD", name.upper())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def normal(spelling):
    """`H01L0031042000` and `H01L  31/042` as `H01L 31/042`; None where nothing can be read."""
    if not (match := SYMBOL.fullmatch(spelling)):
        return None
    subclass, main, sub, padded_main, padded_sub = match.groups()
    if main is not None:
        return f"{subclass} {int(main)}/{sub[:2]}{sub[2:].rstrip('0')}"
    return f"{subclass} {padded_main}/{padded_sub}" if padded_main else subclass


def test_the_same_seed_gives_the_committed_files_byte_for_byte(tmp_path):
    """Running `python -m studylib.demo` again changes nothing."""
    demo.generate(RAW, tmp_path)
    for name in FILES:
        committed = (RAW / "demo" / "regpat" / name).read_bytes()
        assert (tmp_path / name).read_bytes() == committed, name


def test_another_seed_gives_other_records():
    """The seed decides who and what, not how many."""
    first, second = demo.records(RAW, 1), demo.records(RAW, 2)
    assert len(first) == len(second) == 6524
    assert first[0] != second[0]


def test_every_file_stays_below_two_megabytes():
    """The project holds no file over 2 MB."""
    assert {p.name for p in (RAW / "demo" / "regpat").iterdir()} == set(FILES)
    assert all((RAW / "demo" / "regpat" / name).stat().st_size < 2_000_000 for name in FILES)


def test_the_territories_hold_484_applications_of_which_9_lie_in_both(inventors):
    """484 applications have an inventor in Aquitaine or Euskadi; cross-border ones count once."""
    aquitaine, euskadi = inside(inventors, "FR61"), inside(inventors, "ES21")
    assert len(aquitaine | euskadi) == 484
    assert len(aquitaine & euskadi) == 9


def test_the_territories_lie_inside_the_window(inventors, symbols):
    """All 484 are filed in 2000-2012; 40 others are filed just outside and have to be left out."""
    years = symbols.drop_duplicates("appln_id").set_index("appln_id")["app_year"].astype(int)
    own = years.loc[sorted(inside(inventors, *TERRITORIES))]
    assert (own.min(), own.max()) == (2000, 2012)
    assert years[~years.between(2000, 2012)].value_counts().to_dict() == {1999: 20, 2013: 20}


def test_every_application_is_in_every_table(applicants, inventors, symbols):
    """An application has years, applicants and inventors, also when it has no symbol."""
    ids = set(symbols["appln_id"])
    assert len(ids) == 6524
    assert ids == set(applicants["appln_id"]) == set(inventors["appln_id"])


@pytest.mark.parametrize("role", ["inv", "app"])
def test_shares_of_a_role_add_to_one(role, inventors, applicants):
    """Every application is shared out completely."""
    frame = inventors if role == "inv" else applicants
    weight = frame["reg_share"].astype(float) * frame[f"{role}_share"].astype(float)
    total = weight.groupby(frame["appln_id"]).sum()
    assert total.between(1 - 1e-8, 1 + 1e-8).all()


def test_provinces_follow_eurostat(inventors):
    """First inventors per province: 201 and 283 in the shares of pat_ep_rtot 2000-2012."""
    first = inventors.drop_duplicates("appln_id")["reg_code"].value_counts()
    expected = {
        "ES211": 35, "ES212": 88, "ES213": 78,
        "FR611": 17, "FR612": 178, "FR613": 8, "FR614": 10, "FR615": 70,
    }  # fmt: skip
    assert {region: first[region] for region in expected} == expected


@pytest.mark.parametrize(
    ("area", "shares"),
    [
        ("ES21", [12.8, 25.2, 9.7, 6.3, 9.0, 16.0, 11.7, 9.4]),
        ("FR61", [20.6, 17.5, 20.6, 1.1, 3.5, 9.8, 17.7, 9.2]),
    ],
)
def test_sections_follow_eurostat(area, shares, inventors, symbols):
    """IPC sections of first symbols: within 2.5 points of pat_ep_ripc 2005-2008."""
    first_inventor = inventors.drop_duplicates("appln_id")
    own = first_inventor.loc[first_inventor["reg_code"].str.startswith(area), "appln_id"]
    first = symbols[symbols["IPC"] != ""].drop_duplicates("appln_id")
    sections = first.loc[first["appln_id"].isin(own), "IPC"].str[0].value_counts(normalize=True)
    percent = [100 * sections[section] for section in "ABCDEFGH"]
    assert percent == pytest.approx(shares, abs=2.5)


def test_years_rise_as_eurostat_says(inventors, symbols):
    """Priority years 2000-2011 of the territories follow pat_ep_rtot within three applications."""
    published = pd.read_csv(RAW / "published" / "eurostat_pat_ep_rtot.csv")
    both = published[published["area"].isin(["ES21", "FR61"])].groupby("year")["value"].sum()
    own = inside(inventors, *TERRITORIES)
    met = symbols[symbols["appln_id"].isin(own)].drop_duplicates("appln_id")
    counted = met["prio_year"].astype(int).value_counts().sort_index()
    expected = (both * 484 / 3830.5).loc[2000:2011]
    assert (counted.loc[2000:2011] - expected).abs().max() < 3.5


def test_dirt_is_there_in_the_registered_counts(inventors, symbols):
    """What sources.toml says of dirt is what the files hold."""
    assert (symbols["IPC"] == "").sum() == 70
    unreadable = symbols[symbols["IPC"].map(normal).isna() & (symbols["IPC"] != "")]
    assert len(unreadable) == 7
    assert inventors["reg_code"].str.endswith("ZZZ").sum() == 8
    assert (inventors["ctry_code"] == "").sum() == 6
    assert (inventors["reg_share"] == "0.5").sum() == 2 * 24
    readable = symbols.assign(symbol=symbols["IPC"].map(normal)).dropna(subset="symbol")
    assert readable.duplicated(["appln_id", "symbol"]).sum() == 44


def test_the_project_reads_every_symbol_but_the_unreadable_ones():
    """Real symbols are read in every spelling; unreadable ones are rejected with a reason."""
    themes = technology.load_themes(RAW / "demo" / "themes.csv")
    real = sorted({symbol for theme in themes for symbol in (*theme.first, *theme.more)})
    spelled = [technology.spelled(symbol, how) for symbol in real for how in technology.SPELLINGS]
    assert ipc.parse(pd.Series(spelled)).spellings["reason"].isna().all()
    assert ipc.parse(pd.Series(dirt.UNREADABLE)).spellings["reason"].notna().all()


def test_dirt_reaches_the_territories(inventors, symbols):
    """10 of the 484 are unclassified, 3 carry an unreadable symbol."""
    own = symbols[symbols["appln_id"].isin(inside(inventors, *TERRITORIES))]
    assert (own["IPC"] == "").sum() == 10
    assert (own["IPC"].map(normal).isna() & (own["IPC"] != "")).sum() == 3


def test_every_known_trap_of_classification_is_met(inventors, symbols):
    """Old symbols, excluded ones, the G06 condition and vetoed biotechnology all occur."""
    own = symbols[symbols["appln_id"].isin(inside(inventors, *TERRITORIES))]
    known = own.assign(symbol=own["IPC"].map(normal)).dropna(subset="symbol")
    held = known.groupby("appln_id")["symbol"].apply(list)

    def having(*starts):
        return held.map(
            lambda symbols: all(any(s.startswith(start) for s in symbols) for start in starts)
        ).sum()

    assert having("C01B 31/") > 0
    assert having("H01L 51/") > 0
    assert having("G02B 6/36") + having("G02B 6/38") + having("G02B 6/44") > 0
    assert having("G06", "B65B") + having("G06", "B21D") + having("G06", "B65H") > 0
    assert having("C12P", "A61K") > 0


def test_about_one_in_seven_carries_advanced_manufacturing(inventors, symbols):
    """10 to 20 % of the 484 carry a subclass that alone makes advanced manufacturing."""
    alone = r"^(?:B03C|B07C|B23[HKPQ]|B25J|G01[DFHLMPQ]|G05[BDFG]|G06M|G07C|G08C)"
    own = inside(inventors, *TERRITORIES)
    carried = symbols[symbols["IPC"].str.contains(alone) & symbols["appln_id"].isin(own)]
    assert 48 < carried["appln_id"].nunique() < 97


def test_headquarters_lie_elsewhere_and_some_territory_owners_invent_elsewhere(
    inventors, applicants
):
    """Locating by applicant and by inventor gives different applications."""
    own = inside(inventors, *TERRITORIES)
    owners = applicants[applicants["appln_id"].isin(own)]
    assert owners["reg_code"].isin(["FR101", "ES300"]).sum() > 20
    owned = set(applicants.loc[applicants["reg_code"].str.startswith(TERRITORIES), "appln_id"])
    assert len(owned - own) == 15


def test_a_firm_is_written_in_several_ways(applicants):
    """Name cleaning has work: many firms are spelled in more than one way."""
    keys = applicants["app_name"].map(lambda name: re.sub(r"[^A-Z]", "", plain(name)))
    spellings = applicants.groupby(keys)["app_name"].nunique()
    assert (spellings > 1).sum() > 200


def test_no_name_is_a_known_one(inventors, applicants):
    """No word of a name is a well-known firm, university, place or surname of the region."""
    words = {
        word
        for name in {*inventors["inv_name"], *applicants["app_name"]}
        for word in re.findall(r"[A-Z-]+", plain(name))
    }
    assert not words & KNOWN


def test_no_name_is_a_cluster_organisation(inventors, applicants):
    """No cluster organisation of the study is an applicant or inventor."""
    clusters = pd.read_csv(RAW / "clusters.csv")["name"]
    heads = {plain(re.split(r" - |\(", name)[0]).strip() for name in clusters}
    text = " | ".join(plain(name) for name in {*inventors["inv_name"], *applicants["app_name"]})
    assert not [head for head in heads if re.search(rf"\b{re.escape(head)}\b", text)]


def test_every_subclass_is_in_the_rule_tables():
    """Themes use no invented subclass: each stands in the WIPO table."""
    wipo = pd.read_csv(RAW / "rules" / "wipo35_2019.csv", comment="#")
    known = set(wipo["symbol"].str[:4])
    themes = technology.load_themes(RAW / "demo" / "themes.csv")
    used = {symbol[:4] for theme in themes for symbol in (*theme.first, *theme.more)}
    assert not used - known
    assert {theme.section for theme in themes} == set("ABCDEFGH")
    assert all(symbol[0] == theme.section for theme in themes for symbol in theme.first)


@given(st.lists(st.floats(0.01, 1e4), min_size=1, max_size=30), st.integers(0, 500))
def test_quotas_add_up_and_are_never_one_off(weights, n):
    """Largest remainders: whole numbers, the right sum, each less than one from its exact share."""
    quota = apportion(weights, n)
    assert sum(quota) == n
    exact = [n * weight / sum(weights) for weight in weights]
    assert all(abs(q - e) < 1 + 1e-9 for q, e in zip(quota, exact, strict=True))


def test_ties_of_quotas_go_to_the_first():
    """Equal remainders are given in the order of the list."""
    assert apportion([1, 1, 1], 4) == [2, 1, 1]


def test_dice_of_one_name_throw_the_same():
    """Chance has a name; another name is another chance."""
    throws = [
        [Dice(*name).below(10**9) for _ in range(1)] for name in (("a", 1), ("a", 1), ("a", 2))
    ]
    assert throws[0] == throws[1] != throws[2]


def test_dice_pick_by_weight():
    """What has no weight is never drawn."""
    dice = Dice("weights")
    assert {dice.pick("abc", [0, 1, 0]) for _ in range(50)} == {"b"}
    assert {dice.pick("ab") for _ in range(50)} == {"a", "b"}


def test_a_region_takes_the_sections_of_the_nearest_known_area():
    """Own table first, then the neighbour's for countries without one, then the country's."""
    known = {"FR612": {}, "FR": {}, "FR42": {}, "FR30": {}}
    asked = ("FR612", "FR101", "DE122", "CH031", "BE211")
    got = [calibrate.section_area(region, known) for region in asked]
    assert got == ["FR612", "FR", "FR42", "FR42", "FR30"]


def test_a_derived_section_below_zero_counts_as_zero():
    """Rounding makes a derived H of -0.01; a quota cannot be negative."""
    frame = pd.DataFrame({"area": ["FR613", "FR614"], "section": ["H", "H"], "value": [-0.01, 0.5]})
    weights = calibrate.section_weights(frame)
    assert weights == {"FR61": {"H": 0.5}, "FR613": {"H": 0.0}, "FR614": {"H": 0.5}}


def test_pseudo_regions_get_no_quota():
    """Addresses Eurostat could not place are dirt, not a region."""
    values = {
        "ES211": (2000, 1.0),
        "ES212": (2012, 2.0),
        "ES213": (2000, 4.0),
        "ESZZZ": (2000, 8.0),
    }
    rows = [(area, *value) for area, value in values.items()] + [("ES211", 1999, 16.0)]
    totals = pd.DataFrame(rows, columns=["area", "year", "value"])
    group = Group("Spain", ("ES",), without=("ES213",))
    assert calibrate.region_weights(totals, group) == {"ES211": 1.0, "ES212": 2.0}


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Zorbalorma S.L.", "Zorbalorma, SL"),
        ("ZORBALORMA S.L.", "ZORBALORMA, SL"),
        ("Vorgalume GmbH & Co. KG", "Vorgalume GmbH & Co. KG"),
    ],
)
def test_a_legal_form_has_another_spelling(name, other):
    """The form is respelled whatever its case; a form without another spelling stays."""
    assert names.other_form(name) == other


def test_respelling_keeps_the_letters():
    """Case, accents, dots and commas change; who it is does not."""
    spelled = {names.respell("Bréquume S.A.", Dice("respell", i)) for i in range(300)}
    assert len(spelled) > 4
    assert {re.sub(r"[^A-Z]", "", plain(name)) for name in spelled} == {"BREQUUMESA"}


def test_organisations_are_firms_universities_and_research_bodies():
    """All three kinds occur, in the language of the country."""
    drawn = [names.organisation("ES", Dice("kinds", i)) for i in range(200)]
    assert any(name.startswith("Universidad de") for name in drawn)
    assert any(name.startswith("Fundación Centro Tecnológico") for name in drawn)
    assert any(name.endswith("S. COOP.") for name in drawn)


@pytest.mark.parametrize(
    ("symbol", "full", "padded", "compact"),
    [
        ("A01B 1/00", "A01B0001000000", "A01B   1/00", "A01B1/00"),
        ("H04N 101/00", "H04N0101000000", "H04N 101/00", "H04N101/00"),
        ("B23Q", "B23Q", "B23Q", "B23Q"),
    ],
)
def test_symbols_are_spelled_as_bulk_exports_do(symbol, full, padded, compact):
    """Fourteen characters, or the main group right-aligned in four, or no blank at all."""
    spellings = [technology.spelled(symbol, how) for how in ("full", "padded", "compact")]
    assert spellings == [full, padded, compact]


RHINE = Group("Rhine", ("FR42", "DE13", "DE12"), across=0.09)
POOLS = Pools({s: {s + "1": 1.0} for s in ("FR42", "DE13", "DE12", "ES21", "FR61")}, {}, 1)


def test_a_co_inventor_across_the_border_lives_in_another_country():
    """With every chance at the border, the second inventor is never of the first one's country."""
    slot = Slot(RHINE, "DE131", "A", 2005, 2004)
    regions = {parties._next_region(slot, POOLS, Dice("next", i)) for i in range(2000)}
    assert {"DE131", "FR421"} <= regions
    assert "DE121" not in regions


def test_the_owner_of_an_application_invented_elsewhere_sits_in_the_territory():
    """Such owners are organisations of the territory: no person, no headquarters."""
    slot = Slot(Group("Spain", ("ES",)), "ES300", "B", 2005, 2004)
    inventor = Share("Izmordorma, Ibrune", "ES300", "ES", 1.0)
    pools = Pools(POOLS.regions, {("ES21", "B"): 30}, 1)
    drawn = [parties.applicants(slot, pools, Dice("owner", i), inventor, "ES21") for i in range(60)]
    assert {owner.region for owners in drawn for owner in owners} == {"ES211"}


def test_an_address_in_two_regions_is_written_as_two_rows(tmp_path):
    """REGPAT splits the region share, not the inventor share; an empty IPC keeps the years."""
    slot = Slot(Group("Aquitaine", ("FR61",)), "FR615", "B", 2005, 2004)
    person = Share("Vorgalume, Ludre", "FR615", "FR", 1.0, postal_code="64001")
    record = Record(slot, [], [person], [person])
    split = dirt.SPOIL["two regions for one address"](record, Dice("x"))
    rows = regpat_files.write([split], tmp_path)
    assert {name: rows[name] for name in FILES} == dict(zip(FILES, (1, 1, 2, 2), strict=True))
    lines = (tmp_path / "DEMO_EPO_Inv_reg.txt").read_text(encoding="utf-8").splitlines()
    assert lines[1:] == [
        "900000001|EPDEMO000001|50000002|Vorgalume, Ludre|||64001|FR615|FR|0.5|1",
        "900000001|EPDEMO000001|50000001|Vorgalume, Ludre|||64001|FR613|FR|0.5|1",
    ]
    assert lines[0].split("|")[-3:] == ["ctry_code", "reg_share", "inv_share"]
    ipc = (tmp_path / "DEMO_EPO_IPC.txt").read_text(encoding="utf-8")
    assert ipc == "appln_id|prio_year|app_year|IPC\n900000001|2004|2005|\n"


def test_the_command_writes_the_files_and_says_so(tmp_path, monkeypatch, capsys):
    """`python -m studylib.demo` names each file and its rows; the default folder is in data/raw."""
    asked = ["demo", "--raw", str(RAW), "--out", str(tmp_path / "regpat")]
    monkeypatch.setattr(sys, "argv", asked)
    runpy.run_module("studylib.demo", run_name="__main__")
    assert "DEMO_EPO_Inv_reg.txt: " in capsys.readouterr().out
    assert sorted(p.name for p in (tmp_path / "regpat").iterdir()) == sorted(FILES)


def test_importing_the_command_runs_nothing(capsys):
    """The files are written when asked, not when the module is looked at."""
    runpy.run_module("studylib.demo.__main__", run_name="looked_at")
    assert capsys.readouterr().out == ""
