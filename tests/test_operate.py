"""What runs a build every night: each file of `docs/operate` does what it says."""

import re
import shutil
import subprocess
import sys

import pytest
from conftest import ROOT

OPERATE = ROOT / "docs" / "operate"
OPTION = re.compile(r"--[a-z][a-z-]+")


def text(name):
    """A file of the folder."""
    return (OPERATE / name).read_text(encoding="utf-8")


def commands(of):
    """Every `studylib` command in a text, without the path before it."""
    return re.findall(
        r"(?:\.venv/bin/)?studylib (build|extract|farm|history|status|rollback|compare)([^\n`>]*)",
        of,
    )


@pytest.mark.parametrize("name", sorted(path.name for path in OPERATE.iterdir()))
def test_every_command_has_the_options_it_is_given(name):
    """A file that is copied works with this version of the command."""
    for command, rest in commands(text(name)):
        help_of = subprocess.run(
            [sys.executable, "-m", "studylib", command, "--help"],
            capture_output=True, text=True, check=True, cwd=ROOT,
        ).stdout  # fmt: skip
        assert [option for option in OPTION.findall(rest) if option not in help_of] == []


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="skipped: no systemd-analyze")
def test_systemd_takes_service_and_timer(tmp_path):
    """As `systemd-analyze verify` reads them, with the paths of this project in them."""
    for name in ("studylib.service", "studylib.timer"):
        (tmp_path / name).write_text(text(name).replace("%h/study", str(ROOT)))
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *sorted(map(str, tmp_path.iterdir()))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (said.returncode, said.stderr) == (0, "")


def test_the_service_is_kept_from_the_rest_of_the_machine():
    """A user's systemd does so in a name space alone; what a build writes to is named."""
    said = [line for line in text("studylib.service").splitlines() if line[:1] not in ("#", "[")]
    keys = dict(line.split("=", 1) for line in said if "=" in line)
    assert keys["PrivateUsers"] == keys["PrivateTmp"] == "yes"
    assert (keys["ProtectSystem"], keys["ProtectHome"]) == ("strict", "read-only")
    assert keys["ReadWritePaths"] == "%h/study/reports %h/study/data/processed"
    # Where matplotlib cannot write it warns on stderr, and so do pages.
    assert keys["CacheDirectory"] == "studylib"
    assert keys["Environment"] == "XDG_CACHE_HOME=%C MPLCONFIGDIR=%C/studylib"
    assert (keys["Delegate"], keys["SuccessExitStatus"]) == ("memory", "75")


@pytest.mark.parametrize(("code", "ends"), [(0, 0), (75, 0), (11, 11)])
def test_cron_runs_the_command_and_takes_75_for_well(tmp_path, code, ends):
    """The line is run by the shell of cron, with a `studylib` that ends so."""
    [line] = [line for line in text("studylib.cron").splitlines() if not line.startswith("#")]
    command = line.split(maxsplit=5)[5]
    own = tmp_path / "study" / ".venv" / "bin" / "studylib"
    own.parent.mkdir(parents=True)
    own.write_text(f'#!/bin/sh\necho "$@" >> called\necho index\nexit {code}\n')
    own.chmod(0o755)
    said = subprocess.run(
        ["/bin/sh", "-c", command], env={"HOME": str(tmp_path), "PATH": "/bin:/usr/bin"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (said.returncode, said.stdout) == (ends, "")
    called = (tmp_path / "study" / "called").read_text()
    assert called == "build study.toml --reports reports --quiet\n"


def test_the_container_has_what_the_project_needs():
    """Its steps are those of the README; the folders it names are those of the command."""
    lines = [line for line in text("Containerfile").splitlines() if not line.startswith("#")]
    said = "\n".join(lines)
    assert "make .venv/ready" in said
    assert "STUDYLIB_PROCESSED=/work XDG_CACHE_HOME=/work/.cache MPLCONFIGDIR=/work/.cache/" in said
    assert "mkdir --mode 1777 /work /reports" in said  # whoever runs it writes there
    assert 'ENTRYPOINT ["/usr/bin/tini", "--", "/study/.venv/bin/studylib"]' in said
    assert "ready: requirements.lock" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_what_was_built_here_stays_out_of_the_container():
    """All that git leaves out, wherever git does: pages, answers, the `.venv` of this machine."""
    left_out = set((ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines())
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    by_git = {line for line in lines if not line.startswith("!")}
    anywhere = {f"**/{line.rstrip('/')}" for line in by_git if "/" not in line.rstrip("/")}
    here = {line.strip("/").removesuffix("/*") for line in by_git if "/" in line.rstrip("/")}
    assert anywhere | here | {".git"} <= left_out


def test_the_workflow_is_one():
    """It runs the README's command, keeps what was built, and has no more rights than it needs."""
    said = text("rebuild.yml")
    for part in ("name:", "on:", "jobs:", "permissions:\n  contents: read", "run: make reports"):
        assert part in said
    assert re.findall(r"uses: (\S+)@v\d", said) == [
        "actions/checkout", "actions/setup-python", "actions/cache/restore", "actions/cache/save",
        "actions/upload-artifact",
    ]  # fmt: skip
