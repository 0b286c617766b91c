"""Everything that is said about one option belongs to that option, and to the number that counts."""

from pathlib import Path

import pytest

from casebuilder.analysis import results
from casebuilder.analysis.certainty import Certainty
from casebuilder.case import load
from casebuilder.model.structure import AS_SET

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module", params=["growth_network", "contract_services", "consumer_subscription"])
def both(request: pytest.FixtureRequest) -> tuple[Certainty, Certainty]:
    """What is asked for, and all switches as set."""
    found = results(load(EXAMPLES / f"{request.param}.yaml"))
    return Certainty(found, found.asked_option), Certainty(found, AS_SET)


def test_every_study_starts_from_the_counted_return(both: tuple[Certainty, Certainty]) -> None:
    for found in both:
        npv = pytest.approx(found.outcome.npv, rel=1e-9)
        assert found.tornado.at == npv
        assert found.simulation.counted == npv
        assert found.attribution.whole == npv
        assert found.cuts.start == npv
        assert found.verdict.grounds.counted == npv


def test_what_each_investment_adds_sums_to_the_whole(both: tuple[Certainty, Certainty]) -> None:
    for found in both:
        total = sum(found.attribution.values.values()) + found.attribution.rest
        assert total == pytest.approx(found.outcome.npv, rel=1e-9)


def test_the_named_options_are_those_of_the_results(both: tuple[Certainty, Certainty]) -> None:
    for found in both:
        named = {choice.id: choice.npv for choice in found.options if choice.kind == "named"}
        expected = {id: outcome.npv for id, outcome in found.results.options.items()}
        assert named == pytest.approx(expected, rel=1e-9)


def test_effects_that_fail_together_spread_wider(both: tuple[Certainty, Certainty]) -> None:
    for found in both:
        assert found.together.deviation > found.simulation.deviation
        assert found.together.mean == pytest.approx(
            found.simulation.mean, abs=4 * found.together.convergence.mean + 0.02 * found.together.deviation
        )


def test_the_verdicts_of_the_examples(both: tuple[Certainty, Certainty]) -> None:
    asked, everything = both
    assert asked.verdict.id == "stage"
    if everything.outcome.npv < 0:
        assert everything.verdict.id == "do_not_invest"
        assert "part_pays" in everything.verdict.reasons
