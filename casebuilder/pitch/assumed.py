"""Assumptions in people's words: what each number of a case is called, how its values read, who stands behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from casebuilder.analysis.ranges import OF_AN_INVESTMENT, Range
from casebuilder.analysis.signatures import effects_by_path, signed_by
from casebuilder.case import Case, Initiative, library
from casebuilder.case.catalogue import settings
from casebuilder.case.library import Lever
from casebuilder.case.records.lines import HeadlineShare
from casebuilder.case.reserved import ALL
from casebuilder.pitch import numbers, words

#: What stands where nobody put their name.
NOBODY = "nobody yet"


@dataclass(frozen=True)
class Assumed:
    """One assumption: its name in a table, inside a sentence, its unit; `lever` for the size of an effect."""

    name: str
    phrase: str
    unit: str
    lever: Lever | None = None

    def text(self, value: float, currency: str) -> str:
        """A value; the size of an effect as the metric moves: an improvement of what should fall is a minus."""
        if self.lever is None:
            return numbers.for_unit(value, self.unit, currency)
        size = numbers.for_unit(abs(value), self.unit)
        if value == 0:
            return size
        return ("+" if (self.lever.way == "up") == (value > 0) else numbers.MINUS) + size

    def span(self, each: Range, currency: str) -> str:
        """From low to high."""
        return f"{self.text(each.low, currency)} to {self.text(each.high, currency)}"

    def given(self, each: Range, currency: str) -> str:
        """The range that the case states; empty where it states none, for how far a number is tried is no range."""
        return self.span(each, currency) if each.stated else ""

    def with_range(self, at: float, each: Range, currency: str) -> str:
        """A value with the range that the case states, where it states one."""
        given = self.given(each, currency)
        return f"{self.text(at, currency)} ({given})" if given else self.text(at, currency)


def assumed(case: Case) -> dict[str, Assumed]:
    """Every assumption of the case by path; `ranges` has no other paths."""
    return dict((*_inputs(case), *_limits(case), *_shares(case), *_investments(case), *_own_lines(case)))


def _inputs(case: Case) -> Iterator[tuple[str, Assumed]]:
    for word in library.inputs().values():
        today = f"{word.label} today" if word.id in library.levers() else word.label
        if word.group != "segments":
            yield f"{word.group}.{word.id}", _named(today, ALL, word.unit)
            continue
        for segment in case.segments:
            yield f"segments[{segment.name}].{word.id}", _named(today, segment.name, word.unit)


def _limits(case: Case) -> Iterator[tuple[str, Assumed]]:
    for lever in case.limits:
        word = library.inputs()[lever]
        yield f"limits.{lever}", _named(f"Best achievable {words.inside(word.label)}", ALL, word.unit)


def _shares(case: Case) -> Iterator[tuple[str, Assumed]]:
    for line, given in case.headline_shares.items():
        path = f"headline_shares.{line}" + (".share" if isinstance(given, HeadlineShare) else "")
        yield path, _named(f"Share counted as cash: {words.inside(words.label_of(line))}", ALL, "share")


def _investments(case: Case) -> Iterator[tuple[str, Assumed]]:
    for initiative in case.initiatives:
        path = f"initiatives[{initiative.id}]"
        for field in OF_AN_INVESTMENT:
            word = settings()[field]
            name = f"{word.label}: {initiative.name}"
            yield (
                f"{path}.{field}",
                Assumed(name, f"{words.inside(word.label)} of “{initiative.name}”", word.unit),
            )
        yield from _effects(initiative, path)


def _effects(initiative: Initiative, path: str) -> Iterator[tuple[str, Assumed]]:
    for effect in initiative.effects:
        lever = library.levers()[effect.lever]
        unit = "points" if lever.kind == "points" else "share"
        name = f"{_of(lever.label, effect.segment)}: {initiative.name}"
        phrase = f"what “{initiative.name}” does to {words.inside(lever.label)}{_in(effect.segment)}"
        yield f"{path}.effects[{effect.lever},{effect.segment}]", Assumed(name, phrase, unit, lever)


def _own_lines(case: Case) -> Iterator[tuple[str, Assumed]]:
    for line in case.custom_lines:
        path = f"custom_lines[{line.name}]"
        yield (
            f"{path}.initial",
            Assumed(f"{line.name}, at the decision", f"{line.name} at the decision", "money"),
        )
        for year in range(1, len(line.by_year) + 1):
            name = f"{line.name}, year {year}"
            yield f"{path}.by_year[{year}]", Assumed(name, f"{line.name} in year {year}", "money")


def _named(label: str, segment: str, unit: str) -> Assumed:
    return Assumed(_of(label, segment), words.inside(label) + _in(segment), unit)


def _of(label: str, segment: str) -> str:
    return label if segment == ALL else f"{label}, {segment}"


def _in(segment: str) -> str:
    return "" if segment == ALL else f" ({segment})"


def person(case: Case, owner: str | None) -> str:
    """Who an owner is: the role of this company's stakeholder, the persona's title, or the name as the case has it."""
    if owner is None:
        return NOBODY
    persona = library.personas().get(owner)
    roles = [s.role for s in case.stakeholders if s.persona == owner and s.role]
    return roles[0] if roles else persona.title if persona else owner


def stands_behind(case: Case, path: str) -> str:
    """Who put their name to an assumption, or that nobody has."""
    name = signed_by(case, path)
    return library.words().statuses["confirmed"] if name == "" else person(case, name)


def evidence(case: Case, path: str, kind: Literal["input", "effect"]) -> str:
    """What an assumption rests on: the grade of an effect's evidence, the status of any other number."""
    if kind == "effect":
        return library.words().grades[effects_by_path(case)[path].grade]
    stated = case.inputs.get(path)
    return library.words().statuses[stated.status if stated is not None else "not_stated"]
