"""What a stakeholder is measured on, as their sheet shows it: the case's drivers, else what their function is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casebuilder.analysis.fit import due_year, is_hurdle
from casebuilder.case import library
from casebuilder.case.library import Kpi
from casebuilder.case.records.stakeholders import Driver, Stakeholder
from casebuilder.model.kpis import OF_THE_CASE
from casebuilder.model.results import Outcome, Results
from casebuilder.model.worlds import WORLDS
from casebuilder.pitch.words import day
from casebuilder.workbook.draft import one_line
from casebuilder.workbook.outside import driver_key, driver_label, driver_unit

#: Characters of a number's name that a row has room for, beside what the row says of it.
_NAME = 46


@dataclass(frozen=True)
class Measure:
    """One number: its name, unit, the KPI (None: the model does not compute it), and the driver with its key on Inputs.

    `year` is the model year, from 1, in which the target is due.
    """

    label: str
    unit: str
    kpi: Kpi | None
    year: int
    driver: Driver | None = None
    key: str = ""

    @property
    def by_year(self) -> bool:
        """Whether it has a value in every year, with and without the programme."""
        return self.kpi is not None and self.kpi.id not in OF_THE_CASE

    @property
    def hurdle(self) -> bool:
        """Whether it is met or not, and nothing in between."""
        return self.driver is not None and is_hurdle(self.driver)

    @property
    def due(self) -> str:
        """When the target is due; a number of the case as a whole has no year."""
        if self.kpi is not None and not self.by_year:
            return "as stated on Inputs"
        stated = self.driver.due if self.driver else None
        return f"due {day(stated)}, year {self.year}" if stated else f"no date: year {self.year}, the last"


def measures(results: Results, place: int, stakeholder: Stakeholder) -> tuple[Measure, ...]:
    """Their numbers, the most important first; `place` counts stakeholders from 1.

    Where the model computes none of them, what their function is usually measured on follows.
    """
    stated = sorted(_stated(results, place, stakeholder), key=lambda one: -one[0])
    own = tuple(measure for _, measure in stated)
    if any(measure.kpi for measure in own):
        return own
    return (*own, *_usual(results, stakeholder))


def _stated(results: Results, place: int, stakeholder: Stakeholder) -> Iterator[tuple[int, Measure]]:
    """The drivers of the case with their importance, in its order."""
    for number, driver in enumerate(stakeholder.drivers, 1):
        kpi = library.kpis().get(driver.kpi)
        label = one_line(driver_label(driver), _NAME)
        year = due_year(results.case, driver)
        key = driver_key(place, number)
        yield driver.importance, Measure(label, driver_unit(driver), kpi, year, driver, key)


def _usual(results: Results, stakeholder: Stakeholder) -> Iterator[Measure]:
    """What their function is usually measured on, as far as the case can tell."""
    for id in library.personas()[stakeholder.persona].kpis:
        kpi = library.kpis()[id]
        if _told(results.asked, id):
            yield Measure(one_line(kpi.label, _NAME), kpi.unit, kpi, results.case.company.years)


def _told(outcome: Outcome, kpi: str) -> bool:
    """Whether the run has this number, of the case as a whole or in every year of both worlds."""
    if kpi in OF_THE_CASE:
        return True
    return all(value is not None for world in WORLDS for value in outcome.kpi(kpi, world))
