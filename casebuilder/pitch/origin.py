"""Where a number comes from: its formula in words, the numbers it reads with their values, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from casebuilder.case import library
from casebuilder.model.expressions import Call, Expr, Line
from casebuilder.model.results import Outcome, Results
from casebuilder.pitch import numbers
from casebuilder.pitch.formulas import in_words
from casebuilder.pitch.origin_inputs import Promise, adjusted, behind, name_of, promises, standing
from casebuilder.pitch.origin_keys import Spot, value
from casebuilder.pitch.words import inside, option_label, scenario_label

#: Values of a line over time that are said one by one; of more, only the first and the last.
FEW = 5


@dataclass(frozen=True)
class Part:
    """A number that a formula reads: its name and value as text, where to look further, and who stands behind it.

    `stands` is empty for a number that is itself computed; `nothing` where it is zero, at all times of a whole line.
    """

    name: str
    text: str
    spot: Spot
    stands: str = ""
    nothing: bool = False


@dataclass(frozen=True)
class Origin:
    """A number of a run and where it comes from; every part of it is worked out when it is asked for."""

    results: Results
    spot: Spot

    @property
    def line(self) -> Line:
        """The line it stands on."""
        return self.results.model[self.spot.line]

    @property
    def outcome(self) -> Outcome:
        """The run it belongs to."""
        return self.results.outcome(self.spot.scenario, self.spot.option)

    @property
    def is_input(self) -> bool:
        """Whether it is given and not computed."""
        return self.line.shape == "input"

    @property
    def name(self) -> str:
        """What it is called, with its time."""
        when = _when(self.results, self.spot, self.line)
        own = name_of(self.results.case, self.line) if self.is_input else self.line.label
        return f"{own}, {when}" if when else own

    @property
    def value(self) -> float | None:
        """The number; None for a whole line of periods or years, and where there is none."""
        return value(self.results, self.spot)

    @property
    def text(self) -> str:
        """The number as text, a line over time by its first and last values."""
        return _text(self.results, self.spot)

    @property
    def exact(self) -> str:
        """The whole amount of money; empty for other units, or where there is no number."""
        money = self.line.unit in ("money", "money_per_year") and self.value is not None
        return numbers.money_exact(self.value, self.results.case.company.currency) if money else ""

    @property
    def run(self) -> str:
        """Under which scenario and for which version, in words."""
        return f"{scenario_label(self.spot.scenario)}, {option_label(self.spot.option)}"

    @property
    def formula(self) -> str:
        """How it comes about, in words."""
        if self.spot.added_up:
            return f"[{self.line.label}] added up, {_when(self.results, self.spot, self.line)}"
        words = in_words(self.line)
        return f"minus ({words})" if self.spot.negative and not self.is_input else words

    @property
    def stands(self) -> str:
        """Who stands behind it where it is an input; empty for a computed number."""
        return behind(self.results.case, self.line.key) if self.is_input else ""

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What its formula reads, each once, in the order of the formula; of a sum its periods."""
        if self.spot.added_up:
            return tuple(part_of(self.results, each) for each in _each(self.spot))
        opens = self.line.shape == "period" and self.spot.first == 0
        formula = self.line.opening if opens else self.line.formula
        here = replace(self.spot, negative=False)
        found = dict.fromkeys(_reads(self.results, formula, here))
        return tuple(part_of(self.results, spot) for spot in found if spot != here)

    @property
    def over_time(self) -> tuple[tuple[str, str, Spot], ...]:
        """When, value and spot of each period or year of a whole line; nothing for a single number."""
        if self.line.shape not in ("period", "year") or self.spot.first is not None:
            return ()
        found = (replace(self.spot, first=at, last=at) for at in _places(self.results, self.line))
        return tuple((_when(self.results, at, self.line), _text(self.results, at), at) for at in found)

    @cached_property
    def effects(self) -> tuple[Promise, ...]:
        """The effects it rests on that work in its run; none for an input."""
        return () if self.is_input else tuple(promises(self.results, self.outcome, self.spot.line))

    @property
    def adjusted(self) -> str:
        """What its scenario does to the effects; empty where it rests on none."""
        return adjusted(self.results, self.outcome) if self.effects else ""

    @property
    def rests_on(self) -> str:
        """How many of the case's own numbers are behind it, and how many of them nobody stands behind."""
        if self.is_input:
            return ""
        found, words = standing(self.results, self.spot.line), library.words().statuses
        said = ", ".join(f"{inside(words[each])} ({found[each]})" for each in words if found[each])
        count = sum(found.values())
        return f"{count} {'number' if count == 1 else 'numbers'} of the case: {said}" if count else ""


def origin(results: Results, spot: Spot) -> Origin:
    """Where the number at a spot comes from; KeyError where the model has no such line or the case no such run."""
    results.outcome(spot.scenario, spot.option)
    _ = results.model[spot.line]
    return Origin(results, spot)


def _reads(results: Results, formula: Expr | None, at: Spot) -> Iterator[Spot]:
    """The numbers that a formula reads where it stands, left to right, repeats included."""
    if isinstance(formula, Line):
        yield _same_time(results, at, formula)
    elif isinstance(formula, Call):
        for arg in formula.args:
            for read in _reads(results, arg, at):
                yield _moved(results, formula.operator.kind, formula.operator.name, read, at)


def _same_time(results: Results, at: Spot, line: Line) -> Spot:
    """A line at the time of the formula that reads it; a number without a time as it is."""
    timed = line.shape in ("period", "year") and line.shape == results.model[at.line].shape
    first, last = (at.first, at.last) if timed else (None, None)
    return replace(at, line=line.key, first=first, last=last)


def _moved(results: Results, kind: str, name: str, read: Spot, at: Spot) -> Spot:
    """What an operator over time reads: the period before, the periods of the year, or all of them."""
    if kind == "previous" and read.first is not None and read.last is not None:
        return replace(read, first=read.first - 1, last=read.last - 1)
    if kind == "year" and at.first is not None:
        width = results.case.company.periods_per_year
        end = at.first * width
        return replace(read, first=end if name == "year_last" else end - width + 1, last=end)
    return read


def _each(spot: Spot) -> Iterator[Spot]:
    assert spot.first is not None and spot.last is not None
    for at in range(spot.first, spot.last + 1):
        yield replace(spot, first=at, last=at)


def part_of(results: Results, spot: Spot) -> Part:
    """The number at a spot as a part of another one."""
    found = Origin(results, spot)
    line = found.line
    whole = line.shape in ("period", "year") and spot.first is None
    places = [replace(spot, first=at, last=at) for at in _places(results, line)] if whole else [spot]
    nothing = not any(value(results, at) for at in places)
    return Part(found.name, found.text, spot, found.stands, nothing)


def _places(results: Results, line: Line) -> range:
    if line.shape == "year":
        return range(1, results.case.company.years + 1)
    return range(0 if line.opening is not None else 1, results.case.periods + 1)


def _text(results: Results, spot: Spot) -> str:
    """A number as text; a whole line by all its values, or its first and last."""
    line = results.model[spot.line]
    if line.shape not in ("period", "year") or spot.first is not None:
        return _as_text(results, value(results, spot), line.unit)
    places = [replace(spot, first=at, last=at) for at in _places(results, line)]
    texts = [_as_text(results, value(results, at), line.unit) for at in places]
    if len(set(texts)) == 1:
        return f"{texts[0]} throughout"
    return ", ".join(texts) if len(texts) <= FEW else f"{texts[0]} … {texts[-1]}"


def _as_text(results: Results, found: float | None, unit: str) -> str:
    if unit == "years":
        return numbers.count(found)
    return numbers.for_unit(found, unit, results.case.company.currency)


def _when(results: Results, spot: Spot, line: Line) -> str:
    """The time of a number in words; empty for one without a time and for a whole line."""
    if spot.first is None or spot.last is None or line.shape not in ("period", "year"):
        return ""
    if line.shape == "year":
        return f"year {spot.first}" if spot.first else "run rate before year 1"
    if spot.added_up:
        start = "the decision" if spot.first == 0 else _period(results, spot.first)
        return f"from {start} to {_period(results, spot.last)}"
    return _period(results, spot.first)


def _period(results: Results, period: int) -> str:
    """A period in words: the decision, year 2, year 1 Q3, year 1 month 11."""
    if period == 0:
        return "at the decision"
    per_year = results.case.company.periods_per_year
    year, part = (period - 1) // per_year + 1, (period - 1) % per_year + 1
    return f"year {year}" + {1: "", 4: f" Q{part}"}.get(per_year, f" month {part}")
