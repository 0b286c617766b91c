"""What came home in an edited workbook, in sentences: for the terminal, and one by one for the screen."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from casebuilder.case.paths import shorten
from casebuilder.pitch import numbers
from casebuilder.workbook.back.returned import (
    Actual,
    Change,
    FormulaChange,
    MovedOn,
    Refused,
    Returned,
    Selected,
    SheetChange,
    Why,
)

#: What is wrong with a value; `{found}` stands in the cell, `{allowed}` may stand there.
_REFUSED: Mapping[Why, str] = {
    "text": "the text “{found}” stands where a number belongs; type {allowed}",
    "empty": "the cell is empty; type {allowed}, 0 if it is none",
    "error": "the cell shows the error {found}; type {allowed}",
    "flag": "{found} stands where a number belongs; type 1 for yes or 0 for no",
    "no_value": "the formula {found} has no stored result; open the workbook in Excel or LibreOffice and save it there",
    "limits": "{found} is outside what is possible; allowed is {allowed}",
    "order": "the three sizes are not in order ({found}); low must not be above expected, nor expected above high",
    "locked": "{found} was typed over a number that decides how the sheets are built; change it in the case instead",
    "gone": "the case has no such input any more, so that {found} has no place; make the workbook again",
    "lost": "its cell was taken out of the workbook; the case keeps its number",
    "infinite": "{found} is not a finite number; type {allowed}",
    "case": "with {found} the case contradicts itself: {allowed}",
}
_SHEETS = {
    "sheet added": "the sheet “{sheet}” is not ours; it is left out",
    "sheet removed": "the sheet “{sheet}” is missing",
    "sheet renamed": "the sheet “{sheet}” is now called “{what}”",
    "inserted": "{sheet}: inserted, row {what}",
    "deleted": "{sheet}: taken out, row {what} of ours",
    "columns": "{sheet}: columns were inserted or taken out; its formulas were not compared",
    "too long": "{sheet}: far more rows than ours; its formulas were not compared",
}
_FORMULAS = {
    "changed": "was {old}, is {new}",
    "typed over": "the formula {old} was replaced by the value {new}",
    "emptied": "the formula {old} was taken out",
    "added": "new formula {new}",
    "overwritten": "{old} as exported was replaced by {new}",
    "replaced": "the number {new} was typed over its formula",
}
#: Digits that are shown of a number, and those that a change needs that is smaller than they can show.
_DIGITS, _EVERY_DIGIT = 4, 15
#: Longest lists in the terminal; the rest is counted.
_SHOWN = 40
#: Longest formula that is shown in full; ours have at most 120 characters.
_LONGEST = 160


def lines(returned: Returned) -> list[str]:
    """Everything that came home, for a terminal."""
    said = [f"{returned.name}: the workbook of “{returned.title}”, version {returned.exported_as}"]
    said += notices(returned)
    if returned.untouched:
        return [*said, "", "Nothing was changed in it."]
    if returned.changes or returned.not_kept:
        said += ["", *_table(returned)]
    parts = (
        ("Not taken over", map(refused, returned.refused)),
        (
            "Changed in the case since the workbook was made",
            (moved_on(each, returned) for each in returned.moved_on),
        ),
        ("Shown in the workbook", map(selected, returned.selected)),
        ("Typed on Tracking", map(actual, returned.actuals)),
        ("Sheets, rows and columns", map(sheet, returned.sheets)),
        ("Formulas", map(formula, returned.formulas)),
    )
    for title, sentences in parts:
        said += _part(title, list(sentences))
    return said


def notices(returned: Returned) -> list[str]:
    """What must be known before anything is taken over: versions, programs, stale numbers."""
    said = []
    if not returned.same_version:
        said.append(
            f"It was made from another version of the case ({returned.fingerprint} now): what the case changed "
            "meanwhile stays, and what both changed is for you to decide."
        )
    if returned.program.startswith("LibreOffice"):
        said.append("It was saved by LibreOffice, which spells formulas in its own way; that is no change.")
    if returned.stale is not None:
        said.append(_stale(returned))
    if returned.unread:
        said.append(_unread(returned))
    return said


def _unread(returned: Returned) -> str:
    """Where formulas could not be compared, what follows from it, and what was looked for all the same."""
    where = f"on {', '.join(map(shorten, returned.unread))}" if returned.compared else "on any sheet"
    found = any(each.kind == "replaced" for each in returned.formulas)
    typed = "those found are listed under formulas" if found else "none was found"
    why = (
        "another version of Casebuilder made it"
        if returned.reprinted
        else "the case or the program has moved on"
    )
    return (
        f"Formulas rewritten as other formulas could not be looked for {where}: {why}. "
        f"Numbers typed over formulas were looked for, {typed}."
    )


def _stale(returned: Returned) -> str:
    assert returned.stale is not None
    stored, computed = returned.stale.stored, numbers.money(returned.stale.computed, returned.currency)
    if stored is None:
        return "It holds no computed results: a program that cannot calculate saved it. The numbers here are ours."
    why = (
        "formulas in it are not ours" if returned.formulas else "it was not recalculated before it was saved"
    )
    shown = numbers.money(stored, returned.currency)
    said = f"It shows a net present value of {shown} where its inputs give {computed}: {why}."
    return f"{said} The numbers here are ours."


def change(each: Change, returned: Returned) -> str:
    """One change: what it was, what it is, and what it alone moves."""
    old, new = _numbers((each.old, each.new), each.unit, returned)
    moved = f"alone {_money(each.effect, returned)}" if each.effect or each.share else "moves nothing"
    if each.share and len(returned.open) > 1:
        moved += f", {_money(each.share, returned)} of all together"
    said = f"{each.label}: {old} → {new}, {moved} ({each.place})"
    if each.conflict and each.exported is not None:
        said += f"; the case changed it meanwhile too, from {_number(each.exported, each.unit, returned)}"
    if each.formula:
        said += f"; the formula {each.formula} was typed, the case keeps its value"
    return said


def instead(each: Change) -> str:
    """What to do about a number that no case keeps."""
    if each.key.startswith("levers."):
        return "a rule of the library; state the best achievable level itself in the case, under limits"
    if each.key.startswith("options."):
        return "fixed by what the option is; switch the investment itself, or change another option"
    return "a constant of the method, the same for every case"


def refused(each: Refused) -> str:
    """Why a value is not taken over; the case keeps its own."""
    said = _REFUSED[each.why].format(found=each.found or "nothing", allowed=each.allowed or "a number")
    return f"{each.place} ({each.label}): {said}"


def moved_on(each: MovedOn, returned: Returned) -> str:
    """What the case itself changed since the workbook was made."""
    if each.exported is None:
        now = _number(each.now, each.unit, returned)
        return f"{each.label}: not in the workbook, the case has it since ({now})"
    was, now = _numbers((each.exported, each.now), each.unit, returned)
    return f"{each.label}: {was} in the workbook, {now} in the case; the case keeps {now}"


def selected(each: Selected) -> str:
    """Another selection, which changes no number of the case."""
    return f"the {each.kind} selected is “{shorten(each.new)}”, not “{each.old}”; this changes nothing in the case"


def actual(each: Actual) -> str:
    """A number that really happened; it stays in the workbook."""
    return f"{shorten(each.label)}, {each.period}: {each.value:.15g} ({each.place}); it stays in the workbook"


def sheet(each: SheetChange) -> str:
    """A sheet, rows or columns that came, went or moved."""
    return _SHEETS[each.kind].format(sheet=shorten(each.sheet), what=shorten(each.what))


def formula(each: FormulaChange) -> str:
    """A formula that is not ours any more."""
    old, new = shorten(each.old, _LONGEST), shorten(each.new or "nothing", _LONGEST)
    return f"{shorten(each.sheet)}!{each.cells}: {_FORMULAS[each.kind].format(old=old, new=new)}"


def _table(returned: Returned) -> Iterator[str]:
    yield from _part("Changed", [change(each, returned) for each in returned.open])[1:]
    yield from _part("Changed here and in the case", [change(each, returned) for each in returned.conflicts])
    others = [f"{change(each, returned)}; {instead(each)}" for each in returned.not_kept]
    yield from _part("Changed, and nothing that a case keeps", others)
    yield ""
    moved = _money(returned.together - returned.start, returned)
    start, end = (numbers.money(value, returned.currency) for value in (returned.start, returned.together))
    yield f"Net present value of what the decision asks for: {start} now, {end} with all of these taken over ({moved})"
    if returned.not_kept:
        yield f"With everything in the workbook: {numbers.money(returned.workbook, returned.currency)}"


def _part(title: str, sentences: Iterable[str]) -> list[str]:
    """A titled list; empty without sentences."""
    found = list(sentences)
    rest = len(found) - _SHOWN
    more = [f"  and {rest} more"] if rest > 0 else []
    return ["", title, *(f"  {sentence}" for sentence in found[:_SHOWN]), *more] if found else []


def _money(amount: float, returned: Returned) -> str:
    return numbers.money(amount, returned.currency, signed=True)


def _numbers(values: Sequence[float], unit: str, returned: Returned) -> list[str]:
    """Numbers beside each other, with as many digits as tell them apart."""
    for digits in (_DIGITS, _EVERY_DIGIT):
        said = [_number(value, unit, returned, digits) for value in values]
        if len(set(said)) == len(values):
            break
    return said


def _number(value: float, unit: str, returned: Returned, digits: int = _DIGITS) -> str:
    """A number as people type it: at least so many digits and every one before the point; shares in per cent."""
    share = unit == "share"
    shown = value * 100 if share else value
    before = 1 + math.floor(math.log10(abs(shown))) if shown else 0
    text = f"{shown:,.{min(max(digits, before), _EVERY_DIGIT)}g}"
    if unit in ("money", "money_per_year"):
        return f"{returned.currency} {text}"
    return f"{text} %" if share else text
