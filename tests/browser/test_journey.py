"""The journey in a real browser: open an example, move, switch, look, and carry away files that say the same."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from pptx import Presentation

from casebuilder import build
from casebuilder.case import load
from casebuilder.case.edits import with_inputs
from casebuilder.pitch import numbers

pytestmark = [pytest.mark.judge, pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
EXAMPLE = "contract_services"
CHURN = "segments[Single-site].churn_rate"
SWITCHED = "complaint_causes"
HOSTILE = "![x](http://127.0.0.1:9/x.png) $5 and $6 ~~gone~~ :red[alarm] :tada: **bold** <img src=http://127.0.0.1:9/y.png>"


def answer(page: Page) -> dict[str, str]:
    """The numbers of the answer as they stand on screen: the metrics by their label, and both charts' texts."""
    metrics = page.get_by_test_id("stMetric")
    found = {}
    for number in range(metrics.count()):
        label, value = (metrics.nth(number).get_by_test_id(id) for id in ("stMetricLabel", "stMetricValue"))
        found[label.inner_text().strip()] = value.inner_text().strip()
    for number, name in enumerate(("waterfall", "by year")):
        found[name] = " ".join(page.locator("svg.marks").nth(number).locator("text").all_text_contents())
    return found


def money(case: Any, scenario: str | None = None) -> str:
    """The net present value that must be on screen."""
    results = build.evaluate(case)
    npv = results.outcome(scenario or case.headline, results.asked_option).npv
    return numbers.money(npv, case.company.currency)


def see(page: Page, npv: str) -> None:
    """Wait until the first metric says so."""
    expect(page.get_by_test_id("stMetricValue").first).to_have_text(npv)


def until(holds: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for something on the page that has no element of its own to wait for."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "this did not happen"
        time.sleep(0.05)


def seen(page: Page, text: str) -> str:
    """What a reader sees of the element that holds a text: invisible joiners left out."""
    return str(page.get_by_text(text).first.inner_text()).replace("\u2060", "")


def test_a_changed_assumption_travels_into_workbook_and_deck(page: Page, tmp_path: Path) -> None:
    opened = load(ROOT / "examples" / f"{EXAMPLE}.yaml")
    page.get_by_role("link", name="Start").click()
    page.get_by_test_id("stVerticalBlock").filter(has_text=opened.title).last.get_by_role(
        "button", name="Open"
    ).click()
    see(page, money(opened))
    page.get_by_role("combobox", name="Seen by").click()
    page.get_by_role("option", name="Chief Executive Officer").click()
    expect(page.get_by_test_id("stMetricLabel").last).to_contain_text("Customers")
    before = answer(page)

    field = page.get_by_role("textbox", name="Revenue churn, Single-site, %")
    field.fill("20")
    field.press("Tab")
    edited = with_inputs(opened, {CHURN: 0.2})
    see(page, money(edited))
    expect(page.get_by_text("16.4% → 20%")).to_be_visible()
    until(
        lambda: (
            [name for name, text in answer(page).items() if text == before[name]] in ([], ["Most cash out"])
        )
    )

    page.get_by_role("tab", name="Investments").click()
    page.get_by_text("Bill only what the contract says", exact=True).click()
    edited = with_inputs(opened, {CHURN: 0.2, f"initiatives[{SWITCHED}].enabled": False})
    see(page, money(edited))
    page.get_by_role("combobox", name="Scenario").click()
    page.get_by_role("option", name="Expected").click()
    see(page, money(edited, "base"))
    page.get_by_role("combobox", name="Scenario").click()
    page.get_by_role("option", name="Risk-adjusted").click()
    see(page, money(edited))
    on_screen = answer(page)["Net present value"]

    page.get_by_role("link", name="Pitch").click()
    page.get_by_role("button", name="Build the files").click()
    files = {}
    for name in ("Workbook", "Deck for the Chief Financial Officer"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=name).click()
        files[name] = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(files[name])
        assert edited.fingerprint in files[name].name
    check_workbook(files["Workbook"], edited, on_screen)
    check_deck(files["Deck for the Chief Financial Officer"], on_screen, edited.fingerprint)


def check_workbook(path: Path, case: Any, npv: str) -> None:
    """The changed assumption stands on Inputs, and the cached net present value of Summary is the one on screen."""
    book = openpyxl.load_workbook(path, data_only=True)
    rows = list(book["Inputs"].iter_rows(values_only=True))
    heads = next(row for row in rows if {segment.name for segment in case.segments} <= set(row))
    churn = next(row for row in rows if row[0] == "Revenue churn, by segment")
    assert churn[heads.index("Single-site")] == 0.2
    assert churn[heads.index("Multi-site")] == 0.094
    results = build.evaluate(case)
    said = [
        cell
        for row in book["Summary"].iter_rows(values_only=True)
        if row[0] == "Net present value"
        for cell in row
    ]
    amounts = [cell for cell in said if isinstance(cell, float)]
    assert results.asked.npv in [pytest.approx(amount) for amount in amounts]
    assert npv in [numbers.money(amount, case.company.currency) for amount in amounts]


def check_deck(path: Path, npv: str, version: str) -> None:
    """The deck says the same net present value, under the stamp of this version."""
    shapes = [
        shape for slide in Presentation(str(path)).slides for shape in slide.shapes if shape.has_text_frame
    ]
    text = "\n".join(shape.text_frame.text for shape in shapes)
    assert npv.replace("\u00a0", " ") in text.replace("\u00a0", " ")
    assert version in text


def test_a_hostile_case_is_shown_as_it_was_written(page: Page, tmp_path: Path) -> None:
    quoted = f'"{HOSTILE}"'
    path = tmp_path / "hostile.yaml"
    path.write_text(
        f"""
casebuilder: 1
title: {quoted}
company: {{name: {quoted}, currency: EUR, decision_date: 2027-01-01, years: 2}}
segments: [{{name: {quoted}, customers: 100, revenue_per_customer: 50000, gross_margin: 0.5, churn_rate: 0.2}}]
initiatives:
  - {{id: one, name: {quoted}, annual_cost: 10, effects: [{{lever: churn_rate, low: 0.1, base: 0.2, high: 0.3}}]}}
stakeholders: [{{persona: sales, role: {quoted}, drivers: [{{kpi: customers, target: 90}}]}}]
"""
    )
    page.get_by_role("link", name="Start").click()
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(path)
    assert HOSTILE in seen(page, "Open now:")
    nothing_made(page)
    page.get_by_role("link", name="Answer", exact=True).click()
    expect(page.locator("svg.marks")).to_have_count(2)
    assert HOSTILE in page.locator(".st-key-shell").inner_text().replace("\u2060", "")
    page.get_by_role("tab", name="Investments").click()
    assert HOSTILE in page.get_by_test_id("stCheckbox").inner_text().replace("\u2060", "")
    nothing_made(page)


def nothing_made(page: Page) -> None:
    """No picture, formula, strike-through or link came of a user's text."""
    for made in (
        "img",
        ".katex",
        "del",
        "[data-testid=stMarkdownContainer] a",
        "[data-testid=stMarkdownContainer] em",
    ):
        assert page.locator(f"[data-testid=stApp] {made}").count() == 0, made
