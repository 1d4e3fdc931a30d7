"""The command on a matrix, beside those on one study: `studylib farm`."""

from pathlib import Path
from typing import Annotated

import typer

from studylib.build import where_to_write
from studylib.build.commands import app
from studylib.build.commands.options import Force, Keep, PagesGo, Work, echo

__all__ = ["app"]

INTERRUPTED = 130  # exit code after Ctrl-C, as shells have it


@app.command()
def farm(
    matrix: Annotated[
        Path, typer.Argument(help="The matrix file.", parser=where_to_write.path)
    ] = Path("matrix.toml"),
    reports: PagesGo = Path("reports"),
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="A Dask scheduler, like tcp://host:8786; workers of this machine without one.",
        ),
    ] = None,
    workers: Annotated[
        int, typer.Option(min=1, help="How many studies are built at a time on this machine.")
    ] = 2,
    jobs: Annotated[
        int, typer.Option(min=1, help="How many pages of a study are made at a time.")
    ] = 1,
    keep: Keep = 3,
    work: Work = None,
    force: Force = False,  # noqa: FBT002
    dry_run: Annotated[  # noqa: FBT002
        bool, typer.Option("--dry-run", help="List the studies, and do nothing.")
    ] = False,
    quiet: Annotated[  # noqa: FBT002
        bool, typer.Option("--quiet", help="Do not say each study on stderr as it ends.")
    ] = False,
) -> None:
    """
    Build many studies: one for every area in every period of a matrix.

    Example: studylib farm matrix.toml --scheduler tcp://localhost:8786
    """
    from studylib.farm.command import Farm, built, listed

    where_to_write.work_in(work)
    asked = Farm(matrix, reports, scheduler, workers, jobs, keep, force)
    if dry_run:
        for line in listed(asked):
            echo(line)
        return

    def say(line: str) -> None:
        """Each study as it ends."""
        if not quiet:
            echo(line, err=True)

    try:
        echo(built(asked, say))
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
