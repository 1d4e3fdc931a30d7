"""What a notebook is told of pages that are older than what they are made of."""

from importlib import metadata

import pytest
from notebook_files import written
from small_studies import HEAD, study_file
from test_lens import export

import studylib as sl
from studylib.build import command, plan
from studylib.build.telling import status
from studylib.runs.workers import supervise

CELLS = (
    ("title", "# What came in?"),
    ("parameters", 'study_file = "study.toml"  # the study\nlanguage = "en"  # of the page'),
    ("library", "import studylib as sl"),
    ("open", "study = sl.open_study(study_file, language=language)"),
    ("say", "sl.say.data.headline(study)"),
    ("show", "sl.show.funnel(study, study.funnel)"),
)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A study of one notebook, built once, and opened; (study, reports, folder)."""
    folder = tmp_path_factory.mktemp("status")
    (folder / "notebooks").mkdir()
    written(folder / "notebooks", *CELLS, name="00_tiny")
    path = study_file(folder, head=HEAD.replace("tiny", "fresh") + 'languages = ["en"]\n')
    export(folder / "data" / "lens.csv", {})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "NOTEBOOKS", folder / "notebooks")
        command.build_study(path, folder / "reports")
        supervise.end_idle()
    return sl.open_study(str(path)), folder / "reports", folder


def steps(built, monkeypatch):
    """Step and reason, as a notebook sees them, without those of the environment."""
    study, reports, folder = built
    monkeypatch.setattr(plan, "NOTEBOOKS", folder / "notebooks")
    found = sl.status(study, reports)
    assert list(found) == ["step", "why"]
    return found[found["step"] != "environment"].to_numpy().tolist()


def test_fresh_pages_have_no_row(built, monkeypatch):
    """Nothing changed since the build: nothing to be told."""
    assert steps(built, monkeypatch) == []


def test_a_notebook_is_shown_the_table_alone(built, monkeypatch):
    """What plans the build prints its lines elsewhere: none of them reaches the cell."""
    import IPython.display
    import pytask

    shown = []
    export(built[2] / "data" / "lens.csv", {}, {"Application Number": "ES 200400003 A"})
    monkeypatch.setattr(pytask.console, "is_jupyter", True)
    monkeypatch.setattr(IPython.display, "display", lambda *a, **_: shown.append(a))
    assert steps(built, monkeypatch)[0] == ["prepare", "changed: lens.csv"]
    assert shown == []


def test_a_changed_input_makes_what_rests_on_it_stale(built, monkeypatch):
    """The file that changed is named; the page follows from it."""
    export(built[2] / "data" / "lens.csv", {}, {"Application Number": "ES 200400002 A"})
    found = steps(built, monkeypatch)
    assert found[0] == ["prepare", "changed: lens.csv"]
    assert [step.split()[0] for step, _why in found] == ["prepare", "run", "page", "publish"]
    assert found[1][1] == "follows from prepare"


def test_a_package_of_another_version_is_named(tmp_path):
    """Of a package with two versions in the lock either is right; one that is missing is none."""
    ours = metadata.version("numpy")
    lock = tmp_path / "requirements.lock"
    lock.write_text(
        f"numpy==0.1 ; python_version < '3' \\\n    --hash=sha256:1\nnumpy=={ours}\n"
        "pandas==0.2 \\\n    --hash=sha256:2\nno-such-package==3\n"
    )
    (said,) = status.other_versions(lock)
    assert said == f"pandas {metadata.version('pandas')} is installed; requirements.lock says 0.2"
