"""The rules of how a rule covers symbols."""

import pytest
from rule_books import as_dict, scheme, symbols

from studylib import ket
from studylib.errors import DataError, UsageError
from studylib.ket import match as ket_match

KET = "photonics"


def inside(rule, symbol, level=None, match="exact", **book):
    rows = (KET, "include", rule, level) if level else (KET, "include", rule)
    found = ket.tag(symbols(("1", symbol)), scheme(rows, **book), match=match)
    return as_dict(found) == {("1", KET): 1}


@pytest.mark.parametrize("match", ["exact", "prefix"])
@pytest.mark.parametrize(
    ("rule", "level", "symbol", "expected"),
    [
        ("H01J 3", None, "H01J 3/00", True),
        ("H01J 3", None, "H01J 3", True),
        ("H01J 3", None, "H01J 3/999999", True),
        ("H01J 3", None, "H01J 2/99", False),
        ("H01J 3", None, "H01J 4/00", False),
        ("H01J 3", None, "H01J 31/00", False),
        ("H01J 3", None, "H01J 37/00", False),
        ("H01J 3", None, "H01J", False),
        ("H05K 1", None, "H05K 10/00", False),
        ("C07C 29/00", "main group", "C07C 29/80", True),
        ("C07C 29/00", "main group", "C07C 291/00", False),
        ("C07C 29/00", "group", "C07C 29/00", True),
        ("C07C 29/00", "group", "C07C 29", True),
        ("C07C 29/00", "group", "C07C 29/80", False),
        ("H01L", None, "H01L 1/00", True),
        ("H01L", None, "H01L 9999/999999", True),
        ("H01L", None, "H01L", True),
        ("H01L", None, "H01K 9999/00", False),
        ("H01L", None, "H01M 1/00", False),
        ("H01L", None, "H01", False),
        ("A61", None, "A61Z 1/00", True),
        ("A61", None, "A61", True),
        ("A61", None, "A60Z 99/00", False),
        ("A61", None, "A62B 1/00", False),
    ],
)
def test_a_rule_ends_at_its_boundary(rule, level, symbol, expected, match):
    """The first and the last symbol below a rule are inside, the next ones are not."""
    assert inside(rule, symbol, level, match) is expected


@pytest.mark.parametrize(
    ("symbol", "exact", "prefix", "hierarchy"),
    [
        ("G11B 7/13", True, True, True),
        ("G11B 7/131", False, True, True),
        ("G11B 7/135", False, True, False),
        ("G11B 7/139", False, True, True),
        ("G11B 7/14", False, False, True),
        ("G11B 7/12", False, False, False),
        ("G11B 7/129", False, False, False),
    ],
)
def test_three_ways_below_a_subgroup(symbol, exact, prefix, hierarchy):
    """Exact is the subgroup, prefix its digits, hierarchy its dots, whatever the digits."""
    dots = [("G11B 7/13", "not below", "G11B 7/135"), ("G11B 7/13", "below", "G11B 7/14")]
    found = [
        inside("G11B 7/13", symbol, match=m, dots=dots) for m in ("exact", "prefix", "hierarchy")
    ]
    assert found == [exact, prefix, hierarchy]


def test_without_dots_there_is_no_hierarchy():
    """What stands below a subgroup is known or the match is refused, but for renamed symbols."""
    with pytest.raises(UsageError, match=r"below 'G11B 7/13' .*`exact` or `prefix`"):
        inside("G11B 7/13", "G11B 7/13", match="hierarchy")
    renamed = {"aliases": [("G11B 7/13", "G11C 7/13")]}
    assert inside("G11B 7/13", "G11C 7/13", match="hierarchy", **renamed)
    assert not inside("G11B 7/13", "G11B 7/131", match="hierarchy", **renamed)


@pytest.mark.parametrize(
    ("rule", "symbol", "expected"),
    [
        ("H01L", "H10K 10/00", True),
        ("H01L 51", "H10K 10/00", True),
        ("H01L 51/50", "H10K 10/00", False),
        ("H01L 51/50", "H10K 50/11", True),
        ("H01L 51/52", "H10K 50/11", False),
        ("H01", "H10K 10/00", True),
        ("H10K", "H01L 51/50", False),
    ],
)
def test_a_rule_that_covers_the_old_symbol_catches_the_new_one(rule, symbol, expected):
    """A renaming widens rules that cover all of the old symbol, and no rule backwards."""
    aliases = [("H01L 51", "H10K"), ("H01L 51/50", "H10K 50")]
    assert inside(rule, symbol, aliases=aliases) is expected


def test_renaming_holds_for_every_kind_of_rule():
    """An old veto forbids under its new symbol too."""
    book = scheme((KET, "include", "C01B"), (KET, "not-with", "C12S"), aliases=[("C12S", "C11D")])
    assert len(ket.tag(symbols(("1", "C01B 3/00"), ("1", "C11D 3/00")), book)) == 0


def test_rules_are_made_ready_once():
    """A second search with the same scheme and match does no work twice."""
    book = scheme((KET, "include", "C01B"))
    assert ket_match.matcher(book, "exact") is ket_match.matcher(book, "exact")
    assert ket_match.matcher(book, "exact") is not ket_match.matcher(book, "prefix")


def test_a_scheme_without_rules_tags_nothing():
    """No rule, no tag."""
    assert len(ket.tag(symbols(("1", "C01B 3/00")), scheme())) == 0


def test_partners_are_limited_by_the_bits_of_a_number():
    """Too many different partners are refused in words, not tagged wrongly."""
    rules = [(KET, "only-with", f"A01B {i}", f"C01B {i}") for i in range(1, 40)]
    with pytest.raises(DataError, match="too many different `with_symbol`"):
        ket.tag(symbols(("1", "C01B 3/00")), scheme(*rules))
