"""The numbers of a case under the names that the model and its workbook have for them, and what they may become."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from casebuilder.case.catalogue import inputs
from casebuilder.case.edits import CHANGED, Replacement, Value, with_inputs
from casebuilder.case.library import levers
from casebuilder.case.loading import from_data
from casebuilder.case.paths import key_name, readable
from casebuilder.case.records import Case, Effect, Gate, HeadlineShare, Scenario
from casebuilder.case.reserved import DO_NOTHING, WORKING_CAPITAL

#: The size of effects that a scenario uses, as a number counted from 1.
_SIZES = ("low", "base", "high")
_GROUPS = ("company", "sales", "service", "people", "risk", "finance")
_OF_AN_INVESTMENT = (
    "start_month", "build_months", "ramp_months", "adoption", "one_time_cost", "annual_cost", "internal_fte",
)  # fmt: skip

As = Literal["number", "whole", "flag", "size"]


@dataclass(frozen=True)
class Spot:
    """Where the case keeps a number: its path, and as what kind of value it stands there."""

    path: str
    kind: As = "number"

    def value(self, number: float) -> Value:
        """The number as the case writes it."""
        if self.kind == "flag":
            return bool(number)
        if self.kind == "size":
            return _SIZES[round(number) - 1]
        return round(number) if self.kind == "whole" else number


def spots(case: Case) -> dict[str, Spot]:
    """Where the case keeps each number that it can keep, by the number's key.

    Keys are those of the model's inputs, and those of numbers that only the workbook reads: last year's books, the
    plan, checkpoints, and stakeholders' targets (`stakeholders[1].drivers[2].target`, counted from 1). Whether an
    investment is in an option is kept too, as a list: see `with_keys`.
    """
    return dict(
        (
            *_of_company(case), *_of_segments(case), *_of_rules(case), *_of_investments(case), *_of_lines(case),
            *_of_scenarios(case), *_of_people(case),
        )
    )  # fmt: skip


def memberships(case: Case) -> dict[str, tuple[str, str]]:
    """Option and investment by the key that says whether the investment is in the option; doing nothing has none."""
    return {
        f"options.{option}[{initiative.id}]": (option, initiative.id)
        for option in case.option_table
        if option != DO_NOTHING
        for initiative in case.initiatives
    }


def with_keys(case: Case, changes: Mapping[str, float], said: str = CHANGED) -> Case:
    """The case with numbers replaced by key, each in its own unit, flags as 0 or 1.

    As `with_inputs`: what changes is an estimate that says, behind the words `said`, what stood there. A share counted
    as cash that somebody agreed on, or has yet to, becomes a plain number: nobody agreed on the new one. KeyError
    where the case cannot keep a key, CaseError where the result is no valid case.
    """
    known, inside = spots(case), memberships(case)
    edits: dict[str, Replacement] = {}
    members: dict[str, set[str]] = {}
    for key, number in changes.items():
        if key in inside:
            option, id = inside[key]
            chosen = members.setdefault(option, set(case.option_table[option]))
            chosen.add(id) if number else chosen.discard(id)
        else:
            edits[known[key].path] = known[key].value(number)
    for option, chosen in members.items():
        edits[_below("options", option)] = tuple(i.id for i in case.initiatives if i.id in chosen)
    return with_inputs(_spelled_out(case, changes), edits, said)


def _spelled_out(case: Case, changes: Iterable[str]) -> Case:
    """The same case with what the changes touch written out: built-in scenarios, risk adjustments, plain shares."""
    data = case.model_dump(by_alias=True, exclude_unset=True)
    keys = tuple(changes)
    scenarios = {
        name: row
        for name, row in case.scenario_table.items()
        if any(key.startswith(f"scenarios.{name}.") for key in keys)
    }
    if scenarios:
        given = data.get("scenarios") or dict.fromkeys(case.scenario_table, "builtin")
        data["scenarios"] = given | {name: row.model_dump() for name, row in scenarios.items()}
    for key in keys:
        group, _, name = key.partition(".")
        if group == "haircuts":
            data["haircuts"] = {name: case.haircut_table[name], **data.get("haircuts", {})}  # type: ignore[index]
        elif group == "headline_shares":
            data["headline_shares"] = data.get("headline_shares", {}) | {name: _share(case, name)}
    return from_data(data)


def _share(case: Case, line: str) -> float:
    """The share of a benefit that counts as cash now, as a plain number."""
    given = case.headline_shares.get(line)
    if isinstance(given, HeadlineShare):
        given = given.share if given.agreed is not None else None
    beside = any(lever.line == line and lever.class_ in ("risk", "capacity") for lever in levers().values())
    return given if given is not None else float(not beside)


def _below(group: str, key: str) -> str:
    return group + key_name(key, group)


def _of_company(case: Case) -> Iterator[tuple[str, Spot]]:
    for field, word in inputs().items():
        if word.group in _GROUPS and word.unit not in ("choice", "text"):
            kind: As = "flag" if word.unit == "flag" else "number"
            yield f"{word.group}.{field}", Spot(f"{word.group}.{field}", kind)
    yield "company.fiscal_year_starts", Spot("company.fiscal_year_starts", "whole")
    for field, value in case.actuals:
        if value is not None:
            yield f"actuals.{field}", Spot(f"actuals.{field}")
    for year in range(1, len(case.plan.revenue) + 1):
        yield f"plan.revenue[{year}]", Spot(f"plan.revenue[{year}]")


def _of_segments(case: Case) -> Iterator[tuple[str, Spot]]:
    data = {"segments": [{"name": segment.name} for segment in case.segments]}
    for place, segment in enumerate(case.segments):
        for field, word in inputs().items():
            if word.group == "segments":
                yield f"segments[{segment.name}].{field}", Spot(readable(("segments", place, field), data))


def _of_rules(case: Case) -> Iterator[tuple[str, Spot]]:
    for name in case.limits:
        yield f"limits.{name}", Spot(f"limits.{name}")
    for grade in case.haircut_table:
        yield f"haircuts.{grade}", Spot(f"haircuts.{grade}")
    for lever in levers().values():
        if lever.line != WORKING_CAPITAL:
            yield f"headline_shares.{lever.line}", Spot(f"headline_shares.{lever.line}")


def _of_investments(case: Case) -> Iterator[tuple[str, Spot]]:
    for initiative in case.initiatives:
        path = f"initiatives[{initiative.id}]"
        yield f"{path}.enabled", Spot(f"{path}.enabled", "flag")
        for field in _OF_AN_INVESTMENT:
            yield f"{path}.{field}", Spot(f"{path}.{field}")
        for effect in initiative.effects:
            yield from _of_effect(path, effect)
        yield from _of_gate(path, initiative.gate)


def _of_effect(path: str, effect: Effect) -> Iterator[tuple[str, Spot]]:
    data = {"effects": [{"lever": effect.lever, "segment": effect.segment}]}
    for size in _SIZES:
        key = f"{path}.effects[{effect.lever},{effect.segment}].{size}"
        yield key, Spot(f"{path}.{readable(('effects', 0, size), data)}")


def _of_gate(path: str, gate: Gate | None) -> Iterator[tuple[str, Spot]]:
    if gate is not None:
        yield f"{path}.gate.month", Spot(f"{path}.gate.month")
        if gate.target is not None:
            yield f"{path}.gate.target", Spot(f"{path}.gate.target")


def _of_lines(case: Case) -> Iterator[tuple[str, Spot]]:
    data = {"custom_lines": [{"name": line.name} for line in case.custom_lines]}
    for place, line in enumerate(case.custom_lines):
        key, path = f"custom_lines[{line.name}]", readable(("custom_lines", place), data)
        years = [f"by_year[{year}]" for year in range(1, len(line.by_year) + 1)]
        for field in ("initial", "risk_adjustment", *years):
            yield f"{key}.{field}", Spot(f"{path}.{field}")


def _of_scenarios(case: Case) -> Iterator[tuple[str, Spot]]:
    kinds: dict[str, As] = {"effects": "size", "haircut": "flag"}
    for name in case.scenario_table:
        for field in Scenario.model_fields:
            path = f"{_below('scenarios', name)}.{field}"
            yield f"scenarios.{name}.{field}", Spot(path, kinds.get(field, "number"))


def _of_people(case: Case) -> Iterator[tuple[str, Spot]]:
    """What stakeholders are measured on; two of one persona are told apart by their position alone."""
    for person, stakeholder in enumerate(case.stakeholders, 1):
        for place, driver in enumerate(stakeholder.drivers, 1):
            for field in ("current", "target"):
                if getattr(driver, field) is not None:
                    path = f"stakeholders[{person}].drivers[{place}].{field}"
                    yield path, Spot(path)
