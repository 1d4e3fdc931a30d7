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
from studylib.files.answers import once
from studylib.patents.dataset import Dataset
from studylib.prepare import locate
from studylib.study.parts import Area

KINDS: tuple[Technology, ...] = ("sector_id", "field_id", "ket")
VARIANTS = ("study", "unit", "weights", "located_by", "scheme", "wider")
TABLES = ("applications", "symbols", "parties", "tags", "fields", "locations", "with_ipc", "scheme")
NUTS3 = 5  # letters of a province or department
FEWEST = 10  # classified units of a province below which its quotient is left out
COLUMNS = [
    "area", "kind", "technology", "variant", "n", "base", "quotient", "low", "high", "verdict",
    "provinces", "provinces_alike",
]  # fmt: skip


@once
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
    """
    The study under one other choice; None where the data or the study file do not allow it.

    unit, weights, located_by: the other one; scheme: the control scheme of KETs; wider: with the
    regions the study file names; province: of each territory the NUTS 3 region with most records.
    """
    if name == "unit":
        return _by_rule(study, unit="application" if study.rule.unit == "family" else "family")
    if name == "weights":
        other = "fractional" if study.rule.weights == "whole" else "whole"
        return _by_rule(study, weights=other)
    if name == "located_by":
        other = "applicant" if study.rule.located_by == "inventor" else "inventor"
        known = set(study.locations["basis"].astype("str"))
        return _by_rule(study, located_by=other) if other in known else None
    if name == "scheme":
        return _of_scheme(study)
    if name == "province":
        return _of_provinces(study)
    wider = [a.model_copy(update={"nuts": (*a.nuts, *a.wider)}) for a in _areas(study)]
    return _of_areas(study, wider) if any(a.wider for a in _areas(study)) else None


def _areas(study: Dataset) -> tuple[Area, ...]:
    return study.definition.territories


def _by_rule(study: Dataset, **changes: Any) -> Dataset:
    """The study counted another way; what does not hang on it is not read again."""
    return like(study, rule=study.with_rule(**changes))


def _of_scheme(study: Dataset) -> Dataset | None:
    """The study with KETs told by the control scheme; None where it knows none of them."""
    control = ket.load_scheme(ket.PROXY_SCHEME)
    if not set(study.scheme.kets) & set(control.kets):
        return None
    return _with(like(study), tags=ket.tag(study.symbols, control, match="exact"))


def _of_provinces(study: Dataset) -> Dataset | None:
    """The study of one province of each territory; None where the data do not tell provinces."""
    role = "applicant" if study.rule.located_by == "applicant" else "inventor"
    rows = study.parties[(study.parties["role"] == role) & study.parties["nuts_id"].notna()]
    here = rows[["application_id", "nuts_id"]].astype({"nuts_id": "str"}).drop_duplicates()
    n = here["nuts_id"].value_counts()
    found = []
    for area in _areas(study):
        own = [c for c in n.index if len(c) == NUTS3 and area.nuts and c.startswith(area.nuts)]
        if not own:
            return None
        first = min(own, key=lambda code: (-n[code], code))
        found.append(area.model_copy(update={"nuts": (first,)}))
    is_other = any(a.nuts != b.nuts for a, b in zip(found, _areas(study), strict=True))
    return _of_areas(study, found) if is_other else None


def _of_areas(study: Dataset, areas: list[Area]) -> Dataset:
    """The study with other territories, located anew from the addresses of its parties."""
    definition = study.definition.model_copy(update={"territories": tuple(areas)})
    nobody = pd.Series(dtype="str")
    found, parties = locate.locations(study.applications, study.parties, nobody, definition)
    return _with(like(study, definition=definition), locations=found, parties=parties)


def like(study: Dataset, **changes: Any) -> Dataset:
    """A copy with other choices that reads none of the tables again."""
    other = replace(study, **changes)
    return _with(other, **{name: getattr(study, name) for name in TABLES})


def _with(study: Dataset, **tables: Any) -> Dataset:
    """The study, which finds these tables where it would have read them."""
    study.__dict__.update(tables)  # as `cached_property` does: they are read once
    return study


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
            if len(code) == NUTS3
        ]
        table = specialisation(_of_areas(study, parts), kind) if parts else pd.DataFrame()
        for key, quotient in zip(own[kind], own["quotient"], strict=True):
            here = table[(table[kind] == key) & (table["base"] >= FEWEST)] if parts else table
            here = here.dropna(subset="quotient") if parts else here
            alike = ((here["quotient"] > 1) == (quotient > 1)).sum() if len(here) else 0
            rows.append((area.id, key, len(here), int(alike)))
    return pd.DataFrame(rows, columns=["area", "technology", "provinces", "provinces_alike"])
