"""A review in a real browser: a key makes a doubt and takes it back, letters keep their size, one export at the end."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect
from pptx import Presentation

from casebuilder import build
from casebuilder.analysis.cuts import Cut, cut
from casebuilder.analysis.study import study
from casebuilder.pitch import numbers
from casebuilder.ui import files

pytestmark = [pytest.mark.judge, pytest.mark.browser, pytest.mark.slow]

CASE = files.example(files.FIRST)


def review(browser: Browser, address: str, **size: Any) -> Page:
    """The page, painted."""
    page = browser.new_page(**(size or {"viewport": {"width": 1280, "height": 900}}))
    page.set_default_timeout(30_000)
    page.goto(f"{address}/review")
    expect(npv(page)).to_have_text(money(), timeout=60_000)
    expect(page.get_by_role("button", name=re.compile("Agreed"))).to_be_visible()
    return page


def npv(page: Page) -> Any:
    return page.get_by_test_id("stMetricValue").nth(1)


def money(*cuts: Cut) -> str:
    own = study(CASE, option=build.evaluate(CASE).asked_option)
    return numbers.money(cut(own, cuts).end, CASE.company.currency)


def test_one_key_makes_a_doubt_and_takes_it_back(browser: Browser, address: str) -> None:
    page = review(browser, address)
    costs, later = Cut(kind="costs", amount=1.2), Cut(kind="later", amount=6)
    page.keyboard.press("4")
    expect(npv(page)).to_have_text(money(costs))
    page.keyboard.press("3")
    expect(npv(page)).to_have_text(money(costs, later))
    page.keyboard.press("4")
    expect(npv(page)).to_have_text(money(later))
    page.keyboard.press("Control+z")
    expect(npv(page)).to_have_text(money(costs, later))
    page.keyboard.press("0")
    expect(npv(page)).to_have_text(money())


def test_a_key_pressed_before_the_fields_are_painted_changes_nothing_but_its_doubt(
    browser: Browser, address: str
) -> None:
    """A field that is painted later than others must not begin empty, for that would be sent with the next key."""
    page, waiting = browser.new_page(viewport={"width": 1280, "height": 900}), []
    page.set_default_timeout(30_000)
    page.route(re.compile(r"/static/js/(Slider|TextInput)\."), lambda route: waiting.append(route))  # noqa: PLW0108
    page.goto(f"{address}/review")
    expect(npv(page)).to_have_text(money(), timeout=60_000)
    costs, later = Cut(kind="costs", amount=1.2), Cut(kind="later", amount=6)
    page.keyboard.press("4")
    expect(npv(page)).to_have_text(money(costs))
    assert waiting, "the fields come in files of their own"
    for route in waiting:
        route.continue_()
    expect(page.get_by_label("Win rate, Enterprise, %").last).to_have_value("17.2%")
    page.keyboard.press("3")
    expect(npv(page)).to_have_text(money(costs, later))
    expect(page.get_by_label("Win rate, Enterprise, %").last).to_have_value("17.2%")


def test_fields_say_the_case_on_whatever_page_they_are_met_first(browser: Browser, address: str) -> None:
    """The same number stands on two pages: a browser that shows it empty on the second would send that back."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(30_000)
    page.goto(f"{address}/answer")
    page.get_by_role("slider", name="Win rate, Enterprise, %").wait_for(timeout=60_000)
    page.get_by_role("link", name="Review", exact=True).click()
    expect(page.get_by_role("button", name=re.compile("Agreed"))).to_be_visible()
    expect(page.get_by_label("Win rate, Enterprise, %").last).to_have_value(re.compile(r"^17\.2"))
    expect(page.get_by_role("slider", name="Win rate, Enterprise, %")).to_have_value("17.2")
    page.get_by_role("slider", name="Win rate, Enterprise, %").press("ArrowRight")
    expect(page.get_by_label("Win rate, Enterprise, %").last).to_have_value(re.compile(r"^17\.3"))


def test_a_key_typed_into_a_field_makes_no_doubt(browser: Browser, address: str) -> None:
    page = review(browser, address)
    field = page.get_by_label(re.compile("Hurdle rate of"))
    field.press("Control+a")
    field.press_sequentially("12")
    field.press("Tab")
    page.get_by_role("button", name=re.compile("Hurdle rate of 12%")).click()
    expect(npv(page)).to_have_text(money(Cut(kind="hurdle", amount=0.12)))
    expect(page.get_by_test_id("stMetricDelta")).to_have_count(4)


def test_after_an_amount_is_typed_the_keys_make_doubts_again(browser: Browser, address: str) -> None:
    page = review(browser, address)
    field = page.get_by_label(re.compile("Hurdle rate of"))
    field.fill("12")
    field.press("Enter")
    expect(page.get_by_role("button", name=re.compile("Hurdle rate of 12%"))).to_be_visible()
    page.keyboard.press("5")
    expect(npv(page)).to_have_text(money(Cut(kind="hurdle", amount=0.12)))


def test_letters_keep_their_size_when_the_page_is_made_smaller(browser: Browser, address: str) -> None:
    """At 60 % zoom the browser lays out 1280 pixels as 2133: the four numbers stay as high on the screen."""
    usual = review(browser, address)
    small = review(browser, address, viewport={"width": 2133, "height": 1500}, device_scale_factor=0.6)
    heights = []
    for page, zoom in ((usual, 1.0), (small, 0.6)):
        box, screen = npv(page).bounding_box(), page.viewport_size
        assert box is not None
        assert screen is not None
        assert box["y"] + box["height"] < screen["height"] / 2
        heights.append(box["height"] * zoom)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert heights[1] == pytest.approx(heights[0], rel=0.1)
    assert heights[0] > 40


def test_the_export_carries_one_version(browser: Browser, address: str, tmp_path: Path) -> None:
    page = review(browser, address)
    page.keyboard.press("4")
    expect(npv(page)).to_have_text(money(Cut(kind="costs", amount=1.2)))
    page.get_by_text("Finish", exact=True).click()
    page.get_by_role("button", name="Build the files").click()
    with page.expect_download(timeout=90_000) as taken:
        page.get_by_role("button", name="Minutes, workbook and deck").click(timeout=90_000)
    path = tmp_path / "review.zip"
    taken.value.save_as(path)
    version = taken.value.suggested_filename.removesuffix(".zip").rpartition("-")[2]
    archive = zipfile.ZipFile(path)
    kinds = {name.rpartition(".")[2]: archive.read(name) for name in archive.namelist() if version in name}
    assert set(kinds) == {"html", "xlsx", "pptx"}
    assert version in kinds["html"].decode()
    assert "Costs 20% higher" in kinds["html"].decode()
    book = openpyxl.load_workbook(io.BytesIO(kinds["xlsx"]), read_only=True)
    assert any(version in str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row)
    deck = Presentation(io.BytesIO(kinds["pptx"]))
    assert any(version in shape.text_frame.text for shape in deck.slides[0].shapes if shape.has_text_frame)
    page.keyboard.press("4")
    expect(page.get_by_text("build again")).to_be_visible()
    expect(page.get_by_role("button", name="Minutes, workbook and deck")).to_have_count(0)
