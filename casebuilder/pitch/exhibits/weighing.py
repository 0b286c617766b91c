"""What speaks against a case: every doubt that its numbers know of, with its arithmetic and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from casebuilder.analysis.break_even import BreakEven
from casebuilder.analysis.certainty import Certainty
from casebuilder.analysis.evidence import WEAK_GRADES
from casebuilder.analysis.study import effect_key, effect_path
from casebuilder.analysis.verdict import CALM, RISKY, WEAK
from casebuilder.case import library
from casebuilder.case.library import Evidence
from casebuilder.case.library_records import CostCategory
from casebuilder.case.records.initiatives import Initiative
from casebuilder.pitch import numbers
from casebuilder.pitch.assumed import NOBODY, Assumed, assumed, person, stands_behind
from casebuilder.pitch.cited import (
    Cited,
    checkpoints,
    effects_of,
    investments_of,
    study_graded,
    weak_words,
    without_gains,
)
from casebuilder.pitch.cited import against as known_against
from casebuilder.pitch.exhibits.choice import listed
from casebuilder.pitch.exhibits.doubt import bearable
from casebuilder.pitch.exhibits.ruling import NAMES, reasons, remaining
from casebuilder.pitch.exhibits.ruling import chance as chance_text
from casebuilder.pitch.view import LEANS, View
from casebuilder.pitch.words import inside, scenario_label

#: Doubts of one kind told.
OF_A_KIND = 2
#: Warnings about the money of a case, each with what it is and what to do about it.
WARNED = {
    "requirement_off": ("Something is paid for that cannot work", "Switch on what it needs, or take it out."),
    "beyond_horizon": ("The money does not come back", "Release it only for a reason that is not money."),
    "only_optimistic": ("It pays only if everything goes well", "Do not release it on that scenario."),
    "one_line": ("One benefit carries it", "Test this benefit first, and hold the rest until it shows."),
    "above_revenue": ("The gains are large for a company of this size", "Have finance sign the largest."),
    "price_without_response": ("Nobody is expected to mind a higher price", "Try it in one segment first."),
    "price_too_fast": ("Prices rise faster than contracts renew", "Count it from renewal to renewal."),
    "cut_off": ("New customers cost more than they bring in time", "Check what one more win costs."),
    "beyond_sales_capacity": ("More is sold than people can sell", "Name who will close these deals."),
    "faster_than_attrition": ("Positions go faster than people leave", "Agree on a slower pace first."),
    "baseline_drift": ("Today's numbers may not fit together", "Check them before anything else."),
    "actuals": ("The inputs do not meet last year's books", "Reconcile them with finance."),
    "plan": ("Doing nothing does not meet the company's plan", "Reconcile it with the plan's owner."),
}
#: Kinds of cost that read better in other words than their id.
COSTS = {"change": "change and training", "running": "running cost", "data": "data clean-up"}


@dataclass(frozen=True)
class Doubt:
    """One doubt: what it is, how much, our answer; `short` says it in a title, `turns` that it alone ends the case."""

    what: str
    much: str
    answer: str
    short: str
    turns: bool = False


def doubts(view: View, certainty: Certainty) -> Iterator[Doubt]:
    """Every doubt; among those that weigh alike, what is known today comes before what may happen."""
    yield from _loses(view, certainty)
    yield from _weak(view, certainty)
    yield from _studies(view, certainty)
    yield from _harm(view, certainty)
    yield from _alone(view, certainty)
    yield from _chance(view, certainty)
    yield from _worst(view, certainty)
    yield from _warned(view)
    yield from _not_stated(view, certainty)
    yield from _unsigned(view, certainty)
    yield from _closest(view, certainty)


def _left(view: View, left: float) -> str:
    """What is left of the return, or what a loss becomes."""
    npv = view.asked.npv
    return remaining(view, left, npv) if npv > 0 else f"the loss becomes {view.text(-left, 'money')}"


def _ends(view: View, left: float) -> bool:
    return left <= 0 < view.asked.npv


def _loses(view: View, certainty: Certainty) -> Iterator[Doubt]:
    npv, asked = view.asked.npv, view.asked
    if npv < 0:
        cost, gains = (view.text(asked.amount(key), "money") for key in ("pv_costs", "pv_benefits"))
        found = certainty.verdict
        part = found.grounds.best
        better = f" A part of it pays: {view.text(part, 'money')}." if part > 0 else ""
        much = f"Benefits of {gains} against costs of {cost}."
        yield Doubt(
            "It does not pay as counted", much, f"{NAMES[found.id]}.{better}", "it does not pay", True
        )


def _weak(view: View, certainty: Certainty) -> Iterator[Doubt]:
    """How much of the return nobody outside the sale or this room has measured."""
    effects = [each for each in effects_of(view) if each[1].grade in WEAK_GRADES]
    counted, left = view.asked.npv, certainty.verdict.grounds.proven
    if not effects or counted - left <= LEANS * max(counted, 0.0):
        return
    words = weak_words({effect.grade for _, effect in effects})
    part = "Part of it rests"
    if counted > 0:
        most = "Most of it rests" if counted - left > WEAK * counted else part
        part = "All of it rests" if left <= 0 else most
    much = f"Without them {_left(view, left)}."
    short = f"without {words} {_left(view, left)}"
    yield Doubt(f"{part} on {words}", much, _tested(view, effects), short, _ends(view, left))


def _tested(view: View, effects: Sequence[Cited]) -> str:
    """How many of these sizes somebody signed, and when the first of them is seen."""
    behind = [stands_behind(view.case, effect_path(i.id, effect)) for i, effect in effects]
    signed = sum(who != NOBODY for who in behind)
    verb = "are" if signed > 1 else "is"
    sizes = "these sizes" if len(effects) > 1 else "this size"
    every = numbers.count(len(effects))
    said = f"{numbers.count(signed) if signed else 'None'} of these {every} sizes {verb} signed so far."
    return f"{said if len(effects) > 1 else _one_signed(signed)} {checkpoints(_owners(effects), sizes)}"


def _one_signed(signed: int) -> str:
    return "The one size is signed." if signed else "Nobody has signed the one size."


def _owners(effects: Sequence[Cited]) -> list[Initiative]:
    """The investments of these effects, each once."""
    return list({initiative.id: initiative for initiative, _ in effects}.values())


def _studies(view: View, certainty: Certainty) -> Iterator[Doubt]:
    """Evidence that points the other way, by what would go if it is right."""
    questioned: dict[str, tuple[Evidence, list[Cited]]] = {}
    for initiative, effect in effects_of(view):
        for study in known_against(initiative, effect):
            questioned.setdefault(study.id, (study, []))[1].append((initiative, effect))
    if not questioned:
        return
    counted, rows = certainty.study, list(questioned.values())
    left = counted.states([without_gains(counted, effects) for _, effects in rows])["npv"].tolist()
    ranked = sorted(zip(left, rows, strict=True), key=lambda item: item[0])
    touching = [(npv, row) for npv, row in ranked if view.asked.npv - npv > LEANS * abs(view.asked.npv)]
    told: dict[tuple[int, ...], tuple[float, list[Evidence], list[Cited]]] = {}
    for npv, (one, effects) in touching:
        told.setdefault(tuple(id(effect) for _, effect in effects), (npv, [], effects))[1].append(one)
    for npv, found, effects in [*told.values()][:OF_A_KIND]:
        yield _study(view, sorted(found, key=lambda one: one.grade), effects, npv)


def _study(view: View, found: Sequence[Evidence], effects: Sequence[Cited], left: float) -> Doubt:
    """One doubt for the studies that question the same effects: the best says it, the others are named."""
    names = listed([f"“{initiative.name}”" for initiative in _owners(effects)])
    also = f"; also {listed([one.source for one in found[1:]])}" if found[1:] else ""
    contradicts = any(found[0].id in study.counter for study in _behind(effects))
    cite = "cites" if len(_owners(effects)) == 1 else "cite"
    questions = f"It contradicts what {names} {cite}" if contradicts else f"It questions {names}"
    return Doubt(
        f"{_first(found[0].statement)} ({_first(study_graded(found[0]))}{also})",
        f"{questions}: without these gains {_left(view, left)}.",
        checkpoints(_owners(effects), "this"),
        f"evidence against {names}; without these gains {_left(view, left)}",
        _ends(view, left),
    )


def _first(text: str) -> str:
    """A text up to its first semicolon; the page of sources has all of it."""
    return text.partition(";")[0].rstrip(".")


def _behind(effects: Sequence[Cited]) -> list[Evidence]:
    """The studies that these effects cite."""
    table = library.evidence()
    return [table[id] for _, effect in effects for id in effect.sources if id in table]


def _harm(view: View, certainty: Certainty) -> Iterator[Doubt]:
    """Investments that may make something worse, with all of it at its low end."""
    for initiative in investments_of(view):
        effects = [e for i, e in effects_of(view) if i.id == initiative.id and e.low < 0]
        keys = {effect_key(initiative.id, effect, "base"): effect.low for effect in effects}
        state = {key: min(low, certainty.study.inputs[key]) for key, low in keys.items()}
        if not state:
            continue
        left, words = certainty.study.npv(state), assumed(view.case)
        sizes = [_size(view, words[effect_path(initiative.id, e)], e.low) for e in effects]
        name = f"“{initiative.name}”"
        yield Doubt(
            f"{name} may do harm",
            f"At its low end {_left(view, left)}: {'; '.join(sizes)}.",
            checkpoints([initiative], "this"),
            f"{name} may do harm, and then {_left(view, left)}",
            _ends(view, left),
        )


def _size(view: View, words: Assumed, size: float) -> str:
    assert words.lever is not None
    return f"{inside(words.lever.label)} {words.text(size, view.currency)}"


def _alone(view: View, certainty: Certainty) -> Iterator[Doubt]:
    """Numbers that alone can bring the return to zero inside their own range."""
    if view.asked.npv <= 0:
        return
    turning = [found for found in certainty.break_evens if found.in_range and found.value is not None]
    words = assumed(view.case)
    for found in sorted(turning, key=lambda each: abs(each.room or 0.0))[:OF_A_KIND]:
        named = words[found.range.path]
        at, value = (named.text(each or 0.0, view.currency) for each in (found.range.at, found.value))
        given = named.given(found.range, view.currency)
        possible = f"{given} is possible" if given else "nobody has said how far it may move"
        behind = stands_behind(view.case, found.range.path)
        yield Doubt(
            f"{named.phrase[:1].upper()}{named.phrase[1:]} can end it alone",
            f"Counted on {at}; at {value} nothing is left, and {possible}.",
            "Confirm it before money is released: nobody has signed it yet."
            if behind == NOBODY
            else f"Watch it each quarter; {behind} stands behind it.",
            f"{named.phrase} alone ends it at {value} instead of {at}",
            turns=True,
        )


def _chance(view: View, certainty: Certainty) -> Iterator[Doubt]:
    chance = certainty.verdict.grounds.chance_of_loss
    if chance > CALM and view.asked.npv > 0:
        text = chance_text(chance)
        yield Doubt(
            "It may lose money although our ranges are right",
            said_of(view, certainty, ("some_loss", "likely_loss")),
            _stopping(view, certainty),
            f"the chance of a loss is {text}",
            chance > RISKY,
        )


def said_of(view: View, certainty: Certainty, ids: Sequence[str]) -> str:
    """The verdict's own sentence for the first of these reasons; empty where it has none."""
    found = certainty.verdict
    told = dict(zip(found.reasons, reasons(view, found), strict=True))
    return next((told[id] for id in ids if id in told), "")


def _stopping(view: View, certainty: Certainty) -> str:
    """What is lost by stopping at the first checkpoint."""
    stage = next((stage for stage in certainty.stages if stage.gates), None)
    if stage is None or stage.loss_if_stopped <= 0:
        return checkpoints(investments_of(view))
    gates = [i.gate.month for i in investments_of(view) if i.gate is not None and i.id in stage.gates]
    month = numbers.factor(min(gates, default=stage.month))
    loss = view.text(stage.loss_if_stopped, "money")
    later = view.text(stage.to_spend, "money")
    return f"Stopping at the first checkpoint, month {month}, loses {loss} as counted and saves {later}."


def _worst(view: View, certainty: Certainty) -> Iterator[Doubt]:
    """The scenario that loses most, where it is not the one that counts."""
    every = [view.results.outcome(id, view.asked.option) for id in view.case.scenario_table]
    worst = min(every, key=lambda outcome: outcome.npv)
    if worst.npv >= min(0.0, view.asked.npv):
        return
    label, loss = scenario_label(worst.scenario), view.text(-worst.npv, "money")
    counted = view.asked.npv
    instead = f"returning {view.text(counted, 'money')}" if counted > 0 else view.text(-counted, "money")
    much = f"It loses {loss} instead of {instead}."
    yield Doubt(label, much, _stopping(view, certainty), f"{inside(label)}, it loses {loss}", counted > 0)


def _warned(view: View) -> Iterator[Doubt]:
    """What finance would question about the money; the warning has the arithmetic."""
    for id, (what, answer) in WARNED.items():
        for much in view.doubts(id)[:OF_A_KIND]:
            yield Doubt(what, much, answer, inside(what), id == "only_optimistic" and view.asked.npv > 0)


def _not_stated(view: View, certainty: Certainty) -> Iterator[Doubt]:
    """Kinds of cost without an amount in any investment: unknown, and not zero."""
    paid = investments_of(view)
    stated = {item.category for initiative in paid for item in initiative.cost_items} | _own_time(paid)
    blank = [kind for kind in get_args(CostCategory) if kind not in stated and kind != "other"]
    if not paid or not blank:
        return
    names = [COSTS.get(kind, kind.replace("_", " ")) for kind in blank]
    what = f"Not stated by any investment: {listed(names)}"
    yield Doubt(
        what,
        f"Unknown, which is not zero.{_bearable(view, certainty)}",
        "Ask each owner for them first.",
        f"what {listed(names)} will cost is not stated",
    )


def _own_time(paid: Sequence[Initiative]) -> set[str]:
    return {"internal_time"} if any(initiative.internal_fte for initiative in paid) else set()


def _bearable(view: View, certainty: Certainty) -> str:
    times, cost = certainty.costs_bearable, view.asked.amount("pv_costs")
    if times is None or times <= 1 or cost <= 0:
        return ""
    more, there, now = bearable(view, times)
    return f" Costs may be {more} higher before nothing is left: {there} instead of {now}."


def _unsigned(view: View, certainty: Certainty) -> Iterator[Doubt]:
    """Numbers that move the return and that nobody has signed, the largest named."""
    open_ = [task for task in certainty.homework if task.swing]
    if not open_:
        return
    first, words = open_[0], assumed(view.case)
    starting = sum(view.unbacked.begins(task.path) for task in open_)
    every = len(view.unbacked.starting)
    some = "the one starting value" if every == 1 else f"{starting} of {every} starting values"
    kinds = f", among them {some}" if starting else ""
    many = (
        "1 number that moves it is"
        if len(open_) == 1
        else f"{numbers.count(len(open_))} numbers that move it are"
    )
    share = certainty.signed_share
    signed = "" if share is None else f"{numbers.percent(share, 0)} of the gains are signed. "
    named, swing = words[first.path].phrase, view.text(first.swing, "money")
    who = person(view.case, first.owner)
    asked = "Find who can confirm the largest." if who == NOBODY else f"First to confirm: {who}."
    yield Doubt(
        f"{many} signed by nobody{kinds}",
        f"{signed}{swing} turns on the largest: {named}.",
        asked,
        f"nobody has signed {named}, and {swing} turns on it",
    )


def _closest(view: View, certainty: Certainty) -> Iterator[Doubt]:
    """Where no number alone ends it inside its range: the one with the least room."""
    found = certainty.break_evens
    if view.asked.npv <= 0 or any(each.in_range for each in found):
        return
    known = [each for each in found if each.room is not None]
    if known:
        yield _least(view, min(known, key=lambda each: abs(each.room or 0.0)))


def _least(view: View, found: BreakEven) -> Doubt:
    words = assumed(view.case)[found.range.path]
    at, value = (words.text(each or 0.0, view.currency) for each in (found.range.at, found.value))
    behind = stands_behind(view.case, found.range.path)
    return Doubt(
        f"No number alone ends it within its range; the closest is {words.phrase}",
        f"Counted on {at}; at {value} nothing is left.",
        f"Stands behind it: {inside(behind) if behind == NOBODY else behind}.",
        f"{words.phrase} at {value} instead of {at} leaves nothing",
    )
