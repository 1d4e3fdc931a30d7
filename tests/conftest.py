"""What every test may use: where the real exports are, when they are there."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, settings

from studylib.language import SOURCE, in_language

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
CHROMIUM = "/usr/bin/chromium" if Path("/usr/bin/chromium").exists() else shutil.which("chromium")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="skipped: no Chromium found to open pages with"
)
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


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """One Chromium for all tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, tmp_path):
    """Opens a page; every request but the page itself is stopped and kept in `asked`."""
    contexts = []

    def opened(html, *, width=1280, height=900, dark=False):
        path = tmp_path / "page.html"
        path.write_text(html, encoding="utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
        )
        contexts.append(context)
        page = context.new_page()
        page.asked, page.said = [], []

        def stop(route):
            if route.request.url == path.as_uri() and not page.asked:
                route.continue_()
            else:
                page.asked.append(route.request.url)
                route.abort()

        page.route("**/*", stop)
        page.on("dialog", lambda dialog: (page.said.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(path.as_uri())
        page.wait_for_timeout(300)
        page.address = path.as_uri()
        return page

    yield opened
    for context in contexts:
        context.close()
