"""How much money: the most that each budget returns, and what is lost if everything stops at a checkpoint."""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.analysis.options import best
from casebuilder.analysis.options import frontier as efficient
from casebuilder.analysis.stages import Stage
from casebuilder.analysis.subsets import Budget, Versions
from casebuilder.case import library
from casebuilder.pitch import numbers
from casebuilder.pitch.exhibits.choice import KEY, investments, listed, names_of
from casebuilder.pitch.records import Chart, Exhibit, Series, Table
from casebuilder.pitch.view import View
from casebuilder.pitch.words import day, years

#: Budgets on the chart.
BUDGETS = 7
#: A smaller version that adds this share of what the best one adds is worth a look.
MOST_OF_IT = 0.8


def frontier(
    view: View, found: Versions, budget: Budget = "first_year_cash", everyone: bool = False
) -> Exhibit:
    """The most that each budget returns, and whom that version wins: this reader, or everyone who named numbers."""
    runs = efficient(found, budget)
    shown = _thinned(runs)
    amounts = tuple(view.text(float(found.budget(budget)[run]), "money") for run in shown)
    return Exhibit(
        "frontier",
        _frontier_title(view, found, runs, budget),
        takeaways=tuple(_smaller(view, found, runs)),
        chart=_columns(view, found, shown, amounts, budget),
        table=_won(view, found, shown, amounts, budget, everyone),
        source=view.basis,
        notes=_how_many(found),
    )


def _columns(
    view: View, found: Versions, shown: Sequence[int], amounts: tuple[str, ...], budget: Budget
) -> Chart:
    values = tuple(float(found.found.npv[run]) for run in shown)
    scale = numbers.chart_scale(values, "money")
    most = view.text(max(values), "money")
    key = ";".join(f"{KEY}/versions/npv/{run}" for run in shown)
    return Chart(
        "columns",
        amounts,
        (Series("Most that it returns", values, "programme", key=key),),
        "money",
        f"Net present value by cost {_budget_words(view, budget)}, {scale.title('money', view.currency)}",
        f"Columns of the most that each of {len(shown)} budgets returns, up to {most}.",
        scale=scale.factor,
    )


def _won(
    view: View, found: Versions, shown: Sequence[int], amounts: Sequence[str], budget: Budget, everyone: bool
) -> Table:
    """What is in each version, what it returns, and how far it closes the gap of whoever is shown."""
    names, people = names_of(view), _people(view, found, everyone)
    heads = (f"Cost {_budget_words(view, budget)}", "What is in it", "Net present value")
    return Table(
        (*heads, *(f"Gap closed: {who}" for who, _ in people)),
        tuple(
            (
                amount,
                listed([names[id] for id in found.inside(run)]) or "No investment",
                view.text(float(found.found.npv[run]), "money"),
                *(_closed(found, place, run) for _, place in people),
            )
            for run, amount in zip(shown, amounts, strict=True)
        ),
        numeric=frozenset({0, 2, *range(3, 3 + len(people))}),
    )


def _closed(found: Versions, place: int, run: int) -> str:
    return numbers.percent(float(found.found.fit[place][run]) / 100, 0)


def _frontier_title(view: View, found: Versions, runs: Sequence[int], budget: Budget) -> str:
    if best(found) is None:
        return f"No version of {investments(len(found.members))} pays"
    taken, npv = found.budget(budget), found.found.npv
    knee, top = _knee(found, runs), runs[-1]
    words = _budget_words(view, budget)
    most = f"{view.text(float(taken[top]), 'money')} {words} returns the most: {view.text(float(npv[top]), 'money')}"
    if knee == top:
        return most
    share = numbers.percent(float(npv[knee] / npv[top]), 0)
    return (
        f"{view.text(float(taken[knee]), 'money')} {words} returns {view.text(float(npv[knee]), 'money')}, "
        f"{share} of what the best version returns"
    )


def _knee(found: Versions, runs: Sequence[int]) -> int:
    """The version with the smallest budget that adds most of what the best one adds to doing nothing."""
    more = found.found.npv - found.found.npv[0]
    return next(run for run in runs if more[run] >= MOST_OF_IT * more[runs[-1]])


def _smaller(view: View, found: Versions, runs: Sequence[int]) -> list[str]:
    """What is in the smaller version, what the best one leaves out, and how far they close the reader's gap."""
    if best(found) is None:
        return []
    names, knee, top = names_of(view), _knee(found, runs), runs[-1]
    said = []
    if knee != top:
        said.append(f"That is {listed([names[id] for id in found.inside(knee)])}.")
    out = [names[id] for id in found.members if id not in found.inside(top)]
    if out:
        said.append(f"The version that returns most leaves out {listed(out)}.")
    for _, place in _people(view, found, everyone=False):
        small, large = _closed(found, place, knee), _closed(found, place, top)
        more = "" if small == large else f"; the one that returns most closes {large}"
        said.append(f"It closes {small} of your gap{more}.")
    return said


def _people(view: View, found: Versions, everyone: bool) -> list[tuple[str, int]]:
    """Title and position of those whose gap is shown: the reader, or everyone who named numbers."""
    return [
        (person.role or library.personas()[person.persona].title, place)
        for place, person in enumerate(view.case.stakeholders)
        if person.drivers and (everyone or person is view.stakeholder)
    ]


def _how_many(found: Versions) -> str:
    tried = numbers.count(len(found.flags))
    if found.exact:
        return f"The best of all {tried} versions of {investments(len(found.members))}."
    return f"The best of {tried} versions that were tried; there are too many to try all of them."


def _budget_words(view: View, budget: Budget) -> str:
    return "in the first year" if budget == "first_year_cash" else f"over {years(view.case.company.years)}"


def _thinned(runs: Sequence[int]) -> tuple[int, ...]:
    """At most as many as the chart has room for, evenly, the first and the last among them."""
    if len(runs) <= BUDGETS:
        return tuple(runs)
    return tuple(runs[round(n * (len(runs) - 1) / (BUDGETS - 1))] for n in range(BUDGETS))


def stages(view: View, found: Sequence[Stage]) -> Exhibit:
    """What is spent until each checkpoint, what is lost if everything stops there, and what going on is worth."""
    chances = any(stage.expected_loss is not None for stage in found)
    heads = ["Checkpoint", "Spent until then", "Lost if stopped", "Still to spend", "Going on"]
    return Exhibit(
        "stages",
        _stages_title(view, found),
        takeaways=tuple(_stopping(view, found)),
        table=Table(
            (*heads, *(["Expected loss"] if chances else [])),
            tuple(
                (
                    _checkpoint(view, stage),
                    view.text(stage.spent, "money"),
                    view.text(stage.loss_if_stopped, "money"),
                    view.text(stage.to_spend, "money"),
                    _worth(view, stage.worth_of_going_on),
                    *([view.text(stage.expected_loss, "money")] if chances else []),
                )
                for stage in found
            ),
            numeric=frozenset(range(1, len(heads) + chances)),
            emphasised=next((n for n, stage in enumerate(found) if stage.release_ends), None),
        ),
        source=view.basis,
        empty=not found,
        notes="Whole periods that end on a checkpoint or before it count as spent by then. What is lost is the "
        "present value of all cash until then; it and the worth of going on sum to the net present value.",
    )


def _stages_title(view: View, found: Sequence[Stage]) -> str:
    if not found:
        return "No checkpoint falls before the end: the money would be released at once"
    stage = next((stage for stage in found if stage.release_ends), found[0])
    loss, left = view.text(abs(stage.loss_if_stopped), "money"), view.text(stage.to_spend, "money")
    what = "lost" if stage.loss_if_stopped >= 0 else "gained"
    month = f"month {_month(view, stage):g}"
    when = (
        f"when the first release ends, in {month}"
        if stage.release_ends
        else f"at the first checkpoint, in {month}"
    )
    return f"If we stop {when}, {loss} is {what} and {left} is never spent"


def _stopping(view: View, found: Sequence[Stage]) -> list[str]:
    """What stopping means, and from which checkpoint on it pays to go on whatever was spent."""
    if not found:
        return []
    said = [
        "Stopping means that from then on nothing is paid and nothing is gained, not even by what already works."
    ]
    first = found[0]
    if first.worth_of_going_on < 0:
        later = next((stage for stage in found if stage.worth_of_going_on > 0), None)
        until = f"; only from month {_month(view, later):g} on does it pay" if later else ""
        said.append(f"Going on from month {_month(view, first):g} loses money{until}.")
    if view.case.decision.stage_1 is not None:
        said.append(f"The first release ends on {day(view.case.decision.stage_1.until)}.")
    return said


def _checkpoint(view: View, stage: Stage) -> str:
    """The checkpoints of a stage, each with its month."""
    if not stage.gates:
        return f"Month {stage.month:g}: end of the first release"
    names, by_month = names_of(view), _gates(view)
    months: dict[float, list[str]] = {}
    for id in stage.gates:
        months.setdefault(by_month.get(id, stage.month), []).append(names[id])
    said = [f"month {month:g}: {listed(what)}" for month, what in sorted(months.items())]
    return f"M{'; '.join(said)[1:]}"


def _month(view: View, stage: Stage) -> float:
    """When a stage ends for people: with the first release, else in the month of its first checkpoint."""
    if stage.release_ends:
        return stage.month
    return min((_gates(view).get(id, stage.month) for id in stage.gates), default=stage.month)


def _gates(view: View) -> dict[str, float]:
    """The months of all checkpoints, by investment."""
    return {i.id: i.gate.month for i in view.case.initiatives if i.gate is not None}


def _worth(view: View, amount: float) -> str:
    return f"{'gains' if amount >= 0 else 'loses'} {view.text(abs(amount), 'money')}"
