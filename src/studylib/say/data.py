"""Sentences of the data page: what was read, left out and repaired."""

from studylib.language.counted import documents
from studylib.language.words import _, listing, ngettext, number, years
from studylib.patents import coverage
from studylib.patents.dataset import Dataset
from studylib.prepare import adding_up, locate
from studylib.report.labels import BASIS, label
from studylib.report.prose import Prose, prose
from studylib.show.provenance import wholly


def headline(study: Dataset) -> Prose:
    """What came in, what is counted, what the records are."""
    funnel = study.table("funnel").set_index("step")["n"]
    return prose(
        ngettext("{n} record came in.", "{n} records came in.", int(funnel["received"]))
        + " "
        + _counted(study, int(funnel["in_areas"]), int(funnel["in_territories"])),
        *_nowhere(study),
        *_kinds(study),
        kind="headline",
        made_up=wholly(study, "patents"),
    )


def _counted(study: Dataset, in_areas: int, in_territories: int) -> str:
    """How many applications lie in an area, and in a territory."""
    period = study.definition.period
    window = years(period.first_year, period.last_year)
    if in_areas == in_territories and len(study.territories) == 1:
        return ngettext(
            "{n} application of {years} lies in the territory of the study.",
            "{n} applications of {years} lie in the territory of the study.",
            in_areas,
            years=window,
        )
    if in_areas == in_territories:
        return ngettext(
            "{n} application of {years} lies in the territories of the study.",
            "{n} applications of {years} lie in the territories of the study.",
            in_areas,
            years=window,
        )
    if len(study.territories) == 1:
        return ngettext(
            "{n} application of {years} lies in an area of the study, {territories} of them in "
            "its territory.",
            "{n} applications of {years} lie in an area of the study, {territories} of them in "
            "its territory.",
            in_areas,
            years=window,
            territories=number(in_territories),
        )
    return ngettext(
        "{n} application of {years} lies in an area of the study, {territories} of them in "
        "its territories.",
        "{n} applications of {years} lie in an area of the study, {territories} of them in "
        "its territories.",
        in_areas,
        years=window,
        territories=number(in_territories),
    )


def _nowhere(study: Dataset) -> list[str]:
    """Why no application can lie in some or all of the territories, where none can."""
    basis = study.rule.located_by
    known = locate.known_bases(study.applications, study.parties)
    areas = locate.out_of_reach(basis, known, study.definition)
    if study.applications.empty or not areas:
        return []
    if basis in known:
        return [
            _(
                "The exports contain countries and no regions, so nothing can lie in {areas}, which "
                "the study tells by regions.",
                areas=listing(study.area_name(area) for area in areas),
            )
        ]
    said = _(
        "No application can be located: the exports do not contain the {basis}, by which this study "
        "locates.",
        basis=label(BASIS, basis),
    )
    others = listing(label(BASIS, other) for other in known)
    they_know = _("They contain: {fields}.", fields=others)
    return [f"{said} {they_know}" if known else said]


def _kinds(study: Dataset) -> list[str]:
    """How many of each kind of document were read, and which the study does not count."""
    table = study.table("documents")
    if len(table) < 2 and table["is_counted"].all():  # noqa: PLR2004 - all of one kind
        return []
    kinds = table["document"].astype("str").fillna("")
    told = list(map(documents, kinds, table["n"].tolist()))
    read = _("Records read: {documents}.", documents=listing(told))
    left = [words for words, counts in zip(told, table["is_counted"], strict=True) if not counts]
    if not left:
        return [read]
    return [read, _("Not counted here are {documents}.", documents=listing(left))]


def rejects(study: Dataset) -> Prose:
    """How many records were not used, how many lie outside, how many values could not be read."""
    table = study.table("rejects")
    parts = adding_up.of_tables(study.table("funnel"), table)
    is_undated = table["reason"].astype("str") == adding_up.UNKNOWN_YEAR
    undated = int(table.loc[is_undated, "n"].sum())
    sentences = [
        ngettext(
            "{n} record was rejected: it cannot be used.",
            "{n} records were rejected: they cannot be used.",
            parts.rejected,
        )
        if parts.rejected
        else None,
        ngettext(
            "{n} record lies outside the years or areas of the study.",
            "{n} records lie outside the years or areas of the study.",
            parts.outside,
        )
        if parts.outside
        else None,
        ngettext(
            "{n} single value of the records could not be used.",
            "{n} single values of the records could not be used.",
            parts.single,
        )
        if parts.single
        else None,
        ngettext(
            "{n} application has no year on the date of the study, and lies in no period.",
            "{n} applications have no year on the date of the study, and lie in no period.",
            undated,
        )
        if undated
        else None,
    ]
    if not any(sentences):
        return prose(_("Nothing was rejected: every value of every record could be used."))
    return prose(*sentences, _("The table says where and why."))


def repairs(study: Dataset) -> Prose:
    """Whether anything had to be repaired to read the files, and whether they are whole."""
    table = coverage.repairs(study)
    if table.empty:
        return prose(
            _("Nothing had to be repaired, and every file holds as many records as it says.")
        )
    return prose(
        ngettext(
            "{n} kind of repair or unkept promise is listed with its file.",
            "{n} kinds of repairs or unkept promises are listed with their files.",
            len(table),
        )
    )
