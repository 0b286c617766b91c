"""What changed from one case to another, and what is left when a reader takes off what they do not believe."""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.analysis.bridge import Bridge, Step
from casebuilder.analysis.cuts import Cut, Cuts, stress
from casebuilder.case import library
from casebuilder.pitch import numbers
from casebuilder.pitch.assumed import Assumed
from casebuilder.pitch.changed import changed
from casebuilder.pitch.exhibits.choice import KEY
from casebuilder.pitch.records import Chart, Exhibit, Role, Series, role_of
from casebuilder.pitch.view import View
from casebuilder.pitch.words import inside, years

#: Changes with a bar of their own; beyond, the smaller ones share one.
BARS = 7
#: Changes told with their values, and changes that move nothing that are named before the rest is counted.
TOLD, NAMED = 2, 2
#: One bar: its name, amount and meaning, and the key of the number it is.
Bar = tuple[str, float, Role, str]


def bridge(view: View, found: Bridge) -> Exhibit:
    """From the earlier case to this one: the large changes, and the rest as one exact sum."""
    words, kpi = changed(found.before, found.after), library.kpis()[found.measure]
    label = kpi.label if found.year is None else f"{kpi.label} in year {found.year}"
    start, end = (view.text(value, kpi.unit) for value in (found.start, found.end))
    return Exhibit(
        "bridge",
        _from_to(view, found, words, label, kpi.unit),
        takeaways=tuple(_changes(view, found, words)),
        chart=_waterfall(
            view,
            _bars(found, words, kpi.direction == "down"),
            (label, kpi.unit),
            f"Waterfall from {start} before to {end} now, changes: {len(found.steps)}.",
        )
        if found.steps
        else None,
        source=view.basis,
        notes=_sharing(view, found, kpi.unit),
    )


def _from_to(view: View, found: Bridge, words: dict[str, Assumed], label: str, unit: str) -> str:
    """Where it was, where it is, and which change did most."""
    start, end = (view.text(value, unit) for value in (found.start, found.end))
    whole = found.measure == "npv"
    if not found.steps:
        return f"Nothing that changed moves {'the return' if whole else inside(label)}: it stays at {end}"
    first = found.steps[0]
    verb, moved = "took" if first.amount < 0 else "added", _moved(view, abs(first.amount), unit)
    way = f"Still {end}" if start == end else f"From {start} to {end}"
    subject = "" if whole else f"{label}: "
    return f"{subject}{inside(way) if subject else way}: {words[first.path].phrase} {verb} {moved}"


def _moved(view: View, amount: float, unit: str, signed: bool = False) -> str:
    """An amount by which a number moved: a share moves in points."""
    return numbers.for_unit(amount, "points" if unit == "share" else unit, view.currency, signed=signed)


def _bars(found: Bridge, words: dict[str, Assumed], falling: bool) -> list[Bar]:
    """Before, the large changes, the small ones together, now; `falling`: less is better."""

    def key(steps: Sequence[Step]) -> str:
        return "+".join(f"{KEY}/bridge/{step.path}" for step in steps)

    large = found.steps if len(found.steps) <= BARS else found.steps[: BARS - 1]
    small = found.steps[len(large) :]
    parts = [(words[step.path].name, [step]) for step in large]
    parts += [(f"{len(small)} smaller changes", list(small))] if small else []
    bars: list[Bar] = [("Before", found.start, "muted", f"{KEY}/bridge/start")]
    for name, steps in parts:
        amount = sum(step.amount for step in steps)
        bars.append((name, amount, role_of(-amount if falling else amount), key(steps)))
    return [*bars, ("Now", found.end, "muted" if falling else role_of(found.end), f"{KEY}/bridge/end")]


def _waterfall(view: View, bars: Sequence[Bar], measure: tuple[str, str], alt: str) -> Chart:
    """A waterfall whose first and last bars stand on the axis."""
    label, unit = measure
    values = tuple(value for _, value, _, _ in bars)
    scale = numbers.chart_scale(values, unit)
    return Chart(
        "waterfall",
        tuple(name for name, *_ in bars),
        (Series(label, values, "programme", key=";".join(key for *_, key in bars)),),
        unit,
        ", ".join(filter(None, (label, scale.title(unit, view.currency)))),
        alt,
        roles=tuple(role for _, _, role, _ in bars),
        totals=frozenset({0, len(bars) - 1}),
        scale=scale.factor,
    )


def _changes(view: View, found: Bridge, words: dict[str, Assumed]) -> list[str]:
    """The values behind the largest changes, and what changed without moving anything."""
    told = [
        f"{words[step.path].name}: {_value(view, words[step.path], step.before)} before, "
        f"{_value(view, words[step.path], step.after)} now."
        for step in found.steps
        if step.before != step.after and None not in (step.before, step.after)
    ][:TOLD]
    names = [words[path].phrase for path in found.silent if path in words]
    more = len(found.silent) - len(names[:NAMED])
    if names:
        rest = f", and {more} more" if more else ""
        told.append(f"Changed without moving it: {'; '.join(names[:NAMED])}{rest}.")
    return told


def _value(view: View, words: Assumed, value: float | None) -> str:
    return numbers.NOTHING if value is None else words.text(value, view.currency)


def _sharing(view: View, found: Bridge, unit: str) -> str:
    """How changes that work on each other share what they move together, and how exactly it is known."""
    said = "Where changes work on each other, each bears its average over all orders in which they could have come."
    if found.error is None:
        return said
    error = _moved(view, found.error, unit)
    return (
        f"{said} There are too many for all orders: a step may be off by about {error}, their sum is exact."
    )


def cuts(view: View, found: Cuts) -> Exhibit:
    """What is left of the return, one doubt on top of the other."""
    bars: list[Bar] = [("As counted", found.start, "muted", f"{KEY}/cuts/start")]
    for number, step in enumerate(found.steps, 1):
        if step.step:
            bars.append((cut_label(step.cut), step.step, role_of(step.step), f"{KEY}/cuts/{number}"))
    bars.append(("What is left", found.end, role_of(found.end), f"{KEY}/cuts/end"))
    start, end = (view.text(value, "money") for value in (found.start, found.end))
    alt = f"Waterfall from {start} as counted to {end} with every doubt, steps: {len(bars) - 2}."
    return Exhibit(
        "cuts",
        _left(view, found),
        takeaways=(*_turn(view, found), _back(view, found), _stressed(view, found)),
        chart=_waterfall(view, bars, ("Net present value", "money"), alt) if len(bars) > 2 else None,
        source=view.basis,
        notes="Each doubt comes on top of those before it; where they end does not depend on their order."
        + _without_effect(found),
    )


def cut_label(cut: Cut) -> str:
    """A doubt as a short name."""
    if cut.kind == "stress":
        found = stress()
        return f"{_times('Costs', found.costs)} and {inside(_times('Gains', found.benefits))}"
    labels = {
        "costs": _times("Costs", cut.amount or 0.0),
        "benefits": _times("Gains", cut.amount or 0.0),
        "later": f"Benefits {numbers.months(cut.amount)} later",
        "hurdle": f"Hurdle rate of {numbers.percent(cut.amount)}",
        "cash_only": "Cash only",
        "signed_only": "Signed effects only",
    }
    theme = library.words().themes[cut.theme] if cut.theme else ""
    return labels.get(cut.kind) or f"Without “{inside(theme)}”"


def _times(what: str, factor: float) -> str:
    """What a factor does, in per cent: Costs 20% higher, Gains 56% smaller."""
    if factor == 1:
        return f"{what} as counted"
    more = "higher" if what == "Costs" else "larger"
    less = "lower" if what == "Costs" else "smaller"
    return f"{what} {numbers.percent(abs(factor - 1))} {more if factor > 1 else less}"


def _left(view: View, found: Cuts) -> str:
    """What all doubts together leave, and how many of them the case withstands."""
    start, end, doubts = (
        view.text(found.start, "money"),
        view.text(found.end, "money"),
        len(found.steps),
    )
    if not doubts:
        return f"Nothing is taken off: {start} as counted"
    many = "One doubt" if doubts == 1 else f"{doubts} doubts on top of each other"
    if found.start <= 0:
        return f"It does not pay as counted, {start}; {inside(many)} {_s('make', doubts)} it {end}"
    if found.end > 0:
        return f"{many} {_s('leave', doubts)} {end} of {start}"
    if doubts == 1:
        return f"One doubt turns {start} into {end}"
    stood = next(number for number, step in enumerate(found.steps) if step.npv <= 0)
    if stood == 0:
        return f"The first of {doubts} doubts already ends it; all of them turn {start} into {end}"
    return f"It withstands {stood} of {doubts} doubts; all of them together turn {start} into {end}"


def _s(verb: str, subjects: int) -> str:
    return f"{verb}s" if subjects == 1 else verb


def _turn(view: View, found: Cuts) -> list[str]:
    """The doubt that makes it stop paying, with what was left before and after."""
    before = found.start
    for step in found.steps:
        if before > 0 >= step.npv:
            label = cut_label(step.cut)
            amounts = f"{view.text(before, 'money')} becomes {view.text(step.npv, 'money')}"
            return [f"It stops paying with: {inside(label)}; {amounts}."]
        before = step.npv
    return []


def _back(view: View, found: Cuts) -> str:
    """When the money is back as counted, and with every doubt."""
    last = found.steps[-1] if found.steps else None
    before = _payback(view, found.payback_state, found.payback_months)
    after = _payback(view, last.payback_state, last.payback_months) if last else before
    if before == after:
        return f"The money is {before} either way."
    return f"The money is {before} as counted, {after} with every doubt."


def _payback(view: View, state: str, months: float | None) -> str:
    if state == "not_reached":
        return f"not back within {years(view.case.company.years)}"
    return "never out" if months is None else f"back after {view.text(months, 'months')}"


def _stressed(view: View, found: Cuts) -> str:
    """What is left if it goes as large projects went on average, with where that is known from."""
    evidence = library.evidence()[stress().source]
    grade = inside(library.words().grades[evidence.grade])
    what = inside(cut_label(Cut(kind="stress")))
    amount = view.text(abs(found.stressed), "money")
    verb = "lose" if found.stressed < 0 else "still return"
    return (
        f"Had it gone as an average of {inside(evidence.population or '')}, {what} ({grade}, {evidence.year}), "
        f"it would {verb} {amount}."
    )


def _without_effect(found: Cuts) -> str:
    still = [inside(cut_label(step.cut)) for step in found.steps if not step.step]
    return f" Without effect here: {'; '.join(still)}." if still else ""
