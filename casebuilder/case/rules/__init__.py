"""Rules between the parts of a case, checked on plain data that may be wrong elsewhere."""

from collections.abc import Iterator, Mapping
from typing import Any

from casebuilder.case.errors import Flaw
from casebuilder.case.rules.amounts import cost_items, custom_lines
from casebuilder.case.rules.circles import circles
from casebuilder.case.rules.effects import effects, limits, shares
from casebuilder.case.rules.names import people, reserved, scenarios, twice, unknown
from casebuilder.case.rules.review import doubts, kept
from casebuilder.case.rules.standing import standing
from casebuilder.case.shape import Shape

__all__ = ["broken_rules"]

_RULES = (
    twice,
    reserved,
    unknown,
    people,
    scenarios,
    circles,
    effects,
    limits,
    shares,
    cost_items,
    custom_lines,
    doubts,
    kept,
)


def broken_rules(data: Any, shape: Shape) -> Iterator[Flaw]:
    """Everything in the plain data of a case that contradicts something else in it.

    A part of a wrong type is passed over here: the records refuse it.
    """
    if isinstance(data, Mapping):
        for rule in _RULES:
            yield from rule(data)
        yield from standing(data, shape)
