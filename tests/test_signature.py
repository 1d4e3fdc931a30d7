"""The signature is of the bytes that were read: whichever input changes, the build ends."""

import os
import shutil
import zipfile

import pytest
from small_studies import COUNTING, FRANCE, PERIOD, SPAIN, study_file

from studylib.build.plan import Plan
from studylib.errors import DataError
from studylib.files import seen
from studylib.ket.rules import DEFAULT_SCHEME

NAMED = ("data/a.csv", "packed.zip", "clusters.csv", "claims.toml", "register.toml", "sectors.csv",
         "themes.csv", "own.csv", "own.toml", "answers.csv", "book.toml", "corpus.csv",
         "study.toml")  # fmt: skip


@pytest.fixture
def plan(tmp_path):
    """The plan of a study that names a file of every kind, when its build begins."""
    keys = ("clusters", "claims", "sectors", "themes")
    named = "".join(f'{key} = "{key}.{"toml" if key == "claims" else "csv"}"\n' for key in keys)
    path = study_file(
        tmp_path, named, 'register = "register.toml"\n', PERIOD, COUNTING, SPAIN, FRANCE,
        '[ket]\nscheme = "own.csv"\n[corpus]\npath = "corpus.csv"\n'
        '[survey]\npath = "answers.csv"\ncodebook = "book.toml"\n'
        '[[sources]]\npath = "data"\n[[sources]]\npath = "packed.zip"\n',
    )  # fmt: skip
    for name in NAMED[:-1]:
        (tmp_path / name).write_text("x\n")
    shutil.copy(DEFAULT_SCHEME, tmp_path / "own.csv")
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as packed:
        packed.writestr("a.csv", "x\n")
    found = Plan(path, tmp_path / "reports")
    assert len(found.seen.files) > len(NAMED)
    found.check_unchanged()
    return found


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("how", ["written", "replaced by a link", "removed"])
def test_whichever_input_changes_the_build_ends_with_its_name(plan, tmp_path, name, how):
    """Exports, archives, lists, rules and what lies beside them, surveys, codebooks, corpora."""
    path = tmp_path / name
    if how == "written":
        path.write_bytes(path.read_bytes() + b"y\n")
    else:
        path.unlink()
    if how == "replaced by a link":
        (tmp_path / "other").write_text("y\n")
        path.symlink_to(tmp_path / "other")
    with pytest.raises(DataError, match=rf"1 file changed while the build ran: '{path.name}'"):
        plan.check_unchanged()


@pytest.mark.parametrize("name", ["data/b.csv", "data/more/c.csv", "ipc_alias.csv"])
def test_a_file_that_comes_while_a_build_runs_ends_it(plan, tmp_path, name):
    """A new export in a folder, or rules beside the study's own, may have been read or not."""
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("x\n")
    with pytest.raises(DataError, match=rf"1 file changed while the build ran: '{path.name}'"):
        plan.check_unchanged()


def test_the_same_bytes_are_no_change(plan, tmp_path):
    """Whoever touches a file, or puts the same bytes there, changes nothing."""
    os.utime(tmp_path / "data/a.csv", (0, 0))
    (tmp_path / "same").write_text("x\n")
    (tmp_path / "same").replace(tmp_path / "answers.csv")
    assert plan.seen.changed() == []
    plan.check_unchanged()


def test_a_large_file_with_its_old_time_is_looked_at(tmp_path, monkeypatch):
    """A program can set back the time of a change, and not that the system noted it."""
    monkeypatch.setattr(seen, "LARGE", 1)
    path = tmp_path / "a"
    path.write_text("one")
    looked = seen.look([path])
    status = path.stat()
    path.write_text("two")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert looked.changed() == [path]
