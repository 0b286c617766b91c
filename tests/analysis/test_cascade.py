"""The goal cascade against hand-made chains, and every link and value against a case that is typed and run alone."""

import copy
import itertools
from typing import Any

import pytest

from casebuilder.analysis.cascade import Break, Cascade, cascade, helps
from casebuilder.analysis.study import study
from casebuilder.case import library
from casebuilder.model.kpis import OF_THE_CASE
from casebuilder.model.results import Outcome
from tests.model.cases import EXAMPLES, case_of, example, moving, only, small


def person(persona: str, *drivers: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"persona": persona, "drivers": list(drivers), **more}


def held(kpi: str, target: float, how: str = "scorecard", **more: Any) -> dict[str, Any]:
    return {"kpi": kpi, "target": target, "accountability": how, **more}


#: Every objective below is far from its target.
CEO = person("ceo", held("customers", 9_000))
SALES = person("sales", held("win_rate", 0.5))
SERVICE = person("service", held("cost_to_serve", 1))


def chain(*people: dict[str, Any], option: str = "as_set", **changes: Any) -> Cascade:
    """The chain of the small case with these people."""
    return cascade(study(case_of(small(stakeholders=list(people), **changes)), option=option))


def told(found: Cascade) -> list[tuple[str, str | None]]:
    """Kind and subject of every break."""
    about = [each.goal.driver.kpi if each.goal else each.lever or each.investment for each in found.breaks]
    return list(zip([each.kind for each in found.breaks], about, strict=True))


def reached(found: Cascade) -> dict[str, set[str]]:
    """Metric -> the functions' numbers it improves."""
    return {link.lever: {goal.driver.kpi for goal in link.goals} for link in found.links}


def test_a_chain_by_hand() -> None:
    """Fewer repeats lower the cost of service, more wins raise the win rate, and no function answers for churn."""
    found = chain(CEO, SALES, SERVICE)
    assert found.top == 0
    assert [goal.driver.kpi for goal in found.objectives] == ["customers"]
    assert reached(found) == {
        "churn_rate": set(),
        "win_rate": {"win_rate"},
        "first_contact_resolution": {"cost_to_serve"},
    }
    assert {link.lever for link in found.links if link.objectives} == {"churn_rate", "win_rate"}
    assert all(link.investments == ("act",) and link.moves for link in found.links)
    assert told(found) == [("no_scorecard", "churn_rate")]
    assert found.reaching == found.members == ("listen", "act")


def test_the_most_valuable_link_stands_first() -> None:
    values = [link.value for link in chain(CEO, SALES).links]
    assert values == sorted(values, reverse=True)
    assert min(values) > 0


@pytest.mark.parametrize("scenario", [None, "conservative"])
def test_a_value_is_what_a_typed_case_loses(scenario: str | None) -> None:
    data = small(stakeholders=[CEO, SALES])
    found = cascade(study(case_of(data), scenario))
    for link in found.links:
        fewer = copy.deepcopy(data)
        for initiative in fewer["initiatives"]:
            effects = initiative.get("effects", [])
            initiative["effects"] = [effect for effect in effects if effect["lever"] != link.lever]
        lost = study(case_of(data), scenario).npv() - study(case_of(fewer), scenario).npv()
        assert link.value == pytest.approx(lost)


def better(outcome: Outcome, kpi: str) -> bool:
    """Whether a KPI gets better over all years together."""
    pairs = zip(outcome.kpi(kpi, "with"), outcome.kpi(kpi, "without"), strict=True)
    moved = sum(after - before for after, before in pairs if after is not None and before is not None)
    return moved * (-1 if library.kpis()[kpi].direction == "down" else 1) > 1e-9


#: Whether it gets better depends on the company: extra customers may earn less than the others, and a cost of a win
#: that does not follow the spending moves no ratio.
DEPENDS = {"contribution_margin", "acquisition_cost_per_win", "clv_to_cac"}


@pytest.mark.parametrize("lever", library.levers())
def test_links_are_those_of_the_model(lever: str) -> None:
    """One metric moved alone in a typed case: what gets better is linked, by the catalogue and by the runs."""
    data = moving(lever, 0.05, 0.05, 0.05)
    kpis = [kpi for kpi, word in library.kpis().items() if kpi not in OF_THE_CASE and lever in word.levers]
    outcome = only(data)
    improved = {kpi for kpi in kpis if better(outcome, kpi)}
    assert improved - DEPENDS == {kpi for kpi in kpis if helps(lever, kpi)} - DEPENDS
    worst = {"up": 1e12, "down": 0.0}
    people = [person("sales", *(held(kpi, worst[library.kpis()[kpi].direction]) for kpi in kpis))]
    (link,) = cascade(study(case_of({**data, "stakeholders": people}))).links
    assert {goal.driver.kpi for goal in link.goals} == improved


def test_more_customers_are_no_help_to_those_who_serve_them() -> None:
    assert not helps("win_rate", "cost_to_serve")
    assert helps("win_rate", "customers")
    assert not helps("discount", "receivables")
    assert not helps("win_rate", "other")
    found = chain(CEO, SERVICE)
    assert ("not_carried", "customers") in told(found)
    assert ("not_carried", "customers") not in told(chain(CEO, SERVICE, SALES))


def test_what_is_only_said_or_tracked_carries_nothing() -> None:
    said = chain(CEO, person("sales", held("win_rate", 0.5, "said")))
    assert told(said)[0] == ("not_carried", "customers")
    assert said.functions == ()
    found = chain(CEO, person("sales", held("win_rate", 0.5, "tracked")))
    assert told(found)[0] == ("not_carried", "customers")
    assert reached(found)["win_rate"] == {"win_rate"}
    assert ("no_scorecard", "win_rate") in told(found)
    assert found.reaching == ()


def test_hurdles_and_finance_are_no_part_of_the_chain() -> None:
    finance = person("cfo", held("contribution", 1e9), held("npv", 1, kind="hurdle"))
    found = chain(CEO, finance, person("sales", held("win_rate", 0.5, kind="hurdle"), held("payback", 12)))
    assert found.functions == ()
    assert found.reaching == ()


def test_a_number_at_its_target_is_no_break() -> None:
    service = person("service", held("incidents", 100), held("attrition_rate", 0.9))
    found = chain(person("ceo", held("days_sales_outstanding", 90)), SALES, service)
    assert told(found) == [("no_scorecard", "churn_rate"), ("no_scorecard", "first_contact_resolution")]
    assert [goal.at_target for goal in found.functions] == [False, True, True]


def test_the_gravest_break_stands_first() -> None:
    lonely = {"id": "lonely", "name": "Lonely", "one_time_cost": 1}
    other = {"kpi": "other", "name": "Calm", "unit": "share", "accountability": "scorecard", "target": 1}
    service = person("service", held("incidents", 1), other)
    initiatives = [*small()["initiatives"], lonely]
    found = chain(person("ceo", held("days_sales_outstanding", 9)), SALES, service, initiatives=initiatives)
    assert told(found) == [
        ("not_carried", "days_sales_outstanding"),
        ("no_scorecard", "churn_rate"),
        ("no_scorecard", "first_contact_resolution"),
        ("no_metric", "lonely"),
        ("not_moved", "incidents"),
        ("not_computed", "other"),
    ]
    assert found.reaching == ("listen", "act")


def test_a_metric_at_its_best_has_no_room() -> None:
    data = moving("churn_rate", 0.1, 0.1, 0.1, stakeholders=[person("sales", held("gross_retention", 0.999))])
    for segment in data["segments"]:
        segment["churn_rate"] = 0.02
    found = cascade(study(case_of(data)))
    assert told(found) == [("no_room", "churn_rate"), ("not_moved", "gross_retention")]
    assert (found.links[0].value, found.links[0].moves) == (0, False)


def test_harm_moves_nobody_forward() -> None:
    """An investment that makes a metric worse is no link; the metric that it improves is one."""
    data = small(stakeholders=[SALES])
    data["initiatives"][1]["effects"] = [
        {"lever": "win_rate", "low": -0.1, "base": -0.1, "high": -0.1},
        {"lever": "leads", "low": 0.1, "base": 0.1, "high": 0.1},
    ]
    found = cascade(study(case_of(data)))
    assert [link.lever for link in found.links] == ["leads"]
    assert told(found) == [("no_scorecard", "leads"), ("not_moved", "win_rate")]


def test_who_decides_holds_the_objectives_where_no_chief_executive_does() -> None:
    coo = person("coo", held("customers", 9_000))
    said = person("ceo", held("customers", 9_000, "said"))
    assert chain(said, SALES, coo, decision={"decider": "coo"}).top == 2
    assert chain(said, SALES, coo).top is None
    assert chain(CEO, SALES, coo, decision={"decider": "coo"}).top == 0


def test_only_what_is_asked_for_counts() -> None:
    found = chain(CEO, SALES, option="ears_only")
    assert (found.links, found.members, found.reaching) == ((), ("listen",), ())
    assert told(found) == [("no_metric", "listen"), ("not_moved", "win_rate")]
    nothing = chain(CEO, SALES, option="do_nothing")
    assert (nothing.links, nothing.members) == ((), ())


def test_without_people_every_metric_is_loose() -> None:
    found = chain()
    assert (found.top, found.objectives, found.functions) == (None, (), ())
    assert {kind for kind, _ in told(found)} == {"no_scorecard"}
    assert len(found.breaks) == len(found.links) == 3


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    """Each break names one thing, no thing breaks twice, and what is said to be moved is in the catalogue."""
    found = cascade(study(example(name).case, option=example(name).asked_option))
    subjects = [(each.goal, each.lever, each.investment) for each in found.breaks]
    assert all(sum(part is not None for part in one) == 1 for one in subjects)
    assert not any(first == second for first, second in itertools.combinations(subjects, 2))
    for link in found.links:
        for goal in (*link.objectives, *link.goals):
            assert link.lever in library.kpis()[goal.driver.kpi].levers
            assert goal.driver.held_to != "said"


def test_the_contract_example_by_hand() -> None:
    """Its largest gain, from churn, is on the scorecard of nobody below the top."""
    found = cascade(study(example("contract_services").case, option="lean"))
    assert found.breaks[0] == Break("no_scorecard", lever="churn_rate")
    assert found.links[0].lever == "churn_rate"
    assert set(found.members) - set(found.reaching) == {"voice_of_customer", "closed_loop"}
