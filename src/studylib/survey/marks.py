"""
What each respondent chose: boxes and cells of a survey export as marks, chosen, not chosen, open.

    cells of the options   --of_options-->  one column per option, texts, words no option fits
    marks of the options   --by_domain-->   one column per domain of the codebook
    boxes by theme         --of_themes-->   one column per theme (theme_...)

A blank box beside a ticked one is a box not ticked; a question left blank altogether is open.
"""

import pandas as pd

from studylib.survey import cells as survey_cells
from studylib.survey.codebook import DOMAINS, Codebook, Option
from studylib.survey.notes import UNKNOWN_LABEL, notes, summed
from studylib.survey.table import Export


def of_options(export: Export, book: Codebook) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Per respondent and option (columns: its place) chosen or not; texts; unknown answers."""
    marks = pd.DataFrame(index=export.cells.index, columns=range(len(book.option)), dtype="boolean")
    texts, unread = [], []
    for place, option in enumerate(book.option):
        if option.column is None or not export.has(option.column):
            continue
        cells = export.column(option.column)
        if option.free_text:
            marks[place] = (cells != "").astype("boolean").where(cells != "")
            texts.append(_texts(cells, option.column))
            continue
        said = {cell: survey_cells.tick(cell, option, book) for cell in cells.unique() if cell}
        marks[place] = cells.map(said).astype("boolean")
        unread.append(notes("label", cells[(cells != "") & marks[place].isna()], UNKNOWN_LABEL))
    explicit = marks.eq(other=False).any(axis=1)
    if export.has(book.answers):
        more, unknown = _cell_marks(export.column(book.answers), marks, book)
        texts.append(more)
        unread.append(unknown)
    texts += [_texts(export.column(c), c) for c in book.comments if export.has(c)]
    return _blanks(marks, explicit, export, book), _joined(texts), summed(unread)


def _cell_marks(
    cells: pd.Series, marks: pd.DataFrame, book: Codebook
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """
    Fill the marks of the options named in one cell; the words no option fits.

    Whether an option is chosen of which a cell holds a near miss is not known.
    """
    free = [at for at, o in enumerate(book.option) if o.column is None and o.free_text]
    read = {cell: survey_cells.choices(cell, book.option, book) for cell in cells.unique() if cell}
    unknown = cells.map(lambda cell: read[cell].unknown if cell else "").astype("str")
    for place, option in enumerate(book.option):
        if option.column is None:
            named = {cell: _is_named(place, said) for cell, said in read.items()}
            marks[place] = cells.map(named).astype("boolean")
    near = [text for cell in cells if cell for text, _place in read[cell].near]
    missed = notes("label", pd.Series(near, dtype="str"), UNKNOWN_LABEL)
    if free:
        marks[free[0]] = (marks[free[0]] | (unknown != "")).where(cells != "")
        return _texts(unknown, str(book.answers)), missed
    told = notes("label", unknown[unknown != ""], UNKNOWN_LABEL)
    return _texts(unknown[:0], ""), summed([told, missed])


def _is_named(place: int, said: survey_cells.Chosen) -> bool | None:
    """Whether a cell names an option; not known where something only looks like it."""
    if place in said.options:
        return True
    return None if any(place == near for _text, near in said.near) else False


def _blanks(
    marks: pd.DataFrame, explicit: pd.Series, export: Export, book: Codebook
) -> pd.DataFrame:
    """A blank box beside an answer is not ticked, unless this respondent's boxes say No."""
    answered = marks.notna().any(axis=1)
    for place, option in enumerate(book.option):
        if option.column is None or not export.has(option.column):
            continue
        blank = marks[place].isna() & (export.column(option.column) == "")
        not_ticked = blank & answered & (option.free_text | ~explicit)
        marks[place] = marks[place].mask(not_ticked, other=False)
    return marks


def by_domain(marks: pd.DataFrame, book: Codebook) -> pd.DataFrame:
    """Per respondent and domain: chosen if any of its options is, unknown if that is open."""
    columns = {}
    for domain in DOMAINS:
        places = [at for at, option in enumerate(book.option) if option.domain == domain]
        column = pd.Series(data=False, index=marks.index, dtype="boolean")
        for place in places:
            column = column | marks[place]
        if places:
            columns[domain] = column
    return pd.DataFrame(columns, index=marks.index)


def _texts(cells: pd.Series, column: str) -> pd.DataFrame:
    """One row per text that is not blank: row, column, text."""
    filled = cells[cells != ""]
    words = [survey_cells.free_text(cell) for cell in filled]
    return pd.DataFrame({"row": filled.index, "column": column, "text": words})


def of_themes(export: Export, book: Codebook) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Per respondent and theme asked for (theme_...): ticked or not; and what says neither."""
    found, blank, unread = {}, {}, []
    for name, column in book.themes.items():
        if not export.has(column):
            continue
        box = Option(domain="other", label=name)
        cells = export.column(column)
        said = {cell: survey_cells.tick(cell, box, book) for cell in cells.unique() if cell}
        mark = cells.map(said).astype("boolean")
        found[f"theme_{name}"], blank[f"theme_{name}"] = mark, cells == ""
        unread.append(notes("label", cells[(cells != "") & mark.isna()], UNKNOWN_LABEL))
    marks = pd.DataFrame(found, index=export.cells.index).astype("boolean")
    # As for domains: a blank beside a tick is no tick, unless this respondent's boxes say No.
    ticked = marks.eq(other=True).any(axis=1) & ~marks.eq(other=False).any(axis=1)
    for name, is_blank in blank.items():
        marks[name] = marks[name].mask(is_blank & ticked, other=False)
    return marks, summed(unread)


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [part for part in parts if len(part)]
    empty = pd.DataFrame({"row": [], "column": [], "text": []}).astype("str")
    return pd.concat(filled, ignore_index=True) if filled else empty
