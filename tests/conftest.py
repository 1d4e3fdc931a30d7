"""What every test may use: where the real exports are, when they are there."""

from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="skipped: ../shared not found")

settings.register_profile("study", derandomize=True, deadline=None)
settings.load_profile("study")


@pytest.fixture
def shared() -> Path:
    """The folder of real exports; the test is skipped where there is none."""
    if not SHARED.is_dir():
        pytest.skip("skipped: ../shared not found")
    return SHARED
