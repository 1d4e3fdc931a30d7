"""
Numbers into sentences, in the language of the page.

Numbers are rounded here and nowhere else, halves away from zero, and a value that is not there
is written in words.  Separators, the percent sign and lists follow the language (babel, CLDR);
the texts are those of `studylib.language`.
"""

import math
import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from studylib.language import FORMATS, _, in_use, is_language, mark, plural_text, set_language
from studylib.language.endings import filled, of_numbers
from studylib.language.spans import span

MINUS = "\N{MINUS SIGN}"
LEAST_GROUPED = {"es": 10_000}
"""From which number on thousands are set apart, where not from the first (CLDR)."""
APART = {"es": str.maketrans(".", "\N{NARROW NO-BREAK SPACE}")}
"""By what thousands are set apart, where not as CLDR has it: RAE, Ortografía 2010, asks a space."""
SOUNDS_LIKE_Y = re.compile(r"h?[ií](?![aeouáéóú])", re.IGNORECASE)
"""What a Spanish list joins by "e", because "y" would be swallowed."""
PAUSE = re.compile(r",(?!\d)|\d,\d+$|[:;](?!\w)(?![^(]*\))")
"""A mark inside an item, or a fraction at its end: commas between such items cannot be read."""

__all__ = [
    "_", "day", "hundredfold", "interval", "is_missing", "language_name", "listing", "mark",
    "ngettext", "number", "percent", "set_language", "share_words", "years",
]  # fmt: skip


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """
    The text that fits a count; `{n}` is the count as a number of the language.

    >>> ngettext("{n} family", "{n} families", 1200)
    '1,200 families'
    """
    return filled(plural_text(one, many, n), {"n": number(n), **values}, in_use())


def number(x: Any, digits: int = 0) -> str:
    """
    A number with this many decimals; "not known" where there is none.

    >>> number(12345.65, 1)
    '12,345.7'
    """
    if is_missing(x):
        return _("not known")
    from babel.numbers import format_decimal

    value = _rounded(x, digits)
    text = format_decimal(
        value,
        _pattern(digits),
        locale=_formats(),
        decimal_quantization=False,
        group_separator=abs(float(value)) >= LEAST_GROUPED.get(in_use(), 0),
    )
    # A hyphen breaks from its number at the end of a line, and is read as one.
    return str(text).translate(APART.get(in_use(), {})).replace("-", MINUS)


def percent(share: Any, digits: int = 1) -> str:
    """
    A share in 0..1 as a percentage.

    >>> percent(0.2105)
    '21.1%'
    """
    if is_missing(share):
        return _("not known")
    return _percent_of(number(_hundredfold(share), digits))


def hundredfold(difference: Any, digits: int = 1) -> str:
    """
    A difference of shares as a number of points.

    >>> hundredfold(-0.075)
    '−7.5'
    """
    return number(None if is_missing(difference) else _hundredfold(difference), digits)


def interval(low: Any, high: Any, digits: int = 1, *, as_percent: bool = True) -> str:
    """
    From low to high, as percentages unless told otherwise.

    >>> interval(0.125, 0.333)
    '12.5–33.3%'
    """
    if is_missing(low) or is_missing(high):
        return _("not known")
    if as_percent:
        low, high = _hundredfold(low), _hundredfold(high)
    # A dash before a minus sign cannot be read.
    ends = {"low": number(low, digits), "high": number(high, digits)}
    both = span(**ends, code=in_use()) if low >= 0 else _("{low} to {high}", **ends)
    return _percent_of(both) if as_percent else both


def share_words(
    k: Any, n: Any, low: Any, high: Any, *, digits: int = 1, level: float = 0.95
) -> str:
    """
    A share that travels with its n and its interval.

    >>> share_words(12, 57, 0.125, 0.333)
    '12 of 57 (21.1%, 95% interval 12.5–33.3%)'
    """
    if is_missing(k) or is_missing(n):
        return _("not known")
    if n == 0:
        return _("0 of 0 (no share)")
    # Weighted counts are no whole numbers, and "2 of 3 (50.0%)" would look like an error.
    decimals = 0 if float(k).is_integer() and float(n).is_integer() else 1
    return _(
        "{k} of {n} ({share}, {level} interval {interval})",
        k=number(k, decimals),
        n=number(n, decimals),
        share=percent(k / n, digits),
        level=percent(level, 0),
        interval=interval(low, high, digits),
    )


def years(first: Any, last: Any) -> str:
    """
    A period, both years included; no thousands separator in a year.

    >>> years(2000, 2012)
    '2000–2012'
    """
    if is_missing(first) or is_missing(last):
        return _("not known")
    return str(int(first)) if first == last else span(int(first), int(last), in_use())


def day(when: date | None) -> str:
    """
    A date written out.

    >>> day(date(2013, 3, 1))
    '1 March 2013'
    """
    if is_missing(when):
        return _("not known")
    from babel.dates import format_date

    return of_numbers(str(format_date(when, "long", locale=_formats())))


def listing(items: Iterable[object]) -> str:
    """
    Items as they stand in a sentence; "none" where there are none.

    >>> listing(["a", "b", "c"]), listing(["engines, pumps", "transport"])
    ('a, b and c', 'engines, pumps; transport')
    """
    from babel.lists import format_list

    texts = [str(item) for item in items]
    if len(texts) > 1 and any(PAUSE.search(text) for text in texts):
        return _("; ").join(texts)
    listed = str(format_list(texts, locale=_formats())) if texts else _("none")
    if in_use() == "es" and len(texts) > 1 and SOUNDS_LIKE_Y.match(texts[-1]):
        listed = listed.removesuffix(f" y {texts[-1]}") + f" e {texts[-1]}"
    return listed


def language_name(code: str) -> str:
    """
    A language in its own words, for the links between the languages of a page.

    >>> language_name("fr")
    'français'
    """
    from babel import Locale

    return str(Locale.parse(FORMATS.get(code, code)).language_name) if is_language(code) else code


def heading(name: str) -> str:
    """
    A column name as a heading, translated where the catalogue has it.

    >>> heading("n_families")
    'Families'
    """
    words = name.removeprefix("n_").replace("_", " ")
    return _(words[:1].upper() + words[1:])


def is_missing(x: Any) -> bool:
    """Whether a value is not there: None, NaN, NaT or pandas' NA."""
    if x is None or str(x) in {"<NA>", "NaT"}:
        return True
    return isinstance(x, float) and math.isnan(x)


def _formats() -> str:
    """The locale whose numbers and dates the page has."""
    return FORMATS.get(in_use(), in_use())


def _pattern(digits: int) -> str:
    """A number with thousands separators and this many decimals."""
    return "#,##0" + ("." + "0" * digits if digits else "")


def _hundredfold(share: Any) -> Decimal | float:
    """Exactly a hundred times a share: 0.285 is 28.5, where floats make 28.499999."""
    return share * 100 if math.isinf(share) else Decimal(str(share)) * 100


def _rounded(x: Any, digits: int) -> Decimal | float:
    """Rounded halves away from zero, as people round; an infinite value stays."""
    if math.isinf(x):
        return float(x)
    value = Decimal(str(x)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return abs(value) if value == 0 else value  # no "-0.0"


def _percent_of(text: str) -> str:
    """A number already written, with the percent sign where the language puts it."""
    from babel import Locale

    sign = str(Locale.parse(_formats()).percent_formats[None].pattern)
    return sign.replace("#,##0", text)
