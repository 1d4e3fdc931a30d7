"""No headline contradicts a table of its page: random studies, read as a reader reads them."""

import re
from collections import Counter
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pages_of import PORTUGAL, record
from small_studies import COUNTING, FRANCE, PERIOD, SOURCES, SPAIN, dataset, raw
from tiny_clusters import NO_PAIRS, listed
from tiny_survey import DOMAINS, TWO, opened

import studylib as sl
from studylib import network
from studylib.network import clusters
from studylib.network.themes import themes
from studylib.patents import differences
from studylib.show.absent import Absent

IPC = ("G02B 6/00", "A21D", "B82Y 30/00", "H01L 31/042", "C12N 15/09", "B23K 26/00")
MANY = settings(
    max_examples=12,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink a study takes minutes
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
DIRS = iter(range(10**6))


def read(table):
    """The rows of a table as a reader sees them: heading -> text; none of one left out."""
    if isinstance(table, Absent):
        return []
    shown = table.shown()
    heads = [label for _side, label in shown["head"]]
    return [dict(zip(heads, (text for _s, text in row), strict=True)) for row in shown["rows"]]


def is_small(p):
    """Whether a p-value, as written, lies below 0.05."""
    return p.startswith("<") or (p != "–" and float(p) < 0.05)


TERRITORIES = {"ES": SPAIN, "FR": FRANCE, "PT": PORTUGAL}
TESTS = ("ket_differences", "sector_differences", "field_differences")
NAMES = {"ES": "Spain", "FR": "France", "PT": "Portugal"}


def studies(draw):
    """One to three territories with applications, each with its own mix of symbols."""
    countries, records = list(TERRITORIES)[: draw(st.sampled_from((2, 2, 2, 3, 1)))], []
    for side, country in enumerate(countries):
        weights = draw(st.lists(st.integers(0, 12), min_size=len(IPC), max_size=len(IPC)))
        for place, times in enumerate(weights):
            for _i in range(times):
                n = len(records)
                records.append(
                    record(
                        n % 5, [IPC[place]], country,
                        application_number=f"EP{side}22{n:05}",
                        priorities=[(f"P{n:07}", country, "2000-01-01")],
                    )
                )  # fmt: skip
    return countries, records


def verdicts_told(headline):
    """How many comparisons of a KET the headline says have each verdict; None: it says of none."""
    said = re.search(
        r"Difference between (?:the territories|two territories,) in (.*?): (shown in .*?)"
        r"\.(?: |\n)",
        headline,
    )
    if not said:
        return None
    found = {"shown": 0, "not shown": 0, "could not have been shown": 0}
    for verdict, n in re.findall(r"((?:not |could not have been )?shown) in (\d+|none)", said[2]):
        found[verdict] = 0 if n == "none" else int(n)
    return found, said[1]


@given(st.composite(studies)())
@MANY
def test_the_patents_headline_agrees_with_the_tables_of_its_page(tmp_path, drawn):
    """
    Counts of each verdict, what is shown, what leads and what it rests on: as the tables have it.

    Broken once: single p-values below 0.05 told as shown; what could not have been shown counted
    with what was not; the first KET of the scheme told as the most frequent.
    """
    countries, records = drawn
    blocks = (PERIOD, COUNTING, *(TERRITORIES[country] for country in countries), SOURCES)
    study = dataset(tmp_path / str(next(DIRS)), raw(*records), blocks=blocks)
    tests = {name: getattr(differences, name)(study) for name in TESTS}
    with pytest.MonkeyPatch.context() as patch:  # computed once: half of the time of this test
        for name, table in tests.items():
            patch.setattr(differences, name, lambda _study, own=table: own)
        headline = str(sl.say.patents.headline(study))
    if not records:
        assert headline.startswith("No patent of the data lies in the territories")
        return
    agrees_on_kets(study, tests["ket_differences"], headline)
    agrees_on_technologies(study, tests, headline)
    classified = read(sl.show.classified(study, sl.classified(study)))
    for row in classified:
        assert f"{row['Territory']} {row['All']}" in headline.partition("The study rests on")[2]
    counts = read(sl.show.ket_table(study, sl.ket_shares(study)))
    for row in classified:
        own = {one["Key enabling technology"]: int(one[row["Territory"]]) for one in counts}
        best = max(own.values())
        if best:
            assert f"{best} of {row['With IPC']} (" in headline
            assert all(ket.lower() in headline.lower() for ket, n in own.items() if n == best)
    sides = [NAMES[country] for country in countries]
    everywhere = sum(all(row[side] != "0" for side in sides) for row in counts)
    if len(sides) > 1 and all(row["With IPC"] != "0" for row in classified):
        told = re.match(
            r"(?:Patents of every territory carry all |Of \d+ key enabling technologies, )?"
            r"(\d+|No) ",
            headline,
        )
        assert told[1] == (str(everywhere) if everywhere else "No")


def agrees_on_kets(study, tests, headline):
    """Each verdict is told as often as the table has it, and KETs that differ are named."""
    rows = read(sl.show.differences(study, tests))
    shown = [row for row in rows if is_small(row["p-value over all rows (Holm)"])]
    assert shown == [row for row in rows if row["Verdict"] == "shown"]
    counts = Counter(row["Verdict"] for row in rows if row["Verdict"] != "–")
    told = verdicts_told(headline)
    if told is None:
        assert set(counts) <= {"could not have been shown"}
        none = "No difference between the territories could have been shown in any key enabling"
        assert (none in headline) == bool(counts)
        return
    assert told[0] == {verdict: counts[verdict] for verdict in told[0]}
    names = {row["Key enabling technology"].lower() for row in shown}
    assert all(name in headline.lower() for name in names)
    if len(study.territories) == 2:
        scope = re.fullmatch(r"(\d+) .*alone: Spain (\d+) and France (\d+)\)", told[1])
        bases = tests[["base_first", "base_second"]].drop_duplicates().to_numpy().tolist()
        assert [int(n) for n in scope.groups()] == [sum(counts.values()), *bases[0]]
    else:
        assert f"{sum(counts.values())} comparisons" in told[1]


def agrees_on_technologies(study, tests, headline):
    """Sectors and fields that differ, and how often no difference could have been shown."""
    unable = every = 0
    for heading, name, scope in (
        ("Sector of technology", "sector_differences", "5 sectors"),
        ("Technology field", "field_differences", "35 fields"),
    ):
        rows = read(sl.show.differences(study, tests[name]))
        shown = [row[heading] for row in rows if is_small(row["p-value over all rows (Holm)"])]
        assert shown == [row[heading] for row in rows if row["Verdict"] == "shown"]
        said = [
            text for text in headline.split(". ")
            if scope in text and ("difference" in text.lower())
        ]  # fmt: skip
        none = [text for text in said if "No difference" in text or "shown in none" in text]
        assert bool(shown) == bool(len(said) - len(none))
        assert len(shown) > 3 or all(one.lower() in headline.lower() for one in shown)
        unable += sum(row["Verdict"] == "could not have been shown" for row in rows)
        every += sum(row["Verdict"] != "–" for row in rows)
    told = re.search(r"In (\d+) of (\d+) comparisons? the numbers are so small", headline)
    expected = (unable, every) if 0 < unable < every else None
    assert (told and (int(told[1]), int(told[2]))) == expected


ANSWERS = st.lists(
    st.tuples(st.sampled_from(TWO), st.sets(st.sampled_from(DOMAINS), max_size=2)),
    max_size=30,
)


@given(ANSWERS, st.sampled_from(DOMAINS), st.integers(0, 12))
@MANY
def test_the_survey_headline_agrees_with_the_tests_of_its_page(tmp_path, people, apart, n):
    """
    Domains, whole profiles and what every side names: as the tables below have them.

    Broken once: Boschloo's p told without Holm's correction.
    """
    people = [*people, *[(TWO[0], {apart})] * n, *[(TWO[1], {"training"})] * n]
    folder = tmp_path / str(next(DIRS))
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        study = opened(folder, patch, people)
        headline = str(sl.say.survey.headline(study))
        rows = read(sl.show.survey_differences(study, sl.differences(study)))
        ranked = read(sl.show.themes(study, sl.joint_themes(study)))
        profiles = sl.profile_differences(study)["p"]
    shown = [row["Domain"].lower() for row in rows if is_small(row["p, over all domains"])]
    assert shown == [row["Domain"].lower() for row in rows if row["Verdict"] == "shown"]
    if shown:
        said = re.search(r"between the sides is shown in (.*?)\.", headline)[1]
        assert sorted(re.split(", | and ", said)) == sorted(shown)
    else:
        assert "between the sides is shown in" not in headline
    if shown or (profiles < 0.05).any():
        assert "No difference" not in headline
    assert ("the profiles differ" in headline) == bool((profiles < 0.05).any())
    if told := re.search(r"Named in every territory with answers: (.*?)\.", headline):
        everywhere = [row["Domain"].lower() for row in ranked if row["Named in"] == "2"]
        assert sorted(re.split(", | and ", told[1])) == sorted(everywhere)


SECTORS = ("health", "tourism", "ict", "agrifood", "machine_tools", "sport", "steel")
LISTS = st.lists(
    st.tuples(
        st.sampled_from(("North", "South")),
        st.sets(st.sampled_from(SECTORS), min_size=1, max_size=2),
    ),
    max_size=12,
)
STUDY = SimpleNamespace(
    territories=["North", "South"], area_name=str, table=lambda _name: pd.DataFrame(
        {"role": [], "caption_en": [], "is_synthetic": []}
    ),
    definition=SimpleNamespace(claims=True, themes=None, sectors=None),
)  # fmt: skip


@given(LISTS)
@MANY
def test_the_collaboration_headline_agrees_with_its_tables(rows):
    """
    Themes with pairs across the border, by axis; organisations with a possible partner.

    Broken once: themes counted that only one side could take up.
    """
    frame = listed(*((f"o{i}", side, ";".join(sorted(own))) for i, (side, own) in enumerate(rows)))
    found = themes(frame, NO_PAIRS)
    net = network.build(frame, clusters.attributes(frame), found, STUDY.territories)
    headline = str(sl.say.collaboration.headline(STUDY, net))
    if len({side for side, _own in rows}) < 2:
        assert "themes" not in headline
        return
    table = read(sl.show.collaboration_themes(STUDY, net).table)
    met = [row["Axis"] for row in table if row["Pairs across the border"] != "0"]
    within, across = met.count("Within one sector"), met.count("Across sectors")
    assert f"{within} within a sector, {across} across sectors." in headline
    ranked = sl.ranked_partners(net, draws=1)
    n = ranked["cluster_id"].nunique()
    assert headline.startswith(f"{n} of {len(rows)} organisation")
    assert str(sl.say.collaboration.partners(ranked, net)).startswith(
        (f"{n} of {len(rows)} organisation", "Nothing speaks for any pair")
    )


def test_a_theme_meets_only_where_its_two_sectors_face_each_other():
    """Health on one side and ICT on the other meet; two of tourism do not make tourism × health."""
    frame = listed(
        ("a", "North", "health"), ("b", "South", "ict"),
        ("c", "North", "tourism"), ("d", "South", "tourism"),
    )  # fmt: skip
    given_themes = themes(frame, NO_PAIRS)
    net = network.build(frame, clusters.attributes(frame), given_themes, STUDY.territories)
    from studylib.network.theme_sides import theme_sides

    pairs = theme_sides(net).set_index("theme_id")
    assert pairs.loc["ict_tourism", ["n_0", "n_1", "n_pairs"]].tolist() == [1, 2, 1]
    assert pairs.loc["tourism_health", ["n_0", "n_1", "n_pairs"]].tolist() == [2, 1, 1]
    assert pairs.loc["tourism", ["n_0", "n_1", "n_pairs"]].tolist() == [1, 1, 1]
    assert "agrifood_health" in pairs.index
    assert pairs.loc["agrifood_health", ["n_0", "n_1", "n_pairs"]].tolist() == [1, 0, 0]
