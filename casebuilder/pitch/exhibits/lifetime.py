"""What customers are worth: by segment in both worlds, and how much of it meets what is broken."""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.analysis.lifetime import STAGES, LifetimeValue, Stake
from casebuilder.case import library
from casebuilder.case.records.customers import JourneyStage
from casebuilder.pitch import numbers
from casebuilder.pitch.exhibits.choice import KEY
from casebuilder.pitch.records import Chart, Exhibit, Series, Table
from casebuilder.pitch.starting import starting_mark
from casebuilder.pitch.view import View
from casebuilder.pitch.words import inside

#: Segments with bars of their own, and places on one table.
SEGMENTS, PLACES = 8, 8
#: Letters of a problem in a cell.
PROBLEM = 90


def lifetime_value(view: View, found: Sequence[LifetimeValue]) -> Exhibit:
    """What one customer is worth by segment, do nothing and with the programme, at the end of the last year."""
    last = [value for value in found if value.year == view.case.company.years]
    shown = last[:SEGMENTS]
    rows = tuple(_row(view, value) for value in last)
    return Exhibit(
        "lifetime_value",
        _worth(view, last),
        takeaways=tuple(_together(view, last)),
        chart=_pairs(view, shown) if shown else None,
        table=Table(
            ("Segment", "Customers", "Each is worth more by"),
            rows,
            numeric=frozenset({1, 2}),
        )
        if rows
        else None,
        source=view.basis,
        empty=not any(value.without and value.with_ for value in last),
        notes="Lifetime value: a year's margin after service, for as long as customers stay, at the hurdle rate; "
        "what it costs to win them is not taken off.",
    )


def _worth(view: View, last: Sequence[LifetimeValue]) -> str:
    """The segment whose customers change most in worth, as a share of it."""
    every = [(value.segment, value.without, value.with_) for value in last if value.without and value.with_]
    known = [each for each in every if _today(view, each[0])] or every
    if not known:
        return "No segment has a lifetime value that could be counted"
    if all(view.text(before, "money") == view.text(after, "money") for _, before, after in known):
        segment, _, after = max(known, key=lambda item: item[2])
        return (
            f"One customer is worth the same with the programme: {view.text(after, 'money')} in “{segment}”"
        )
    segment, before, after = max(known, key=lambda item: abs(item[2] / item[1] - 1))
    year, now, moved = (
        view.case.company.years,
        view.text(after, "money"),
        view.text(abs(after - before), "money"),
    )
    more = "more" if after >= before else "less"
    return f"In year {year} a customer in “{segment}” is worth {now}, {moved} {more} than if nothing is done"


def _today(view: View, segment: str) -> float:
    """How many customers a segment has today; one may start empty."""
    return next(s.customers for s in view.case.segments if s.name == segment)


def _row(view: View, value: LifetimeValue) -> tuple[str, ...]:
    customers = _today(view, value.segment)
    known = value.without is not None and value.with_ is not None
    change = (value.with_ or 0.0) - (value.without or 0.0)
    return (
        value.segment,
        view.text(customers, "count"),
        numbers.money(change, view.currency, signed=True) if known else numbers.NOTHING,
    )


def _pairs(view: View, shown: Sequence[LifetimeValue]) -> Chart:
    """Two bars a segment: do nothing and with the programme."""
    without, with_ = tuple(value.without for value in shown), tuple(value.with_ for value in shown)
    scale = numbers.chart_scale((*without, *with_), "money")
    said = "; ".join(
        f"{value.segment} {view.text(value.without, 'money')} and {view.text(value.with_, 'money')}"
        for value in shown
    )
    key = f"{KEY}/lifetime_value"
    return Chart(
        "bars",
        tuple(value.segment for value in shown),
        (
            Series("Do nothing", without, "do_nothing", key=f"{key}/without"),
            Series("With the programme", with_, "programme", key=f"{key}/with"),
        ),
        "money",
        f"Lifetime value of one customer in year {view.case.company.years}, {scale.title('money', view.currency)}",
        f"Bars of lifetime value by segment, do nothing and with the programme: {said}.",
        scale=scale.factor,
    )


def _together(view: View, last: Sequence[LifetimeValue]) -> list[str]:
    """The average over all customers, what a win costs against it, and segments without a number."""
    year, said = view.case.company.years, []
    before, after = (
        view.asked.kpi("customer_lifetime_value", world)[year - 1] for world in ("without", "with")
    )
    if after is not None:
        said.append(
            f"On average over all customers: {view.text(after, 'money')}; do nothing: {view.text(before, 'money')}."
        )
    times = view.asked.kpi("clv_to_cac", "with")[year - 1]
    if times is not None:
        places = [segment.name for segment in view.case.segments]
        cost = f"costs to win one{starting_mark(view, 'acquisition_cost', places)}"
        said.append(f"A new customer is worth {view.text(times, 'ratio')} what it {cost}.")
    endless = [value.segment for value in last if value.with_ is None]
    if endless:
        said.append(f"No number for {', '.join(endless)}: nobody leaves and money costs nothing.")
    return said


def value_at_stake(view: View, found: Sequence[Stake]) -> Exhibit:
    """How much lifetime value meets a problem, by stage of the journey and segment: exposed, not lost."""
    known = [stake for stake in found if stake.value is not None and _met(stake)]
    order = sorted(known, key=lambda stake: -(stake.value or 0.0))[:PLACES]
    shown = [stake for stake in known if stake in order]
    values = tuple(stake.value for stake in shown)
    scale = numbers.chart_scale(values, "money")
    axis = f"Lifetime value that meets a problem, {scale.title('money', view.currency)}"
    return Exhibit(
        "value_at_stake",
        _exposed(view, known),
        takeaways=tuple(_reading(found, len(known) - len(shown))),
        chart=Chart(
            "bars",
            tuple(_place(stake) for stake in shown),
            (Series("Exposed", values, "do_nothing", key=";".join(_key(stake) for stake in shown)),),
            "money",
            axis,
            "Bars of exposed lifetime value: "
            + "; ".join(f"{_place(stake)} {view.text(stake.value, 'money')}" for stake in shown)
            + ".",
            scale=scale.factor,
        )
        if shown
        else None,
        table=Table(
            ("Where", "Who meets it", "What is broken"),
            tuple((_place(stake), _people(view, stake), _broken(view, stake)) for stake in shown),
        )
        if shown
        else None,
        source=view.basis,
        empty=not shown,
        notes="Lifetime value at the end of the first year if nothing is done. A prospect counts with today's chance "
        "of becoming a customer, a problem of all segments in proportion to the people of each.",
    )


def _place(stake: Stake) -> str:
    return f"{library.words().journey_stages[stake.stage]}: {stake.segment}"


def _key(stake: Stake) -> str:
    return f"{KEY}/at_stake/{stake.stage}/{stake.segment}"


def _exposed(view: View, known: Sequence[Stake]) -> str:
    """The stage at which most value meets a problem, over all segments."""
    if not known:
        return "No problem in the case says at which stage it meets how many customers of today"
    total: dict[JourneyStage, float] = {
        stage: sum(stake.value or 0.0 for stake in known if stake.stage == stage)
        for stage in STAGES
        if any(stake.stage == stage for stake in known)
    }
    stage = max(total, key=lambda name: total[name])
    who = "Prospects" if next(stake for stake in known if stake.stage == stage).prospects else "Customers"
    label = inside(library.words().journey_stages[stage])
    more = ", more than at any other stage" if len(total) > 1 else ""
    return f"{who} worth {view.text(total[stage], 'money')} meet what is broken where they {label}{more}"


def _met(stake: Stake) -> bool:
    """Whether anybody is there today to meet it: a segment may start without customers."""
    return stake.customers is None or stake.customers > 0


def _people(view: View, stake: Stake) -> str:
    number = numbers.count(float(numbers.rounded(stake.customers or 0.0)))
    if stake.stage == "buy":
        return f"{number} deals a year"
    return f"{number} leads a year" if stake.prospects else f"{number} customers"


def _broken(view: View, stake: Stake) -> str:
    """The problem that meets most people, and how many more there are."""
    met = [problem for problem in view.case.problems if problem.id in stake.problems]
    first = max(met, key=lambda problem: problem.customers_affected or 0.0).what.rstrip(".")
    more = f" (and {len(met) - 1} more)" if len(met) > 1 else ""
    return (first if len(first) <= PROBLEM else first[: PROBLEM - 1].rstrip() + "…") + more


def _reading(found: Sequence[Stake], hidden: int) -> list[str]:
    """How to read it: exposed and not lost, people counted once a stage, places left out."""
    if not found:
        return []
    said = ["This is what is exposed, not what would be lost: nobody knows who would leave for it."]
    said.append("Stages do not add up: the same people come past several.")
    unknown = sum(stake.value is None for stake in found)
    if hidden > 0:
        said.append(f"{hidden} smaller {'place is' if hidden == 1 else 'places are'} not shown.")
    elif unknown:
        said.append(
            f"For {unknown} more {'place' if unknown == 1 else 'places'} the case does not say how many."
        )
    return said
