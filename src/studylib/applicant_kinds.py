"""
What kind of applicant a name says it is, and which rule said so.
"""

import pandas as pd

from studylib.study import PROJECT

RULES = PROJECT / "data" / "raw" / "rules" / "applicant_kinds.csv"
KINDS = ("company", "university", "public research", "person", "other")


def applicant_kind(
    names: pd.Series, legal_form: pd.Series, rules: pd.DataFrame | None = None
) -> pd.DataFrame:
    """kind and rule per name."""
    kind = pd.Series("other", index=names.index, dtype="str").mask(legal_form.notna(), "company")
    return pd.DataFrame({"kind": kind.where(names.notna()), "rule": "legal form"})
