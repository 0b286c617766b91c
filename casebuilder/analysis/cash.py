"""What reaches the books by itself: the return without hours that somebody promised to turn into money."""

from __future__ import annotations

from casebuilder.analysis.study import State, Study
from casebuilder.case import library
from casebuilder.model.inputs import share_of_class


def cash_only(study: Study) -> State:
    """The inputs that let only cash count: shares of freed capacity and of smaller risks fall back to their class's.

    Capacity counts as far as contacts are paid one by one (`service.outsourced_share`), risk not at all, whoever
    promised more; a share that is lower already stays. Empty where nobody promised: the return is cash as it stands.
    """
    bought, found = study.inputs["service.outsourced_share"], {}
    for lever in library.levers().values():
        cash = bought if lever.class_ == "capacity" else share_of_class(lever.class_)
        key = f"headline_shares.{lever.line}"
        if study.inputs[key] > cash:
            found[key] = cash
    return found
