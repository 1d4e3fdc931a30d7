"""Commands on a study that is there: build it, see it, check it, go back, give it away."""

from pathlib import Path
from typing import Annotated

import typer

from studylib.build import where_to_write
from studylib.build.commands.options import (
    Force,
    Keep,
    NotifyFile,
    PagesGo,
    Reports,
    StudyFile,
    Work,
    echo,
)


def build(
    study: StudyFile = Path("study.toml"),
    reports: PagesGo = Path("reports"),
    language: Annotated[
        list[str] | None, typer.Option(help="Only these languages; may be repeated.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="How many pages are made at a time.")] = 2,
    keep: Keep = 3,
    work: Work = None,
    force: Force = False,  # noqa: FBT002
    dry_run: Annotated[  # noqa: FBT002
        bool, typer.Option("--dry-run", help="Say what would be done and why, and do nothing.")
    ] = False,
    prove: Annotated[  # noqa: FBT002
        bool,
        typer.Option(
            "--prove", help="Build twice, elsewhere and under other conditions; compare every byte."
        ),
    ] = False,
    quiet: Annotated[  # noqa: FBT002
        bool, typer.Option("--quiet", help="Do not say each step on stderr as it ends.")
    ] = False,
    notify_file: NotifyFile = None,
) -> None:
    """
    Build everything stale of a study, from raw to REPORTS/index.html.

    Example: studylib build study.toml --language fr
    """
    from studylib.build.command import build_study
    from studylib.build.telling import notify
    from studylib.build.telling.overview import what_would_run

    languages = tuple(language or ())
    if prove:
        from studylib.build.prove import proved

        echo(proved(study, languages))
        return
    where_to_write.work_in(work)
    if dry_run:
        steps = what_would_run(study, reports, languages, force=force)
        for name, why in steps:
            echo(f"{name:<28}{why}")
        if not steps:
            echo("Nothing to do.")
        return

    def say(line: str) -> None:
        """Each step as it ends, for the log of a timer as for a person who waits."""
        if not quiet:
            echo(line, err=True)

    with notify.told(study, reports, notify_file, lambda line: echo(line, err=True)):
        index = build_study(study, reports, languages, jobs=jobs, force=force, keep=keep, say=say)
    echo(index)


def status(
    study: StudyFile = Path("study.toml"),
    reports: Reports = Path("reports"),
    work: Work = None,
    notify: Annotated[  # noqa: FBT002
        bool,
        typer.Option(
            "--notify", help="Tell those of [notify], once, if no build was good for long."
        ),
    ] = False,
    notify_file: NotifyFile = None,
) -> None:
    """Say what is fresh or stale and why, how the last builds ended, and which releases stay."""
    from studylib.build.telling import overview
    from studylib.build.telling.notify import tell_overdue

    where_to_write.work_in(work)
    if notify:
        tell_overdue(study, reports, notify_file, lambda line: echo(line, err=True))
    for line in overview.status(study, reports):
        echo(line)


def history(
    study: StudyFile = Path("study.toml"),
    reports: Reports = Path("reports"),
    limit: Annotated[int, typer.Option(min=1, help="How many runs, the last first.")] = 20,
) -> None:
    """Say what the last builds did: when, how long, which steps, with which outcome."""
    from studylib.build.telling import history as room

    for line in room.lines(reports, _id(study), limit):
        echo(line)


def rollback(
    study: StudyFile = Path("study.toml"),
    reports: Reports = Path("reports"),
    to: Annotated[str | None, typer.Option(help="A release that `studylib status` names.")] = None,
) -> None:
    """
    Show an earlier release again; it stays until a build makes something new, or --force.

    Example: studylib rollback study.toml
    """
    from studylib.build.published.release import roll_back

    name = roll_back(reports, _id(study), to)
    echo(f"The release {name} is shown.")


def _id(study: Path) -> str:
    """The id in a study file; loading the file says what is wrong where there is none."""
    from studylib.build import begin

    found = begin.id_of(study)
    if found is None:
        from studylib.study.model import load

        found = load(study).id
    return found


def crate(
    out: Annotated[Path, typer.Option(help="The ZIP to write.", parser=where_to_write.path)],
    study: StudyFile = Path("study.toml"),
    reports: Reports = Path("reports"),
    work: Work = None,
) -> None:
    """
    Put all a study was made of, and its results, into one RO-Crate that computes them again.

    What respondents answered lies in it, as they answered it: give it to nobody who may not see it.

    Example: studylib crate study.toml --out study.crate.zip
    """
    from studylib.build.published import crate as room

    where_to_write.work_in(work)
    where_to_write.check_file(out, [study])
    echo(room.write(study, reports, out))


def check(study: StudyFile = Path("study.toml")) -> None:
    """Say what is wrong with a study's inputs without building."""
    from studylib.study.model import load

    load(study)  # a mistake in it is told before all is loaded that reads its inputs
    from studylib.build.checks.check import check_study

    for line in check_study(study):
        echo(line)
