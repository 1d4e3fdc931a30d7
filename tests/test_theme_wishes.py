"""Which themes respondents would work on: where a survey asks by theme, and only in totals."""

import numpy as np
import pandas as pd
import pytest
from tiny_survey import book, opened, read

from studylib.opportunities import evidence
from studylib.survey.theme_wishes import theme_wishes

ASKED = 'themes = { health = "training", agrifood_health = "other" }'
PEOPLE = [
    *(("Aquitaine", ["training"]) for _one in range(4)), ("Aquitaine", ["innovation"]),
    ("Aquitaine", None), *(("Euskadi", ["training"]) for _one in range(3)),
    *(("Euskadi", ["innovation"]) for _one in range(3)),
]  # fmt: skip


def test_wishes_are_totals_of_those_who_answered(tmp_path, monkeypatch):
    """Health: 4 of 5 in Aquitaine (one left the question blank), 3 of 6 in Euskadi."""
    study = opened(tmp_path, monkeypatch, PEOPLE, extra=ASKED)
    rows = theme_wishes(study)
    assert rows[rows["theme"] == "health"].to_numpy().tolist() == [
        ["health", "Aquitaine", 4, 5, 0.8], ["health", "Euskadi", 3, 6, 0.5],
    ]  # fmt: skip


def test_under_strict_a_total_that_tells_of_a_few_has_no_row(tmp_path, monkeypatch):
    """4 of 5 tells who did not; 3 of 6 stays; nobody of 5 or 6 is unanimous."""
    study = opened(tmp_path, monkeypatch, PEOPLE, extra=ASKED, confidentiality="strict")
    rows = theme_wishes(study)
    assert rows[["theme", "area"]].to_numpy().tolist() == [["health", "Euskadi"]]


def test_a_survey_that_does_not_ask_by_theme_tells_no_wish(tmp_path, monkeypatch):
    """No row, and so no evidence of any idea."""
    assert theme_wishes(opened(tmp_path, monkeypatch, PEOPLE)).empty


def test_a_box_beside_a_ticked_one_is_not_ticked(tmp_path):
    """
    The second leaves one of two boxes blank, the third both, the fourth says neither; beside a No
    a blank is not known, as for domains.
    """
    cells = ["Y;N", "Y;", ";", "hm;N", "N;"]
    lines = [f"{n};Aquitaine;N;{own}" for n, own in enumerate(cells, start=1)]
    text = "\n".join(["id;side;innovation;a;b", *lines]) + "\n"
    found = read(tmp_path, text, book(extra='themes = { x = "a", y = "b" }'))
    marks = found.respondents[["theme_x", "theme_y"]].astype("object").to_numpy().tolist()
    assert marks[:2] == [[True, False], [True, False]]
    assert [[pd.isna(one) for one in row] for row in marks[2:]] == [
        [True, True], [True, False], [False, True],
    ]  # fmt: skip
    assert "hm" in found.notes["value"].tolist()


def test_an_idea_is_wanted_as_much_as_the_side_that_wants_it_least(monkeypatch):
    """By its theme if that was asked; else by both its sectors, or by none."""
    told = pd.DataFrame(
        [("health", "A", 0.8), ("health", "B", 0.5), ("ict", "A", 0.4), ("ict", "B", 0.9),
         ("agrifood", "A", 1.0), ("x", "A", 0.1), ("x", "B", 0.7)],
        columns=["theme", "area", "share"],
    )  # fmt: skip
    monkeypatch.setattr(evidence, "theme_wishes", lambda _study: told)
    ideas = pd.DataFrame(
        [("x", "health", "ict"), ("y", "health", "ict"), ("z", "agrifood", None)],
        columns=["theme_id", "sector", "other_sector"],
    )
    found = evidence._wanted(None, ideas)
    assert found[:2] == pytest.approx([0.1, 0.4])
    assert np.isnan(found[2])
