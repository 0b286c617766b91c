"""Facts: numbers of a company that a report says as they are today, so that nobody can decide to have others."""

from __future__ import annotations

from dataclasses import replace

from casebuilder.analysis.ranges import Range
from casebuilder.analysis.tornado import Tornado
from casebuilder.case import Case, library

#: What a report counts or measures; all other groups hold prices, rates and choices.
REPORTED = ("segments", "service", "people", "risk", "finance")
#: What no report says although it stands among what reports say: a judgement, or a plan.
JUDGED = ("productive_hours_per_agent", "minutes_per_assisted_contact", "discount")
#: What reports say of the sales force.
OF_SALES = ("reps", "sales_cycle_days", "acquisition_spend")


def is_fact(case: Case, path: str) -> bool:
    """Whether a number of the case is what a report says; a starting value is nobody's report, so it is assumed."""
    said, word = case.inputs.get(path), library.inputs().get(path.rpartition(".")[2])
    if word is None or not path.startswith(("segments[", f"{word.group}.")):
        return False
    reported = word.id in OF_SALES or (word.group in REPORTED and word.id not in JUDGED)
    return reported and (said is None or said.status != "default")


def is_known(case: Case, found: Range) -> bool:
    """Whether an assumption is a fact for which nobody stated a range: the usual one would be invented for it."""
    return is_fact(case, found.path) and not found.stated


def without_facts(case: Case, found: Tornado) -> Tornado:
    """The same study without what is known: effects, costs of investments, assumptions, and facts in doubt."""
    return replace(found, bars=tuple(bar for bar in found.bars if not is_known(case, bar.range)))
