"""What a case does to the numbers of everyone else: one number each, that may be shown, and what moves it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebuilder.analysis.certainty import Certainty
from casebuilder.analysis.fit import due_year
from casebuilder.analysis.study import effect_key
from casebuilder.case import library
from casebuilder.case.library import Kpi
from casebuilder.case.records.stakeholders import Stakeholder
from casebuilder.model.kpis import OF_THE_CASE, kpi_key
from casebuilder.model.worlds import WORLDS
from casebuilder.pitch import numbers
from casebuilder.pitch.cited import effects_of
from casebuilder.pitch.view import View
from casebuilder.pitch.words import inside, label_of

#: Benefits named behind a number, and the share of its movement from which one is named.
NAMED, TELLING = 2, 0.1


@dataclass(frozen=True)
class Other:
    """One other function's number in the year it is due; `moved` is 1 for better, -1 for worse, else 0."""

    role: str
    kpi: Kpi
    year: int
    without: float
    with_: float
    change: str
    by: str

    @property
    def moved(self) -> int:
        """Whether people see it get better or worse."""
        return 1 if self.change.endswith("better") else -1 if self.change.endswith("worse") else 0


def others_of(view: View, certainty: Certainty, people: Sequence[Stakeholder]) -> Iterator[Other]:
    leads = [(someone, lead) for someone in people if (lead := lead_of(view, someone)) is not None]
    moved_by = _causes(view, certainty, [lead for _, lead in leads])
    for (someone, (kpi, year)), by in zip(leads, moved_by, strict=True):
        without, with_ = (view.asked.kpi(kpi.id, world)[year - 1] or 0.0 for world in WORLDS)
        change = numbers.change(without, with_, kpi.unit, kpi.direction, view.currency)
        yield Other(role_of(someone), kpi, year, without, with_, change, "" if change == "no change" else by)


def role_of(someone: Stakeholder) -> str:
    return someone.role or library.personas()[someone.persona].title


def lead_of(view: View, someone: Stakeholder) -> tuple[Kpi, int] | None:
    """The number on their scorecard that leads, with the year it is due; else what their function is measured on."""
    table = library.kpis()
    own = [d for d in someone.drivers if d.held_to == "scorecard" and _is_computed(view, d.kpi)]
    if own:
        driver = max(own, key=lambda driver: driver.importance)
        return table[driver.kpi], due_year(view.case, driver)
    usual = [id for id in library.personas()[someone.persona].kpis if _is_computed(view, id)]
    return (table[usual[0]], view.case.company.years) if usual else None


def _is_computed(view: View, kpi: str) -> bool:
    if kpi not in library.kpis() or kpi in OF_THE_CASE:
        return False
    return all(value is not None for world in WORLDS for value in view.asked.kpi(kpi, world))


def _causes(view: View, certainty: Certainty, leads: Sequence[tuple[Kpi, int]]) -> list[str]:
    """The benefits that move each number the way it moves: what is missing from it without their metric, one batch."""
    study, effects = certainty.study, effects_of(view)
    levers = list(dict.fromkeys(effect.lever for _, effect in effects))
    off = [
        {effect_key(i.id, effect, "base"): 0.0 for i, effect in effects if effect.lever == lever}
        for lever in levers
    ]
    keep = ["npv", *(kpi_key(kpi.id, "with") for kpi, _ in leads)]
    runs = study.states([{}, *off], keep)
    said = []
    for kpi, year in leads:
        row = runs[kpi_key(kpi.id, "with")][year - 1].tolist()
        moved = row[0] - (view.asked.kpi(kpi.id, "without")[year - 1] or 0.0)
        parts = [(row[0] - left, lever) for left, lever in zip(row[1:], levers, strict=True)]
        said.append(_named(moved, parts))
    return said


def _named(moved: float, parts: Sequence[tuple[float, str]]) -> str:
    """The benefits behind the largest parts that point the same way as the whole."""
    same = [(part, lever) for part, lever in parts if part * moved > 0 and abs(part) >= TELLING * abs(moved)]
    first = sorted(same, key=lambda item: -abs(item[0]))[:NAMED]
    names = [label_of(library.levers()[lever].line) for _, lever in first]
    return ", ".join([*names[:1], *map(inside, names[1:])])
