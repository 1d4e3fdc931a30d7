"""
The one way a table reaches a page.

    frame  --table-->  Table: title, measure, rows with units and intervals, note, source, CSV
           --shown-->  texts, as plain data  --template/table.html.j2-->  HTML

Everything is escaped; numbers are right-aligned and written in the language of the page; a share
stands with its interval; a long table says how much of it is shown and carries all of it as CSV.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from studylib.errors import UsageError, some
from studylib.files.attached import FILES, as_text, check_name
from studylib.files.csv_out import csv_text
from studylib.files.template import fill
from studylib.files.xlsx_out import heads, xlsx
from studylib.language.given import in_sentence
from studylib.language.words import _, heading, is_missing, listing, number
from studylib.report.cells import RIGHT, Format, between, fits, sort_keys, usual, written
from studylib.report.clean import is_link
from studylib.report.picks import SEVERAL, Pick, picked

__all__ = ["SEVERAL", "WHOLE", "Pick", "Table", "table"]

WHOLE = 200  # rows of a table that stand in the page
FEW = 5  # rows that are read at a glance: nothing to sort


@dataclass(frozen=True)
class Table:
    """A table as readers see it; make it with `table`."""

    frame: pd.DataFrame
    title: str
    measure: str = ""
    note: str = ""
    source: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    formats: Mapping[str, Format] = field(default_factory=dict)
    intervals: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    sorted_by: Sequence[str] = ()
    most: int = 20
    csv_name: str = ""
    picks: Sequence[Pick] = ()
    hrefs: Mapping[str, str] = field(default_factory=dict)
    """Column to the column with the address each of its cells leads to, "" for none."""
    foreign: Sequence[str] = ()
    """Columns in words of others, whose language nobody told: a screen reader is told so."""

    def _repr_mimebundle_(self, **_kwargs: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = {"text/html": self._repr_html_(), "text/plain": self.title}
        if self.csv_name:
            bundle[FILES] = {
                self._path: csv_text(self.frame),
                f"tables/{self.csv_name}.xlsx": as_text(self._sheet()),
            }
        return bundle

    def _sheet(self) -> bytes:
        """The whole frame for a spreadsheet, columns by their labels, with the words around it."""
        labels = heads(map(str, self.frame), self.columns)
        return xlsx(self.frame, labels, [self.title, self.measure, self.note, self._source()])

    def _source(self) -> str:
        """The line that says who the data come from; "" where it is not said."""
        return _("Source: {source}", source=self.source) if self.source else ""

    def _repr_html_(self) -> str:
        return fill("report/template/table.html.j2", shown=self.shown())

    __html__ = _repr_html_  # inside another template it is HTML, not text

    def shown(self) -> dict[str, Any]:
        """What a reader sees, as plain data; every cell is its side and its text."""
        rows = self.frame.head(max(WHOLE, self.most))
        columns = [
            [(self._side(name), text) for text in self._texts(rows, name)] for name in self.columns
        ]
        head = [(self._side(name), label) for name, label in self.columns.items()]
        return {
            "title": self.title,
            "measure": self.measure,
            "head": head,
            "foreign": [name in self.foreign for name in self.columns],
            "stacks": not fits(head, columns),
            "rows": list(zip(*columns, strict=True)),
            "hrefs": list(
                zip(*(self._addresses(rows, name) for name in self.columns), strict=True)
            ),
            "numbers": list(zip(*(sort_keys(rows[c]) for c in self.columns), strict=True)),
            "most": self.most,
            "id": self.csv_name.replace("_", "-"),
            "sorts": len(rows) >= FEW,
            "words": {
                "rows": _("{n} of {all} rows", n="{n}", all=number(len(rows))),
                "find": _("Search in this table"),
                "all": _("all"),
                "sort": _("Sort by this column"),
                "more": _("Show all {n} rows", n=number(len(rows)))
                if len(rows) > self.most
                else "",
            },
            **picked(rows, self.picks, self.most),
            "cut": self._cut(self.most) if len(rows) > self.most else "",
            "empty": _("No rows."),
            "notes": [text for text in (self._cut(max(WHOLE, self.most)), self.note) if text],
            "source": self._source(),
            "links": self._links() if self.csv_name else [],
        }

    def _links(self) -> list[tuple[str, str]]:
        """Links to the whole table beside the page."""
        sheet = f"tables/{self.csv_name}.xlsx"
        here = f"#table-{self.csv_name.replace('_', '-')}"
        return [
            (self._path, _("Data (CSV)")),
            (sheet, _("Spreadsheet (XLSX)")),
            (here, _("Link to this table")),
        ]

    @property
    def _path(self) -> str:
        """Where the whole frame lies beside the page."""
        return f"tables/{self.csv_name}.csv"

    def _texts(self, rows: pd.DataFrame, name: str) -> list[str]:
        """A column as written, with the interval of each value where it has one."""
        how = self._format(name)
        texts = [written(value, how) for value in rows[name]]
        if name not in self.intervals:
            return texts
        low, high = self.intervals[name]
        return [
            text if is_missing(a) else f"{text} ({between(a, b, how)})"
            for text, a, b in zip(texts, rows[low], rows[high], strict=True)
        ]

    def _addresses(self, rows: pd.DataFrame, name: str) -> list[str]:
        """Where the cells of a column lead; "" where nowhere, and where an address is none."""
        if name not in self.hrefs:
            return [""] * len(rows)
        return [str(to) if is_link(str(to)) else "" for to in rows[self.hrefs[name]]]

    def _format(self, name: str) -> Format:
        """How a column is written: as told, else by its name and type."""
        return self.formats.get(name) or usual(name, self.frame[name])

    def _side(self, name: str) -> str:
        """Numbers to the right, and what the caller writes of a column of numbers too."""
        how = self._format(name)
        if callable(how):
            is_number = pd.api.types.is_numeric_dtype(self.frame[name])
            return "number" if is_number else "text"
        return "number" if how in RIGHT else "text"

    def _cut(self, shown: int) -> str:
        """How much of a long table is shown, how it is sorted and where all of it is."""
        if len(self.frame) <= shown:
            return ""
        parts = [_("First {shown} of {all} rows", shown=shown, all=number(len(self.frame)))]
        if self.sorted_by:
            heads = [self.columns.get(name, name) for name in self.sorted_by]
            labels = [in_sentence(head) if len(head) > 1 else head for head in heads]
            parts.append(_("sorted by {columns}", columns=listing(labels)))
        said = ", ".join(parts)
        if self.csv_name:
            said += _("; ") + _("all rows: {file}", file=f"{self.csv_name}.csv")
        return f"{said}."


def table(
    frame: pd.DataFrame,
    *,
    title: str,
    measure: str = "",
    note: str = "",
    source: str = "",
    columns: Mapping[str, str] | None = None,
    formats: Mapping[str, Format] | None = None,
    intervals: Mapping[str, tuple[str, str]] | None = None,
    sorted_by: Sequence[str] = (),
    most: int = 20,
    csv_name: str = "",
    picks: Sequence[Pick] = (),
    foreign: Sequence[str] = (),
    hrefs: Mapping[str, str] | None = None,
) -> Table:
    """
    The frame as a table for readers; the frame is not changed, and not sorted.

    Parameters
    ----------
    frame
        One row per row of the table.
    title, measure, note, source
        The finding; what is counted and in which unit; how to read it; who it comes from.
    columns
        Which columns are shown, in which order, under which label.  Default: all, by name.
    formats
        `share` (0..1, written as %), `count`, `number` (2 decimals), `year`, `text`, `figures`
        (numbers already written), or a function of the value.  Default: by name and type.
    intervals
        Column to (low, high): written behind the value, not as columns of their own.
        Default: `share` with `low` and `high`, where the frame has all three.
    sorted_by
        Columns the frame is sorted by, for the sentence under a cut table.
    most
        How many rows are shown before more are asked for; a page holds `WHOLE` at most.
    csv_name
        Name of the CSV with the whole frame, without `.csv`; "" for none.
    picks
        Choices of rows, on columns of the frame that need not be shown.
    foreign
        Columns in words of others, whose language nobody told.
    hrefs
        Column to the column with the address each of its cells leads to.

    Raises
    ------
    UsageError
        A column is not in the frame, or the name cannot be a file's.
    """
    if intervals is None:
        usual = {"share", "low", "high"} <= set(frame.columns)
        intervals = {"share": ("low", "high")} if usual else {}
    ends = {end for pair in intervals.values() for end in pair}
    if columns is None:
        columns = {str(name): heading(str(name)) for name in frame.columns if name not in ends}
    named = {
        *columns,
        *(formats or {}),
        *intervals,
        *ends,
        *sorted_by,
        *(pick.column for pick in picks),
        *(hrefs or {}),
        *(hrefs or {}).values(),
    }
    if absent := sorted(named - set(frame.columns)):
        raise UsageError(f"The table {title!r} has no column {some(absent)}.")
    check_name(csv_name)
    return Table(
        frame, title, measure, note, source, dict(columns), dict(formats or {}), dict(intervals),
        tuple(sorted_by), most, csv_name, tuple(picks),
        dict(hrefs or {}), tuple(foreign),
    )  # fmt: skip
