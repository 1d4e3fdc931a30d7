"""Sentences of the collaboration page: the list, the tree, what patents show, the partners."""

import numpy as np
import pandas as pd

from studylib.language.counted import organisations
from studylib.language.words import _, listing, ngettext, number
from studylib.network import Network, edges, near, trees
from studylib.network.theme_sides import theme_sides
from studylib.patents.dataset import Dataset
from studylib.report.prose import Prose, prose
from studylib.say.list_errors import how_firm, rests_on
from studylib.say.theme_sides import one_sided, published_themes


def headline(study: Dataset, network: Network) -> Prose:
    """The answer: how many have a possible partner, on how many themes both sides could meet."""
    n = int(network.n.sum())
    if not n:
        return prose(_("The list holds no cluster organisation."), kind="headline")
    alone = _empty_sides(study, network)
    if alone:
        return prose(
            _(
                "The list holds no organisation of {areas}, so nothing can be said of "
                "collaboration across the border.",
                areas=listing(study.area_name(area) for area in alone),
            ),
            kind="headline",
        )
    themes = theme_sides(network)
    met = themes[themes["n_pairs"] > 0]
    within = int((met["axis"] == "same_sector").sum())
    numbers = [
        (
            _("{n} of {all}", n=number(_n_with_partner(network)), all=number(n)),
            _("organisations have at least one possible partner across the border"),
        ),
        (number(len(met)), _("themes on which organisations of different sides could meet")),
    ]
    return prose(
        " ".join([
            _with_partner(network),
            ngettext(
                "Organisations of different sides could meet on {n} theme: {within} within a sector, {across} across sectors.",
                "Organisations of different sides could meet on {n} themes: {within} within a sector, {across} across sectors.",
                len(met),
                within=number(within),
                across=number(len(met) - within),
            ),
        ]),
        published_themes(network, themes),
        kind="headline",
        numbers=numbers,
    )  # fmt: skip


def _with_partner(network: Network) -> str:
    """How many organisations have a possible partner across the border, in a sentence."""
    return ngettext(
        "{n} of {organisations} of the list has at least one possible partner across the border.",
        "{n} of {organisations} of the list have at least one possible partner across the border.",
        _n_with_partner(network),
        organisations=organisations(int(network.n.sum())),
    )


def _n_with_partner(network: Network) -> int:
    """How many organisations have a possible partner across the border."""
    near_any = (np.where(network.across, near(network), 0.0) > 0).any(axis=1)
    return int(network.n[near_any].sum())


def _empty_sides(study: Dataset, network: Network) -> list[str]:
    """Territories of the study without an organisation."""
    met = set(network.organisations["territory"].astype("object"))
    return [area for area in study.territories if area not in met]


def the_list(network: Network) -> Prose:
    """What the list is and is not."""
    known, stated = network.sectors, _sectors(network)
    silent, unknown = known.services(stated), known.unknown(stated)
    return prose(
        rests_on(network.organisations),
        _(
            "What these organisations want is not known: no answer to a survey is attached to a "
            "name. What follows rests on sectors and key enabling technologies the list states."
        ),
        _(
            "Services do not patent, so no patents are counted for {sectors}.",
            sectors=listing(map(known.name, silent)),
        )
        if silent
        else None,
        _(
            "No rule says which patents are those of {sectors}: a row in the sector rules would.",
            sectors=listing(map(known.name, unknown)),
        )
        if unknown
        else None,
    )


def _sectors(network: Network) -> list[str]:
    """Keys of the sectors the list states."""
    return network.items.loc[network.items["kind"] == "sector", "item"].tolist()


def tree(study: Dataset, network: Network) -> Prose:
    """Which themes lack a side, and who stands under no theme."""
    alone = trees.outside(network)
    without = one_sided(study, network)
    return prose(
        _(
            "The study's source page says that its conclusions made it possible to draw “trees of "
            "cross-border collaboration”. This is how we read it."
        )
        if (network.themes["origin"] == "published").any()
        else None,
        ngettext(
            "{n} theme brings no organisations of different sides together: {themes}.",
            "{n} themes bring no organisations of different sides together: {themes}.",
            len(without),
            themes=listing(without),
        )
        if without
        else None,
        ngettext(
            "{n} organisation of the list stands under no theme: {names}.",
            "{n} organisations of the list stand under no theme: {names}.",
            len(alone),
            names=listing(alone) if len(alone) <= 12 else _("see the table of the list"),  # noqa: PLR2004
        )
        if alone
        else None,
    )


def border(network: Network) -> Prose:
    """Which sectors of the list meet nothing across the border, whichever two sides it is."""
    met = edges.sector_matrix(network).dropna(subset="basis")
    joined = {*met["sector"], *met["other_sector"]}
    alone = [sector for sector in _sectors(network) if sector not in joined]
    return prose(
        _(
            "Sectors without a counterpart across the border: {sectors}.",
            sectors=listing(map(network.sectors.name, alone)),
        )
        if alone
        else _("Every sector of the list meets another across the border.")
    )


def partners(ranked: pd.DataFrame, network: Network) -> Prose:
    """How many organisations have a partner, and who has none."""
    if ranked.empty:
        return prose(_("Nothing speaks for any pair across the border."))
    rows = network.organisations
    alone = rows[~rows["cluster_id"].isin(ranked["cluster_id"])]
    tied = ranked[ranked["rank"] == 1].groupby("cluster_id", sort=False).size()
    return prose(
        ngettext(
            "{n} of {organisations} has at least one possible partner; for {clear} of them one partner "
            "alone comes first.",
            "{n} of {organisations} have at least one possible partner; for {clear} of them one "
            "partner alone comes first.",
            len(tied),
            organisations=organisations(len(rows)),
            clear=number(int((tied == 1).sum())),
        ),
        ngettext(
            "{n} organisation has no match across the border: {names}.",
            "{n} organisations have no match across the border: {names}.",
            len(alone),
            names=listing(alone["name"])
            if len(alone) <= 12  # noqa: PLR2004
            else _("see the table of the list"),
        )
        if len(alone)
        else None,
        how_firm(ranked, rows),
    )
