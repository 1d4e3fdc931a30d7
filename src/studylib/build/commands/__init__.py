"""
The commands of `studylib`, in the order of its help; what they do stands in the rooms they call.

    options      what several of them take
    of_build     on a study: build, status, history, rollback, crate, check
    of_exports   on exports and results: read, tag, extract, compare, init
"""

import sys
from typing import Annotated

import typer

from studylib.build.commands import of_build, of_exports
from studylib.build.commands.options import echo

app = typer.Typer(
    help="A reproducible study of how cluster organisations on two sides of a border could "
    "work together.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:  # noqa: FBT001 - what typer calls
    """Say the version and leave."""
    if asked:
        from importlib.metadata import version

        python = ".".join(map(str, sys.version_info[:3]))
        echo(f"studylib {version('studylib')}, Python {python}")
        raise typer.Exit


@app.callback()
def whole(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Say the version and leave.", callback=_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Take --version, of no command."""


for command in (
    of_build.build,
    of_build.status,
    of_build.history,
    of_build.rollback,
    of_build.crate,
    of_exports.read,
    of_exports.tag,
    of_exports.extract,
    of_build.check,
    of_exports.compare,
    of_exports.init,
):
    app.command()(command)
