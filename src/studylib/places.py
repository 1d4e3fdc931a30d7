"""
Regions over the versions of NUTS, and which areas of a study a party lies in.

    parties   country  nuts_id  nuts_version      areas_of   area       kind       nuts  country
              FR       FRI12    2016                         Aquitaine  territory  FR61
              ES       missing                               FR+ES      reference        FR
                                                             FR+ES      reference        ES
    assign -> Aquitaine (territory) and FR+ES (reference) for the first, FR+ES for the second

Codes are translated with ``data/raw/rules/nuts.csv`` from version to version, one to one only: a
region that was split is ambiguous and never shared out.  A party whose export knows only its
country lies in no area that is a region.
"""

from functools import cache

import numpy as np
import pandas as pd

from studylib.distinct import distinct, spread
from studylib.errors import DataError, quoted
from studylib.study import PROJECT, Study

RULES = PROJECT / "data" / "raw" / "rules"
VERSIONS = ("2006", "2010", "2013", "2016", "2021")
SPLIT = "the region was split or merged between the versions"
COARSER = "only the larger region is known in that version"
ISO_OF_NUTS = {"EL": "GR", "UK": "GB"}
STRAY = 0.01  # share of codes of another version that counts as slips, not as evidence
PLACE = ["country", "nuts_id", "nuts_version"]


@cache
def nuts() -> pd.DataFrame:
    """The rules of `nuts.csv`: code, version_from, version_to, successor, share, below, ..."""
    return pd.read_csv(RULES / "nuts.csv", dtype="str", comment="#", keep_default_na=False)


def vintage_of(codes: pd.Series) -> str | None:
    """
    The newest NUTS version that region codes can be in, told by codes that came or went.

    None where no code tells, or where they contradict each other (1 in 100 may be a slip).
    Where several versions are possible every code means the same in all of them.
    """
    places, texts = distinct(codes)
    n_rows = np.bincount(places[places >= 0], minlength=len(texts))
    possible = [_versions_of(code) for code in texts]
    fits = {v: sum(n for n, own in zip(n_rows, possible, strict=True) if v in own) for v in VERSIONS}
    total = n_rows.sum()
    if not total or len(set(fits.values())) == 1:
        return None
    best = max(fits.values())
    return max(v for v in VERSIONS if fits[v] == best) if best >= (1 - STRAY) * total else None


def to_version(codes: pd.Series, from_version: str, to_version: str) -> pd.DataFrame:
    """
    Region codes in another NUTS version.

    Returns
    -------
    One row per value, same index: `code` (missing where the region was split or merged),
    `reason` (missing where code and level are sure).  Codes no rule speaks of stay.

    Raises
    ------
    DataError
        A version is not one of 2006, 2010, 2013, 2016, 2021.
    """
    for version in (from_version, to_version):
        if version not in VERSIONS:
            known = ", ".join(VERSIONS)
            raise DataError(f"NUTS version {quoted(version)} is not known; known: {known}.")
    start, end = VERSIONS.index(from_version), VERSIONS.index(to_version)
    places, texts = distinct(codes)
    moved = pd.DataFrame({"code": texts.str.upper(), "reason": pd.Series(None, texts.index, "str")})
    steps = range(start, end) if start < end else range(start - 1, end - 1, -1)
    for step in steps:
        met = {code: _moved(code, step, back=start > end) for code in moved["code"].dropna()}
        told = moved["code"].map({code: reason for code, (_, reason) in met.items()})
        moved["reason"] = moved["reason"].fillna(told.astype("str"))
        moved["code"] = moved["code"].map({c: new for c, (new, _) in met.items()}).astype("str")
    return spread(moved, places, codes.index)


def in_area(
    codes: pd.Series, prefixes: tuple[str, ...], area_version: str, codes_version: str
) -> pd.Series:
    """Whether each region code lies in an area given by prefixes of codes of another version."""
    translated = to_version(codes, codes_version, area_version)["code"]
    return translated.fillna("").str.startswith(prefixes).astype(bool)


def areas_of(study: Study) -> pd.DataFrame:
    """
    The areas of a study, in its order: one row per area and NUTS prefix or whole country.

    Columns: area (its name in tables), kind (territory|comparison|reference), nuts and version
    (missing for a whole country), country (missing for regions).
    """
    rows = [
        (area.id, "territory", prefix, area.nuts_version, None)
        for area in study.territories
        for prefix in area.nuts
    ]
    rows += [(a.id, "territory", None, None, a.country) for a in study.territories if not a.nuts]
    rows += [
        (area.id, "comparison", prefix, area.nuts_version, None)
        for area in study.comparison
        for prefix in area.nuts
    ]
    if study.reference:
        name = study.reference.named("en")
        rows += [(name, "reference", None, None, country) for country in study.reference.countries]
    return pd.DataFrame(rows, columns=["area", "kind", "nuts", "version", "country"], dtype="str")


def assign(parties: pd.DataFrame, study: Study) -> pd.DataFrame:
    """
    The areas each party lies in: one row per party and area, none for a party outside all.

    Parameters
    ----------
    parties
        One row per party with country, nuts_id, nuts_version.  A missing version is found from
        all such codes together, else from the code itself; a code that does not tell is the
        same in every version.

    Returns
    -------
    Index: that of `parties`, repeated; columns area and kind, areas in the study's order.
    """
    place = parties[PLACE].astype("str")
    code = place.groupby(PLACE, dropna=False, sort=False).ngroup().to_numpy()
    known = place[~place.duplicated()].reset_index(drop=True)
    inside = _memberships(known, areas_of(study))
    row, area = np.nonzero(inside.to_numpy()[code])
    named = pd.DataFrame(list(inside.columns), columns=["area", "kind"], dtype="str")
    return named.take(area).set_axis(parties.index.take(row))


def nuts_from_postcode(country: pd.Series, postcode: pd.Series) -> pd.Series:
    """NUTS 3 code (NUTS 2013) of a postcode; missing where no rule of `postcodes.csv` fits."""
    rules = pd.read_csv(RULES / "postcodes.csv", dtype="str", comment="#")
    digits = postcode.astype("str").str.replace(r"\D", "", regex=True)
    # A spreadsheet took the zero from 01001.
    digits = digits.where(digits.str.len() != 4, "0" + digits)
    start = country.astype("str").str.upper() + digits.where(digits.str.len() == 5).str[:2]
    return start.map(pd.Series(rules["nuts_id"].to_numpy(), rules["country"] + rules["prefix"]))


def _memberships(known: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Which areas each distinct place lies in: one column per (area, kind)."""
    codes = known["nuts_id"]
    found = vintage_of(codes[known["nuts_version"].isna()])
    told = codes.map({c: found or vintage_of(pd.Series([c])) for c in codes.dropna().unique()})
    version = known["nuts_version"].fillna(told.astype("str"))
    country = known["country"].str.upper().fillna(known["nuts_id"].str[:2].str.upper())
    country = country.replace(ISO_OF_NUTS)
    inside = {}
    for (area, kind), part in areas.groupby(["area", "kind"], sort=False):
        member = country.isin(part["country"].dropna())
        for own_version, own in part.dropna(subset="nuts").groupby("version"):
            for stated, rows in known.groupby(version.fillna(own_version)):
                there = in_area(codes[rows.index], tuple(own["nuts"]), own_version, stated)
                member[rows.index] |= there
        inside[area, kind] = member
    return pd.DataFrame(inside, index=known.index, dtype=bool)


@cache
def _moves(step: int, *, back: bool) -> dict[str, tuple[tuple[str, ...], bool]]:
    """Codes that change in a step: what they become, and whether regions below follow."""
    rules = nuts()
    rules = rules[(rules["version_to"] == VERSIONS[step]) & (rules["successor"] != "")]
    old, new = ("successor", "code") if back else ("code", "successor")
    return {
        str(code): (tuple(part[new]), bool((part["below"] == "kept").all()))
        for code, part in rules.groupby(old)
    }


def _moved(code: str, step: int, *, back: bool) -> tuple[str | None, str | None]:
    """One code in the next (or the former) version, by its own rule or that of a region above."""
    moves = _moves(step, back=back)
    for length in range(len(code), 1, -1):
        if code[:length] in moves:
            targets, is_kept = moves[code[:length]]
            below = code[length:]
            if len(targets) > 1:
                return None, SPLIT
            if below and not is_kept:
                return targets[0], COARSER
            return targets[0] + below, None
    return code, None


@cache
def _versions_by_code() -> dict[str, frozenset[str]]:
    """In which versions the codes of the rules exist."""
    spans: dict[str, set[str]] = {}
    for rule in nuts().itertuples():
        first, last = VERSIONS.index(rule.version_from), VERSIONS.index(rule.version_to)
        spans.setdefault(str(rule.code), set()).update(VERSIONS[first : last + 1])
    for rule in nuts().itertuples():
        after = VERSIONS.index(rule.version_to) + 1
        if rule.successor and not spans.get(str(rule.successor), set()) & set(VERSIONS[after:]):
            spans.setdefault(str(rule.successor), set()).update(VERSIONS[after:])
    return {code: frozenset(versions) for code, versions in spans.items()}


def _versions_of(code: str) -> frozenset[str]:
    """The versions a code can be in, by its own rule or that of the nearest region above."""
    known = _versions_by_code()
    for length in range(len(code), 1, -1):
        if code[:length] in known:
            return known[code[:length]]
    return frozenset(VERSIONS)
