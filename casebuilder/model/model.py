"""The model of a case: built once per structure, compiled once per question, evaluated over any number of runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casebuilder.model.benefits import Valuation, benefits
from casebuilder.model.checks import checks
from casebuilder.model.compiler import Program, compile_program
from casebuilder.model.costs import costs
from casebuilder.model.delivery import delivery, run_settings
from casebuilder.model.expressions import Line
from casebuilder.model.graph import Graph
from casebuilder.model.kpis import kpis
from casebuilder.model.levers import Moved, levers
from casebuilder.model.returns import flows, returns
from casebuilder.model.structure import Structure
from casebuilder.model.timeline import timeline
from casebuilder.model.worlds import world

Array = NDArray[np.float64]
Rows = Sequence[tuple[Any, ...]]
#: Runs computed at once: small enough to stay in the processor's cache and in bounded memory.
CHUNK = 5120
_KEPT_BYTES = 4 * 2**20


@dataclass(frozen=True)
class Model:
    """Lines in the order of calculation, the levers they move, and a cache of compiled programs."""

    shape: Structure
    graph: Graph
    moved: Moved
    _programs: dict[tuple[frozenset[int] | None, frozenset[int]], Program] = field(default_factory=dict)

    @property
    def lines(self) -> Sequence[Line]:
        """Every line, inputs among them, in the order of calculation."""
        return self.graph.lines

    def __getitem__(self, key: str) -> Line:
        return self.graph.by_key[key]

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """The lines that are looked at for amounts too large to be computed: what people see first, KPIs among it."""
        first = ("npv", "net", "cumulative")
        return tuple(line.key for line in self.lines if line.key.startswith("kpi.") or line.key in first)

    def program(self, keep: Iterable[Line], varying: frozenset[int] = frozenset()) -> Program:
        """The compiled program of these kept lines and varying inputs; at most 32 are remembered."""
        kept = keep if isinstance(keep, Sequence) else tuple(keep)
        question = (None if kept is self.lines else frozenset(line.index for line in kept), varying)
        if question not in self._programs:
            if len(self._programs) >= 32:
                self._programs.pop(next(iter(self._programs)))
            shape = self.shape
            self._programs[question] = compile_program(kept, varying, shape.years, shape.periods_per_year)
        return self._programs[question]


class Values(Mapping[str, Array]):
    """Evaluated lines of a batch of runs, by key.

    A constant or total is an array of shape (runs,), a period line (periods + 1, runs) with not-a-number where it
    has no period 0, a year line (years, runs). Not-a-number is "no number". Of a single run the numbers stay as they
    were computed until they are asked for.
    """

    def __init__(self, runs: int, makers: Mapping[str, Callable[[], Array]]) -> None:
        self.runs, self._makers = runs, makers
        self._made: dict[str, Array] = {}

    def __getitem__(self, key: str) -> Array:
        if key not in self._made:
            self._made[key] = self._makers[key]()
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


@lru_cache(maxsize=64)
def model_of(shape: Structure) -> Model:
    """The model of a structure; building is pure, so cases of one structure share it."""
    graph = Graph(shape.periods, shape.years)
    time = timeline(graph)
    run = run_settings(graph, shape)
    delivered = delivery(graph, shape, run, time)
    moved = levers(graph, shape, delivered)
    today = world(graph, shape, time, moved, None)
    then = world(graph, shape, time, moved, today)
    valuation = Valuation(graph, shape, time, moved, today, then)
    lines = benefits(valuation)
    money = costs(graph, shape, run, time, delivered)
    flow = flows(graph, shape, run, time, lines, money)
    returns(graph, run, time, flow, valuation)
    kpis(graph, shape, time, moved, today)
    kpis(graph, shape, time, moved, then)
    checks(graph, shape, time, lines, (today, then), flow)
    graph.finish()
    return Model(shape, graph, moved)


def evaluate(model: Model, inputs: Mapping[str, Any], keep: Iterable[Line] | None = None) -> Values:
    """Evaluate a batch: an input is a number (the same in every run) or an array of shape (runs,).

    All arrays have one length; without arrays it is a single run. KeyError names an input that is missing.
    """
    kept = model.lines if keep is None else tuple(keep)
    arrays = {key: value for key, value in inputs.items() if isinstance(value, np.ndarray)}
    runs = {len(value) for value in arrays.values()}
    if len(runs) > 1:
        raise ValueError(f"inputs of different numbers of runs: {sorted(runs)}")
    if not runs:
        return _single(model.program(kept), inputs)
    varying = frozenset(model[key].index for key in arrays if key in model.graph.by_key)
    return _batch(model.program(kept, varying), inputs, runs.pop(), model.shape.periods)


def _single(program: Program, inputs: Mapping[str, Any]) -> Values:
    with np.errstate(all="ignore"):
        constants, periods, years = program.run([inputs[line.key] for line in program.inputs])
    return Values(1, _Single(program, constants, periods, years))


class _Single(Mapping[str, Callable[[], Array]]):
    """Makes the arrays of a single run from the plain numbers of its program."""

    def __init__(self, program: Program, constants: Sequence[Any], periods: Rows, years: Rows) -> None:
        self._program = program
        self._parts: dict[str, Sequence[Any] | Rows] = {
            "constants": constants,
            "periods": periods,
            "years": years,
        }

    def __getitem__(self, key: str) -> Callable[[], Array]:
        part, number = self._program.places[key]
        table = self._parts[part]
        if part == "constants":
            return lambda: np.array([table[number]], float)
        return lambda: np.array([row[number] for row in table], float)[:, None]

    def __iter__(self) -> Iterator[str]:
        return iter(self._program.places)

    def __len__(self) -> int:
        return len(self._program.places)


def side_by_side(found: Sequence[Values]) -> Values:
    """Runs of the same lines that were evaluated one by one, at least one, as if they had been a batch."""
    if len(found) == 1:
        return found[0]
    parts = {key: [each[key] for each in found] for key in found[0]}
    return Values(
        len(found), {key: partial(np.concatenate, arrays, axis=-1) for key, arrays in parts.items()}
    )


def _batch(program: Program, inputs: Mapping[str, Any], runs: int, periods: int) -> Values:
    found = {line.key: np.empty(runs) for line in program.constants}
    found |= {line.key: np.empty((periods + 1, runs)) for line in program.periods}
    given = [inputs[line.key] for line in program.inputs]
    width = min(CHUNK, max(64, _KEPT_BYTES // (8 * max(1, len(program.periods) * (periods + 1)))))
    with np.errstate(all="ignore"):
        for start in range(0, runs, width):
            part = slice(start, min(start + width, runs))
            constants, rows, years = program.run(
                [value[part] if isinstance(value, np.ndarray) else value for value in given]
            )
            for line, value in zip(program.constants, constants, strict=True):
                found[line.key][part] = value
            for period, row in enumerate(rows):
                for line, value in zip(program.periods, row, strict=True):
                    found[line.key][period, part] = np.nan if value is None else value
            for line in program.years if start == 0 else ():
                found[line.key] = np.empty((len(years), runs))
            for year, row in enumerate(years):
                for line, value in zip(program.years, row, strict=True):
                    found[line.key][year, part] = value
    return Values(runs, {key: partial(_itself, array) for key, array in found.items()})


def _itself(array: Array) -> Array:
    return array
