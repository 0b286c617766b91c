"""Warnings about what numbers are worth: each for a case made for it, and not for its neighbour at the threshold."""

from typing import Any

import pytest

from casebuilder.analysis import results
from casebuilder.case import from_data
from casebuilder.model.benefits import LINES
from casebuilder.model.results import Results
from casebuilder.pitch.plausibility import warnings
from casebuilder.pitch.warnings_worth import (
    COUNTED_IN,
    DRIFT,
    HIGHEST_ATTAINMENT,
    LOWEST_ATTAINMENT,
    LOWEST_CHURN,
    too_small_to_see,
)
from tests.model.cases import flows, moving, run, small

PLAIN: dict[str, Any] = {"plain": {}}
NEAR = 1e-4


def said(results: Results, id: str, option: str = "as_set") -> list[str]:
    """The texts of one warning in the headline scenario, with ordinary spaces."""
    found = warnings(results, results.option(option))
    return [warning.text.replace("\u00a0", " ") for warning in found if warning.id == id]


# ---- weak evidence


def graded(grade: str, cost: float = 0.0) -> dict[str, Any]:
    """Two effects in one segment each, the second of that grade."""
    data = moving("win_rate", 0.1, 0.1, 0.1, "North", scenarios=PLAIN)
    second = {"lever": "churn_rate", "segment": "South", "low": 0.2, "base": 0.2, "high": 0.2, "grade": grade}
    data["initiatives"][0]["effects"].append(second)
    data["initiatives"][0]["one_time_cost"] = cost
    return data


@pytest.mark.parametrize("grade", ["C", "J"])
def test_weak_evidence__fires(grade: str) -> None:
    """Costs decide which share of the return the weak effect is: half of it is allowed, a little more is not."""
    npv = run(graded(grade)).headline.npv
    strong = graded(grade)
    strong["initiatives"][0]["effects"].pop()
    kept = run(strong).headline.npv
    lost = npv - kept
    for share, rests in (
        (0.5 - NEAR, ""),
        (0.5 + NEAR, "more than half"),
        (1 - NEAR, "more than half"),
        (1 + NEAR, "all"),
        (2.0, "all"),
    ):
        cost = npv - lost / share
        data = graded(grade, cost if cost > 0 else 0.0)
        data["custom_lines"] = [
            {
                "name": "Own",
                "kind": "benefit",
                "class": "margin",
                "initial": max(0.0, -cost),
                "by_year": [0, 0],
            }
        ]
        texts = said(run(data), "weak_evidence")
        assert len(texts) == bool(rests), share
        for text in texts:
            assert text.startswith(
                "Without the effects that rest on a vendor study or on our own estimate, net "
            )
            assert text.endswith(f": {rests} of it rests on weak evidence."), share


@pytest.mark.parametrize("grade", ["A", "B"])
def test_weak_evidence__not_where_it_was_measured(grade: str) -> None:
    assert said(run(graded(grade)), "weak_evidence") == []


def test_weak_evidence__says_both_returns() -> None:
    """1,000 without the investment; the effect adds to that, and without it only the thousand is left."""
    data = moving("win_rate", 0.1, 0.1, 0.1, scenarios=PLAIN)
    data["initiatives"][0]["effects"][0]["grade"] = "J"
    data["custom_lines"] = [
        {"name": "Own", "kind": "benefit", "class": "margin", "initial": 1000, "by_year": [0, 0]}
    ]
    (text,) = said(run(data), "weak_evidence")
    assert "to EUR 1 K: more than half" in text


def test_weak_evidence__only_of_a_positive_return() -> None:
    assert said(run(graded("J", 1e9)), "weak_evidence") == []
    assert said(run(graded("J")), "weak_evidence", "do_nothing") == []


# ---- the baseline


@pytest.mark.parametrize("sign", [1, -1])
def test_baseline_drift__of_customers(sign: int) -> None:
    """Nobody comes and a share leaves; or nobody leaves and a share comes."""
    for share, fires in ((DRIFT, False), (DRIFT + NEAR, True)):
        data = small(scenarios=PLAIN)
        for segment in data["segments"]:
            segment |= {"leads": 0, "referral_rate": 0, "churn_rate": share if sign < 0 else LOWEST_CHURN}
            if sign > 0:  # new ones are there for half of the year on average
                stay = (1 - LOWEST_CHURN) ** 0.25
                left = (1 - LOWEST_CHURN) * segment["customers"]
                arrive = ((1 + share) * segment["customers"] - left) / (
                    stay**0.5 * (1 + stay + stay**2 + stay**3)
                )
                segment |= {"leads": 4 * arrive, "lead_to_opportunity": 1, "win_rate": 1}
        data["sales"] = {}
        texts = [text for text in said(run(data), "baseline_drift") if "customers go" in text]
        assert bool(texts) == fires
        for text in texts:
            size = "+15%" if sign > 0 else "−15%"
            assert text.startswith("If nothing is done, customers go from 3,400 to ")
            assert text.endswith(f" in year 1, {size}: monthly and yearly numbers may be mixed up.")


@pytest.mark.parametrize(
    ("share", "fires"),
    [
        (LOWEST_ATTAINMENT, False),
        (LOWEST_ATTAINMENT - NEAR, True),
        (HIGHEST_ATTAINMENT, False),
        (HIGHEST_ATTAINMENT + NEAR, True),
        (1.0, False),
    ],
)
def test_baseline_drift__of_attainment(share: float, fires: bool) -> None:
    data = small(scenarios=PLAIN)
    bookings = run(data).headline.kpi("bookings", "without")[0]
    assert bookings is not None
    data["sales"] |= {"reps": 1, "quota_per_rep": bookings / share}
    texts = [text for text in said(run(data), "baseline_drift") if "attainment" in text]
    assert bool(texts) == fires
    assert all("in year 1, usual is 30% to 150%" in text for text in texts)


def test_baseline_drift__without_a_quota() -> None:
    data = small(scenarios=PLAIN, sales={})
    assert not [text for text in said(run(data), "baseline_drift") if "attainment" in text]


def test_baseline_drift__of_churn() -> None:
    """1.2 % a month is 13.5 % a year; typed as it is, it looks like loyalty."""
    data = small(scenarios=PLAIN)
    data["segments"][0]["churn_rate"] = LOWEST_CHURN
    assert not [text for text in said(run(data), "baseline_drift") if "churn" in text]
    data["segments"][0]["churn_rate"] = 0.0099
    (text,) = [text for text in said(run(data), "baseline_drift") if "churn" in text]
    assert (
        text
        == "Revenue churn in North is 0.99% a year: it may be a monthly number, or one that nobody knows."
    )


def test_baseline_drift__is_about_the_case_not_the_programme() -> None:
    data = small()
    data["segments"][0]["churn_rate"] = 0.001
    found = run(data)
    every = {
        tuple(w.text for w in warnings(found, o) if w.id == "baseline_drift") for o in found.outcomes.values()
    }
    assert len(every) == 1


# ---- people who leave


def busy(data: dict[str, Any]) -> dict[str, Any]:
    """Fifty times as many contacts: 50 * 18,571 * 0.7 * 9 / 60 / 1,400 = 70 positions today."""
    for segment in data["segments"]:
        segment["issues_per_customer"] *= 50
    return data


def freeing(size: float, **people: Any) -> dict[str, Any]:
    data = moving("minutes_per_assisted_contact", size, size, size, scenarios=PLAIN)
    data["people"] |= people
    data["service"]["outsourced_share"] = 0
    return busy(data)


@pytest.mark.parametrize(("factor", "fires"), [(1 + NEAR, False), (1 - NEAR, True)])
def test_faster_than_attrition__fires(factor: float, fires: bool) -> None:
    """As many leave in the first year as are freed, and a little fewer; later years have had more time."""
    found = run(freeing(0.3)).headline
    before, after = (found.kpi("agents_needed", world)[0] for world in ("without", "with"))
    assert before is not None
    assert after is not None
    data = freeing(0.3, attrition_rate=0.1, frontline_headcount=(before - after) / 0.1 * factor)
    texts = said(run(data), "faster_than_attrition")
    assert bool(texts) == fires
    assert all(
        text.startswith("In year 1 the programme needs 21.4 FTE fewer in service, and 21.4 of ")
        for text in texts
    )


def test_faster_than_attrition__leavers_add_up() -> None:
    """In the second year twice as many have left; the year in which most are missing is named."""
    data = freeing(0.3, attrition_rate=0.1, frontline_headcount=150)
    assert said(run(data), "faster_than_attrition") == [
        "In year 1 the programme needs 21.4 FTE fewer in service, and 15 of the front line will have left by then: "
        "the rest would have to be let go or moved."
    ]
    late = freeing(0.3, attrition_rate=0.01, frontline_headcount=200)
    late["initiatives"][0]["start_month"] = 12
    (text,) = said(run(late), "faster_than_attrition")
    assert "In year 2 " in text
    assert "and 4 of the front line" in text


def test_faster_than_attrition__what_is_paid_per_contact_frees_nobody() -> None:
    data = freeing(0.3, attrition_rate=0.1, frontline_headcount=150)
    data["service"]["outsourced_share"] = 1
    assert said(run(data), "faster_than_attrition") == []


def test_faster_than_attrition__not_without_a_front_line_or_a_release() -> None:
    assert said(run(freeing(0.3, frontline_headcount=0)), "faster_than_attrition") == []
    assert said(run(freeing(-0.3, attrition_rate=0)), "faster_than_attrition") == []
    assert said(run(freeing(0.3, attrition_rate=0)), "faster_than_attrition", "do_nothing") == []


# ---- too small


LEVER_OF = {
    "customer": "credit_rate",
    "deal": "win_rate",
    "agent": "minutes_per_assisted_contact",
    "leaver": "attrition_rate",
}


@pytest.mark.parametrize("unit", LEVER_OF)
def test_too_small_to_see__fires(unit: str) -> None:
    """The size that is worth just one of its kind in an average year, a little less of it and a little more."""
    lever, size = LEVER_OF[unit], 1e-3
    for _ in range(3):  # nearly proportional
        size *= ONE[unit] / worth(lever, size)
    assert worth(lever, size) == pytest.approx(ONE[unit], rel=1e-6)
    (text,) = said(run(sized(lever, size * (1 - NEAR))), "too_small_to_see")
    assert text.endswith(", too small to be seen in the books.")
    assert " a year is less than one " in text
    assert said(run(sized(lever, size * (1 + NEAR))), "too_small_to_see") == []


def sized(lever: str, size: float) -> dict[str, Any]:
    data = moving(lever, size, size, size, scenarios=PLAIN)
    return busy(data) if lever == LEVER_OF["agent"] else data


#: One of each a year. Credits: both segments, EUR 12,000 and 900 at margins of 0.58 and 0.47 less service; see `worth`.
ONE = {"customer": 1.0, "deal": 1.0, "agent": 1.0, "leaver": 6_000.0}


def worth(lever: str, size: float) -> float:
    """What the line earns in an average year, in units reckoned from the inputs; leavers in money."""
    found = run(sized(lever, size)).headline
    if lever == "attrition_rate":
        return sum(found.flow("attrition")) / 2
    if lever == "minutes_per_assisted_contact":
        contacts = 1_400 * 60 / 9  # a year of one position
        return sum(found.flow("handling_time")) / 2 / (contacts * 12)
    line = {"credit_rate": "credits", "win_rate": "win_rate"}[lever]
    contact = 0.7 * 12 + 0.3 * 1
    # revenue in the middle of the first quarter, at today's growth, times margin after credits, less service
    north = 12_000 * 1.02**0.125 * (0.6 - 0.02) - 10 / 0.7 * contact
    south = 900 * 0.99**0.125 * (0.5 - 0.03) - 3 / 0.7 * contact
    parts = {"North": float(north), "South": float(south)}
    return sum(sum(found.flow(f"{line}[{name}]")) / 2 / one for name, one in parts.items())


def test_too_small_to_see__of_what_is_there() -> None:
    """Nothing and harm are not small benefits."""
    for size in (0.0, -1e-5):
        data = moving("win_rate", size, size, size, scenarios=PLAIN)
        assert said(run(data), "too_small_to_see") == []
    assert (
        said(run(moving("win_rate", 1e-5, 1e-5, 1e-5, scenarios=PLAIN)), "too_small_to_see", "do_nothing")
        == []
    )


def test_too_small_to_see__not_without_a_worth() -> None:
    """A customer who earns nothing is no yardstick, nor is a position without minutes, hours or cost."""
    data = moving("win_rate", 1e-5, 1e-5, 1e-5, "North", scenarios=PLAIN)
    data["segments"][0] |= {"gross_margin": 0.01, "acquisition_cost": 0}
    assert said(run(data), "too_small_to_see") == []
    data = moving("first_contact_resolution", 1e-4, 1e-4, 1e-4, scenarios=PLAIN)
    assert len(said(run(data), "too_small_to_see")) == 1
    data["service"]["productive_hours_per_agent"] = 0
    assert len(said(run(data), "too_small_to_see")) == 1  # then by the cost of a position
    data["company"]["loaded_cost_per_fte"] = 0
    assert said(run(data), "too_small_to_see") == []


def test_too_small_to_see__judges_what_is_counted_in_people_and_deals() -> None:
    assert set(LINES) - set(COUNTED_IN) == {"incidents", "cash_collection", "working_capital"}
    assert set(COUNTED_IN) < set(LINES)
    assert set(COUNTED_IN.values()) == set(LEVER_OF)


def test_none_of_them_stumbles_over_a_case_without_segments() -> None:
    for data in (flows([-1.0, 3.0]), {**flows([-1.0, 3.0]), "people": {"frontline_headcount": 5}}):
        found = results(from_data(data))
        assert list(too_small_to_see(found, found.headline)) == []
        assert [warning.id for warning in warnings(found, found.headline)] == ["one_line"]
