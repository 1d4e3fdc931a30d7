"""Numbers of the front page that rest on published figures, each with what it is of."""

from types import SimpleNamespace

import pandas as pd

from studylib.say import front_numbers

STUDY = SimpleNamespace(
    territories=["North", "South"], area_name=str, language="en",
    definition=SimpleNamespace(reference=SimpleNamespace(named=lambda _language: "the country")),
)  # fmt: skip
SECTIONS = pd.DataFrame(
    [
        ("North", "C", 1.7, "shown"), ("South", "D", 5.84, "shown"),
        ("South", "E", 9.0, "not shown"),
        ("Elsewhere", "F", 12.0, "shown"), ("North", "A", 0.2, "shown"),
    ],
    columns=["area", "section", "quotient", "verdict"],
)  # fmt: skip


def test_the_largest_ratio_that_is_shown_is_told():
    """Of the study's territories, above one; what is not shown, or of another area, is none."""
    n, words = front_numbers.most_filed(STUDY, SECTIONS)[0]
    assert n == "5.8 times"
    assert words == (
        "as large a share of patent applications in textiles and paper in South as in the "
        "rest of the country (2005–2008, Eurostat)"
    )
    assert front_numbers.most_filed(STUDY, SECTIONS[2:]) == []
    alone = SimpleNamespace(**{**vars(STUDY), "definition": SimpleNamespace(reference=None)})
    assert front_numbers.most_filed(alone, SECTIONS) == []


def test_projects_in_common_are_told_with_what_chance_gives():
    """One pair has a number; of several none is told, for it would be one of them."""
    own = pd.DataFrame(
        {"joint": [32], "expected": [31.54], "expected_kept": [20.21], "verdict": ["not shown"],
         "verdict_kept": ["not shown"], "low": [22], "high": [41], "low_kept": [12],
         "high_kept": [29]}
    )  # fmt: skip
    (n, words), *none = front_numbers.in_common(own)
    assert (n, none) == ("32", [])
    assert words == (
        "projects of the Seventh Framework Programme (2007–2013) with organisations of both "
        "territories; chance gives 31.5"
    )
    ((_n, both),) = front_numbers.in_common(own.assign(verdict_kept="more"))
    assert both.endswith(
        "chance gives 31.5 (95%: 22–41) or 20.2 (95%: 12–29), depending on what it keeps"
    )
    assert front_numbers.in_common(pd.concat([own, own])) == front_numbers.in_common(own[:0]) == []
