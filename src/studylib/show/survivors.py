"""The page on diversification: which findings survive other choices."""

import pandas as pd

from studylib.ket.fields import field_name, sector_name
from studylib.language.words import _, is_missing, number
from studylib.patents.dataset import Dataset
from studylib.report.labels import CHOICE, label
from studylib.report.table import Table, table
from studylib.show import common
from studylib.show.absent import left_out_when_empty

TWO = 2  # decimals of a ratio


@left_out_when_empty
def findings_under_choices(study: Dataset, found: pd.DataFrame) -> Table:
    """Which specialisations survive other choices, one row each."""
    names = {"sector_id": sector_name, "field_id": field_name, "ket": study.ket_name}
    rows = []
    for (area, kind, key), own in found.groupby(["area", "kind", "technology"], sort=False):
        by = own.set_index("variant")
        cells = {name: _ratio_and_verdict(by, name) for name in CHOICE}
        alike = own.iloc[0]
        rows.append(
            {
                "item": str(names[str(kind)](key)),  # type: ignore[arg-type]
                "area": study.area_name(str(area)),
                **cells,
                "provinces": f"{alike['provinces_alike']} / {alike['provinces']}",
            }
        )
    columns = ["item", "area", *CHOICE, "provinces"]
    frame = pd.DataFrame(rows, columns=columns)
    used = [name for name in CHOICE if name in set(found["variant"])]
    return table(
        frame,
        title=_("Which findings survive other choices?"),
        measure=_("Times as often as in the rest of the reference; * where it is shown"),
        columns={
            "item": _("Sector, field or KET"),
            "area": _("Territory"),
            **{name: label(CHOICE, name) for name in used},
            "provinces": _("Provinces alike"),
        },
        formats={**dict.fromkeys(used, "figures"), "provinces": "figures"},
        note=_(
            "Provinces alike: of the provinces or departments with at least 10 classified records, "
            "those whose ratio lies on the same side of 1. Wider: with the regions the study file "
            "names."
        ),
        source=common.source(study),
        csv_name="findings_under_choices",
    )


def _ratio_and_verdict(by: pd.DataFrame, name: str) -> str:
    """A ratio, with a star where it is shown; a dash where the variant has none."""
    if name not in by.index or is_missing(by["quotient"][name]):
        return "–"
    star = "*" if by["verdict"][name] == "shown" else ""
    return number(by["quotient"][name], TWO) + star
