"""Processes that execute notebooks: made ready, lent, limited, watched and ended."""
