"""The journeys of docs/app.md in a real browser: from an example, and from twelve totals, to a deck that opens."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pptx import Presentation

from tests.browser.test_new_journey import TYPED

pytestmark = [pytest.mark.judge, pytest.mark.browser, pytest.mark.slow]

#: What goes wrong, in words that no investment of the library uses.
PROBLEM = "Nobody tells us when the technician will come"
#: Seconds that the program may take of the three minutes and the fifteen; the rest is for reading and typing.
OF_THREE_MINUTES, OF_FIFTEEN_MINUTES = 60, 150


def deck(page: Page, folder: Path) -> Path:
    """Build the files for the reader who is offered first, and carry the deck away."""
    page.get_by_role("link", name="Pitch", exact=True).first.click()
    page.get_by_role("button", name="Build the files for the").click()
    with page.expect_download(timeout=90_000) as coming:
        page.get_by_role("button", name="Deck for the").click(timeout=90_000)
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def texts(path: Path) -> str:
    """Every text on the slides of a deck."""
    shapes = (shape for slide in Presentation(str(path)).slides for shape in slide.shapes)
    return "\n".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)


def test_from_an_example_to_a_deck(page: Page, address: str, tmp_path: Path) -> None:
    began = time.monotonic()
    page.goto(address)
    page.get_by_role("button", name="Open", exact=True).first.click()
    expect(page.locator("svg.marks")).to_have_count(2, timeout=30_000)
    path = deck(page, tmp_path)
    assert time.monotonic() - began < OF_THREE_MINUTES
    assert "net present value" in texts(path)


def test_from_twelve_totals_to_a_deck(page: Page, address: str, tmp_path: Path) -> None:
    began = time.monotonic()
    page.goto(address)
    page.get_by_role("button", name="Begin", exact=True).click()
    for label, text in TYPED.items():
        field = page.get_by_label(label, exact=True)
        field.fill(text)
        field.press("Tab")
    page.get_by_role("button", name="Open this case").click()
    page.get_by_label("What goes wrong, as a customer would say it").fill(PROBLEM)
    page.get_by_role("button", name="Write it into the case").click()
    page.get_by_role("button", name="See what could").click()
    expect(page.get_by_text("Pays most here of all in the library").first).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Put into the case").first.click()
    expect(page.get_by_text(f"as an answer to “{PROBLEM}”")).to_be_visible()
    page.get_by_role("link", name="Numbers", exact=True).first.click()
    expect(page.get_by_role("heading", name="The numbers this case rests on")).to_be_visible()
    page.get_by_role("link", name="Answer", exact=True).first.click()
    expect(page.get_by_role("heading", name="Do not invest")).to_be_visible(timeout=30_000)
    path = deck(page, tmp_path)
    assert time.monotonic() - began < OF_FIFTEEN_MINUTES
    assert "Example Networks" in texts(path)
    assert "Do not invest" in texts(path)
    assert PROBLEM in texts(path), "what was put in from there answers it"
    assert "Stays broken for now" not in texts(path)
