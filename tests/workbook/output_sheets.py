"""What the judges of output sheets share: a case with people, its workbook in other programs, rows by their label."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import formualizer
import openpyxl

from casebuilder import workbook
from casebuilder.model.inputs import values
from casebuilder.model.model import evaluate
from casebuilder.model.results import Outcome, Results
from casebuilder.pitch.view import stamp_of
from casebuilder.workbook.book import Book
from casebuilder.workbook.layout import INPUTS, Layout
from casebuilder.workbook.writer import File
from tests.model.cases import small

Row = dict[int, Any]

#: One person measured on a KPI, a hurdle and a number that the model does not know; one on service; two without.
PEOPLE: list[dict[str, Any]] = [
    {
        "persona": "service",
        "role": "Head of Care",
        "drivers": [
            {"kpi": "other", "name": "Visits on the day", "unit": "share", "current": 0.8, "target": 0.9},
            {"kpi": "churn_rate", "importance": 5, "current": 0.2, "target": 0.15, "due": "2027-12-31"},
            {"kpi": "quota_attainment", "importance": 4, "target": 0.95},
        ],
    },
    {"persona": "cfo", "drivers": [{"kpi": "payback", "kind": "hurdle", "target": 18}]},
    {"persona": "sales", "name": "Ann Ito"},
    {"persona": "chro", "drivers": [{"kpi": "leavers", "kind": "hurdle", "importance": 2, "target": 3}]},
]


def peopled(**changes: Any) -> dict[str, Any]:
    """The small case with people, owners, an own benefit and an own cost; some of its blocks replaced."""
    data = small()
    listen, act = data["initiatives"]
    own = [
        {
            "name": "Tool retired",
            "kind": "benefit",
            "class": "one_off_cash",
            "owner": "cio",
            "initial": 700,
            "by_year": [4_000, 2_000],
        },
        {"name": "Move", "kind": "cost", "owner": "service", "initial": 1_000, "by_year": [500, 300]},
    ]
    company = data["company"] | {"tax_rate": 0.25} | changes.pop("company", {})
    return {
        **data,
        "initiatives": [listen | {"owner": "service"}, act],
        "custom_lines": own,
        "stakeholders": PEOPLE,
        "headline_shares": {"repeat_contacts": {"share": 0.5, "owner": "service"}},
        **changes,
        "company": company,
    }


def book_of(results: Results) -> Book:
    """An empty workbook in which sheets can be written one by one."""
    return workbook._book(File(io.BytesIO()), results, stamp_of(results.case))


def written(results: Results, write: Callable[[Book], None]) -> openpyxl.Workbook:
    """Sheets that are written alone, read back with their formulas."""
    return openpyxl.load_workbook(_alone(results, write))


def stored(results: Results, write: Callable[[Book], None]) -> dict[str, dict[str, Row]]:
    """Stored values by sheet, by label, by column counted from 0; empty texts count as nothing."""
    found = openpyxl.load_workbook(_alone(results, write), data_only=True)
    return {
        sheet.title: {row[0].value: _values(row) for row in sheet.iter_rows() if row[0].value}
        for sheet in found
    }


def _alone(results: Results, write: Callable[[Book], None]) -> io.BytesIO:
    book = book_of(results)
    write(book)
    book.file.close()
    stream: io.BytesIO = book.file.filename
    stream.seek(0)
    return stream


def _values(row: Any) -> Row:
    return {cell.column - 1: cell.value for cell in row[1:] if cell.value not in (None, "")}


class Recalculated:
    """A workbook in another engine, in which inputs can be typed over."""

    def __init__(self, results: Results) -> None:
        self.results = results
        file = workbook.render(results, stamp_of(results.case), ())
        self.layout = Layout(results.case, results.model)
        self.book = formualizer.load_workbook_bytes(file)
        self.book.evaluate_all()
        self.places = openpyxl.load_workbook(io.BytesIO(file))

    def type(self, key: str, value: float | str) -> None:
        """Type a number or a choice into an input and compute everything again."""
        cell, literal = self.layout.input_cell(key), formualizer.LiteralValue
        typed = literal.text(value) if isinstance(value, str) else literal.number(value)
        self.book.set_value(INPUTS, cell.row + 1, cell.column + 1, typed)
        self.book.evaluate_all()

    def rows(self, name: str) -> dict[str, Row]:
        """The computed values of a sheet by label and column."""
        found: dict[str, Row] = {}
        for row in self.places[name].iter_rows():
            if row[0].value:
                cells = (cell for cell in row[1:] if cell.data_type == "f")
                got = {c.column - 1: self.book.get_value(name, c.row, c.column) for c in cells}
                found[row[0].value] = {at: value for at, value in got.items() if value not in (None, "")}
        return found


def outcome_of(results: Results, scenario: str, option: str, **changed: float) -> Outcome:
    """A run of the model with inputs changed, evaluated anew; dots of keys are written as two underscores."""
    shape = results.model.shape
    run = {
        "run.scenario": shape.scenarios.index(scenario) + 1.0,
        "run.option": shape.options.index(option) + 1.0,
    }
    typed = {key.replace("__", "."): value for key, value in changed.items()}
    given = values(results.case, shape) | typed | run
    return Outcome(scenario, option, evaluate(results.model, given))
