"""
The patent exports of a study, read: what a build and `studylib check` start from.

    [[sources]]  --keep_of-->  what a bulk edition may leave behind  --read_sources-->  raw columns
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from studylib import readers
from studylib.errors import DataError, UsageError, quoted
from studylib.readers.raw import Keep, RawPatents
from studylib.study.areas import areas_of
from studylib.study.model import Study, load


def read_sources(study: Study) -> dict[Path, list[RawPatents]]:
    """Every patent source of the study, bulk formats filtered to its years and areas."""
    keep = keep_of(study)
    found = {}
    for i, source in enumerate(study.sources):
        try:
            raws = readers.read_all(
                [study.path(source.path)], source.format, keep, source.declaration
            )
        except readers.NothingToReadError:
            raise DataError(
                f"`sources[{i}].path` of the study names {quoted(source.path)}, which holds no "
                "file. Put the patent exports there, or correct the path in the study file."
            ) from None
        if source.nuts_version:
            raws = [replace(raw, nuts_version=source.nuts_version) for raw in raws]
        found[source.path] = raws
    return found


def keeps_of(study_files: Sequence[Path]) -> list[Keep]:
    """
    What an extract has to keep for each of these studies; their exports need not be there yet.

    Raises
    ------
    UsageError
        A study file is wrong, or a study locates by no address.
    """
    found = []
    for file in study_files:
        keep = keep_of(load(file, has_inputs=False))
        if keep is None:
            raise UsageError(
                f"{quoted(file.name)} locates by no address: an extract for it would be the whole "
                "edition. Take `located_by` inventor or applicant."
            )
        found.append(keep)
    return found


def keep_of(study: Study) -> Keep | None:
    """What a bulk reader may leave behind; None where location is not by address."""
    if study.counting.located_by not in {"inventor", "applicant"}:
        return None
    from studylib.clean import nuts

    areas = areas_of(study).dropna(subset="nuts")
    prefixes = {
        code
        for area in areas.itertuples()
        for code in nuts.in_every_version(str(area.nuts), str(area.version))
    }
    countries = set(study.reference.countries) if study.reference else set()
    countries |= {t.country for t in study.territories if t.country and not t.nuts}
    # Bulk editions know no date of publication early enough to leave anything behind by it.
    is_early = study.period.date != "publication"
    return Keep(
        first_year=study.period.first_year if is_early else None,
        last_year=study.period.last_year if is_early else None,
        date="priority" if study.period.date == "priority" else "filing",
        countries=tuple(sorted(countries)),
        nuts_prefixes=tuple(sorted(prefixes)),
    )
