"""Sentences on groups of organisations: whether any stands out from chance."""

import numpy as np
import pandas as pd

from studylib.language.counted import groups as groups_in_words
from studylib.language.counted import links
from studylib.language.words import _, ngettext, number, percent
from studylib.network import MOST, Network
from studylib.network.metaclusters import Communities
from studylib.report.prose import Prose, prose
from studylib.stats.validation import Validation

LEVEL = 0.05
PAIR = 2  # sides of which every pair across the border is one of both
FIRM = 0.9  # a share of draws above this is called firm


def validation(found: Validation, network: Network) -> Prose:
    """Whether any link can be told from chance, with the smallest p that could have been."""
    if not found.n_pairs:
        return prose(_("There is no pair across the border to test."))
    first = ngettext(
        "There is {n} pair across the border. An organisation states {k} things on average, so "
        "the smallest p-value that could have come out is {best}; the smallest that did is {met}. "
        "For one link to be told from chance alone it would have to be at most {threshold}.",
        "There are {n} pairs across the border. An organisation states {k} things on average, so "
        "the smallest p-value that could have come out is {best}; the smallest that did is {met}. "
        "For one link to be told from chance alone it would have to be at most {threshold}.",
        found.n_pairs,
        k=number(float(network.stated.sum(axis=1).mean()), 1),
        best=_p(found.smallest_attainable),
        met=_p(found.smallest_p),
        threshold=_p(found.first_threshold),
    )
    if len(found.edges):
        second = ngettext(
            "{n} link passes the control of false discoveries at {level}.",
            "{n} links pass the control of false discoveries at {level}.",
            len(found.edges),
            level=percent(LEVEL, 0),
        )
    elif found.is_possible:
        second = _("No link passes the control of false discoveries.")
    else:
        second = _(
            "No link can be told from chance with this little data: even pairs that share all they "
            "state could not. The network below is a description, not a finding."
        )
    return prose(second, folded=(_("How links were tested"), [_scope(network), first]))


def _scope(network: Network) -> str | None:
    """Which pairs are meant where there are more than two sides."""
    if len(network.territories) <= PAIR:
        return None
    return _("A pair here is two organisations of different territories, whichever they are.")


def _p(p: float) -> str:
    """A p-value with two digits that count."""
    digits = 2 if p >= 0.01 else min(2 - int(np.floor(np.log10(max(p, 1e-9)))) - 1, 9)  # noqa: PLR2004
    return number(p, digits)


def structure(network: Network, groups: Network) -> Prose:
    """That organisations were put together where there are many."""
    if len(groups.organisations) == len(network.organisations):
        return prose(folded=(_("How nearness is reckoned"), [_near()]))
    return prose(
        ngettext(
            "The list holds more than {most} organisations, so those of one territory that state "
            "the same are put together: {n} group.",
            "The list holds more than {most} organisations, so those of one territory that state "
            "the same are put together: {n} groups.",
            len(groups.organisations),
            most=number(MOST),
        )
    )


def _near() -> str:
    """What makes two organisations near."""
    return _(
        "Two organisations are near if what one states has a close match in what the other states: "
        "1 for the same sector, one half for a theme across sectors, up to one half for patents that "
        "both take by rule. These weights are our choice; every interval below lets them vary."
    )


def meta_clusters(found: Communities) -> Prose:
    """How many groups of both sides there are, and how many chance would not make."""
    meta = found.table[found.table["is_meta"].astype(bool)]
    if meta.empty:
        return prose(_("No group holds organisations of different sides."))
    apart = int((meta["p_search"] <= LEVEL).sum())
    first = ngettext(
        "{n} group holds organisations of different sides.",
        "{n} groups hold organisations of different sides.",
        len(meta),
    )
    if apart:
        second = ngettext(
            "{n} of them is denser across the border than the best group of nearly every network "
            "made by chance.",
            "{n} of them are denser across the border than the best group of nearly every network "
            "made by chance.",
            apart,
        )
    else:
        second = ngettext(
            "It is no denser across the border than the best group a search finds in networks made "
            "by chance: it is a way to read the list, not a discovery.",
            "None is denser across the border than the best group a search finds in networks made "
            "by chance: they are a way to read the list, not a discovery.",
            len(meta),
        )
    return prose(first, second, _firm(meta))


def _firm(meta: pd.DataFrame) -> str:
    """How many groups come back in draws over the errors of the list."""
    stable = int((meta["stability"] >= FIRM).sum())
    if not stable:
        return ngettext(
            "In draws over the errors the list may hold it does not come back nearly unchanged on "
            "average.",
            "In draws over the errors the list may hold none of the {n} comes back nearly "
            "unchanged on average.",
            len(meta),
        )
    return ngettext(
        "In draws over the errors the list may hold, of {groups} {n} comes back nearly unchanged.",
        "In draws over the errors the list may hold, of {groups} {n} come back nearly unchanged.",
        stable,
        groups=groups_in_words(len(meta)),
    )


def spanning_tree(tree: pd.DataFrame) -> Prose:
    """How firm the backbone is."""
    across = tree[tree["is_across"].astype(bool)]
    if across.empty:
        return prose(_("The backbone has no link across the border."))
    firm = int(((across["in_tie_orders"] >= FIRM) & (across["in_draws"] >= FIRM)).sum())
    return prose(
        folded=(
            _("What the backbone is, and how firm"),
            [
                _(
                    "The maximum spanning tree keeps the fewest and nearest links that hold the "
                    "network together. Equal proximities can be broken in many ways."
                ),
                ngettext(
                    "Of {links} across the border, {n} stands in at least {share} of tie orders and "
                    "of draws over errors of the list.",
                    "Of {links} across the border, {n} stand in at least {share} of tie orders and of "
                    "draws over errors of the list.",
                    firm,
                    links=links(len(across)),
                    share=percent(FIRM, 0),
                ),
            ],
        )
    )
