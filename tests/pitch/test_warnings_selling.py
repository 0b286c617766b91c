"""Warnings about selling: each for a case made for it, with its arithmetic, and not for its neighbour."""

from typing import Any

import pytest

from casebuilder.model.results import Results
from casebuilder.pitch.plausibility import warnings
from casebuilder.pitch.warnings_selling import ACQUISITION, CAPACITY, RENEWAL_MONTHS
from tests.model.cases import LINE_OF, flows, moving, run, small

PLAIN: dict[str, Any] = {"plain": {}}


def said(results: Results, id: str, option: str = "as_set") -> list[str]:
    """The texts of one warning in the headline scenario, with ordinary spaces."""
    found = warnings(results, results.option(option))
    return [warning.text.replace("\u00a0", " ") for warning in found if warning.id == id]


def effect(lever: str, size: float, low: float | None = None, segment: str = "all") -> dict[str, Any]:
    low = size if low is None else low
    return {"lever": lever, "segment": segment, "low": low, "base": size, "high": size, "grade": "A"}


def doing(*effects: dict[str, Any], **of_it: Any) -> dict[str, Any]:
    """The small case with one free investment, in full from the first day."""
    one = {"id": "one", "name": "Firm prices", "effects": list(effects), **of_it}
    return small(initiatives=[one], options={"it": "all"}, scenarios=PLAIN)


# ---- prices that nobody reacts to


def test_price_without_response__fires() -> None:
    """0.9 becomes 0.92, dp = 0.0222, kappa = 0.6 - 0.02: 0.0222 / 0.6022 = 3.7 %. South: 0.01 / 0.95 over 0.48."""
    assert said(run(doing(effect("discount", 0.2))), "price_without_response") == [
        "Prices in North rise by 2.2%, and not even the low case of any investment expects customers to leave or not "
        "to buy: the rise earns nothing once 3.7% of volume is lost.",
        "Prices in South rise by 1.1%, and not even the low case of any investment expects customers to leave or not "
        "to buy: the rise earns nothing once 2.2% of volume is lost.",
    ]


@pytest.mark.parametrize("lever", ["churn_rate", "win_rate"])
def test_price_without_response__a_low_case_answers(lever: str) -> None:
    """In the low case is enough, in the right segment, and at zero it is none."""
    for response, left in (
        (effect(lever, 0.1, -0.01), 0),
        (effect(lever, 0.1, 0.0), 2),
        (effect(lever, 0.1, -0.01, "North"), 1),
        (effect("leads", 0.1, -0.01), 2),
    ):
        texts = said(run(doing(effect("discount", 0.2), response)), "price_without_response")
        assert len(texts) == left
        assert all("South" in text for text in texts[:left] if left == 1)


def test_price_without_response__only_what_is_on_answers() -> None:
    data = doing(effect("discount", 0.2))
    other: dict[str, Any] = {"id": "two", "name": "Two", "effects": [effect("churn_rate", 0.1, -0.1)]}
    data["initiatives"].append(other)
    assert said(run(data), "price_without_response") == []
    other["enabled"] = False
    assert len(said(run(data), "price_without_response")) == 2
    data["options"] = {"prices": ["one"]}
    other["enabled"] = True
    assert len(said(run(data), "price_without_response", "prices")) == 2
    assert said(run(data), "price_without_response", "do_nothing") == []


def test_price_without_response__where_prices_do_not_rise() -> None:
    for size in (0.0, -0.2):
        assert said(run(doing(effect("discount", size))), "price_without_response") == []
    full = doing(effect("discount", 0.2))
    for segment in full["segments"]:
        segment["discount"] = 0
    assert said(run(full), "price_without_response") == []


def test_price_without_response__without_a_margin() -> None:
    data = doing(effect("discount", 0.2, segment="North"))
    data["segments"][0]["gross_margin"] = 0.02
    (text,) = said(run(data), "price_without_response")
    assert text.endswith("volume earns no margin there today, so losing some would cost nothing.")


# ---- prices that rise sooner than contracts


@pytest.mark.parametrize(("ramp", "fires"), [(0, True), (11.9, True), (RENEWAL_MONTHS, False)])
def test_price_too_fast__fires(ramp: float, fires: bool) -> None:
    assert bool(said(run(doing(effect("discount", 0.1), ramp_months=ramp)), "price_too_fast")) == fires


def test_price_too_fast__says_how_soon() -> None:
    assert said(run(doing(effect("discount", 0.1), ramp_months=3)), "price_too_fast") == [
        "Firm prices lowers the price discount in full after 3 months: contracts reprice at renewal, "
        "which takes 12 months."
    ]


def test_price_too_fast__only_where_prices_rise_and_it_is_on() -> None:
    assert said(run(doing(effect("discount", -0.1))), "price_too_fast") == []
    assert said(run(doing(effect("discount", 0.0))), "price_too_fast") == []
    assert said(run(doing(effect("leads", 0.1))), "price_too_fast") == []
    assert said(run(doing(effect("discount", 0.1))), "price_too_fast", "do_nothing") == []
    assert said(run(doing(effect("discount", 0.1), enabled=False)), "price_too_fast") == []
    both = doing(effect("discount", 0.1, segment="North"), effect("discount", 0.1, segment="South"))
    assert len(said(run(both), "price_too_fast")) == 1


# ---- wins that do not pay inside the horizon


@pytest.mark.parametrize("lever", ACQUISITION.values())
def test_cut_off__fires(lever: str) -> None:
    """A win costs far more than two years of margin; with a win that is cheap the same line is a gain."""
    for cost, fires in ((200_000, True), (0, False)):
        data = doing(effect(lever, 0.1))
        for segment in data["segments"]:
            segment["acquisition_cost"] = cost
        found = run(data)
        total = sum(found.headline.flow(LINE_OF[lever]))
        assert (total < 0) == fires
        texts = said(found, "cut_off")
        assert len(texts) == fires
        for text in texts:
            assert "within 2 years it costs EUR " in text
            assert " more than it brings, although " in text
    assert ACQUISITION[LINE_OF[lever]] == lever


def test_cut_off__not_where_the_metric_got_worse() -> None:
    """Fewer leads lose money because they are harm, and more in one segment does not excuse fewer in the other."""
    assert said(run(doing(effect("leads", -0.1))), "cut_off") == []
    mixed = doing(effect("leads", -0.3, segment="North"), effect("leads", 0.1, segment="South"))
    found = run(mixed)
    assert sum(found.headline.flow("demand")) < 0
    assert said(found, "cut_off") == []


def test_cut_off__names_the_line() -> None:
    data = doing(effect("win_rate", 0.1))
    for segment in data["segments"]:
        segment["acquisition_cost"] = 200_000
    (text,) = said(run(data), "cut_off")
    assert text.startswith("More deals won: within 2 years it costs EUR ")
    assert "although win rate gets better" in text


# ---- more than can be sold


def quota_for(share: float, size: float = 0.1) -> dict[str, Any]:
    """The small case with more deals won, and a quota of which the best year's bookings are that share."""
    data = doing(effect("win_rate", size))
    best = max(value or 0.0 for value in run(data).headline.kpi("bookings", "with"))
    data["sales"] |= {"reps": 1, "quota_per_rep": best / share}
    return data


@pytest.mark.parametrize(
    ("share", "fires"), [(CAPACITY, False), (CAPACITY + 1e-3, True), (CAPACITY - 1e-3, False)]
)
def test_beyond_sales_capacity__fires(share: float, fires: bool) -> None:
    assert bool(said(run(quota_for(share)), "beyond_sales_capacity")) == fires


def test_beyond_sales_capacity__says_the_fullest_year() -> None:
    data = quota_for(1.25)
    first, second = run(data).headline.kpi("quota_attainment", "with")
    assert first is not None
    assert second is not None
    (text,) = said(run(data), "beyond_sales_capacity")
    assert f"in year {1 if first > second else 2}, 125% of the quota of all reps (EUR " in text
    assert text.endswith("above 110% somebody has to be hired to close them.")


def test_beyond_sales_capacity__only_what_the_programme_adds() -> None:
    """Doing nothing is as far above the quota: that is a doubt about today, not about the programme."""
    assert said(run(quota_for(1.5, 0.0)), "beyond_sales_capacity") == []
    assert said(run(quota_for(1.5, -0.1)), "beyond_sales_capacity") == []
    assert said(run(quota_for(1.5)), "beyond_sales_capacity", "do_nothing") == []
    unknown = quota_for(1.5)
    unknown["sales"]["reps"] = 0
    assert said(run(unknown), "beyond_sales_capacity") == []


def test_nothing_is_said_of_a_table_of_cash_flows() -> None:
    found = {warning.id for warning in warnings(run(flows([-1.0, 3.0])), run(flows([-1.0, 3.0])).headline)}
    assert found & {"price_without_response", "price_too_fast", "cut_off", "beyond_sales_capacity"} == set()


def test_scenario_where_the_price_rises() -> None:
    """Only where the effect is high does the price rise at all."""
    found = run(moving("discount", 0.0, 0.0, 0.2))
    for id in ("price_without_response", "price_too_fast"):
        ids = {name for name, o in found.scenarios.items() if id in {w.id for w in warnings(found, o)}}
        assert ids == {"optimistic"}
