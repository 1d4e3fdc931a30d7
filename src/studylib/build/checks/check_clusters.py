"""
What `check` says of the list of cluster organisations, and of the rules only the list asks for.

    territory  nuts      told by `check`
    Euskadi    ES213
    Euskadi    FR615     a slip in one of the two, or an office across the border

The list counts as it stands: an organisation may sit outside its territory, and one of the other
country is more often a slip.
"""

from collections.abc import Iterator

import pandas as pd

from studylib.build.checks import check_names
from studylib.clean import places
from studylib.errors import listed, quoted, several, some
from studylib.files import hand_kept
from studylib.network import clusters, sectors, theme_rules
from studylib.study.areas import areas_of
from studylib.study.model import Study


def lines(study: Study) -> Iterator[str]:
    """The list of cluster organisations: how many there are, where, and what is odd."""
    if study.clusters:
        known = clusters.of_study(study)["clusters"]
        per_area = known["territory"].value_counts().reindex(study.territory_ids, fill_value=0)
        counted = ", ".join(f"{area} {n:,}" for area, n in per_area.items())
        organisations = several(len(known), "organisation", "organisations")
        yield f"{study.clusters.name}: {organisations}: {counted}."
        yield from _away(study, study.clusters.name, known)
        if left := hand_kept.other_sheets(study.path(study.clusters), clusters.NEEDED):
            are = several(len(left), "sheet has", "sheets have")
            yield f"{study.clusters.name}: {are} no such columns and no row is read: {some(left)}."


def themes(study: Study) -> Iterator[str]:
    """The rules on sectors and themes, which only a list of organisations asks for."""
    if study.clusters:
        known, own = sectors.of_study(study), theme_rules.path_of(study)
        yield f"{known.file}: {several(len(known.known), 'sector', 'sectors')}."
        yield f"{own.name}: {several(len(theme_rules.rules(own)), 'theme', 'themes')}."
        yield from check_names.unknown_sectors(study)


def _away(study: Study, name: str, known: pd.DataFrame) -> Iterator[str]:
    """A line where seats lie in no region (or not in the country) of their territory."""
    rows = known.dropna(subset="nuts")
    if rows.empty:
        return
    areas = areas_of(study)
    seats = pd.DataFrame(
        {"country": None, "nuts_id": rows["nuts"], "nuts_version": None}, rows.index, dtype="str"
    )
    lies = places.assign(seats, areas[areas["kind"] == "territory"])["area"]
    at_home = lies.index[lies == rows["territory"].reindex(lies.index)]
    away = rows.loc[~rows.index.isin(at_home), ["name", "nuts", "territory"]]
    if away.empty:
        return
    found = [
        f"{quoted(who)} ({quoted(seat)}, listed in {quoted(area)})"
        for who, seat, area in away.itertuples(index=False)
    ]
    yield (
        f"{name}: {several(len(away), 'seat lies', 'seats lie')} outside the territory of the "
        f"organisation: {listed(found)}. It counts there all the same; correct `nuts` or "
        "`territory` where one of them is wrong."
    )
