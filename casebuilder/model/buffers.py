"""Where the arrays of one period stand: in a few buffers that are written again and again, and which end when.

A fresh array costs about as much as the arithmetic on it. What is made and read by single numpy calls alone is written
into a buffer, which is free again after the last of them; any other statement may hold on to what it reads.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

#: Names that a period gives to lines and to parts of formulas.
_NAME = re.compile(r"\b[ev]\d+")
#: One call of numpy on two plain names: a sign of arithmetic, or a function by name.
_CALL = re.compile(r"([ev]\d+) = (?:\((\w+) ([-+*/]) (\w+)\)|((?:np_|d)\w+)\((\w+), (\w+)\))")
_SIGNS = {"+": "np_add", "-": "np_subtract", "*": "np_multiply", "/": "np_divide"}


@dataclass(frozen=True)
class Placed:
    """The statements of a period and the number of buffers, `b0`, `b1`, ..., that they write into."""

    statements: tuple[str, ...]
    buffers: int


def placed(statements: Sequence[str], passing: AbstractSet[str]) -> Placed:
    """Find a place for every array; `passing` are the names that nothing reads after their period."""
    if not passing:
        return Placed(tuple(statements), 0)
    buffered, ends = _buffered(statements, passing), _ends(statements, passing)
    place: dict[str, str] = {}
    free: list[str] = []
    found: list[str] = []
    buffers = 0
    for number, text in enumerate(statements):
        call = _CALL.fullmatch(text)
        if call and call[1] in buffered:
            if not free:
                free, buffers = [f"b{buffers}"], buffers + 1
            place[call[1]] = free.pop()
            found.append(_renamed(_writing(call, place[call[1]]), place))
        else:
            found.append(_renamed(text, place))
        over = ends.get(number, ())
        free += [place[name] for name in over if name in place]
        if gone := [name for name in over if name not in place]:
            found.append("del " + ", ".join(gone))
    return Placed(tuple(found), buffers)


def _renamed(text: str, place: Mapping[str, str]) -> str:
    return _NAME.sub(lambda name: place.get(name[0], name[0]), text)


def _writing(call: re.Match[str], buffer: str) -> str:
    """The call with its result in a buffer; numpy wants the smaller and larger to name it, which takes longer."""
    _, left, sign, right, function, one, other = call.groups()
    if sign:
        return f"{_SIGNS[sign]}({left}, {right}, {buffer})"
    named = "out=" if function in ("np_minimum", "np_maximum") else ""
    return f"{function}({one}, {other}, {named}{buffer})"


def _buffered(statements: Sequence[str], passing: AbstractSet[str]) -> set[str]:
    """The passing names that are made and read by single calls alone."""
    calls = [_CALL.fullmatch(text) for text in statements]
    held = {
        name for call, text in zip(calls, statements, strict=True) if not call for name in _NAME.findall(text)
    }
    return {call[1] for call in calls if call and call[1] in passing} - held


def _ends(statements: Sequence[str], passing: AbstractSet[str]) -> dict[int, list[str]]:
    """After which statement nothing reads a passing name any more."""
    last = {name: number for number, text in enumerate(statements) for name in _NAME.findall(text)}
    found: dict[int, list[str]] = {}
    for name, number in last.items():
        if name in passing:
            found.setdefault(number, []).append(name)
    return found
