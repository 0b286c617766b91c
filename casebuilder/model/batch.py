"""One period of a batch of runs: what formulas have in common is computed once, what never changes before the loop.

No value changes by it, only the work: every operation is the formula's own, on the same operands as in a single run.
A number that is the same in all runs becomes an array without dimensions, which numpy takes faster than a float.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from casebuilder.model.expressions import Call, Expr, Line, Number, lines_in
from casebuilder.model.operators import Operator
from casebuilder.model.schedule import Schedule
from casebuilder.model.spelling import Spelling


@dataclass
class Period:
    """Spells the lines of one pass over the periods, in their order; `before` must be done before its loop.

    `e` and a number is a part of a formula, `s` one that is the same in all runs, `z` one that is so in all periods.
    """

    plan: Schedule
    spelling: Spelling
    before: list[str] = field(default_factory=list)
    _steps: list[str] = field(default_factory=list)
    _names: dict[str, str] = field(default_factory=dict)

    def line(self, line: Line) -> list[str]:
        """The statements that compute a line: the parts that no line above has in common with it, then itself."""
        name, formula = f"v{line.index}", line.formula
        assert formula is not None
        if not self.plan.moves(formula):
            return [f"{name} = {self.spelling.spell(formula)}"]
        self._steps = []
        whole = self._call(formula) if self._is_step(formula) else self._part(formula)
        self._steps.append(f"{name} = {self._names.get(whole, whole)}")
        self._names.setdefault(whole, name)
        return self._steps

    @property
    def parts(self) -> set[str]:
        """The names of the parts of formulas that change from run to run and in time."""
        return {name for name in self._names.values() if name.startswith("e")}

    def _is_step(self, node: Expr) -> bool:
        """Whether a part takes a step of its own: it changes from run to run and in time, and is not there yet."""
        if not isinstance(node, Call) or node.operator.kind == "previous":
            return False
        return self.plan.moves(node) and not self._stays(node)

    def _stays(self, node: Expr) -> bool:
        """Whether a part is the same in all periods."""
        reads = lines_in(node)
        return all(read.shape != "period" or read.index in self.plan.steady for read in reads)

    def _part(self, node: Expr) -> str:
        """The name of a part of a formula."""
        if isinstance(node, Call) and self._is_step(node):
            return self._step("e", self._call(node))
        spelled = self.spelling.spell(node)
        if not self.plan.moves(node):
            spelled = f"array({spelled})"
        elif spelled.isidentifier():
            return spelled
        return self._hoisted(spelled) if self._stays(node) else self._step("s", spelled)

    def _step(self, kind: str, text: str) -> str:
        if text.isidentifier():
            return text
        if text not in self._names:
            self._names[text] = f"{kind}{len(self._names)}"
            self._steps.append(f"{self._names[text]} = {text}")
        return self._names[text]

    def _hoisted(self, text: str) -> str:
        if text not in self._names:
            self._names[text] = f"z{len(self._names)}"
            self.before.append(f"{self._names[text]} = {text}")
        return self._names[text]

    # -- calls of what changes from run to run and in time

    def _call(self, node: Expr) -> str:
        assert isinstance(node, Call)
        amount, share = _counted(node)
        if amount is not None and share is not None and not self.plan.moves(share):
            value = self._part(amount)
            whole = isinstance(share, Number) and share.value == 1
            return value if whole else f"counted({value}, {self.spelling.spell(share)})"
        if node.operator.name == "divide" and not self.plan.moves(node.args[1]) and self._stays(node.args[1]):
            return self._divided(*node.args)
        if node.operator.name in ("minimum", "maximum"):
            node = self._joined(node)
        spell = self.spelling.many if self.spelling.by_numpy(node) else self.spelling.one
        return spell(node, [self._part(arg) for arg in node.args])

    def _divided(self, top: Expr, bottom: Expr) -> str:
        """A division by a number: `d` is numpy's way of dividing by `z`, which may be to multiply by it."""
        text = f"division({self.spelling.spell(bottom)})"
        if text not in self._names:
            number = len(self._names)
            self._names[text] = f"z{number}"
            self.before.append(f"d{number}, z{number} = {text}")
        by = self._names[text]
        return f"d{by[1:]}({self._part(top)}, {by})"

    def _joined(self, node: Call) -> Call:
        """A smallest or largest with those inside it as one, and all that is the same in all runs behind the rest."""
        parts = _flat(node)
        same = tuple(part for part in parts if not self.plan.moves(part))
        rest = tuple(part for part in parts if self.plan.moves(part))
        if len(same) > 1:
            same = (Call(node.operator, same),)
        return Call(node.operator, (*rest, *same))


def _flat(node: Call) -> list[Expr]:
    """The arguments of a smallest or largest, those of one inside it among them."""
    found: list[Expr] = []
    for arg in node.args:
        found += _flat(arg) if isinstance(arg, Call) and arg.operator is node.operator else [arg]
    return found


def _counted(node: Call) -> tuple[Expr, Expr] | tuple[None, None]:
    """Amount and share where a formula is `min(0, amount) + max(0, amount) * share`."""
    match node:
        case Call(
            Operator("add"),
            (
                Call(Operator("minimum"), (Number(0.0), low)),
                Call(Operator("multiply"), (Call(Operator("maximum"), (Number(0.0), high)), share)),
            ),
        ) if low is high:
            return low, share
    return None, None
