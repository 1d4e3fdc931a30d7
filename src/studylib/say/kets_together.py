"""Sentences on technologies that come together: how many patents carry several, beside chance."""

import pandas as pd

from studylib.language.counted import units
from studylib.language.given import in_sentence
from studylib.language.words import _, listing, ngettext, number
from studylib.patents import shares
from studylib.patents.counting import labels_of_units
from studylib.patents.dataset import Dataset
from studylib.report.prose import Prose, prose
from studylib.show.common import is_made_up, p_value


def overlap(study: Dataset) -> Prose:
    """How many units carry one KET, and how many several."""
    carried = _ket_counts(study)
    n, is_alone = len(carried), len(study.territories) == 1
    if not shares.classified(study)["n_with_ipc"].any():
        return prose(_("No application has an IPC symbol."))
    if not n:
        return prose(
            _("No patent of the territory carries a KET.")
            if is_alone
            else _("No patent of the territories carries a KET.")
        )
    several = int((carried > 1).sum())
    said = {"units": units(study.rule.unit, n), "several": number(several)}
    return prose((_of_one if is_alone else _of_all)(n, several, said))


def _of_all(n: int, several: int, said: dict[str, str]) -> str:
    """How many units of the territories carry one KET, and how many several."""
    if not several:
        return ngettext(
            "{units} of the territories carries a KET.",
            "{units} of the territories carry a KET each, none more than one.",
            n,
            **said,
        )
    return ngettext(
        "{units} of the territories carries at least one KET, {several} of them more than one.",
        "{units} of the territories carry at least one KET, {several} of them more than one.",
        n,
        **said,
    )


def _of_one(n: int, several: int, said: dict[str, str]) -> str:
    """The same of one territory."""
    if not several:
        return ngettext(
            "{units} of the territory carries a KET.",
            "{units} of the territory carry a KET each, none more than one.",
            n,
            **said,
        )
    return ngettext(
        "{units} of the territory carries at least one KET, {several} of them more than one.",
        "{units} of the territory carry at least one KET, {several} of them more than one.",
        n,
        **said,
    )


def _ket_counts(study: Dataset) -> pd.Series:
    """Number of KETs of each tagged unit of the territories (index: unit_id)."""
    here = study.units[study.units["area"].isin(study.territories)]["unit_id"].unique()
    carried = labels_of_units(study.tags, study.applications, study.rule.unit, "ket")
    return carried[carried["unit_id"].isin(here)].groupby("unit_id").size()


def beside_chance(study: Dataset, pairs: pd.DataFrame) -> Prose:
    """Which KETs come together, and whether that holds under every reading."""
    own = pairs[pairs["variant"] == "study"].dropna(subset="q")
    if own.empty:
        return prose(_("No two KETs can be held against chance: too few units carry one."))
    shown = own[own["verdict"] == "shown"]
    if shown.empty:
        return prose(
            ngettext(
                "The one pair of KETs that can be held against chance is not shown to come together "
                "more often than by chance (p = {p}).",
                "Of {n} pairs of KETs none is shown to come together more often than by chance; "
                "the smallest p is {p}, and {q} after holding all pairs against false discovery.",
                len(own),
                p=p_value(own["p"].min()),
                q=p_value(own["q"].min()),
            )
        )
    every = pairs.dropna(subset="q").groupby(["ket", "other_ket"])["verdict"]
    robust = every.agg(lambda words: set(words) == {"shown"})
    firm = sum(bool(robust[(a, b)]) for a, b in zip(shown["ket"], shown["other_ket"], strict=True))
    return prose(
        (
            _("In made-up records together more often than by chance: {pairs}.")
            if is_made_up(study)
            else _("Together more often than by chance: {pairs}.")
        ).format(
            pairs=listing(
                f"{in_sentence(study.ket_name(a))} + {in_sentence(study.ket_name(b))}"
                for a, b in zip(shown["ket"], shown["other_ket"], strict=True)
            ),
        ),
        _(
            "Under every reading of the rules that holds for {n} of {all}.",
            n=number(firm),
            all=number(len(shown)),
        ),
    )
