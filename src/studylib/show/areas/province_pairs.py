"""The page on border areas: joint projects of provinces of the two territories, beside chance."""

import pandas as pd

from studylib.language.words import _, interval, number
from studylib.report.labels import AGAINST_CHANCE, label
from studylib.report.table import Table, table
from studylib.show import common
from studylib.show.absent import left_out_when_empty
from studylib.show.areas.joint_projects import CORDIS, kept_in_words
from studylib.show.areas.side_names import province_pair


@left_out_when_empty
def province_pairs(pairs: pd.DataFrame) -> Table:
    """Joint projects of each province of one territory with each of the other, beside chance."""
    ranked = pairs.assign(
        item=[province_pair(row) for _i, row in pairs.iterrows()],
        drawn=[
            interval(low, high, 0, as_percent=False)
            for low, high in zip(pairs["low"], pairs["high"], strict=True)
        ],
        verdict_name=[label(AGAINST_CHANCE, one) for one in pairs["verdict"]],
        kept=[kept_in_words(row) for _i, row in pairs.iterrows()],
    ).sort_values(["joint", "item"], ascending=[False, True], ignore_index=True)
    return table(
        ranked,
        title=_("Joint European projects, province by province"),
        measure=_("FP7 projects 2007–2013"),
        columns={
            "item": _("Pair of provinces"),
            "joint": _("Joint projects"),
            "expected": _("By chance"),
            "drawn": _("95% of draws"),
            "verdict_name": _("Against chance"),
            "kept": _("By chance, projects of each kept"),
        },
        formats={
            "joint": "count", "expected": common.or_dash("number", 1), "drawn": "figures",
        },
        note=_(
            "By chance: the mean of {n} draws that deal the provinces anew over all participants; "
            "projects of each kept: each province in as many projects as it was. Provinces in which "
            "nobody took part are left out.",
            n=number(pairs["draws"].max()),
        ),
        source=common.of_register(CORDIS),
        sorted_by=["joint"],
        most=12,
        csv_name="province_pairs",
    )  # fmt: skip
