"""The spine: load a case, evaluate it, decide what to say, write the files. Start reading here."""

from __future__ import annotations

from typing import Any

from casebuilder.analysis import results
from casebuilder.case import Case
from casebuilder.model.results import Results
from casebuilder.pitch import answers as spoken


def evaluate(case: Case) -> Results:
    """Every scenario and option of a case."""
    return results(case)


def answers(case: Case) -> dict[str, Any]:
    """The answers of a case as one plain object (see docs/model.md), ready for JSON."""
    return spoken.answers(evaluate(case))
