"""Key enabling technologies: shares, and which come together."""

import pandas as pd

from studylib import figures
from studylib.diversify.enablers import kets_together
from studylib.figures.picture import Picture
from studylib.language.words import _, listing, ngettext, number
from studylib.patents.dataset import Dataset
from studylib.patents.differences import ket_differences
from studylib.report.table import Table, table
from studylib.show import findings
from studylib.show.common import dots, headed, largest_first, side_by_side, source, wholly
from studylib.show.measures import rules_of_two, share_of, unit_of, verified_note
from studylib.stats.power import SHOWN


def kets(study: Dataset, shares: pd.DataFrame) -> Picture:
    """Shares per KET, territories and reference."""
    return dots(
        study,
        shares,
        "ket",
        {key: study.ket_name(key) for key in shares["ket"]},
        title=headed(_finding(study, shares), wholly(study)),
        measure=share_of(study),
        alt=ngettext(
            "One row for {n} KET, one mark with its interval for each area.",
            "One row for each of the {n} KETs, one mark with its interval for each area.",
            len(study.scheme.kets),
        ),
        note=verified_note(study),
        rule="ket",
        name="kets",
    )


def _finding(study: Dataset, shares: pd.DataFrame) -> str:
    """Which KETs differ; of one territory, which is the most frequent."""
    if len(study.territories) == 1:
        return findings.most_frequent(study, shares, "ket", study.ket_name)
    none = _("No key enabling technology shows a difference between the territories")
    tests = ket_differences(study)
    found = findings.of_sides(study, tests, study.ket_name, item="ket", none=none)
    return found or _("The territories cannot be compared")


def ket_table(study: Dataset, shares: pd.DataFrame) -> Table:
    """The same in numbers: one row per KET, a column per area."""
    names = {key: study.ket_name(key) for key in shares["ket"]}
    wide, sides = side_by_side(study, largest_first(study, shares, "ket", names), "ket")
    return table(
        wide.assign(name=[study.ket_name(key) for key in wide["ket"]]),
        title=_("Key enabling technologies in numbers"),
        measure=share_of(study),
        columns={"name": _("Key enabling technology"), **sides.columns},
        formats=sides.formats,
        intervals=sides.intervals,
        note=verified_note(study),
        source=source(study, "patents", "ket"),
        csv_name="kets",
    )


def overlap(study: Dataset, together: pd.DataFrame) -> Picture:
    """KETs on the same unit."""
    pairs = together.reset_index().melt("ket", var_name="other_ket", value_name="n_together")
    return figures.overlap(
        pairs,
        title=headed(findings.together(together, study.ket_name), wholly(study)),
        measure=unit_of(study),
        alt=ngettext(
            "A square for {n} KET with the number of patents that carry it.",
            "A triangle of the {n} KETs with the number of patents that carry both.",
            len(study.scheme.kets),
        ),
        label=study.ket_name,
        note=" ".join(filter(None, [_of_chance(study), verified_note(study)])),
        source=source(study, "patents", "ket"),
        name="overlap",
    )


def _of_chance(study: Dataset) -> str:
    """What chance gives to the pair most often together, and whether it is shown to be more."""
    pairs = kets_together(study, readings=False).dropna(subset="p")
    most = pairs[pairs["n"] == pairs["n"].max()]
    if most.empty or not most["n"].max() > 0:
        return ""
    shown = bool((most["verdict"] == SHOWN).any())
    said = listing(number(n, 1) for n in most["expected"])
    if shown:
        more = _(
            "By chance it would be {said} for the pair of the title: more is shown.", said=said
        )
        return " ".join(filter(None, [more, rules_of_two(study)]))
    return _(
        "By chance it would be {said} for the pair of the title: more than chance is not shown.",
        said=said,
    )
