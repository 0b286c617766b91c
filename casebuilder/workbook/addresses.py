"""The cell of a number in the workbook: asked of the layout, for a reader who wants to see the formula itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell

from casebuilder.model.results import Results
from casebuilder.model.structure import AS_SET
from casebuilder.pitch.origin_keys import Spot
from casebuilder.pitch.origin_studies import Kept
from casebuilder.pitch.records import Block
from casebuilder.pitch.words import option_label, scenario_label
from casebuilder.workbook.layout import CERTAINTY, INPUTS, SELECTED, Layout
from casebuilder.workbook.sheets.certainty import row_of


@dataclass(frozen=True)
class Address:
    """A cell or a row of cells of a workbook.

    `choose` says what is to be selected on Inputs before it holds the number; `negative` where the sheet has the number
    with the other sign.
    """

    sheet: str
    cells: str
    choose: str = ""
    negative: bool = False

    @property
    def text(self) -> str:
        """Sheet and cells as a formula would name them."""
        quoted = f"'{self.sheet}'" if " " in self.sheet else self.sheet
        return f"{quoted}!{self.cells}"


def address(results: Results, layout: Layout, spot: Spot) -> Address:
    """Where a number of a run stands; KeyError where the workbook has no such line."""
    line = results.model[spot.line]
    found = layout.where(line)
    if found.sheet == INPUTS:
        return Address(INPUTS, xl_rowcol_to_cell(found.row, found.column), negative=spot.negative)
    first, last = _columns(layout, spot, line.shape)
    cells = xl_rowcol_to_cell(found.row, first)
    if last > first:
        cells += f":{xl_rowcol_to_cell(found.row, last)}"
    sheet, choose = _sheet(results, layout, spot)
    return Address(sheet, cells, choose, spot.negative)


def _columns(layout: Layout, spot: Spot, shape: str) -> tuple[int, int]:
    """The first and last column of a number, of a whole line all its columns."""
    if shape == "year":
        first, last = spot.first, spot.last
        whole = (layout.year_first, layout.year_last)
        return (
            whole if first is None or last is None else (layout.year_column(first), layout.year_column(last))
        )
    if shape == "period":
        if spot.first is None or spot.last is None:
            return layout.OPENING, layout.last
        return layout.OPENING + spot.first, layout.OPENING + spot.last
    return layout.VALUE, layout.VALUE


def _sheet(results: Results, layout: Layout, spot: Spot) -> tuple[str, str]:
    """The Calc sheet of a run, and what to select first where it is none that the workbook opens with."""
    if spot.option == AS_SET:
        return layout.calc_names[spot.scenario], ""
    if (spot.scenario, spot.option) == (results.case.headline, results.asked_option):
        return SELECTED, ""
    return SELECTED, f"{scenario_label(spot.scenario)} and {option_label(spot.option)}"


def address_of_kept(blocks: Sequence[Block], place: Kept) -> Address:
    """Where a value that takes many runs stands among the tables of values."""
    row = row_of(blocks, place.block) + place.row
    return Address(CERTAINTY, xl_rowcol_to_cell(row, place.column))
