"""Sentences of the page on border areas: what is more than chance, and what is not."""

import pandas as pd

from studylib.diversify import border_areas, framework_projects
from studylib.language import given
from studylib.language.counted import pairs as pairs_in_words
from studylib.language.counted import projects
from studylib.language.words import _, interval, listing, ngettext, number
from studylib.patents.dataset import Dataset
from studylib.report.labels import AGAINST_CHANCE
from studylib.report.prose import Prose, lack, prose
from studylib.say import front_numbers, province_pairs, teams_kept
from studylib.say.not_counted import not_counted
from studylib.show.areas.joint_projects import above_chance
from studylib.show.areas.side_names import pair_name, territory_pair


def headline(study: Dataset) -> Prose:
    """
    How many pairs have more than chance and whether the study's own is among them; then its own
    projects beside chance, and what is published of others.
    """
    pairs = framework_projects.joint_projects(study)
    own = framework_projects.pair_of_study(study)
    across = pairs[pairs["kind"] == "border"]
    more = above_chance(across)
    none = _(
        "Of {pairs} of regions across a border none has more joint projects (2007–2013) than "
        "each of three kinds of chance gives.",
        pairs=pairs_in_words(len(across)),
    )
    rest = (
        none
        if more.empty
        else ngettext(
            "Of {pairs} of regions across a border {n} has more joint projects (2007–2013) than "
            "each of three kinds of chance gives: {named}.",
            "Of {pairs} of regions across a border {n} have more joint projects (2007–2013) than "
            "each of three kinds of chance gives: {named}.",
            len(more),
            pairs=pairs_in_words(len(across)),
            named=listing(pair_name(row) for _i, row in more.iterrows()),
        )
    )
    if own.empty:
        return prose(rest, _practices(), kind="headline", is_finding=False)
    mine = _own(study, own.iloc[0]) if len(own) == 1 else (teams_kept.several(study, own),)
    return prose(
        " ".join(filter(None, [rest, _is_among(study, own, more)])),
        " ".join(mine),
        _practices(),
        kind="headline",
        numbers=front_numbers.in_common(own),
    )


def _is_among(study: Dataset, own: pd.DataFrame, more: pd.DataFrame) -> str:
    """Whether the study's pair is one of those with more than chance; of several nothing is said."""
    if len(own) != 1 or more.empty or own.iloc[0]["kind"] != "border":
        return ""
    keys = ["region", "other_region"]
    area = territory_pair(study, own.iloc[0])
    if len(own[keys].merge(more[keys])):
        return _("{area} is one of them.", area=area)
    return _("{area} is not one of them.", area=area)


def _practices() -> str:
    """What is published of how other border areas work together, in a sentence."""
    told = framework_projects.border_practices()
    return _(
        "What is published of others: {practices}.",
        practices=_("; ").join(
            f"{given.of_row(row, 'area')} – {given.of_row(row, 'practice')}"
            for _i, row in told.iterrows()
        ),
    )


def _own(study: Dataset, row: "pd.Series") -> tuple[str, str]:
    """Joint projects of the study's territories, and what more is to say of them and chance."""
    if row["verdict"] != row["verdict_kept"]:
        return teams_kept.both_ways(study, row)
    sentence = {
        "more": _(
            "{area}: {projects} of the Seventh Framework Programme (2007–2013) had organisations of "
            "both, more than the {expected} that chance gives (95% of draws: {interval})."
        ),
        "fewer": _(
            "{area}: {projects} of the Seventh Framework Programme (2007–2013) had organisations of "
            "both, fewer than the {expected} that chance gives (95% of draws: {interval})."
        ),
        "not shown": _(
            "{area}: {projects} of the Seventh Framework Programme (2007–2013) had organisations of "
            "both; chance, with projects as large and regions as active, gives {expected} (95% of "
            "draws: {interval}). The border shows neither a bond nor a gap; from {found} times "
            "chance on, a bond would have been found in four of five such programmes."
        ),
    }[str(row["verdict"])]
    first = sentence.format(
        area=territory_pair(study, row),
        projects=projects(int(row["joint"])),
        expected=number(row["expected"], 1),
        interval=interval(row["low"], row["high"], 0, as_percent=False),
        found=number(row["found_from"], 1),
    )
    return first, teams_kept.as_well(row)


def joint_projects(study: Dataset, pairs: pd.DataFrame) -> Prose:
    """What the controls say: neighbours inside a country, pairs without a border; what is missing."""
    parts = []
    for kind, text in (
        ("country", _("Neighbours inside one country, every participation dealt anew: {said}.")),
        ("apart", _("Pairs without a common border, every participation dealt anew: {said}.")),
    ):
        own = pairs[pairs["kind"] == kind]
        said = [
            f"{number((own['verdict'] == word).sum())} {_(AGAINST_CHANCE[word])}"
            for word in ("more", "not shown", "fewer")
        ]
        if len(own):
            parts.append(text.format(said=listing(said)))
    return prose(
        _(
            "Large consortia join regions of every kind, so a number of joint projects says little "
            "until it is held against projects of the same size. Observed links are of named "
            "organisations and public; that they exist is no proof that they were fruitful."
        ),
        not_counted(study, pairs),
        folded=(
            _("What each kind of chance says of the pairs"),
            [*parts, teams_kept.of_pairs(pairs)],
        ),
    )


def joint_project_list(listed: pd.DataFrame, provinces: pd.DataFrame) -> Prose:
    """How many projects, how many say what they are about, between whom; or that there is no list."""
    each = listed.drop_duplicates("project")
    if each.empty:
        return lack(_("No joint projects are listed for this study."))
    told = int((each["programme"] != "").sum())
    return prose(
        ngettext(
            "{projects} with organisations of both territories; {n} of them says in which programme.",
            "{projects} with organisations of both territories; {n} of them say in which programme.",
            told,
            projects=projects(len(each)),
        ),
        province_pairs.sentence(provinces) if len(provinces) else None,
    )


def area_totals(study: Dataset, totals: pd.DataFrame) -> Prose:
    """Which sides the published figures know."""
    missing = len(border_areas.sides(study)) - len(totals)
    return prose(
        ngettext(
            "For {n} side of a border area there is no published figure of the same borders.",
            "For {n} sides of border areas there is no published figure of the same borders.",
            missing,
        )
        if missing
        else None,
        _(
            "A rate per inhabitant compares sides of different size; it does not say why they differ."
        )
        if len(totals) > 1
        else None,
    )
