"""Formulas as Python: plain arithmetic where nothing differs between runs, numpy where something does.

A line is `v` and its number, its previous period `p` and its number; no text of a case becomes part of a program.
"""

from __future__ import annotations

from dataclasses import dataclass

from casebuilder.model.expressions import Call, Expr, Line, Null, Number, lines_in
from casebuilder.model.schedule import ACROSS, Schedule

#: The smaller or larger of two plain names, without the cost of a call.
_CHOICES = {"minimum": "<", "maximum": ">"}
#: Which argument decides between the spelling for one run and the one for many, where it is not any of them.
DECIDES = {"either": 0, "pick": 0, "over": 1}


@dataclass(frozen=True)
class Spelling:
    """Spells the formulas of a plan."""

    plan: Schedule

    def spell(self, node: Expr | None) -> str:
        """A formula as one Python expression."""
        if isinstance(node, Number):
            return repr(node.value) if node.value >= 0 else f"({node.value!r})"
        if isinstance(node, Null):
            return "nan"
        if isinstance(node, Line):
            return f"v{node.index}"
        assert isinstance(node, Call)
        if node.operator.kind in ACROSS:
            return self._across(node)
        args = [self.spell(arg) for arg in node.args]
        return self.many(node, args) if self.by_numpy(node) else self.one(node, args)

    def by_numpy(self, node: Call) -> bool:
        """Whether a call takes numpy's spelling: what decides its value differs between runs."""
        decides = DECIDES.get(node.operator.name)
        return self.plan.moves(node if decides is None else node.args[decides])

    def many(self, node: Call, args: list[str]) -> str:
        """A call in numpy's spelling."""
        operator = node.operator
        if operator.name in _CHOICES:
            spelled = args[-1]
            for arg in reversed(args[:-1]):
                spelled = f"{operator.array}({arg}, {spelled})"
            return spelled
        return operator.array.format(*args, all=", ".join(args), plus=" + ".join(args))

    def one(self, node: Call, args: list[str]) -> str:
        """A call in the spelling for one run."""
        operator, name = node.operator, node.operator.name
        if name in _CHOICES and len(args) == 2 and not any("(" in arg for arg in args):
            return f"({args[0]} if {args[0]} {_CHOICES[name]} {args[1]} else {args[1]})"
        return operator.scalar.format(
            *args, all=", ".join(args), rest=", ".join(args[1:]), plus=" + ".join(args)
        )

    def _across(self, node: Call) -> str:
        """Operators that look across periods: their value stands in a name of its own."""
        operator, name = node.operator, node.operator.name
        if operator.kind == "previous":
            assert isinstance(node.args[0], Line)
            return f"p{node.args[0].index}"
        if name == "irr":
            net, _, low, high = node.args
            assert isinstance(net, Line)
            solver = "bisected" if self.plan.moves(node) else "bisected_one"
            return f"{solver}(h{net.index}, {self.spell(low)}, {self.spell(high)})"
        if name == "time_last":
            return self.spell(node.args[0])
        return f"Y{reduction(node)}[y]" if operator.kind == "year" else reduction(node)


def reduction(node: Call) -> str:
    """The name of what a reduction has come to."""
    return node.operator.name + "_" + "_".join(str(read.index) for read in lines_in(node))
