"""The collaboration page: what readers see, for lists of every size."""

import base64
import html
import io
import json
import re
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT
from small_studies import dataset, raw
from test_copatents import ALONE, BLOCKS, JOINT, MORE, record
from tiny_clusters import listed

import studylib as sl
from studylib import figures, network, tables
from studylib.figures.theme import Look
from studylib.figures.tree import Words
from studylib.files.attached import FILES, PATH
from studylib.network import clusters, metaclusters, theme_rules
from studylib.network.themes import themes
from studylib.report.clean import fragment
from studylib.show.collaboration import doubts, theme_cards

NORTH, SOUTH = "Aquitaine", "Euskadi"
ARE_THEIRS = theme_rules.are_theirs
USUAL = (
    ("laser", NORTH, "photonics", "photonics", None, "seen"),
    ("spa", NORTH, "health;tourism", None, "training", "seen, place recalled"),
    ("planes", NORTH, "aeronautics"),
    ("waves", NORTH, "sport"),
    ("tools", SOUTH, "machine_tools", "photonics", None, "recalled"),
    ("care", SOUTH, "health", None, "training", "my own words"),
    ("cars", SOUTH, "automotive"),
    ("iron", SOUTH, "steel"),
)
KINDS = {
    "usual": USUAL,
    "one side": USUAL[:4],
    "two": (("a", NORTH, "health"), ("b", SOUTH, "health")),
    "nothing in common": (("a", NORTH, "sport"), ("b", SOUTH, "steel")),
    "none": (),
    "many": tuple((f"n{i}", NORTH, "health;ict") for i in range(90))
    + tuple((f"s{i}", SOUTH, ("health", "ict", "agrifood")[i % 3]) for i in range(80)),
}


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """Opens a study of these organisations beside three patents; published themes are its own."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", str(tmp_path / "processed"))
    monkeypatch.setattr(theme_rules, "are_theirs", lambda _study: True)

    def make(rows=USUAL, records=(JOINT, MORE, ALONE), **choices):
        study = dataset(tmp_path, raw(*records, nuts_version="2013"), blocks=BLOCKS, **choices)
        frame = listed(*rows)
        tables.write(frame, "clusters", study.folder)
        tables.write(clusters.attributes(frame), "cluster_attributes", study.folder)
        return study

    return make


def page(study):
    """Every output of the notebook, by the name of its cell."""
    say, groups_say, show = sl.say.collaboration, sl.say.groups, sl.show
    net = sl.cluster_network(study)
    tree, matrix = sl.collaboration_tree(net), sl.sector_matrix(net)
    groups = sl.condensed(net)
    links = sl.potential_edges(groups)
    found = sl.meta_clusters(groups, draws=2, null_draws=2)
    backbone = sl.spanning_tree(groups, tie_orders=2, draws=2)
    ranked = sl.ranked_partners(net, draws=2)
    return {
        "headline": say.headline(study, net),
        "list": show.the_list(study, sl.by_territory(study, net)),
        "list-words": say.the_list(net),
        "organisations": show.organisations(study, net),
        "map-links": show.place_links(study),
        "tree": show.collaboration_tree(study, net, tree),
        "tree-words": say.tree(study, net),
        "themes": show.collaboration_themes(study, net),
        "border": show.border(study, matrix),
        "border-words": say.border(net),
        "observed": show.sector_evidence(study, sl.sector_evidence(study, net)),
        "joint": show.joint_patents(study, sl.joint_patents(study)),
        "joint-words": sl.say.observed.cooperation(study, net),
        "structure": groups_say.structure(net, groups),
        "validation": groups_say.validation(sl.validated(net), net),
        "meta": show.meta_clusters(study, found, links),
        "meta-table": show.meta_cluster_table(study, found),
        "meta-words": groups_say.meta_clusters(found),
        "backbone": show.spanning_tree(study, groups, backbone),
        "backbone-words": groups_say.spanning_tree(backbone),
        "partners": show.partners(study, net, ranked),
        "partners-words": say.partners(ranked, net),
        "files": show.network_files(groups, found, links, tree),
    }


def text_of(output):
    """What is read of an output, without tags and drawings."""
    body = re.sub(r"<picture>.*?</picture>", "", output._repr_html_(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.mark.parametrize("kind", KINDS)
def test_every_list_makes_a_page(opened, kind):
    """One side empty, two organisations, none, many: every cell shows something readable."""
    for name, output in page(opened(KINDS[kind])).items():
        bundle = output._repr_mimebundle_()
        assert "nan" not in text_of(output).lower().split(), name
        assert all(PATH.fullmatch(path) for path in bundle.get(FILES, {})), name


def test_the_page_needs_no_script_and_loses_nothing_to_the_cleaner(opened):
    """Cards are folded, sides and grounds are chosen by buttons; the cleaner lets all through."""
    shown = page(opened())["partners"]._repr_html_()
    clean = fragment(shown)
    assert clean.count("<details") == shown.count("<details") == 8
    assert clean.count('type="radio"') == shown.count('type="radio"') > 4
    assert "<script" not in shown


def test_a_card_says_why_how_sure_and_what_is_missing(opened):
    """For the laser cluster: the theme, patents and KETs of both sides, its rank, what lacks."""
    card = text_of(page(opened())["partners"])
    named = "theme chosen by this project: Photonics × Machine tools: laser processing of materials"
    assert named in card
    assert "both state: Photonics" in card
    assert "patents of Photonics in Aquitaine: 1; of Machine tools in Euskadi: 0" in card
    assert "rank 1, between 1 and " in card
    assert "by chance alone as much in common in" in card
    assert "what they want: answers to a survey carry no name" in card
    assert "both want, as the list says: Training" in card
    assert re.search(r"a public page of [A-Z]", card)
    assert "at least one of them" not in card
    assert "by our rules" not in card


def test_a_card_counts_kets_of_both_sides(opened):
    """Photonics inside health, one family on either side, and patents only where firms patent."""
    rows = (("a", NORTH, "health"), ("b", SOUTH, "health"), ("c", SOUTH, "tourism"))
    card = text_of(page(opened(rows))["partners"])
    assert (
        "among them, with a KET (Aquitaine | Euskadi): "
        "micro- and nanoelectronics 1 | 1 and photonics 1 | 1"
    ) in card
    assert "patents, for services do not patent" in card


def test_a_pair_that_shares_a_ket_alone_names_it(opened):
    """Two sectors nothing joins, one KET both state."""
    rows = (("a", NORTH, "sport", "photonics"), ("b", SOUTH, "steel", "photonics"))
    assert "shared technology: Photonics" in text_of(page(opened(rows))["partners"])


def test_published_themes_are_told_apart_in_a_card(opened):
    """The ground names the published theme; a further one of the pair stands beside it."""
    rows = (("a", NORTH, "health;tourism"), ("b", SOUTH, "ict"), ("c", SOUTH, "health;ict"))
    card = text_of(page(opened(rows))["partners"])
    named = "theme named by the source page: ICT × Tourism"
    assert f"{named} · themes across sectors: Health × ICT" in card
    assert "shared sector: Health · themes across sectors: " in card
    assert "theme named by the source page: ICT × Tourism – | 0 0.50" in card  # of that theme
    assert "all rows: partners.csv" in text_of(page(opened(KINDS["many"]))["partners"])


def test_words_of_the_usual_list(opened):
    """The headline counts, says what is missing, and never finds what is not there."""
    outputs = page(opened())
    assert text_of(outputs["headline"]) == (
        "4 of 8 organisations of the list have at least one possible partner across the border. "
        "Organisations of different sides could meet on 3 themes: 1 within a sector, 2 across "
        "sectors. Of 5 themes named by the source page (BIHARTEAN / ORKESTRA), 1 has organisations "
        "on different sides: Tourism × Health."
    )
    words = text_of(outputs["list-words"])
    assert "A public page was seen for 2 of 8 organisations" in words
    assert "no answer to a survey is attached to a name" in words
    assert "Services do not patent, so no patents are counted for Tourism." in words
    assert "No rule says which patents are those of Steel" in words
    tree = text_of(outputs["tree-words"])
    assert "Machine tools (none in Aquitaine)" in tree
    assert "stand under no theme: The cars, The iron and The waves" in tree
    assert (
        "Sectors without a counterpart across the border: Aeronautics, Automotive, Sport and Steel."
        in text_of(outputs["border-words"])
    )
    assert "No link can be told from chance with this little data" in text_of(outputs["validation"])
    assert "Patents with inventors on different sides: 2 of 3" in text_of(outputs["joint-words"])
    assert "one half for a theme across sectors" in text_of(outputs["structure"])
    assert "4 organisations have no match across the border" in text_of(outputs["partners-words"])
    organisations = text_of(outputs["organisations"])
    assert "public page seen, place recalled" in organisations
    assert "my own words" in organisations
    assert "not stated" in organisations


def test_words_where_there_is_little(opened):
    """An empty side, an empty list, nothing in common, no addresses: each has its sentence."""
    alone = page(opened(KINDS["one side"]))
    assert "The list holds no organisation of Euskadi" in text_of(alone["headline"])
    assert "There is no pair across the border to test." in text_of(alone["validation"])
    assert "No group holds organisations of different sides." in text_of(alone["meta-words"])
    assert "The backbone has no link across the border." in text_of(alone["backbone-words"])
    assert "Nothing speaks for any pair across the border." in text_of(alone["partners-words"])
    assert "The list holds no cluster organisation." in text_of(page(opened(()))["headline"])
    nowhere = page(opened(USUAL, records=(record(1, [("Ane", None, None)]),)))
    assert "The export does not say where applicants" in text_of(nowhere["joint-words"])
    two = page(opened(KINDS["two"]))
    assert "Every sector of the list meets another" in text_of(two["border-words"])


def test_many_organisations_are_put_together(opened):
    """The tree counts them by theme and territory; the groups are named by what they do."""
    outputs = page(opened(KINDS["many"]))
    assert "are put together: 4 groups" in text_of(outputs["structure"])
    svg = outputs["tree"].svg(Look())
    assert len(svg) < 400_000
    labels = [*outputs["meta"].frame["label"]]
    assert "90 organisations: Health and ICT" in labels
    assert outputs["partners"].sections == {}  # no card for each of so many
    alone = text_of(outputs["tree-words"])
    assert "stand under no theme" not in alone


def test_many_without_a_theme_are_not_all_named(opened):
    """More than twelve are counted, and the table has them."""
    rows = (
        *tuple((f"x{i}", NORTH, "sport") for i in range(13)),
        ("b", SOUTH, "steel"),
        ("c", NORTH, "health"),
    )
    outputs = page(opened(rows))
    assert "stand under no theme: see the table of the list" in text_of(outputs["tree-words"])


def test_many_without_a_partner_are_not_all_named(opened):
    """The same for partners."""
    rows = (
        *tuple((f"x{i}", NORTH, "sport") for i in range(13)),
        ("b", SOUTH, "health"),
        ("c", NORTH, "health"),
    )
    assert "see the table of the list" in text_of(page(opened(rows))["partners-words"])


def test_validated_links_are_counted_in_words(opened):
    """Where data allow it, and where none passes although one could."""
    net = sl.cluster_network(opened())
    found = sl.validated(net)
    some = replace(found, edges=found.edges.reindex([0]))
    assert "1 link passes the control" in text_of(sl.say.groups.validation(some, net))
    none = replace(found, is_possible=True)
    assert "No link passes the control" in text_of(sl.say.groups.validation(none, net))
    three = replace(net, territories=("North", "South", "West"))
    assert "two organisations of different territories" in text_of(
        sl.say.groups.validation(some, three)
    )
    assert "first territory" not in text_of(sl.say.groups.validation(some, net))


def test_groups_that_chance_would_not_make_are_said(opened):
    """Only where the search in networks by chance does not reach them."""
    net = sl.cluster_network(opened(KINDS["two"]))
    found = metaclusters.meta_clusters(net, draws=1, null_draws=1)
    found.table["p_search"] = 0.01
    assert "1 of them is denser across the border" in text_of(sl.say.groups.meta_clusters(found))


def test_inventors_are_shown_by_region(opened):
    """Regions by name, people never."""
    shown = text_of(page(opened())["map-links"])
    assert "Gironde" in shown
    assert "Bizkaia" in shown
    assert "Jean" not in shown


def test_the_page_speaks_french(opened):
    """Themes, grounds and cards in the language of the page; names stay as they are."""
    outputs = page(opened(language="fr"))
    assert "4 des 8 clusters de la liste ont au moins un partenaire" in text_of(outputs["headline"])
    assert "thème choisi par ce projet : Photonique × Machine-outil" in text_of(outputs["partners"])
    assert "The spa" in text_of(outputs["organisations"])


WORDS = Words("named", "further", "nobody")


def drawn(rows, look):
    frame = listed(*rows)
    pairs = pd.DataFrame({"sector": [], "other_sector": [], "is_theme": []})
    net = network.build(frame, clusters.attributes(frame), themes(frame, pairs), [NORTH, SOUTH])
    tree = sl.collaboration_tree(net)
    tree = tree.assign(
        label=tree["name"].fillna(tree["node_id"]), is_published=tree["origin"] == "published"
    )
    return figures.tree(tree, title="t", alt="a", words=WORDS, territories=[NORTH, SOUTH]).svg(look)


@pytest.mark.parametrize("look", [Look(), Look(narrow=True), Look(dark=True)])
def test_the_tree_is_the_same_drawing_every_time(look):
    """Deterministic from the table; at 30 and at 120 leaves; long names wrap."""
    rows = [
        (f"{side}{i}", side, "health;ict;agrifood") for i in range(7) for side in (NORTH, SOUTH)
    ]
    one, again = drawn(rows, look), drawn(rows[::-1], look)
    assert one == again
    assert one.count("<path") > 100


def test_a_third_territory_stands_on_the_right_with_its_own_mark():
    """The first territory left of the trunk, all others right."""
    frame = pd.DataFrame(
        [
            ("r", None, 0, "root", None, False), ("a", "r", 1, "axis", None, False),
            ("t", "a", 2, "theme", None, True), ("x", "t", 3, "X", "W", False),
            ("y", "t", 3, "Y" * 90, "E", False), ("z", "t", 3, "Z", "N", False),
            ("e", "a", 2, "empty", None, False),
        ],
        columns=["node_id", "parent_id", "level", "label", "territory", "is_published"],
    )  # fmt: skip
    picture = figures.tree(frame, title="t", alt="a", words=WORDS, territories=["N", "E", "W"])
    assert picture.svg(Look()) != picture.svg(Look(narrow=True))
    alone = figures.tree(frame.iloc[:4], title="t", alt="a", words=WORDS, territories=["W"])
    assert "<svg" in alone.svg(Look())
    nothing = figures.tree(frame.iloc[:3], title="t", alt="a", words=WORDS, territories=["W"])
    assert nothing.is_empty


def test_a_long_side_of_a_meta_cluster_is_counted(opened):
    """Fourteen names, then how many more; its links stay inside the block."""
    rows = (*tuple((f"n{i:02}", NORTH, "health") for i in range(20)), ("s", SOUTH, "health"))
    study = opened(rows)
    outputs = page(study)
    assert "<svg" in outputs["meta"].svg(Look())
    assert "<svg" in outputs["meta"].svg(Look(narrow=True))


def test_what_a_row_rests_on_is_shown_in_the_language_of_the_page(opened):
    """In French where the list says it in French, else as the list says it."""
    study = opened(language="fr")
    net = sl.cluster_network(study)
    rows = net.organisations
    told = replace(net, organisations=rows.assign(source="a page", source_fr=None))
    told.organisations.loc[0, "source_fr"] = "une page"
    said = sl.show.organisations(study, told).table.frame["source"].tolist()
    assert said == ["une page", *["a page"] * (len(rows) - 1)]
    without = replace(net, organisations=rows.assign(source="a page"))
    assert set(sl.show.organisations(study, without).table.frame["source"]) == {"a page"}


def test_a_list_whose_every_page_was_seen_says_so(opened):
    """Nothing is said to be recalled where nothing is."""
    net = sl.cluster_network(opened())
    seen = replace(net, organisations=net.organisations.assign(evidence="seen"))
    words = str(sl.say.collaboration.the_list(seen))
    assert words.startswith("A public page was seen for every organisation.")
    assert "recalled" not in words


def calls(study):
    """The call list of the page, by organisation and partner."""
    carried = page(study)["partners"]._repr_mimebundle_()[FILES]["tables/partners.xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(carried)))
    head, *rows = ([cell.value for cell in row] for row in book["Data"])
    return {(row[0], row[5]): dict(zip(head, row, strict=True)) for row in rows}


def test_the_call_list_says_whom_to_call_and_what_speaks_against_it(opened):
    """A row per organisation and possible partner: why, what is against it, the first step."""
    listed_calls = calls(opened())
    spa, laser = listed_calls["The spa", "The care"], listed_calls["The laser", "The tools"]
    assert (spa["Territory"], spa["Order"]) == (NORTH, 1)
    assert spa["Why"].startswith("shared sector: Health")
    assert (
        spa["First step"] == "Ask The care which of its members look for partners (sector: Health)."
    )
    assert laser["First step"].startswith("Propose a first meeting on: ")
    assert "choice of this project" in laser["What speaks against it"]


def test_a_theme_is_called_after_its_origin_wherever_it_stands(opened):
    """What follows from the list is no choice of ours: in the pair, its doubts and its own card."""
    rows = (("a", NORTH, "health"), ("b", SOUTH, "ict"), ("c", NORTH, "health;ict"))
    (call,) = [call for key, call in calls(opened(rows)).items() if key == ("The a", "The b")]
    assert call["Why"].startswith("theme that follows from the list: Health × ICT")
    followed = "The theme follows from the list; nobody has named it."
    assert call["What speaks against it"].startswith(followed)
    themes_shown = text_of(page(opened(rows))["themes"])
    assert "Origin Follows from the list" in themes_shown
    assert followed in themes_shown
    assert "choice of this project" not in themes_shown


def test_themes_of_several_origins_are_told_apart():
    """One of ours beside one that follows from the list, by name; a published one: nothing."""
    assert doubts.of_origin({"Energy × Geosciences": "list", "Construction × Energy": "own"}) == [
        "Chosen by this project: Construction × Energy.",
        "Follows from the list: Energy × Geosciences.",
    ]
    assert doubts.of_origin({"ICT × Tourism": "published"}) == []


def test_a_call_says_who_was_recalled_and_read_nowhere(opened):
    """The laser was seen, the tools are recalled; of the spa only the seat has no source."""
    found = calls(opened())
    laser, spa = found["The laser", "The tools"], found["The spa", "The care"]
    recalled = "Named from memory; no public page was seen: The tools."
    assert recalled in laser["What speaks against it"]
    assert "a public page of The tools" in laser["What is missing"]
    assert "memory" not in spa["What speaks against it"]
    assert "a source for the seat of The spa" in spa["What is missing"]
    assert "a public page of" not in spa["What is missing"]


def test_sectors_that_do_not_patent_have_no_number_in_card_and_table(opened):
    """Tourism with ICT: no count of tourism in either; the note says what a dash means."""
    rows = (("a", NORTH, "health;tourism"), ("b", SOUTH, "ict"), ("c", SOUTH, "health;ict"))
    shown = text_of(page(opened(rows))["partners"])
    assert "theme named by the source page: ICT × Tourism – | 0" in shown
    counted = "patents of Tourism in Aquitaine: not counted; of ICT in Euskadi: 0"
    assert counted in shown
    assert "–: not counted, for services do not patent, or no rule knows the sector." in shown


def test_a_pair_joined_by_technology_alone_says_so(opened):
    """Who has only symbols of our rules in common is told that nobody has named a theme."""
    rows = (("waves", NORTH, "sport"), ("ships", SOUTH, "maritime"))
    (call,) = [c for key, c in calls(opened(rows)).items() if key[0] == "The ships"]
    assert call["What speaks against it"].startswith("Only technology joins them")
    assert call["First step"] == (
        "Ask The waves whether its members also work for the sector of The ships: Maritime."
    )


def card(output, place):
    """The card at an address, as a page shows it, and the words it is folded under."""
    soup = BeautifulSoup(fragment(output._repr_html_()), "html.parser")
    found = soup.find(id=place)
    return found.get_text(" ", strip=True), found.parent.summary.get_text(strip=True)


def test_every_organisation_has_a_card_with_an_address(opened):
    """Also one without a partner: what is known, on what it rests, what is missing and of whom."""
    shown = page(opened())["partners"]
    text, summary = card(shown, "card-spa")
    assert summary == "The spa: 1 possible partner"
    assert text.startswith("Territory Aquitaine Sectors Health and Tourism Rests on ")
    assert "public page seen, place recalled" in text
    assert "What is missing its seat, its web page and what it wants" in text
    assert "The care Why: shared sector: Health" in text
    assert (
        "First step: Ask The care which of its members look for partners (sector: Health)." in text
    )
    alone, summary = card(shown, "card-iron")
    assert summary == "The iron: 0 possible partners"
    assert (
        "None is known: nothing on the list joins it to an organisation across the border." in alone
    )
    assert "First step Look for an organisation: Aquitaine, Steel." in alone


def test_a_theme_across_sectors_begins_with_both_sectors_at_the_table(opened):
    """The first names of both sides are of health; a meeting on health and ICT needs ICT too."""
    study = opened(
        (
            ("a_spa", NORTH, "health"),
            ("b_bits", NORTH, "health;ict"),
            ("c_care", SOUTH, "health"),
            ("d_data", SOUTH, "ict"),
        )
    )
    text, summary = card(page(study)["themes"], "card-theme-health-ict")
    assert summary == "Health × ICT"
    assert "Bring The b_bits and The c_care together on: Health × ICT." in text


def test_every_theme_has_a_card_with_an_address(opened):
    """Who names it and why, whom it joins, which side lacks an organisation, whom to bring."""
    study = opened()
    shown = page(study)["themes"]
    theme = sl.cluster_network(study).themes
    key = theme.loc[theme["sector"].eq("health") & theme["other_sector"].isna(), "theme_id"].iloc[0]
    text, summary = card(shown, f"card-theme-{key.replace('_', '-')}")
    assert summary == "Health"
    assert "Aquitaine The spa Euskadi The care" in text
    assert "First step Bring The spa and The care together on: Health." in text
    assert "memory" not in text  # of the spa only the seat is told from memory
    assert "What is missing what each of them wants (to be asked of the organisation)" in text
    tools = theme.loc[theme["sector"].eq("machine_tools"), "theme_id"].iloc[0]
    text, _summary = card(shown, f"card-theme-{tools.replace('_', '-')}")
    assert "First step Look for an organisation: Aquitaine, Machine tools." in text
    assert "Named from memory; no public page was seen: The tools." in text


def test_a_theme_of_three_sides_begins_with_the_two_that_can_meet():
    """A side without an organisation is looked for only where nobody else can meet."""
    assert theme_cards._begin("Health", ["The a", "The b"], ["Navarre"]).startswith("Bring The a")
    assert theme_cards._begin("Health", [], ["Navarre"]) == (
        "Look for an organisation: Navarre, Health."
    )
    assert theme_cards._begin("Health", [], []) == ""


def test_of_equal_pairs_the_one_whose_pages_were_seen_is_called_first(opened):
    """The a comes first by name, and rests on memory; so the b is called and asked to the table."""
    rows = (
        ("a", NORTH, "health", None, None, "recalled, sector seen"),
        ("b", NORTH, "health", None, None, "seen"),
        ("c", SOUTH, "health", None, None, "seen"),
    )
    outputs = page(opened(rows))
    (call,) = outputs["partners"].first_calls
    assert (call["organisation"], call["partner"]) == ("The b", "The c")
    assert "Bring The b and The c together on: Health." in text_of(outputs["themes"])
    assert "only the sector was seen on a public page: The a." in text_of(outputs["themes"])


def test_a_list_that_says_nothing_of_its_sources_is_not_called_recalled(opened):
    """An empty cell of a user's own list is no admission."""
    net = sl.cluster_network(opened())
    silent = replace(net, organisations=net.organisations.assign(evidence=None))
    words = str(sl.say.collaboration.the_list(silent))
    assert words.startswith("The list does not say what its rows rest on, nor whether it is")
    assert "recalled" not in words
    some = net.organisations.assign(evidence=None)
    some.loc[0, "evidence"] = "seen"
    words = str(sl.say.collaboration.the_list(replace(net, organisations=some)))
    assert "seen for 1 of 8 organisations, 0 are recalled" not in words
    assert "for the others the list does not say what they rest on" in words


def test_a_study_of_other_territories_has_no_source_page(opened, monkeypatch):
    """The themes the library ships are examples then, and nobody is said to have named them."""
    study = opened()
    monkeypatch.setattr(theme_rules, "are_theirs", ARE_THEIRS)
    outputs = page(study)
    everything = " ".join(text_of(output) for output in outputs.values())
    named = {n: text_of(o) for n, o in outputs.items()}
    assert [n for n, text in named.items() if "source page" in text] == []
    assert "BIHARTEAN" not in everything
    assert "Chosen by this project" in everything


def test_whom_to_call_stands_first_after_the_answer():
    """Readers come for it: the first section of the page, with its cards."""
    said = json.loads((ROOT / "notebooks/30_collaboration.ipynb").read_text(encoding="utf-8"))
    headed = [c["id"] for c in said["cells"] if "".join(c["source"]).startswith("## ")]
    assert headed[0] == "partners-text"
