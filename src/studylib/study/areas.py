"""The areas of a study as a table: territories, comparison areas, the reference."""

import pandas as pd

from studylib.study.model import Study


def areas_of(study: Study) -> pd.DataFrame:
    """
    The areas of a study, in its order: one row per area and NUTS prefix or whole country.

    Columns: area (its name in tables), kind (territory|comparison|reference), nuts and version
    (missing for a whole country), country (missing for regions).
    """
    rows: list[tuple[str, str, str | None, str | None, str | None]] = []
    for area in study.territories:
        rows += [(area.id, "territory", prefix, area.nuts_version, None) for prefix in area.nuts]
        if not area.nuts:
            rows.append((area.id, "territory", None, None, area.country))
    for other in study.comparison:
        rows += [
            (other.id, "comparison", prefix, other.nuts_version, None) for prefix in other.nuts
        ]
    if study.reference:
        name = study.reference.named("en")
        rows += [(name, "reference", None, None, country) for country in study.reference.countries]
    return pd.DataFrame(rows, columns=["area", "kind", "nuts", "version", "country"], dtype="str")
