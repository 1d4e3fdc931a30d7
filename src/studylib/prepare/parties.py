"""
Parties of exports: names taken apart, one spelling for all of them, one row per party.

    RawPatents.parties --clean_parties--> names apart --of_applications--> contract `parties`
"""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from studylib.clean import names
from studylib.clean.applicant_kinds import applicant_kind
from studylib.clean.countries import country_of
from studylib.clean.legal_forms import firms_apart, read_legal_forms
from studylib.clean.name_review import MAPPING
from studylib.clean.texts import array, folded, ranked, reduced, runs
from studylib.language import mark
from studylib.prepare import party_rejects, regions
from studylib.prepare.of_one_kind import joined
from studylib.readers.raw import RawPatents

PARTY = ("application_id", "role", "name", "country", "nuts_id")
FIRST = ("raw_name", "nuts_version", "kind")
ADDRESS = ["country", "nuts_id"]
NOBODY = r"^(?:[\pP\pS ]*|NULL|NONE|NAN|N/A|UNKNOWN|NOT AVAILABLE)$"
"""What exports write for no name, in capitals."""
UNUSED_NAME = mark("reviewed name that no party of the exports bears")
Array = np.ndarray[Any, np.dtype[Any]]


def clean_parties(raw: RawPatents) -> tuple[pd.DataFrame, pd.DataFrame]:
    """
    One row per party of the export: its name and legal form apart, the rest as exported.

    Returns
    -------
    The parties: record, role, name, raw_name, country (ISO 3166-1), nuts_id, nuts_version,
    legal_form, weight.  Rejects: what stands for a country and is none of a person (EP, ZZ), and
    what stands for a name and is none (`-`, `n/a`), and regions that cannot be right (`regions`).
    """
    has_name = raw.parties["raw_name"].notna()
    rows = raw.parties[has_name]
    named = names.taken_apart(
        rows["raw_name"], is_person=rows["role"] == "inventor", once_is_always=True
    )
    is_nobody = pc.match_substring_regex(array(named["name"]), NOBODY)
    is_nobody = pc.fill_null(is_nobody, True).to_numpy(zero_copy_only=False)  # noqa: FBT003
    beside = country_of(rows["country"])
    country = beside["country"].fillna(named["country"])
    stated = rows["country"].where(beside["reason"].notna()).fillna(named["no_country"])
    stated = stated.where(country.isna())
    no_region = regions.is_none(rows["nuts_id"])
    nuts_id = rows["nuts_id"].mask(no_region)
    parties = pd.DataFrame(
        {
            "record": rows["record"],
            "role": rows["role"],
            "name": named["name"],
            "raw_name": rows["raw_name"],
            "country": country,
            "nuts_id": nuts_id,
            "nuts_version": pd.Series(raw.nuts_version, rows.index, dtype="str"),
            "legal_form": named["legal_form"],
            "weight": rows["weight"],
        }
    )
    nameless = raw.parties[~has_name].dropna(subset=ADDRESS, how="all")
    stays = parties[~is_nobody]
    stated = stated[~is_nobody].dropna()
    wrong = (
        ("country", stated, country_of(stated)["reason"]),
        ("nuts_id", rows["nuts_id"][no_region & ~is_nobody], regions.NO_REGION),
        ("nuts_id", regions.abroad(stays["country"], stays["nuts_id"]), regions.ABROAD),
    )
    rejects = [party_rejects.values(raw, stays["record"], *told) for told in wrong]
    lost = party_rejects.without_name(raw, pd.concat([nameless, rows[is_nobody]]))
    return stays, joined([*rejects, *lost])


def of_applications(
    cleaned: list[tuple[pd.DataFrame, pd.DataFrame]], ids: list[pd.Series]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """
    Contract `parties` of all exports, and the rejects of cleaning and of the names' review.

    Parameters
    ----------
    cleaned
        What `clean_parties` gives for each export.
    ids
        application_id by record of each export; parties of records without one are left out.
    """
    frames = []
    for (rows, _), known in zip(cleaned, ids, strict=True):
        application = known.reindex(rows["record"]).set_axis(rows.index)
        frames.append(rows.drop(columns="record").assign(application_id=application))
    whole = joined(frames)
    named, idle = name_parties(whole[whole["application_id"].notna()])
    return merge_parties(named), joined([*(unread for _, unread in cleaned), idle])


def name_parties(parties: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """
    The parties of all exports under one name per spelling, and reviewed names nobody bears.

    Exports are cleaned apart: what is one name in all of them is settled here, then the names
    a person has reviewed (``data/raw/rules/party_names.csv``) are put in.

    Returns
    -------
    The parties, and rejects: one row per entry of the review file that met no party.
    """
    reviewed = names.read_mapping()
    one = names.one_spelling(parties["name"])
    one, used = _reviewed(one, parties["legal_form"], reviewed)
    idle = used.loc[used["n_rows"] == 0, "spelling"] if len(reviewed) else reviewed["spelling"]
    unused = pd.DataFrame(
        {
            "file": MAPPING.name,
            "row": pd.Series(pd.NA, idle.index, dtype="Int64"),
            "column": "name",
            "value": idle,
            "reason": UNUSED_NAME,
            "n": 1,
        }
    )
    return parties.assign(name=one), unused


def _reviewed(
    one: pd.Series, legal_form: pd.Series, reviewed: pd.DataFrame
) -> tuple[pd.Series, pd.DataFrame]:
    """
    Firms of one name and several forms told apart, unless a person has said who they are.

    A review may name them by their name alone, or with the form that tells them apart.
    """
    renamed, used = names.apply_mapping(one, reviewed) if len(reviewed) else (one, reviewed)
    form = legal_form.where((renamed == one).fillna(value=False)) if len(reviewed) else legal_form
    apart = firms_apart(renamed, form, read_legal_forms())
    if reviewed.empty:
        return apart, used
    told, more = names.apply_mapping(apart.where(apart != renamed), reviewed)
    return told.fillna(renamed), used.assign(n_rows=used["n_rows"] + more["n_rows"])


def merge_parties(parties: pd.DataFrame) -> pd.DataFrame:
    """
    One row per (application_id, role, name, address); weights sum to 1 per application and role.

    Where the export states shares they are kept and scaled to 1 over the parties it lists;
    where it states none, each name has an equal share.
    """
    owners = parties[parties["role"] == "applicant"]
    inventors = parties.loc[parties["role"] == "inventor", "name"]
    kind = applicant_kind(owners["name"], owners["legal_form"], inventors=inventors)["kind"]
    parties = parties.assign(kind=kind.reindex(parties.index))
    place = {name: ranked(parties[name])[0] for name in (*PARTY, *FIRST)}
    order = np.argsort(folded(*place.values()), kind="stable")
    place = {name: places[order] for name, places in place.items()}
    # A name met with and without an address is one party: the address is the better knowledge.
    known = (place["country"] >= 0) | (place["nuts_id"] >= 0)
    named = runs(folded(place["application_id"], place["role"], place["name"]))
    elsewhere = np.repeat(reduced(np.logical_or, known, named), np.diff(named, append=len(order)))
    kept = known | ~elsewhere
    order, place = order[kept], {name: places[kept] for name, places in place.items()}

    starts = runs(folded(*(place[name] for name in PARTY)))
    merged = parties[list(PARTY)].take(order[starts]).reset_index(drop=True)
    for name in FIRST:
        merged[name] = _first(parties[name].take(order), place[name] >= 0, starts)
    # Records of one application repeat its parties: the share is stated once, not summed.
    weight = reduced(np.fmax, parties["weight"].to_numpy(dtype=np.float64)[order], starts)
    role = runs(folded(place["application_id"], place["role"])[starts])
    n_names = np.diff(role, append=len(starts))
    stated = np.repeat(reduced(np.add, np.nan_to_num(weight), role), n_names)
    share = np.nan_to_num(weight) / np.where(stated > 0, stated, np.nan)
    equal = 1 / np.repeat(n_names, n_names)
    return merged.assign(
        weight=np.where(stated > 0, share, equal),
        territory=pd.Series(pd.NA, merged.index, dtype="str"),
    )


def _first(values: pd.Series, there: Array, starts: Array) -> pd.Series:
    """The first value of each run of rows that is not missing."""
    rows = np.where(there, np.arange(len(values)), len(values))
    first = reduced(np.minimum, rows, starts)
    return values.reset_index(drop=True).reindex(first).reset_index(drop=True)
