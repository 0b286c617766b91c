"""How we will know: checkpoints in time, what stopping costs, and what is proposed where nothing is agreed."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.case import library
from casebuilder.pitch import numbers
from casebuilder.pitch.exhibits.checkpoints import CHECKPOINTS, OPEN, proof
from casebuilder.pitch.records import Exhibit
from casebuilder.pitch.view import View
from tests.agreement.random_cases import random_case
from tests.model.cases import EXAMPLES, example, few, moving, run
from tests.pitch.saying import CANARY, secretive, sure_of, texts
from tests.pitch.test_chain import PERSONAS, check


def gated(*gates: dict[str, Any] | None, **changes: Any) -> dict[str, Any]:
    """Investments of 40,000 each at the start, the first of which moves the win rate; a gate for each."""
    data = moving("win_rate", 0.1, 0.1, 0.1, scenarios={"base": "builtin"}, **changes)
    effects = data["initiatives"][0]["effects"]
    data["initiatives"] = [
        {"id": f"i{n}", "name": f"Plan {n}", "one_time_cost": 40_000, **({"gate": gate} if gate else {})}
        for n, gate in enumerate(gates)
    ]
    data["initiatives"][0]["effects"] = effects
    data["stakeholders"] = [{"persona": "sales", "drivers": [{"kpi": "win_rate", "target": 0.35}]}]
    return data


def gate(month: float, **more: Any) -> dict[str, Any]:
    return {"month": month, "indicator": f"Sign of month {month:g}.", "stop_if": "below 2", **more}


def told(data: dict[str, Any], persona: str = "sales") -> Exhibit:
    results = run(data)
    exhibit = proof(View(results, persona), sure_of(results))
    check(exhibit, results)
    return exhibit


def rows(exhibit: Exhibit) -> tuple[tuple[str, ...], ...]:
    assert exhibit.table is not None
    return exhibit.table.rows


def test_checkpoints_by_month_and_the_own_number_last() -> None:
    exhibit = told(gated(gate(9, target=0.85), gate(4, target=6)))
    assert rows(exhibit) == (
        ("4", "Plan 1", "Sign of month 4", "6", "below 2"),
        ("9", "Plan 0", "Sign of month 9", "0.85", "below 2"),
        ("24", "All together", "Win rate; 29.4% if we do nothing", "32.3%", ""),
    )
    assert exhibit.table is not None
    assert exhibit.table.emphasised == 1  # the first that bears on the win rate
    assert exhibit.takeaways[0] == "First sign for your number, in month 9: sign of month 9, hoped for: 0.85."
    assert exhibit.takeaways[2] == "Two checkpoints, and each says when we stop."


def test_what_is_spent_and_lost_until_the_first_checkpoint() -> None:
    """80,000 are paid at the decision and nothing after; before the first quarter ends nothing has come back."""
    data = gated(gate(2), gate(12))
    title = f"Until the first checkpoint in month 2 EUR{numbers.SPACE}80{numbers.SPACE}K is spent; "
    exhibit = told(data)
    assert exhibit.title == title + f"if we stop there, EUR{numbers.SPACE}80{numbers.SPACE}K is lost"
    assert [(figure.value, figure.label) for figure in exhibit.figures] == [
        (80_000.0, "lost if we stop at the first checkpoint")
    ]
    assert exhibit.takeaways[1] == "This checkpoint falls within 90 days."


def test_stopping_late_may_leave_a_gain() -> None:
    data = gated(gate(21))
    results = run(data)
    gained = results.asked.row("npv_so_far")[7]
    assert gained is not None
    assert gained > 0
    amount = numbers.money(gained, "EUR")
    assert told(data).title.endswith(f"is spent; stopping there still leaves a gain of {amount}")
    assert not told(data).figures, "a gain is no loss"


def test_a_checkpoint_after_the_end_stops_nothing() -> None:
    assert told(gated(gate(30))).title == (
        f"The first checkpoint, in month 30, comes when all EUR{numbers.SPACE}40{numbers.SPACE}K is spent: "
        "agree on an earlier one"
    )


def test_gaps_are_named() -> None:
    assert told(gated(gate(6), None)).takeaways[2] == "Without a checkpoint so far: “Plan 1”."
    loose = told(gated(gate(6, stop_if="")))
    assert loose.takeaways[2] == "Nobody has said yet when to stop: “Plan 0”."
    assert rows(loose)[0][3:] == (OPEN, OPEN)


def test_without_a_checkpoint_the_library_proposes_one() -> None:
    data = gated(None)
    title = f"No checkpoint is agreed yet: all EUR{numbers.SPACE}40{numbers.SPACE}K would be released at once"
    plain = told(data)
    assert (plain.title, plain.table) == (title, None)
    assert plain.takeaways == ("Agree on one before money is released: a number, a month, and when we stop.",)
    data["initiatives"][0] |= {"use": "lost_sale_analysis", "start_month": 2}
    proposed, point = told(data), library.initiatives()["lost_sale_analysis"].checkpoint
    assert rows(proposed)[0][0] == numbers.count(2 + point.month)
    assert rows(proposed)[0][2] == point.indicator
    assert "proposals of the library" in proposed.takeaways[1]


def test_the_first_90_days_have_something_to_watch() -> None:
    data = gated(gate(6))
    assert told(data).takeaways[1] == "No checkpoint falls within 90 days: say what you want to see by then."
    data["initiatives"][0] |= {"use": "lost_sale_analysis", "build_months": 2}
    assert told(data).takeaways[1].startswith("To watch in the first 90 days, before any checkpoint: ")


def test_more_checkpoints_than_the_table_holds_stand_in_the_notes() -> None:
    exhibit = told(gated(*(gate(month) for month in range(3, 11))))
    assert len(rows(exhibit)) == CHECKPOINTS + 1
    assert "Also, in month 10: Plan 7, sign of month 10." in exhibit.notes


def test_nothing_paid_for() -> None:
    data = gated(gate(6))
    data["initiatives"][0]["enabled"] = False
    assert told(data).title == "No investment is paid for in what is asked for: there is nothing to stop"


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    results = example(name)
    sure = sure_of(results)
    first = next(stage for stage in sure.stages if stage.gates)
    for persona in PERSONAS:
        exhibit = proof(View(results, persona), sure)
        table = check(exhibit, results)
        months = [float(row[0]) for row in table.rows if row[1] != "All together"]
        assert months == sorted(months)
        (figure,) = exhibit.figures
        assert figure.value == first.loss_if_stopped
        saved = numbers.money(first.to_spend, results.case.company.currency)
        assert figure.label.endswith(f"; {saved} is then never spent")
        assert numbers.money(first.spent, results.case.company.currency) in exhibit.title


@few(0.1)
@given(st.integers(0, 10**9))
def test_any_case(seed: int) -> None:
    rng = random.Random(seed)
    results = run(random_case(rng))
    for persona in rng.sample(PERSONAS, 2):
        check(proof(View(results, persona), sure_of(results)), results)


def test_nothing_private() -> None:
    results = run(secretive())
    for persona in PERSONAS:
        assert not any(CANARY in text for text in texts(proof(View(results, persona), sure_of(results))))
