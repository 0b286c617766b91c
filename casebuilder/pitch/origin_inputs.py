"""Who stands behind an input of the model, and which effects and inputs a line rests on in the end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from casebuilder.analysis.signatures import effects_by_path
from casebuilder.analysis.study import effect_path
from casebuilder.case import Case, Initiative, library
from casebuilder.case.records.initiatives import Effect
from casebuilder.model.expressions import Line
from casebuilder.model.inputs import SIZES
from casebuilder.model.results import Outcome, Results
from casebuilder.pitch import numbers
from casebuilder.pitch.assumed import NOBODY, assumed, evidence, person, stands_behind
from casebuilder.pitch.cited import study_named
from casebuilder.pitch.words import inside, label_of, option_label, scenario_label

#: Inputs that nobody in the company states, by how their key begins.
OURS = {
    "technical.": "A constant of the method, the same in every case",
    "levers.": "Our rule for the best achievable level, until the company states its own",
    "run.": "Which scenario and which version are looked at",
    "company.mid_period": "How the case discounts, chosen in the case",
    "company.periods_per_year": "How finely the case counts time, chosen in the case",
    "company.years": "The horizon, chosen in the case",
}
_OF_SCENARIO = re.compile(r"scenarios\.([^.]+)\.\w+")
_OF_OPTION = re.compile(r"options\.(.+)\[[^\]]+\]")
_OF_INVESTMENT = re.compile(r"initiatives\[([^\]]+)\]\.")


@dataclass(frozen=True)
class Promise:
    """An effect that a number rests on: which investment moves what, by how much in this run, and on what evidence."""

    investment: str
    moves: str
    size: str
    grade: str
    sources: tuple[str, ...]
    agreed: str


def behind(case: Case, key: str) -> str:
    """Who stands behind an input, in words: its status, source and owner, or what kind of setting it is."""
    found = next((words for start, words in OURS.items() if key.startswith(start)), "")
    return found or _of_a_choice(case, key) or _of_an_effect(case, key) or _stated(case, key)


def _of_a_choice(case: Case, key: str) -> str:
    """A setting of a scenario, an option or a haircut; empty for any other input."""
    if key.startswith("haircuts."):
        own = key.removeprefix("haircuts.") in case.haircuts
        grade = inside(library.words().grades[key.removeprefix("haircuts.")])
        return (
            f"Taken off every gain that rests on “{grade}”; {'set in the case' if own else 'our usual rate'}"
        )
    if scenario := _OF_SCENARIO.fullmatch(key):
        return f"Setting of the scenario “{scenario_label(scenario[1])}”"
    if option := _OF_OPTION.fullmatch(key):
        return f"What is in the version “{option_label(option[1])}”"
    return ""


def _of_an_effect(case: Case, key: str) -> str:
    """The grade, sources and signature of the effect whose size an input is; empty for any other input."""
    path, _, size = key.rpartition(".")
    if size not in SIZES or path not in effects_by_path(case):
        return ""
    effect = effects_by_path(case)[path]
    said = [evidence(case, path, "effect"), *_sources(effect), f"agreed by {stands_behind(case, path)}"]
    return "; ".join(said)


def _sources(effect: Effect) -> tuple[str, ...]:
    """The sources of an effect, studies of the library by their name."""
    known = library.evidence()
    return tuple(study_named(known[id]) if id in known else id for id in effect.sources)


def _stated(case: Case, key: str) -> str:
    """Status, source and owner of a number that the case states."""
    words, given = library.words().statuses, case.inputs.get(key)
    if given is None:
        return "; ".join(filter(None, (words["not_stated"], _owner(case, key))))
    signed = stands_behind(case, key)
    owner = person(case, given.owner) if given.owner else signed if signed != NOBODY else ""
    return "; ".join(filter(None, (words[given.status], given.source, owner and f"owner: {owner}")))


def _owner(case: Case, key: str) -> str:
    """Who owns the investment that an input belongs to, the signature beneath any other, or that nobody does."""
    found = _OF_INVESTMENT.match(key)
    owners = {each.id: each.owner for each in case.initiatives}
    if found and owners.get(found[1]):
        return f"owner: {person(case, owners[found[1]])}"
    signed = stands_behind(case, key)
    return f"signed: {signed}" if signed != NOBODY else NOBODY


def name_of(case: Case, line: Line) -> str:
    """What an input is called in the tables of assumptions, where it stands there; else its own label."""
    if line.key.startswith("headline_shares."):
        return f"Share counted as cash: {inside(label_of(line.key.removeprefix('headline_shares.')))}"
    known = assumed(case).get(line.key)
    return known.name if known else line.label


def inputs_of(results: Results, key: str) -> tuple[Line, ...]:
    """Every input that a line rests on in the end, in the order of calculation."""
    seen: set[int] = set()
    waiting = [results.model[key]]
    found: list[Line] = []
    while waiting:
        line = waiting.pop()
        if line.index in seen:
            continue
        seen.add(line.index)
        waiting += line.reads
        found += [line] if line.shape == "input" else []
    return tuple(sorted(found, key=lambda each: each.index))


def standing(results: Results, key: str) -> Counter[str]:
    """How many of the case's own numbers behind a line have each status, by the status's id."""
    case = results.case
    own = [line.key for line in inputs_of(results, key) if not _is_setting(case, line.key)]
    return Counter(case.inputs[path].status if path in case.inputs else "not_stated" for path in own)


def _is_setting(case: Case, key: str) -> bool:
    """Whether an input is a choice of ours or of a scenario, and no number that the company states."""
    ours = any(key.startswith(start) for start in OURS)
    return ours or bool(_of_a_choice(case, key)) or bool(_of_an_effect(case, key)) or key.endswith(".enabled")


def promises(results: Results, outcome: Outcome, key: str) -> Iterator[Promise]:
    """The effects behind a line that work in a run, in the case's order."""
    read = {line.key for line in inputs_of(results, key)}
    for initiative in results.case.initiatives:
        works = outcome.number(f"active[{initiative.id}]") == 1.0
        for effect in initiative.effects if works else ():
            if f"{effect_path(initiative.id, effect)}.base" in read:
                yield _promise(results.case, outcome, initiative, effect)


def _promise(case: Case, outcome: Outcome, initiative: Initiative, effect: Effect) -> Promise:
    path = effect_path(initiative.id, effect)
    words = assumed(case)[path]
    size = outcome.amount(f"size[{initiative.id},{effect.lever},{effect.segment}]")
    return Promise(
        initiative.name,
        words.name.removesuffix(f": {initiative.name}"),
        words.text(size, case.company.currency),
        library.words().grades[effect.grade],
        _sources(effect),
        stands_behind(case, path),
    )


def adjusted(results: Results, outcome: Outcome) -> str:
    """What the scenario of a run does to gains, costs and timing, in words; empty where it does nothing."""
    scenario, case = results.case.scenario_table[outcome.scenario], results.case
    said = []
    if scenario.haircut:
        grades = dict.fromkeys(e.grade for i in case.initiatives for e in i.effects)
        cuts = [f"{_grade(g)} {numbers.percent(case.haircut_table[g])}" for g in sorted(grades)]
        said.append(f"expected gains less a risk adjustment by grade of evidence ({', '.join(cuts)})")
    else:
        ends = {"low": "at their low end", "base": "as expected", "high": "at their high end"}
        said.append(f"effects {ends[scenario.effects]}")
    if scenario.cost_factor != 1:
        said.append(f"costs times {numbers.factor(scenario.cost_factor)}")
    if scenario.delay_months:
        said.append(f"benefits {numbers.months(scenario.delay_months)} later")
    if scenario.benefit_factor != 1:
        said.append(f"gains times {numbers.factor(scenario.benefit_factor)}")
    return f"{scenario_label(outcome.scenario)}: {', '.join(said)}"


def _grade(grade: str) -> str:
    return inside(library.words().grades[grade])
