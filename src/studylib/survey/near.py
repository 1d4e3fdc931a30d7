"""
What looks like a label and is none: proposed to whoever keeps the codebook, never used.

    "Inovation"      nearest label: Innovation     neither chosen nor "other": not known
    "des visites"    no label is near              words of the respondent

A near miss counts as nothing until somebody writes it into `also` of its option.
"""

from collections.abc import Iterable
from difflib import SequenceMatcher

NEAR = 0.8
"""Share of letters that agree, in their order, from which a text is near a label (difflib)."""


def nearest(said: str, labels: Iterable[str], least: float = NEAR) -> str | None:
    """
    The label a text is nearest to; None where it is near none.  Both are keys of the codebook.

    >>> nearest("inovation", ["innovation", "training"]), nearest("visits", ["training"])
    ('innovation', None)
    """
    found = []
    compare = SequenceMatcher(b=said, autojunk=False)
    for label in labels:
        # Texts of other lengths can agree in few letters; a long one is not compared at all.
        if 2 * min(len(said), len(label)) < least * (len(said) + len(label)):
            continue
        compare.set_seq1(label)
        if compare.quick_ratio() >= least and (share := compare.ratio()) >= least:
            found.append((share, label))
    return max(found)[1] if found else None
