"""What a run rests on, in words: its effects, the studies they cite, the checkpoints that will tell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from casebuilder.analysis.study import State, Study, effect_key
from casebuilder.case import library
from casebuilder.case.library import Evidence
from casebuilder.case.records.initiatives import Effect, Grade, Initiative
from casebuilder.pitch import numbers
from casebuilder.pitch.view import View
from casebuilder.pitch.words import inside

#: An effect with the investment it belongs to.
Cited = tuple[Initiative, Effect]
#: What people read for the grade of a study; an effect of the best grade was measured by the company itself.
STUDIES: dict[Grade, str] = {"A": "Study that measured it", "B": "Independent study", "C": "Vendor study"}


def investments_of(view: View) -> list[Initiative]:
    """The investments that are paid for in the run that is asked for, in the case's order."""
    return [i for i in view.case.initiatives if view.asked.number(f"costed[{i.id}]") == 1.0]


def effects_of(view: View) -> list[Cited]:
    """The effects that work in the run that is asked for, in the case's order."""
    return [
        (initiative, effect)
        for initiative in view.case.initiatives
        if view.asked.number(f"active[{initiative.id}]") == 1.0
        for effect in initiative.effects
    ]


def without_gains(study: Study, effects: Iterable[Cited]) -> State:
    """The changes that take what these effects improve out of a study with sizes in force; harm stays."""
    keys = [effect_key(initiative.id, effect, "base") for initiative, effect in effects]
    return {key: min(0.0, study.inputs[key]) for key in keys}


def study_named(found: Evidence) -> str:
    """A piece of evidence by its source, with its year where the source does not say it."""
    year = str(found.year or "")
    return found.source if year in found.source else f"{found.source}, {year}"


def study_graded(found: Evidence) -> str:
    """Its kind and its name, as one citation."""
    return f"{STUDIES[found.grade]}: {study_named(found)}"


def against(initiative: Initiative, effect: Effect) -> Iterator[Evidence]:
    """What is known against an effect: the other side of each study it cites, and evidence on the practice.

    A study that the library cites for the practice is no argument against it, whatever it contradicts elsewhere.
    """
    entry, table = library.initiatives().get(initiative.use or ""), library.evidence()
    for_it, against_it = (entry.sources, entry.against) if entry else ((), ())
    cited = [table[id] for id in effect.sources if id in table]
    found = [id for id in against_it if _is_about(table[id], effect, initiative)]
    found += [id for study in cited if study.id not in against_it for id in study.counter]
    yield from (table[id] for id in dict.fromkeys(found) if id not in for_it)


def _is_about(study: Evidence, effect: Effect, initiative: Initiative) -> bool:
    """Evidence on one metric is about effects on it; context on a metric that nothing moves is about all of them."""
    if study.lever in (None, effect.lever):
        return True
    return study.use == "context" and all(other.lever != study.lever for other in initiative.effects)


def weak_words(grades: Collection[Grade]) -> str:
    """The weak grades among these, inside a sentence."""
    names = [name for grade, name in (("C", "vendor studies"), ("J", "our own estimates")) if grade in grades]
    return " and ".join(names)


def checkpoints(initiatives: Sequence[Initiative], tested: str = "") -> str:
    """The one checkpoint of these investments with its stop rule; how many there are, or that there is none.

    `tested` is what they test where they are not all of the plan: “the first checkpoint” is the plan's.
    """
    gates = sorted((i.gate.month, n, i.gate) for n, i in enumerate(initiatives) if i.gate is not None)
    if not gates:
        return "No checkpoint is agreed yet: agree on one before money is released."
    month, _, gate = gates[0]
    if len(gates) > 1:
        test, first = (f" test {tested}", "the first of them") if tested else ("", "the first")
        return f"{numbers.count(len(gates))} checkpoints{test}, {first} in month {numbers.factor(month)}."
    stop = f"; we stop if {gate.stop_if.rstrip('.')}" if gate.stop_if else ""
    return f"{_which(tested)} in month {numbers.factor(month)}: {inside(gate.indicator.rstrip('.'))}{stop}."


def _which(tested: str) -> str:
    return f"The one checkpoint that tests {tested}," if tested else "Checkpoint"
