"""A graph as a small workbook that formualizer calculates: the third judge of an operator beside Python and numpy."""

from collections.abc import Mapping
from typing import Any

import formualizer

from casebuilder.model.expressions import Line
from casebuilder.model.graph import Graph
from casebuilder.workbook.layout import HEADING, INPUTS, Cell, Layout
from casebuilder.workbook.spelling import Speller

CALC = "Calc"


class SmallLayout(Layout):
    """Addresses without a case: inputs side by side in a row of Inputs, computed lines beneath each other on Calc.

    Lines of time stand above the others, where the model's own stand.
    """

    def __init__(self, graph: Graph) -> None:
        self.first, self.last = self.OPENING + 1, self.OPENING + graph.periods
        self.year_opening = self.last + 2
        self.year_first, self.year_last = self.year_opening + 1, self.year_opening + graph.years
        self._cells: dict[str, Cell] = {}
        given = [line for line in graph.lines if line.shape == "input"]
        for column, line in enumerate(given):
            self._cells[line.key] = Cell(INPUTS, 0, column)
        for row, line in enumerate(line for line in graph.lines if line.shape != "input"):
            self._cells[line.key] = Cell("", self.INDEX_ROW + row, self.VALUE)
        for key, row in zip(HEADING, (self.PERIOD_ROW, self.MONTH_ROW, self.YEAR_ROW), strict=True):
            if key in graph.by_key:
                self._cells[key] = Cell("", row, self.VALUE)


def formulas(graph: Graph, layout: Layout) -> dict[tuple[int, int], str]:
    """The formula of every cell of Calc by row and column, from 0."""
    found = {}
    for line in graph.lines:
        if line.shape == "input":
            continue
        row = layout.where(line).row
        columns: list[tuple[int, Any]] = [(layout.VALUE, line.formula)]
        if line.shape == "period":
            columns = [(layout.OPENING, line.opening)]
            columns += [(column, line.formula) for column in range(layout.first, layout.last + 1)]
        elif line.shape == "year":
            columns = [(layout.year_opening, line.opening)]
            columns += [(column, line.formula) for column in range(layout.year_first, layout.year_last + 1)]
        for column, formula in columns:
            if formula is not None:
                found[row, column] = Speller(layout, column).formula(formula)
    return found


def calculated(graph: Graph, inputs: Mapping[str, float], line: Line) -> list[Any]:
    """What the sheet shows for a line: one value, or one per period or year from the first; "" is no number."""
    layout = SmallLayout(graph)
    book = formualizer.Workbook()
    given, calc = book.sheet(INPUTS), book.sheet(CALC)
    for key, cell in layout._cells.items():
        if cell.sheet:
            given.set_value(cell.row + 1, cell.column + 1, float(inputs[key]))
    for year in range(graph.years + 1):
        calc.set_value(layout.YEAR_ROW + 1, layout.year_opening + year + 1, float(year))
        last = float(year * graph.periods // graph.years)
        calc.set_value(layout.PERIOD_ROW + 1, layout.year_opening + year + 1, last)
    for (row, column), text in formulas(graph, layout).items():
        calc.set_formula(row + 1, column + 1, text)
    row, columns = layout.where(line).row, range(layout.VALUE, layout.VALUE + 1)
    if line.shape == "period":
        columns = range(layout.first, layout.last + 1)
    elif line.shape == "year":
        columns = range(layout.year_first, layout.year_last + 1)
    return [book.evaluate_cell(CALC, row + 1, column + 1) for column in columns]
