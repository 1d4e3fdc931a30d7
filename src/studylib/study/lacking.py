"""What a study lacks of what notebooks speak of: told from its file alone."""

from studylib.runs.lacking import INSTEAD
from studylib.study.model import Study


def lacks(study: Study) -> tuple[str, ...]:
    """What a study lacks of what notebooks speak of: keys of `INSTEAD` in `runs/lacking.py`."""
    lacking = {
        "reference": study.reference is None,
        "comparison": not study.comparison,
        "clusters": not study.clusters,
        f"address: {study.counting.located_by}": True,
    }
    return tuple(key for key, is_lacking in lacking.items() if is_lacking and key in INSTEAD)
