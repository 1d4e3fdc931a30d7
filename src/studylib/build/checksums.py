"""
Checksums of what a build rests on, as they may be published.

    inputs             --of_inputs-->  {file: checksum}
    prepared tables    --of_data-->    the name of the release of the data

Of a survey that is not public (`survey.disclosure`) neither the checksum of its file nor those of
the tables of its respondents are told: a small file can be guessed, and they would say whether
the guess is right.  In their place stands that it is withheld, with the checksum of the totals
that are published.
"""

import hashlib
import json
from collections import Counter
from os.path import relpath
from pathlib import Path

from studylib import tables
from studylib.build.plan import Plan
from studylib.files.checksum import checksum
from studylib.files.folder import as_shown
from studylib.survey.prepare import OF_RESPONDENTS, is_public

SHORT = 12  # characters of a checksum that name the data


def of_inputs(plan: Plan) -> dict[str, str]:
    """Every input but the study file, with its checksum as it may be told."""
    study, found = plan.study, named(plan)
    said = {name: path for name, path in found.items() if not path.samefile(plan.study_file)}
    if not _hidden(plan):
        return {name: checksum(path) for name, path in said.items()}
    assert study.survey is not None
    own = study.path(study.survey.path)
    rows = tables.read("sources", plan.folder)
    is_own = (rows["role"] == "survey") & (rows["file"] == as_shown(own.name))
    told = str(rows.loc[is_own, "sha256"].iloc[0])
    return {name: told if path.samefile(own) else checksum(path) for name, path in said.items()}


def named(plan: Plan) -> dict[str, Path]:
    """Every input under the name it is published by: with its folders where two have one name."""
    n = Counter(path.name for path in plan.inputs)
    root = plan.study.root
    return {
        as_shown(path.name if n[path.name] == 1 else Path(relpath(path, root)).as_posix()): path
        for path in plan.inputs
    }


def of_data(plan: Plan) -> str:
    """The name of the release of the data: what was prepared, without what may not be told."""
    hidden = _hidden(plan)
    if not hidden:
        return checksum(plan.prepared)[:SHORT]
    said = json.loads(plan.prepared.read_text(encoding="utf-8"))
    told = {name: value for name, value in said.items() if Path(name).stem not in hidden}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:SHORT]


def _hidden(plan: Plan) -> tuple[str, ...]:
    """The tables whose checksums are not told."""
    return () if is_public(plan.study) else OF_RESPONDENTS
