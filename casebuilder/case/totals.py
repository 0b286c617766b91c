"""From the totals people have on day one to a case whose baseline reproduces them, with every step written down.

How each total is met, at the run rate of the opening day:

- revenue: customers x revenue per customer; what was lost: the churn rate of every segment.
- new customers: leads x share that becomes an opportunity x win rate. Every lead counted is an opportunity
  (share 1), so leads are new customers / win rate; referrals are not told apart and stay 0.
- new business: won x revenue per customer. New customers rarely buy as much as old ones, and one segment can
  not say both. Where the totals differ, new customers get a segment of their own that starts empty, with what
  they really buy as its revenue per customer; otherwise every extra win would be worth too much.
- attainment: new business / target. The sales force is one unit whose quota is the target.
- contacts: customers x cases per account at a first-contact resolution of 1; support cost: contacts x cost per
  contact, all of them assisted. Where the shape of the company tells the hours of a support person, a contact takes
  the minutes that all support people have for it, so that a position freed is one of theirs.
- leavers: support people x attrition.

The programme's cost becomes one investment without an effect: what it changes is still to be chosen. It is switched
off once another investment states what it costs, see casebuilder/case/investing.py. What is not known stays where it
creates no value, and says so; or, where the shape of the company is told, begins with the value of
library/starting_values.yaml, which is nobody's number until somebody stands behind it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from casebuilder.case.building import Parsed
from casebuilder.case.errors import CaseError, Fault
from casebuilder.case.faults import flaws_of
from casebuilder.case.library import StartingValues
from casebuilder.case.loading import from_data
from casebuilder.case.migrate import FORMAT
from casebuilder.case.records import Case
from casebuilder.case.records.totals import Part, Totals, shares_missing
from casebuilder.case.shape import Shape
from casebuilder.case.totals_derivation import Derivation, steps_of
from casebuilder.case.totals_inputs import (
    SPEND,
    SPEND_NAME,
    Inputs,
    company_inputs,
    programme_inputs,
    segments_of,
)
from casebuilder.case.totals_ranges import ends_of
from casebuilder.case.totals_start import completed

__all__ = ["Derivation", "Derived", "Part", "Totals", "derive", "read_totals"]

#: What messages call the case while it is being derived.
_SOURCE = "the totals"
_WHOLE = Part(name="Customers today", customers=1, revenue=1)


@dataclass(frozen=True)
class Derived:
    """A case from totals, and where each of its inputs comes from."""

    case: Case
    provenance: tuple[Derivation, ...]


def read_totals(data: Mapping[str, Any], name: str = _SOURCE) -> Totals:
    """The totals in plain data; raises CaseError with everything wrong in them, `name` being what they are called."""
    try:
        return Totals.model_validate(data)
    except ValidationError as error:
        shape = Shape(Totals.model_json_schema())
        raise Parsed(name, dict(data), {}).error(flaws_of(error, shape)) from None


def derive(
    totals: Totals,
    name: str,
    currency: str,
    decision_date: date,
    *,
    title: str = "",
    periods_per_year: int = 4,
    parts: Sequence[Part] = (),
    start: StartingValues | None = None,
    ranges: Mapping[str, tuple[float, float]] | None = None,
    scores: Sequence[Mapping[str, Any]] = (),
) -> Derived:
    """The case of the company `name` whose baseline reproduces `totals`, in `currency` (ISO 4217).

    `parts` cuts the company into segments by shares of the totals, which must sum to 1; without them it is one
    segment. Where the totals tell what new customers buy, each segment has a second one for them. Every input
    has a status in the case (`estimate` with the totals as its source, `default` where nothing was known).
    `start` says what to begin with where nothing is known, and fills in the other inputs too; `ranges` holds the low
    and high of totals known as a range, whose middle stands in `totals`; `scores` are experience scores, kept as
    context. Raises CaseError where the parts do not add up or an input leaves its bounds.
    """
    parts = tuple(parts) or (_WHOLE,)
    _add_up(parts)
    records = _records(totals, parts, start)
    company = {"name": name, "currency": currency, "decision_date": decision_date, "years": totals.years or 3}
    data: dict[str, Any] = {
        "casebuilder": FORMAT,
        "title": title or f"A first case for {name}",
        "company": company | {"periods_per_year": periods_per_year},
        "actuals": _actuals(totals),
        "segments": [],
    }
    _fill(data, records)
    if scores:
        data["experience_scores"] = [dict(score) for score in scores]
    provenance = steps_of(records, totals)
    ends = ends_of(ranges or {}, totals, lambda other: steps_of(_records(other, parts, start), other))
    data["inputs"] = {step.path: step.status | ends.get(step.path, {}) for step in provenance}
    return Derived(from_data(data, _SOURCE), provenance)


def _records(totals: Totals, parts: tuple[Part, ...], start: StartingValues | None) -> dict[str, Inputs]:
    """The inputs of every record of the case by its path: segments, company-wide groups, the programme."""
    alone = len(parts) == 1
    found = {
        f"segments[{key}]": inputs
        for part in parts
        for key, inputs in segments_of(totals, part, alone=alone, start=start)
    }
    found |= dict(company_inputs(totals, start))
    if start is not None:
        found = completed(found, start)
    programme = programme_inputs(totals)
    return found | ({f"initiatives[{SPEND}]": programme} if programme else {})


def _fill(data: dict[str, Any], records: Mapping[str, Inputs]) -> None:
    """Puts the values of the inputs into the case's data."""
    for path, inputs in records.items():
        values = {field: given.value for field, given in inputs.items()}
        group, _, name = path.removesuffix("]").partition("[")
        if group == "segments":
            data["segments"].append({"name": name} | values)
        elif group == "initiatives":
            data["initiatives"] = [{"id": name, "name": SPEND_NAME, "effects": []} | values]
        else:
            data[group] = data.get(group, {}) | values


def _add_up(parts: tuple[Part, ...]) -> None:
    missing = shares_missing(parts)
    if missing:
        found = f"the segments' shares of {', '.join(missing)} do not sum to 1"
        raise CaseError([Fault(_SOURCE, None, "", found, "shares that sum to 1")])


def _actuals(totals: Totals) -> dict[str, float]:
    known = ("revenue", "new_customers", "contacts", "bookings")
    return {key: value for key in known if (value := getattr(totals, key)) is not None}
