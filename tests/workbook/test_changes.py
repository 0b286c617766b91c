"""Changes: every open input once, in the order of Inputs, found again by key and formula, and every edit noticed."""

from __future__ import annotations

import re

import openpyxl
import pytest

from casebuilder.workbook.book import EDITED, FAILS, HOLDS
from casebuilder.workbook.layout import CHANGES, INPUTS, Layout
from casebuilder.workbook.plan import CHANGED as COUNT
from casebuilder.workbook.plan import SELECTION
from casebuilder.workbook.sheets.changes import CHANGED, EXPORTED, KEY, NOW, ChangesPlan
from tests.workbook import live, made

EXAMPLE = "examples/contract_services.yaml"
EFFECT = "initiatives[portal].effects[self_service_share,all].base"


@pytest.fixture(scope="module")
def book() -> live.Live:
    return live.opened(EXAMPLE)


@pytest.fixture(scope="module")
def sheets_read() -> openpyxl.Workbook:
    return made.written(EXAMPLE)


def count(book: live.Live) -> float:
    return float(book.value(CHANGES, int(COUNT.rpartition("$")[2]), 3))


def selection(book: live.Live) -> float:
    return float(book.value(CHANGES, int(SELECTION.rpartition("$")[2]), 3))


def test_every_open_input_is_there_once_in_the_order_of_inputs(sheets_read: openpyxl.Workbook) -> None:
    """By another reader: the unlocked cells of Inputs and the references of Changes are the same in the same order."""
    inputs, changes = sheets_read[INPUTS], sheets_read[CHANGES]
    rows = inputs.iter_rows(min_row=Layout.FIRST_INPUT + 1)
    unlocked = [cell.coordinate for row in rows for cell in row if not cell.protection.locked]
    unlocked = [at for at in unlocked if inputs[at].value is not None]
    listed = [row[NOW].value for row in changes.iter_rows(min_row=9) if row[NOW].value is not None]
    assert [re.sub(r"\$|=Inputs!", "", str(text)) for text in listed] == unlocked
    assert len(listed) > 300


def test_each_row_holds_the_key_and_the_exported_value(
    book: live.Live, sheets_read: openpyxl.Workbook
) -> None:
    rows = [row for row in sheets_read[CHANGES].iter_rows(min_row=9) if row[KEY].value]
    for row in rows:
        cell = book.layout.input_cell(row[KEY].value)
        assert row[NOW].value == f"=Inputs!{cell.a1}"
        assert row[EXPORTED].value == sheets_read[INPUTS][cell.a1.replace("$", "")].value
    assert len({row[KEY].value for row in rows}) == len(rows)
    assert len({row[0].value for row in rows}) == len(rows)


def test_nothing_is_changed_at_first(book: live.Live) -> None:
    assert (count(book), selection(book), book.light) == (0, 0, HOLDS)


@pytest.mark.parametrize("value", [0.1234, "a third", None])
def test_another_number_a_text_and_an_emptied_cell_are_changes(
    book: live.Live, value: float | str | None
) -> None:
    with book.typed(EFFECT, value):
        assert count(book) == 1
        assert selection(book) == 0
        plan = ChangesPlan(book.plan.book)
        row = next(n for n, each in enumerate(plan.inputs, plan.first_input + 1) if each.key == EFFECT)
        assert book.value(CHANGES, row, CHANGED + 1) == 1
    assert (count(book), book.light) == (0, HOLDS)


def test_the_smallest_change_counts(book: live.Live) -> None:
    before = book.plan.book.input_values["company.discount_rate"]
    with book.typed("company.discount_rate", before + 1e-12):
        assert count(book) == 1


def test_an_emptied_zero_is_a_change(book: live.Live) -> None:
    """A reference to an empty cell shows 0, the number that stood there."""
    assert book.plan.book.input_values["company.tax_rate"] == 0
    with book.typed("company.tax_rate", None):
        assert count(book) == 1


def test_an_edited_input_is_amber_and_no_fault(book: live.Live) -> None:
    with book.typed(EFFECT, 0.1):
        assert book.light == EDITED
        assert book.failing == []


@pytest.mark.parametrize("key", ["select.scenario", "select.option"])
def test_another_selection_is_amber_and_no_fault(book: live.Live, key: str) -> None:
    words = {row.cells[0][1]: row.choices for row in book.layout.inputs if row.choices}[key]
    now = str(book.value(INPUTS, book.layout.row(key) + 1, 3))
    for choice in words:
        with book.typed(key, choice):
            assert (count(book), selection(book)) == (0, float(choice != now)), choice
            assert book.light == (HOLDS if choice == now else EDITED), choice
            assert book.light != FAILS
