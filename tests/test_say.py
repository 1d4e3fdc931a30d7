"""Sentences of the first two pages: computed, true of every study, in the reader's language."""

import re
from types import SimpleNamespace

import pandas as pd
import pytest
from pages_of import APART, RECORDS, SCENARIOS, USUAL, record, said
from small_studies import BLOCKS, COUNTING, PERIOD, SOURCES, SPAIN, dataset, raw

import studylib as sl
from studylib.report.prose import HEADLINE, prose
from studylib.say import data_limits, kets, patents, technologies


def sentences(tmp_path, records=RECORDS, blocks=(), **choices):
    return said(dataset(tmp_path, raw(*records), blocks=blocks, **choices))


@pytest.mark.parametrize("language", ["en", "es", "eu", "fr"])
@pytest.mark.parametrize("name", SCENARIOS)
def test_every_sentence_stands_for_every_study(tmp_path, name, language):
    """No sentence fails, shows a missing value or an unfilled name, whatever the data."""
    records, blocks, choices = SCENARIOS[name]
    for what, text in sentences(tmp_path, records, blocks, language=language, **choices).items():
        assert not re.search(r"\bnan\b|None|<NA>|[{}]", text), what


def test_an_empty_export_is_said(tmp_path):
    """A header without rows is a study: no patent, no year, no finding."""
    text = sentences(tmp_path, ())
    assert text["data.headline"].startswith("0 records came in. 0 applications of 2000–2004 lie in")
    assert text["headline"] == (
        "No patent of the data lies in the territories and the period of this study."
    )
    assert text["truncation"] == "There is no application in the period."
    assert text["data.blind_spots"].startswith("Inventions kept secret")
    assert "%" not in "".join(text.values())


def test_what_cannot_be_located_is_said_with_what_can(tmp_path):
    """A study without any patent says why at its top; where something is located, nothing."""
    text = sentences(tmp_path, *SCENARIOS["nowhere"][:2], located_by="inventor")
    assert text["data.headline"].split("\n\n")[1] == (
        "No application can be located: the exports do not contain the inventor's address, by "
        "which this study locates. They contain: applicant's address, country of the priority "
        "claim and office of filing."
    )
    nameless = [{"application_number": "1234567", "filing_date": "2001-03-01"}]
    text = sentences(tmp_path / "2", nameless, located_by="inventor")
    assert text["data.headline"].split("\n\n")[1].endswith("by which this study locates.")
    text = sentences(tmp_path / "3", *SCENARIOS["no region"][:2])
    assert text["data.headline"].split("\n\n")[1] == (
        "The exports contain countries and no regions, so nothing can lie in Alsace, which the "
        "study tells by regions."
    )
    assert "\n\n" not in sentences(tmp_path / "4")["data.headline"]


def test_the_headline_counts_and_names_the_leaders(tmp_path):
    """How many, in which territories; all KETs that share the first place."""
    shared, leaders, counted = sentences(tmp_path)["headline"].split("\n\n")
    said, _colon, source = counted.partition(" Source: ")
    assert said == "The study rests on 5 families of 2000–2004: Spain 3 and France 2."
    assert " · KET scheme after Van de Velde et al. (2012)" in source
    share = "1 of 2 (50.0%, 95% interval 9.5–90.5%)"
    spain = "micro- and nanoelectronics, nanotechnology and advanced materials"
    assert shared == "No key enabling technology is carried by patents of every territory."
    assert leaders == (
        "No difference between the territories could have been shown in any key enabling "
        "technology: the patents are too few. "
        f"Most frequent key enabling technology: in Spain, {spain}, each {share}; "
        f"in France, photonics, {share}. "
        "No difference between the territories could have been shown in any of the 5 sectors and "
        "35 fields of technology: the patents are too few."
    )  # which sector leads is not said of two patents


def test_a_difference_that_is_shown_is_named_with_its_size(tmp_path):
    """Which side is the larger and by how many points; for the other KETs none is shown."""
    text = sentences(tmp_path, APART)
    assert (
        "Sector of technology with most patents: in Spain, instruments; in France, chemistry. Of 5 "
        "sectors, a difference between the territories is shown in instruments (Spain 20 of 20, "
        "100.0%; France 0 of 20, 0.0%); chemistry (Spain 0 of 20, 0.0%; France 20 of 20, 100.0%). "
        "Of 35 fields, a difference is shown in optics (Spain 20 of 20, 100.0%; France 0 of 20, "
        "0.0%); food chemistry (Spain 0 of 20, 0.0%; France 20 of 20, 100.0%). Patents of both "
        "territories compared are left out of these tests."
    ) in text["headline"]
    assert (
        "Difference between the territories in 6 key enabling technologies (2000–2004, classified "
        "patents of one territory alone: Spain 20 and France 20): shown in 1 (photonics) and could "
        "not have been shown in 5 (too few patents). Most frequent key enabling technology: in "
        "Spain, photonics, 20 of 20 (100.0%, "
        "95% interval 83.9–100.0%); in France, none (0 of 20)."
    ) in text["headline"]
    assert (
        "In 36 of 40 comparisons the numbers are so small that even with all of it on the side "
        "that has more, a difference would be missed in more than one of five such studies."
    ) in text["headline"]
    assert text["kets"].startswith(
        "A difference is shown for: photonics (more in Spain than in France, by 100 percentage "
        "points) (Fisher's exact test, held against all tests together after Holm, below 0.05). "
        "For every other KET none is shown.\n\nToo few patents carry "
    )


SHARED = record(
    1, ["G02B 6/00"], "ES", application_number="EP03300001",
    priorities=[("P4", "ES", "2000-01-01")], inventors=[("Ana", "ES"), ("Luc", "FR")],
)  # fmt: skip


def test_what_was_tested_can_be_tested_again_from_the_page(tmp_path):
    """A family of both sides is in neither base, and the bases tested stand in text and table."""
    study = dataset(tmp_path, raw(*APART, SHARED), blocks=USUAL, located_by="inventor")
    assert "instruments (Spain 20 of 20, 100.0%; France 0 of 20, 0.0%)" in said(study)["headline"]
    shown = sl.show.differences(study, sl.sector_differences(study)).shown()
    heads = [head for _side, head in shown["head"]]
    rows = {row[0][1]: dict(zip(heads, (text for _s, text in row), strict=True))
            for row in shown["rows"]}  # fmt: skip
    instruments = rows["Instruments"]
    assert (instruments["Spain, of 20"], instruments["France, of 20"]) == ("20", "0")
    assert instruments["Difference, in points"].startswith("100.0")


def test_bases_of_three_territories_stand_in_each_row(tmp_path):
    """Each pair leaves out what its own two territories share."""
    records, blocks, choices = SCENARIOS["three territories"]
    study = dataset(tmp_path, raw(*records), blocks=blocks, **choices)
    shown = sl.show.differences(study, sl.sector_differences(study)).shown()
    heads = [head for _side, head in shown["head"]]
    assert heads[1:4] == ["Territories", "First", "Second"]
    assert {row[2][1] for row in shown["rows"]} <= {"0 of 2", "1 of 2", "2 of 2"}


def test_where_no_difference_could_have_been_shown_only_that_is_said(tmp_path):
    """That none is shown, with a smallest p of 1, would read as a finding of two patents each."""
    first, second = sentences(tmp_path)["kets"].split("\n\n")
    assert first == (
        "No difference between the territories could have been shown in any key enabling "
        "technology: the patents are too few."
    )
    assert second.startswith("Fewer than 30 classified patents in Spain and France: ")


def test_a_headline_on_a_few_patents_is_no_finding(tmp_path):
    """Of two patents a side nothing is found; of twenty each it is."""
    assert not patents.headline(dataset(tmp_path / "few", raw(*RECORDS))).is_finding
    assert patents.headline(dataset(tmp_path / "many", raw(*APART))).is_finding


def test_numbers_that_are_one_are_not_told_as_a_range(tmp_path):
    """A share that is the same in every way of counting; families that carry one KET each."""
    text = sentences(tmp_path, [record(n, ["G02B 6/00"], "ES") for n in range(3)])
    assert "share with any KET is 100.0% in each of 6 ways of counting." in text["robustness"]
    assert text["overlap"] == "3 families of the territories carry a KET each, none more than one."


def test_why_records_are_compared_with_nothing(tmp_path):
    """No reference, of one side and of two, or one of which nothing lies outside."""
    said, alone = sl.say.diversification, (PERIOD, COUNTING, SPAIN, SOURCES)
    told = []
    for n, blocks in enumerate((alone, BLOCKS, USUAL)):
        study = dataset(tmp_path / str(n), raw(*RECORDS), blocks=blocks)
        told.append(str(said.records(study, pd.DataFrame())))
        if n < 2:
            assert str(said.sections(study, pd.DataFrame())) == ""  # said once
    assert told[0] == (
        "The study names no reference outside its territory, so specialisation is not told."
    )
    assert told[1].endswith("The page on patents compares the sides with each other.")
    assert told[2] == "No classified patent of Both lies outside the territories."


def test_unclassified_is_never_no_ket(tmp_path):
    """Without IPC nothing is known; with IPC and no rule that fits, there is no KET."""
    without = [{**r, "ipc": []} for r in RECORDS]
    text = sentences(tmp_path, without)
    assert "in Spain, not known: nothing is classified" in text["headline"]
    assert "no KET" not in text["headline"]
    assert text["overlap"] == "No application has an IPC symbol."
    none = sentences(tmp_path, [{**r, "ipc": ["A21D"]} for r in RECORDS])
    assert "in Spain, none (0 of 3); in France, none (0 of 2)" in none["headline"]
    assert none["overlap"] == "No patent of the territories carries a KET."


def test_a_weighted_count_is_not_rounded_to_a_wrong_sum(tmp_path):
    """Half a family of one: 0.5 of 0.5, not "0 of 0" nor "1 of 1"."""
    half = record(0, ["B82Y 30/00"], "ES", priorities=[("P1", "ES", None), ("FR2", "FR", None)])
    assert "0.5 of 0.5 (100.0%" in sentences(tmp_path, [half], weights="fractional")["headline"]


@pytest.mark.parametrize(
    ("published", "text"),
    [
        ("2004-01-01", "The newest date in the data is 2004, so 2003–2004 may be incomplete"),
        ("2005-01-01", "The newest date in the data is 2005, so 2004 may be incomplete"),
        ("2006-01-01", "The newest date in the data is 2006, so every year of the window is publi"),
    ],
)
def test_the_last_years_are_incomplete_until_two_years_later(tmp_path, published, text):
    """Publication takes 18 months: two years, as data know years."""
    records = [record(0, ["A21D"], "ES", publication_date=published)]
    assert text in sentences(tmp_path, records)["truncation"]


def test_a_window_on_publication_is_complete(tmp_path):
    """What is published is published: no year of the window is cut."""
    _, blocks, _ = SCENARIOS["publication"]
    text = sentences(tmp_path, RECORDS, blocks)["truncation"]
    assert "every year of the window is published in full" in text


def test_what_the_exports_lack_is_said(tmp_path):
    """Fields nobody filled, fields filled in part, and what follows from it."""
    text = sentences(tmp_path)
    assert text["data.completeness"] == (
        "The exports do not contain: region (NUTS) of a party and family as exported.\n\n"
        "Known in part: IPC symbol (80.0%)."
    )
    assert "The exports contain no patent families" in text["data.blind_spots"]
    assert "territories are told by the country of the priority claim" in text["data.blind_spots"]
    office = sentences(tmp_path, located_by="office")["data.blind_spots"]
    assert office.startswith("The exports contain the office of filing only")
    known = [{**r, "family_id": str(n)} for n, r in enumerate(RECORDS)]
    assert "no patent families" not in sentences(tmp_path, known)["data.blind_spots"]


def test_years_without_days_are_said(tmp_path):
    """Where no day of filing and no year of it is known, years come from elsewhere."""
    dated = [{**r, "filing_date": None} for r in RECORDS]
    blocks = ('[period]\nfirst_year = 2000\nlast_year = 2004\ndate = "priority"\n', *USUAL[1:])
    text = sentences(tmp_path, dated, blocks)["data.blind_spots"]
    assert "No day of filing is known; years come from priority claims or publications." in text


def test_rejects_and_families_are_counted_in_words(tmp_path):
    """One and many; families that join applications."""
    one = [record(0, ["banana"], "ES")]
    assert sentences(tmp_path, one)["data.rejects"].startswith("1 single value of the records ")
    same = [("P200001234", "ES", "2000-01-01")]
    two = [record(n, ["?", "!"], "ES", priorities=same) for n in (0, 1)]
    text = sentences(tmp_path, two)
    assert text["data.rejects"].startswith("4 single values of the records ")
    assert text["data.families"] == "1 family of the data joins more than one application."


def test_coarse_classification_is_counted(tmp_path):
    """Applications whose deepest symbol is above the subgroup."""
    assert sentences(tmp_path)["data.ipc_depth"].startswith(
        "1 of 4 classified applications (25.0%) has no subgroup"
    )


def test_a_checked_scheme_says_so(tmp_path, monkeypatch):
    """The flag of the scheme decides the sentence, nothing else."""
    from dataclasses import replace

    study = dataset(tmp_path, raw(*RECORDS))
    assert "has not been checked against its printed source" in str(kets.scheme(study))
    monkeypatch.setitem(study.__dict__, "scheme", replace(study.scheme, verified=True))
    assert "has been checked against its printed source." in str(kets.scheme(study))


def test_the_part_of_the_published_total_is_a_share(tmp_path, monkeypatch):
    """The last row is all territories together."""
    totals = pd.DataFrame(
        {"area": ["Spain", ""], "published": [30.0, 40.0], "n": [3, 5], "share": [0.1, 0.125]}
    )
    study = dataset(tmp_path, raw(*RECORDS))
    text = str(patents.published_context(study, totals))
    assert text.startswith(
        "This study has 5 applications to the European Patent Office, 12.5% of the 40.0 that"
    )
    monkeypatch.setattr(patents, "marked", lambda _study, text, *_roles: f"{text} (made up)")
    monkeypatch.setattr(patents, "is_made_up", lambda _study, *_roles: True)
    made_up = str(patents.published_context(study, totals))
    assert "has 5 applications (made up) to" in made_up
    assert "Made-up records are no part of these" in made_up
    assert "a part, and not drawn at random" not in made_up


def test_a_headline_travels_to_the_list_of_pages(tmp_path):
    """The first paragraph, as plain text; other prose carries none."""
    bundle = patents.headline(dataset(tmp_path, raw(*RECORDS)))._repr_mimebundle_()
    assert bundle[HEADLINE]["text"].startswith("No key enabling technology is carried")
    assert HEADLINE not in prose("x", None, "")._repr_mimebundle_()
    assert prose("x", None, "").paragraphs == ("x",)


def test_say_has_one_module_for_each_page():
    """They are loaded when they are asked for; anything else is an error."""
    assert sl.say.data.__name__ == "studylib.say.data"
    with pytest.raises(AttributeError, match="nothing"):
        sl.say.nothing  # noqa: B018


def test_a_field_known_nearly_always_is_not_said_to_be_known_always():
    """0.04 % is not rounded to none, 99.96 % not to all."""
    assert [data_limits._part(share) for share in (0.0004, 0.5, 0.9996)] == [
        "less than 0.1%",
        "50.0%",
        "more than 99.9%",
    ]


def test_what_is_folded_is_told_below_its_summary():
    """Nothing is lost: the text of a notebook has it, the page unfolds it; alone it stands too."""
    said = prose("Shown.", folded=("How", ["By a < test.", None]))
    assert str(said) == "Shown.\n\nBy a < test."
    html = said._repr_html_()
    assert html.index("<p>Shown.</p>") < html.index("<summary>How</summary>")
    assert "<p>By a &lt; test.</p>" in html
    assert "<details" not in prose("Shown.")._repr_html_()
    assert "<summary>" in prose(folded=("How", ["x"]))._repr_html_()
    assert prose(folded=("How", [None]))._repr_html_() == ""


def test_a_difference_that_one_table_shows_is_held_over_all_tests_of_the_page(monkeypatch):
    """
    A p of .02 of two fields is shown (.04), and not among nine tests; .001 is shown among nine too.

    Broken once: differences that were not shown by their own table were listed as lost.
    """
    columns = ["p", "p_holm", "verdict"]
    fields = pd.DataFrame([(0.02, 0.04, "shown"), (0.9, 0.9, "not shown")], columns=columns)
    sectors = pd.DataFrame([(0.001, 0.001, "shown")], columns=columns)
    kets = pd.DataFrame([(0.5, 1.0, "not shown")] * 6, columns=columns).assign(ket="photonics")
    monkeypatch.setattr(technologies.differences, "ket_differences", lambda _s: kets)
    study = SimpleNamespace(ket_name=str)
    said = technologies._all_together(
        study, sectors.assign(sector_id=1), fields.assign(field_id=[9, 15])
    )
    assert said is not None
    assert said.startswith("Each table holds its own rows. Held over all 9 comparisons")
    assert said.endswith("this difference would not be shown: optics.")
    nothing = technologies._all_together(
        study, sectors.assign(sector_id=1), fields[1:].assign(field_id=15)
    )
    assert nothing is None
