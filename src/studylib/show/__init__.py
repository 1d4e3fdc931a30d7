"""
Finished tables as a reader sees them: labelled in the page's language, with source and measure.

One module per notebook.  Functions take an opened study and a table a researcher has made with
`studylib`, and compute nothing but labels.
"""

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

__all__ = [
    "applicants",
    "by_counting",
    "by_scheme",
    "classified",
    "completeness",
    "coverage",
    "differences",
    "fields",
    "funnel",
    "ipc_depth",
    "ket_table",
    "kets",
    "overlap",
    "published_totals",
    "rejects",
    "sectors",
    "sources",
    "timeline",
]
