"""The spreadsheet library with a shorter way in for formulas that are spelled as the file format wants them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import CellFormulaTuple, Worksheet

#: Digits of the numbers stored beside formulas: far below any tolerance, and less to carry in the file.
DIGITS = 12


class _Shared(str):
    """The text of a formula that a row shares: the first cell holds it, the others only name it."""

    attributes = ""


class Sheet(Worksheet):  # type: ignore[misc]
    """A sheet that takes a formula as it is.

    The library looks through every formula for the functions of newer programs, some thirty searches each; ours use
    none of them, so that this is most of the time that a workbook takes. The tests and the review look for such
    functions in what was written.
    """

    shared = 0

    def formula(self, row: int, column: int, text: str, style: Any, value: float | str | None) -> None:
        """Write a formula, with its equals sign, and the value that it has; no number is an empty text."""
        self._put(row, column, text[1:], style, value)

    def formulas(
        self, row: int, column: int, texts: Sequence[str], style: Any, values: Sequence[float | None]
    ) -> None:
        """Write one formula into cells beside each other, as each of them spells it.

        As programs for spreadsheets do, the text is stored once where it stays on its own sheet.
        """
        if len(texts) == 1 or "!" in texts[0]:
            for place, (text, value) in enumerate(zip(texts, values, strict=True), column):
                self._put(row, place, text[1:], style, value)
            return
        ends = (f"{xl_col_to_name(place)}{row + 1}" for place in (column, column + len(texts) - 1))
        for place, value in enumerate(values, column):
            said = _Shared(texts[0][1:] if place == column else "")
            over = f' ref="{":".join(ends)}"' if place == column else ""
            said.attributes = f' t="shared"{over} si="{self.shared}"'
            self._put(row, place, said, style, value)
        self.shared += 1

    def _put(self, row: int, column: int, text: str, style: Any, value: float | str | None) -> None:
        self._check_dimensions(row, column)
        self.table[row][column] = CellFormulaTuple(text, style, stored(value))

    def _xml_formula_element(
        self, formula: str, result: object, attributes: Sequence[tuple[str, object]]
    ) -> None:
        if not isinstance(formula, _Shared):
            super()._xml_formula_element(formula, result, attributes)
            return
        cell = "".join(f' {key}="{value}"' for key, value in attributes)
        text = self._escape_data(str(formula))
        self.fh.write(
            f"<c{cell}><f{formula.attributes}>{text}</f><v>{self._escape_data(str(result))}</v></c>"
        )


def stored(value: float | str | None) -> float | str:
    """What stands in the file for the value of a formula; no number is an empty text."""
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    return "" if value is None else value


class File(xlsxwriter.Workbook):  # type: ignore[misc]
    """A workbook in memory whose texts stay texts."""

    worksheet_class = Sheet

    def __init__(self, stream: io.BytesIO) -> None:
        kept = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")
        super().__init__(stream, {"in_memory": True, **dict.fromkeys(kept, False)})
