"""The inputs that no total tells, filled in with what a company of this shape begins with."""

from collections.abc import Mapping

from casebuilder.case.catalogue import inputs
from casebuilder.case.library import StartingValues
from casebuilder.case.totals_inputs import Input, Inputs, started

#: Inputs of winning customers: a segment whose new customers stand in one of their own has no use for them.
_OF_WINNING = frozenset(("lead_to_opportunity", "win_rate", "acquisition_cost", "onboarding_days"))
_GROUPS = ("sales", "service", "people", "risk", "finance", "company")
_ELSEWHERE = Input(
    0.0, "customers still to be won stand in a segment of their own", ("new_customers", "bookings")
)


def completed(records: Mapping[str, Inputs], start: StartingValues) -> dict[str, Inputs]:
    """The same records with every input that has a starting value, in the order of the catalogue."""
    found = {
        path: _with_rest("segments", known, start)
        for path, known in records.items()
        if path.startswith("segments[")
    }
    return found | {group: _with_rest(group, records.get(group, {}), start) for group in _GROUPS}


def _with_rest(group: str, known: Inputs, start: StartingValues) -> Inputs:
    wins = group != "segments" or "leads" in known
    made = dict(known) if wins else {**known, "leads": _ELSEWHERE}
    for name, word in inputs().items():
        begins = word.group == group and name in start.values and name not in made
        if begins and (wins or name not in _OF_WINNING):
            made[name] = started(start, name, made)
    order = [name for name in inputs() if name in made]
    return {name: made[name] for name in [*order, *(name for name in made if name not in order)]}
