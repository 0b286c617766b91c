"""Inputs of a model: their lines, named by their path in the case, and their values taken from a case."""

from __future__ import annotations

from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from casebuilder.case import Case, library
from casebuilder.case.reading import read_data
from casebuilder.case.records.initiatives import Grade
from casebuilder.model.expressions import Line
from casebuilder.model.graph import Graph
from casebuilder.model.structure import AS_SET, EffectShape, Structure, shares_in_force

#: Position of an effect's size in its row low, base, high, counted from 1.
SIZES = ("low", "base", "high")
GRADES: tuple[Grade, ...] = ("A", "B", "C", "J")
GROUPS = ("sales", "service", "people", "risk", "finance", "company")


class Technical(BaseModel):
    """A constant of the method: its value, unit and label."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    value: float
    unit: str
    label: str


@lru_cache(maxsize=1)
def technical() -> dict[str, Technical]:
    """The constants of the method by id."""
    data = read_data(library.LIBRARY / "technical.yaml")
    assert isinstance(data, dict)
    return {key: Technical.model_validate(entry) for key, entry in data.items()}


def segment_input(graph: Graph, segment: str, field: str) -> Line:
    """An input of one segment."""
    word = library.inputs()[field]
    return graph.input(f"segments[{segment}].{field}", f"{word.label}: {segment}", word.unit)


def company_input(graph: Graph, field: str) -> Line:
    """A company-wide input, from whichever group it belongs to."""
    word = library.inputs()[field]
    return graph.input(f"{word.group}.{field}", word.label, word.unit)


def technical_input(graph: Graph, field: str) -> Line:
    """A constant of the method."""
    word = technical()[field]
    return graph.input(f"technical.{field}", word.label, word.unit)


def initiative_input(graph: Graph, initiative: str, field: str, label: str, unit: str) -> Line:
    """An input of one investment; `label` says which, without the investment's name."""
    return graph.input(f"initiatives[{initiative}].{field}", label, unit)


def effect_inputs(graph: Graph, initiative: str, name: str, effect: EffectShape) -> tuple[Line, ...]:
    """An effect's low, base and high size, side by side."""
    lever = library.levers()[effect.lever].label
    path = f"initiatives[{initiative}].effects[{effect.id}]"
    unit = "points" if library.levers()[effect.lever].kind == "points" else "share"
    return tuple(
        graph.input(f"{path}.{size}", f"{name}: {lever} ({effect.segment}), {size}", unit) for size in SIZES
    )


def values(case: Case, shape: Structure) -> dict[str, float]:
    """Every input that a model of this structure may read, by key; flags are 0 or 1, sizes in their row's order."""
    found: dict[str, float] = {}
    for segment in case.segments or ():
        for field, word in library.inputs().items():
            if word.group == "segments":
                found[f"segments[{segment.name}].{field}"] = float(getattr(segment, field))
    for group in GROUPS:
        record = getattr(case, group)
        for field, word in library.inputs().items():
            if word.group == group and word.unit not in ("choice", "text"):
                found[f"{group}.{field}"] = _number(getattr(record, field))
    found["company.mid_period"] = float(case.company.discounting == "mid")
    found["company.years"] = float(case.company.years)
    found["company.periods_per_year"] = float(case.company.periods_per_year)
    found |= {f"technical.{key}": entry.value for key, entry in technical().items()}
    found |= _lever_values(case)
    found |= _initiative_values(case, shape)
    found |= _scenario_values(case, shape)
    for line in case.custom_lines:
        path = f"custom_lines[{line.name}]"
        found[f"{path}.initial"] = float(line.initial)
        found[f"{path}.risk_adjustment"] = float(line.risk_adjustment)
        for year, amount in enumerate(line.by_year, 1):
            found[f"{path}.by_year[{year}]"] = float(amount)
    return found


def share_of_class(class_: str) -> float:
    """The share of a class that is cash unless somebody agreed on another: none of what stands beside the return."""
    return 0.0 if class_ in ("risk", "capacity") else 1.0


def _number(value: object) -> float:
    return 0.0 if value is None else float(value)  # type: ignore[arg-type]


def _lever_values(case: Case) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, lever in library.levers().items():
        word = library.inputs()[name]
        rule = lever.limit
        for part in ("share", "points", "floor", "cap"):
            if getattr(rule, part) is not None:
                found[f"levers.{name}.{part}"] = float(getattr(rule, part))
        for bound in ("lower", "upper"):
            if getattr(word, bound) is not None:
                found[f"levers.{name}.{bound}"] = float(getattr(word, bound))
    found |= {f"limits.{name}": float(limit) for name, limit in case.limits.items()}
    found |= {f"haircuts.{grade}": float(case.haircut_table[grade]) for grade in GRADES}
    counted = shares_in_force(case)
    for lever in library.levers().values():
        found[f"headline_shares.{lever.line}"] = counted.get(lever.line, share_of_class(lever.class_))
    return found


def _initiative_values(case: Case, shape: Structure) -> dict[str, float]:
    found: dict[str, float] = {}
    for initiative in case.initiatives:
        path = f"initiatives[{initiative.id}]"
        for field in (
            "enabled",
            "start_month",
            "build_months",
            "ramp_months",
            "adoption",
            "one_time_cost",
            "annual_cost",
            "internal_fte",
        ):
            found[f"{path}.{field}"] = float(getattr(initiative, field))
        for effect in initiative.effects:
            for size in SIZES:
                found[f"{path}.effects[{effect.lever},{effect.segment}].{size}"] = float(
                    getattr(effect, size)
                )
    for option in shape.options:
        inside = None if option == AS_SET else case.option_table[option]
        for initiative in case.initiatives:
            found[f"options.{option}[{initiative.id}]"] = float(inside is None or initiative.id in inside)
    return found


def _scenario_values(case: Case, shape: Structure) -> dict[str, float]:
    found: dict[str, float] = {}
    for name in shape.scenarios:
        scenario = case.scenario_table[name]
        path = f"scenarios.{name}"
        found[f"{path}.effects"] = float(SIZES.index(scenario.effects) + 1)
        found[f"{path}.haircut"] = float(scenario.haircut)
        found[f"{path}.cost_factor"] = float(scenario.cost_factor)
        found[f"{path}.delay_months"] = float(scenario.delay_months)
        found[f"{path}.benefit_factor"] = float(scenario.benefit_factor)
    return found
