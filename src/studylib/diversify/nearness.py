"""
What the wide corpus says of nearness, for a study: with its own corpus, else with the project's.

    --nearness_measures-->  measure: agreement with the one used
    --area_densities-->     area x field: density beside chance
    --complexity_ranks-->   field: rank by two definitions of complexity

A study without a corpus reads the figures of the European areas, computed once
(`studylib.reference`); one with a corpus computes the same from it.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from studylib.clean import nuts
from studylib.diversify import (
    area_density,
    corpus,
    demanding_fields,
    entry,
    measures,
    metro_areas,
    own_test,
    relatedness,
)
from studylib.diversify.unnamed_regions import refuse_unnamed
from studylib.errors import DataError
from studylib.files.answers import once
from studylib.patents.dataset import Dataset

LEFT_OUT = ("ES21", "FR61")  # regions (NUTS 2010) whose places are out of the project's corpus
OWN_DRAWS = 40  # of a corpus of any size, while a page is made


def _own(study: Dataset) -> tuple[pd.DataFrame, list[str]] | None:
    """The study's own corpus with its territories, and their names in it; None without one."""
    own = study.definition.corpus
    if own is None:
        return None
    wide = corpus.whole(study.definition.path(own.path))
    refuse_unnamed(study.definition, own, wide.index)
    return wide, list(own.without)


def _stored(name: str) -> pd.DataFrame:
    """A reference table."""
    return pd.read_csv(corpus.REFERENCE / name)


@once
def nearness_measures(study: Dataset) -> pd.DataFrame:
    """
    One row per measure of nearness, the one used first: do they agree?

    Columns measure, correlation (Spearman's, with the one used, over all pairs of classes),
    same_nearest (part of a class's ten nearest that are the same), n_classes, n_pairs, n_regions;
    auc (right order of two classes by density alone, out of sample; missing where a study's own
    corpus cannot be tried, see `own_test`).
    """
    own = _own(study)
    if own is None:
        return _stored("nearness_measures.csv").drop(columns="seed")
    wide, without = own
    held = entry.held(wide.drop(index=without).to_numpy(dtype=float))
    table = measures.agreement(relatedness.cooccurrence(held), held.sum(axis=0))
    return table.assign(auc=_foretold(study, table["measure"]), n_regions=len(held))


def _foretold(study: Dataset, names: pd.Series) -> list[float]:
    """How well density by each measure foretells in the study's own corpus; missing untried."""
    asked = own_test.trial(study)
    if asked is None or asked.reason:
        return [np.nan] * len(names)
    known, seed = measures.measures(), study.definition.seed
    counted = (asked.counts, asked.before, asked.after)
    return [entry.held_out_density(*counted, near=known[name], seed=seed) for name in names]


@once
def area_densities(study: Dataset) -> pd.DataFrame:
    """
    One row per (area, field): what lies near what the area holds; see `area_density`.

    Besides: area (territory of the study, missing where the corpus does not say).  Of the project's
    corpus those metropolitan areas that Eurostat confirms and that lie in the study; of a study's
    own corpus the regions `without` names.  Empty where there is none, and where a study's own
    corpus cannot be tried (`own_test`).
    """
    own = _own(study)
    if own is None:
        table = _stored("metro_density.csv").drop(columns="seed")
        home = metro_areas.confirmed(study)
    elif own_test.refused(study):
        return _stored("metro_density.csv").drop(columns="seed").iloc[:0].assign(area=None)
    else:
        wide, without = own
        seen = [name for name in without if wide.loc[name].sum() > 0]
        table = area_density.area_density(wide, seen, without, seed=study.definition.seed)
        home = {name: _territory(study, name) or name for name in seen}
    table = table[table["region"].isin(home)].reset_index(drop=True)
    return table.assign(area=table["region"].map(home))


def is_apart(study: Dataset) -> bool:
    """Whether the corpus was read without places of the territories of the study."""
    if study.definition.corpus is not None:
        return True
    for area in study.definition.territories:
        known = nuts.to_version(pd.Series(area.places), area.nuts_version, "2010")["code"]
        if not known.fillna("").str.startswith(LEFT_OUT).all():
            return False
    return True


def _territory(study: Dataset, region: str) -> str | None:
    """The territory whose code the name of a region begins with."""
    for area in study.definition.territories:
        if region.startswith(area.places):
            return area.id
    return None


@once
def complexity_ranks(study: Dataset) -> pd.DataFrame:
    """
    One row per field: how demanding, by two definitions; see `demanding_fields`.

    Empty where a study's own corpus falls into parts, so that complexity is not defined.
    """
    own = _own(study)
    if own is None:
        return _stored("demanding_fields.csv").drop(columns="seed")
    wide, without = own
    try:
        return demanding_fields.demanding_fields(
            wide.drop(index=without), seed=study.definition.seed, draws=OWN_DRAWS
        )
    except DataError:
        return _stored("demanding_fields.csv").drop(columns="seed").iloc[:0]


def is_own(study: Dataset) -> Path | None:
    """The file of the study's own corpus; None: the project's is used."""
    own = study.definition.corpus
    return study.definition.path(own.path) if own else None
