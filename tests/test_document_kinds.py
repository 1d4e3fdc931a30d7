"""Patents, utility models, designs and translations: told apart, counted as the study says."""

import pandas as pd
import pytest
from small_studies import BLOCKS, COUNTING, prepared, raw, study

from studylib import prepare
from studylib.build.checks import emptiness
from studylib.clean.document_kinds import document_of
from studylib.prepare import kinds
from studylib.say import data

WHAT = {
    "patent": ["ES A1", "ES A2", "ES A6", "ES B1", "ES B2", "EP A1", "EP B1", "EP", "WO A1", "WO",
               "US A", "US A1", "US B2", "US E1", "US P2", "DE A1", "DE B4", "DE C2", "DE T5",
               "FR A1", "FR B1", "FR M", "JP T", "CN A", "CN C", "GB A", "AT B"],
    "utility model": ["ES U", "ES Y", "DE U1", "CN U", "CN Y", "KR U", "KR Y1", "JP U", "FR A3",
                      "FR B3", "AU A4", "AU B4", "IT U1", "IT V0", "PL Y1", "AT U1", "es u"],
    "design": ["US S1", "CN S", "KR S"],
    "translation": ["ES T3", "ES T1", "ES T2", "DE T2", "DE T1", "DE T3", "DE D1", "AT T", "AT E",
                    "DK T3", "PT E", "PT T", "GR T3", "PL T3", "SI T1", "HU T2", "NO T3"],
    "other": ["ES R1", "US T1", "DE K1"],
}  # fmt: skip


@pytest.mark.parametrize(("what", "said"), [(what, said) for what, all_ in WHAT.items()
                                            for said in all_])  # fmt: skip
def test_a_document_is_what_its_office_and_kind_say(what, said):
    """An office's own rule comes before the general one, a longer code before a shorter."""
    office, _, kind = said.partition(" ")
    told = document_of(pd.Series([office]), pd.Series([kind or None], dtype="str"))
    assert told.astype("str").tolist() == [what]


@pytest.mark.parametrize("said", ["ES", "US", "FR Q1", "DE 1", " "])
def test_what_nothing_says_is_not_guessed(said):
    """Without a kind, or with one no rule knows, a document is of no known kind."""
    office, _, kind = said.partition(" ")
    told = document_of(pd.Series([office or None], dtype="str"), pd.Series([kind], dtype="str"))
    assert told.isna().all()


def record(number, kind, filed="2005-03-01"):
    return {"publication_number": number, "publication_kind": kind, "filing_date": filed,
            "inventors": [("Etxe, Ane", "ES")], "ipc": ["A21D 10/00"]}  # fmt: skip


RECORDS = (
    record("ES2000001", "A1"), record("ES1000002", "U"), record("ES2000003", "T3"),
    record("US20050000004", None), record("USD500005", "S1"), record("ES2000006", "T3", "1999"),
)  # fmt: skip


def documents(table):
    return table[["document", "n", "is_counted"]].astype("object").fillna("-").to_numpy().tolist()


@pytest.mark.parametrize(
    ("chosen", "counted"),
    [
        (("patent",), {"ES2000001", "US20050000004"}),
        (("patent", "utility model"), {"ES2000001", "US20050000004", "ES1000002U"}),
        (("utility model",), {"ES1000002U"}),
        (("translation",), {"ES2000003", "ES2000006"}),
    ],
)
def test_a_study_counts_the_kinds_it_names(tmp_path, chosen, counted):
    """What does not say what it is counts as a patent; everything is told with its number."""
    read = prepare.canonical([raw(*RECORDS)])
    named = COUNTING + f"kinds = {list(chosen)}\n"
    told = study(tmp_path, *(named if block == COUNTING else block for block in BLOCKS))
    assert set(kinds.counted(read["applications"], told)["application_id"]) == counted
    assert documents(kinds.table(read["applications"], told)) == [
        ["patent", 1, "patent" in chosen],
        ["utility model", 1, "utility model" in chosen],
        ["design", 1, "design" in chosen],
        ["translation", 2, "translation" in chosen],
        ["-", 1, "patent" in chosen],
    ]


def test_patents_alone_count_where_nothing_is_said(tmp_path):
    """A study that names no kinds counts patents."""
    assert study(tmp_path).counting.kinds == ("patent",)


def test_the_funnel_says_how_many_another_kind_left_out(tmp_path):
    """Between different applications and those of the period stands what is counted at all."""
    found = prepared(tmp_path, study(tmp_path), raw(*RECORDS))
    steps = found["funnel"].set_index("step")[["n", "left_out"]]
    assert steps.loc["applications"].tolist() == [6, 0]
    assert steps.loc["of_kinds"].tolist() == [2, 4]
    assert set(found["applications"]["application_id"]) <= {"ES2000001", "US20050000004"}


def test_of_an_application_its_patent_is_believed():
    """An application published as U and as A1 is a patent; as T3 and U it is a model."""
    one = {"application_number": "ES200500001"}
    both = [{**one, "publication_number": f"ES200000{n}", "publication_kind": kind}
            for n, kind in ((1, "T3"), (2, "A1"))]  # fmt: skip
    read = prepare.canonical([raw(*both)])["applications"]
    assert read["document"].tolist() == ["patent"]


def test_check_and_an_empty_study_name_the_kinds(tmp_path):
    """Numbers of all kinds, and which are left out."""
    read = prepare.canonical([raw(*RECORDS)])
    assert emptiness.kinds_read(kinds.table(read["applications"], study(tmp_path))) == (
        "1 patent, 1 utility model (not counted), 1 design (not counted), "
        "2 translations (not counted), 1 of no known kind"
    )


def test_the_data_page_says_what_was_read_and_what_is_left_out(tmp_path):
    """Each kind with its number, once for all and once for those that are not counted."""
    found = prepared(tmp_path, study(tmp_path), raw(*RECORDS))
    opened = Opened(found)
    assert data._kinds(opened) == [
        (
            "Records read: 1 patent, 1 utility model, 1 design, 2 translations of European patents "
            "and 1 application that does not say what it is."
        ),
        "Not counted here are 1 utility model, 1 design and 2 translations of European patents.",
    ]


class Opened:
    """A dataset that gives the tables of a study."""

    def __init__(self, found):
        self.table = found.__getitem__
