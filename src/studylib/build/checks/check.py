"""
`studylib check`: every input a build reads, read as the build reads it, and nothing written.

    study file -> KET scheme, register, exports, corpus, clusters, themes, boundaries, survey, ...
                  a line for each that is fine; then one error for all that are not

One input that cannot be used hides no other: each is looked at, in the order of the build, so the
exit code is the one a build would end with.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from studylib import ket, tables
from studylib.build import outside
from studylib.build.checks import check_answers, check_clusters, check_names, emptiness
from studylib.build.checks.exports import read_sources
from studylib.diversify import corpus
from studylib.errors import StudyError, several, some
from studylib.files import outlines
from studylib.patents.dataset import scheme_path
from studylib.prepare import Canonical, adding_up, canonical, for_study, known_dates, locate
from studylib.readers.raw import RawPatents
from studylib.study import inputs, sources
from studylib.study.model import Study, load
from studylib.survey import codebook
from studylib.survey import prepare as survey_prepare


def check_study(study_file: Path) -> Iterator[str]:
    """
    What is right with a study's inputs, line by line.

    Raises
    ------
    StudyError
        What would stop a build, after the lines of what would not: the error of the build, or
        all of them in one of the kind of the first.
    """
    study = load(study_file)
    languages = ", ".join(study.languages)
    yield f"{study_file.name}: a valid study, {study.id}, languages {languages}."
    wrong: list[StudyError] = []
    looks: tuple[Callable[[Study], Iterator[str]], ...] = (
        _scheme, _register, _exports, _corpus, check_clusters.lines, check_clusters.themes,
        _boundaries, _survey, _claims, check_names.missing_names,
    )  # fmt: skip
    for look in looks:
        try:
            yield from look(study)
        except StudyError as said:
            error = outside.without_content(said, study, study_file)
            if str(error) not in map(str, wrong):  # the exports ask for the scheme, too
                wrong.append(error)
    if len(wrong) > 1:
        told = "\n  ".join(map(str, wrong))
        raise type(wrong[0])(f"{len(wrong)} inputs cannot be used as they are:\n  {told}")
    if wrong:
        raise wrong[0]


def _scheme(study: Study) -> Iterator[str]:
    """The rules of the study."""
    scheme = ket.load_scheme(scheme_path(study))
    flag = "verified" if scheme.verified else "not verified against its printed source"
    yield f"KET scheme: {scheme.title}: {several(len(scheme.rules), 'rule', 'rules')}, {flag}."


def _register(study: Study) -> Iterator[str]:
    """The register of inputs, and every file of it."""
    inputs.verify(study)
    if study.register_file:
        entries = sources.load_register(study.path(study.register_file)).source
        files = several(sum(len(entry.sha256) for entry in entries), "file", "files")
        of = several(len(entries), "source", "sources")
        yield f"{study.register_file.name}: {of}, {files} as registered."


def _exports(study: Study) -> Iterator[str]:
    """Each patent source, then what the study can count of all of them."""
    read = read_sources(study)
    yield from [_export(path.name, raw) for path, raws in read.items() for raw in raws]
    found = canonical([raw for raws in read.values() for raw in raws])
    del read  # of a bulk edition, half of the memory
    scheme = ket.load_scheme(scheme_path(study))
    prepared = for_study(found, study, scheme)
    n = prepared["funnel"].set_index("step")["n"]
    period, basis = study.period, study.counting.located_by
    yield (
        f"{period.first_year} to {period.last_year}, by {period.date}: "
        f"{several(int(n['in_period']), 'application', 'applications')}, {n['in_areas']:,} in an "
        f"area of the study by {basis}, {n['in_territories']:,} in its territories."
    )
    if not prepared["documents"]["is_counted"].all():
        yield f"Documents: {emptiness.kinds_read(prepared['documents'])}."
    yield from _by_other_dates(found, study)
    yield from _unused(found)
    yield from _nowhere(found, study)
    emptiness.refuse(study, prepared, scheme)


def _corpus(study: Study) -> Iterator[str]:
    """The study's own corpus, in as many periods as it has."""
    if study.corpus:
        path = study.path(study.corpus.path)
        found = corpus.besides(study, study.corpus)
        periods = "two periods" if corpus.periods(path) else "one period"
        yield f"{path.name}: {len(found):,} regions besides the territories, {periods}."


def _export(name: str, raw: RawPatents) -> str:
    """How much of an export could be read, which dates it knows, what had to be repaired."""
    parts = adding_up.of_export(raw)
    outside = f", {parts.outside:,} outside the study" if parts.outside else ""
    dates = ", ".join(f"{date} {n:,}" for date, n in known_dates.of_export(raw).items())
    repairs = "".join(f" {n:,} {what}." for what, n in sorted(raw.repairs.items()))
    return (
        f"{name}: {raw.format}, {several(parts.received, 'record', 'records')} received, "
        f"{parts.read:,} read, {parts.rejected:,} rejected{outside}. Dates: {dates}.{repairs}"
    )


def _by_other_dates(found: Canonical, study: Study) -> Iterator[str]:
    """How many applications the study would have by the dates it is not on."""
    counts, date = known_dates.of_study(found, study), study.period.date
    told = [
        f"by {other} {count.in_period:,}, {count.in_territories:,} in its territories"
        if count.known
        else f"by {other} none, as no export knows that date"
        for other, count in counts.items()
        if other != date
    ]
    yield f"It would have {'; '.join(told)}."
    if not counts[date].known and len(found["applications"]):
        knows = [other for other, count in counts.items() if count.known]
        instead = f"They know {' and '.join(knows)}." if knows else "They know no date at all."
        yield f"The exports know no date of {date}. {instead}"


def _unused(found: Canonical) -> Iterator[str]:
    """The single values that could not be used, of records that were read."""
    parts = adding_up.of_tables(found["funnel"], found["rejects"])
    if parts.single:
        yield (
            f"{several(parts.single, 'single value', 'single values')} could not be used; "
            "the table `rejects` says where and why."
        )


def _nowhere(found: Canonical, study: Study) -> Iterator[str]:
    """Why no application can lie in some of the territories, where none can."""
    basis = study.counting.located_by
    known = locate.known_bases(found["applications"], found["parties"])
    areas = locate.out_of_reach(basis, known, study)
    if found["applications"].empty or not areas:
        return
    if basis in known:
        yield (
            f"Nothing can lie in {some(areas)}: told by `nuts`, and by {basis} the exports know "
            "countries and no regions. Name them by `country` alone, or use exports with regions."
        )
        return
    others = ", ".join(f"{other} ({what})" for other, what in known.items()) or "no place"
    yield (
        f"No application can be located: `located_by` is {basis}, and the exports know no country "
        f"and no region on that basis. They know {others}. Change `located_by`, or use exports "
        "that know it; a basis of countries needs territories named by `country` alone."
    )


def _boundaries(study: Study) -> Iterator[str]:
    """The outlines of the maps."""
    if study.boundaries:
        n = len(outlines.lines(study.path(study.boundaries)))
        yield f"{study.boundaries.name}: {several(n, 'line', 'lines')} for maps."


def _survey(study: Study) -> Iterator[str]:
    """The survey with its codebook."""
    if study.survey:
        book = codebook.load(study.path(study.survey.codebook))
        read = survey_prepare.read(study)
        for name, frame in read.tables().items():
            tables.check(frame, name)
        options = several(len(book.option), "option", "options")
        yield f"{study.survey.codebook.name}: {options} of the question."
        answered = int(read.respondents["is_answered"].sum())
        people = several(len(read.respondents), "respondent", "respondents")
        yield f"{study.survey.path.name}: {people}, {answered:,} of them answered the question."
        yield from check_answers.lines(study.survey.path.name, read.notes, book)


def _claims(study: Study) -> Iterator[str]:
    """The published claims."""
    if study.claims:
        listed = tables.check(survey_prepare.claims(study), "claims")
        yield f"{study.claims.name}: {several(len(listed), 'claim', 'claims')}."
