"""Sentences on sectors and fields of technology: what leads, and where the territories differ."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from studylib.ket.fields import field_name, sector_name
from studylib.language.counted import comparisons, units
from studylib.language.counted import fields as fields_in_words
from studylib.language.counted import sectors as sectors_in_words
from studylib.language.given import in_sentence
from studylib.language.words import _, listing, ngettext, number, percent
from studylib.patents import differences, shares
from studylib.patents.dataset import Dataset
from studylib.report.prose import Prose, prose
from studylib.stats import profiles
from studylib.stats.power import LEVEL, NOT_POSSIBLE, SHOWN

NAMED = 3  # technologies a sentence names; of more it says how many
FEWEST = 10  # classified units of a territory of which a leading sector is said


def in_short(study: Dataset) -> str:
    """The leading sector of each side, where the sides differ, and where none could be shown to."""
    tests = differences.sector_differences(study), differences.field_differences(study)
    return " ".join(filter(None, [_leading(study), *compared(study, *tests), _unable(*tests)]))


def sides(study: Dataset, sectors: pd.DataFrame, fields: pd.DataFrame) -> Prose:
    """What the tests of sectors and fields show, with what could not have been shown."""
    return prose(
        " ".join(compared(study, sectors, fields)),
        _all_together(study, sectors, fields),
        _unable(sectors, fields) or None,
    )


def _all_together(study: Dataset, sectors: pd.DataFrame, fields: pd.DataFrame) -> str | None:
    """Which shown differences would not be, if all tests of the page were held together."""
    named = (
        (sectors, "sector_id", sector_name),
        (fields, "field_id", field_name),
        (differences.ket_differences(study), "ket", study.ket_name),
    )
    rows = [
        (name(row[item]), row["p"], row["verdict"])
        for table, item, name in named
        for _i, row in table.dropna(subset="p_holm").iterrows()
    ]
    held = profiles.holm([p for _name, p, _verdict in rows])
    lost = [
        in_sentence(name)
        for (name, _p, verdict), p in zip(rows, held, strict=True)
        if verdict == SHOWN and p >= LEVEL
    ]
    if not lost:
        return None
    return ngettext(
        "Each table holds its own rows. Held over all {tests} of sectors, fields and KETs together, "
        "this difference would not be shown: {names}.",
        "Each table holds its own rows. Held over all {tests} of sectors, fields and KETs together, "
        "these differences would not be shown: {names}.",
        len(lost),
        tests=comparisons(len(rows)),
        names=listing(dict.fromkeys(lost)),
    )


def _unable(sectors: pd.DataFrame, fields: pd.DataFrame) -> str:
    """In how many comparisons nothing could have been shown; of all it has been said."""
    verdicts = pd.concat([table.dropna(subset="p_holm")["verdict"] for table in (sectors, fields)])
    unable = int((verdicts == NOT_POSSIBLE).sum())
    if not 0 < unable < len(verdicts):
        return ""
    return ngettext(
        "In {n} of {all} the numbers are so small that even with all of it on the side that has "
        "more, a difference would be missed in more than one of five such studies.",
        "In {n} of {all} the numbers are so small that even with all of it on the side that has "
        "more, a difference would be missed in more than one of five such studies.",
        unable,
        all=comparisons(len(verdicts)),
    )


def compared(study: Dataset, sectors: pd.DataFrame, fields: pd.DataFrame) -> list[str]:
    """Where the territories differ, as sentences; none where nothing was tested."""
    if sectors.dropna(subset="p_holm").empty:
        return []
    some, few = (table[table["verdict"] == SHOWN] for table in (sectors, fields))
    all_sectors = sectors_in_words(sectors["sector_id"].nunique())
    all_fields = fields_in_words(fields["field_id"].nunique())
    if all((table["verdict"] == NOT_POSSIBLE).all() for table in (sectors, fields)):
        return [
            _(
                "No difference between the territories could have been shown in any of the "
                "{sectors} and {fields} of technology: the patents are too few.",
                sectors=all_sectors,
                fields=all_fields,
            )
        ]
    if some.empty and few.empty:
        return [
            _(
                "No difference between the territories is shown in any of the {sectors} and "
                "{fields} of technology.",
                sectors=all_sectors,
                fields=all_fields,
            )
        ]
    return [
        _(
            "Of {sectors}, a difference between the territories is shown in {names}.",
            sectors=all_sectors,
            names=_named(study, some, "sector_id", sector_name),
        )
        if len(some)
        else _("A difference is shown in none of the {sectors}.", sectors=all_sectors),
        _(
            "Of {fields}, a difference is shown in {names}.",
            fields=all_fields,
            names=_named(study, few, "field_id", field_name),
        )
        if len(few)
        else _("A difference is shown in none of the {fields}.", fields=all_fields),
        _("Patents of both territories compared are left out of these tests."),
    ]


def _leading(study: Dataset) -> str:
    """The sector most patents of each territory lie in; none of a territory of a few patents."""
    table = shares.sector_shares(study)
    first = {}
    for area in study.territories:
        own = table[(table["area"] == area) & (table["n"] > 0) & (table["base"] >= FEWEST)]
        names = [sector_name(key) for key in own.loc[own["n"] == own["n"].max(), "sector_id"]]
        if names:
            first[area] = listing(in_sentence(name) for name in names)
    if not first:
        return ""
    if len(study.territories) > 1 and len(first) == len(study.territories):
        [every, *others] = dict.fromkeys(first.values())
        if not others:
            return _(
                "Sector of technology with most patents in every territory: {sector}.", sector=every
            )
    if len(first) == 1:
        [(area, named)] = first.items()
        return " ".join([
            _(
                "Sector of technology with most patents in {area}: {sectors}.",
                area=study.area_name(area),
                sectors=named,
            ),
            *_too_few(study, area),
        ])  # fmt: skip
    parts = [
        _("in {area}, {parts}", area=study.area_name(area), parts=named)
        for area, named in first.items()
    ]
    return _("Sector of technology with most patents: {parts}.", parts=_("; ").join(parts))


def _named(study: Dataset, found: pd.DataFrame, item: str, name: Callable[[Any], str]) -> str:
    """The technologies that differ, those with the smallest p first, each with what was tested."""
    rows = found.sort_values(["p", item], kind="stable")
    said = [_difference(study, row, name(row[item])) for _i, row in rows[:NAMED].iterrows()]
    more = len(rows) - NAMED
    if more > 0:
        said.append(ngettext("{n} more comparison", "{n} more comparisons", more))
    return listing(said)


def _difference(study: Dataset, row: "pd.Series[Any]", name: str) -> str:
    """One technology with the numbers of both sides that were tested."""
    parts = []
    for side in ("first", "second"):
        n, base = row[f"n_{side}"], row[f"base_{side}"]
        parts.append(
            _(
                "{area} {n} of {base}, {share}",
                area=study.area_name(row[side]),
                n=number(n),
                base=number(base),
                share=percent(n / base),
            )
        )
    return _("{name} ({shares})", name=in_sentence(name), shares=_("; ").join(parts))


def _too_few(study: Dataset, told: str) -> list[str]:
    """Of which other territories no leading sector is said, and why."""
    others = [study.area_name(area) for area in study.territories if area != told]
    if not others:
        return []
    return [
        _(
            "None is named for {areas}, with fewer than {units} classified.",
            areas=listing(others),
            units=units(study.rule.unit, FEWEST),
        )
    ]
