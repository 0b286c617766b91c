"""The goal cascade: from the objectives at the top through scorecards and operational metrics to investments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from casebuilder.analysis.fit import Why, all_fits, is_hurdle
from casebuilder.analysis.study import State, Study, effect_key, in_force
from casebuilder.case import library
from casebuilder.case.records.stakeholders import Driver, Stakeholder
from casebuilder.model.kpis import OF_THE_CASE, kpi_key

Array = NDArray[np.float64]
Kind = Literal["not_carried", "no_scorecard", "no_room", "no_metric", "not_moved", "not_computed"]

#: Who holds the objectives where the case has them.
TOP = "ceo"
#: Those who answer for the result of the company as a whole: what they are measured on is nobody's part of it.
WHOLE = (TOP, "cfo")
#: What brings more customers makes these totals worse, although better is less of them.
TOTALS = ("contacts", "cost_to_serve", "agents_needed", "receivables")
MORE_CUSTOMERS = (
    "churn_rate",
    "leads",
    "lead_to_opportunity",
    "sales_cycle_days",
    "win_rate",
    "referral_rate",
)
MORE_REVENUE = (*MORE_CUSTOMERS, "growth_per_customer", "discount", "onboarding_days")
#: Two numbers closer than this share of the larger one are the same number.
SAME = 1e-9


@dataclass(frozen=True)
class Goal:
    """A number that somebody answers for; `person` is their position among the case's stakeholders.

    `at_target`: it stands at its target or past it today. `computed`: the model has a number for it.
    """

    person: int
    driver: Driver
    at_target: bool
    computed: bool

    @property
    def on_scorecard(self) -> bool:
        """Whether it is on the scorecard; any other goal here is tracked, never only said."""
        return self.driver.held_to == "scorecard"


@dataclass(frozen=True)
class Link:
    """One operational metric: the goals it improves, above and below, and the investments that move it.

    `value` is what net present value loses without its effects, in the case's currency. `moves` is False where
    nothing comes of the effects, such as a metric that stands at its best.
    """

    lever: str
    value: float
    moves: bool
    investments: tuple[str, ...]
    objectives: tuple[Goal, ...]
    goals: tuple[Goal, ...]

    @property
    def reaches(self) -> bool:
        """Whether a function answers for it on its scorecard."""
        return any(goal.on_scorecard for goal in self.goals)


@dataclass(frozen=True)
class Break:
    """Where the chain breaks: an objective that no function carries, a metric on no function's scorecard or
    without room to improve, an investment that moves no metric, a scorecard that nothing moves; and where nobody
    can tell, because the model has no number for a goal.

    `goal`, `lever` or `investment` is what it is about.
    """

    kind: Kind
    goal: Goal | None = None
    lever: str | None = None
    investment: str | None = None


@dataclass(frozen=True)
class Cascade:
    """The chain of one run: objectives, links with the most valuable first, and breaks, the first the gravest.

    `top` is the position of whoever holds the objectives, None where nobody does; `functions` are the goals below
    them; `reaching` are the investments, out of `members`, that reach a function's scorecard.
    """

    top: int | None
    objectives: tuple[Goal, ...]
    functions: tuple[Goal, ...]
    links: tuple[Link, ...]
    breaks: tuple[Break, ...]
    reaching: tuple[str, ...]
    members: tuple[str, ...]


def cascade(own: Study) -> Cascade:
    """The chain of the study's scenario and option; what moves what is read from runs of the model.

    A goal is a number on the scorecard or tracked, with a target to move to, not a hurdle for the case. Objectives
    are those of the chief executive, else of whoever decides. What follows from a change in the mix of segments is
    not counted, as in the catalogue.
    """
    counted = in_force(own)
    people, goals = own.case.stakeholders, _goals(counted)
    top = _top(people, own.case.decision.decider, goals)
    objectives = tuple(goal for goal in goals if goal.person == top)
    functions = tuple(g for g in goals if g.person != top and people[g.person].persona not in WHOLE)
    links = _links(counted, objectives, functions)
    reaching = _with_foundations(counted, [i for link in links if link.reaches for i in link.investments])
    breaks = (
        *_not_carried(objectives, functions),
        *(Break("no_scorecard", lever=link.lever) for link in links if link.moves and not link.reaches),
        *(Break("no_room", lever=link.lever) for link in links if not link.moves),
        *_no_metric(counted, links),
        *_not_moved(functions, links),
        *(
            Break("not_computed", goal)
            for goal in (*objectives, *functions)
            if _wanting(goal, computed=False)
        ),
    )
    return Cascade(top, objectives, functions, links, breaks, reaching, counted.members)


def helps(lever: str, kpi: str) -> bool:
    """Whether moving a metric the better way moves a KPI the better way, by the catalogue."""
    bad = () if kpi not in TOTALS else MORE_REVENUE if kpi == "receivables" else MORE_CUSTOMERS
    return kpi in library.kpis() and lever in library.kpis()[kpi].levers and lever not in bad


def _goals(counted: Study) -> list[Goal]:
    """Goals of everyone by importance, in the case's order of people; hurdles and what is only said left out."""
    people = counted.case.stakeholders
    found = [
        Goal(n, part.driver, part.why == "at_target", _computed(part.driver, part.why))
        for n, fit in enumerate(all_fits(counted, people))
        for part in fit.parts
        if part.driver.held_to != "said" and not is_hurdle(part.driver)
    ]
    return sorted(found, key=lambda goal: (goal.person, -goal.driver.importance))


def _computed(driver: Driver, why: Why) -> bool:
    return driver.kpi in library.kpis() and why != "not_computed"


def _top(people: Sequence[Stakeholder], decider: str | None, goals: Iterable[Goal]) -> int | None:
    """Whoever holds objectives on a scorecard: the chief executive, else the one who decides."""
    held = [goal.person for goal in goals if goal.on_scorecard]
    for persona in (TOP, decider):
        for person in held:
            if people[person].persona == persona:
                return person
    return None


def _links(counted: Study, objectives: tuple[Goal, ...], functions: tuple[Goal, ...]) -> tuple[Link, ...]:
    """Every metric that an investment of the run improves, the most valuable first."""
    found = []
    for each in _moved(counted):
        above, below = (
            tuple(goal for goal in goals if goal.driver.kpi in each.kpis) for goals in (objectives, functions)
        )
        if each.investments:
            moves = bool(each.kpis)
            found.append(Link(each.lever, each.value, moves, each.investments, above, below))
    return tuple(sorted(found, key=lambda link: -link.value))


@dataclass(frozen=True)
class _Moved:
    """One metric: what is lost without its effects, the KPIs that they alone improve, and who improves it."""

    lever: str
    value: float
    kpis: frozenset[str]
    investments: tuple[str, ...]


def _moved(counted: Study) -> list[_Moved]:
    """Each metric of the run, as one batch: as it is, without any effect, without its own, with its own alone."""
    effects = _effects(counted)
    sizes = {key for keys in effects.values() for key in keys}
    states: list[State] = [{}, dict.fromkeys(sizes, 0.0)]
    for own in effects.values():
        states += [dict.fromkeys(own, 0.0), dict.fromkeys(sizes - set(own), 0.0)]
    found = counted.states(states, ["npv", *(kpi_key(kpi, "with") for kpi in _yearly())])
    moved = []
    for n, (lever, own) in enumerate(effects.items()):
        less, alone = 2 + 2 * n, 3 + 2 * n
        better = frozenset(kpi for kpi in _yearly() if _better(found, kpi, lever, alone))
        helping = dict.fromkeys(id for key, id in own.items() if counted.inputs[key] > 0)
        moved.append(_Moved(lever, float(found["npv"][0] - found["npv"][less]), better, tuple(helping)))
    return moved


def _effects(counted: Study) -> dict[str, dict[str, str]]:
    """Metric -> the input of each effect on it in this run -> the investment that has the effect."""
    found: dict[str, dict[str, str]] = {}
    members = set(counted.members)
    for initiative in counted.case.initiatives:
        for effect in initiative.effects if initiative.id in members else ():
            found.setdefault(effect.lever, {})[effect_key(initiative.id, effect, "base")] = initiative.id
    return found


def _yearly() -> list[str]:
    return [kpi for kpi in library.kpis() if kpi not in OF_THE_CASE]


def _better(found: Mapping[str, Array], kpi: str, lever: str, alone: int) -> bool:
    """Whether a metric improves a KPI over all years together, in the run in which it alone moves."""
    word, rows = library.kpis()[kpi], found[kpi_key(kpi, "with")]
    if lever not in word.levers:
        return False
    before, after = rows[:, 1], rows[:, alone]
    moved = float(np.nansum(after - before)) * (-1.0 if word.direction == "down" else 1.0)
    return moved > SAME * float(np.nansum(abs(before)) + np.nansum(abs(after)))


def _with_foundations(counted: Study, first: Iterable[str]) -> tuple[str, ...]:
    """These and what they need first, in the case's order."""
    table, found = {i.id: i for i in counted.case.initiatives}, set(first)
    waiting = list(found)
    while waiting:
        more = [id for id in table[waiting.pop()].requires if id not in found]
        found |= set(more)
        waiting += more
    return tuple(id for id in counted.members if id in found)


def _wanting(goal: Goal, computed: bool) -> bool:
    """Whether somebody answers for it on a scorecard and it has a way to go."""
    return goal.on_scorecard and goal.computed == computed and not goal.at_target


def _not_carried(objectives: Iterable[Goal], functions: Sequence[Goal]) -> Iterable[Break]:
    """Objectives that share no metric with any function's scorecard."""
    carried = {
        kpi for kpi in library.kpis() for goal in functions if goal.on_scorecard and _shared(kpi, goal)
    }
    for goal in objectives:
        if _wanting(goal, computed=True) and goal.driver.kpi not in carried:
            yield Break("not_carried", goal)


def _shared(kpi: str, goal: Goal) -> bool:
    return any(helps(lever, kpi) and helps(lever, goal.driver.kpi) for lever in library.levers())


def _no_metric(counted: Study, links: Iterable[Link]) -> Iterable[Break]:
    """Investments that move nothing and that nothing else of the run needs first."""
    serving = _with_foundations(counted, [id for link in links for id in link.investments])
    for id in counted.members:
        if id not in serving:
            yield Break("no_metric", investment=id)


def _not_moved(functions: Iterable[Goal], links: Sequence[Link]) -> Iterable[Break]:
    """Scorecards that no link improves."""
    moved = {(goal.person, goal.driver.kpi) for link in links for goal in link.goals}
    for goal in functions:
        if _wanting(goal, computed=True) and (goal.person, goal.driver.kpi) not in moved:
            yield Break("not_moved", goal)
