"""
The headline findings of three pages as sets: what each puts first, under one choice of counting.

    Asked(study)  --Finding.found-->  the things that are shown, or None where the data cannot tell

A finding is what is shown (specialisations, fields, pairs), or what comes first (the ideas no
other beats).  Joint projects are published figures: they know no unit, weights or applicant, and
are counted anew for other regions only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from studylib.diversify import other_places, published_sections
from studylib.diversify.co_invention import co_invention
from studylib.diversify.complementarity import complementarity
from studylib.diversify.enablers import kets_together
from studylib.diversify.portfolios import portfolio_overlap
from studylib.diversify.sensitivity import KINDS as KINDS_OF_TECHNOLOGY
from studylib.diversify.sensitivity import like
from studylib.diversify.specialisation import specialisation
from studylib.network import Network
from studylib.network.listed import network_of
from studylib.opportunities import evidence, ranking
from studylib.patents import shares
from studylib.patents.dataset import Dataset
from studylib.stats.power import LEVEL, SHOWN

DRAWS = 300  # of chance under another choice; the study's own has as many as on its page


class Asked:
    """A study under one choice, with what several findings rest on computed once."""

    def __init__(self, study: Dataset, base: "Asked | None" = None) -> None:
        self.study, self.base = study, base or self

    @cached_property
    def added(self) -> pd.DataFrame:
        """What the neighbour adds."""
        return complementarity(self.study)

    @cached_property
    def network(self) -> Network:
        """The organisations of the list: the same under every choice."""
        if self.base is not self:
            return self.base.network
        return network_of(self.study, self.study.table("clusters"))

    @cached_property
    def evidence(self) -> pd.DataFrame:
        """The ideas; what was counted for the study's own territories stays as it is."""
        found = evidence.counted(self.study, self.network, self.added)
        if self.base is self:
            return found
        own = self.base.evidence
        return found.assign(projects=own["projects"], wanted=own["wanted"])

    @cached_property
    def ideas(self) -> pd.DataFrame:
        """The ideas in their order."""
        seed = self.study.definition.seed
        return ranking.ranked(self.evidence, evidence.KINDS, seed=seed)


@dataclass(frozen=True)
class Finding:
    """A headline: where it stands, how it is found, and which choices it knows."""

    page: str
    name: str
    found: Callable[[Asked], frozenset[Any] | None]
    """What is found under a choice; None where the data cannot tell."""
    choices: tuple[str, ...]
    """The choices it can be asked under."""
    fixed: tuple[str, ...] = ()
    """The choices that leave it as it is: it does not rest on what they change."""


def findings(study: Dataset) -> list[Finding]:
    """The headline findings, in the order of the pages; no ideas without a list."""
    patents = ("unit", "weights", "located_by", "wider", "province")
    found = [
        Finding("40", "sections", _sections, ("province", "wider"), ("scheme",)),
        Finding("40", "specialisations", _specialisations, (*patents, "scheme")),
        Finding("40", "added", _added, patents, ("scheme", "weights")),
        Finding("40", "kets_together", _together, (*patents, "scheme"), ("weights",)),
        Finding("50", "projects", _projects, ("wider", "province"),
                ("unit", "weights", "located_by", "scheme")),
        Finding("50", "co_invention", _joint_patents, ("unit", "wider", "province"),
                ("weights", "located_by", "scheme")),
        Finding("50", "alike", _alike, patents, ("weights", "scheme")),
        Finding("50", "ket_profile", _largest_kets, (*patents, "scheme")),
        Finding("60", "ideas", _front, (*patents, "scheme")),
        Finding("60", "first_idea", _best, (*patents, "scheme")),
    ]  # fmt: skip
    return found if study.definition.clusters else [one for one in found if one.page != "60"]


def _sections(asked: Asked) -> frozenset[Any] | None:
    """Sections of all applications that a territory is shown to file more often."""
    table = published_sections.section_specialisation(asked.study)
    if table.empty:
        return None
    shown = table[(table["verdict"] == SHOWN) & (table["quotient"] > 1)]
    return frozenset(zip(shown["area"], shown["section"], strict=True))


def _specialisations(asked: Asked) -> frozenset[Any] | None:
    """Sectors, fields and KETs that a territory is shown to hold more or less often."""
    found: set[Any] = set()
    tested = 0
    for kind in KINDS_OF_TECHNOLOGY:
        table = specialisation(asked.study, kind)
        tested += len(table)
        shown = table[table["verdict"] == SHOWN]
        more = shown["quotient"] > 1
        found.update((kind, *row) for row in zip(shown["area"], shown[kind], more, strict=True))
    return frozenset(found) if tested else None


def _added(asked: Asked) -> frozenset[Any] | None:
    """Fields to which the neighbour adds more than to others."""
    shown = asked.added[asked.added["p"] < LEVEL]
    keys = zip(shown["area"], shown["other"], shown["field_id"], strict=True)
    return frozenset(keys) if len(asked.added) else None


def _together(asked: Asked) -> frozenset[Any] | None:
    """Pairs of KETs that come together more often than by chance."""
    own = kets_together(asked.study, readings=False).dropna(subset="q")
    shown = own[own["verdict"] == SHOWN]
    return frozenset(zip(shown["ket"], shown["other_ket"], strict=True)) if len(own) else None


def _projects(asked: Asked) -> frozenset[Any] | None:
    """What either kind of chance says of the joint projects of every two territories."""
    found = other_places.pair_of_places(asked.study)
    ends = {"+".join(a.nuts): n for n, a in enumerate(asked.study.definition.territories)}
    names = ("region", "other_region", "verdict", "verdict_kept")
    said: set[Any] = set()
    for one, other, *verdicts in zip(*(found[name] for name in names), strict=True):
        pair = frozenset({ends[one], ends[other]})  # the same under every choice
        said.update((pair, kind, word) for kind, word in enumerate(verdicts))
    return frozenset(said) or None


def _joint_patents(asked: Asked) -> frozenset[Any] | None:
    """What either kind of chance says of the patents with inventors of two territories."""
    draws = {} if asked.base is asked else {"draws": DRAWS}
    table = co_invention(_alone(asked.study), **draws).dropna(subset="ratio")
    told = table.melt(["side", "other_side"], ["verdict", "verdict_kept"])
    return frozenset(told.itertuples(index=False, name=None)) or None


def _alike(asked: Asked) -> frozenset[Any] | None:
    """Pairs of territories in other fields than chance gives."""
    table = portfolio_overlap(_alone(asked.study))
    shown = table[table["p"] < LEVEL]
    return frozenset(zip(shown["side"], shown["other_side"], strict=True)) if len(table) else None


def _largest_kets(asked: Asked) -> frozenset[Any] | None:
    """The KET most records of each territory carry."""
    table = shares.ket_shares(asked.study)
    own = table[table["area"].isin(asked.study.territories) & (table["n"] > 0)]
    most = own.groupby("area")["n"].transform("max")
    first = own[own["n"] == most]
    return frozenset(zip(first["area"], first["ket"], strict=True)) or None


def _front(asked: Asked) -> frozenset[Any] | None:
    """The ideas that no other one beats."""
    return frozenset(asked.ideas.loc[asked.ideas["front"] == 1, "theme_id"]) or None


def _best(asked: Asked) -> frozenset[Any] | None:
    """The idea that comes first most often over all weighings."""
    ideas = asked.ideas
    return frozenset(ideas.loc[ideas["in_first"] == ideas["in_first"].max(), "theme_id"]) or None


def _alone(study: Dataset) -> Dataset:
    """The study without other border areas: of those nothing is asked here."""
    return like(study, definition=study.definition.model_copy(update={"comparison": ()}))
