"""A card for each idea, as a reader sees it: who, what speaks for it, what against, the first step."""

from dataclasses import dataclass
from typing import Any

from studylib.files.attached import FILES
from studylib.files.template import fill
from studylib.ket.fields import field_name
from studylib.language.given import in_sentence
from studylib.language.words import _, listing, ngettext
from studylib.network import Network
from studylib.network import labels as names
from studylib.opportunities.cards import Card
from studylib.patents.dataset import Dataset
from studylib.show.collaboration.cards import id_of
from studylib.show.ideas import grounds
from studylib.show.ideas.card_json import as_json, keys_of
from studylib.show.ideas.grounds import sentence

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
        Line(_("What speaks for it:"), grounds.speaks_for(study, card)),
        Line(_("What speaks against it:"), grounds.speaks_against(study, card)),
        Line(_("What would refute it:"), grounds.would_refute(card)),
        Line(_("What is missing:"), _missing(card)),
        Line(_("First step:"), _first(card)),
    ]
    return ShownCard(
        id_of(f"idea-{card.theme_id}"),
        names.theme(network.sectors, theme),
        _("Why it is an idea: {reason}.", reason=names.reason(theme).rstrip(".")),
        tuple(line for line in lines if line.text),
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
    return [Line(_("Technology fields:"), sentence([names]))] if keys else []


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
    return sentence([said[kind] for kind in card.missing]) or _(
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
    return sentence([call, check if card.recalled else ""])
