"""
What spellings of one name share: the text cleaned for display, and the key for comparison.

    exported                   cleaned                compared
    Société  Exemple, S.A.     SOCIÉTÉ EXEMPLE, SA    SOCIETE EXEMPLE SA
    Pérez-Gil, A. B.           PÉREZ-GIL, A B         PEREZ GIL A B

Marks are taken off Latin letters only (Ñ compares as N); other scripts keep every character.
"""

import pandas as pd
import pyarrow.compute as pc

from studylib.clean.distinct import distinct, spread
from studylib.clean.texts import array as arrow
from studylib.clean.texts import replaced

LETTERS_WITHOUT_MARK = (("Ø", "O"), ("Æ", "AE"), ("Œ", "OE"), ("Ł", "L"), ("Đ", "D"), ("ẞ", "SS"))
BLANK = r"[\s\p{Z}\p{Cc}\p{Cf}]"
OTHER_BLANK = (  # all of BLANK but " ", which may stay
    r"[\t-\r\p{Zl}\p{Zp}\p{Cc}\p{Cf}\x{A0}\x{1680}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}]"
)
SIGNS = r"[\p{P}\p{S}\t-\r]"


def cleaned(texts: pd.Series) -> pd.Series:
    """Upper case in one Unicode form, single blanks, no dots of abbreviations, bare ends."""
    array = pc.utf8_normalize(arrow(texts), "NFC")
    array = replaced(pc.utf8_upper(array), f"{BLANK}{{2,}}|{OTHER_BLANK}", " ")
    # "S.A." is SA; a dot before a longer word parts two words: S.COOP, AMAZON.COM.
    array = replaced(array, r"\.([\p{L}\p{N}]{2})", r" \1")
    array = replaced(replaced(array, r"\.", ""), " {2,}", " ")
    # Brackets stay: they may open or close inside the name.
    return pd.Series(pc.utf8_trim(array, " ,;-/'\""), texts.index, dtype="str")


def compared(names: pd.Series) -> pd.Series:
    """Upper case, without marks on Latin letters and without punctuation; missing stays so."""
    codes, texts = distinct(names)
    array = pc.utf8_upper(pc.utf8_normalize(arrow(texts), "NFD"))
    array = replaced(array, r"(\p{Latin})\p{Mn}+", r"\1")
    array = pc.utf8_normalize(array, "NFC")
    for letter, plain in LETTERS_WITHOUT_MARK:
        array = pc.replace_substring(array, letter, plain)
    array = replaced(array, SIGNS, " ")
    array = pc.utf8_trim_whitespace(replaced(array, " {2,}", " "))
    key = pd.Series(array, texts.index, dtype="str")
    # A name of punctuation only is compared as it stands.
    return spread(key.mask(key == "", texts).to_frame("key"), codes, names.index)["key"]
