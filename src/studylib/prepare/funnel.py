"""The funnel: how many remain after each step, how many it left out, and why."""

from dataclasses import dataclass, field

import pandas as pd

from studylib.language.words import mark

NOTES = {
    "received": mark("rows or elements of the exports that stand for a record"),
    "read": mark(
        "the rest was rejected or lies outside the years or areas of the study; see the rejects"
    ),
    "identified": mark("the rest has no application or publication number that could be read"),
    "applications": mark("the rest are further records of the same applications"),
    "of_kinds": mark("the rest are kinds of document that the study does not count"),
    "in_period": mark("the rest lies outside the period"),
    "in_areas": mark("the rest lies in no area of the study, or its place is not known"),
    "in_territories": mark("the rest lies in the reference or a comparison area only"),
    "families": mark("the rest are further applications of the same families"),
    "classified": mark("the rest has no readable IPC symbol: unclassified, not without KET"),
}


@dataclass
class Funnel:
    """Steps in order; `add` each with its count, `table` gives the contract's frame."""

    rows: list[dict[str, object]] = field(default_factory=list)

    @classmethod
    def of(cls, table: pd.DataFrame) -> "Funnel":
        """A funnel to be continued."""
        return cls(table.to_dict("records"))  # type: ignore[arg-type]

    def add(self, step: str, grain: str, n: int) -> None:
        """A further step: what is counted and how many remain."""
        before = int(str(self.rows[-1]["n"])) if self.rows else n
        self.rows.append(
            {"step": step, "n": n, "grain": grain, "left_out": before - n, "note": NOTES[step]}
        )

    def table(self) -> pd.DataFrame:
        """One row per step, in order (contract `funnel`)."""
        return pd.DataFrame(self.rows)
