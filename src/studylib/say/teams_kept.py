"""Joint projects beside chance that keeps teams together: where it says something else."""

import pandas as pd

from studylib.diversify import framework_projects
from studylib.language.counted import projects
from studylib.language.words import _, interval, number
from studylib.patents.dataset import Dataset
from studylib.report.labels import AGAINST_CHANCE, label
from studylib.show.areas.side_names import territory_pair


def both_ways(study: Dataset, row: "pd.Series") -> tuple[str, str]:
    """A pair of which one kind of chance says something else than the other, and what they give."""
    joint = _(
        "{area}: {projects} of the Seventh Framework Programme (2007–2013) had organisations of "
        "both.",
        area=territory_pair(study, row),
        projects=projects(int(row["joint"])),
    )
    return joint, _(
        "Whether that is more than chance hangs on what chance keeps: it gives {expected} "
        "(95%: {interval}) if every participation is dealt anew, and {kept} (95%: "
        "{kept_interval}) if each region stays in as many projects as it was.",
        expected=number(row["expected"], 1),
        interval=interval(row["low"], row["high"], 0, as_percent=False),
        kept=number(row["expected_kept"], 1),
        kept_interval=interval(row["low_kept"], row["high_kept"], 0, as_percent=False),
    )


def as_well(row: "pd.Series") -> str:
    """That the other kind of chance says the same of a pair, with what it gives."""
    return _(
        "If each region stays in as many projects as it was, chance gives {kept} (95%: "
        "{kept_interval}), which says the same.",
        kept=number(row["expected_kept"], 1),
        kept_interval=interval(row["low_kept"], row["high_kept"], 0, as_percent=False),
    )


def several(study: Dataset, own: pd.DataFrame) -> str:
    """Joint projects of every pair of the study's territories, each against both kinds of chance."""
    pairs = [
        _(
            "{area} {joint} ({expected}, 95%: {interval}, {verdict}; {kept}, 95%: {kept_interval}, "
            "{verdict_kept})",
            area=territory_pair(study, row),
            joint=number(row["joint"]),
            expected=number(row["expected"], 1),
            interval=interval(row["low"], row["high"], 0, as_percent=False),
            verdict=label(AGAINST_CHANCE, row["verdict"]),
            kept=number(row["expected_kept"], 1),
            kept_interval=interval(row["low_kept"], row["high_kept"], 0, as_percent=False),
            verdict_kept=label(AGAINST_CHANCE, row["verdict_kept"]),
        )
        for _i, row in own.iterrows()
    ]
    return _(
        "Joint projects of the Seventh Framework Programme (2007–2013), pair by pair, beside what "
        "chance gives if every participation is dealt anew and if each region stays in as many "
        "projects as it was: {pairs}.",
        pairs=_("; ").join(pairs),
    )


def of_pairs(pairs: pd.DataFrame) -> str:
    """How many pairs have more, and fewer, by the two kinds of chance that keep more."""
    return " ".join([
        _(
            "To deal every participation anew takes teams of one region apart, so that chance joins "
            "it with more projects than it was in. If each region stays in as many projects as it "
            "was, pairs with more than chance are: across a border {across}, inside one country "
            "{inside}, without a common border {apart}.",
            **_by_kind(pairs, "verdict_kept"),
        ),
        _(
            "If regions are dealt anew among the participants of each country only, they are: "
            "across a border {across}, inside one country {inside}, without a common border "
            "{apart}.",
            **_by_kind(pairs, "verdict_in_country"),
        ),
    ])  # fmt: skip


def _by_kind(pairs: pd.DataFrame, verdict: str) -> dict[str, str]:
    """Of each kind of pair how many have more than chance, and how many fewer if any has."""
    said = []
    for kind in framework_projects.KINDS:
        own = pairs.loc[pairs["kind"] == kind, verdict]
        more, fewer = ((own == word).sum() for word in ("more", "fewer"))
        n, base = number(more), number(len(own))
        said.append(
            _("{n} of {base} ({fewer} with fewer)", n=n, base=base, fewer=number(fewer))
            if fewer
            else _("{n} of {base}", n=n, base=base)
        )
    return dict(zip(("across", "inside", "apart"), said, strict=True))
