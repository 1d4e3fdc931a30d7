"""
`studylib build --prove`: the same study built twice under other conditions is the same bytes.

    study  --build, folder a, UTC, C.UTF-8, hash seed 0, 1 thread, 2 pages at a time--->  files
           --build, folder b, Tokyo, French, hash seed 4242, 2 threads, 1 page at a time-> files
           --compare-->  a sentence, or the names of the files that differ

Both builds are processes of their own with an environment of their own, and begin from nothing:
no page, no table and no font list of the user is read, and none is written.
"""

import hashlib
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from studylib.build.begin import id_of
from studylib.errors import DiffersError, RunError, UsageError, quoted, several, some
from studylib.project import PROCESSED
from studylib.runs.workers import scratch

COMMAND = (sys.executable, "-m", "studylib")
KEPT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
# What OpenBLAS calls the newest and the oldest instructions a processor of today is asked for.
CORES = (
    ("Haswell", "Prescott") if platform.machine() in ("x86_64", "AMD64") else ("ARMV8", "CORTEXA57")
)
CONDITIONS: Mapping[str, Mapping[str, str]] = {
    "one": {
        "TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "COLUMNS": "80",
        "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "jobs": "2",
        "OPENBLAS_CORETYPE": CORES[0],
    },
    "ein zweiter Ordner, été": {
        "TZ": "Asia/Tokyo", "LC_ALL": "fr_FR.UTF-8", "PYTHONHASHSEED": "4242", "COLUMNS": "200",
        "OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2", "OPENBLAS_CORETYPE": CORES[1],
        "jobs": "1",
    },
}  # fmt: skip
TIMEOUT = 2 * 3600.0  # [s]


def proved(study_file: Path, languages: Sequence[str] = ()) -> str:
    """
    That two builds are equal, in a sentence.

    Raises
    ------
    DiffersError
        They are not: which files differ.
    RunError
        One of the builds failed.
    """
    study_id = id_of(study_file)
    if study_id is None:
        raise UsageError(f"{quoted(study_file)} gives no `id`; studylib check says what is wrong.")
    with tempfile.TemporaryDirectory(prefix=scratch.prefix()) as place:
        both = [
            _built(study_file, study_id, languages, Path(place) / name, conditions)
            for name, conditions in CONDITIONS.items()
        ]
    one, other = both
    if wrong := sorted(name for name in {*one, *other} if one.get(name) != other.get(name)):
        raise DiffersError(
            f"{several(len(wrong), 'file differs', 'files differ')} between two builds of "
            f"{quoted(study_id)}: {some(wrong)}. What makes them depends on time, place, chance or "
            "the order of a set; name a seed, sort, and leave paths out."
        )
    return (
        f"{study_id}: {several(len(one), 'file is', 'files are')} equal byte for byte, built twice "
        "under another folder, time zone, language of the machine, hash seed, home, core of the "
        "linear algebra, number of threads and of pages at a time."
    )


def _built(
    study_file: Path,
    study_id: str,
    languages: Sequence[str],
    folder: Path,
    conditions: Mapping[str, str],
) -> dict[str, str]:
    """Checksums of every published file of one build, and of the page above all studies."""
    home = folder / "home"
    home.mkdir(parents=True)
    study = folder / "study"  # the same files by another name
    study.symlink_to(study_file.absolute().parent, target_is_directory=True)
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    environment |= {name: told for name, told in conditions.items() if name != "jobs"}
    environment |= {"HOME": str(home), PROCESSED: str(folder / "work")}
    asked = [item for code in languages for item in ("--language", code)]
    done = subprocess.run(  # noqa: S603 - our own module, no shell
        [*COMMAND, "build", str(study / study_file.name), "--reports", str(folder / "reports"),
         "--jobs", conditions["jobs"], "--quiet", *asked],
        env=environment, capture_output=True, text=True, check=False, cwd=folder, timeout=TIMEOUT,
    )  # fmt: skip
    if done.returncode:
        raise RunError(f"One of the two builds failed: {done.stderr.strip()}")
    shown = (folder / "reports" / study_id).resolve()
    files = {p.relative_to(shown).as_posix(): p for p in shown.rglob("*") if p.is_file()}
    files["../index.html"] = folder / "reports" / "index.html"
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
