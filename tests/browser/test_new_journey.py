"""The journey of somebody new, in a real browser: twelve totals typed as people type them, then the numbers again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.judge, pytest.mark.browser, pytest.mark.slow]

#: What stands on the field, and what is typed into it; the units stay as they are offered.
TYPED = {
    "Company": "Example Networks",
    "Revenue (Income statement)": "48",
    "Customers (Customer master or billing system)": "3,380",
    "Gross margin (Income statement)": "65 %",
    "Customers lost (Renewals or retention report)": "250 to 304",
    "New customers won (Sales pipeline report)": "62",
    "Win rate (Sales pipeline report)": "?",
    "Support contacts (Service desk report)": "11,400",
    "Support cost (Service budget)": "456k",
    "Support people (Personnel report)": "20",
    "Programme, running cost (Your proposal)": "370",
    "Hurdle rate (Finance)": "12",
}


def _choose(page: Page, label: str, choice: str) -> None:
    """Choose as somebody does who types the first letters."""
    box = page.get_by_role("combobox", name=label)
    box.fill(choice)
    box.press("Enter")


def test_from_twelve_totals_to_a_case_and_its_numbers(page: Page, address: str) -> None:
    page.goto(f"{address}/new")
    expect(page.get_by_role("heading", name="A first case from twelve totals")).to_be_visible()
    expect(page.get_by_label("Revenue: unit", exact=True)).to_be_visible()
    for label, text in TYPED.items():
        if label == "Customers (Customer master or billing system)":
            _choose(page, "Currency", "CHF")
        field = page.get_by_label(label, exact=True)
        field.fill(text)
        field.press("Tab")
    expect(
        page.get_by_text("more than one every working day, 8.2% of 3,380 customers: right?")
    ).to_be_visible()
    expect(page.get_by_text("10 of 12 answered")).to_be_visible()
    expect(page.get_by_text(re.compile(r"CHF\s48\sM a year"))).to_be_visible()
    page.get_by_role("button", name="Open this case").click()
    expect(page.get_by_role("heading", name="A first case from twelve totals")).to_have_count(0)
    page.get_by_role("link", name="Numbers", exact=True).first.click()
    rate = page.get_by_label("Hurdle rate", exact=True)
    expect(rate).to_have_value("12%")
    rate.fill("9,5")
    rate.press("Tab")
    expect(rate).to_have_value("9.5%")
