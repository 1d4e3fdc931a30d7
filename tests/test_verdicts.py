"""Published claims re-checked: each verdict, with its numbers and the words why."""

import re

import pandas as pd
import pytest
from conftest import ROOT
from tiny_survey import TWO, opened

import studylib as sl
from studylib.errors import DataError
from studylib.report.labels import VERDICT
from studylib.show.survey.verdict_reasons import WHY
from studylib.study.model import load
from studylib.survey import claim_tests, published_claims, verdicts
from studylib.survey import prepare as survey_prepare

FIVE = [("Aquitaine", {"innovation"})] * 3 + [("Aquitaine", {"training"})] * 2


def ledger(folder, monkeypatch, people=FIVE, *made, **options):
    """The ledger of some claims on some answers."""
    study = opened(folder, monkeypatch, people, claims=made, **options)
    return study, verdicts.ledger(study)


def verdict(folder, monkeypatch, people=FIVE, patents=(), **claim):
    """Verdict and reason of one claim."""
    _, table = ledger(folder, monkeypatch, people, claim, patents=patents)
    return tuple(table.loc[0, ["verdict", "why"]])


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ({"value": 0.60}, ("reproduced", "share_same")),
        ({"value": 0.60, "domain": "training"}, ("not testable", "share_too_few")),
        ({"value": 0.59}, ("consistent", "share_open")),
        ({"value": 0.005, "digits": 1}, ("not testable", "no_sample")),
        ({"value": 0.6, "digits": 1}, ("reproduced", "share_same")),
        ({"value": 0.60, "territory": "Euskadi"}, ("not testable", "no_answers")),
        ({"value": 0.60, "territory": "both"}, ("reproduced", "share_same")),
        ({"value": 0.60, "domain": "sport"}, ("not testable", "not_asked")),
        ({"kind": "share", "value": None}, ("not testable", "no_value")),
        ({"kind": "share", "value": 0.1, "topic": "patents"}, ("not testable", "no_value")),
    ],
)
def test_a_share_is_held_against_the_share_of_the_respondents(
    tmp_path, monkeypatch, claim, expected
):
    """3 of 5 prints 60 %: the same, too few answers to contradict, or nothing to hold."""
    assert verdict(tmp_path, monkeypatch, **claim) == expected


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("training", ("reproduced", "mentioned")),
        ("other", ("not testable", "not_mentioned")),
        ("sport", ("not testable", "not_asked")),
    ],
)
def test_a_domain_is_wanted_where_somebody_chose_it(tmp_path, monkeypatch, domain, expected):
    """A claim without a figure asks for one respondent at least."""
    claim = {"kind": "statement", "test": "mentioned", "domain": domain}
    assert verdict(tmp_path, monkeypatch, **claim) == expected


def test_a_domain_wanted_by_a_silent_side_cannot_be_tested(tmp_path, monkeypatch):
    """No answer is no denial."""
    claim = {"kind": "statement", "test": "mentioned", "territory": "Euskadi"}
    assert verdict(tmp_path, monkeypatch, **claim) == ("not testable", "no_answers")


ONE, MANY = {"training"}, ["training", "innovation", "other", "good_practice"]


@pytest.mark.parametrize(
    ("n", "territory", "expected"),
    [
        (20, "Euskadi", ("reproduced", "more_diverse_shown")),
        (20, "Aquitaine", ("contradicted", "less_diverse_against")),
        (2, "Euskadi", ("consistent", "more_diverse_open")),
        (2, "Aquitaine", ("not testable", "less_diverse_open")),
        (1, "Euskadi", ("not testable", "too_few_for_diversity")),
        (20, "both", ("not testable", "no_answers")),
    ],
)
def test_more_diverse_is_tested_by_permutation(tmp_path, monkeypatch, n, territory, expected):
    """Euskadi names four domains, Aquitaine one: shown with 20 answers each, open with two."""
    people = [("Aquitaine", ONE)] * n + [("Euskadi", {MANY[i % 4]}) for i in range(n)]
    claim = {"kind": "statement", "test": "more_diverse", "territory": territory}
    assert verdict(tmp_path, monkeypatch, people, **claim) == expected


def answers(n, k):
    """N answers of Aquitaine, k of them for innovation."""
    return [("Aquitaine", {"innovation"})] * k + [("Aquitaine", {"training"})] * (n - k)


@pytest.mark.parametrize(
    ("k", "expected"),
    [
        (60, ("contradicted", "share_against")),
        (30, ("contradicted", "share_against")),
        (25, ("consistent", "share_open")),
        (6, ("reproduced", "share_same")),
    ],
)
def test_a_printed_share_is_a_sample(tmp_path, monkeypatch, k, expected):
    """10 % may be 1 of 10: 30 of 60 rule that out (SciPy: p .0169), 25 of 60 do not (p .0577)."""
    claims = [{"value": 0.10}, {"value": 0.30, "domain": "training"}]
    _, table = ledger(tmp_path, monkeypatch, answers(60, k), *claims)
    assert tuple(table.loc[0, ["verdict", "why"]]) == expected


def test_contradictions_hold_over_all_claims_of_the_page(tmp_path, monkeypatch):
    """Ten claims against the same answers: each p must pass Holm's correction."""
    claim = {"value": 0.10}
    wide = [claim, {"value": 0.30, "domain": "training"}]
    _, table = ledger(tmp_path, monkeypatch, answers(60, 30), *wide)
    assert table.loc[0, "against"] == pytest.approx(0.01688, abs=1e-4)
    assert table.loc[0, "verdict"] == "contradicted"
    (tmp_path / "ten").mkdir()
    _, table = ledger(tmp_path / "ten", monkeypatch, answers(60, 30), *[claim] * 9, wide[1])
    assert set(table["verdict"]) == {"consistent"}


SAID = {"first_year": 2000, "last_year": 2012, "date": "filing", "unit": "family",
        "located_by": "inventor", "office": "EP"}  # fmt: skip


@pytest.mark.parametrize(
    ("n", "said", "expected"),
    [
        (4, SAID, ("reproduced", "count_same")),
        (5, SAID, ("contradicted", "count_differs")),
        (3, SAID, ("contradicted", "count_differs")),
        (3, SAID | {"unit": None}, ("not testable", "count_unsaid")),
        (3, None, ("not testable", "count_unsaid")),
        (3, SAID | {"last_year": 2010}, ("not testable", "count_otherwise")),
        (3, SAID | {"office": "WO"}, ("not testable", "count_otherwise")),
        (0, SAID, ("not testable", "no_patents")),
    ],
)
def test_a_count_is_tested_where_the_text_says_what_it_counts(
    tmp_path, monkeypatch, n, said, expected
):
    """Window, date, unit, location and office must be those of the study; else nothing follows."""
    claim = {"kind": "count", "topic": "patents", "territory": "both", "value": 4}
    counted = None if said is None else {k: v for k, v in said.items() if v is not None}
    found = verdict(tmp_path, monkeypatch, patents=["Euskadi"] * n, **claim, counted=counted)
    assert found == expected


def test_a_count_of_one_territory_counts_that_one(tmp_path, monkeypatch):
    """Applications elsewhere are not its own; a count of something else is not testable."""
    claim = {"kind": "count", "topic": "patents", "territory": "Euskadi", "value": 1}
    other = {"kind": "count", "topic": "collaboration", "value": 1}
    made = [claim | {"counted": SAID}, other]
    _, table = ledger(tmp_path, monkeypatch, FIVE, *made, patents=["Euskadi", "Aquitaine"])
    assert table["why"].tolist() == ["count_same", "no_value"]


@pytest.mark.parametrize("topic", ["survey", "patents", "collaboration", "cooperation"])
def test_a_statement_without_a_test_is_not_testable(tmp_path, monkeypatch, topic):
    """The reason is the one of its topic."""
    found = verdict(tmp_path, monkeypatch, kind="statement", topic=topic)
    assert found == ("not testable", f"untested_{topic}")


def test_every_reason_has_a_sentence_and_every_verdict_a_name(tmp_path, monkeypatch):
    """No row of the table is left without words, in the order of the text."""
    people = [*FIVE, ("Euskadi", {"innovation"})]
    made = [
        {"value": 0.6, "in_en": None}, {"value": 0.6, "domain": "training"},
        {"kind": "statement", "test": "mentioned", "domain": "training"},
        {"kind": "statement", "topic": "cooperation", "territory": "both"},
    ]  # fmt: skip
    study, table = ledger(tmp_path, monkeypatch, people, *made)
    shown = sl.show.ledger(study, table)
    assert shown.frame["why_text"].tolist() == [
        "3 of 5 respondents chose it, 60%: printed the same.",
        (
            "2 of 5 respondents chose it, 40%. Beside a printed share that may rest on as few "
            "answers as these, no result of 5 respondents could contradict it."
        ),
        "2 of 5 respondents chose “Training” (40.0%, 95% interval 11.8–76.9%).",
        "A statement on what other regions did. None of the data of this study records it.",
    ]
    assert shown.frame["claim"].tolist()[0] == "Aquitaine: “Innovation (60%)”"
    assert shown.frame["claim"].tolist()[3] == "60% want innovation. “Innovation (60%)”"
    assert set(verdicts.verdicts(table).index) == set(VERDICT)
    reasons = {why for why in WHY if not why.startswith("untested")}
    room = ROOT / "src" / "studylib" / "survey"
    source = "".join(
        (room / f"{name}.py").read_text("utf-8") for name in ("verdicts", "claim_tests")
    )
    assert [why for why in reasons if re.sub("_(shown|open|against)$", "", why) not in source] == []


def test_without_a_survey_its_claims_are_not_testable(tmp_path, monkeypatch):
    """The study may rest on patents alone."""
    study = opened(tmp_path, monkeypatch, FIVE, claims=[{"value": 0.6}])
    bare = study.definition.model_copy(update={"survey": None})
    without = type(study)(bare, study.folder, "en", 2000, 2012, study.rule)
    assert verdicts.ledger(without)["why"].tolist() == ["no_survey"]


def test_synthetic_data_hold_a_claim_by_construction(tmp_path, monkeypatch):
    """The verdict says so; real answers carry no such mark, and what is not tested none either."""
    made = [{"value": 0.6}, {"kind": "statement", "topic": "cooperation"}]
    study, table = ledger(tmp_path, monkeypatch, FIVE, *made)
    assert not table["by_construction"].any()
    files = study.table("sources").assign(is_synthetic=True)
    files.to_parquet(study.folder / "sources.parquet")
    table = verdicts.ledger(study)
    assert table["by_construction"].tolist() == [True, False]
    assert sl.show.ledger(study, table).frame["verdict_name"][0] == "reproduced, by construction"
    assert "confirms nothing" in str(sl.say.ledger.ledger(study, table))


def test_no_claims_are_an_empty_ledger(tmp_path, monkeypatch):
    """A study of one's own starts without any."""
    _, table = ledger(tmp_path, monkeypatch)
    assert table.empty
    assert verdicts.verdicts(table).sum() == 0


def test_a_test_that_does_not_exist_is_refused(tmp_path, monkeypatch):
    """A slip of the pen must not make a claim untestable in silence."""
    slip = [{"kind": "statement", "test": "mentionned"}]
    with pytest.raises(DataError, match=r"'mentionned'\. There are 'mentioned', 'more_diverse'"):
        opened(tmp_path, monkeypatch, FIVE, claims=slip)


def test_a_claim_on_another_territory_is_refused(tmp_path, monkeypatch):
    """It would never be found in the data."""
    with pytest.raises(DataError, match="territories the study does not have: 'Navarra'"):
        opened(tmp_path, monkeypatch, FIVE, claims=[{"value": 0.6, "territory": "Navarra"}])


def test_the_claims_of_the_default_study_name_tests_and_territories_that_exist():
    """All fifteen in the order of the page; a claim on all sides names none."""
    table = survey_prepare.claims(load(ROOT / "study.toml"))
    listed = published_claims.claims(ROOT / "data" / "raw" / "published" / "claims.toml")
    assert table["claim_id"].tolist() == listed["id"].tolist()
    assert set(table["test"].dropna()) <= set(claim_tests.TESTS)
    assert set(table["territory"].dropna()) == set(TWO)
    assert pd.isna(table.loc[table["topic"] == "patents", "territory"]).all()
