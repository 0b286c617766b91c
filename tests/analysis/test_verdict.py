"""The verdict at and around every limit, decided by hand."""

from dataclasses import replace

import pytest

from casebuilder.analysis.verdict import CALM, RISKY, Grounds, verdict

SOUND = Grounds(
    counted=100.0,
    expected=150.0,
    stress=10.0,
    proven=80.0,
    chance_apart=0.0,
    chance_together=0.01,
    best=100.0,
    checkpoints=2,
    costs=300.0,
)


def test_what_pays_whatever_happens_is_released_at_once() -> None:
    assert verdict(SOUND).id == "invest"
    assert "stress_pays" in verdict(SOUND).reasons


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"stress": -0.01}, "stress_loses"),
        ({"proven": 49.9}, "weak_evidence"),
        ({"chance_together": CALM + 0.001}, "some_loss"),
        ({"chance_apart": CALM + 0.001}, "some_loss"),
    ],
)
def test_one_doubt_makes_it_stages(change: dict[str, float], reason: str) -> None:
    found = verdict(replace(SOUND, **change))
    assert found.id == "stage"
    assert reason in found.reasons
    assert "checkpoints" in found.reasons


@pytest.mark.parametrize("change", [{"stress": 0.0}, {"proven": 50.0}, {"chance_together": CALM}])
def test_at_the_limit_it_is_no_doubt(change: dict[str, float]) -> None:
    assert verdict(replace(SOUND, **change)).id == "invest"


def test_stages_without_a_checkpoint_ask_for_one() -> None:
    found = verdict(replace(SOUND, stress=-1.0, checkpoints=0))
    assert (found.id, found.reasons[-1]) == ("stage", "no_checkpoint")


def test_weak_evidence_and_a_likely_loss_ask_for_a_pilot() -> None:
    risky = replace(SOUND, proven=-500.0, chance_together=RISKY + 0.001)
    assert verdict(risky).id == "pilot"
    assert verdict(replace(risky, chance_together=RISKY)).id == "stage"
    assert verdict(replace(risky, proven=80.0)).id == "stage"


def test_a_loss_is_refused() -> None:
    poor = replace(SOUND, counted=-10.0, best=0.0, expected=-5.0, stress=-90.0)
    assert verdict(poor).id == "do_not_invest"
    assert verdict(replace(poor, counted=0.0)).id == "do_not_invest"
    assert verdict(replace(poor, expected=None)).id == "do_not_invest"


def test_a_loss_that_only_doubt_makes_is_piloted() -> None:
    doubted = replace(SOUND, counted=-10.0, best=0.0, expected=5.0, stress=-90.0)
    assert verdict(doubted).id == "pilot"
    assert verdict(replace(doubted, costs=0.0)).id == "do_not_invest"


def test_a_loss_is_not_piloted_where_a_part_of_it_pays() -> None:
    found = verdict(replace(SOUND, counted=-10.0, best=5.0, expected=50.0, stress=-90.0))
    assert (found.id, found.reasons[1]) == ("do_not_invest", "part_pays")
