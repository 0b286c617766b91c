"""The drawing board: adds lines to a model one by one and refuses what could not be computed, spelled or traced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from casebuilder.model.expressions import (
    Call,
    Expr,
    Line,
    Number,
    Operand,
    Shape,
    block,
    expr,
    parts_of,
)

#: Numbers of arithmetic that a formula may hold; every other number is an input with a source.
ALLOWED_NUMBERS = frozenset({0.0, 1.0, -1.0, 2.0, 12.0, 60.0, 100.0, 365.0})
_TIME_KINDS = frozenset({"time", "year"})
#: The most arguments of a smallest or largest: a sheet writes them one by one, and a formula keeps to eight references.
#: A sum of a block and a choice from a row are one range, however long.
WIDEST = 7


@dataclass
class Graph:
    """A model under construction: inputs by key and lines in the order in which they are computed."""

    periods: int
    years: int
    lines: list[Line] = field(default_factory=list)
    by_key: dict[str, Line] = field(default_factory=dict)
    _section: str = ""
    _labels: set[str] = field(default_factory=set)
    _announced: list[Line] = field(default_factory=list)

    def section(self, title: str) -> None:
        """Start a section: the lines that follow stand under this title."""
        self._section = title

    def __getitem__(self, key: str) -> Line:
        return self.by_key[key]

    def input(self, key: str, label: str, unit: str) -> Line:
        """The input of this key (its path in the case); the same line each time it is asked for."""
        if key in self.by_key:
            return self.by_key[key]
        return self._add(Line(key, label, unit, "input", section=self._section, index=len(self.lines)))

    def constant(self, key: str, label: str, unit: str, formula: Operand) -> Line:
        """One number per run, from inputs, constants and totals."""
        return self._computed(key, label, unit, "constant", formula, None)

    def period(
        self, key: str, label: str, unit: str, formula: Operand, opening: Operand | None = None
    ) -> Line:
        """One number per run and period; `opening` is period 0's."""
        return self._computed(key, label, unit, "period", formula, opening)

    def level(self, key: str, label: str, unit: str, formula: Operand) -> Line:
        """A period line whose formula holds in period 0 as well."""
        return self._computed(key, label, unit, "period", formula, formula)

    def total(self, key: str, label: str, unit: str, formula: Operand) -> Line:
        """One number per run, reduced over the periods."""
        return self._computed(key, label, unit, "total", formula, None)

    def year(self, key: str, label: str, unit: str, formula: Operand, opening: Operand | None = None) -> Line:
        """One number per run and year; `opening` is the run rate before year 1."""
        return self._computed(key, label, unit, "year", formula, opening)

    def later(self, key: str, label: str, unit: str, opening: Operand) -> Line:
        """A balance that rows above it read from the previous period: announced here, placed by `place`."""
        line = Line(key, label, unit, "period", None, expr(opening))
        self._announced.append(line)
        return line

    def finish(self) -> None:
        """Raise ValueError where a balance was announced and never placed."""
        for line in self._announced:
            if line.index < 0:
                raise ValueError(f"{line.key}: was announced as a balance and never placed")

    def place(self, line: Line, formula: Operand) -> Line:
        """Give an announced balance its formula and its row."""
        line.formula, line.section, line.index = expr(formula), self._section, len(self.lines)
        self._refuse(line)
        return self._add(line)

    def sum(self, key: str, label: str, unit: str, lines: Iterable[Line], zero_opening: bool = False) -> Line:
        """The total of a block of period rows that stand beneath each other.

        Without rows (a case without segments) it is 0. It has an opening where every row has one, or 0 on request.
        """
        rows = tuple(lines)
        opened = all(row.opening is not None for row in rows)
        opening = block(rows) if opened else (Number(0.0) if zero_opening else None)
        return self.period(key, label, unit, block(rows), opening)

    def _computed(
        self, key: str, label: str, unit: str, shape: Shape, formula: Operand, opening: Operand | None
    ) -> Line:
        line = Line(
            key,
            label,
            unit,
            shape,
            expr(formula),
            None if opening is None else expr(opening),
            self._section,
            len(self.lines),
        )
        self._refuse(line)
        return self._add(line)

    def _add(self, line: Line) -> Line:
        if line.key in self.by_key:
            raise ValueError(f"{line.key}: a line of this key exists already")
        if line.shape != "input" and line.label in self._labels:
            raise ValueError(f"{line.key}: the label {line.label!r} is taken")
        self._labels.add(line.label)
        self.lines.append(line)
        self.by_key[line.key] = line
        return line

    def _refuse(self, line: Line) -> None:
        """Note what a line reads, and raise ValueError where a formula breaks a rule of shapes, numbers or width."""
        line.reads, line.calls = parts_of(line.formula, line.opening)
        _check_numbers(line)
        _check_calls(line)
        for formula in (line.formula, line.opening):
            _check_shapes(line, formula)
        if any(self.by_key.get(read.key) is not read for read in line.reads):
            self._check_order(line, line.formula)
            self._check_order(line, line.opening)
        _check_opening(line)

    def _check_order(self, line: Line, formula: Expr | None) -> None:
        """What is read stands above; only a previous value may be of a balance that is still to be placed."""
        if isinstance(formula, Line):
            if self.by_key.get(formula.key) is not formula:
                raise ValueError(f"{line.key}: reads {formula.key}, which does not stand above it")
        elif isinstance(formula, Call) and formula.operator.kind != "previous":
            for arg in formula.args:
                self._check_order(line, arg)


def _check_opening(line: Line) -> None:
    """Nothing comes before an opening, and what it reads has an opening too."""
    reads, calls = parts_of(line.opening)
    if any(node.operator.kind == "previous" for node in calls):
        raise ValueError(f"{line.key}: its opening reads the period before it, and there is none")
    for read in reads:
        if read.shape in ("period", "year") and read.opening is None:
            raise ValueError(f"{line.key}: its opening reads {read.key}, which has no opening value")


def _check_numbers(line: Line) -> None:
    parts = [line.formula, line.opening, *(arg for node in line.calls for arg in node.args)]
    for part in parts:
        if isinstance(part, Number) and part.value not in ALLOWED_NUMBERS:
            raise ValueError(
                f"{line.key}: {part.value} is a number of the world and belongs among the inputs"
            )


def _check_calls(line: Line) -> None:
    for node in line.calls:
        operator = node.operator
        if operator.name in ("minimum", "maximum") and len(node.args) > WIDEST:
            raise ValueError(f"{line.key}: {operator.name} of more than {WIDEST} arguments")
        if operator.kind == "time" and line.shape != "total":
            raise ValueError(f"{line.key}: only a total reduces over time")
        if operator.kind == "year" and line.shape != "year":
            raise ValueError(f"{line.key}: only a year line reduces over a year")


#: The shapes that a line of each shape may read directly; reductions read period lines as well.
_READABLE: dict[Shape, tuple[Shape, ...]] = {
    "input": (),
    "constant": ("input", "constant", "total"),
    "total": ("input", "constant", "total"),
    "period": ("input", "constant", "total", "period"),
    "year": ("input", "constant", "total", "year"),
}


def _check_shapes(line: Line, formula: Expr | None) -> None:
    if isinstance(formula, Line):
        if formula.shape not in _READABLE[line.shape]:
            raise ValueError(
                f"{line.key}: a {line.shape} line cannot read the {formula.shape} line {formula.key}"
            )
    elif isinstance(formula, Call) and formula.operator.kind not in _TIME_KINDS:
        for arg in formula.args:
            _check_shapes(line, arg)


def unread(lines: Iterable[Line], outputs: Iterable[Line]) -> tuple[Line, ...]:
    """The lines that neither another line reads nor an output shows: each would be a dead row in the workbook."""
    used = {line.index for line in outputs}
    everything = tuple(lines)
    for line in everything:
        used.update(read.index for read in line.reads)
    return tuple(line for line in everything if line.index not in used)
