"""From the key that moves a slider to the charts as they are painted, in a browser without a window."""

from __future__ import annotations

import shutil
import statistics
from typing import TYPE_CHECKING

from benchmarks.timing import Figure

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: Remembers when a key was pressed, and when a frame was ready after a chart, which is an SVG, changed since then.
_WATCH = """
() => {
  const seen = window.seenByBenchmark = {pressed: 0, drawn: 0};
  addEventListener('keydown', () => { seen.pressed = performance.now(); seen.drawn = 0; }, true);
  const drawn = () => requestAnimationFrame(() => { seen.drawn = performance.now(); });
  const isChart = (change) => change.target.closest?.('[data-testid="stVegaLiteChart"] svg')
    ?? change.target.parentElement?.closest('[data-testid="stVegaLiteChart"] svg');
  new MutationObserver((changes) => { if (changes.some(isChart)) drawn(); }).observe(
    document.body, {subtree: true, childList: true, attributes: true, characterData: true});
}
"""
_PRESSES, _WARM = 8, 2
#: A page that draws nothing any more for so many milliseconds is painted.
_STILL = 700


def painted(port: int) -> list[Figure]:
    """Milliseconds from a key to the charts of the Answer page; nothing where there is no Chromium."""
    chromium = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        chromium = None
    if chromium is None:
        return []
    with sync_playwright() as started:
        options = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
        browser = started.chromium.launch(executable_path=chromium, args=options)
        page = browser.new_page(viewport={"width": 1280, "height": 2000})
        page.goto(f"http://127.0.0.1:{port}/answer")
        page.locator('[data-testid="stVegaLiteChart"] svg').nth(1).wait_for(timeout=60_000)
        page.wait_for_timeout(2 * _STILL)
        page.evaluate(_WATCH)
        page.get_by_role("slider").first.focus()
        found = [_press(page) for _ in range(_PRESSES)][_WARM:]
        browser.close()
    words = "from a key on a slider to the charts painted, in Chromium"
    return [Figure("painted", words, "ms", statistics.median(found))]


def _press(page: Page) -> float:
    seen = "window.seenByBenchmark"
    page.keyboard.press("ArrowRight")
    still = f"{seen}.drawn > {seen}.pressed && performance.now() - {seen}.drawn > {_STILL}"
    page.wait_for_function(still, timeout=20_000)
    return float(page.evaluate(f"{seen}.drawn - {seen}.pressed"))
