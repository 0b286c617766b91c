"""Scenarios and options of a case, each evaluated when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterable

from casebuilder.case import Case
from casebuilder.model.inputs import values
from casebuilder.model.model import model_of
from casebuilder.model.results import Outcomes, Results
from casebuilder.model.structure import structure


def results(case: Case, keep: Iterable[str] | None = None) -> Results:
    """Every scenario with every option; `keep` limits the lines that are kept, by key, and by default all of them are.

    Raises CaseError where the amounts of the scenario that counts outgrow what a computer can hold.
    """
    shape = structure(case)
    model = model_of(shape)
    lines = None if keep is None else tuple(model[key] for key in keep)
    return Results(case, model, Outcomes(case.title, model, values(case, shape), lines))
