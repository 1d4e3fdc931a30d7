"""Commands on exports and results without a study, and the one that begins a study."""

from pathlib import Path
from typing import Annotated

import typer

from studylib.build import where_to_write
from studylib.build.commands.options import Exports, Format, TableFile, echo
from studylib.errors import UsageError, quoted


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
    from studylib.build.checks.named_exports import read_exports
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


def extract(
    edition: Annotated[
        str,
        typer.Argument(help="A folder of REGPAT or PATSTAT; for Spark also an address it reads."),
    ],
    out: Annotated[
        Path, typer.Option(help="A new folder for the extract.", parser=where_to_write.path)
    ],
    study: Annotated[
        list[Path],
        typer.Option(
            help="A study file whose years and places are kept; may be repeated.",
            parser=where_to_write.path,
        ),
    ],
    engine: Annotated[str, typer.Option(help="`duckdb`, or `spark` for a cluster.")] = "duckdb",
    master: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            help="The master of Spark, like spark://host:7077; this machine without one.",
        ),
    ] = "",
) -> None:
    """
    Take out of a whole edition what studies can use, as a small edition.

    Example: studylib extract patstat-2026a --out extract --study study.toml
    """
    from studylib.build.checks.exports import keeps_of
    from studylib.readers.bulk import extract as room

    n = room.extract(edition, out, keeps_of(study), engine, master)
    for name, rows in sorted(n.items()):
        echo(f"{rows:>12,}  {name}")


def compare(
    old: Annotated[
        Path, typer.Argument(help="A build: its folder under reports.", parser=where_to_write.path)
    ],
    new: Annotated[
        Path, typer.Argument(help="Another build of the same study.", parser=where_to_write.path)
    ],
) -> None:
    """Say what changed between two builds, data apart from method; exit 12 when results differ."""
    from studylib.runs.published import compare as room
    from studylib.runs.published import comparison

    found = room.compare(old, new)
    echo(comparison.in_words(found))
    found.check()


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
    from studylib.build.new.new_study import new_study

    study = new_study(folder, tuple(exports or ()), survey, clusters)
    echo(f"Edit {study}, then: studylib check {quoted(folder / 'study.toml')}")
