"""The workbook beside the plain library: the same cells written through it from a prepared list of calls.

What our rendering asks of the library is noted once. The plain side repeats it with the library's own objects, every
formula written out by `write_formula` with its value. Formats, sheets and charts are made, and the calls are bound to
them, before the clock starts: what is timed is the library alone, without anybody thinking what to write.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from unittest.mock import patch

import xlsxwriter
import yaml

from benchmarks.numbers import CASE
from casebuilder import build, workbook
from casebuilder.case import Case
from casebuilder.case.loading import from_data
from casebuilder.model.results import Results
from casebuilder.pitch.blocks import blocks
from casebuilder.pitch.records import Block
from casebuilder.pitch.view import View, stamp_of
from casebuilder.workbook.writer import stored

#: Calls that make an object which later calls need.
_MAKING = ("add_format", "add_worksheet", "add_chart")
#: Texts stay texts, as in our files.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def goal_case(periods_per_year: int = 4, years: int = 5) -> Case:
    """The frozen case with a third segment and every built-in scenario: ten investments, quarterly, five years."""
    data = yaml.safe_load(CASE.read_text(encoding="utf-8"))
    data["segments"].append({**data["segments"][0], "name": "Third"})
    data["company"] |= {"years": years, "periods_per_year": periods_per_year}
    data["company"].pop("headline")
    data.pop("scenarios", None)
    return from_data(data)


@dataclass(frozen=True)
class Ready:
    """Everything a workbook is written from."""

    results: Results
    how_sure: Sequence[Block]

    def render(self) -> bytes:
        """Our workbook."""
        return workbook.render(self.results, stamp_of(self.results.case), self.how_sure)


@lru_cache(maxsize=1)
def ready() -> Ready:
    """The goal case, evaluated, with the values of many runs."""
    return made_ready(goal_case())


def made_ready(case: Case) -> Ready:
    """A case evaluated, with the values of many runs."""
    results = build.evaluate(case)
    return Ready(results, blocks(View(results, build.FINANCE), build.certainty(results)))


# ---- what our rendering asks of the library -------------------------------------------------------------------


@dataclass(frozen=True)
class Call:
    """A call that was noted: of which object, which method, with what; objects stand for what made them."""

    on: Noted
    name: str
    args: tuple[Any, ...]
    named: Mapping[str, Any]
    gives: Noted


class Noted:
    """An object of the library of which only the calls are kept, in a list that all of them share."""

    def __init__(self, calls: list[Call]) -> None:
        self._calls = calls

    def __getattr__(self, name: str) -> Callable[..., Noted]:
        def call(*args: Any, **named: Any) -> Noted:
            made = Noted(self._calls)
            self._calls.append(Call(self, name, args, named, made))
            return made

        return call


def noted(given: Ready) -> list[Call]:
    """Every call in its order, formulas as the plain library takes them; the first object is the workbook."""
    calls: list[Call] = []
    with patch.object(workbook, "File", lambda stream: Noted(calls)):
        given.render()
    return [plain for call in calls for plain in _plain(call)]


def _plain(call: Call) -> list[Call]:
    """A call of ours as calls of the library."""
    if call.name == "formula":
        row, column, text, style, value = call.args
        return [_formula(call, row, column, text, style, value)]
    if call.name == "formulas":
        row, column, texts, style, values = call.args
        pairs = enumerate(zip(texts, values, strict=True), column)
        return [_formula(call, row, place, text, style, value) for place, (text, value) in pairs]
    return [call]


def _formula(call: Call, row: int, column: int, text: str, style: Any, value: Any) -> Call:
    return replace(call, name="write_formula", args=(row, column, text, style, stored(value)))


# ---- the same through the plain library -----------------------------------------------------------------------


class Plain:
    """The same workbook through the library alone: `prepare` makes its objects and binds the calls, `write` writes."""

    def __init__(self, calls: Sequence[Call]) -> None:
        self._calls = calls
        self._bound: list[tuple[Callable[..., object], tuple[Any, ...], Mapping[str, Any]]] = []
        self.stream = io.BytesIO()

    def prepare(self) -> None:
        """An empty workbook with its formats, sheets and charts, and the calls that will fill it."""
        self.stream = io.BytesIO()
        made: dict[int, Any] = {id(self._calls[0].on): xlsxwriter.Workbook(self.stream, _OPTIONS)}
        self._bound = []
        for call in self._calls:
            method = getattr(made[id(call.on)], call.name)
            args, named = _with(made, call.args), _with(made, call.named)
            if call.name in _MAKING:
                made[id(call.gives)] = method(*args, **named)
            else:
                self._bound.append((method, args, named))

    def write(self) -> bytes:
        """Fill and close the workbook that was prepared."""
        for method, args, named in self._bound:
            method(*args, **named)
        return self.stream.getvalue()


def _with(made: Mapping[int, Any], value: Any) -> Any:
    """What was noted, with the library's own objects in place of those that stood for them."""
    if isinstance(value, Noted):
        return made[id(value)]
    if isinstance(value, dict):
        return {key: _with(made, each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(_with(made, each) for each in value)
    return value
