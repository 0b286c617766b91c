"""The case: everything one file holds, and what follows from it without computing anything."""

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from casebuilder.case.paths import PRIVATE, readable
from casebuilder.case.plain import plain
from casebuilder.case.records.base import Id, Many, Name, Record, Text
from casebuilder.case.records.company import Actuals, Company, Decision, InputStatus, Plan
from casebuilder.case.records.customers import ExperienceScore, Problem, Segment
from casebuilder.case.records.initiatives import Grade, Initiative
from casebuilder.case.records.lines import CustomLine, HeadlineShare
from casebuilder.case.records.operations import Finance, People, Risk, Sales, Service
from casebuilder.case.records.review import Review
from casebuilder.case.records.scenarios import Scenario, builtin_scenarios, usual_haircuts
from casebuilder.case.records.stakeholders import Readiness, Stakeholder
from casebuilder.case.reserved import DO_NOTHING
from casebuilder.case.rules import broken_rules
from casebuilder.case.shape import Shape

#: The scenario that counts where the case names none.
USUAL_HEADLINE = "risk_adjusted"

# The tags below appear in pydantic's places and never in a file: no key begins with "<".
_SHORT, _LONG = "<short>", "<long>"


def _spelling(value: Any) -> str:
    return _LONG if isinstance(value, dict | list | tuple | Record) else _SHORT


Share = Annotated[float, Field(ge=0, le=1)]
ScenarioEntry = Annotated[
    Annotated[Literal["builtin"], Tag(_SHORT)] | Annotated[Scenario, Tag(_LONG)], Discriminator(_spelling)
]
OptionEntry = Annotated[
    Annotated[Literal["all"], Tag(_SHORT)] | Annotated[Many[Id], Tag(_LONG)], Discriminator(_spelling)
]
ShareEntry = Annotated[
    Annotated[Share, Tag(_SHORT)] | Annotated[HeadlineShare, Tag(_LONG)], Discriminator(_spelling)
]


class Case(Record):
    """One business case; fields, units, bounds and defaults are explained in docs/case.md."""

    casebuilder: Literal[1] = Field(description="Version of the file format")
    title: Name
    company: Company
    decision: Decision = Decision()
    actuals: Actuals = Actuals()
    plan: Plan = Plan()
    inputs: dict[Text, InputStatus] = Field(default_factory=dict)
    problems: Many[Problem] = Field(default=(), max_length=200)
    experience_scores: Many[ExperienceScore] = Field(default=(), max_length=50)
    segments: Many[Segment] = Field(default=(), min_length=1, max_length=30)
    sales: Sales = Sales()
    service: Service = Service()
    people: People = People()
    risk: Risk = Risk()
    finance: Finance = Finance()
    limits: dict[Name, float] = Field(default_factory=dict)
    headline_shares: dict[Name, ShareEntry] = Field(default_factory=dict)
    haircuts: dict[Grade, Share] = Field(default_factory=dict)
    initiatives: Many[Initiative] = Field(default=(), max_length=100)
    options: dict[Id, OptionEntry] = Field(default_factory=dict, max_length=12)
    custom_lines: Many[CustomLine] = Field(default=(), max_length=100)
    stakeholders: Many[Stakeholder] = Field(default=(), max_length=50)
    readiness: Readiness = Readiness()
    scenarios: dict[Id, ScenarioEntry] = Field(default_factory=dict, min_length=1, max_length=12)
    review: Review = Review()

    @model_validator(mode="after")
    def _rules_hold(self, info: ValidationInfo) -> "Case":
        """What no single field can say; the reader of files checks the same rules itself, with lines."""
        if not (info.context or {}).get("rules_checked"):
            data = self.model_dump(by_alias=True, exclude_unset=True)
            flaws = tuple(broken_rules(data, case_shape()))
            if flaws:
                said = " ".join(f"{readable(flaw.place, data)}: {flaw.found}." for flaw in flaws)
                raise PydanticCustomError("rules", "{said}", {"said": said, "flaws": flaws})
        return self

    @property
    def periods(self) -> int:
        """Number of model periods T; period 0, the decision date, is not counted."""
        return self.company.years * self.company.periods_per_year

    @property
    def scenario_table(self) -> dict[str, Scenario]:
        """The scenarios by id, in the case's order, built-in ones resolved; the four built-in ones if it has none."""
        usual = builtin_scenarios()
        table = {
            key: usual[key] if isinstance(entry, str) else entry for key, entry in self.scenarios.items()
        }
        return table or usual

    @property
    def headline(self) -> str:
        """Id of the scenario that counts."""
        table = self.scenario_table
        return self.company.headline or (USUAL_HEADLINE if USUAL_HEADLINE in table else next(iter(table)))

    @property
    def option_table(self) -> dict[str, frozenset[str]]:
        """Option id -> ids of the initiatives in it, in the case's order; `do_nothing`, with none, is always last."""
        everything = frozenset(initiative.id for initiative in self.initiatives)
        table = {
            key: everything if isinstance(entry, str) else frozenset(entry)
            for key, entry in self.options.items()
        }
        return {**table, DO_NOTHING: frozenset()}

    @property
    def haircut_table(self) -> dict[Grade, float]:
        """What the risk adjustment takes off an effect, by grade (share of its size), the case's own values first."""
        return usual_haircuts() | self.haircuts

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with some fields replaced, not checked; its fingerprint is its own."""
        copied = super().model_copy(update=update, deep=deep)
        copied.__dict__.pop("fingerprint", None)
        return copied

    @cached_property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that change with anything the case says, except what is private.

        The same for YAML and JSON, for any order of keys, and whether a default is written out or left out.
        """
        said = plain(self.model_dump(by_alias=True, exclude_defaults=True), dates_as_text=True)
        for stakeholder in said.get("stakeholders", ()):
            stakeholder.pop(PRIVATE, None)
        content = json.dumps({"headline": self.headline, "said": said}, sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(content.encode("ascii")).hexdigest()[:12]


@lru_cache(maxsize=1)
def case_shape() -> Shape:
    """What a case file may hold, to be asked about places."""
    return Shape(Case.model_json_schema(by_alias=True))
