"""What changes for customers, and how that reaches the reader's number: problem, investment, metric, KPI."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from casebuilder.analysis.certainty import Certainty
from casebuilder.analysis.study import State, Study
from casebuilder.case import Initiative, library
from casebuilder.case.library import Lever
from casebuilder.case.records.customers import Problem
from casebuilder.case.reserved import ALL
from casebuilder.model.kpis import kpi_key
from casebuilder.model.levers import COMPANY
from casebuilder.pitch import numbers
from casebuilder.pitch.exhibits.broken import broken, evidence, left, where, wrong
from casebuilder.pitch.exhibits.choice import listed
from casebuilder.pitch.records import Exhibit, Table
from casebuilder.pitch.starting import starting_mark
from casebuilder.pitch.view import View
from casebuilder.pitch.words import inside, spelled

#: Rows of the table.
ROWS = 6
#: The KPI that averages a metric over segments, where its name is not the metric's own.
AVERAGED = {"discount": "average_discount", "incidents_per_year": "incidents"}
#: How the last column of the table is counted.
COUNTED = "with all investments against all but this one; together they may do more or less than the sum"
#: What `numbers.change` says where people see no difference.
STILL = ("no change", numbers.NOTHING)
#: How far a KPI gets better where nobody can tell.
NO_GAIN = (0.0, STILL[0])


@dataclass(frozen=True)
class Metric:
    """An operational metric in one year: its name, both worlds, and what people see of the change."""

    name: str
    unit: str
    before: float | None
    after: float | None
    change: str


@dataclass(frozen=True)
class Link:
    """One investment that works: the problems behind it, the metric it is told by, what the reader's KPI gains by it.

    `metric` is None for a foundation. `gain` is what is seen of the reader's KPI, with all investments against all
    but this one, signed and judged; `also` are the other metrics it moves; `mark` is the word behind a starting value.
    """

    initiative: Initiative
    problems: tuple[Problem, ...]
    metric: Metric | None
    lever: Lever | None
    gain: str
    also: tuple[str, ...] = ()
    mark: str = ""

    @property
    def reaches(self) -> bool:
        """Whether the reader's KPI moves by it."""
        return self.gain not in ("", *STILL)

    @property
    def helps(self) -> bool:
        """Whether it gets better by it."""
        return self.reaches and not self.gain.endswith("worse")


def change(view: View, certainty: Certainty) -> Exhibit:
    """What is broken for customers, what is done about it, what that moves, and what it does to the reader's KPI."""
    links = _links(view, certainty)
    problems = _problems(links)
    known = [
        *wrong(problems),
        *_elsewhere(view, certainty, links),
        *evidence(problems),
        *left(view, problems),
    ]
    return Exhibit(
        "change",
        _title(view, links),
        takeaways=tuple([*_harm(view), *known][:3]),
        figures=() if links else (view.lead_figure(),),
        table=_table(view, links) if links else None,
        source=view.basis,
        notes=_notes(links),
    )


def _problems(links: Iterable[Link]) -> list[Problem]:
    """What stands behind these investments, each once."""
    return list({problem.id: problem for link in links for problem in link.problems}.values())


def working(view: View) -> list[Initiative]:
    """The investments that work in the run that is asked for: paid for, with all they need first."""
    return [i for i in view.case.initiatives if view.asked.number(f"active[{i.id}]") == 1.0]


def levers_of(initiative: Initiative) -> list[Lever]:
    """The operational metrics an investment moves, each once."""
    return [library.levers()[id] for id in dict.fromkeys(effect.lever for effect in initiative.effects)]


def needed_by(view: View, initiative: Initiative) -> list[str]:
    """Names of the investments that work and need this one first."""
    return [other.name for other in working(view) if initiative.id in other.requires]


def _links(view: View, certainty: Certainty) -> list[Link]:
    """One link per investment: what moves the reader's KPI first, foundations last, the same problems side by side."""
    gains = _gains(view, certainty)

    def rank(initiative: Initiative) -> tuple[bool, bool, int, float]:
        gain, said = gains.get(initiative.id, NO_GAIN)
        place = 2 if said.endswith("worse") else int(said in STILL)
        apart = not (view.has_reader or initiative.problems)
        return (not initiative.effects, apart, place, -_worth(view, initiative) if said in STILL else -gain)

    told: set[str] = set()
    found = []
    for initiative in sorted(working(view), key=rank):
        link = _link(view, initiative, gains.get(initiative.id, NO_GAIN)[1], told)
        told |= {link.lever.id} if link.lever else set()
        found.append(link)
    return _together(found)


def _worth(view: View, initiative: Initiative) -> float:
    """Present value of the benefits that an investment has a part in, to sort by where no KPI tells more."""
    return sum(view.asked.amount(f"pv.{lever.line}") for lever in levers_of(initiative))


def _gains(view: View, certainty: Certainty) -> dict[str, tuple[float, str]]:
    """By investment how far the reader's KPI is better than without it, and the same in words; one batch of runs."""
    ids = [initiative.id for initiative in working(view)]
    after = view.kpi_value("with", view.year) if view.has_reader else None
    if not ids or after is None:
        return {}
    studied, key = certainty.study, kpi_key(view.kpi.id, "with")
    flags = 1.0 - np.eye(len(ids))
    without = studied.runs(studied.switched(ids, flags), [key])[key][view.year - 1]
    sign = -1.0 if view.kpi.direction == "down" else 1.0
    return {
        id: (sign * (after - float(value)), _moved(view, float(value), after))
        for id, value in zip(ids, without, strict=True)
        if not np.isnan(value)
    }


def helping(view: View, certainty: Certainty) -> frozenset[str]:
    """The investments without which the reader's KPI would be worse in the year it is due, by id."""
    return frozenset(id for id, (_, said) in _gains(view, certainty).items() if said.endswith("better"))


def _moved(view: View, before: float | None, after: float | None) -> str:
    return numbers.change(before, after, view.kpi.unit, view.kpi.direction, view.currency)


def _link(view: View, initiative: Initiative, gain: str, told: set[str]) -> Link:
    """An investment by the metric that says most to this reader and that no row above has told yet."""
    problems = tuple(p for p in view.case.problems if p.id in initiative.problems)
    levers = levers_of(initiative)
    if not levers:
        return Link(initiative, problems, None, None, "")
    metrics = {lever.id: _metric(view, initiative, lever) for lever in levers}

    def rank(lever: Lever) -> tuple[bool, bool, bool, bool, float]:
        still, others = metrics[lever.id].change in STILL, _does_more(view, initiative, lever)
        worth = view.asked.amount(f"pv.{lever.line}")
        theirs = view.has_reader and lever.id in view.kpi.levers
        return (not theirs, still, lever.id in told, others, -worth)

    first, *others = sorted(levers, key=rank)
    if first.id in told:
        return Link(initiative, problems, None, first, gain)
    also = tuple(inside(lever.label) for lever in others if metrics[lever.id].change not in STILL)
    mark = starting_mark(view, first.id, _places(view, initiative, first))
    return Link(initiative, problems, metrics[first.id], first, gain, also, mark)


def _does_more(view: View, initiative: Initiative, lever: Lever) -> bool:
    """Whether another investment that works moves a metric further."""
    size = {i.id: max((e.base for e in i.effects if e.lever == lever.id), default=0.0) for i in working(view)}
    return max(size.values()) > size[initiative.id]


def _metric(view: View, initiative: Initiative, lever: Lever) -> Metric:
    """A metric as its KPI averages it where that shows it getting better, else where it moves most."""
    kpi = library.kpis().get(AVERAGED.get(lever.id, lever.id))
    if kpi is not None:
        before, after = (view.asked.kpi(kpi.id, world)[view.year - 1] for world in ("without", "with"))
        moved = numbers.change(before, after, kpi.unit, kpi.direction, view.currency)
        if moved.endswith("better"):
            return Metric(lever.label, kpi.unit, before, after, moved)
    return _where_most(view, lever, _places(view, initiative, lever))


def _places(view: View, initiative: Initiative, lever: Lever) -> tuple[str, ...]:
    """The segments whose metric an investment moves, or the company."""
    if lever.scope == "company":
        return (COMPANY,)
    named = {effect.segment for effect in initiative.effects if effect.lever == lever.id}
    return tuple(s.name for s in view.case.segments if ALL in named or s.name in named)


def _where_most(view: View, lever: Lever, places: Sequence[str]) -> Metric:
    """A metric at the end of the year in the place where it moves most, by its share of today."""
    word, end = library.inputs()[lever.id], view.year * view.case.company.periods_per_year
    found: list[tuple[float, str, float, float]] = []
    for place in places:
        path = f"segments[{place}].{lever.id}" if place else f"{word.group}.{lever.id}"
        today = view.asked.amount(path)
        then = view.asked.row(f"with.{lever.id}[{place}]")[end]
        assert then is not None
        found.append((abs(then - today) / (abs(today) or 1.0), place, today, then))
    if not found:
        return Metric(lever.label, word.unit, None, None, numbers.NOTHING)
    _, place, today, then = max(found, key=lambda item: item[0])
    most = "" if not place else f", {place}" if len(found) == 1 else f", most in {place}"
    moved = numbers.change(today, then, word.unit, lever.way, view.currency)
    return Metric(lever.label + most, word.unit, today, then, moved)


def _together(links: Iterable[Link]) -> list[Link]:
    """The same order, but whatever starts from the same problems follows the first of them."""
    groups: dict[object, list[Link]] = {}
    for link in links:
        ids = tuple(problem.id for problem in link.problems)
        groups.setdefault(ids or link.initiative.id, []).append(link)
    return [link for group in groups.values() for link in group]


def _table(view: View, links: Sequence[Link]) -> Table:
    reaching = any(link.reaches for link in links)
    columns = ("What is broken for customers", "What we do", "What it moves", "Do nothing", "With it")
    rows: list[tuple[str, ...]] = []
    for place, link in enumerate(links[:ROWS]):
        above = links[place - 1].problems if place else ()
        wrong_here = "As above" if link.problems and link.problems == above else broken(link.problems)
        cells = (wrong_here, link.initiative.name, *_moves(view, link))
        rows.append((*cells, link.gain.removesuffix(", better")) if reaching else cells)
    return Table(
        (*columns, "Your number") if reaching else columns,
        tuple(rows),
        numeric=frozenset({3, 4, 5} if reaching else {3, 4}),
        emphasised=0 if links[0].helps else None,
    )


def _moves(view: View, link: Link) -> tuple[str, str, str]:
    """The metric with and without; what an earlier row has told is not told twice."""
    if link.metric is not None:
        return (link.metric.name + link.mark, *_levels(view, link.metric))
    if link.lever is not None:
        return (f"{link.lever.label}, counted above", "", "")
    needing = needed_by(view, link.initiative)
    return (f"Needed first by: {listed(needing)}" if needing else "No metric: a foundation", "", "")


def _levels(view: View, metric: Metric) -> tuple[str, str]:
    return view.text(metric.before, metric.unit), view.text(metric.after, metric.unit)


def _title(view: View, links: Sequence[Link]) -> str:
    """How many things go wrong, and what fixing them does to the reader's KPI."""
    if not links:
        return (
            f"No investment works in what is asked for: nothing changes for customers with {view.programme}"
        )
    shown = [link for link in links if link.helps] or links
    problems = {problem.id: problem for link in shown for problem in link.problems}
    if not problems:
        doing = "One investment" if len(shown) == 1 else f"{spelled(len(shown))} investments"
        missing = "no problem of the case stands behind " + ("it" if len(shown) == 1 else "them")
        nothing = missing if view.case.problems else "the case names no problem with evidence yet"
        return f"{doing} {_does(view, len(shown) > 1)}; {nothing}"
    every = all(link.problems for link in shown if link.metric or link.lever)
    told = {problem.id: problem for link in links for problem in link.problems}
    if every and len(told) > len(problems):
        part = f"{spelled(len(problems)).lower()} of {spelled(len(told)).lower()} things that go wrong"
        return f"Fixing {part} {where(told.values())} {_does(view)}"
    many = len(told)
    wrong = "One thing goes wrong" if many == 1 else f"{spelled(many)} things go wrong"
    doer = f"fixing {'it' if many == 1 else 'them'}" if every else view.programme
    return f"{wrong} {where(told.values())}; {doer} {_does(view)}"


def _does(view: View, plural: bool = False) -> str:
    """What becomes of the reader's KPI, of the return where nobody's leads, as the end of a sentence."""
    npv, end = view.asked.npv, "" if plural else "s"
    if not view.has_reader:
        verb = ("lose" if npv < 0 else "return") + end
        return f"{verb} {view.text(abs(npv), 'money')}"
    kpi, year = view.kpi, view.year
    values = [view.kpi_value(world, year) for world in ("without", "with")]
    before, after = (view.text(value, kpi.unit) for value in values)
    moved = _moved(view, *values)
    if moved in STILL:
        if npv > 0:
            gain = f"return{end} {view.text(npv, 'money')} to the company"
            return f"{gain} and leave{end} your number as it is in year {year}"
        return f"{'do' if plural else 'does'} not move {inside(kpi.label)}: {after} in year {year} either way"
    verb = ("raise" if (values[1] or 0.0) > (values[0] or 0.0) else "lower") + end
    worse = " (worse)" if moved.endswith("worse") else ""
    return f"{verb} {inside(kpi.label)} from {before} to {after} in year {year}{worse}"


def _harm(view: View) -> list[str]:
    """A metric that gets worse with it is told before what gets better."""
    for initiative in working(view):
        for effect in initiative.effects:
            lever = library.levers()[effect.lever]
            metric = _where_most(view, lever, _places(view, initiative, lever))
            if effect.low < 0 and metric.change.endswith("worse"):
                before, after = _levels(view, metric)
                said = f"{inside(metric.name)}, from {before} to {after}"
                return [f"Gets worse with “{initiative.name}”: {said}."]
    return []


def _elsewhere(view: View, certainty: Certainty, links: Sequence[Link]) -> list[str]:
    """Where nothing helps the reader's number: what would, and is not asked for; one batch of runs."""
    before = view.kpi_value("with", view.year) if view.has_reader else None
    at_work = {initiative.id for initiative in working(view)}
    others = [initiative for initiative in view.case.initiatives if initiative.id not in at_work]
    if any(link.helps for link in links) or not others or before is None:
        return []
    studied, key = certainty.study, kpi_key(view.kpi.id, "with")
    states = [_switched_on(view, studied, initiative) for initiative in others]
    found = studied.states(states, [key])[key][view.year - 1]
    names = [
        initiative.name
        for initiative, value in zip(others, found, strict=True)
        if not np.isnan(value) and _moved(view, before, float(value)).endswith("better")
    ]
    return [f"Not asked for now, though it would help: {listed(names)}."] if names else []


def _switched_on(view: View, studied: Study, initiative: Initiative) -> State:
    """The run that is asked for with one more investment, and with all that it needs first."""
    requires, needed = {other.id: other.requires for other in view.case.initiatives}, [initiative.id]
    for id in needed:
        needed += [first for first in requires[id] if first not in needed]
    on = {studied.switch(id): 1.0 for id in needed}
    return on | {f"initiatives[{id}].enabled": 1.0 for id in needed}


def _notes(links: Sequence[Link]) -> str:
    """What the table leaves out, and how the last column is counted."""
    said = [f"{link.initiative.name} also moves {listed(link.also)}." for link in links[:ROWS] if link.also]
    said += [f"Not in the table: {link.initiative.name}." for link in links[ROWS:]]
    if any(link.reaches for link in links):
        said.append(f"Your number: {COUNTED}.")
    return " ".join(said)
