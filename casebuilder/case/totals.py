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
  contact, all of them assisted.
- leavers: support people x attrition.

The programme's cost becomes one investment without an effect: what it changes is still to be chosen. What is not
known stays where it creates no value, and says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from casebuilder.case.building import Parsed
from casebuilder.case.errors import CaseError, Fault
from casebuilder.case.faults import flaws_of
from casebuilder.case.loading import from_data
from casebuilder.case.migrate import FORMAT
from casebuilder.case.records import Case
from casebuilder.case.records.totals import Part, Totals, shares_missing
from casebuilder.case.shape import Shape
from casebuilder.case.totals_inputs import Inputs, company_inputs, programme_inputs, segments_of

__all__ = ["Derivation", "Derived", "Part", "Totals", "derive", "read_totals"]

#: What messages call the case while it is being derived.
_SOURCE = "the totals"
_WHOLE = Part(name="Customers today", customers=1, revenue=1)


@dataclass(frozen=True)
class Derivation:
    """How one input came about: its path and value, the formula in words, and the ids of the totals it is made of.

    Without totals the value is neutral: it stands in for something not known and creates no value.
    """

    path: str
    value: float
    formula: str
    totals: tuple[str, ...]


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
) -> Derived:
    """The case of the company `name` whose baseline reproduces `totals`, in `currency` (ISO 4217).

    `parts` cuts the company into segments by shares of the totals, which must sum to 1; without them it is one
    segment. Where the totals tell what new customers buy, each segment has a second one for them. Every input
    has a status in the case (`estimate` with the totals as its source, `default` where nothing was known).
    Raises CaseError where the parts do not add up or an input leaves its bounds.
    """
    parts = tuple(parts) or (_WHOLE,)
    _add_up(parts)
    groups = dict(company_inputs(totals))
    segments = {
        key: fields for part in parts for key, fields in segments_of(totals, part, alone=len(parts) == 1)
    }
    company = {"name": name, "currency": currency, "decision_date": decision_date, "years": totals.years or 3}
    data: dict[str, Any] = {
        "casebuilder": FORMAT,
        "title": title or f"A first case for {name}",
        "company": company | {"periods_per_year": periods_per_year},
        "actuals": _actuals(totals),
        "segments": [{"name": key} | _values(fields) for key, fields in segments.items()],
    }
    for group, fields in groups.items():
        data[group] = data.get(group, {}) | _values(fields)
    programme = programme_inputs(totals)
    if programme:
        data["initiatives"] = [
            {"id": "programme", "name": "The programme", "effects": []} | _values(programme)
        ]
    provenance = tuple(
        Derivation(f"{path}.{field}", given.value, given.formula, given.totals)
        for path, fields in _paths(segments, groups, programme)
        for field, given in fields.items()
    )
    data["inputs"] = {step.path: _status(step) for step in provenance}
    return Derived(from_data(data, _SOURCE), provenance)


def _add_up(parts: tuple[Part, ...]) -> None:
    missing = shares_missing(parts)
    if missing:
        found = f"the segments' shares of {', '.join(missing)} do not sum to 1"
        raise CaseError([Fault(_SOURCE, None, "", found, "shares that sum to 1")])


def _values(fields: Inputs) -> dict[str, float]:
    return {field: given.value for field, given in fields.items()}


def _paths(
    segments: dict[str, Inputs], groups: dict[str, Inputs], programme: Inputs
) -> Iterator[tuple[str, Inputs]]:
    yield from ((f"segments[{key}]", fields) for key, fields in segments.items())
    yield from groups.items()
    yield "initiatives[programme]", programme


def _status(step: Derivation) -> dict[str, str]:
    status = "estimate" if step.totals else "default"
    return {"status": status, "source": step.formula}


def _actuals(totals: Totals) -> dict[str, float]:
    known = ("revenue", "new_customers", "contacts", "bookings")
    return {key: value for key in known if (value := getattr(totals, key)) is not None}
