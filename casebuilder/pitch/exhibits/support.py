"""How much of what one stakeholder is measured on the case closes, beside the best that could be done for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casebuilder.analysis.fit import Part, Why, is_hurdle
from casebuilder.analysis.library_best import Best, Support
from casebuilder.case import library
from casebuilder.case.records.stakeholders import Driver
from casebuilder.model.kpis import OF_THE_CASE
from casebuilder.pitch import numbers
from casebuilder.pitch.records import Chart, Exhibit, Figure, Series, Table
from casebuilder.pitch.view import View

#: Shares that have a name, as people say them.
NAMED = {
    1 / 10: "a tenth",
    1 / 5: "a fifth",
    1 / 4: "a quarter",
    1 / 3: "a third",
    1 / 2: "half",
    2 / 3: "two thirds",
    3 / 4: "three quarters",
    9 / 10: "nine tenths",
}
#: A share this close to one that has a name is called by it; below the first nothing is closed, above the last all.
NEAR, LEAST, MOST = 0.03, 0.005, 0.995
#: Investments named as the best help, and points of fit (of 100) from which a better choice is worth a word.
NAMED_HELPS, BETTER = 2, 1.0
#: What stands for a driver instead of a percentage.
CLOSED: Mapping[Why, str] = {
    "at_target": "already at target",
    "no_target": "no target on file",
    "not_computed": "not computed",
    "moved_away": "moves away",
    "hurdle_met": "met",
    "hurdle_met_expected": "met only as expected",
    "hurdle_missed": "not met",
}
#: Drivers that count nothing because nobody can tell.
UNKNOWN: tuple[Why, ...] = ("no_target", "not_computed")


def fit(view: View, found: Support) -> Exhibit:
    """This stakeholder's share of the gap that closes in the run that is asked for.

    Nobody sees another's fit: ValueError where `found` is not about the person the view is for.
    """
    if found.stakeholder != view.stakeholder:
        raise ValueError("this fit is somebody else's")
    parts, value = found.fit.parts, found.fit.value
    if value is None:
        return Exhibit(
            "fit",
            f"What the {view.role} is measured on is not on file yet, so nobody can say how much of it closes",
            takeaways=(
                "Ask for the two or three numbers that decide their year, each with its target and date.",
            ),
            source=view.basis,
        )
    return Exhibit(
        "fit",
        _title(view, parts, value),
        takeaways=tuple([*_away(view, parts), *_best(found.best, value), *_unknown(parts)][:3]),
        figures=(_figure(view, value),),
        chart=_chart(view, parts),
        table=_table(view, parts),
        source=view.basis,
        notes="Each number counts by how much it decides the year and by how one answers for it; of each the part of "
        "the way from today to the target that the programme goes by the year it is due, against doing nothing. "
        "Return, payback and funding count where they are met.",
    )


def _title(view: View, parts: Sequence[Part], value: float) -> str:
    programme = view.programme[:1].upper() + view.programme[1:]
    if all(is_hurdle(part.driver) for part in parts):
        return f"{programme} {_hurdles(sum(part.why == 'hurdle_met' for part in parts), len(parts))}"
    share = value / 100
    if share < LEAST:
        return f"{programme} closes none of your gap ({numbers.percent(share, 0)})"
    if share > MOST:
        return f"{programme} closes all of your gap ({numbers.percent(share, 0)})"
    return f"{programme} closes {_named(share)} of your gap"


def _hurdles(met: int, many: int) -> str:
    if many == 1:
        return "meets your one hurdle" if met else "does not meet your one hurdle"
    return (
        f"meets all {many} of your hurdles"
        if met == many
        else f"meets {met or 'none'} of your {many} hurdles"
    )


def _named(share: float) -> str:
    """A share as people say it, with its number: about a fifth (21%)."""
    nearest, text = min(NAMED.items(), key=lambda item: abs(item[0] - share))
    exact = numbers.percent(share, 0)
    return f"about {text} ({exact})" if abs(nearest - share) <= NEAR else exact


def _away(view: View, parts: Sequence[Part]) -> list[str]:
    """Harm is told first, to the one who bears it."""
    names = [_label(part.driver) for part in parts if _closed(view, part) == CLOSED["moved_away"]]
    verb = "moves" if len(names) == 1 else "move"
    return [f"{_listed(names)} {verb} away from your target with {view.programme}."] if names else []


def _best(best: Best, value: float) -> list[str]:
    """What else could be done, costs left aside, by the investments that add most to what is asked for."""
    if best.value is None:
        return []
    if best.value < value + BETTER:
        return ["No other investment of the case or of the library would close more of it."]
    names = [f"{help.name} (+{_points(help.gained)})" for help in best.helps if help.gained >= BETTER]
    said = f"The best that could be done for you, costs left aside, is {numbers.percent(best.value / 100, 0)}"
    return [f"{said}: {_listed(names[:NAMED_HELPS])} would add most." if names else f"{said}."]


def _points(points: float) -> str:
    return numbers.points(float(numbers.rounded(points)) / 100)


def _unknown(parts: Sequence[Part]) -> list[str]:
    """Numbers that count nothing although they decide part of the year."""
    untold = [_label(part.driver) for part in parts if part.why == "not_computed"]
    aimless = [_label(part.driver) for part in parts if part.why == "no_target"]
    said = [f"The model has no number for {_listed(untold)}, which counts as not closed."] if untold else []
    return said + ([f"Without a target {_listed(aimless)} counts as not closed."] if aimless else [])


def _figure(view: View, value: float) -> Figure:
    text = numbers.percent(value / 100, 0)
    return Figure(f"fit/{view.persona}", "share of your gap this closes", value / 100, "share", text)


def _chart(view: View, parts: Sequence[Part]) -> Chart:
    names = tuple(_label(part.driver) for part in parts)
    values = tuple(None if part.why in UNKNOWN else part.movement for part in parts)
    scale = numbers.chart_scale([0.0, 1.0], "share")
    said = ", ".join(f"{name} {_closed(view, part)}" for name, part in zip(names, parts, strict=True))
    return Chart(
        "bars",
        names,
        (Series("Share of the gap closed", values, "programme", key=f"fit/{view.persona}/parts"),),
        "share",
        "Share of the gap closed",
        f"Bars of the share of the gap closed: {said}.",
        scale=scale.factor,
    )


def _table(view: View, parts: Sequence[Part]) -> Table:
    return Table(
        ("What you are measured on", "Today", "Do nothing", "With it", "Target", "Due", "Gap closed"),
        tuple(_row(view, part) for part in parts),
        numeric=frozenset({1, 2, 3, 4, 6}),
    )


def _row(view: View, part: Part) -> tuple[str, ...]:
    unit = _unit(part.driver)
    today, idle, then, target = (
        view.text(value, unit) for value in (part.current, part.without, part.with_, part.driver.target)
    )
    if part.driver.kpi in OF_THE_CASE:
        return (_label(part.driver), "", "", then, target, "", _closed(view, part))
    return (_label(part.driver), today, idle, then, target, f"year {part.year}", _closed(view, part))


def _closed(view: View, part: Part) -> str:
    """How much closes, in words; what moves away by less than people see does not move."""
    unseen = view.text(part.without, _unit(part.driver)) == view.text(part.with_, _unit(part.driver))
    if part.why == "moved_away" and unseen:
        return numbers.percent(0.0)
    return CLOSED.get(part.why) or numbers.percent(part.movement, 0)


def _label(driver: Driver) -> str:
    kpi = library.kpis().get(driver.kpi)
    return driver.name or (kpi.label if kpi else driver.kpi)


def _unit(driver: Driver) -> str:
    kpi = library.kpis().get(driver.kpi)
    return kpi.unit if kpi else driver.unit or "ratio"


def _listed(names: Sequence[str]) -> str:
    """Names as a list inside a sentence: A, B and C."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
