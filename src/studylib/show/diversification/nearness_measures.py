"""The page on diversification: does it matter how nearness is counted?"""

import pandas as pd

from studylib.diversify import nearness, own_test
from studylib.language.counted import classes, metropolitan_areas, regions
from studylib.language.words import _, is_missing, number, percent
from studylib.patents.dataset import Dataset
from studylib.report.labels import NEARNESS, label
from studylib.report.table import Table, table
from studylib.show.diversification.nearness import corpus_source


def nearness_measures(study: Dataset, found: pd.DataFrame) -> Table:
    """Five ways to say that two classes are near, beside the one used."""
    return table(
        found.assign(item=[label(NEARNESS, key) for key in found["measure"]]),
        title=_("Does it matter how nearness is counted?"),
        measure=_(
            "{classes} classes, {regions} regions: agreement with the first row, which is used here",
            classes=number(found["n_classes"].max()),
            regions=number(found["n_regions"].max()),
        ),
        columns={
            "item": _("Two classes are near if"),
            "correlation": _("Same order of pairs"),
            "same_nearest": _("Same among the ten nearest"),
            "auc": _("Right choices of two, in any two areas"),
        },
        formats={
            "correlation": "number",
            "same_nearest": "share",
            "auc": lambda value: "–" if is_missing(value) else percent(value),
        },
        note=" ".join(filter(None, [
            _(
                "Same order of pairs: rank correlation over all pairs of classes, 1 the same order. "
                "Right choices of two: by density alone, as in the table above; –: this could not "
                "be tried."
            ),
            _left_out(study, found),
        ])),
        source=corpus_source(study),
        csv_name="nearness_measures",
    )  # fmt: skip


def _left_out(study: Dataset, found: pd.DataFrame) -> str:
    """Why the test above has other regions and classes than the measures; "" where it has not."""
    tested = own_test.entry_test(study)
    if tested.empty:
        return ""
    test, here = (
        frame.iloc[0][["n_regions", "n_classes"]].astype(int) for frame in (tested, found)
    )
    if (test == here).all():
        return ""
    if nearness.is_own(study):
        return _(
            "The test above has {regions} and {classes}: a region needs records enough in each "
            "period ({least}), a class some in both.",
            regions=regions(test["n_regions"]),
            least=number(own_test.FEWEST),
            classes=classes(test["n_classes"]),
        )
    return _(
        "Left out here, and not in the test above: {areas} of Aquitaine and Euskadi, and {classes} "
        "that no other area holds.",
        areas=metropolitan_areas(test["n_regions"] - here["n_regions"]),
        classes=classes(test["n_classes"] - here["n_classes"]),
    )
