"""What the company counts that no metric covers, and how much of a benefit counts as cash."""

from typing import Literal

from pydantic import Field

from casebuilder.case.catalogue import quantity
from casebuilder.case.records.base import Id, Many, Name, Record, Text
from casebuilder.case.records.initiatives import Agreed

LineClass = Literal["margin", "cost_out", "cost_avoided", "one_off_cash", "risk", "capacity"]


class HeadlineShare(Record):
    """The share of a benefit counted as cash, 0 to 1; it counts only once somebody has `agreed`."""

    share: float = Field(ge=0, le=1, description="Share counted as cash (share)")
    positions_not_refilled: float | None = Field(
        default=None, ge=0, description="Positions that stay empty (count)"
    )
    owner: Name | None = None
    agreed: Agreed | None = None


class CustomLine(Record):
    """A benefit or cost typed as amounts of money: `initial` at the decision date, `by_year` for each year.

    A benefit may be negative; a cost is positive. `class` decides how much of a benefit counts as cash.
    """

    name: Name
    kind: Literal["benefit", "cost"]
    class_: LineClass | None = Field(default=None, alias="class")
    owner: Name | None = None
    initial: float = 0.0
    by_year: Many[float]
    risk_adjustment: float = quantity("risk_adjustment")
    initiative: Id | None = None
    note: Text = ""
