"""`studylib tag`: tags of any export as a CSV, or why one application carries a tag, or none."""

import re
from pathlib import Path

import pandas as pd

from studylib import ket
from studylib.build import where_to_write
from studylib.build.checks.named_exports import read_exports
from studylib.clean import numbers
from studylib.errors import UsageError, quoted, some
from studylib.files.csv_out import csv_text
from studylib.ket.intervals import Match
from studylib.prepare import canonical, identity, records
from studylib.readers.raw import RawPatents

KIND_OF_PUBLICATION = re.compile(r"[A-Z]\d\s*$")  # A1, B2; applications have one letter, or none


def tag_exports(
    paths: list[Path],
    out: Path,
    scheme: Path | None,
    match: str,
    format_: str,
    table: Path | None = None,
) -> str:
    """Write the tags of the exports to a CSV; returns what was written, in a sentence."""
    from studylib.files import atomic

    rule_file = scheme or ket.DEFAULT_SCHEME
    where_to_write.check_file(out, [*paths, rule_file, rule_file.with_suffix(".toml")])
    way = _checked(match)
    read = canonical(read_exports(paths, format_, table))
    rules = ket.load_scheme(rule_file)
    tags = ket.tag(read["symbols"], rules, match=way)
    atomic.replace(out, csv_text(tags).encode())
    n_all = len(read["applications"])
    ipc = read["symbols"]["scheme"] == "ipc"
    n_ipc = read["symbols"].loc[ipc, "application_id"].nunique()
    return (
        f"{tags['application_id'].nunique():,} of {n_ipc:,} applications with IPC carry a KET; "
        f"{n_all - n_ipc:,} without IPC are unclassified. {_status(rules)} Written to {out.name}."
    )


def explained(
    paths: list[Path],
    asked: str,
    scheme: Path | None,
    match: str,
    format_: str,
    table: Path | None = None,
) -> str:
    """Why an application carries its tags, or none: symbol, rule, source, line by line."""
    way = _checked(match)
    raws = read_exports(paths, format_, table)
    read = canonical(raws)
    application, as_what = _found(asked, read["applications"]["application_id"], raws)
    rules = ket.load_scheme(scheme or ket.DEFAULT_SCHEME)
    lines = ket.explain(
        read["symbols"], rules, application, match=way, applications=read["applications"]
    )
    has_ipc = lines["symbol"].notna().any()
    text = _lines(lines) if has_ipc else "It has no IPC symbol: unclassified, not without KET."
    return f"{application}{as_what}\n{text}\n{_status(rules)}"


def _found(asked: str, known: pd.Series, raws: list[RawPatents]) -> tuple[str, str]:
    """
    The application a number means, and what is to be said of the number.

    Raises
    ------
    UsageError
        The number is of no application and of no publication, or of publications of several.
    """
    ids = set(known)
    own = next((spelling for spelling in _spellings(asked) if spelling in ids), None)
    published = _published_as(asked, raws)
    if published and own != asked and KIND_OF_PUBLICATION.search(asked):
        own = None  # nobody writes the number of an application with A1
    others = sorted(published - {own})
    if own is not None:
        return own, f" ({quoted(asked)} is a publication of {some(others)}, too)" if others else ""
    if len(others) == 1:
        return others[0], f" ({quoted(asked)} is a publication of it)"
    if others:
        raise UsageError(
            f"{quoted(asked)} is a publication of {len(others)} applications: {some(others)}. "
            "Name one of them."
        )
    near = sorted(known[known.str.contains(asked[-6:], regex=False)])[:3]
    hint = f" Near it: {some(near)}." if near else ""
    raise UsageError(f"No application or publication {quoted(asked)} is in these exports.{hint}")


def _spellings(asked: str) -> tuple[str, str]:
    """A number as given, and as the tables write it if it is of an application."""
    return asked, str(numbers.normalise_application(pd.Series([asked]))["id"].iloc[0])


def _published_as(asked: str, raws: list[RawPatents]) -> set[str]:
    """Every application that has a publication of this number, whatever its kind."""
    wanted = numbers.normalise_publication(pd.Series([asked]))["id"].iloc[0]
    known = identity.reconciled([records.identify(raw, raw.format)[0] for raw in raws])
    return {
        application
        for part in known
        for application in part.loc[part["publication_id"] == wanted, "application_id"]
    }


def _checked(match: str) -> Match:
    if match not in ket.MATCHES:
        hint = " `both` of a study file is two runs, exact and prefix." if match == "both" else ""
        raise UsageError(f"--match is {quoted(match)}; it can be {', '.join(ket.MATCHES)}.{hint}")
    return match


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
