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


def kept_lines(model: Model, keep: Iterable[str] | None) -> tuple[Line, ...] | None:
    """Lines by key, where the model has them."""
    return None if keep is None else tuple(model[key] for key in keep)
