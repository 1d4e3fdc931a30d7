"""
Names and texts that data give in several languages, and the one a page shows.

    field_id  field_en        field_fr            {8: {"en": "Semiconductors",
    8         Semiconductors  Semi-conducteurs        "fr": "Semi-conducteurs"}}
              --by_key-->  --translated-->  the name on a page
                           --lacking-->     {"eu": [8]}: named in English on a page in Basque

What the library itself says stands in the catalogues; what data name (technologies, sectors,
themes, places) stands with the data, in a column or key per language.
"""

from collections.abc import Container, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from studylib.language import SOURCE, in_use, is_language

if TYPE_CHECKING:
    import pandas as pd

Texts = Mapping[str, str]
"""One text, by language."""


def translated(text: str | Texts, language: str) -> str:
    """
    A text in a language; English, then the first one given, where it has none.

    >>> translated({"en": "Health", "fr": "Santé"}, "fr"), translated({"en": "Health"}, "fr")
    ('Santé', 'Health')
    """
    if isinstance(text, str):
        return text
    return text.get(language) or text.get(SOURCE) or next(iter(text.values()))


def name_of(key: str, names: Mapping[str, Texts]) -> str:
    """
    The name of a key in the language of the page; the key in words where data give no name.

    >>> name_of("machine_tools", {})
    'Machine tools'
    """
    if given := names.get(key):
        return translated(given, in_use())
    text = key.replace("_", " ")
    return text[:1].upper() + text[1:]


def in_sentence(name: str) -> str:
    """
    A name as it stands inside a sentence: with a small letter, unless it begins with letters.

    >>> in_sentence("Advanced materials"), in_sentence("ICT services"), in_sentence("5G networks")
    ('advanced materials', 'ICT services', '5G networks')
    """
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def columns(header: "Iterable[str] | pd.DataFrame", stem: str) -> dict[str, str]:
    """
    The columns that say one thing in several languages, by language.

    >>> columns(["sector", "field_en", "field_fr", "field_note"], "field")
    {'en': 'field_en', 'fr': 'field_fr'}
    """
    begin = f"{stem}_"
    named = {text.removeprefix(begin): text for text in map(str, header) if text.startswith(begin)}
    return {code: name for code, name in named.items() if is_language(code)}


def by_key(frame: "pd.DataFrame", key: str, stem: str) -> dict[Any, dict[str, str]]:
    """
    The names of every key, by language: the first one that stands in its rows.

    A key whose rows say nothing has no languages; its own column (`field_id`) is no language.
    """
    spoken = columns((str(name) for name in frame if name != key), stem)
    names: dict[Any, dict[str, str]] = {one: {} for one in frame[key].unique()}
    for code, column in spoken.items():
        said = frame.loc[frame[column].notna() & (frame[column] != ""), [key, column]]
        for one, text in said.drop_duplicates(key).to_numpy():
            names[one][code] = text
    return names


def of_row(row: "Mapping[Any, Any] | pd.Series[Any]", column: str) -> Any:
    """The text of a row in the language of the page (`source_fr`), else as it is (`source`)."""
    text = row.get(f"{column}_{in_use()}")
    return text if isinstance(text, str) and text else row[column]


def spoken(frame: "pd.DataFrame", *stems: str) -> "pd.DataFrame":
    """The rows in the language of the page: `name_fr` stands in `name`, where it is told."""
    told = [stem for stem in stems if f"{stem}_{in_use()}" in frame]
    return frame.assign(
        **{stem: [of_row(row, stem) for row in frame.to_dict("records")] for stem in told}
    )


def column(header: "Container[str] | pd.DataFrame", stem: str) -> str:
    """The column that speaks the language of the page; the English one where none does."""
    name = f"{stem}_{in_use()}"
    return name if name in header else f"{stem}_{SOURCE}"


def lacking(names: Mapping[Any, Texts], languages: Iterable[str]) -> dict[str, list[Any]]:
    """The keys that have no name in a language, by language; languages that lack none are out."""
    absent = {code: [key for key, said in names.items() if code not in said] for code in languages}
    return {code: keys for code, keys in absent.items() if keys}
