"""Generated Python: one function per model, set of kept lines and set of varying inputs, looped over the periods.

Every variable is named by a line's number, so that no text of a case can reach the compiler. Lines that do not vary
along the runs stay plain floats, also in a batch; lines that do not vary in time are computed once before the loop.
How formulas are spelled is in `spelling`, what a batch saves in `batch` and `buffers`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import CodeType
from typing import Any

from casebuilder.model.batch import Period
from casebuilder.model.buffers import placed
from casebuilder.model.expressions import Call, Expr, Line, lines_in
from casebuilder.model.operators import NAMES
from casebuilder.model.schedule import Schedule, schedule
from casebuilder.model.spelling import Spelling, reduction


@dataclass(frozen=True)
class Program:
    """A compiled function `run(x) -> (constants, periods, years)` and the order of what it takes and returns.

    `x` holds one value or array per input. `periods` is a list of tuples, one per period from 0 (None where a line
    has no opening), `years` one tuple per year.
    """

    run: Callable[[Sequence[Any]], tuple[tuple[Any, ...], list[tuple[Any, ...]], list[tuple[Any, ...]]]]
    inputs: tuple[Line, ...]
    constants: tuple[Line, ...]
    periods: tuple[Line, ...]
    years: tuple[Line, ...]
    source: str

    @cached_property
    def places(self) -> dict[str, tuple[str, int]]:
        """Where `run` returns a line: which of its three answers, and the position in it."""
        parts = {"constants": self.constants, "periods": self.periods, "years": self.years}
        return {
            line.key: (part, number) for part, lines in parts.items() for number, line in enumerate(lines)
        }


#: Functions of arrays in a program.
_ARRAYS = re.compile(r"\bnp_[a-z]+\b")


def inputs_of(plan: Schedule) -> tuple[Line, ...]:
    """The inputs that a program takes, in order."""
    return tuple(line for line in plan.needed if line.shape == "input")


def compile_program(keep: Iterable[Line], varying: frozenset[int], years: int, per_year: int) -> Program:
    """The program that computes the kept lines; `varying` are the numbers of the inputs that are arrays."""
    kept = sorted({line.index: line for line in keep}.values(), key=lambda line: line.index)
    plan = schedule(kept, varying)
    source = _Writer(plan, years, per_year, Spelling(plan)).write()
    code: CodeType = compile(source, "<model>", "exec")
    space: dict[str, Any] = dict(NAMES)
    exec(code, space)
    return Program(
        space["run"],
        inputs_of(plan),
        tuple(line for line in kept if line.shape in SINGLE),
        tuple(line for line in kept if line.shape == "period"),
        tuple(line for line in kept if line.shape == "year"),
        source,
    )


#: Shapes that are one number per run.
SINGLE = ("input", "constant", "total")
#: Reductions that grow with every period; the others are read once, at the end.
_ACCUMULATED = ("time_sum", "time_sumproduct", "time_low", "time_high", "year_sum")
#: Of these the ones that add up.
_SUMS = ("time_sum", "time_sumproduct", "year_sum")


@dataclass
class _Writer:
    plan: Schedule
    years: int
    per_year: int
    spelling: Spelling
    out: list[str] = field(default_factory=list)
    sums: list[Call] = field(default_factory=list)

    def write(self) -> str:
        plan = self.plan
        self.out = ["def run(x):"]
        for number, line in enumerate(inputs_of(plan)):
            self.out.append(f" v{line.index} = x[{number}]")
        for phase in plan.phases:
            self._phase([line for line in plan.needed if plan.phase[line.index] == phase], phase)
        self._years([line for line in plan.needed if line.shape == "year"])
        constants = ", ".join(f"v{line.index}" for line in plan.kept if line.shape in SINGLE)
        self.out.append(f" return ({constants}{',' if constants else ''}), {self._kept_periods()}, KY")
        source = "\n".join(self.out)
        # Array functions as defaults are looked up as locals, which is faster in a loop of a thousand calls.
        used = sorted(set(_ARRAYS.findall(source)))
        return source.replace("def run(x):", f"def run({', '.join(['x', *(f'{n}={n}' for n in used)])}):", 1)

    # -- one phase: its constants and totals, then its loop

    def _phase(self, lines: Sequence[Line], phase: int) -> None:
        say = self.out.append
        for line in lines:
            if line.shape in ("constant", "total"):
                say(f" v{line.index} = {self._spell(line.formula)}")
            elif line.index in self.plan.steady:
                say(f" v{line.index} = {self._spell(line.formula)}")
                if line.opening is not None:
                    say(f" o{line.index} = {self._spell(line.opening)}")
        loop = [line for line in lines if line.shape == "period" and line.index not in self.plan.steady]
        kept = [
            line for line in self.plan.kept if line.shape == "period" and self.plan.phase[line.index] == phase
        ]
        if not loop and not kept:
            return
        self.sums = self._reductions(loop)
        read = [r for line in loop for r in line.reads] + [r for node in self.sums for r in lines_in(node)]
        earlier = {r.index for r in read if r.shape == "period" and self.plan.phase[r.index] < phase}
        reread = sorted(earlier - self.plan.steady)
        self._opening(loop, kept, reread, phase)
        body = self._body(loop, kept, phase)
        say(f" for y in range({self.years}):")
        for node in self.sums:
            if node.operator.name == "year_sum":
                say(f"  {reduction(node)} = 0.0")
        say(f"  for q in range({self.per_year}):")
        say("   t += 1")
        mine = {line.index for line in loop}
        for index in sorted(self.plan.remembered & mine):
            say(f"   p{index} = v{index}")
        for index in reread:
            say(f"   v{index} = h{index}[t]")
            if index in self.plan.remembered:
                say(f"   p{index} = h{index}[t - 1]")
        self.out += [f"   {statement}" for statement in body]
        for node in self.sums:
            if node.operator.kind == "year":
                value = reduction(node) if node.operator.name == "year_sum" else self._spell(node.args[0])
                say(f"  Y{reduction(node)}.append({value})")

    def _opening(self, loop: Sequence[Line], kept: Sequence[Line], reread: Sequence[int], phase: int) -> None:
        say = self.out.append
        say(" t = 0")
        for index in reread:
            say(f" v{index} = h{index}[0]")
        for line in loop:
            if line.opening is not None:
                say(f" v{line.index} = {self._spell(line.opening)}")
            elif line.index in self.plan.stored:
                say(f" v{line.index} = None")
            if line.index in self.plan.stored:
                say(f" h{line.index} = [v{line.index}]")
        for node in self.sums:
            if node.operator.kind == "year":
                say(f" Y{reduction(node)} = []")
            elif node.operator.name != "time_last":
                say(f" {reduction(node)} = {self._start(node)}")
        if kept:
            row = ", ".join(self._kept_opening(line) for line in kept)
            say(f" K{phase} = [({row},)]")

    def _kept_opening(self, line: Line) -> str:
        if line.opening is None:
            return "None"
        return f"o{line.index}" if line.index in self.plan.steady else f"v{line.index}"

    def _start(self, node: Call) -> str:
        first = node.args[0]
        assert isinstance(first, Line)
        if node.operator.name in ("time_low", "time_high"):
            return f"v{first.index}" if first.opening is not None else "None"
        if first.opening is None:
            return "0.0"
        return self._term(node)

    def _term(self, node: Call) -> str:
        return " * ".join(self._spell(arg) for arg in node.args)

    def _body(self, loop: Sequence[Line], kept: Sequence[Line], phase: int) -> Sequence[str]:
        """The statements of one period; a batch lets go of every array as soon as nothing reads it any more."""
        period = Period(self.plan, self.spelling)
        statements: list[str] = []
        ending: dict[int, list[Call]] = {}
        for node in self.sums:
            if node.operator.name in _ACCUMULATED:
                ending.setdefault(self.plan.home(node), []).append(node)
        for line in loop:
            statements += period.line(line)
            if line.index in self.plan.stored:
                statements.append(f"h{line.index}.append(v{line.index})")
            statements += [self._accumulate(node) for node in ending.get(line.index, ())]
        if kept:
            row = ", ".join(f"v{line.index}" for line in kept)
            statements.append(f"K{phase}.append(({row},))")
        self.out += [f" {text}" for text in period.before]
        lasting = self._lasting()
        passing = {f"v{line.index}" for line in loop if line.index in self.plan.varies - lasting}
        return self._placed(statements, passing | period.parts)

    def _placed(self, statements: list[str], passing: set[str]) -> tuple[str, ...]:
        """The statements with their arrays in buffers, which are as long as an input that differs between runs."""
        found = placed(statements, passing)
        if found.buffers:
            names = ", ".join(f"b{number}" for number in range(found.buffers))
            varied = next(n for n, line in enumerate(inputs_of(self.plan)) if line.index in self.plan.varying)
            self.out.append(f" {names}, = empty(({found.buffers}, len(x[{varied}])))")
        return found.statements

    def _lasting(self) -> set[int]:
        """The lines that something reads after their period."""
        ends = (node for node in self.sums if node.operator.name not in _ACCUMULATED)
        read = (line for node in ends for line in lines_in(node))
        return {line.index for line in read} | self.plan.remembered

    def _accumulate(self, node: Call) -> str:
        name = reduction(node)
        if node.operator.name in _SUMS:
            return f"{name} = {name} + {self._term(node)}"
        value = self._spell(node.args[0])
        compare = "minimum" if node.operator.name == "time_low" else "maximum"
        pick = f"np_{compare}" if self.plan.moves(node) else compare[:3]
        return f"{name} = {value} if {name} is None else {pick}({name}, {value})"

    def _reductions(self, loop: Sequence[Line]) -> list[Call]:
        """Reductions of the lines of this loop, each once."""
        mine = {line.index for line in loop}
        found: dict[str, Call] = {}
        for nodes in self.plan.across.values():
            for node in nodes:
                if (
                    node.operator.kind != "previous"
                    and node.operator.name != "irr"
                    and self.plan.home(node) in mine
                ):
                    found[reduction(node)] = node
        return list(found.values())

    def _spell(self, node: Expr | None) -> str:
        return self.spelling.spell(node)

    # -- years, once the loops have run

    def _years(self, lines: Sequence[Line]) -> None:
        say = self.out.append
        say(" KY = []")
        if not lines:
            return
        for line in lines:
            if line.opening is not None:
                say(f" v{line.index} = {self._spell(line.opening)}")
        say(f" for y in range({self.years}):")
        for line in lines:
            if line.index in self.plan.remembered:
                say(f"  p{line.index} = v{line.index}")
        for line in lines:
            say(f"  v{line.index} = {self._spell(line.formula)}")
        row = ", ".join(f"v{line.index}" for line in self.plan.kept if line.shape == "year")
        say(f"  KY.append(({row}{',' if row else ''}))")

    def _kept_periods(self) -> str:
        """Kept period lines stand in their phase's table; the caller gets them in the order of the lines."""
        phases = sorted({self.plan.phase[line.index] for line in self.plan.kept if line.shape == "period"})
        if not phases:
            return "[]"
        if len(phases) == 1:
            return f"K{phases[0]}"
        position: dict[int, str] = {}
        for phase in phases:
            mine = [
                line
                for line in self.plan.kept
                if line.shape == "period" and self.plan.phase[line.index] == phase
            ]
            position |= {line.index: f"r{phase}[{number}]" for number, line in enumerate(mine)}
        order = ", ".join(position[line.index] for line in self.plan.kept if line.shape == "period")
        names = ", ".join(f"r{phase}" for phase in phases)
        tables = ", ".join(f"K{phase}" for phase in phases)
        return f"[({order},) for {names} in zip({tables})]"
