"""
Finished tables as a reader sees them: labelled in the page's language, with source and measure.

One module per notebook.  Functions take an opened study and a table a researcher has made with
`studylib`, and compute nothing but labels.
"""

from studylib.show.claims import ledger, published_gap, published_sizes
from studylib.show.data import (
    completeness,
    coverage,
    funnel,
    ipc_depth,
    rejects,
    sources,
)
from studylib.show.patents import (
    applicants,
    by_counting,
    by_scheme,
    classified,
    differences,
    fields,
    ket_table,
    kets,
    overlap,
    published_totals,
    sectors,
    timeline,
)
from studylib.show.survey import (
    free_texts,
    interest_table,
    interests,
    survey_differences,
    survey_rejects,
    themes,
    who_answered,
)

__all__ = [
    "applicants",
    "by_counting",
    "by_scheme",
    "classified",
    "completeness",
    "coverage",
    "differences",
    "fields",
    "free_texts",
    "funnel",
    "interest_table",
    "interests",
    "ipc_depth",
    "ket_table",
    "kets",
    "ledger",
    "overlap",
    "published_gap",
    "published_sizes",
    "published_totals",
    "rejects",
    "sectors",
    "sources",
    "survey_differences",
    "survey_rejects",
    "themes",
    "timeline",
    "who_answered",
]
