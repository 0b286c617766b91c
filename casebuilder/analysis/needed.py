"""Which inputs a case really reads: those behind a benefit that is moved, or behind a number that somebody named."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from casebuilder.case import ALL, Case, Initiative, library
from casebuilder.case.records import Segment
from casebuilder.model.benefits import CASH_LINES
from casebuilder.model.expressions import Line
from casebuilder.model.kpis import OF_THE_CASE, kpi_key
from casebuilder.model.levers import COMPANY
from casebuilder.model.model import Model, model_of
from casebuilder.model.structure import Structure, structure
from casebuilder.model.worlds import WORLDS

#: A metric with the segment, or the company, in which it is moved.
Moved = tuple[str, str]

#: How finance counts: every return reads these.
ALWAYS = ("company.discount_rate", "company.tax_rate")
#: What positions of the company's own cost.
POSITIONS = "company.loaded_cost_per_fte"
#: What matters only in a segment in which somebody is won.
_OF_WINNING = ("lead_to_opportunity", "win_rate", "acquisition_cost", "onboarding_days")
_CHOSEN = ("choice", "flag", "text")
_WORKING_CAPITAL = CASH_LINES[1]


def needed(case: Case) -> frozenset[str]:
    """The paths of the inputs that a benefit moved by an enabled effect, or a KPI named by a stakeholder, reads.

    What a metric would be without any effect on it is read as today's input, so that a benefit which nothing moves
    asks for nothing; where somebody said that nobody is won, nothing about winning is asked. Inputs are those of
    segments and company-wide groups; what an investment itself assumes is not among them.
    """
    return needed_for(case, moved_metrics(case))


def needed_for(case: Case, moved: frozenset[Moved]) -> frozenset[str]:
    """The same where it is known which metrics are moved."""
    found = _inputs(structure(case), moved, named_kpis(case))
    if case.initiatives or case.custom_lines:
        found = found.union(ALWAYS)
    if pays_positions(case):
        found = found.union((POSITIONS,))
    return found.difference(_of_nobody_won(case))


def pays_positions(case: Case) -> bool:
    """Whether an enabled investment takes people of the company's own."""
    return any(each.enabled and each.internal_fte for each in case.initiatives)


def _of_nobody_won(case: Case) -> Iterator[str]:
    """What is about winning in the segments in which nobody is won, on somebody's word."""
    for segment in case.segments or ():
        if not segment.leads and not segment.referral_rate and _is_stated(case, segment):
            yield from (f"segments[{segment.name}].{name}" for name in _OF_WINNING)


def _is_stated(case: Case, segment: Segment) -> bool:
    said = case.inputs.get(f"segments[{segment.name}].leads")
    return said is not None and said.status != "default"


def readable(case: Case) -> tuple[str, ...]:
    """The paths of all inputs of the case, segments first, in the order of the catalogue."""
    words = [word for word in library.inputs().values() if word.unit not in _CHOSEN]
    segments = [
        f"segments[{segment.name}].{word.id}"
        for segment in case.segments
        for word in words
        if word.group == "segments"
    ]
    return (*segments, *(f"{word.group}.{word.id}" for word in words if word.group != "segments"))


@lru_cache(maxsize=64)
def _inputs(shape: Structure, moved: frozenset[Moved], named: frozenset[str]) -> frozenset[str]:
    """The inputs upstream of moved benefits and named KPIs; an edit of a number leaves them as they are."""
    model = model_of(shape)
    seeds = [*_benefits(model, moved), *(model[key] for key in kpi_lines(named))]
    return frozenset(path for path in _read(model, moved, seeds) if _is_input(path))


def moved_metrics(case: Case) -> frozenset[Moved]:
    """The metrics, each with the segments or the company, that the effects of active investments move."""
    active = {each.id for each in case.initiatives if _is_active(case, each)}
    return frozenset(
        (effect.lever, place)
        for each in case.initiatives
        if each.id in active
        for effect in each.effects
        if effect.low or effect.base or effect.high
        for place in _places(case, effect.lever, effect.segment)
    )


def _is_active(case: Case, initiative: Initiative) -> bool:
    """Enabled before the horizon ends, with everything that it needs first."""
    table = {each.id: each for each in case.initiatives}
    months = 12 * case.company.years
    alive = initiative.enabled and initiative.start_month < months
    return alive and all(_is_active(case, table[first]) for first in initiative.requires)


def _places(case: Case, lever: str, segment: str) -> tuple[str, ...]:
    if library.levers()[lever].scope == "company":
        return (COMPANY,)
    return tuple(each.name for each in case.segments) if segment == ALL else (segment,)


def benefit_of(model: Model, name: str, place: str) -> Line:
    """The benefit that a metric earns, in its segment where the benefit stands by segment."""
    line = library.levers()[name].line
    row = f"{line}[{place}]"
    return model[row if row in model.graph.by_key else line]


def _benefits(model: Model, moved: frozenset[Moved]) -> Iterator[Line]:
    """The lines of the benefits that are moved, by segment where the metric is, and which share of them is cash."""
    for name, place in sorted(moved):
        lever = library.levers()[name]
        yield benefit_of(model, name, place)
        yield model[f"share.{lever.line}"]
        if lever.class_ == "margin":
            yield model[_WORKING_CAPITAL]


def named_kpis(case: Case) -> frozenset[str]:
    """The KPIs that a stakeholder named and that the model computes in both worlds."""
    found = {driver.kpi for person in case.stakeholders for driver in person.drivers}
    return frozenset(found.intersection(library.kpis()).difference(OF_THE_CASE))


def kpi_lines(kpis: frozenset[str]) -> Iterator[str]:
    """The keys of KPIs in both worlds."""
    yield from (kpi_key(kpi, world) for kpi in sorted(kpis) for world in WORLDS)


def _read(model: Model, moved: frozenset[Moved], seeds: list[Line]) -> Iterator[str]:
    """The inputs upstream of some lines; the row of a metric that nothing moves is today's input."""
    still = {line.index: model.moved.base[key] for key, line in model.moved.moved.items() if key not in moved}
    waiting, seen = list(seeds), set()
    while waiting:
        line = waiting.pop()
        line = still.get(line.index, line)
        if line.index in seen:
            continue
        seen.add(line.index)
        if line.shape == "input":
            yield line.key
        waiting.extend(line.reads)


def _is_input(path: str) -> bool:
    """Whether a path is a number that the company tells, not a choice or a constant of the method."""
    group, _, name = path.rpartition(".")
    word = library.inputs().get(name)
    if word is None or word.unit in _CHOSEN:
        return False
    return group == word.group or (group.startswith("segments[") and word.group == "segments")
