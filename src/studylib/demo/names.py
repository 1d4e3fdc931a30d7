"""
Names nobody bears: firms, institutes and persons from invented syllables, and their spellings.

    company("FR", dice)  'Vorgalume Composants SAS'
    person("ES", dice)   'Quelzadorma, Ibrune'
    respell(name, dice)  'VORGALUME COMPOSANTS S.A.S.'

The syllables are put together so that no surname or firm of the region comes out; a test holds
the names against a list of known firms, universities and clusters.
"""

import unicodedata

from studylib.demo.draw import Dice

STARTS = {
    "FR": [
        "Vorgal", "Bréqu", "Jondel", "Tauvim", "Gléraz", "Pruvol", "Sarquen", "Dulmér", "Fégoul",
        "Xavrin", "Nolquet", "Bizavr", "Crémul", "Luvrosq",
    ],
    "ES": [
        "Zorbal", "Quelzad", "Tremuñ", "Galdrív", "Urmoxt", "Beltuzk", "Izmord", "Ñorvel",
        "Arxund", "Maldruz", "Lezquind", "Ondrax", "Peltórz", "Eguzbr",
    ],
    "DE": [
        "Drözwald", "Kluntz", "Brümpf", "Zwarkel", "Pfolmer", "Schrövel", "Gnüter", "Wolmrath",
        "Tröckm", "Haxelb", "Jörbst", "Rumpfgal",
    ],
}  # fmt: skip
ENDS = {
    "FR": [
        "ume", "ivaud", "orsec", "émiq", "anval", "urbelle", "ogrine", "èdrac", "ixonne", "avoul",
        "estrude", "omblaie",
    ],
    "ES": [
        "orma", "ixanda", "ekuz", "umela", "ardoko", "ólbia", "intzur", "azpelo", "undero",
        "esmaña", "okrin", "ubaste",
    ],
    "DE": [
        "inger", "aubel", "ostich", "ümmel", "ergrat", "ischock", "unzel", "ackner", "oldrup",
        "ezmann",
    ],
}  # fmt: skip
MIDDLES = {
    "FR": ("", "éb", "ond", "arv", "ig", "oup", "ust", "elz"),
    "ES": ("", "ab", "end", "irk", "old", "utz", "ag", "erz"),
    "DE": ("", "ab", "ink", "old", "erf", "unk", "itz", "el"),
}
GIVEN = {
    "FR": [
        "Maruël", "Sébline", "Jorvan", "Odrice", "Fanelle", "Hélvin", "Brizoé", "Tavien",
        "Clorane", "Ludre",
    ],
    "ES": [
        "Ibrune", "Gorvel", "Maxún", "Ailde", "Beñor", "Zurbine", "Tebán", "Orlisa", "Edruk",
        "Nelbia",
    ],
    "DE": ["Jolbrecht", "Ankrun", "Wiltraf", "Mörte", "Gundrel", "Detfried", "Elsbrun", "Hartulv"],
}  # fmt: skip
BRANCHES = {
    "FR": ("", "", "Composants", "Systèmes", "Matériaux", "Procédés", "Équipements"),
    "ES": ("", "", "Mecánica", "Sistemas", "Ingeniería", "Tecnología", "Componentes"),
    "DE": ("", "", "Maschinenbau", "Technik", "Geräte", "Werkstoffe"),
}
FORMS = {
    "FR": ("SAS", "SA", "SARL"), "ES": ("S.L.", "S.A.", "S. COOP.", "S.A.L."),
    "DE": ("GmbH", "AG", "GmbH & Co. KG"), "BE": ("NV", "SA", "BVBA"), "CH": ("AG", "SA"),
    "US": ("Inc.", "LLC"), "NL": ("B.V.",), "GB": ("Ltd",), "IT": ("S.p.A.", "S.r.l."),
}  # fmt: skip
UNIVERSITY = {"FR": "Université de", "ES": "Universidad de", "DE": "Universität"}
RESEARCH = {
    "FR": "Centre public de recherche",
    "ES": "Fundación Centro Tecnológico",
    "DE": "Forschungsinstitut",
}
OTHER_FORMS = {
    "SAS": "S.A.S.", "SA": "S.A.", "SARL": "S.A.R.L.", "S.L.": "SL", "S.A.": "SA",
    "S. COOP.": "S.Coop.", "S.A.L.": "SAL", "GmbH": "G.m.b.H.", "NV": "N.V.", "Inc.": "INC",
    "B.V.": "BV", "Ltd": "LTD.",
}  # fmt: skip
KINDS = {"company": 0.86, "university": 0.06, "research": 0.08}


def tongue(country: str) -> str:
    """The language whose syllables are used for a country."""
    return {"ES": "ES", "DE": "DE", "CH": "DE", "NL": "DE", "US": "DE", "GB": "DE"}.get(
        country, "FR"
    )


def word(country: str, dice: Dice) -> str:
    """One invented word."""
    language = tongue(country)
    return "".join(dice.pick(part[language]) for part in (STARTS, MIDDLES, ENDS))


def person(country: str, dice: Dice) -> str:
    """An invented person, family name first as patent offices write it."""
    return f"{word(country, dice)}, {dice.pick(GIVEN[tongue(country)])}"


def organisation(country: str, dice: Dice) -> str:
    """An invented company, university or public research body with its legal form."""
    kind = dice.pick(list(KINDS), list(KINDS.values()))
    language, name = tongue(country), word(country, dice)
    if kind == "university":
        return f"{UNIVERSITY[language]} {name}"
    if kind == "research":
        return f"{RESEARCH[language]} {name}"
    parts = (name, dice.pick(BRANCHES[language]), dice.pick(FORMS[country]))
    return " ".join(part for part in parts if part)


def respell(name: str, dice: Dice) -> str:
    """The same name as another clerk might have typed it; mostly as it is."""
    if dice.chance(0.22):
        name = name.upper()
    if dice.chance(0.15):
        name = without_accents(name)
    if dice.chance(0.15):
        name = other_form(name)
    return name.replace("  ", " ")


def without_accents(name: str) -> str:
    """
    The letters without their marks.

    >>> without_accents("Bréquémiq")
    'Brequemiq'
    """
    return unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode("ascii")


def other_form(name: str) -> str:
    """
    The legal form in its other spelling, set off by a comma.

    >>> other_form("Zorbalorma S.L.")
    'Zorbalorma, SL'
    """
    for form, other in OTHER_FORMS.items():
        if name.upper().endswith(" " + form.upper()):
            return f"{name[: -len(form) - 1]}, {other}"
    return name
