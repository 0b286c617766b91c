"""The exhibits of a pitch: each a conclusion with its number, its evidence, and where it comes from."""

from casebuilder.pitch.exhibits.carrying import assumptions
from casebuilder.pitch.exhibits.cash import cash_flow
from casebuilder.pitch.exhibits.futures import scenarios
from casebuilder.pitch.exhibits.measure import kpi
from casebuilder.pitch.exhibits.money import benefits
from casebuilder.pitch.exhibits.opening import cover, decision

__all__ = ["assumptions", "benefits", "cash_flow", "cover", "decision", "kpi", "scenarios"]
