"""Tables of patents with parties on both sides of the border."""

import pandas as pd

from studylib.clean.nuts import called, read_nuts
from studylib.language.words import _
from studylib.network import labels as names
from studylib.patents.dataset import Dataset
from studylib.report.labels import label
from studylib.report.table import Table, table
from studylib.show.common import marked, source, with_mark


def joint_patents(study: Dataset, joint: pd.DataFrame) -> Table:
    """Families with applicants, or inventors, on both sides."""
    return table(
        joint.assign(who=[label(names.ROLE, role) for role in joint["role"]]),
        title=_("Patents with parties on different sides of the border"),
        measure=_("Share of the families with a party of a territory, 95% Wilson interval"),
        columns={
            "who": _("Parties"), "n": _("On different sides"), "base": _("Of"), "share": _("Share"),
        },
        source=source(study),
        csv_name="joint_patents",
    )  # fmt: skip


def joint_links(study: Dataset, links: pd.DataFrame, csv_name: str = "joint_links") -> Table:
    """Which regions, or applicants, stand on the same families."""
    region = read_nuts().drop_duplicates("code").set_index("code")["name"]

    def named(node: object) -> str:
        """A region by its name and code; an applicant as it stands."""
        known = region.get(node, "")
        return f"{called(known)} ({node})" if known else str(node)

    shown = links.assign(
        one=[named(node) for node in links["node"]],
        area=[study.area_name(area) for area in links["territory"]],
        other=[named(node) for node in links["other_node"]],
        other_area=[study.area_name(area) for area in links["other_territory"]],
    )[["one", "area", "other", "other_area", "n"]]
    return table(
        with_mark(study, shown, "n"),
        title=_("Regions of the inventors of joint patents"),
        measure=_("Families with inventors in both regions"),
        columns={
            "one": _("Region"), "area": _("Territory"), "other": _("Region across the border"),
            "other_area": _("Its territory"), "n": marked(study, _("Families"), "patents"),
        },
        note=_("Inventors are counted by region and never named."),
        source=source(study, "patents", "places"),
        csv_name=csv_name,
    )  # fmt: skip
