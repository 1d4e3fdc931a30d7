"""
What speaks for an idea, what against it, and what would refute it: in words, for its card.

    ranked idea, patents, projects  --speaks_for-->      what was observed, then what was made up
                                    --speaks_against-->  what the data say already
                                    --would_refute-->    what a single answer could settle
"""

from collections.abc import Collection

from studylib.diversify import framework_projects
from studylib.language.counted import units
from studylib.language.given import in_sentence
from studylib.language.words import _, is_missing, listing, ngettext, number, percent
from studylib.network import copatents, sectors
from studylib.network.theme_sides import sectors_of
from studylib.opportunities.cards import PRINTED, Card, is_nearer
from studylib.patents.dataset import Dataset
from studylib.show.ideas.card_json import keys_of
from studylib.show.provenance import is_made_up


def speaks_for(study: Dataset, card: Card) -> str:
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
    return sentence([observed, wanted, near, records]) or _(
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


def speaks_against(study: Dataset, card: Card) -> str:
    """What the data say against it as they stand; "" nothing."""
    if "not_added" not in card.weak:
        return ""
    found = _("the neighbour adds no more here than to other fields")
    if is_made_up(study):
        found = _("in synthetic records: {records}", records=found)
    return sentence([found])


def would_refute(card: Card) -> str:
    """What one answer could settle."""
    said = {
        "one_side": _("the only organisation of one side is not interested"),
        "few_patents": _("the few patents of one side turn out to be one firm's"),
        "no_joint": _("some have tried to file a patent together, and given up"),
        "no_project": _("a joint European project was turned down before"),
    }
    return sentence([said[name] for name in card.weak if name in said][:3]) or _(
        "the organisations of a side say they have no use for it."
    )


def sentence(parts: list[str]) -> str:
    """Parts in one sentence; nothing where there is none."""
    kept = [part for part in parts if part]
    return _("; ").join(kept) + "." if kept else ""
