"""How likely it is to pay: the returns of many futures, with their middle and the counted one marked among them."""

from __future__ import annotations

from dataclasses import replace

from casebuilder.analysis.simulation import Settings, Simulation
from casebuilder.pitch import numbers
from casebuilder.pitch.numbers import Scale
from casebuilder.pitch.records import Chart, Exhibit, Figure, Role, Series, role_of
from casebuilder.pitch.view import View
from casebuilder.pitch.words import inside, scenario_label, years

#: What marks the column that has the middle of all futures: as many are better as worse.
MIDDLE = "Middle"


def distribution(view: View, simulation: Simulation) -> Exhibit:
    """The simulated returns of the run that is asked for."""
    varies = len(simulation.histogram.draws) > 1
    return Exhibit(
        "distribution",
        _title(view, simulation) if varies else _certain(view, simulation),
        takeaways=(
            _counted(view, simulation),
            _payback(view, simulation),
            _meaning(simulation.settings),
        )
        if varies
        else (),
        figures=(_figure(view, simulation),) if varies else (),
        chart=_chart(view, simulation) if varies else None,
        source=f"{view.basis}; {_futures(simulation)}, only the sizes of effects drawn, from low to high without "
        f"risk adjustment, seed {simulation.settings.seed}, method {simulation.algorithm}",
        notes=_precision(view, simulation) if varies else "",
    )


# Sentences


def _title(view: View, simulation: Simulation) -> str:
    """The likelier outcome with its chance, and the tail that speaks against it."""
    loss, npv = simulation.probability_of_loss, simulation.npv
    if loss <= 0.5:
        tail = _beyond(view, npv.p10, "loses more than", "returns less than")
        return _chances(simulation, 1 - loss, "pays", tail)
    tail = _beyond(view, npv.p90, "loses less than", "returns more than")
    return _chances(simulation, loss, "loses money", tail)


def _chances(simulation: Simulation, share: float, does: str, tail: str) -> str:
    if share == 1:
        return f"It {does} in all {_futures(simulation)}; one in ten {tail}"
    of_hundred = int(numbers.rounded(100 * share))
    chances = "More than 99" if of_hundred == 100 else str(of_hundred)
    return f"{chances} chances in 100 that it {does}; one in ten that it {tail}"


def _beyond(view: View, amount: float, below_zero: str, above_zero: str) -> str:
    return f"{below_zero if amount < 0 else above_zero} {view.text(abs(amount), 'money')}"


def _certain(view: View, simulation: Simulation) -> str:
    npv = simulation.mean
    does = "loses" if npv < 0 else "returns"
    why = "the ranges of effects hardly move it" if simulation.effects else "no effect has a range"
    return f"Every future {does} {view.text(abs(npv), 'money')}: {why}"


def _counted(view: View, simulation: Simulation) -> str:
    """How often the return we are held to is reached, and what the worst futures come to."""
    name = inside(scenario_label(simulation.scenario))
    reached = _in(simulation, simulation.probability_of_counted)
    worst = "loses at least" if simulation.p5 < 0 else "returns at most"
    return (
        f"The {name} return of {view.text(simulation.counted, 'money')} is reached in {reached}; "
        f"the worst one in twenty {worst} {view.text(abs(simulation.p5), 'money')}."
    )


def _payback(view: View, simulation: Simulation) -> str:
    found, horizon = simulation.payback, years(view.case.company.years)
    if found is None:
        return f"In none of {_futures(simulation)} is the money back within {horizon}."
    if found.p90 == 0:
        return "In at least nine futures of ten there is nothing to pay back."
    first, last = (view.text(months, "months") for months in (found.p10, found.p90))
    when = f"after {last}" if first == last else f"between {first} and {last}"
    if simulation.share_paid_back == 1:
        return f"In eight futures of ten the money is back {when}."
    late = _in(simulation, 1 - simulation.share_paid_back)
    return f"Not back within {horizon} in {late}; of the rest, eight in ten are back {when}."


def _meaning(settings: Settings) -> str:
    """What low and high were taken for, and what moves together."""
    if settings.ends == "limits":
        ends = "No effect leaves the range from low to high"
    else:
        ends = "One effect in ten is worse than its low, one in ten better than its high"
    return f"{ends}; {_together(settings)}."


def _together(settings: Settings) -> str:
    parts = []
    if settings.across:
        parts.append(f"{numbers.factor(settings.across)} between any two")
    if settings.within > settings.across:
        parts.append(f"{numbers.factor(settings.within)} inside an investment")
    if settings.pairs:
        pairs = len(settings.pairs)
        parts.append("as stated for one pair" if pairs == 1 else f"as stated for {pairs} pairs")
    if not parts:
        return "each varies on its own, so what hits several at once is left out"
    return f"they move together: correlation {', '.join(parts)}"


def _precision(view: View, simulation: Simulation) -> str:
    known, loss = simulation.convergence, simulation.probability_of_loss
    verdict = "that is close enough" if known.known else "more futures are needed"
    chance = numbers.percent(loss) + f", give or take {numbers.points(2 * known.probability_of_loss)}"
    return (
        f"The mean of {_futures(simulation)} is {view.text(simulation.mean, 'money')}, "
        f"give or take {view.text(2 * known.mean, 'money')}: {verdict}. "
        f"{f'The chance of a loss is {chance}.' if loss else 'None of them loses money.'}"
    )


def _futures(simulation: Simulation) -> str:
    return f"{numbers.count(simulation.settings.draws)} futures"


def _in(simulation: Simulation, share: float) -> str:
    """A share of the futures: "93 of 100 futures"; none and all only where it is none and all of them."""
    if share in (0, 1):
        return f"{'all' if share else 'none of'} {_futures(simulation)}"
    of_hundred = min(99, max(1, int(numbers.rounded(100 * share))))
    if share < 0.005:
        return "fewer than 1 of 100 futures"
    return f"{'more than ' if share >= 0.995 else ''}{of_hundred} of 100 futures"


# Figures and chart


def _figure(view: View, simulation: Simulation) -> Figure:
    """The middle of all futures, and between which amounts eight in ten lie."""
    npv = simulation.npv
    low, high = view.text(npv.p10, "money"), view.text(npv.p90, "money")
    return Figure(
        "simulation/p50",
        "as likely better as worse",
        npv.p50,
        "money",
        view.text(npv.p50, "money"),
        f"eight in ten between {low} and {high}",
        role_of(npv.p50),
    )


def _chart(view: View, simulation: Simulation) -> Chart:
    found = simulation.histogram
    scale = _edge_scale(found.edges)
    draws = sum(found.draws)
    npv = simulation.npv
    return Chart(
        "columns",
        tuple(scale.text(edge) for edge in found.edges[:-1]),
        (
            Series(
                "Share of futures",
                tuple(count / draws for count in found.draws),
                "programme",
                _marks(simulation),
                key="simulation/histogram",
            ),
        ),
        "share",
        f"Share of futures, by net present value (lower end of each column), {scale.title('money', view.currency)}",
        f"Columns of the share of {_futures(simulation)} by net present value: "
        f"one in ten below {view.text(npv.p10, 'money')}, half below {view.text(npv.p50, 'money')}, "
        f"one in ten above {view.text(npv.p90, 'money')}.",
        roles=tuple(_column_role(edge) for edge in found.edges[:-1]),
    )


def _column_role(lower_edge: float) -> Role:
    """Zero is an edge wherever it is inside, so a column that starts below it ends there or below."""
    return "harm" if lower_edge < 0 else "programme"


def _marks(simulation: Simulation) -> tuple[str, ...]:
    """A word above the columns that hold the middle and the counted return, nothing above the others."""
    found = simulation.histogram
    words: list[list[str]] = [[] for _ in found.draws]
    words[found.column_of(simulation.counted)].append(scenario_label(simulation.scenario))
    words[found.column_of(simulation.npv.p50)].append(MIDDLE)
    return tuple(" and ".join(names) for names in words)


def _edge_scale(edges: tuple[float, ...]) -> Scale:
    """The scale of the edges, with as many decimals as tell one from the next."""
    scale = numbers.chart_scale(edges, "money")
    step = (edges[1] - edges[0]) / scale.factor
    decimals = next(n for n in range(12) if abs(round(step, n) - step) < 1e-6 * step)
    return replace(scale, decimals=max(decimals, scale.decimals if decimals else 0))
