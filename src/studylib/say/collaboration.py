"""Sentences of the collaboration page."""

import numpy as np
import pandas as pd

from studylib.dataset import Dataset
from studylib.language.words import _, listing, ngettext, number, percent, share_words
from studylib.network import MOST, Network, clusters, copatents, trees
from studylib.network import collaboration_labels as names
from studylib.network.metaclusters import Communities
from studylib.network.nullmodel import Validation
from studylib.say import Prose, prose

LEVEL = 0.05
FIRM = 0.9  # a share of draws above this is called firm


def headline(study: Dataset, network: Network) -> Prose:
    """The answer: how many organisations, under how many themes, how many stand on both sides."""
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
    themes = network.themes
    within = int((themes["axis"] == "same_sector").sum())
    across = len(themes) - within
    published = int((themes["origin"] == "published").sum())
    return prose(
        ngettext(
            "The list has {n} cluster organisation. Themes on which organisations of both sides "
            "could meet: {within} within a sector, {across} across sectors.",
            "The list has {n} cluster organisations. Themes on which organisations of both sides "
            "could meet: {within} within a sector, {across} across sectors.",
            n,
            within=number(within),
            across=number(across),
        ),
        ngettext(
            "{n} theme is named by the study's source page; the others follow from the list, the "
            "patents or our own choice, and are marked as such.",
            "{n} themes are named by the study's source page; the others follow from the list, the "
            "patents or our own choice, and are marked as such.",
            published,
        ),
        kind="headline",
    )  # fmt: skip


def _empty_sides(study: Dataset, network: Network) -> list[str]:
    """Territories of the study without an organisation."""
    met = set(network.organisations["territory"].astype("object"))
    return [area for area in study.territories if area not in met]


def the_list(network: Network) -> Prose:
    """What the list is and is not."""
    rows = network.organisations
    seen = rows["evidence"].astype("object").fillna("").str.startswith("seen")
    n, n_seen = len(rows), int(seen.sum())
    silent, unknown = clusters.without_field(_sectors(network))
    return prose(
        ngettext(
            "For {seen} of {n} organisation a public page was seen; the other rows are recalled "
            "and may be wrong. The list is not complete.",
            "For {seen} of {n} organisations a public page was seen; the other rows are recalled "
            "and may be wrong. The list is not complete.",
            n,
            seen=number(n_seen),
        )
        if n
        else None,
        _(
            "No answer to the survey is known of any of them, and none is attached to a name. What "
            "follows rests on sectors and key enabling technologies the list states."
        ),
        _("Services do not patent: no technology field for {sectors}.", sectors=_listed(silent))
        if silent
        else None,
        _(
            "The rules know no technology field for {sectors}: a row in the sector rules would "
            "give them one.",
            sectors=_listed(unknown),
        )
        if unknown
        else None,
    )


def _sectors(network: Network) -> list[str]:
    return network.items.loc[network.items["kind"] == "sector", "item"].tolist()


def _listed(sectors: list[str]) -> str:
    return listing(names.sector(key) for key in sectors)


def tree(study: Dataset, network: Network) -> Prose:
    """Which published themes lack a side, and who stands under no theme."""
    alone = trees.outside(network)
    one_sided = []
    lists = network.organisations["sectors"].astype("object").str.split(";")
    for _place, theme in network.themes.astype("object").iterrows():
        both = {theme["sector"], theme["other_sector"]}
        sides = {side for side, own in zip(network.side, lists, strict=True) if both & set(own)}
        absent = [a for i, a in enumerate(study.territories) if i not in sides]
        if absent and sides:
            areas = listing(study.area_name(area) for area in absent)
            one_sided.append(_("{theme} (none in {areas})", theme=names.theme(theme), areas=areas))
    return prose(
        _(
            "These themes lack an organisation of the list on one side: {themes}.",
            themes=listing(one_sided),
        )
        if one_sided
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


def border(network: Network, matrix: pd.DataFrame) -> Prose:
    """Which sectors of the list meet nothing across the border."""
    met = matrix.dropna(subset="basis")
    joined = {*met["sector"], *met["other_sector"]}
    alone = [sector for sector in _sectors(network) if sector not in joined]
    return prose(
        _("Nothing across the border meets these sectors: {sectors}.", sectors=_listed(alone))
        if alone
        else _("Every sector of the list meets another across the border.")
    )


def observed(study: Dataset) -> Prose:
    """How many patents have parties on both sides, and what is not known."""
    table = copatents.joint_patents(study).set_index("role")
    if table.empty:
        return prose(
            _(
                "The export does not say where applicants and inventors live, so joint patents "
                "cannot be seen."
            )
        )
    texts = {
        "applicant": _("Families with applicants on both sides: {share}."),
        "inventor": _("Families with inventors on both sides: {share}."),
    }
    said = [
        texts[str(role)].format(share=share_words(row["n"], row["base"], row["low"], row["high"]))
        for role, row in table.iterrows()
    ]
    return prose(
        *said,
        _(
            "This is the cooperation that patents have recorded; the tree shows what could be. "
            "Neither says anything about cooperation that is not patented."
        ),
    )


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
            "No edge can be validated with this little data: even pairs that share all they state "
            "would not pass. The network below is a description, not a finding."
        )
    return prose(first, second)


def _p(p: float) -> str:
    """A p-value with two digits that count."""
    digits = 2 if p >= 0.01 else min(2 - int(np.floor(np.log10(max(p, 1e-9)))) - 1, 9)  # noqa: PLR2004
    return number(p, digits)


def structure(network: Network, groups: Network) -> Prose:
    """That organisations were put together where there are many."""
    if len(groups.organisations) == len(network.organisations):
        return prose(
            _(
                "Two organisations are near if what one states has a close match in what the other "
                "states: 1 for the same sector, one half for a theme across sectors, up to one "
                "half for shared technology fields. These weights are our choice; every interval "
                "below lets them vary."
            )
        )
    return prose(
        _(
            "The list holds more than {most} organisations, so those of one territory that state "
            "the same are put together: {n} groups.",
            most=number(MOST), n=number(len(groups.organisations)),
        )
    )  # fmt: skip


def meta_clusters(found: Communities) -> Prose:
    """How many groups of both sides there are, and how many chance would not make."""
    meta = found.table[found.table["is_meta"].astype(bool)]
    if meta.empty:
        return prose(_("No group holds organisations of both sides."))
    apart = int((meta["p_search"] <= LEVEL).sum())
    first = ngettext(
        "{n} group holds organisations of both sides.",
        "{n} groups hold organisations of both sides.",
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
        second = _(
            "None is denser across the border than the best group a search finds in networks made "
            "by chance: they are a way to read the list, not a discovery."
        )
    stable = meta[meta["stability"] >= FIRM]
    third = _(
        "In bootstrap draws {n} of {all} come back nearly unchanged.",
        n=number(len(stable)), all=number(len(meta)),
    )  # fmt: skip
    return prose(first, second, third)


def spanning_tree(tree: pd.DataFrame) -> Prose:
    """How firm the backbone is."""
    across = tree[tree["is_across"].astype(bool)]
    if across.empty:
        return prose(_("The backbone has no link across the border."))
    firm = int(((across["in_tie_orders"] >= FIRM) & (across["in_draws"] >= FIRM)).sum())
    return prose(
        _(
            "The maximum spanning tree keeps the fewest and nearest links that hold the network "
            "together. Equal proximities can be broken in many ways: of its {n} links across the "
            "border, {firm} stand in at least {share} of tie orders and of bootstrap draws.",
            n=number(len(across)), firm=number(firm), share=percent(FIRM, 0),
        )
    )  # fmt: skip


def partners(ranked: pd.DataFrame, network: Network) -> Prose:
    """How many organisations have a partner, and who has none."""
    if ranked.empty:
        return prose(_("Nothing speaks for any pair across the border."))
    rows = network.organisations
    alone = rows[~rows["cluster_id"].isin(ranked["cluster_id"])]
    tied = ranked[ranked["rank"] == 1].groupby("cluster_id", sort=False).size()
    return prose(
        _(
            "{n} of {all} organisations have at least one partner across the border that something "
            "speaks for; for {clear} of them one partner alone comes first.",
            n=number(len(tied)), all=number(len(rows)), clear=number(int((tied == 1).sum())),
        ),
        ngettext(
            "Nothing the list states joins {n} organisation to the other side: {names}.",
            "Nothing the list states joins {n} organisations to the other side: {names}.",
            len(alone),
            names=listing(alone["name"])
            if len(alone) <= 12  # noqa: PLR2004
            else _("see the table of the list"),
        )
        if len(alone)
        else None,
    )  # fmt: skip
