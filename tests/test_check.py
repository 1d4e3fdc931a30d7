"""`studylib check` reads what a build reads: what is fine has a line, what is not is an error."""

import subprocess
import sys

import pytest
from conftest import ROOT
from small_studies import BLOCKS, COUNTING, FRANCE, HEAD, PERIOD, SOURCES, SPAIN, study_file
from test_lens import export
from tiny_survey import book
from tiny_survey import export as answers

from studylib.build.checks import check_names
from studylib.build.checks.check import check_study
from studylib.errors import DataError, UsageError
from studylib.ket import fields
from studylib.study.model import load

CLAIMED = {"Priority Numbers": "FR 0300001 A 20030105"}
CLUSTERS = "name,territory,sectors\nThe North,Spain,health\nThe South,France,ict\n"
CLAIM = '[[claim]]\nid = "one"\nkind = "statement"\ntopic = "cooperation"\nwording = "x"\n'
CLAIM += 'citation = "the page"\n'
INPUTS = (
    'id = "tiny"\ntitle = "T"\nclusters = "clusters.csv"\nclaims = "claims.toml"\n'
    'survey = { path = "answers.csv", codebook = "codebook.toml" }\n'
)
WINDOW = "2000 to 2004, by filing: 2 applications, "
INVENTOR = COUNTING.replace("priority", "inventor")
OTHERS = (
    "It would have by priority 2, 2 in its territories; by publication 0, 0 in its territories."
)
REGION = '[[territories]]\nname = "Alsace"\nnuts = ["FR42"]\n'


def whole(folder, **changed):
    """A study with every kind of input, some of them with another text (`claims=...`)."""
    path = study_file(folder, head=INPUTS)
    export(
        folder / "data" / "lens.csv", CLAIMED, {**CLAIMED, "Application Number": "ES 200400002 A"}
    )
    texts = {
        "clusters.csv": CLUSTERS,
        "claims.toml": CLAIM,
        "codebook.toml": book(("Spain", "France")),
        "answers.csv": answers([("Spain", {"training"}), ("France", None)]),
    }
    for name, text in texts.items():
        (folder / name).write_text(changed.get(name.split(".")[0], text), "utf-8")
    return path


def said(path):
    """The lines of a check, and the error it ends with, if any."""
    lines = []
    try:
        lines.extend(check_study(path))
    except (UsageError, DataError) as error:
        return lines, error
    return lines, None


def counted(folder, *blocks):
    """What a check of a Lens export says of the study's own counts."""
    path = study_file(folder, *blocks)
    export(
        folder / "data" / "lens.csv", CLAIMED, {**CLAIMED, "Application Number": "ES 200400002 A"}
    )
    return said(path)[0][3:]


def test_every_input_has_its_line(tmp_path):
    """Each with its count, in the order of a build; a study without an input has no line of it."""
    lines, error = said(whole(tmp_path))
    assert error is None
    assert lines[0] == "study.toml: a valid study, tiny, languages en, fr."
    assert lines[1].startswith("KET scheme: Six key enabling technologies")
    assert lines[2:] == [
        (
            "data: lens, 2 records received, 2 read, 0 rejected. Dates: filing 2, priority 2, "
            "publication 2."
        ),
        WINDOW + "2 in an area of the study by priority, 2 in its territories.",
        OTHERS,
        "clusters.csv: 2 organisations: Spain 1, France 1.",
        "sectors.csv: 17 sectors.",
        "themes.csv: 9 themes.",
        "codebook.toml: 5 options of the question.",
        "answers.csv: 2 respondents, 1 of them answered the question.",
        "claims.toml: 1 claim.",
    ]
    path = study_file(tmp_path)
    assert [line.split(":")[0] for line in said(path)[0]] == [
        "study.toml", "KET scheme", "data", "2000 to 2004, by filing",
        OTHERS,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("nuts", "told"),
    [("ES213", False), ("ES2", False), ("FR615", True), ("FR612", True), ("", False)],
)
def test_a_seat_in_another_country_is_told(tmp_path, nuts, told):
    """A region of France beside a territory of Spain is a slip or an office: `check` says so."""
    listed = f"name,territory,sectors,nuts\nOne,Spain,health,{nuts}\nTwo,France,ict,FR615\n"
    lines, error = said(whole(tmp_path, clusters=listed))
    sentence = f"1 seat lies outside the territory of the organisation: 'One' ('{nuts}', listed in"
    assert error is None
    assert any(line.startswith("clusters.csv: 2 organisations: ") for line in lines)
    assert any(sentence in line for line in lines) == told


def test_the_register_is_read(tmp_path):
    """Sources and files are counted; a file that is not as registered is a data error."""
    whole(tmp_path)
    path = study_file(tmp_path, head=INPUTS + 'register = "sources.toml"\n')
    entry = "".join(
        f'{key} = "x"\n' for key in ("id", "title", "producer", "licence", "date", "what_it_is",
                                     "what_it_is_not", "citation", "caption")
    )  # fmt: skip
    text = f'[[source]]\n{entry}synthetic = true\nfiles = ["claims.toml"]\n'
    (tmp_path / "sources.toml").write_text(text, "utf-8")
    assert said(path)[0][2] == "sources.toml: 1 source, 0 files as registered."
    (tmp_path / "sources.toml").write_text(
        f'{text}[source.sha256]\n"claims.toml" = "{"0" * 64}"\n', "utf-8"
    )
    lines, error = said(path)
    assert "1 file changed since being registered: 'claims.toml'" in str(error)
    assert lines[-1] == "claims.toml: 1 claim."


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"clusters": "name,place\nA,B\n"}, "lacks the columns 'territory', 'sectors'"),
        ({"clusters": "Name,name,territory,sectors\n"}, "has 1 column more than once: 'name'"),
        ({"clusters": CLUSTERS.replace("Spain", "Portugal")}, "in no territory of the study"),
        ({"claims": "claim = ["}, "'claims.toml' cannot be read as TOML"),
        ({"claims": CLAIM + 'test = "tset"\n'}, "The claims name tests that do not exist: 'tset'"),
        ({"codebook": "[option"}, "'codebook.toml' cannot be read as TOML"),
        ({"codebook": book(("Spain", "Navarra"))}, "codebook.toml names territories the study"),
        ({"answers": "a;b\n1;2\n"}, "'answers.csv' has no column 'side'"),
    ],
)
def test_an_input_that_stops_a_build_stops_a_check(tmp_path, changed, words):
    """With the error of the build, after the lines of all that is fine."""
    lines, error = said(whole(tmp_path, **changed))
    assert words in str(error)
    assert error.exit_code == 10
    assert any(line.startswith("data: lens") for line in lines)
    assert not any(line.startswith(next(iter(changed))) for line in lines)


def test_one_mistake_hides_no_other(tmp_path):
    """All are told at once, in the order of the build and with the exit code of the first."""
    path = whole(tmp_path, clusters="name\nA\n", claims="claim = [")
    (tmp_path / "scheme.csv").write_text("ket\nx\n", "utf-8")
    path.write_text(path.read_text("utf-8") + '[ket]\nscheme = "scheme.csv"\n', "utf-8")
    lines, error = said(path)
    told = str(error).splitlines()
    assert told[0] == "3 inputs cannot be used as they are:"
    assert [line.split()[0] for line in told[1:]] == [
        "scheme.csv", "'clusters.csv'", "'claims.toml'",
    ]  # fmt: skip
    assert error.exit_code == 10
    assert lines[-1].startswith("answers.csv: 2 respondents")


def test_exports_of_two_kinds_of_family_are_told(tmp_path, monkeypatch):
    """What a build finds out only after reading, a check finds out too."""
    from dataclasses import replace

    from studylib.build.checks import check

    read = check.read_sources

    def two(a_study):
        found = read(a_study)
        (path, [raw]) = next(iter(found.items()))
        return {path: [replace(raw, family_is="INPADOC"), replace(raw, family_is="DOCDB simple")]}

    monkeypatch.setattr(check, "read_sources", two)
    assert "different kinds of family: DOCDB simple, INPADOC" in str(said(whole(tmp_path))[1])


def test_a_basis_the_exports_do_not_know_is_said(tmp_path):
    """A Lens export knows no inventor's country: nothing would be located, and what could be."""
    window, _, why = counted(tmp_path, PERIOD, INVENTOR, SPAIN, FRANCE, SOURCES)
    assert window == WINDOW + "0 in an area of the study by inventor, 0 in its territories."
    assert why == (
        "No application can be located: `located_by` is inventor, and the exports know no country "
        "and no region on that basis. They know priority (country), office (country). Change "
        "`located_by`, or use exports that know it; a basis of countries needs territories named "
        "by `country` alone."
    )
    assert len(counted(tmp_path, *BLOCKS)) == 2


def test_a_region_no_export_can_tell_is_said(tmp_path, monkeypatch):
    """Where parties have countries only, nothing can lie in a territory told by its region."""
    from studylib.prepare import locate

    monkeypatch.setattr(locate, "known_bases", lambda *_: {"inventor": "country"})
    assert counted(tmp_path, PERIOD, INVENTOR, SPAIN, REGION, SOURCES)[2] == (
        "Nothing can lie in 'Alsace': told by `nuts`, and by inventor the exports know countries "
        "and no regions. Name them by `country` alone, or use exports with regions."
    )


def test_an_export_of_no_record_is_no_question_of_places(tmp_path):
    """Of nothing, nothing follows."""
    path = study_file(tmp_path, PERIOD, INVENTOR, SPAIN, FRANCE, SOURCES)
    export(tmp_path / "data" / "lens.csv")
    window, _ = said(path)[0][3:]
    assert window.startswith("2000 to 2004, by filing: 0 applications, 0 in an area of the study")


def test_an_answer_that_is_no_label_is_shown_with_the_nearest_one(tmp_path):
    """How often, and the key of the codebook that would read it."""
    text = answers([("Spain", {"training"}), ("France", {"training"})])
    told = text.replace(";Y;", ";trainning;")
    lines = [line for line in said(whole(tmp_path, answers=told))[0] if "no label" in line]
    assert lines == [
        (
            "answers.csv: 2 cells hold 'trainning', which is no label of the codebook. The nearest "
            "label is 'training'. If it means an option, write it into its `also = [...]`."
        )
    ]


def test_several_answers_in_a_box_name_the_key_that_reads_them(tmp_path):
    """`answers` is the column whose cells hold lists."""
    text = answers([("Spain", {"training"}), ("France", {"innovation"})])
    told = text.replace("N;Y;N", "N;training, innovation;N")
    lines = said(whole(tmp_path, answers=told))[0]
    assert any("1 cell holds several answers, 'training, innovation'. Name" in x for x in lines)


def test_a_sector_no_rule_knows_is_said_with_the_file_to_add_it_to(tmp_path):
    """Of the list and of the themes; in the file of the study, where it has one."""
    path = whole(tmp_path, clusters=CLUSTERS.replace("ict", "ict;Steel"))
    lines, error = said(path)
    assert error is None
    assert lines[lines.index("themes.csv: 9 themes.") + 1] == (
        "clusters.csv: no rule knows 1 sector, so whether firms patent there is not told: "
        "'steel'. Add a row for each to data/raw/rules/sectors.csv, or to a copy of it that the "
        "study file names by `sectors`."
    )
    (tmp_path / "own.csv").write_text("sector,ipc\nhealth,A61\nict,G06\n", "utf-8")
    path.write_text('sectors = "own.csv"\n' + path.read_text("utf-8"), "utf-8")
    lines = [line for line in said(path)[0] if "no rule knows" in line]
    assert [line.split(":")[0] for line in lines] == ["clusters.csv", "themes.csv"]
    assert lines[0].endswith("is not told: 'steel'. Add a row for each to own.csv.")
    assert "'aeronautics', 'agrifood'" in lines[1]


def test_names_that_a_language_lacks_are_said(tmp_path, monkeypatch):
    """By file and column, for every language of the study: pages show another one instead."""
    (tmp_path / "own.csv").write_text("sector,ipc,sector_fr\nict,G06,TIC\nx,F16,\n", "utf-8")
    (tmp_path / "ours.csv").write_text("ket,rule,symbol,level\nai,include,G06N,subclass\n", "utf-8")
    monkeypatch.setattr(fields, "field_names", lambda: {1: {"en": "A"}, 2: {"en": "B", "fr": "C"}})
    path = whole(tmp_path, clusters=CLUSTERS.replace("health", "x"))
    text = 'sectors = "own.csv"\n' + path.read_text("utf-8") + '[ket]\nscheme = "ours.csv"\n'
    path.write_text(text, "utf-8")
    end = "show the name in another language, or the key."
    assert [line for line in said(path)[0] if line.endswith(end)] == [
        f"ours.toml: `en` below [ket.KEY] is missing for 1 of 1 name ('ai'). Pages in en {end}",
        f"ours.toml: `fr` below [ket.KEY] is missing for 1 of 1 name ('ai'). Pages in fr {end}",
        f"wipo35_2019.csv: `field_fr` is missing for 1 of 2 names ('1'). Pages in fr {end}",
        f"own.csv: `sector_en` is missing for 2 of 2 names ('ict', 'x'). Pages in en {end}",
        f"own.csv: `sector_fr` is missing for 1 of 2 names ('x'). Pages in fr {end}",
    ]


def test_the_project_names_everything_in_every_language():
    """Technologies, fields, sectors and themes of the default study, in all of its languages."""
    assert list(check_names.missing_names(load(ROOT / "study.toml"))) == []


def test_a_mistake_in_a_study_file_is_told_before_its_inputs_could_be_read(tmp_path):
    """So it costs half a second and not two: what reads inputs is not loaded."""
    (tmp_path / "study.toml").write_text("k = 1\n")
    program = (
        "import sys\nfrom studylib.build.commands import of_build\n"
        "from studylib.errors import UsageError\nfrom pathlib import Path\n"
        f"try:\n    of_build.check(Path({str(tmp_path / 'study.toml')!r}))\n"
        "except UsageError as error:\n    print('k' in str(error))\n"
        "print(sorted({'pandas', 'numpy', 'pyarrow'} & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["True", "[]"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("region,technology\nES21,H01L\n", "lacks"),
        ("", "cannot be read"),
        ("\0\x80\n", "cannot be read|lacks"),
        ("region,technology,n\nES21,H01L,2\n", "besides the territories"),
    ],
)
def test_a_corpus_is_read_too(tmp_path, content, said):
    """What a page would find out when everything else is built, a check says first."""
    path = study_file(tmp_path, *BLOCKS, head=HEAD + '[corpus]\npath = "wide.csv"\n')
    export(tmp_path / "data" / "lens.csv", {})
    (tmp_path / "wide.csv").write_text(content, encoding="latin-1")
    with pytest.raises(DataError, match=said):
        list(check_study(path))
