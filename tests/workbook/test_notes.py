"""Notes: every statement stands there once, what Summary reads is in the model's order, and choices follow Inputs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import formualizer
import pytest

from casebuilder.case import library, load
from casebuilder.model.results import IRR_NOTES, PAYBACK_STATES
from casebuilder.workbook.layout import INPUTS, NOTES, Layout
from casebuilder.workbook.sheets.notes import irr_names, irr_words, payback_names, payback_words
from tests.workbook import made as shared

CASE = Path("tests/golden/tax_mid_late.yaml")
#: Words of the model's page that people do not read.
OURS = ("initiative", "lever", "headroom", "haircut", "headline", "ramp", "fingerprint", "payoff", "spec")


def made() -> tuple[Layout, bytes, Any]:
    found = shared.results(CASE)
    return Layout(found.case, found.model), shared.content(CASE), shared.stored(CASE)


def statements() -> list[tuple[str, str]]:
    """Every statement of the library, by name and text."""
    said = library.method()
    groups = (
        said.use,
        said.method,
        said.choices.values(),
        said.not_counted,
        said.weaknesses,
        said.signs,
        said.rules,
    )
    return [(each.name, each.text) for group in groups for each in group]


def column(letter: str) -> list[Any]:
    return [cell.value for cell in made()[2][NOTES][letter]]


def test_every_statement_stands_there_once() -> None:
    found = list(zip(column("A"), column("B"), strict=True))
    for statement in statements():
        assert found.count(statement) == 1, statement
    labels = [label for label in column("A") if label is not None]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("statement", statements(), ids=lambda said: said[0])
def test_statements_are_sentences_in_the_readers_words(statement: tuple[str, str]) -> None:
    name, text = statement
    assert text.rstrip(")W0123456789, (").endswith("."), text
    assert not [word for word in OURS if word in f"{name} {text}".lower()]
    assert not name.endswith(".")


@pytest.mark.parametrize(
    ("words", "names", "meanings"),
    [
        (
            irr_words(),
            irr_names(),
            [library.method().states.irr[note or "found"] for note in IRR_NOTES.values()],
        ),
        (
            payback_words(),
            payback_names(),
            [library.method().states.payback[s] for s in PAYBACK_STATES.values()],
        ),
    ],
    ids=["irr", "payback"],
)
def test_what_summary_says_stands_in_the_order_of_the_states(
    words: str, names: tuple[str, ...], meanings: Any
) -> None:
    sheet, _, cells = words.partition("!")
    found = made()[2][sheet][cells.replace("$", "")]
    assert tuple(cell.value for (cell,) in found) == names
    assert [cell.offset(column=1).value for (cell,) in found] == meanings


def test_choices_are_those_of_the_case_and_follow_inputs() -> None:
    layout, content, stored = made()
    row = {cell.value: cell.row for cell in stored[NOTES]["A"] if cell.value is not None}
    said = {
        key: stored[NOTES].cell(row[each.name], 3).value for key, each in library.method().choices.items()
    }
    case = load(CASE)
    assert case.company.tax_rate > 0
    assert said["tax_rate"] == f"{case.company.tax_rate:.1%}"
    assert said["discounting"] == "mid-period"
    assert said["currency"] == case.company.currency
    assert None not in said.values()
    book = formualizer.load_workbook_bytes(content)
    for key, value in (("company.tax_rate", 0.2625), ("company.release_working_capital", 0.0)):
        cell = layout.input_cell(key)
        book.set_value(INPUTS, cell.row + 1, cell.column + 1, formualizer.LiteralValue.number(value))
    book.evaluate_all()
    choices = library.method().choices
    assert book.get_value(NOTES, row[choices["release"].name], 3) == "no"
    assert book.get_value(NOTES, row[choices["tax_rate"].name], 3) in ("26.3%", "26.2%")


def test_there_is_a_line_for_every_sheet() -> None:
    assert set(made()[2].sheetnames) - set(library.method().sheets) == set(made()[0].calc_names.values())


def test_rows_are_high_enough_for_their_text() -> None:
    sheet = made()[2][NOTES]
    for row in sheet.iter_rows(min_row=5, max_col=2):
        text = str(row[1].value or "")
        height = sheet.row_dimensions[row[0].row].height or 15
        assert len(text) <= 150 * (height // 13), text
