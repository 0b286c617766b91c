"""The sheet Options: exported figures equal an independent batch of runs, and the check sees a broken calculation."""

import io
from collections.abc import Iterator
from typing import Any

import formualizer
import openpyxl
import pytest

from casebuilder.analysis.options import options as choices
from casebuilder.analysis.study import study
from casebuilder.model.inputs import values
from casebuilder.model.results import Results
from casebuilder.pitch.view import stamp_of
from casebuilder.pitch.words import option_label, scenario_label
from casebuilder.workbook.book import Book
from casebuilder.workbook.layout import INPUTS, OPTIONS, SELECTED, Layout
from casebuilder.workbook.sheets.options import BLOCKS, OptionsPlan, check_cells
from tests.workbook import made

EXAMPLE = "examples/contract_services.yaml"
KEYS = [key for block in BLOCKS.values() for key, *_ in block]


@pytest.fixture(scope="module")
def results() -> Results:
    return made.results(EXAMPLE)


@pytest.fixture(scope="module")
def file() -> bytes:
    return made.content(EXAMPLE)


@pytest.fixture(scope="module")
def plan(results: Results) -> OptionsPlan:
    return OptionsPlan(book_of(results))


@pytest.fixture(scope="module")
def read() -> Any:
    """The sheet as another program reads it, stored values only."""
    return made.stored(EXAMPLE)[OPTIONS]


def book_of(results: Results) -> Book:
    """A book that knows addresses and writes nothing."""
    shape: Any = None
    given = values(results.case, results.model.shape)
    return Book(shape, shape, Layout(results.case, results.model), results, stamp_of(results.case), given)


class Live:
    """The workbook in another engine: read, typed over and recalculated."""

    def __init__(self, file: bytes, results: Results) -> None:
        self.book = formualizer.load_workbook_bytes(file)
        self.book.evaluate_all()
        self.layout, self.plan = Layout(results.case, results.model), OptionsPlan(book_of(results))
        self.before: dict[tuple[str, int, int], Any] = {}

    def select(self, kind: str, words: str) -> None:
        self._type(f"select.{kind}", formualizer.LiteralValue.text(words))

    def type(self, key: str, value: float) -> None:
        self._type(key, formualizer.LiteralValue.number(value))

    def _type(self, key: str, value: Any) -> None:
        cell = self.layout.input_cell(key)
        self._set((INPUTS, cell.row + 1, cell.column + 1), value)

    def overwrite(self, key: str, factor: float) -> None:
        """Put a number in place of a formula of Calc selected."""
        place = (SELECTED, self.layout.row(key) + 1, 3)
        self._set(place, formualizer.LiteralValue.number(self.book.get_value(*place) * factor))

    def _set(self, place: tuple[str, int, int], value: Any) -> None:
        self.before.setdefault(place, made.written(EXAMPLE)[place[0]].cell(*place[1:]).value)
        self.book.set_value(*place, value)
        self.book.evaluate_all()

    def restore(self) -> None:
        """Everything typed taken back, formulas included."""
        make = formualizer.LiteralValue
        for place, was in self.before.items():
            if str(was).startswith("="):
                self.book.set_formula(*place, was)
            else:
                self.book.set_value(*place, make.text(was) if isinstance(was, str) else make.number(was))
        self.before.clear()
        self.book.evaluate_all()

    def at(self, row: int, column: int) -> Any:
        """A cell of Options, counted from 0; None where there is no number."""
        value = self.book.get_value(OPTIONS, row + 1, column + 1)
        return None if value in ("", "n/a") else value

    @property
    def check(self) -> tuple[float, float, float]:
        """Whether the comparison applies, what is left over, and whether it holds."""
        left, holds = (self.at(self.plan.together, self.plan.first + n) for n in (0, 1))
        return self.at(self.plan.check + 2, Layout.VALUE), left, holds


@pytest.fixture(scope="module")
def engine(file: bytes, results: Results) -> Live:
    return Live(file, results)


@pytest.fixture
def live(engine: Live) -> Iterator[Live]:
    yield engine
    engine.restore()


def test_exported_figures_are_those_of_the_analysis(results: Results, plan: OptionsPlan, read: Any) -> None:
    """The batch that compares choices knows nothing of the workbook."""
    found = {choice.id: choice for choice in choices(study(results.case, results.case.headline))}
    for column, option in enumerate(plan.options, plan.first + 1):
        choice = found[option] if option in found else found["full"]
        for key, want in (
            ("npv", choice.npv),
            ("first_year", choice.first_year_cash),
            ("peak_funding", choice.peak_funding),
            ("payback_months", choice.payback_months),
        ):
            got = read.cell(plan.rows[key] + 1, column).value
            assert got == ("n/a" if want is None else pytest.approx(want, rel=1e-9, abs=1e-6)), (option, key)


def test_doing_nothing_stands_last_and_costs_nothing(results: Results, plan: OptionsPlan, read: Any) -> None:
    heads = [read.cell(6, column + 1).value for column in range(plan.first, plan.last + 1)]
    assert heads == ["As set in the case", "Full", "Lean", "Do nothing"]
    for key in ("npv", "pv_costs", "first_year"):
        assert read.cell(plan.rows[key] + 1, plan.last + 1).value == 0
    assert read.cell(plan.rows["irr"] + 1, plan.last + 1).value == "n/a"


def test_exported_figures_are_no_formulas(file: bytes, plan: OptionsPlan) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(file), read_only=True)[OPTIONS]
    found = [[cell.data_type for cell in row] for row in sheet.iter_rows()]
    for key in KEYS:
        row = found[plan.rows[key]]
        assert row[Layout.VALUE] == row[plan.since] == "f"
        assert "f" not in row[plan.first : plan.last + 1]


def test_what_is_in_each_option(results: Results, plan: OptionsPlan, read: Any) -> None:
    table = results.case.option_table
    for column, option in enumerate(plan.options, plan.first + 1):
        for row, initiative in enumerate(results.case.initiatives, plan.contents + 2):
            assert read.cell(row, 1).value == f"Investment: {initiative.name}"
            inside = option not in table or initiative.id in table[option]
            assert read.cell(row, column).value == float(inside), (option, initiative.id)
        together = len(table[option]) if option in table else len(results.case.initiatives)
        assert read.cell(plan.contents + len(results.case.initiatives) + 2, column).value == together


def test_each_option_selected_equals_its_exported_column(live: Live, plan: OptionsPlan) -> None:
    for column, option in enumerate(plan.options, plan.first):
        live.select("option", option_label(option))
        for key in KEYS:
            now, exported = live.at(plan.rows[key], Layout.VALUE), live.at(plan.rows[key], column)
            assert now == (exported if exported is None else pytest.approx(exported, rel=1e-9, abs=1e-6)), key
            since = live.at(plan.rows[key], plan.since)
            assert since == (None if exported is None else pytest.approx(0.0, abs=1e-4)), (option, key)
        applies, left, holds = live.check
        assert (applies, holds) == (1.0, 1.0)
        assert left < 1e-3


@pytest.mark.parametrize("key", ["npv", "pv_costs", "pv_benefits"])
def test_a_number_typed_over_a_formula_is_seen(live: Live, key: str) -> None:
    before = live.at(live.plan.rows[key], Layout.VALUE)
    live.overwrite(key, 1.001)
    applies, left, holds = live.check
    assert (applies, holds) == (1.0, 0.0)
    assert left == pytest.approx(abs(before) * 0.001, rel=1e-6)


def test_another_scenario_is_no_fault(live: Live) -> None:
    live.select("scenario", scenario_label("optimistic"))
    assert live.check == (0.0, 0.0, 1.0)
    assert live.at(live.plan.rows["npv"], live.plan.since) > 1000


def test_a_changed_input_is_no_fault(live: Live) -> None:
    live.type("company.discount_rate", 0.2)
    assert live.check == (0.0, 0.0, 1.0)
    assert live.at(live.plan.rows["npv"], live.plan.since) < -1000


def test_what_checks_reads(results: Results, read: Any) -> None:
    """The addresses handed out are those of the cells at the end of the sheet."""
    cells = [address.split("!")[1].replace("$", "") for address in check_cells(book_of(results))]
    assert [read[cell].value for cell in cells] == [0, 1]
    label = read.cell(read[cells[0]].row, 1).value
    assert label == "Selected against exported, all together"
