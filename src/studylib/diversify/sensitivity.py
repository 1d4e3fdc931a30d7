"""
Which findings survive: the specialisations that are shown, under every other choice.

    shown under the study's choices  x  unit, weights, basis, wider territories, provinces
      --findings_under_choices-->  one row per (finding, variant): quotient, interval, verdict
"""

from dataclasses import replace
from typing import Any

import pandas as pd

from studylib import ket
from studylib.diversify.specialisation import Technology, specialisation
from studylib.patents.dataset import Dataset
from studylib.prepare import locate
from studylib.study.parts import Area

KINDS: tuple[Technology, ...] = ("sector_id", "field_id", "ket")
VARIANTS = ("study", "unit", "weights", "located_by", "scheme", "wider")
FEWEST = 10  # classified units of a province below which its quotient is left out
COLUMNS = [
    "area", "kind", "technology", "variant", "n", "base", "quotient", "low", "high", "verdict",
    "provinces", "provinces_alike",
]  # fmt: skip


def findings_under_choices(study: Dataset) -> pd.DataFrame:
    """
    One row per (finding, variant), findings in the order of sectors, fields, KETs.

    Returns
    -------
    area, kind (sector_id, field_id or ket), technology; variant: study (its own choices); unit,
    weights, located_by (the other one); scheme (KETs only: the control scheme); wider (territories
    with the regions `wider` of the study file names); n, base, quotient, low, high, verdict;
    provinces (NUTS 3 regions of the territory with at least 10 classified units) and
    provinces_alike (those whose quotient lies on the same side of 1), both under the study's
    choices.  Only findings that are shown have rows; a variant the data do not allow has none.
    """
    parts = []
    others = {name: variant(study, name) for name in VARIANTS[1:]}
    for kind in KINDS:
        own = specialisation(study, kind)
        shown = own[own["verdict"] == "shown"]
        if shown.empty:
            continue
        tables = {"study": own}
        for name, other in others.items():
            if other is not None and (name != "scheme" or kind == "ket"):
                tables[name] = specialisation(other, kind)
        alike = _provinces(study, kind, shown)
        for name, table in tables.items():
            found = shown[["area", kind]].merge(table, on=["area", kind])
            named = found.rename(columns={kind: "technology"}).assign(kind=kind, variant=name)
            parts.append(named.merge(alike, on=["area", "technology"]))
    if not parts:
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat([part[COLUMNS].astype({"technology": "object"}) for part in parts],
                     ignore_index=True)  # fmt: skip


def variant(study: Dataset, name: str) -> Dataset | None:
    """The study under one other choice; None where the data or the study file do not allow it."""
    rule = study.rule
    if name == "unit":
        other = "application" if rule.unit == "family" else "family"
        return replace(study, rule=study.with_rule(unit=other))
    if name == "weights":
        other = "fractional" if rule.weights == "whole" else "whole"
        return replace(study, rule=study.with_rule(weights=other))
    if name == "located_by":
        other = "applicant" if rule.located_by == "inventor" else "inventor"
        known = set(study.locations["basis"].astype("str"))
        return replace(study, rule=study.with_rule(located_by=other)) if other in known else None
    if name == "scheme":
        return _of_scheme(study)
    wider = [a.model_copy(update={"nuts": (*a.nuts, *a.wider)}) for a in _areas(study)]
    return _of_areas(study, wider) if any(a.wider for a in _areas(study)) else None


def _areas(study: Dataset) -> tuple[Area, ...]:
    return study.definition.territories


def _of_scheme(study: Dataset) -> Dataset | None:
    """The study with KETs told by the control scheme; None where it knows none of them."""
    control = ket.load_scheme(ket.PROXY_SCHEME)
    if not set(study.scheme.kets) & set(control.kets):
        return None
    return _with(study, tags=ket.tag(study.symbols, control, match="exact"))


def _of_areas(study: Dataset, areas: list[Area]) -> Dataset:
    """The study with other territories, located anew from the addresses of its parties."""
    definition = study.definition.model_copy(update={"territories": tuple(areas)})
    nobody = pd.Series(dtype="str")
    found, _parties = locate.locations(study.applications, study.parties, nobody, definition)
    return _with(replace(study, definition=definition), locations=found)


def _with(study: Dataset, **tables: pd.DataFrame) -> Dataset:
    """A copy that finds these tables where it would have read them."""
    other = replace(study)
    other.__dict__.update(tables)  # as `cached_property` does: they are read once
    return other


def _provinces(study: Dataset, kind: Technology, shown: pd.DataFrame) -> pd.DataFrame:
    """For each finding, how many provinces of its territory count, and how many agree."""
    codes = study.parties["nuts_id"].dropna().astype("str")
    rows: list[tuple[Any, ...]] = []
    for area in _areas(study):
        own = shown[shown["area"] == area.id]
        if own.empty:
            continue
        inside = sorted({code for code in codes if code.startswith(area.nuts)}) if area.nuts else []
        parts = [
            area.model_copy(update={"name": code, "nuts": (code,)})
            for code in inside
            if len(code) == 5  # noqa: PLR2004 - a province or department
        ]
        table = specialisation(_of_areas(study, parts), kind) if parts else pd.DataFrame()
        for key, quotient in zip(own[kind], own["quotient"], strict=True):
            here = table[(table[kind] == key) & (table["base"] >= FEWEST)] if parts else table
            alike = ((here["quotient"] > 1) == (quotient > 1)).sum() if len(here) else 0
            rows.append((area.id, key, len(here), int(alike)))
    return pd.DataFrame(rows, columns=["area", "technology", "provinces", "provinces_alike"])
