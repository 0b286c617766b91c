"""Fixtures of the journeys: the app as it is served, with saved cases of its own, and a page that asks nobody else."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from casebuilder.terminal.serving import free_ports
from tests.judges import CHROMIUM_ARGS

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app served from this checkout on a free port."""
    store = tmp_path_factory.mktemp("store") / "cases.sqlite"
    (port,) = free_ports(1)
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.headless=true",
        f"--server.port={port}",
    ]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "CASEBUILDER_DATABASE_URL": f"sqlite:///{store}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            wait_until_served(f"http://127.0.0.1:{port}", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()


def wait_until_served(address: str, server: subprocess.Popen[str], seconds: float = 60) -> None:
    """Poll the one address that answers only when the app does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert server.poll() is None, server.stdout.read() if server.stdout else ""
        with (
            contextlib.suppress(urllib.error.URLError, OSError),
            urllib.request.urlopen(f"{address}/_stcore/health") as answer,
        ):
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise AssertionError(f"the app did not answer within {seconds:.0f} s")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for the tests of a file."""
    with sync_playwright() as player:
        found = player.chromium.launch(executable_path=chromium, args=list(CHROMIUM_ARGS))
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page with the answer of the first example; it must not have asked anybody else, nor failed in the browser."""
    asked: list[str] = []
    broken: list[str] = []
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("pageerror", lambda error: broken.append(str(error)))
    tab.set_default_timeout(30_000)
    tab.goto(f"{address}/answer")
    expect(tab.locator("svg.marks")).to_have_count(2, timeout=60_000)
    yield tab
    tab.close()
    strangers = [
        url for url in asked if not url.startswith((address, address.replace("http", "ws"), "data:", "blob:"))
    ]
    assert strangers == []
    assert broken == []
