"""The verdict: invest, invest in stages, pilot first or do not invest, decided by arithmetic alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

VerdictId = Literal["invest", "stage", "pilot", "do_not_invest"]

#: A chance of loss up to which money may be released at once, and from which a pilot comes first. Our judgement.
CALM, RISKY = 0.05, 0.25
#: Weak evidence: more than this share of the return is lost without vendor studies and our own estimates.
WEAK = 0.5


@dataclass(frozen=True)
class Grounds:
    """What the verdict is decided from: net present values of one option, money in the case's currency.

    `counted`: in the scenario that counts; `expected`: in the scenario `base`, None where the case has none; `stress`:
    the lowest of all scenarios; `proven`: counted without effects of vendor studies and our own estimates;
    `chance_apart` and `chance_together`: of a loss, 0 to 1, where effects vary one by one, and where they succeed or
    fail together; `best`: counted of its best version, the whole among them; `checkpoints`: how many investments have
    one; `costs`: present value of costs.
    """

    counted: float
    expected: float | None
    stress: float
    proven: float
    chance_apart: float
    chance_together: float
    best: float
    checkpoints: int
    costs: float

    @property
    def chance_of_loss(self) -> float:
        """The higher of both: a programme's effects share their people, their sponsor and their luck."""
        return max(self.chance_apart, self.chance_together)

    @property
    def weak(self) -> bool:
        """Whether most of a positive return rests on vendor studies and our own estimates."""
        return self.counted > 0 and self.counted - self.proven > WEAK * self.counted


@dataclass(frozen=True)
class Verdict:
    """What to do, the ids of the reasons in the order of their weight, and the numbers they are told with."""

    id: VerdictId
    reasons: tuple[str, ...]
    grounds: Grounds


def verdict(grounds: Grounds) -> Verdict:
    """The verdict on one option.

    A return at or below zero is refused, unless no part of it pays either, what is expected does, and only the lack of
    evidence speaks against it: then a pilot can settle it. A positive one is piloted where it rests on weak evidence
    and a loss is likely, released in stages where something can still turn it into a loss, and at once where even
    everything low at once pays.
    """
    if grounds.counted <= 0:
        if grounds.best > 0:
            return Verdict("do_not_invest", ("loses", "part_pays", *_loss(grounds)), grounds)
        learnable = grounds.expected is not None and grounds.expected > 0 and grounds.costs > 0
        if learnable:
            return Verdict("pilot", ("loses_when_adjusted", "pays_if_expected", *_loss(grounds)), grounds)
        return Verdict("do_not_invest", ("loses", *_loss(grounds)), grounds)
    if grounds.weak and grounds.chance_of_loss > RISKY:
        return Verdict("pilot", ("pays", "weak_evidence", "likely_loss", *_stress(grounds)), grounds)
    doubts = (*_weak(grounds), *_loss(grounds), *_stress(grounds))
    if any(doubt in doubts for doubt in ("weak_evidence", "some_loss", "likely_loss", "stress_loses")):
        held = "checkpoints" if grounds.checkpoints else "no_checkpoint"
        return Verdict("stage", ("pays", *doubts, held), grounds)
    return Verdict("invest", ("pays", *doubts), grounds)


def _weak(grounds: Grounds) -> tuple[str, ...]:
    return ("weak_evidence",) if grounds.weak else ()


def _loss(grounds: Grounds) -> tuple[str, ...]:
    if grounds.chance_of_loss > RISKY:
        return ("likely_loss",)
    return ("some_loss",) if grounds.chance_of_loss > CALM else ("rare_loss",)


def _stress(grounds: Grounds) -> tuple[str, ...]:
    return ("stress_loses",) if grounds.stress < 0 else ("stress_pays",)
