"""The best that could be done: against a case into which the library was typed by hand, and against every subset."""

import copy
import functools
import itertools
from typing import Any

import pytest

from casebuilder.analysis import results
from casebuilder.analysis.fit import all_fits
from casebuilder.analysis.library_best import Best, Support, supports, with_library
from casebuilder.analysis.study import in_force, study
from casebuilder.case import Case, from_data, library
from casebuilder.case.plain import plain
from tests.analysis.test_fit import PLAIN, driver, person, reckoned
from tests.model.cases import EXAMPLES, case_of, example, flows, small

#: Small enough that every subset of what could be done can be tried.
ENTRIES = ("knowledge_base", "proactive_outreach", "first_contact_programme")


@pytest.fixture
def few_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library of three investments, of which one may do harm and needs a foundation first."""
    table = library.initiatives()
    kept = {id: table[id] for id in (*ENTRIES, "unified_customer_data")}
    monkeypatch.setattr("casebuilder.analysis.library_best.library.initiatives", lambda: kept)


def typed(case: Case, ids: list[str], **changes: Any) -> Case:
    """The case with library investments written into its file, free and from the first day."""
    data = plain(case.model_dump(by_alias=True, exclude_unset=True), dates_as_text=True)
    data["initiatives"] += [{"id": id, "use": id} for id in ids]
    return from_data({**data, **changes})


def drivers(*extra: dict[str, Any]) -> list[dict[str, Any]]:
    return person(
        driver("contacts_per_customer", 3, importance=5),
        driver("first_contact_resolution", 0.9, 0.7, importance=4),
        driver("churn_rate", 0.1),
        *extra,
    )


def only(case: Case, scenario: str | None = None, option: str = "as_set") -> Support:
    return supports(study(case, scenario, option))[0]


@pytest.mark.usefixtures("few_entries")
def test_against_every_subset() -> None:
    """No subset is better where the library and the case meet no target; outreach makes more contacts than it saves."""
    case = case_of(small(stakeholders=drivers(), options={}))
    tried: dict[frozenset[str], float] = {}
    for many in range(len(ENTRIES) + 1):
        for ids in itertools.combinations(ENTRIES, many):
            more = typed(case, [*ids, "unified_customer_data"])
            value = all_fits(study(more), more.stakeholders)[0].value
            assert value is not None
            tried[frozenset(ids)] = value
    everything = frozenset(ENTRIES)
    found = only(case)
    assert found.fit.value == pytest.approx(tried[frozenset()])
    assert found.best.value == pytest.approx(max(tried.values()))
    assert max(tried.values()) > tried[everything]
    helps = {help.initiative: help for help in found.best.helps}
    assert "proactive_outreach" not in helps
    assert set(helps) == everything - {"proactive_outreach"} | {"act"}
    for id in set(helps) - {"act"}:
        assert not helps[id].inside
        assert helps[id].lost == pytest.approx(tried[everything] - tried[everything - {id}])
        assert helps[id].gained == pytest.approx(tried[frozenset({id})] - tried[frozenset()])
    assert helps["act"].inside
    assert helps["act"].gained == 0
    points = [help.points for help in found.best.helps]
    assert points == sorted(points, reverse=True)


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    """Everything on, reckoned from the results of the case with the library typed in: the best is at least that."""
    case = example(name).case
    found = supports(study(case))
    there = {i.use for i in case.initiatives} | {i.id for i in case.initiatives}
    wanted = [i.id for i in with_library(case).initiatives if i.id not in there]
    every = typed(case, wanted, options={"every": "all"}, decision={})
    whole = results(every)
    for who, one in zip(case.stakeholders, found, strict=True):
        assert one.stakeholder == who
        assert one.fit == all_fits(study(case), [who])[0]
        assert one.best.value is not None
        assert one.fit.value is not None
        assert one.fit.value - 1e-9 <= one.best.value <= 100
        if not any(part.driver.kind == "hurdle" for part in one.fit.parts):
            all_of_it = reckoned(whole, "every", who)
            assert all_of_it is not None
            assert one.best.value >= all_of_it - 1e-9


@functools.cache
def adjusted(name: str) -> tuple[tuple[Support, ...], tuple[Support, ...]]:
    asked = study(example(name).case)
    return supports(asked), supports(in_force(asked))


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_same_with_sizes_in_force(name: str) -> None:
    for one, other in zip(*adjusted(name), strict=True):
        assert one.best.value == pytest.approx(other.best.value)
        assert {help.initiative for help in one.best.helps} == {help.initiative for help in other.best.helps}


def test_what_is_changed_in_the_study_stays_changed() -> None:
    case = case_of(small(stakeholders=drivers()))
    asked = study(case).with_inputs({"service.first_contact_resolution": 0.9})
    other = small(stakeholders=drivers())
    other["service"]["first_contact_resolution"] = 0.9
    assert supports(asked)[0].best.value == pytest.approx(only(case_of(other)).best.value)


def test_what_is_there_is_not_added_again() -> None:
    data = small()
    data["initiatives"] += [
        {"id": "coaching", "name": "Ours", "effects": []},
        {"id": "wiki", "use": "knowledge_base"},
    ]
    case = case_of(data)
    ids = [i.id for i in with_library(case).initiatives]
    assert len(ids) == len(set(ids))
    assert "knowledge_base" not in ids
    uses = [i.use for i in with_library(case).initiatives]
    assert "coaching" not in uses
    assert uses.count("knowledge_base") == 1
    assert with_library(with_library(case)) == with_library(case)


def test_an_own_foundation_is_built_on() -> None:
    data = small()
    data["initiatives"].append({"id": "ears", "use": "voice_of_customer"})
    table = {i.id: i for i in with_library(case_of(data)).initiatives}
    assert table["closed_loop_feedback"].requires == ("ears",)
    assert table["closed_loop_feedback"].one_time_cost == 0


def test_what_is_off_can_be_switched_on() -> None:
    """An investment of the case outside the run is something that could be done; one inside it already is."""
    data = small(stakeholders=person(driver("win_rate", 0.9, 0.2)), scenarios=PLAIN)
    data["initiatives"][1]["enabled"] = False
    for case, option in (
        (case_of(data), "as_set"),
        (case_of(small(stakeholders=data["stakeholders"])), "ears_only"),
    ):
        found = only(case, option=option)
        assert found.fit.value == 0
        (act,) = (help for help in found.best.helps if help.initiative == "act")
        assert not act.inside
        assert act.gained > 0


def test_hurdles_stay_as_they_are() -> None:
    """The library names no costs: what it adds makes no hurdle of money easier."""
    for target, met in ((1e12, 0), (-1e12, 100)):
        found = only(case_of(small(stakeholders=person(driver("npv", target)))))
        assert (found.fit.value, found.best.value) == (met, met)
        assert found.best.helps == ()
    hurdle = driver("first_contact_resolution", 0.75, 0.7, kind="hurdle")
    assert only(case_of(small(stakeholders=person(hurdle)))).best.value == 0


def test_without_segments_nothing_can_be_added() -> None:
    case = case_of({**flows([-1.0, 3.0]), "stakeholders": person(driver("npv", 1))})
    assert with_library(case) is case
    assert only(case).best == Best(100.0, ())


def test_nobody_and_nothing() -> None:
    assert supports(study(case_of(small()))) == ()
    (found,) = supports(study(case_of(small(stakeholders=person()))))
    assert (found.fit.value, found.best) == (None, Best(None, ()))


def test_the_case_is_left_as_it_was() -> None:
    case = case_of(small(stakeholders=drivers()))
    before = copy.deepcopy(case.model_dump())
    supports(study(case))
    assert case.model_dump() == before
