"""What must be true: the effects that carry the case, what they start from, who signed them."""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.analysis.study import effect_path
from casebuilder.case import library
from casebuilder.case.records.initiatives import Effect
from casebuilder.pitch.assumed import Assumed, assumed
from casebuilder.pitch.cited import effects_of
from casebuilder.pitch.records import Exhibit, Table
from casebuilder.pitch.view import View

#: Assumptions on one table.
ASSUMPTIONS = 7
#: Doubts below the table; the terminal and the app show all of them.
DOUBTS = 2
#: What finance would question in the inputs and in how the investments fit together.
QUESTIONED = ("requirement_off", "at_limit", "actuals", "plan", "above_revenue")


def assumptions(view: View) -> Exhibit:
    """What must be true: the effects that carry the run, what they start from and who stands behind them."""
    found = sorted(
        effects_of(view),
        key=lambda item: -abs(view.asked.amount(f"pv.{library.levers()[item[1].lever].line}")),
    )
    named = assumed(view.case)
    rows: list[tuple[str, ...]] = []
    defaults: list[int] = []
    for initiative, effect in found[:ASSUMPTIONS]:
        if _is_default(view, effect):
            defaults.append(len(rows))
        rows.append(_assumption(view, named[effect_path(initiative.id, effect)], effect))
    rest = len(found) - len(rows)
    others = "One smaller effect stands" if rest == 1 else f"{rest} smaller effects stand"
    said = (f"{others} on the sheet Inputs of the workbook.",) if rest > 0 else ()
    return Exhibit(
        "assumptions",
        _title(len(found), sum(effect.agreed is not None for _, effect in found)),
        takeaways=(*said, *view.doubts(*QUESTIONED)[:DOUBTS]),
        table=Table(
            ("What must be true", "Today", "Expected", "Low to high", "Evidence", "Signed by"),
            tuple(rows),
            numeric=frozenset({1, 2, 3}),
            defaults=frozenset(defaults),
            chip=1,
        ),
        source=view.basis,
        empty=not found,
    )


def _title(effects: int, signed: int) -> str:
    """How many effects carry the case, and how many of them somebody put their name to."""
    if effects == 0:
        return "No effect carries this choice: it rests on the company's own lines, if on any"
    if effects == 1:
        return f"One effect carries the case, signed by {'somebody' if signed else 'nobody yet'}"
    whole = {0: "nobody has signed one yet", effects: "somebody has signed each of them"}
    if signed in whole:
        return f"{effects} effects carry the case: {whole[signed]}"
    return f"{effects} effects carry the case: {signed} signed by somebody, {effects - signed} by nobody yet"


def _base_paths(view: View, effect: Effect) -> Sequence[str]:
    lever = library.levers()[effect.lever]
    if lever.scope == "company":
        return (f"{library.inputs()[lever.id].group}.{lever.id}",)
    names = [s.name for s in view.case.segments if effect.segment in ("all", s.name)]
    return tuple(f"segments[{name}].{lever.id}" for name in names)


def _is_default(view: View, effect: Effect) -> bool:
    stated = [view.case.inputs.get(path) for path in _base_paths(view, effect)]
    return any(given is None or given.status == "default" for given in stated)


def _assumption(view: View, words: Assumed, effect: Effect) -> tuple[str, ...]:
    lever = library.levers()[effect.lever]
    unit = library.inputs()[lever.id].unit
    levels = [view.asked.number(path) for path in _base_paths(view, effect)]
    today = " / ".join(dict.fromkeys(view.text(level, unit) for level in levels))
    grade = library.words().grades[effect.grade]
    return (
        words.name,
        today,
        words.text(effect.base, view.currency),
        f"{words.text(effect.low, view.currency)} to {words.text(effect.high, view.currency)}",
        grade,
        effect.agreed.by if effect.agreed else "nobody yet",
    )
