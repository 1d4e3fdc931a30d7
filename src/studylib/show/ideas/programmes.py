"""The page of ideas: what a programme counts, and the criteria of smart specialisation."""

from typing import Any

import pandas as pd

from studylib.language import given
from studylib.language.words import _, ngettext, number
from studylib.patents.dataset import Dataset
from studylib.project import PROJECT
from studylib.report.table import Table, table
from studylib.runs import notebooks
from studylib.runs.lacking import as_said
from studylib.show import common
from studylib.study.lacking import lacks

RULES = "programme_rules"
SURVEY = "10_survey"  # the page of answers


def baselines(study: Dataset, indicators: pd.DataFrame) -> Table:
    """What cross-border programmes count, with a baseline where one is observed."""
    return table(
        pd.DataFrame(
            {
                "code": indicators["code"],
                "name": [given.of_row(row, "name") for row in _spoken(indicators, "name")],
                "baseline": indicators["baseline"],
                "counts": _counts(study, indicators),
            }
        ),
        title=_("Indicators of cross-border programmes: what was there before"),
        measure=_("Organisations, as far as this study observes them"),
        columns={
            "name": _("Indicator"),
            "code": _("Code"),
            "baseline": _("Baseline"),
            "counts": _("What is counted, and by whom"),
        },
        formats={"baseline": common.or_dash("count")},
        note=_("–: nothing in this study observes it; a baseline is no target."),
        source=common.sources_line(
            common.of_register(RULES),
            common.of_register("cordis_fp7"),
            common.source(study) if (indicators["basis"] == "patents").any() else "",
        ),
        csv_name="indicators",
    )


def _counts(study: Dataset, indicators: pd.DataFrame) -> list[str]:
    """What is counted of each indicator, with a mark where made-up records are."""
    told = [given.of_row(row, "counts") for row in _spoken(indicators, "counts")]
    return [
        common.marked(study, text, "patents") if basis == "patents" else text
        for text, basis in zip(told, indicators["basis"], strict=True)
    ]


def criteria(study: Dataset, told: pd.DataFrame) -> Table:
    """The criteria of smart specialisation, each with the page that is evidence, or none."""
    nothing = _("not shown by this study")
    return table(
        pd.DataFrame(
            {
                "number": told["number"],
                "name": [
                    f"{number(n)}. {given.of_row(row, 'name')}"
                    for n, row in zip(told["number"], _spoken(told, "name"), strict=True)
                ],
                "shows": [_shown(study, row) or nothing for row in _spoken(told, "shows")],
                "page": [_title(study, page) for page in told["page"]],
                "href": [page and f"{page}.html" for page in told["page"]],
            }
        ),
        title=common.headed(
            ngettext(
                "Criteria of smart specialisation: of {base}, this study says something on {n}",
                "Criteria of smart specialisation: of {base}, this study says something on {n}",
                int((told["page"] != "").sum()),
                base=number(len(told)),
            ),
            common.in_part(study),
        ),
        columns={
            "name": _("Criterion"),
            "shows": _("What this study shows of it"),
            "page": _("Page"),
        },
        hrefs={"page": "href"},
        source=common.of_register(RULES),
        csv_name="criteria",
    )


def _shown(study: Dataset, row: dict[str, Any]) -> str:
    """What is shown of a criterion, with a mark where it rests on made-up answers; "" nothing."""
    said = given.of_row(row, "shows")
    return common.marked(study, said, "survey") if said and row["page"] == SURVEY else said


def _title(study: Dataset, page: str) -> str:
    """What a page of the study is called; a dash where there is none."""
    if not page:
        return "–"
    said = notebooks.read(PROJECT / "notebooks" / f"{page}.ipynb")["metadata"]["title"]
    is_alone = len(study.territories) == 1
    return _(as_said(said, is_alone=is_alone, lacking=lacks(study.definition)))


def _spoken(frame: pd.DataFrame, stem: str) -> list[dict[str, Any]]:
    """Rows whose texts are in columns per language, with the English one under the plain name."""
    rows = [{str(k): v for k, v in row.items()} for row in frame.to_dict("records")]
    return [{**row, stem: row[f"{stem}_en"]} for row in rows]
