"""Numbers on Inputs that the model does not read and other sheets do: dates, books, plan, targets, checkpoints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from casebuilder.case import Case, library
from casebuilder.case.catalogue import settings
from casebuilder.case.records.stakeholders import Driver
from casebuilder.pitch.assumed import person
from casebuilder.pitch.words import day

#: The day from which Excel counts: a date is the number of days since.
_DAY_ZERO = date(1899, 12, 30)
#: What last year's books may say: label and unit.
ACTUALS = {
    "revenue": ("Revenue", "money_per_year"),
    "new_customers": ("Customers won, referred ones included", "count"),
    "contacts": ("Contacts, self-service included", "count"),
    "bookings": ("Revenue a year signed with new customers", "money_per_year"),
}


@dataclass(frozen=True)
class Outside:
    """A number beside the model's inputs: its key, label, unit, value, where it comes from, and its bounds."""

    key: str
    label: str
    unit: str
    value: float
    note: str
    lower: float | None = None
    upper: float | None = None


def outside(case: Case) -> dict[str, tuple[Outside, ...]]:
    """The numbers by the title of their block."""
    return {
        "Dates": tuple(_dates(case)),
        "Last year's books": tuple(_actuals(case)),
        "The company's own plan": tuple(_plan(case)),
        "What stakeholders are measured on": tuple(_targets(case)),
        "Checkpoints": tuple(_checkpoints(case)),
    }


def serial(value: date) -> float:
    """A date as Excel counts it."""
    return float((value - _DAY_ZERO).days)


def driver_key(person: int, place: int) -> str:
    """The key of a stakeholder's number; both count from 1, in the case's order."""
    return f"stakeholders[{person}].drivers[{place}]"


def driver_unit(driver: Driver) -> str:
    """The unit of a stakeholder's number: the KPI's, or the one that the case names."""
    known = library.kpis().get(driver.kpi)
    return known.unit if known else driver.unit or "ratio"


def driver_label(driver: Driver) -> str:
    """What a stakeholder's number is called."""
    known = library.kpis().get(driver.kpi)
    return known.label if known else driver.name or "Another number"


def _dates(case: Case) -> Iterator[Outside]:
    start = case.company.decision_date
    note = "shown, not to be changed here"
    yield Outside("company.decision_date", "Decision date", "date", serial(start), note)
    word = settings()["fiscal_year_starts"]
    value = float(case.company.fiscal_year_starts)
    yield Outside(
        "company.fiscal_year_starts", word.label, word.unit, value, word.note, word.lower, word.upper
    )


def _actuals(case: Case) -> Iterator[Outside]:
    for field, (label, unit) in ACTUALS.items():
        value = getattr(case.actuals, field)
        if value is not None:
            yield Outside(
                f"actuals.{field}", f"{label}, last year", unit, value, "as the case states it", 0.0
            )


def _plan(case: Case) -> Iterator[Outside]:
    for year, value in enumerate(case.plan.revenue[: case.company.years], 1):
        yield Outside(
            f"plan.revenue[{year}]",
            f"Planned revenue, year {year}",
            "money",
            value,
            "as the case states it",
            0.0,
        )


def _targets(case: Case) -> Iterator[Outside]:
    for number, stakeholder in enumerate(case.stakeholders, 1):
        role = stakeholder.role or person(case, stakeholder.persona)
        for place, driver in enumerate(stakeholder.drivers, 1):
            what = f"{role}: {driver_label(driver)}"
            for field, words in (("current", "today"), ("target", "target")):
                value = getattr(driver, field)
                due = f", due {day(driver.due)}" if driver.due and field == "target" else ""
                if value is not None:
                    key = f"{driver_key(number, place)}.{field}"
                    yield Outside(key, f"{what}, {words}", driver_unit(driver), value, f"said by {role}{due}")


def _checkpoints(case: Case) -> Iterator[Outside]:
    for initiative in case.initiatives:
        gate = initiative.gate
        if gate is None:
            continue
        path, note = f"initiatives[{initiative.id}].gate", f"{gate.indicator}"
        label = f"Checkpoint: {initiative.name}"
        months: dict[str, Any] = {"lower": 0.0}
        yield Outside(f"{path}.month", f"{label}, month", "months", gate.month, note, **months)
        if gate.target is not None:
            yield Outside(f"{path}.target", f"{label}, target", gate.unit or "count", gate.target, note)
