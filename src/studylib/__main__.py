"""The `studylib` command: every step of a study from the shell, errors as sentences."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from studylib.build import where_to_write
from studylib.errors import StudyError, UsageError, printable, quoted
from studylib.files.atomic import UNFINISHED

app = typer.Typer(
    help="A reproducible study of how cluster organisations on two sides of a border could "
    "work together.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
StudyFile = Annotated[
    Path, typer.Argument(help="The study file.", metavar="[STUDY]", parser=where_to_write.path)
]
Exports = Annotated[
    list[Path],
    typer.Argument(help="Patent exports: files or folders.", parser=where_to_write.path),
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


@app.command()
def build(
    study: StudyFile = Path("study.toml"),
    reports: Annotated[
        Path, typer.Option(help="Where the pages go.", parser=where_to_write.path)
    ] = Path("reports"),
    language: Annotated[
        list[str] | None, typer.Option(help="Only these languages; may be repeated.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="How many pages are made at a time.")] = 2,
    force: Annotated[bool, typer.Option("--force", help="Rebuild what is up to date.")] = False,  # noqa: FBT002
) -> None:
    """
    Build everything stale of a study, from raw to REPORTS/index.html.

    Example: studylib build study.toml --language fr
    """
    from studylib.build.command import build_study

    page = build_study(study, reports, tuple(language or ()), jobs=jobs, force=force)
    echo(page)


@app.command()
def read(
    paths: Exports,
    out: Annotated[
        Path, typer.Option(help="Folder for the canonical tables.", parser=where_to_write.path)
    ],
    format_: Format = "auto",
    table: TableFile = None,
    csv: Annotated[bool, typer.Option("--csv", help="CSV instead of Parquet.")] = False,  # noqa: FBT002
) -> None:
    """
    Turn any exports into canonical tables, with rejects and funnel.

    Example: studylib read result_list.xls --out tables --csv
    """
    from studylib.build.exports import read_exports
    from studylib.prepare import TABLES, canonical

    where_to_write.check_folder(
        out, [f"{name}.{'csv' if csv else 'parquet'}" for name in TABLES], paths
    )
    prepared = canonical(read_exports(paths, format_, table))
    prepared.write(out, as_csv=csv)
    for step in prepared["funnel"].to_dict("records"):
        echo(
            f"{step['n']:>10,}  {step['step']:<14}{step['left_out']:>10,} left out: {step['note']}"
        )


@app.command()
def tag(
    paths: Exports,
    scheme: Annotated[
        Path | None, typer.Option(help="KET scheme file.", parser=where_to_write.path)
    ] = None,
    match: Annotated[
        str, typer.Option(help="`exact`, `prefix` or `hierarchy`, for rules on subgroups.")
    ] = "exact",
    out: Annotated[
        Path | None, typer.Option(help="CSV file of the tags.", parser=where_to_write.path)
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option(
            metavar="APPLICATION",
            help="Why this application is tagged, or not; by its number or one it was published "
            "under.",
        ),
    ] = None,
    format_: Format = "auto",
    table: TableFile = None,
) -> None:
    """
    Tag the applications of an export with key enabling technologies.

    Example: studylib tag export.csv --explain EP98115245
    """
    from studylib.build import tag

    if explain is not None and out is None:
        echo(tag.explained(paths, explain, scheme, match, format_, table))
    elif out is not None and explain is None:
        echo(tag.tag_exports(paths, out, scheme, match, format_, table))
    else:
        raise UsageError("Say either --out FILE or --explain APPLICATION.")


@app.command()
def check(study: StudyFile = Path("study.toml")) -> None:
    """Say what is wrong with a study's inputs without building."""
    from studylib.build.check import check_study

    for line in check_study(study):
        echo(line)


@app.command()
def compare(
    old: Annotated[
        Path, typer.Argument(help="A build: its folder under reports.", parser=where_to_write.path)
    ],
    new: Annotated[
        Path, typer.Argument(help="Another build of the same study.", parser=where_to_write.path)
    ],
) -> None:
    """Say what changed between two builds, data apart from method; exit 12 when results differ."""
    from studylib.runs import compare as room

    found = room.compare(old, new)
    echo(room.in_words(found))
    found.check()


@app.command()
def init(
    folder: Annotated[
        Path, typer.Argument(help="A new folder for the study.", parser=where_to_write.path)
    ],
) -> None:
    """Make a new study for another pair of territories, ready to edit."""
    from studylib.build.command import new_study

    echo(f"Edit {new_study(folder)}, then: studylib check {quoted(folder / 'study.toml')}")


def _known(filename: object) -> Path:
    """The path a user knows: of a file that was not finished, the folder it could not be in."""
    path = Path(str(filename))
    for place in (*path.parents, path):
        if place.name.startswith(UNFINISHED):
            return place.parent
    return path


def main() -> None:
    """Run the command; an error the user can act on is one sentence and an exit code."""
    try:
        app(standalone_mode=True)
    except StudyError as error:
        echo(f"studylib: {error}", err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        if not error.filename:
            raise
        # A path that cannot be read or written is the user's to change.
        echo(f"studylib: {quoted(_known(error.filename))}: {error.strerror}.", err=True)
        sys.exit(UsageError.exit_code)


if __name__ == "__main__":
    main()
