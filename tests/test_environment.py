"""The set-up: one list of dependencies, a lock of hashes without addresses."""

import re
import shlex
import subprocess
import sys
import tomllib

import pytest
import yaml
from conftest import ROOT

CONDA_NAMES = {"python-duckdb": "duckdb"}


def test_conda_users_get_the_same_dependencies():
    """environment.yml lists exactly the dependencies of pyproject.toml, with the same bounds."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = re.findall(r"^  - (\S+)$", (ROOT / "environment.yml").read_text(), flags=re.MULTILINE)
    listed = {line for line in lines if ">=" in line}
    wanted = {*project["dependencies"], f"python{project['requires-python']}"}
    named = {re.sub(r"^[^>]+", lambda m: CONDA_NAMES.get(m[0], m[0]), line) for line in listed}
    assert named == wanted


def test_the_lock_has_a_hash_for_each_package_and_no_address():
    """Every locked package carries hashes; nothing in the lock says where it comes from."""
    text = (ROOT / "requirements.lock").read_text()
    packages = re.split(r"\n(?=[a-z])", text.strip())
    assert [p.split()[0] for p in packages if "--hash=sha256:" not in p] == []
    assert "://" not in text
    assert "--index" not in text


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


@pytest.mark.parametrize("name", [".github/workflows/test.yml", ".github/workflows/weekly.yml"])
def test_workflows_are_read_as_they_are_meant(name):
    """YAML with jobs and steps; a push is tested as CI does it, and every action has a version."""
    read = yaml.safe_load((ROOT / name).read_text("utf-8"))
    steps = [step for job in read["jobs"].values() for step in job["steps"]]
    assert True in read or "on" in read  # YAML 1.1 reads `on` as true
    assert all(re.search(r"@v\d+$", step["uses"]) for step in steps if "uses" in step)
    if name.endswith("test.yml"):
        assert [step["run"] for step in steps if "run" in step] == ["bash .ci/run"]


def test_hooks_run_what_is_there():
    """Each hook before a commit is a command of this project's own environment."""
    (repo,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert repo["repo"] == "local"
    assert {hook["entry"].split()[0].partition("/bin/")[0] for hook in repo["hooks"]} == {".venv"}


COMMANDS = sorted(
    set(
        re.findall(
            r"`(\.venv/bin/[^`]+|make [^`]+)`", (ROOT / "CONTRIBUTING.md").read_text("utf-8")
        )
    )
)


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_of_contributing_work_as_typed(command):
    """A test that is named is found, a module answers, a target exists."""
    program, *words = shlex.split(command)
    if program == "make":
        assert re.search(rf"^{words[0]}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
        return
    asked = {
        "pytest": [sys.executable, "-m", "pytest", "--collect-only", "-q", *words],
        "python": [sys.executable, *words[:2], "--help"],
        "studylib": [sys.executable, "-m", "studylib", *words[:1], "--help"],
    }[program.removeprefix(".venv/bin/")]
    done = subprocess.run(asked, check=False, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
