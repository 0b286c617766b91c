"""Inputs typed over: values that the sheet allows, the results that follow, and what a new workbook then shows."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from hypothesis import strategies as st
from openpyxl.utils import column_index_from_string

from casebuilder import workbook
from casebuilder.case import Case, library
from casebuilder.model.inputs import values
from casebuilder.model.results import Outcomes, Results
from casebuilder.pitch.view import stamp_of
from casebuilder.workbook.bounds import Bounds, Limits
from casebuilder.workbook.layout import INPUTS, Layout
from tests.workbook import sheets

#: A reference to another sheet or to the same, a single cell or a range.
_REFERENCE = re.compile(r"(?:'([^']+)'!|(\w+)!)?\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
#: Row and column of the light on every sheet, which follows the checks.
LIGHT = (Layout.LIGHT_ROW + 1, 1)
_STEP = re.compile(r"\[([^\]]*)\]|([^.\[\]]+)")


@dataclass(frozen=True)
class Typed(Results):
    """Results of a case with inputs typed over and an option selected on Inputs."""

    option_selected: str = ""
    changed: Mapping[str, float] | None = None

    @property
    def asked_option(self) -> str:
        """What is selected stands for what the decision asks for."""
        return self.option_selected


def typed(results: Results, changed: Mapping[str, float], scenario: str, option: str) -> Typed:
    """Every scenario and option evaluated with inputs typed over; `scenario` and `option` are what is selected."""
    case = results.case
    for key, value in changed.items():
        case = _put(case, [number or word for number, word in _STEP.findall(key)], value)
    case = _put(case, ["company", "headline"], scenario)
    inputs = {**values(results.case, results.model.shape), **changed}
    outcomes = Outcomes(case.title, results.model, inputs)
    return Typed(case, results.model, outcomes, option, changed)


def rendered(results: Results) -> io.BytesIO:
    """The workbook, where inputs were typed over as if the case had said so from the start."""
    changed = results.changed or {} if isinstance(results, Typed) else {}

    def with_changes(case: Case, shape: Any) -> dict[str, float]:
        return {**values(case, shape), **changed}

    with patch.object(workbook, "values", with_changes):
        return io.BytesIO(workbook.render(results, stamp_of(results.case), ()))


def _put(record: Any, steps: list[str], value: Any) -> Any:
    """A record or list with the value at a path replaced; what is no part of the case stays as it is."""
    step, *further = steps
    if isinstance(record, list | tuple):
        at = next(n for n, item in enumerate(record, 1) if step in (_name(item), str(n))) - 1
        after = _put(record[at], further, value) if further else value
        return (*record[:at], after, *record[at + 1 :])
    if record is None or isinstance(record, dict) or step not in type(record).model_fields:
        return record
    before = getattr(record, step)
    whole = isinstance(before, int) and float(value).is_integer()
    after = _put(before, further, value) if further else type(before)(value) if whole else value
    return record.model_copy(update={step: after})


def _name(item: Any) -> str:
    if hasattr(item, "lever"):
        return f"{item.lever},{item.segment}"
    return str(getattr(item, "id", None) or getattr(item, "name", ""))


# ---- what may be typed ----------------------------------------------------------------------------------------


def open_inputs(results: Results) -> list[str]:
    """The keys of every number on Inputs that a person may type over."""
    return [
        key
        for row in Layout(results.case, results.model).inputs
        if not (row.locked or row.key or row.choices)
        for _, key in row.cells
    ]


def allowed(results: Results, key: str, before: float) -> st.SearchStrategy[float]:
    """Values that the sheet lets a person type: its bounds themselves, what is between them, multiples of what was."""
    limits = Limits(results.case)(key)
    low, high = _ends(key, limits, before)
    if limits.whole:
        return st.integers(int(low), int(high)).map(float)
    ends = [] if limits.above else [st.just(low)]
    return st.one_of(*ends, st.just(high), st.floats(low, high, allow_subnormal=False)).filter(limits.holds)


def _ends(key: str, limits: Bounds, before: float) -> tuple[float, float]:
    """The bounds of an input, and where there is none a few times what stands there."""
    scale = 3 * abs(before) or 3.0
    low = -scale if limits.lower is None else limits.lower
    high = max(scale, low + 1) if limits.upper is None else limits.upper
    return (low + (high - low) * 1e-6 if limits.above else low), high


# ---- what a workbook shows ------------------------------------------------------------------------------------


def since_export(content: io.BytesIO) -> set[sheets.Cell]:
    """Formula cells that compare with stamped figures, directly or not: they say what changed since the export."""
    stamped = {cell for cell in sheets.filled(content, library.look()["panel"]) if _outside_calc(cell[0])}
    written = sheets.formulas(content, _outside_calc)
    reads = {cell: list(_read(cell[0], text)) for cell, text in written.items()}
    tainted = {place for place in sheets.stored_formulas(content) if place[1:] == LIGHT}
    while found := {
        cell
        for cell in reads.keys() - tainted
        if any(_touches(area, stamped | tainted) for area in reads[cell])
    }:
        tainted |= found
    return tainted


def _outside_calc(sheet: str) -> bool:
    return not sheet.startswith("Calc ") and sheet != INPUTS


def _read(sheet: str, text: str) -> Any:
    """The areas that a formula reads: sheet, first and last row, first and last column."""
    for quoted, plain, first, top, last, bottom in _REFERENCE.findall(re.sub(r'"[^"]*"', "", text)):
        left = column_index_from_string(first)
        right = column_index_from_string(last) if last else left
        yield quoted or plain or sheet, int(top), int(bottom or top), left, right


def _touches(area: tuple[str, int, int, int, int], cells: set[sheets.Cell]) -> bool:
    sheet, top, bottom, left, right = area
    if top == bottom and left == right:
        return (sheet, top, left) in cells
    return any(s == sheet and top <= r <= bottom and left <= c <= right for s, r, c in cells)
