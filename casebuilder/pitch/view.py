"""What one stakeholder's exhibits read: the case, the run that is asked for, the KPI that leads, and figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from casebuilder import MODEL_VERSION, __version__
from casebuilder.analysis.fit import due_year
from casebuilder.analysis.unbacked import Unbacked, unbacked
from casebuilder.case import Case, library
from casebuilder.case.decision_in import EVERYTHING
from casebuilder.case.library import Kpi
from casebuilder.case.records.stakeholders import Driver, Stakeholder
from casebuilder.model.kpis import OF_THE_CASE
from casebuilder.model.results import CASE_LINES, Outcome, Results
from casebuilder.model.structure import AS_SET
from casebuilder.model.timeline import last_day
from casebuilder.model.worlds import WORLDS, World
from casebuilder.pitch import numbers
from casebuilder.pitch.plausibility import Warning, warnings
from casebuilder.pitch.records import Figure, Role, Stamp
from casebuilder.pitch.words import inside, option_label, scenario_label, starting_words, years

#: A part of the return above this share of it is said.
LEANS = 0.1
#: What is asked for as a whole, where the decision asks for no option of the case.
PROGRAMME = "the programme"


@dataclass(frozen=True)
class View:
    """One stakeholder's look at evaluated results."""

    results: Results
    persona: str

    @property
    def case(self) -> Case:
        """The case."""
        return self.results.case

    @property
    def currency(self) -> str:
        """The case's currency."""
        return self.case.company.currency

    @cached_property
    def stakeholder(self) -> Stakeholder | None:
        """The first stakeholder of this persona; None where the case names none."""
        return next((s for s in self.case.stakeholders if s.persona == self.persona), None)

    @property
    def role(self) -> str:
        """Their title in the company, or the persona's."""
        given = self.stakeholder.role if self.stakeholder else ""
        return given or library.personas()[self.persona].title

    @property
    def has_reader(self) -> bool:
        """Whether one person's number leads; without one nothing is said about "your number"."""
        return True

    @property
    def avoids(self) -> tuple[str, ...]:
        """Words that lose this reader."""
        return library.personas()[self.persona].avoid

    @property
    def asked(self) -> Outcome:
        """The run that the decision asks for, in the scenario that counts."""
        return self.results.asked

    @property
    def starts_with_money(self) -> bool:
        """Whether the company's return is this reader's own argument; to all others their number comes first."""
        return "npv" not in library.personas()[self.persona].never_lead_with

    @property
    def counts_cash(self) -> bool:
        """Whether this reader takes cash alone for a return: their own words say so."""
        return "cash" in library.personas()[self.persona].words

    @property
    def programme(self) -> str:
        """What is asked for, as a name inside a sentence; none that is the name of one investment."""
        option = self.asked.option
        if option not in (AS_SET, EVERYTHING):
            return f"the {inside(option_label(option))} option"
        taken = any(each.name.casefold() == PROGRAMME for each in self.case.initiatives)
        return "what is asked for" if taken else PROGRAMME

    @property
    def basis(self) -> str:
        """Under what conditions the numbers hold, for source lines."""
        return self._source(f"{inside(scenario_label(self.asked.scenario))} scenario")

    @property
    def basis_of_all(self) -> str:
        """The source line where all scenarios are shown."""
        return self._source("every scenario")

    def _source(self, scenario: str) -> str:
        company = self.case.company
        tax = "before tax" if company.tax_rate == 0 else f"after {numbers.percent(company.tax_rate)} tax"
        option = inside(option_label(self.asked.option))
        rate = numbers.percent(company.discount_rate)
        rest = f"; {self.starting}" if self.starting else ""
        return f"Case file and model, {scenario}, {option}; {tax}, hurdle rate {rate}{rest}"

    @cached_property
    def unbacked(self) -> Unbacked:
        """The numbers that nobody stands behind."""
        return unbacked(self.case)

    @property
    def starting(self) -> str:
        """How many numbers are starting values that nobody stands behind, in words; empty where there is none."""
        return starting_words(len(self.unbacked.starting))

    def _has_numbers(self, kpi: str) -> bool:
        """Whether the model has this KPI in every year of both worlds."""
        if kpi not in library.kpis() or kpi in OF_THE_CASE:
            return False
        return all(value is not None for world in WORLDS for value in self.asked.kpi(kpi, world))

    @cached_property
    def driver(self) -> Driver | None:
        """Their most important goal that the model computes year by year."""
        drivers = self.stakeholder.drivers if self.stakeholder else ()
        goals = [driver for driver in drivers if self._has_numbers(driver.kpi)]
        return max(goals, key=lambda driver: driver.importance, default=None)

    @cached_property
    def kpi(self) -> Kpi:
        """The KPI that leads: their driver's, or the first that their function is measured on and the case can tell."""
        kpis = library.kpis()
        if self.driver is not None:
            return kpis[self.driver.kpi]
        usual = [
            name
            for name in (*library.personas()[self.persona].kpis, "contribution")
            if self._has_numbers(name)
        ]
        return kpis[usual[0]]

    @property
    def year(self) -> int:
        """The year in which their target is due, else the last one; counted from 1."""
        return due_year(self.case, self.driver) if self.driver else self.case.company.years

    def kpi_value(self, world: World, year: int) -> float | None:
        """Their KPI in a year, in the run that is asked for."""
        return self.asked.kpi(self.kpi.id, world)[year - 1]

    def text(self, value: float | None, unit: str) -> str:
        """A number as text, in the case's currency."""
        return numbers.for_unit(value, unit, self.currency)

    def key(self, line: str, outcome: Outcome | None = None) -> str:
        """The key of a number of a run, for reading it back."""
        run = outcome or self.asked
        return f"{run.scenario}/{run.option}/{line}"

    def figure(self, line: str, label: str, unit: str, role: Role = "programme", change: str = "") -> Figure:
        """A total of the run that is asked for, as a figure."""
        value = self.asked.number(CASE_LINES.get(line, line))
        return Figure(self.key(line), label, value, unit, self.text(value, unit), change, role)

    def kpi_figure(self) -> Figure:
        """Their KPI with the programme in the year of their target, and how far it moved."""
        before, after = self.kpi_value("without", self.year), self.kpi_value("with", self.year)
        change = numbers.change(before, after, self.kpi.unit, self.kpi.direction, self.currency)
        label = f"{self.kpi.label} in year {self.year}; do nothing: {self.text(before, self.kpi.unit)}"
        key = self.key(f"kpi/{self.kpi.id}/with/{self.year}")
        return Figure(key, label, after, self.kpi.unit, self.text(after, self.kpi.unit), change)

    def lead_figure(self) -> Figure:
        """The number that leads: the reader's own, the return where nobody's does."""
        return self.kpi_figure() if self.has_reader else self.figure("npv", "net present value", "money")

    def payback_figure(self) -> Figure:
        """When the money is back, or that it is not within the horizon."""
        if self.asked.payback_state == "not_reached":
            horizon = years(self.case.company.years)
            return Figure(self.key("payback"), f"back within {horizon}", None, "months", "not", role="harm")
        before = ", before interest" if self.asked.npv <= 0 and self.asked.payback_months is not None else ""
        return self.figure("payback", f"until the money is back{before}", "months")

    @cached_property
    def warnings(self) -> tuple[Warning, ...]:
        """What a reviewer would question in the run that is asked for."""
        return warnings(self.results, self.asked)

    def doubts(self, *ids: str) -> list[str]:
        """The sentences of these warnings about the run that is asked for, in the order of all warnings."""
        return [warning.text for warning in self.warnings if warning.id in ids]

    @property
    def leans_on_receivables(self) -> bool:
        """Whether receivables that come back at the end are a large part of the return."""
        return self.asked.amount("pv_tied_back") > LEANS * abs(self.asked.npv)

    @property
    def gap_closed(self) -> float | None:
        """Share of the gap between doing nothing and their target that closes; None without a target or a gap."""
        before, after = self.kpi_value("without", self.year), self.kpi_value("with", self.year)
        target = self.driver.target if self.driver else None
        if before is None or after is None or target is None or self.has_no_problem or before == target:
            return None
        return (after - before) / (target - before)

    @property
    def has_no_problem(self) -> bool:
        """Whether their target is met by doing nothing."""
        before, target = self.kpi_value("without", self.year), self.driver.target if self.driver else None
        if before is None or target is None or self.kpi.direction == "none":
            return False
        return before >= target if self.kpi.direction == "up" else before <= target

    def spent_until(self, until: date) -> float:
        """Cost of the run from the decision to a date, by whole periods that end on it or before."""
        company, costs = self.case.company, self.asked.flow("costs")
        months = 12 // company.periods_per_year
        ends = [last_day(company.decision_date, period * months) for period in range(len(costs))]
        return sum(cost for cost, end in zip(costs, ends, strict=True) if end <= until)


def stamp_of(case: Case) -> Stamp:
    """The stamp of everything made from this case."""
    return Stamp(case.fingerprint, MODEL_VERSION, __version__, case.company.decision_date.isoformat())
