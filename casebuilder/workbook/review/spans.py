"""What a cell can be when every input moves within its limits: enough to tell whether a denominator may be 0."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import NamedTuple

from casebuilder.workbook.review.conventions import sheets_of
from casebuilder.workbook.review.nodes import Function, Node, Number, Operation, Reference
from casebuilder.workbook.review.precedents import Cell
from casebuilder.workbook.review.records import BookRead, Place, Validation
from casebuilder.workbook.review.trees import formulas_of

#: Cells behind cells that are followed, and cells of a range that are looked at one by one.
_DEPTH, _WIDE = 60, 400


class Span(NamedTuple):
    """The lowest and the highest value, whether each is reached, and whether 0 is known to be none of the values."""

    low: float
    high: float
    reaches_low: bool = True
    reaches_high: bool = True
    never_zero: bool = False

    @property
    def zero(self) -> bool:
        """Whether 0 may be one of the values."""
        above = self.low < 0 or (self.low == 0 and self.reaches_low)
        below = self.high > 0 or (self.high == 0 and self.reaches_high)
        return above and below and not self.never_zero


ANY = Span(-math.inf, math.inf)
_NOT_ZERO = Span(-math.inf, math.inf, never_zero=True)
_POSITIVE, _NOT_NEGATIVE, _YES_OR_NO = Span(0, math.inf, reaches_low=False), Span(0, math.inf), Span(0, 1)
#: What is known of parts of a formula where they stand, by their text: a condition has been asked before.
Known = Mapping[str, Span]


class Spans:
    """The spans of a workbook's cells."""

    def __init__(self, book: BookRead) -> None:
        self.formulas = formulas_of(book)
        self.limits = {
            (sheet.name, place): _limits(rule)
            for sheet in book.sheets
            for rule in sheet.validations
            for place in rule.cells
        }
        self._cells: dict[Cell, Span] = {}
        self._depth = 0

    def of(self, cell: Cell) -> Span:
        """The span of a cell; where it cannot be told, anything."""
        if cell not in self._cells:
            self._cells[cell] = ANY
            self._cells[cell] = self._found(*cell)
        return self._cells[cell]

    def repeated(self) -> dict[str, str]:
        """Calculation sheets that the last one repeats, by cells that are the same or can be all that these can."""
        names = [sheet.name for sheet in sheets_of(self.formulas.book, "calculation")]
        return {name: names[-1] for name in names[:-1] if self._repeats(name, names[-1])}

    def _repeats(self, name: str, other: str) -> bool:
        ours, theirs = self.formulas.sheets[name], self.formulas.sheets[other]
        if ours.keys() != theirs.keys():
            return False
        unlike = (at for at, parsed in ours.items() if parsed is not theirs[at])
        return all(_inside(self.of((name, at)), self.of((other, at))) for at in unlike)

    def _found(self, name: str, place: Place) -> Span:
        parsed = self.formulas.sheets[name].get(place) if name in self.formulas.sheets else None
        if parsed is not None:
            if self._depth > _DEPTH:
                return ANY
            self._depth += 1
            try:
                return self.value(parsed.tree, name, place, {})
            finally:
                self._depth -= 1
        given = self.formulas.by_name[name].cells.get(place) if name in self.formulas.by_name else None
        if given is None or not isinstance(given.value, float):
            return ANY
        return self.limits.get((name, place)) or Span(given.value, given.value)

    def value(self, node: Node, name: str, place: Place, known: Known) -> Span:
        """The span of a part of a formula that stands in a cell."""
        if node.text in known:
            return known[node.text]
        if isinstance(node, Number):
            return Span(node.value, node.value)
        if isinstance(node, Reference):
            return reduce(_either, self.cells(node, name, place))
        if isinstance(node, Operation):
            return self._operation(node, name, place, known)
        return self._function(node, name, place, known) if isinstance(node, Function) else ANY

    def cells(self, node: Reference, name: str, place: Place) -> list[Span]:
        """The spans of what a reference reads; of a wide range only that it is anything."""
        area = node.area(name, place)
        size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
        return [ANY] if size > _WIDE else [self.of((area.sheet, at)) for at in area.cells()]

    def _operation(self, node: Operation, name: str, place: Place, known: Known) -> Span:
        args = [self.value(arg, name, place, known) for arg in node.args]
        if len(args) == 1:
            return {"-": _negated(args[0]), "+": args[0]}.get(node.symbol, ANY)
        if node.symbol in _COMPARISONS:
            return _YES_OR_NO
        rule = _OPERATIONS.get(node.symbol)
        return rule(*args) if rule else ANY

    def _function(self, node: Function, name: str, place: Place, known: Known) -> Span:
        if node.name == "IF":
            condition = node.args[0]
            branches = (
                self.value(arg, name, place, {**known, **after(condition, met)})
                for arg, met in zip(node.args[1:], (True, False), strict=False)
            )
            return reduce(_either, branches)
        spans = [
            span
            for arg in node.args
            for span in (
                self.cells(arg, name, place)
                if isinstance(arg, Reference)
                else (self.value(arg, name, place, known),)
            )
        ]
        if node.name == "INDEX" and isinstance(node.args[0], Reference):
            return reduce(_either, self.cells(node.args[0], name, place))
        rule = _FUNCTIONS.get(node.name)
        return rule(spans) if rule and spans else ANY


def _inside(span: Span, other: Span) -> bool:
    """Whether every value of a span is one of another."""
    return other.low <= span.low and span.high <= other.high and (other.zero or not span.zero)


def _limits(rule: Validation) -> Span:
    """What a rule of validation lets in; anything where its limits are no numbers."""
    try:
        low, high = float(rule.lower), float(rule.upper or "inf")
    except ValueError:
        return ANY
    if rule.kind not in ("whole", "decimal"):
        return ANY
    if rule.operator == "greaterThan":
        return Span(low, math.inf, reaches_low=False)
    return Span(low, high) if rule.operator in ("between", "greaterThanOrEqual") else ANY


def after(condition: Node, met: bool) -> dict[str, Span]:
    """What a condition tells about its parts where it is met, or where it is not."""
    if not isinstance(condition, Operation) or len(condition.args) != 2:
        return {}
    left, right = condition.args
    flag = _flagged(condition)
    if flag is not None:
        return after(flag, met)
    if condition.symbol in ("=", "<>"):
        other = left if _is_zero(right) else right if _is_zero(left) else None
        unequal = met == (condition.symbol == "<>")
        return {other.text: _NOT_ZERO} if other is not None and unequal else {}
    if condition.symbol not in ("<", ">") or not met:
        return {}
    less, more = (left, right) if condition.symbol == "<" else (right, left)
    told = {f"({more.text}-{less.text})": _POSITIVE}
    if _is_zero(less):
        told[more.text] = _POSITIVE
    return told


def _flagged(condition: Operation) -> Node | None:
    """The condition inside `(condition)*1=1`, which a program for spreadsheets needs to make a number of it."""
    left, right = condition.args
    one = isinstance(right, Number) and right.value == 1
    if condition.symbol == "=" and one and isinstance(left, Operation) and left.symbol == "*":
        return left.args[0]
    return None


def _is_zero(node: Node) -> bool:
    return isinstance(node, Number) and node.value == 0


def _either(left: Span, right: Span) -> Span:
    low, high = min(left.low, right.low), max(left.high, right.high)
    return Span(
        low,
        high,
        any(each.low == low and each.reaches_low for each in (left, right)),
        any(each.high == high and each.reaches_high for each in (left, right)),
        not (left.zero or right.zero),
    )


def _negated(span: Span) -> Span:
    return Span(-span.high, -span.low, span.reaches_high, span.reaches_low, span.never_zero)


def _added(left: Span, right: Span) -> Span:
    return Span(
        left.low + right.low,
        left.high + right.high,
        left.reaches_low and right.reaches_low,
        left.reaches_high and right.reaches_high,
    )


def _multiplied(left: Span, right: Span) -> Span:
    ends = [0.0 if 0 in (a, b) else a * b for a in left[:2] for b in right[:2]]
    return Span(min(ends), max(ends), never_zero=not (left.zero or right.zero))


def _divided(top: Span, bottom: Span) -> Span:
    if bottom.zero or bottom.low < 0 < bottom.high:
        return ANY if top.zero else _NOT_ZERO
    ends = [1 / end if end else math.copysign(math.inf, bottom.low + bottom.high) for end in bottom[:2]]
    return _multiplied(top, Span(min(ends), max(ends), never_zero=True))


def _raised(base: Span, exponent: Span) -> Span:
    if base.low < 0:
        return ANY
    return _NOT_NEGATIVE if base.zero else _POSITIVE


def _larger(spans: Iterable[Span]) -> Span:
    return reduce(_larger_of_two, spans)


def _larger_of_two(left: Span, right: Span) -> Span:
    low, high = max(left.low, right.low), max(left.high, right.high)
    reaches = all(each.reaches_low for each in (left, right) if each.low == low)
    below = [each.low < 0 or each.zero for each in (left, right)]
    zero = (left.zero and below[1]) or (right.zero and below[0])
    return Span(low, high, reaches, True, never_zero=not zero)


def _smaller(spans: Iterable[Span]) -> Span:
    return _negated(_larger(map(_negated, spans)))


def _size(spans: list[Span]) -> Span:
    span = spans[0]
    if span.low >= 0:
        return span
    return (
        _negated(span) if span.high <= 0 else Span(0, max(-span.low, span.high), never_zero=span.never_zero)
    )


_COMPARISONS = frozenset({"=", "<>", "<", ">", "<=", ">="})
_OPERATIONS: Mapping[str, Callable[[Span, Span], Span]] = {
    "+": _added,
    "-": lambda left, right: _added(left, _negated(right)),
    "*": _multiplied,
    "/": _divided,
    "^": _raised,
}
_FUNCTIONS: Mapping[str, Callable[[list[Span]], Span]] = {
    "SUM": lambda spans: reduce(_added, spans),
    "SUMIF": lambda spans: _NOT_NEGATIVE if all(span.low >= 0 for span in spans) else ANY,
    "SUMPRODUCT": lambda spans: _NOT_NEGATIVE if all(span.low >= 0 for span in spans) else ANY,
    "MIN": _smaller,
    "MAX": _larger,
    "ABS": _size,
    "SQRT": lambda spans: _raised(spans[0], spans[0]),
    "MATCH": lambda spans: _POSITIVE,
    "COUNT": lambda spans: _NOT_NEGATIVE,
}
