"""The survey page: with 3, 18 and 2,000 respondents, one and three territories, and silence."""

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny_survey import DOMAINS, TWO, book, opened

import studylib as sl
from studylib import survey
from studylib.errors import DataError, UsageError
from studylib.runs import notebooks
from studylib.say import published_shares as said_published
from studylib.show.absent import Absent
from studylib.show.survey import verdict_reasons
from studylib.study.model import load
from studylib.survey import prepare as survey_prepare
from studylib.survey import published_shares as survey_published
from studylib.survey import themes as survey_themes

NOTEBOOK = ROOT / "notebooks" / "10_survey.ipynb"
PUBLISHED = [
    ("Aquitaine", {d}) for d in ["innovation"] * 3 + ["good_practice", "internationalisation"]
]
PUBLISHED += [
    ("Euskadi", {d})
    for d in ["innovation"] * 4 + ["training"] * 3 + ["good_practice", "internationalisation"] * 2
    + ["other"] * 2
]  # fmt: skip
THREE = [("Aquitaine", {"training"}), ("Aquitaine", None), ("Euskadi", set())]
SIDES = (*TWO, "Navarra")
MANY = [
    (TWO[n % 2], {DOMAINS[(n // 2) % 5], "innovation"} if n % 3 else {"training"})
    for n in range(2000)
]


def page(study):
    """Every cell of the notebook, run on an opened study: what each shows a reader, by cell id."""
    shown = {}
    space = {}
    for cell in notebooks.read(NOTEBOOK)["cells"]:
        if cell["cell_type"] != "code" or cell["id"] == "parameters":
            continue
        if cell["id"] == "open":
            space |= {"sl": sl, "study": study, "max_n": 60}
        *before, last = cell["source"].splitlines()
        if cell["id"] != "open":
            exec("\n".join(before), space)
        if "=" in last.split("(")[0] or "hide-output" in cell["metadata"].get("tags", ()):
            exec(last, space)
        else:
            shown[cell["id"]] = eval(last, space)
    return shown


def text(shown):
    """All of a page as text."""
    return " ".join(part._repr_mimebundle_()["text/html"] for part in shown.values())


@pytest.mark.parametrize("people", [THREE, PUBLISHED, MANY], ids=["3", "18", "2000"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_reads_with_any_number_of_respondents(tmp_path, monkeypatch, people, language):
    """Three, eighteen and two thousand: every cell shows something, no number is NaN."""
    study = opened(tmp_path, monkeypatch, people, claims=[{"value": 0.6}], language=language)
    whole = text(page(study))
    assert "nan" not in whole.replace("finance", "").lower().split()
    assert "<NA>" not in whole
    assert "None" not in whole.split()


@pytest.mark.parametrize("territories", [("Aquitaine",), SIDES], ids=["one", "three"])
def test_the_page_reads_with_one_or_three_territories(tmp_path, monkeypatch, territories):
    """One: nothing is compared, and the page says so.  Three: every pair, and all together."""
    people = [(side, chosen) for side, chosen in PUBLISHED if side in territories]
    people += [("Navarra", {"training"})] * 4 if "Navarra" in territories else []
    study = opened(tmp_path, monkeypatch, people, territories=territories)
    shown = page(study)
    said = str(shown["differences-say"])
    if len(territories) == 1:
        assert said == "There are no two territories with answers, so there is nothing to compare."
        assert isinstance(shown["differences-table"], Absent)
    else:
        assert "all territories together" in said
        assert len(shown["differences-table"].frame) == 3 * 5
        assert "Territories" in shown["differences-table"].columns.values()


def test_the_page_reads_without_any_answer(tmp_path, monkeypatch):
    """Nobody answered: every section says so instead of failing."""
    shown = page(opened(tmp_path, monkeypatch, []))
    assert str(shown["open"]) == "No answer of a territory of this study is known."
    assert str(shown["themes-say"]) == "Without answers there is no theme to propose."
    assert str(shown["claims-say"]) == "This study names no published claims."
    assert str(shown["published-say"]) == "No published share of a survey belongs to this study."


def test_the_headline_gives_the_answer_first(tmp_path, monkeypatch):
    """What each side names most, with n and interval, and whether a difference is shown."""
    headline = page(opened(tmp_path, monkeypatch, PUBLISHED))["open"]
    assert headline.paragraphs[0] == (
        "Named in every territory with answers: innovation, good practice of neighbours and going "
        "abroad together."
    )
    assert headline.paragraphs[1] == (
        "Most often named: in Aquitaine, innovation, 3 of 5 (60%, 95% interval 23–88%); in "
        "Euskadi, innovation, 4 of 13 (31%, 95% interval 13–58%). No difference between the sides "
        "is shown, neither in any of the 4 domains compared nor over all together: with so few "
        "answers, or so alike, chance alone could give what is seen. In 3 of 4 comparisons the "
        "answers are so few that none could have been shown."
    )
    assert (
        headline.paragraphs[2] == "18 cluster organisations answered: Aquitaine 5 and Euskadi 13."
    )


def test_a_difference_that_is_shown_is_named(tmp_path, monkeypatch):
    """Twenty against none: the domain stands in the headline and in the text."""
    people = [("Aquitaine", {"training"})] * 20 + [("Euskadi", {"innovation"})] * 20
    shown = page(opened(tmp_path, monkeypatch, people))
    assert (
        "Of 4 domains compared, a difference between the sides is shown in innovation and training."
        in str(shown["open"])
    )
    assert "the profiles differ (exact test of Freeman and Halton, p = 0.00)" in str(
        shown["differences-say"]
    )


def test_an_item_nobody_chose_stands_with_its_interval(tmp_path, monkeypatch):
    """None of one is a share of 0 % with an interval; the page says nobody named it."""
    study = opened(tmp_path, monkeypatch, [*THREE[:2], ("Euskadi", {"training"})])
    table = sl.interests(study).set_index(["area", "domain"])
    none = table.loc[("Aquitaine", "innovation")]
    assert (none["n"], none["base"], none["share"], none["low"]) == (0, 1, 0.0, 0.0)
    assert none["high"] > 0.5
    assert "Nobody named innovation, good practice of neighbours" in str(
        page(study)["interests-say"]
    )


def test_silence_is_counted_and_in_no_base(tmp_path, monkeypatch):
    """A blank question is a submission without an answer."""
    study = opened(tmp_path, monkeypatch, THREE, asked={"Aquitaine": 4})
    who = sl.who_answered(study).set_index("area")
    assert who.loc["Aquitaine", ["n_asked", "n_received", "n_answered", "n_silent"]].tolist() == [
        4,
        2,
        1,
        1,
    ]
    assert who.loc["Aquitaine", "share"] == 0.25
    assert pd.isna(who.loc["Euskadi", "n_asked"])
    assert "1 submission left the question blank and is left out of the percentages." in str(
        page(study)["who-say"]
    )


def test_where_all_were_asked_the_finite_interval_is_shown(tmp_path, monkeypatch):
    """All five of five answered: the share of those asked has no error."""
    study = opened(tmp_path, monkeypatch, PUBLISHED, asked={"Aquitaine": 5, "Euskadi": 30})
    table = sl.interests(study).set_index(["area", "domain"])
    assert table.loc[("Aquitaine", "innovation"), ["low_finite", "high_finite"]].tolist() == [
        0.6,
        0.6,
    ]
    euskadi = table.loc[("Euskadi", "innovation")]
    assert euskadi["low_finite"] >= euskadi["low_exact"]
    assert "95%, of all asked" in page(study)["interests-table"].columns.values()


def test_mentions_are_another_base(tmp_path, monkeypatch):
    """Shares of mentions add up to one; several mentions of one person carry no interval."""
    people = [("Aquitaine", {"training", "innovation"}), ("Aquitaine", {"training"})]
    study = opened(tmp_path, monkeypatch, people, territories=("Aquitaine",))
    table = sl.survey.interests(study, base="mentions")
    assert table["share"].sum() == pytest.approx(1)
    assert table["base"].unique().tolist() == [3]
    assert table[["low", "high", "low_exact", "high_exact"]].isna().all(axis=None)


def test_single_mentions_keep_their_interval(tmp_path, monkeypatch):
    """One mention each: respondents and mentions are the same."""
    study = opened(tmp_path, monkeypatch, PUBLISHED)
    by_mention = survey.interests(study, base="mentions")
    assert by_mention["low"].equals(sl.interests(study)["low"])


def test_free_text_is_shown_escaped(tmp_path, monkeypatch):
    """A respondent's script is text on the page, and no markup."""
    study = opened(tmp_path, monkeypatch, THREE, extra='comments = ["note"]')
    texts = pd.DataFrame(
        {"respondent_id": ["R1"], "column": ["note"], "text": ["<script>x()</script>"]}
    )
    shown = sl.show.free_texts(study, texts)._repr_html_().replace("<wbr>", "")
    assert "&lt;script&gt;x()&lt;/script&gt;" in shown
    assert "<script>" not in shown


def test_a_third_territory_changes_nothing_for_the_first_two(tmp_path, monkeypatch):
    """Shares, tests and Holm's p of a pair are its own."""
    (tmp_path / "two").mkdir()
    (tmp_path / "three").mkdir()
    two = opened(tmp_path / "two", monkeypatch, PUBLISHED)
    before = [sl.interests(two), sl.differences(two), sl.profile_differences(two)]
    three = opened(
        tmp_path / "three", monkeypatch, [*PUBLISHED, ("Navarra", {"training"})], territories=SIDES
    )
    after = [sl.interests(three), sl.differences(three), sl.profile_differences(three)]
    for old, new in zip(before, after, strict=True):
        pd.testing.assert_frame_equal(old, new.head(len(old)), check_dtype=False)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8)
@given(order=st.permutations(range(6)), sides=st.permutations(TWO))
def test_the_order_of_people_and_territories_changes_no_figure(tmp_path_factory, order, sides):
    """The same answers in another order give the same shares, ranks and p-values."""
    people = [("Aquitaine", {"training", "innovation"}), ("Aquitaine", {"training"}),
              ("Aquitaine", {"other"}), ("Euskadi", {"innovation"}), ("Euskadi", set()),
              ("Euskadi", {"innovation", "good_practice"})]  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        plain = opened(tmp_path_factory.mktemp("plain"), patch, people)
        shares = sl.interests(plain).set_index(["area", "domain"]).sort_index()
        themes, p = sl.joint_themes(plain), sl.profile_differences(plain)["p"][0]
        spread = survey_themes.diversity(plain).set_index("area").sort_index()
        moved = opened(
            tmp_path_factory.mktemp("moved"),
            patch,
            [people[i] for i in order],
            territories=tuple(sides),
        )
        pd.testing.assert_frame_equal(
            sl.interests(moved).set_index(["area", "domain"]).sort_index(), shares
        )
        pd.testing.assert_frame_equal(sl.joint_themes(moved), themes)
        pd.testing.assert_frame_equal(
            survey_themes.diversity(moved).set_index("area").sort_index(), spread
        )
        assert sl.profile_differences(moved)["p"][0] == p


def test_profiles_are_compared_exactly_or_by_permutation(tmp_path, monkeypatch):
    """One answer each and few: exact, the published p of 0.757; several answers: permutation."""
    (tmp_path / "one").mkdir()
    (tmp_path / "many").mkdir()
    one = sl.profile_differences(opened(tmp_path / "one", monkeypatch, PUBLISHED)).iloc[0]
    assert one["method"] == "exact"
    assert one["p"] == pytest.approx(0.7573529411764697, abs=1e-9)
    many = sl.profile_differences(opened(tmp_path / "many", monkeypatch, MANY)).iloc[0]
    assert many["method"] == "permutation"
    assert 0 < many["p"] <= 1


def test_two_thousand_single_answers_go_by_permutation(tmp_path, monkeypatch):
    """Too many tables to count: respondents are dealt instead."""
    people = [(TWO[n % 2], {DOMAINS[n % 5]}) for n in range(2000)]
    row = sl.profile_differences(opened(tmp_path, monkeypatch, people)).iloc[0]
    assert row["method"] == "permutation"


def test_a_side_without_answers_has_no_profile(tmp_path, monkeypatch):
    """Nothing is compared, and nothing is invented."""
    row = sl.profile_differences(opened(tmp_path, monkeypatch, [("Aquitaine", {"training"})])).iloc[
        0
    ]
    assert row["method"] is None or pd.isna(row["method"])
    assert np.isnan(row["p"])


def test_themes_rank_by_the_side_that_wants_them_least(tmp_path, monkeypatch):
    """Innovation 60 % and 31 %: the smaller counts; training is named on one side only."""
    themes = sl.joint_themes(opened(tmp_path, monkeypatch, PUBLISHED)).set_index("domain")
    assert themes["rank"].to_dict() == {
        "innovation": 1, "good_practice": 2, "internationalisation": 2, "training": 4,
    }  # fmt: skip
    assert themes.loc["innovation", "smallest"] == pytest.approx(4 / 13)
    assert themes.loc["training", "n_areas"] == 1
    assert (themes["rank_low"] <= themes["rank"]).all()
    assert (themes["rank"] <= themes["rank_high"]).all()


def test_a_firm_first_place_is_called_firm(tmp_path, monkeypatch):
    """A thousand answers for one domain leave no doubt; without a shared domain there is none."""
    (tmp_path / "firm").mkdir()
    (tmp_path / "apart").mkdir()
    firm = opened(tmp_path / "firm", monkeypatch, [(side, {"training"}) for side in TWO * 500])
    assert "Its first place is firm." in str(page(firm)["themes-say"])
    apart = opened(
        tmp_path / "apart", monkeypatch, [("Aquitaine", {"training"}), ("Euskadi", {"innovation"})]
    )
    assert str(page(apart)["themes-say"]) == "No domain is named in every territory."


def test_published_figures_stand_apart_from_the_answers(tmp_path, monkeypatch):
    """The printed shares alone give the sizes; common sizes are said only where there are none."""
    claims = [{"value": 0.6}, {"value": 0.2, "domain": "good_practice"}]
    claims += [
        {"value": v, "domain": d, "territory": "Euskadi"}
        for v, d in zip([0.31, 0.23, 0.15, 0.15], DOMAINS, strict=False)
    ]
    study = opened(tmp_path, monkeypatch, THREE, claims=claims)
    said = str(page(study)["published-say"])
    assert (
        "Aquitaine: 5, 10, 15, 20, 25, 30, 35, 40 and 4 more; Euskadi: 13, 26, 39, 48 and 52."
        in said
    )
    assert "None of these numbers fits all territories" in said
    assert "Aquitaine 1 of 5 (20.0%) and Euskadi 2 of 13 (15.4%)" in said
    assert "would be shown are 25 in Aquitaine and 26 in Euskadi." in said
    assert "combinations" not in said  # nothing is known of how many were asked
    assert survey_published.shared_sizes(sl.published_sizes(study, 65)) == [65]


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        (((0.5, "Aquitaine"), (0.5, "Euskadi")), "it could not have been shown"),
        (((0.31, "Aquitaine"), (0.99, "Aquitaine")), "No number of respondents looked at"),
    ],
)
def test_what_other_published_figures_allow(tmp_path, monkeypatch, shares, said):
    """Equal shares never differ; shares no number up to 60 fits are called so."""
    domains = ["innovation", "training"] if said.startswith("No") else ["innovation"] * 2
    claims = [
        {"value": value, "territory": side, "domain": domain}
        for (value, side), domain in zip(shares, domains, strict=True)
    ]
    study = opened(tmp_path, monkeypatch, THREE, claims=claims)
    assert said in str(page(study)["published-say"])


def test_runs_of_sizes_are_written_short():
    """Three numbers in a row and more are from-to."""
    from studylib.show.common import p_value
    from studylib.show.survey.ledger import runs

    assert runs([5, 10, 11, 12, 14, 15]) == "5, 10–12, 14, 15"
    assert [p_value(p) for p in (0.0004, 0.001, 0.0526, 0.1, float("nan"))] == [
        "<\u00a00.001", "0.001", "0.053", "0.10", "–",
    ]  # fmt: skip
    # What is below 0.05, and shown, is not printed as 0.050 beside that word.
    assert [p_value(p) for p in (0.0494, 0.0496, 0.04999, 0.05)] == [
        "0.049", "0.0496", "<\u00a00.05", "0.050",
    ]  # fmt: skip


def test_a_study_without_a_survey_says_so(tmp_path, monkeypatch):
    """Asking for its answers is a mistake in words."""
    study = opened(tmp_path, monkeypatch, THREE)
    without = study.definition.model_copy(update={"survey": None})
    with pytest.raises(UsageError, match=r"Add a block \[survey\]"):
        survey.book_of(type(study)(without, study.folder, "en", 2000, 2012, study.rule))


def test_a_codebook_of_other_territories_is_refused(tmp_path, monkeypatch):
    """Answers of a side the study does not have cannot be placed."""
    study = opened(tmp_path, monkeypatch, THREE).definition
    (tmp_path / "codebook.toml").write_text(book(SIDES), "utf-8")
    with pytest.raises(DataError, match="territories the study does not have: 'Navarra'"):
        survey_prepare.read(study)


def test_every_text_of_the_page_is_french_in_french(tmp_path, monkeypatch):
    """No English sentence is left where the catalogue has a French one."""
    study = opened(tmp_path, monkeypatch, PUBLISHED, claims=[{"value": 0.6}], language="fr")
    whole = text(page(study))
    assert "Aucun écart établi entre les territoires" in whole
    assert "respondents" not in whole


def test_one_territory_has_a_diversity_and_nothing_to_hold_it_against(tmp_path, monkeypatch):
    """3 and 2 of 5: 12 of 20 ordered pairs differ; no others, no p."""
    people = [("Aquitaine", {"training"})] * 3 + [("Aquitaine", {"innovation"})] * 2
    row = survey_themes.diversity(opened(tmp_path, monkeypatch, people)).iloc[0]
    assert row["diversity"] == pytest.approx(0.6)
    assert row[["others", "p"]].isna().all()


def test_where_one_number_fits_all_territories_nothing_is_said_of_it(tmp_path, monkeypatch):
    """50 % on both sides: 2 fits."""
    halves = [{"value": 0.5}, {"value": 0.5, "territory": "Euskadi"}]
    same = page(opened(tmp_path, monkeypatch, THREE, claims=halves))["published-say"]
    assert "fits all territories" not in str(same)


def test_a_printed_difference_is_bounded_by_what_is_known(tmp_path, monkeypatch):
    """13 asked a side: 60 % is 3 of 5 or 6 of 10, 31 % is 4 of 13; neither shows a difference."""
    claims = [
        {"value": 0.6}, {"value": 0.2, "domain": "good_practice"},
        *({"value": v, "domain": d, "territory": "Euskadi"}
          for v, d in zip([0.31, 0.23, 0.15, 0.15], DOMAINS, strict=False)),
    ]  # fmt: skip
    asked = {"Aquitaine": 13, "Euskadi": 13}
    study = opened(tmp_path, monkeypatch, THREE, claims=claims, asked=asked)
    said = str(page(study)["published-say"])
    assert (
        "With no more respondents than organisations known (Aquitaine 13 asked and Euskadi 13 "
        "asked), it is shown in none of the 2 combinations that fit."
    ) in said
    assert "would be shown are 25 in Aquitaine and 26 in Euskadi." in said


def test_a_bound_says_what_it_counts(tmp_path, monkeypatch):
    """Organisations that were asked, else those of the list: of either it is said."""
    study = opened(tmp_path, monkeypatch, THREE, asked={"Aquitaine": 13})
    assert said_published._most_of(study, "Aquitaine", 13) == "Aquitaine 13 asked"
    assert said_published._most_of(study, "Euskadi", 7) == "Euskadi 7 on the list"


def test_readings_that_differ_stand_apart(tmp_path, monkeypatch):
    """60 % and 60 % fit several answers each, and no single one."""
    claims = [{"value": 0.6}, {"value": 0.6, "domain": "training"}]
    study = opened(tmp_path, monkeypatch, THREE, claims=claims)
    shown = sl.show.published_sizes(study, sl.published_sizes(study))
    assert {"multiple", "single", "single_smallest"} <= set(shown.columns)


def test_shares_that_add_up_to_more_than_all_leave_no_rest(tmp_path, monkeypatch):
    """60 % and 60 % cannot be one answer each: the page says nothing of answers not printed."""
    claims = [{"value": 0.6}, {"value": 0.6, "domain": "training"}]
    said = str(page(opened(tmp_path, monkeypatch, THREE, claims=claims))["published-say"])
    assert "Aquitaine: 5, 10," in said
    assert "not printed" not in said


def test_a_study_without_survey_and_claims_is_prepared(tmp_path, monkeypatch):
    """Patents alone are a study: no tables of answers, an empty table of claims."""
    study = opened(tmp_path, monkeypatch, THREE, claims=[{"value": 0.6}])
    bare = study.definition.model_copy(update={"survey": None, "claims": None})
    (tmp_path / "bare").mkdir()
    survey_prepare.write(bare, tmp_path / "bare")
    assert [path.name for path in (tmp_path / "bare").iterdir()] == ["claims.parquet"]
    files = study.table("sources")
    assert survey_prepare.with_sources(files, bare).equals(files)
    assert set(files["role"]) == {"patents", "survey", "claims"}


def test_answers_of_ones_own_read_with_the_codebook_of_the_demonstration_are_real(tmp_path):
    """A codebook says what columns mean: whether answers were made up is the export's word."""
    (tmp_path / "answers.csv").write_text("id\n1\n", encoding="utf-8")
    raw = ROOT / "data" / "raw"
    said = {
        "path": str(tmp_path / "answers.csv"),
        "codebook": str(raw / "demo/survey/codebook.toml"),
    }
    study = load(ROOT / "study.toml").model_copy(update={"claims": None})
    own = study.model_copy(update={"survey": study.survey.model_validate(said)})
    files = survey_prepare.with_sources(pd.DataFrame(), own).set_index("file")
    assert files.index.tolist() == ["answers.csv", "codebook.toml"]  # not the answers beside it
    assert files["is_synthetic"].to_dict() == {"answers.csv": False, "codebook.toml": False}
    assert files.loc["codebook.toml", "title_en"] == "What the columns of the answers mean"
    assert set(files["caption_en"]) == {"Source: the study's own file answers.csv (survey)"}
    demo = survey_prepare.with_sources(pd.DataFrame(), study).set_index("file")
    assert demo["is_synthetic"].to_dict() == {"answers.csv": True, "codebook.toml": True}


def test_a_count_of_made_up_patents_says_so_beside_a_published_one(tmp_path, monkeypatch):
    """That made-up records are as many as a text prints says nothing of the text."""
    study = opened(tmp_path, monkeypatch, THREE)
    row = {"why": "count_unsaid", "kind": "count", "n": 484, "base": None, "domain": None,
           "share": None, "value": 484, "digits": 0, "low": None, "high": None, "others": None,
           "p": None, "against": None}  # fmt: skip
    assert verdict_reasons.why(study, row).startswith("The data hold 484 in the territories")
    monkeypatch.setattr(
        verdict_reasons, "marked", lambda _study, text, *_roles: f"{text} (made up)"
    )
    assert verdict_reasons.why(study, row).startswith("The data hold 484 (made up) in the ")
