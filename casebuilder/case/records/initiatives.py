"""Investments: what they cost, when they work, and which operational metric they move by how much."""

from typing import Any, Literal

from pydantic import Field

from casebuilder.case.catalogue import quantity
from casebuilder.case.library_records import CostCategory
from casebuilder.case.records.base import Day, Id, Many, Name, Record, Text
from casebuilder.case.records.customers import JourneyStage
from casebuilder.case.reserved import ALL
from casebuilder.case.units import Unit

Grade = Literal["A", "B", "C", "J"]


class Agreed(Record):
    """Who put their name to a number, and when."""

    by: Name
    on: Day | None = None


class Effect(Record):
    """How far an initiative moves one operational metric at full effect: low, base and high, -1 to 1.

    Positive is better in the metric's own good direction, negative is harm; a share of today's value, or points
    for a metric counted in points. `grade`: A measured here, B independent study, C vendor study, J our judgement.
    """

    lever: Name
    segment: Name = ALL
    low: float = quantity("effect_size")
    base: float = quantity("effect_size")
    high: float = quantity("effect_size")
    grade: Grade = "J"
    sources: Many[Name] = ()
    note: Text = ""
    owner: Name | None = None
    agreed: Agreed | None = None


class Gate(Record):
    """A checkpoint: the month, what is measured, the value hoped for, and when we stop."""

    month: float = Field(ge=0, description="Months after the decision date")
    indicator: Text
    target: float | None = None
    unit: Unit | None = Field(default=None, description="Unit of `target`; a plain number without it")
    stop_if: Text = ""


class CostItem(Record):
    """A part of an initiative's cost; a kind that is broken down must sum to the initiative's own number."""

    name: Name
    category: CostCategory
    one_time: float | None = Field(default=None, ge=0, description="Part of the one-time cost (money)")
    annual: float | None = Field(default=None, ge=0, description="Part of the running cost (money per year)")
    fte: float | None = Field(
        default=None, ge=0, description="Part of the internal positions (full-time equivalents)"
    )


def _own_id(fields: dict[str, Any]) -> str:
    return str(fields.get("id", ""))


class Initiative(Record):
    """One investment; months count from the decision date, costs are positive amounts in the case's currency.

    `use` names the library entry that filled in what the case left open, `library_version` where that came from.
    """

    id: Id
    use: Id | None = None
    library_version: Name | None = None
    name: Name = Field(default_factory=_own_id)
    description: Text = ""
    enabled: bool = True
    owner: Name | None = None
    journey_stage: JourneyStage | None = None
    problems: Many[Id] = ()
    start_month: float = quantity("start_month")
    build_months: float = quantity("build_months")
    ramp_months: float = quantity("ramp_months")
    adoption: float = quantity("adoption")
    one_time_cost: float = quantity("one_time_cost")
    annual_cost: float = quantity("annual_cost")
    internal_fte: float = quantity("internal_fte")
    cost_items: Many[CostItem] = Field(default=(), max_length=50)
    requires: Many[Id] = ()
    effects: Many[Effect] = Field(default=(), max_length=100)
    gate: Gate | None = None
