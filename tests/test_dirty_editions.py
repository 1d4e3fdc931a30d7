"""Dirt in single fields of REGPAT and PATSTAT: what is not used is told, table by table."""

import pytest
from test_patstat import APPLN, FILES, LINK, MORE
from test_patstat import edition as patstat_edition
from test_patstat import left as left_of_patstat
from test_regpat import APP, EPO
from test_regpat import edition as regpat_edition
from test_regpat import left as left_of_regpat

from studylib.prepare import canonical
from studylib.readers.bulk import patstat, regpat

CPC = "202001_CPC_Classes.txt"
WHOLE = "is no whole number"


@pytest.mark.parametrize("value", ["#REF!", "-1", "1.5", "one"])
def test_a_place_among_the_parties_that_is_no_number_is_told(tmp_path, value):
    """Whoever invents stays an inventor; that the same row said an applicant is not lost."""
    link = LINK.replace("3,8,1,1", f"3,8,{value},1")
    raw = patstat.read(patstat_edition(tmp_path / "e", FILES, tls207=link))
    assert ("tls207", "applt_seq_nr", value, 1, WHOLE) in left_of_patstat(raw)
    assert set(raw.parties.loc[raw.parties["record"] == 2, "role"]) == {"inventor"}


@pytest.mark.parametrize("value", ["#REF!", "3002", "2003.0"])
def test_a_year_of_patstat_that_is_none_is_told(tmp_path, value):
    """Of filing, whose day may still tell it, and of the earliest filing; 9999 is no year known."""
    appln = APPLN.replace("2003-02-11,2003", f"2003-02-11,{value}").replace(
        '"EP",2003', f'"EP",{value}'
    )
    raw = patstat.read(patstat_edition(tmp_path / "e", FILES, tls201=appln))
    found = left_of_patstat(raw)
    assert ("tls201", "appln_filing_year", value, 1, "is no year") in found
    assert ("tls201", "earliest_filing_year", value, 1, "is no year") in found
    assert len([one for one in found if one[-1] == "is no year"]) == 2
    assert raw.records["filing_year"].fillna("-").tolist()[:3] == ["2003", "2003", "2005"]


def test_a_claim_whose_application_cannot_be_read_is_a_claim(tmp_path):
    """The day of filing is no priority of what claims something, whatever it is."""
    claims = MORE["tls204_part01.csv"].replace("8,7,1", "7,#REF!,1")
    appln = APPLN.replace('2003-02-12,2003,"  ",2003', '2003-02-12,2003,"  ",9999')
    raw = patstat.read(patstat_edition(tmp_path / "e", FILES | MORE, tls201=appln, tls204=claims))
    assert ("tls204", "prior_appln_id", "#REF!", 1, WHOLE) in left_of_patstat(raw)
    assert raw.priorities.loc[raw.priorities["record"] == 1, "number"].isna().tolist() == [True]
    years = canonical([raw])["applications"].set_index("application_number")["priority_year"]
    assert years.isna()["200300017 U"]


def test_a_symbol_of_the_cpc_whose_application_cannot_be_read_is_told(tmp_path):
    """As one of the IPC; symbols of applications of others are none of the edition's own."""
    text = "appln_id|CPC_Class\n9|H01L31/18\n#REF!|Y02E10/50\n|B82Y30/00\n777|A01B1/00\n"
    raw = regpat.read(regpat_edition(tmp_path / "e", EPO | {CPC: text}))
    no_id = "appln_id is no whole number"
    assert left_of_regpat(raw) == {("appln_id", "#REF!", 1, no_id), ("appln_id", "", 1, no_id)}
    assert raw.symbols.loc[raw.symbols["scheme"] == "cpc", "raw"].tolist() == ["H01L31/18"]


def test_a_party_without_a_share_is_told(tmp_path):
    """An empty share is no whole one: beside a stated share it counts nothing."""
    app = APP.replace("71|ADOUR OPTIQUE|2 rue B|Pau|64000|FR615|FR|1|0.5",
                      "71|ADOUR OPTIQUE|2 rue B|Pau|64000|FR615|FR|1|")  # fmt: skip
    raw = regpat.read(regpat_edition(tmp_path / "e", EPO, APP=app))
    reason = "parties without a share, which count nothing beside those with one"
    assert left_of_regpat(raw) == {("share", None, 1, reason)}


@pytest.mark.parametrize(
    ("region", "country", "told"),
    [
        ("FR615", "FR", None), ("FRY40", "RE", None), ("EL301", "GR", None), ("UKI31", "GB", None),
        ("US06085", "US", None), ("fr615", "FR", None), ("FR615", "", None), ("", "FR", None),
        ("#REF!", "FR", ["#REF!", "is no code of a region"]),
        ("64100", "FR", ["64100", "is no code of a region"]),
        ("Bayonne", "FR", ["FR Bayonne", "region of another country than the one stated"]),
        ("ES213", "FR", ["FR ES213", "region of another country than the one stated"]),
    ],
)  # fmt: skip
def test_a_region_that_cannot_be_right_is_told(tmp_path, region, country, told):
    """What is no code is none; which of region and country is wrong nobody can know."""
    inventor = f"9|0|0|1|A|x|x|x|{region}|{country}|1|1\n"
    head = EPO["202001_EPO_Inv_reg.txt"].split("\n", 1)[0] + "\n"
    read = canonical([regpat.read(regpat_edition(tmp_path / "e", EPO, INV=head + inventor))])
    found = read["rejects"].loc[read["rejects"]["column"] == "nuts_id", ["value", "reason"]]
    assert found.to_numpy().tolist() == ([told] if told else [])
