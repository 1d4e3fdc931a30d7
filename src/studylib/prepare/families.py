"""
Families: applications for one invention, counted once.

A family is what the export says it is (DOCDB simple, INPADOC).  Where it says nothing,
applications that claim exactly the same priorities are one family, that of the export if one of
them has one; an application without a claim stands alone unless others claim just it.
`family_from` keeps them apart.
"""

import hashlib

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from studylib.clean import numbers
from studylib.clean.texts import TEXT, among, ranked
from studylib.readers.raw import RawPatents

LONGEST_ID = 60
PREFIX = {"DOCDB simple": "docdb:", "INPADOC": "inpadoc:", "Lens simple": "lens:"}


def priority_claims(raw: RawPatents, ids: pd.Series) -> pd.DataFrame:
    """
    The priorities each application claims in one of its records: application_id, id, country.

    `ids`: application_id by record.  A claim whose number cannot be read still tells its country.
    The application's own number, which some exports list first, is none beside another claim.
    """
    said = raw.priorities
    claim = numbers.normalise_application(said["number"], office=said["country"])
    country = said["country"].fillna(claim["office"])
    found = pd.DataFrame(
        {
            "application_id": said["record"].map(ids).to_numpy(),
            "id": claim["id"].to_numpy(),
            "country": country.to_numpy(),
        }
    )
    found = found.dropna(subset="application_id").drop_duplicates(ignore_index=True)
    is_own = (found["id"] == found["application_id"]).fillna(value=False).astype(bool)
    has_other = (~is_own).groupby(found["application_id"]).transform("any").astype(bool)
    return found[~(is_own & has_other)].reset_index(drop=True)


def priority_keys(claimed: pd.DataFrame) -> pd.DataFrame:
    """
    Which invention an application claims: one row per application with a claim.

    Index: application_id.  `key`: the sorted set of its priorities, over all its records;
    `countries`: their distinct countries, sorted, joined by a blank.
    """
    return pd.DataFrame(
        {"key": _all_of(claimed, "id", "+"), "countries": _all_of(claimed, "country", " ")},
        dtype="str",
    )


def _all_of(claimed: pd.DataFrame, column: str, between: str) -> pd.Series:
    """The distinct values of a column for each application, sorted and joined."""
    own, ids = ranked(claimed["application_id"])
    value, texts = ranked(claimed[column])
    said = (own >= 0) & (value >= 0)
    pairs = np.unique(own[said] * len(texts) + value[said])  # sorted by application, then value
    of, value = np.divmod(pairs, max(len(texts), 1))
    starts = np.flatnonzero(np.diff(of, prepend=-1))
    lists = pa.LargeListArray.from_arrays(np.append(starts, len(of)), texts.take(pa.array(value)))
    joined: pd.Series = pc.binary_join(lists, pa.scalar(between, TEXT)).to_pandas()
    return joined.set_axis(pd.Index(ids.take(pa.array(of[starts])), name="application_id"))


def assign(applications: pd.DataFrame, keys: pd.Series, family_is: str) -> pd.DataFrame:
    """
    The applications with `family_id` and `family_from`.

    Parameters
    ----------
    applications
        One row per application, with `family_id` as exported (may be missing).
    keys
        Priority key of each application (index: application_id); may lack some.
    family_is
        What the exported family is, for the id: "DOCDB simple", "INPADOC", "Lens simple" or "".
    """
    own = applications["application_id"]
    key = own.map(keys).astype("str").fillna(own)
    prefix = {"DOCDB simple": "docdb:", "INPADOC": "inpadoc:", "Lens simple": "lens:"}.get(
        family_is, "family:"
    )
    exported = (prefix + applications["family_id"]).astype("str")
    is_exported = exported.notna()
    # Who claims just what the members of one exported family claim belongs to it.
    told = exported.groupby(key).agg(["nunique", "first"])
    joined = key.map(told.loc[told["nunique"] == 1, "first"]).astype("str")
    shared = key.where(~is_exported & joined.isna()).dropna().duplicated(keep=False)
    shared = shared.reindex(applications.index, fill_value=False)
    short = key.where(key.str.len() <= LONGEST_ID, key.map(_shortened))
    family_from = pd.Series("alone", index=applications.index)
    family_from = family_from.mask(shared | joined.notna(), "same priorities")
    return applications.assign(
        family_id=exported.fillna(joined).fillna(("priority:" + short).where(shared, own)),
        family_from=family_from.mask(is_exported, "exported"),
    )


def _shortened(key: str) -> str:
    """A long set of priorities as its first, how many more, and a digest of all."""
    if len(key) <= LONGEST_ID:
        return key
    first, _, rest = key.partition("+")
    digest = hashlib.sha256(key.encode()).hexdigest()[:12]
    return f"{first[:LONGEST_ID]}+{rest.count('+') + 1}#{digest}"


def table(applications: pd.DataFrame, with_ipc: pd.Series) -> pd.DataFrame:
    """One row per family (contract `families`); `with_ipc`: ids of applications that have IPC."""
    has_ipc = among(applications["application_id"], with_ipc)
    return (
        applications.assign(has_ipc=has_ipc)
        .groupby("family_id", as_index=False, sort=True)
        .agg(
            n_applications=("application_id", "size"),
            filing_year=("filing_year", "min"),
            priority_year=("priority_year", "min"),
            publication_year=("publication_year", "min"),
            has_ipc=("has_ipc", "any"),
        )
    )
