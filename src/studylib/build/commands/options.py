"""What several commands take, and how they speak."""

from pathlib import Path
from typing import Annotated

import typer

from studylib.build import where_to_write
from studylib.errors import printable

StudyFile = Annotated[
    Path, typer.Argument(help="The study file.", metavar="[STUDY]", parser=where_to_write.path)
]
Exports = Annotated[
    list[Path],
    typer.Argument(help="Patent exports: files or folders.", parser=where_to_write.path),
]
Reports = Annotated[Path, typer.Option(help="Where the pages are.", parser=where_to_write.path)]
PagesGo = Annotated[Path, typer.Option(help="Where the pages go.", parser=where_to_write.path)]
Keep = Annotated[int, typer.Option(min=1, help="How many releases stay, for rollback.")]
Force = Annotated[bool, typer.Option("--force", help="Rebuild what is up to date.")]
Work = Annotated[
    Path | None,
    typer.Option(
        help="Where everything is built before it is published; by default data/processed.",
        parser=where_to_write.path,
    ),
]
NotifyFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Whom to tell how it went: keys of [notify] in a file of their own.",
        parser=where_to_write.path,
    ),
]
Format = Annotated[
    str, typer.Option("--format", help="Export format; `auto` looks at the content.")
]
TableFile = Annotated[
    Path | None,
    typer.Option(
        "--table",
        metavar="FILE",
        help="A [[sources]] block that says what the columns of a table hold.",
        parser=where_to_write.path,
    ),
]


def echo(text: object, *, err: bool = False) -> None:
    """Say it: what comes from data or from file names must not command the terminal."""
    typer.echo(printable(str(text)), err=err)
