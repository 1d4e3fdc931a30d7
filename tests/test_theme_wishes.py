"""Which themes respondents would work on: where a survey asks by theme, and only in totals."""

import numpy as np
import pandas as pd
import pytest
from tiny_survey import DOMAINS, book, opened, read

from studylib import open_study, tables
from studylib.opportunities import evidence
from studylib.survey import disclosure
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


SIDE = [*["innovation"] * 4, *["training"] * 3, *["good_practice", "internationalisation"] * 2]
ONE_EACH = [
    (side, [domain]) for side in ("Aquitaine", "Euskadi") for domain in [*SIDE, "other", "other"]
]
"""Thirteen a side, one domain each: 4, 3, 2, 2 and 2."""
BOXES = 'themes = {{ health = "training", ict = "innovation", x = "{more}" }}'


def wishes(folder, monkeypatch, people, level, extra):
    """Theme, territory, n and base of what is told at a level."""
    folder.mkdir()
    study = opened(folder, monkeypatch, people, extra=extra, confidentiality=level)
    return theme_wishes(study)[["theme", "area", "n", "base"]].to_numpy().tolist()


def test_under_strict_a_theme_is_told_of_every_side_or_of_none(tmp_path, monkeypatch):
    """
    4 of 5 tells who did not, so the 3 of 6 of the other side is not the least that is wanted.

    Broken once: of three territories, the least of the two that were told stood for all.
    """
    asked = 'themes = { health = "wish", ict = "more" }'
    assert wishes(tmp_path / "1", monkeypatch, PEOPLE, "strict", ASKED) == []
    for n, (first, second, told) in enumerate([(4, 5, True), (4, 2, False)]):
        study = opened(in_a(tmp_path, n), monkeypatch, TEN, extra=asked, confidentiality="strict")
        marks = study.table("respondents")
        place = marks.groupby("territory", observed=True).cumcount()
        own = marks.assign(theme_health=place < first, theme_ict=place < second)
        tables.write(own, "respondents", study.folder)
        rows = theme_wishes(open_study(str(tmp_path / f"in {n}" / "study.toml")))
        assert rows["n"].tolist() == ([4, 4, 5, 5] if told else [])


TEN = [(side, ["innovation"]) for side in ("Aquitaine", "Euskadi") for _n in range(10)]


def in_a(folder, n):
    """A folder of its own for a study."""
    (folder / f"in {n}").mkdir()
    return folder / f"in {n}"


FIFTEEN = [(side, [d]) for side in ("Aquitaine", "Euskadi") for d in DOMAINS for _three in range(3)]


def test_under_strict_a_theme_gives_back_no_domain_that_is_held_back(tmp_path, monkeypatch):
    """
    A box that is an option of the question tells of its domain: it is told where that is.

    Broken once: 3 of 13 passed for no total of a few.
    """
    extra = BOXES.format(more="other")
    assert wishes(tmp_path / "1", monkeypatch, ONE_EACH, "strict", extra) == []
    told = wishes(tmp_path / "2", monkeypatch, FIFTEEN, "strict", extra)
    assert [row for row in told if row[1] == "Euskadi"] == [
        [theme, "Euskadi", 3, 15] for theme in ("health", "ict", "x")
    ]
    told = wishes(tmp_path / "3", monkeypatch, ONE_EACH, "aggregate", extra)
    assert ["health", "Euskadi", 3, 13] in told
    assert ["x", "Euskadi", 2, 13] in told


def test_a_base_beside_another_is_held_back():
    """12 beside 13 tells of one respondent whose mark could not be read, 9 beside 10 too."""
    assert disclosure.beside_another([13, 12, 10, 9, 5], 13) == [False, True, False, True, False]


def test_an_unread_mark_holds_its_theme_back_unless_all_is_public(tmp_path, monkeypatch):
    """One cell says neither Yes nor No: its base is 12 of the 13 who answered."""
    for level, told in (("public", [12]), ("aggregate", [])):
        folder = tmp_path / level
        folder.mkdir()
        study = opened(folder, monkeypatch, ONE_EACH, extra=ASKED, confidentiality=level)
        marks = study.table("respondents").astype({"theme_health": "boolean"})
        marks.loc[0, "theme_health"] = pd.NA
        tables.write(marks, "respondents", study.folder)
        rows = theme_wishes(open_study(str(folder / "study.toml")))
        here = (rows["theme"] == "health") & (rows["area"] == "Aquitaine")
        assert rows.loc[here, "base"].tolist() == told


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
