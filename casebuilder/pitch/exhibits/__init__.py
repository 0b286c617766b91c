"""The exhibits of a pitch: each a conclusion with its number, its evidence, and where it comes from."""

from casebuilder.pitch.exhibits.against import against, objections
from casebuilder.pitch.exhibits.asking import ask, heads_up
from casebuilder.pitch.exhibits.asks import asks
from casebuilder.pitch.exhibits.carrying import assumptions
from casebuilder.pitch.exhibits.cascade import cascade
from casebuilder.pitch.exhibits.cash import cash_flow
from casebuilder.pitch.exhibits.chain import change
from casebuilder.pitch.exhibits.chance import distribution
from casebuilder.pitch.exhibits.checkpoints import proof
from casebuilder.pitch.exhibits.choice import attribution, versions
from casebuilder.pitch.exhibits.doubt import homework, must_be_true, tornado
from casebuilder.pitch.exhibits.futures import scenarios
from casebuilder.pitch.exhibits.lifetime import lifetime_value, value_at_stake
from casebuilder.pitch.exhibits.measure import kpi
from casebuilder.pitch.exhibits.money import benefits
from casebuilder.pitch.exhibits.moving import bridge, cuts
from casebuilder.pitch.exhibits.opening import cover, decision
from casebuilder.pitch.exhibits.readiness import readiness
from casebuilder.pitch.exhibits.reference import method, others, sources
from casebuilder.pitch.exhibits.release import frontier, stages
from casebuilder.pitch.exhibits.roadmap import roadmap
from casebuilder.pitch.exhibits.ruling import verdict
from casebuilder.pitch.exhibits.split import money
from casebuilder.pitch.exhibits.support import fit

__all__ = [
    "against",
    "ask",
    "asks",
    "assumptions",
    "attribution",
    "benefits",
    "bridge",
    "cascade",
    "cash_flow",
    "change",
    "cover",
    "cuts",
    "decision",
    "distribution",
    "fit",
    "frontier",
    "heads_up",
    "homework",
    "kpi",
    "lifetime_value",
    "method",
    "money",
    "must_be_true",
    "objections",
    "others",
    "proof",
    "readiness",
    "roadmap",
    "scenarios",
    "sources",
    "stages",
    "tornado",
    "value_at_stake",
    "verdict",
    "versions",
]
