"""Bulk editions, queried where they lie and never loaded: OECD REGPAT and EPO PATSTAT."""
