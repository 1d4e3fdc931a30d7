"""Choices about an open study: checked as the study file is, and kept as a parameters cell."""

import json
import random
import re
import sys
from pathlib import Path

import pytest
from notebook_files import written
from pages_of import RECORDS, USUAL
from small_studies import dataset, prepared, raw, study_file

import studylib as sl
from studylib.errors import UsageError
from studylib.patents import form, reach
from studylib.patents.controls import controls
from studylib.patents.dataset import open_study
from studylib.runs import notebooks, parameters, run
from studylib.runs.workers import supervise
from studylib.study import settings
from studylib.study.model import load

PATENTS = Path(__file__).resolve().parents[1] / "notebooks" / "20_patents.ipynb"
REGION = '[[territories]]\nname = "Euskadi"\nnuts = ["ES21"]\n'
CELL = """\
study_file = "study.toml"  # the study, looked for here and in the folders above
language = "fr"  # language of the page, by its two letters
first_year = 2002  # first year of the window; 0: as in the study file
last_year = 0  # last year of the window; 0: as in the study file
located_by = "office"  # inventor, applicant, priority or office; empty: as in the study file
unit = ""  # family or application; empty: as in the study file
weights = ""  # whole or fractional; empty: as in the study file"""

CELL_OF_A_PAGE = """\
study_file = "study.toml"
language = "en"
first_year = 0
last_year = 0
located_by = ""
unit = ""
weights = ""
seed = 7  # of its own"""


@pytest.fixture
def study(tmp_path, monkeypatch):
    """A study of two countries by priority, 2000 to 2004, opened where it lies."""
    dataset(tmp_path, raw(*RECORDS))
    monkeypatch.chdir(tmp_path)
    return open_study("study.toml")


def test_choices_become_a_parameters_cell(study):
    """What was explored is one line per parameter with its meaning, as the notebooks have it."""
    assert controls(study, language="fr", first_year=2002, located_by="office").cell == CELL


def test_the_cell_fits_the_notebooks(study):
    """Pasted over the parameters cell of the patents notebook, it declares what that one does."""
    notebook = notebooks.read(PATENTS)
    before = parameters.declared(notebook)
    chosen = controls(study, unit="application")
    (cell,) = [c for c in notebook["cells"] if "parameters" in c["metadata"].get("tags", ())]
    cell["source"] = chosen.cell
    after = parameters.declared(notebook)
    assert [(p.name, p.kind, p.meaning) for p in after.values()] == [
        (p.name, p.kind, p.meaning) for p in before.values()
    ]
    assert {name: p.default for name, p in after.items()} == chosen.parameters


def test_the_choices_open_the_study(study):
    """The parameters are those of `open_study`."""
    opened = open_study(**controls(study, last_year=2003, weights="fractional").parameters)
    assert (opened.first_year, opened.last_year, opened.rule.weights) == (2000, 2003, "fractional")


ASKS = (
    ("title", "# What came in?"),
    ("parameters", ""),
    ("open", ("import studylib as sl\n"
     "study = sl.open_study(study_file, language=language, "
     "first_year=first_year, last_year=last_year, located_by=located_by, unit=unit, "
     "weights=weights)")),
    ("show", "sl.show.timeline(study, sl.timeline(study))"),
)  # fmt: skip


ASKS_OF_A_PAGE = tuple((i, CELL_OF_A_PAGE if i == "parameters" else t) for i, t in ASKS)


def outputs(path):
    """What each cell of an executed notebook showed."""
    ran = [c for c in notebooks.read(path)["cells"] if c["cell_type"] == "code"]
    return {c["id"]: [o["data"] for o in c["outputs"]] for c in ran if c["outputs"]}


def explored(folder, name, told):
    """What one sees with these choices in a kernel, and what papermill makes of their cell."""
    chosen = controls(open_study("study.toml"), **told)
    if chosen.needs_build:
        prepared(folder, load(chosen.save()), raw(*RECORDS))
    by_hand = (
        ("title", "# What came in?"),
        ("open", f"import studylib as sl\nstudy = sl.open_study(**{chosen.parameters!r})"),
        *ASKS[3:],
    )
    there = written(folder, *by_hand, name=f"10_{name}-seen")
    run.execute(there, folder / "seen.ipynb", {}, workdir=folder)
    source = written(folder, *ASKS_OF_A_PAGE, name=f"10_{name}")
    copy = chosen.write(source)
    run.execute(copy, folder / "ran.ipynb", {}, workdir=folder)
    return outputs(folder / "seen.ipynb"), outputs(folder / "ran.ipynb")


TRIED = (
    {"last_year": 2002, "unit": "application", "located_by": "office"},
    {"date": "publication", "territories": ["France"], "first_year": 2001},
    {"first_year": 2001},
    {"weights": "fractional"},
    {"located_by": "applicant"},
    {"located_by": "inventor", "unit": "application"},
    {"match": "prefix"},
    {"territories": ["France", "Spain"]},
    {"first_year": 1999, "last_year": 2003},
    {"date": "priority", "weights": "fractional", "language": "fr"},
)


@pytest.mark.parametrize(
    "n", [0, 1, *(pytest.param(n, marks=pytest.mark.torture) for n in range(2, 10))]
)
def test_what_was_explored_runs_to_the_same_outputs(study, tmp_path, n):
    """Opened with the choices, or run by papermill from the notebook they were written into."""
    del study
    seen, ran = explored(tmp_path, f"tried-{n}", TRIED[n])
    supervise.end_idle()
    assert seen
    assert json.dumps(seen, sort_keys=True) == json.dumps(ran, sort_keys=True)
    if n == 0:
        assert "2002" in str(ran["show"])
        assert "2003" not in str(ran["show"])


def test_the_form_says_what_can_be_chosen(study):
    """One row per parameter: what is chosen, what the study file says, what is possible."""
    frame = controls(study, first_year=2002).frame
    rules = frame.iloc[8, 3]
    frame.iloc[8, 3] = re.sub(r"(\.\./)+\S*/", "", rules)
    assert frame.to_numpy().tolist() == [
        ["language", "en", "en, fr", "en, es, eu, fr"],
        ["first_year", "2002", "2000", "2000 to 2004"],
        ["last_year", "2004", "2004", "2000 to 2004"],
        ["date", "filing", "filing", "filing, priority, publication"],
        ["unit", "family", "family", "family, application"],
        ["located_by", "priority", "priority", "inventor, applicant, priority, office"],
        ["weights", "whole", "whole", "whole, fractional"],
        ["kinds", "patent", "patent", "patent, utility model, design, translation, other"],
        ["scheme", "", "", "ket_ec2012.csv, ket_wipo_proxy.csv"],
        ["match", "both", "both", "exact, prefix, both"],
        ["territories", "Spain, France", "Spain, France", "Spain, France"],
    ]
    assert "2000 to 2004\n\n" not in repr(controls(study))
    assert repr(controls(study)).endswith(controls(study).cell)


def test_regions_are_not_located_by_priority(tmp_path):
    """A priority claim knows a country and no region; then it cannot be chosen."""
    blocks = ("[period]\nfirst_year = 2000\nlast_year = 2004\n", REGION,
              '[[sources]]\npath = "data"\n')  # fmt: skip
    opened = dataset(tmp_path, raw(*RECORDS), blocks=blocks)
    form = controls(opened).frame.set_index("parameter")
    assert form.loc["located_by", "can_be"] == "inventor, applicant"


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"first_year": 2005}, "`period`: first_year 2005 lies after last_year 2004; swap them"),
        (
            {"located_by": "town"},
            "`counting.located_by` is 'town'; expected 'inv",
        ),
        ({"first_year": "2002"}, "`period.first_year` is '2002'; expected a whole number"),
        ({"first_year": 2002.0}, "`period.first_year` is '2002.0'; expected a whole number"),
        ({"first_year": True}, "`period.first_year` is 'true'; expected a whole number"),
        ({"unit": 1}, "`counting.unit` is '1'; expected 'family' or 'application'"),
        ({"scheme": "ours.csv"}, "`ket.scheme` names 'ours.csv', which is not in the folder"),
        (
            {"territories": ["Portugal"]},
            "There is no territory 'Portugal'; there are 'Spa",
        ),
        ({"territories": "Spain"}, "`territories` is 'Spain'; expected a list of names"),
        ({"territories": ["Spain", "Spain"]}, "two territories have the same name, 'Spain'"),
        (
            {"locate_by": "office"},
            "There is no choice 'locate_by'; there are first_year",
        ),
        ({"language": "xx"}, "There is no catalogue for 'xx'; there are en, es, eu, fr"),
    ],
)
def test_what_cannot_be_chosen_is_said(study, choice, said):
    """A wrong choice reaches no kernel."""
    with pytest.raises(UsageError, match=said):
        controls(study, **choice)


YEARS = (0, *range(1998, 2007))
VALUES = {
    "first_year": YEARS, "last_year": YEARS, "date": ("", "filing", "priority", "publication"),
    "unit": ("", "family", "application"),
    "located_by": ("", "inventor", "applicant", "priority", "office", "town"),
    "weights": ("", "whole", "fractional"), "scheme": ("", "ours.csv", "nothing.csv"),
    "kinds": ([], ["patent"], ["utility model", "patent"], ["patents"]),
    "match": ("", "exact", "prefix", "both"),
    "territories": ([], ["Spain"], ["France"], ["France", "Spain"]),
}  # fmt: skip
NAMED = {"Spain": '[[territories]]\nname = "Spain"\ncountry = "ES"\n',
         "France": '[[territories]]\nname = "France"\ncountry = "FR"\n'}  # fmt: skip


def as_typed(told):
    """The same choices typed into a study file by hand."""

    def lines(*names, **usual):
        values = {name: told.get(name) or usual.get(name) for name in names}
        return "".join(f"{k} = {json.dumps(v)}\n" for k, v in values.items() if v)

    return (
        "[period]\n" + lines("first_year", "last_year", "date", first_year=2000, last_year=2004),
        "[counting]\n" + lines("unit", "located_by", "weights", "kinds", located_by="priority"),
        "[ket]\n" + lines("scheme", "match"),
        *(NAMED[name] for name in told["territories"] or ["Spain", "France"]),
        '[[sources]]\npath = "data"\n',
    )


def test_choices_are_what_the_same_keys_of_a_study_file_are(tmp_path, monkeypatch):
    """A thousand settings: the same checked study, also as written, or refused where it is."""
    whole = {key: [] if key in ("territories", "kinds") else "" for key in VALUES}
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ours.csv").write_text("x", encoding="utf-8")
    prepared(tmp_path, load(study_file(tmp_path, *as_typed(whole))), raw(*RECORDS))
    opened, draw = open_study("study.toml"), random.Random(20132014)
    n = {"same": 0, "refused": 0}
    for _ in range(1000):
        told = {key: draw.choice(values) for key, values in VALUES.items()}
        study_file(tmp_path, *as_typed(told), name="typed.toml")
        try:
            typed = load("typed.toml")
        except UsageError:
            n["refused"] += 1
            with pytest.raises(UsageError):
                controls(opened, **told)
            continue
        chosen = controls(opened, **told)
        n["same"] += 1
        assert chosen.study == typed
        if path := chosen.save():
            assert load(path) == typed.model_copy(update={"id": "tiny-explored"})
    assert min(n.values()) > 200


def test_what_needs_a_preparation_gets_a_study_file(study, tmp_path):
    """An earlier year or another territory is no parameter; the cell names the file to build."""
    chosen = controls(study, first_year=1999, territories=["Spain"])
    assert chosen.needs_build
    assert chosen.cell.splitlines()[0].startswith('study_file = "explored.toml"')
    assert "studylib build explored.toml" in repr(chosen)
    assert not (tmp_path / "explored.toml").exists()
    assert load(chosen.save()).territory_ids == ["Spain"]
    assert not controls(study, first_year=2001).needs_build
    assert controls(study, first_year=2001).save() is None


def test_a_notebook_gets_the_choices_it_takes(study, tmp_path):
    """Its other parameters stay, what is not its own copy is not written over."""
    source = written(tmp_path, *ASKS_OF_A_PAGE, name="20_page")
    path = controls(study, unit="application").write(source)
    assert path.name == "explored-20_page.ipynb"
    cell = next(c for c in notebooks.read(path)["cells"] if c["id"] == "parameters")
    assert 'unit = "application"\n' in cell["source"]
    assert cell["source"].endswith("seed = 7  # of its own")
    controls(study, unit="family").write(source)  # its own copy, once more
    with pytest.raises(UsageError, match=r"another notebook '20_page.ipynb'; say `to`"):
        controls(study).write(source, "20_page.ipynb")
    bare = written(
        tmp_path, ("title", "# What?"), ("parameters", 'language = "en"'), name="00_bare"
    )
    with pytest.raises(UsageError, match=r"'00_bare.ipynb' takes none of: unit"):
        controls(study, unit="application").write(bare)


def test_the_form_has_a_field_for_every_key_of_the_model(study):
    """A new value of the blocks of the study file gets a field by itself."""
    fields = form.Form(controls(study)).fields
    blocks = load("study.toml").model_dump(include={"period", "counting", "ket"})
    assert set(fields) == {key for block in blocks.values() for key in block} | {"territories"}
    assert set(form.names()) == set(settings.KEYS)
    assert list(fields["located_by"].options)[1:] == [
        (b, b) for b in ("inventor", "applicant", "priority", "office")
    ]


def test_the_form_takes_what_is_typed(study):
    """Choices of the form are those of the object it belongs to; it says which figures change."""
    told = controls(study)
    shown_form = form.Form(told)
    assert shown_form.said.value == "<p>As in the study file.</p>"
    shown_form.fields["unit"].value = "application"
    assert told.parameters["unit"] == "application"
    assert "<b>20_patents</b>: 13 figures and tables can change" in shown_form.said.value
    assert shown_form.cell.value == told.cell
    shown_form.fields["first_year"].value = 1999
    assert "studylib build explored.toml" in shown_form.said.value


def test_what_the_form_refuses_reaches_no_kernel(study):
    """While a field is wrong there are no parameters, no cell, no notebook; then there are."""
    told = controls(study)
    shown_form = form.Form(told)
    shown_form.fields["first_year"].value = 2030
    assert "first_year 2030 lies after last_year 2004" in shown_form.said.value
    assert shown_form.cell.value == ""
    assert shown_form.button.disabled
    for asked in ("parameters", "cell"):
        with pytest.raises(UsageError, match="first_year 2030 lies after"):
            getattr(told, asked)
    with pytest.raises(UsageError, match="first_year 2030 lies after"):
        told.write(PATENTS)
    assert "first_year 2030" in repr(told)
    shown_form.fields["first_year"].value = 2002
    assert told.parameters["first_year"] == 2002
    shown_form.fields["territories"].value = ()
    assert shown_form.said.value == "<pre>No territory is chosen.</pre>"


def test_the_button_writes_the_notebook(study, tmp_path):
    """One press: the page that is chosen, with the choices; what cannot be is said."""
    shown_form = form.Form(controls(study))
    shown_form.page.value = "20_patents.ipynb"
    shown_form.button.click()
    assert shown_form.done.value == "<p>Written: explored-20_patents.ipynb</p>"
    assert (tmp_path / "explored-20_patents.ipynb").is_file()
    written(tmp_path, ("title", "# Mine"), name="explored-00_data")
    shown_form.page.value = "00_data.ipynb"
    shown_form.button.click()
    assert "another notebook" in shown_form.done.value


def test_without_widgets_there_is_the_plain_table(study, monkeypatch):
    """The form is a convenience: the call gives the same without it."""
    with_form = controls(study)._repr_mimebundle_()
    assert set(with_form) == {"text/plain", form.VIEW}
    assert with_form[form.VIEW]["model_id"]
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    assert controls(study)._repr_mimebundle_() == {"text/plain": repr(controls(study))}


CHANGES = {"first_year": 2002, "unit": "application", "located_by": "office",
           "weights": "fractional"}  # fmt: skip
BOTH = [("P200001", "ES", "2000-01-01"), ("P200001", "FR", "2000-01-01")]
ALIKE = [
    {**RECORDS[0], "application_number": f"EP0330000{n}", "priorities": BOTH} for n in range(2)
]
"""Two applications of one family, claimed in both countries."""
ASKED = ("coverage_by_year", "timeline", "classified", "sector_shares", "ket_shares", "overlap",
         "published_totals", "completeness")  # fmt: skip
SHOWN = {"coverage_by_year": "coverage", "sector_shares": "sectors", "ket_shares": "kets"}


@pytest.mark.parametrize("choice", CHANGES)
def test_a_figure_that_changes_is_among_those_that_can(tmp_path, choice):
    """What reading the code says is held against what the tables really do."""
    opened = dataset(tmp_path, raw(*RECORDS, *ALIKE), blocks=USUAL)
    other = open_study(opened.file, **{choice: CHANGES[choice]})
    told = reach.figures()
    can = {
        name for name, keys in zip(told["shown"], told["choices"], strict=True)
        if choice in keys.split()
    }  # fmt: skip
    changed = {
        SHOWN.get(name, name) for name in ASKED
        if not getattr(sl, name)(opened).equals(getattr(sl, name)(other))
    }  # fmt: skip
    assert "kets" in changed
    assert changed <= can


def test_what_cannot_change_is_not_named():
    """Answers of a survey know no unit of patents, figures computed from public data no period."""
    told = reach.figures().drop_duplicates("shown").set_index("shown")["choices"]
    assert told["interests"] == "territories"
    assert told["joint_projects"] == ""
    assert "weights" in told["kets"]
    assert "scheme" in told["kets"]
    assert "scheme" not in told["timeline"]
