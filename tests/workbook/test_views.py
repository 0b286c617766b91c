"""Stakeholders' sheets against Results, by hand, in another engine with inputs changed, and what never stands there."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import formualizer
import pytest

from casebuilder.case import library
from casebuilder.model.results import Outcome, Results
from casebuilder.model.structure import AS_SET
from casebuilder.pitch.words import option_label, scenario_label
from casebuilder.workbook.layout import INPUTS
from casebuilder.workbook.sheets.views import write_views
from tests.model.cases import case_of, example, run
from tests.pitch.saying import CANARY, secretive
from tests.workbook.output_sheets import PEOPLE, Recalculated, Row, outcome_of, peopled, stored, written

SINGLE, DECISION, FIRST = 2, 4, 5
CARE, CFO = "For Head of Care", "For Chief Financial Officer"
SALES = "For Head of Sales"


@lru_cache
def sheets() -> tuple[Results, dict[str, dict[str, Row]]]:
    results = run(peopled())
    return results, stored(results, write_views)


@lru_cache
def opened() -> Recalculated:
    return Recalculated(run(peopled()))


def in_years(row: Row, years: int = 2) -> list[Any]:
    return [row.get(FIRST + year) for year in range(years)]


def churn_agrees(rows: dict[str, Row], outcome: Outcome, target: float) -> None:
    """Everything about one KPI, where less is better and the target is due in year 1."""
    without, with_ = (outcome.kpi("churn_rate", world) for world in ("without", "with"))
    assert in_years(rows["Revenue churn: do nothing"]) == pytest.approx(list(without))
    assert in_years(rows["Revenue churn: with the programme"]) == pytest.approx(list(with_))
    moved = [after - before for before, after in zip(without, with_, strict=True)]
    assert in_years(rows["Revenue churn: difference"]) == pytest.approx(moved)
    words = ["better" if change < 0 else "no change" for change in moved]
    assert in_years(rows["Revenue churn: better or worse"]) == words
    assert rows["Revenue churn: today"][SINGLE] == 0.2
    assert rows["Revenue churn: target"][SINGLE] == pytest.approx(target)
    left = [world[0] - target for world in (without, with_)]
    assert rows["Revenue churn: gap, do nothing"][SINGLE] == pytest.approx(left[0])
    assert rows["Revenue churn: gap, with the programme"][SINGLE] == pytest.approx(left[1])
    assert rows["Revenue churn: gap closed"][SINGLE] == pytest.approx(left[0] - left[1], abs=1e-12)
    assert rows["Revenue churn: target is"][SINGLE] == ("met" if left[1] <= 0 else "not met")


def line_agrees(row: Row, outcome: Outcome, key: str, worth: float) -> None:
    """A period line summed by the years of the plan: four quarters each, the decision apart."""
    flow = outcome.flow(key)
    want = [flow[0], sum(flow[1:5]), sum(flow[5:9])]
    assert [row[DECISION + year] for year in range(3)] == pytest.approx(want, abs=1e-6)
    assert row[SINGLE] == pytest.approx(sum(flow), abs=1e-6)
    assert row[DECISION + 3] == pytest.approx(worth, abs=1e-6)


def discounted(outcome: Outcome, key: str, rate: float = 0.1, per_year: int = 4) -> float:
    return sum(amount / (1 + rate) ** (at / per_year) for at, amount in enumerate(outcome.flow(key)))


def test_a_goal_as_results_have_it() -> None:
    results, found = sheets()
    churn_agrees(found[CARE], results.asked, 0.15)


def test_the_most_important_comes_first() -> None:
    labels = list(sheets()[1][CARE])
    order = [labels.index(f"{name}: target") for name in ("Revenue churn", "Attainment on new business")]
    assert order[0] < order[1] < labels.index("Visits on the day: target")


def test_a_number_that_the_model_does_not_know() -> None:
    rows = sheets()[1][CARE]
    assert "Visits on the day (not computed by the model)" in rows
    assert rows["Visits on the day: today"][SINGLE] == 0.8
    assert rows["Visits on the day: target"][SINGLE] == 0.9
    assert not [label for label in rows if label.startswith("Visits on the day: gap")]


def test_hurdles_are_met_or_not() -> None:
    results, found = sheets()
    payback = results.asked.payback_months
    rows = found[CFO]
    assert rows["Payback: with the programme"].get(SINGLE) == (
        None if payback is None else pytest.approx(payback)
    )
    met = payback is not None and payback <= 18
    assert rows["Payback: target is"][SINGLE] == ("met" if met else "not met")
    leavers = results.asked.kpi("leavers", "with")[-1]
    rows = next(rows for name, rows in found.items() if name.startswith("For Chief Human"))
    assert "Hurdle: Front-line leavers" in rows
    assert rows["Front-line leavers: gap, with the programme"][SINGLE] == pytest.approx(leavers - 3)
    assert rows["Front-line leavers: target is"][SINGLE] == "not met"
    assert in_years(rows["Front-line leavers: better or worse"]) == ["no change", "no change"]


def test_somebody_without_drivers_sees_what_their_function_is_measured_on() -> None:
    results, found = sheets()
    rows = found[SALES]
    for id in library.personas()["sales"].kpis:
        label = library.kpis()[id].label
        assert in_years(rows[f"{label}: with the programme"]) == pytest.approx(
            list(results.asked.kpi(id, "with"))
        )
        assert f"{label}: target" not in rows


def test_a_number_that_does_not_exist_stays_empty() -> None:
    """Without a quota there is no attainment: no number, no difference, no gap, and no error in another engine."""
    data = peopled()
    data["sales"]["quota_per_rep"] = 0
    results = run(data)
    rows = stored(results, write_views)[CARE]
    name = "Attainment on new business"
    assert results.asked.kpi("quota_attainment", "with") == (None, None)
    for words in ("do nothing", "with the programme", "difference", "better or worse"):
        assert in_years(rows[f"{name}: {words}"]) == [None, None]
    assert SINGLE not in rows[f"{name}: gap, with the programme"]
    assert rows[f"{name}: target is"][SINGLE] == "no number"
    book = opened()
    book.type("sales.quota_per_rep", 0.0)
    assert in_years(book.rows(CARE)[f"{name}: difference"]) == [None, None]
    assert book.rows(CARE)[f"{name}: target is"][SINGLE] == "no number"
    book.type("sales.quota_per_rep", 120_000.0)


def test_their_benefits_and_costs_by_year() -> None:
    results, found = sheets()
    outcome, rows = results.asked, found[CARE]
    line_agrees(rows["Benefit: Customers kept"], outcome, "counted.retention", outcome.amount("pv.retention"))
    assert "Benefit: Fewer repeat contacts" not in rows
    keys = {"Cost: Listen": "cost[listen]", "Cost: Move": "custom:Move"}
    for label, key in keys.items():
        line_agrees(rows[label], outcome, key, discounted(outcome, key))
    total = sum(discounted(outcome, key) for key in keys.values())
    assert rows["All of these costs"][DECISION + 3] == pytest.approx(total)
    assert "Cost: Act on it" not in rows
    of_the_case = found[CFO]
    tool = of_the_case["Benefit: Tool retired"]
    line_agrees(tool, outcome, "counted.custom:Tool retired", outcome.amount("pv.custom:Tool retired"))
    gained = [row[DECISION + 3] for label, row in of_the_case.items() if label.startswith("Benefit: ")]
    assert sum(gained) == pytest.approx(outcome.amount("pv_benefits"))
    assert "No cost of this case is in their budget" in of_the_case


def test_everyone_else_has_one_row() -> None:
    found = sheets()[1]
    rows = found[CFO]
    below = list(rows)[list(rows).index("What the others gain or lose") + 2 :]
    assert [label.partition(":")[0] for label in below] == [
        "Head of Care",
        "Head of Sales",
        "Chief Human Resources Officer",
    ]
    theirs = rows["Head of Care: Revenue churn"]
    assert in_years(theirs) == in_years(found[CARE]["Revenue churn: difference"])
    assert theirs[DECISION + 3] == found[CARE]["All of these benefits"][DECISION + 3]
    assert (theirs[1], theirs[3]) == ("points", "less is better")
    assert found[CARE]["Chief Financial Officer"][3] == "no number that the model computes by year"


def test_a_changed_target_moves_the_gap_alone() -> None:
    book = opened()
    key = "stakeholders[1].drivers[2].target"
    book.type(key, 0.2)
    churn_agrees(book.rows(CARE), book.results.asked, 0.2)
    book.type(key, 0.15)


def test_it_follows_what_is_selected() -> None:
    book = opened()
    book.type("select.scenario", scenario_label("optimistic"))
    book.type("select.option", option_label("ears_only"))
    rows, outcome = book.rows(CARE), book.results.outcome("optimistic", "ears_only")
    churn_agrees(rows, outcome, 0.15)
    line_agrees(rows["Benefit: Customers kept"], outcome, "counted.retention", 0.0)
    line_agrees(rows["Cost: Listen"], outcome, "cost[listen]", discounted(outcome, "cost[listen]"))
    assert rows["Selected on Inputs: option"][SINGLE] == option_label("ears_only")
    book.type("select.option", option_label(AS_SET))
    outcome = book.results.outcome("optimistic", AS_SET)
    churn_agrees(book.rows(CARE), outcome, 0.15)
    others = book.rows(CFO)["Head of Care: Revenue churn"]
    moved = outcome.kpi("churn_rate", "with")[1] - outcome.kpi("churn_rate", "without")[1]
    assert others[FIRST + 1] == pytest.approx(moved)
    book.type("select.scenario", scenario_label(book.results.case.headline))


def test_harm_is_called_worse() -> None:
    book = opened()
    key = "initiatives[act].effects[churn_rate,all]"
    sizes = {f"{key}.{size}": -0.05 for size in ("low", "base", "high")}
    for each, size in sizes.items():
        book.type(each, size)
    outcome = outcome_of(book.results, book.results.case.headline, AS_SET, **sizes)
    rows = book.rows(CARE)
    assert in_years(rows["Revenue churn: difference"])[1] == pytest.approx(
        outcome.kpi("churn_rate", "with")[1] - outcome.kpi("churn_rate", "without")[1]
    )
    assert in_years(rows["Revenue churn: better or worse"])[1] == "worse"
    for each, size in zip(sizes, (0.02, 0.06, 0.1), strict=True):
        book.type(each, size)


def test_an_emptied_target_leaves_no_error() -> None:
    book = opened()
    cell = book.layout.input_cell("stakeholders[1].drivers[2].target")
    book.book.set_value(INPUTS, cell.row + 1, cell.column + 1, formualizer.LiteralValue.empty())
    book.book.evaluate_all()
    shown = [value for row in book.rows(CARE).values() for value in row.values()]
    assert not [value for value in shown if str(value).startswith("#") or isinstance(value, dict)]
    book.type("stakeholders[1].drivers[2].target", 0.15)


@pytest.mark.parametrize("name", ["contract_services", "consumer_subscription"])
def test_formulas_are_short_and_labels_unique(name: str) -> None:
    for sheet in written(example(name), write_views):
        labels = [row[0].value for row in sheet.iter_rows() if row[0].value]
        assert len(labels) == len(set(labels)), sheet.title
        for row in sheet.iter_rows(min_row=4):
            texts = [cell.value for cell in row if cell.data_type == "f"]
            assert all(len(text) <= 120 and text.count("IF(") - text.count("SUMIF(") <= 1 for text in texts)
            assert all(len(re.findall(r"\$?[A-Z]{1,3}\$?\d+", text)) <= 8 for text in texts)
            shown = {cell.number_format for cell in row if cell.data_type == "f"}
            assert row[1].value or shown <= {"General"}, (sheet.title, row[0].value)


def test_nothing_private_and_no_fit_is_on_it() -> None:
    case = case_of(secretive())
    said = [
        str(cell.value)
        for sheet in written(run(secretive()), write_views)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert len(case.stakeholders) > 1 and len(said) > 100
    assert [text for text in said if CANARY in text or "Keep them" in text] == []
    assert [text for text in said if re.search(r"\bfit\b|only said|scorecard", text, re.I)] == []


def test_a_role_of_any_length_and_shape_is_one_line() -> None:
    long = "Head of\nEverything" + " and more" * 60
    results = run(peopled(stakeholders=[{"persona": "ceo", "role": long.replace("\n", " ")}, PEOPLE[0]]))
    found = stored(results, write_views)
    label = next(label for label in found[CARE] if label.startswith("Head of Everything"))
    assert len(label) <= 90 and "\n" not in label
