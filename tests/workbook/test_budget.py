"""Budget against sums by hand, a second computation of fiscal years, another engine, and what must hold on it."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any

import formualizer
import pytest

from casebuilder.model.results import Outcome, Results
from casebuilder.model.structure import AS_SET
from casebuilder.pitch.words import option_label, scenario_label
from casebuilder.workbook.layout import BUDGET
from casebuilder.workbook.lines import possible
from casebuilder.workbook.sheets.budget import tie_cells, write_budget
from tests.model.cases import EXAMPLES, case_of, example, flows, run
from tests.pitch.saying import CANARY, secretive
from tests.workbook.output_sheets import Recalculated, Row, book_of, outcome_of, peopled, stored, written

TOTAL, FIRST = 2, 4
YEARS = "Fiscal year, named by the calendar year in which it ends"
NET, PROFIT = "Net cash flow: benefits less costs less tax", "Profit after tax"
#: Periods a year, day of the decision, first month of the fiscal year.
TIMES = [
    *((per_year, "2027-01-01", starts) for per_year in (1, 4, 12) for starts in (1, 7)),
    (4, "2027-07-01", 7),
    (12, "2027-06-30", 7),
    (4, "2028-02-29", 3),
]


def budget(data: dict[str, Any]) -> tuple[Results, dict[str, Row]]:
    results = run(data)
    return results, stored(results, write_budget)[BUDGET]


def years_of(results: Results, starts: int) -> list[int]:
    """The fiscal year of period 0 and every later one, by moving the day so that the fiscal year starts in January.

    Counted without the model's dates: the last day of a period is the one before the next period begins.
    """
    company = results.case.company
    step = 12 // company.periods_per_year
    days = [company.decision_date]
    for period in range(1, results.case.periods + 1):
        months = company.decision_date.month - 1 + period * step
        year, month = company.decision_date.year + months // 12, months % 12 + 1
        day = min(company.decision_date.day, calendar.monthrange(year, month)[1])
        days.append(date(year, month, day) - timedelta(days=1))
    return [(day.year * 12 + day.month - 1 + (13 - starts) % 12) // 12 for day in days]


def by_hand(results: Results, outcome: Outcome, starts: int, key: str) -> list[float]:
    """A period line by fiscal year, from that of the decision on."""
    fiscal = years_of(results, starts)
    found = [0.0] * (results.case.company.years + 1)
    for year, amount in zip(fiscal, outcome.flow(key), strict=True):
        found[year - fiscal[0]] += amount
    return found


def in_years(row: Row) -> list[float]:
    return [row[column] for column in sorted(row) if column >= FIRST]


def agrees(rows: dict[str, Row], results: Results, outcome: Outcome, starts: int) -> None:
    """Cash, profit and positions of the whole sheet as a second computation has them."""

    def flow(key: str) -> list[float]:
        return by_hand(results, outcome, starts, key)

    years = results.case.company.years
    assert in_years(rows[YEARS])[: years + 1] == [years_of(results, starts)[0] + n for n in range(years + 1)]
    lines = {
        "Benefit: Customers kept": "counted.retention",
        "Benefit: Tool retired": "counted.custom:Tool retired",
        "Counted benefits": "headline",
        "Cost: Act on it": "cost[act]",
        "Own cost: Move": "custom:Move",
        "Costs": "costs",
        "Tax": "tax",
        NET: "net",
        "Counted benefits: budget of Head of Care": "counted.repeat_contacts",
    }
    for label, key in lines.items():
        want = flow(key)
        assert in_years(rows[label])[: years + 1] == pytest.approx(want, rel=1e-9, abs=1e-6), label
        assert rows[label][TOTAL] == pytest.approx(sum(outcome.flow(key)), rel=1e-9, abs=1e-6), label
    once = [flow(key) for key in ("counted.working_capital", "counted.custom:Tool retired")]
    taken = [sum(amounts) for amounts in zip(*once, flow("tax"), flow("costs"), strict=True)]
    want = [gained - less for gained, less in zip(flow("headline"), taken, strict=True)]
    assert in_years(rows[PROFIT])[: years + 1] == pytest.approx(want, rel=1e-9, abs=1e-6)
    per_year = results.case.company.periods_per_year
    heads = [outcome.amount("costed[act]") * 0.5 * share / per_year for share in flow("running_share[act]")]
    assert in_years(rows["Own people: Act on it"]) == pytest.approx(heads, abs=1e-9)
    freed = [hours / 1_400 for hours in flow("hours_freed")]
    assert in_years(rows["Agents' positions freed"]) == pytest.approx(freed, abs=1e-9)
    for label, row in rows.items():
        if str(label).startswith("Budget: "):
            assert row[TOTAL] == pytest.approx(0, abs=1e-5), label


def test_by_hand_with_years_that_are_fiscal_years() -> None:
    _, rows = budget(flows([-100, 50, 60]))
    assert in_years(rows[YEARS]) == [2027, 2028, 2029]
    assert in_years(rows[NET]) == [-50, 60, 0]
    assert rows[NET][TOTAL] == 10
    assert in_years(rows["Periods that end in it"]) == [1, 1, 0]


def test_by_hand_with_a_fiscal_year_from_july() -> None:
    """A year that ends on 31 December lies in the fiscal year that ends next June; the decision in the one before."""
    _, rows = budget(flows([-100, 50, 60], fiscal_year_starts=7))
    assert in_years(rows[YEARS]) == [2027, 2028, 2029]
    assert in_years(rows[NET]) == [-100, 50, 60]


def test_the_last_day_belongs_to_the_old_year() -> None:
    """Four quarters from 1 July end on 30 June: all of them lie in the year that ends then, the fifth does not."""
    _, rows = budget(flows([-100, 40, 80], per_year=4, decision_date="2027-07-01", fiscal_year_starts=7))
    assert in_years(rows[YEARS]) == [2028, 2029, 2030]
    assert in_years(rows["Periods that end in it"]) == [4, 4, 0]
    assert in_years(rows[NET]) == pytest.approx([-60, 80, 0])
    assert in_years(rows["Last day of the period"])[4].date() == date(2028, 6, 30)


@pytest.mark.parametrize("per_year, decided, starts", TIMES)
def test_stored_numbers_are_those_of_a_second_computation(per_year: int, decided: str, starts: int) -> None:
    company = {"periods_per_year": per_year, "decision_date": decided, "fiscal_year_starts": starts}
    results, rows = budget(peopled(company=company))
    agrees(rows, results, results.asked, starts)


@lru_cache
def opened() -> Recalculated:
    return Recalculated(run(peopled()))


@pytest.mark.parametrize("starts", [1, 2, 7, 12])
def test_another_fiscal_year_moves_every_number(starts: int) -> None:
    book = opened()
    book.type("company.fiscal_year_starts", float(starts))
    rows = book.rows(BUDGET)
    agrees(rows, book.results, book.results.asked, starts)
    book.type("company.fiscal_year_starts", 1.0)


def test_it_follows_what_is_selected() -> None:
    book = opened()
    before = book.rows(BUDGET)[NET][TOTAL]
    book.type("select.scenario", scenario_label("optimistic"))
    book.type("select.option", option_label("ears_only"))
    rows = book.rows(BUDGET)
    agrees(rows, book.results, book.results.outcome("optimistic", "ears_only"), 1)
    assert rows[NET][TOTAL] != pytest.approx(before)
    book.type("select.scenario", scenario_label(book.results.case.headline))
    book.type("select.option", option_label(AS_SET))


def test_without_productive_hours_nobody_is_freed_and_nothing_fails() -> None:
    book = opened()
    book.type("service.productive_hours_per_agent", 0.0)
    rows = book.rows(BUDGET)
    assert in_years(rows["Agents' positions freed"]) == []
    outcome = outcome_of(
        book.results, book.results.case.headline, AS_SET, service__productive_hours_per_agent=0.0
    )
    assert rows[NET][TOTAL] == pytest.approx(sum(outcome.flow("net")))
    book.type("service.productive_hours_per_agent", 1_400.0)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_benefit_that_is_not_zero_has_a_row(name: str) -> None:
    results = example(name)
    moved = {
        line
        for line in results.benefit_lines
        for outcome in results.outcomes.values()
        if any(outcome.flow(f"counted.{line}"))
    }
    assert moved <= set(possible(results))
    assert len(possible(results)) < len(results.benefit_lines)


def test_owners_pay_for_what_is_theirs() -> None:
    results, rows = budget(peopled())
    outcome = results.asked
    theirs = sum(outcome.flow("cost[listen]")) + sum(outcome.flow("custom:Move"))
    assert rows["Costs: budget of Head of Care"][TOTAL] == pytest.approx(theirs)
    assert rows["Costs: nobody yet"][TOTAL] == pytest.approx(sum(outcome.flow("cost[act]")))
    tool = "Counted benefits: budget of Chief Information Officer"
    assert rows[tool][TOTAL] == pytest.approx(sum(outcome.flow("counted.custom:Tool retired")))
    whose = {
        label: row[TOTAL] for label, row in rows.items() if str(label).startswith("Co") and ": " in label
    }
    paid = sum(amount for label, amount in whose.items() if label.startswith("Costs: "))
    gained = sum(amount for label, amount in whose.items() if label.startswith("Counted benefits: "))
    assert paid == pytest.approx(rows["Costs"][TOTAL])
    assert gained == pytest.approx(rows["Counted benefits"][TOTAL])


def test_ties_are_where_other_sheets_look_for_them() -> None:
    results = run(peopled())
    ties = tie_cells(book_of(results))
    sheet = written(results, write_budget)[BUDGET]
    assert len(ties) == 4
    for label, reference in ties:
        place = reference.removeprefix(f"{BUDGET}!").replace("$", "")
        assert str(sheet[place].value).startswith("=C"), label
        assert str(sheet[f"A{place[1:]}"].value).startswith(label)


def test_a_formula_that_is_changed_no_longer_ties() -> None:
    book = opened()
    rows = {row[0].value: row[0].row for row in book.places[BUDGET].iter_rows() if row[0].value}
    at = rows["Costs"], FIRST + 1
    formula = book.places[BUDGET].cell(*at).value
    book.book.set_value(BUDGET, *at, formualizer.LiteralValue.number(1.0))
    book.book.evaluate_all()
    assert abs(book.rows(BUDGET)["Budget: costs, left over"][TOTAL]) > 1
    assert abs(book.rows(BUDGET)["Budget: net cash flow, left over"][TOTAL]) > 1
    book.book.set_formula(BUDGET, *at, formula)
    book.book.evaluate_all()


def test_labels_are_unique_and_time_has_one_formula() -> None:
    sheet = written(run(peopled()), write_budget)[BUDGET]
    labels = [row[0].value for row in sheet.iter_rows(min_row=4) if row[0].value]
    assert len(labels) == len(set(labels))
    for row in sheet.iter_rows(min_row=8):
        cells = [cell for cell in row[FIRST:] if cell.data_type == "f"]
        for one, other in pairwise(cells):
            assert _moved(one) == _moved(other), (row[0].value, one.value, other.value)
        assert not cells or row[1].value, row[0].value


def _moved(cell: Any) -> str:
    """The formula with its own column named X."""
    return re.sub(rf"(?<![A-Z$]){cell.column_letter}(?=\$?\d)", "X", cell.value)


def test_formulas_stay_short_over_ten_years_of_months() -> None:
    data = peopled(company={"years": 10, "periods_per_year": 12, "fiscal_year_starts": 7})
    own = [line | {"by_year": [1_000] * 10} for line in data["custom_lines"]]
    sheet = written(run(data | {"custom_lines": own}), write_budget)[BUDGET]
    texts = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert max(map(len, texts)) <= 120
    assert all(len(re.findall(r"\$?[A-Z]{1,3}\$?\d+", text)) <= 8 for text in texts)


def test_nothing_private_is_on_it() -> None:
    case = case_of(secretive())
    sheet = written(run(secretive()), write_budget)[BUDGET]
    assert case.stakeholders
    assert [c.value for row in sheet.iter_rows() for c in row if CANARY in str(c.value)] == []
