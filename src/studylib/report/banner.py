"""
What a reader must know first: which data of a page were made up, and which were not.

    notebook metadata `rests_on`  --roles-->   patents, clusters
    table `sources` (the register) --banner-->  "Synthetic: patent records.  Real: list of ..."

A notebook says which inputs its page rests on; whether these are synthetic is the register's word
(`sources.toml`), so that an input that is replaced by a real one changes the banner by itself.
"""

from collections.abc import Sequence

import pandas as pd

from studylib.language.words import _, listing, mark
from studylib.report.labels import label

ROLE = {
    "patents": mark("patent records"),
    "survey": mark("survey answers"),
    "claims": mark("published claims"),
    "clusters": mark("list of cluster organisations"),
    "eurostat": mark("figures of Eurostat"),
    "cordis": mark("projects of CORDIS"),
    "metro": mark("technologies of European metropolitan areas"),
}


PUBLISHED = {"eurostat": "eurostat_", "cordis": "cordis_", "metro": "metro_"}
"""
Reference figures of the project itself: real, and no input of the study; how their ids begin in
the project's register.
"""
INPUTS = tuple(role for role in ROLE if role not in PUBLISHED)


def roles(metadata: dict[str, object]) -> list[str]:
    """The inputs a notebook names under `rests_on`; all where it names none."""
    named = metadata.get("rests_on")
    return [role for role in ROLE if role in (named if isinstance(named, list) else INPUTS)]


def banner(sources: pd.DataFrame, rests_on: Sequence[str] = INPUTS) -> str:
    """
    Lines over a page that rests on synthetic data, the first of them its title; "" over any other.

    Parameters
    ----------
    sources
        The study's table `sources`: one row per input file, with its role and `is_synthetic`.
    rests_on
        Roles of the inputs the page rests on.
    """
    files = sources[sources["role"].isin(list(rests_on))]
    is_synthetic = files["is_synthetic"].astype(bool)
    made_up, real = set(files.loc[is_synthetic, "role"]), set(files.loc[~is_synthetic, "role"])
    real |= PUBLISHED.keys() & set(rests_on)
    if not made_up:
        return ""
    title = (
        _("Part of this page rests on synthetic data.")
        if real
        else _("This page rests on synthetic data.")
    )
    lines = [
        title,
        _(
            "Made up to try out the method: {what}. No figure drawn from such data says anything "
            "about a real territory, firm or person.",
            what=_listed(made_up, real),
        ),
        _("Real: {what}.", what=_listed(real, made_up)) if real else "",
    ]
    return "\n".join(line for line in lines if line)


def _listed(of_a_kind: set[str], of_the_other: set[str]) -> str:
    """Roles in words, in their order; a role whose files are of both kinds stands in both lists."""
    named = [role for role in ROLE if role in of_a_kind]
    return listing(
        _("{what} (in part)", what=label(ROLE, role)) if role in of_the_other else label(ROLE, role)
        for role in named
    )
