"""
A span from one number to another, with the sign of its language between them.

    "2000", "2012"  --span-->  "2000–2012" in English, "2000-2012" in Spanish, French and Basque

English joins the ends by a dash.  The Real Academia Española (Ortografía 2010), the Imprimerie
nationale (Lexique) and Euskaltzaindia join figures by a hyphen.
"""

DASH = {"en": "\N{EN DASH}"}


def span(low: object, high: object, code: str) -> str:
    """
    Both ends, as they are written, joined in a language.

    >>> span(2000, 2012, "en"), span("8,9", "16,5", "es")
    ('2000–2012', '8,9-16,5')
    """
    return f"{low}{DASH.get(code, '-')}{high}"
