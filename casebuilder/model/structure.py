"""The part of a case that decides which lines its model has; cases of one structure share one compiled model."""

from __future__ import annotations

from dataclasses import dataclass

from casebuilder.case import Case
from casebuilder.case.records.lines import HeadlineShare

#: The option that leaves every switch of the case as it is.
AS_SET = "as_set"


@dataclass(frozen=True)
class EffectShape:
    """Which lever an effect moves, for whom, and its evidence grade (which decides its risk adjustment)."""

    lever: str
    segment: str
    grade: str

    @property
    def id(self) -> str:
        """The effect's name inside its initiative, as in the paths of the case file."""
        return f"{self.lever},{self.segment}"


@dataclass(frozen=True)
class InitiativeShape:
    """An initiative's id, name, direct requirements and effects."""

    id: str
    name: str
    requires: tuple[str, ...]
    effects: tuple[EffectShape, ...]


@dataclass(frozen=True)
class CustomShape:
    """A custom line's name, kind, class and the initiative it depends on."""

    name: str
    kind: str
    class_: str
    initiative: str | None


@dataclass(frozen=True)
class Structure:
    """Names and links of a case, no numbers but the number of periods; initiatives stand after what they require."""

    years: int
    periods_per_year: int
    segments: tuple[str, ...]
    initiatives: tuple[InitiativeShape, ...]
    customs: tuple[CustomShape, ...]
    scenarios: tuple[str, ...]
    options: tuple[str, ...]
    limits: frozenset[str]
    shares: frozenset[str]

    @property
    def periods(self) -> int:
        """Number of periods T."""
        return self.years * self.periods_per_year


def structure(case: Case) -> Structure:
    """The structure of a valid case."""
    shapes = tuple(
        InitiativeShape(
            i.id,
            i.name,
            tuple(i.requires),
            tuple(EffectShape(e.lever, e.segment, e.grade) for e in i.effects),
        )
        for i in case.initiatives
    )
    return Structure(
        years=case.company.years,
        periods_per_year=case.company.periods_per_year,
        segments=tuple(segment.name for segment in case.segments or ()),
        initiatives=_after_requirements(shapes),
        customs=tuple(CustomShape(c.name, c.kind, c.class_ or "", c.initiative) for c in case.custom_lines),
        scenarios=tuple(case.scenario_table),
        options=(AS_SET, *case.option_table),
        limits=frozenset(case.limits),
        shares=frozenset(shares_in_force(case)),
    )


def shares_in_force(case: Case) -> dict[str, float]:
    """The shares counted as cash that differ from their class's: given as a number, or agreed by somebody."""
    found: dict[str, float] = {}
    for line, given in case.headline_shares.items():
        if not isinstance(given, HeadlineShare):
            found[line] = float(given)
        elif given.agreed is not None:
            found[line] = float(given.share)
    return found


def _after_requirements(shapes: tuple[InitiativeShape, ...]) -> tuple[InitiativeShape, ...]:
    placed: dict[str, InitiativeShape] = {}
    waiting = list(shapes)
    while waiting:
        ready = [shape for shape in waiting if all(name in placed for name in shape.requires)]
        if not ready:
            raise ValueError("the requirements of the initiatives go round in a circle")
        placed.update((shape.id, shape) for shape in ready[:1])
        waiting.remove(ready[0])
    return tuple(placed.values())
