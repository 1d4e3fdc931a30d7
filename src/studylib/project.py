"""Where the project's own files lie: its notebooks, its rules and the default data."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
"""The folder the notebooks, the rules and the default data lie in."""
