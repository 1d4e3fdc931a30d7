"""
The list of cluster organisations of a study, and what each of them says it does.

    clusters.csv --read--> one row per organisation
                 --attributes--> one row per organisation and sector, KET, symbol, interest

The list is a file anybody can replace: CSV or a workbook with a name, a territory and sectors per
row.  Sectors become IPC symbols by `network.sectors`; a sector of services has none, because
services do not patent.  Interests stand here only if the
list itself states them: no answer to a survey is ever attached to a name.
"""

import difflib
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from studylib import ket, tables
from studylib.clean import centres
from studylib.errors import DataError, quoted, several, some
from studylib.files import hand_kept, hand_kept_columns
from studylib.network import sector_names, sectors
from studylib.network.sectors import Sectors
from studylib.patents.dataset import scheme_path
from studylib.study import inputs
from studylib.study.model import Study

DOMAINS = ("innovation", "good_practice", "internationalisation", "training", "other")
NEEDED = ("name", "territory", "sectors")
OPTIONAL = (
    "cluster_id", "place", "nuts", "website", "members", "kets", "interests", "fp7_name",
    "source", "evidence",
)  # fmt: skip
LISTED = {"sector": "sectors", "ket": "kets", "interest": "interests"}
"""Kind of attribute -> column of the list, values separated by semicolons."""
LIKE = 0.85  # a sector this like a known one, and not known, is taken for a slip of the pen


def of_study(study: Study) -> dict[str, pd.DataFrame]:
    """The canonical tables of the study's list: `clusters`, `cluster_attributes`; {} without."""
    if study.clusters is None:
        return {}
    names: dict[str, str] = {}
    for area in study.territories:
        given = area.name.values() if isinstance(area.name, dict) else [area.name]
        names |= dict.fromkeys(given, area.id)

    def rules() -> Sectors:
        """The rules of the study."""
        return sectors.of_study(study)

    # Rules are asked for last: a mistake in them hides none of the list's own.
    organisations = read(study.path(study.clusters), names, rules, scheme_path(study))
    return {"clusters": organisations, "cluster_attributes": attributes(organisations, rules())}


def with_source(files: pd.DataFrame, study: Study) -> pd.DataFrame:
    """The table `sources` with the file of the list, if the study has one."""
    if study.clusters is None:
        return files
    own = inputs.table_of(study, {study.clusters: "clusters"}).assign(role="clusters")
    return pd.concat([files, own], ignore_index=True).drop_duplicates(["source_id", "file"])


def read(
    path: Path,
    territories: dict[str, str],
    known: Callable[[], Sectors] = sectors.read,
    scheme: Path = ket.DEFAULT_SCHEME,
) -> pd.DataFrame:
    """
    The list as a checked table, sorted by cluster_id (contract `clusters`).

    Parameters
    ----------
    path
        CSV or workbook; first row: name, territory, sectors and, if known, the `OPTIONAL` ones.
        Sectors, KETs and interests are separated by semicolons; sectors stand in any language of
        the rules, also two of them joined (`TIC / turismo`).  `source` is in English;
        `source_fr` (`_es`, `_eu`) says the same in French, and stays a column of the table.  So
        do `name_fr` and `place_fr`: the name as its readers know it, and that of its seat.
    territories
        Names of the study's territories as they may be written -> as they stand in tables.
    known
        Gives the rules on sectors; by default those the library ships.
    scheme
        The rule file of the KETs that may be stated.

    Raises
    ------
    DataError
        See `hand_kept.read`; a row has no name, territory or sector, members are no whole number, a
        territory, region, KET or interest is not known, an organisation stands twice, a sector
        looks misspelt.
    """
    frame = hand_kept.read(path, NEEDED, OPTIONAL, spoken=("name", "place", "source"))
    rules = known()
    lists = {column: frame[column].map(_list, na_action="ignore") for column in LISTED.values()}
    lists["sectors"] = frame["sectors"].map(lambda text: _sectors(text, rules), na_action="ignore")
    frame = frame.assign(**lists)
    hand_kept_columns.filled(frame, NEEDED, path.name)
    stated = frame["territory"].map(territories)
    if (unknown := frame.loc[stated.isna(), "territory"]).size:
        raise DataError(
            f"{quoted(path.name)}: "
            f"{several(len(unknown), 'organisation lies', 'organisations lie')} in no territory "
            "of the study: "
            f"{some(sorted(set(unknown)))}. Known: {some(territories)}."
        )
    frame = frame.assign(
        cluster_id=frame["cluster_id"].fillna(frame["name"].map(hand_kept.key)),
        territory=stated,
        members=hand_kept_columns.whole(frame["members"], path.name),
    )
    twice = frame.loc[frame["cluster_id"].duplicated(keep=False), "name"]
    if len(twice):
        raise DataError(
            f"{quoted(path.name)}: "
            f"{several(len(twice), 'organisation shares', 'organisations share')} an id or a "
            f"name: {some(twice)}."
        )
    _known(frame, path.name, rules, scheme)
    _on_the_map(frame["nuts"].dropna(), path.name)
    return tables.check(frame, "clusters").sort_values("cluster_id", ignore_index=True)


def _known(frame: pd.DataFrame, name: str, rules: Sectors, scheme: Path) -> None:
    """Raise if a KET or an interest is not known, or a sector looks like a known one."""
    allowed: dict[str, tuple[str, ...]] = {"interests": DOMAINS}
    if frame["kets"].notna().any():  # a list that states none needs no scheme
        allowed["kets"] = ket.load_scheme(scheme).kets
    for column, values in allowed.items():
        if unknown := sorted(_values(frame[column]) - set(values)):
            raise DataError(
                f"{quoted(name)}: `{column}` has {some(unknown)}; it can be {', '.join(values)}."
            )
    listed = sorted(rules.known)
    for sector in rules.unknown(sorted(_values(frame["sectors"]))):
        if close := difflib.get_close_matches(sector, listed, n=1, cutoff=LIKE):
            raise DataError(
                f"{quoted(name)}: the sector {quoted(sector)} is not known; is it "
                f"{quoted(close[0])}? Known: {', '.join(listed)}. Choose a clearly different "
                "name for a new sector."
            )


def _on_the_map(codes: pd.Series, name: str) -> None:
    """Raise if the region of a seat is none."""
    unknown = codes[centres.of_codes(codes)["lon"].isna()]
    if len(unknown):
        raise DataError(
            f"{quoted(name)}: `nuts` has {some(sorted(set(unknown)))}, which is no NUTS region "
            "of level 1 to 3. Write a code such as 'ES213', or leave the cell empty."
        )


def _values(lists: pd.Series) -> set[str]:
    """Every value of a column of lists."""
    return {value for text in lists.dropna().unique() for value in text.split(";")}


def _list(text: str) -> str | None:
    """`ICT; Health` as `health;ict`: keys, each once, sorted."""
    return (
        ";".join(sorted({key for part in text.split(";") if (key := hand_kept.key(part))})) or None
    )


def _sectors(text: str, rules: Sectors) -> str | None:
    """`Santé / TIC` as `health;ict`: what the rules call them, in whatever language they stand."""
    parts = [part for part in text.split(";") if part.strip()]
    keys = {key for part in parts for key in sector_names.meant(part, rules.spellings)} - {""}
    return ";".join(sorted(keys)) or None


def attributes(organisations: pd.DataFrame, known: Sectors | None = None) -> pd.DataFrame:
    """
    What each organisation does (contract `cluster_attributes`), sorted.

    One row per (cluster_id, kind, item): sectors, KETs and interests as the list states them,
    symbols of technology by the rules on sectors (`via` names the sectors).
    """
    parts = []
    for kind, column in LISTED.items():
        lists = organisations.dropna(subset=column).set_index("cluster_id")[column]
        stated = lists.astype("str").str.split(";").explode().rename("item").reset_index()
        parts.append(stated.assign(kind=kind, via="stated"))
    rules = (known or sectors.read()).technologies
    told = parts[0].merge(rules, left_on="item", right_on="sector")
    told = told.assign(item=told["technology"])
    by_item = told.groupby(["cluster_id", "item"], sort=True)["sector"].agg(";".join)
    parts.append(by_item.rename("via").reset_index().assign(kind="technology"))
    frame = tables.check(pd.concat(parts, ignore_index=True), "cluster_attributes")
    return frame.sort_values(["cluster_id", "kind", "item"], ignore_index=True)
