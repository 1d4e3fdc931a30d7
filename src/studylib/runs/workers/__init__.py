"""Processes that execute notebooks: made ready, lent, limited, watched and ended."""

SOON = "soon"
"""The word that tells a worker, and its warm process, that they will be asked at once."""
