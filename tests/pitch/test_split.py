"""The money at one glance: cash apart from promises, what is not counted beside it, every scenario."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.pitch.exhibits.split import BESIDE, money, on_cash
from casebuilder.pitch.records import Exhibit
from casebuilder.pitch.view import View
from tests.agreement.random_cases import random_case
from tests.model.cases import EXAMPLES, example, few, moving, run
from tests.pitch.saying import shown, sure_of
from tests.pitch.test_story import check_chart, check_table, check_words


def promised(share: float) -> dict[str, Any]:
    """Shorter calls, of which somebody promised to turn a share into money."""
    data = moving("minutes_per_assisted_contact", 0.2, 0.3, 0.4)
    data["headline_shares"] = {"handling_time": {"share": share, "agreed": {"by": "COO"}}} if share else {}
    return data


def told(results: Any) -> Exhibit:
    exhibit = money(View(results, "cfo"))
    check_words(exhibit)
    assert exhibit.chart and exhibit.table
    check_chart(results, exhibit.chart)
    check_table(results, exhibit.table)
    return exhibit


@pytest.mark.parametrize("name", EXAMPLES)
def test_cash_alone_is_that_of_the_versions(name: str) -> None:
    """Judged by the study of choices, which computes the same for the option that is asked for."""
    results = example(name)
    view = View(results, "cfo")
    (asked,) = (c for c in sure_of(results).options if c.kind == "named" and c.id == results.asked_option)
    assert on_cash(view, results.asked) == pytest.approx(asked.npv_on_cash)
    exhibit = told(results)
    assert exhibit.table is not None
    row = exhibit.table.rows[exhibit.table.emphasised or 0]
    assert row[1] == shown(results, asked.npv_on_cash, "money")


def test_a_promise_is_not_cash() -> None:
    with_it, without = run(promised(0.5)), run(promised(0.0))
    view = View(with_it, "cfo")
    assert on_cash(view, with_it.asked) == pytest.approx(without.asked.npv)
    assert without.asked.npv < with_it.asked.npv
    assert " comes from freed hours or a smaller risk that somebody promised" in told(with_it).takeaways[1]
    assert told(without).takeaways[1].startswith("Nothing in the return rests on a promise")


def test_what_is_not_counted_stands_beside_with_its_amount() -> None:
    results = run(promised(0.0))
    exhibit = told(results)
    amount = shown(results, results.asked.amount("pv_capacity_not_counted"), "money")
    assert exhibit.takeaways[-1] == f"Beside the return and never added to it: {amount} of freed capacity."
    assert exhibit.table is not None
    assert exhibit.table.columns == (
        "Scenario",
        "On cash alone",
        BESIDE["pv_capacity_not_counted"],
        "Money back",
    )


def test_where_nothing_is_left_out_no_column_says_so() -> None:
    exhibit = told(run(moving("win_rate", 0.1, 0.2, 0.3)))
    assert exhibit.table is not None
    assert len(exhibit.table.columns) == 3


def test_a_loss_is_called_one() -> None:
    data = moving("win_rate", 0.1, 0.2, 0.3)
    data["initiatives"][0]["one_time_cost"] = 9e6
    assert told(run(data)).title.startswith("It loses ")


@few(0.2)
@given(st.integers(0, 10**9))
def test_any_case(seed: int) -> None:
    told(run(random_case(random.Random(seed))))
