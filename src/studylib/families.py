"""
Families: applications for one invention, counted once.

A family is what the export says it is (DOCDB simple, INPADOC).  Where it says nothing,
applications that claim exactly the same priorities are one family; an application without a
claim stands alone unless others claim just it.  `family_from` keeps the two apart.
"""

import hashlib

import pandas as pd

from studylib import numbers
from studylib.readers.raw import RawPatents

LONGEST_ID = 60


def priority_keys(raw: RawPatents) -> pd.DataFrame:
    """
    Which invention a record claims: one row per record with a readable claim.

    Index: record.  `key`: the sorted set of its priorities; `countries`: their distinct
    countries, sorted, joined by a blank.
    """
    claims = raw.priorities
    claim = numbers.normalise_application(claims["number"], office=claims["country"])
    said = pd.DataFrame(
        {
            "record": claims["record"].to_numpy(),
            "id": claim["id"].to_numpy(),
            "country": claims["country"]
            .where(claims["country"].notna(), claim["office"])
            .to_numpy(),
        }
    )
    said = said.sort_values(["record", "id"], kind="stable")
    keys = said.dropna(subset="id").drop_duplicates(["record", "id"])
    countries = said.dropna(subset="country").drop_duplicates(["record", "country"])
    countries = countries.sort_values(["record", "country"], kind="stable")
    return pd.DataFrame(
        {
            "key": keys.groupby("record")["id"].agg("+".join),
            "countries": countries.groupby("record")["country"].agg(" ".join),
        }
    )


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
        What the exported family is, for the id: "DOCDB simple", "INPADOC" or "".
    """
    own = applications["application_id"]
    key = own.map(keys).fillna(own)
    shared = key.duplicated(keep=False)
    exported = applications["family_id"].notna()
    short = key.where(key.str.len() <= LONGEST_ID, key.map(_shortened))
    prefix = {"DOCDB simple": "docdb:", "INPADOC": "inpadoc:"}.get(family_is, "family:")
    family_from = pd.Series("alone", index=applications.index).mask(shared, "same priorities")
    return applications.assign(
        family_id=("priority:" + short)
        .where(shared, own)
        .mask(exported, prefix + applications["family_id"].astype("str")),
        family_from=family_from.mask(exported, "exported"),
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
    has_ipc = applications["application_id"].isin(with_ipc)
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
