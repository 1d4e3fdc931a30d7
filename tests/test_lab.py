"""JupyterLab itself, in a real browser: outputs are read in its light theme and in its dark one."""

import os
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat
import pytest
from conftest import CHROMIUM, needs_chromium
from pages_of import RECORDS, USUAL
from small_studies import dataset, raw

CELLS = (
    'import studylib as sl\nstudy = sl.open_study("study.toml")\nstudy',
    "sl.controls(study)",
    "kets = sl.ket_shares(study)\nkets.head()",
    "sl.show.kets(study, kets)",
    "sl.show.ket_table(study, kets)",
    "sl.show.overlap(study, sl.overlap(study))",
    "sl.show.timeline(study, sl.timeline(study))",
    "sl.show.joint_projects(sl.joint_projects())",
    "sl.say.patents.headline(study)",
    "sl.open_study(located_by='town')",
)
LEAST = 4.5
CONTRAST = """() => {
  const lum = c => { const l = c.map(v => { v /= 255; return v <= 0.04045 ? v / 12.92
      : ((v + 0.055) / 1.055) ** 2.4 }); return .2126 * l[0] + .7152 * l[1] + .0722 * l[2]; };
  const rgb = s => (s.match(/[0-9.]+/g) || [0, 0, 0, 0]).map(Number);
  const under = e => {
    for (; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0.5) return c.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const output of document.querySelectorAll('.jp-OutputArea-output')) {
    const walk = document.createTreeWalker(output, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const text = walk.currentNode.textContent.trim(), e = walk.currentNode.parentElement;
      if (!text || /STYLE|SCRIPT|OPTION|TITLE|DESC/i.test(e.tagName)) continue;
      if (!e.getClientRects().length) continue;
      const style = getComputedStyle(e);
      const ink = rgb(e.ownerSVGElement ? style.fill : style.color).slice(0, 3);
      const [a, b] = [lum(ink), lum(under(e))].sort((x, y) => y - x);
      found.push([Math.round(100 * (a + .05) / (b + .05)) / 100, text.slice(0, 40)]);
    }
  }
  return found;
}"""


@pytest.fixture
def lab(tmp_path):
    """JupyterLab on this machine alone, at a small study and a notebook; its address."""
    dataset(tmp_path, raw(*RECORDS), blocks=USUAL)
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(text) for text in CELLS],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, tmp_path / "try.ipynb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", f"--port={port}",
        "--ServerApp.ip=127.0.0.1", "--IdentityProvider.token=", f"--ServerApp.root_dir={tmp_path}",
    ]  # fmt: skip
    with (tmp_path / "lab.log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=tmp_path, env=os.environ)
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(120):
                try:
                    urllib.request.urlopen(f"{address}/api", timeout=2).close()
                    break
                except OSError:
                    time.sleep(0.5)
            yield f"{address}/lab/tree/try.ipynb"
        finally:
            server.terminate()
            server.wait(30)


@pytest.mark.browser
@pytest.mark.torture
@needs_chromium
def test_outputs_are_read_in_both_themes(lab):
    """Every word of every output, of the form, figures and tables too, has a contrast of 4.5."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1300, "height": 6000})  # all cells in sight
        page.goto(lab, timeout=120_000)
        page.wait_for_selector(".jp-Notebook", timeout=120_000)
        page.wait_for_selector("text=/\\| Idle/", timeout=120_000)  # else it asks which kernel
        page.click(".lm-MenuBar-itemLabel:text-is('Run')")
        page.click(".lm-Menu-itemLabel:text-is('Run All Cells')")
        page.wait_for_selector(
            ".jp-OutputArea-output:has-text('it can be inventor')", timeout=120_000
        )
        page.wait_for_selector(".widget-textarea", timeout=60_000)
        for theme in ("Light", "Dark"):
            page.click(".lm-MenuBar-itemLabel:text-is('Settings')")
            page.hover(".lm-Menu-itemLabel:text-is('Theme')")
            page.click(f".lm-Menu-itemLabel:text-is('JupyterLab {theme}')")
            light = str(theme == "Light").lower()
            page.wait_for_selector(f"body[data-jp-theme-light={light}]", state="attached")
            page.wait_for_timeout(1500)
            told = page.evaluate(CONTRAST)
            words = " ".join(text for _, text in told)
            for seen in (
                "First year",
                "Photonics",
                "micro_nano_electronics",
                "period: 2000",
                "Flanders",
            ):
                assert seen in words, (theme, seen)
            assert [row for row in told if row[0] < LEAST] == [], theme
        browser.close()
