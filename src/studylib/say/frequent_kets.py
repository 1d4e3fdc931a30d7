"""Sentences on KETs of the patents page: those all sides share, and the most frequent of each."""

import pandas as pd

from studylib.language import words
from studylib.language.counted import kets as kets_in_words
from studylib.language.given import in_sentence
from studylib.language.words import _, listing, ngettext, number, percent
from studylib.patents import shares
from studylib.patents.dataset import Dataset
from studylib.say import kets
from studylib.show.provenance import marked


def numbers_of_sides(study: Dataset) -> list[tuple[str, str]]:
    """The most frequent KET of each territory of some size; none where one patent or a tie leads."""
    told = []
    per_ket = shares.ket_shares(study)
    for area in study.territories:
        own = per_ket[(per_ket["area"] == area) & (per_ket["n"] > 1)]
        first = own[own["n"] == own["n"].max()]
        for row in first[(first["base"] >= kets.SMALL_BASE) & (len(first) == 1)].itertuples():
            counted = _("{n} of {all}", n=number(row.n, decimals(study)),
                        all=number(row.base, decimals(study)))  # fmt: skip
            what = _(
                "patents of {area} carry {ket}, its most frequent key enabling technology ({share})",
                area=study.area_name(area),
                ket=in_sentence(study.ket_name(row.ket)),
                share=percent(row.share, 0),
            )
            told.append((counted, marked(study, what, "patents")))
    return told


def shared_by_all(study: Dataset) -> str:
    """How many KETs are carried on every side; nothing where there is one side, or no base."""
    here = shares.ket_shares(study)
    here = here[here["area"].isin(study.territories)]
    if len(study.territories) == 1 or not (here["base"] > 0).all():
        return ""
    everywhere = here.groupby("ket", observed=True)["n"].min() > 0
    n = int(everywhere.sum())
    if not n:
        return _("No key enabling technology is carried by patents of every territory.")
    if n == len(everywhere):
        return ngettext(
            "Patents of every territory carry the one key enabling technology.",
            "Patents of every territory carry all {n} key enabling technologies.",
            n,
        )
    return ngettext(
        "Of {kets}, {n} is carried by patents of every territory.",
        "Of {kets}, {n} are carried by patents of every territory.",
        n,
        kets=kets_in_words(len(everywhere)),
    )


def most_frequent(study: Dataset) -> str:
    """Which KET is most frequent on each side, with its interval."""
    per_ket = shares.ket_shares(study)
    first = {}
    for area in study.territories:
        own = per_ket[(per_ket["area"] == area) & (per_ket["n"] > 0)]
        first[area] = own[own["n"] == own["n"].max()]
    same = {tuple(top["ket"]) for top in first.values()}
    if len(first) > 1 and len(same) == 1 and len(next(iter(same))) == 1:
        return _(
            "The most frequent key enabling technology is the same everywhere, {ket}: {shares}.",
            ket=in_sentence(study.ket_name(next(iter(same))[0])),
            shares=_("; ").join(
                f"{study.area_name(area)} {_share(top.iloc[0])}" for area, top in first.items()
            ),
        )
    bases = per_ket.groupby("area", observed=True)["base"].max()
    if len(first) == 1:
        return _of_one(study, *next(iter(first.items())))
    parts = [_leader(study, area, top, float(bases[area])) for area, top in first.items()]
    return _("Most frequent key enabling technology: {parts}.", parts=_("; ").join(parts))


def _of_one(study: Dataset, area: str, top: pd.DataFrame) -> str:
    """The KETs that come first in the one territory; nothing where none is carried."""
    if top.empty:
        return ""
    named = [in_sentence(study.ket_name(key)) for key in top["ket"]]
    said = {"area": study.area_name(area), "share": _share(top.iloc[0])}
    if len(named) > 1:
        return _(
            "Most frequent key enabling technologies in {area}: {kets}, each {share}.",
            kets=listing(named),
            **said,
        )
    return _(
        "Most frequent key enabling technology in {area}: {ket}, {share}.", ket=named[0], **said
    )


def _leader(study: Dataset, area: str, top: pd.DataFrame, base: float) -> str:
    """The KETs that come first in a territory, with their share."""
    name = study.area_name(area)
    if not base > 0:  # nothing is known: unclassified is not "no KET"
        return _("in {area}, not known: nothing is classified", area=name)
    if top.empty:
        return _("in {area}, none (0 of {base})", area=name, base=number(base, decimals(study)))
    share, named = _share(top.iloc[0]), [in_sentence(study.ket_name(key)) for key in top["ket"]]
    if len(named) > 1:
        return _("in {area}, {kets}, each {share}", area=name, kets=listing(named), share=share)
    return _("in {area}, {ket}, {share}", area=name, ket=named[0], share=share)


def _share(row: pd.Series) -> str:
    """A row of shares as n of base, with its interval."""
    return words.share_words(row["n"], row["base"], row["low"], row["high"])


def decimals(study: Dataset) -> int:
    """Decimals of a count: fractional counts are no whole numbers."""
    return 1 if study.rule.weights == "fractional" else 0
