"""Two releases of a survey beside each other: what their difference would tell is not published."""

import json
from types import SimpleNamespace

import pytest
from tiny_survey import opened

from studylib.build.published import answers_apart
from studylib.build.published.answers_apart import is_too_near, refuse
from studylib.errors import DataError
from studylib.runs.published.compare import write_results
from studylib.runs.published.publish import publish


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
        # What was told under another promise cannot be taken back.
        (survey("aggregate", 13, a=2, b=5), survey("strict", 13, a=None, b=5), False),
        ({}, survey("strict", 13, a=5), False),
    ],
)
def test_totals_that_differ_by_a_few_are_too_near(old, new, is_near):
    """One or two more answers, or as many with one changed; three more may be told of together."""
    assert is_too_near(old, new) == is_near


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
