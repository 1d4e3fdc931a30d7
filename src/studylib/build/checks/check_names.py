"""
Names that data lack: sectors no rule knows, and languages in which technologies have no name.

    list, themes  x  rules on sectors            -->  a line with the file a row is to be added to
    languages of the study  x  names in data     -->  a line for each file and language
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from studylib import ket
from studylib.errors import several, some
from studylib.ket import fields
from studylib.language import given
from studylib.network import clusters, sector_rules, sectors, theme_rules
from studylib.patents.dataset import scheme_path
from studylib.project import PROJECT
from studylib.study.model import Study

Named = tuple[str, str, Mapping[Any, given.Texts]]
"""A file, how a name stands in it (`{}`: the language), and its names by key and language."""


def unknown_sectors(study: Study) -> Iterator[str]:
    """The sectors of the list and of the themes that the rules on sectors do not know."""
    assert study.clusters is not None
    known = sectors.of_study(study)
    own = theme_rules.path_of(study)
    rules = theme_rules.rules(own)
    stated = clusters.of_study(study)["clusters"]["sectors"].astype("str").str.split(";")
    where = f"Add a row for each to {study.sectors or sector_rules.SECTORS.relative_to(PROJECT)}"
    if study.sectors is None:
        where += ", or to a copy of it that the study file names by `sectors`"
    found = {
        study.clusters.name: set(stated.explode()),
        own.name: {*rules["sector"].dropna(), *rules["other_sector"].dropna()},
    }
    for name, keys in found.items():
        if unknown := sorted(known.unknown(keys)):
            yield (
                f"{name}: no rule knows {several(len(unknown), 'sector', 'sectors')}, so whether "
                f"firms patent there is not told: {some(unknown)}. {where}."
            )


def missing_names(study: Study) -> Iterator[str]:
    """What has no name in a language of the study, file by file."""
    for file, place, names in _named(study):
        for code, keys in given.lacking(names, study.languages).items():
            yield (
                f"{file}: {place.format(code)} is missing for {len(keys)} of "
                f"{several(len(names), 'name', 'names')} ({some(keys)}). Pages in {code} show the "
                "name in another language, or the key."
            )


def _named(study: Study) -> Iterator[Named]:
    """Everything data name: technologies, WIPO's fields and sectors, and what the list asks for."""
    path = scheme_path(study)
    scheme = ket.load_scheme(path)
    names = {key: scheme.names.get(key, {}) for key in scheme.kets}
    yield path.with_suffix(".toml").name, "`{}` below [ket.KEY]", names
    yield fields.FIELDS.name, "`field_{}`", fields.field_names()
    yield fields.FIELDS.name, "`sector_{}`", fields.sector_names()
    if study.clusters:
        known, own = sectors.of_study(study), theme_rules.path_of(study)
        yield known.file, "`sector_{}`", known.names
        yield from (_of_themes(own, column) for column in theme_rules.SPOKEN)


def _of_themes(path: Path, column: str) -> Named:
    """What themes are about, or why they are themes, by theme and language."""
    rules = theme_rules.rules(path).astype("object").rename(columns={column: f"{column}_en"})
    said: pd.DataFrame = rules.dropna(subset=f"{column}_en")
    return path.name, f"`{column}_{{}}`", given.by_key(said, "theme_id", column)
