"""A line's formula in words: the third spelling of the one model, for people who ask where a number comes from."""

from __future__ import annotations

from casebuilder.model.expressions import Call, Expr, Line, Null, Number, binding_of


def in_words(line: Line) -> str:
    """How a computed line comes about, in the labels of the lines it reads; period 0 differs where it says so."""
    if line.formula is None:
        return "given"
    said = _spell(line.formula)
    if line.opening is not None and line.opening is not line.formula:
        said += f"; at the start {_spell(line.opening)}"
    return said


def _spell(node: Expr, binding: int = 0) -> str:
    if isinstance(node, Number):
        return f"{node.value:g}"
    if isinstance(node, Null):
        return "none"
    if isinstance(node, Line):
        return f"[{node.label}]"
    assert isinstance(node, Call)
    operator = node.operator
    levels = binding_of(node)
    args = [_spell(arg, level) for arg, level in zip(node.args, levels, strict=True)]
    text = operator.words.format(*args, all=", ".join(args), rest=", ".join(args[1:]))
    loose = operator.level < binding or (binding == 9 and not isinstance(node, Line) and " " in text)
    return f"({text})" if loose else text
