"""Versions: each as the same case with the options typed in, and the frontier against every pair compared."""

import copy
import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from casebuilder.analysis import results, subsets
from casebuilder.analysis.cash import cash_only
from casebuilder.analysis.fit import fit
from casebuilder.analysis.shapley import all_flags
from casebuilder.analysis.study import in_force, study
from casebuilder.analysis.subsets import Measures, Versions, all_versions, efficient, is_sound, needed
from tests.agreement.random_cases import random_case
from tests.analysis.programme import IDS, programme, typed
from tests.analysis.programme import subsets as all_subsets
from tests.model.cases import EXAMPLES, case_of, example, few

MONEY = ("npv", "npv_on_cash", "pv_costs", "total_cost", "first_year_cash", "peak_funding", "payback_months")


def row(found: Versions, inside: frozenset[str]) -> int:
    return next(run for run in range(len(found.flags)) if frozenset(found.inside(run)) == inside)


def measures(found: Measures, run: int) -> dict[str, float]:
    return {name: getattr(found, name)[run] for name in MONEY}


def on_paper(data: dict[str, Any], inside: frozenset[str]) -> dict[str, float]:
    """The same, of a case in which only these are on, evaluated alone; on cash, one in which nobody promised."""
    outcome = typed(data, inside)
    costs = outcome.flow("costs")
    return {
        "npv": outcome.npv,
        "npv_on_cash": typed(data, inside, headline_shares={}).npv,
        "pv_costs": outcome.amount("pv_costs"),
        "total_cost": sum(costs),
        "first_year_cash": sum(costs[: data["company"]["periods_per_year"] + 1]),
        "peak_funding": outcome.amount("peak_funding"),
        "payback_months": np.nan if outcome.payback_months is None else outcome.payback_months,
    }


def test_every_version_as_a_case_of_its_own() -> None:
    data = programme()
    case = case_of(data)
    found = all_versions(study(case))
    assert found.exact
    assert (found.members, len(found.flags)) == (IDS, 32)
    for inside in all_subsets(IDS):
        run = row(found, inside)
        paper = pytest.approx(on_paper(data, inside), rel=1e-9, abs=1e-6, nan_ok=True)
        assert measures(found.found, run) == paper
    assert (found.found.npv != found.found.npv_on_cash).any()


def test_fit_of_every_version() -> None:
    """Asked of the same version as an option of the case; whoever names no number has none."""
    data = programme()
    for inside in [frozenset(), frozenset({"desk"}), frozenset({"listen", "act", "quotes"}), frozenset(IDS)]:
        typed_in = case_of({**data, "options": {"it": sorted(inside)}})
        one = study(typed_in, None, "it")
        found = all_versions(study(case_of(data)))
        run = row(found, inside)
        for place, person in enumerate(typed_in.stakeholders):
            value = fit(one, person).value
            assert found.found.fit[place][run] == pytest.approx(
                np.nan if value is None else value, nan_ok=True
            )
    assert len(set(found.found.fit[0].tolist())) > 5
    assert set(found.found.fit[1].tolist()) == {0, 50, 100}
    assert np.isnan(found.found.fit[2]).all()


def test_sizes_in_force_are_the_same_versions() -> None:
    case = case_of(programme())
    one, other = all_versions(study(case)), all_versions(in_force(study(case)))
    for name in MONEY:
        assert getattr(other.found, name) == pytest.approx(getattr(one.found, name), rel=1e-9, nan_ok=True)
    assert other.found.fit[1].tolist() == one.found.fit[1].tolist()


def test_versions_of_an_option() -> None:
    found = all_versions(study(case_of(programme()), None, "lean"))
    assert (found.members, len(found.flags)) == (("listen", "act"), 4)
    assert found.inside(3) == ("listen", "act")
    assert found.found.npv[3] == pytest.approx(typed(programme(), ["listen", "act"]).npv)


def test_sound_where_everything_has_what_it_needs() -> None:
    found = all_versions(study(case_of(programme())))
    needs = {"act": "listen", "portal": "desk"}
    for run in range(32):
        inside = found.inside(run)
        assert found.sound[run] == all(needs.get(id, id) in inside for id in inside)


@few(0.2)
@given(st.integers(0, 10**9))
def test_what_cannot_work_is_never_worth_it(seed: int) -> None:
    """Of any case: a version that is not sound costs no less and returns no more than one that is."""
    studied = study(case_of(random_case(random.Random(seed))))
    found = all_versions(studied)
    assert found.sound[0]
    working = subsets.only_working(found.flags, needed(studied))
    base = (working @ 2 ** np.arange(len(found.members))).astype(int)
    assert found.sound[base].all()
    slack = 1e-9 * np.abs(found.found.npv).max() + 1e-6
    assert (found.found.npv <= found.found.npv[base] + slack).all()
    assert (found.found.total_cost >= found.found.total_cost[base] - slack).all()


def test_what_needs_something_that_is_off_or_comes_too_late_never_works() -> None:
    data = programme()
    data["initiatives"][0]["enabled"] = False
    data["initiatives"][2]["start_month"] = 24
    found = all_versions(study(case_of(data)))
    assert found.members == ("act", "desk", "quotes", "portal")
    assert {found.inside(run) for run in np.flatnonzero(found.sound)} == {(), ("quotes",)}


def beaten(budget: Any, gain: Any, allowed: Any, run: int) -> bool:
    """Whether another allowed run takes no more and brings no less, and is better in one, or equal and earlier."""
    for other in np.flatnonzero(allowed & ~np.isnan(gain)):
        cheap, good = budget[run] - budget[other], gain[other] - gain[run]
        if cheap >= 0 and good >= 0 and (cheap > 0 or good > 0 or other < run):
            return True
    return False


@given(st.integers(0, 40), st.integers(0, 10**6))
def test_frontier_against_every_pair(runs: int, seed: int) -> None:
    """Few different amounts, so that many are equal; some gains are no numbers, some runs are not allowed."""
    rng = np.random.default_rng(seed)
    budget, gain = rng.integers(0, 6, runs) * 1e5, rng.integers(-4, 5, runs) * 1e3
    gain[rng.random(runs) < 0.1] = np.nan
    allowed = rng.random(runs) < 0.8
    found = efficient(budget, gain, allowed)
    known = [run for run in range(runs) if allowed[run] and not np.isnan(gain[run])]
    assert sorted(found) == [run for run in known if not beaten(budget, gain, allowed, run)]
    assert (np.diff(budget[found]) > 0).all()
    assert (np.diff(gain[found]) > 0).all()


def test_what_differs_by_rounding_is_equal() -> None:
    budget = np.array([5.0, 5.0 + 1e-14, 7.0])
    gain = np.array([3.0, 3.0 + 1e-14, 3.0 - 1e-14])
    assert efficient(budget, gain, np.ones(3, bool)) == [0]


@given(arrays.arrays(np.float64, (6, 5), elements=st.sampled_from([0.0, 1.0])))
def test_growing_and_cutting_a_version(flags: Any) -> None:
    needs = needed(study(case_of(programme())))
    grown, cut = subsets.with_needed(flags, needs), subsets.only_working(flags, needs)
    assert is_sound(grown, needs).all()
    assert is_sound(cut, needs).all()
    assert (cut <= flags).all()
    assert (flags <= grown).all()
    assert (is_sound(flags, needs) == (grown == flags).all(axis=1)).all()


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_large_programme_is_searched(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few versions are tried where there are too many, always the same, and the best ones are among them."""
    studied = study(example(name).case)
    exact = all_versions(studied)
    monkeypatch.setattr(subsets, "MOST_EXACT", 3)
    found = all_versions(studied)
    assert not found.exact
    assert len(found.flags) < len(exact.flags)
    assert found.sound.all()
    assert not found.flags[0].any()
    assert len(np.unique(found.flags, axis=0)) == len(found.flags)
    for budget in ("first_year_cash", "total_cost"):
        best = [exact.found.npv[run] for run in efficient(exact.budget(budget), exact.found.npv, exact.sound)]
        mine = [found.found.npv[run] for run in efficient(found.budget(budget), found.found.npv, found.sound)]
        assert mine[-1] == pytest.approx(best[-1])
    assert (all_versions(studied).flags == found.flags).all()


@pytest.mark.parametrize("seed", range(4))
def test_more_than_twelve_investments(seed: int) -> None:
    """Fourteen that need and hinder each other: hardly a budget is served worse than by trying all."""
    rng = random.Random(seed)
    data = copy.deepcopy(programme(options={}, stakeholders=[]))
    first = data["initiatives"][1:]
    for number in range(9):
        more = copy.deepcopy(first[number % 4])
        more |= {"id": f"more_{number}", "name": f"More {number}", "one_time_cost": rng.randint(500, 20_000)}
        more |= {"annual_cost": rng.randint(0, 4_000), "requires": [rng.choice(first)["id"]]}
        for effect in more["effects"]:
            size = effect["base"] * rng.uniform(0.1, 1)
            effect |= {"low": size, "base": size, "high": size}
        data["initiatives"].append(more)
    studied = study(case_of(data))
    found = all_versions(studied)
    assert (len(found.members), found.exact) == (14, False)
    flags = all_flags(14)
    flags = flags[is_sound(flags, needed(studied))]
    assert len(found.flags) < len(flags) / 3
    every = studied.runs(studied.switched(studied.members, flags), ("npv", "costs"))
    costs = every["costs"].sum(axis=0)
    mine, gaps = found.found, []
    for run in efficient(costs, every["npv"], np.ones(len(flags), bool)):
        within = found.sound & (mine.total_cost <= costs[run] + 1e-6)
        gaps.append((every["npv"][run] - mine.npv[within].max()) / every["npv"].max())
    assert max(gaps) < 0.01
    assert gaps[-1] == pytest.approx(0, abs=1e-9)


def test_cash_alone_is_the_case_without_promises() -> None:
    """Freed hours fall back to what is paid by the contact, smaller risks to nothing; a lower share stays."""
    data = programme(headline_shares={"repeat_contacts": 0.9, "self_service": 0.1, "incidents": 0.5})
    studied = study(case_of(data))
    assert cash_only(studied) == {"headline_shares.repeat_contacts": 0.25, "headline_shares.incidents": 0}
    kept = typed(data, IDS, headline_shares={"self_service": 0.1})
    assert studied.npv(cash_only(studied)) == pytest.approx(kept.npv, rel=1e-12)
    assert kept.npv < studied.npv()


def test_a_promise_that_nobody_agreed_to_is_none() -> None:
    promise = {"share": 0.8, "owner": "Head of service", "agreed": None}
    studied = study(case_of(programme(headline_shares={"repeat_contacts": promise})))
    assert cash_only(studied) == {}
    agreed = {**promise, "agreed": {"by": "Head of service"}}
    studied = study(case_of(programme(headline_shares={"repeat_contacts": agreed})))
    assert cash_only(studied) == {"headline_shares.repeat_contacts": 0.25}


def test_a_share_of_what_is_cash_anyway_stays() -> None:
    data = programme(headline_shares={"retention": 0.4, "price": 1.0})
    assert cash_only(study(case_of(data))) == {}


def test_without_investments_there_is_one_version() -> None:
    data = programme(initiatives=[], options={})
    data["custom_lines"] = data["custom_lines"][:1]
    found = all_versions(study(case_of(data)))
    assert (found.inside(0), len(found.flags), bool(found.sound[0])) == ((), 1, True)
    assert found.found.npv[0] == results(case_of(data), ["npv"]).headline.npv
