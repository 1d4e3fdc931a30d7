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
Reports = Annotated[Path, typer.Option(help="Where the pages are.", parser=where_to_write.path)]
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
    keep: Annotated[int, typer.Option(min=1, help="How many releases stay, for rollback.")] = 3,
    work: Work = None,
    force: Annotated[bool, typer.Option("--force", help="Rebuild what is up to date.")] = False,  # noqa: FBT002
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
    from studylib.build import notify
    from studylib.build.command import build_study
    from studylib.build.overview import what_would_run

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


@app.command()
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
    from studylib.build import overview
    from studylib.build.notify import tell_overdue

    where_to_write.work_in(work)
    if notify:
        tell_overdue(study, reports, notify_file, lambda line: echo(line, err=True))
    for line in overview.status(study, reports):
        echo(line)


@app.command()
def history(
    study: StudyFile = Path("study.toml"),
    reports: Reports = Path("reports"),
    limit: Annotated[int, typer.Option(min=1, help="How many runs, the last first.")] = 20,
) -> None:
    """Say what the last builds did: when, how long, which steps, with which outcome."""
    from studylib.build import history as room

    for line in room.lines(reports, _id(study), limit):
        echo(line)


@app.command()
def rollback(
    study: StudyFile = Path("study.toml"),
    reports: Reports = Path("reports"),
    to: Annotated[str | None, typer.Option(help="A release that `studylib status` names.")] = None,
) -> None:
    """
    Show an earlier release again; it stays until a build makes something new, or --force.

    Example: studylib rollback study.toml
    """
    from studylib.build.release import roll_back

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


@app.command()
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
    from studylib.build import crate as room

    where_to_write.work_in(work)
    where_to_write.check_file(out, [study])
    echo(room.write(study, reports, out))


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
    from studylib.build.named_exports import read_exports
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
    exports: Annotated[
        list[Path] | None,
        typer.Option(
            "--from",
            help="An export: date, place and years it knows are proposed; may be repeated.",
            parser=where_to_write.path,
        ),
    ] = None,
    survey: Annotated[
        Path | None,
        typer.Option(help="A survey export: a codebook is begun.", parser=where_to_write.path),
    ] = None,
    clusters: Annotated[
        Path | None,
        typer.Option(
            help="A list of organisations; begun there if it is not there.",
            parser=where_to_write.path,
        ),
    ] = None,
) -> None:
    """
    Make a new study for another pair of territories, ready to edit.

    Example: studylib init my-study --from export.csv --survey answers.csv --clusters list.csv
    """
    from studylib.build.new_study import new_study

    study = new_study(folder, tuple(exports or ()), survey, clusters)
    echo(f"Edit {study}, then: studylib check {quoted(folder / 'study.toml')}")


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
