"""Formulas as a sheet writes them: the second spelling of the one model."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name

from casebuilder.model.expressions import Call, Expr, Line, Null, Number, binding_of
from casebuilder.workbook.layout import Layout


class Speller:
    """Spells the formulas of a Calc sheet for one of its columns (counted from 0)."""

    def __init__(self, layout: Layout, column: int) -> None:
        self.layout, self.column = layout, column

    def formula(self, formula: Expr) -> str:
        """The formula with its leading equals sign."""
        return "=" + self.spell(formula)

    def spell(self, node: Expr, binding: int = 0) -> str:
        """The text of a node, in brackets where it binds less tightly than its place asks."""
        if isinstance(node, Number):
            text = f"{node.value:g}"
            return f"({text})" if node.value < 0 else text
        if isinstance(node, Null):
            return '""'
        if isinstance(node, Line):
            return self.reference(node)
        assert isinstance(node, Call)
        text = self._call(node)
        return f"({text})" if node.operator.level < binding else text

    def reference(self, line: Line, column: int | None = None) -> str:
        """A line's cell: on Inputs, in the constants' column, or in the column of the formula."""
        where = self.layout.where(line)
        if where.sheet:
            return f"{where.sheet}!${xl_col_to_name(where.column)}${where.row + 1}"
        if line.shape in ("input", "constant", "total"):
            return f"${xl_col_to_name(where.column)}${where.row + 1}"
        return f"{xl_col_to_name(self.column if column is None else column)}{where.row + 1}"

    def _call(self, node: Call) -> str:
        operator, name = node.operator, node.operator.name
        if operator.kind == "previous":
            assert isinstance(node.args[0], Line)
            return self.reference(node.args[0], self.column - 1)
        if operator.kind in ("time", "year"):
            return self._across(node)
        if name == "block":
            return self._block(node)
        if name == "pick":
            return operator.excel.format(self.spell(node.args[0]), range=self._side_by_side(node.args[1:]))
        binding = binding_of(node)
        args = [self.spell(arg, level) for arg, level in zip(node.args, binding, strict=True)]
        if name == "over":
            args = [self.spell(node.args[0], 3), self.spell(node.args[1], 4), self.spell(node.args[2])]
        return operator.excel.format(*args, all=",".join(args))

    def _across(self, node: Call) -> str:
        layout, name = self.layout, node.operator.name
        first = node.args[0]
        assert isinstance(first, Line)
        if name == "time_last":
            return f"${xl_col_to_name(layout.last)}{layout.where(first).row + 1}"
        rows = [self._row(arg) for arg in node.args if isinstance(arg, Line) and arg.shape == "period"]
        if name == "irr":
            return node.operator.excel.format(rows[0], self.spell(node.args[1]))
        here = xl_col_to_name(self.column)
        years = layout.row_range(layout.row("year"), from_first=True)
        return node.operator.excel.format(
            *rows,
            years=years,
            year=f"{here}${layout.YEAR_ROW + 1}",
            last=f"{here}${layout.PERIOD_ROW + 1}",
        )

    def _row(self, line: Line) -> str:
        """The line's periods; a reduction over a year leaves period 0 out, and so does a line without one."""
        return self.layout.row_range(
            self.layout.where(line).row, from_first=line.opening is None or self._in_year
        )

    @property
    def _in_year(self) -> bool:
        return self.column > self.layout.last

    def _block(self, node: Call) -> str:
        lines = [arg for arg in node.args if isinstance(arg, Line)]
        rows = [self.layout.where(line).row for line in lines]
        if len(rows) == 1:
            return f"SUM({self.reference(lines[0])})"
        if rows == list(range(rows[0], rows[0] + len(rows))):
            return f"SUM({self.reference(lines[0])}:{self.reference(lines[-1])})"
        raise ValueError(f"{lines[0].key} and the lines summed with it do not stand beneath each other")

    def _side_by_side(self, args: tuple[Expr, ...]) -> str:
        cells = [self.layout.where(arg) for arg in args if isinstance(arg, Line)]
        columns = [cell.column for cell in cells]
        if {cell.row for cell in cells} != {cells[0].row} or columns != list(
            range(columns[0], columns[0] + len(columns))
        ):
            raise ValueError("the choices of an INDEX do not stand side by side")
        row = cells[0].row + 1
        return f"{cells[0].sheet}!${xl_col_to_name(columns[0])}${row}:${xl_col_to_name(columns[-1])}${row}"
