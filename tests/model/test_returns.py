"""Returns: rates against pyxirr and textbooks, payback and discounting by hand, and every state that is no number."""

import itertools
from typing import Any

import numpy as np
import pytest
import pyxirr
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.case import library
from casebuilder.model.inputs import technical, values
from casebuilder.model.model import evaluate, model_of
from casebuilder.model.results import IRR_NOTES, PAYBACK_STATES
from casebuilder.model.structure import structure
from tests.model.cases import case_of, few, flows, only

#: The net cash flow at the decision and by year: its yearly rate of return, or why there is none.
RATES: dict[str, tuple[list[float], float | str]] = {
    "one year": ([-100, 110], 0.10),
    "two years": ([-100, 0, 121], 0.10),
    "even flows": ([-100, 50, 50, 50], 0.233751928528),
    "a loss": ([-100, 0, 64], -0.20),
    "nothing at the decision": ([0, -100, 150], 0.50),
    "nothing, then the same": ([0, 0, -100, 150], 0.50),
    "out twice": ([-100, -50, 90, 90], 0.087843399847),
    "a textbook's two signs, one of the running total": ([-50, -100, 600, 300, -100], 1.854417828456),
    "a late repair, paid easily": ([-100, 230, -50], (230 + 32_900**0.5) / 200 - 1),
    "at the lower end": ([-100, 0, 4], -0.80),
    "at the upper end": ([-10, 110], 10.0),
    "what is next to nothing changes no sign": ([-100, 5e-8, -5e-8, 133.1], 0.10),
    "only out": ([-100, -10, 0], "no_sign_change"),
    "only in": ([100, 0, 10], "no_sign_change"),
    "nothing at all": ([0, 0, 0], "no_sign_change"),
    "in, and next to nothing out": ([100, -5e-8, 100], "no_sign_change"),
    "a loan": ([100, -60, -60], "not_meaningful"),
    "a loan after nothing": ([0, 100, -120], "not_meaningful"),
    "a loan that pays in the end": ([10, -100, 200], "not_meaningful"),
    "nearly all lost": ([-100, 0, 3], "not_meaningful"),
    "back at once": ([-10, 120], "not_meaningful"),
    "back at once, then a repair": ([-1, 100, -5], "not_meaningful"),
    "a textbook's two rates, 10 % and 20 %": ([-100, 230, -132], "several_possible"),
    "back and forth, never above zero": ([-100, 50, -20, 40], "several_possible"),
    "back, gone and back": ([-100, 150, -100, 120], "several_possible"),
}


@pytest.mark.parametrize("name", RATES)
def test_rate_of_return(name: str) -> None:
    net, answer = RATES[name]
    found = only(flows(net))
    assert list(found.flow("net")) == net
    if isinstance(answer, str):
        assert (found.irr, found.irr_note) == (None, answer)
    else:
        assert found.irr_note is None
        assert found.irr == pytest.approx(answer, abs=1e-9)
        assert sum(flow / (1 + answer) ** year for year, flow in enumerate(net)) == pytest.approx(0, abs=1e-5)


def test_every_state_has_a_case() -> None:
    """And words for people."""
    stated = {answer for _, answer in RATES.values() if isinstance(answer, str)}
    assert stated == {note for note in IRR_NOTES.values() if note} == set(library.words().irr_notes)
    assert {state for _, _, state in PAID_BACK.values()} == set(PAYBACK_STATES.values())
    assert set(PAYBACK_STATES.values()) == set(library.words().payback_states)


@pytest.mark.parametrize("discounting", ["end", "mid"])
def test_rate_of_return_does_not_depend_on_discounting(discounting: str) -> None:
    assert only(flows([-100, 110], discounting=discounting)).irr == pytest.approx(0.10, abs=1e-12)


@pytest.mark.parametrize(("per_year", "answer"), [(1, 0.20), (4, 0.346127364260), (12, 0.412998984150)])
def test_rate_of_return_of_shorter_periods(per_year: int, answer: float) -> None:
    """-100, then 120 within the year: 30 a quarter, 10 a month; (1 + rate of a period) ^ periods - 1."""
    found = only(flows([-100, 120], per_year=per_year))
    period = pyxirr.irr([-100] + [120 / per_year] * per_year)
    assert period is not None
    assert found.irr == pytest.approx((1 + period) ** per_year - 1, abs=1e-12)
    assert found.irr == pytest.approx(answer, abs=1e-8)


def table(rows: np.ndarray[Any, Any], per_year: int = 1) -> Any:
    """Many tables of cash flows (runs, years + 1) as one batch of one model."""
    case = case_of(flows([0.0] * rows.shape[1], per_year=per_year))
    shape = structure(case)
    inputs: dict[str, Any] = {**values(case, shape), "run.scenario": 1.0, "run.option": 1.0}
    inputs["custom_lines[Net].initial"] = rows[:, 0]
    for year in range(1, rows.shape[1]):
        inputs[f"custom_lines[Net].by_year[{year}]"] = rows[:, year]
    return evaluate(model_of(shape), inputs)


@few(0.4)
@given(st.integers(0, 10**9), st.integers(1, 8))
def test_rates_equal_pyxirr_where_there_is_one(seed: int, years: int) -> None:
    """Out first, then in: one change of sign, one root."""
    rng = np.random.default_rng(seed)
    rows = rng.integers(0, 1000, (40, years + 1)).astype(float)
    out = rng.integers(1, years + 1, 40)
    rows[np.arange(years + 1) < out[:, None]] *= -1
    found = table(rows)
    for run, row in enumerate(rows):
        flowing = row[row != 0]
        if not len(flowing) or flowing[0] > 0 or (flowing < 0).all():
            continue
        expected = pyxirr.irr(row.tolist())
        if expected is not None and -0.79 < expected < 9.9:
            assert found["irr_state"][run] == 0
            assert found["irr"][run] == pytest.approx(expected, rel=1e-8, abs=1e-9), row.tolist()


def rule(net: list[float]) -> str | None:
    """Which rate there is, in the words of the documentation, from a cash flow of whole numbers."""
    flowing = [flow for flow in net if flow]
    running = [total for total in itertools.accumulate(net) if total]

    def changes(row: list[float]) -> int:
        return sum(before * after < 0 for before, after in itertools.pairwise(row))

    low = -0.8
    if not changes(flowing):
        return "no_sign_change"
    if flowing[0] > 0:
        return "not_meaningful"
    if changes(flowing) > 1:
        if changes(running) != 1:
            return "several_possible"
        low = 0.0
    worth = [sum(flow / (1 + rate) ** year for year, flow in enumerate(net)) for rate in (low, 10.0)]
    return None if worth[0] * worth[1] <= 0 else "not_meaningful"


@few(0.4)
@given(st.integers(0, 10**9), st.integers(1, 7))
def test_states_follow_the_rule(seed: int, years: int) -> None:
    rows = np.random.default_rng(seed).integers(-9, 10, (60, years + 1)).astype(float)
    found = table(rows)
    for run, row in enumerate(rows.tolist()):
        note = IRR_NOTES[int(found["irr_state"][run])]
        assert note == rule(row), row
        assert np.isnan(found["irr"][run]) == (note is not None)


#: Net cash flow at the decision and by year: months to payback, and the state.
PAID_BACK: dict[str, tuple[list[float], float | None, str]] = {
    "half way through the second year": ([-100, 50, 100], 18, "reached"),
    "at once in the first year": ([-10, 120], 1, "reached"),
    "exactly at the end of a year": ([-100, 60, 40], 24, "reached"),
    "exactly, and nothing after": ([-100, 100, 0, 0], 12, "reached"),
    "outlay after the decision": ([0, -100, 100], 24, "reached"),
    "back, below again, back": ([-100, 150, -100, 200], 27, "reached"),
    "exactly back, below, exactly back": ([-100, 100, -50, 50], 36, "reached"),
    "never below again though it comes close": ([-100, 150, -49, 10], 8, "reached"),
    "not in time": ([-100, 50, 40], None, "not_reached"),
    "back and gone again at the end": ([-100, 150, -60], None, "not_reached"),
    "nothing but cost": ([-100, 0], None, "not_reached"),
    "never below": ([0, 10, -10, 5], None, "no_investment"),
    "nothing at all": ([0, 0], None, "no_investment"),
    "next to nothing is nothing": ([100, -100.00000005, 1], None, "no_investment"),
}


@pytest.mark.parametrize("name", PAID_BACK)
def test_payback(name: str) -> None:
    net, months, state = PAID_BACK[name]
    found = only(flows(net))
    assert found.payback_state == state
    assert found.payback_months == (None if months is None else pytest.approx(months, abs=1e-9))
    running = list(itertools.accumulate(net))
    assert found.amount("peak_funding") == pytest.approx(-min(0.0, *running))


@pytest.mark.parametrize(("per_year", "months"), [(1, 18), (4, 18), (12, 18)])
def test_payback_is_in_months_whatever_the_period(per_year: int, months: float) -> None:
    """100 out, 50 in the first year, 100 spread over the second: back in its middle."""
    assert only(flows([-100, 50, 100], per_year=per_year)).payback_months == pytest.approx(months)


def test_payback_inside_a_quarter() -> None:
    """100 out, 40 a quarter: 2.5 quarters."""
    assert only(flows([-100, 160], per_year=4)).payback_months == pytest.approx(7.5)


@pytest.mark.parametrize(
    ("per_year", "discounting", "npv"),
    [
        # 121 at the end of year 1: 121 / 1.21 - 100; in its middle: 121 / 1.1 - 100
        (1, "end", 0.0),
        (1, "mid", 10.0),
        # 30.25 a quarter, discounted over 1/4 .. 4/4 or over 1/8 .. 7/8 of a year at 21 %
        (4, "end", 30.25 * sum(1.21 ** (-q / 4) for q in (1, 2, 3, 4)) - 100),
        (4, "mid", 30.25 * sum(1.21 ** (-q / 8) for q in (1, 3, 5, 7)) - 100),
    ],
)
def test_value_at_the_end_or_in_the_middle_of_a_period(per_year: int, discounting: str, npv: float) -> None:
    found = only(flows([-100, 121], per_year=per_year, discounting=discounting, discount_rate=0.21))
    assert found.npv == pytest.approx(npv, abs=1e-9)
    assert found.flow("factor")[0] == 1


def test_value_so_far_ends_at_the_value() -> None:
    found = only(flows([-100, 50, 60, 70], discount_rate=0.25))
    # -100 + 50/1.25 = -60; + 60/1.5625 = -21.6; + 70/1.953125 = 14.24
    assert list(found.flow("npv_so_far")) == pytest.approx([-100, -60, -21.6, 14.24])
    assert found.npv == pytest.approx(14.24)


def test_no_costs_no_return_on_them() -> None:
    found = only(flows([-100, 130]))
    assert found.roi is None
    assert found.amount("pv_costs") == 0


def test_return_on_costs() -> None:
    data = flows([0, 130])
    data["custom_lines"].append({"name": "Cost", "kind": "cost", "initial": 100, "by_year": [0]})
    found = only(data)
    # 130 / 1.1 - 100 = 18.1818; over 100
    assert found.roi == pytest.approx(0.181818181818)


def test_tax_leaves_out_cash_that_only_moves_in_time() -> None:
    data = flows([0, 100], tax_rate=0.25)
    data["custom_lines"] += [
        {"name": "Cost", "kind": "cost", "initial": 40, "by_year": [0]},
        {"name": "Sooner", "kind": "benefit", "class": "one_off_cash", "by_year": [30]},
    ]
    found = only(data)
    # 25 % of -40 is relief; 25 % of 100, the 30 of cash sooner left out
    assert list(found.flow("tax")) == [-10, 25]
    assert list(found.flow("net")) == [-30, 105]


def test_capacity_and_risk_stand_beside_and_harm_counts_in_full() -> None:
    classes = ("margin", "cost_out", "cost_avoided", "one_off_cash", "capacity", "risk")
    data = flows([0, 0])
    for sign in (1, -1):
        data["custom_lines"] += [
            {"name": f"{kind} {sign}", "kind": "benefit", "class": kind, "by_year": [sign * 10.0]}
            for kind in classes
        ]
    found = only(data)
    counted = {
        kind: tuple(found.flow(f"counted.custom:{kind} {sign}")[1] for sign in (1, -1)) for kind in classes
    }
    whole, beside = (10, -10), (0, -10)
    assert counted == {kind: beside if kind in ("capacity", "risk") else whole for kind in classes}
    assert found.flow("headline")[1] == -20


def test_the_search_has_the_documented_ends() -> None:
    assert technical()["irr_low"].value == -0.8
    assert technical()["irr_high"].value == 10
    assert technical()["tolerance"].value == 1e-9
