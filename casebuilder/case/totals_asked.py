"""The twelve questions of day one, what each answer may be counted in, and the total that follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, Self

from pydantic import model_validator

from casebuilder.case.catalogue import LIBRARY, totals
from casebuilder.case.library import read_record
from casebuilder.case.library_records import Id, LibraryRecord, Many, Text
from casebuilder.case.pasted import allowed
from casebuilder.case.typed import Typed, Unreadable

#: Totals without which nothing can be derived.
NEEDED = ("revenue", "customers", "gross_margin")
MONTHS = 12
_Rule = Literal["as_it_is", "share", "each", "out_of", "out_of_it", "monthly"]


class Way(LibraryRecord):
    """One unit an answer may be counted in.

    `total` where it tells another total than its field; `times` how often a year; `scales` factors that money may be
    typed in, the usual one first; `rule` and `of` as library/questions.yaml explains them.
    """

    id: Id
    words: Text
    kind: Literal["count", "money", "share"] = "count"
    total: Id | None = None
    times: float = 1.0
    rule: _Rule = "as_it_is"
    of: Id | None = None
    scales: Many[float] = (1e6, 1e3, 1.0)
    whole: bool = False


class Asked(LibraryRecord):
    """One field: the total it asks for, and the units in which it may be told."""

    total: Id
    ways: Many[Way]


class Question(LibraryRecord):
    """One question with its fields."""

    id: Id
    ask: Text
    fields: Many[Asked]


class _File(LibraryRecord):
    questions: Many[Question]

    @model_validator(mode="after")
    def _totals_are_known(self) -> Self:
        ways = [(field, way) for q in self.questions for field in q.fields for way in field.ways]
        named = {id for field, way in ways for id in (field.total, way.total, way.of) if id}
        unknown = named - set(totals())
        if unknown:
            raise ValueError(f"{', '.join(sorted(unknown))} is no total")
        return self


@lru_cache(maxsize=1)
def questions() -> tuple[Question, ...]:
    """The twelve questions in their order."""
    return read_record(LIBRARY / "questions.yaml", _File).questions


@lru_cache(maxsize=1)
def asked() -> dict[str, Asked]:
    """The fields of all questions by their total, in order; what a total is made of stands before it."""
    return {field.total: field for question in questions() for field in question.fields}


@dataclass(frozen=True)
class Answer:
    """What was typed into a field, and the unit that was chosen: a way, and the factor of money (1 otherwise)."""

    typed: Typed
    way: Way
    scale: float = 1.0


@dataclass(frozen=True)
class Told:
    """The totals that answers tell: values by total, ranges of those given as one, and by field why one is not used."""

    values: dict[str, float]
    ranges: dict[str, tuple[float, float]]
    problems: dict[str, str]

    @property
    def missing(self) -> tuple[str, ...]:
        """What is needed and not told."""
        return tuple(total for total in NEEDED if total not in self.values)


def told(answers: Mapping[str, Answer]) -> Told:
    """The totals behind the answers by field; a field whose answer cannot be used says why and tells nothing."""
    found = Told({}, {}, {})
    for name in asked():
        if name in answers:
            try:
                _tell(found, name, answers[name])
            except Unreadable as problem:
                found.problems[name] = str(problem)
    return found


def _tell(found: Told, name: str, answer: Answer) -> None:
    way, total = answer.way, answer.way.total or name
    middle, low, high = _amounts(answer, asked()[name])
    base = None if way.of is None else found.values.get(way.of)
    if way.of is not None and not base:
        raise Unreadable(f"This unit needs another answer first: {totals()[way.of].label.lower()}.")
    value, *ends = (_total(way, amount, base or 0.0) for amount in (middle, low, high))
    for each in (value, *ends):
        _fits(total, each)
    found.values[total] = int(value) if way.whole else value
    if min(ends) < max(ends):
        found.ranges[total] = (min(ends), max(ends))


def _amounts(answer: Answer, field: Asked) -> Iterator[float]:
    """Middle, low and high in the way's own unit: money in whole units, a share as a part of one."""
    typed, way = answer.typed, answer.way
    if typed.percent and way.kind != "share":
        raise Unreadable(f"This is a per cent: {_shares(field)}type the amount.")
    if typed.times and way.kind == "share":
        raise Unreadable("This is an amount; choose a unit that counts in amounts, or type a per cent.")
    if way.whole and (typed.is_range or typed.value != int(typed.value)):
        raise Unreadable("A whole number is needed here.")
    factor = 0.01 if way.kind == "share" else typed.times or answer.scale
    yield from (round(amount * factor, 12) for amount in (typed.value, typed.low, typed.high))


def _shares(field: Asked) -> str:
    """The units of a field that count in per cent, to choose from; empty where it has none."""
    *others, last = [f"“{way.words}”" for way in field.ways if way.kind == "share"] or [""]
    before = f"{', '.join(others)} or " if others else ""
    return f"choose {before}{last} beside it, or " if last else ""


def _total(way: Way, amount: float, base: float) -> float:
    if way.rule == "monthly":
        if not 0 <= amount <= 1:
            raise Unreadable("A share lost in a month lies between 0 and 100 %.")
        return (1 - (1 - amount) ** MONTHS) * base
    if way.rule == "out_of":
        if amount <= 0:
            raise Unreadable("This must be above 0.")
        return base / amount
    if way.rule == "out_of_it":
        return amount / base
    return amount * way.times * (base if way.of is not None else 1.0)


def _fits(total: str, value: float) -> None:
    word = totals()[total]
    if not word.holds(value):
        raise Unreadable(f"This cannot be: {word.label.lower()} allows {allowed(word)}.")
