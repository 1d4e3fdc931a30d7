"""Which findings survive other choices: the headlines of three pages, and each specialisation."""

import pandas as pd

from studylib.diversify.sensitivity import VARIANTS
from studylib.ket.fields import field_name, sector_name
from studylib.language.counted import findings
from studylib.language.words import _, is_missing, mark, ngettext, number
from studylib.opportunities.survival import CHOICES
from studylib.patents.dataset import Dataset
from studylib.report.labels import (
    CHOICE,
    CHOICE_OF_ONE,
    HEADLINE,
    HEADLINE_OF_ONE,
    SURVIVAL,
    label,
)
from studylib.report.table import Table, table
from studylib.show import common
from studylib.show.absent import left_out_when_empty

TWO = 2  # decimals of a ratio
ASKED = ("holds", "partly", "fails")  # states of what could be computed
READ = {
    "unit": mark("other unit: families or applications"),
    "weights": mark("other weights: whole or in shares"),
    "located_by": mark("the other party: applicants or inventors"),
    "wider": mark("wider: with the regions the study file names"),
    "province": mark("largest province: NUTS 3"),
}
"""How to read the choices that say too little by their names."""


@left_out_when_empty
def headlines_under_choices(study: Dataset, found: pd.DataFrame) -> Table:
    """The headline findings of three pages, and whether each is found again under other choices."""
    wide = found.assign(cell=[_state(row) for _i, row in found.iterrows()]).pivot(
        index="finding", columns="choice", values="cell"
    )
    each = found.drop_duplicates("finding")
    choices = _asked(found)
    headlines = HEADLINE_OF_ONE if len(study.territories) == 1 else HEADLINE
    return table(
        each.assign(
            item=[label(headlines, name) for name in each["finding"]],
            seen=[number(n) if n else _("none shown") for n in each["n"]],
            **{choice: wide[choice].loc[each["finding"]].to_numpy() for choice in choices},
        ),
        title=_firm(found),
        measure=_measure(found),
        columns={
            "item": _("Finding"),
            "seen": _("How many in this study"),
            **{choice: _choice(study, choice) for choice in choices},
        },
        note=_note(study, found),
        source=_sources(study, found),
        csv_name="headlines_under_choices",
        most=12,
    )


def _has(found: pd.DataFrame, *findings: str) -> bool:
    """Whether one of these findings is asked about: a study without a list has no ideas."""
    return bool(found["finding"].isin(findings).any())


def _measure(found: pd.DataFrame) -> str:
    """What the table counts, naming the pages it draws on."""
    if _has(found, "ideas", "first_idea"):
        return _("Findings of this page and of those on border areas and ideas: found again under the other "
                 "choice, of what is found in this study")  # fmt: skip
    return _("Findings of this page and of the one on border areas: found again under the other choice, of "
             "what is found in this study")  # fmt: skip


def _asked(found: pd.DataFrame) -> list[str]:
    """The choices under which something could be computed: a study may name no wider regions."""
    known = set(found.loc[found["state"].isin(ASKED), "choice"])
    return [choice for choice in CHOICES if choice in known]


def _choice(study: Dataset, choice: str) -> str:
    """What a choice is called, of one territory or of several."""
    return label(CHOICE_OF_ONE if len(study.territories) == 1 else CHOICE, choice)


def _note(study: Dataset, found: pd.DataFrame) -> str:
    """How to read the choices, and what stays as it is under each of them."""
    read = [label(READ, choice) for choice in _asked(found) if choice in READ]
    told = [_("Where none is shown, the finding holds if none is shown then either.")]
    if read:
        told.insert(0, _("The choices: {choices}.", choices=_("; ").join(read)))
    if "unit" in _asked(found) and study.applications["family_id"].is_unique:
        told.append(_("Every family here has one application, so the other unit changes nothing."))
    if _has(found, "sections", "projects"):
        told.append(_("Published figures know no other unit, weights or party."))
    if _has(found, "ideas", "first_idea"):
        told.append(_("Ideas keep their European projects and what members want."))
    return " ".join(told)


def _sources(study: Dataset, found: pd.DataFrame) -> str:
    """The sources of the findings that are in the table, and no others."""
    projects = (
        common.of_register("cordis_fp7") if _has(found, "projects", "ideas", "first_idea") else ""
    )
    sections = common.of_register("eurostat_pat_ep_ripc") if _has(found, "sections") else ""
    return common.sources_line(*filter(None, (common.source(study), projects, sections)))


def _firm(found: pd.DataFrame) -> str:
    """How many of the findings hold under every choice they can be computed under, as a title."""
    asked = found[found["state"].isin(ASKED)]
    holds = asked.groupby("finding")["state"].agg(lambda told: set(told) == {"holds"})
    return ngettext(
        "Of {findings} that can be computed again, {n} holds under every choice where it can",
        "Of {findings} that can be computed again, {n} hold under every choice where they can",
        int(holds.sum()),
        findings=findings(len(holds)),
    )


def _state(row: "pd.Series") -> str:
    """One cell: found again or not; of several things how many."""
    if row["state"] in SURVIVAL and (row["of"] <= 1 or row["state"] == "holds"):
        return label(SURVIVAL, row["state"])
    return _("{n} of {base}", n=number(row["found_again"]), base=number(row["of"]))


@left_out_when_empty
def findings_under_choices(study: Dataset, found: pd.DataFrame) -> Table:
    """Which specialisations survive other choices, one row each."""
    names = {"sector_id": sector_name, "field_id": field_name, "ket": study.ket_name}
    rows = []
    for (area, kind, key), own in found.groupby(["area", "kind", "technology"], sort=False):
        by = own.set_index("variant")
        cells = {name: _ratio_and_verdict(by, name) for name in VARIANTS}
        alike = own.iloc[0]
        rows.append(
            {
                "item": str(names[str(kind)](key)),  # type: ignore[arg-type]
                "area": study.area_name(str(area)),
                **cells,
                "provinces": f"{alike['provinces_alike']} / {alike['provinces']}",
            }
        )
    columns = ["item", "area", *VARIANTS, "provinces"]
    frame = pd.DataFrame(rows, columns=columns)
    used = [name for name in VARIANTS if name in set(found["variant"])]
    return table(
        frame,
        title=_("Each ratio shown to differ from 1, under other choices"),
        measure=_("Times as often as in the rest of the reference; * where it is shown"),
        columns={
            "item": _("Sector, field or KET"),
            "area": _("Territory"),
            **{name: _choice(study, name) for name in used},
            "provinces": _("Provinces alike"),
        },
        formats={**dict.fromkeys(used, "figures"), "provinces": "figures"},
        note=" ".join([
            _(
                "Provinces alike: of the provinces or departments with at least 10 classified "
                "records, those whose ratio lies on the same side of 1."
            ),
            *([_("Wider: with the regions the study file names.")] if "wider" in used else []),
        ]),
        source=common.source(study),
        csv_name="findings_under_choices",
    )  # fmt: skip


def _ratio_and_verdict(by: pd.DataFrame, name: str) -> str:
    """A ratio, with a star where it is shown; a dash where the variant has none."""
    if name not in by.index or is_missing(by["quotient"][name]):
        return "–"
    star = "*" if by["verdict"][name] == "shown" else ""
    return number(by["quotient"][name], TWO) + star
