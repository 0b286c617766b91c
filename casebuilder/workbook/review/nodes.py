"""The parts of a formula: numbers, words, references, functions and operators, each with its spelling."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from casebuilder.workbook.review.records import Place


class End(NamedTuple):
    """One corner of a reference: offsets where relative, rows and columns counted from 0 where absolute."""

    row: int
    column: int
    row_relative: bool
    column_relative: bool

    def place(self, at: Place) -> Place:
        """The cell that the corner means in a formula at a place."""
        row = at[0] + self.row if self.row_relative else self.row
        return row, at[1] + self.column if self.column_relative else self.column

    @property
    def text(self) -> str:
        """The corner in R1C1 form."""
        row = f"R[{self.row}]" if self.row_relative else f"R{self.row + 1}"
        return row + (f"C[{self.column}]" if self.column_relative else f"C{self.column + 1}")


class Area(NamedTuple):
    """A block of cells on a sheet, corners included, counted from 0."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def single(self) -> bool:
        """Whether it is one cell."""
        return self.top == self.bottom and self.left == self.right

    def cells(self) -> Iterator[Place]:
        """Every cell, row by row."""
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield row, column


class Node:
    """A part of a formula; `text` is its spelling in R1C1 form, equal for equal parts."""

    text: str


@dataclass(frozen=True)
class Number(Node):
    """A number written into the formula."""

    text: str
    value: float


@dataclass(frozen=True)
class Words(Node):
    """A text, truth value or error written into the formula."""

    text: str


@dataclass(frozen=True)
class Name(Node):
    """A defined name, or anything else that is read by name."""

    text: str


@dataclass(frozen=True)
class Broken(Node):
    """What stands in place of a formula and cannot be read as one."""

    text: str


@dataclass(frozen=True)
class Reference(Node):
    """One cell or range; `sheet` is empty for the sheet at hand, `whole` marks whole rows or columns."""

    text: str
    sheet: str
    first: End
    last: End
    whole: bool = False

    @cached_property
    def fixed(self) -> bool:
        """Whether every part of it is absolute."""
        return not any(end.row_relative or end.column_relative for end in (self.first, self.last))

    @property
    def single(self) -> bool:
        """Whether it is written as one cell."""
        return self.first == self.last and not self.whole

    def area(self, sheet: str, at: Place) -> Area:
        """The cells that it means in a formula at a place of a sheet."""
        (top, left), (bottom, right) = self.first.place(at), self.last.place(at)
        return Area(
            self.sheet or sheet, min(top, bottom), min(left, right), max(top, bottom), max(left, right)
        )


@dataclass(frozen=True)
class Function(Node):
    """A function with its arguments."""

    text: str
    name: str
    args: tuple[Node, ...]


@dataclass(frozen=True)
class Operation(Node):
    """An operator between two parts, or a sign (`-` or `+`) or `%` with one."""

    text: str
    symbol: str
    args: tuple[Node, ...]


def parts(node: Node) -> tuple[Node, ...]:
    """What stands directly inside a node."""
    return node.args if isinstance(node, Function | Operation) else ()


def walk(node: Node) -> Iterator[Node]:
    """A node and everything inside it, outermost first."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(parts(node))


def depth(node: Node) -> int:
    """How many nodes stand inside each other."""
    layer, found = [node], 0
    while layer:
        layer, found = [part for each in layer for part in parts(each)], found + 1
    return found


@dataclass(frozen=True)
class Parsed:
    """One distinct formula: its R1C1 text and its tree."""

    text: str
    tree: Node

    @property
    def broken(self) -> bool:
        """Whether it could not be read as a formula."""
        return isinstance(self.tree, Broken)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every part, outermost first."""
        return tuple(walk(self.tree))

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every reference, repeats included."""
        return tuple(node for node in self.nodes if isinstance(node, Reference))

    @cached_property
    def functions(self) -> tuple[str, ...]:
        """The names of its functions in capitals, repeats included."""
        return tuple(node.name for node in self.nodes if isinstance(node, Function))

    @property
    def link(self) -> Reference | None:
        """The cell that it shows, where it is nothing but a reference to one."""
        return self.tree if isinstance(self.tree, Reference) and self.tree.single else None
