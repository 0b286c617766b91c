"""Readiness: what is most likely to stop delivery, what slower delivery would cost, and what to ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casebuilder.analysis.study import State, Study
from casebuilder.case import library
from casebuilder.case.library import Factor
from casebuilder.case.readiness_records import ItemId, Obstacle, Step
from casebuilder.case.records.stakeholders import Readiness


@dataclass(frozen=True)
class Rated:
    """One success factor and its rating, 1 to 5; None is not rated, and nothing is assumed for it."""

    factor: Factor
    rating: int | None


@dataclass(frozen=True)
class Gap:
    """One item of the self-rating, both 1 to 5; `gap` is how far what is done stays behind what matters."""

    item: ItemId
    importance: int
    effectiveness: int

    @property
    def gap(self) -> int:
        """Importance less effectiveness: above zero it falls short."""
        return self.importance - self.effectiveness


@dataclass(frozen=True)
class Slower:
    """What a step would do to net present value, in the case's currency; the case itself stays as it is.

    `now` as it stands, `ramps` with every ramp longer, `takeup` with every take-up lower, `both` with both.
    """

    step: Step
    now: float
    ramps: float
    takeup: float
    both: float


@dataclass(frozen=True)
class Assessment:
    """The six factors in order, the obstacle most likely to stop delivery, and what follows.

    `weakest` is the factor behind the obstacle; both are None where none is rated low. `asks` are the factors whose
    condition to ask for, the lowest first. `mean` is of the rated factors; `slower` is None where too few are rated
    or their mean is high, and is a suggestion, our own judgement. `there` are the library investments that the run
    has already, `gaps` the self-rating, the widest gap first.
    """

    factors: tuple[Rated, ...]
    weakest: Rated | None
    obstacle: Obstacle | None
    asks: tuple[Factor, ...]
    mean: float | None
    slower: Slower | None
    there: frozenset[str]
    gaps: tuple[Gap, ...]

    @property
    def unrated(self) -> tuple[Factor, ...]:
        """The factors that nobody has rated."""
        return tuple(one.factor for one in self.factors if one.rating is None)


def readiness(own: Study) -> Assessment:
    """The assessment of the study's case, with the effect of a slower delivery on the study's run as one batch."""
    found, file = rated(own.case.readiness), library.readiness()
    low = obstructing(found)
    weakest = low[0] if low else None
    known = [one.rating for one in found if one.rating is not None]
    return Assessment(
        factors=found,
        weakest=weakest,
        obstacle=next((o for o in file.obstacles if weakest and o.id == weakest.factor.obstacle), None),
        asks=tuple(one.factor for one in low),
        mean=sum(known) / len(known) if known else None,
        slower=_slower(own, step(known)),
        there=frozenset(i.use or i.id for i in own.case.initiatives if i.id in own.members),
        gaps=gaps(own.case.readiness),
    )


def rated(given: Readiness) -> tuple[Rated, ...]:
    """Every factor with its rating, in the order of the library."""
    return tuple(Rated(factor, getattr(given, factor.id)) for factor in library.readiness().factors)


def obstructing(found: Sequence[Rated]) -> list[Rated]:
    """Factors rated below firm, the lowest first; of equals the one whose obstacle firms meet first."""
    file = library.readiness()
    order = [obstacle.id for obstacle in file.obstacles]
    low = [(one.rating, one) for one in found if one.rating is not None]
    low = [(rating, one) for rating, one in low if rating < file.judgement.firm_from]
    return [one for _, one in sorted(low, key=lambda it: (it[0], order.index(it[1].factor.obstacle)))]


def step(ratings: Sequence[int]) -> Step | None:
    """What these ratings suggest; None where there are too few of them or their mean is high."""
    judged = library.readiness().judgement
    if len(ratings) < judged.least_rated:
        return None
    mean = sum(ratings) / len(ratings)
    return next((one for one in judged.steps if mean < one.below), None)


def gaps(given: Readiness) -> tuple[Gap, ...]:
    """The self-rating, the widest gap first, of equals the more important one; what is not rated is left out."""
    own = given.self_rating
    found = [
        Gap(id, own[id].importance, own[id].effectiveness) for id in library.readiness().items if id in own
    ]
    return tuple(sorted(found, key=lambda one: (-one.gap, -one.importance)))


def longer_ramps(own: Study, found: Step) -> State:
    """The inputs of a study in which every investment of the run takes longer to its full effect, in months."""
    keys = [f"initiatives[{id}].ramp_months" for id in own.members]
    return {key: own.inputs[key] * found.ramps_times for key in keys}


def lower_takeup(own: Study, found: Step) -> State:
    """The inputs of a study in which every investment of the run is taken up by fewer, never by fewer than none."""
    keys = [f"initiatives[{id}].adoption" for id in own.members]
    return {key: max(0.0, own.inputs[key] - found.adoption_less) for key in keys}


def _slower(own: Study, found: Step | None) -> Slower | None:
    if found is None or not own.members:
        return None
    ramps, takeup = longer_ramps(own, found), lower_takeup(own, found)
    now, slow, few, both = own.states([{}, ramps, takeup, {**ramps, **takeup}])["npv"].tolist()
    return Slower(found, now, slow, few, both)
