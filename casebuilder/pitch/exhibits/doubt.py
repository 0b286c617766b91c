"""How sure we are: what matters most, what must be true for it to pay, and what nobody has signed."""

from __future__ import annotations

import math
from collections.abc import Sequence

from casebuilder.analysis.break_even import BreakEven
from casebuilder.analysis.facts import without_facts
from casebuilder.analysis.homework import Task
from casebuilder.analysis.ranges import USUAL
from casebuilder.analysis.tornado import Bar, Tornado
from casebuilder.case import library
from casebuilder.case.reserved import WORKING_CAPITAL
from casebuilder.pitch import numbers
from casebuilder.pitch.assumed import NOBODY, Assumed, assumed, evidence, person, stands_behind
from casebuilder.pitch.records import Chart, Exhibit, Series, Table
from casebuilder.pitch.view import View
from casebuilder.pitch.words import inside, start

#: Bars on one chart, rows on one table.
BARS, ROWS = 8, 7
#: A bar shorter than this part of the widest one cannot be seen.
SEEN = 0.01
#: A value that is more than so many times today's is said as a multiple.
MULTIPLE = 3.0
#: What stands where nobody gave a range.
NO_RANGE = "not given"


def tornado(view: View, found: Tornado) -> Exhibit:
    """What matters most: the assumptions that move the measure furthest, each alone, from its low to its high."""
    widest = max((bar.swing or 0.0 for bar in found.bars), default=0.0)
    bars = [bar for bar in found.bars if (bar.swing or 0.0) > SEEN * widest][:BARS]
    named, centre = assumed(view.case), found.at
    label, unit = _measure(found)
    what = "return" if found.measure == "npv" else inside(label)
    ends = "a return of" if found.measure == "npv" else "your number ends at"
    if not bars or centre is None:
        return Exhibit("tornado", f"No single assumption moves the {what}", source=view.basis, empty=True)
    first = named[bars[0].range.path]
    low, high = (view.text(value, unit) for value in _ends(bars[0], centre))
    return Exhibit(
        "tornado",
        f"{start(first.phrase)} matters most: {ends} {low} to {high}",
        takeaways=(*_turning(view, found), _first_rests_on(view, bars[0]), _how(view, centre, unit)),
        chart=_chart(view, bars, [named[bar.range.path] for bar in bars], centre, (label, unit)),
        source=view.basis,
    )


def _first_rests_on(view: View, bar: Bar) -> str:
    """How well the assumption that matters most is known, and who answers for it."""
    path = bar.range.path
    return (
        f"How the first is known: {inside(evidence(view.case, path, bar.range.kind))}; "
        f"behind it stands {stands_behind(view.case, path)}."
    )


def _measure(found: Tornado) -> tuple[str, str]:
    """What is measured, in words, and its unit."""
    if isinstance(found.measure, str):
        return library.kpis()["npv"].label, "money"
    kpi = library.kpis()[found.measure.kpi]
    return f"{kpi.label} in year {found.measure.year}", kpi.unit


def _ends(bar: Bar, centre: float) -> tuple[float, float]:
    """The lower and the upper end of a bar; the value in force is one of the values an assumption may have."""
    found = [centre, *(end for end in (bar.at_low, bar.at_high) if end is not None)]
    return min(found), max(found)


def _chart(
    view: View, bars: Sequence[Bar], named: Sequence[Assumed], centre: float, measure: tuple[str, str]
) -> Chart:
    """One bar per assumption; at each end stands the value of the assumption that leads there."""
    label, unit = measure
    ends = [_ends(bar, centre) for bar in bars]
    marks = [_marks(view, bar, words, centre) for bar, words in zip(bars, named, strict=True)]
    scale = numbers.chart_scale([end for pair in ends for end in pair], unit)
    said = "; ".join(
        f"{words.name}, {words.span(bar.range, view.currency)}: {view.text(low, unit)} to {view.text(high, unit)}"
        for bar, words, (low, high) in zip(bars, named, ends, strict=True)
    )
    return Chart(
        "range",
        tuple(words.name for words in named),
        (
            Series("Lower end", tuple(low for low, _ in ends), "harm", tuple(low for low, _ in marks)),
            Series(
                "Upper end", tuple(high for _, high in ends), "programme", tuple(high for _, high in marks)
            ),
        ),
        unit,
        f"{label}, {scale.title(unit, view.currency)}; at the ends the value of the assumption",
        f"Bars from the lower to the upper end of {inside(label)}. {said}.",
        scale=scale.factor,
        centre=centre,
    )


def _marks(view: View, bar: Bar, words: Assumed, centre: float) -> tuple[str, str]:
    """The values of the assumption at the lower and at the upper end of its bar."""
    at = {centre: bar.range.at, bar.at_low: bar.range.low, bar.at_high: bar.range.high}
    low, high = (words.text(at[end], view.currency) for end in _ends(bar, centre))
    return low, high


def _turning(view: View, found: Tornado) -> list[str]:
    """Which assumptions alone turn the verdict, where the measure is the return."""
    if found.measure != "npv" or found.at is None:
        return []
    pays = found.at >= 0
    chosen = without_facts(view.case, found).bars
    turning = [bar for bar in chosen if bar.swing and any(_turns(end, pays) for end in _both(bar))]
    otherwise = "make it lose money" if pays else "make it pay"
    if not turning:
        return [f"No assumption alone can {otherwise}, from its low to its high."]
    names = assumed(view.case)
    first = "; ".join(names[bar.range.path].phrase for bar in turning[:2])
    rest = f", and {len(turning) - 2} more" if len(turning) > 2 else ""
    return [f"{'Each' if len(turning) > 1 else 'This'} alone can {otherwise}: {first}{rest}."]


def _both(bar: Bar) -> tuple[float | None, float | None]:
    return bar.at_low, bar.at_high


def _turns(end: float | None, pays: bool) -> bool:
    return end is not None and (end >= 0) != pays


def _how(view: View, centre: float, unit: str) -> str:
    """What the bars are: around which value, how far each assumption is moved."""
    haircut = view.case.scenario_table[view.asked.scenario].haircut
    sizes = "effects over their own low to high" + (", without the risk adjustment" if haircut else "")
    usual = numbers.percent(USUAL)
    return (
        f"Each moves alone around {view.text(centre, unit)}: {sizes}; other numbers over the range stated for them, "
        f"else {usual} down and up."
    )


def must_be_true(
    view: View, break_evens: Sequence[BreakEven], needed: float | None, costs: float | None = None
) -> Exhibit:
    """What must be true: the share of the gains it takes to pay, and how far each top assumption alone may go.

    `needed` is the share of the gains that breaks even, `costs` what all costs may be multiplied by.
    """
    named, shown = assumed(view.case), break_evens[:ROWS]
    rows = tuple(_row(view, found, named[found.range.path]) for found in shown)
    columns = ("What must be true", "Counted on", "Breaks even at", "Room", "Stands behind it", "Evidence")
    table = Table(columns, rows, numeric=frozenset({1, 2})) if rows else None
    return Exhibit(
        "must_be_true",
        _needed(view, needed),
        takeaways=(*_bearable(view, costs), *_hurdle(view), *_within(view, shown, named)),
        table=table,
        source=view.basis,
    )


def _needed(view: View, needed: float | None) -> str:
    """The share of the gains that must arrive, with its amount, as one sentence."""
    if needed is None:
        return "Nothing is gained that counts as cash, so nothing can pay for it"
    if needed <= 0:
        return "It pays even if none of the gains arrive"
    share, gains = _up(needed), _gains(view)
    amounts = f"{view.text(needed * gains, 'money')} of {view.text(gains, 'money')}"
    if needed <= 1:
        return f"It pays while at least {share} of the gains arrive: {amounts}"
    more = f"{view.text(needed * gains, 'money')} instead of {view.text(gains, 'money')}"
    return f"It pays only if the gains are {_up(needed - 1)} larger than we count on: {more}"


def _up(share: float) -> str:
    """A share that must be reached, rounded up to a whole per cent."""
    return numbers.percent(math.ceil(round(100 * share, 6)) / 100, 0)


def _gains(view: View) -> float:
    """All gains that count, by line and period, in present value before tax; cash tied up in growth is none of them."""
    factor = view.asked.flow("factor")
    names = [name for name in view.results.benefit_lines if name != WORKING_CAPITAL]
    lines = [view.asked.flow(f"counted.{name}") for name in names]
    return sum(max(0.0, amount) * rate for line in lines for amount, rate in zip(line, factor, strict=True))


def _bearable(view: View, costs: float | None) -> list[str]:
    if costs is None or costs <= 0:
        return []
    more, there, now = bearable(view, costs)
    if costs >= 1:
        return [
            f"Costs may be {more} higher before it stops paying: {there} instead of {now}, in present value."
        ]
    return [f"At these gains it would have to cost {_up(1 - costs)} less: {there} instead of {now}."]


def bearable(view: View, times: float) -> tuple[str, str, str]:
    """How much higher costs may be in whole per cent, rounded down; what they may come to, and what they are."""
    spent = view.asked.amount("pv_costs")
    more = numbers.percent(math.floor(100 * (times - 1)) / 100, 0)
    return more, view.text(times * spent, "money"), view.text(spent, "money")


def _hurdle(view: View) -> list[str]:
    """The hurdle rate that breaks even, which is the rate of return where periods are discounted at their end."""
    company, rate = view.case.company, view.asked.irr
    if rate is None or company.discounting != "end" or rate <= company.discount_rate:
        return []
    now, there = numbers.percent(company.discount_rate), numbers.percent(rate)
    return [f"The hurdle rate may rise from {now} to {there} before it stops paying."]


def _within(view: View, shown: Sequence[BreakEven], named: dict[str, Assumed]) -> list[str]:
    """Which rows break even inside their own range."""
    if not shown:
        return []
    turning = "; ".join(named[found.range.path].phrase for found in shown if found.in_range)
    if not turning:
        return [
            "Each row stands alone, the others as counted on: none breaks even within its own low to high."
        ]
    if view.asked.npv >= 0:
        return [f"To watch, because each alone can break even within its own low to high: {turning}."]
    return [f"Enough alone, within its own low to high: {turning}."]


def _row(view: View, found: BreakEven, words: Assumed) -> tuple[str, ...]:
    path, kind = found.range.path, found.range.kind
    turn = "at no value" if found.value is None else words.text(found.value, view.currency)
    return (
        words.name,
        words.text(found.range.at, view.currency),
        turn,
        _room(view, found),
        stands_behind(view.case, path),
        evidence(view.case, path, kind),
    )


def _room(view: View, found: BreakEven) -> str:
    """How far an assumption may move, or has to, in words."""
    pays, at, value, room = view.asked.npv >= 0, found.range.at, found.value, found.room
    if value is None:
        return "pays at any value" if pays else "not enough alone"
    if found.range.kind == "effect" and pays and at > 0 >= value:
        return "pays even at zero"
    if room is None:
        return numbers.NOTHING
    if room + 1 > MULTIPLE and at > 0:
        return f"{numbers.ratio(room + 1)} as much"
    if found.range.kind == "input" and at > 0 > value:
        return "below zero"
    return f"{numbers.percent(abs(room), 0)} {'less' if room < 0 else 'more'}"


def homework(view: View, tasks: Sequence[Task], signed: float | None) -> Exhibit:
    """What nobody has signed, by how far it moves the return, and the share of the gains that is signed."""
    open_, named = [task for task in tasks if task.swing], assumed(view.case)
    if not open_:
        return Exhibit("homework", "Everything that moves the return is signed", source=view.basis)
    first = open_[0]
    shown = open_[:ROWS]
    columns = (
        "To confirm",
        "Counted on",
        "Low to high",
        "Turns on it",
        "Who confirms",
        "Where it usually stands",
    )
    return Exhibit(
        "homework",
        f"Nobody has signed {named[first.path].phrase}: {view.text(first.swing, 'money')} turns on it",
        takeaways=(*_signed_so_far(view, signed), *_deciding(open_, named), _ask(view, open_, shown)),
        table=Table(
            columns,
            tuple(_task(view, task, named[task.path]) for task in shown),
            numeric=frozenset({1, 2, 3}),
            defaults=frozenset(n for n, task in enumerate(shown) if task.status == "default"),
            chip=1,
        ),
        source=view.basis,
    )


def _signed_so_far(view: View, signed: float | None) -> list[str]:
    if signed is None:
        return []
    gains = _gains(view)
    if signed == 0:
        return [f"Signed so far: none of the gains of {view.text(gains, 'money')}."]
    amounts = f"{view.text(signed * gains, 'money')} of {view.text(gains, 'money')}"
    return [f"Signed so far: {numbers.percent(signed, 0)} of the gains, {amounts}."]


def _deciding(open_: Sequence[Task], named: dict[str, Assumed]) -> list[str]:
    """The open numbers that alone decide whether it pays."""
    turning = [named[task.path].phrase for task in open_ if task.flips]
    if not turning:
        return []
    rest = f", and {len(turning) - 2} more" if len(turning) > 2 else ""
    return [f"Whether it pays can turn on this alone: {'; '.join(turning[:2])}{rest}."]


def _ask(view: View, open_: Sequence[Task], shown: Sequence[Task]) -> str:
    people = list(dict.fromkeys(person(view.case, task.owner) for task in shown))
    known = [name for name in people if name != NOBODY]
    start = (
        f"{len(open_)} open numbers move the return" if len(open_) > 1 else "One open number moves the return"
    )
    return (
        f"{start}; the first to ask: {', '.join(known[:3])}."
        if known
        else f"{start}, and nobody owns it yet."
    )


def _task(view: View, task: Task, words: Assumed) -> tuple[str, ...]:
    return (
        words.name,
        words.text(task.range.at, view.currency),
        words.given(task.range, view.currency) or NO_RANGE,
        view.text(task.swing, "money"),
        person(view.case, task.owner),
        task.report,
    )
