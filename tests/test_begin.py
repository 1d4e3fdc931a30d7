"""How a build begins: alone, at once, and not at all where nothing changed."""

import itertools
import os
import resource
import subprocess
import sys
import time

import pytest
from conftest import ROOT
from notebook_files import written
from small_studies import HEAD, study_file
from test_build import CELLS
from test_lens import export
from typer.main import get_command

from studylib import prepare, project
from studylib.build import at_once, command, plan
from studylib.build.commands import app
from studylib.build.telling import history
from studylib.errors import BusyError, DataError, UsageError
from studylib.files import lock
from studylib.files.seen import LARGE, look, names_below
from studylib.runs.published import last_failure
from studylib.runs.workers import supervise
from studylib.study.model import load

NUMBERS = itertools.count()


@pytest.fixture
def study(tmp_path, monkeypatch):
    """A study of one notebook in one language, built well: (study file, reports)."""
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    monkeypatch.setattr(plan, "NOTEBOOKS", notebooks)
    head = HEAD.replace("tiny", f"begun-{os.getpid()}-{next(NUMBERS)}") + 'languages = ["en"]\n'
    path = study_file(tmp_path, head=head)
    export(tmp_path / "data" / "lens.csv", {})
    written(notebooks, *CELLS, name="00_one")
    command.build_study(path, tmp_path / "reports")
    yield path, tmp_path / "reports"
    supervise.end_idle()


@pytest.fixture
def heavy(monkeypatch):
    """Whether anything heavy was begun."""
    begun = []
    monkeypatch.setattr(command, "_build", lambda *_, **__: begun.append(1))
    return begun


def test_nothing_changed_is_nothing_to_do(study, heavy):
    """It is said, noted in the history, and nothing is loaded for it."""
    said = []
    command.build_study(*study, say=said.append)
    assert heavy == []
    assert said == [f"{load(study[0]).id}: nothing to do."]
    assert history.runs(study[1], load(study[0]).id)[0]["outcome"] == "nothing to do"


def touched(study):
    """Times alone are no change."""
    os.utime(study[0].parent / "data" / "lens.csv", (0, 0))


def edited(study):
    """An input."""
    export(study[0].parent / "data" / "lens.csv", {"Application Number": "ES 200400008 A"})


def added(study):
    """One more export."""
    export(study[0].parent / "data" / "more.csv", {"Application Number": "ES 200400008 A"})


def new_notebook(_study):
    """A question more."""
    written(plan.NOTEBOOKS, *CELLS, name="20_two")


def spoilt(study):
    """A published page that somebody changed."""
    (study[1] / load(study[0]).id / "en" / "index.html").write_text("x")


def failed(study):
    """A note of a failure that is still to be mended."""
    last_failure.failed(study[1], load(study[0]).id, DataError("x"))


def moved(study):
    """A link to another release."""
    link = study[1] / load(study[0]).id
    link.unlink()
    link.symlink_to("elsewhere")


@pytest.mark.parametrize("what", [touched, edited, added, new_notebook, spoilt, failed, moved])
def test_any_other_content_is_something_to_do(study, heavy, what):
    """Of what goes in, of what comes out, and of how the last build ended."""
    what(study)
    command.build_study(*study)
    assert bool(heavy) == (what is not touched)


def test_other_pages_are_something_to_do(study, heavy, tmp_path):
    """Another reports folder, other languages, or --force."""
    path, reports = study
    command.build_study(path, tmp_path / "elsewhere")
    command.build_study(path, reports, ("en",))
    command.build_study(path, reports, force=True)
    assert heavy == [1, 1, 1]


def test_a_large_file_is_read_again_where_its_marks_differ(tmp_path):
    """Size, times and place of an untouched file are the same; a change of bytes changes them."""
    path = tmp_path / "large"
    path.write_bytes(b"a" * (LARGE + 1))
    seen = look([path, tmp_path / "gone"])
    assert seen.changed() == []
    with path.open("r+b") as file:
        file.write(b"b")
    os.utime(path, (0, 0))
    assert seen.changed() == [path]
    (tmp_path / "gone").write_bytes(b"")
    path.unlink()
    assert seen.changed() == [tmp_path / "gone", path]


def test_hidden_and_compiled_files_are_none_of_the_build(tmp_path):
    """Python and JupyterLab leave them, and file managers."""
    for name in ("b/x.csv", "a.csv", "__pycache__/a.pyc", ".ipynb_checkpoints/a.ipynb", ".x"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert names_below(tmp_path) == ["a.csv", "b/x.csv"]


def test_the_second_is_told_before_anything_is_loaded(study, heavy):
    """Exit code 75, and no note of failure."""
    folder = prepare.folder_of(load(study[0]))
    with lock.locked(folder), pytest.raises(BusyError) as told:
        command.build_study(*study)
    assert (told.value.exit_code, heavy) == (75, [])
    assert not list(study[1].glob("*.last_failure.json"))


def test_a_start_loads_nothing_heavy(tmp_path):
    """One that is refused, or has nothing to do, costs a tenth of a second and not three."""
    path = study_file(tmp_path)
    program = (
        "import sys\nfrom pathlib import Path\n"
        "from studylib.build import begin, command, commands\n"
        "from studylib.build.telling import notify\n"
        "from studylib.runs.published import changes\n"
        f"print(begin.nothing_to_do(Path({str(path)!r}), Path({str(tmp_path)!r}), ()))\n"
        "print(sorted({'pandas', 'numpy', 'pydantic', 'pytask', 'jinja2', 'nbformat', 'bs4'} "
        "& set(sys.modules)))"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert said.stdout.split("\n") == ["False", "[]", ""]


def test_a_place_that_cannot_be_written_is_said_at_once(study, heavy, tmp_path, monkeypatch):
    """Which, why, and how to name another: before anything is read."""
    path, _ = study
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=r"Pages go to .*file/reports'; name another folder with"):
        command.build_study(path, tmp_path / "file" / "reports")
    monkeypatch.setenv(project.PROCESSED, str(tmp_path / "file"))
    with pytest.raises(UsageError, match=r"name another folder with --work, .* not a directory"):
        command.build_study(path, tmp_path / "reports")
    assert heavy == []


def test_an_input_that_changes_during_the_run_is_noticed(study, monkeypatch):
    """Exit code 10 with its name, nothing published, and the next build reads it again."""
    path, reports = study
    link = (reports / load(path).id).readlink()
    edited(study)
    read = plan.Plan.check_unchanged

    def somebody_writes(self):
        export(path.parent / "data" / "lens.csv", {}, {"Application Number": "ES 200400009 A"})
        read(self)

    with monkeypatch.context() as at_work:
        at_work.setattr(plan.Plan, "check_unchanged", somebody_writes)
        with pytest.raises(DataError, match=r"1 file changed while the build ran: 'lens\.csv'"):
            command.build_study(path, reports)
    page = (reports / load(path).id / "en" / "00_one.html").read_text()
    assert "1 record came in" in page
    assert (reports / load(path).id).readlink() != link  # the page says that it is old
    command.build_study(path, reports)
    assert "2 records came in" in (reports / load(path).id / "en" / "00_one.html").read_text()


def test_a_notebook_that_changes_during_the_run_is_noticed(study):
    """Here it writes to itself, as an editor would that saves it while it runs."""
    path, reports = study
    notebook = plan.NOTEBOOKS / "00_one.ipynb"
    says = (
        f"from pathlib import Path\np = Path({str(notebook)!r})\np.write_text(p.read_text() + ' ')"
    )
    written(plan.NOTEBOOKS, *CELLS, ("writes", f"{says}\nNone"), name="00_one")
    with pytest.raises(DataError, match=r"1 file changed while the build ran: '00_one\.ipynb'"):
        command.build_study(path, reports)


def test_ten_starts_are_one_build(study):
    """Nine of ten answer 75 within a second of the first; on a loaded machine, within a few."""
    path, reports = study
    edited(study)
    folder = prepare.folder_of(load(path))
    command_line = [sys.executable, "-m", "studylib", "build", str(path), "--reports", str(reports)]
    with lock.locked(folder):
        started = time.monotonic()
        all_of_them = [
            subprocess.Popen(command_line, stderr=subprocess.PIPE, cwd=ROOT) for _ in range(9)
        ]
        codes = [one.wait(60) for one in all_of_them]
        took = time.monotonic() - started
    for one in all_of_them:
        one.stderr.close()
    assert codes == [75] * 9
    assert took < 6


def refused(*words, cwd=ROOT, **environment):
    """A start that another build refuses: exit code, its last line, seconds of a processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = subprocess.run(
        [sys.executable, "-m", "studylib", *words], capture_output=True, text=True, check=False,
        cwd=cwd, env={**os.environ, **environment},
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return told.returncode, told.stderr, took


def test_a_start_that_is_refused_costs_a_twentieth_of_a_second(tmp_path):
    """So ten at once answer within a second on two processors: measured 0.03 s each."""
    path = study_file(tmp_path)
    with lock.locked(tmp_path / "work" / load(path).id):
        costs = [refused("build", str(path), "--work", str(tmp_path / "work")) for _ in range(3)]
    assert {code for code, _, _ in costs} == {75}
    assert min(took for _, _, took in costs) < 0.18


def test_the_lock_is_taken_before_anything_is_loaded(tmp_path):
    """The command line itself, pandas and pydantic come after it."""
    path = study_file(tmp_path)
    program = (
        "import sys\nfrom studylib.build import at_once\nfrom studylib.errors import BusyError\n"
        f"try:\n    at_once.locked(['build', {str(path)!r}]).__enter__()\n"
        "except BusyError as error:\n    print(error.exit_code)\n"
        "print(sorted({'typer', 'pandas', 'numpy', 'pydantic'} & set(sys.modules)))"
    )
    with lock.locked(project.folder_of(load(path).id)):
        said = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
        )
    assert said.stdout.split() == ["75", "[]"]


@pytest.mark.parametrize(
    "more",
    [
        ("{study}",),
        ("--force", "{study}"),
        ("--jobs", "3", "{study}", "--quiet"),
        ("--work={work}", "{study}"),
        ("{study}", "--language", "en", "--work", "{work}"),
        (),
    ],
)
def test_however_a_build_is_asked_for_its_lock_is_known(tmp_path, monkeypatch, more):
    """Study file and folder, wherever they stand; without one it is study.toml of the folder."""
    path, work = study_file(tmp_path), tmp_path / "work"
    monkeypatch.setenv(project.PROCESSED, str(tmp_path / "told"))
    monkeypatch.chdir(tmp_path)
    words = [word.format(study=path, work=work) for word in more]
    place = work if "work" in "".join(more) else tmp_path / "told"
    with lock.locked(place / load(path).id), pytest.raises(BusyError, match="Another build"):
        at_once.locked(["build", *words]).__enter__()


@pytest.mark.parametrize(
    "words",
    [
        ["status", "{study}"],
        ["build", "{study}", "--dry-run"],
        ["build", "{study}", "--prove"],
        ["build", "--help"],
        ["build", "{study}", "{study}"],
        ["build", "none.toml"],
        [],
    ],
)
def test_what_builds_nothing_takes_no_lock(tmp_path, monkeypatch, words):
    """Whatever is not understood is left to the command, which says what is wrong with it."""
    path = study_file(tmp_path)
    monkeypatch.setenv(project.PROCESSED, str(tmp_path))
    with (
        lock.locked(tmp_path / load(path).id),
        at_once.locked([w.format(study=path) for w in words]),
    ):
        pass


def test_the_lock_of_a_start_is_that_of_its_build(tmp_path, monkeypatch):
    """Held from the first moment to the end of the build, and free afterwards."""
    path = study_file(tmp_path)
    monkeypatch.setenv(project.PROCESSED, str(tmp_path))
    folder = tmp_path / load(path).id
    start = at_once.locked(["build", str(path)])
    with start, lock.locked(folder), pytest.raises(BusyError), lock.locked(folder):
        pass
    with at_once.locked(["build", str(path)]):  # the command ended before it asked for the lock
        pass
    with lock.locked(folder):
        pass


def test_the_options_of_a_build_are_known_before_it_is_loaded():
    """All that the command takes, but those that build nothing."""
    options = get_command(app).commands["build"].params
    valued = {o for p in options if p.param_type_name == "option" and not p.is_flag for o in p.opts}
    flags = {o for p in options if p.param_type_name == "option" and p.is_flag for o in p.opts}
    assert valued == at_once.VALUED
    assert flags - at_once.FLAGS == {"--dry-run", "--prove"}


def test_a_folder_that_cannot_be_locked_is_left_to_the_command(tmp_path, monkeypatch):
    """It says in words what is wrong with the folder."""
    path = study_file(tmp_path)
    (tmp_path / "file").touch()
    for told in (tmp_path / "file", "relative"):
        monkeypatch.setenv(project.PROCESSED, str(told))
        with at_once.locked(["build", str(path)]):
            pass
