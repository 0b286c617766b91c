"""Levers: how effects move the operational metrics, and the best achievable level that caps improvement."""

from __future__ import annotations

from dataclasses import dataclass, field

from casebuilder.case import library
from casebuilder.case.library import Lever
from casebuilder.model.delivery import Delivery
from casebuilder.model.expressions import Expr, Line, maximum, minimum
from casebuilder.model.graph import Graph
from casebuilder.model.inputs import company_input, segment_input
from casebuilder.model.structure import Structure

#: The place of a company-wide lever in keys and tables.
COMPANY = ""


@dataclass(frozen=True)
class Moved:
    """Every lever by name and segment ('' = company): `base` is today's input, `moved` its level with the programme.

    `uncapped` is the level that the effects alone would reach, `best` the best achievable one.
    """

    base: dict[tuple[str, str], Line] = field(default_factory=dict)
    moved: dict[tuple[str, str], Line] = field(default_factory=dict)
    uncapped: dict[tuple[str, str], Line] = field(default_factory=dict)
    best: dict[tuple[str, str], Line] = field(default_factory=dict)


def places(shape: Structure, lever: Lever) -> tuple[str, ...]:
    """Where a lever stands: every segment, or the company."""
    return shape.segments if lever.scope == "segment" else (COMPANY,)


def levers(graph: Graph, shape: Structure, delivered: Delivery) -> Moved:
    """Add every lever's limit, one row per effect on it, and its capped level; all 18, moved or not."""
    found = Moved()
    for name, lever in library.levers().items():
        graph.section(f"What moves: {lever.label}")
        for place in places(shape, lever):
            base = company_input(graph, name) if place == COMPANY else segment_input(graph, place, name)
            found.base[name, place] = base
            limit = _limit(graph, shape, lever, place, base)
            best = minimum(limit, base) if lever.way == "down" else maximum(limit, base)
            found.best[name, place] = graph.constant(
                f"best.{name}[{place}]", _label("Best reachable", lever, place), base.unit, best
            )
            found.uncapped[name, place] = _effects(graph, shape, lever, place, delivered, base)
        for place in places(shape, lever):
            found.moved[name, place] = graph.period(
                f"with.{name}[{place}]",
                _label("With the programme", lever, place),
                found.base[name, place].unit,
                _capped(graph, lever, found.best[name, place], found.uncapped[name, place]),
            )
    return found


def _label(what: str, lever: Lever, place: str) -> str:
    return f"{what}: {lever.label}" + (f", {place}" if place else "")


def _limit(graph: Graph, shape: Structure, lever: Lever, place: str, base: Line) -> Expr:
    if lever.id in shape.limits:
        return graph.input(f"limits.{lever.id}", f"Best achievable: {lever.label}", base.unit)
    rule: dict[str, Line] = {
        part: graph.input(f"levers.{lever.id}.{part}", f"Best achievable, {words}: {lever.label}", unit)
        for part, words, unit in (
            ("share", "share of today", "share"),
            ("points", "points above today", base.unit),
            ("floor", "not below", base.unit),
            ("cap", "not above", base.unit),
        )
        if getattr(lever.limit, part) is not None
    }
    level = _level(rule, base)
    if "floor" in rule:
        level = maximum(rule["floor"], level)
    if "cap" in rule:
        level = minimum(rule["cap"], level)
    return graph.constant(
        f"limit.{lever.id}[{place}]", _label("Best achievable", lever, place), base.unit, level
    )


def _level(rule: dict[str, Line], base: Line) -> Expr:
    if "share" not in rule:
        return rule["points"]
    scaled = rule["share"] * base
    return scaled + rule["points"] if "points" in rule else scaled


def _effects(
    graph: Graph, shape: Structure, lever: Lever, place: str, delivered: Delivery, base: Line
) -> Line:
    level = base
    for initiative in shape.initiatives:
        for effect in initiative.effects:
            if effect.lever != lever.id or effect.segment not in ("all", place):
                continue
            strength = delivered.size[initiative.id, effect.id] * delivered.share[initiative.id]
            level = graph.period(
                f"after.{lever.id}[{place},{initiative.id}]",
                f"{_label('After', lever, place)}, {initiative.name}",
                base.unit,
                level + strength
                if lever.kind == "points"
                else level * (1 - strength if lever.way == "down" else 1 + strength),
            )
    return level


def _capped(graph: Graph, lever: Lever, best: Line, uncapped: Line) -> Expr:
    word = library.inputs()[lever.id]
    level: Expr = maximum(best, uncapped) if lever.way == "down" else minimum(best, uncapped)
    if word.upper is not None:
        level = minimum(
            graph.input(f"levers.{lever.id}.upper", f"Highest possible: {lever.label}", best.unit), level
        )
    if lever.way == "up" and word.lower is not None:
        level = maximum(
            graph.input(f"levers.{lever.id}.lower", f"Lowest possible: {lever.label}", best.unit), level
        )
    return level
