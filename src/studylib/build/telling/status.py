"""
What of a study's pages is older than what they are made of, as a table for a notebook.

    status(study)  ->  step               why
                       prepare            changed: list.csv
                       run en/20_patents  follows from prepare
                       environment        numpy 2.1.0 is installed; requirements.lock says 2.2.0

No row: the pages say what data, rules, code and packages of today say.
"""

import re
from importlib import metadata
from pathlib import Path

import pandas as pd

from studylib.build.telling.overview import what_would_run
from studylib.patents.dataset import Dataset
from studylib.project import PROJECT
from studylib.study.model import find

REPORTS = PROJECT / "reports"
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def status(study: Dataset, reports: str | Path = REPORTS) -> pd.DataFrame:
    """
    What a build of the study would do, and why: where its pages are older than what they rest on.

    Parameters
    ----------
    reports
        Where its pages are published; the `reports` of the project if it is not said.

    Returns
    -------
    One row per step that is stale, in the order of the build: step (`prepare`, `run en/20_patents`,
    `publish`), why.  Last, a row `environment` for each package that is installed in another
    version than `requirements.lock` names.  No row where all is fresh.

    Raises
    ------
    BusyError
        The study is being built.
    """
    stale = what_would_run(find(study.file), Path(reports))
    other = [("environment", said) for said in other_versions()]
    return pd.DataFrame([*stale, *other], columns=["step", "why"], dtype="str")


def other_versions(lock: Path = PROJECT / "requirements.lock") -> list[str]:
    """The packages whose installed version is none of those the lock names, in sentences."""
    locked: dict[str, list[str]] = {}
    for name, version in LOCKED.findall(lock.read_text(encoding="utf-8")):
        locked.setdefault(name, []).append(version)  # a lock may name one per version of Python
    return [
        f"{name} {installed} is installed; {lock.name} says {' or '.join(versions)}"
        for name, versions in locked.items()
        if (installed := _installed(name)) and installed not in versions
    ]


def _installed(name: str) -> str:
    """The version of a package; "" where it is not installed, as for another system."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
