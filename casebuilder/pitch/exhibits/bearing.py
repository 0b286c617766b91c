"""The number of a case that bears out an answer to a usual objection, as one sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from casebuilder.analysis.cash import cash_only
from casebuilder.analysis.certainty import Certainty
from casebuilder.analysis.evidence import WEAK_GRADES, npv_without
from casebuilder.analysis.study import effect_path
from casebuilder.case import library
from casebuilder.case.library_records import ExhibitKind, Objection
from casebuilder.case.records.lines import HeadlineShare
from casebuilder.case.reserved import ALL
from casebuilder.model.benefits import LINES
from casebuilder.model.levers import COMPANY
from casebuilder.pitch import numbers
from casebuilder.pitch.assumed import assumed, person
from casebuilder.pitch.cited import checkpoints, effects_of, investments_of, weak_words
from casebuilder.pitch.exhibits.cash import cash_flow
from casebuilder.pitch.exhibits.choice import investments, listed, versions
from casebuilder.pitch.exhibits.doubt import must_be_true
from casebuilder.pitch.exhibits.futures import scenarios
from casebuilder.pitch.exhibits.lifetime import lifetime_value
from casebuilder.pitch.exhibits.measure import kpi
from casebuilder.pitch.exhibits.money import benefits
from casebuilder.pitch.exhibits.moving import cuts
from casebuilder.pitch.exhibits.opening import decision
from casebuilder.pitch.exhibits.ruling import remaining
from casebuilder.pitch.plausibility import worth_of_lines
from casebuilder.pitch.view import View
from casebuilder.pitch.words import inside, label_of, years

#: One sentence, or more, with a number of the case; empty where the case has none on the matter.
Proof = Callable[[View, Certainty], str]
#: How many months of waiting are counted.
WAIT = 6.0
#: Two levels closer than this share are the same level.
SAME = 1e-9


def borne_out(view: View, certainty: Certainty, objection: Objection) -> str:
    """What the case says to an objection: on its matter, else as the exhibits do that its answer points to.

    A sentence with a word that loses this reader is passed over; there is always one that has none.
    """
    avoided = [word.lower() for word in view.avoids]
    said = ""
    for proof in _proofs(view, objection):
        found = proof(view, certainty)
        said = said or found
        if found and not any(word in found.lower() for word in avoided):
            return found
    return said


def _proofs(view: View, objection: Objection) -> Iterator[Proof]:
    for pattern, proof in MATTERS.items():
        if re.search(pattern, objection.says, re.IGNORECASE):
            yield proof
    yield from (
        SHOWN[kind] for kind in objection.shows if kind in SHOWN and (view.has_reader or kind != "kpi")
    )
    yield _needed


def _title(text: str) -> str:
    return f"{text}."


def _needed(view: View, certainty: Certainty) -> str:
    """The share of the gains that must arrive."""
    return _title(must_be_true(view, (), certainty.benefits_needed).title)


def _stress(view: View, certainty: Certainty) -> str:
    return cuts(view, certainty.cuts).takeaways[-1]


def _choices(view: View, certainty: Certainty) -> str:
    return _title(versions(view, certainty.options).title)


def _waiting(view: View, certainty: Certainty) -> str:
    """What is asked for, and the same begun later: with the same last day less of it is left."""
    later = begun_later(view, certainty)
    if later is None:
        return ""
    now, then = (view.text(amount, "money") for amount in (view.asked.npv, later))
    wait = numbers.months(WAIT)
    nothing = view.text(0.0, "money")
    return f"It returns {now}, doing nothing {nothing}; begun {wait} later it returns {then} by the same day."


def begun_later(view: View, certainty: Certainty) -> float | None:
    """The return of what is asked for, begun `WAIT` months later and counted to the same day; None for nothing."""
    study = certainty.study
    keys = [f"initiatives[{initiative.id}].start_month" for initiative in investments_of(view)]
    return study.npv({key: study.inputs[key] + WAIT for key in keys}) if keys else None


def _room(view: View, certainty: Certainty) -> str:
    """Which of the metrics that it moves stand at their best already."""
    moved, levels = view.results.model.moved, library.levers()
    places = {
        place: effect
        for _, effect in effects_of(view)
        for place in _places(view, effect.lever, effect.segment)
    }
    full, most = [], ("", 0.0)
    for name, place in places:
        today, best = (view.asked.number(rows[name, place].key) for rows in (moved.base, moved.best))
        if today is None or best is None:
            continue
        unit, label = library.inputs()[name].unit, levels[name].label + (f" ({place})" if place else "")
        if abs(best - today) <= SAME * max(abs(best), abs(today)):
            full.append(inside(label))
            continue
        worth = view.asked.amount(f"pv.{levels[name].line}")
        if worth > most[1]:
            most = (
                f"{label} is {view.text(today, unit)} today, best achievable {view.text(best, unit)}",
                worth,
            )
    if full:
        return f"At its best already, and therefore counted as nothing: {listed(full)}."
    return f"Everything that it moves has room to improve: {inside(most[0])}." if most[0] else ""


def _places(view: View, lever: str, segment: str) -> list[tuple[str, str]]:
    if library.levers()[lever].scope == "company":
        return [(lever, COMPANY)]
    return [(lever, s.name) for s in view.case.segments if segment in (ALL, s.name)]


def _carried(view: View, certainty: Certainty) -> str:
    """How many people carry it, and when the first checkpoint is."""
    paid = investments_of(view)
    if not paid:
        return ""
    owners = Counter(person(view.case, initiative.owner) for initiative in paid)
    names = [f"{who} ({numbers.count(many)})" for who, many in owners.most_common()]
    return f"{investments(len(paid))}, owned by {listed(names)}. {checkpoints(paid)}"


def _own_people(view: View, certainty: Certainty) -> str:
    """How many of the company's own positions it takes, and how many of them in a reader's investments."""
    paid = investments_of(view)
    every = sum(initiative.internal_fte for initiative in paid)
    if not every:
        return "It takes none of our own positions." if paid else ""
    mine = sum(initiative.internal_fte for initiative in paid if initiative.owner == view.persona)
    own = (
        f", {numbers.count(mine)} of them in investments of yours"
        if mine
        else ", none of them in an investment of yours"
    )
    own = own if view.has_reader else ""
    rate = view.case.company.loaded_cost_per_fte
    cost = (
        f"at {view.text(rate, 'money')} a position and year they are in the cost"
        if rate
        else "their cost is not stated"
    )
    return f"It takes {numbers.count(every)} of our own positions{own}; {cost}."


def _hours(view: View, certainty: Certainty) -> str:
    """How many hours become free, what of them counts, and what is left without any promise."""
    hours, counted = sum(view.asked.flow("hours_freed")), _promises(view)
    if hours <= 0:
        return f"Over {years(view.case.company.years)} no hours become free here."
    beside = view.text(view.asked.amount("pv_capacity_not_counted"), "money")
    free = f"{numbers.hours(hours)} become free over {years(view.case.company.years)}"
    said = f"{free}; {beside} of that is not counted. "
    if counted:
        return f"{said}Counted: {counted}."
    left = certainty.study.npv(cash_only(certainty.study))
    if view.text(left, "money") == view.text(view.asked.npv, "money"):
        return f"{said}No promise about them is in the return."
    whole = view.text(view.asked.npv, "money")
    return f"{said}Without any promise about them {view.text(left, 'money')} is left of {whole}."


def _promises(view: View) -> str:
    """Who agreed to positions that are not refilled, for benefits that this run has."""
    found = [
        f"{numbers.count(given.positions_not_refilled)} positions not refilled, agreed by {given.agreed.by}"
        for line, given in view.case.headline_shares.items()
        if isinstance(given, HeadlineShare)
        and given.agreed is not None
        and given.positions_not_refilled
        and line in LINES
        and view.asked.amount(f"pv.{line}") > 0
    ]
    return listed(found)


def _worlds(view: View, certainty: Certainty) -> str:
    """Profit in both worlds: what would have happened anyway is in the one without."""
    last = view.case.company.years
    before, after = (view.asked.kpi("contribution", world)[last - 1] for world in ("without", "with"))
    start = view.asked.kpi("contribution", "without")[0]
    if not before or after is None:
        return ""
    label = library.kpis()["contribution"].label
    first = f"from {view.text(start, 'money')} in year 1 " if last > 1 else ""
    return (
        f"{label} goes {first}to {view.text(before, 'money')} in year {last} if nothing is done, to "
        f"{view.text(after, 'money')} with it; only the difference counts."
    )


def _weak(view: View, certainty: Certainty) -> str:
    grades = {effect.grade for _, effect in effects_of(view) if effect.grade in WEAK_GRADES}
    if not grades:
        return "No size in it rests on a vendor study or on our own estimate."
    left, whole = npv_without(certainty.study), view.asked.npv
    words = weak_words(grades)
    return (
        f"Without {words} {remaining(view, left, whole)}."
        if whole > 0
        else f"Without {words} {view.text(whole, 'money')} becomes {view.text(left, 'money')}."
    )


def _take_up(view: View, certainty: Certainty) -> str:
    """The take-up that is counted on, and how much of the gains it takes."""
    shares = [i.adoption for i in investments_of(view) if i.effects]
    if not shares:
        return ""
    low, high = (numbers.percent(share) for share in (min(shares), max(shares)))
    span = low if low == high else f"{low} to {high}"
    return f"Take-up is counted at {span}. {_needed(view, certainty)}"


def _waiting_deals(view: View, certainty: Certainty) -> str:
    """On which share of deals more leads add nothing, and what leads and closing are worth."""
    bound = view.case.sales.capacity_bound
    said = (
        f"{numbers.percent(bound)} of deals wait for a rep's time, and on these more leads add nothing."
        if bound
        else "The case assumes that no deal waits for a rep's time."
    )
    leads, closing = (
        sum(_worth(view, line) for line in pair)
        for pair in (("demand", "conversion"), ("sales_cycle", "win_rate"))
    )
    if not leads and not closing:
        return said
    more, sooner = (view.text(amount, "money") for amount in (leads, closing))
    return f"{said} More and better leads are worth {more}, closing more of them and sooner {sooner}."


def _worth(view: View, line: str) -> float:
    return view.asked.amount(f"pv.{line}")


def _referrals(view: View, certainty: Certainty) -> str:
    worth, (_, gains) = _worth(view, "referral"), worth_of_lines(view.results, view.asked)
    if worth <= 0:
        return f"Nothing is counted here for {inside(label_of('referral'))}."
    share = numbers.percent(worth / gains, 0)
    return f"{label_of('referral')} are worth {view.text(worth, 'money')}, {share} of all gains."


def _loss(view: View, certainty: Certainty) -> str:
    beside = view.asked.amount("pv_risk_not_counted")
    if beside <= 0:
        return "Nothing is counted here for smaller losses."
    return f"{view.text(beside, 'money')} of smaller losses stand beside the return; none of it is in it."


def _contacts(view: View, certainty: Certainty) -> str:
    """What contacts cost if nothing is done."""
    whole, each = (view.asked.kpi(name, "without")[0] for name in ("cost_to_serve", "cost_per_contact"))
    if not whole or not each:
        return ""
    return f"If nothing is done, contacts cost {view.text(whole, 'money')} in year 1, {view.text(each, 'money')} each."


def _moving(lever: str) -> Proof:
    """The proof that says what is counted on for one metric, and from when."""

    def proof(view: View, certainty: Certainty) -> str:
        label = inside(library.levers()[lever].label)
        found = [each for each in effects_of(view) if each[1].lever == lever]
        if not found:
            return f"This case counts on no change of {label}."
        initiative, effect = max(found, key=lambda each: each[1].base)
        words = assumed(view.case)[effect_path(initiative.id, effect)]
        expected, low, high = (
            words.text(size, view.currency) for size in (effect.base, effect.low, effect.high)
        )
        late = view.case.scenario_table[view.asked.scenario].delay_months
        begins = initiative.start_month + initiative.build_months + late
        full = (
            f", in full from month {numbers.factor(begins + initiative.ramp_months)}"
            if initiative.ramp_months
            else ""
        )
        more = f"; {len(found) - 1} more on it" if len(found) > 1 else ""
        return (
            f"“{initiative.name}”, {label}: {expected} expected, {low} to {high} possible, from month "
            f"{numbers.factor(begins)}{full}{more}."
        )

    return proof


def _checkpoint(view: View, certainty: Certainty) -> str:
    """The first checkpoint: the reader's own, where they own an investment that has one."""
    paid = investments_of(view)
    gates = [(i.gate.month, i) for i in paid if i.gate is not None]
    mine = [gate for gate in gates if gate[1].owner == view.persona]
    first = min(mine or gates, key=lambda gate: gate[0], default=None)
    return checkpoints([first[1]] if first else []) if paid else ""


#: What an objection is about, by its words: a team's own objections find their number here too.
MATTERS: Mapping[str, Proof] = {
    r"why now": _waiting,
    r"good at": _room,
    r"carry|another function": _carried,
    r"\bhours\b|take my people|redundan": _hours,
    r"no time|no people|already full|take budget": _own_people,
    r"referral": _referrals,
    r"anyway": _worlds,
    r"vendor": _weak,
    r"costs? more": _stress,
    r"will use": _take_up,
    r"\bleads\b": _waiting_deals,
    r"roadmap": _contacts,
    r"expected loss": _loss,
    r"self-service": _moving("self_service_share"),
    r"handling time": _moving("minutes_per_assisted_contact"),
    r"engagement": _moving("attrition_rate"),
}
#: What an exhibit says in one sentence.
SHOWN: Mapping[ExhibitKind, Proof] = {
    "decision": lambda view, _: _title(decision(view).title),
    "kpi": lambda view, _: _title(kpi(view).title),
    "benefits": lambda view, _: _title(benefits(view).title),
    "cash_flow": lambda view, _: _title(cash_flow(view).title),
    "scenarios": lambda view, _: _title(scenarios(view).title),
    "must_be_true": _needed,
    "versions": _choices,
    "cuts": _stress,
    "lifetime_value": lambda view, found: _title(lifetime_value(view, found.lifetime).title),
    "against": _weak,
    "proof": _checkpoint,
    "ask": _own_people,
    "change": _carried,
}
