"""Comparing two builds: which figures, and what explains them."""

import json

import numpy as np
import pandas as pd
import pytest

from studylib.errors import DiffersError, UsageError
from studylib.runs.published import publish
from studylib.runs.published.compare import compare, write_results
from studylib.runs.published.comparison import in_words

SAME = {
    "study": "s",
    "parameters": {"first_year": 2000},
    "inputs": {"a.csv": "11"},
    "method": {"pandas": "3.0", "ket.csv": "22"},
    "texts": {"10_x.ipynb": "0"},
    "languages": ["en"],
    "results": {"n": 484, "share": 0.5, "top": "photonics", "rta": None},
}


def build(folder, **changes):
    """A results file with some parts changed."""
    return write_results(folder / "results.json", **{**SAME, **changes})


def differing(tmp_path, **changes):
    return compare(build(tmp_path / "old"), build(tmp_path / "new", **changes).parent)


def test_the_same_build_differs_in_nothing(tmp_path):
    """Equal results from equal inputs: nothing to say, no error."""
    found = differing(tmp_path)
    assert found.cause == "same"
    assert found.figures.empty
    found.check()


def test_every_figure_that_differs_is_listed(tmp_path):
    """Changed, added and removed figures, with the change where there is one."""
    found = differing(tmp_path, results={"n": 480, "top": "none", "rta": 1.5, "new": None})
    assert found.figures.to_dict("records")[0] == {
        "key": "n", "old": 484, "new": 480, "change": -4.0, "kind": "changed",
    }  # fmt: skip
    assert dict(zip(found.figures["key"], found.figures["kind"], strict=True)) == {
        "n": "changed", "new": "added", "rta": "changed", "share": "removed", "top": "changed",
    }  # fmt: skip
    assert found.figures["change"].isna().tolist() == [False, True, True, True, True]


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"inputs": {"a.csv": "12"}}, "data"),
        ({"inputs": {"a.csv": "11", "b.csv": "1"}}, "data"),
        ({"method": {"pandas": "3.1", "ket.csv": "22"}}, "method"),
        ({"method": {"pandas": "3.0", "ket.csv": "23"}, "inputs": {}}, "data and method"),
        ({"parameters": {"first_year": 2001}}, "parameters"),
        ({"texts": {"10_x.ipynb": "1"}}, "text"),
        ({"languages": ["en", "fr"]}, "languages"),
        ({"inputs": {}, "texts": {}, "languages": []}, "data, text and languages"),
        ({"results": {"n": 1}}, "unexplained"),
    ],
)
def test_data_is_told_apart_from_method(tmp_path, changes, cause):
    """What changed besides the figures is the explanation; if nothing did, that is said."""
    found = differing(tmp_path, **{"results": {**SAME["results"], "n": 480}, **changes})
    assert found.cause == cause
    with pytest.raises(DiffersError, match=r"\d figures? differs? \(changed besides") as error:
        found.check()
    assert error.value.exit_code == 12


def test_files_that_differ_are_named(tmp_path):
    """So that a reader knows which page to open."""
    results = build(tmp_path / "r").read_bytes()
    one, other = (shown_with(tmp_path, results, turn) for turn in (b"1", b"2"))
    assert in_words(compare(one, other)).splitlines()[-1] == "  p.html (file)"


def test_results_of_an_older_release_say_less(tmp_path):
    """They know no texts and no languages, and no change of them is made up."""
    old = build(tmp_path / "old")
    said = json.loads(old.read_text())
    old.write_text(json.dumps({k: v for k, v in said.items() if k not in ("texts", "languages")}))
    assert compare(old, build(tmp_path / "new", texts={}, languages=[])).cause == "same"


def test_causes_name_what_changed(tmp_path):
    """One row per input, library, rule file or parameter."""
    found = differing(tmp_path, inputs={"b.csv": "11"}, method={**SAME["method"], "pandas": "4"})
    found.check()  # nothing a reader sees has changed
    assert found.cause == "data and method"
    assert found.causes.fillna("-").to_numpy().tolist() == [
        ["data", "a.csv", "11", "-"],
        ["data", "b.csv", "-", "11"],
        ["method", "pandas", "3.0", "4"],
    ]


def shown_with(tmp_path, results, turn=b"1"):
    """A published report of one page, one table and these results."""
    pages = {"results.json": results, "p.html": b"<html>" + turn + b"</html>", "t.csv": b"a"}
    return publish.publish(pages, tmp_path / "reports", "s").resolve()


def test_published_files_are_compared_too(tmp_path):
    """A page that differs without any figure differing is found by its checksum."""
    shown = []
    for turn in (b"1", b"2"):
        results = build(tmp_path / "r").read_bytes()
        shown.append(shown_with(tmp_path, results, turn))
    found = compare(*shown)
    assert (found.files, found.cause) == (("p.html",), "unexplained")
    with pytest.raises(
        DiffersError, match=r"neither data, method, parameters, text nor lang.*none"
    ):
        found.check()


def test_a_report_is_its_folder_or_its_results(tmp_path):
    """One build named either way is the same, pages and all; other pages are found either way."""
    results = build(tmp_path / "r").read_bytes()
    one, other = (shown_with(tmp_path, results, turn) for turn in (b"1", b"2"))
    assert compare(one / "results.json", one).files == ()
    assert compare(one, other / "results.json").files == ("p.html",)
    assert in_words(compare(one / "results.json", one)) == (
        "The two builds show the same figures and the same pages."
    )


def test_without_pages_only_figures_are_compared(tmp_path):
    """Results kept alone say nothing of pages, and no page is called different for it."""
    results = build(tmp_path / "r")
    found = compare(results, shown_with(tmp_path, results.read_bytes()))
    assert (found.files, found.cause) == (None, "same")
    found.check()
    assert in_words(found) == (
        "The two builds show the same figures; one of them has no pages to compare."
    )
    other = compare(results, build(tmp_path / "n", results={**SAME["results"], "n": 1}))
    assert in_words(other) == (
        "Changed besides the figures: unexplained.\n1 figure differs.\n  n: 484 -> 1 (changed)"
    )


def test_results_are_plain_and_sorted(tmp_path):
    """Numbers of numpy are numbers, missing is null, infinite is a word."""
    values = {"b": np.float64(0.1), "a": np.int64(2), "c": float("nan"), "d": pd.NA, "e": np.inf}
    path = build(tmp_path, results=values)
    told = json.loads(path.read_text())["results"]
    assert list(told.items()) == [("a", 2), ("b", 0.1), ("c", None), ("d", None), ("e", "inf")]


def test_only_builds_of_one_study_are_compared(tmp_path):
    """Another study, or a folder that is no report, is refused in words."""
    with pytest.raises(UsageError, match="These are two studies, 's' and 't'"):
        differing(tmp_path, study="t")
    (tmp_path / "results.json").write_text("[]")
    with pytest.raises(UsageError, match=r"is no report: it has no readable results.json"):
        compare(tmp_path, tmp_path)
    with pytest.raises(UsageError, match="is no report"):
        compare(tmp_path / "gone", tmp_path)
