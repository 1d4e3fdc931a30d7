"""A study seen from outside: what a build would do, how the last ones ended, what is kept."""

from collections.abc import Iterator
from pathlib import Path

from studylib.build import begin
from studylib.build.telling import history
from studylib.errors import RunError
from studylib.runs.published import publish, releases


def what_would_run(
    study_file: Path,
    reports: Path,
    languages: tuple[str, ...] = (),
    *,
    force: bool = False,
) -> list[tuple[str, str]]:
    """The steps a build would run, and why each; none where everything is fresh."""
    from studylib.build.asked import is_published, planned
    from studylib.build.stale import session
    from studylib.runs.progress import step_name, why
    from studylib.study.model import load

    with begin.alone(study_file, reports):
        if not force and begin.nothing_to_do(study_file, reports, languages):
            return []
        study = load(study_file)
        plan = planned(study_file, study, reports, languages, 1, publish.KEPT)
        _ = plan.inputs
        made, said = session(plan, explain=True, force=force)
        found = []
        for report in made.execution_reports:
            if report.outcome.name == "FAIL" and report.exc_info:
                raise RunError(f"The build could not start:\n{said}")
            if report.outcome.name == "WOULD_BE_EXECUTED":
                name = step_name(report.task.name, study.id)
                found.append((name, why(report.task, study.id)))
        if not found and not is_published(plan):
            found.append(("publish", "what stands there is not what was built"))
        return found


def status(study_file: Path, reports: Path) -> Iterator[str]:
    """What is fresh or stale, how the last builds ended, and which releases there are."""
    from studylib.study.model import load

    study = load(study_file)
    stale = what_would_run(study_file, reports)
    yield f"{study.id}: {'stale' if stale else 'fresh'}."
    for name, why in stale:
        yield f"  {name:<28}{why}"
    runs = history.runs(reports, study.id)
    for what, is_meant in (("Last build", history.BUILT), ("Last failure", history.FAILED)):
        run = next((run for run in runs if run["outcome"] == is_meant), None)
        when = "none known" if run is None else f"{run['time']}, {run['seconds']} s"
        yield f"{what}: {when}."
        if run and "message" in run:
            yield f"  {run['message']}"
    for told in releases.releases(reports, study.id):
        shown = ", shown" if told.is_shown else ""
        yield f"Release {told.name} of {told.made:%Y-%m-%d %H:%M} UTC{shown}."
