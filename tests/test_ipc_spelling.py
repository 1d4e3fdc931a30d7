"""The rules of reading one spelling of a symbol."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studylib.clean.ipc_spelling import read

READABLE = [
    ("H01L 31/042", "H01L 31/042"),
    ("H01L31/042", "H01L 31/042"),
    ("h01l 31/042", "H01L 31/042"),
    ("H01L\u00a031/042", "H01L 31/042"),
    ("\uff2801L\u200931\u2044042", "H01L 31/042"),
    ("H01L\u200b 31/042", "H01L 31/042"),
    ("H01L-031/042", "H01L 31/042"),
    ("H01L  31/042", "H01L 31/042"),
    ("H01L0031042000", "H01L 31/042"),
    ("H01L 31/042000", "H01L 31/042"),
    ("H01L 31/042;", "H01L 31/042"),
    ("H01L 31/042 -", "H01L 31/042"),
    ("(H01L 31/042)", "H01L 31/042"),
    ("H01L 31/042 A", "H01L 31/042"),
    ("H01L 31//042", "H01L 31/042"),
    ("B29K 101:10", "B29K 101/10"),
    ("A01B0007000000", "A01B 7/00"),
    ("A01B0007100000", "A01B 7/10"),
    ("C02F   3/34", "C02F 3/34"),
    ("H01M   8/ 04537", "H01M 8/04537"),
    ("B65D 05/00", "B65D 5/00"),
    ("H01L 31/00", "H01L 31/00"),
    ("A21D 8 02 20060101 A F I", "A21D 8/02"),
    ("H01L 31", "H01L 31"),
    ("H01L31", "H01L 31"),
    ("C07C29", "C07C 29"),
    ("C07D 475", "C07D 475"),
    ("H01L0031", "H01L 31"),
    ("H04N-003", "H04N 3"),
    ("H04N   3/%", "H04N 3"),
    ("A21D 13/", "A21D 13"),
    ("H01L", "H01L"),
    ("H01L%", "H01L"),
    ("C01B                       C I", "C01B"),
    ("C01B 20060101A I", "C01B"),
    ("H01", "H01"),
    ("F21#", "F21"),
    ("7A 61K   9/16   A", "A61K 9/16"),
    ("6 A 21 C 9/04", "A21C 9/04"),
    ("(IPC1-7): A23L1/01", "A23L 1/01"),
    ("Int. Cl.7: H01L 31/042", "H01L 31/042"),
]


@pytest.mark.parametrize(("spelling", "symbol"), READABLE)
def test_every_notation_has_one_normal_form(spelling, symbol):
    """However an export spells a symbol, it is the same symbol."""
    assert read(spelling).symbol == symbol
    assert read(spelling).reason is None


UNREADABLE = [
    ("", "not a classification symbol"),
    ("12E4", "not a classification symbol"),
    ("NA", "not a classification symbol"),
    ("nan", "not a classification symbol"),
    ("B82Z?", "text after"),
    ("I01L 31/00", "not a classification symbol"),
    ("H0\u0661L 31/00", "not a classification symbol"),
    ("H01L\x0031/042", "text after"),
    ("H01L 31/042 260A", "text after"),
    ("H00L 31/00", "class 00"),
    ("H01L 0/00", "main group 0"),
    ("B65D /", "nothing before the slash"),
    ("A21D 13/0", "one digit after the slash"),
    ("H01L 31/0420000", "more than 6 digits"),
    ("H01L 12345/00", "not a classification symbol"),
    ("B01D-01##", "pattern"),
    ("G01N3353", "no slash: G01N 3/353 or G01N 33/53"),
    ("C07D475", "no slash: C07D 4/75 or a main group"),
    ("G01N 3353", "no slash"),
    ("G01N27327", "no slash: G01N 2/7327 or G01N 27/327"),
    ("H01L 31/00; G02B 6/36", "several symbols"),
    ("A61K 9/16//C08L 1/00", "several symbols"),
    ("Y02E 10/50", "CPC only"),
    ("B65D 2585/36", "CPC only"),
]


@pytest.mark.parametrize(("spelling", "reason"), UNREADABLE)
def test_what_cannot_be_read_says_why(spelling, reason):
    """No symbol without a reason, and nothing turns into another symbol."""
    assert read(spelling).symbol is None
    assert reason in read(spelling).reason


@pytest.mark.parametrize(
    ("symbol", "level"),
    [
        ("H01L 31/042", "subgroup"),
        ("H01L 31/00", "main group"),
        ("H01L 31", "main group"),
        ("H01L", "subclass"),
        ("H01", "class"),
    ],
)
def test_depth_is_that_of_the_symbol(symbol, level):
    """A group /00 is a main group, and a symbol is never deeper than it was written."""
    assert read(symbol).ipc_level == level


@pytest.mark.parametrize(
    ("spelling", "version", "level", "value"),
    [
        ("H01J  37/    32            A I                    ", None, "A", "I"),
        ("F02M  41/12        20060101A I20051008RMEP        ", "2006.01", "A", "I"),
        ("A61K   9/32        20060101ALI20030127BMRU        ", "2006.01", "A", "I"),
        ("A21D 15/00 20060101C N20051008RMEP", "2006.01", "C", "N"),
        ("A21D 8 02 20060101 A F I", "2006.01", "A", "I"),
        ("H01L 31/042 (2006.01)", "2006.01", None, None),
        ("H01L 31/042 (2014.01)i", "2014.01", None, "I"),
        ("7A 61K   9/16   A", "7", None, None),
        ("(IPC1-7): A23L1/01", "1-7", None, None),
        ("A23B 5/00 A", None, None, None),
    ],
)
def test_version_level_and_value_are_read_apart(spelling, version, level, value):
    """What fixed-width exports glue to a symbol comes back in columns, a lone letter does not."""
    assert read(spelling)[2:5] == (version, level, value)


def test_the_cpc_has_more_sections_and_groups():
    """Section Y and main groups from 2000 on are symbols of the CPC, with their zeros."""
    assert read("Y02E 10/50", "cpc").symbol == "Y02E 10/50"
    assert read("B01J2219/0050", "cpc").symbol == "B01J 2219/0050"
    assert read("H01L 10000/00", "cpc").reason == "not a classification symbol"


@given(st.text(alphabet="ABHLY0123456789 /-;:()%#.aé\u00a0", max_size=24))
def test_any_text_gives_a_symbol_or_a_reason(text):
    """Never both, never neither, and a normal form is read as itself."""
    said = read(text)
    assert (said.symbol is None) == (said.reason is not None)
    assert (said.symbol is None) == (said.ipc_level is None)
    if said.symbol:
        assert read(said.symbol).symbol == said.symbol
