"""Warnings: each is given for a case made for it, with its arithmetic, and not for its neighbour at the threshold."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.case import library
from casebuilder.model.results import Results
from casebuilder.pitch.plausibility import ABOVE_REVENUE, ACTUALS, ONE_LINE, PLAN, RULES, run_rates, warnings
from tests.agreement.random_cases import random_case
from tests.model.cases import case_of, few, flows, moving, run, small
from tests.pitch import test_warnings_selling, test_warnings_worth
from tests.pitch.saying import SPOILED

PLAIN: dict[str, Any] = {"plain": {}}
#: No-break spaces hold a number and its unit together.
NBSP = "\u00a0"


def said(results: Results, id: str, option: str = "as_set") -> list[str]:
    """The texts of one warning in the headline scenario, with ordinary spaces."""
    found = warnings(results, results.option(option))
    return [warning.text.replace(NBSP, " ") for warning in found if warning.id == id]


def test_every_warning_has_its_cases() -> None:
    names = [*globals(), *vars(test_warnings_selling), *vars(test_warnings_worth)]
    tested = {name.removeprefix("test_").split("__")[0] for name in names if "__" in name}
    assert set(RULES) <= tested


# ---- a metric past the best achievable


def test_at_limit__fires() -> None:
    """15 % * (1 - 0.51) = 7.35 %, the best achievable is half of today: 7.5 %; South likewise from 25 %."""
    texts = said(run(moving("churn_rate", 0.51, 0.51, 0.51, scenarios=PLAIN)), "at_limit")
    assert texts == [
        "Revenue churn in North is 15.00% today; the investments would bring it to 7.35%, "
        "the best achievable is 7.50%: the rest is not counted.",
        "Revenue churn in South is 25.00% today; the investments would bring it to 12.25%, "
        "the best achievable is 12.50%: the rest is not counted.",
    ]


def test_at_limit__just_reached() -> None:
    assert said(run(moving("churn_rate", 0.5, 0.5, 0.5, scenarios=PLAIN)), "at_limit") == []


@pytest.mark.parametrize("lever", library.levers())
def test_at_limit__for_every_metric(lever: str) -> None:
    """The whole way is past every limit (twice the referrals is just the best); harm and nothing are not."""
    for size, expected in ((1.0, lever != "referral_rate"), (-1.0, False), (0.0, False)):
        texts = said(run(moving(lever, size, size, size, scenarios=PLAIN)), "at_limit")
        assert bool(texts) == expected
        assert all(library.levers()[lever].label in text for text in texts)


def test_at_limit__in_the_scenario_where_it_happens() -> None:
    found = run(moving("churn_rate", 0.1, 0.3, 0.9))
    ids = {id: {w.id for w in warnings(found, outcome)} for id, outcome in found.scenarios.items()}
    assert {id for id, given_ in ids.items() if "at_limit" in given_} == {"optimistic"}
    assert said(found, "at_limit", "do_nothing") == []


def test_at_limit__at_any_time() -> None:
    """The second effect does harm later; in between the metric was past its best."""
    data = moving("churn_rate", 0.6, 0.6, 0.6, scenarios=PLAIN)
    harm = {"lever": "churn_rate", "low": -0.5, "base": -0.5, "high": -0.5}
    data["initiatives"].append({"id": "two", "name": "Two", "start_month": 12, "effects": [harm]})
    assert len(said(run(data), "at_limit")) == 2


# ---- something needed first that is off


def chain(*off: str, **of_c: Any) -> dict[str, Any]:
    """`a` needs `b`, and `b` needs `c`."""
    names = {"a": ["b"], "b": ["c"], "c": []}
    made = [
        {"id": id, "name": id.upper(), "requires": needs, "annual_cost": 1} for id, needs in names.items()
    ]
    for initiative in made:
        initiative["enabled"] = initiative["id"] not in off
    made[2] |= of_c
    return small(initiatives=made, options={"without_c": ["a", "b"]}, scenarios=PLAIN)


def test_requirement_off__fires() -> None:
    assert said(run(chain("b")), "requirement_off") == [
        "“A” needs “B” first, which is off: “A” costs money and earns nothing."
    ]


def test_requirement_off__however_far_away() -> None:
    """And it names what is off, not what only waits for it."""
    expected = [f"“{id}” needs “C” first, which is off: “{id}” costs money and earns nothing." for id in "AB"]
    assert said(run(chain("c")), "requirement_off") == expected
    assert said(run(chain()), "requirement_off", "without_c") == expected


def test_requirement_off__after_the_horizon() -> None:
    assert said(run(chain(start_month=23.9)), "requirement_off") == []
    texts = said(run(chain(start_month=24)), "requirement_off")
    assert len(texts) == 2
    assert all("“C” first, which starts after the horizon" in text for text in texts)


def test_requirement_off__not_where_nothing_is_paid() -> None:
    assert said(run(chain()), "requirement_off") == []
    assert said(run(chain("a", "b", "c")), "requirement_off") == []
    assert said(run(chain("c")), "requirement_off", "do_nothing") == []


# ---- the return


@pytest.mark.parametrize(("back", "fires"), [(100_000.0, False), (99_999.0, True)])
def test_beyond_horizon__fires(back: float, fires: bool) -> None:
    texts = said(run(flows([-100_000.0, 0, back])), "beyond_horizon")
    assert texts == (
        ["The money does not come back within 2 years: cumulative net cash flow ends at EUR −1."]
        if fires
        else []
    )


def test_beyond_horizon__one_year() -> None:
    (text,) = said(run(flows([-100.0, 50.0])), "beyond_horizon")
    assert "within 1 year:" in text


@pytest.mark.parametrize("fires", [False, True])
def test_above_revenue__fires(fires: bool) -> None:
    """Benefits of exactly 5 % of the revenue of doing nothing, and a little more."""
    bare = run(small(initiatives=[], options={}, scenarios=PLAIN))
    revenue = bare.headline.kpi("revenue", "without")[1]
    assert revenue is not None
    amount = ABOVE_REVENUE * revenue * (1 + (1e-4 if fires else -1e-9))
    own = {"name": "Own", "kind": "benefit", "class": "margin", "initial": revenue, "by_year": [0, amount]}
    texts = said(run(small(initiatives=[], options={}, scenarios=PLAIN, custom_lines=[own])), "above_revenue")
    assert len(texts) == fires
    for text in texts:
        assert text.startswith("Counted benefits of year 2 are EUR 411 K, ")
        assert ", 5% of that year's revenue of EUR 8.22 M" in text


def test_above_revenue__counts_what_is_counted() -> None:
    """Freed capacity is not part of the counted return."""
    own = {"name": "Own", "kind": "benefit", "class": "capacity", "by_year": [9e9, 9e9]}
    assert (
        said(run(small(initiatives=[], options={}, scenarios=PLAIN, custom_lines=[own])), "above_revenue")
        == []
    )


@pytest.mark.parametrize(("first", "fires"), [(60.0, False), (61.0, True)])
def test_one_line__fires(first: float, fires: bool) -> None:
    data = flows([0.0, 100.0])
    amounts = {"Left": first, "Right": 100 - first, "Wrong": -500.0}
    data["custom_lines"] = [
        {"name": name, "kind": "benefit", "class": "margin", "initial": amount, "by_year": [0]}
        for name, amount in amounts.items()
    ]
    texts = said(run(data), "one_line")
    assert texts == (
        ["Left is 61% of all gains (EUR 61 of EUR 100): the case stands on one leg."] if fires else []
    )


def test_one_line__of_the_model() -> None:
    (text,) = said(run(moving("win_rate", 0.1, 0.1, 0.1, scenarios=PLAIN)), "one_line")
    assert text.startswith("More deals won is 100% of all gains (EUR ")


@pytest.mark.parametrize(("cost", "fires"), [(0, False), (1, True), (2, False)])
def test_only_optimistic__fires(cost: int, fires: bool) -> None:
    """Costs below what the expected effect earns; between that and the largest; above everything."""
    free = run(
        moving("win_rate", 0.01, 0.03, 0.1, scenarios={k: {"effects": k} for k in ("low", "base", "high")})
    )
    low, base, high = (outcome.npv for outcome in free.scenarios.values())
    data = moving("win_rate", 0.01, 0.03, 0.1, scenarios={k: {"effects": k} for k in ("low", "base", "high")})
    data["initiatives"][0]["one_time_cost"] = [base - 1, base + 1, high + 1][cost]
    texts = said(run(data), "only_optimistic")
    assert len(texts) == fires
    for text in texts:
        assert text.startswith("Only with every effect high does it pay (net present value EUR ")
    assert low < base < high


def test_only_optimistic__not_where_there_is_nothing_else() -> None:
    data = moving("win_rate", 0.1, 0.2, 0.3, scenarios={"high": {"effects": "high"}})
    assert said(run(data), "only_optimistic") == []


def test_only_optimistic__of_the_option_at_hand() -> None:
    """Everything pays only if all goes well; the smaller choice always pays, and is not accused of it."""
    data = moving("win_rate", 0.05, 0.1, 0.3)
    dear = {"id": "two", "name": "Two", "one_time_cost": 0}
    data["initiatives"].append(dear)
    data["options"] = {"small": ["one"]}
    always = run(data).option("small").npv
    dear["one_time_cost"] = always * 1.5
    found = run(data)
    assert len(said(found, "only_optimistic")) == 1
    assert said(found, "only_optimistic", "small") == []


# ---- the baseline


def actual(name: str, factor: float) -> list[str]:
    rate = run_rates(case_of(small()))[name]
    return said(run(small(actuals={name: rate / factor}, scenarios=PLAIN)), "actuals")


@pytest.mark.parametrize("name", ["revenue", "new_customers", "contacts", "bookings"])
@pytest.mark.parametrize("sign", [1, -1])
def test_actuals__fires(name: str, sign: int) -> None:
    assert actual(name, 1 + sign * (ACTUALS - 1e-6)) == []
    (text,) = actual(name, 1 + sign * (ACTUALS + 1e-3))
    assert text.endswith("they differ by more than 10%.")


def test_actuals__says_both_numbers() -> None:
    """400 * 12,000 + 3,000 * 900 = 7.5 M; 400 * 10 / 0.7 + 3,000 * 3 / 0.7 = 18,571."""
    data = small(actuals={"revenue": 9_000_000, "contacts": 30_000}, scenarios=PLAIN)
    assert said(run(data), "actuals") == [
        "Revenue: the inputs come to EUR 7.5 M a year, last year's actuals were EUR 9 M a year; "
        "they differ by more than 10%.",
        "Contacts: the inputs come to 18,600 a year, last year's actuals were 30,000 a year; "
        "they differ by more than 10%.",
    ]


def test_actuals__what_is_not_known_is_not_doubted() -> None:
    assert said(run(small(scenarios=PLAIN)), "actuals") == []


@pytest.mark.parametrize("sign", [1, -1])
def test_plan__fires(sign: int) -> None:
    first, second = run(small(scenarios=PLAIN)).headline.kpi("revenue", "without")
    assert first is not None
    assert second is not None
    near, far = (second / (1 + sign * (PLAN + more)) for more in (-1e-6, 1e-3))
    assert said(run(small(plan={"revenue": [first, near]}, scenarios=PLAIN)), "plan") == []
    (text,) = said(run(small(plan={"revenue": [first, far]}, scenarios=PLAIN)), "plan")
    assert text.startswith("Revenue of year 2 is EUR 8.22 M if nothing is done, the company's plan says EUR ")
    assert text.endswith("they differ by more than 5%.")


def test_plan__of_the_years_that_it_has() -> None:
    assert said(run(small(plan={"revenue": []}, scenarios=PLAIN)), "plan") == []
    assert len(said(run(small(plan={"revenue": [1.0]}, scenarios=PLAIN)), "plan")) == 1


def test_coarse_periods__fires() -> None:
    data = small(scenarios=PLAIN)
    for per_year, fires in ((1, True), (4, False), (12, False)):
        data["company"]["periods_per_year"] = per_year
        assert len(said(run(data), "coarse_periods")) == fires
    assert said(run(flows([-1.0, 2.0])), "coarse_periods") == []


# ---- all of them


def test_the_thresholds_are_the_documented_ones() -> None:
    assert (ABOVE_REVENUE, ONE_LINE, ACTUALS, PLAN) == (0.05, 0.60, 0.10, 0.05)


@few(0.3)
@given(st.integers(0, 10**9))
def test_any_text_is_a_sentence(seed: int) -> None:
    found = run(random_case(random.Random(seed)))
    for outcome in found.outcomes.values():
        for warning in warnings(found, outcome):
            assert warning.text[0].isupper() or warning.text.startswith("“")
            assert warning.text.endswith(".")
            assert not SPOILED.search(warning.text.replace(NBSP, " "))
            assert "n/a" not in warning.text
