"""
Reports that are never half-written: a release is staged, verified, flushed, then swapped in.

    reports/
      .lock                          held while publishing; the kernel frees it when we die
      .releases/<study>/<release>/   what was published, the last three; <release> is its checksum
      <study> -> .releases/<study>/<release>        replaced by one rename
      index.html                     replaced by one rename
      <study>.last_failure.json      why the last build of it failed, gone after a good one
      .releases/<study>/.held        a release that was rolled back: not shown again unless asked

A reader sees the old report or the new one.  Equal content is the release that is there already,
and then nothing is touched, not even a time.
"""

import os
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from studylib.errors import RunError, UsageError, quoted, some
from studylib.files import atomic, lock
from studylib.project import STUDY_ID
from studylib.runs.published import last_failure
from studylib.runs.published.pages import Pages, check, content_of
from studylib.runs.published.releases import (
    MANIFEST,
    RELEASES,
    held,
    held_file,
    is_whole,
    manifest,
    name_of,
    releases,
)

KEPT = 3


def publish(
    pages: Pages, reports: Path, study_id: str, *, index: bytes | None = None, keep: int = KEPT
) -> Path:
    """The published folder of a study, `reports/<study_id>`: see `release`."""
    release(pages, reports, study_id, index=index, keep=keep)
    return reports / study_id


def release(
    pages: Pages,
    reports: Path,
    study_id: str,
    *,
    index: bytes | None = None,
    keep: int = KEPT,
    patience: float = 0.0,
) -> Path:
    """
    The folder of the release that holds exactly these pages, shown as `reports/<study_id>`.

    One that was rolled back is made, and not shown again.

    Parameters
    ----------
    pages
        Content, or a file to copy, by its path inside the study's folder (`fr/index.html`).
    reports
        The reports folder; made if it is not there.
    study_id
        Name of the study's folder in it.
    index
        The page above all studies; as it was by default.
    keep
        How many releases stay, the one that is shown among them.
    patience
        How long to wait where somebody else publishes here [s].

    Raises
    ------
    BusyError
        Somebody else publishes here.
    UsageError
        A folder of that name stands in the way, or a path leads out of the study's folder.
    RunError
        A page is unfit (`pages`) or the disk is full; the old report stands untouched.
    """
    if not STUDY_ID.fullmatch(study_id):
        raise UsageError(f"{quoted(study_id)} cannot be the folder of a study; use a-z, 0-9, -.")
    with lock.locked(reports, patience=patience):
        link = reports / study_id
        if link.exists() and not link.is_symlink():
            raise UsageError(
                f"{quoted(link)} is a folder that was not published by studylib; "
                "move it away or choose another reports folder."
            )
        _sweep(reports, study_id)
        try:
            content = content_of(pages)
            check(content, index, link)
            made = _release(content, reports / RELEASES / study_id)
            if held(reports, study_id) != made.name or not link.exists():
                held_file(reports, study_id).unlink(missing_ok=True)
                _swap(link, made)
                if index is not None:
                    atomic.replace(reports / "index.html", index)
        except OSError as error:
            why = error.strerror or error
            raise RunError(
                f"{quoted(study_id)} could not be published in {quoted(reports)}: {why}. "
                "The report that was there before is unchanged."
            ) from error
        finally:
            with suppress(OSError):
                _sweep(reports, study_id)
        last_failure.good(reports, study_id)
        _forget(link.resolve(), keep)
    return made


def roll_back(reports: Path, study_id: str, to: str | None = None) -> str:
    """
    Show an earlier release again, by default the one before; returns its name.

    The one that was shown stays, and a build that makes it again does not show it.

    Raises
    ------
    BusyError
        Somebody else publishes here.
    UsageError
        There is no such release, or no earlier one, or it is not whole any more.
    """
    with lock.locked(reports):
        known = releases(reports, study_id)
        if not known:
            raise UsageError(f"Nothing is published of {quoted(study_id)} in {quoted(reports)}.")
        names = [told.name for told in known]
        now = next((i for i, told in enumerate(known) if told.is_shown), -1)
        if to is None and now + 1 >= len(names):
            raise UsageError(f"There is no release of {quoted(study_id)} before the one shown.")
        wanted = names[now + 1] if to is None else to
        if wanted not in names:
            raise UsageError(
                f"There is no release {quoted(wanted)} of {quoted(study_id)}; there are "
                f"{some(names)}."
            )
        target = reports / RELEASES / study_id / wanted
        if not is_whole(target):
            raise UsageError(f"The release {quoted(wanted)} was changed after it was published.")
        newest = max(known, key=lambda told: told.made).name
        _point(reports / study_id, target)
        held_file(reports, study_id).unlink(missing_ok=True)
        if newest != wanted:
            atomic.replace(held_file(reports, study_id), newest.encode())
    return wanted


def _release(content: Mapping[str, bytes], folder: Path) -> Path:
    """The release that holds this content: the one that is there, or a new one."""
    listed = manifest(content)
    release = folder / name_of(listed)
    if is_whole(release):
        return release
    staging = folder / f"{atomic.UNFINISHED}{secrets.token_hex(4)}"
    for path, body in {**content, MANIFEST: listed}.items():
        target = staging / path
        target.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(target, body)
    if not is_whole(staging):
        raise RunError(f"What was written to {quoted(folder)} does not read back; check the disk.")
    for inner in [staging, *(p for p in staging.rglob("*") if p.is_dir())]:
        atomic.flush_folder(inner)
    if release.exists():  # somebody changed it: it is not what its name says
        release.rename(folder / f"{atomic.UNFINISHED}{secrets.token_hex(4)}")
    staging.rename(release)
    atomic.flush_folder(folder)
    return release


def _swap(link: Path, release: Path) -> None:
    """Let the study's name point to a release; untouched if it does."""
    if link.is_symlink() and str(link.readlink()) == os.path.relpath(release, link.parent):
        return
    os.utime(release)  # the order in which releases were shown, for `_forget`
    _point(link, release)


def _point(link: Path, release: Path) -> None:
    """Let a link lead to a release, by one rename."""
    target = os.path.relpath(release, link.parent)
    beside = link.with_name(f"{atomic.UNFINISHED}{link.name}-{secrets.token_hex(4)}")
    beside.symlink_to(target, target_is_directory=True)
    beside.replace(link)
    atomic.flush_folder(link.parent)


def _sweep(reports: Path, study_id: str) -> None:
    """Remove what killed runs left; nobody else is at work, for we hold the lock."""
    for folder in (reports, reports / RELEASES / study_id):
        for left in folder.glob(f"{atomic.UNFINISHED}*"):
            shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()


def _forget(current: Path, keep: int) -> None:
    """Keep the last releases, the current one always."""
    shown = [p for p in current.parent.iterdir() if not p.name.startswith(".")]
    shown.sort(key=lambda p: (p == current, p.stat().st_mtime_ns, p.name), reverse=True)
    for old in shown[keep:]:
        shutil.rmtree(old)
