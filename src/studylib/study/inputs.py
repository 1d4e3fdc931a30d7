"""The inputs of a study as a table: what each file is, as registered or as the file says."""

from pathlib import Path

import pandas as pd

from studylib.files.folder import as_shown
from studylib.language import languages
from studylib.language.given import translated
from studylib.study import sources
from studylib.study.model import Study


def table_of(study: Study, formats: dict[Path, str]) -> pd.DataFrame:
    """
    One row per input file of the study (contract `sources`), sorted by source and file.

    Parameters
    ----------
    formats
        Format of each source of the study, as read.
    """
    register, root = _register(study), study.root
    if study.register_file:
        root = study.path(study.register_file).parent
    rows = []
    for path, format_name in sorted(formats.items()):
        entry = sources.entry_for(study.path(path), format_name, register, root)
        texts = {f"title_{code}": translated(entry.title, code) for code in languages()}
        texts |= {f"caption_{code}": translated(entry.caption, code) for code in languages()}
        rate = entry.sampling_rate
        for file, checksum in sorted(entry.sha256.items()):
            rows.append(
                {
                    "source_id": entry.id,
                    "file": as_shown(Path(file).name),
                    "format": format_name,
                    "licence": entry.licence,
                    "is_synthetic": entry.synthetic,
                    "sha256": checksum,
                    "rate_territories": rate.territories if rate else None,
                    "rate_elsewhere": rate.elsewhere if rate else None,
                    **texts,
                }
            )
    return pd.DataFrame(rows)


def _register(study: Study) -> sources.Register | None:
    return sources.load_register(study.path(study.register_file)) if study.register_file else None


def verify(study: Study) -> None:
    """Raise DataError if a registered input is not what was registered."""
    if register := _register(study):
        sources.verify(register, study.path(study.register_file).parent)  # type: ignore[arg-type]
