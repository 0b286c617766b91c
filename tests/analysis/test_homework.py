"""Homework: who stands behind what, what is open, whom to ask, and how much of the gains is signed."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.analysis import results
from casebuilder.analysis.homework import Task, homework, signed_share
from casebuilder.analysis.ranges import ranges
from casebuilder.analysis.signatures import is_signed, signed_by, signed_effects
from casebuilder.analysis.study import study
from casebuilder.analysis.tornado import KpiYear, tornado
from casebuilder.case import Case, library
from casebuilder.model.results import Outcome
from tests.agreement.random_cases import random_case
from tests.model.cases import case_of, example, few, small

CHURN = "initiatives[act].effects[churn_rate,all]"
WIN = "initiatives[act].effects[win_rate,North]"
FIRST = "initiatives[act].effects[first_contact_resolution,all]"
GAIN = {"name": "Gain", "kind": "benefit", "class": "margin", "by_year": [50_000, 60_000]}


def tasks(case: Case) -> dict[str, Task]:
    """The homework of a case by path."""
    found = study(case)
    return {task.path: task for task in homework(found, tornado(found))}


def signing(*paths: str) -> dict[str, Any]:
    return small(stakeholders=[{"persona": "cfo"}, {"persona": "sales", "signed": list(paths)}])


def agreeing(position: int) -> dict[str, Any]:
    data = small()
    data["initiatives"][1]["effects"][position]["agreed"] = {"by": "Head of Care"}
    return data


def gains(outcome: Outcome) -> float:
    """Everything counted above zero, by line and period, in present value; cash tied up in growth is no gain."""
    lines = [key for key in outcome.values if key.startswith("counted.") and "working_capital" not in key]
    factor = outcome.flow("factor")
    return sum(max(0.0, a) * f for key in lines for a, f in zip(outcome.flow(key), factor, strict=True))


def test_an_agreed_effect_is_signed() -> None:
    case = case_of(agreeing(0))
    assert signed_effects(case) == {CHURN}
    assert [signed_by(case, path) for path in (CHURN, f"{CHURN}.base", WIN)] == [
        "Head of Care",
        "Head of Care",
        None,
    ]


def test_what_a_stakeholder_signed_is_signed() -> None:
    case = case_of(signing(CHURN, "segments[North].churn_rate", "segments[South]", "initiatives[act]"))
    assert signed_effects(case) == {CHURN}
    assert signed_by(case, CHURN) == signed_by(case, "segments[North].churn_rate") == "sales"
    assert is_signed(case, "segments[South].churn_rate"), "a record covers its numbers"
    assert is_signed(case, "initiatives[act].adoption") and not is_signed(case, WIN), "but no effect"
    assert not is_signed(case, "segments[North].leads")


def test_a_confirmed_number_is_signed_and_an_estimate_is_not() -> None:
    said = {
        "service.first_contact_resolution": "confirmed",
        "people.attrition_rate": "estimate",
        CHURN: "confirmed",
    }
    case = case_of(small(inputs={path: {"status": status} for path, status in said.items()}))
    assert signed_by(case, "service.first_contact_resolution") == ""
    assert is_signed(case, "service.first_contact_resolution") and not is_signed(
        case, "people.attrition_rate"
    )
    assert not is_signed(case, CHURN), "an effect is agreed or signed"


def test_an_agreed_share_is_signed() -> None:
    agreed = {"share": 0.4, "agreed": {"by": "COO"}}
    case = case_of(
        small(headline_shares={"handling_time": agreed, "incidents": 0.5, "self_service": {"share": 1}})
    )
    assert signed_by(case, "headline_shares.handling_time.share") == "COO"
    assert not is_signed(case, "headline_shares.incidents")
    assert not is_signed(case, "headline_shares.self_service.share")


def test_on_day_one_everything_is_open_and_nothing_signed() -> None:
    case = case_of(small())
    assert set(tasks(case)) == {each.path for each in ranges(study(case))}
    assert signed_share(study(case)) == 0


def test_what_is_signed_falls_out_and_the_rest_keeps_its_order() -> None:
    case = case_of(agreeing(0))
    found = list(tasks(case))
    assert CHURN not in found
    assert found == [path for path in tasks(case_of(small())) if path != CHURN]


def test_the_order_is_that_of_the_swing() -> None:
    swings = [task.swing for task in tasks(case_of(small())).values()]
    assert swings == pytest.approx(sorted(swings, reverse=True))
    assert swings[0] > 0
    with pytest.raises(ValueError, match="net present value"):
        found = study(case_of(small()))
        homework(found, tornado(found, KpiYear("revenue", 1)))


def test_what_turns_the_verdict() -> None:
    """By hand: the one assumption that makes the difference between paying and not."""
    case = example("consumer_subscription").case
    found = {path for path, task in tasks(case).items() if task.flips}
    assert found == {"initiatives[tell_them_first].effects[churn_rate,Weekly box]"}
    losing = {path for path, task in tasks(example("contract_services").case).items() if task.flips}
    assert losing == set()


@pytest.mark.parametrize(
    ("change", "path", "owner"),
    [
        ({"inputs": {"sales.reps": {"status": "estimate", "owner": "RevOps"}}}, "sales.reps", "RevOps"),
        ({}, "sales.reps", "sales"),
        ({}, "segments[North].onboarding_days", "coo"),
        ({}, "company.loaded_cost_per_fte", "cfo"),
        ({"limits": {"win_rate": 0.5}}, "limits.win_rate", "sales"),
        ({"headline_shares": {"incidents": 0.5}}, "headline_shares.incidents", "cfo"),
        (
            {"headline_shares": {"incidents": {"share": 0.5, "owner": "Risk desk", "agreed": {"by": "COO"}}}},
            "headline_shares.incidents.share",
            None,
        ),
        ({"custom_lines": [GAIN]}, "custom_lines[Gain].by_year[1]", "cfo"),
        ({"custom_lines": [GAIN | {"owner": "Treasury"}]}, "custom_lines[Gain].by_year[1]", "Treasury"),
    ],
)
def test_whom_to_ask(change: dict[str, Any], path: str, owner: str | None) -> None:
    found = tasks(case_of(small(**change)))
    assert (found[path].owner if path in found else None) == owner


def test_whom_to_ask_about_an_investment() -> None:
    data = small()
    data["initiatives"][0] |= {"use": "voice_of_customer", "library_version": "1"}
    data["initiatives"][1]["owner"] = "coo"
    data["initiatives"][1]["effects"][1]["owner"] = "Sales desk"
    found = tasks(case_of(data))
    assert found["initiatives[listen].annual_cost"].owner == library.initiatives()["voice_of_customer"].owner
    assert found["initiatives[act].adoption"].owner == found[CHURN].owner == "coo"
    assert found[WIN].owner == "Sales desk"
    assert tasks(case_of(small()))["initiatives[listen].annual_cost"].owner is None


def test_where_it_usually_stands() -> None:
    found = tasks(case_of(small(limits={"win_rate": 0.5})))
    report = library.inputs()["win_rate"].report
    assert (
        found["segments[North].win_rate"].report
        == found[WIN].report
        == found["limits.win_rate"].report
        == report
    )
    assert found["initiatives[act].adoption"].report == ""


def test_what_kind_of_number_is_open() -> None:
    proposed = library.initiatives()["closed_loop_feedback"].effects[0]
    data = small(
        inputs={"people.attrition_rate": {"status": "estimate"}, "sales.reps": {"status": "default"}}
    )
    effect = {key: getattr(proposed, key) for key in ("lever", "segment", "low", "base", "high", "grade")}
    data["initiatives"][1] |= {"use": "closed_loop_feedback", "library_version": "1"}
    data["initiatives"][1]["effects"][0] = effect
    found = tasks(case_of(data))
    path = f"initiatives[act].effects[{proposed.lever},all]"
    names = ("people.attrition_rate", "sales.reps", "service.self_service_share", path, WIN)
    assert [found[name].status for name in names] == [
        "estimate",
        "default",
        "not_stated",
        "default",
        "estimate",
    ]


def test_every_input_has_an_owner_among_the_personas_and_a_report() -> None:
    for word in library.inputs().values():
        assert word.owner in library.personas(), word.id
        assert word.report, word.id


def test_half_signed_is_what_the_signed_effects_earn_alone() -> None:
    """Against a case in which nobody moves anything else."""
    alone = small()
    for effect in alone["initiatives"][1]["effects"][1:]:
        effect.update(low=0, base=0, high=0)
    every, signed = (gains(results(case_of(data)).headline) for data in (small(), alone))
    found = signed_share(study(case_of(agreeing(0))))
    assert found == pytest.approx(signed / every, rel=1e-9)
    assert 0.1 < signed / every < 0.9


def test_all_signed_is_all() -> None:
    assert signed_share(study(case_of(signing(CHURN, WIN, FIRST)))) == 1


def test_an_amount_of_the_company_counts_once_it_is_confirmed() -> None:
    data = small(custom_lines=[GAIN])
    assert signed_share(study(case_of(data))) == 0
    first = {"custom_lines[Gain].by_year[1]": {"status": "confirmed"}}
    found = signed_share(study(case_of({**data, "inputs": first})))
    whole = gains(results(case_of(data)).headline)
    factor = results(case_of(data)).headline.flow("factor")
    assert found == pytest.approx(12_500 * sum(factor[1:5]) / whole)


def test_without_gains_there_is_no_share() -> None:
    assert signed_share(study(case_of(small()), option="do_nothing")) is None


@few(0.12)
@given(st.integers(0, 10**6))
def test_a_share_lies_between_none_and_all(seed: int) -> None:
    """Nothing signed is nothing, everything signed is everything, whatever the case."""
    rng = random.Random(seed)
    data = random_case(rng)
    case = case_of({key: value for key, value in data.items() if key != "headline_shares"})
    effects = [p for p in (each.path for each in ranges(study(case)) if each.kind == "effect")]
    amounts = [f"custom_lines[{line.name}]" for line in case.custom_lines]
    shares = [
        signed_share(study(case_of({**data, "stakeholders": [{"persona": "cfo", "signed": signed}]})))
        for signed in ([], [*effects, *amounts], rng.sample(effects, len(effects) // 2))
    ]
    assert shares[:2] in ([0, 1], [None, None])
    assert shares[2] is None or 0 <= shares[2] <= 1
