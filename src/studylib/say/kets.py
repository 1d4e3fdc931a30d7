"""Sentences on key enabling technologies: the rules, and where territories differ."""

import pandas as pd

from studylib.language.counted import comparisons, points
from studylib.language.counted import kets as kets_in_words
from studylib.language.given import in_sentence
from studylib.language.words import _, listing, mark, number, years
from studylib.patents import differences as side_by_side
from studylib.patents import shares
from studylib.patents.dataset import Dataset
from studylib.report.prose import Prose, prose
from studylib.show.common import p_value
from studylib.stats.power import NOT_POSSIBLE, NOT_SHOWN, SHOWN

NONE_POSSIBLE = mark(
    "No difference between the territories could have been shown in any key enabling technology: "
    "the patents are too few."
)
SMALL_BASE = 30
LEVEL = 0.05


def scheme(study: Dataset) -> Prose:
    """Who says what a KET is, and how sure that is."""
    about = study.scheme
    status = (
        _("The scheme has been checked against its printed source.")
        if about.verified
        else _(
            "The scheme has not been checked against its printed source: "
            "every KET figure on this page depends on it."
        )
    )
    title, citation = about.titles.get(study.language, about.title), about.citation.rstrip(".")
    rules = (
        _(
            "We recognise KETs by the rules in “{title}” ({citation}).",
            title=title,
            citation=citation,
        )
        if citation
        else _("We recognise KETs by the rules in “{title}”.", title=title)
    )
    return prose(
        rules,
        status,
        _(
            "One patent may carry several KETs, so KET counts must not be added. A patent without "
            "an IPC symbol is unclassified and stands outside every share."
        ),
        foreign=[citation],
    )


def in_short(study: Dataset) -> str:
    """In how many KETs the sides are shown to differ, are not, or could not have been; or nothing."""
    tested = side_by_side.ket_differences(study).dropna(subset="p_holm")
    if tested.empty:
        return ""
    if (tested["verdict"] == NOT_POSSIBLE).all():
        return _(NONE_POSSIBLE)
    kets, verdicts = kets_in_words(tested["ket"].nunique()), listing(_verdicts(study, tested))
    if len(tested.drop_duplicates(["first", "second"])) > 1:
        return _(
            "Difference between two territories, in {comparisons} over {kets} ({years}): {verdicts}.",
            comparisons=comparisons(len(tested)),
            kets=kets,
            years=years(study.first_year, study.last_year),
            verdicts=verdicts,
        )
    return _(
        "Difference between the territories in {kets} ({scope}): {verdicts}.",
        kets=kets,
        scope=_scope(study, tested.iloc[0]),
        verdicts=verdicts,
    )


def _scope(study: Dataset, pair: pd.Series) -> str:
    """Years and classified patents of the two sides compared."""
    window = years(study.first_year, study.last_year)
    sides = [f"{study.area_name(pair[s])} {number(pair[f'base_{s}'])}" for s in ("first", "second")]
    return _(
        "{years}, classified patents of one territory alone: {parts}",
        years=window,
        parts=listing(sides),
    )


def _verdicts(study: Dataset, tested: pd.DataFrame) -> list[str]:
    """Each verdict with how many comparisons have it; those shown with their KETs."""
    counts = tested["verdict"].value_counts()
    shown = tested.loc[tested["verdict"] == SHOWN, "ket"]
    names = dict.fromkeys(in_sentence(study.ket_name(ket)) for ket in shown)
    unable = int(counts.get(NOT_POSSIBLE, 0))
    told = [
        _("shown in {n} ({kets})", n=number(len(shown)), kets=listing(names))
        if len(shown)
        else _("shown in none"),
        _("not shown in {n}", n=number(counts[NOT_SHOWN])) if NOT_SHOWN in counts else "",
        _("could not have been shown in {n} (too few patents)", n=number(unable)) if unable else "",
    ]
    return list(filter(None, told))


def differences(study: Dataset, differences: pd.DataFrame) -> Prose:
    """What the tests of difference between the territories show, and what they do not."""
    tested = differences.dropna(subset="p_holm")
    found = tested[tested["verdict"] == SHOWN]
    bases = shares.classified(study).set_index("area")["n_with_ipc"]
    small = [study.area_name(a) for a in study.territories if bases[a] < SMALL_BASE]
    if not len(differences):
        compared = None
    elif tested.empty:
        compared = _("Fewer than two sides have a classified patent, so nothing can be compared.")
    elif (tested["verdict"] == NOT_POSSIBLE).all():
        compared = _(NONE_POSSIBLE)
    elif found.empty:
        compared = _(
            "No difference between the territories is shown for any KET: the smallest p of "
            "Fisher's exact tests, held against all of them together (Holm), is {p}. That is not "
            "a proof that the territories are alike.",
            p=p_value(tested["p_holm"].min()),
        )
    else:
        compared = _(
            "A difference is shown for: {kets} (Fisher's exact test, held against all tests "
            "together after Holm, below {level}). For every other KET none is shown.",
            kets=listing(_difference(study, row) for _i, row in found.iterrows()),
            level=number(LEVEL, 2),
        )
    caution = (
        _(
            "Fewer than {n} classified patents in {areas}: the intervals there are wide.",
            n=number(SMALL_BASE),
            areas=listing(small),
        )
        if small
        else None
    )
    return prose(compared, _unable(study, tested), caution)


def _unable(study: Dataset, tested: pd.DataFrame) -> str | None:
    """For which KETs no difference could have been shown, however large, and between whom."""
    unable = tested["verdict"] == NOT_POSSIBLE
    if not unable.any() or unable.all():  # of all it has been said
        return None
    able = set(tested.loc[~unable, "ket"])
    here = list(dict.fromkeys(tested.loc[unable, "ket"]))
    between_all, between_some = ([k for k in here if (k in able) is some] for some in (False, True))
    return " ".join(
        text(kets=listing(in_sentence(study.ket_name(ket)) for ket in kets))
        for text, kets in ((_nowhere, between_all), (_not_everywhere, between_some))
        if kets
    )


def _nowhere(kets: str) -> str:
    """KETs that too few patents carry, whichever territories are compared."""
    return _(
        "Too few patents carry {kets}: even with all of them on the side that has more, a difference "
        "would be missed in more than one of five such studies.",
        kets=kets,
    )


def _not_everywhere(kets: str) -> str:
    """KETs that too few patents of some territories carry."""
    return _(
        "Between some of the territories too few patents carry {kets}: even with all of them on the "
        "side that has more, a difference would be missed in more than one of five such studies.",
        kets=kets,
    )


def _difference(study: Dataset, row: pd.Series) -> str:
    """One difference in words: the KET, the larger side, by how much."""
    larger, smaller = (row["first"], row["second"])[:: 1 if row["difference"] > 0 else -1]
    return _(
        "{ket} (more in {larger} than in {smaller}, by {points})",
        ket=in_sentence(study.ket_name(row["ket"])),
        larger=study.area_name(larger),
        smaller=study.area_name(smaller),
        points=points(round(100 * abs(row["difference"]))),
    )
