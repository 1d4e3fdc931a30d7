"""
Telling people how builds go: each thing once, by mail, to a web address or by a command.

    [notify] of the study file, or a file of its own (--notify FILE)
    build failed | failed no more | results changed | no good build for days  -->  send.send

What was told is kept beside what is built (`notify.json`), so that a build that fails every night
the same way is told once.  What could not be sent is told again by the next build.  A build ends
as it does without: nobody is kept from the pages by a mail server that is off.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studylib.build import begin
from studylib.build.telling import history
from studylib.errors import BusyError, StudyError, UsageError, printable, quoted, several
from studylib.files import atomic
from studylib.project import folder_of
from studylib.runs.published import changes, last_failure

if TYPE_CHECKING:
    from studylib.build.command import Say
    from studylib.study.notify import Notify

FAILED, RECOVERED, CHANGED, OVERDUE = "failed", "recovered", "changed", "overdue"
MOST = 20  # changes that are named
State = dict[str, Any]


def of_study(study_file: Path, own: Path | None = None) -> "Notify | None":
    """
    Whom to tell of a study: what a file of its own says, else its study file; None for nobody.

    Raises
    ------
    UsageError
        The file or the block is not what it should be.
    """
    said: object = None
    try:
        with (own or study_file).open("rb") as file:
            content = tomllib.load(file)
        said = content if own else content.get("notify")
    except (OSError, ValueError) as error:
        if own:
            raise UsageError(f"{quoted(own)} cannot be read as TOML: {error}.") from None
    if said is None:  # of a study file that cannot be read the build speaks
        return None
    from studylib.study.notify import checked

    return checked(said, (own or study_file).name)


@contextmanager
def told(study_file: Path, reports: Path, own: Path | None, say: "Say") -> Iterator[None]:
    """What happens inside is a build: how it ended is told, and what was is raised."""
    to = of_study(study_file, own)
    study_id = begin.id_of(study_file)
    if to is None or study_id is None:
        yield
        return
    before = changes.results_of(reports / study_id)
    try:
        yield
    except BusyError:
        raise
    except Exception as error:
        _tell(study_id, to, _of_failure(study_id, error), say)
        raise
    _tell(study_id, to, _of_success(study_id, reports, before, to), say)


def tell_overdue(study_file: Path, reports: Path, own: Path | None, say: "Say") -> None:
    """Tell it, once, where no build was good for longer than people wait."""
    to = of_study(study_file, own)
    study_id = begin.id_of(study_file)
    if to is None or study_id is None:
        raise UsageError(
            f"{quoted(study_file)} says nobody to tell; add `[notify]` with `to` or `command`, or "
            "name a file with --notify-file."
        )
    good = (history.BUILT, history.NOTHING)
    last = next((r["time"] for r in history.runs(reports, study_id) if r["outcome"] in good), None)
    since = datetime.fromisoformat(last) if last else datetime.fromtimestamp(0, UTC)
    if datetime.now(UTC) - since > timedelta(days=to.overdue_days):
        known = f"The last good build is of {last}" if last else "No good build is known"
        text = f"{known}, and one is expected every {to.overdue_days} days. Is the timer running?"
        _tell(study_id, to, {OVERDUE: (str(last), text)}, say)


def _of_failure(study_id: str, error: Exception) -> dict[str, tuple[str, str]]:
    """What a build that failed has to tell: (what it is known by, text) by event."""
    text = (
        last_failure.without_folders(str(error)) if isinstance(error, StudyError) else repr(error)
    )
    return {FAILED: (text, f"The pages of {study_id} could not all be built.\n\n{text}")}


def _of_success(
    study_id: str, reports: Path, before: Mapping[str, Any] | None, to: "Notify"
) -> dict[str, tuple[str, str]]:
    """What a good build has to tell."""
    found = {RECOVERED: ("", f"The pages of {study_id} are built again.")}
    link = reports / study_id
    after = changes.results_of(link)
    if before and after and (lines := _beyond(before, after, to.change)):
        shown = "\n".join(lines[:MOST])
        more = f"\nand {len(lines) - MOST} more" if len(lines) > MOST else ""
        many = several(len(lines), "result", "results")
        text = f"{many} of {study_id} changed:\n\n{shown}{more}"
        found[CHANGED] = (link.resolve().name, text)
    return found


def _beyond(before: Mapping[str, Any], after: Mapping[str, Any], least: float) -> list[str]:
    """The changes that are told: all, or of numbers those of more than this part of the old."""
    found = []
    old, new = before.get("results", {}), after.get("results", {})
    for change in changes.entries(before, after):
        one, other = old.get(change.key), new.get(change.key)
        if least and change.key.startswith(changes.ANSWER):
            continue  # a sentence changes with every number in it
        is_number = isinstance(one, int | float) and isinstance(other, int | float)
        if is_number and abs(other - one) <= least * abs(one):
            continue
        found.append(change.line)
    return found


def _tell(study_id: str, to: "Notify", found: Mapping[str, tuple[str, str]], say: "Say") -> None:
    """Send what was not told yet, and keep what was."""
    from studylib.build.telling import send

    state = _state(study_id)
    failed_before = state.get(FAILED)
    if FAILED not in found and OVERDUE not in found:
        state.pop(FAILED, None)
        state.pop(OVERDUE, None)
    for event, (key, text) in found.items():
        is_new = failed_before is not None if event == RECOVERED else state.get(event) != key
        if not is_new or event not in to.on:
            continue
        if problems := send.send(to, study_id, event, printable(text)):
            for problem in problems:
                say(f"{study_id}: could not be told ({event}): {problem}")
            if event == RECOVERED:
                state[FAILED] = failed_before  # told by the next good build
        elif event != RECOVERED:
            state[event] = key
    with suppress(OSError):
        atomic.replace(_file_of(study_id), json.dumps(state, indent=1).encode() + b"\n")


def _file_of(study_id: str) -> Path:
    return folder_of(study_id) / "notify.json"


def _state(study_id: str) -> State:
    """What was told last: nothing where it cannot be read."""
    with suppress(OSError, ValueError):
        said = json.loads(_file_of(study_id).read_text(encoding="utf-8"))
        if isinstance(said, dict):
            return said
    return {}
