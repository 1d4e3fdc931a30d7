"""The list of cluster organisations: replaceable by anybody's, refused where it cannot be read."""

import re
from pathlib import Path

import pandas as pd
import pytest
from small_studies import BLOCKS, study
from tiny_clusters import listed

from studylib.errors import DataError
from studylib.network import clusters, theme_rules, themes
from studylib.project import PROJECT
from studylib.show.collaboration import cards
from studylib.study.model import load

PLACES = {"North": "North", "Nord": "North", "South": "South"}
HEAD = "name,territory,sectors"


def read(tmp_path: Path, *lines: str, name: str = "list.csv"):
    path = tmp_path / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return clusters.read(path, PLACES)


def test_three_columns_are_a_list(tmp_path):
    """Name, territory and sectors are enough; the id is made of the name, the rest is not known."""
    found = read(tmp_path, HEAD, "Óptica & Cía,Nord,Photonics", '"Food, Ltd",South,"ICT; Health"')
    assert found[["cluster_id", "territory", "sectors"]].to_numpy().tolist() == [
        ["food_ltd", "South", "health;ict"],
        ["optica_cia", "North", "photonics"],
    ]
    assert found["name"].tolist() == ["Food, Ltd", "Óptica & Cía"]
    assert found[["kets", "members", "evidence"]].isna().all(axis=None)


def test_optional_columns_are_taken(tmp_path):
    """In any order, under the separator of a French spreadsheet."""
    found = read(
        tmp_path, "Members;KETs;Sectors;Territory;Name;Interests;Nobody asked",
        "1 200;photonics;Machine tools;South;A;innovation;x", ";;energy;North;B;;",
    )  # fmt: skip
    row = found.set_index("cluster_id").loc["a"]
    assert (row["members"], row["kets"], row["sectors"]) == (1200, "photonics", "machine_tools")
    assert row["interests"] == "innovation"
    assert pd.isna(found.set_index("cluster_id").loc["b", "members"])


def test_names_and_seats_may_be_told_in_the_language_of_a_reader(tmp_path):
    """`name_fr` and `place_fr` stay beside the name and the seat as listed."""
    found = read(
        tmp_path, HEAD + ",place,name_fr,place_fr", "A,North,ict,Donostia,À,Saint-Sébastien"
    )
    assert found[["name", "name_fr", "place", "place_fr"]].to_numpy().tolist() == [
        ["A", "À", "Donostia", "Saint-Sébastien"]
    ]


def test_only_columns_of_the_list_stand_once(tmp_path):
    """Two columns without a name, as a spreadsheet leaves them, or two notes are nobody's."""
    found = read(tmp_path, HEAD + ",,,note,Note", "A,North,health,,,x,y")
    assert found["name"].tolist() == ["A"]
    assert "note" not in found


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("x,y", ","), "lacks the columns 'name', 'territory', 'sectors'"),
        (("name,place", "A,B"), "lacks the columns 'territory', 'sectors'"),
        ((HEAD, "A,,health"), "1 row has no `territory`: row 2 ('A, health')"),
        ((HEAD, "", "A,North,health", "B,North,;;"), "1 row has no `sectors`: row 4 ('B, North')"),
        ((HEAD, "A,West,health"), "1 organisation lies in no territory of the study: 'West'"),
        ((HEAD, "A,North,health", "A,South,ict"), "2 organisations share an id or a name"),
        ((HEAD, "A,North,aeronautic"), "is not known; is it 'aeronautics'"),
        ((HEAD + ",kets", "A,North,health,magic"), "`kets` has 'magic'; it can be micro_"),
        ((HEAD + ",interests", "A,North,health,love"), "`interests` has 'love'"),
        ((HEAD + ",members", "A,North,health,1.5"), "`members` is no whole number"),
        ((HEAD, "A,North,health", 'B,South,"ict'), "1 row cannot be read: row 3"),
        ((HEAD + ",members,members", "A,North,ict,1,2"), "1 column more than once: 'members'"),
        ((HEAD + ",source_fr,source_fr", "A,North,ict,,"), "more than once: 'source_fr'"),
    ],
)
def test_what_cannot_be_a_list_says_why(tmp_path, lines, said):
    """Each mistake is named with what stood there and what is known."""
    with pytest.raises(DataError, match=r"list\.csv") as caught:
        read(tmp_path, *lines)
    assert said in str(caught.value)


def test_a_new_sector_is_taken_as_it_is(tmp_path):
    """Only what looks like a slip of the pen is refused; fields of a new sector are not known."""
    found = read(tmp_path, HEAD, "A,North,steel;tourism;health")
    assert found["sectors"].tolist() == ["health;steel;tourism"]


def test_a_list_out_of_a_spreadsheet_is_read(tmp_path):
    """Columns without a name and a column of notes that stands twice are left out."""
    found = read(tmp_path, HEAD + ",notes,notes,,", "A,North,health,x,y,,", "B,South,ict,,,,")
    assert found[["cluster_id", "sectors"]].to_numpy().tolist() == [["a", "health"], ["b", "ict"]]


def test_an_id_is_made_only_where_none_stands(tmp_path):
    """Blank rows between do not shift ids."""
    found = read(tmp_path, f"cluster_id,{HEAD}", ",A,North,ict", ",,,", "own,B,South,ict")
    assert found[["cluster_id", "name"]].to_numpy().tolist() == [["a", "A"], ["own", "B"]]


def test_a_name_in_another_alphabet_keeps_its_letters(tmp_path):
    """An id is never empty."""
    assert read(tmp_path, HEAD, "光子 研究,North,photonics")["cluster_id"].tolist() == ["光子_研究"]


def test_attributes_are_what_is_stated_and_the_symbols_that_follow():
    """A symbol names the sectors it follows from; services have none."""
    found = clusters.attributes(
        listed(
            ("a", "North", "aeronautics;maritime", "photonics", "training"),
            ("b", "South", "tourism"),
        )
    )
    rows = found.astype("object").to_numpy().tolist()
    assert rows == [
        ["a", "interest", "training", "stated"],
        ["a", "ket", "photonics", "stated"],
        ["a", "sector", "aeronautics", "stated"],
        ["a", "sector", "maritime", "stated"],
        ["a", "technology", "B63", "maritime"],
        ["a", "technology", "B64", "aeronautics"],
        ["b", "sector", "tourism", "stated"],
    ]


def test_no_answer_to_the_survey_is_attached_to_a_name():
    """The project's own list states no interest of anybody, and no respondent is on it."""
    found = clusters.of_study(load(PROJECT / "study.toml"))
    assert len(found["clusters"]) == 26
    assert found["clusters"]["interests"].isna().all()
    assert "interest" not in set(found["cluster_attributes"]["kind"])
    assert not found["clusters"]["cluster_id"].str.fullmatch(r"[AE]-\d+").any()
    assert found["clusters"][["source", "evidence"]].notna().all(axis=None)


def test_a_study_without_a_list_has_no_table_of_it(tmp_path):
    """No file, no table, no source."""
    without = study(tmp_path)
    files = pd.DataFrame({"source_id": ["x"], "file": ["y"]})
    assert clusters.of_study(without) == {}
    assert clusters.with_source(files, without) is files


def test_territories_may_be_written_in_any_language_of_the_study(tmp_path):
    """`Espagne` is Spain; the file is among the sources of the study."""
    (tmp_path / "list.csv").write_text(
        f"{HEAD}\nA,Espagne,health\nB,France,ict\n", encoding="utf-8"
    )
    own = study(tmp_path, *BLOCKS, head='id = "tiny"\ntitle = "T"\nclusters = "list.csv"\n')
    assert clusters.of_study(own)["clusters"]["territory"].tolist() == ["Spain", "France"]
    nothing = pd.DataFrame({"source_id": [], "file": [], "role": []})
    files = clusters.with_source(nothing, own)
    assert files[["file", "role"]].to_numpy().tolist() == [["list.csv", "clusters"]]


def test_a_territory_may_have_one_name_only(tmp_path):
    """A name that is not translated is the name in every language."""
    (tmp_path / "list.csv").write_text(f"{HEAD}\nA,Here,health\n", encoding="utf-8")
    place = '[[territories]]\nname = "Here"\ncountry = "ES"\n'
    head = 'id = "tiny"\ntitle = "T"\nclusters = "list.csv"\n'
    own = study(tmp_path, BLOCKS[0], BLOCKS[1], place, BLOCKS[4], head=head)
    assert clusters.of_study(own)["clusters"]["territory"].tolist() == ["Here"]


def pair(one, other, *, is_theme=True):
    return pd.DataFrame({"sector": [one], "other_sector": [other], "is_theme": [is_theme]})


NO_PAIR = pair("ict", "energy", is_theme=False)


def found_in(*rows, pairs=NO_PAIR):
    table = themes.themes(listed(*rows), pairs)
    return dict(zip(table["theme_id"], table["origin"], strict=True))


def test_published_themes_stand_as_soon_as_one_organisation_has_their_sector():
    """Machine tools and the three themes of tourism and health, one side alone."""
    assert found_in(("a", "North", "machine_tools")) == {"machine_tools": "published"}
    assert found_in(("a", "North", "tourism")) == {
        "ict_tourism": "published",
        "tourism_health": "published",
    }


def test_further_themes_need_both_sides():
    """A sector on both sides, and a pair of sectors that can meet across the border."""
    assert found_in(("a", "North", "energy"), ("b", "North", "construction")) == {}
    assert found_in(("a", "North", "energy"), ("b", "South", "construction;energy")) == {
        "energy": "list",
        "construction_energy": "own",
    }


def test_two_sectors_of_one_organisation_are_a_theme():
    """They meet where the other side has one of them."""
    assert found_in(("a", "North", "maritime;steel"), ("b", "South", "steel")) == {
        "steel": "list",
        "maritime_steel": "list",
    }


def test_families_that_meet_make_a_theme():
    """Only where the test says so, and never twice."""
    rows = (("a", "North", "sport"), ("b", "South", "energy"))
    assert found_in(*rows) == {}
    assert found_in(*rows, pairs=pair("sport", "energy")) == {"energy_sport": "patents"}
    twice = (("a", "North", "agrifood"), ("b", "South", "health"))
    assert found_in(*twice, pairs=pair("health", "agrifood"))["agrifood_health"] == "published"


def test_a_long_list_does_not_make_a_theme_of_every_pair():
    """The pairs of sectors that most organisations state, six of them."""
    many = [("x" + str(i), "North", f"s{i};t") for i in range(9)]
    both = [("y" + str(i), "South", f"s{i};t") for i in range(9)]
    found = found_in(*many, *both, ("z", "South", "s8;t"))
    joined = [key for key in found if key.endswith("_t")]
    assert joined == ["s0_t", "s1_t", "s2_t", "s3_t", "s4_t", "s8_t"]


def test_the_rule_file_names_the_six_published_themes():
    """Three within a sector, three across, each with a source; all others are told apart."""
    rules = theme_rules.rules()
    published = rules[rules["origin"] == "published"]
    assert sorted(published["theme_id"]) == [
        "aeronautics", "agrifood", "agrifood_health", "ict_tourism", "machine_tools",
        "tourism_health",
    ]  # fmt: skip
    assert published["source"].str.contains("BIHARTEAN").all()
    assert rules.loc[rules["origin"] == "own", "source"].str.startswith("our choice").all()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("a,same_sector,x,y,own,,r,s", "1 theme does not fit the axis: 'a'"),
        ("a,cross_sector,x,,own,,r,s", "1 theme does not fit the axis: 'a'"),
        ("a,cross_sector,x,y,own,,r,s\nb,cross_sector,y,x,own,,r,s", "2 themes join the sectors"),
        (
            "a,same_sector,x,,own,,r,s\na,same_sector,y,,own,,r,s",
            "1 theme has the id of another: row 3",
        ),
        (
            "a,same,x,,own,,r,s",
            "`axis` can be same_sector, cross_sector, and is not in 1 row: row 2",
        ),
        ("a,same_sector,x,,me,,r,s", "`origin` can be published, own, list, patents, and is not"),
        ("a,same_sector,,,own,,r,s", "1 row has no `sector`: row 2"),
        ('a,same_sector,x,,own,,r,s\nb,same_sector,y,,own,,r,"s', "1 row cannot be read: row 3"),
    ],
)
def test_a_wrong_theme_is_refused(tmp_path, rows, said):
    """A theme across sectors has two, stands once, and none is lost; the error names the file."""
    path = tmp_path / "themes.csv"
    head = "theme_id,axis,sector,other_sector,origin,subject,reason,source\n"
    path.write_text(head + rows + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=rf"'themes\.csv': {said}"):
        theme_rules.rules(path)


def test_what_a_row_rests_on_is_said_in_each_language_the_list_has(tmp_path):
    """`source_fr` stays beside `source`; a list without it has no such column."""
    path = tmp_path / "list.csv"
    path.write_text(f"{HEAD},source,source_fr\nA,Spain,health,a page,une page\n", encoding="utf-8")
    own = study(tmp_path, *BLOCKS, head='id = "tiny"\ntitle = "T"\nclusters = "list.csv"\n')
    found = clusters.of_study(own)["clusters"]
    assert found[["source", "source_fr"]].to_numpy().tolist() == [["a page", "une page"]]
    path.write_text(f"{HEAD}\nA,Spain,health\n", encoding="utf-8")
    assert "source_fr" not in clusters.of_study(own)["clusters"]


@pytest.mark.parametrize("column", ["source_es", "source_fr"])
def test_the_list_of_the_project_is_said_in_every_language(column):
    """Every row of the default study says in each language what it rests on."""
    found = clusters.of_study(load(PROJECT / "study.toml"))["clusters"]
    assert found[column].notna().all()
    assert (found[column] != found["source"]).all()


def test_two_organisations_have_two_addresses():
    """In letters that an address cannot hold, too; an id of plain letters is its address."""
    ids = ["株式会社", "株式", "кластер 1", "другой 1", "a_b", "hegan"]
    found = [cards.id_of(one) for one in ids]
    assert len(set(found)) == len(ids)
    assert all(re.fullmatch(r"card-[a-z0-9-]+", one) for one in found)
    assert found[-2:] == ["card-a-b", "card-hegan"]
