"""What we need from one stakeholder, and the page for somebody of whom nothing is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casebuilder.analysis.certainty import Certainty
from casebuilder.analysis.facts import is_known
from casebuilder.analysis.homework import Task
from casebuilder.case import Initiative, library
from casebuilder.model.worlds import WORLDS
from casebuilder.pitch import numbers
from casebuilder.pitch.assumed import Assumed, assumed, person
from casebuilder.pitch.cited import investments_of
from casebuilder.pitch.exhibits.chain import STILL, levers_of, needed_by
from casebuilder.pitch.exhibits.choice import investments, listed
from casebuilder.pitch.records import Exhibit, Figure, Table
from casebuilder.pitch.view import View
from casebuilder.pitch.words import day, inside, plain_text, quoted, spelled, years

#: Numbers to sign, and investments with a row of their own; beyond, the smaller ones share one.
NUMBERS, OWN = 3, 3
#: A number is worth a signature where this share of the return turns on it, or whether it pays at all.
WORTH_SIGNING = 0.05
#: Rows of the table beside which a large number has room.
ROOM = 5
#: The longest ask that still makes a title; a longer one is the first thing said below it.
LONGEST = 95
#: Those who say yes and those who pay: the money is asked of them.
RELEASE = ("approves", "funds")
COLUMNS = ("From you", "How much", "When", "What turns on it")
TOGETHER = "Together"
#: Said below the table that it is about.
COSTED = "The people and money in the table are in the cost of the case already."
#: Whole things that people count; beside the reader's own KPIs these are looked through for what changes.
WHOLE = ("customers", "new_customers", "contacts", "incidents")
#: Units of what comes in whole things, the least change that is one, and how many are told.
COUNTED, LEAST, CHANGES = ("count", "fte"), 1.0, 2


def ask(view: View, certainty: Certainty) -> Exhibit:
    """What is asked of the reader: their own ask, their investments with people and money, and numbers to sign."""
    own, tasks = investments_asked(view), to_be_signed(view, certainty)
    something = bool(own or tasks or own_ask(view))
    deciding = decided(view) if something else [_at_stake(view)]
    rows = [*_investment_rows(view, own), *_number_rows(view, tasks)]
    return Exhibit(
        "ask",
        _title(view, own, tasks),
        takeaways=tuple([*_instead(view), *_long_ask(view), *deciding, *_said(view, own, tasks)][:3]),
        figures=tuple((_release(view) or _in_return(view)) if len(rows) <= ROOM else ()),
        table=Table(COLUMNS, tuple(rows), emphasised=_total(rows)) if rows else None,
        source=view.basis,
        notes=_notes(own, tasks),
    )


# Who is who


def _is(view: View, name: str, persona: str) -> bool:
    """Whether a name in the case means this persona's person: by persona, role, or the department in their role."""
    roles = [s.role for s in view.case.stakeholders if s.persona == persona and s.role]
    known = library.personas().get(persona)
    title = roles[0] if roles else known.title if known else persona
    if name.casefold() == persona.casefold():
        return True
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", title, re.IGNORECASE) is not None


def _is_reader(view: View, name: str | None) -> bool:
    return name is not None and _is(view, name, view.persona)


def _is_colleague(view: View, name: str | None) -> bool:
    others = [s.persona for s in view.case.stakeholders if s.persona != view.persona]
    return name is not None and any(_is(view, name, persona) for persona in others)


def _owned(view: View) -> list[Initiative]:
    """The reader's investments, the earliest first."""
    found = [i for i in view.case.initiatives if _is_reader(view, i.owner)]
    return sorted(found, key=lambda initiative: initiative.start_month)


def investments_asked(view: View) -> list[Initiative]:
    """Their investments that are paid for in what is asked; none where we advise against it."""
    if view.asked.npv <= 0:
        return []
    return [i for i in _owned(view) if view.asked.number(f"costed[{i.id}]") == 1.0]


def to_be_signed(view: View, certainty: Certainty) -> list[Task]:
    """What the reader should sign: their own numbers, and those of their investments that are no colleague's.

    What a report says needs no signature, unless somebody doubts it and stated a range.
    """
    mine = tuple(f"initiatives[{initiative.id}]." for initiative in _owned(view))
    least = WORTH_SIGNING * abs(view.asked.npv)

    def theirs(task: Task) -> bool:
        own = _is_reader(view, task.owner)
        if is_known(view.case, task.range):
            return False
        return own or (task.path.startswith(mine) and not _is_colleague(view, task.owner))

    open_ = (task for task in certainty.homework if task.swing and (task.flips or task.swing >= least))
    return [task for task in open_ if theirs(task)][:NUMBERS]


def _releases(view: View) -> bool:
    """Whether the reader says yes to the money or pays it."""
    part = view.stakeholder.part if view.stakeholder else None
    return part in RELEASE or _is_reader(view, view.case.decision.decider)


# The title and what is said


def _title(view: View, own: Sequence[Initiative], tasks: Sequence[Task]) -> str:
    """What is needed, in one line; where it does not pay, that no money and no people are."""
    signed = [numbers_to_sign(tasks)] if tasks else []
    if view.asked.npv <= 0:
        asked = f"From you only {signed[0]}" if signed else "Nothing is asked of you"
        return f"{asked}: as it stands {view.programme} returns {view.text(view.asked.npv, 'money')}"
    parts = [*_needed(view, own), *signed]
    if not parts:
        return f"Nothing is asked of you{_somebody_decides(view)}"
    by = view.case.decision.by if _releases(view) else None
    return f"From you{f' by {day(by)}' if by else ''}: {', and '.join(parts)}"


def _somebody_decides(view: View) -> str:
    """Who decides on what, and by when, as the end of a title."""
    decision = view.case.decision
    if not decision.decider or _is_reader(view, decision.decider):
        return f" for {view.programme}"
    by = f" by {day(decision.by)}" if decision.by else ""
    return f": {_decider(view)} decides on {view.programme}{by}"


def numbers_to_sign(tasks: Sequence[Task]) -> str:
    """How many numbers to sign, in words."""
    return "one number to sign" if len(tasks) == 1 else f"{inside(spelled(len(tasks)))} numbers to sign"


def _needed(view: View, own: Sequence[Initiative]) -> list[str]:
    """The reader's ask where it makes a title, else their people and investments.

    Whoever decides, and is asked for nothing of their own, is asked for what the case asks.
    """
    asked = own_ask(view) or _ask_of_the_case(view)
    if asked and len(asked) <= LONGEST:
        return [inside(asked)]
    if own:
        people = sum(initiative.internal_fte for initiative in own)
        return [f"{positions(people)} for {investments(len(own))}" if people else investments(len(own))]
    return ["one request"] if asked else []


def own_ask(view: View) -> str:
    """What the case asks of the reader in its own words, without its full stop; empty where it asks nothing."""
    return plain_text(view.stakeholder.ask) if view.stakeholder else ""


def _ask_of_the_case(view: View) -> str:
    """What the case asks for, without its full stop, where the reader decides on it and a title can hold it."""
    decision = view.case.decision
    asked = plain_text(decision.ask or "") if _is_reader(view, decision.decider) else ""
    return asked if len(asked) <= LONGEST else ""


def _instead(view: View) -> list[str]:
    """Where it does not pay: what is not asked for."""
    if view.asked.npv > 0:
        return []
    asked = own_ask(view)
    meant = f" It was meant to be: {inside(asked)}." if asked else ""
    return [f"We ask you for no money and no people: in this form it does not pay.{meant}"]


def _long_ask(view: View) -> list[str]:
    asked = own_ask(view)
    return [f"{asked}."] if len(asked) > LONGEST and view.asked.npv > 0 else []


def decided(view: View, to_them: bool = True) -> list[str]:
    """Who decides, where and by when; `to_them` False where others than the reader read it too."""
    decision = view.case.decision
    how = f" in the {decision.forum}" if decision.forum else ""
    how += f" by {day(decision.by)}" if decision.by else ""
    if to_them and _is_reader(view, decision.decider):
        return [f"You decide{how}."]
    if decision.decider:
        return [f"{_start(_decider(view))} decides{how}."]
    return [f"It is decided{how}."] if how else []


def _decider(view: View) -> str:
    """Who decides, inside a sentence: a role with its article, a name in the case's words as it is."""
    name = view.case.decision.decider or ""
    return f"the {person(view.case, name)}" if name in library.personas() else name


def _said(view: View, own: Sequence[Initiative], tasks: Sequence[Task]) -> list[str]:
    """What a reader would ask next: what turns on their signature, whose budget it is, and what waits."""
    said, named = [], assumed(view.case)
    turning = [named[task.path].phrase for task in tasks if task.flips]
    if turning:
        said.append(f"Whether it pays can turn on this alone: {turning[0]}.")
    said += _amounts(view)
    if own:
        said.append(COSTED)
    asked = {initiative.id for initiative in own}
    later = [quoted(initiative.name) for initiative in _owned(view) if initiative.id not in asked]
    return [*said, f"Not asked of you now: {listed(later)}."] if later and view.asked.npv > 0 else said


def _amounts(view: View) -> list[str]:
    """What is released first and what is left, for those who release it."""
    stage = view.case.decision.stage_1
    if stage is None or not _release(view):
        return []
    spent = view.spent_until(stage.until)
    left = sum(view.asked.flow("costs")) - spent
    gates = [i for i in investments_of(view) if i.gate]
    stop = ", and each checkpoint can stop it" if gates else ""
    after = f"; {view.text(left, 'money')} more is spent after that{stop}" if left > 0 else ""
    return [f"To release now: {view.text(spent, 'money')}, until {day(stage.until)}{after}."]


def _release(view: View) -> list[Figure]:
    """The first stage, for those who release it."""
    stage = view.case.decision.stage_1
    if stage is None or view.asked.npv <= 0 or not _releases(view):
        return []
    spent = view.spent_until(stage.until)
    label = f"to release now: cost until {day(stage.until)}"
    return [Figure(view.key("stage_1"), label, spent, "money", view.text(spent, "money"), role="cost")]


def _in_return(view: View) -> list[Figure]:
    """What becomes of the reader's number, where it moves."""
    figure = view.kpi_figure()
    return [] if figure.change in STILL else [figure]


# The table


def _investment_rows(view: View, own: Sequence[Initiative]) -> list[tuple[str, ...]]:
    """The reader's investments with people, money over the horizon and start; many share a row, several a sum."""
    shown = own if len(own) <= OWN else own[: OWN - 1]
    rest = own[len(shown) :]
    rows: list[tuple[str, ...]] = [(i.name, _effort(view, [i]), _from(i), _turns(view, i)) for i in shown]
    if rest:
        rows.append((f"{len(rest)} more investments", _effort(view, rest), "", ""))
    if len(own) > 1:
        rows.append((TOGETHER, _effort(view, own), "", ""))
    return rows


def _total(rows: Sequence[tuple[str, ...]]) -> int | None:
    return next((place for place, row in enumerate(rows) if row[0] == TOGETHER), None)


def _effort(view: View, own: Sequence[Initiative]) -> str:
    """People, and money over the horizon in the scenario that counts."""
    people = sum(initiative.internal_fte for initiative in own)
    cost = sum(sum(view.asked.flow(f"cost[{initiative.id}]")) for initiative in own)
    money = f"{view.text(cost, 'money')} over {years(view.case.company.years)}"
    return f"{positions(people)}, {money}" if people else money


def positions(people: float) -> str:
    """People in full-time positions: 1 position, 0.9 positions."""
    text = numbers.count(people)
    return f"{text} {'position' if text == '1' else 'positions'}"


def _from(initiative: Initiative) -> str:
    start = initiative.start_month
    return f"from month {numbers.count(start)}" if start else "from the start"


def _turns(view: View, initiative: Initiative) -> str:
    """What an investment moves, or what it is needed for."""
    names = [inside(lever.label) for lever in levers_of(initiative)]
    if names:
        return f"Moves {'; '.join(names) if any(',' in name for name in names) else listed(names)}"
    needing = needed_by(view, initiative)
    return f"Needed first by: {listed(needing)}" if needing else "A foundation"


def _number_rows(view: View, tasks: Sequence[Task]) -> list[tuple[str, ...]]:
    """The numbers to sign, with their range, and how far the return moves inside it."""
    named, by = assumed(view.case), view.case.decision.by
    when = f"by {day(by)}" if by else "before the decision"
    return [
        (_sign(view, task, named[task.path]), _range(view, task, named[task.path]), when, _swing(view, task))
        for task in tasks
    ]


def _sign(view: View, task: Task, words: Assumed) -> str:
    """The number, and who has it in hand where that is not the reader."""
    known = task.owner is None or _is_reader(view, task.owner)
    holder = "" if known else f", with {person(view.case, task.owner)}"
    return f"Sign{holder}: {words.phrase}"


def _range(view: View, task: Task, words: Assumed) -> str:
    return words.with_range(task.range.at, task.range, view.currency)


def _swing(view: View, task: Task) -> str:
    return f"{view.text(task.swing, 'money')} of the return"


def _notes(own: Sequence[Initiative], tasks: Sequence[Task]) -> str:
    """How people, money and what turns on a number are counted."""
    said = ["Cost has own people in it, at what a position costs the company."] if own else []
    if tasks:
        said.append(
            "A number to sign stands with its low and high; what turns on it is how far the return moves between "
            "them, all else as counted on. The size of an effect is the one that the scenario counts."
        )
    return " ".join(said)


def _start(text: str) -> str:
    return text[:1].upper() + text[1:]


# One page for somebody of whom nothing is asked


def heads_up(view: View, certainty: Certainty) -> Exhibit:
    """What is being decided and by when, and what changes for a reader of whom nothing is asked; harm comes first."""
    return Exhibit(
        "heads_up",
        _notice(view),
        takeaways=(whole_things(view), _at_stake(view), _speak_up(view)),
        figures=(view.kpi_figure(),),
        source=view.basis,
        notes=f"{view.kpi.label}: {plain_text(view.kpi.description)}.",
    )


def _notice(view: View) -> str:
    """What becomes of the reader's number, and that nothing is asked."""
    kpi, label = view.kpi, inside(view.kpi.label)
    values = [view.kpi_value(world, view.year) for world in WORLDS]
    before, after = (view.text(value, kpi.unit) for value in values)
    moved = numbers.change(values[0], values[1], kpi.unit, kpi.direction, view.currency)
    if moved in STILL:
        return f"Nothing is asked of you, and {label} stays at {after} with {view.programme}"
    way = f"{before} to {after} in year {view.year}"
    if moved.endswith("worse"):
        return f"{kpi.label} gets worse with {view.programme}, {way}; nothing is asked of you"
    return f"{kpi.label}: {way} with {view.programme}; nothing is asked of you"


def whole_things(view: View) -> str:
    """What changes in customers, contacts or people, the reader's own KPIs first."""
    mine = [*library.personas()[view.persona].kpis, *WHOLE]
    found = []
    for name in dict.fromkeys(mine):
        kpi = library.kpis()[name]
        if name == view.kpi.id or kpi.unit not in COUNTED:
            continue
        before, after = (view.asked.kpi(name, world)[view.year - 1] for world in WORLDS)
        moved = numbers.change(before, after, kpi.unit, "none", view.currency)
        if moved not in STILL and abs((after or 0.0) - (before or 0.0)) >= LEAST:
            levels = f"{view.text(before, kpi.unit)} to {view.text(after, kpi.unit)}"
            found.append(f"{inside(kpi.label)} {levels} ({moved})")
    if not found:
        return f"Customers, contacts and people stay as they are in year {view.year}."
    return f"What changes in year {view.year}: {listed(found[:CHANGES])}."


def _at_stake(view: View) -> str:
    """What is being decided, by whom and when; that we advise against it where it does not pay."""
    asked = plain_text(view.case.decision.ask)
    cost = f"{view.text(sum(view.asked.flow('costs')), 'money')} over {years(view.case.company.years)}"
    what = f"{inside(asked)} ({cost})" if asked else f"{view.programme}, {cost}"
    who = (decided(view) or ["It is being decided."])[0].rstrip(".")
    if view.asked.npv <= 0:
        return f"{who}: {what}. We advise against it in this form."
    return f"{who}: {what}."


def _speak_up(view: View) -> str:
    """What the reader can still do."""
    decision = view.case.decision
    until = f" before {day(decision.by)}" if decision.by else " before it is decided"
    other = bool(decision.decider) and not _is_reader(view, decision.decider)
    whom = f"tell {_decider(view)}" if other else "say so"
    return f"If you see a reason against it, {whom}{until}."
