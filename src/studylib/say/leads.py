"""What a section leads to, told from what is there: nothing is promised that does not follow."""

from studylib.diversify.co_invention import co_invention
from studylib.diversify.co_inventors import co_inventors
from studylib.diversify.portfolios import concentration, portfolio_overlap
from studylib.language.words import _, listing
from studylib.network import Network, places
from studylib.patents.dataset import Dataset
from studylib.report.prose import Prose, prose


def records(study: Dataset) -> Prose:
    """What the tables on records of border areas tell: one without rows is not promised."""
    parts = [
        (co_invention(study), _("how often inventors of two sides stand on one patent")),
        (co_inventors(study), _("with whom inventors of a territory work")),
        (portfolio_overlap(study), _("how alike the sides are in what they file")),
        (concentration(study), _("over how many fields an area spreads")),
    ]
    told = [text for table, text in parts if len(table)]
    told.append(_("which key enabling technologies each area holds"))
    return prose(_("What the records tell here: {parts}.", parts=listing(told)))


def on_map(study: Dataset, network: Network) -> Prose:
    """How to read the map; seats and lines that are not on it are not promised."""
    seats = places.seats(study, network)
    drawn = set(places.links(study)["kind"])
    where = (
        _(
            "Each region of the study stands at its true place, with the organisations that have "
            "their seat in it."
        )
        if seats["n"].fillna(0).sum()
        else _("Each region of the study stands at its true place.")
    )
    lines = {
        frozenset(("projects", "patents")): _(
            "The lines are what already runs across the border: joint European projects, and "
            "patents with inventors on different sides."
        ),
        frozenset(("projects",)): _(
            "The lines are what already runs across the border: joint European projects."
        ),
        frozenset(("patents",)): _(
            "The lines are what already runs across the border: patents with inventors on "
            "different sides."
        ),
    }
    return prose(" ".join(filter(None, [where, lines.get(frozenset(drawn))])))
