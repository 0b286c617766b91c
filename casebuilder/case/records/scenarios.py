"""Scenarios: one set of answers to how well it goes, and the four every case has."""

from functools import lru_cache
from typing import Literal

from casebuilder.case.catalogue import quantity, usual_scenarios
from casebuilder.case.records.base import Record
from casebuilder.case.records.initiatives import Grade


class Scenario(Record):
    """Size of effects, risk adjustment, what costs and gains are multiplied by, and how late benefits come."""

    effects: Literal["low", "base", "high"] = "base"
    haircut: bool = False
    cost_factor: float = quantity("cost_factor")
    delay_months: float = quantity("delay_months")
    benefit_factor: float = quantity("benefit_factor")


class _Usual(Record):
    scenarios: dict[str, Scenario]
    haircuts: dict[Grade, float]


@lru_cache(maxsize=1)
def _usual() -> _Usual:
    return _Usual.model_validate(usual_scenarios())


def builtin_scenarios() -> dict[str, Scenario]:
    """The scenarios of a case that brings none, in their order, by id."""
    return dict(_usual().scenarios)


def usual_haircuts() -> dict[Grade, float]:
    """What the risk adjustment takes off an effect, by the grade of its evidence (share of its size)."""
    return dict(_usual().haircuts)
