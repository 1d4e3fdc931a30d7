"""Patents with parties on both sides of the border; between which regions, says `places`."""

import pandas as pd

from studylib.language.words import _
from studylib.network import labels as names
from studylib.patents.dataset import Dataset
from studylib.report.labels import label
from studylib.report.table import Table, table
from studylib.show.common import source


def joint_patents(study: Dataset, joint: pd.DataFrame) -> Table:
    """Patents with applicants, or inventors, on both sides."""
    return table(
        joint.assign(who=[label(names.ROLE, role) for role in joint["role"]]),
        title=_("Patents with parties on different sides of the border"),
        measure=_("Share of the patents with a party of a territory, 95% Wilson interval"),
        columns={
            "who": _("Parties"), "n": _("On different sides"), "base": _("Of"), "share": _("Share"),
        },
        source=source(study),
        csv_name="joint_patents",
    )  # fmt: skip
