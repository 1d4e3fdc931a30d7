"""Joint projects province by province: the pairs above either kind of chance, and above one alone."""

import pandas as pd

from studylib.language.counted import pairs as pairs_in_words
from studylib.language.words import _, ngettext, number
from studylib.show.areas.joint_projects import above_both
from studylib.show.areas.side_names import province_pair

TAIL = 0.025  # of draws lie above their interval


def sentence(pairs: pd.DataFrame) -> str:
    """Which provinces of the two territories share more projects than chance gives."""
    more = above_both(pairs)
    above = (pairs["verdict"] == "more") | (pairs["verdict_kept"] == "more")
    alone = pairs[above & ~pairs.index.isin(more.index)]
    said = [_of_both(pairs, more)]
    if len(alone):
        said.append(
            ngettext(
                "{n} more lies above one of the two kinds alone: {named}.",
                "{n} more lie above one of the two kinds alone: {named}.",
                len(alone),
                named=_named(alone),
            )
        )
    return " ".join(said)


def _of_both(pairs: pd.DataFrame, more: pd.DataFrame) -> str:
    """The pairs with more than either kind of chance gives, or that there is none."""
    if more.empty:
        return _(
            "Province by province, of {pairs} none has more joint projects than chance gives, both "
            "if every participation is dealt anew and if each province stays in as many projects as "
            "it was.",
            pairs=pairs_in_words(len(pairs)),
        )
    return ngettext(
        "Province by province, of {pairs} {n} has more joint projects than chance gives, both if "
        "every participation is dealt anew and if each province stays in as many projects as it "
        "was: {named}. By chance alone one would expect at most {few} of {all} to have.",
        "Province by province, of {pairs} {n} have more joint projects than chance gives, both if "
        "every participation is dealt anew and if each province stays in as many projects as it "
        "was: {named}. By chance alone one would expect at most {few} of {all} to have.",
        len(more),
        pairs=pairs_in_words(len(pairs)),
        all=number(len(pairs)),
        named=_named(more),
        few=number(TAIL * len(pairs), 1),
    )


def _named(pairs: pd.DataFrame) -> str:
    """Pairs with their projects and what the two kinds of chance give."""
    return _("; ").join(
        _(
            "{pair}, {joint} where chance gives {expected} and {kept}",
            pair=province_pair(row),
            joint=number(row["joint"]),
            expected=number(row["expected"], 1),
            kept=number(row["expected_kept"], 1),
        )
        for _i, row in pairs.iterrows()
    )
