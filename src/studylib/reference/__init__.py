"""
Figures of the reference data, computed once from public data sets that are not in the project.

    .venv/bin/python -m studylib.reference DIR

DIR holds the files as published (see `metro` and `fp7`); what is written to ``data/raw/reference``
is totals, co-occurrences and test results, registered with citation and licence.
"""
