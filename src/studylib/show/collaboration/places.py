"""Where the organisations are, and what already runs between these places: a map and its table."""

from typing import Any

import pandas as pd

from studylib import figures
from studylib.figures.picture import Picture
from studylib.files.outlines import Points, lines
from studylib.language.counted import european_projects
from studylib.language.given import translated
from studylib.language.words import _, is_missing, mark, ngettext, number
from studylib.network import Network, places
from studylib.network.labels import organisation as name_of
from studylib.patents.dataset import Dataset
from studylib.report.labels import label
from studylib.report.prose import BRIEF
from studylib.report.table import Table, table
from studylib.show.common import marked, source, territory_names, with_mark
from studylib.show.findings import few

KIND = {
    "projects": mark("Joint European projects (FP7, 2007–2013)"),
    "patents": mark("Joint patents, by region of the inventors"),
}


class FrontPicture(Picture):
    """A picture that stands on the front page of the study too."""

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        bundle = super()._repr_mimebundle_(**kwargs)
        if not self.is_empty:
            drawn = {"html": bundle["text/html"], "svg": self.small_svg(), "alt": self.alt,
                     "title": self.caption.title, "measure": self.caption.measure,
                     "source": self.caption.source}  # fmt: skip
            bundle[BRIEF] = {"figure": drawn}
        return bundle


def cartogram(study: Dataset, network: Network) -> Picture:
    """
    Seats of the list by region, with joint projects and joint patents between regions.

    Stands on the front page too.
    """
    regions = places.seats(study, network)
    links = places.links(study)
    regions = regions.assign(
        area=[study.area_name(area) if area else "" for area in regions["area"]]
    )
    drawn = figures.cartogram(
        regions,
        links,
        territories=territory_names(study),
        kinds={kind: _kind(study, kind) for kind in places.KINDS},
        border=_("Border: half way between the centres of regions"),
        title=_finding(study, regions, links),
        alt=_("Map of the regions, each a circle at its place, and lines between them."),
        measure=_("Circle and number: organisations of the list with their seat in the region")
        if regions["n"].fillna(0).sum()
        else _("Regions of the territories, and what runs between them"),
        outlines=_outlines(study),
        note=_note(study, network),
        source=source(study, "clusters", *_roles(links), "centres"),
        name="map",
    )
    return FrontPicture(drawn.draw, drawn.frame, drawn.caption, drawn.seen)


def place_links(study: Dataset) -> Table:
    """What the lines of the map stand for, row by row, and what has no place on it."""
    links = places.links(study, on_map=False)
    codes = sorted({*links["nuts_id"], *links["other_nuts_id"]})
    names = dict(zip(codes, places.names_of(codes), strict=True))
    names |= {area: study.area_name(area) for area in study.territories}  # of no region known
    shown = pd.DataFrame(
        {
            "pair": [
                f"{names[one]} – {names[other]}"
                for one, other in zip(links["nuts_id"], links["other_nuts_id"], strict=True)
            ],
            "what": [_kind(study, str(kind)) for kind in links["kind"]],
            "one": [names[code] for code in links["nuts_id"]],
            "area": [study.area_name(area) for area in links["area"]],
            "other": [names[code] for code in links["other_nuts_id"]],
            "other_area": [study.area_name(area) for area in links["other_area"]],
            "n": links["n"],
            "nuts_id": links["nuts_id"],
            "other_nuts_id": links["other_nuts_id"],
        }
    )
    return table(
        with_mark(study, shown, "n") if (links["kind"] == "patents").any() else shown,
        title=_("What runs between the regions across the border"),
        measure=_("Projects with organisations in both regions; patents with inventors in both"),
        columns={
            "pair": _("Regions"), "area": _("Territory"),
            "other_area": _("Territory across the border"), "what": _("Link"), "n": _("Number"),
        },
        note=_("Inventors are counted by region and never named."),
        source=source(study, *_roles(links), "places"),
        csv_name="map_links",
    )  # fmt: skip


def _outlines(study: Dataset) -> list[Points]:
    """The outlines a study brings; none where it brings none."""
    own = study.definition.boundaries
    return lines(study.definition.path(own)) if own else []


def _note(study: Dataset, network: Network) -> str:
    """How to read the map, who of the list is not on it, and whose its outlines are."""
    widths = {
        "projects patents": _("A line is as wide as the number of joint projects or patents."),
        "projects": _("A line is as wide as the number of joint projects."),
        "patents": _("A line is as wide as the number of joint patents."),
    }
    grey = _(
        "Grey, where there is room: neighbours that are in no figure. Regions lie at their true "
        "places."
    )
    reading = [widths.get(" ".join(_roles(places.links(study))), ""), grey]
    parts = [*reading, *_not_on_map(network, places.elsewhere(study, network)), _notice(study)]
    return " ".join(filter(None, parts))


def _not_on_map(network: Network, missing: pd.DataFrame) -> list[str]:
    """Who of the list is not on the map: with a seat in another region, or in none that is told."""
    if missing.empty:
        return []
    if len(missing) == len(network.organisations):
        return [_("No organisation of the list is on the map: no seat is told in a region shown.")]
    is_told = missing["nuts"].notna()
    outside, silent = (
        few(_seated(network, part)) for part in (missing[is_told], missing[~is_told])
    )
    return [
        _("With a seat outside the regions shown: {names}.", names=outside) if outside else "",
        _("Not on the map, for the list names no region of their seat: {names}.", names=silent)
        if silent
        else "",
    ]


def _seated(network: Network, rows: pd.DataFrame) -> list[str]:
    """Organisations by name, with the place of the seat where it is told."""
    names = [name_of(network.sectors, row) for _i, row in rows.iterrows()]
    return [
        name if is_missing(place) else f"{name} ({place})"
        for name, place in zip(names, rows["place"], strict=True)
    ]


def _notice(study: Dataset) -> str:
    """Whose outlines they are, as their licence asks."""
    notice = study.definition.boundaries_notice
    return translated(notice, study.language) if notice else ""


def _roles(links: pd.DataFrame) -> list[str]:
    """What the links that are there were made of."""
    return [kind for kind in places.KINDS if kind in set(links["kind"])]


def _kind(study: Dataset, kind: str) -> str:
    """What a kind of link is called; patents of made-up records say so."""
    text = label(KIND, kind)
    return marked(study, text, "patents") if kind == "patents" else text


def _finding(study: Dataset, regions: pd.DataFrame, links: pd.DataFrame) -> str:
    """The title: between which regions most projects run; else most seats; else most patents."""
    named = dict(zip(regions["nuts_id"], regions["name"], strict=True))
    first = links[links["kind"] == "projects"].head(1)
    if len(first):
        row = first.iloc[0]
        return ngettext(
            "Of {projects}, {n} links {one} and {other}",
            "Of {projects}, {n} link {one} and {other}",
            int(row["n"]),
            projects=european_projects(places.n_projects(study)),
            one=named[row["nuts_id"]],
            other=named[row["other_nuts_id"]],
        )
    if regions["n"].fillna(0).sum():
        most = regions[regions["n"] == regions["n"].max()]
        return _("Most seats are in {region}: {n}", region=few(most["name"]), n=_each(most))
    if len(links):
        return marked(study, _most_patents(links, named), "patents")
    return _("The regions of the territories")


def _each(rows: pd.DataFrame) -> str:
    """The number the first rows share, and that each of several has it."""
    n = number(rows["n"].iloc[0])
    return n if len(rows) == 1 else _("{n} each", n=n)


def _most_patents(links: pd.DataFrame, named: dict[str, str]) -> str:
    """Between which regions most joint patents run; every pair that has as many."""
    most = links[links["n"] == links["n"].max()]
    ends = [
        (named[one], named[other])
        for one, other in zip(most["nuts_id"], most["other_nuts_id"], strict=True)
    ]
    if len(ends) == 1:
        [(one, other)] = ends
        return _(
            "Most joint patents: {n}, between {one} and {other}",
            n=number(most["n"].iloc[0]),
            one=one,
            other=other,
        )
    return _(
        "Most joint patents: {pairs} ({n})",
        pairs=few(f"{one} – {other}" for one, other in ends),
        n=_each(most),
    )
