"""What respondents were promised: an attack on everything that is published learns no more."""

import base64
import json
import re
import stat

import pandas as pd
import pytest
from test_headlines import read
from tiny_survey import DOMAINS, TWO, book, opened

import studylib as sl
from studylib import tables
from studylib.errors import DataError
from studylib.files.attached import FILES
from studylib.files.checksum import checksum
from studylib.show.provenance import shown_checksum
from studylib.study.model import load
from studylib.survey import codebook, disclosure, prepare
from studylib.survey import read as survey_read

SECRET = "Maite Etxeberria"
WORDS = "We alone fear the bank"
PEOPLE = (
    [("Aquitaine", {"innovation"})] * 3
    + [("Aquitaine", {"good_practice"}), ("Aquitaine", {"internationalisation"})]
    + [("Euskadi", {"innovation"})] * 4
    + [("Euskadi", {"training"})] * 3
    + [("Euskadi", {d}) for d in ("good_practice", "internationalisation", "other") for _ in "ab"]
)

EACH = [("Euskadi", {d}) for d in DOMAINS for _one in range(3)]
"""Fifteen respondents, three of each domain: no total of theirs tells of a few."""


def promised(tmp_path, monkeypatch, level, people=PEOPLE, **choices):
    """The survey of 5 and 13, one of whom typed a name where an answer should stand."""
    study = opened(tmp_path, monkeypatch, people, confidentiality=level, **choices)
    answers = (tmp_path / "answers.csv").read_text("utf-8")
    typed = answers.replace("R3;Aquitaine;Y;N;N;N;N", f"R3;Aquitaine;Y;N;N;N;{SECRET}")
    named = re.sub(r"^R(\d+);", r"member\1;", typed, flags=re.MULTILINE)
    (tmp_path / "answers.csv").write_text(named, "utf-8")
    definition = load(tmp_path / "study.toml")
    prepare.write(definition, study.folder)
    wrote = pd.DataFrame({"respondent_id": ["R-03"], "column": ["note"], "text": [WORDS]})
    tables.write(wrote, "survey_texts", study.folder)
    return sl.open_study(str(tmp_path / "study.toml"))


def published(study):
    """Everything the page carries: texts, tables with all their cells, CSV, workbooks, figures."""
    say, show = sl.say, sl.show
    interests, pairs, ranked = sl.interests(study), sl.differences(study), sl.joint_themes(study)
    outputs = [
        say.survey.headline(study),
        show.who_answered(study, sl.who_answered(study)),
        say.survey.who(study, sl.who_answered(study)),
        say.survey.left_out(sl.survey_rejects(study)),
        show.survey_rejects(study, sl.survey_rejects(study)),
        show.interests(study, interests),
        show.interest_table(study, interests),
        say.survey.interests(study, interests),
        show.free_texts(study, sl.free_texts(study)),
        show.survey_differences(study, pairs),
        say.survey.differences(study, pairs),
        show.themes(study, ranked),
        say.survey.themes(study, ranked),
        show.ledger(study, sl.ledger(study)),
        say.ledger.ledger(study, sl.ledger(study)),
    ]
    texts = [interests.to_string(), pairs.to_string(), sl.profile_differences(study).to_string()]
    for output in outputs:
        bundle = output._repr_mimebundle_()
        files = bundle.pop(FILES, {})
        texts.append(json.dumps(bundle, ensure_ascii=False, default=str))
        for name, content in files.items():
            texts.append(_opened(name, content))
    return "\n".join(texts)


def _opened(name, content):
    """A file beside a page as text, a workbook cell by cell."""
    if not name.endswith(".xlsx"):
        return content if isinstance(content, str) else str(content)
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(content)))
    return "\n".join(str(c.value) for sheet in book for row in sheet for c in row)


@pytest.mark.parametrize("level", ["", "aggregate", "strict"])
def test_nothing_of_a_respondent_is_published(tmp_path, monkeypatch, level):
    """Neither what was typed in place of an answer, nor an id, a row, nor words of anybody."""
    everything = published(promised(tmp_path, monkeypatch, level))
    for word in (*SECRET.split(), WORDS):
        assert word not in everything
    assert not re.search(r"\bR-\d\d\b|member\d", everything)
    assert "held back" in everything


def test_a_figure_says_why_a_mark_is_missing(tmp_path, monkeypatch):
    """Under `strict` five of ten rows stand without one; two lines are needed to overlap."""
    study = promised(tmp_path, monkeypatch, "strict", [*PEOPLE[:5], *EACH])
    missing = "Where a mark is missing, the total is held back: respondents were promised it."
    assert sl.show.interests(study, sl.interests(study)).caption.note == missing
    (tmp_path / "public").mkdir()
    open_to_all = opened(tmp_path / "public", monkeypatch, PEOPLE, confidentiality="public")
    shown = sl.show.interests(open_to_all, sl.interests(open_to_all)).caption.note
    assert shown.startswith("Lines that overlap prove nothing")
    assert missing not in shown


def test_a_headline_that_holds_everything_back_is_no_finding(tmp_path, monkeypatch):
    """The front page repeats what was found, and not that nothing may be told."""
    study = promised(tmp_path, monkeypatch, "strict")
    told = sl.say.survey.headline(study)
    is_all = sl.interests(study).groupby("area")["is_held_back"].any().all()
    assert is_all
    assert not told.is_finding
    (tmp_path / "public").mkdir()
    open_to_all = opened(tmp_path / "public", monkeypatch, PEOPLE, confidentiality="public")
    assert sl.say.survey.headline(open_to_all).is_finding


def test_who_agreed_to_be_quoted_is_quoted(tmp_path, monkeypatch):
    """Under `public` what was not used is shown as it stands."""
    everything = published(promised(tmp_path, monkeypatch, "public"))
    assert SECRET in everything
    assert WORDS in everything


def test_aggregate_publishes_the_totals(tmp_path, monkeypatch):
    """Per territory and domain, as the study did; what is held back is said."""
    study = opened(tmp_path, monkeypatch, PEOPLE, confidentiality="aggregate")
    table = sl.interests(study)
    assert table["n"].tolist() == [3, 1, 1, 0, 0, 4, 2, 2, 3, 2]
    assert not table["is_held_back"].any()
    assert "only totals per territory and domain are published" in str(
        sl.say.survey.interests(study, table)
    )


@pytest.mark.parametrize("level", ["aggregate", "strict"])
def test_no_base_tells_of_those_whose_answer_could_not_be_read(tmp_path, monkeypatch, level):
    """
    One of five typed a name for an answer: 4 beside 5 would say that there is one.

    Broken once: the figure said (n = 4–5), and "other" was a share of 4.
    """
    study = promised(tmp_path, monkeypatch, level)
    table = sl.interests(study).set_index(["area", "domain"])
    assert set(table.loc["Aquitaine", "base"]) == {5}
    assert table.loc[("Aquitaine", "other"), "is_held_back"]
    assert pd.isna(table.loc[("Aquitaine", "other"), ["n", "n_unknown", "share"]]).all()
    everything = published(study)
    found = re.search(r"\bof 4(?! comparisons)\b|n = 4|4–5", everything)
    assert not found, everything[found.start() - 90 : found.end() + 60]
    told = "their|its base" if level == "aggregate" else "of all but fewer than 3 or"
    assert re.search(told, everything)


def test_sections_of_nothing_are_left_out(tmp_path, monkeypatch):
    """Under `strict` no total can be compared: no table of no rows, and a sentence why."""
    study = promised(tmp_path, monkeypatch, "strict")
    for shown in (
        sl.show.survey_differences(study, sl.differences(study)),
        sl.show.themes(study, sl.joint_themes(study)),
    ):
        assert shown._repr_html_() == ""
    everything = published(study)
    assert "No rows" not in everything
    assert "The totals that could be compared are held back." in everything
    assert "What each territory names most often is held back" in everything


CLAIMS = [
    {"value": 0.6},
    {"kind": "statement", "value": None, "territory": "Euskadi", "test": "more_diverse"},
]


@pytest.mark.parametrize(
    ("level", "claims"), [("strict", CLAIMS), ("strict", ()), ("aggregate", CLAIMS)]
)
def test_what_was_printed_before_cannot_be_taken_back(tmp_path, monkeypatch, level, claims):
    """A page that holds all totals back and prints claims says what may be computed from those."""
    study = promised(tmp_path, monkeypatch, level, claims=claims)
    said = str(sl.say.survey.interests(study, sl.interests(study)))
    warns = "can compute totals from them" in said
    assert warns == (level == "strict" and bool(claims))


TOGETHER = [("Aquitaine", {"innovation", "training"}), ("Aquitaine", {"good_practice"})] * 3
APART = [
    *[("Aquitaine", {"innovation", "good_practice"})] * 3, *[("Aquitaine", {"training"})] * 3,
]  # fmt: skip
ELSEWHERE = [("Euskadi", {d}) for d in ("innovation", "training", "other") for _n in "1234"]


@pytest.mark.parametrize("level", ["aggregate", "strict"])
def test_what_is_published_hangs_on_totals_alone(tmp_path, monkeypatch, level):
    """
    Who named two domains together, or in which order answers came, changes nothing.

    Broken once: a permutation of respondents (profiles, diversity) told the two surveys apart.
    """
    same = []
    surveys = (TOGETHER + ELSEWHERE, APART + ELSEWHERE, (TOGETHER + ELSEWHERE)[::-1])
    for n, people in enumerate(surveys):
        folder = tmp_path / str(n)
        folder.mkdir()
        choices = {"confidentiality": level, "claims": CLAIMS}
        same.append(published(opened(folder, monkeypatch, people, **choices)))
    assert same[0] == same[1] == same[2]


def test_of_one_answer_each_the_profiles_are_told(tmp_path, monkeypatch):
    """Where one domain was asked for, the totals are the profiles, and their test is no secret."""
    choices = {"choice": "single", "claims": CLAIMS}
    study = opened(tmp_path, monkeypatch, PEOPLE, confidentiality="aggregate", **choices)
    assert sl.profile_differences(study)["p"].notna().all()
    assert "Respondents were asked to name one domain." in published(study)


@pytest.mark.parametrize("level", ["aggregate", "strict"])
def test_the_checksum_of_a_survey_is_withheld(tmp_path, monkeypatch, level):
    """
    A small file can be guessed, and its own checksum would say that the guess is right.

    In its place stands that it is withheld; what follows it tells other totals that are published,
    and nothing else.
    Broken once: the table of inputs told the checksum of the answers.
    """
    told = []
    for n, people in enumerate((TOGETHER, APART, [*TOGETHER[:-1], ("Aquitaine", {"training"})])):
        folder = tmp_path / str(n)
        folder.mkdir()
        study = opened(folder, monkeypatch, people, confidentiality=level)
        prepare.hide_checksum(study.definition, study.folder)
        files = study.table("sources").set_index("file")["sha256"]
        assert files["answers.csv"] != checksum(folder / "answers.csv")
        assert files["codebook.toml"] == checksum(folder / "codebook.toml")
        told.append(files["answers.csv"])
        row = next(row for row in read(sl.show.sources(study)) if row["File"] == "answers.csv")
        assert row["SHA-256 begins"] == "withheld"
    assert told[0] == told[1]
    assert (told[1] == told[2]) == (level == "strict")  # all totals are held back there
    assert all(one.startswith("withheld; published totals: ") for one in told)
    assert shown_checksum(told[0]) == "withheld"
    assert shown_checksum("12ab34", 2) == "12"


def test_an_error_quotes_no_answer(tmp_path):
    """A sentence on a file that lost its header stands beside the pages: no cell is in it."""
    (tmp_path / "answers.csv").write_text(f"R1;Aquitaine;{SECRET}\nR2;Euskadi;Y\n", "utf-8")
    (tmp_path / "codes.toml").write_text(book(), "utf-8")
    with pytest.raises(DataError, match="has no column 'side'") as told:
        survey_read.read(tmp_path / "answers.csv", codebook.load(tmp_path / "codes.toml"))
    assert SECRET not in str(told.value)


def test_strict_tells_all_totals_of_a_territory_or_none(tmp_path, monkeypatch):
    """
    4, 3, 2, 2 and 2 of 13: 4 of 13 beside four cells held back left two numbers for each of them.

    Broken once: that cell was told, and "31 %: reproduced" with it, which left one number each.
    """
    claims = [{"value": 0.31, "territory": "Euskadi"}]
    study = promised(tmp_path, monkeypatch, "strict", claims=claims)
    table = sl.interests(study)
    assert table["is_held_back"].all()
    assert table[["n", "n_unknown", "share", "low", "high_exact"]].isna().all(axis=None)
    everything = published(study)
    assert not re.search(r"\b\d+ of (5|13)\b", everything)
    assert "So are those of Aquitaine and Euskadi." in everything
    assert sl.show.interests(study, table)._repr_html_() == ""
    assert sl.differences(study).empty
    assert sl.profile_differences(study)["p"].isna().all()
    assert sl.joint_themes(study).empty


def test_strict_tells_a_territory_whose_totals_all_may_be(tmp_path, monkeypatch):
    """Three of fifteen of each domain: the table, the headline and the text say the same."""
    study = promised(tmp_path, monkeypatch, "strict", [*PEOPLE[:5], *EACH])
    table = sl.interests(study)
    assert table["is_held_back"].tolist() == [True] * 5 + [False] * 5
    assert table["n"].dropna().tolist() == [3] * 5
    said = str(sl.say.survey.headline(study))
    assert "in Aquitaine, held back; in Euskadi, innovation, good practice of neighbours" in said
    assert "So are those of Aquitaine." in str(sl.say.survey.interests(study, table))


def test_a_headline_names_the_most_wanted_of_what_is_published(tmp_path, monkeypatch):
    """One of five typed a name for an answer, so that one total of Aquitaine is held back."""
    study = promised(tmp_path, monkeypatch, "aggregate")
    said = str(sl.say.survey.headline(study))
    assert "Most often named: in Aquitaine, of the totals published, innovation, 3 of 5" in said


@pytest.mark.parametrize("value", [0.31, 0.90])
def test_under_strict_no_claim_is_held_against_the_answers(tmp_path, monkeypatch, value):
    """
    31 % is what they say and 90 % is not: neither is told, nor what a test says of a statement.

    A verdict is an output.  A claim on what others did keeps its own sentence.
    """
    statement = {"kind": "statement", "value": None}
    claims = [
        {"value": value, "territory": "Euskadi"},
        {"value": value, "domain": "sport"},
        {**statement, "topic": "cooperation", "test": "mentioned"},
        {**statement, "topic": "cooperation"},
    ]
    study = promised(tmp_path, monkeypatch, "strict", EACH, claims=claims)
    found = sl.ledger(study)
    assert found["verdict"].tolist() == [*["not checked"] * 3, "not testable"]
    assert found[["n", "base", "share", "p", "against"]].isna().all(axis=None)
    assert not found["by_construction"].any()
    said = str(sl.say.ledger.ledger(study, found))
    assert "3 not checked" in said
    assert "A verdict would tell what they are" in said


@pytest.mark.parametrize(
    ("counts", "is_single", "tells"),
    [
        ((3, 7), True, False),
        ((2, 8), True, True),
        ((0, 5, 5), True, True),  # nobody
        ((8, 5), False, True),  # all but two
        ((10, 5), False, True),  # everybody
        ((3, 5), True, True),  # two of ten gave no answer, and one was asked for
        ((3, 5), False, False),
        ((3, 4), True, False),  # three of ten
    ],
)
def test_totals_of_a_few(counts, is_single, tells):
    """Of 10: fewer than three, all but fewer than three, nobody, everybody."""
    assert disclosure.tells_of_few([(n, 10) for n in counts], is_single=is_single) == tells


def test_answers_are_for_their_owner_alone(tmp_path, monkeypatch):
    """The tables of single respondents can be read by nobody else; ids are running numbers."""
    study = promised(tmp_path, monkeypatch, "strict")
    for name in ("respondents", "answers", "survey_texts", "survey_notes"):
        mode = (study.folder / f"{name}.parquet").stat().st_mode
        assert stat.S_IMODE(mode) == 0o600, name
    assert stat.S_IMODE(study.folder.stat().st_mode) == 0o700
    ids = study.table("respondents")["respondent_id"]
    assert ids.tolist() == [f"R-{n:02}" for n in range(1, len(PEOPLE) + 1)]


def test_domains_are_those_of_the_survey():
    """The attack looks at all of them."""
    assert len(DOMAINS) == 5
    assert TWO == ("Aquitaine", "Euskadi")
