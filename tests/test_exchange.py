"""What one exchange document says: numbers, symbols, parties, title."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studylib.clean import ipc_spelling
from studylib.language.reasons import NEITHER_SCHEME
from studylib.readers.epo import exchange
from studylib.readers.epo.classifications import COMBINED, Symbol, cpc, ipc
from studylib.readers.epo.parties import Party, parties, standardised
from studylib.readers.epo.rows import Rows


def ipcr(*texts):
    return {"classifications-ipcr": {"classification-ipcr": [{"text": text} for text in texts]}}


def in_parts(subgroup, value="I", scheme="CPCI"):
    given_scheme = {"@scheme": scheme} if scheme else None
    parts = {"section": "B", "class": "82", "subclass": "Y", "main-group": "30"}
    return {
        **({"subgroup": subgroup, **parts} if subgroup else parts),
        "classification-scheme": given_scheme,
        "classification-value": value,
    }


def people(*names, role="inventor", **attributes):
    nodes = [
        {
            f"{role}-name": {"name": name},
            **{f"@{k.replace('_', '-')}": v for k, v in attributes.items()},
        }
        for name in names
    ]
    return {"parties": {f"{role}s": {role: nodes}}}


def test_a_path_of_names_passes_dicts_and_lists_alike():
    """One child alone and several in a list are found by the same path, in order."""
    assert exchange.many({"a": {"b": "x"}}, "a", "b") == ["x"]
    assert exchange.many({"a": [{"b": ["x", None]}, "no dict", {"b": "y"}]}, "a", "b") == ["x", "y"]
    assert exchange.many("no dict", "a") == []


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ({"t": " x "}, "x"), ({"t": {"$": " x "}}, "x"), ({"t": {"#text": "x"}}, "x"),
        ({"t": ["", "x"]}, "x"), ({"t": 1906}, "1906"), ({"t": [{"$": 7}]}, "7"),
        ({"t": "  "}, None), ({"t": None}, None), ({"t": {"u": "x"}}, None), ({}, None),
        ({"t": {"$": ["x"]}}, None),
    ],
)  # fmt: skip
def test_text_is_read_plain_or_under_a_dollar(node, expected):
    """A value is plain text, `{"$": text}`, `{"#text": text}` or a number; blanks are nothing."""
    assert exchange.text(node, "t") == expected


def test_the_docdb_form_identifies_and_the_date_may_come_from_another_form():
    """Office, number and kind are those of docdb; a date missing there is taken from epodoc."""
    forms = [
        {"@document-id-type": "original", "doc-number": "11/023.667"},
        {"@document-id-type": "epodoc", "doc-number": "US20040023667", "date": "20041228"},
        {"@document-id-type": "docdb", "country": "US", "doc-number": "2366704", "kind": "A"},
    ]
    found = exchange.reference([{"document-id": forms}])
    assert found == ("US", "2366704", "A", "20041228")
    assert found.spelled == "US 2366704 A"


def test_an_epodoc_number_names_its_office():
    """Without docdb the epodoc number identifies; its first two letters are the office."""
    found = exchange.reference([{"document-id": {"doc-number": "FRX1258197", "date": "19641103"}}])
    assert found == ("FR", "FRX1258197", None, "19641103")
    assert found.spelled == "FRX1258197"


def test_a_printed_number_alone_has_no_office():
    """An original number identifies only where nothing better stands, and its office is unknown."""
    found = exchange.reference([{"document-id": {"doc-number": "2000/001988"}}, "junk"])
    assert found == (None, "2000/001988", None, None)
    assert found.spelled == "2000/001988"
    assert exchange.reference([]).spelled is None


def test_a_publication_is_what_the_attributes_say():
    """Attributes of the document name the publication; without them its reference does."""
    reference = {"country": "SU", "doc-number": "1", "kind": "A1", "date": "19700101"}
    bibliography = {"publication-reference": {"document-id": reference}}
    attributes = {"@country": "SU", "@doc-number": "2", "@kind": "A2", "@date-publ": "19800101"}
    assert exchange.publication({"bibliographic-data": bibliography}) == tuple(reference.values())
    assert exchange.publication(attributes) == ("SU", "2", "A2", "19800101")
    both = exchange.publication({**attributes, "bibliographic-data": bibliography})
    assert both == ("SU", "2", "A2", "19700101")


def test_one_priority_in_three_formats_is_one_claim():
    """Claims with one sequence number are one priority; without numbers each stands alone."""
    docdb = {"country": "FR", "doc-number": "0412345", "kind": "A", "date": "20041119"}
    claims = [
        {"@sequence": "1", "@data-format": "docdb", "document-id": docdb},
        {
            "@sequence": "1",
            "@data-format": "epodoc",
            "document-id": {"doc-number": "FR20040012345"},
        },
        {"@sequence": "2", "@data-format": "docdb", "document-id": {"country": "ES"}},
    ]
    assert exchange.priorities({"priority-claims": {"priority-claim": claims}}) == [
        ("FR", "0412345", "A", "20041119"), ("ES", None, None, None),
    ]  # fmt: skip
    plain = [{"document-id": {"doc-number": f"ES2004000000{n}"}} for n in (1, 2)]
    found = exchange.priorities({"priority-claims": {"priority-claim": plain}})
    assert [claim.number for claim in found] == ["ES20040000001", "ES20040000002"]


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        ([("es", "Lente"), ("fr", "Lentille"), ("en", "Lens"), ("en", "Second")], "Lens"),
        ([("es", "Lente"), ("fr", "Lentille")], "Lentille"),
        ([("eu", "Lentea"), ("es", "Lente")], "Lente"),
        ([("eu", "Lentea"), ("de", "Linse")], "Lentea"),
        ([(None, "Lens\n  of glass"), (None, "Lente")], "Lens of glass"),
        ([("en", " "), ("de", "Linse")], "Linse"),
        ([], None),
    ],
)
def test_a_title_is_english_else_french_else_spanish_else_the_first(titles, expected):
    """The language order is en, fr, es, then the first title; line ends become blanks."""
    nodes = [{"@lang": lang, "$": words} if lang else words for lang, words in titles]
    assert exchange.title({"invention-title": nodes}) == expected


@pytest.mark.parametrize(
    ("spelled", "expected"),
    [
        ("H01J  37/    32            A I                    ", ("H01J  37/    32", None, "A", "I")),
        ("A61K   9/16        20060101ALI20051220RMJP    ", ("A61K   9/16", "20060101", "A", "I")),
        ("A61K   9/16        20060101C N20051220RMJP    ", ("A61K   9/16", "20060101", "C", "N")),
        ("B82Y  30/00        (2011.01)", ("B82Y  30/00", "2011.01", None, None)),
        ("C01B                       C I                    ", ("C01B", None, "C", "I")),
        ("C01B  32/15", ("C01B  32/15", None, None, None)),
        ("H04N7/24", ("H04N7/24", None, None, None)),
        ("no symbol", ("no symbol", None, None, None)),
        ("H01L 31/0424242 AI", ("H01L 31/0424242 AI", None, None, None)),
    ],
)  # fmt: skip
def test_a_symbol_of_fixed_width_is_taken_apart(spelled, expected):
    """The symbol keeps its spelling; version, level and value stand apart; else all of it stays."""
    assert list(ipc(ipcr(spelled))) == [Symbol("ipc", *expected)]


def test_a_symbol_in_parts_and_an_empty_one():
    """IPC given in parts is put together, never to less than it says; without text it is none."""
    lost = [
        {k: v for k, v in in_parts("02").items() if k != gone} for gone in ("class", "main-group")
    ]
    entries = [in_parts("00"), in_parts(None), {"text": " "}, "H01L  31/042", *lost]
    found = list(ipc({"classifications-ipcr": {"classification-ipcr": entries}}))
    assert [symbol.raw for symbol in found] == [
        "B82Y 30/00", "B82Y 30", "H01L  31/042", "BY 30/02", "B82Y /02",
    ]  # fmt: skip
    assert ipc_spelling.read("BY 30/02").symbol is None
    assert ipc_spelling.read("B82Y /02").symbol is None


def test_old_symbols_follow_where_the_new_ones_do_not_repeat_them():
    """IPC 1-7 comes after IPC 8, marked by its edition, and only what is not there already."""
    old = {"edition": "7", "main-classification": " 7A 61K   9/16   A", "further-classification":
           [" 7H04N   7/24", "7 H 01L 31/04", "?"]}  # fmt: skip
    found = list(ipc(ipcr("A61K   9/16        20060101A I") | {"classification-ipc": old}))
    assert [(symbol.raw, symbol.version) for symbol in found] == [
        ("A61K   9/16", "20060101"), ("H04N   7/24", "7"), ("H01L 31/04", "7"), ("?", "7"),
    ]  # fmt: skip


def test_old_symbols_without_an_edition_say_which_they_may_be():
    """OPS lists old symbols as texts without edition; they are of editions 1 to 7."""
    found = list(ipc({"classification-ipc": {"text": ["H01M8/00", "H01M8/00", "Z99"]}}))
    assert found == [Symbol("ipc", "H01M8/00", "1-7"), Symbol("ipc", "Z99", "1-7")]


def test_cpc_counts_once_however_many_offices_gave_it():
    """A CPC symbol is one row; inventive at one office is inventive; A is written N."""
    given_by = [in_parts("00", "A"), in_parts("00", "I"), in_parts("00", "A"), in_parts("02", "A")]
    symbols, others = cpc({"patent-classifications": {"patent-classification": given_by}})
    assert symbols == [
        Symbol("cpc", "B82Y 30/00", None, None, "I"), Symbol("cpc", "B82Y 30/02", None, None, "N"),
    ]  # fmt: skip
    assert not others


def test_national_schemes_are_counted_and_never_ipc_or_cpc():
    """FI, F-term and US classes are told as numbers; combination sets likewise."""
    listed = [
        in_parts("00", scheme=None),
        {"classification-scheme": {"@scheme": "CPCI", "date": "20130101"},
         "classification-symbol": "B82Y  30/00      ", "classification-value": "I"},
        {"classification-scheme": {"@scheme": "FI"}, "classification-symbol": "B82Y30/00&Z"},
        {"classification-scheme": None, "classification-symbol": "4G069/EA08"},
        {"classification-scheme": {"@scheme": "CPCI"}},
    ]  # fmt: skip
    sets = [{"combination-rank": []}, {"combination-rank": []}]
    symbols, others = cpc(
        {"patent-classifications": {"patent-classification": listed, "combination-set": sets}}
    )
    assert [(symbol.raw, symbol.version) for symbol in symbols] == [
        ("B82Y 30/00", None), ("B82Y  30/00", "20130101"),
    ]  # fmt: skip
    assert others == {
        NEITHER_SCHEME.format(scheme="FI"): 1, NEITHER_SCHEME.format(scheme="?"): 1,
        NEITHER_SCHEME.format(scheme="CPCI"): 1, COMBINED: 2,
    }  # fmt: skip


def test_the_standardised_list_says_who_is_meant():
    """One list is taken, never the union: printed names repeat people under new numbers."""
    nodes = [
        (1, "original", "Etxeberria, Ane, "), (2, "original", "Dupont, Jean, "),
        (3, "original", "Ane Etxeberria Lasa"), (1, "epodoc", "ETXEBERRIA ANE\u2002[ES]\n"),
        (2, "epodoc", " DUPONT JEAN\u2002[FR]"),
    ]  # fmt: skip
    listed = [people(n, sequence=s, data_format=f) for s, f, n in nodes]
    merged = {"parties": [entry["parties"] for entry in listed]}
    assert parties(merged, "inventor") == [
        Party("ETXEBERRIA ANE", "ES"),
        Party("DUPONT JEAN", "FR"),
    ]
    assert parties(merged, "applicant") == []


def test_a_country_may_come_from_another_list():
    """A party without country takes the one of the same number in another list."""
    standard = people("ACME", "FOO", role="applicant", sequence="1", data_format="docdb")
    printed = people("Acme", role="applicant", sequence="1", data_format="docdba")
    standard["parties"]["applicants"]["applicant"][1]["@sequence"] = "2"
    printed["parties"]["applicants"]["applicant"][0]["residence"] = {"country": "FR"}
    found = parties({"parties": [standard["parties"], printed["parties"]]}, "applicant")
    assert found == [Party("ACME", "FR"), Party("FOO", None)]


def test_the_printed_list_is_taken_where_there_is_no_other_and_each_name_once():
    """Case, punctuation and word order do not make a second person; a known country is kept."""
    listed = people("Dupont, Jean, ", "DUPONT JEAN [FR]", "***", "***", data_format="original")
    assert parties(listed, "inventor") == [Party("Dupont, Jean", "FR"), Party("***", None)]


def test_an_unknown_data_format_is_better_than_nothing():
    """A list in a format nobody knows is used where it is the only one."""
    assert parties(people("ACME", data_format="new"), "inventor") == [Party("ACME", None)]


def test_empty_names_are_nobody():
    """A name of blanks and commas is no party; a name that is only a tag keeps it."""
    assert parties(people(" , ", "", {"$": "[FR]"}), "inventor") == [Party("[FR]", "FR")]


@pytest.mark.parametrize(
    ("names", "n"),
    [
        (["ACME", " FOO", "Acme, ", "Foo"], 2),  # a blank before each further standard name
        (["ACME", "アクメ"], 1),  # one of each: nothing to join
        (["ACME", "Acme, ", "Acme S.A."], 1),
        (["Acme, ", "Foo"], 2),  # printed names only
        (["ACME"], 1),
        (["ACME [FR]", "FOO [ES]", "Acme", "Foo", "Bar"], 2),  # blanks lost, countries kept
        (["ACME", "FOO", "アクメ", "フー"], 2),  # both lost: the first half
        (["ACME", "FOO", "BAR"], 3),  # cannot be told: nobody is left out
    ],
)
def test_lists_without_attributes_are_told_apart_by_their_joints(names, n):
    """Where a converter lost the attributes, blanks, commas and tags tell the lists apart."""
    assert standardised(names) == names[:n]


@given(st.lists(st.sampled_from(["ACME", " FOO", "Acme, ", "FOO [ES]"]), min_size=1))
def test_the_standardised_names_are_never_none_and_always_first(names):
    """Whatever the joints, at least one name stays, and names stay in order."""
    found = standardised(names)
    assert found
    assert found == names[: len(found)]


@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_text_is_one_symbol_or_none(texts):
    """Whatever stands in a classification, nothing is invented: at most one symbol per entry."""
    found = list(ipc(ipcr(*texts)))
    assert len(found) == sum(bool(text.strip()) for text in texts)
    assert all(symbol.raw in text for symbol, text in zip(found, filter(str.strip, texts)))  # noqa: B905


def test_rows_become_columns_and_can_be_cut_off():
    """Rows keep their order and dtypes; cut rows never were."""
    rows = Rows(("record", "raw", "weight"))
    rows.add(0, "a", 0.5)
    rows.add(1, None, None)
    rows.add(2, "gone", 1.0)
    rows.cut(2)
    frame, n_repaired = rows.frame()
    assert len(rows) == 2
    assert frame["record"].tolist() == [0, 1]
    assert frame["raw"].isna().tolist() == [False, True]
    assert frame.dtypes.astype(str).tolist() == ["int64", "str", "float64"]
    assert n_repaired == 0


def test_half_a_character_is_replaced_and_counted():
    """A lone surrogate cannot be stored; it is replaced and the cells are counted."""
    rows = Rows(("raw",))
    for cell in ("a\ud800b", "whole", None):
        rows.add(cell)
    frame, n_repaired = rows.frame()
    assert frame["raw"].tolist()[:2] == ["a\N{REPLACEMENT CHARACTER}b", "whole"]
    assert n_repaired == 1
