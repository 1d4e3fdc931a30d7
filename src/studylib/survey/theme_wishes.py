"""
Which themes respondents would work on, where a survey asks by theme: totals per territory.

    [themes] of the codebook, theme_... of respondents  --theme_wishes-->  theme x territory

Totals only, as of the domains, and held back as they are (`survey.disclosure`): unless the survey
is public, a base that lies one or two beside another one would tell of those whose answer could
not be read; under `strict` one such base, or a total of a few, of all but a few or of everybody,
holds all themes back, and a box that is an option of the question too is told of with its domain.
"""

import pandas as pd

from studylib import survey
from studylib.patents.dataset import Dataset
from studylib.survey import disclosure
from studylib.survey.codebook import Codebook

COLUMNS = ["theme", "area", "n", "base", "share"]


def theme_wishes(study: Dataset) -> pd.DataFrame:
    """
    One row per (theme or sector asked for, territory), in the codebook's order.

    Columns theme, area, n, base (respondents whose mark is known), share [0..1].  A theme of which
    a total is held back in one territory has no row in any: the side that wants it least could not
    be named.  Empty without a survey, or where it does not ask by theme.
    """
    if study.definition.survey is None:
        return pd.DataFrame(columns=COLUMNS)
    book = survey.book_of(study)
    parts = [_of_territory(study, book, area) for area in study.territories]
    table = pd.concat(parts, ignore_index=True)
    table = table[table["base"] > 0]  # of a side without an answer nothing is told
    told = table[~table["theme"].isin(set(table.loc[table["is_held"], "theme"]))]
    place = told["theme"].map({theme: n for n, theme in enumerate(book.themes)})
    told = told.assign(share=told["n"] / told["base"]).loc[place.sort_values(kind="stable").index]
    return told[COLUMNS].reset_index(drop=True)


def _of_territory(study: Dataset, book: Codebook, area: str) -> pd.DataFrame:
    """Totals of one territory, and which may not be told: theme, area, n, base, is_held."""
    people = study.table("respondents")
    own = people[people["territory"] == area]
    marks = own[[f"theme_{theme}" for theme in book.themes if f"theme_{theme}" in own]]
    table = pd.DataFrame(
        {
            "theme": [str(column).removeprefix("theme_") for column in marks],
            "area": area,
            "n": marks.eq(other=True).sum().astype(int).to_numpy(),
            "base": marks.notna().sum().astype(int).to_numpy(),
        }
    )
    held = [False] * len(table)
    if not disclosure.is_public(study):
        answered = int(own["is_answered"].sum())
        held = disclosure.beside_another(table["base"].tolist(), answered)
        if answered < disclosure.FEWEST:  # the row of a respondent, or two of them
            held = [True] * len(table)
    if disclosure.level(study) == "strict":
        inside = _in_the_question(study, book, area)
        twice = table["theme"].isin(inside)
        cells = list(table.loc[~twice, ["n", "base"]].itertuples(index=False, name=None))
        few = any(held) or disclosure.tells_of_few(cells, is_single=False)
        held = [few or one for one in twice]
    return table.assign(is_held=pd.Series(held, dtype=bool))


def _in_the_question(study: Dataset, book: Codebook, area: str) -> set[str]:
    """
    Themes whose box is an option of the question: the total of its domain tells of them too.

    One that is all of a domain whose total is published tells nothing more.
    """
    shares = survey.interests(study)
    cells = shares[(shares["area"] == area) & ~shares["is_held_back"]]
    published = set(cells["domain"])
    domain = {option.column: option.domain for option in book.option if option.column}
    options = [option.domain for option in book.option]
    return {
        theme
        for theme, column in book.themes.items()
        if column in domain
        and not (domain[column] in published and options.count(domain[column]) == 1)
    }
