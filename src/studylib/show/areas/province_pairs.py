"""The page on border areas: joint projects of provinces of the two territories, beside chance."""

import pandas as pd

from studylib.language.words import _, number
from studylib.report.table import Table, table
from studylib.show import common
from studylib.show.absent import left_out_when_empty
from studylib.show.areas.joint_projects import CORDIS, beside_chance, beside_chance_read
from studylib.show.areas.side_names import province_pair


@left_out_when_empty
def province_pairs(pairs: pd.DataFrame) -> Table:
    """Joint projects of each province of one territory with each of the other, beside chance."""
    ranked = pairs.assign(
        item=[province_pair(row) for _i, row in pairs.iterrows()],
        **beside_chance(pairs, "", "_kept"),
    ).sort_values(["joint", "item"], ascending=[False, True], ignore_index=True)
    return table(
        ranked,
        title=_("Joint European projects, province by province"),
        measure=_("FP7 projects 2007–2013"),
        columns={
            "item": _("Pair of provinces"),
            "joint": _("Joint projects"),
            "by_chance": _("By chance"),
            "by_chance_kept": _("By chance, projects of each kept"),
        },
        formats={"joint": "count"},
        note=beside_chance_read(
            _(
                "By chance: the mean of {n} draws that deal the provinces anew over all participants, "
                "and 95% of them; "
                "projects of each kept: each province in as many projects as it was. Provinces in which "
                "nobody took part are left out.",
                n=number(pairs["draws"].max()),
            )
        ),
        source=common.of_register(CORDIS),
        sorted_by=["joint"],
        most=12,
        csv_name="province_pairs",
    )  # fmt: skip
