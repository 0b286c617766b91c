"""A review of the case with those who decide: what they take off it, and the questions that stay open."""

from typing import Literal

from pydantic import Field

from casebuilder.case.records.base import Day, Many, Name, Record

DoubtKind = Literal["benefits", "later", "costs", "hurdle", "cash_only", "theme", "signed_only"]


class Doubt(Record):
    """One thing taken off; `amount` belongs to the first four kinds and `theme` to its own.

    Gains or costs times `amount`, benefits `amount` months later, a hurdle rate of `amount`; only cash, no improvement
    of one theme, only what somebody signed.
    """

    kind: DoubtKind
    amount: float | None = Field(default=None, ge=0, description="A factor, months or a rate, by the kind")
    theme: Name | None = None


class KeptDoubts(Record):
    """Doubts kept under a name, with whose they are and when; they stay beside the case and change nothing in it."""

    name: Name
    by: Name | None = None
    on: Day | None = None
    doubts: Many[Doubt] = Field(default=(), max_length=20)


class OpenPoint(Record):
    """A question that was put aside: who brings the answer, by when, and when it was settled."""

    what: Name
    owner: Name | None = None
    due: Day | None = None
    settled: Day | None = None


class Review(Record):
    """What is taken off right now, what was kept under a name, and what is still to be answered."""

    doubts: Many[Doubt] = Field(default=(), max_length=20)
    kept: Many[KeptDoubts] = Field(default=(), max_length=20)
    open_points: Many[OpenPoint] = Field(default=(), max_length=100)
