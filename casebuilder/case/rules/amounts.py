"""Amounts: parts that must sum, one for each year, costs that are not negative, classes of benefits."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from casebuilder.case.errors import Flaw, Place
from casebuilder.case.rules.view import as_number, block, entries, listed, number
from casebuilder.case.words import figure, one_of

_KINDS = {"one_time": "one_time_cost", "annual": "annual_cost", "fte": "internal_fte"}
_CLASSES = ("margin", "cost_out", "cost_avoided", "one_off_cash", "risk", "capacity")


def cost_items(data: Any) -> Iterator[Flaw]:
    """A kind of cost that is broken down but does not sum to the initiative's own number."""
    for place, initiative in entries(data, "initiatives"):
        for kind, field in _KINDS.items():
            parts = [number(item, kind) for _, item in entries(initiative, "cost_items", place)]
            stated = [part for part in parts if part is not None]
            whole = as_number(initiative.get(field, 0))
            if (
                stated
                and whole is not None
                and not math.isclose(math.fsum(stated), whole, rel_tol=1e-9, abs_tol=1e-6)
            ):
                found = (
                    f"the {kind} amounts sum to {figure(math.fsum(stated))}, and {field} is {figure(whole)}"
                )
                yield Flaw((*place, "cost_items"), found, f"amounts that sum to {field}")


def custom_lines(data: Any) -> Iterator[Flaw]:
    """Lines with too few or too many years, negative costs, and benefits without a class."""
    years = number(block(data, "company"), "years")
    for place, line in entries(data, "custom_lines"):
        amounts = [*listed(line, "by_year")]
        if amounts and years in range(1, 11) and len(amounts) != years:
            found = f"{len(amounts)} amounts stand here, and the case has {figure(years or 0)} years"
            yield Flaw((*place, "by_year"), found, "one amount for each year")
        if line.get("kind") == "cost":
            yield from _not_negative(place, line)
        if line.get("kind") == "benefit" and line.get("class") is None:
            yield Flaw((*place, "class"), "a benefit without a class stands here", one_of(_CLASSES))


def _not_negative(place: Place, line: Mapping[str, Any]) -> Iterator[Flaw]:
    stated = [((*place, "initial"), line.get("initial"))]
    stated += [((*place, "by_year", position), amount) for position, amount in listed(line, "by_year")]
    for where, amount in stated:
        if (as_number(amount) or 0) < 0:
            yield Flaw(
                where,
                f"the cost {figure(as_number(amount) or 0)} is negative",
                "0 or more, costs are positive",
            )
