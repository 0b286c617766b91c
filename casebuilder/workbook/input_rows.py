"""The rows of Inputs: every number that the model reads, once, with its unit and who stands behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from casebuilder.case import Case, library
from casebuilder.model.inputs import GRADES, SIZES, technical
from casebuilder.model.model import Model
from casebuilder.model.structure import shares_in_force
from casebuilder.pitch.assumed import person
from casebuilder.pitch.words import option_label, scenario_label
from casebuilder.workbook.behind import Behind
from casebuilder.workbook.outside import Outside, outside
from casebuilder.workbook.style import unit_word

VALUE, TABLE = 2, 4
#: Inputs that are shown but not open to change: they decide the shape of the sheets.
LOCKED = ("company.years", "company.periods_per_year", "company.mid_period", "company.decision_date")
#: What is said of numbers that decide how often and under which conditions the model runs, not what the world is like.
_OWN_CHOICE, _METHOD = "the case's own choice", "constant of the method, our judgement"
#: What is said of a share counted as cash on which nobody agreed.
_USUAL = "as usual for its class"
_INITIATIVE_FIELDS = (
    ("enabled", "switched on (1/0)", "flag"),
    ("start_month", "first spending, month", "months"),
    ("build_months", "months to first effect", "months"),
    ("ramp_months", "months to full effect", "months"),
    ("adoption", "take-up", "share"),
    ("one_time_cost", "one-time cost", "money"),
    ("annual_cost", "cost a year", "money_per_year"),
    ("internal_fte", "own people", "fte"),
)


@dataclass(frozen=True)
class InputRow:
    """One row of Inputs: a title with a table's head, or a label with one or more cells (column, key).

    `choices` make it a selector, one of these texts; `key` names a title, or a row of numbers counted from 1.
    """

    label: str
    unit: str = ""
    cells: tuple[tuple[int, str], ...] = ()
    units: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    note: str = ""
    title: bool = False
    locked: bool = False
    choices: tuple[str, ...] = ()
    key: str = ""


def input_rows(case: Case, model: Model) -> tuple[InputRow, ...]:
    """Every row in the order of the sheet; an input that the model does not read is left out."""
    read = {line.key for line in model.lines if line.shape == "input"}
    beside = {title: list(map(_beside, found)) for title, found in outside(case).items()}
    behind = Behind(case)
    parts = (
        _selectors(model),
        _company(behind, read, beside.pop("Dates")),
        _segments(behind, read),
        _limits(behind, read),
        _adjustments(read),
        _shares(behind, read),
        _investments(behind, read),
        _effects(behind),
        _own_lines(behind),
        _scenarios(model),
        _options(case, model),
        *(_titled(title, rows) for title, rows in beside.items()),
        _technical(),
    )
    return tuple(_told_apart(row for part in parts for row in part))


def _told_apart(rows: Iterable[InputRow]) -> Iterator[InputRow]:
    """The rows with a number behind a label that another row has already: two people may share a role."""
    seen: dict[str, int] = {}
    for row in rows:
        seen[row.label] = seen.get(row.label, 0) + 1
        again = row.label and seen[row.label] > 1
        yield replace(row, label=f"{row.label} ({seen[row.label]})") if again else row


def _beside(given: Outside) -> InputRow:
    return _single(given.label, given.unit, given.key, given.note)


def _single(label: str, unit: str, key: str, note: str) -> InputRow:
    return InputRow(label, unit, ((VALUE, key),), (unit,), note=note, locked=key in LOCKED)


def _table(label: str, unit: str, keys: Iterable[str], note: str) -> InputRow:
    found = tuple((TABLE + number, key) for number, key in enumerate(keys))
    return InputRow(label, unit, found, (unit,) * len(found), note=note)


def _titled(
    title: str, rows: list[InputRow], head: tuple[str, ...] = (), key: str = ""
) -> Iterator[InputRow]:
    if rows:
        yield InputRow(title, title=True, head=head, key=key)
        yield from rows
        yield InputRow("")


def _selectors(model: Model) -> Iterator[InputRow]:
    found = (
        ("Scenario", "select.scenario", tuple(map(scenario_label, model.shape.scenarios))),
        ("Option", "select.option", tuple(map(option_label, model.shape.options))),
    )
    rows = [
        InputRow(label, "choice", ((VALUE, key),), ("text",), choices=choices, note="read by Calc selected")
        for label, key, choices in found
    ]
    return _titled("What the sheet Calc selected shows", rows)


def _numbers(label: str, kind: str, names: Iterable[str]) -> InputRow:
    cells = tuple((TABLE + number, f"{kind}[{name}]") for number, name in enumerate(names))
    return InputRow(label, "choice", cells, ("choice",) * len(cells), note="number of the column", key=kind)


def _company(behind: Behind, read: set[str], dates: list[InputRow]) -> Iterator[InputRow]:
    shown = {
        "company.years": ("Horizon, years", "count"),
        "company.periods_per_year": ("Periods a year", "period"),
        "company.mid_period": ("Discounting at mid-period (1) or period end (0)", "flag"),
    }
    rows = [
        *dates,
        *(_single(label, unit, key, "shown, not to be changed here") for key, (label, unit) in shown.items()),
    ]
    for group in ("company", "sales", "service", "people", "risk", "finance"):
        for field, word in library.inputs().items():
            key = f"{group}.{field}"
            if word.group == group and key in read and key not in shown:
                rows.append(_single(word.label, word.unit, key, behind(key)))
    return _titled("Company", rows)


def _segments(behind: Behind, read: set[str]) -> Iterator[InputRow]:
    case, rows = behind.case, []
    for field, word in library.inputs().items():
        keys = [f"segments[{segment.name}].{field}" for segment in case.segments]
        if word.group == "segments" and keys and keys[0] in read:
            label = f"{word.label}, by segment"
            rows.append(_table(label, word.unit, keys, behind.each(keys)))
    return _titled("Segments", rows, tuple(segment.name for segment in case.segments))


def _limits(behind: Behind, read: set[str]) -> Iterator[InputRow]:
    rows = []
    for name, lever in library.levers().items():
        unit = library.inputs()[name].unit
        given = f"limits.{name}"
        if given in read:
            rows.append(_single(f"Best achievable: {lever.label}", unit, given, behind(given)))
        parts = {"share": "share", "points": unit, "floor": unit, "cap": unit, "lower": unit, "upper": unit}
        found = [
            (TABLE + number, f"levers.{name}.{part}", part_unit)
            for number, (part, part_unit) in enumerate(parts.items())
            if f"levers.{name}.{part}" in read
        ]
        if found:
            cells = tuple((column, key) for column, key, _ in found)
            label = f"Rule for the best achievable: {lever.label}"
            rows.append(InputRow(label, unit, cells, tuple(u for *_, u in found), note="our judgement"))
    head = ("share of today (share)", "plus", "not below", "not above", "lowest possible", "highest possible")
    return _titled("Best achievable levels", rows, head)


def _adjustments(read: set[str]) -> Iterator[InputRow]:
    words = library.words().grades
    rows = [
        _single(f"Risk adjustment, {words[grade]}", "share", f"haircuts.{grade}", f"evidence grade {grade}")
        for grade in GRADES
        if f"haircuts.{grade}" in read
    ]
    return _titled("Risk adjustment by grade of evidence", rows)


def _shares(behind: Behind, read: set[str]) -> Iterator[InputRow]:
    words, own = library.words(), shares_in_force(behind.case)
    rows = []
    for lever in library.levers().values():
        key = f"headline_shares.{lever.line}"
        if key in read:
            label = f"Counted as cash: {words.lines[lever.line]}"
            said = behind(key) if lever.line in own else _USUAL
            rows.append(_single(label, "share", key, f"{words.classes[lever.class_]}; {said}"))
    return _titled("Share counted as cash", rows)


def _investments(behind: Behind, read: set[str]) -> Iterator[InputRow]:
    case, rows = behind.case, []
    for initiative in case.initiatives:
        keys = [f"initiatives[{initiative.id}].{field}" for field, *_ in _INITIATIVE_FIELDS]
        found = tuple((TABLE + n, key) for n, key in enumerate(keys) if key in read)
        units = tuple(unit for (_, _, unit), key in zip(_INITIATIVE_FIELDS, keys, strict=True) if key in read)
        # Whether it is switched on is a choice, and no number that somebody stands behind.
        said = behind.nobody(key for key in keys[1:] if key in read)
        note = "; ".join([f"owner: {person(case, initiative.owner)}", *said])
        rows.append(InputRow(initiative.name, "by column", found, units, note=note))
    currency = case.company.currency
    head = tuple(f"{label} ({unit_word(unit, currency)})" for _, label, unit in _INITIATIVE_FIELDS)
    return _titled("Investments", rows, head)


def _effects(behind: Behind) -> Iterator[InputRow]:
    case, rows = behind.case, []
    for initiative in case.initiatives:
        for effect in initiative.effects:
            lever = library.levers()[effect.lever]
            path = f"initiatives[{initiative.id}].effects[{effect.lever},{effect.segment}]"
            unit = "points" if lever.kind == "points" else "share"
            label = f"{initiative.name}: {lever.label}" + (
                "" if effect.segment == "all" else f", {effect.segment}"
            )
            signed = f"agreed by {effect.agreed.by}" if effect.agreed else "nobody has signed"
            keys = [f"{path}.{size}" for size in SIZES]
            begun = dict.fromkeys(behind.words(key) for key in keys if behind.begins(key))
            note = "; ".join([*begun, f"grade {effect.grade}", *effect.sources, signed])
            rows.append(_table(label, unit, keys, note))
    return _titled("Effects (positive is better)", rows, ("low", "expected", "high"))


def _own_lines(behind: Behind) -> Iterator[InputRow]:
    case, rows = behind.case, []
    for line in case.custom_lines:
        path = f"custom_lines[{line.name}]"
        keys = [f"{path}.initial", *(f"{path}.by_year[{y}]" for y in range(1, case.company.years + 1))]
        owner = f"{line.kind}; owner: {person(case, line.owner)}"
        rows.append(_table(line.name, "money", keys, f"{owner}; {behind.each(keys)}"))
        adjustment = f"{path}.risk_adjustment"
        rows.append(_single(f"{line.name}: risk adjustment", "share", adjustment, owner))
    head = ("at the decision", *(f"year {y}" for y in range(1, case.company.years + 1)))
    return _titled("Company's own lines", rows, head)


def _scenarios(model: Model) -> Iterator[InputRow]:
    fields = (
        ("effects", "Size of effects (1 low, 2 expected, 3 high)", "choice"),
        ("haircut", "Risk adjustment applied (1/0)", "flag"),
        ("cost_factor", "Costs times", "factor"),
        ("delay_months", "Benefits later by, months", "months"),
        ("benefit_factor", "Benefits times", "factor"),
    )
    names = model.shape.scenarios
    rows = [
        _table(label, unit, [f"scenarios.{name}.{field}" for name in names], _OWN_CHOICE)
        for field, label, unit in fields
    ]
    rows.insert(0, _numbers("Scenario number", "scenario_number", names))
    return _titled("Scenarios", rows, tuple(scenario_label(name) for name in names), "scenarios")


def _options(case: Case, model: Model) -> Iterator[InputRow]:
    options = model.shape.options
    rows = [_numbers("Option number", "option_number", options)]
    for initiative in case.initiatives:
        keys = [f"options.{option}[{initiative.id}]" for option in options]
        rows.append(_table(f"In the option: {initiative.name}", "flag", keys, _OWN_CHOICE))
    return _titled("Options", rows, tuple(option_label(option) for option in options), "options")


def _technical() -> Iterator[InputRow]:
    rows = [
        _single(entry.label, entry.unit, f"technical.{name}", _METHOD) for name, entry in technical().items()
    ]
    return _titled("Technical constants", rows)
