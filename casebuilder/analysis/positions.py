"""Freed hours as positions: how many each benefit frees, and what share of it a promise of positions makes cash."""

from __future__ import annotations

from dataclasses import dataclass

from casebuilder.case import Case, HeadlineShare, library
from casebuilder.model.results import Outcome
from casebuilder.model.structure import shares_in_force


@dataclass(frozen=True)
class Freed:
    """What one benefit frees in the last year of the horizon: positions (full-time) and their money a year.

    `bought` is the share that is cash anyway, because contacts are paid one by one; `counted` is the share that counts
    as cash now (both 0 to 1); `promise` is what the case says of positions, agreed or not.
    """

    line: str
    positions: float
    money: float
    bought: float
    counted: float
    promise: HeadlineShare | None

    def share_of(self, positions: float) -> float:
        """The share of the benefit that is cash with so many positions not refilled, at most all of it."""
        return min(1.0, self.bought + positions / self.positions)

    @property
    def most(self) -> float:
        """How many positions can be promised: what is bought by the contact is nobody's position."""
        return self.positions * (1 - self.bought)


def freed(case: Case, outcome: Outcome) -> tuple[Freed, ...]:
    """Every benefit that frees hours, the most first; empty where none does or hours a position are not known.

    The hours of a year are freed by several benefits together; each has the part of them that it has of their money.
    """
    year, hours = case.company.periods_per_year, case.service.productive_hours_per_agent
    lines = {lever.line: 0.0 for lever in library.levers().values() if lever.class_ == "capacity"}
    lines = {line: sum(outcome.flow(line)[-year:]) for line in lines}
    gains = {line: money for line, money in lines.items() if money > 0}
    whole = sum(outcome.flow("hours_freed")[-year:]) / hours if hours else 0.0
    if not gains or whole <= 0:
        return ()
    total, shares = sum(gains.values()), shares_in_force(case)
    bought = case.service.outsourced_share
    found = [
        Freed(line, whole * money / total, money, bought, shares.get(line, bought), _promise(case, line))
        for line, money in gains.items()
    ]
    return tuple(sorted(found, key=lambda each: -each.positions))


def _promise(case: Case, line: str) -> HeadlineShare | None:
    given = case.headline_shares.get(line)
    return given if isinstance(given, HeadlineShare) else None
