"""Which inputs a case really reads: those behind a benefit that is moved, or behind a number that somebody named."""

from __future__ import annotations

from collections.abc import Iterator

from casebuilder.case import ALL, Case, Initiative, library
from casebuilder.model.benefits import CASH_LINES
from casebuilder.model.expressions import Line
from casebuilder.model.kpis import OF_THE_CASE, kpi_key
from casebuilder.model.levers import COMPANY
from casebuilder.model.model import Model, model_of
from casebuilder.model.structure import structure

#: How finance counts: every return reads these.
_ALWAYS = ("company.discount_rate", "company.tax_rate")
_POSITIONS = "company.loaded_cost_per_fte"
_CHOSEN = ("choice", "flag", "text")
_WORKING_CAPITAL = CASH_LINES[1]


def needed(case: Case) -> frozenset[str]:
    """The paths of the inputs that a benefit moved by an enabled effect, or a KPI named by a stakeholder, reads.

    What a metric would be without any effect on it is read as today's input, so that a benefit which nothing moves
    asks for nothing. Inputs are those of segments and company-wide groups; what an investment itself assumes is not
    among them.
    """
    model, moved = model_of(structure(case)), _moved(case)
    seeds = [*_benefits(model, moved), *_named(case, model)]
    found = set(_read(model, moved, seeds))
    if case.initiatives or case.custom_lines:
        found.update(_ALWAYS)
    if any(each.enabled and each.internal_fte for each in case.initiatives):
        found.add(_POSITIONS)
    return frozenset(path for path in found if _is_input(path))


def not_stated(case: Case) -> frozenset[str]:
    """The paths of inputs that a benefit or a number of a person reads, that are 0, and that nobody has stated.

    At 0 they move no return, which says nothing of how far they will once somebody states them. How finance counts
    is left out: no tax and no hurdle rate are answers too.
    """
    return frozenset(
        path
        for path in needed(case) - frozenset(_ALWAYS)
        if (path not in case.inputs or case.inputs[path].status == "default") and not _value(case, path)
    )


def _value(case: Case, path: str) -> float:
    group, _, name = path.rpartition(".")
    place = group.removeprefix("segments[").removesuffix("]")
    segment = next((each for each in case.segments if group == f"segments[{each.name}]"), None)
    return float(getattr(segment if segment is not None else getattr(case, place), name))


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


def _moved(case: Case) -> frozenset[tuple[str, str]]:
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


def _benefits(model: Model, moved: frozenset[tuple[str, str]]) -> Iterator[Line]:
    """The lines of the benefits that are moved, by segment where the metric is, and which share of them is cash."""
    for name, place in sorted(moved):
        lever = library.levers()[name]
        row = f"{lever.line}[{place}]"
        yield model[row if row in model.graph.by_key else lever.line]
        yield model[f"share.{lever.line}"]
        if lever.class_ == "margin":
            yield model[_WORKING_CAPITAL]


def _named(case: Case, model: Model) -> Iterator[Line]:
    """The KPIs that a stakeholder named, in both worlds."""
    named = {driver.kpi for person in case.stakeholders for driver in person.drivers}
    for kpi in library.kpis():
        if kpi in named and kpi not in OF_THE_CASE:
            yield from (model[kpi_key(kpi, world)] for world in ("without", "with"))


def _read(model: Model, moved: frozenset[tuple[str, str]], seeds: list[Line]) -> Iterator[str]:
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
