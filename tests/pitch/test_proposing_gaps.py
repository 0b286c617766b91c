"""Metrics without a reader and numbers without a mover: each is said once, and goes when its match comes."""

from functools import lru_cache
from pathlib import Path

from casebuilder import build
from casebuilder.analysis.certainty import Certainty
from casebuilder.case import Case, load
from casebuilder.case.answers_in import with_driver, without_stakeholder
from casebuilder.case.investing import from_library
from casebuilder.pitch.proposing_gaps import nobody_reads, nothing_moves, readers

EXAMPLES = Path(__file__).parents[2] / "examples"


@lru_cache
def example(name: str) -> Case:
    return load(EXAMPLES / f"{name}.yaml")


def sure(case: Case) -> Certainty:
    return build.certainty(build.evaluate(case))


def alone(case: Case, role: str) -> Case:
    """The case with one person alone."""
    for place in reversed(range(len(case.stakeholders))):
        if case.stakeholders[place].role != role:
            case = without_stakeholder(case, place)
    return case


def test_a_metric_that_nobody_is_measured_on_is_said() -> None:
    service = alone(example("growth_network"), "Head of Service Desk")
    said = [line for line in nobody_reads(sure(service)) if line.startswith("Win rate, moved by ")]
    assert len(said) == 1
    assert "“Ask lost prospects why”" in said[0]
    assert "“References and referrals”" in said[0]
    assert said[0].endswith(": no number of a person on file reads it.")
    sales = with_driver(service, 0, None, {"kpi": "win_rate", "importance": 3, "target": 0.2})
    assert not any(line.startswith("Win rate") for line in nobody_reads(sure(sales)))


def test_the_return_of_the_whole_case_is_nobodys_metric() -> None:
    service = alone(example("growth_network"), "Head of Service Desk")
    finance = with_driver(service, 0, None, {"kpi": "npv", "importance": 5, "target": 1e6})
    assert nobody_reads(sure(finance)) == nobody_reads(sure(service))


def test_a_number_that_nothing_moves_is_said_and_why() -> None:
    case = example("growth_network")
    said = nothing_moves(sure(case))
    assert "Head of Service Desk: first-contact resolution. Nothing that is asked for moves it." in said
    assert "Head of Service Desk: service cost. It gets worse with what is asked for." in said
    assert any(
        line.startswith("Chief Revenue Officer: Forecast accuracy. The model has no such") for line in said
    )
    helped = from_library(case, "first_contact_programme", option="growth")
    assert not any("first-contact resolution" in line for line in nothing_moves(sure(helped)))


def test_readers_are_those_whom_a_metric_helps() -> None:
    case = example("growth_network")
    assert not any("Head of Service Desk" in one for one in readers(case, "leads")), (
        "more leads mean more contacts"
    )
    assert any(one.startswith("Chief Revenue Officer (") for one in readers(case, "win_rate"))
