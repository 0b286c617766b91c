"""Themes: where the value of a case stands, beside where the year of those who decide it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casebuilder.analysis.fit import weight
from casebuilder.case import Stakeholder, library
from casebuilder.case.library_records import Theme

#: The parts of those whose yes is needed.
DECIDING = ("approves", "funds")
#: A KPI that more than this share of all metrics move belongs to no theme: profit, margin and returns.
NEARLY_EVERY = 0.9


@dataclass(frozen=True)
class Balance:
    """One theme: its share of the value, and the share of the deciders' weight that it can move, both 0 to 1."""

    theme: Theme
    value: float
    weight: float

    @property
    def over(self) -> float:
        """How much more of the value than of the weight stands here; below 0 it is less."""
        return self.value - self.weight


def balances(worth: Mapping[str, float], people: Iterable[Stakeholder]) -> tuple[Balance, ...]:
    """Every theme of the catalogue's metrics, the largest surplus of value first.

    `worth` is money by benefit; only what is above zero and belongs to a metric counts. Empty where there is no such
    value, or where those who decide are measured on nothing that tells themes apart.
    """
    value, asked = value_by_theme(worth), weight_by_theme(people)
    if not value or not asked:
        return ()
    found = [Balance(theme, value.get(theme, 0.0), asked.get(theme, 0.0)) for theme in {**value, **asked}]
    return tuple(sorted(found, key=lambda balance: -balance.over))


def value_by_theme(worth: Mapping[str, float]) -> dict[Theme, float]:
    """Share of the value by theme; lines that no metric earns (working capital, a company's own) belong to none."""
    levers = [lever for lever in library.levers().values() if worth.get(lever.line, 0.0) > 0]
    total = sum(worth[lever.line] for lever in levers)
    found: dict[Theme, float] = {}
    for lever in levers:
        found[lever.theme] = found.get(lever.theme, 0.0) + worth[lever.line] / total
    return found


def weight_by_theme(people: Iterable[Stakeholder]) -> dict[Theme, float]:
    """Share by theme of what those who approve or fund are measured on that the theme's metrics can move.

    A driver counts in full for every theme that moves its KPI, so the shares can sum to more than 1: spread over
    themes or metrics, a number that two things move, such as customers, would always be half somebody else's. A KPI
    that nearly every metric moves says nothing about themes and counts nowhere, nor does one the model does not have.
    """
    found: dict[Theme, float] = {}
    total = 0.0
    for driver in (driver for person in people if person.part in DECIDING for driver in person.drivers):
        themes = _themes(driver.kpi)
        total += weight(driver) if themes else 0.0
        for theme in themes:
            found[theme] = found.get(theme, 0.0) + weight(driver)
    return {theme: amount / total for theme, amount in found.items()}


def _themes(kpi: str) -> frozenset[Theme]:
    """The themes whose metrics move a KPI; none where nearly every metric does, or where the model has no such KPI."""
    every, known = library.levers(), library.kpis().get(kpi)
    if known is None or len(known.levers) > NEARLY_EVERY * len(every):
        return frozenset()
    return frozenset(every[lever].theme for lever in known.levers)
