"""What every test may use: where the real exports are, when they are there."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, settings

from studylib.language import SOURCE, in_language

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="skipped: ../shared not found")

# A failing example is made small, not explained: that takes minutes with pandas below.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.target, Phase.shrink)
settings.register_profile("study", derandomize=True, deadline=None, phases=PHASES)
settings.load_profile("study")


@pytest.fixture
def shared() -> Path:
    """The folder of real exports; the test is skipped where there is none."""
    if not SHARED.is_dir():
        pytest.skip("skipped: ../shared not found")
    return SHARED


@pytest.fixture(autouse=True, scope="session")
def _built_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nothing a test builds reaches the project's own `data/processed`."""
    os.environ["STUDYLIB_PROCESSED"] = str(tmp_path_factory.mktemp("processed"))


@pytest.fixture(autouse=True)
def _in_the_language_of_the_source() -> Iterator[None]:
    """Opening a study sets the language of what follows; the next test knows nothing of it."""
    with in_language(SOURCE):
        yield
