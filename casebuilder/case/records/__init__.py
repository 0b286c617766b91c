"""The records of a case: what the file says, as frozen, validated Python objects."""

from casebuilder.case.library_records import CostCategory
from casebuilder.case.records.case import Case
from casebuilder.case.records.company import Actuals, Company, Decision, InputStatus, Plan, Stage
from casebuilder.case.records.customers import ExperienceScore, JourneyStage, Problem, Segment
from casebuilder.case.records.initiatives import (
    Agreed,
    CostItem,
    Effect,
    Gate,
    Grade,
    Initiative,
)
from casebuilder.case.records.lines import CustomLine, HeadlineShare, LineClass
from casebuilder.case.records.operations import Finance, People, Risk, Sales, Service
from casebuilder.case.records.review import Doubt, DoubtKind, KeptDoubts, OpenPoint, Review
from casebuilder.case.records.scenarios import Scenario
from casebuilder.case.records.stakeholders import (
    Accountability,
    Driver,
    Private,
    Readiness,
    SelfRating,
    Stakeholder,
)

__all__ = [
    "Accountability",
    "Actuals",
    "Agreed",
    "Case",
    "Company",
    "CostCategory",
    "CostItem",
    "CustomLine",
    "Decision",
    "Doubt",
    "DoubtKind",
    "Driver",
    "Effect",
    "ExperienceScore",
    "Finance",
    "Gate",
    "Grade",
    "HeadlineShare",
    "Initiative",
    "InputStatus",
    "JourneyStage",
    "KeptDoubts",
    "LineClass",
    "OpenPoint",
    "People",
    "Plan",
    "Private",
    "Problem",
    "Readiness",
    "Review",
    "Risk",
    "Sales",
    "Scenario",
    "Segment",
    "SelfRating",
    "Service",
    "Stage",
    "Stakeholder",
]
