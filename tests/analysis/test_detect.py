"""Detectability: against a textbook sample size, simulated experiments, and a case worked by hand."""

import math
import random
from typing import Any

import numpy as np
import pytest

from casebuilder.analysis.detect import (
    CONFIDENCE,
    ERRORS,
    OBSERVED,
    POWER,
    Detection,
    count_needed,
    detection,
    share_needed,
)
from casebuilder.analysis.fit import Part, fit
from casebuilder.analysis.study import study
from casebuilder.case import library
from tests.analysis.test_fit import driver, moved
from tests.model.cases import case_of, run


def test_the_errors_of_the_usual_power_and_confidence() -> None:
    """1.96 and 0.84, as in every table."""
    assert pytest.approx(1.959964 + 0.841621, abs=1e-6) == ERRORS


def test_a_textbook_sample_size() -> None:
    """Fleiss without correction for continuity: 0.10 against 0.15 takes 683 on each side."""
    assert math.ceil(share_needed(0.10, 0.15)) == 683
    assert share_needed(0.15, 0.10) == pytest.approx(share_needed(0.10, 0.15))
    assert share_needed(0.2, 0.2) == math.inf


def test_counts_are_the_limit_of_rare_shares() -> None:
    assert count_needed(1e-5, 2e-5) == pytest.approx(share_needed(1e-5, 2e-5), rel=1e-4)
    assert count_needed(10, 12) == pytest.approx(ERRORS**2 * 22 / 4)


@pytest.mark.parametrize("kind", ["share", "count"])
def test_so_many_experiments_find_it(kind: str) -> None:
    """With just as many as needed, about four of five experiments see a change that is there."""
    draw = np.random.default_rng(5)
    before, after = (0.3, 0.36) if kind == "share" else (2.0, 2.2)
    many = math.ceil(share_needed(before, after) if kind == "share" else count_needed(before, after))
    sides = [
        draw.binomial(many, level, 4000) if kind == "share" else draw.poisson(level * many, 4000)
        for level in (before, after)
    ]
    rates = [side / many for side in sides]
    spread = [rate * (1 - rate) if kind == "share" else rate for rate in rates]
    errors = np.sqrt((spread[0] + spread[1]) / many)
    seen = np.abs(rates[1] - rates[0]) > 1.959964 * errors
    assert seen.mean() == pytest.approx(POWER, abs=0.03)
    assert CONFIDENCE == 0.95


def found(sizes: dict[str, float], **of_it: Any) -> tuple[Detection | None, Part]:
    kpi = str(of_it.pop("kpi"))
    data = moved(sizes, driver(kpi, 0.9, **of_it))
    case = case_of(data)
    part = fit(study(case), case.stakeholders[0]).parts[0]
    return detection(case, run(data).headline, part), part


def test_a_win_rate_by_hand() -> None:
    """400 and 2,700 opportunities a year; both win rates rise by a twentieth, and so does their mix."""
    seen, part = found({"win_rate": 0.05}, kpi="win_rate", due="2027-12-31")
    assert seen is not None
    assert (seen.population, seen.before, seen.after) == ("opportunities", part.without, part.with_)
    assert seen.per_year == pytest.approx(2_000 * 0.2 + 9_000 * 0.3)
    assert seen.years == pytest.approx(364 / 365.25)
    assert seen.there == pytest.approx(3_100 * 364 / 365.25)
    assert part.without is not None
    p, q = part.without, part.without * 1.05
    by_hand = ERRORS**2 * (p * (1 - p) + q * (1 - q)) / (q - p) ** 2
    assert seen.needed == pytest.approx(by_hand)
    assert not seen.possible


def test_a_large_change_in_a_large_population_is_seen() -> None:
    seen, _ = found({"first_contact_resolution": 0.1}, kpi="first_contact_resolution")
    assert seen is not None
    assert seen.possible
    assert seen.years == 2


def test_counts_of_the_whole_company_take_years() -> None:
    """5 incidents a year to 4: Poisson, (5 + 4) / 1 times the squared errors, in years."""
    seen, _ = found({"incidents_per_year": 0.2}, kpi="incidents")
    assert seen is not None
    assert (seen.population, seen.there) == ("years", 2)
    assert seen.needed == pytest.approx(ERRORS**2 * 9)


def test_money_scatters_at_least_as_its_deals_do() -> None:
    seen, part = found({"win_rate": 0.05}, kpi="bookings")
    assert seen is not None
    assert part.with_ is not None and part.without is not None
    ratio = part.with_ / part.without
    assert seen.needed == pytest.approx(ERRORS**2 * (1 + ratio) / (ratio - 1) ** 2)
    assert seen.per_year == pytest.approx(2_000 * 0.2 * 0.25 + 9_000 * 0.3 * 0.3)


def test_positions_and_leads() -> None:
    seen, _ = found({"attrition_rate": 0.2}, kpi="attrition_rate")
    assert seen is not None
    assert seen.per_year == 30
    assert seen.needed == pytest.approx(ERRORS**2 * 0.72 / 0.08**2)
    seen, _ = found({"lead_to_opportunity": 0.2}, kpi="lead_to_opportunity")
    assert seen is not None
    assert seen.per_year == 11_000


@pytest.mark.parametrize("kpi", ["revenue", "npv", "sales_cycle_days", "other"])
def test_what_is_no_share_or_count_is_not_judged(kpi: str) -> None:
    more = {"name": "Mood", "unit": "count"} if kpi == "other" else {}
    assert found({"win_rate": 0.05}, kpi=kpi, **more)[0] is None


def test_a_date_that_is_gone_leaves_a_month() -> None:
    seen, _ = found({"win_rate": 0.05}, kpi="win_rate", due="2020-01-01")
    assert seen is not None
    assert seen.years == pytest.approx(1 / 12)


def test_every_kpi_that_is_observed_exists() -> None:
    assert set(OBSERVED) <= set(library.kpis())
    assert all(
        share_needed(p, p + 0.01) > share_needed(p, p + 0.02)
        for p in (random.Random(3).uniform(0, 0.9) for _ in range(20))
    )
