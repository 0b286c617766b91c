"""Reads a formula into the tree of its parts, operators by their binding strength."""

from __future__ import annotations

import re

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError
from openpyxl.utils.cell import column_index_from_string

from casebuilder.workbook.review.formulas import LAST_COLUMN, LAST_ROW
from casebuilder.workbook.review.nodes import End, Function, Name, Node, Number, Operation, Reference, Words
from casebuilder.workbook.review.records import Place

_A1 = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([0-9]+)")
_HALF = re.compile(r"(\$?)(?:([A-Z]{1,3})|([0-9]+))")
#: Binding strength by operator, as spreadsheets have it; a sign binds tighter than a power.
_LEVELS = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}
_SIGN = 6


def parse(formula: str, at: Place) -> Node:
    """The tree of a formula (without its equals sign); ValueError where it is none."""
    try:
        tokens = [token for token in Tokenizer(f"={formula}").items if token.type != Token.WSPACE]
    except (TokenizerError, IndexError) as error:
        raise _refused(formula) from error
    return _Reader(tokens, at, formula).whole()


def _refused(formula: str) -> ValueError:
    return ValueError(f"{formula!r} cannot be read as a formula")


class _Reader:
    """Reads the tokens of one formula into a tree, operators by their binding strength."""

    def __init__(self, tokens: list[Token], at: Place, formula: str) -> None:
        self.tokens, self.at, self.formula, self.next = tokens, at, formula, 0

    def whole(self) -> Node:
        node = self.part(0)
        if self.next < len(self.tokens):
            raise _refused(self.formula)
        return node

    def peek(self) -> Token | None:
        return self.tokens[self.next] if self.next < len(self.tokens) else None

    def take(self) -> Token:
        token = self.peek()
        if token is None:
            raise _refused(self.formula)
        self.next += 1
        return token

    def part(self, level: int) -> Node:
        """What stands here, with every operator that binds more tightly than `level`."""
        left = self.operand()
        while (token := self.peek()) is not None:
            if token.type == Token.OP_POST:
                self.take()
                left = Operation(f"{left.text}%", "%", (left,))
                continue
            strength = _LEVELS.get(token.value, 0) if token.type == Token.OP_IN else 0
            if strength <= level:
                break
            self.take()
            right = self.part(strength)
            left = Operation(f"({left.text}{token.value}{right.text})", token.value, (left, right))
        return left

    def operand(self) -> Node:
        token = self.take()
        if token.type == Token.OP_PRE:
            inner = self.part(_SIGN)
            return Operation(f"({token.value}{inner.text})", token.value, (inner,))
        if token.type == Token.PAREN and token.subtype == Token.OPEN:
            inner = self.part(0)
            self.take()
            return inner
        if token.type == Token.FUNC and token.subtype == Token.OPEN:
            return self.function(token.value[:-1].upper())
        if token.type == Token.OPERAND:
            return self.value(token)
        raise _refused(self.formula)

    def function(self, name: str) -> Node:
        args: list[Node] = []
        while (token := self.peek()) is not None and token.subtype != Token.CLOSE:
            if token.type == Token.SEP:
                self.take()
            else:
                args.append(self.part(0))
        self.take()
        return Function(f"{name}({','.join(arg.text for arg in args)})", name, tuple(args))

    def value(self, token: Token) -> Node:
        if token.subtype == Token.NUMBER:
            return Number(token.value, float(token.value))
        if token.subtype != Token.RANGE:
            return Words(token.value)
        return self.reference(token.value) or Name(token.value)

    def reference(self, text: str) -> Reference | None:
        """A cell or range, or None where the text is a name."""
        sheet, _, cells = text.rpartition("!")
        if sheet.startswith("'"):
            sheet = sheet[1:-1].replace("''", "'")
        first, _, last = cells.partition(":")
        ends = [_A1.fullmatch(end) for end in (first, last or first)]
        if ends[0] and ends[1]:
            start, stop = _end(ends[0], self.at), _end(ends[1], self.at)
            spelled = start.text if not last else f"{start.text}:{stop.text}"
            return Reference(f"{sheet}!{spelled}" if sheet else spelled, sheet, start, stop)
        halves = [_HALF.fullmatch(end) for end in (first, last)]
        if last and halves[0] and halves[1]:
            return Reference(text, sheet, End(0, 0, False, False), _far(), whole=True)
        return None


def _far() -> End:
    return End(LAST_ROW, LAST_COLUMN, False, False)


def _end(found: re.Match[str], at: Place) -> End:
    fixed_column, letters, fixed_row, digits = found.groups()
    row, column = int(digits) - 1, column_index_from_string(letters) - 1
    return End(
        row if fixed_row else row - at[0],
        column if fixed_column else column - at[1],
        not fixed_row,
        not fixed_column,
    )
