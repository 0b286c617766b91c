"""Scenarios and options of a case, evaluated as one batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from casebuilder.case import Case
from casebuilder.model.expressions import Line
from casebuilder.model.inputs import values
from casebuilder.model.model import Model, evaluate, model_of
from casebuilder.model.results import Outcome, Results, refuse_too_large
from casebuilder.model.structure import structure


def results(case: Case, keep: Iterable[str] | None = None) -> Results:
    """Every scenario with every option, as one batch of runs.

    `keep` limits the lines that are kept, by key; the default keeps all of them.
    """
    shape = structure(case)
    model = model_of(shape)
    runs = [(scenario, option) for option in shape.options for scenario in shape.scenarios]
    inputs: dict[str, object] = dict(values(case, shape))
    inputs["run.scenario"] = np.array([shape.scenarios.index(scenario) + 1.0 for scenario, _ in runs])
    inputs["run.option"] = np.array([shape.options.index(option) + 1.0 for _, option in runs])
    found = evaluate(model, inputs, kept_lines(model, keep))
    return Results(case, model, {run: Outcome(*run, found, column) for column, run in enumerate(runs)})


def results_on_demand(case: Case) -> Results:
    """The same results, each run made when it is first asked for: a screen shows few of them.

    Amounts that outgrow what a computer can hold are refused for the first run at once, for others when they are asked
    for, with the same CaseError.
    """
    shape = structure(case)
    model = model_of(shape)
    return Results(case, model, _OnDemand(case, model, values(case, shape)))


class _OnDemand(Mapping[tuple[str, str], Outcome]):
    """Every pair of scenario and option with its outcome, evaluated once, as a single run of plain numbers."""

    def __init__(self, case: Case, model: Model, inputs: Mapping[str, float]) -> None:
        self._case, self._model, self._inputs = case, model, inputs
        shape = model.shape
        self._places = {
            (scenario, option): (row + 1.0, column + 1.0)
            for column, option in enumerate(shape.options)
            for row, scenario in enumerate(shape.scenarios)
        }
        self._made: dict[tuple[str, str], Outcome] = {}

    def __getitem__(self, run: tuple[str, str]) -> Outcome:
        if run not in self._made:
            scenario, option = self._places[run]
            chosen = {"run.scenario": scenario, "run.option": option}
            outcome = Outcome(*run, evaluate(self._model, {**self._inputs, **chosen}), 0)
            refuse_too_large(self._case, outcome.values)
            self._made[run] = outcome
        return self._made[run]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, run: object) -> bool:
        return run in self._places


def kept_lines(model: Model, keep: Iterable[str] | None) -> tuple[Line, ...] | None:
    """Lines by key, where the model has them."""
    return None if keep is None else tuple(model[key] for key in keep)
