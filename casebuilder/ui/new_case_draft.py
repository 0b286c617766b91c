"""What has been typed on the page of a new case: the answers so far, the totals they tell and the case they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from casebuilder.case import CaseError, library
from casebuilder.case.library import StartingValues
from casebuilder.case.records.totals import Part
from casebuilder.case.totals import Derived, derive, read_totals
from casebuilder.case.totals_asked import Answer, Asked, Told, Way, asked, questions, told
from casebuilder.case.typed import Unreadable, in_currency, typed

#: The currencies most used are offered first; any other code can be typed.
CURRENCIES = ("USD", "EUR", "GBP", "CHF", "JPY", "CAD", "AUD", "SEK", "INR", "BRL")
NAME, CURRENCY, DAY, SHAPE, IN_MARGIN = "new:name", "new:currency", "new:day", "new:shape", "new:in_margin"
CUT, SCORE, SCORED, SCORED_ON = "new:cut", "new:score", "new:scored", "new:scored_on"
#: Sentences of what is wrong that are shown; more of them say no more.
MOST_SENTENCES = 6


@dataclass(frozen=True)
class Draft:
    """The answers typed so far: what they tell, why a text is none, and the fields said to be not known."""

    told: Told
    unreadable: dict[str, str]
    unknown: frozenset[str]

    @property
    def answered(self) -> int:
        """Questions of which something is told, or said to be not known."""
        settled = set(self.unknown) | (set(self._fields) - set(self.told.problems) - set(self.unreadable))
        return sum(any(field.total in settled for field in question.fields) for question in questions())

    @property
    def _fields(self) -> Iterator[str]:
        return (name for name in asked() if text_of(name).strip())


def field(total: str) -> str:
    """The key of the field of a total."""
    return f"new:total:{total}"


def unit(total: str) -> str:
    """The key of the unit beside it."""
    return f"new:unit:{total}"


def text_of(total: str) -> str:
    """What stands in the field of a total."""
    return str(st.session_state.get(field(total)) or "")


def units(each: Asked) -> list[tuple[str, float]]:
    """What a field may be counted in: way and scale of money, the usual first."""
    return [(way.id, scale) for way in each.ways for scale in (way.scales if way.kind == "money" else (1.0,))]


def chosen_unit(each: Asked) -> tuple[Way, float]:
    """The way and the scale that are chosen beside a field; the usual ones where nothing that is offered is."""
    choices = units(each)
    chosen = st.session_state.get(unit(each.total))
    id, scale = chosen if chosen in choices else choices[0]
    return next(way for way in each.ways if way.id == id), scale


def draft() -> Draft:
    """What has been typed so far."""
    answers: dict[str, Answer] = {}
    unreadable: dict[str, str] = {}
    unknown = set()
    for name, each in asked().items():
        try:
            found = _answer(each)
        except Unreadable as problem:
            unreadable[name] = str(problem)
            continue
        if found is not None:
            answers[name] = found
        elif text_of(name).strip():
            unknown.add(name)
    return Draft(told(answers), unreadable, frozenset(unknown))


def _answer(each: Asked) -> Answer | None:
    """What was typed, read in the unit that is chosen beside it; None where nothing is, or it is not known."""
    way, scale = chosen_unit(each)
    found = typed(text_of(each.total), "" if scale > 1 else way.kind)
    if found is None:
        return None
    in_currency(found, currency())
    return Answer(found, way, scale)


def shape() -> StartingValues:
    """What a company of the chosen shape begins with."""
    shapes = library.starting_values()
    return shapes[st.session_state.get(SHAPE) or next(iter(shapes))]


def currency() -> str:
    """The code of the currency."""
    return str(st.session_state.get(CURRENCY) or CURRENCIES[0])


def made(found: Draft) -> Derived | str:
    """The case that the answers make, or why they make none."""
    name = str(st.session_state.get(NAME) or "").strip()
    if not name:
        return "The company needs a name."
    try:
        parts = _parts()
        totals = read_totals(found.told.values | {"support_in_margin": bool(st.session_state.get(IN_MARGIN))})
        day = st.session_state.get(DAY) or date.today()
        return derive(
            totals, name, currency(), day,
            parts=parts, start=shape(), ranges=found.told.ranges, scores=_scores(),
        )  # fmt: skip
    except CaseError as error:
        return " ".join(str(fault) for fault in error.problems[:MOST_SENTENCES])
    except Unreadable as problem:
        return str(problem)


def _scores() -> list[dict[str, Any]]:
    """The score as it stands in the case; it has no part in any amount."""
    name, value = str(st.session_state.get(SCORE) or "").strip(), st.session_state.get(SCORED)
    if not name or value is None:
        return []
    day = st.session_state.get(SCORED_ON)
    return [{"name": name, "value": float(value)} | ({"as_of": day} if day else {})]


def _parts() -> tuple[Part, ...]:
    """Two segments by shares of the totals; none where the company is not cut."""
    if not st.session_state.get(CUT):
        return ()
    names = [str(st.session_state.get(f"{CUT}:name:{n}") or "").strip() for n in (0, 1)]
    if not all(names) or names[0] == names[1]:
        raise Unreadable("Two segments need two different names.")
    shares = {what: _share(what) for what in ("customers", "revenue")}
    missing = [what for what, share in shares.items() if share is None]
    if missing:
        raise Unreadable(
            f"The first segment's share of {' and of '.join(missing)} is needed, between 0 and 100 %."
        )
    lost = _share("lost")
    first = {what: float(share or 0.0) for what, share in shares.items()}
    second = {what: 1 - share for what, share in first.items()}
    own = ({}, {}) if lost is None else ({"lost": lost}, {"lost": 1 - lost})
    return (Part(name=names[0], **first, **own[0]), Part(name=names[1], **second, **own[1]))


def _share(what: str) -> float | None:
    """The first segment's share of a total, between none and all of it."""
    found = typed(str(st.session_state.get(f"{CUT}:{what}") or ""))
    if found is None:
        return None
    if found.is_range or not 0 < found.value < 100:
        raise Unreadable(f"The share of {what} lies between 0 and 100 %.")
    return round(found.value / 100, 12)
