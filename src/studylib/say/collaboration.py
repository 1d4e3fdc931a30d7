"""Sentences of the collaboration page: the list, the tree, what patents show, the partners."""

import pandas as pd

from studylib.language.counted import organisations
from studylib.language.words import _, listing, ngettext, number, share_words
from studylib.network import Network, copatents, trees
from studylib.network import labels as names
from studylib.patents.dataset import Dataset
from studylib.report.prose import Prose, prose


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
            "{n} theme is named by the study's source page; any other follows from the list, the "
            "patents or our own choice, and is marked as such.",
            "{n} themes are named by the study's source page; any other follows from the list, the "
            "patents or our own choice, and is marked as such.",
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
    known, stated = network.sectors, _sectors(network)
    silent, unknown = known.services(stated), known.unknown(stated)
    return prose(
        _(
            "A public page was seen for {seen} of {organisations}; the rest is recalled and may "
            "be wrong. The list is not complete.",
            seen=number(n_seen),
            organisations=organisations(n),
        )
        if n > n_seen
        else None,
        _("A public page was seen for every organisation. The list is not complete.")
        if n and n == n_seen
        else None,
        _(
            "No answer to the survey is known of any of them, and none is attached to a name. What "
            "follows rests on sectors and key enabling technologies the list states."
        ),
        _(
            "Services do not patent: no technology field for {sectors}.",
            sectors=listing(map(known.name, silent)),
        )
        if silent
        else None,
        _(
            "The rules know no technology field for {sectors}: a row in the sector rules would "
            "give them one.",
            sectors=listing(map(known.name, unknown)),
        )
        if unknown
        else None,
    )


def _sectors(network: Network) -> list[str]:
    """Keys of the sectors the list states."""
    return network.items.loc[network.items["kind"] == "sector", "item"].tolist()


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
            name = names.theme(network.sectors, theme)
            one_sided.append(_("{theme} (none in {areas})", theme=name, areas=areas))
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
        _(
            "Nothing across the border meets these sectors: {sectors}.",
            sectors=listing(map(network.sectors.name, alone)),
        )
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


def partners(ranked: pd.DataFrame, network: Network) -> Prose:
    """How many organisations have a partner, and who has none."""
    if ranked.empty:
        return prose(_("Nothing speaks for any pair across the border."))
    rows = network.organisations
    alone = rows[~rows["cluster_id"].isin(ranked["cluster_id"])]
    tied = ranked[ranked["rank"] == 1].groupby("cluster_id", sort=False).size()
    return prose(
        ngettext(
            "{n} of {organisations} has at least one partner across the border that something "
            "speaks for; for {clear} of them one partner alone comes first.",
            "{n} of {organisations} have at least one partner across the border that something "
            "speaks for; for {clear} of them one partner alone comes first.",
            len(tied),
            organisations=organisations(len(rows)),
            clear=number(int((tied == 1).sum())),
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
    )
