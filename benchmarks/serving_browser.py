"""From the key that moves a slider to the charts as they are painted, in a browser without a window."""

from __future__ import annotations

import shutil
import statistics

from benchmarks.timing import Figure

#: Remembers when a key was pressed, and the last time since that anything was drawn on a canvas.
_WATCH = """
(() => {
  const seen = window.__seen = {pressed: 0, drawn: 0};
  addEventListener('keydown', () => { seen.pressed = performance.now(); seen.drawn = 0; }, true);
  const own = CanvasRenderingContext2D.prototype, original = own.fillText;
  own.fillText = function (...given) {
    if (this.canvas.isConnected) seen.drawn = performance.now();
    return original.apply(this, given);
  };
})();
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
        page.add_init_script(_WATCH)
        page.goto(f"http://127.0.0.1:{port}/answer")
        page.locator("canvas").nth(1).wait_for(timeout=60_000)
        page.wait_for_timeout(2 * _STILL)
        page.get_by_role("slider").first.focus()
        found = [_press(page) for _ in range(_PRESSES)][_WARM:]
        browser.close()
    return [Figure("painted", "from a key on a slider to the charts painted, in Chromium", "ms", statistics.median(found))]


def _press(page: object) -> float:
    page.keyboard.press("ArrowRight")  # type: ignore[attr-defined]
    page.wait_for_function(  # type: ignore[attr-defined]
        f"window.__seen.drawn > window.__seen.pressed && performance.now() - window.__seen.drawn > {_STILL}",
        timeout=20_000,
    )
    return float(page.evaluate("window.__seen.drawn - window.__seen.pressed"))  # type: ignore[attr-defined]
