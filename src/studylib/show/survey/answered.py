"""Who answered the survey, and what of its export was not used."""

import pandas as pd

from studylib.language.words import _, is_missing, number
from studylib.patents.dataset import Dataset
from studylib.report.labels import DOMAIN, SURVEY_NOTE, label
from studylib.report.table import Table, table
from studylib.show.absent import left_out_when_empty
from studylib.show.common import by_area, is_made_up, source
from studylib.survey import book_of, disclosure


def who_answered(study: Dataset, counts: pd.DataFrame) -> Table:
    """Asked (where known), received, answered, silent, per territory."""
    is_asked = bool(counts["n_asked"].notna().any())
    received = {
        "n_received": _("Submissions"), "n_partial": _("Not finished"), "n_silent": _("Silent"),
    }  # fmt: skip
    return table(
        by_area(study, counts),
        title=_("Submissions and answers of each territory"),
        measure=_("Number of cluster organisations"),
        note=_("Silent: the submission is there, this question was left blank.")
        if "n_silent" in counts
        else _("How submissions were made is held back."),
        columns={
            "area": _("Territory"),
            **({"n_asked": _("Asked")} if is_asked else {}),
            **{name: text for name, text in received.items() if name in counts},
            "n_answered": _("Answered"),
            **({"share": _("Answered of asked")} if is_asked else {}),
        },
        # Who answers is no draw: the rate has no error to show.
        intervals={},
        source=source(study, "survey"),
        csv_name="who_answered",
    )


def survey_rejects(study: Dataset, notes: pd.DataFrame) -> Table:
    """Columns, labels and rows of the export that were not used."""
    return table(
        notes.assign(
            kind_name=[label(SURVEY_NOTE, kind) for kind in notes["kind"]],
            value=[_(disclosure.HELD) if is_missing(text) else text for text in notes["value"]],
            what_name=[_(what) for what in notes["what"].astype("str")],
            n_named=_counted(study, notes["n"]),
        ),
        title=_("Columns and answers of the export we did not use"),
        columns={
            "kind_name": _("What"),
            "value": _("As it stands there"),
            "n_named": _("How often"),
            "what_name": _("What became of it"),
        },
        source=source(study, "survey"),
        csv_name="survey_rejects",
    )


@left_out_when_empty
def free_texts(study: Dataset, texts: pd.DataFrame) -> Table:
    """What respondents wrote, in their own words, or how many texts are held back."""
    if "text" not in texts:
        return table(
            texts.assign(n_named=_counted(study, texts["n"])),
            title=_("In the words of the respondents"),
            note=_("What respondents wrote is held back: they were promised it."),
            columns={"n_named": _("Texts held back")},
            source=source(study, "survey"),
            csv_name="free_texts",
        )
    names = {option.column: label(DOMAIN, option.domain) for option in book_of(study).option}
    return table(
        texts[["column", "text"]].assign(
            beside=[names.get(column, column) for column in texts["column"].astype("str")]
        ),
        title=_("In the words of made-up respondents")
        if is_made_up(study, "survey")
        else _("In the words of the respondents"),
        note=_(
            "As written, in the language of each respondent, in no order and without a name; "
            "e-mail addresses are hidden."
        ),
        columns={"text": _("Text"), "beside": _("Written beside")},
        foreign=("text",),
        source=source(study, "survey"),
        csv_name="free_texts",
    )


def _counted(study: Dataset, counts: pd.Series) -> list[str]:
    """How often, or that it is a few; or, under `strict`, that it is held back."""
    held = disclosure.HELD if disclosure.level(study) == "strict" else disclosure.FEW
    return [_(held) if is_missing(n) else number(n) for n in counts]
