"""Choices about an open study: checked as the study file is, and kept as a parameters cell."""

from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notebook_files import written
from pages_of import RECORDS
from small_studies import dataset, raw, study_file

from studylib.errors import UsageError
from studylib.patents.controls import controls
from studylib.patents.dataset import choices, open_study
from studylib.runs import notebooks, parameters, run, supervise
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


def test_what_was_explored_runs_to_the_same_outputs(study, tmp_path):
    """The cell in place of the parameters, or the parameters given to papermill: equal outputs."""
    chosen = controls(study, last_year=2002, unit="application", located_by="office")
    plain = controls(study)
    seen = {}
    for way, cell, told in (("cell", chosen.cell, {}), ("given", plain.cell, chosen.parameters)):
        cells = [(id_, cell if id_ == "parameters" else text) for id_, text in ASKS]
        target = tmp_path / f"{way}.ipynb"
        run.execute(written(tmp_path, *cells, name=f"10_{way}"), target, told, workdir=tmp_path)
        ran = [c for c in notebooks.read(target)["cells"] if c["cell_type"] == "code"]
        seen[way] = {c["id"]: [o["data"] for o in c["outputs"]] for c in ran if c["outputs"]}
    supervise.end_idle()
    assert seen["cell"] == seen["given"]
    assert "2002" in str(seen["cell"]["show"])
    assert "2003" not in str(seen["cell"]["show"])


def test_the_form_says_what_can_be_chosen(study):
    """One row per parameter: what is chosen, what the study file says, what is possible."""
    assert controls(study, first_year=2002).frame.to_numpy().tolist() == [
        ["language", "en", "en, fr", "en, es, fr"],
        ["first_year", "2002", "2000", "2000 to 2004"],
        ["last_year", "2004", "2004", "2000 to 2004"],
        ["located_by", "priority", "priority", "inventor, applicant, priority, office"],
        ["unit", "family", "family", "family, application"],
        ["weights", "whole", "whole", "whole, fractional"],
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
        ({"first_year": 1990}, "The years 1990 to 2004 do not lie in the study's period 2000 to"),
        ({"located_by": "town"}, "`located_by` is 'town'; it can be inventor, applicant"),
        ({"first_year": "2002"}, "`first_year` of 'tiny' takes an integer like '0', not '2002'"),
        ({"first_year": 2002.0}, "`first_year` of 'tiny' takes an integer like"),
        ({"unit": 1}, "`unit` of 'tiny' takes a text"),
        ({"language": "xx"}, "There is no catalogue for 'xx'; there are en, es, fr"),
    ],
)
def test_what_cannot_be_chosen_is_said(study, choice, said):
    """A wrong choice reaches no kernel."""
    with pytest.raises(UsageError, match=said):
        controls(study, **choice)


@given(
    first=st.sampled_from([0, *range(1998, 2007)]),
    last=st.sampled_from([0, *range(1998, 2007)]),
    basis=st.sampled_from(["", "inventor", "applicant", "priority", "office"]),
    unit=st.sampled_from(["", "family", "application"]),
    weights=st.sampled_from(["", "whole", "fractional"]),
)
@settings(max_examples=300)
def test_choices_are_what_the_same_keys_of_a_study_file_are(
    tmp_path_factory, first, last, basis, unit, weights
):
    """A window and a rule inside the study's period, or refused where the file would be."""
    folder = tmp_path_factory.getbasetemp() / "same"
    whole = load(study_file(folder))
    years = (first or 2000, last or 2004)
    said = {"first_year": first, "last_year": last, "located_by": basis, "unit": unit,
            "weights": weights}  # fmt: skip
    if not 2000 <= years[0] <= years[1] <= 2004:
        with pytest.raises(UsageError, match="do not lie in the study's period"):
            choices(whole, **said)
        return
    counting = {"located_by": basis or "priority", "unit": unit, "weights": weights}
    lines = [f'{key} = "{value}"\n' for key, value in counting.items() if value]
    spain = whole.territories[0].country
    told = load(study_file(
        folder, f"[period]\nfirst_year = {years[0]}\nlast_year = {years[1]}\n",
        "[counting]\n" + "".join(lines), f'[[territories]]\nname = "Spain"\ncountry = "{spain}"\n',
        '[[sources]]\npath = "data"\n', name="told.toml",
    ))  # fmt: skip
    chosen_first, chosen_last, rule = choices(whole, **said)
    assert (chosen_first, chosen_last) == (told.period.first_year, told.period.last_year)
    assert {**asdict(rule)} == {**told.counting.model_dump(), "date": told.period.date}
