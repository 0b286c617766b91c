"""What differs between two cases of one vocabulary: steps of structure, one by one, and the numbers between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casebuilder.analysis.bridge_cases import COUNTS, FORMER, Version, own_grade
from casebuilder.analysis.study import Study, effect_key, effect_path, study
from casebuilder.case import Case, Effect, Initiative
from casebuilder.case.reserved import ALL
from casebuilder.model.inputs import SIZES

#: How time is cut, in the order in which it changes.
_TIME = ("years", "periods_per_year")


@dataclass(frozen=True)
class Frames:
    """The way from one case to another in cases of one vocabulary, each step named by the path of what changed.

    What investments no longer need first goes first; then every number changes, `old` and `new` having one structure;
    then limits come and go, investments come to need others first, and the horizon and its periods change.
    """

    first: tuple[tuple[str, Case], ...]
    old: Case
    new: Case
    last: tuple[tuple[str, Case], ...]


def frames(before: Case, after: Case) -> Frames:
    """The way between two cases written in one vocabulary."""
    needs = _needs(before, after)
    first = tuple(_needing_step_by_step(before, needs))
    old = first[-1][1] if first else before
    limits = {lever: after.limits.get(lever, limit) for lever, limit in before.limits.items()}
    time = {field: getattr(before.company, field) for field in _TIME}
    company = after.company.model_copy(update=time)
    new = _needing(after, needs).model_copy(update={"company": company, "limits": limits})
    return Frames(first, old, new, tuple(_last(new, after)))


def _needs(before: Case, after: Case) -> dict[str, tuple[str, ...]]:
    """What each investment needs first in both cases."""
    later = {initiative.id: initiative.requires for initiative in after.initiatives}
    return {i.id: tuple(id for id in i.requires if id in later[i.id]) for i in before.initiatives}


def _needing(case: Case, needs: Mapping[str, tuple[str, ...]]) -> Case:
    changed = (i.model_copy(update={"requires": needs[i.id]}) for i in case.initiatives)
    return case.model_copy(update={"initiatives": tuple(changed)})


def _needing_step_by_step(case: Case, needs: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, Case]]:
    """Each investment that comes to need something else first, the earlier ones changed already."""
    now = {initiative.id: initiative.requires for initiative in case.initiatives}
    for id, wanted in needs.items():
        if set(now[id]) != set(wanted):
            now[id] = wanted
            yield f"initiatives[{id}].requires", _needing(case, now)


def _last(case: Case, after: Case) -> Iterator[tuple[str, Case]]:
    for lever in sorted(case.limits.keys() ^ after.limits.keys()):
        others = {name: limit for name, limit in case.limits.items() if name != lever}
        own = {name: limit for name, limit in after.limits.items() if name == lever}
        case = case.model_copy(update={"limits": others | own})
        yield f"limits.{lever}", case
    for path, changed in _needing_step_by_step(case, {i.id: i.requires for i in after.initiatives}):
        case = changed
        yield path, case
    for field in _TIME:
        if getattr(case.company, field) != getattr(after.company, field):
            company = case.company.model_copy(update={field: getattr(after.company, field)})
            case = case.model_copy(update={"company": company})
            yield f"company.{field}", case


def study_of(case: Case) -> Study:
    """The study of a case written in one vocabulary."""
    found = study(case, COUNTS, COUNTS)
    grades = {f"haircuts.{grade}": share for grade, share in case.haircut_table.items()}
    return Study(case, found.model, COUNTS, COUNTS, {**found.inputs, **grades})


def owners(before: Version, after: Version, padded: Case) -> dict[str, str]:
    """The path of the change that an input belongs to, by the input's key, where it is not the key itself.

    Whatever came or went with a segment, an investment or an own line is one change, so are the low, base and high of
    one effect with its grade, all of one scenario and all of one option.
    """
    found = {"company.mid_period": "company.discounting"}
    found |= _run_owners(before, after, padded)
    one_sided = {s.name for s in before.case.segments} ^ {s.name for s in after.case.segments}
    for segment in padded.segments:
        if segment.name in one_sided:
            path = f"segments[{segment.name}]"
            found |= {f"{path}.{field}": path for field in type(segment).model_fields}
    for initiative in padded.initiatives:
        found |= _investment_owners(before.case, after.case, initiative, one_sided)
    for line in padded.custom_lines:
        path, own = f"custom_lines[{line.name}]", f"custom_lines[{line.name.removesuffix(FORMER)}]"
        found |= {f"{path}.{field}": own for field in ("initial", "risk_adjustment")}
        found |= {f"{path}.by_year[{year}]": own for year in range(1, len(line.by_year) + 1)}
    return found


def _run_owners(before: Version, after: Version, padded: Case) -> dict[str, str]:
    same_scenario, same_option = before.scenario == after.scenario, before.option == after.option
    scenario = f"scenarios.{after.scenario}" if same_scenario else "company.headline"
    option = f"options.{after.option}" if same_option else "decision.stage_1.option"
    row = padded.scenario_table[COUNTS]
    found = {f"scenarios.{COUNTS}.{field}": scenario for field in type(row).model_fields}
    return found | {f"options.{COUNTS}[{initiative.id}]": option for initiative in padded.initiatives}


def _investment_owners(before: Case, after: Case, padded: Initiative, one_sided: set[str]) -> dict[str, str]:
    path = f"initiatives[{padded.id}]"
    versions = [i for case in (before, after) for i in case.initiatives if i.id == padded.id]
    found = {f"{path}.{field}": path for field in type(padded).model_fields} if len(versions) == 1 else {}
    spread = {e.lever for i in versions for e in i.effects if e.segment == ALL}
    for effect in padded.effects:
        whole = effect.model_copy(update={"segment": ALL}) if effect.lever in spread else effect
        own = effect_path(padded.id, whole)
        if len(versions) == 1:
            own = path
        elif effect.lever not in spread and effect.segment in one_sided:
            own = f"segments[{effect.segment}]"
        found |= {effect_key(padded.id, effect, size): own for size in SIZES}
        found[f"haircuts.{own_grade(padded.id, effect)}"] = _of_grade(versions, effect, own)
    return found


def _of_grade(versions: list[Initiative], effect: Effect, own: str) -> str:
    """What a changed risk adjustment of an effect belongs to: the table where its grade stayed, else the effect."""
    grades = {
        e.grade
        for version in versions
        for e in version.effects
        if e.lever == effect.lever and e.segment in (effect.segment, ALL)
    }
    return f"haircuts.{grades.pop()}" if len(versions) == 2 and len(grades) == 1 else own
