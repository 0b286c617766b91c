"""One finding, and the ground that all of them stand on: the runs that they share and the words that they use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from casebuilder.analysis.additions import Addition, additions
from casebuilder.analysis.arguments import Argument, arguments
from casebuilder.analysis.certainty import Certainty
from casebuilder.analysis.evidence import WEAK_GRADES, without_grades
from casebuilder.analysis.fit import Part, average, both, lines_for, movements
from casebuilder.case import Case, Initiative, Stakeholder, library
from casebuilder.case.records.stakeholders import Driver
from casebuilder.pitch import numbers, words

FindingId = Literal[
    "problem_not_had",
    "not_addressed",
    "professed_not_measured",
    "harmed",
    "delivers_without_gain",
    "wrong_lead",
    "rests_on_judgement",
    "lands_too_late",
    "too_small_to_see",
    "baseline_disagrees",
    "cannot_be_measured",
    "cx_blind_spot",
]
#: Findings about a person: for the author's eyes, and nobody else's.
PRIVATE: frozenset[FindingId] = frozenset({"professed_not_measured", "delivers_without_gain", "wrong_lead"})
#: A driver that goes less than this share of its way does not move.
MOVES = 0.01


@dataclass(frozen=True)
class Finding:
    """One finding: its id, the KPI it is about (None for the case or the person as such), and a few sentences.

    `share` (0 to 1) and `amount` (money, or the KPI's own unit) are the numbers that it turns on, None where there is
    none; `investments` are the ids of those it proposes instead, or that it is about.
    """

    id: FindingId
    kpi: str | None
    text: str
    share: float | None = None
    amount: float | None = None
    investments: tuple[str, ...] = ()

    @property
    def private(self) -> bool:
        """Whether it is about a person, and nobody but the author may read it."""
        return self.id in PRIVATE


@dataclass(frozen=True)
class Ground:
    """One option of a case and the people to look at it for; each batch of runs is made once, when it is needed."""

    certainty: Certainty
    people: tuple[Stakeholder, ...]

    @property
    def case(self) -> Case:
        """The case."""
        return self.certainty.results.case

    @cached_property
    def arguments(self) -> tuple[Argument, ...]:
        """What each metric that the option moves earns, and whose numbers it moves: everybody's, not only theirs."""
        return arguments(self.certainty.study, self.case.stakeholders)

    @cached_property
    def additions(self) -> tuple[Addition, ...]:
        """What else could be done for these people."""
        return additions(self.certainty.study, self.people)

    @cached_property
    def proven(self) -> dict[Stakeholder, tuple[float, float]]:
        """Fit of each of them as it is, and without the effects that rest on a vendor study or our own estimate."""
        study = self.certainty.study
        first, second = both(study, [{}, without_grades(study, WEAK_GRADES)], lines_for(self.people))
        found = {}
        for person in self.people:
            row = average(person, movements(self.case, person, first, second), 2)
            found[person] = (float(np.nan_to_num(row[0])), float(np.nan_to_num(row[1])))
        return found

    @cached_property
    def members(self) -> tuple[Initiative, ...]:
        """The investments of the option."""
        inside = set(self.certainty.study.members)
        return tuple(i for i in self.case.initiatives if i.id in inside)

    def money(self, value: float) -> str:
        """An amount in the case's currency."""
        return numbers.money(value, self.case.company.currency)

    def text(self, value: float | None, driver: Driver) -> str:
        """A level of a driver's KPI."""
        return numbers.for_unit(value, unit(driver), self.case.company.currency)

    def due(self, part: Part) -> str:
        """When a target is due: its day, or the end of the horizon."""
        due = part.driver.due
        return words.day(due) if due else f"the end of year {self.case.company.years}"

    def role(self, person: Stakeholder) -> str:
        """Their title in the company, or the persona's."""
        return person.role or library.personas()[person.persona].title


def label(driver: Driver) -> str:
    """What a driver is called."""
    kpi = library.kpis().get(driver.kpi)
    return driver.name or (kpi.label if kpi else driver.kpi)


def unit(driver: Driver) -> str:
    """The unit of a driver's numbers."""
    kpi = library.kpis().get(driver.kpi)
    return kpi.unit if kpi else driver.unit or "ratio"


def share_of(part: Part, parts: Iterable[Part]) -> float:
    """The share of all that counts for somebody that one driver has, 0 to 1."""
    return part.weight / sum(other.weight for other in parts)


def listed(names: Sequence[str]) -> str:
    """Names as a list inside a sentence: A, B and C."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
