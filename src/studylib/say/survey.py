"""Sentences of the survey page."""

import pandas as pd

from studylib import survey
from studylib.language import words
from studylib.language.counted import comparisons, domains
from studylib.language.words import _, interval, listing, ngettext, number, percent
from studylib.patents.dataset import Dataset
from studylib.report.labels import DOMAIN, label
from studylib.report.prose import Prose, prose
from studylib.stats.power import NOT_POSSIBLE, SHOWN
from studylib.survey import disclosure, side_differences
from studylib.survey import themes as themes_of
from studylib.survey.claim_tests import SIGNIFICANT
from studylib.survey.codebook import DOMAINS
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
    findings = _joint(study), _most_wanted(study), *_compared(study)
    finding = " ".join(text for text in findings if text)
    return prose(finding, first, kind="headline")


def _most_wanted(study: Dataset) -> str:
    """What each side names most often, with its interval; all that are named equally often."""
    table = survey.interests(study)
    if table.groupby("area")["is_held_back"].any().all():
        return _("What each territory names most often is held back: respondents were promised it.")
    parts = []
    for area in study.territories:
        here = table[table["area"] == area]
        if here["is_held_back"].any():  # the largest may be among what is held back
            parts.append(_("{area}: held back", area=study.area_name(area)))
            continue
        own = here[here["n"] > 0]
        if own.empty:
            parts.append(_("{area}: no domain named", area=study.area_name(area)))
            continue
        top = own[own["n"] == own["n"].max()]
        row = top.iloc[0]
        parts.append(
            _(
                "{area}: {domains}, {share}",
                area=study.area_name(area),
                domains=listing(label(DOMAIN, d).lower() for d in top["domain"]),
                share=words.share_words(row["n"], row["base"], row["low"], row["high"], digits=0),
            )
        )
    return _("Most often named: {parts}.", parts=_("; ").join(parts))


def _joint(study: Dataset) -> str | None:
    """What every side names, where there are two or more with answers."""
    ranked, counts = themes_of.joint_themes(study), survey.who_answered(study)
    sides = int((counts["n_answered"] > 0).sum())
    if sides < 2 or survey.holds_back(study):  # noqa: PLR2004 (one side names nothing together)
        return None
    found = ranked.loc[ranked["n_areas"] == sides, "domain"].tolist()
    if not found:
        return _("No domain is named in every territory.")
    return _("Named in every territory with answers: {domains}.", domains=_domains(found))


def _compared(study: Dataset) -> list[str]:
    """Whether any difference between the sides is shown, in which scope, and what could have been."""
    pairs = side_differences.differences(study).dropna(subset="p_holm")
    if pairs.empty:
        return []
    n = domains(pairs["domain"].nunique())
    shown = pairs[pairs["verdict"] == SHOWN]
    differ = _profiles_that_differ(study)
    if len(shown):
        first = _(
            "Of {n} compared, a difference between the sides is shown in {domains}.",
            n=n,
            domains=_domains(shown["domain"].tolist()),
        )
    elif differ:
        first = _("Of {n} compared, no single one shows a difference between the sides.", n=n)
    elif side_differences.profile_differences(study)["p"].isna().all():
        first = _("No difference between the sides is shown in any of the {n} compared.", n=n)
    else:
        first = _(
            "No difference between the sides is shown, neither in any of the {n} compared nor "
            "over all together: with so few answers, or so alike, chance alone could give what is "
            "seen.",
            n=n,
        )
    return [first, *differ, *_unable(pairs)]


def _profiles_that_differ(study: Dataset) -> list[str]:
    """A sentence for each pair of territories whose whole profiles differ."""
    table = side_differences.profile_differences(study)
    found = table[table["p"] < SIGNIFICANT]
    return [
        _("Over all domains together, the profiles differ: {sides}.", sides=_sides(study, a, b))
        for a, b in zip(found["area_a"], found["area_b"], strict=True)
    ]


def _unable(pairs: pd.DataFrame) -> list[str]:
    """In how many comparisons no difference could have been shown."""
    n = int((pairs["verdict"] == NOT_POSSIBLE).sum())
    if not n:
        return []
    return [
        ngettext(
            "In {n} of {all} the answers are so few that none could have been shown.",
            "In {n} of {all} the answers are so few that none could have been shown.",
            n,
            all=comparisons(len(pairs)),
        )
    ]


def _sides(study: Dataset, a: str, b: str) -> str:
    """Two territories, or all of them."""
    if a == side_differences.ALL:
        return _("all territories together")
    return listing([study.area_name(a), study.area_name(b)])


def _domains(found: list[str]) -> str:
    """Domains in their canonical order, as they stand in a sentence."""
    return listing(label(DOMAIN, d).lower() for d in DOMAINS if d in set(found))


def who(study: Dataset, counts: pd.DataFrame, notes: pd.DataFrame) -> Prose:
    """What was asked, who is missing, which columns were left behind."""
    question = survey.book_of(study).question_in(study.language)
    asked = int(counts["n_asked"].notna().sum())
    silent = int(counts["n_silent"].sum()) if "n_silent" in counts else 0
    private = notes.loc[notes["what"].astype("str") == PERSONAL, "value"].tolist()
    return prose(
        _("The question was: “{question}”", question=question) if question else None,
        _(
            "How many organisations were asked is not known for every territory, so nothing can "
            "be said of those who did not answer."
        )
        if asked < len(counts)
        else None,
        ngettext(
            "{n} submission left the question blank. It is in no base.",
            "{n} submissions left the question blank. They are in no base.",
            silent,
        )
        if silent
        else None,
        _(
            "Columns with personal data were left behind when the file was read: {columns}.",
            columns=listing(private),
        )
        if private
        else _("The file has no column with personal data."),
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
        _("Nobody named {domains}.", domains=_domains(unnamed)) if unnamed else None,
        *_promise(study, shares),
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


def _promise(study: Dataset, shares: pd.DataFrame) -> list[str]:
    """What respondents were promised, and what is held back for it, with the rule."""
    level = disclosure.level(study)
    if disclosure.is_public(study):
        return []
    said = [
        _(
            "Respondents were promised that only totals per territory and domain are published: "
            "what they wrote in their own words, and what was typed in place of an answer, is "
            "held back."
        )
    ]
    held = int(shares["is_held_back"].sum())
    if level == "strict":
        said.append(
            ngettext(
                "{n} of {all} totals is held back too: it tells of fewer than {few}, of all but "
                "fewer than {few}, or it would give such a total back.",
                "{n} of {all} totals are held back too: they tell of fewer than {few}, of all but "
                "fewer than {few}, or they would give such a total back.",
                held,
                all=number(len(shares)),
                few=number(disclosure.FEWEST),
            )
        )
    elif held:
        said.append(
            ngettext(
                "{n} of {all} totals is held back too: its base would tell of fewer than {few} "
                "whose answer could not be read.",
                "{n} of {all} totals are held back too: their bases would tell of fewer than {few} "
                "whose answer could not be read.",
                held,
                all=number(len(shares)),
                few=number(disclosure.FEWEST),
            )
        )
    return said


def differences(study: Dataset, pairs: pd.DataFrame) -> Prose:
    """What the tests show, domain by domain and for the whole profile."""
    known = pairs.dropna(subset="p_boschloo")
    if known.empty and survey.holds_back(study):
        return prose(_("The totals that could be compared are held back."))
    if known.empty:
        return prose(
            _("There are no two territories with answers, so there is nothing to compare.")
        )
    return prose(" ".join(_compared(study)), *_profiles(study), _sure(study, known))


def _profiles(study: Dataset) -> list[str]:
    """Whether whole profiles differ, for each pair and for all."""
    sentences = []
    table = side_differences.profile_differences(study).dropna(subset="p")
    rows = zip(table["area_a"], table["area_b"], table["method"], table["p"], strict=True)
    for a, b, method, p in rows:
        sides = _sides(study, a, b)
        test = (
            _("exact test of Freeman and Halton")
            if method == "exact"
            else _("permutation of respondents")
        )
        text = (
            _("Over all domains, {sides}: the profiles differ ({test}, p = {p}).")
            if p < SIGNIFICANT
            else _(
                "Over all domains, {sides}: no difference of profiles is shown ({test}, p = {p})."
            )
        )
        sentences.append(text.format(sides=sides, test=test, p=number(p, 2)))
    return sentences


def _sure(study: Dataset, known: pd.DataFrame) -> str:
    """How sure one can be of the largest difference."""
    row = known.iloc[int(known["difference"].abs().to_numpy().argmax())]
    first_larger = row["difference"] > 0
    a, b = (study.area_name(row[k]) for k in ("area_a", "area_b"))
    return _(
        "The largest difference is in {domain}. That the true share is larger in {area} has a "
        "probability of {p}; the difference may lie anywhere from {low} to {high} points.",
        domain=label(DOMAIN, row["domain"]).lower(),
        area=a if first_larger else b,
        p=percent(row["p_greater"] if first_larger else 1 - row["p_greater"], 0),
        low=number(row["low"] * 100, 0),
        high=number(row["high"] * 100, 0),
    )


def themes(study: Dataset, ranked: pd.DataFrame) -> Prose:
    """Which themes every side names, and how firm their order is."""
    if survey.holds_back(study):
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
            "least {share} of the respondents of each territory (95% interval {interval}).",
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
