"""Rules of reading OECD REGPAT; every name is fictitious."""

import gzip
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studylib.errors import DataError
from studylib.prepare.vintage import dated
from studylib.readers.bulk import regpat
from studylib.readers.raw import Keep
from studylib.readers.sniff import head

APP_COLUMNS = (
    "appln_id|appln_nr|pub_nbr|person_id|app_name|address|city|postal_code|reg_code|ctry_code"
    "|reg_share|app_share"
)
INV_COLUMNS = APP_COLUMNS.replace("app_name", "inv_name").replace("app_share", "inv_share")
APP = f"""{APP_COLUMNS}
9|03008526|EP1340001|70|NA|1 quai "A"|Bayonne|64100|FR615|FR|1|0.5
9|03008526|EP1340001|71|ADOUR OPTIQUE|2 rue B|Pau|64000|FR615|FR|1|0.5
12|04000012|EP1450002|72|HARRI S.L.|Kalea 3|Bilbao|48001|ES213|ES|0.5|1
12|04000012|EP1450002|72|HARRI S.L.|Kalea 3|Bilbao|48001|ES212|ES|0.5|1
31|98000031|EP0900003|73|ISAR GMBH|Weg 4|München|80331|DE212|DE|1|1
"""
INV = f"""{INV_COLUMNS}
9|03008526|EP1340001|80|ETCHEBARNE, Maïté|x|Bayonne|64100|FRZZZ|FR|1|1
12|04000012|EP1450002|81|12E4|x||||ES|1|0.5
12|04000012|EP1450002|82|ZUBIRI, Ane|x|||XXZZZ||1|0.5
"""
IPC = """appln_id|prio_year|app_year|IPC
9|2002|2003|H01L0031042000
9|2002|2003|B82Y0030000000
12|2004|2004|H01L  31/042
31|1997|1998|A01B0001000000
"""
EPO = {"202001_EPO_App_reg.txt": APP, "202001_EPO_Inv_reg.txt": INV, "202001_EPO_IPC.txt": IPC}
PCT = {
    "202001_PCT_App_reg.txt": (
        "pct_nbr|appln_id|person_id|app_name|reg_code|ctry_code|reg_share|app_share\n"
        "WO2005000009|9|70|ADOUR OPTIQUE|FR615|FR|1|1\n"
    ),
    "202001_PCT_Inv_reg.txt": (
        "pct_nbr|appln_id|person_id|inv_name|reg_code|ctry_code|reg_share|inv_share\n"
    ),
    "202001_PCT_IPC.txt": (
        "pct_nbr|appln_id|prio_year|app_year|IPC\nWO2005000009|9|2004|2005|G02B0001000000\n"
    ),
}


def edition(folder: Path, files: dict[str, str], **changed: str) -> Path:
    """A folder with these files; `IPC="..."` replaces the text of the EPO file of that table."""
    folder.mkdir(exist_ok=True)
    names = {"APP": "202001_EPO_App_reg.txt", "INV": "202001_EPO_Inv_reg.txt"}
    for name, text in {
        **files, **{names.get(k, "202001_EPO_IPC.txt"): v for k, v in changed.items()}
    }.items():  # fmt: skip
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    picked = frame[list(columns)].astype(object)
    return list(picked.where(picked.notna(), None).itertuples(index=False, name=None))


def capitalised(column: str) -> str:
    """`Reg_code`, as editions up to 2018 spell it; `Prio_Year` has two capitals."""
    return {"prio_year": "Prio_Year"}.get(column, column[0].upper() + column[1:])


def left(raw) -> set[tuple[object, ...]]:
    return set(rows(raw.rejects, "column", "value", "n", "reason"))


def test_one_record_per_application_sorted_by_its_id(tmp_path):
    """An application is an appln_id; its years are those of the IPC file, it has no date."""
    raw = regpat.read(edition(tmp_path / "e", EPO))
    assert rows(
        raw.records,
        "application_office", "application_number", "publication_number", "filing_year",
        "priority_year", "filing_date", "appln_id",
    ) == [
        ("EP", "03008526", "EP1340001", "2003", "2002", None, "9"),
        ("EP", "04000012", "EP1450002", "2004", "2004", None, "12"),
        ("EP", "98000031", "EP0900003", "1998", "1997", None, "31"),
    ]  # fmt: skip
    assert (raw.n_received, raw.record_is, raw.family_is) == (3, "application", "")
    assert raw.rejects.empty


def test_symbols_keep_their_spelling(tmp_path):
    """Both spellings of a symbol are passed on as exported, with their record."""
    raw = regpat.read(edition(tmp_path / "e", EPO))
    assert rows(raw.symbols, "record", "scheme", "raw", "position") == [
        (0, "ipc", "B82Y0030000000", 1),
        (0, "ipc", "H01L0031042000", 2),
        (1, "ipc", "H01L  31/042", 1),
        (2, "ipc", "A01B0001000000", 1),
    ]


def test_the_weight_of_a_party_is_its_share_times_the_share_of_the_region(tmp_path):
    """An address in one of two regions counts half in each; `NA` and `12E4` are names."""
    raw = regpat.read(edition(tmp_path / "e", EPO))
    assert rows(raw.parties, "record", "role", "raw_name", "country", "nuts_id", "weight") == [
        (0, "applicant", "NA", "FR", "FR615", 0.5),
        (0, "applicant", "ADOUR OPTIQUE", "FR", "FR615", 0.5),
        (0, "inventor", "ETCHEBARNE, Maïté", "FR", None, 1.0),
        (1, "applicant", "HARRI S.L.", "ES", "ES212", 0.5),
        (1, "applicant", "HARRI S.L.", "ES", "ES213", 0.5),
        (1, "inventor", "12E4", "ES", None, 0.5),
        (1, "inventor", "ZUBIRI, Ane", None, None, 0.5),
        (2, "applicant", "ISAR GMBH", "DE", "DE212", 1.0),
    ]


@pytest.mark.parametrize(
    ("region", "country"),
    [("EL301", "GR"), ("UKI31", "GB"), ("ESZZZ", "ES"), ("XXZZZ", None), ("ZZZZZ", None)],
)
def test_a_region_without_a_country_still_says_its_country(tmp_path, region, country):
    """The letters of a region give the country where the export leaves it out."""
    inventor = f"9|0|0|1|A|x|x|x|{region}||1|1\n"
    raw = regpat.read(edition(tmp_path / "e", EPO, INV=INV.split("\n", 1)[0] + "\n" + inventor))
    found = raw.parties[raw.parties["role"] == "inventor"]
    assert rows(found, "country") == [(country,)]


def test_pct_applications_stand_beside_those_at_the_epo(tmp_path):
    """The PCT set has office WO and its own records, also under the same appln_id."""
    raw = regpat.read(edition(tmp_path / "e", EPO | PCT))
    assert rows(raw.records, "application_office", "application_number", "publication_number",
                "publication_office", "file")[-1] == (
        "WO", None, "WO2005000009", "WO", "202001_PCT_IPC.txt")  # fmt: skip
    assert raw.n_received == 4
    assert rows(raw.symbols[raw.symbols["record"] == 3], "raw") == [("G02B0001000000",)]


def test_capitalised_names_and_other_line_ends_change_nothing(tmp_path):
    """Editions up to 2018, with CRLF, a byte order mark and no last line end, read the same."""
    new = regpat.read(edition(tmp_path / "new", EPO))
    old_files = {}
    for name, text in EPO.items():
        start, rest = text.split("\n", 1)
        old = "\ufeff" + "|".join(map(capitalised, start.split("|"))) + "\n" + rest
        old_files[name] = old.removesuffix("\n").replace("\n", "\r\n")
    assert everything(regpat.read(edition(tmp_path / "old", old_files))) == everything(new)


def test_packed_editions_read_like_unpacked_ones(tmp_path):
    """One zip, a zip per file, and gz files give the same tables; text is the exported text."""
    plain = regpat.read(edition(tmp_path / "e", EPO))
    with zipfile.ZipFile(tmp_path / "e.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in EPO.items():
            packed.writestr(f"REGPAT/{name}", text)
    mixed = tmp_path / "mixed"
    mixed.mkdir()
    for i, (name, text) in enumerate(EPO.items()):
        if i:
            (mixed / f"{name}.gz").write_bytes(gzip.compress(text.encode()))
        else:
            with zipfile.ZipFile(mixed / f"{name}.zip", "w") as packed:
                packed.writestr(name, text)
    one, several = regpat.read(tmp_path / "e.zip"), regpat.read(mixed)
    assert everything(one) == everything(plain)
    assert rows(one.records, "file")[0] == ("202001_EPO_IPC.txt",)
    assert everything(several, files=False) == everything(plain, files=False)


def test_keep_leaves_behind_and_counts(tmp_path):
    """What lies outside the years or the areas is counted, and all adds up."""
    keep = Keep(2000, 2012, countries=("FR",), nuts_prefixes=())
    raw = regpat.read(edition(tmp_path / "e", EPO), keep)
    assert rows(raw.records, "appln_id") == [("9",)]
    assert left(raw) == {
        ("appln_id", None, 1, "outside the study's areas"),
        ("appln_id", None, 1, "outside the study's years"),
    }
    assert raw.n_received == len(raw.records) + raw.rejects["n"].sum()


@pytest.mark.parametrize(
    ("keep", "kept"),
    [
        (Keep(), ["9", "12", "31"]),
        (Keep(nuts_prefixes=("FR61",)), ["9"]),
        (Keep(nuts_prefixes=("ES21",), countries=("DE",)), ["12", "31"]),
        (Keep(first_year=2003), ["9", "12"]),
        (Keep(last_year=2003), ["9", "31"]),
        (Keep(2003, 2003), ["9"]),
        (Keep(2002, 2002, date="priority"), ["9"]),
        (Keep(countries=("O'X",)), []),
    ],
)
def test_a_place_or_a_year_of_the_study_keeps_an_application(tmp_path, keep, kept):
    """One party in one area is enough; both ends of the window are inside."""
    raw = regpat.read(edition(tmp_path / "e", EPO), keep)
    assert list(raw.records["appln_id"]) == kept
    assert set(raw.symbols["record"]) <= set(range(len(kept)))


def test_an_application_without_symbols_has_no_year(tmp_path):
    """REGPAT tells years in the IPC file only: without a year it is in no window, and counted."""
    no_ipc = edition(tmp_path / "e", EPO, IPC=IPC.split("\n", 1)[0] + "\n9|9999||H01L\n")
    assert regpat.read(no_ipc).n_received == 3
    raw = regpat.read(no_ipc, Keep(2000, 2012))
    assert left(raw) == {
        ("appln_id", None, 3, "year of filing unknown"),
        ("prio_year", "9999", 1, "is no year"),
    }


def test_symbols_without_parties_make_a_record_that_lies_nowhere(tmp_path):
    """An appln_id of the IPC file alone is an application; it is in no area."""
    lonely = edition(tmp_path / "e", EPO, IPC=IPC + "77|2001|2002|A01B0001000000\n")
    assert "77" in set(regpat.read(lonely).records["appln_id"])
    assert ("appln_id", None, 3, "outside the study's areas") in left(
        regpat.read(lonely, Keep(countries=("FR",)))
    )


def test_contradictions_are_reported(tmp_path):
    """Two years or two numbers of one application: the first is used, the other is a reject."""
    raw = regpat.read(
        edition(
            tmp_path / "e", EPO,
            IPC=IPC + "9|2001|2006|G02B\n",
            INV=INV + "9|03008527|EP1340009|80|X|x|x|x|FR615|FR|1|0\n",
        )
    )  # fmt: skip
    assert left(raw) == {
        ("app_year", "EP 9: 2003 to 2006", 1,
         "one application, several years; the earliest is used"),
        ("prio_year", "EP 9: 2001 to 2002", 1,
         "one application, several years; the earliest is used"),
        ("application_number", "03008526 to 03008527", 1,
         "one application, several numbers; the first is used"),
        ("publication_number", "EP1340001 to EP1340009", 1,
         "one application, several numbers; the first is used"),
    }  # fmt: skip
    assert raw.records["filing_year"][0] == "2003"


def test_bad_rows_and_values_are_rejects(tmp_path):
    """A row with too few or too many fields, an id, a share or a symbol that is none."""
    raw = regpat.read(
        edition(
            tmp_path / "e", EPO,
            IPC=IPC + "9|2002\n9|2002|2003|H01L|x\nabc|2002|2003|H01L\n|2002|2003|H01L\n"
            "9|||\n9|||\n",
            APP=APP + "31|98000031|EP0900003|74|B|x|x|x|DE212|DE|2|0,5\n",
        )
    )  # fmt: skip
    assert set(rows(raw.rejects, "file", "row", "column", "value", "n", "reason")) == {
        ("202001_EPO_IPC.txt", 6, None, "9|2002", 1, "too few fields in this row"),
        ("202001_EPO_IPC.txt", 7, None, "9|2002|2003|H01L|x", 1, "too many fields in this row"),
        ("202001_EPO_IPC.txt", None, "appln_id", "abc", 1, "appln_id is no whole number"),
        ("202001_EPO_IPC.txt", None, "appln_id", "", 1, "appln_id is no whole number"),
        ("202001_EPO_IPC.txt", None, "ipc", None, 2, "rows without a symbol"),
        ("202001_EPO_App_reg.txt", None, "reg_share", "2", 1, "is no share between 0 and 1"),
    }
    weights = raw.parties.loc[raw.parties["record"] == 2, "weight"]
    assert list(weights.dropna()) == [1.0]
    assert raw.n_received == 3


def test_bad_party_shares_are_named(tmp_path):
    """A share in words is no weight, and is said."""
    raw = regpat.read(edition(tmp_path / "e", EPO, INV=INV.replace("|1|1\n", "|1|half\n")))
    assert left(raw) == {("share", "half", 1, "is no share between 0 and 1")}


def test_cpc_classes_are_read_where_they_are(tmp_path):
    """The optional CPC file gives symbols of scheme cpc, after those of the IPC."""
    cpc = {"202001_CPC_Classes.txt": "Appln_id|CPC_Class\n9|Y02E  10/50\n99|H01L\n"}
    raw = regpat.read(edition(tmp_path / "e", EPO | cpc))
    assert rows(raw.symbols[raw.symbols["scheme"] == "cpc"], "record", "raw", "position") == [
        (0, "Y02E  10/50", 1)
    ]


def test_header_only_is_an_edition_without_rows(tmp_path):
    """Files with nothing but column names are valid."""
    empty = {name: text.split("\n", 1)[0] for name, text in EPO.items()}
    raw = regpat.read(edition(tmp_path / "e", empty))
    assert (len(raw.records), len(raw.symbols), len(raw.parties), raw.n_received) == (0, 0, 0, 0)
    assert str(raw.records["title"].dtype) == "str"


@pytest.mark.parametrize("name", list(EPO))
def test_a_missing_file_is_named(tmp_path, name):
    """A set without one of its three files stops, and says which."""
    folder = edition(tmp_path / "e", {k: v for k, v in EPO.items() if k != name})
    with pytest.raises(DataError, match=f"lacks '{name.removeprefix('202001_')}' of the EPO set"):
        regpat.read(folder)


def test_two_editions_are_not_mixed(tmp_path):
    """Files of two editions in one folder would count applications twice."""
    both = EPO | {name.replace("202001", "201602"): text for name, text in EPO.items()}
    with pytest.raises(DataError, match="holds 2 editions of REGPAT: '201602', '202001'"):
        regpat.read(edition(tmp_path / "e", both))


def test_a_folder_without_the_tables_is_said_to_be_none(tmp_path):
    """Another folder is not read as an edition."""
    with pytest.raises(DataError, match="holds no file of REGPAT"):
        regpat.read(edition(tmp_path / "e", {"readme.txt": "hello"}))


def test_the_vintage_is_declared_or_found(tmp_path):
    """A declared NUTS version is kept; telling codes of the whole edition decide otherwise."""
    folder = edition(tmp_path / "e", EPO)
    assert dated(regpat.read(folder)).nuts_version == "2013"
    assert dated(regpat.read(folder, nuts_version="2010")).nuts_version == "2010"
    told = APP.replace("FR615", "FRI15") + "31|98000031|EP0900003|75|C|x|x|x|HR041|HR|1|0\n"
    found = regpat.read(edition(tmp_path / "f", EPO, APP=told), Keep(countries=("FR",)))
    assert dated(found).nuts_version == "2016"


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("202001_EPO_IPC.txt", True),
        ("202308_EPO_inv_reg.txt.gz", True),
        ("REGPAT_202001.zip", True),
        ("201602_PCT_App_reg.txt", True),
        ("202001_CPC_Classes.txt", False),
        ("EPO_IPC_notes.txt", False),
    ],
)
def test_an_edition_is_recognised_by_the_names_of_its_files(tmp_path, name, known):
    """Names of the tables decide, in any case, alone or in a folder."""
    edition(tmp_path / "e", {name: "x"})
    assert regpat.recognises(head(tmp_path / "e")) is known
    assert regpat.recognises(head(tmp_path / "e" / name)) is known


def everything(raw, *, files: bool = True) -> dict[str, object]:
    """All that was read, as lists that can be compared, with the names of the files or without."""
    frames = {name: getattr(raw, name) for name in ("records", "symbols", "parties")}
    if not files:
        frames["records"] = frames["records"].drop(columns="file")
    cells = {name: (frame.dtypes.to_dict(), rows(frame, *frame)) for name, frame in frames.items()}
    return cells | {"n_received": raw.n_received, "nuts_version": raw.nuts_version}


def shuffled(text: str, draw) -> tuple[str, list[str]]:
    """The same table with columns and rows in another order: header and rows."""
    header, *body = (line.split("|") for line in text.strip("\n").split("\n"))
    order = draw(st.permutations(range(len(header))))
    body = draw(st.permutations(body))
    pick = lambda line: "|".join(line[i] for i in order)  # noqa: E731
    return pick(header), [pick(line) for line in body]


@settings(max_examples=15)
@given(data=st.data())
def test_order_of_rows_columns_and_parts_is_irrelevant(tmp_path_factory, data):
    """The same rows in another order, with columns moved and cut in two parts, read the same."""
    plain = tmp_path_factory.mktemp("plain")
    other = tmp_path_factory.mktemp("other")
    files = {}
    for name, text in EPO.items():
        header, body = shuffled(text, data.draw)
        cut = data.draw(st.integers(0, len(body)))
        for part, lines in (("_part01", body[:cut]), ("_part02", body[cut:])):
            files[name.replace(".txt", f"{part}.txt")] = "\n".join([header, *lines]) + "\n"
    moved = everything(regpat.read(edition(other, files)), files=False)
    assert moved == everything(regpat.read(edition(plain, EPO)), files=False)


def test_the_newest_year_of_the_edition_outlives_the_filter(tmp_path):
    """What was left behind early still says how far the edition reaches."""
    kept = regpat.read(edition(tmp_path / "e", EPO), Keep(first_year=1998, last_year=1998))
    assert kept.newest_year == 2004
