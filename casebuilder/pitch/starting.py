"""Which shown numbers rest on starting values that nobody stands behind: they never stand without the word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casebuilder.analysis.certainty import Certainty
from casebuilder.analysis.ranges import ranges
from casebuilder.analysis.study import State
from casebuilder.case import library
from casebuilder.model.kpis import kpi_key
from casebuilder.model.results import CASE_LINES
from casebuilder.model.worlds import World
from casebuilder.pitch import numbers
from casebuilder.pitch.records import Exhibit, Figure
from casebuilder.pitch.view import View

#: What stands behind a number that is a starting value itself.
MARK = " (starting value)"


def marked(view: View, certainty: Certainty, exhibit: Exhibit) -> Exhibit:
    """The exhibit with the word at every figure that another value of an unsigned starting value would change."""
    if not view.starting or not exhibit.figures:
        return exhibit
    states = _states(view, certainty)
    figures = tuple(_with_word(view, certainty, figure, states) for figure in exhibit.figures)
    return replace(exhibit, figures=figures)


def starting_mark(view: View, lever: str, places: Sequence[str]) -> str:
    """The word behind a metric's value of today where that is a starting value in any of these segments."""
    word = library.inputs()[lever]
    paths = [f"segments[{place}].{lever}" if place else f"{word.group}.{lever}" for place in places]
    said = [view.case.inputs.get(path) for path in paths]
    return MARK if any(each is not None and each.status == "default" for each in said) else ""


def _states(view: View, certainty: Certainty) -> list[tuple[str, State]]:
    """Every starting value to replace at its low and at its high end, by its path."""
    found = [r for r in ranges(certainty.study) if view.unbacked.begins(r.path)]
    return [(each.path, {each.key: end}) for each in found for end in (each.low, each.high)]


def _with_word(
    view: View, certainty: Certainty, figure: Figure, states: Sequence[tuple[str, State]]
) -> Figure:
    resting = _resting(view, certainty, figure, states)
    if not resting:
        return figure
    every = len(view.unbacked.starting)
    word = f"{numbers.count(resting)} of {numbers.count(every)} starting values"
    if resting == every:
        word = "the one starting value" if every == 1 else f"all {numbers.count(every)} starting values"
    return replace(figure, label=f"{figure.label}; rests on {word}")


def _resting(view: View, certainty: Certainty, figure: Figure, states: Sequence[tuple[str, State]]) -> int:
    """On how many starting values a figure rests: another value of each alone would change what people read."""
    line = _line(figure.key)
    if line is None or not states:
        return 0
    key, place = line
    rows = certainty.study.states([state for _, state in states], [key])[key]
    found = (rows if place is None else rows[place]).tolist()
    moved = {
        path
        for (path, _), value in zip(states, found, strict=True)
        if value == value and view.text(value, figure.unit) != view.text(figure.value, figure.unit)
    }
    return len(moved)


def _line(key: str) -> tuple[str, int | None] | None:
    """The line of the model behind the key of a figure, and the place in it; None for what is no line of its own."""
    parts = key.split("/")[2:]
    if parts[:1] == ["kpi"] and len(parts) == 4:
        world: World = "with" if parts[2] == "with" else "without"
        return kpi_key(parts[1], world), int(parts[3]) - 1
    return (CASE_LINES[parts[0]], None) if len(parts) == 1 and parts[0] in CASE_LINES else None
