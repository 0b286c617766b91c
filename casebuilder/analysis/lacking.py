"""What a case cannot go without: numbers that nobody stated, where what they begin with makes nothing of something."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from casebuilder.analysis.needed import (
    ALWAYS,
    POSITIONS,
    benefit_of,
    kpi_lines,
    moved_metrics,
    named_kpis,
    needed,
    pays_positions,
)
from casebuilder.analysis.study import Array, State, Study, study
from casebuilder.case import Case, library
from casebuilder.case.catalogue import InputWord
from casebuilder.model.levers import COMPANY

#: What a number is tried at that no shape of company begins with, by its unit; only that it is something counts.
_TRIED = {"share": 0.5, "per_year": 1.0}
_OTHERWISE = 100.0


def lacking(case: Case) -> frozenset[str]:
    """The paths of the inputs that people have to be asked for, although they move no return as they are.

    Nobody has stated them, and they are 0 or what adds nothing: an effect moves the number itself, or a benefit that an
    effect moves, a KPI that a stakeholder named or the cost of positions is nothing because of it. All other numbers
    may stay as they begin: stated or not, they are asked for in the order of what they move. What is asked for in one
    segment is asked for in all that read it.
    """
    own = study(case)
    open_ = {path for path in needed(case).difference(ALWAYS) if _is_open(case, path, own.inputs[path])}
    if not open_:
        return frozenset()
    found = {path for path in map(_path, moved_metrics(case)) if path in open_}
    found |= {POSITIONS} & open_ if pays_positions(case) else set()
    names = {_word(path).id for path in found | _blocking(own, sorted(open_))}
    return frozenset(path for path in open_ if _word(path).id in names)


def _is_open(case: Case, path: str, value: float) -> bool:
    """Whether a number is what it is because nobody said anything."""
    said = case.inputs.get(path)
    return (said is None or said.status == "default") and value in _neutral(_word(path))


def _neutral(word: InputWord) -> set[float]:
    """The values with which a number earns nothing that nobody asked for."""
    found = (shape.values.get(word.id) for shape in library.starting_values().values())
    return {0.0, *(float(each.value) for each in found if each is not None and each.neutral)}


def _blocking(own: Study, paths: list[str]) -> set[str]:
    """Those without which something is nothing: it becomes something with all of them, and stays so with these."""
    tried = {path: _tried(_word(path)) for path in paths}
    rows = own.states([{}, tried], [*_wanted(own)])
    found: set[str] = set()
    for key, row in rows.items():
        if _is_nothing(row[..., 0]) and not _is_nothing(row[..., 1]):
            found |= _fewest(own, key, tried).keys()
    return found


def _fewest(own: Study, key: str, tried: State) -> State:
    """As few of the values as make something of a line; what stands first in the catalogue is asked for first."""
    order = [*library.inputs()]
    kept = dict(tried)
    for path in sorted(tried, key=lambda path: -order.index(path.rpartition(".")[2])):
        fewer = {other: value for other, value in kept.items() if other != path}
        kept = kept if _is_nothing(own.states([fewer], [key])[key]) else fewer
    return kept


def _wanted(own: Study) -> Iterator[str]:
    """The lines that are to be something: benefits that are moved, and KPIs that somebody named."""
    yield from dict.fromkeys(benefit_of(own.model, *each).key for each in sorted(moved_metrics(own.case)))
    yield from kpi_lines(named_kpis(own.case))


def _is_nothing(values: Array) -> bool:
    """Whether a line is 0, or no number, at all times."""
    return not np.any(np.nan_to_num(values))


def _tried(word: InputWord) -> float:
    """A value at which the number is something: what some shape of company begins with, else a round one."""
    found = (shape.values.get(word.id) for shape in library.starting_values().values())
    for each in found:
        if each is not None and each.value and not each.neutral:
            return each.value * (_tried(library.inputs()[each.of]) if each.of else 1.0)
    return _TRIED.get(word.unit, _OTHERWISE)


def _word(path: str) -> InputWord:
    return library.inputs()[path.rpartition(".")[2]]


def _path(metric: tuple[str, str]) -> str:
    name, place = metric
    return f"{library.inputs()[name].group}.{name}" if place == COMPANY else f"segments[{place}].{name}"
