"""
Basque endings, which follow the last sound of the word or number they are put to.

    "{n}(e)tik {k}"     --12, 5-->       "12tik 3", "5etik 3"        hamabi-tik, bost-etik
    "{area}(r)en"       --Euskadi, Paris-->  "Euskadiren", "Parisen"

A translation writes the sound that may fall out in brackets behind the name of the value: `(e)`
stays after a consonant, `(r)` after a vowel, `(a)` after anything but an a.  A number sounds as
it is said.  The rules are those of Euskaltzaindia for names and numbers (arauak 2 and 37).
"""

import re
from collections.abc import Mapping

CODE = "eu"
OPEN = re.compile(r"\{(\w+)\}\(([era])\)(\w*)")
DATE = re.compile(r"(\d+)\(([era])\)(\w*)")
VOWELS = "aeiouáéíóúü"
# The last letter of a number as it is said, by what it leaves over twenty: hamabost is 15, 35, 95.
SAID = {1: "t", 5: "t", 10: "r", 11: "a", 15: "t"}


def filled(text: str, values: Mapping[str, object], code: str) -> str:
    """
    A text with its values, and in Basque with the endings they take.

    >>> filled("{n}(e)tik {k}", {"n": "57", "k": "5"}, "eu")
    '57tik 5'
    >>> filled("{area}(e)n: {share}(e)an", {"area": "Akitania", "share": "% 95"}, "eu")
    'Akitanian: % 95ean'
    """
    if code == CODE:
        text = OPEN.sub(lambda m: f"{{{m[1]}}}{_ending(str(values[m[1]]), m[2], m[3])}", text)
    return text.format(**values)


def of_numbers(text: str) -> str:
    """
    The endings of numbers that CLDR leaves open in dates.

    >>> of_numbers("2013(e)ko martxoaren 1(a)"), of_numbers("2025(e)ko urriaren 31(a)")
    ('2013ko martxoaren 1a', '2025eko urriaren 31')
    """
    return DATE.sub(lambda m: m[1] + _ending(m[1], m[2], m[3]), text)


def _ending(word: str, open_sound: str, rest: str) -> str:
    """What is put to a word: the open sound where it is said, and the rest."""
    if word == "1" and rest == "tan":
        return "ean"  # bat is singular: batean, and not "batetan"
    last = _last_sound(word)
    is_vowel = last in VOWELS
    if open_sound == "a":
        return rest if last == "a" else "a" + rest
    # A word that ends in r writes it twice: klusterretik; a number only the ending: 10etik.
    twice = "r" if word[-1:] == "r" else ""
    if open_sound == "r":
        return "r" + rest if is_vowel else twice + rest
    if is_vowel:
        # 11n and not "11an": two a become one.
        return rest[1:] if last == rest[:1] == "a" else rest
    return twice + "e" + rest


def _last_sound(word: str) -> str:
    """The last letter of a word, of a number as it is said; a sign at the end is not heard."""
    heard = word.rstrip(").»”’'%* ")
    digits = re.search(r"(?:(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?)$", heard)
    if not digits:
        return heard[-1:].lower()
    number = int(digits[2] or digits[1].replace(".", ""))
    if number % 100:
        return SAID.get(number % 20, "i")
    if number % 1000:
        return "n"  # ehun
    return "i" if number % 1_000_000 == 0 else "a"  # zero, milioi; mila
