"""Attacks on a survey that is not public, by somebody who has the page and knows the rule."""

import itertools

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_disclosure import published
from tiny_survey import DOMAINS, opened

import studylib as sl
from studylib import tables
from studylib.survey import disclosure, side_differences
from studylib.survey.told import published_notes, published_texts

FEW = settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
CLAIMS = [
    {"value": 0.6},
    {"kind": "statement", "value": None, "territory": "Euskadi", "test": "more_diverse"},
]


def surveys(base, cells, *, is_single):
    """Every survey of so many respondents: totals of one answer each, or of any number."""
    every = itertools.product(range(base + 1), repeat=cells)
    return [counts for counts in every if not is_single or sum(counts) <= base]


def is_held(counts, base, is_single):
    """What the pages do, which the attacker knows."""
    return disclosure.tells_of_few([(n, base) for n in counts], is_single=is_single)


SIZES = [(3, 3), (5, 5), (6, 2), (6, 4), (9, 3), (13, 2), (13, 4)]


@pytest.mark.parametrize("is_single", [True, False])
@pytest.mark.parametrize(("base", "cells"), SIZES)
def test_whoever_runs_the_rule_backwards_finds_no_cell_that_is_held_back(base, cells, is_single):
    """
    Every survey is tried through the rule: those held back leave each cell few and not few.

    The sharpest attack there is on a rule that is known: no arithmetic finds more.  Broken once: of
    7 the second of 3, 3 and 1 was left; of 13 every cell held back beside a 4 was 2 or 3.
    """
    if is_single and (base, cells) == (13, 4):
        cells = 5
    if not is_single and cells > 3:
        cells = 3  # the others are as independent as these
    held = [c for c in surveys(base, cells, is_single=is_single) if is_held(c, base, is_single)]
    for place in range(cells):
        left = {counts[place] for counts in held}
        assert len(left) >= disclosure.OPEN
        assert min(left) == 0
        assert max(left) == base


@pytest.mark.parametrize(("base", "cells"), [(5, 4), (8, 3), (13, 3)])
def test_the_pages_add_nothing_to_what_a_text_printed_before(base, cells):
    """
    An attacker who takes printed shares for these answers, and knows the base and the rule.

    Of one answer each, with any of the totals printed before: that all are held back leaves each
    total not printed as open as the text did, or open to three numbers.
    """
    every = surveys(base, cells, is_single=True)
    every = [counts for counts in every if sum(counts) == base]
    held = [counts for counts in every if is_held(counts, base, is_single=True)]
    for n_printed in range(1, cells):
        for printed in itertools.combinations(range(cells), n_printed):
            rest = [place for place in range(cells) if place not in printed]
            before, after = {}, {}
            for found, own in ((before, every), (after, held)):
                for counts in own:
                    key = tuple(counts[place] for place in printed)
                    found.setdefault(key, []).append(tuple(counts[place] for place in rest))
            for key, left in after.items():
                for place in range(len(rest)):
                    now, was = ({own[place] for own in found} for found in (left, before[key]))
                    assert len(now) >= disclosure.OPEN or now == was, (key, now, was)


PRINTED = [
    {"value": 0.31, "territory": "Euskadi"},
    {"value": 0.23, "territory": "Euskadi", "domain": "training"},
    {"value": 0.15, "territory": "Euskadi", "domain": "good_practice"},
    {"value": 0.15, "territory": "Euskadi", "domain": "internationalisation"},
    *CLAIMS,
]
THIRTEEN = [(4, 2, 2, 3, 2), (13, 0, 0, 0, 0), (0, 0, 0, 0, 13), (3, 3, 3, 3, 1), (5, 5, 0, 3, 0)]
FIVE = [(3, 1, 1, 0, 0), (0, 0, 0, 5, 0), (1, 1, 1, 1, 1), (2, 3, 0, 0, 0), (0, 0, 0, 0, 5)]


def test_pages_of_surveys_that_are_held_back_are_equal(tmp_path, monkeypatch):
    """
    Headline, tables, sentences, claims and files say the same of all, whatever the text printed.

    The first is what the text printed, to the last answer: nothing tells that it is.
    """
    told = set()
    for n, (five, thirteen) in enumerate(zip(FIVE, THIRTEEN, strict=True)):
        people = [
            (side, {d})
            for side, own in (("Aquitaine", five), ("Euskadi", thirteen))
            for d, k in zip(DOMAINS, own, strict=True)
            for _one in range(k)
        ]
        folder = tmp_path / str(n)
        told.add(page(folder, monkeypatch, people, "strict", choice="single", claims=PRINTED))
    assert len(told) == 1


@st.composite
def twins(draw):
    """Two surveys of 5 and 13 with the same totals, dealt to other respondents in another order."""
    ticks = {
        (side, d): draw(st.integers(0, n))
        for side, n in (("Aquitaine", 5), ("Euskadi", 13))
        for d in DOMAINS
    }
    found = []
    for _survey in range(2):
        people = []
        for side, n in (("Aquitaine", 5), ("Euskadi", 13)):
            chosen = [set() for _one in range(n)]
            for d in DOMAINS:
                for place in draw(st.permutations(range(n)))[: ticks[side, d]]:
                    chosen[place].add(d)
            people += [(side, own) for own in chosen]
        found.append(draw(st.permutations(people)))
    return found


def page(folder, monkeypatch, people, level, **choices):
    """Everything the page on a survey carries."""
    folder.mkdir()
    claims = choices.pop("claims", CLAIMS)
    return published(
        opened(folder, monkeypatch, people, confidentiality=level, claims=claims, **choices)
    )


@pytest.mark.torture
@pytest.mark.parametrize("level", ["aggregate", "strict"])
@given(twins())
@FEW
def test_equal_totals_make_equal_pages(level, tmp_path_factory, drawn):
    """
    Whoever named what together, and in which order answers came, the page is the same.

    So no sum, interval, p, rank, order or width of a line tells anything but the totals.
    """
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("twins")
        one, other = (page(folder / str(n), patch, own, level) for n, own in enumerate(drawn))
    assert one == other


@st.composite
def strangers(draw):
    """Two surveys of one domain each, of 5 and 13, that the rule publishes alike."""
    one, other = [], []
    for side, n in (("Aquitaine", 5), ("Euskadi", 13)):
        marks = st.lists(st.integers(0, n), min_size=4, max_size=4).map(sorted)
        for rows in (one, other):
            counts = tuple(b - a for a, b in itertools.pairwise([0, *draw(marks), n]))
            assert is_held(counts, n, is_single=True)  # no 13 are five times three
            rows += [(side, {d}) for d, k in zip(DOMAINS, counts, strict=True) for _n in range(k)]
    return one, other


@pytest.mark.torture
@given(strangers())
@FEW
def test_surveys_that_differ_in_what_is_held_back_make_equal_pages(tmp_path_factory, drawn):
    """Under `strict` nothing on the page hangs on a cell that is held back, nor how it looks."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("strangers")
        one, other = (
            page(folder / str(n), patch, own, "strict", choice="single")
            for n, own in enumerate(drawn)
        )
    assert one == other


def test_of_one_or_two_respondents_no_total_is_published(tmp_path, monkeypatch):
    """
    The totals of one are its answers, those of two tell each of them what the other said.

    Broken once: under `aggregate` a territory of one respondent had its row on the page.
    """
    people = [("Aquitaine", {"innovation"})] * 4 + [("Euskadi", {"training", "other"})] * 2
    study = opened(tmp_path, monkeypatch, people, confidentiality="aggregate")
    table = sl.interests(study)
    assert table["is_held_back"].tolist() == [False] * 5 + [True] * 5
    assert table.loc[table["is_held_back"], ["n", "share", "low"]].isna().all(axis=None)
    said = str(sl.say.survey.interests(study, table))
    assert "No total is published for Euskadi: those who answered there are fewer than 3." in said
    assert "could not be read" not in said


def test_a_base_beside_another_base_is_held_back(tmp_path, monkeypatch):
    """Of 13, ten are known for one domain and nine for the next: one respondent lies between."""
    people = [("Aquitaine", {"innovation"})] * 13
    study = opened(tmp_path, monkeypatch, people, confidentiality="aggregate")
    answers = study.table("answers").astype({"is_chosen": "boolean"})
    for domain, n in (("innovation", 3), ("training", 4)):
        own = answers.index[answers["domain"] == domain][:n]
        answers.loc[own, "is_chosen"] = pd.NA
    tables.write(answers, "answers", study.folder)
    again = sl.open_study(str(tmp_path / "study.toml"))
    table = sl.interests(again).iloc[:5].set_index("domain")
    assert table.loc["innovation", "base"] == 10
    assert table["is_held_back"].tolist() == [False, False, False, True, False]


def test_what_is_held_back_hangs_on_totals_alone(tmp_path, monkeypatch):
    """
    Totals of several answers that add up to all by chance are treated as those of one each.

    Broken once: what was held back told whether anybody had named two domains.
    """
    each = [("Aquitaine", {d}) for d in DOMAINS for _one in range(2)] + [
        ("Aquitaine", {"other"})
    ] * 3
    two = [("Aquitaine", {"innovation", "training"}), ("Aquitaine", set())]
    rest = [people for people in each if people[1] not in ({"innovation"}, {"training"})]
    several = [*two, *two, *rest]
    held = []
    for n, people in enumerate((each, several)):
        (tmp_path / str(n)).mkdir()
        study = opened(tmp_path / str(n), monkeypatch, people, confidentiality="strict")
        held.append(sl.interests(study).iloc[:5]["is_held_back"].tolist())
    assert held[0] == held[1]


def test_a_test_of_whole_profiles_is_laid_out_from_the_totals(tmp_path, monkeypatch):
    """Of one answer each; where somebody's answer to a domain is not known there is none."""
    people = [("Aquitaine", {"innovation"})] * 6 + [("Euskadi", {"training"})] * 9
    study = opened(tmp_path, monkeypatch, people, confidentiality="aggregate", choice="single")
    assert side_differences.profile_differences(study)["p"].notna().all()
    answers = study.table("answers").astype({"is_chosen": "boolean"})
    people = study.table("respondents")
    three = people.loc[people["territory"] == "Euskadi", "respondent_id"].tolist()[:3]
    unread = (answers["domain"] == "other") & answers["respondent_id"].isin(three)
    answers.loc[unread, "is_chosen"] = pd.NA
    tables.write(answers, "answers", study.folder)
    again = sl.open_study(str(tmp_path / "study.toml"))
    assert not sl.interests(again)["is_held_back"].any()
    assert side_differences.profile_differences(again)["p"].isna().all()
    assert side_differences.hangs_on_rows(again)


NOTES = pd.DataFrame(
    [
        ("column", "e-mail", 1, "personal data: left behind at reading"),
        ("column", "interest[other]", 1,
         "cells with mangled, invisible or HTML characters: read as they were meant"),
        ("label", "Ane of Bilbao", 1, "answer that is not in the codebook"),
        ("label", "Jon of Pau", 4, "answer that is not in the codebook"),
        ("label", "Common services", 0, "option of the codebook that nobody chose"),
    ],
    columns=["kind", "value", "n", "what"],
)  # fmt: skip


def test_of_what_was_not_used_headers_are_told_and_no_few(tmp_path, monkeypatch):
    """
    One cell that had to be mended, or an option nobody chose, tells of whoever answered the rest.

    Broken once: the column of a single cell that was mended was told, and unused options were.
    """
    told = {}
    for level in ("aggregate", "strict"):
        (tmp_path / level).mkdir()
        study = opened(tmp_path / level, monkeypatch, [("Aquitaine", {"training"})] * 5,
                       confidentiality=level)  # fmt: skip
        rows = published_notes(NOTES, study).astype("object")
        told[level] = rows.where(rows.notna(), None)[["value", "n"]].to_numpy().tolist()
        texts = published_texts(pd.DataFrame({"column": "note", "text": list("abcde")}), study)
        told[level].append(texts["n"].tolist())
    assert told["aggregate"] == [[None, None], ["e-mail", 1], [None, 5], [5]]
    assert told["strict"] == [[None, None], ["e-mail", 1], [None, None], []]
