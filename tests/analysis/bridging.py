"""What the tests of the bridge share: cases edited by hand, and what holds for every bridge."""

import copy
import math
from collections.abc import Callable
from typing import Any

import pytest

from casebuilder.analysis.bridge import Bridge, Step, bridge
from tests.model.cases import case_of, run, small

Edit = Callable[[dict[str, Any]], object]


def of(before: dict[str, Any], after: dict[str, Any], **how: Any) -> Bridge:
    return bridge(case_of(before), case_of(after), **how)


def edited(*edits: Edit, data: dict[str, Any] | None = None) -> dict[str, Any]:
    found = copy.deepcopy(data) if data is not None else small()
    for edit in edits:
        edit(found)
    return found


def npv(data: dict[str, Any]) -> float:
    """What the case is worth on its own, as asked for."""
    return run(data, ("npv",)).asked.npv


def step(found: Bridge, path: str) -> Step:
    return next(step for step in found.steps if step.path == path)


def check(found: Bridge, start: float, end: float) -> None:
    """Both ends are what the cases are worth on their own, and nothing is left over."""
    largest = max(1.0, abs(start), abs(end), *(abs(step.amount) for step in found.steps))
    assert found.start == pytest.approx(start, rel=1e-9, abs=1e-9 * largest)
    assert found.end == pytest.approx(end, rel=1e-9, abs=1e-9 * largest)
    left = found.end - found.start - math.fsum(step.amount for step in found.steps)
    assert abs(left) <= 1e-9 * largest
    sizes = [abs(step.amount) for step in found.steps]
    assert sizes == sorted(sizes, reverse=True)
    assert all(sizes)
    assert not {step.path for step in found.steps} & set(found.silent)


def checked(before: dict[str, Any], after: dict[str, Any]) -> Bridge:
    found = of(before, after)
    check(found, npv(before), npv(after))
    return found


def put(value: object, *place: Any) -> Edit:
    """Set one value at a place of the data."""

    def edit(data: Any) -> None:
        for part in place[:-1]:
            data = data[part]
        data[place[-1]] = value

    return edit


def effect(initiative: int, number: int, **changes: Any) -> Edit:
    return lambda data: data["initiatives"][initiative]["effects"][number].update(changes)
