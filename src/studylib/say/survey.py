"""Sentences of the survey page."""

import pandas as pd

from studylib import survey
from studylib.language.words import _, interval, listing, ngettext, number, percent
from studylib.patents.dataset import Dataset
from studylib.report.labels import DOMAIN, label
from studylib.report.prose import Prose, prose
from studylib.say.most_named import most_named
from studylib.say.promise import promise
from studylib.say.survey_differences import compared, in_order, largest, whole_profiles
from studylib.show.provenance import wholly
from studylib.survey import disclosure
from studylib.survey import themes as themes_of
from studylib.survey.notes import PERSONAL

FEW = 30  # respondents below which a share is a rough guide


def headline(study: Dataset) -> Prose:
    """The answer: how many answered, what each side names most, whether the sides differ."""
    counts = survey.who_answered(study)
    n = int(counts["n_answered"].sum())
    if not n:
        return prose(_("No answer of a territory of this study is known."), kind="headline")
    sides = listing(
        f"{study.area_name(area)} {number(k)}"
        for area, k in zip(counts["area"], counts["n_answered"], strict=True)
    )
    first = ngettext(
        "{n} cluster organisation answered: {sides}.",
        "{n} cluster organisations answered: {sides}.",
        n,
        sides=sides,
    )
    told = _joint(study), most_named(study), *compared(study)
    finding, *others = [*filter(None, told)] or [""]
    return prose(
        finding,
        " ".join(others),
        first,
        kind="headline",
        made_up=wholly(study, "survey"),
        is_finding=not _is_all_held_back(survey.interests(study)),
    )


def _is_all_held_back(table: pd.DataFrame) -> bool:
    """Whether no total of any territory is told."""
    return bool(table["is_held_back"].all())


def _joint(study: Dataset) -> str | None:
    """What every side names, where there are two or more with answers."""
    ranked, counts = themes_of.joint_themes(study), survey.who_answered(study)
    sides = int((counts["n_answered"] > 0).sum())
    if sides < 2 or survey.holds_back(study):  # noqa: PLR2004 (one side names nothing together)
        return None
    found = ranked.loc[ranked["n_areas"] == sides, "domain"].tolist()
    if not found:
        return _("No domain is named in every territory.")
    return _("Named in every territory with answers: {domains}.", domains=in_order(found))


def who(study: Dataset, counts: pd.DataFrame) -> Prose:
    """What was asked, and who is missing."""
    question = survey.book_of(study).question_in(study.language)
    asked = int(counts["n_asked"].notna().sum())
    silent = int(counts["n_silent"].sum()) if "n_silent" in counts else 0
    return prose(
        _("The question was: “{question}”", question=question) if question else None,
        _(
            "How many organisations were asked is not known for every territory, so nothing can "
            "be said of those who did not answer."
        )
        if asked < len(counts)
        else None,
        ngettext(
            "{n} submission left the question blank and is left out of the percentages.",
            "{n} submissions left the question blank and are left out of the percentages.",
            silent,
        )
        if silent
        else None,
    )


def left_out(notes: pd.DataFrame) -> Prose:
    """Which columns were left behind because they hold personal data."""
    private = notes.loc[notes["what"].astype("str") == PERSONAL, "value"].tolist()
    return prose(
        _(
            "Columns with personal data were left behind when the file was read: {columns}.",
            columns=listing(private),
        )
        if private
        else _("No column of the file was recognised as personal data."),
    )


def interests(study: Dataset, shares: pd.DataFrame) -> Prose:
    """How to take the shares: one or several answers, small bases, what nobody named."""
    bases = shares.groupby("area", observed=True)["base"].max()
    small = [study.area_name(a) for a in study.territories if 0 < bases.get(a, 0) < FEW]
    known = shares[~shares["domain"].isin(shares.loc[shares["is_held_back"], "domain"])]
    total = known.groupby("domain", observed=True)["n"].sum()
    unnamed = [d for d in total.index if not total[d]]
    return prose(
        _how_many(study),
        _(
            "Fewer than {n} answers in {areas}: the intervals are wide, and a share is a rough "
            "guide at best.",
            n=number(FEW),
            areas=listing(small),
        )
        if small
        else None,
        _("Nobody named {domains}.", domains=in_order(unnamed)) if unnamed else None,
        *promise(study, shares),
    )


def _how_many(study: Dataset) -> str:
    """Whether a respondent could name several domains, or did."""
    if not survey.is_single(study):
        return _(
            "Respondents could name several domains, so the shares of a territory may add up to "
            "more than 100%."
        )
    if disclosure.is_public(study):
        return _("Every respondent named one domain at most.")
    return _("Respondents were asked to name one domain.")


def differences(study: Dataset, pairs: pd.DataFrame) -> Prose:
    """What the tests show, domain by domain and for the whole profile."""
    known = pairs.dropna(subset="p_boschloo")
    if known.empty and survey.holds_back(study):
        return prose(_("The totals that could be compared are held back."))
    if known.empty:
        return prose(
            _("There are no two territories with answers, so there is nothing to compare.")
        )
    return prose(" ".join(compared(study)), *whole_profiles(study), largest(study, known))


def themes(study: Dataset, ranked: pd.DataFrame) -> Prose:
    """Which themes every side names, and how firm their order is."""
    if survey.holds_back(study):
        if ranked.empty:
            return prose(
                _(
                    "No domain has totals that are published in every territory, so none is ranked: "
                    "respondents were promised it."
                )
            )
        return prose(
            _(
                "Totals are held back, so only the domains whose totals are published in every "
                "territory can be ranked."
            )
        )
    if ranked.empty:
        return prose(_("Without answers there is no theme to propose."))
    everywhere = ranked[(ranked["n_areas"] == ranked["n_areas"].max()) & (ranked["smallest"] > 0)]
    first = ranked.iloc[0]
    named = (
        _(
            "Named in every territory with answers: {domains}. The first of them is named by at "
            "least {share} of the respondents of each territory (95% interval of the smallest share: "
            "{interval}).",
            domains=listing(label(DOMAIN, d).lower() for d in everywhere["domain"]),
            share=percent(first["smallest"], 0),
            interval=interval(first["low"], first["high"], 0),
        )
        if len(everywhere)
        else _("No domain is named in every territory.")
    )
    firm = (
        _("Its first place is firm.")
        if first["rank_high"] == 1
        else _(
            "The order is not firm: with these numbers, the domain in first place could take any "
            "place from {low} to {high}.",
            low=number(first["rank_low"]),
            high=number(first["rank_high"]),
        )
    )
    return prose(named, firm if len(ranked) > 1 and len(everywhere) else None)
