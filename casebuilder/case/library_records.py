"""The records of the library: what a metric, a KPI, a persona, an investment, a piece of evidence is made of."""

from collections.abc import Mapping
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
#: What a pitch can show, one conclusion each.
ExhibitKind = Literal[
    "cover",
    "decision",
    "kpi",
    "benefits",
    "cash_flow",
    "scenarios",
    "assumptions",
    "verdict",
    "tornado",
    "must_be_true",
    "homework",
    "distribution",
    "attribution",
    "versions",
    "frontier",
    "stages",
    "bridge",
    "cuts",
    "lifetime_value",
    "value_at_stake",
    "fit",
    "change",
    "against",
    "proof",
    "ask",
    "heads_up",
    "objections",
    "cascade",
    "readiness",
    "others",
    "sources",
    "method",
]
Stage = Literal["aware", "evaluate", "buy", "onboard", "use", "support", "renew", "leave"]
#: What a programme's cost is usually made of; a category without an item is "not stated", never zero.
CostCategory = Literal[
    "licences",
    "integration",
    "internal_time",
    "change",
    "data",
    "security",
    "running",
    "dual_running",
    "contingency",
    "exit",
    "other",
]
OURS = "our estimate"


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


class Objection(LibraryRecord):
    """What this kind of person usually says against a case, the honest answer, and the exhibits that bear it out."""

    says: Text
    answer: Text
    shows: Many[ExhibitKind] = ()


class Persona(LibraryRecord):
    """One kind of person we speak to; `kpis` are KPI ids with their usual weight (1 to 5), the heaviest first.

    `source` is the evidence behind `measured_on`; without one the sentence is our own judgement, as is all the rest.
    `words` are theirs, `avoid` those that lose them; `lead_with` are benefits in the order in which to look for one,
    `never_lead_with` benefits and KPIs that are somebody else's argument. `story` is what they are shown, in order,
    `backup` what waits behind it.
    """

    id: Id
    title: Text
    kpis: dict[Id, Annotated[int, Field(ge=1, le=5)]] = Field(min_length=1)
    measured_on: Text
    source: Id | None = None
    words: Many[Text] = Field(min_length=1)
    avoid: Many[Text] = Field(min_length=1)
    lead_with: Many[Id] = Field(min_length=1)
    never_lead_with: Many[Id] = Field(min_length=1)
    why_never: Text
    objections: Many[Objection] = Field(min_length=1)
    questions: Many[Text] = Field(min_length=1)
    decides: Text
    story: Many[ExhibitKind] = Field(min_length=1, max_length=8)
    backup: Many[ExhibitKind] = ()

    @model_validator(mode="after")
    def _heaviest_first(self) -> Self:
        weights = list(self.kpis.values())
        if weights != sorted(weights, reverse=True):
            raise ValueError("its KPIs run from the heaviest to the lightest")
        return self

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for name in dict.fromkeys((*self.story, *self.backup)):
            if (*self.story, *self.backup).count(name) > 1:
                raise ValueError(f"{name!r} is shown twice")
        return self


class ProposedEffect(LibraryRecord):
    """A size to start from: signed share, or points for a metric counted in points; positive is better.

    A size that is our judgement (grade J) says so in its note; any other rests on a source.
    """

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

    @model_validator(mode="after")
    def _says_whose_it_is(self) -> Self:
        if self.grade == "J" and OURS not in self.note.lower():
            raise ValueError(f"a size of grade J needs a note that says it is {OURS}")
        if self.grade != "J" and not self.sources:
            raise ValueError(f"a size of grade {self.grade} needs a source")
        return self


class CostShape(LibraryRecord):
    """Which kinds of cost to expect and when, never an amount: `mostly` once, running, or both alike."""

    mostly: Literal["one_time", "running", "both"]
    kinds: Many[CostCategory] = Field(min_length=1)
    words: Text


class Pace(LibraryRecord):
    """What else must be in place, one sentence each."""

    processes: Text
    attitudes: Text
    communication: Text
    evaluation: Text


class Checkpoint(LibraryRecord):
    """When to look, at what, and when to stop; `month` counts from the start of the investment."""

    month: float = Field(gt=0)
    indicator: Text
    stop_if: Text


class LibraryInitiative(LibraryRecord):
    """An investment to choose from; its fields are proposals for a case's own.

    `requires` names library entries it is best built on, `needs` and `pace` say in words what else must be in
    place, `pilot` what to try first where no credible effect size is known, `owner_source` the evidence for the
    owner. `sources` and `against` are evidence for and against the practice as such, and `note` says what it
    shows and what it does not; an entry without effects is a foundation, or something nobody has measured.
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
    note: Text
    sources: Many[Id] = ()
    against: Many[Id] = ()
    cost_shape: CostShape
    needs: Many[Text] = Field(min_length=1)
    pace: Pace
    leading_indicator: Text
    checkpoint: Checkpoint
    pilot: Text | None = None

    @model_validator(mode="after")
    def _has_an_effect_or_a_pilot(self) -> Self:
        if not self.effects and not self.pilot:
            raise ValueError("an investment without an effect needs a pilot")
        return self


class Evidence(LibraryRecord):
    """One thing that may be cited; only `use: effect` may inform a proposed size.

    `year` and `population` (who or what was measured) are None where the source does not say; `counter` names
    evidence that points the other way, which names this one in return.
    """

    id: Id
    grade: Literal["A", "B", "C"]
    use: Literal["context", "effect"]
    lever: Id | None = None
    source: Text
    year: int | None
    population: Text | None
    statement: Text
    caveat: Text | None = None
    counter: Many[Id] = ()


class StartingValue(LibraryRecord):
    """What to begin with where a company does not know an input: always our estimate, always to be replaced.

    `value` is in the input's unit, or a multiple of the input `of`, so that money fits any currency. A `neutral`
    one is chosen so that leaving it adds no benefit.
    """

    value: float
    of: Id | None = None
    neutral: bool = False
    note: Text
    status: Literal["default"] = "default"
    grade: Literal["J"] = "J"

    def amount(self, known: Mapping[str, float]) -> float:
        """The value in the input's unit; `known` holds the inputs of the same group by id."""
        return self.value if self.of is None else self.value * known[self.of]


class StartingValues(LibraryRecord):
    """A shape of company and its starting values by input, in the order of the catalogue."""

    id: Id
    label: Text
    description: Text
    values: dict[Id, StartingValue]


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


class StartingFile(LibraryRecord):
    """The file starting_values.yaml: what must be asked (with the reason), what is common, what differs by shape."""

    ask: dict[Id, Text]
    common: dict[Id, StartingValue]
    shapes: Many[StartingValues]


class LookFile(LibraryRecord):
    """The file look.yaml."""

    colours: dict[str, Colour]


class VersionFile(LibraryRecord):
    """The file version.yaml."""

    version: Text
