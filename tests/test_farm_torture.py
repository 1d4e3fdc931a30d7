"""Farms for hours: workers killed twenty times, and the matrix of the documentation whole."""

import json
import os
import random
import signal
import threading

import pytest
from conftest import ROOT
from notebook_files import written
from small_studies import BLOCKS, HEAD, study_file
from test_build import CELLS
from test_farm import sums, told, workers
from test_lens import export
from test_matrix import example

from studylib.build import command, plan
from studylib.farm.command import Farm, built
from studylib.runs.workers import supervise

distributed = pytest.importorskip("distributed", reason="skipped: extra `scale` not installed")
pytestmark = pytest.mark.torture
KILLS = 20


def killer(address, ended, killed):
    """Kill a worker at any moment, until it was done often enough or there is no more to do."""
    dice = random.Random(2013)
    with distributed.Client(address) as client:
        while len(killed) < KILLS and not ended.wait(dice.uniform(2, 12)):
            busy = [one for one, keys in client.processing().items() if keys]
            if busy:
                one = dice.choice(busy)
                os.kill(client.run(os.getpid, workers=[one])[one], signal.SIGKILL)
                killed.append(one)


def test_twenty_kills_change_no_byte(tmp_path, monkeypatch):
    """Every study is built in the end, and is what a serial run makes of it."""
    (tmp_path / "notebooks").mkdir()
    written(tmp_path / "notebooks", *CELLS, name="00_one")
    study_file(tmp_path, *BLOCKS, head=HEAD.replace("tiny", "base"), name="base.toml")
    export(tmp_path / "data" / "lens.csv", {})
    names = [f"killed-{n}" for n in range(12)]
    areas = "".join(f'[[area]]\nid = "{name}"\nseed = {n}\n' for n, name in enumerate(names))
    (tmp_path / "matrix.toml").write_text('base = "base.toml"\nlanguages = ["en"]\n' + areas)
    ended, killed = threading.Event(), []
    with workers(tmp_path) as address:
        thread = threading.Thread(target=killer, args=(address, ended, killed))
        thread.start()
        built(Farm(tmp_path / "matrix.toml", tmp_path / "farm", address), print)
        ended.set()
        thread.join()
    assert set(told(tmp_path / "farm").values()) == {("built", 0)}
    assert killed
    monkeypatch.setattr(plan, "NOTEBOOKS", tmp_path / "notebooks")
    for name in names:
        command.build_study(tmp_path / f"{name}.toml", tmp_path / "serial", force=True)
    supervise.end_idle()
    assert sums(tmp_path / "farm", *names) == sums(tmp_path / "serial", *names)


def test_the_matrix_of_the_documentation_builds(tmp_path):
    """Three border areas, three periods, four languages: every page of nine studies."""
    (tmp_path / "data").symlink_to(ROOT / "data", target_is_directory=True)
    (tmp_path / "study.toml").write_text((ROOT / "study.toml").read_text("utf-8"), "utf-8")
    path = example(tmp_path)
    path.write_text(path.read_text("utf-8").replace(str(ROOT / "study.toml"), "study.toml"))
    built(Farm(path, tmp_path / "reports", workers=2), print)
    said = json.loads((tmp_path / "reports" / "farm.json").read_text("utf-8"))
    assert [one["outcome"] for one in said["studies"]] == ["built"] * 9
    pages = {p.parent.name for p in (tmp_path / "reports" / "north-2000-2004").rglob("index.html")}
    assert pages == {"en", "es", "fr", "eu"}
