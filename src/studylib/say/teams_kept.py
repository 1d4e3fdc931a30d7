"""Joint projects beside chance that keeps teams together: where it says something else."""

import pandas as pd

from studylib.diversify import framework_projects
from studylib.language.counted import projects
from studylib.language.words import _, interval, number
from studylib.patents.dataset import Dataset
from studylib.show.areas.side_names import territory_pair


def both_ways(study: Dataset, row: "pd.Series") -> str:
    """A pair of which one kind of chance says something else than the other."""
    return _(
        "{area}: {projects} of the Seventh Framework Programme (2007–2013) had organisations of "
        "both. Whether that is more than chance hangs on what chance keeps: it gives {expected} (95% "
        "{interval}) if every participation is dealt anew, and {kept} (95% {kept_interval}) if each "
        "region stays in as many projects as it was.",
        area=territory_pair(study, row),
        projects=projects(int(row["joint"])),
        expected=number(row["expected"], 1),
        interval=interval(row["low"], row["high"], 0, as_percent=False),
        kept=number(row["expected_kept"], 1),
        kept_interval=interval(row["low_kept"], row["high_kept"], 0, as_percent=False),
    )


def of_pairs(pairs: pd.DataFrame) -> str:
    """How many pairs have more where each region stays in as many projects as it was."""
    more = (pairs["verdict_kept"] == "more").groupby(pairs["kind"]).agg(["sum", "size"])
    told = more.reindex(list(framework_projects.KINDS)).fillna(0).astype(int)
    across, inside, apart = (
        _("{n} of {base}", n=number(row["sum"]), base=number(row["size"]))
        for _i, row in told.iterrows()
    )
    return _(
        "To deal every participation anew takes teams of one region apart, so that chance joins it "
        "with more projects than it was in. If each region stays in as many projects as it was, "
        "pairs with more than chance are: across a border {across}, inside one country {inside}, "
        "without a common border {apart}.",
        across=across,
        inside=inside,
        apart=apart,
    )
