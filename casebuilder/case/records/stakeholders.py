"""The people to convince: what they are measured on, what they signed, and what stays between us."""

from typing import Literal

from pydantic import Field

from casebuilder.case.readiness_records import ItemId
from casebuilder.case.records.base import Day, Many, Name, Record, Text
from casebuilder.case.units import Unit

Accountability = Literal["scorecard", "tracked", "said"]


class Driver(Record):
    """One number that decides a stakeholder's year; `current` and `target` in the KPI's own unit.

    A `hurdle` is met or not by the case as a whole (payback, NPV ...), a `goal` is closed in part.
    """

    kpi: Name
    name: Name | None = None
    unit: Unit | None = None
    kind: Literal["goal", "hurdle"] = "goal"
    importance: int = Field(default=3, ge=1, le=5, description="1 (little) to 5 (decides the year)")
    accountability: Accountability | None = None
    on_scorecard: bool | None = None
    current: float | None = None
    target: float | None = None
    due: Day | None = None
    words: Text = ""
    words_may_be_shown: bool = False

    @property
    def held_to(self) -> Accountability:
        """How they answer for it: on the scorecard, tracked, or only said (where nothing was stated)."""
        if self.accountability is not None:
            return self.accountability
        if self.on_scorecard is None:
            return "said"
        return "scorecard" if self.on_scorecard else "tracked"


class Private(Record):
    """What never leaves the case: no output, message or log repeats it."""

    stance: Text = ""
    notes: Text = ""
    objections: Many[Text] = ()


class Stakeholder(Record):
    """One person; `signed` are paths of this case they put their name to."""

    persona: Name
    role: Text = ""
    name: Text = ""
    part: Literal["approves", "funds", "influences", "delivers", "informed"] | None = None
    status: Literal["not met", "interviewed", "agreed"] = "not met"
    signed: Many[Text] = ()
    drivers: Many[Driver] = Field(default=(), max_length=30)
    ask: Text = ""
    private: Private | None = None


class SelfRating(Record):
    """How important one thing is to the company, and how well it does it, each 1 (little) to 5 (much)."""

    importance: int = Field(ge=1, le=5, description="1 (hardly matters) to 5 (decides whether it works)")
    effectiveness: int = Field(ge=1, le=5, description="1 (not done) to 5 (done well)")


class Readiness(Record):
    """Six success factors, each rated 1 (not at all) to 5 (fully); None is not rated.

    `self_rating` rates these six, processes, attitudes, communication and evaluation by importance and effectiveness.
    """

    coordination: int | None = Field(
        default=None, ge=1, le=5, description="Those who manage customer experience work together"
    )
    strategy: int | None = Field(default=None, ge=1, le=5, description="Customer experience shapes strategy")
    results_shared: int | None = Field(
        default=None, ge=1, le=5, description="Results are shown to all employees"
    )
    lifetime_value: int | None = Field(
        default=None, ge=1, le=5, description="Customer lifetime value is calculated and used"
    )
    action_by_owners: int | None = Field(
        default=None, ge=1, le=5, description="Owners of the causes act on them"
    )
    funded_collaboration: int | None = Field(
        default=None, ge=1, le=5, description="Work across functions has its own money"
    )
    self_rating: dict[ItemId, SelfRating] = Field(default_factory=dict)
