"""A disappointing answer goes on: what drags it, which smaller version pays, and the numbers that would turn it."""

from __future__ import annotations

from dataclasses import dataclass

from casebuilder.analysis.break_even import BreakEven
from casebuilder.analysis.options import Choice
from casebuilder.analysis.ways_on import WaysOn
from casebuilder.pitch import numbers
from casebuilder.pitch.assumed import NOBODY, Assumed, assumed, stands_behind
from casebuilder.pitch.exhibits.choice import listed, quoted_names
from casebuilder.pitch.view import View
from casebuilder.pitch.words import start


@dataclass(frozen=True)
class Help:
    """What to say after an answer that disappoints: the answer, then what drags, pays and turns it, line by line."""

    title: str
    drags: tuple[str, ...]
    smaller: str
    turns: tuple[str, ...]


def help_on(view: View, found: WaysOn) -> Help:
    """The block below a disappointing answer; every line has its amount."""
    npv = view.text(abs(found.npv), "money")
    title = f"As it stands it loses {npv}" if found.npv <= 0 else f"It returns {npv}, but not soon enough"
    return Help(title, _drags(view, found), _smaller(view, found.smaller), _turns(view, found))


def _drags(view: View, found: WaysOn) -> tuple[str, ...]:
    names = quoted_names(view)
    lines = tuple(
        f"{listed([names[id] for id in block])} {'takes' if len(block) == 1 else 'together take'} "
        f"{view.text(-worth, 'money')} more than {'it brings' if len(block) == 1 else 'they bring'}"
        for block, worth in found.drags
    )
    return lines or ("No investment makes the return smaller; together they bring too little or too late.",)


def _smaller(view: View, choice: Choice | None) -> str:
    if choice is None:
        return "No smaller version of it pays."
    names = quoted_names(view)
    back = "" if choice.payback_months is None else f", back after {numbers.months(choice.payback_months)}"
    return (
        f"{listed([names[id] for id in choice.initiatives])} alone: costs {view.text(choice.cost, 'money')}, "
        f"returns {view.text(choice.npv, 'money')}{back}"
    )


def _turns(view: View, found: WaysOn) -> tuple[str, ...]:
    named = assumed(view.case)
    lines = tuple(_turn(view, each, named[each.range.path]) for each in found.turns)
    return lines or ("No single number turns it within what that number can be.",)


def _turn(view: View, each: BreakEven, words: Assumed) -> str:
    assert each.value is not None
    now, then = (words.text(value, view.currency) for value in (each.range.at, each.value))
    behind = stands_behind(view.case, each.range.path)
    who = "nobody stands behind it yet" if behind == NOBODY else f"behind it stands {behind}"
    far = " and that is inside its own range" if each.in_range else ""
    return f"{start(words.phrase)}: {then} instead of {now}{far}; {who}"
