"""Which investments: what each adds, and the versions of the programme that are worth a look."""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.analysis.attribution import Attribution
from casebuilder.analysis.options import Choice
from casebuilder.pitch import numbers
from casebuilder.pitch.records import Chart, Exhibit, Series, Table, role_of
from casebuilder.pitch.view import View
from casebuilder.pitch.words import inside, option_label, quoted, years

#: Bars of investments; the smaller ones beyond share one.
BARS = 10
#: Investments named in a cell before the rest are counted.
NAMED = 3
#: What an amount that stands behind no line of the workbook is read back by.
KEY = "analysis"
KINDS = {
    "cheapest_that_pays": "Cheapest that pays",
    "pays_on_cash": "Cheapest that pays on cash alone",
    "returns_most": "Returns most",
}


def attribution(view: View, found: Attribution) -> Exhibit:
    """What each investment adds, its costs taken off, and what the case loses without it."""
    order = sorted(found.members, key=lambda id: -found.values[id])
    return Exhibit(
        "attribution",
        _adds(view, found, order),
        takeaways=tuple(_behind(view, found)),
        chart=_bars(view, found, order) if order else None,
        table=_each(view, found, order) if order else None,
        source=view.basis,
        notes=_how_shared(view, found),
        empty=not order,
    )


def _bars(view: View, found: Attribution, order: Sequence[str]) -> Chart:
    bars = _worth_of_bars(view, found, order)
    values = tuple(value for _, value, _ in bars)
    scale = numbers.chart_scale(values, "money")
    whole = view.text(found.whole, "money")
    key = ";".join(key for *_, key in bars)
    return Chart(
        "bars",
        tuple(name for name, *_ in bars),
        (Series("Adds to net present value", values, "programme", key=key),),
        "money",
        f"Adds to net present value, {scale.title('money', view.currency)}",
        f"Bars of what is added by {investments(len(order))} to a net present value of {whole}.",
        roles=tuple(role_of(value) for value in values),
        scale=scale.factor,
    )


def _each(view: View, found: Attribution, order: Sequence[str]) -> Table:
    names = names_of(view)
    rows = (
        (names[id], view.text(found.values[id], "money"), _without(view, found.without_it[id]))
        for id in order
    )
    return Table(("Investment", "Adds", "Without it the return"), tuple(rows), numeric=frozenset({1, 2}))


def _adds(view: View, found: Attribution, order: Sequence[str]) -> str:
    if not order:
        return "No investment is switched on: nothing is added to doing nothing"
    # What something else needs first earns through it: it is short only where the return is higher without it.
    first, short = order[0], sum(found.values[id] < 0 and found.without_it[id] < 0 for id in order)
    name, most = quoted(names_of(view)[first]), view.text(found.values[first], "money")
    if len(order) == 1:
        return f"{name} is the only investment and adds {most}"
    if short == len(order):
        together = view.text(-sum(found.values.values()), "money")
        return f"None of {len(order)} investments earns what it costs: together they lose {together}"
    title = f"{name} adds {most}, the most of {len(order)} investments"
    if not short:
        return title
    return f"{title}; {'1 adds less than it costs' if short == 1 else f'{short} add less than they cost'}"


def _worth_of_bars(view: View, found: Attribution, order: Sequence[str]) -> list[tuple[str, float, str]]:
    """Label, amount and key of each bar, the largest gain first; what is small is shown as one."""
    names = names_of(view)
    by_size = sorted(order, key=lambda id: -abs(found.values[id]))
    small = by_size[BARS - 1 :] if len(by_size) > BARS else []
    rows = [
        (names[id], found.values[id], f"{KEY}/attribution/shapley/{id}") for id in order if id not in small
    ]
    if small:
        total = sum(found.values[id] for id in small)
        key = "+".join(f"{KEY}/attribution/shapley/{id}" for id in small)
        rows.append((f"{len(small)} smaller investments", total, key))
    return rows


def _behind(view: View, found: Attribution) -> list[str]:
    """What rests on what, what the case is better without, and what comes from no investment."""
    names, said = quoted_names(view), []
    needed = {
        id: [quoted(i.name) for i in view.case.initiatives if id in i.requires and i.id in found.members]
        for id in found.members
    }
    resting = [id for id in found.members if needed[id] and found.without_it[id] > found.values[id]]
    most = max(resting, key=lambda id: found.without_it[id] - found.values[id], default=None)
    if most is not None:
        verb = "needs" if len(needed[most]) == 1 else "need"
        said.append(
            f"Without {names[most]} the return {_without(view, found.without_it[most])}: "
            f"{listed(needed[most])} {verb} it first."
        )
    worst = min(found.members, key=lambda id: found.without_it[id], default=None)
    if worst is not None and worst != most and found.without_it[worst] < 0:
        said.append(f"Without {names[worst]} the return {_without(view, found.without_it[worst])}.")
    if len(said) < 2:
        said += _shares(view, found)[:1]
    if found.rest:
        said.append(f"{view.text(found.rest, 'money')} is there without any investment.")
    return said


def _shares(view: View, found: Attribution) -> list[str]:
    """Why something adds less than nothing although the return is lower without it: it needs something first."""
    names, members = quoted_names(view), set(found.members)
    return [
        f"{names[i.id]} shares its gains with what it needs first: what it adds is smaller than what is lost "
        "without it."
        for i in view.case.initiatives
        if members.intersection(i.requires)
        and i.id in members
        and found.values[i.id] < 0 < found.without_it[i.id]
    ]


def _without(view: View, lost: float) -> str:
    if lost == 0:
        return "stays as it is"
    return f"{'falls' if lost > 0 else 'rises'} by {view.text(abs(lost), 'money')}"


def _how_shared(view: View, found: Attribution) -> str:
    said = (
        "What an investment adds is its share averaged over every order in which the investments can be added: "
        "a foundation earns through what needs it, and every cost stays with its owner. "
        f"The amounts sum to the net present value of {view.text(found.whole, 'money')}."
    )
    if found.error:
        most = view.text(2 * max(found.error.values()), "money")
        said += f" The orders were sampled: an amount is rarely off by more than {most}."
    return said


def versions(view: View, options: Sequence[Choice], later: float | None = None, wait: float = 0.0) -> Exhibit:
    """Doing nothing, the case's options and the versions that stand out, side by side, each once.

    `later` is the return of what is asked for where it begins `wait` months later and ends on the same day.
    """
    shown = _each_once(options)
    return Exhibit(
        "versions",
        _versions_title(view, options),
        takeaways=(*_comparison(view, options), *_waiting(view, later, wait)),
        table=Table(
            ("Version", "What is in it", "Cost as paid", "Net present value", "Money back after"),
            tuple(
                (
                    label,
                    _contents(view, choice),
                    view.text(choice.cost, "money"),
                    view.text(choice.npv, "money"),
                    _back(view, choice),
                )
                for label, choice in shown
            ),
            numeric=frozenset({2, 3, 4}),
            emphasised=_place(shown, _asked(view, options)),
        ),
        source=view.basis,
        notes=" ".join(choice_sentence(view, choice) for _, choice in shown),
    )


def _each_once(options: Sequence[Choice]) -> list[tuple[str, Choice]]:
    """Every set of investments once, with all that is to be said of it in its label."""
    found: dict[tuple[str, ...], tuple[str, Choice]] = {}
    for choice in options:
        label, first = choice_label(choice), found.get(choice.initiatives)
        if first is None:
            found[choice.initiatives] = (label, choice)
        elif choice.kind == "pays_on_cash" and first[1].kind == "cheapest_that_pays":
            found[choice.initiatives] = (f"{first[0]}, also on cash alone", first[1])
        else:
            found[choice.initiatives] = (f"{first[0]}: {inside(label)}", first[1])
    return list(found.values())


def _place(shown: Sequence[tuple[str, Choice]], asked: Choice | None) -> int | None:
    """The row that holds the investments asked for."""
    sets = [choice.initiatives for _, choice in shown]
    return sets.index(asked.initiatives) if asked is not None else None


def _waiting(view: View, later: float | None, wait: float) -> list[str]:
    """What the same brings by the same day where it begins later."""
    if later is None or later >= view.asked.npv:
        return []
    left, lost = (view.text(amount, "money") for amount in (later, view.asked.npv - later))
    return [f"Begun {numbers.months(wait)} later it returns {left} by the same day, {lost} less."]


def choice_label(choice: Choice) -> str:
    """What people call a choice."""
    return option_label(choice.id) if choice.kind == "named" else KINDS[choice.kind]


def choice_sentence(view: View, choice: Choice) -> str:
    """One choice in one sentence: how much of the programme it is, what it costs and returns, and when it is back."""
    label, cost = choice_label(choice), view.text(choice.cost, "money")
    if not choice.initiatives:
        return f"{label}: {cost} is spent and {view.text(choice.npv, 'money')} is returned."
    one, gains = len(choice.initiatives) == 1, choice.npv >= 0
    verbs = ("costs", "returns" if gains else "loses") if one else ("cost", "return" if gains else "lose")
    count = f"{len(choice.initiatives)} of {investments(len(view.case.initiatives))}"
    price = f"{verbs[0]} {cost} over {years(view.case.company.years)}"
    amount = f"{verbs[1]} {view.text(abs(choice.npv), 'money')}"
    cash = "" if choice.npv_on_cash == choice.npv else f" ({_on_cash(view, choice)})"
    return f"{label}: {count} {price} and {amount}{cash}; {_money_is(view, choice)}."


def _versions_title(view: View, options: Sequence[Choice]) -> str:
    by_kind = {choice.kind: choice for choice in options}
    cheap, most = by_kind.get("cheapest_that_pays"), by_kind.get("returns_most")
    if cheap is None or most is None:
        return "No version of these investments pays: doing nothing is the better choice today"
    cost, npv = (view.text(amount, "money") for amount in (cheap.cost, cheap.npv))
    if cheap.initiatives == most.initiatives:
        return f"One version stands out: it costs {cost}, returns {npv}, and no other returns more"
    asked = _asked(view, options)
    ours = (
        asked is not None and asked.npv > 0 and asked.initiatives not in (cheap.initiatives, most.initiatives)
    )
    shown, what = (asked, "what we ask for") if asked is not None and ours else (most, "the best")
    top, price = (view.text(amount, "money") for amount in (shown.npv, shown.cost))
    return f"The cheapest version that pays returns {npv} for {cost}; {what} returns {top} for {price}"


def _comparison(view: View, options: Sequence[Choice]) -> list[str]:
    """What is asked for beside the best version, and what is left on cash alone."""
    said = []
    asked = _asked(view, options)
    most = next((choice for choice in options if choice.kind == "returns_most"), None)
    if asked is not None and most is not None:
        said.append(_beside_best(view, asked, most))
    if all(choice.kind != "pays_on_cash" for choice in options):
        said.append("On cash alone, with no promise about freed hours, no version pays.")
    elif asked is not None and asked.npv_on_cash != asked.npv:
        said.append(f"What is asked for returns {_on_cash(view, asked)}, with no promise about freed hours.")
    elif all(choice.npv_on_cash == choice.npv for choice in options):
        said.append("Nothing here rests on a promise about freed hours: the return is cash as it stands.")
    return said


def _asked(view: View, options: Sequence[Choice]) -> Choice | None:
    """The choice that the decision asks for."""
    named = (choice for choice in options if choice.kind == "named")
    return next((choice for choice in named if choice.id == view.asked.option), None)


def _beside_best(view: View, asked: Choice, most: Choice) -> str:
    if asked.initiatives == most.initiatives:
        return "What is asked for is the version that returns most."
    names, gap = quoted_names(view), view.text(most.npv - asked.npv, "money")
    if most.npv <= asked.npv or gap == view.text(0.0, "money"):
        return "No version returns more than what is asked for."
    out = [names[id] for id in asked.initiatives if id not in most.initiatives]
    more = [names[id] for id in most.initiatives if id not in asked.initiatives]
    ways = [f"without {listed(out)}"] if out else []
    ways += [f"with {listed(more)}"] if more else []
    return f"What is asked for would return {gap} more {' and '.join(ways)}."


def _contents(view: View, choice: Choice) -> str:
    if not choice.initiatives:
        return "No investment"
    if len(choice.initiatives) == len(view.case.initiatives) > 1:
        return f"All {investments(len(choice.initiatives))}"
    names = names_of(view)
    return listed([names[id] for id in choice.initiatives])


def _back(view: View, choice: Choice) -> str:
    if choice.payback_months is not None:
        return view.text(choice.payback_months, "months")
    return "nothing to pay back" if choice.peak_funding == 0 else "not reached"


def _money_is(view: View, choice: Choice) -> str:
    if choice.payback_months is not None:
        return f"the money is back after {_back(view, choice)}"
    if choice.peak_funding == 0:
        return "there is nothing to pay back"
    return f"the money is not back within {years(view.case.company.years)}"


def _on_cash(view: View, choice: Choice) -> str:
    return f"{view.text(choice.npv_on_cash, 'money')} on cash alone"


def names_of(view: View) -> dict[str, str]:
    """The investments' names by id."""
    return {initiative.id: initiative.name for initiative in view.case.initiatives}


def quoted_names(view: View) -> dict[str, str]:
    """The same for the inside of a sentence."""
    return {id: quoted(name) for id, name in names_of(view).items()}


def investments(count: int) -> str:
    """A number of investments as people write it."""
    return f"{count} investment" if count == 1 else f"{count} investments"


def listed(names: Sequence[str]) -> str:
    """Names as people list them; beyond a few the rest are counted."""
    between = "; " if any("," in name for name in names) else ", "
    if len(names) > NAMED + 1:
        return f"{between.join(names[:NAMED])} and {len(names) - NAMED} more"
    return " and ".join(filter(None, [between.join(names[:-1]), *names[-1:]]))
