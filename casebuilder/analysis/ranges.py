"""What may turn out differently: every number of the world and every effect of a case, with its low and its high."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from casebuilder.analysis.study import Study, effect_key, effect_path, in_force
from casebuilder.case import library
from casebuilder.case.catalogue import InputWord, settings
from casebuilder.case.records.lines import HeadlineShare
from casebuilder.model.inputs import GROUPS
from casebuilder.model.structure import shares_in_force

#: How far a number without a stated range is moved, down and up, as a share of its value.
USUAL = 0.10
#: The numbers of an investment that may turn out differently; its switch is a choice.
OF_AN_INVESTMENT = (
    "adoption",
    "start_month",
    "build_months",
    "ramp_months",
    "one_time_cost",
    "annual_cost",
    "internal_fte",
)
#: Units of what is chosen, not estimated.
_CHOSEN = ("choice", "flag", "text")


@dataclass(frozen=True)
class Range:
    """One assumption from low to high, in its own unit; `path` names it in the case, `key` among the model's inputs.

    `at` is the value in force. An effect's low and high are its own, without risk adjustment, so that `at` may lie
    below low where the scenario adjusts for risk; any other `at` lies between them. `lower` and `upper` are what the
    number can be at all, None where there is no bound. `stated`: the case gives the range, else it is `USUAL`.
    """

    path: str
    key: str
    at: float
    low: float
    high: float
    kind: Literal["input", "effect"]
    stated: bool
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True)
class _Number:
    """A number of the world before its range is known."""

    path: str
    key: str
    lower: float | None
    upper: float | None


def ranges(study: Study) -> tuple[Range, ...]:
    """Every assumption that the case's model reads, in the order of the case file, effects with their investment.

    Left out is what is no assumption about the world: switches, choices, the horizon and how time is cut, constants
    of the method, settings of scenarios, risk adjustments, and the library's rules for the best achievable. What an
    investment outside the study's option assumes stands in the list too; it moves nothing.
    """
    force = in_force(study)
    return tuple(found for found in _all(force) if found.key in force.model.graph.by_key)


def _all(study: Study) -> Iterator[Range]:
    case = study.case
    for number in (*_of_the_company(study), *_of_limits(study), *_of_shares(study)):
        yield _range(study, number)
    for initiative in case.initiatives:
        for field in OF_AN_INVESTMENT:
            yield _range(study, _number(f"initiatives[{initiative.id}].{field}", settings()[field]))
        for effect in initiative.effects:
            key = effect_key(initiative.id, effect, "base")
            size = settings()["effect_size"]
            path, at = effect_path(initiative.id, effect), study.inputs[key]
            yield Range(path, key, at, effect.low, effect.high, "effect", True, size.lower, size.upper)
    for line in case.custom_lines:
        path = f"custom_lines[{line.name}]"
        lower = 0.0 if line.kind == "cost" else None
        for key in (f"{path}.initial", *(f"{path}.by_year[{n + 1}]" for n in range(len(line.by_year)))):
            yield _range(study, _Number(key, key, lower, None))


def _number(path: str, word: InputWord) -> _Number:
    return _Number(path, path, word.lower, word.upper)


def _of_the_company(study: Study) -> Iterator[_Number]:
    words = [word for word in library.inputs().values() if word.unit not in _CHOSEN]
    for segment in study.case.segments:
        for word in words:
            if word.group == "segments":
                yield _number(f"segments[{segment.name}].{word.id}", word)
    for group in GROUPS:
        for word in words:
            if word.group == group:
                yield _number(f"{group}.{word.id}", word)


def _of_limits(study: Study) -> Iterator[_Number]:
    for lever in study.case.limits:
        yield _number(f"limits.{lever}", library.inputs()[lever])


def _of_shares(study: Study) -> Iterator[_Number]:
    for line in shares_in_force(study.case):
        key = f"headline_shares.{line}"
        as_record = isinstance(study.case.headline_shares[line], HeadlineShare)
        yield _Number(f"{key}.share" if as_record else key, key, 0.0, 1.0)


def _range(study: Study, number: _Number) -> Range:
    """The range that the case states, where it states one; else the usual one inside the number's bounds."""
    at, stated = study.inputs[number.key], study.case.inputs.get(number.path)
    lower = -math.inf if number.lower is None else number.lower
    upper = math.inf if number.upper is None else number.upper
    low, high = max(lower, at - USUAL * abs(at)), min(upper, at + USUAL * abs(at))
    own = False
    if stated is not None and (stated.low is not None or stated.high is not None):
        own = True
        low = low if stated.low is None else stated.low
        high = high if stated.high is None else stated.high
    return Range(number.path, number.key, at, low, high, "input", own, number.lower, number.upper)
