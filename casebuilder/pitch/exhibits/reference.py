"""What waits behind the story: the other functions' numbers, what everything rests on, and the method on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casebuilder.analysis.certainty import Certainty
from casebuilder.analysis.evidence import without_grades
from casebuilder.analysis.study import effect_path
from casebuilder.case import library
from casebuilder.case.records.initiatives import Grade
from casebuilder.case.records.lines import CustomLine
from casebuilder.case.records.scenarios import Scenario
from casebuilder.case.records.stakeholders import Stakeholder
from casebuilder.model.worlds import WORLDS
from casebuilder.pitch import numbers
from casebuilder.pitch.assumed import NOBODY, person, stands_behind
from casebuilder.pitch.cited import Cited, effects_of, study_graded, without_gains
from casebuilder.pitch.elsewhere import Other, lead_of, others_of, role_of
from casebuilder.pitch.exhibits.choice import listed
from casebuilder.pitch.exhibits.futures import beside_effects
from casebuilder.pitch.records import Exhibit, Table
from casebuilder.pitch.view import View, stamp_of
from casebuilder.pitch.words import inside, scenario_label, years

# What the other functions gain


def others(view: View, certainty: Certainty) -> Exhibit:
    """What the other functions gain or bear, in their own numbers; nothing that is theirs alone to see."""
    people = [someone for someone in view.case.stakeholders if someone is not view.stakeholder]
    found = sorted(others_of(view, certainty, people), key=lambda other: other.moved >= 0)
    rows = tuple(_row(view, other) for other in found)
    keys = tuple(_keys(view, other) for other in found)
    worse = bool(found) and found[0].moved < 0
    return Exhibit(
        "others",
        _gain(view, found),
        takeaways=tuple(_beside(view, found, people))[:3],
        table=Table(
            ("Function", "Their number", "Do nothing", "With it", "Change", "Moved by"),
            rows,
            numeric=frozenset({2, 3, 4}),
            emphasised=0 if worse else None,
            keys=keys,
        )
        if rows
        else None,
        source=view.basis,
        notes="Each function sees its own page. Whoever gets worse hears it from us before this page is shown."
        if worse
        else "Each function sees its own page.",
        empty=not rows,
    )


def _row(view: View, other: Other) -> tuple[str, ...]:
    unit = other.kpi.unit
    return (
        other.role,
        f"{other.kpi.label}, year {other.year}",
        view.text(other.without, unit),
        view.text(other.with_, unit),
        other.change,
        other.by,
    )


def _keys(view: View, other: Other) -> tuple[str, ...]:
    without, with_ = (view.key(f"kpi/{other.kpi.id}/{world}/{other.year}") for world in WORLDS)
    return ("", "", without, with_, "", "")


def _gain(view: View, found: Sequence[Other]) -> str:
    """How many gain, and who does not; harm with its number."""
    if not found:
        other = "other " if view.has_reader else ""
        return f"No {other}function is on file with a number that the case can tell"
    better, worse = sum(o.moved > 0 for o in found), [o for o in found if o.moved < 0]
    who = _many(view, better, len(found))
    if not worse:
        later = [said for other in found if (said := _later(view, other))]
        last = view.case.company.years
        if later:
            return f"{who}; by year {last} it gets worse for the {later[0]}"
        return who if better in (0, len(found)) else f"{who}, none loses"
    first, unit = worse[0], worse[0].kpi.unit
    before, after = view.text(first.without, unit), view.text(first.with_, unit)
    also = f"; {numbers.count(len(worse) - 1)} more beside it" if len(worse) > 1 else ""
    return f"{who}; for the {first.role} {inside(first.kpi.label)} gets worse, {before} to {after}{also}"


def _many(view: View, better: int, every: int) -> str:
    other = "other " if view.has_reader else ""
    if every == 1:
        return f"The one {other}function {'gains' if better else 'does not gain'}"
    if better == every:
        return f"{'Both' if every == 2 else f'All {numbers.count(every)}'} {other}functions gain"
    verb = "gain" if better > 1 else "gains"
    return f"{numbers.count(better) if better else 'None'} of {numbers.count(every)} {other}functions {verb}"


def _beside(view: View, found: Sequence[Other], people: Sequence[Stakeholder]) -> Iterator[str]:
    """Why somebody's number gets worse, whose will later, that these numbers are no sum, and whose nobody knows."""
    for other in [each for each in found if each.moved < 0 and each.by][:1]:
        yield f"Behind it for the {other.role}: {inside(other.by)}."
    later = [said for other in found if other.moved >= 0 and (said := _later(view, other))]
    if len(later) > 1 or (later and any(other.moved < 0 for other in found)):
        yield f"Worse by year {view.case.company.years}: {'; '.join(later)}."
    if len(found) > 1:
        yield "These numbers overlap: they stand side by side and are never added up."
    unknown = [role_of(someone) for someone in people if lead_of(view, someone) is None]
    if unknown:
        yield f"The case has no number for: {listed(unknown)}."


def _later(view: View, other: Other) -> str:
    """Harm that shows only after the year that counts for them; empty where there is none."""
    before, after = (view.asked.kpi(other.kpi.id, world)[-1] for world in WORLDS)
    change = numbers.change(before, after, other.kpi.unit, other.kpi.direction, view.currency)
    return (
        f"{other.role}, {inside(other.kpi.label)} {change.split(', ')[0]}" if change.endswith("worse") else ""
    )


# What everything rests on


def sources(view: View, certainty: Certainty) -> Exhibit:
    """Every study that the effects of the run cite, then every size by what it rests on and who stands behind it."""
    effects, own = effects_of(view), _own_lines(view)
    rows = (*_studies(view, certainty, effects), *_sizes(view, certainty, effects), *_own_rows(view, own))
    return Exhibit(
        "sources",
        _rests_on(view, certainty, effects, own),
        takeaways=(
            "A study says what happened elsewhere; the size that is counted here is somebody's judgement of it.",
            "Shares overlap where effects work on each other: they are not added up.",
        )
        if effects
        else (),
        table=Table(("Source", "What it says", "Among whom", "To keep in mind", "What rests on it"), rows)
        if rows
        else None,
        source=view.basis,
        empty=not rows,
        notes="What rests on a source: how much of the benefits, in present value, is lost without the gains of the "
        "effects that cite it.",
    )


def _rests_on(view: View, certainty: Certainty, effects: Sequence[Cited], own: Sequence[CustomLine]) -> str:
    """How much of the benefits is left without our own estimates."""
    if not effects:
        return (
            "No effect carries this choice: it rests on the company's own lines"
            if own
            else "Nothing is counted on"
        )
    whole = view.text(view.asked.amount("pv_benefits"), "money")
    grades = {effect.grade for _, effect in effects}
    if "J" not in grades:
        return f"None of the benefits of {whole} rests on our own estimate"
    judged: Grade = "J"
    off = without_grades(certainty.study, [judged])
    left = float(certainty.study.states([off], ["pv_benefits"])["pv_benefits"][0])
    rest = "nothing" if not round(left) else view.text(left, "money")
    return f"Without our own estimates {rest} of the benefits of {whole} is left"


def _studies(view: View, certainty: Certainty, effects: Sequence[Cited]) -> list[tuple[str, ...]]:
    """One row per study of the library that an effect cites, in the order of what rests on it."""
    table = library.evidence()
    citing: dict[str, list[Cited]] = {}
    for initiative, effect in effects:
        for id in effect.sources:
            citing.setdefault(id, []).append((initiative, effect))
    lost = _lost(certainty, list(citing.values()))
    order = sorted(zip(lost, citing, strict=True), key=lambda item: -item[0])
    return [
        (
            study_graded(table[id]),
            table[id].statement,
            table[id].population or "Not stated",
            table[id].caveat or "No caveat is known",
            f"{_effects_named(citing[id])}: {_share(view, amount)}",
        )
        if id in table
        else (
            id.replace("_", " "),
            "",
            "",
            "Named in the case",
            f"{_effects_named(citing[id])}: {_share(view, amount)}",
        )
        for amount, id in order
    ]


def _lost(certainty: Certainty, groups: Sequence[Sequence[Cited]]) -> list[float]:
    """What each group's gains add to the benefits (present value), as one batch."""
    if not groups:
        return []
    study = certainty.study
    runs = study.states([{}, *(without_gains(study, group) for group in groups)], ["pv_benefits"])
    whole, *left = runs["pv_benefits"].tolist()
    return [whole - amount for amount in left]


def _share(view: View, amount: float) -> str:
    """An amount of the benefits, with its share of them."""
    whole = view.asked.amount("pv_benefits")
    if view.text(amount, "money") == view.text(0.0, "money"):
        return "nothing is counted"
    share = f" ({numbers.percent(amount / whole, 0)} of the benefits)" if whole > 0 else ""
    return f"{view.text(amount, 'money')}{share}"


def _effects_named(effects: Sequence[Cited]) -> str:
    """The investments, each with the metrics that these effects move."""
    metrics: dict[str, list[str]] = {}
    for initiative, effect in effects:
        metrics.setdefault(initiative.name, []).append(inside(library.levers()[effect.lever].label))
    return "; ".join(f"“{name}” ({'; '.join(dict.fromkeys(moved))})" for name, moved in metrics.items())


def _sizes(view: View, certainty: Certainty, effects: Sequence[Cited]) -> list[tuple[str, ...]]:
    """One row per effect, the largest first: what its size is taken from, and who stands behind it."""
    lost = _lost(certainty, [[each] for each in effects])
    order = sorted(zip(lost, range(len(effects)), strict=True), key=lambda item: -item[0])
    return [_size(view, effects[n], amount) for amount, n in order]


def _size(view: View, cited: Cited, amount: float) -> tuple[str, ...]:
    initiative, effect = cited
    who = stands_behind(view.case, effect_path(initiative.id, effect))
    signed = "signed by nobody yet" if who == NOBODY else f"signed by {who}"
    owner = f"; {person(view.case, effect.owner)} owns it" if effect.owner and who == NOBODY else ""
    among = (
        view.case.company.name
        if effect.grade == "A"
        else "Not stated"
        if effect.grade != "J"
        else "Not measured"
    )
    return (
        f"{library.words().grades[effect.grade]}, {signed}{owner}",
        effect.note or "No reason is given",
        among,
        _adjusted(view, effect.grade),
        f"{_effects_named([cited])}: {_share(view, amount)}",
    )


def _adjusted(view: View, grade: Grade) -> str:
    """What the scenario takes off a size of this grade."""
    off = view.case.haircut_table[grade]
    if not view.case.scenario_table[view.asked.scenario].haircut or not off:
        return ""
    return f"{numbers.percent(off)} is taken off for risk"


def _own_lines(view: View) -> list[CustomLine]:
    """The company's own benefits that count in this run."""
    lines = [line for line in view.case.custom_lines if line.kind == "benefit"]
    return [line for line in lines if view.asked.amount(f"pv.custom:{line.name}")]


def _own_rows(view: View, own: Sequence[CustomLine]) -> list[tuple[str, ...]]:
    return [
        (
            f"The company's own amount, owned by {person(view.case, line.owner)}",
            line.note or "No reason is given",
            view.case.company.name,
            f"{numbers.percent(line.risk_adjustment)} is taken off for risk"
            if line.risk_adjustment and view.case.scenario_table[view.asked.scenario].haircut
            else "",
            f"{line.name}: {_share(view, view.asked.amount(f'pv.custom:{line.name}'))}",
        )
        for line in own
    ]


# The method


def method(view: View, certainty: Certainty) -> Exhibit:
    """How the numbers come about, on one page."""
    held = [check for check in view.asked.checks if check.ok]
    every = len(view.asked.checks)
    checks = (
        f"all {numbers.count(every)} checks hold"
        if len(held) == every
        else f"{numbers.count(every - len(held))} of {numbers.count(every)} checks fail"
    )
    return Exhibit(
        "method",
        f"The return is what differs from doing nothing: {view.text(view.asked.npv, 'money')}; {checks}",
        table=Table(("Question", "Answer"), tuple(_answers(view, checks))),
        source=view.basis,
        notes="Every formula stands in the workbook, with its inputs, by period.",
    )


def _answers(view: View, checks: str) -> Iterator[tuple[str, str]]:
    yield "What is compared?", _worlds(view)
    yield (
        "Is anything counted twice?",
        (
            f"No. Benefits are taken in a fixed order, each after those before it, and add up to the "
            f"difference; {checks}."
        ),
    )
    yield (
        "How is doubt treated?",
        f"Once. {_scenario(view, view.asked.scenario)} Nothing is taken off a second time.",
    )
    yield (
        "What do the scenarios mean?",
        " ".join(_scenario(view, id) for id in view.case.scenario_table if id != view.asked.scenario)
        or "There is one scenario only.",
    )
    yield "What is not counted?", _not_counted(view)
    yield "What is the return?", _return(view)
    yield "How can it be checked?", f"In the workbook: every formula is live. {stamp_of(view.case).line}."


def _worlds(view: View) -> str:
    company = view.case.company
    step = {1: "years", 4: "quarters", 12: "months"}[company.periods_per_year]
    return (
        f"Doing nothing, and {view.programme}, over {years(company.years)} in {step}. Only the difference counts: what "
        "would happen anyway is in both."
    )


def _scenario(view: View, id: str) -> str:
    """A scenario in one sentence."""
    found: Scenario = view.case.scenario_table[id]
    said = [
        {"low": "sizes at their low end", "base": "sizes as expected", "high": "sizes at their high end"}[
            found.effects
        ]
    ]
    if found.haircut:
        cuts = [numbers.percent(off) for off in sorted(set(view.case.haircut_table.values()))]
        said.append(
            f"less {cuts[0]} to {cuts[-1]} by how good the evidence is"
            if len(cuts) > 1
            else f"less {cuts[0]}"
        )
    return f"{scenario_label(id)}: {', '.join([*said, *beside_effects(found)])}."


def _not_counted(view: View) -> str:
    """What stands beside the return, with its amounts."""
    freed, risk, later = (
        f" ({view.text(amount, 'money')})" if amount else ""
        for amount in map(
            view.asked.amount, ("pv_capacity_not_counted", "pv_risk_not_counted", "value_after_horizon")
        )
    )
    return (
        f"Freed hours until somebody agrees to positions that are not refilled{freed}, smaller expected losses{risk}, "
        f"and anything after year {view.case.company.years}{later}."
    )


def _return(view: View) -> str:
    company = view.case.company
    tax = "before tax" if company.tax_rate == 0 else f"after {numbers.percent(company.tax_rate)} tax"
    when = "the end" if company.discounting == "end" else "the middle"
    back = (
        " Cash tied up in growth comes back in the last period." if view.asked.amount("pv_tied_back") else ""
    )
    return (
        f"Benefits less costs, {tax}, in today's money: each amount at {when} of its period, at a hurdle rate of "
        f"{numbers.percent(company.discount_rate)} a year. Prices grow only where the case says so.{back}"
    )
