"""What the library proposes for this case: why each investment is worth a look, and where it has nothing to solve."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from casebuilder.analysis.additions import Addition
from casebuilder.analysis.fit import Part, is_hurdle
from casebuilder.case import ALL, Case, Initiative, Problem, Stakeholder, library
from casebuilder.case.investing import in_the_case
from casebuilder.case.library import LibraryInitiative
from casebuilder.case.records.base import Record
from casebuilder.model.results import Outcome
from casebuilder.pitch import numbers, words
from casebuilder.pitch.findings.finding import MOVES, Ground, label, listed
from casebuilder.pitch.findings.moves import WORTH_NAMING

#: Investments named for one gap or one problem, and letters of a problem inside a sentence; our judgement.
FOR_ONE, LONGEST = 2, 90
#: Words are compared by so many first letters; these are in every other sentence.
STEM, COMMON = (
    5,
    frozenset({"custo", "peopl", "their", "which", "every", "after", "befor", "where", "there", "about"}),
)
#: Metrics whose worth is hours of people first, and money where positions are agreed that are not refilled.
FREEING = frozenset(
    ("issues_per_customer", "first_contact_resolution", "self_service_share", "minutes_per_assisted_contact")
)
#: Two levels closer than this share are the same level.
SAME = 1e-9


@dataclass(frozen=True)
class Proposal:
    """One investment of the library with the reasons to look at it, and what it pays alone.

    `problems` are the ids of the problems it may answer; `pays` is a sentence, `room` says where a metric has none.
    """

    entry: str
    reasons: tuple[str, ...]
    problems: tuple[str, ...]
    pays: str
    room: str


def proposals(ground: Ground, most: int) -> tuple[Proposal, ...]:
    """What answers a problem that nothing answers, or closes the gap of somebody whom nothing helps.

    Where a problem is left for which the library has no words, where what is asked for loses money, or where nothing
    else is found, what pays most in this company is among them.
    What pays most alone comes first, then what has most reasons. What has no room to improve is left out.
    """
    reasons: dict[str, list[str]] = {}
    answers: dict[str, list[str]] = {}
    for entry, problem, said in _for_problems(ground):
        reasons.setdefault(entry, []).append(said)
        answers.setdefault(entry, []).append(problem.id)
    for entry, said in _for_people(ground):
        reasons.setdefault(entry, []).append(said)
    answered = {problem for ids in answers.values() for problem in ids}
    for entry, said in _for_the_rest(ground, answered, nothing_found=not reasons):
        reasons.setdefault(entry, []).append(said)
    alone = {one.initiative: one for one in ground.additions if one.from_library}
    order = sorted(reasons, key=lambda entry: (-_npv(alone, entry), -len(reasons[entry])))
    return tuple(
        Proposal(
            entry,
            tuple(reasons[entry]),
            tuple(answers.get(entry, ())),
            pays(ground, alone.get(entry)),
            no_room(ground.case, ground.certainty.outcome, entry),
        )
        for entry in order[:most]
    )


def pays(ground: Ground, alone: Addition | None) -> str:
    """What an investment of the library pays by itself, before any cost; empty where nobody can tell."""
    if alone is None or alone.bearable is None:
        return ""
    under = words.inside(words.scenario_label(ground.certainty.study.scenario))
    if alone.npv <= 0:
        hours = " The hours it frees count once positions are agreed." if FREEING & set(alone.levers) else ""
        return f"Alone, at the library's sizes and {under}, it brings no return that is counted.{hours}"
    most = numbers.money_per_year(alone.bearable, ground.case.company.currency)
    return f"Alone, at the library's sizes and {under}, it pays as long as it costs less than {most}."


def worth_alone(ground: Ground) -> dict[str, str]:
    """What each investment of the library that the case does not have pays by itself, in a sentence; see `pays`.

    What adds most comes first.
    """
    found = sorted((one for one in ground.additions if one.from_library), key=lambda one: -one.npv)
    said = {one.initiative: pays(ground, one) for one in found}
    return {entry: text for entry, text in said.items() if text}


def unanswered(case: Case, members: Iterable[str]) -> tuple[Problem, ...]:
    """Problems that no investment of the run answers, those that meet most people first.

    One that names a problem answers it where it moves something for the customers who have it.
    """
    inside = [each for each in case.initiatives if each.id in set(members)]
    left = [problem for problem in case.problems if not any(_answers(each, problem) for each in inside)]
    return tuple(sorted(left, key=lambda problem: -(problem.customers_affected or 0.0)))


def _answers(each: Initiative, problem: Problem) -> bool:
    return problem.id in each.problems and any(
        (effect.low or effect.base or effect.high)
        and (effect.segment == problem.segment or ALL in (effect.segment, problem.segment))
        for effect in each.effects
    )


def told(problem: Problem) -> str:
    """A problem inside a sentence, with how many it meets."""
    what = words.plain_text(problem.what)
    what = what if len(what) <= LONGEST else what[:LONGEST].rsplit(" ", 1)[0] + " …"
    people = problem.customers_affected
    return f"“{what}”" + (f" ({numbers.count(people)} affected)" if people else "")


def no_room(case: Case, outcome: Outcome, entry: str) -> str:
    """Which metrics of an entry cannot improve here: they stand at their best, or nobody has said where they stand.

    Empty where all can.
    """
    levers = list(dict.fromkeys(effect.lever for effect in library.initiatives()[entry].effects))
    if not levers or not case.segments:
        return ""
    full = [lever for lever in levers if lever_is_full(case, outcome, lever)]
    silent = [lever for lever in full if _nobody_said(case, lever)]
    said = "; ".join(_at_its_best(case, outcome, lever) for lever in full if lever not in silent)
    whole = "This company does not have the problem that this solves" if full == levers else "No room here"
    parts = [f"{whole}: {said}."] if said else []
    if silent:
        parts.append(_not_stated(case, outcome, silent, all_of_it=full == levers))
    return " ".join(parts)


def _nobody_said(case: Case, lever: str) -> bool:
    """Whether a metric is what it is because nobody has said anything of it, wherever it is measured."""
    group = library.inputs()[lever].group
    held: list[tuple[str, Record]] = [(group, getattr(case, group))] if group != "segments" else []
    held = held or [(f"segments[{each.name}]", each) for each in case.segments]
    told = ((case.inputs.get(f"{path}.{lever}"), lever in record.model_fields_set) for path, record in held)
    return all(said.status == "default" if said else not typed for said, typed in told)


def _not_stated(case: Case, outcome: Outcome, levers: Sequence[str], all_of_it: bool) -> str:
    """That nobody has stated some metrics, what they count as, and what follows from it."""
    said = listed([_counts_as(case, outcome, lever) for lever in levers])
    earns = "It earns nothing" if all_of_it else "It earns nothing there"
    return f"Not stated yet: {said}. {earns} until the page Numbers says how it is today."


def _counts_as(case: Case, outcome: Outcome, lever: str) -> str:
    """A metric with the level at which it counts."""
    unit = library.inputs()[lever].unit
    level = max(base for _, base, _ in _levels(case, outcome, lever))
    name = words.inside(library.levers()[lever].label)
    return f"{name} (counts as {numbers.for_unit(level, unit, case.company.currency)})"


def lever_is_full(case: Case, outcome: Outcome, lever: str) -> bool:
    """Whether a metric stands at the best achievable level, or past it, wherever it is measured."""
    return all(abs(best - base) <= SAME * abs(base) for _, base, best in _levels(case, outcome, lever))


def _levels(case: Case, outcome: Outcome, lever: str) -> list[tuple[str, float, float]]:
    """Where a metric is measured ('' is the company), today's level and the best that it can reach from there."""
    if library.levers()[lever].scope == "segment":
        today = {segment.name: float(getattr(segment, lever)) for segment in case.segments}
    else:
        today = {"": float(getattr(getattr(case, library.inputs()[lever].group), lever))}
    return [
        (place, base, outcome.amount(f"best.{lever}[{place}]"))
        for place, base in today.items()
    ]  # fmt: skip


def _at_its_best(case: Case, outcome: Outcome, lever: str) -> str:
    unit = library.inputs()[lever].unit
    levels = [
        numbers.for_unit(base, unit, case.company.currency) + (f" in {place}" if place else "")
        for place, base, _ in _levels(case, outcome, lever)
    ]
    name = words.inside(library.levers()[lever].label)
    if all(base == 0 for _, base, _ in _levels(case, outcome, lever)):
        return f"{name} is 0 today in this case"
    return f"{name} is {listed(levels)} today, which is as good as it gets"


def _npv(alone: dict[str, Addition], entry: str) -> float:
    return alone[entry].npv if entry in alone else 0.0


def _for_problems(ground: Ground) -> Iterator[tuple[str, Problem, str]]:
    """What the library has for each problem that no investment of the case answers, what is closest in words first."""
    alone = {one.initiative: one for one in ground.additions if one.from_library}
    every = [initiative.id for initiative in ground.case.initiatives]
    for problem in unanswered(ground.case, every):
        near = [
            (entry.id, shared)
            for entry in library.initiatives().values()
            if (shared := _shared(problem, entry))
            >= (1 if entry.journey_stage == problem.journey_stage else 2)
            and in_the_case(ground.case, entry.id) is None
            and _has_room(ground, entry.id)
        ]
        near.sort(key=lambda found: (-found[1], -_npv(alone, found[0])))
        for entry, _ in near[:FOR_ONE]:
            yield entry, problem, f"May answer {told(problem)}, which nothing in the case answers."
        if not near:
            yield from _at_its_stage(ground, problem, alone)


def _at_its_stage(
    ground: Ground, problem: Problem, alone: dict[str, Addition]
) -> Iterator[tuple[str, Problem, str]]:
    """What works where a problem is met and pays most alone, for one whose words the library does not know."""
    stage = problem.journey_stage
    here = [entry for entry in _paying(ground, alone) if entry.journey_stage == stage]
    where = library.words().journey_stages[stage] if stage else ""
    for entry in here[:FOR_ONE]:
        said = f"Works at the stage “{where}”, where {told(problem)} is met: see whether it answers it."
        yield entry.id, problem, said


def _for_the_rest(
    ground: Ground, answered: Collection[str], nothing_found: bool
) -> Iterator[tuple[str, str]]:
    """What pays most alone in this company, where that is a reason of its own to look at it."""
    why = _why_more(ground, answered)
    if why or (nothing_found and (ground.case.problems or ground.case.stakeholders)):
        alone = {one.initiative: one for one in ground.additions if one.from_library}
        said = f"Pays most here of all in the library{why}."
        yield from ((entry.id, said) for entry in _paying(ground, alone)[:FOR_ONE])


def _why_more(ground: Ground, answered: Collection[str]) -> str:
    """Why more has to be proposed than what was found for problems and people; empty where nothing has to."""
    every = [initiative.id for initiative in ground.case.initiatives]
    left = [problem for problem in unanswered(ground.case, every) if problem.id not in answered]
    if left:
        return f", which has no word for {told(left[0])}"
    return ", and what is asked for does not pay yet" if ground.certainty.outcome.npv < 0 else ""


def _paying(ground: Ground, alone: dict[str, Addition]) -> list[LibraryInitiative]:
    """What the case does not have and what returns something alone, before any cost; most first."""
    found = [
        entry
        for entry in library.initiatives().values()
        if _npv(alone, entry.id) > 0
        and in_the_case(ground.case, entry.id) is None
        and _has_room(ground, entry.id)
    ]
    return sorted(found, key=lambda entry: -_npv(alone, entry.id))


def _shared(problem: Problem, entry: LibraryInitiative) -> int:
    """How many stems of words a problem shares with an investment, common ones left out."""
    return len(_stems(problem.what) & _stems(" ".join((entry.name, entry.description, *entry.needs))))


def _stems(text: str) -> frozenset[str]:
    found = "".join(sign if sign.isalpha() else " " for sign in text.casefold()).split()
    return frozenset(word[:STEM] for word in found if len(word) >= STEM) - COMMON


def _for_people(ground: Ground) -> Iterator[tuple[str, str]]:
    """What closes most of the gap of each number that nothing asked for moves."""
    for person, fit in zip(ground.case.stakeholders, ground.certainty.fits, strict=True):
        for part in fit.parts:
            if part.movement >= MOVES or not _is_open(part):
                continue
            for one in _closing(ground, part):
                yield one.initiative, _gap(ground, person, part, one)


def _is_open(part: Part) -> bool:
    return not is_hurdle(part.driver) and part.why in ("not_moved", "moved_away", "moved")


def _closing(ground: Ground, part: Part) -> Sequence[Addition]:
    able = [
        one
        for one in ground.additions
        if one.from_library and one.moved[part.driver] >= WORTH_NAMING and _has_room(ground, one.initiative)
    ]
    return sorted(able, key=lambda one: -one.moved[part.driver])[:FOR_ONE]


def _gap(ground: Ground, person: Stakeholder, part: Part, one: Addition) -> str:
    share = numbers.percent(one.moved[part.driver], 0)
    name = part.driver.name or words.inside(label(part.driver))
    lacks = f"what the {ground.role(person)} still lacks in {name}"
    today = {
        "moved_away": "which gets worse with what is asked for",
        "moved": "which what is asked for hardly moves",
    }
    return f"Closes {share} of {lacks}, {today.get(part.why, 'which nothing that is asked for moves')}."


def _has_room(ground: Ground, entry: str) -> bool:
    levers = {effect.lever for effect in library.initiatives()[entry].effects}
    return not levers or not all(
        lever_is_full(ground.case, ground.certainty.outcome, lever) for lever in levers
    )
