"""Who put their name to what: effects and shares once agreed, other numbers once confirmed, and what is signed."""

from __future__ import annotations

from casebuilder.analysis.study import effect_path
from casebuilder.case import Case
from casebuilder.case.records.initiatives import Agreed, Effect
from casebuilder.case.records.lines import HeadlineShare


def effects_by_path(case: Case) -> dict[str, Effect]:
    """Every effect of the case by its path."""
    return {effect_path(i.id, effect): effect for i in case.initiatives for effect in i.effects}


def signed_effects(case: Case) -> frozenset[str]:
    """Paths of the effects that are agreed, or that stand among what a stakeholder signed."""
    return frozenset(path for path in effects_by_path(case) if is_signed(case, path))


def is_signed(case: Case, path: str) -> bool:
    """Whether somebody stands behind the effect or the number at a path of the case; see `signed_by`."""
    return signed_by(case, path) is not None


def signed_by(case: Case, path: str) -> str | None:
    """Who stands behind the effect or the number at a path: a name, or the persona of a stakeholder; None for nobody.

    Empty where a number is confirmed and nobody is named. A signature under a record, such as a segment, covers the
    numbers in it; effects are agreed or signed one by one.
    """
    effects, record = effects_by_path(case), path.rpartition(".")[0]
    place = record if record in effects else path
    agreed = effects[place].agreed if place in effects else _agreed_share(case, path)
    if agreed is not None:
        return agreed.by
    places = {place} if place in effects else {path, record}
    signed = [s.persona for s in case.stakeholders if not places.isdisjoint(s.signed)]
    if signed or place in effects:
        return signed[0] if signed else None
    stated = case.inputs.get(path)
    return (stated.owner or "") if stated is not None and stated.status == "confirmed" else None


def _agreed_share(case: Case, path: str) -> Agreed | None:
    line = path.removeprefix("headline_shares.").removesuffix(".share")
    given = case.headline_shares.get(line) if path.startswith("headline_shares.") else None
    return given.agreed if isinstance(given, HeadlineShare) else None
