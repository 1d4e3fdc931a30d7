"""`studylib tag`: tags of any export as a CSV, or why one application carries a tag, or none."""

from pathlib import Path
from typing import cast, get_args

import pandas as pd

from studylib import ket, readers
from studylib.clean import numbers
from studylib.errors import UsageError, quoted, some
from studylib.ket.intervals import Match
from studylib.prepare import Canonical, canonical
from studylib.report.files import csv_text


def tag_exports(paths: list[Path], out: Path, scheme: Path | None, match: str, format_: str) -> str:
    """Write the tags of the exports to a CSV; returns what was written, in a sentence."""
    from studylib.runs import files

    read = _read(paths, format_)
    rules = ket.load_scheme(scheme or ket.DEFAULT_SCHEME)
    tags = ket.tag(read["symbols"], rules, match=_checked(match))
    files.replace(out, csv_text(tags).encode())
    n_all = len(read["applications"])
    ipc = read["symbols"]["scheme"] == "ipc"
    n_ipc = read["symbols"].loc[ipc, "application_id"].nunique()
    return (
        f"{tags['application_id'].nunique():,} of {n_ipc:,} applications with IPC carry a KET; "
        f"{n_all - n_ipc:,} without IPC are unclassified. {_status(rules)} Written to {out.name}."
    )


def explained(
    paths: list[Path], application: str, scheme: Path | None, match: str, format_: str
) -> str:
    """Why an application carries its tags, or none: symbol, rule, source, line by line."""
    read = _read(paths, format_)
    known = read["applications"]["application_id"]
    application = _as_in_tables(application, known)
    if application not in set(known):
        near = sorted(known[known.str.contains(application[-6:], regex=False)])[:3]
        hint = f" Near it: {some(near)}." if near else ""
        raise UsageError(f"No application {quoted(application)} is in these exports.{hint}")
    rules = ket.load_scheme(scheme or ket.DEFAULT_SCHEME)
    lines = ket.explain(
        read["symbols"],
        rules,
        application,
        match=_checked(match),
        applications=read["applications"],
    )
    has_ipc = lines["symbol"].notna().any()
    text = _lines(lines) if has_ipc else "It has no IPC symbol: unclassified, not without KET."
    return f"{application}\n{text}\n{_status(rules)}"


def _as_in_tables(application: str, known: pd.Series) -> str:
    """The number as the tables write it, where it was given in another spelling."""
    if application in set(known):
        return application
    asked = pd.Series([application])
    for normalise in (numbers.normalise_application, numbers.normalise_publication):
        found = normalise(asked)["id"].iloc[0]
        if found in set(known):
            return str(found)
    return application


def _read(paths: list[Path], format_: str) -> Canonical:
    return canonical(readers.read_all(paths, format_))


def _checked(match: str) -> Match:
    if match not in get_args(Match):
        known = ", ".join(get_args(Match))
        raise UsageError(f"--match is {quoted(match)}; it can be {known}.")
    return cast("Match", match)


def _status(rules: ket.Scheme) -> str:
    flag = (
        "verified against its printed source"
        if rules.verified
        else "NOT verified against its printed source"
    )
    return f"Scheme: {rules.title} ({flag})."


def _lines(table: pd.DataFrame) -> str:
    """A table as aligned text."""
    return table.astype("str").fillna("").to_string(index=False)
