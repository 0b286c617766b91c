"""Two cases in one vocabulary: each with every name that either has, what it lacks standing there without effect."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from casebuilder.case import Case, Effect, Initiative, Segment, library
from casebuilder.case.records.lines import CustomLine
from casebuilder.case.reserved import ALL
from casebuilder.model.inputs import share_of_class
from casebuilder.model.structure import AS_SET, shares_in_force

T = TypeVar("T")
#: The one scenario and the one option that stay: those that count.
COUNTS = "counts"
#: Ends the name of an own line of the first case where the second has a line of that name and of another kind.
FORMER = "\n(before)"
#: What makes an effect, an own line, a segment and an investment stand in a case without effect.
_NO_SIZE = {"low": 0.0, "base": 0.0, "high": 0.0}
_NOBODY = {"customers": 0.0, "leads": 0.0, "churn_rate": 1.0}
_OFF = {"enabled": False}


@dataclass(frozen=True)
class Version:
    """A case with the scenario and the option under which it counts."""

    case: Case
    scenario: str
    option: str

    @property
    def inside(self) -> frozenset[str]:
        """The investments of the option."""
        if self.option == AS_SET:
            return frozenset(initiative.id for initiative in self.case.initiatives)
        return self.case.option_table[self.option]


def asked_option(case: Case) -> str:
    """The option that the decision asks for; all switches as set where it names none."""
    stage = case.decision.stage_1
    return AS_SET if stage is None else stage.option


def renamed_segments(before: Case, after: Case) -> dict[str, str]:
    """Old -> new name of segments that stay what they are under another name: most of their numbers are the same."""
    known = {segment.name for segment in before.segments} & {segment.name for segment in after.segments}
    new = {segment.name: segment for segment in after.segments if segment.name not in known}
    found: dict[str, str] = {}
    for segment in before.segments:
        twins = [name for name, other in new.items() if _same_people(segment, other)]
        if segment.name not in known and twins:
            found[segment.name] = twins[0]
            del new[twins[0]]
    return found


def _same_people(one: Segment, other: Segment) -> bool:
    fields = [field for field in type(one).model_fields if field != "name"]
    pairs: list[tuple[float, float]] = [(getattr(one, field), getattr(other, field)) for field in fields]
    told = [pair for pair in pairs if pair != (0.0, 0.0)]
    return 2 * sum(a == b for a, b in told) > len(told)


def with_segments_named(case: Case, new: dict[str, str]) -> Case:
    """The case with segments under their new names, effects included."""
    segments = [s.model_copy(update={"name": new.get(s.name, s.name)}) for s in case.segments]
    initiatives = []
    for initiative in case.initiatives:
        effects = (
            e.model_copy(update={"segment": new.get(e.segment, e.segment)}) for e in initiative.effects
        )
        initiatives.append(initiative.model_copy(update={"effects": tuple(effects)}))
    return case.model_copy(update={"segments": tuple(segments), "initiatives": tuple(initiatives)})


def in_one_vocabulary(before: Version, after: Version) -> tuple[Case, Case]:
    """Both cases with the names of both, each worth exactly what it was, with one scenario and one option.

    What a case lacks is in it without effect: a segment without customers, an investment that is off, an effect of
    size 0, an own line of nothing. Their structures then differ at most in horizon, periods, limits and in what
    investments need first. Every effect has a risk adjustment of its own, so that its grade may change.
    """
    one, two = before.case, after.case
    segments = _both(one.segments, two.segments, lambda s: s.name, _NOBODY)
    initiatives = _both(one.initiatives, two.initiatives, lambda i: i.id, _OFF)
    places = [segment.name for segment in segments[0]]
    pairs = [_same_effects(a, b, places) for a, b in zip(*initiatives, strict=True)]
    lines = _own_lines(one, two)
    lined = {line for case in (one, two) for line in shares_in_force(case)}
    return (
        _written(before, after, segments[0], [pair[0] for pair in pairs], lines[0], lined),
        _written(after, before, segments[1], [pair[1] for pair in pairs], lines[1], lined),
    )


def own_grade(initiative: str, effect: Effect) -> str:
    """The grade, in one vocabulary, that is this effect's alone: its risk adjustment is `haircuts.<grade>`."""
    return f"{initiative},{effect.lever},{effect.segment}"


def _both(
    one: Iterable[T], two: Iterable[T], name: Callable[[T], str], blank: dict[str, Any]
) -> tuple[tuple[T, ...], tuple[T, ...]]:
    """Two lists of records with the names of both in one order; what one lacks is the other's, made blank."""
    left, right = {name(record): record for record in one}, {name(record): record for record in two}
    order = dict.fromkeys((*left, *right))

    def side(own: dict[str, T], other: dict[str, T]) -> tuple[T, ...]:
        return tuple(own[n] if n in own else other[n].model_copy(update=blank) for n in order)  # type: ignore[attr-defined]

    return side(left, right), side(right, left)


def _same_effects(one: Initiative, two: Initiative, places: Iterable[str]) -> tuple[Initiative, Initiative]:
    """One investment in two versions, its effects side by side; one that is spread over segments in only one of them
    is so in both."""
    spread = {e.lever for e in one.effects if e.segment == ALL} ^ {
        e.lever for e in two.effects if e.segment == ALL
    }
    levers = {e.lever for e in one.effects} & {e.lever for e in two.effects} & spread
    sides = [_by_segment(initiative.effects, levers, places) for initiative in (one, two)]
    left, right = _both(sides[0], sides[1], lambda e: f"{e.lever},{e.segment}", _NO_SIZE)
    return one.model_copy(update={"effects": left}), two.model_copy(update={"effects": right})


def _by_segment(effects: Iterable[Effect], levers: Iterable[str], places: Iterable[str]) -> list[Effect]:
    found = []
    for effect in effects:
        if effect.lever in levers and effect.segment == ALL:
            found += [effect.model_copy(update={"segment": place}) for place in places]
        else:
            found.append(effect)
    return found


def _own_lines(one: Case, two: Case) -> tuple[tuple[CustomLine, ...], tuple[CustomLine, ...]]:
    """The companies' own lines of both, year by year up to the longer horizon.

    Years that a case does not reach are those of the other; a line that became one of another kind is two lines.
    """
    kinds = {line.name: _kind(line) for line in two.custom_lines}
    first = [
        line.model_copy(update={"name": line.name + FORMER})
        if kinds.get(line.name, _kind(line)) != _kind(line)
        else line
        for line in one.custom_lines
    ]
    years = max(one.company.years, two.company.years)
    nothing = {"initial": 0.0, "by_year": (0.0,) * years}
    left, right = _both(first, two.custom_lines, lambda line: line.name, nothing)
    pairs = [
        (_long(a, b.by_year, years), _long(b, a.by_year, years)) for a, b in zip(left, right, strict=True)
    ]
    return tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)


def _kind(line: CustomLine) -> tuple[str, str | None, str | None]:
    return line.kind, line.class_, line.initiative


def _long(line: CustomLine, other: tuple[float, ...], years: int) -> CustomLine:
    own = line.by_year
    rest = (*other[len(own) :], *(0.0,) * years)
    return line.model_copy(update={"by_year": (*own, *rest)[:years]})


def _written(
    version: Version,
    other: Version,
    segments: tuple[Segment, ...],
    initiatives: list[Initiative],
    lines: tuple[CustomLine, ...],
    shares: Iterable[str],
) -> Case:
    case = version.case
    ids = {initiative.id for initiative in case.initiatives}
    table = {own_grade(i.id, e): case.haircut_table[e.grade] for i in initiatives for e in i.effects}
    relabelled = []
    for i in initiatives:
        effects = (e.model_copy(update={"grade": own_grade(i.id, e)}) for e in i.effects)
        relabelled.append(i.model_copy(update={"effects": tuple(effects)}))
    return case.model_copy(
        update={
            "company": case.company.model_copy(update={"headline": COUNTS}),
            "segments": segments,
            "initiatives": tuple(relabelled),
            "custom_lines": lines,
            "haircuts": table,
            "headline_shares": {line: _share(case, line) for line in sorted(shares)},
            "scenarios": {COUNTS: case.scenario_table[version.scenario]},
            "options": {COUNTS: tuple(version.inside | (other.inside - ids))},
        }
    )


def _share(case: Case, line: str) -> float:
    """The share of a benefit that a case counts as cash, said or not."""
    given = shares_in_force(case).get(line)
    if given is not None:
        return given
    class_ = next(lever.class_ for lever in library.levers().values() if lever.line == line)
    return case.service.outsourced_share if class_ == "capacity" else share_of_class(class_)
