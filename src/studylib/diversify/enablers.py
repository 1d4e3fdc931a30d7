"""
Key enabling technologies as what joins fields: which come together, and where.

    units x KETs    --kets_together-->  pair of KETs: units of both, chance, p
    units x fields  --kets_in_fields--> (KET, field): units per territory

Chance keeps how many KETs each unit has, and how many units each KET has on average
(`stats.sizes_kept`).
"""

from itertools import combinations

import numpy as np
import pandas as pd

from studylib import ket
from studylib.files.answers import once
from studylib.patents import complement, counting
from studylib.patents.dataset import Dataset
from studylib.stats import quotients, sizes_kept
from studylib.stats.power import LEVEL


@once
def kets_together(study: Dataset, *, readings: bool = True) -> pd.DataFrame:
    """
    One row per reading of the rules and pair of KETs: do they meet more than by chance?

    Parameters
    ----------
    readings
        Other readings of the rules and the control scheme beside the study's own.

    Returns
    -------
    variant (as `sensitivity_to_scheme`, the study's own first), ket, other_ket, n (units of the
    territories with both), n_ket, n_other, expected, ratio (n over expected), p (exact, one-sided:
    as many or more by chance), q (Benjamini-Hochberg within the variant), verdict.  Ratio, p and q
    are missing where a KET is on no unit or on every unit with a KET, or chance has no solution.
    """
    parts = []
    own = [("study", study.scheme, study.tags)]
    for variant, scheme, tags in (own + _variants(study)) if readings else own:
        table = _together(study, list(scheme.kets), tags)
        parts.append(table.assign(variant=variant, q=quotients.false_discovery(table["p"])))
    whole = pd.concat(parts, ignore_index=True)
    tested = whole["q"].notna()
    word = np.where(whole["q"] < LEVEL, "shown", "not shown")
    whole["verdict"] = pd.Series(word, dtype="object").where(tested, None)
    return whole[
        ["variant", "ket", "other_ket", "n", "n_ket", "n_other", "expected", "ratio", "p", "q",
         "verdict"]
    ]  # fmt: skip


def _variants(study: Dataset) -> list[tuple[str, ket.Scheme, pd.DataFrame]]:
    """The other readings of the study's rules, and the control scheme."""
    control = ket.load_scheme(ket.PROXY_SCHEME)
    found = []
    for match in ("exact", "prefix"):
        tags = ket.tag(study.symbols, study.scheme, match=match)
        found.append((f"scheme_{match}", study.scheme, tags))
    found.append(("wipo_proxy", control, ket.tag(study.symbols, control, match="exact")))
    return found


def _together(study: Dataset, kets: list[str], tags: pd.DataFrame) -> pd.DataFrame:
    """Every pair of KETs: counts, chance, p."""
    units = complement.of_territories(study)["unit_id"].drop_duplicates()
    carried = counting.labels_of_units(tags, study.applications, study.rule.unit, "ket")
    row = pd.Index(kets).get_indexer(pd.Index(carried["ket"].astype("object")))
    column = pd.Index(units).get_indexer(pd.Index(carried["unit_id"]))
    known = (row >= 0) & (column >= 0)
    matrix = np.zeros((len(kets), len(units)), dtype=bool)
    matrix[row[known], column[known]] = True
    pairs = list(combinations(range(len(kets)), 2))
    expected, p = sizes_kept.met_by_chance(matrix)
    n = [int((matrix[i] & matrix[j]).sum()) for i, j in pairs]
    size = matrix.sum(axis=1)
    table = pd.DataFrame(
        {
            "ket": [kets[i] for i, _j in pairs],
            "other_ket": [kets[j] for _i, j in pairs],
            "n": n,
            "n_ket": [int(size[i]) for i, _j in pairs],
            "n_other": [int(size[j]) for _i, j in pairs],
            "expected": [expected[i, j] for i, j in pairs],
            "p": [p[i, j] for i, j in pairs],
        }
    )
    return table.assign(ratio=table["n"] / table["expected"].where(table["expected"] > 0))


@once
def kets_in_fields(study: Dataset) -> pd.DataFrame:
    """
    One row per (KET, WIPO field) that occur together in a territory: where a KET is at work.

    Columns ket, field_id, then for each territory by its place n_0, n_1, ... (units with both),
    base_0, base_1, ... (units of the field), on_all_sides; readings, of_readings (under how many
    other readings of the rules and the control scheme it is on all sides, of those that know the
    KET), n_0_low, n_0_high, ... (fewest and most units under any reading, the study's own among
    them); sorted by the smallest n, largest first.
    """
    kets = list(study.scheme.kets)
    units = complement.of_territories(study)
    inside = counting.labels_of_units(study.fields, study.applications, study.rule.unit, "field_id")
    here = units.merge(inside, on="unit_id")
    base = here.groupby(["area", "field_id"], observed=True).size()
    n = _in_fields(study, here, study.tags)
    keys = sorted({(key, field) for _area, key, field in n.index})
    table = pd.DataFrame(keys, columns=["ket", "field_id"])
    for place, area in enumerate(study.territories):
        table[f"n_{place}"] = [int(n.get((area, key, field), 0)) for key, field in keys]
        table[f"base_{place}"] = [int(base.get((area, field), 0)) for _key, field in keys]
    sides = table[[f"n_{place}" for place in range(len(study.territories))]]
    order = pd.DataFrame(
        {"a": -sides.min(axis=1), "b": -sides.sum(axis=1), "c": table["ket"].map(kets.index)}
    )
    ranked = table.loc[order.sort_values(["a", "b", "c"], kind="stable").index]
    ranked = ranked.assign(on_all_sides=order["a"] < 0).reset_index(drop=True)
    return ranked.assign(**_other_readings(study, here, ranked))


def _in_fields(study: Dataset, here: pd.DataFrame, tags: pd.DataFrame) -> "pd.Series[int]":
    """Units by (area, KET, field); `here`: one row per unit, area and field."""
    carried = counting.labels_of_units(tags, study.applications, study.rule.unit, "ket")
    both = here.merge(carried.astype({"ket": "object"}), on="unit_id")
    return both.groupby(["area", "ket", "field_id"], observed=True).size()


def _other_readings(
    study: Dataset, here: pd.DataFrame, table: pd.DataFrame
) -> dict[str, list[int]]:
    """
    What the other readings that know its KET make of each row.

    Under how many it is on all sides, how many there are; the fewest and the most units of each
    territory under any reading, the study's own among them.
    """
    held, known = np.zeros(len(table), dtype=int), np.zeros(len(table), dtype=int)
    names = [f"n_{place}" for place in range(len(study.territories))]
    few = table[names].to_numpy(dtype=int).copy()
    most = few.copy()
    for _name, scheme, tags in _variants(study):
        n = _in_fields(study, here, tags)
        for row, (key, field) in enumerate(zip(table["ket"], table["field_id"], strict=True)):
            if key in scheme.kets:
                sides = np.array([int(n.get((area, key, field), 0)) for area in study.territories])
                held[row] += bool(sides.all())
                known[row] += 1
                few[row], most[row] = np.minimum(few[row], sides), np.maximum(most[row], sides)
    ends = {
        f"{name}_{end}": values[:, place].tolist()
        for place, name in enumerate(names)
        for end, values in (("low", few), ("high", most))
    }
    return {"readings": held.tolist(), "of_readings": known.tolist(), **ends}
