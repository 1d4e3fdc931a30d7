"""Whether the sides of a survey differ in what they want, domain by domain."""

import pandas as pd

from studylib import survey
from studylib.language.chances import in_whole_percent
from studylib.language.words import _
from studylib.patents.dataset import Dataset
from studylib.report.labels import DOMAIN, label
from studylib.report.table import Table, table
from studylib.show.absent import left_out_when_empty
from studylib.show.common import p_value, source
from studylib.show.side_differences import (
    found_from,
    judgement,
    judgement_note,
    named_verdicts,
)
from studylib.show.survey.interests import first_wanted


@left_out_when_empty
def survey_differences(study: Dataset, pairs: pd.DataFrame) -> Table:
    """
    Every pair of territories, domain by domain in the order of the shares.

    One p, held over all domains of a pair, from which the verdict is; those of single tests are in
    the file.
    """
    place = first_wanted(survey.interests(study))
    pairs = _in_order(pairs, place)
    shown = pairs.assign(
        verdict_name=named_verdicts(pairs["verdict"]),
        pair=[
            _("{a} – {b}", a=study.area_name(a), b=study.area_name(b))
            for a, b in zip(pairs["area_a"], pairs["area_b"], strict=True)
        ],
        domain_name=[label(DOMAIN, d) for d in pairs["domain"]],
    )
    several = {"pair": _("Territories")} if _is_several(pairs) else {}
    return table(
        shown,
        title=_("Do the sides differ?"),
        measure=_(
            "Share of the first territory minus share of the second in percentage points, 95% "
            "interval of Newcombe"
        ),
        columns={
            "domain_name": _("Domain"),
            **several,
            "difference": _("Difference, in points"),
            "p_holm": _("p, over all domains"),
            "p_greater": _higher(study, pairs),
            **judgement(),
        },
        formats={
            "difference": "points", "p_holm": p_value,
            "p_greater": in_whole_percent, "detectable": found_from,
        },
        intervals={"difference": ("low", "high")},
        note=_note(study, pairs),
        source=source(study, "survey"),
        csv_name="differences",
        most=40,
    )  # fmt: skip


def _in_order(pairs: pd.DataFrame, place: dict[str, int]) -> pd.DataFrame:
    """Pairs of territories one after the other, their domains by place."""
    pair = pairs.groupby(["area_a", "area_b"], sort=False).ngroup()
    keyed = pairs.assign(pair_=pair, place_=[place[d] for d in pairs["domain"]])
    ordered = keyed.sort_values(["pair_", "place_"], kind="stable", ignore_index=True)
    return ordered.drop(columns=["pair_", "place_"])


def _note(study: Dataset, pairs: pd.DataFrame) -> str:
    """How the tests are read."""
    said = [
        _order_of(study, pairs),
        _(
            "p: how often chance alone gives at least such a difference (Boschloo's exact test), "
            "held over all domains together by Holm's correction, since of several domains one "
            "small p is to be expected. The chance that a true share is higher rests on Jeffreys’ "
            "prior. The file has the p of each test, Fisher's too."
        ),
    ]
    if (pairs["domain"] == "other").any():
        said.append(_("Other answers are no one thing: nothing is concluded from them."))
    return " ".join([*said, judgement_note()])


def _higher(study: Dataset, pairs: pd.DataFrame) -> str:
    """What the column of chances is called."""
    if len(pairs) == 0 or _is_several(pairs):
        return _("Chance that the first is higher")
    return _("Chance that {area} is higher", area=study.area_name(pairs.iloc[0]["area_a"]))


def _is_several(pairs: pd.DataFrame) -> bool:
    """Whether there is more than one pair of territories."""
    return len(pairs[["area_a", "area_b"]].drop_duplicates()) > 1


def _order_of(study: Dataset, pairs: pd.DataFrame) -> str:
    """Which territory is the first, where there are two."""
    if len(pairs) == 0 or _is_several(pairs):
        return ""
    row = pairs.iloc[0]
    return _(
        "First: {a}; second: {b}.",
        a=study.area_name(row["area_a"]),
        b=study.area_name(row["area_b"]),
    )
