"""What customers are worth: lifetime value by segment in both worlds, and how much of it meets what is broken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from casebuilder.analysis.study import Study
from casebuilder.case import Case, Problem, Segment
from casebuilder.case.records.customers import JourneyStage
from casebuilder.case.reserved import ALL
from casebuilder.model.results import Outcome
from casebuilder.model.worlds import WORLDS, World

#: The stages of the journey in their order.
STAGES: tuple[JourneyStage, ...] = get_args(JourneyStage)
#: Stages at which people are leads, and the one at which they are opportunities: they are no customers yet.
_LEADS, _OPPORTUNITIES = ("aware", "evaluate"), ("buy",)


@dataclass(frozen=True)
class LifetimeValue:
    """What one customer of a segment is worth at the end of a year (from 1): do nothing, and with the programme.

    Money in the case's currency, before the cost of winning them: a year's margin m at retention r and hurdle rate d
    is worth m r / (1 + d - r). None where that has no end: nobody leaves, and money costs nothing.
    """

    segment: str
    year: int
    without: float | None
    with_: float | None


@dataclass(frozen=True)
class Stake:
    """The people of one segment who meet a problem at one stage of the journey, and the value that is exposed there.

    `customers` is a count, of customers or, before the purchase, of a year's prospects; None where no problem says how
    many. `chance` is how likely they are customers: 1, or a prospect's of today. `value` is their lifetime value, do
    nothing, in the case's currency, None where it or their number is not known. `problems` are ids of the case.
    """

    segment: str
    stage: JourneyStage
    customers: float | None
    chance: float
    value: float | None
    problems: tuple[str, ...]

    @property
    def prospects(self) -> bool:
        """Whether these people are no customers yet."""
        return self.stage in (*_LEADS, *_OPPORTUNITIES)


def lifetime(outcome: Outcome) -> tuple[LifetimeValue, ...]:
    """Lifetime value by segment in the case's order, year by year, of an outcome that kept every line."""
    years = len(outcome.kpi("revenue", "with"))
    per_year = (len(outcome.row("net")) - 1) // years
    names = [key.partition("[")[2][:-1] for key in outcome.values if key.startswith("lifetime.with[")]
    return tuple(
        LifetimeValue(name, year, *(_value(outcome, name, world, year * per_year) for world in WORLDS))
        for name in names
        for year in range(1, years + 1)
    )


def _value(outcome: Outcome, segment: str, world: World, period: int) -> float | None:
    """Lifetime value at a period's end; without hurdle rate and churn there is none."""
    fades = outcome.row(f"fades.{world}[{segment}]")[period]
    return outcome.row(f"lifetime.{world}[{segment}]")[period] if fades else None


def at_stake(study: Study) -> tuple[Stake, ...]:
    """The value that meets the case's problems, by stage in the order of the journey, then by segment.

    It is what is exposed, not what would be lost: nobody knows who would leave for it. A customer counts with the
    lifetime value of the first year's end, do nothing. Prospects count with that value times today's chance that they
    become customers: leads (stages aware, evaluate) that of a lead, opportunities (stage buy) the win rate; there are
    as many as a year brings.

    A problem of all segments meets each in proportion to its people. Whether two problems of a stage meet the same
    people is not known: the larger one counts, never the sum, and never more people than the segment has. One customer
    may stand at several stages, so stages do not add up. Problems without a stage have no place and are left out.
    """
    worth = _worth_today(study)
    return tuple(
        _stake(study.case, segment, stage, worth[segment.name])
        for stage in STAGES
        for segment in study.case.segments
        if any(problem.segment in (ALL, segment.name) for problem in _at(study.case, stage))
    )


def _worth_today(study: Study) -> dict[str, float | None]:
    """Lifetime value at the end of the first year, do nothing, by segment."""
    names = [segment.name for segment in study.case.segments]
    keys = [f"{line}.without[{name}]" for line in ("lifetime", "fades") for name in names]
    outcome = Outcome(study.scenario, study.option, study.runs(keep=keys))
    return {name: _value(outcome, name, "without", study.case.company.periods_per_year) for name in names}


def _at(case: Case, stage: JourneyStage) -> list[Problem]:
    return [problem for problem in case.problems if problem.journey_stage == stage]


def _stake(case: Case, segment: Segment, stage: JourneyStage, worth: float | None) -> Stake:
    met = [problem for problem in _at(case, stage) if problem.segment in (ALL, segment.name)]
    known = [people for problem in met if (people := _met(case, segment, problem)) is not None]
    customers = min(_people(segment, stage), max(known)) if known else None
    chance = _chance(segment, stage)
    value = None if customers is None or worth is None else customers * chance * worth
    return Stake(segment.name, stage, customers, chance, value, tuple(problem.id for problem in met))


def _met(case: Case, segment: Segment, problem: Problem) -> float | None:
    """How many people of a segment a problem meets; None where it does not say how many."""
    if problem.customers_affected is None or problem.journey_stage is None or problem.segment != ALL:
        return problem.customers_affected
    everybody = sum(_people(other, problem.journey_stage) for other in case.segments)
    own = _people(segment, problem.journey_stage)
    return problem.customers_affected * own / everybody if everybody else 0.0


def _people(segment: Segment, stage: JourneyStage) -> float:
    """Who can be at a stage: customers, a year's leads, or a year's opportunities."""
    if stage in _LEADS:
        return segment.leads
    return segment.leads * segment.lead_to_opportunity if stage in _OPPORTUNITIES else segment.customers


def _chance(segment: Segment, stage: JourneyStage) -> float:
    if stage in _LEADS:
        return segment.lead_to_opportunity * segment.win_rate
    return segment.win_rate if stage in _OPPORTUNITIES else 1.0
