"""The page on border areas: with whom inventors of each territory work."""

import pandas as pd

from studylib.language.words import _
from studylib.patents.dataset import Dataset
from studylib.report.table import Table, table
from studylib.show import common
from studylib.show.absent import left_out_when_empty
from studylib.show.areas.side_names import partner_name
from studylib.show.measures import unit_of


@left_out_when_empty
def co_inventors(study: Dataset, found: pd.DataFrame) -> Table:
    """With whom inventors of each territory stand on one patent: here, at home, elsewhere."""
    return table(
        found.assign(
            area_name=[study.area_name(area) for area in found["area"]],
            partner_name=[partner_name(study, key) for key in found["partner"]],
        ),
        title=_("With whom inventors of each territory work"),
        measure=unit_of(study),
        columns={
            "area_name": _("Territory"),
            "partner_name": _("Other inventors"),
            "n": _("Number"),
            "base": _("Of"),
            "share": _("Share (95% interval)"),
        },
        formats={"n": "count", "base": "count"},
        note=_(
            "Observed links, not potential. A patent with inventors in several places stands in "
            "several rows."
        ),
        source=common.source(study),
        csv_name="co_inventors",
    )
