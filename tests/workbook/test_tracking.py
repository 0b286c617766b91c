"""The sheet Tracking: expectations are the run's own lines, actuals empty cells that may be typed and are compared."""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import formualizer
import openpyxl
import pytest

from casebuilder import workbook
from casebuilder.case import library
from casebuilder.model.results import Results
from casebuilder.pitch.view import stamp_of
from casebuilder.pitch.words import option_label
from casebuilder.workbook.layout import INPUTS, SELECTED, TRACKING, Layout
from tests.model.cases import run, small
from tests.workbook import made

EXAMPLE = "examples/contract_services.yaml"
#: Columns of the sheet, counted from 1: the decision, the first period, the third.
DECISION, FIRST, THIRD = 5, 6, 8


@pytest.fixture(scope="module")
def results() -> Results:
    return made.results(EXAMPLE)


@pytest.fixture(scope="module")
def file() -> bytes:
    return made.content(EXAMPLE)


@pytest.fixture(scope="module")
def read() -> Any:
    """The workbook as another program reads it, stored values only."""
    return made.stored(EXAMPLE)


@pytest.fixture(scope="module")
def stored(read: Any) -> Any:
    return read[TRACKING]


@pytest.fixture(scope="module")
def written() -> Any:
    """The sheet with its formulas, rules and protection."""
    return made.written(EXAMPLE)[TRACKING]


def rows(sheet: Any) -> dict[str, int]:
    """The row of every label, counted from 1."""
    return {row[0].value: row[0].row for row in sheet.iter_rows(min_row=9, max_col=1) if row[0].value}


def across(sheet: Any, label: str) -> list[Any]:
    """A row from the decision on; an empty text is None."""
    row = rows(sheet)[label]
    return [sheet.cell(row, c).value or None for c in range(DECISION, sheet.max_column + 1)]


class Live:
    """The workbook in another engine: actuals typed, inputs changed, cells of Tracking read by label."""

    def __init__(self, file: bytes, results: Results, stored: Any) -> None:
        self.book = formualizer.load_workbook_bytes(file)
        self.book.evaluate_all()
        self.old = False
        self.before: dict[tuple[str, int, int], Any] = {}
        self.layout = Layout(results.case, results.model)
        self.rows = rows(stored)

    def actual(self, label: str, column: int, value: float) -> None:
        self._set(TRACKING, self.rows[label], column, formualizer.LiteralValue.number(value))

    def change(self, key: str, value: Any) -> None:
        cell = self.layout.input_cell(key)
        self._set(INPUTS, cell.row + 1, cell.column + 1, literal(value))

    def _set(self, sheet: str, row: int, column: int, value: Any) -> None:
        self.before.setdefault((sheet, row, column), self.book.get_value(sheet, row, column))
        self.book.set_value(sheet, row, column, value)
        self.old = True

    def restore(self) -> None:
        """Everything typed taken back."""
        for place, value in self.before.items():
            self.book.set_value(*place, literal(value))
            self.old = True
        self.before.clear()

    def at(self, label: str, column: int) -> Any:
        """A cell of Tracking, recalculated where something was typed before; an empty text is None."""
        if self.old:
            self.book.evaluate_all()
            self.old = False
        value = self.book.get_value(TRACKING, self.rows[label], column)
        return None if value == "" else value


def literal(value: Any) -> Any:
    """A number, a text or nothing as the engine takes it."""
    make = formualizer.LiteralValue
    if value is None:
        return make.empty()
    return make.text(value) if isinstance(value, str) else make.number(value)


@pytest.fixture(scope="module")
def engine(file: bytes, results: Results, stored: Any) -> Live:
    return Live(file, results, stored)


@pytest.fixture
def live(engine: Live) -> Iterator[Live]:
    yield engine
    engine.restore()


def test_expectations_are_the_selected_run_s(results: Results, stored: Any) -> None:
    asked = results.asked
    paid, spent = 0.0, []
    for cost in asked.flow("costs"):
        paid += cost
        spent.append(paid)
    for label, want in (
        ("Net cash flow to date: expected", asked.row("cumulative")),
        ("Cost to date: expected", spent),
        ("Revenue of the period: expected", asked.row("revenue.with")),
        ("Customers at the end of the period: expected", [None, *asked.row("closing.with")[1:]]),
        ("Revenue churn, Multi-site: expected", asked.row("with.churn_rate[Multi-site]")),
        ("Self-service share: expected", asked.row("with.self_service_share[]")),
    ):
        got = across(stored, label)
        assert got == [value and pytest.approx(value, rel=1e-9) for value in want], label


def test_baselines_are_today(results: Results, stored: Any) -> None:
    found = {row[0].value: row[2].value for row in stored.iter_rows(max_col=3)}
    case = results.case
    assert found["Revenue churn, Multi-site"] == case.segments[0].churn_rate
    assert found["Minutes per assisted contact"] == case.service.minutes_per_assisted_contact
    assert found["Customers at the end of the period"] == sum(s.customers for s in case.segments)
    revenue = sum(s.customers * s.revenue_per_customer for s in case.segments)
    assert found["Revenue of the period"] == pytest.approx(revenue / 4, rel=1e-9)


def test_every_metric_that_anything_moves_is_followed(results: Results, stored: Any) -> None:
    """One row for a company-wide metric, one for each segment that an effect reaches; nothing else."""
    want = set()
    for initiative in results.case.initiatives:
        for effect in initiative.effects:
            lever = library.levers()[effect.lever]
            segments = (
                [s.name for s in results.case.segments] if effect.segment == "all" else [effect.segment]
            )
            want |= {lever.label} if lever.scope == "company" else {f"{lever.label}, {s}" for s in segments}
    money = {
        "Net cash flow to date",
        "Cost to date",
        "Revenue of the period",
        "Customers at the end of the period",
    }
    found = {label.removesuffix(": actual") for label in rows(stored) if label.endswith(": actual")}
    assert found == want | money


def test_rows_do_not_depend_on_switches() -> None:
    one = {"id": "a", "name": "One", "effects": [{"lever": "win_rate", "low": 0.1, "base": 0.1, "high": 0.1}]}
    labels = []
    for enabled in (True, False):
        labels.append(labels_of(run(small(initiatives=[one | {"enabled": enabled}], options={}))))
    assert labels[0] == labels[1]
    assert "Win rate, North: actual" in labels[0]


def labels_of(results: Results) -> list[str]:
    """The labels on the sheet of another case; only that sheet is read."""
    file = workbook.render(results, stamp_of(results.case), ())
    sheet = openpyxl.load_workbook(io.BytesIO(file), read_only=True)[TRACKING]
    return [row[0] for row in sheet.iter_rows(min_row=9, max_col=1, values_only=True) if row[0]]


def test_columns_are_those_of_the_calc_sheets(read: Any, results: Results) -> None:
    for row in range(Layout.MONTH_ROW + 1, Layout.HEAD_ROW + 2):
        ours, theirs = (
            [read[name].cell(row, c).value for c in range(DECISION, DECISION + results.case.periods + 1)]
            for name in (TRACKING, SELECTED)
        )
        assert ours == theirs


def test_only_actuals_are_open_and_all_of_them_are_empty(written: Any) -> None:
    assert written.protection.sheet
    assert not written.protection.password
    opened = [c for row in written.iter_rows() for c in row if not c.protection.locked]
    assert opened
    labels = {written.cell(cell.row, 1).value for cell in opened}
    assert all(label.endswith(": actual") or label.endswith("checkpoint actual") for label in labels)
    assert all(cell.value is None for cell in opened)
    ranges = [each for rule in written.data_validations.dataValidation for each in rule.sqref.ranges]
    covered = {(r, c) for area in ranges for r, c in area.cells} if ranges else set()
    assert {(cell.row, cell.column) for cell in opened} == covered
    assert all(rule.prompt for rule in written.data_validations.dataValidation)


def test_a_share_is_bounded_and_a_balance_is_not(written: Any) -> None:
    rules = {
        written.cell(next(iter(area.cells))[0], 1).value: rule
        for rule in written.data_validations.dataValidation
        for area in rule.sqref.ranges
    }
    churn = rules["Revenue churn, Multi-site: actual"]
    assert (float(churn.formula1), float(churn.formula2)) == (0.0, 1.0)
    assert float(rules["Net cash flow to date: actual"].formula1) < -1e12
    assert float(rules["Cost to date: actual"].formula1) == 0.0


def test_nothing_typed_shows_nothing(live: Live) -> None:
    for label in live.rows:
        if label.endswith((": variance", "actual less target")) or "checkpoint reached: " in label:
            assert all(live.at(label, column) is None for column in (3, DECISION, FIRST, THIRD)), label
    assert live.at("Months recorded so far", 3) == 0
    assert live.at("Then: variance to date", 3) is None


def test_an_actual_shows_its_variance_and_no_other(live: Live) -> None:
    label = "Revenue churn, Single-site"
    expected = live.at(f"{label}: expected", THIRD)
    live.actual(f"{label}: actual", THIRD, 0.15)
    assert live.at(f"{label}: variance", THIRD) == pytest.approx(0.15 - expected)
    assert live.at(f"{label}: variance", FIRST) is None
    assert live.at("Revenue churn, Multi-site: variance", THIRD) is None


def test_zero_is_an_actual(live: Live) -> None:
    live.actual("Incidents: actual", FIRST, 0)
    assert live.at("Incidents: variance", FIRST) == -live.at("Incidents: expected", FIRST)


def test_the_summary_follows_the_last_recorded_period(live: Live, results: Results) -> None:
    for column, amount in ((DECISION, -200_000), (FIRST, -340_000), (THIRD, -600_000)):
        live.actual("Net cash flow to date: actual", column, amount)
    assert live.at("Last month with an actual net cash flow", 3) == 9
    assert live.at("Months recorded so far", 3) == 6
    assert live.at("Then: net cash flow to date recorded", 3) == -600_000
    expected = results.asked.row("cumulative")[3]
    assert live.at("Then: net cash flow to date expected", 3) == pytest.approx(expected)
    assert live.at("Then: variance to date", 3) == pytest.approx(-600_000 - expected)
    assert live.at("Its last day", 3) in (date(2027, 9, 30), 46660, 46660.0)


def test_the_decision_alone_is_a_record_too(live: Live) -> None:
    live.actual("Net cash flow to date: actual", DECISION, -200_000)
    assert live.at("Last month with an actual net cash flow", 3) == 0
    assert live.at("Then: net cash flow to date recorded", 3) == -200_000


def test_expectations_follow_inputs_and_selectors(live: Live, results: Results) -> None:
    for option in ("full", "do_nothing"):
        live.change("select.option", option_label(option))
        outcome = results.option(option)
        assert live.at("Cost to date: expected", 20) == pytest.approx(
            sum(outcome.flow("costs")[:16]), abs=1e-6
        )
        want = outcome.row("with.self_service_share[]")[15]
        assert live.at("Self-service share: expected", 20) == pytest.approx(want)
    live.change("service.self_service_share", 0.2)
    assert live.at("Self-service share: expected", FIRST) == pytest.approx(0.2)
    assert live.at("Self-service share", 3) == 0.2


def test_checkpoints(live: Live, stored: Any) -> None:
    found = {row[0].value: row[2].value for row in stored.iter_rows(max_col=3)}
    assert found["Guided start for new contracts, checkpoint due"].date() == date(2027, 10, 1)
    assert found["Guided start for new contracts, checkpoint target"] == 24
    least = "Customer portal, checkpoint"
    live.actual(f"{least} actual", 3, 0.14)
    assert live.at(f"{least} reached: at least the target", 3) == 1
    live.actual(f"{least} actual", 3, 0.13)
    assert live.at(f"{least} reached: at least the target", 3) == 0
    assert live.at(f"{least} actual less target", 3) == pytest.approx(-0.01)
    most = "Guided start for new contracts, checkpoint"
    live.actual(f"{most} actual", 3, 25)
    assert live.at(f"{most} reached: at most the target", 3) == 0
    live.change("initiatives[guided_start].gate.target", 26)
    assert live.at(f"{most} reached: at most the target", 3) == 1


def test_a_stop_rule_that_does_not_say_what_is_better_leaves_it_to_people(stored: Any) -> None:
    label = "Call before the customer does, checkpoint reached"
    row = rows(stored)[label]
    assert stored.cell(row, 3).value is None
    assert "for people to say" in stored.cell(row, 4).value


def test_a_case_without_checkpoints_says_so() -> None:
    labels = labels_of(run(small(initiatives=[], options={})))
    assert any("No checkpoint is agreed yet" in label for label in labels)
    assert not [label for label in labels if "checkpoint due" in label]


def test_units_and_labels(stored: Any) -> None:
    """Every label once; a unit beside every number."""
    labels = [row[0].value for row in stored.iter_rows(min_row=5, max_col=1) if row[0].value]
    assert len(labels) == len(set(labels))
    for row in stored.iter_rows(min_row=4):
        if any(isinstance(cell.value, int | float) for cell in row[2:]):
            assert row[1].value, row[0].value
