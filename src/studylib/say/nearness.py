"""Sentences on nearness: what hangs on the measure, what stands out, what complexity is worth."""

import pandas as pd

from studylib.diversify.metro_names import metro_name
from studylib.ket.fields import field_name
from studylib.language.counted import fields
from studylib.language.given import in_sentence
from studylib.language.words import _, listing, ngettext, number, percent
from studylib.patents.dataset import Dataset
from studylib.report.labels import NEARNESS, label
from studylib.report.prose import Prose, lack, prose
from studylib.say.neighbours import untried
from studylib.stats.power import LEVEL
from studylib.stats.quotients import false_discovery

NAMED = 3  # fields a sentence names
FIRST = 4  # a fourth of the fields: the demanding ones


def measures(found: pd.DataFrame) -> Prose:
    """Which measure foretells more, and what hangs on it."""
    own, others = found.iloc[0], found.iloc[1:]
    furthest = others.sort_values("same_nearest", kind="stable").iloc[0]
    return prose(
        _(
            "The way used here puts {own} of 100 pairs in the right order, the others {low} to "
            "{high}.",
            own=number(100 * own["auc"]),
            low=number(100 * others["auc"].min()),
            high=number(100 * others["auc"].max()),
        )
        if found["auc"].notna().all()
        else None,
        _(
            "Of the ten classes nearest to a class, {same} on average are the same if nearness is "
            "counted otherwise (“{measure}”). So a neighbour that only one way of counting names "
            "is a question to ask, not an answer.",
            same=number(10 * furthest["same_nearest"], 1),
            measure=label(NEARNESS, furthest["measure"]),
        ),
    )


def densities(study: Dataset, found: pd.DataFrame) -> Prose:
    """What stands out around each area, and how little of density is more than size."""
    if found.empty:
        return lack(
            ""  # said where it would have been tried
            if untried(study)
            else _(
                "No area of this study can be read in the wide data, so nothing is said of what "
                "lies near what it holds."
            )
        )
    shown = found[found["q"] < LEVEL]
    more = shown[shown["density"] > shown["chance"]].sort_values("p", kind="stable")
    fewer = len(shown) - len(more)
    return prose(
        _(
            "More of what is near than chance gives: {named}.",
            named=_("; ").join(
                _(
                    "{field} around {area}",
                    field=in_sentence(field_name(row["field_id"])),
                    area=metro_name(row["region"]),
                )
                for _i, row in more.head(NAMED).iterrows()
            ),
        )
        if len(more)
        else _("No field has more of what is near than chance gives."),
        ngettext(
            "{n} has less.", "{n} have less.", fewer
        )
        if fewer
        else None,
        _all_areas(found, len(shown)),
        _(
            "Over all areas, how much an area holds and how common a field is explain {part} of "
            "density: that a field lies near says mostly that much is done there, or that the field "
            "is done everywhere. Of the classes held, {flips} would not be in another count of the "
            "same size.",
            part=percent(found["explained"].mean(), 0),
            flips=percent(found.drop_duplicates("region")["flips"].mean(), 0),
        ),
    )  # fmt: skip


def _all_areas(found: pd.DataFrame, n: int) -> str | None:
    """How many would be told if areas were not held against false discovery each by itself."""
    together = int((false_discovery(found["p"].to_numpy()) < LEVEL).sum())
    if not n or together == n:
        return None
    if not together:
        return _(
            "Each area is held against false discovery by itself; with all rows of all areas taken "
            "together none would be told from chance."
        )
    return ngettext(
        "Each area is held against false discovery by itself; with all rows of all areas taken "
        "together {n} would be told from chance.",
        "Each area is held against false discovery by itself; with all rows of all areas taken "
        "together {n} would be told from chance.",
        together,
    )


def complexity(found: pd.DataFrame) -> Prose:
    """Whether the two definitions agree, and what may be told from them."""
    if found.empty:
        return lack(
            _(
                "Complexity cannot be told from this corpus: it is too small, or falls into parts "
                "that share no technology."
            )
        )
    apart = (found["eci"] - found["fitness"]).abs()
    far = found.loc[apart.sort_values(ascending=False, kind="stable").index[0]]
    both = found[(found[["eci", "fitness"]] <= len(found) / FIRST).all(axis=1)]
    named = both.sort_values("eci", kind="stable")["field_id"]
    return prose(
        _(
            "Over classes the ranks of the two definitions agree to {classes} and over areas to "
            "{areas}, where 1 would be the same order. They differ most on {field}: number {eci} by "
            "the index and number {fitness} by fitness, of {fields}.",
            classes=number(found["classes_agree"].iloc[0], 2),
            areas=number(found["regions_agree"].iloc[0], 2),
            field=in_sentence(field_name(far["field_id"])),
            eci=number(far["eci"]),
            fitness=number(far["fitness"]),
            fields=fields(len(found)),
        ),
        _(
            "In the first quarter by both: {named}.",
            named=listing(in_sentence(field_name(key)) for key in named),
        )
        if len(named)
        else None,
        _(
            "For a cluster that means: complexity says how rare a field is and in what company, "
            "not what it earns; it is no reason to choose one."
        ),
    )
