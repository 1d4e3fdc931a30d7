"""
`studylib farm`: every study of a matrix, as many at a time as there are workers.

    listed    what would be built, for --dry-run; nothing is written, no worker is started
    built     study files, studies, the page above all and `farm.json`; raises where some failed
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from studylib.build import begin
from studylib.errors import UsageError, quoted
from studylib.farm import cluster, ending, matrix
from studylib.files import atomic, lock
from studylib.project import folder_of

Say = Callable[[str], None]


@dataclass(frozen=True)
class Farm:
    """What is asked for: a matrix, where pages go, on which workers, how each study is built."""

    matrix: Path
    reports: Path
    scheduler: str | None = None
    workers: int = 1
    jobs: int = 1
    keep: int = 3
    force: bool = False

    def job(self, study: Path) -> dict[str, object]:
        """One study for a worker, with paths that hold wherever it runs."""
        return {
            "study": str(study.absolute()),
            "reports": str(self.reports.absolute()),
            "work": str(folder_of(".").resolve()),
            "jobs": self.jobs,
            "keep": self.keep,
            "force": self.force,
        }


def listed(farm: Farm) -> Iterator[str]:
    """How many studies there are; each with its title, and whether there is something to do."""
    planned = matrix.read(farm.matrix)
    yield matrix.count(planned)
    for one in planned:
        state = "nothing to do" if _is_done(farm, one) else "to build"
        yield f"{one.study.id:<40}{state:<15}{one.study.title_in(one.study.languages[0])}"


def _is_done(farm: Farm, one: matrix.Planned) -> bool:
    """Whether the file of a study says what it would, and its pages stand there."""
    is_same = one.file.is_file() and one.file.read_text(encoding="utf-8") == one.text
    return is_same and not farm.force and begin.nothing_to_do(one.file, farm.reports, ())


def built(farm: Farm, say: Say) -> Path:
    """
    Build every study of a matrix; returns the path of the page above all.

    Raises
    ------
    UsageError
        The matrix, the scheduler or its workers are not as they should be; nothing was begun.
    BusyError
        Another farm is at work in the same reports folder, or the scheduler is gone.
    StudyError
        Some studies failed; the others are published.
    """
    planned = matrix.read(farm.matrix)
    say(matrix.count(planned))
    with lock.locked(farm.reports, ".farm-lock"):
        for one in planned:
            _write(one)
        jobs = {one.study.id: farm.job(one.file) for one in planned}
        outcomes = _ended(farm, jobs, planned[0].file, say)
        page = ending.write(farm.matrix, farm.reports, planned, outcomes)
    ending.check([outcomes[one.study.id] for one in planned])
    return page


def _write(one: matrix.Planned) -> None:
    """The file of a study; one that says so already is not touched."""
    try:
        atomic.replace(one.file, one.text.encode())
    except OSError as error:
        raise UsageError(
            f"{quoted(one.file)} cannot be written: {error.strerror}. Study files of a matrix go "
            "beside their base; put matrix and base into a folder of your own."
        ) from None


def _ended(
    farm: Farm, jobs: dict[str, dict[str, object]], first: Path, say: Say
) -> dict[str, cluster.Outcome]:
    """How every study ended; each is said as it ends."""
    outcomes: dict[str, cluster.Outcome] = {}
    with cluster.connected(farm.scheduler, min(farm.workers, len(jobs))) as client:
        cluster.check(client, first.absolute())
        try:
            for one in cluster.ended(client, jobs, say):
                outcomes[one.id] = one
                end = f"FAILED (exit code {one.code})" if one.code else "done"
                number = f"{len(outcomes)}/{len(jobs)}"
                say(f"{number:>9}  {one.id:<40}{one.seconds:>8.1f} s  {end}")
                if one.traceback:
                    say(one.traceback)
        except KeyboardInterrupt:
            say(
                f"Stopped. {len(outcomes)} of {len(jobs)} studies had ended, and stand; the page "
                "above all stays as it was. The next run goes on from there."
            )
            raise
    return outcomes
