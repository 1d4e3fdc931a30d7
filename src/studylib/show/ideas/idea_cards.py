"""A card for each idea, as a reader sees it: who, what speaks for it, what against, the first step."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from studylib.diversify import framework_projects
from studylib.files.attached import FILES
from studylib.files.template import fill
from studylib.ket.fields import field_name
from studylib.language.counted import units
from studylib.language.given import in_sentence
from studylib.language.words import _, is_missing, listing, ngettext, number, percent
from studylib.network import Network, copatents, sectors
from studylib.network import labels as names
from studylib.network.theme_sides import sectors_of
from studylib.opportunities.cards import PRINTED, Card, is_nearer
from studylib.patents.dataset import Dataset
from studylib.show.collaboration.cards import id_of
from studylib.show.ideas.card_json import as_json, keys_of
from studylib.show.provenance import is_made_up

OPEN = 1  # front whose cards are not folded
FILE = "tables/ideas.json"


@dataclass(frozen=True)
class Line:
    """One line of a card: what it is about, and what it says."""

    name: str
    text: str


@dataclass(frozen=True)
class ShownCard:
    """A card in words; `id` is its address, the same in every language."""

    id: str
    title: str
    why: str
    lines: tuple[Line, ...]
    folded: bool

    @property
    def link(self) -> str:
        """What its own address is called."""
        return _("Link to this card")


@dataclass(frozen=True)
class Cards:
    """All cards of a page; the same as JSON travels with it."""

    shown: tuple[ShownCard, ...]
    cards: list[Card]

    def _repr_html_(self) -> str:
        return fill(
            "show/template/ideas.html.j2", ideas=self.shown, path=FILE, text=_("Cards (JSON)")
        )

    def _repr_mimebundle_(self, **_kwargs: Any) -> dict[str, Any]:
        plain = "\n".join(card.title for card in self.shown)
        return {"text/html": self._repr_html_(), "text/plain": plain, FILES: {FILE: self.json()}}

    def json(self) -> str:
        """The cards as JSON."""
        return as_json(self.cards, [shown.title for shown in self.shown])


def card_of(study: Dataset, network: Network, card: Card) -> ShownCard:
    """A card in the language of the page."""
    theme = network.themes[network.themes["theme_id"] == card.theme_id].iloc[0]
    lines = [
        *_who(study, card),
        *_fields(card),
        Line(_("What speaks for it:"), _for(study, card)),
        *_already(study, card),
        Line(_("What would refute it:"), _against(card)),
        Line(_("What is missing:"), _missing(card)),
        Line(_("First step:"), _first(card)),
    ]
    return ShownCard(
        id_of(f"idea-{card.theme_id}"),
        names.theme(network.sectors, theme),
        _("Why it is an idea: {reason}.", reason=names.reason(theme).rstrip(".")),
        tuple(lines),
        card.row["front"] > OPEN,
    )


def _who(study: Dataset, card: Card) -> list[Line]:
    """The organisations of each side."""
    return [
        Line(
            _("{area}:", area=study.area_name(area)),
            listing(side) if side else _("none on the list"),
        )
        for area, side in zip(study.territories, card.sides, strict=True)
    ]


def _fields(card: Card) -> list[Line]:
    """The technology fields of the theme's sectors, where they have classes of their own."""
    keys = keys_of(card, "fields")
    names = listing(in_sentence(field_name(int(key))) for key in keys)
    return [Line(_("Technology fields:"), _sentence([names]))] if keys else []


def _for(study: Dataset, card: Card) -> str:
    """The evidence in words, synthetic records marked where they stand."""
    row = card.row
    records = _("; ").join(_records(study, card))
    if records and is_made_up(study):
        records = _("in synthetic records: {records}", records=records)
    observed = _projects(study, card) if row["projects"] > 0 else ""
    wanted = (
        _("{share} of those who answered want it on the side that wants it least",
          share=percent(row["wanted"], 0))
        if not is_missing(row["wanted"])
        else ""
    )  # fmt: skip
    near = (
        _("classes of the two sectors are held together {ratio} times as often as by chance (not tested)",
          ratio=number(row["relatedness"], PRINTED))
        if not is_missing(row["relatedness"]) and is_nearer(row["relatedness"])
        else ""
    )  # fmt: skip
    return _sentence([observed, wanted, near, records]) or _(
        "nothing but the list of organisations."
    )


def _records(study: Dataset, card: Card) -> list[str]:
    """What the patents say for it, each in words."""
    row, parts = card.row, []
    if not is_missing(row["patents"]) and row["patents"] > 0:
        n = units(study.rule.unit, int(row["patents"]))
        parts.append(
            _("at least {units} on each side", units=n)
            if is_missing(row["other_sector"])
            else _("at least {units} on each side, of one sector here and the other there", units=n)
        )
    if row["joint_patents"] > 0:
        said = _(
            "{units} of different sides together",
            units=units(study.rule.unit, int(row["joint_patents"])),
        )
        joint = copatents.by_sector(study)["sector"].astype("str")
        parts.append(_of_one(study, card, said, set(joint)))
    if keys := keys_of(card, "kets"):
        kets = listing(in_sentence(study.ket_name(key)) for key in keys)
        parts.append(_("a KET on more than one side: {kets}", kets=kets))
    if row["added"] >= 1:  # a missing one is not
        parts.append(
            _("the neighbour adds more to one of its fields than to others, beyond chance")
        )
    return parts


def _projects(study: Dataset, card: Card) -> str:
    """The joint European projects, and of which sector alone they are where two could meet."""
    said = ngettext(
        "{n} project of European research across the border",
        "{n} projects of European research across the border",
        int(card.row["projects"]),
    )
    return _of_one(study, card, said, framework_projects.sectors_of_projects(study))


def _of_one(study: Dataset, card: Card, said: str, told: Collection[str]) -> str:
    """What is counted, with the sector it is of, if an idea of two has it from one of them alone."""
    keys = sectors_of(card.row)
    own = [key for key in keys if key in told]
    if len(own) == len(keys):
        return said
    known = sectors.of_study(study.definition)
    return _(
        "{counted} (of the sector {sector} alone)",
        counted=said,
        sector=listing(map(known.name, own)),
    )


def _already(study: Dataset, card: Card) -> list[Line]:
    """What the data say against it as they stand."""
    if "not_added" not in card.weak:
        return []
    found = _("the neighbour adds no more here than to other fields")
    if is_made_up(study):
        found = _("in synthetic records: {records}", records=found)
    return [Line(_("What speaks against it:"), _sentence([found]))]


def _against(card: Card) -> str:
    """What one answer could settle."""
    said = {
        "one_side": _("the only organisation of one side is not interested"),
        "few_patents": _("the few patents of one side turn out to be one firm's"),
        "no_joint": _("some have tried to file a patent together, and given up"),
        "no_project": _("a joint European project was turned down before"),
    }
    return _sentence([said[name] for name in card.weak if name in said][:3]) or _(
        "the organisations of a side say they have no use for it."
    )


def _missing(card: Card) -> str:
    """Evidence the data cannot give."""
    said = {
        "organisations": _("organisations on different sides"),
        "patents": _("patents (one of the sectors does not patent)"),
        "joint_patents": _("joint patents (no sector of it patents)"),
        "projects": _(
            "European projects (no programme is known to be about it; see the list of projects)"
        ),
        "added": _("what the neighbour adds (no field of it, or no reference)"),
        "wanted": _("what members want here (no survey tells of this theme)"),
    }
    return _sentence([said[kind] for kind in card.missing]) or _(
        "whether those who would do the work have the time."
    )


def _first(card: Card) -> str:
    """Whom to call, and what to check before."""
    if card.first is None:
        return _("find an organisation on the side that has none.")
    call = _("bring {one} and {other} to one table", one=card.first[0], other=card.first[1])
    check = ngettext(
        "before that, check what the list says from memory of {named}",
        "before that, check what the list says from memory of {named}",
        max(1, len(card.recalled)),
        named=listing(card.recalled),
    )
    return _sentence([call, check if card.recalled else ""])


def _sentence(parts: list[str]) -> str:
    """Parts in one sentence; nothing where there is none."""
    kept = [part for part in parts if part]
    return _("; ").join(kept) + "." if kept else ""
