"""
What kind of applicant a name says it is, and which rule said so.

    name                      legal_form   kind             rule
    UNIV EXEMPLE                           university       university name: UNIV
    EJEMPLO ROBOTICA          S COOP       company          legal form: S COOP
    PEREZ GIL, ANA                         person           last, first
    EJEMPLO                                other            no rule fits

A guess from spelling, said as such: ``data/raw/rules/applicant_kinds.csv`` is read from the top
and the first rule that fits decides.
"""

import re
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from studylib.clean.distinct import distinct, groups, spread
from studylib.clean.name_keys import compared
from studylib.clean.names import normalise_names
from studylib.clean.texts import TEXT, Array, among, array, chosen, frame, joined, only, parts
from studylib.errors import DataError, quoted, some
from studylib.project import PROJECT

RULES = PROJECT / "data" / "raw" / "rules" / "applicant_kinds.csv"
KINDS = ("company", "university", "public research", "person", "other")
MATCHES = ("word", "start", "legal form", "shape", "given name")
NO_RULE = "no rule fits"
INVENTOR = "named as inventor too"
MOST_WORDS = 4  # of a person with a given name
LONGEST_PERSON = 80  # characters of a name that is tried for a shape


@cache
def read_kinds(path: Path = RULES) -> pd.DataFrame:
    """
    The rules in their order: rule, kind, match, pattern, source.

    Raises
    ------
    DataError
        A kind or a way to match is not known, or a shape is no regular expression.
    """
    rules = pd.read_csv(path, dtype="str", comment="#", keep_default_na=False)
    for column, known in (("kind", KINDS), ("match", MATCHES)):
        if unknown := sorted(set(rules[column]) - set(known)):
            raise DataError(
                f"{path.name}: column `{column}` holds {some(unknown)}; known: {', '.join(known)}."
            )
    for rule in rules[rules["match"] == "shape"].itertuples():
        try:
            groups(pd.Series([""]), f"(?P<hit>{rule.pattern})")
        except pa.ArrowInvalid:
            raise DataError(
                f"{path.name}: the pattern {quoted(rule.pattern)} of rule {quoted(rule.rule)} is "
                "no regular expression (RE2)."
            ) from None
    return rules


def applicant_kind(
    names: pd.Series,
    legal_form: pd.Series | None = None,
    rules: pd.DataFrame | None = None,
    inventors: pd.Series | None = None,
) -> pd.DataFrame:
    """
    The kind of each applicant.

    Parameters
    ----------
    names
        Names as exported, or normal names with their `legal_form` beside them.
    legal_form
        Legal form taken off each name, missing where there was none; None: found in `names`.
    rules
        See `read_kinds`.
    inventors
        Names of inventors of the same exports: an applicant no rule fits who is among them is a
        person.

    Returns
    -------
    One row per value, same index: kind (one of `KINDS`; missing without a name), rule (which
    rule and which pattern decided; missing without a name).
    """
    if legal_form is None:
        split = normalise_names(names)
        names, legal_form = split["name"], split["legal_form"]
    rules = read_kinds() if rules is None else rules
    name_codes, texts = distinct(names)
    form_codes, forms = distinct(legal_form)
    width = len(forms) + 1
    codes, pairs = pd.factorize((name_codes + 1) * width + form_codes + 1)
    index = pd.RangeIndex(len(pairs))
    met = spread(texts.to_frame("name"), pairs // width - 1, index)
    met["form"] = spread(forms.to_frame("form"), pairs % width - 1, index)["form"]
    met["key"] = compared(met["name"])
    decided = _decided(met, rules)
    if inventors is not None:
        also = (decided["rule"] == NO_RULE) & among(met["key"], compared(inventors))
        decided["kind"] = decided["kind"].mask(also, "person")
        decided["rule"] = decided["rule"].mask(also, INVENTOR)
    return spread(decided, codes, names.index)


def _decided(pairs: pd.DataFrame, rules: pd.DataFrame) -> pd.DataFrame:
    """Kind and rule of distinct names, by the first rule that fits."""
    name, key, form = (array(pairs[column]) for column in ("name", "key", "form"))
    kind, rule = pa.nulls(len(name), TEXT), pa.nulls(len(name), TEXT)
    open_ = pc.is_valid(name)
    for title, own in rules.groupby("rule", sort=False):
        match = str(own["match"].iloc[0])
        open_texts = (only(open_, texts) for texts in (name, key, form))
        hit = _hit(match, list(own["pattern"]), *open_texts)
        fits = pc.is_valid(hit)
        said = str(title) if match == "shape" else joined(f"{title}: ", hit)
        kind = chosen(fits, str(own["kind"].iloc[0]), kind)
        rule = chosen(fits, said, rule)
        open_ = pc.and_(open_, pc.invert(fits))
    columns = {"kind": chosen(open_, "other", kind), "rule": chosen(open_, NO_RULE, rule)}
    return frame(columns, np.arange(len(pairs)), pairs.index)


def _hit(match: str, patterns: list[str], name: Array, key: Array, form: Array) -> Array:
    """What of each name fits one of the patterns; missing where none does."""
    if match == "legal form":
        return form
    if match == "shape":
        # A limit inside the pattern ({1,40}) would make it thirty times slower.
        short = only(pc.less_equal(pc.utf8_length(name), LONGEST_PERSON), name)
        return parts(short, f"(?P<hit>{'|'.join(patterns)})")["hit"]
    either = "|".join(re.escape(pattern) for pattern in patterns)
    if match == "given name":
        few = only(pc.less(pc.count_substring(key, " "), MOST_WORDS), key)
        first = parts(few, f"^(?P<hit>{either}) ")["hit"]
        return pc.coalesce(first, parts(few, f" (?P<hit>{either})$")["hit"])
    end = "(?: |$)" if match == "word" else ""
    return parts(key, f"(?:^| )(?P<hit>{either}){end}")["hit"]
