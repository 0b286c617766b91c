"""The records of the library: what a metric, a KPI, a persona, an investment, a piece of evidence is made of."""

from typing import Annotated, Literal, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from casebuilder.case.units import Unit

T = TypeVar("T")
#: A list of the file, kept as a tuple.
Many = Annotated[tuple[T, ...], Field(strict=False)]


def _text(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be empty")
    return value


Text = Annotated[str, AfterValidator(_text)]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
Class = Literal["margin", "cost_out", "cost_avoided", "capacity", "risk", "one_off_cash"]
Theme = Literal["win", "keep", "earn", "serve", "quality", "people", "cash"]
Grade = Literal["A", "B", "C", "J"]
Stage = Literal["aware", "evaluate", "buy", "onboard", "use", "support", "renew", "leave"]


class LibraryRecord(BaseModel):
    """A frozen record of the library; unknown keys are refused, and a text is never taken for a number."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class LimitRule(LibraryRecord):
    """The best level believed achievable, from today's value b; parts left out do not count.

    A metric that improves by falling reaches max(floor, share * b), one that improves by rising
    min(cap, share * b + points). In the unit of the metric.
    """

    share: float | None = Field(default=None, ge=0)
    points: float | None = Field(default=None, ge=0)
    floor: float | None = Field(default=None, ge=0)
    cap: float | None = Field(default=None, ge=0)


class Lever(LibraryRecord):
    """One operational metric an investment can move; `id` is the input it moves (and its unit), `line` its benefit.

    `theme` is the argument it belongs to: a reader who does not buy the argument takes all of its metrics out.
    """

    id: Id
    label: Text
    meaning: Text
    way: Literal["down", "up"]
    kind: Literal["relative", "points"]
    scope: Literal["segment", "company"]
    limit: LimitRule
    line: Id
    class_: Class = Field(alias="class")
    theme: Theme

    @model_validator(mode="after")
    def _limit_fits_way(self) -> Self:
        limit = self.limit
        if limit.share is None and limit.points is None:
            raise ValueError("its limit needs `share` or `points`")
        if self.way == "down" and (limit.cap is not None or limit.points is not None):
            raise ValueError("a metric that improves by falling has a limit of `share` and `floor` only")
        if self.way == "up" and limit.floor is not None:
            raise ValueError(
                "a metric that improves by rising has a limit of `share`, `points` and `cap` only"
            )
        return self


class Kpi(LibraryRecord):
    """One number people are measured on; `direction` is the better one, `levers` the metrics that move it.

    In the file `levers: [all]` stands for every metric; once loaded, they are spelled out.
    """

    id: Id
    label: Text
    description: Text
    unit: Unit
    direction: Literal["up", "down", "none"]
    levers: Many[Id]


class Persona(LibraryRecord):
    """One kind of person we speak to; `kpis` run from the heaviest to the lightest in their year.

    `source` is the evidence behind `measured_on`; without one the sentence is our own judgement.
    """

    id: Id
    title: Text
    kpis: Many[Id] = Field(min_length=1)
    measured_on: Text
    source: Id | None = None
    words: Many[Text] = ()


class ProposedEffect(LibraryRecord):
    """A size to start from: signed share, or points for a metric counted in points; positive is better."""

    lever: Id
    segment: Literal["all"] = "all"
    low: float = Field(ge=-1, le=1)
    base: float = Field(ge=-1, le=1)
    high: float = Field(ge=-1, le=1)
    grade: Grade
    sources: Many[Id]
    note: Text

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.base <= self.high:
            raise ValueError(f"low <= base <= high does not hold for {self.low}, {self.base}, {self.high}")
        return self


class LibraryInitiative(LibraryRecord):
    """An investment to choose from; its fields are proposals for a case's own.

    `requires` names library entries it is best built on, `needs` says in words what else must be in place,
    `pilot` what to try first where no credible effect size is known, `owner_source` the evidence for the owner.
    """

    id: Id
    name: Text
    description: Text
    owner: Id
    owner_source: Id | None = None
    journey_stage: Stage
    build_months: float = Field(ge=0)
    ramp_months: float = Field(ge=0)
    requires: Many[Id] = ()
    effects: Many[ProposedEffect] = ()
    needs: Many[Text] = ()
    pilot: Text | None = None


class Evidence(LibraryRecord):
    """One thing that may be cited; only `use: effect` may inform a proposed size. `year` is None where not stated."""

    id: Id
    grade: Literal["A", "B", "C"]
    use: Literal["context", "effect"]
    lever: Id | None = None
    source: Text
    year: int | None
    statement: Text
    caveat: Text | None = None


class Words(LibraryRecord):
    """What people read for each identifier, one table a kind: identifier -> words."""

    lines: dict[str, Text]
    classes: dict[str, Text]
    themes: dict[str, Text]
    scenarios: dict[str, Text]
    grades: dict[str, Text]
    worlds: dict[str, Text]
    journey_stages: dict[str, Text]
    statuses: dict[str, Text]
    parts: dict[str, Text]
    meetings: dict[str, Text]
    accountabilities: dict[str, Text]
    payback_states: dict[str, Text]
    irr_notes: dict[str, Text]
    terms: dict[str, Text]


class Colour(LibraryRecord):
    """A colour token: its value and what it means wherever it is seen."""

    colour: str = Field(pattern=r"^#[0-9A-F]{6}$")
    means: Text


class LeverFile(LibraryRecord):
    """The file levers.yaml."""

    levers: Many[Lever]


class KpiFile(LibraryRecord):
    """The file kpis.yaml."""

    kpis: Many[Kpi]


class EvidenceFile(LibraryRecord):
    """The file evidence.yaml: what may be cited, and what is not known."""

    evidence: Many[Evidence]
    no_credible_effect_size: Many[Text]
    not_known: Many[Text]


class LookFile(LibraryRecord):
    """The file look.yaml."""

    colours: dict[str, Colour]


class VersionFile(LibraryRecord):
    """The file version.yaml."""

    version: Text
