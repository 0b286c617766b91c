"""Scenarios and options of a case, evaluated as one batch."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from casebuilder.case import Case
from casebuilder.model.expressions import Line
from casebuilder.model.inputs import values
from casebuilder.model.model import Model, evaluate, model_of
from casebuilder.model.results import Outcome, Results
from casebuilder.model.structure import structure


def results(case: Case, keep: Iterable[str] | None = None) -> Results:
    """Every scenario with all switches as set, and every option in the headline scenario: one batch of runs.

    `keep` limits the lines that are kept, by key; the default keeps all of them.
    """
    shape = structure(case)
    model = model_of(shape)
    first = shape.scenarios.index(case.headline) + 1
    runs = [(number, 1) for number in range(1, len(shape.scenarios) + 1)]
    runs += [(first, number) for number in range(2, len(shape.options) + 1)]
    inputs: dict[str, object] = dict(values(case, shape))
    inputs["run.scenario"] = np.array([float(scenario) for scenario, _ in runs])
    inputs["run.option"] = np.array([float(option) for _, option in runs])
    found = evaluate(model, inputs, kept_lines(model, keep))
    outcomes = [
        Outcome(shape.scenarios[scenario - 1], shape.options[option - 1], found, column)
        for column, (scenario, option) in enumerate(runs)
    ]
    count = len(shape.scenarios)
    return Results(
        case,
        model,
        {outcome.scenario: outcome for outcome in outcomes[:count]},
        {outcome.option: outcome for outcome in outcomes[count:]},
    )


def kept_lines(model: Model, keep: Iterable[str] | None) -> tuple[Line, ...] | None:
    """Lines by key, where the model has them."""
    return None if keep is None else tuple(model[key] for key in keep)
