"""
Checksums of what a build rests on, as they may be published.

    inputs             --of_inputs-->  {file: checksum}
    prepared tables    --of_data-->    the name of the release of the data

Of a survey that is not public (`survey.disclosure`) neither the checksum of its file nor those of
the tables of its respondents are told: a small file can be guessed, and they would say whether
the guess is right.  In their place stands the checksum of the totals that are published.
"""

import hashlib
import json
from pathlib import Path

from studylib import tables
from studylib.build.plan import Plan
from studylib.files.checksum import checksum
from studylib.survey.prepare import OF_RESPONDENTS, is_public

SHORT = 12  # characters of a checksum that name the data


def of_inputs(plan: Plan) -> dict[str, str]:
    """Every input but the study file, with its checksum as it may be told."""
    study, hidden = plan.study, _hidden(plan)
    files = [path for path in plan.inputs if not path.samefile(plan.study_file)]
    if not hidden:
        return {path.name: checksum(path) for path in files}
    told = tables.read("sources", plan.folder).set_index("file")["sha256"]
    assert study.survey is not None
    own = study.path(study.survey.path)
    return {
        path.name: str(told[path.name]) if path.samefile(own) else checksum(path) for path in files
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
