"""The exhibits of a pitch: each a conclusion with its number, its evidence, and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.case import library
from casebuilder.case.records.initiatives import Effect, Initiative
from casebuilder.model.benefits import LINES
from casebuilder.pitch import numbers
from casebuilder.pitch.plausibility import warnings
from casebuilder.pitch.records import Chart, Exhibit, Figure, Role, Series, Table
from casebuilder.pitch.view import View
from casebuilder.pitch.words import day, option_label, scenario_label

#: Benefits with a step of their own in the waterfall; the smaller ones share one.
STEPS = 7
#: Assumptions on one table.
ASSUMPTIONS = 7
#: Periods with a column of their own; beyond, months become quarters, then years.
COLUMNS = 21


def cover(view: View) -> Exhibit:
    """Whose case, for whom, when it is decided."""
    return Exhibit("cover", view.case.title, takeaways=(f"For the {view.role}",))


def decision(view: View) -> Exhibit:
    """The decision asked for, what it costs until the first checkpoint, and what it returns."""
    asked, case = view.asked, view.case
    npv = view.text(asked.npv, "money")
    back = view.text(asked.payback_months, "months")
    if asked.npv > 0 and asked.payback_months is not None:
        title = f"{_start(view.programme)} pays: {npv} of net present value, money back after {back}"
    elif asked.npv > 0:
        title = f"{_start(view.programme)} pays: {npv} of net present value"
    else:
        title = f"Do not invest in this form: {view.programme} returns {npv}"
    figures = [
        view.figure(
            "npv", f"net present value, {scenario_label(asked.scenario).lower()}", "money", _good(asked.npv)
        )
    ]
    stage = case.decision.stage_1
    if stage is not None:
        spent = view.spent_until(stage.until)
        label = f"to release now: cost until {day(stage.until)}"
        figures.append(
            Figure(view.key("stage_1"), label, spent, "money", view.text(spent, "money"), role="cost")
        )
    else:
        figures.append(view.figure("peak_funding", "most cash out at any time", "money", "cost"))
    figures += [view.kpi_figure(), view.figure("payback", "until the money is back", "months")]
    return Exhibit(
        "decision",
        title,
        takeaways=tuple(_asks(view)),
        figures=tuple(figures),
        source=view.basis,
        notes=f"In thirty seconds: {title}. The numbers are on the sheet Summary of the workbook, column Selected.",
    )


def _asks(view: View) -> list[str]:
    decision, said = view.case.decision, []
    if decision.ask:
        decider = (
            library.personas()[decision.decider].title
            if decision.decider in library.personas()
            else decision.decider
        )
        parts = [decision.ask.rstrip(".")]
        parts += [f"decided by the {decider}"] if decider else []
        parts += [f"in the {decision.forum}"] if decision.forum else []
        parts += [f"by {day(decision.by)}"] if decision.by else []
        said.append(", ".join(parts) + ".")
    if view.stakeholder and view.stakeholder.ask:
        said.append(f"From you: {view.stakeholder.ask.rstrip('.')}.")
    said += _alternatives(view)
    return said


def _alternatives(view: View) -> list[str]:
    """The other choices in one sentence: the whole programme where less is asked for, or the version that pays."""
    asked, whole = view.asked, view.results.headline
    if asked.option != whole.option and whole.npv < asked.npv:
        verb = "would lose" if whole.npv < 0 else "would return only"
        return [f"Everything at once {verb} {view.text(abs(whole.npv), 'money')}: we do not ask for it."]
    better = max(view.results.options.values(), key=lambda option: option.npv)
    if asked.npv <= 0 < better.npv:
        return [
            f"A smaller version pays: {option_label(better.option)} returns {view.text(better.npv, 'money')}."
        ]
    if asked.npv <= 0:
        return ["Doing nothing is the better choice today; a pilot can find out what would change that."]
    return []


def kpi(view: View) -> Exhibit:
    """Their number with and without, by year."""
    kpi, years = view.kpi, view.case.company.years
    series = tuple(
        Series(words, view.asked.kpi(kpi.id, world), role, key=view.key(f"kpi/{kpi.id}/{world}"))
        for words, world, role in (
            ("Do nothing", "without", "do_nothing"),
            ("With the programme", "with", "programme"),
        )
    )
    before, after = (view.text(view.kpi_value(world, view.year), kpi.unit) for world in ("without", "with"))
    scale = numbers.chart_scale([v for row in series for v in row.values], kpi.unit)
    return Exhibit(
        "kpi",
        _kpi_title(view, before, after),
        takeaways=tuple(_kpi_reasons(view)),
        figures=(view.kpi_figure(),),
        chart=Chart(
            "line",
            tuple(f"Year {year}" for year in range(1, years + 1)),
            series,
            kpi.unit,
            ", ".join(filter(None, (kpi.label, scale.title(kpi.unit, view.currency)))),
            f"Lines by year: {kpi.label} is {after} with the programme and {before} without in year {view.year}.",
            scale=scale.factor,
        ),
        source=view.basis,
        notes=f"{kpi.label}: {kpi.description}",
    )


def _kpi_title(view: View, before: str, after: str) -> str:
    kpi, closed = view.kpi, view.gap_closed
    target = view.text(view.driver.target, kpi.unit) if view.driver and view.driver.target is not None else ""
    if before == after:
        return f"{kpi.label} stays at {after} in year {view.year}: {view.programme} does not move it"
    moved = f"{kpi.label} goes from {before} to {after} in year {view.year}"
    if view.has_no_problem:
        return f"{moved}; doing nothing already meets the target of {target}"
    if closed is None:
        return moved
    if closed >= 1:
        return f"{moved}: the target of {target} is met"
    if closed <= 0:
        return f"{moved}: away from the target of {target}"
    return f"{moved}: {numbers.percent(closed, 0)} of the gap to {target}, not all of it"


def _kpi_reasons(view: View) -> list[str]:
    lines = {library.levers()[lever].line for lever in view.kpi.levers}
    worth = sorted(((view.asked.amount(f"pv.{name}"), name) for name in LINES if name in lines), reverse=True)
    words = library.words().lines
    said = [
        f"{words[name]}: worth {view.text(value, 'money')} to the company."
        for value, name in worth[:2]
        if value > 0
    ]
    if not said:
        said = [f"None of the investments moves what stands behind {view.kpi.label.lower()}."]
    if view.driver and view.driver.words and view.driver.words_may_be_shown:
        said.append(f"You told us: {view.driver.words.rstrip('.')}.")
    return said


def benefits(view: View) -> Exhibit:
    """From each benefit through cost and tax to net present value."""
    steps = _steps(view)
    values = (*(value for _, value, _, _ in steps), view.asked.npv)
    scale = numbers.chart_scale(values, "money")
    gains = view.text(view.asked.amount("pv_benefits"), "money")
    cost, npv = view.text(view.asked.amount("pv_costs"), "money"), view.text(view.asked.npv, "money")
    return Exhibit(
        "benefits",
        f"Benefits of {gains} against costs of {cost} leave {npv}",
        takeaways=tuple(_beside_the_return(view)),
        chart=Chart(
            "waterfall",
            (*(label for label, *_ in steps), "Net present value"),
            (
                Series(
                    "Present value",
                    values,
                    "programme",
                    key=";".join([*(key for *_, key in steps), view.key("npv")]),
                ),
            ),
            "money",
            f"Present value over {view.case.company.years} years, {scale.title('money', view.currency)}",
            f"Waterfall of {len(steps)} steps from benefits through costs to a net present value of {npv}.",
            roles=(*(role for _, _, role, _ in steps), _good(view.asked.npv)),
            totals=frozenset({len(steps)}),
            scale=scale.factor,
        ),
        source=view.basis,
        notes="Every step is a line of the model; the sheet Calc selected of the workbook shows it by period.",
    )


def _steps(view: View) -> list[tuple[str, float, Role, str]]:
    """Label, amount, meaning and key of each step: gains by size, then losses, cost and tax."""
    own = [f"custom:{line.name}" for line in view.case.custom_lines if line.kind == "benefit"]
    found = [(name, view.asked.amount(f"pv.{name}")) for name in (*LINES, *own)]
    gains = sorted((item for item in found if item[1] > 0), key=lambda item: -item[1])
    losses = sorted((item for item in found if item[1] < 0), key=lambda item: item[1])
    first, small = (gains, []) if len(gains) <= STEPS else (gains[: STEPS - 1], gains[STEPS - 1 :])
    steps: list[tuple[str, float, Role, str]] = [
        (_label(n), v, _role(view, n), view.key(f"pv.{n}")) for n, v in first
    ]
    if small:
        total = sum(value for _, value in small)
        key = "+".join(view.key(f"pv.{name}") for name, _ in small)
        steps.append((f"{len(small)} smaller benefits", total, "programme", key))
    steps += [(_label(name), value, "harm", view.key(f"pv.{name}")) for name, value in losses]
    for key, label in (("pv_costs", "Cost of the programme"), ("pv_tax", "Tax")):
        amount = view.asked.amount(key)
        if amount:
            steps.append((label, -amount, "cost", f"-{view.key(key)}"))
    return steps


def _label(name: str) -> str:
    return library.words().lines.get(name, name.removeprefix("custom:"))


def _role(view: View, name: str) -> Role:
    classes = {lever.line: lever.class_ for lever in library.levers().values()}
    classes |= {f"custom:{line.name}": line.class_ for line in view.case.custom_lines}
    meanings: dict[str, Role] = {"capacity": "capacity", "risk": "risk"}
    return meanings.get(classes.get(name, ""), "programme")


def _beside_the_return(view: View) -> list[str]:
    """The first doubts, and what stands beside the return without being counted in it."""
    said: list[str] = []
    freed, risk = view.asked.amount("pv_capacity_not_counted"), view.asked.amount("pv_risk_not_counted")
    hours = sum(view.asked.flow("hours_freed"))
    if freed > 0:
        said.append(
            f"Freed capacity of {view.text(freed, 'money')} ({numbers.hours(hours)}) is not counted until positions are agreed."
        )
    if risk > 0:
        said.append(
            f"A smaller expected loss of {view.text(risk, 'money')} stands beside the return, not inside it."
        )
    if not said:
        end, years = view.asked.amount("value_after_horizon"), view.case.company.years
        said.append(
            f"Nothing after year {years} is counted; customers won by then would add {view.text(end, 'money')} later."
        )
    doubts = [warning.text for warning in warnings(view.results, view.asked) if warning.id == "one_line"]
    return [*(doubts or [_largest(view)]), *said][:3]


def _largest(view: View) -> str:
    """The largest benefit and its share of all gains."""
    worth = {name: view.asked.amount(f"pv.{name}") for name in LINES}
    name = max(worth, key=lambda line: worth[line])
    gains = sum(value for value in worth.values() if value > 0)
    if gains <= 0:
        return "No benefit of the model is above zero."
    share = numbers.percent(worth[name] / gains, 0)
    return f"{_label(name)} is the largest benefit: {view.text(worth[name], 'money')}, {share} of all gains."


def cash_flow(view: View) -> Exhibit:
    """Money out and in, and when it is back."""
    names, net, so_far = _cash_columns(view)
    scale = numbers.chart_scale((*net, *so_far), "money")
    months, back = view.asked.payback_months, view.text(view.asked.payback_months, "months")
    peak, end = view.asked.amount("peak_funding"), so_far[-1]
    if months is not None:
        title = f"The money is back after {back}; never more than {view.text(peak, 'money')} is out"
    elif view.asked.payback_state == "no_investment":
        title = "The running total never falls below zero: there is nothing to pay back"
    else:
        title = f"The money is not back within {view.case.company.years} years: {view.text(end, 'money')} at the end"
    labels = [""] * len(net)
    labels[-1] = scale.text(end)
    low = min(range(len(net)), key=lambda column: so_far[column])
    if so_far[low] < 0:
        labels[low] = scale.text(so_far[low])
    if months is not None:
        column = next((c for c in range(len(net)) if _column_end(view, c, len(net)) >= months), len(net) - 1)
        labels[column] = f"Paid back: {back}"
    return Exhibit(
        "cash_flow",
        title,
        takeaways=tuple(_checkpoints(view)),
        figures=(
            view.figure("payback", "until the money is back", "months"),
            view.figure("peak_funding", "most cash out at any time", "money", "cost"),
        ),
        chart=Chart(
            "columns",
            names,
            (
                Series("Net cash", net, "programme", key=view.key("net")),
                Series("So far", so_far, "muted", tuple(labels), key=view.key("cumulative")),
            ),
            "money",
            f"Net cash, {scale.title('money', view.currency)}",
            f"Columns of net cash and the running total, which ends at {view.text(end, 'money')}.",
            roles=tuple("cost" if flow < 0 else "programme" for flow in net),
            scale=scale.factor,
        ),
        source=view.basis,
    )


def _cash_columns(view: View) -> tuple[tuple[str, ...], tuple[float, ...], tuple[float, ...]]:
    """Names, net cash and running total by column: the decision, then periods, quarters or years."""
    per_year, years = view.case.company.periods_per_year, view.case.company.years
    net = view.asked.flow("net")
    parts = next((p for p in (12, 4, 1) if p <= per_year and p * years + 1 <= COLUMNS), 1)
    width = per_year // parts
    grouped = [net[0], *(sum(net[start : start + width]) for start in range(1, len(net), width))]
    so_far, total = [], 0.0
    for amount in grouped:
        total += amount
        so_far.append(total)
    word = {12: "M", 4: "Q", 1: ""}[parts]
    names = [f"Y{c // parts + 1}" + (f" {word}{c % parts + 1}" if word else "") for c in range(parts * years)]
    return ("Start", *names), tuple(grouped), tuple(so_far)


def _column_end(view: View, column: int, columns: int) -> float:
    """The month at which a column ends."""
    return 12.0 * view.case.company.years * column / (columns - 1)


def _checkpoints(view: View) -> list[str]:
    inside = view.case.option_table.get(view.asked.option)
    said = []
    for initiative in view.case.initiatives:
        if initiative.gate and initiative.enabled and (inside is None or initiative.id in inside):
            gate = initiative.gate
            rest = f"; we stop if {gate.stop_if}" if gate.stop_if else ""
            said.append(f"Checkpoint in month {gate.month:g}, {initiative.name}: {gate.indicator}{rest}.")
    return said[:2]


def scenarios(view: View) -> Exhibit:
    """What is asked for under every scenario."""
    found = [view.results.outcome(id, view.asked.option) for id in view.case.scenario_table]
    names = tuple(scenario_label(outcome.scenario) for outcome in found)
    values = tuple(outcome.npv for outcome in found)
    scale = numbers.chart_scale(values, "money")
    pays = sum(value > 0 for value in values)
    worst = min(found, key=lambda outcome: outcome.npv)
    verb = "loses" if worst.npv < 0 else "still returns"
    title = f"It pays in {pays} of {len(found)} scenarios; {scenario_label(worst.scenario).lower()} {verb} {view.text(abs(worst.npv), 'money')}"
    states = {"not_reached": "not reached", "no_investment": "nothing to pay back"}
    return Exhibit(
        "scenarios",
        title,
        takeaways=(
            f"The {scenario_label(view.asked.scenario).lower()} one is what we will be held to.",
            _scenario_words(view, worst.scenario),
        ),
        chart=Chart(
            "bars",
            names,
            (
                Series(
                    "Net present value", values, "programme", key=";".join(view.key("npv", o) for o in found)
                ),
            ),
            "money",
            f"Net present value, {scale.title('money', view.currency)}",
            "Bars of net present value by scenario: "
            + ", ".join(
                f"{name} {view.text(value, 'money')}" for name, value in zip(names, values, strict=True)
            )
            + ".",
            roles=tuple(_bar_role(view, outcome.scenario, outcome.npv) for outcome in found),
            scale=scale.factor,
        ),
        table=Table(
            ("Scenario", "Return on cost", "Paid back after"),
            tuple(
                (
                    name,
                    view.text(o.roi, "share"),
                    states.get(o.payback_state) or view.text(o.payback_months, "months"),
                )
                for name, o in zip(names, found, strict=True)
            ),
            numeric=frozenset({1, 2}),
            emphasised=next((n for n, o in enumerate(found) if o.scenario == view.asked.scenario), None),
            keys=tuple(("", view.key("roi", o), view.key("payback", o)) for o in found),
        ),
        source=view.basis,
    )


def _scenario_words(view: View, id: str) -> str:
    scenario = view.case.scenario_table[id]
    effects = {
        "low": "every effect at its low end",
        "base": "effects as expected",
        "high": "every effect at its high end",
    }
    parts = [effects[scenario.effects]]
    if scenario.haircut:
        parts.append("less a risk adjustment by grade of evidence")
    if scenario.cost_factor != 1:
        parts.append(f"costs times {numbers.factor(scenario.cost_factor)}")
    if scenario.delay_months:
        parts.append(f"benefits {numbers.months(scenario.delay_months)} later")
    return f"{scenario_label(id)} means {', '.join(parts)}."


def _bar_role(view: View, scenario: str, npv: float) -> Role:
    if npv < 0:
        return "harm"
    return "programme" if scenario == view.asked.scenario else "do_nothing"


def assumptions(view: View) -> Exhibit:
    """What must be true: the effects that carry the run, what they start from and who stands behind them."""
    found = sorted(
        _effects(view), key=lambda item: -abs(view.asked.amount(f"pv.{library.levers()[item[1].lever].line}"))
    )
    rows, defaults = [], []
    for initiative, effect in found[:ASSUMPTIONS]:
        if _is_default(view, effect):
            defaults.append(len(rows))
        rows.append(_assumption(view, initiative, effect))
    signed = sum(effect.agreed is not None for _, effect in found)
    rest = len(found) - len(rows)
    others = "One smaller effect stands" if rest == 1 else f"{rest} smaller effects stand"
    said = (f"{others} on the sheet Inputs of the workbook.",) if rest > 0 else ()
    return Exhibit(
        "assumptions",
        f"{len(found)} effects carry the case: {signed} signed by somebody, {len(found) - signed} by nobody yet",
        takeaways=said,
        table=Table(
            ("What must be true", "Today", "Expected", "Low to high", "Evidence", "Signed by"),
            tuple(rows),
            numeric=frozenset({1, 2, 3}),
            defaults=frozenset(defaults),
            chip=1,
        ),
        source=view.basis,
    )


def _effects(view: View) -> list[tuple[Initiative, Effect]]:
    return [
        (initiative, effect)
        for initiative in view.case.initiatives
        if view.asked.number(f"active[{initiative.id}]") == 1.0
        for effect in initiative.effects
    ]


def _base_paths(view: View, effect: Effect) -> Sequence[str]:
    lever = library.levers()[effect.lever]
    if lever.scope == "company":
        return (f"{library.inputs()[lever.id].group}.{lever.id}",)
    names = [s.name for s in view.case.segments if effect.segment in ("all", s.name)]
    return tuple(f"segments[{name}].{lever.id}" for name in names)


def _is_default(view: View, effect: Effect) -> bool:
    stated = [view.case.inputs.get(path) for path in _base_paths(view, effect)]
    return any(given is None or given.status == "default" for given in stated)


def _assumption(view: View, initiative: Initiative, effect: Effect) -> tuple[str, ...]:
    lever = library.levers()[effect.lever]
    unit = library.inputs()[lever.id].unit
    levels = [view.asked.number(path) for path in _base_paths(view, effect)]
    today = " / ".join(dict.fromkeys(view.text(level, unit) for level in levels))
    rises = (lever.way == "up") == (effect.base >= 0)
    mark = "+" if rises else numbers.MINUS

    def size(value: float) -> str:
        return numbers.points(abs(value)) if lever.kind == "points" else numbers.percent(abs(value))

    where = "" if effect.segment == "all" else f", {effect.segment}"
    grade = library.words().grades[effect.grade]
    return (
        f"{lever.label}{where}: {initiative.name}",
        today,
        f"{mark}{size(effect.base)}",
        f"{_signed(lever.way, effect.low, size)} to {_signed(lever.way, effect.high, size)}",
        grade,
        effect.agreed.by if effect.agreed else "nobody yet",
    )


def _signed(way: str, value: float, size: object) -> str:
    """A size as the metric moves: an improvement of a metric that should fall is a minus."""
    assert callable(size)
    if value == 0:
        return str(size(0.0))
    up = (way == "up") == (value > 0)
    return ("+" if up else numbers.MINUS) + str(size(value))


def _good(amount: float) -> Role:
    return "programme" if amount >= 0 else "harm"


def _start(text: str) -> str:
    return text[:1].upper() + text[1:]
