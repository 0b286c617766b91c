"""Evidence: which studies are cited and what rests on them, what speaks against, and who stands behind each number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from casebuilder.analysis.study import effect_path
from casebuilder.analysis.unbacked import STATUSES
from casebuilder.case import library
from casebuilder.case.records.initiatives import Effect, Initiative
from casebuilder.pitch.assumed import stands_behind
from casebuilder.pitch.cited import study_named
from casebuilder.workbook.book import Book
from casebuilder.workbook.layout import EVIDENCE, Layout
from casebuilder.workbook.outside import serial
from casebuilder.workbook.sheets.standing import Standing, standing
from casebuilder.workbook.sheets.studies import (
    Studied,
    effect_name,
    effects_of,
    studies_against,
    studies_cited,
)

#: Columns: label, unit or grade, value, status or grade, three long texts, day, low, high, what it counts as.
_NAME, _UNIT, _VALUE, _STATUS, _SOURCE, _WHO, _NOTE, _DAY, _LOW, _HIGH, _COUNTED = range(11)
_WIDTHS = (46, 13, 13, 22, 46, 26, 34, 11, 11, 11, 22)
_TEXT_COLUMNS = (_NAME, _UNIT, _STATUS, _SOURCE, _WHO, _NOTE)
_COUNTS, _YEAR = 4, "Year"
#: What a number counts as that nothing read when the workbook was made; switches of the sheet do not change it.
_IDLE = "read by nothing"
#: Height of a line of a text in points, and its characters for each unit of a column's width.
_LINE, _PER_WIDTH = 12, 1.1
#: What an effect without a source rests on, by its grade.
_WITHOUT = {"J": "No source: our own estimate", "A": "Measured here: see the note"}
_BEHIND = (
    "Unit", "Value now", "Status", "Source", "Who stands behind it", "Note", "As of", "Low", "High",
    "Counts as, when exported",
)  # fmt: skip
_SIZES = ("Unit", "Expected now", "Grade", "Rests on", "Agreed by", "Note", "Agreed on", "Low", "High")


def count_cell(status: str) -> str:
    """The cell that counts the numbers of a status: `default`, `estimate`, `not_stated` or `confirmed`."""
    return f"{EVIDENCE}!$C${_COUNTS + 2 + STATUSES.index(status)}"


def default_count_cell() -> str:
    """The cell that counts the starting values that nobody has replaced yet."""
    return count_cell("default")


def write_evidence(book: Book) -> None:
    """The sheet Evidence: how many numbers somebody stands behind, the studies, the effects, then every number."""
    sheet = book.sheet(EVIDENCE, "Evidence: what the numbers rest on, and who stands behind them", "output")
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width, book.styles("plain"))
    sheet.freeze_panes(Layout.LIGHT_ROW + 1, 1)
    case, writer = book.results.case, _Writer(book, sheet)
    found = standing(case, book.layout)
    row = _COUNTS + len(STATUSES) + 4
    row = writer.studies(row, "Studies cited", "What rests on it", studies_cited(case))
    row = writer.studies(
        row, "What points the other way", "What it speaks against", studies_against(case), "Against: "
    )
    row = writer.effects(row)
    writer.counts(row, found)
    last = writer.numbers(row, found)
    sheet.print_area(0, 0, last - 2, _COUNTED)


class _Writer:
    """Writes the blocks of the sheet; each returns the row where the next one begins."""

    def __init__(self, book: Book, sheet: Any) -> None:
        self.book, self.sheet, self.styles = book, sheet, book.styles
        self.seen: dict[str, int] = {}

    def counts(self, first: int, found: Sequence[Standing]) -> None:
        """How many numbers in use have which status, counted in their list, whose title stands in row `first`."""
        words, sheet, top = library.words().statuses, self.sheet, first + 3
        sheet.write_string(
            _COUNTS, 0, "Who stands behind the numbers in use, as exported", self.styles("section")
        )
        counted, live = (f"${name}${top}:${name}${first + 2 + len(found)}" for name in ("K", "C"))
        for row, status in enumerate(STATUSES, _COUNTS + 1):
            same = f"{counted},$A{row + 1},{live}"
            held = sum(each.read and each.status == status for each in found)
            self._count(row, words[status], f'=COUNTIFS({same},">=0")+COUNTIFS({same},"<0")', held)
        row, read = _COUNTS + 1 + len(STATUSES), sum(each.read for each in found)
        self._count(row, "Numbers in use together", f"=SUM($C${_COUNTS + 2}:$C${row})", read, "total")
        idle = f"=COUNT({live})-$C${row + 1}"
        self._count(row + 1, "Besides: read by nothing then", idle, len(found) - read)

    def _count(self, row: int, label: str, text: str, held: int, role: str = "plain") -> None:
        self.book.label(self.sheet, row, label, "count", role)
        self.sheet.formula(row, _VALUE, text, self.styles(role, "count", float(held)), float(held))

    def studies(self, row: int, title: str, touches: str, found: Sequence[Studied], before: str = "") -> int:
        """Studies with their grade, what they say and leave open, and the effects that they touch."""
        heads = ("Grade", _YEAR, "Who was measured", "What it says", "Caveat", touches)
        self._head(row, title, heads)
        for at, each in enumerate(found, row + 2):
            said = (
                each.grade,
                each.year,
                each.population,
                each.statement,
                each.caveat,
                "\n".join(each.effects),
            )
            self._texts(at, before + each.name, said)
        if not found:
            self.sheet.write_string(row + 2, 0, "None is known", self.styles("muted"))
        return row + 3 + max(1, len(found))

    def effects(self, row: int) -> int:
        """Every effect with its size live, its grade and who agreed; those without a source first."""
        case = self.book.results.case
        found = sorted(effects_of(case), key=lambda pair: bool(pair[1].sources))
        self._head(row, "Effects of the investments, positive is better", _SIZES)
        for at, (initiative, effect) in enumerate(found, row + 2):
            self._effect(at, initiative, effect)
        return row + 3 + len(found)

    def _effect(self, row: int, initiative: Initiative, effect: Effect) -> None:
        case, table = self.book.results.case, library.evidence()
        path = effect_path(initiative.id, effect)
        sources = [study_named(table[id]) if id in table else id for id in effect.sources]
        said = (
            library.words().grades[effect.grade],
            "\n".join(sources) or _WITHOUT.get(effect.grade, "No source is named"),
            stands_behind(case, path),
            effect.note,
        )
        unit = "points" if library.levers()[effect.lever].kind == "points" else "share"
        self._texts(row, effect_name(initiative, effect), ("", "", *said), unit)
        for column, size in ((_VALUE, "base"), (_LOW, "low"), (_HIGH, "high")):
            self._live(row, column, f"{path}.{size}", unit)
        self._day(row, effect.agreed.on if effect.agreed else None)

    def numbers(self, row: int, found: Sequence[Standing]) -> int:
        """Every number with its value live, its status, and what the case says about it; returns the row below."""
        self._head(row, "Who stands behind each number", _BEHIND)
        words = library.words().statuses
        for at, each in enumerate(found, row + 2):
            said = ("", "", words[each.status], each.source, each.who, each.note)
            self._texts(at, each.name, said, each.unit)
            if each.status == "default" and each.read:
                self.sheet.write_string(at, _STATUS, words["default"], self.styles("edited"))
            self._live(at, _VALUE, each.key, each.unit)
            counts_as = words[each.status] if each.read else _IDLE
            self.sheet.write_string(at, _COUNTED, counts_as, self.styles("stamped"))
            self._day(at, each.as_of)
            for column, value in ((_LOW, each.low), (_HIGH, each.high)):
                if value is not None:
                    self.sheet.write_number(at, column, value, self.styles("stamped", each.unit, value))
        return row + 3 + len(found)

    def _head(self, row: int, title: str, heads: Iterable[str]) -> None:
        self.sheet.write_string(row, 0, title, self.styles("section"))
        for column, text in enumerate(heads, _UNIT):
            role = "note" if column in _TEXT_COLUMNS or text == _YEAR else "head"
            self.sheet.write_string(row + 1, column, text, self.styles(role))

    def _texts(self, row: int, name: str, said: Sequence[str], unit: str = "") -> None:
        """The texts of a row; a name that stands there already gets a number behind it."""
        self.seen[name] = self.seen.get(name, 0) + 1
        shown = f"{name} ({self.seen[name]})" if self.seen[name] > 1 else name
        self.book.label(self.sheet, row, shown, unit, "wrapped")
        for column, text in enumerate(said, _UNIT):
            if text:
                self.sheet.write_string(row, column, text, self.styles("long"))
        lines = max(_lines(text, _WIDTHS[at]) for at, text in enumerate((shown, *said)))
        if lines > 1:
            self.sheet.set_row(row, _LINE * lines + 2)

    def _live(self, row: int, column: int, key: str, unit: str) -> None:
        """A number of Inputs, live."""
        value = self.book.input_values[key]
        style = self.styles("plain", unit, value)
        self.sheet.formula(row, column, f"={self.book.layout.given(key)}", style, value)

    def _day(self, row: int, value: date | None) -> None:
        if value is not None:
            self.sheet.write_number(row, _DAY, serial(value), self.styles("stamped", "date"))


def _lines(text: str, width: int) -> int:
    """Lines that a text takes in a column; words break it a little before its end."""
    return sum(1 + int(len(part) / (_PER_WIDTH * width)) for part in text.split("\n"))
