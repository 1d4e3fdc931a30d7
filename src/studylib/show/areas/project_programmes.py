"""The page on border areas: which programmes both sides took part in."""

import pandas as pd

from studylib.diversify import framework_projects
from studylib.language import given
from studylib.language.words import _
from studylib.patents.dataset import Dataset
from studylib.report.table import Table, table
from studylib.show import common
from studylib.show.absent import left_out_when_empty
from studylib.show.areas.joint_projects import CORDIS


@left_out_when_empty
def project_programmes(study: Dataset, programmes: pd.DataFrame) -> Table:
    """What the two sides took part in, by programme."""
    names = framework_projects.programme_names()
    columns = {
        f"n_{place}": study.area_name(area)
        for place, area in enumerate(study.territories)
        if f"n_{place}" in programmes
    }
    programmes = programmes.sort_values(
        "programme", key=lambda told: told == "", kind="stable", ignore_index=True
    )
    themes = [given.name_of(p, names) if p else _("not told") for p in programmes["programme"]]
    return table(
        programmes.assign(theme=themes),
        title=_("What both sides took part in"),
        measure=_("Participations in FP7, 2007–2013; projects with both"),
        columns={"theme": _("Programme"), **columns, "joint": _("Joint projects")},
        formats=dict.fromkeys([*columns, "joint"], "count"),
        note=_(
            "Not told: the data name no programme. Information technology and the European Research "
            "Council are mostly among these, so they cannot be read from this table."
        ),
        source=common.of_register(CORDIS),
        most=12,
        csv_name="project_programmes",
    )
