"""Whom an interview is with, and what of the case touches them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from casebuilder.analysis.certainty import Certainty
from casebuilder.analysis.fit import due_year
from casebuilder.analysis.homework import Task, owner
from casebuilder.analysis.ranges import Range
from casebuilder.analysis.signatures import effects_by_path
from casebuilder.analysis.tornado import KpiYear, tornado
from casebuilder.case import Case, Driver, Stakeholder, library
from casebuilder.model.results import Outcome
from casebuilder.pitch import numbers
from casebuilder.pitch.assumed import Assumed, assumed

#: What moves a number by less than this share of it, from low to high, is not worth their time.
SEEN = 1e-3


@dataclass(frozen=True)
class Subject:
    """Whom we ask, and what the case knows: `person` without private parts, None where the case names nobody."""

    found: Certainty
    persona: str
    person: Stakeholder | None

    @property
    def case(self) -> Case:
        """The case."""
        return self.found.results.case

    @property
    def role(self) -> str:
        """Their title in the company, or the persona's."""
        given = self.person.role if self.person else ""
        return given or library.personas()[self.persona].title

    @property
    def drivers(self) -> tuple[Driver, ...]:
        """What they are measured on, as far as we know."""
        return self.person.drivers if self.person else ()

    @property
    def outcome(self) -> Outcome:
        """What is asked for, in the scenario that counts."""
        return self.found.outcome

    @cached_property
    def kpis(self) -> tuple[str, ...]:
        """KPIs of the catalogue that they are measured on, the usual ones of the persona where none is known."""
        known = tuple(driver.kpi for driver in self.drivers if driver.kpi in library.kpis())
        return known or tuple(library.personas()[self.persona].kpis)

    @cached_property
    def helps(self) -> dict[str, float]:
        """The effects that make one of their numbers better: path -> the largest share by which one of them moves."""
        found: dict[str, float] = {}
        for kpi in self.kpis:
            for path, moved in self._moves(kpi):
                found[path] = max(moved, found.get(path, 0.0))
        return dict(sorted(found.items(), key=lambda item: -item[1]))

    def _moves(self, kpi: str) -> Iterator[tuple[str, float]]:
        """How far a KPI improves from the low to the high size of each effect, in the year their target is due.

        What moves it by the mix of segments alone is not meant to improve it.
        """
        driver = next((d for d in self.drivers if d.kpi == kpi), Driver(kpi=kpi))
        word, effects = library.kpis()[kpi], effects_by_path(self.case)
        better = -1.0 if word.direction == "down" else 1.0
        swings = tornado(self.found.study, KpiYear(kpi, due_year(self.case, driver)))
        for bar in swings.bars:
            effect = effects.get(bar.range.path)
            if effect is None or effect.lever not in word.levers or not swings.at:
                continue
            if bar.at_low is not None and bar.at_high is not None:
                moved = better * (bar.at_high - bar.at_low) / abs(swings.at)
                if moved > SEEN:
                    yield bar.range.path, moved

    @cached_property
    def named(self) -> dict[str, Assumed]:
        """Every assumption in words."""
        return assumed(self.case)

    @cached_property
    def tasks(self) -> dict[str, Task]:
        """What nobody has signed and moves the return, by path, the largest first."""
        return {task.path: task for task in self.found.homework if task.swing}

    def text(self, value: float | None, unit: str) -> str:
        """A number as text."""
        return numbers.for_unit(value, unit, self.case.company.currency)

    def is_them(self, name: str | None) -> bool:
        """Whether an owner is them: by persona, title or name."""
        person = self.person
        names = {self.persona, library.personas()[self.persona].title, self.role}
        return name is not None and name in names | ({person.name} if person and person.name else set())

    def theirs(self, each: Range) -> bool:
        """Whether an assumption is theirs: by its owner, their investment, or what their function usually reports."""
        named = owner(self.case, each)
        if self.is_them(named) or named in {person.persona for person in self.case.stakeholders}:
            return self.is_them(named)
        investment = next(
            (i for i in self.case.initiatives if each.path.startswith(f"initiatives[{i.id}].")), None
        )
        if investment is not None:
            return self.is_them(investment.owner)
        word = library.inputs().get(each.path.rpartition(".")[2])
        return word is not None and word.owner == self.persona
