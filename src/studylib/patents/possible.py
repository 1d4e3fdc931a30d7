"""
What can be chosen about a study, key by key, for those who look at it in a notebook.

    located_by  ->  inventor, applicant            regions are known to no priority claim
    scheme      ->  data/raw/rules/ket_ec2012.csv  the rule files there are
"""

import os
from pathlib import Path
from typing import get_args

from studylib import ket
from studylib.study import settings
from studylib.study.model import Study
from studylib.study.value_types import LocatedBy

YEARS = ("first_year", "last_year")


def possible(study: Study, name: str) -> tuple[str, ...]:
    """What a choice can be: values the study file allows, or between which years it is prepared."""
    if name in YEARS:
        return (f"{study.period.first_year} to {study.period.last_year}",)
    if name == settings.TERRITORIES:
        return tuple(study.territory_ids)
    if name == "located_by":
        return tuple(basis for basis in get_args(LocatedBy) if _is_possible(study, basis))
    return settings.allowed(name) or tuple(schemes(study)) * (name == "scheme")


def schemes(study: Study) -> list[str]:
    """The rule files there are, as the study file names them: those of the library, and its own."""
    named = [*ket.DEFAULT_SCHEME.parent.glob("*.toml"), *study.root.glob("*.toml")]
    files = [path.with_suffix(".csv") for path in named if "[ket." in path.read_text("utf-8")]
    return sorted(
        Path(os.path.relpath(path, study.root)).as_posix() for path in files if path.is_file()
    )


def _is_possible(study: Study, basis: LocatedBy) -> bool:
    try:
        study.check_basis(basis)
    except ValueError:
        return False
    return True
