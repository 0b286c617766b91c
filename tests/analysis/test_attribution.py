"""What each investment adds: a foundation by hand, every version typed as a case of its own, and the laws of shares."""

import itertools
import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.analysis import shapley
from casebuilder.analysis.attribution import Attribution, attribution, worths
from casebuilder.analysis.study import Study, study
from tests.agreement.random_cases import random_case
from tests.analysis.programme import IDS, programme, subsets, typed
from tests.model.cases import EXAMPLES, case_of, example, few, small


def found_in(data: dict[str, Any], **settings: Any) -> Attribution:
    return attribution(study(case_of(data), **settings))


def test_a_foundation_earns_through_what_it_enables() -> None:
    """Listening alone only costs and acting needs it: they share what acting gains, each pays its own cost."""
    data = small()
    both, alone = typed(data, ["listen", "act"]), typed(data, ["listen"])
    gain = both.npv + both.amount("pv_costs")
    listening = alone.amount("pv_costs")
    acting = both.amount("pv_costs") - listening
    assert alone.npv == -listening
    assert typed(data, ["act"]).npv == pytest.approx(-acting)
    found = found_in(data)
    assert found.values == {
        "listen": pytest.approx(gain / 2 - listening),
        "act": pytest.approx(gain / 2 - acting),
    }
    assert found.without_it == {
        "listen": pytest.approx(gain - listening),
        "act": pytest.approx(gain - acting),
    }
    assert (found.rest, found.whole, found.error) == (0, pytest.approx(both.npv), None)


def test_every_order_typed_as_cases() -> None:
    """Each of the 32 versions is a case of its own, evaluated alone; then the definition, over all 120 orders."""
    data = programme()
    npv = {inside: typed(data, inside).npv for inside in subsets(IDS)}
    added = dict.fromkeys(IDS, 0.0)
    orders = list(itertools.permutations(IDS))
    for order in orders:
        for place, id in enumerate(order):
            added[id] += (npv[frozenset(order[: place + 1])] - npv[frozenset(order[:place])]) / len(orders)
    found, everything = found_in(data), frozenset(IDS)
    assert found.members == IDS
    assert found.values == pytest.approx(added, rel=1e-9)
    assert found.without_it == pytest.approx({id: npv[everything] - npv[everything - {id}] for id in IDS})
    assert found.rest == pytest.approx(npv[frozenset()], rel=1e-12)
    assert found.rest < 0


def sums_up(found: Attribution) -> bool:
    whole = sum(found.values.values()) + found.rest
    scale = max(abs(found.whole), abs(found.rest), *map(abs, found.values.values()), 1.0)
    return abs(whole - found.whole) <= 1e-9 * scale


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_sum_to_the_whole(name: str) -> None:
    results = example(name)
    found = attribution(study(results.case))
    total = sum(found.values.values()) + found.rest
    assert total == pytest.approx(found.whole, rel=1e-9, abs=0)
    assert found.whole == pytest.approx(results.headline.npv, rel=1e-12)
    assert set(found.values) == {initiative.id for initiative in results.case.initiatives}


@few(0.2)
@given(st.integers(0, 10**9))
def test_any_case_sums_to_the_whole(seed: int) -> None:
    data = random_case(random.Random(seed))
    case = case_of(data)
    for option in ("as_set", *case.option_table):
        studied = study(case, None, option)
        found = attribution(studied)
        assert sums_up(found)
        assert found.whole == pytest.approx(studied.npv(), rel=1e-9, abs=1e-6)
        assert all(found.values[i.id] == 0 for i in case.initiatives if i.id not in studied.members)


def test_what_is_off_adds_nothing_and_what_needs_it_only_costs() -> None:
    data = programme()
    data["initiatives"][2]["enabled"] = False
    found = found_in(data)
    cost = typed(data, []).npv - typed(data, ["portal"]).npv
    assert cost > 0
    assert (found.values["desk"], found.without_it["desk"]) == (0, 0)
    assert found.values["portal"] == pytest.approx(-cost)
    assert found.without_it["portal"] == pytest.approx(-cost)


def test_of_an_option() -> None:
    data = programme()
    found = found_in(data, option="lean")
    alone = found_in({**data, "initiatives": data["initiatives"][:2], "options": {}})
    assert found.members == ("listen", "act")
    assert {id: value for id, value in found.values.items() if value} == pytest.approx(dict(alone.values))


def test_in_another_scenario() -> None:
    data = programme(scenarios={"gloom": {"effects": "low", "cost_factor": 1.5}, "usual": {}})
    found = found_in(data, scenario="usual")
    assert found.whole == pytest.approx(typed(data, IDS, scenarios={"usual": {}}).npv)
    assert found.values != found_in(data).values


def test_the_order_of_investments_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    data = programme()
    turned = {**data, "initiatives": data["initiatives"][::-1]}
    for most in (12, 2):
        monkeypatch.setattr(shapley, "MOST_EXACT", most)
        assert found_in(turned).values == pytest.approx(dict(found_in(data).values), rel=1e-9)


def test_sampled_within_the_stated_error(monkeypatch: pytest.MonkeyPatch) -> None:
    case = example("contract_services").case
    exact = attribution(study(case))
    monkeypatch.setattr(shapley, "MOST_EXACT", 9)
    found = attribution(study(case), permutations=32)
    assert found.error is not None
    assert exact.error is None
    for id in found.members:
        assert abs(found.values[id] - exact.values[id]) <= 4 * found.error[id] + 1e-6
    assert sum(found.values.values()) == pytest.approx(found.whole - found.rest, rel=1e-9)
    assert found.without_it == pytest.approx(dict(exact.without_it))
    assert np.mean([found.error[id] for id in found.members]) > 0


def test_what_cannot_work_is_run_once_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """One batch says what works; of 32 versions 18 differ in that; nothing and each alone price the rest."""
    batches: list[tuple[int, bool]] = []
    runs = Study.runs

    def counted(self: Study, *given: Any) -> Any:
        found = runs(self, *given)
        batches.append((found.runs, "npv" in found))
        return found

    monkeypatch.setattr(Study, "runs", counted)
    found_in(programme())
    assert batches == [(32 + 5, False), (1 + 5 + 18, True)]


@few(0.15)
@given(st.integers(0, 10**9))
def test_worth_of_a_version_is_that_of_its_own_run(seed: int) -> None:
    """Any versions of any case, however many of them lack what they need: against one run each."""
    rng = random.Random(seed)
    studied = study(case_of(chained(rng)))
    members = studied.members
    flags = np.array([[rng.randrange(2) for _ in members] for _ in range(9)], float).reshape(9, len(members))
    found = worths(studied, members, flags)
    alone = studied.runs(studied.switched(members, flags))["npv"] if members else studied.runs()["npv"]
    assert found == pytest.approx(alone, rel=1e-9, abs=1e-9 * np.abs(alone).max())


def chained(rng: random.Random) -> dict[str, Any]:
    """A random case in which most investments need the one before them, and one may start too late or be off."""
    data = random_case(rng)
    ids = [initiative["id"] for initiative in data["initiatives"]]
    for before, initiative in zip([None, *ids], data["initiatives"], strict=False):
        initiative["requires"] = [before] if before and rng.random() < 0.7 else []
        if rng.random() < 0.2:
            initiative.update(rng.choice([{"enabled": False}, {"start_month": 60}]))
    return data


def test_more_investments_than_bits_of_a_number() -> None:
    """Seventy, each needing the one before: versions are told apart, and what stands behind a gap only costs."""
    data = small(options={}, custom_lines=[])
    first = data["initiatives"][0] | {"requires": [], "effects": [], "gate": None}
    data["initiatives"] = [
        {**first, "id": f"i{n:02}", "name": f"Number {n}", "requires": [f"i{n - 1:02}"] if n else []}
        for n in range(70)
    ]
    studied = study(case_of(data))
    flags = np.ones((71, 70)) - np.eye(71, 70)
    alone = studied.runs(studied.switched(studied.members, flags))["npv"]
    assert worths(studied, studied.members, flags) == pytest.approx(alone, rel=1e-9)


def test_a_case_without_investments() -> None:
    data = programme(initiatives=[], options={})
    data["custom_lines"] = data["custom_lines"][:1]
    found = found_in(data)
    assert (found.members, dict(found.values), dict(found.without_it)) == ((), {}, {})
    assert found.rest == found.whole == typed(data, []).npv
