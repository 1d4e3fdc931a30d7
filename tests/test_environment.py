"""The set-up: one list of dependencies, a lock of hashes without addresses."""

import re
import shlex
import subprocess
import sys
import tomllib

import pytest
import yaml
from conftest import ROOT

CONDA_NAMES = {"python-duckdb": "duckdb", "typst-py": "typst"}
"""What conda-forge calls otherwise; its `typst` is the program, without the library."""


def test_conda_users_get_the_same_dependencies():
    """environment.yml lists exactly the dependencies of pyproject.toml, with the same bounds."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = re.findall(r"^  - (\S+)$", (ROOT / "environment.yml").read_text(), flags=re.MULTILINE)
    listed = {line for line in lines if ">=" in line}
    wanted = {*project["dependencies"], f"python{project['requires-python']}"}
    named = {re.sub(r"^[^>]+", lambda m: CONDA_NAMES.get(m[0], m[0]), line) for line in listed}
    assert named == wanted


def test_binder_finds_what_it_builds_from():
    """
    `environment.yml` at the root, conda-forge alone, then the project itself.

    The lines for pip become a file of requirements, which knows no `--no-deps`.
    """
    read = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    assert read["channels"] == ["conda-forge"]
    assert read["dependencies"][-2:] == ["pip", {"pip": ["--editable ."]}]
    others = ("binder", ".binder", "requirements.txt", "setup.py", "Pipfile", "Dockerfile")
    assert [name for name in others if (ROOT / name).exists()] == []  # would be taken instead
    assert {"jupyterlab", "ipywidgets"} <= {str(d).partition(">")[0] for d in read["dependencies"]}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-scale.lock"])
def test_the_lock_has_a_hash_for_each_package_and_no_address(name):
    """Every locked package carries hashes; nothing in the lock says where it comes from."""
    text = (ROOT / name).read_text()
    packages = re.split(r"\n(?=[a-z])", text.strip())
    assert [p.split()[0] for p in packages if "--hash=sha256:" not in p] == []
    assert "://" not in text
    assert "--index" not in text


def test_both_locks_name_one_version():
    """Who installs the extra `scale` gets no other version of what is there already."""
    one, other = (
        dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements.lock", "requirements-scale.lock")
    )
    assert {"distributed", "pyspark"} <= set(other) - set(one)
    assert [name for name in other if one.get(name, other[name]) != other[name]] == []


def test_every_dependency_has_its_reason():
    """CONTRIBUTING.md says of every direct dependency why it is there."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [d for group in project["optional-dependencies"].values() for d in group]
    names = {re.match(r"[a-z0-9-]+", d)[0] for d in [*project["dependencies"], *extras]}
    reasons = (ROOT / "CONTRIBUTING.md").read_text()
    assert sorted(name for name in names if f"`{name}`" not in reasons) == []


def tracked():
    """The files of the project, as git lists them; the test is skipped where there is no git."""
    listed = subprocess.run(["git", "ls-files"], check=False, cwd=ROOT, capture_output=True)
    if listed.returncode:
        pytest.skip("skipped: no git checkout")
    return [ROOT / name for name in listed.stdout.decode().splitlines()]


def test_no_file_is_larger_than_two_megabytes():
    """A clone stays small: what is large is made, not kept."""
    assert [p.name for p in tracked() if p.is_file() and p.stat().st_size > 2_000_000] == []


def test_a_release_has_one_version():
    """`pyproject.toml`, CITATION.cff and the newest dated heading of CHANGELOG say the same."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    newest = re.search(
        r"^## (\d+\.\d+\.\d+) - (\d{4}-\d\d-\d\d)$",
        (ROOT / "CHANGELOG.md").read_text("utf-8"),
        re.MULTILINE,
    )
    assert newest
    assert (newest[1], newest[2]) == (version, str(cited["date-released"]))
    assert cited["version"] == version


WORKFLOWS = sorted((ROOT / ".github" / "workflows").iterdir())


def steps_of(path):
    """A workflow as it is read, and the steps of all its jobs."""
    read = yaml.safe_load(path.read_text("utf-8"))
    return read, [step for job in read["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=[path.name for path in WORKFLOWS])
def test_workflows_are_read_as_they_are_meant(path):
    """YAML with an occasion, jobs in a Debian of their own, and a version for every action."""
    read, steps = steps_of(path)
    assert read[True]  # YAML 1.1 reads `on` as true
    assert {job["runs-on"] for job in read["jobs"].values()} == {"ubuntu-latest"}
    assert all(job["container"].endswith("-bookworm") for job in read["jobs"].values())
    assert all(re.search(r"@v\d+$", step["uses"]) for step in steps if "uses" in step)
    assert [step for step in steps if len({"uses", "run"} & set(step)) != 1] == []


def test_a_push_is_tested_as_ci_does_it():
    """One command for both, the README's; the pictures of the pages are kept, of a failure too."""
    read, steps = steps_of(ROOT / ".github" / "workflows" / "test.yml")
    assert "push" in read[True]
    assert {"run": "bash .ci/run"} in steps
    folder = read["jobs"]["test"]["env"]["STUDYLIB_PICTURES"]
    kept = {"name": "pictures", "path": folder}
    assert steps[-1] == {"uses": "actions/upload-artifact@v4", "if": "always()", "with": kept}
    assert (ROOT / ".ci" / "run").read_text("utf-8").rstrip().endswith("make test")


def test_old_and_new_versions_are_tested_every_week():
    """The oldest that `pyproject.toml` allows and the newest; both build, and are compared."""
    read, steps = steps_of(ROOT / ".github" / "workflows" / "weekly.yml")
    (when,) = read[True]["schedule"]
    assert re.fullmatch(r"\d+ \d+ \* \* [0-6]", when["cron"])
    rows = read["jobs"]["versions"]["strategy"]["matrix"]["include"]
    assert {row["versions"] for row in rows} == {"lowest-direct", "highest"}
    runs = " ; ".join(step.get("run", "") for step in steps)
    assert "--resolution ${{ matrix.versions }}" in runs
    assert ".venv/bin/pytest" in runs
    assert "studylib compare built-lowest-direct/results.json built-highest/results.json" in runs


def answers(command):
    """Whether a command does something: a test is found, a module answers, a target exists."""
    program, *words = shlex.split(command)
    if program == "make":
        return re.search(rf"^{words[0]}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    asked = {
        "pytest": ["-m", "pytest", "--collect-only", "-q", *words],
        "python": [*words[:2], "--help"],
        "studylib": ["-m", "studylib", *words[:1], "--help"],
        "jupyter": ["-m", "jupyter", *words[:1], "--version"],
        "ruff": ["-m", "ruff", *words, "task_study.py"],
    }[program.removeprefix(".venv/bin/")]
    done = subprocess.run([sys.executable, *asked], check=False, cwd=ROOT, capture_output=True)
    return done.returncode == 0


HOOKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]


@pytest.mark.parametrize("hook", HOOKS[0]["hooks"], ids=[hook["id"] for hook in HOOKS[0]["hooks"]])
def test_hooks_run_what_is_there(hook):
    """Before a commit, commands of this project's own environment, each of which works."""
    assert [repo["repo"] for repo in HOOKS] == ["local"]
    assert hook["language"] == "system"
    assert hook["entry"].startswith(".venv/bin/")
    assert answers(hook["entry"])


CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
COMMANDS = sorted(set(re.findall(r"`(\.venv/bin/[^`]+|make [^`]+)`", CONTRIBUTING)))


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_of_contributing_work_as_typed(command):
    """A test that is named is found, a module answers, a target exists."""
    assert answers(command)


@pytest.mark.parametrize(
    "command",
    [
        "make nothing", ".venv/bin/pytest tests/test_ket.py -k boundary",
        ".venv/bin/python -m studylib.sources --update", ".venv/bin/studylib bild",
    ],
)  # fmt: skip
def test_a_command_that_does_nothing_is_noticed(command):
    """What stood in CONTRIBUTING once and did nothing would be found."""
    assert not answers(command)


def test_commands_name_their_environment():
    """Outside `.venv` there is no studylib: a command says where its program is."""
    programs = r"`((?:python|pytest|pytask|studylib|ruff|mypy|jupyter|papermill) [^`]+)`"
    assert re.findall(programs, CONTRIBUTING) == []


def test_the_lab_opens_at_the_project():
    """`make lab` has study files, data and README in reach and hands its settings on."""
    asked = ["make", "--dry-run", "--no-print-directory", "--assume-old=.venv/ready", "lab"]
    asked.append("ARGS=--allow-root")
    said = subprocess.run(asked, check=True, cwd=ROOT, capture_output=True, text=True).stdout
    assert said.splitlines()[-1] == ".venv/bin/jupyter lab --ServerApp.root_dir=. --allow-root"
