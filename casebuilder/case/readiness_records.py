"""The self-assessment of readiness: six success factors, four things that must be in place, and what to ask for."""

from typing import Literal, Self, get_args

from pydantic import Field, model_validator

from casebuilder.case.library_records import OURS, Id, LibraryRecord, Many, Text

#: Practices that firms with strong results have more often, in the order in which a case rates them.
FactorId = Literal[
    "coordination",
    "strategy",
    "results_shared",
    "lifetime_value",
    "action_by_owners",
    "funded_collaboration",
]
#: What must be in place together for an investment to work.
PaceId = Literal["processes", "attitudes", "communication", "evaluation"]
#: What a case's self-rating may hold, importance against effectiveness.
ItemId = Literal[FactorId, PaceId]
#: What stops delivery.
ObstacleId = Literal["cooperation", "strategy", "follow_through"]


class Practice(LibraryRecord):
    """One thing to look for, a question answered by yes or no; `source` says who found it used too little."""

    asks: Text
    source: Id


class Obstacle(LibraryRecord):
    """What stands in the way; `phrase` names it inside a sentence."""

    id: ObstacleId
    phrase: Text


class Item(LibraryRecord):
    """One thing to rate: its name, the question, and what the lowest and the highest rating look like."""

    id: Id
    label: Text
    question: Text
    one: Text
    five: Text
    sources: Many[Id] = Field(min_length=1)


class Factor(Item):
    """A success factor: the obstacle it guards against, what builds it, and the condition to ask for.

    `builds` are investments of the library.
    """

    id: FactorId
    obstacle: ObstacleId
    practices: Many[Practice] = Field(min_length=1)
    builds: Many[Id] = Field(min_length=1)
    condition: Text


class PaceItem(Item):
    """One of the four things that must be in place."""

    id: PaceId


class Step(LibraryRecord):
    """Below a mean rating: months to full effect times `ramps_times`, take-up less `adoption_less` (a share)."""

    below: float = Field(gt=1, le=5)
    ramps_times: float = Field(ge=1)
    adoption_less: float = Field(ge=0, le=1)


class Judgement(LibraryRecord):
    """What follows from ratings, by our own judgement.

    A factor rated `firm_from` or more is no obstacle; slower ramps are suggested where at least `least_rated`
    factors are rated, by the first step that the mean is below.
    """

    firm_from: int = Field(ge=2, le=5)
    least_rated: int = Field(ge=1, le=6)
    steps: Many[Step] = Field(min_length=1)
    note: Text

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        limits = [step.below for step in self.steps]
        if limits != sorted(set(limits)):
            raise ValueError("its steps run from the lowest mean to the highest")
        if OURS not in self.note.lower():
            raise ValueError(f"its note says that it is {OURS}")
        return self


class ReadinessFile(LibraryRecord):
    """The whole self-assessment; `obstacles` stand in the order in which firms meet them."""

    obstacles: Many[Obstacle]
    obstacles_source: Id
    factors: Many[Factor]
    pace: Many[PaceItem]
    judgement: Judgement

    @model_validator(mode="after")
    def _each_once_in_order(self) -> Self:
        for what, found, wanted in (
            ("obstacles", {one.id for one in self.obstacles}, set(get_args(ObstacleId))),
            ("factors", [one.id for one in self.factors], list(get_args(FactorId))),
            ("pace", [one.id for one in self.pace], list(get_args(PaceId))),
        ):
            if found != wanted:
                raise ValueError(f"its {what} are {', '.join(wanted)}, each once and in this order")
        if len(self.obstacles) != len(get_args(ObstacleId)):
            raise ValueError("an obstacle stands there twice")
        return self

    @property
    def items(self) -> dict[str, Item]:
        """The ten things to rate, factors first."""
        return {one.id: one for one in (*self.factors, *self.pace)}
