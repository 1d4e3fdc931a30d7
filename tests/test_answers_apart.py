"""Two releases of a survey beside each other: what their difference would tell is not published."""

import itertools
import json
from types import SimpleNamespace

import pytest
from tiny_survey import opened

from studylib.build.published import answers_apart
from studylib.build.published.answers_apart import is_too_near, refuse
from studylib.errors import DataError
from studylib.runs.published.compare import write_results
from studylib.runs.published.publish import publish
from studylib.survey import disclosure


def survey(level, answered, **cells):
    """Totals of Euskadi: n of all who answered, by domain; None: held back."""
    found = {"confidentiality": level, "Euskadi/answered": answered}
    named = {name: None if n is None else [n, answered] for name, n in cells.items()}
    return found | {f"Euskadi/domain {name}": cell for name, cell in named.items()}


@pytest.mark.parametrize(
    ("old", "new", "is_near"),
    [
        (survey("aggregate", 13, a=4, b=3), survey("aggregate", 13, a=4, b=3), False),
        (survey("aggregate", 13, a=4, b=3), survey("aggregate", 14, a=5, b=3), True),
        (survey("aggregate", 13, a=4, b=3), survey("aggregate", 12, a=4, b=3), True),
        (survey("aggregate", 13, a=4, b=3), survey("aggregate", 16, a=5, b=3), False),
        (survey("aggregate", 13, a=4, b=3), survey("aggregate", 13, a=5, b=2), True),
        (survey("aggregate", 13, a=4, b=3), survey("aggregate", 13, a=8, b=3), False),
        (survey("aggregate", 1, a=None), survey("aggregate", 2, a=None), False),
        (survey("aggregate", 2, a=None), survey("aggregate", 3, a=1), False),
        # 3 of 14 beside a total of 13 that is held back: it was 2, and the new one chose it.
        (survey("strict", 13, a=None, b=5), survey("strict", 14, a=3, b=5), True),
        (survey("strict", 13, a=3, b=5), survey("strict", 13, a=None, b=5), True),
        (survey("strict", 5, a=None), survey("strict", 6, a=None), False),
        (survey("strict", 13, a=4), survey("strict", 19, a=6), True),  # two of six
        (survey("strict", 13, a=4), survey("strict", 19, a=7), False),  # three of six
        # Beside totals that are held back only where the survey has at least doubled.
        (survey("strict", 5, a=None, b=None), survey("strict", 9, a=3, b=6), True),
        (survey("strict", 5, a=None, b=None), survey("strict", 10, a=3, b=6), False),
        (survey("strict", 10, a=3, b=6), survey("strict", 5, a=None, b=None), False),
        (survey("strict", 10, a=3, b=6), survey("strict", 6, a=None, b=None), True),
        # What was told under another promise cannot be taken back.
        (survey("aggregate", 13, a=2, b=5), survey("strict", 13, a=None, b=5), False),
        ({}, survey("strict", 13, a=5), False),
    ],
)
def test_totals_that_differ_by_a_few_are_too_near(old, new, is_near):
    """One or two more answers, or as many with one changed; three more may be told of together."""
    assert is_too_near(old, new) == is_near


@pytest.mark.parametrize("is_single", [True, False])
@pytest.mark.parametrize(("n", "later"), [(3, 6), (5, 10), (6, 12), (6, 13)])
def test_totals_told_later_leave_those_held_back_before_open(n, later, is_single):
    """
    Of every survey that doubled: what is told of it leaves each total before three numbers.

    And fewer than as many again may not: 3, 3 and 3 of 9 beside 8 leaves two numbers each.
    """
    assert fewest_left(n, later, is_single=is_single) >= 3


def test_totals_told_of_one_more_leave_two_numbers():
    """What the rule is there for."""
    assert fewest_left(8, 9, is_single=True) == 2


def fewest_left(n, later, *, is_single):
    """Numbers that a total of n before could be, the fewest over all surveys told of later ones."""

    def is_held(counts, base):
        return disclosure.tells_of_few([(k, base) for k in counts], is_single=is_single)

    def every(base):
        found = itertools.product(range(base + 1), repeat=3)
        return [c for c in found if not is_single or sum(c) == base]

    before = [counts for counts in every(n) if is_held(counts, n)]
    fewest = n + 1
    for told in every(later):
        if not is_held(told, later):
            left = [
                c for c in before
                if all(0 <= b - a <= later - n for a, b in zip(c, told, strict=True))
            ]  # fmt: skip
            fewest = min([fewest, *(len(set(values)) for values in zip(*left, strict=True))])
    return fewest


def test_every_release_that_is_kept_is_looked_at(tmp_path):
    """14 beside the 13 of the release before last; the sentence tells no new number."""
    for n, a in ((13, 4), (17, 6)):
        told = survey("aggregate", n, a=a)
        path = write_results(tmp_path / "results.json", study="s", parameters={}, inputs={},
                             method={}, results={}, survey=told)  # fmt: skip
        publish({"results.json": path}, tmp_path / "reports", "s")
    plan = SimpleNamespace(reports=tmp_path / "reports", study=SimpleNamespace(id="s"))
    refuse(plan, survey("aggregate", 20, a=6))
    refuse(plan, None)
    with pytest.raises(DataError, match="what fewer than 3 respondents answered") as told:
        refuse(plan, survey("aggregate", 14, a=5))
    assert "14" not in str(told.value)


def test_what_is_kept_for_the_next_build_is_what_is_published(tmp_path, monkeypatch):
    """Totals by name, None where held back; nothing of a survey that is public."""
    people = [("Aquitaine", {"innovation"})] * 3 + [("Euskadi", {"training"})] * 2
    study = opened(tmp_path, monkeypatch, people, confidentiality="aggregate")
    plan = SimpleNamespace(study=study.definition, folder=study.folder)
    told = answers_apart.totals(plan)
    assert (told["Aquitaine/answered"], told["Euskadi/answered"]) == (3, 2)
    assert told["Aquitaine/domain innovation"] == [3, 3]
    assert told["Euskadi/domain training"] is None
    assert json.loads(json.dumps(told)) == told
    (tmp_path / "public").mkdir()
    public = opened(tmp_path / "public", monkeypatch, people)
    plan = SimpleNamespace(study=public.definition, folder=public.folder)
    assert answers_apart.totals(plan) is None
