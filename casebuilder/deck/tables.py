"""Native tables: columns as wide as their text asks for, at most seven rows a slide, further rows on further slides."""

# mypy: allow-untyped-calls

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from casebuilder.deck import measure, theme, xml
from casebuilder.deck.canvas import Canvas
from casebuilder.deck.text import one_line, para, write
from casebuilder.deck.theme import INK, MUTED, TABLE_SIZES, Box
from casebuilder.pitch.records import Table

MOST_ROWS = 7

_SIDE = 0.12
_TOP = 0.055
_AIRY = 0.5

#: A type size nobody complains about, and the smallest that further slides are made for.
_FAIR_SIZE, _LEGIBLE = 12, 11
_POINTS = 72.0


@dataclass(frozen=True)
class Plan:
    """How a table is set: type size, width of each column and height of the head and of each row, in inches."""

    size: float
    widths: tuple[float, ...]
    head: float
    heights: tuple[float, ...]
    unwrapped: bool = False

    @property
    def lines(self) -> int:
        """Lines of the text that takes most of them."""
        line = self.size * measure.LINE / _POINTS
        return round(max((height - 2 * _TOP for height in self.heights), default=0.0) / line)

    def with_rows(self, head: float, row: float) -> "Plan":
        """The same table with a head and rows of these heights."""
        return replace(self, head=head, heights=(row,) * len(self.heights))

    def airy(self, rows: Sequence[int], room: float) -> "Plan":
        """The same table with rows up to half an inch high as far as the room goes, so that it reads easily."""
        spare = max(0.0, room - self.height(rows)) / max(1, len(rows))
        return replace(self, heights=tuple(max(h, min(_AIRY, h + spare)) for h in self.heights))

    def height(self, rows: Sequence[int]) -> float:
        """Height of the head and these rows."""
        return self.head + sum(self.heights[row] for row in rows)


def plan(table: Table, box: Box, rows: Sequence[int]) -> Plan:
    """How to set these rows on the slides that `pages` gives them."""
    return _setting(table, box, tuple(rows))[0]


def pages(table: Table, box: Box, rows: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Which of these rows stand on which slide: evenly, at most seven each, fewer where long texts make them high."""
    return _setting(table, box, tuple(rows))[1]


def fits(table: Table, box: Box, rows: Sequence[int]) -> bool:
    """Whether these rows stand in the box on one slide, in type of a fair size."""
    chosen = plan(table, box, rows)
    legible = len(rows) <= MOST_ROWS and chosen.size >= _FAIR_SIZE
    return legible and 0 < chosen.height(rows) <= box.height


def draw(canvas: Canvas, table: Table, rows: Sequence[int], box: Box, chosen: Plan, alt: str) -> float:
    """A native table of these rows at the top of the box; returns its height in inches.

    A single cell too long for the box ends in an ellipsis and stands whole in the notes.
    """
    place = canvas.place("insert_table")
    count = (len(rows) + 1, len(table.columns))
    frame = canvas.shapes.add_table(*count, *box.emu) if place is None else place.insert_table(*count)
    heights = (chosen.head, *(chosen.heights[row] for row in rows))
    taken = Box(box.left, box.top, sum(chosen.widths), sum(heights))
    frame.left, frame.top, frame.width, frame.height = taken.emu
    canvas.name(frame, "table")
    xml.describe(frame, alt)
    xml.plain(frame)
    for column, width in zip(frame.table.columns, chosen.widths, strict=True):
        column.width = Inches(width)
    for line, height in zip(frame.table.rows, heights, strict=True):
        line.height = Inches(height)
    _head(canvas, frame.table, table, chosen)
    for at, row in enumerate(rows, start=1):
        _row(canvas, frame.table, at, table, row, chosen)
    return taken.height


def _head(canvas: Canvas, native: Any, table: Table, chosen: Plan) -> None:
    for index, text in enumerate(table.columns):
        shown = _cut(canvas, text, chosen, index, chosen.head, True)
        cell = native.cell(0, index)
        _write(cell, shown, chosen.size, True, MUTED, index in table.numeric, MSO_ANCHOR.BOTTOM)
        cell.fill.background()
        xml.rule_below(cell, "tx1", 1)


def _row(canvas: Canvas, native: Any, at: int, table: Table, row: int, chosen: Plan) -> None:
    strong = row == table.emphasised
    for index, text in enumerate(table.rows[row]):
        shown = _cut(canvas, text, chosen, index, chosen.heights[row], strong)
        cell = native.cell(at, index)
        _write(cell, shown, chosen.size, strong, INK, index in table.numeric, MSO_ANCHOR.MIDDLE)
        cell.fill.background()
        if strong:
            _fill(cell, "panel")
        if row in table.defaults and index == table.chip:
            _fill(cell, "default_fill")
            cell.text_frame.paragraphs[0].runs[0].font.color.rgb = theme.rgb("default_text")
        xml.rule_below(cell, "bg2", 0.75)


def _cut(canvas: Canvas, text: str, chosen: Plan, column: int, height: float, bold: bool) -> str:
    """The text as far as its cell has room; the whole of it stands in the notes where it has not."""
    line = one_line(text)
    room = (chosen.widths[column] - 2 * _SIDE) * _POINTS
    lines = int((height - 2 * _TOP) * _POINTS / measure.line_height(line, chosen.size) + 0.01)
    shown = measure.shortened(line, chosen.size, room, max(1, lines), bold)
    if shown != line:
        canvas.note(line)
    return shown


def _fill(cell: Any, token: str) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = theme.rgb(token)


def _write(
    cell: Any, text: str, size: float, bold: bool, colour: MSO_THEME_COLOR, numeric: bool, anchor: MSO_ANCHOR
) -> None:
    cell.margin_left = cell.margin_right = Inches(_SIDE)
    cell.margin_top = cell.margin_bottom = Inches(_TOP)
    cell.vertical_anchor = anchor
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if numeric else PP_ALIGN.LEFT
    run = paragraph.add_run()
    write(run, para(text, bold=bold, colour=colour).runs[0], size)
    paragraph.space_after = Pt(0)


@lru_cache(maxsize=32)
def _setting(table: Table, box: Box, rows: tuple[int, ...]) -> tuple[Plan, tuple[tuple[int, ...], ...]]:
    """The fewest slides on which type stays legible, up to twice as many as rows ask for; else the smallest type.

    The type is the largest that fits, if it may stay at 12 points with no text wrapped.
    """
    found, least = [_plan(table, box, size) for size in TABLE_SIZES], math.ceil(len(rows) / MOST_ROWS)
    for smallest in (_LEGIBLE, TABLE_SIZES[-1]):
        for slides in range(least, 2 * least + 1):
            parts = _evenly(rows, slides)
            fitting = [p for p in found if p.size >= smallest and _hold(p, parts, box)]
            unwrapped = [p for p in fitting if p.unwrapped and p.size >= _FAIR_SIZE]
            if fitting:
                return (unwrapped or fitting)[0], parts
    return found[-1], _one_by_one(found[-1], box, rows)


def _hold(chosen: Plan, parts: Sequence[Sequence[int]], box: Box) -> bool:
    return all(chosen.height(part) <= box.height for part in parts)


def _evenly(rows: Sequence[int], slides: int) -> tuple[tuple[int, ...], ...]:
    """Rows on so many slides at most, the same number on each, fewer on the last one."""
    each = math.ceil(len(rows) / slides)
    return tuple(tuple(rows[first : first + each]) for first in range(0, len(rows), each))


def _one_by_one(chosen: Plan, box: Box, rows: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """As many rows on each slide as their heights allow."""
    filled: list[tuple[int, ...]] = [()]
    for row in rows:
        if filled[-1] and (len(filled[-1]) == MOST_ROWS or chosen.height((*filled[-1], row)) > box.height):
            filled.append(())
        filled[-1] += (row,)
    return tuple(filled)


@lru_cache(maxsize=32)
def _plan(table: Table, box: Box, size: float) -> Plan:
    """The table at one type size; a head takes at most a third of the box, a row what the head leaves."""
    wanted, widths = _wanted(table, size), _widths(table, box.width, size)
    head = min(_height(table.columns, widths, size, True), box.height / 3)
    rows = (_height(row, widths, size, i == table.emphasised) for i, row in enumerate(table.rows))
    heights = tuple(min(row, box.height - head) for row in rows)
    return Plan(size, widths, head, heights, sum(wanted) <= box.width)


def _height(texts: Sequence[str], widths: Sequence[float], size: float, bold: bool) -> float:
    """Height of a row whose texts wrap in their columns."""
    rooms = [(width - 2 * _SIDE) * _POINTS for width in widths]
    tallest = max(measure.height(one_line(t), size, room, bold) for t, room in zip(texts, rooms, strict=True))
    return tallest / _POINTS + 2 * _TOP


def _wanted(table: Table, size: float) -> list[float]:
    """Width of each column with no text wrapped."""
    return [
        max(_wide(text, size) for text in column) for column in zip(table.columns, *table.rows, strict=True)
    ]


def _widths(table: Table, total: float, size: float) -> tuple[float, ...]:
    """Each column its longest text where all fit; else short columns theirs, and long texts wrap in what is left."""
    wanted = _wanted(table, size)
    if sum(wanted) <= total:
        texts = [i for i in range(len(wanted)) if i not in table.numeric] or list(range(len(wanted)))
        spare = (total - sum(wanted)) / len(texts)
        return tuple(width + (spare if i in texts else 0.0) for i, width in enumerate(wanted))
    columns = zip(table.columns, *table.rows, strict=True)
    least = [max(_longest_word(text, size) for text in column) for column in columns]
    if sum(least) >= total:
        return tuple(width * total / sum(least) for width in least)
    given, left = list(least), total - sum(least)
    waiting = sorted(range(len(wanted)), key=lambda i: wanted[i] - least[i])
    for number, i in enumerate(waiting):
        more = min(wanted[i] - least[i], left / (len(waiting) - number))
        given[i] += more
        left -= more
    return tuple(given)


def _wide(text: str, size: float) -> float:
    return measure.width(one_line(text), size, True) / _POINTS + 2 * _SIDE + 0.02


def _longest_word(text: str, size: float) -> float:
    return measure.widest_word(one_line(text), size, True) / _POINTS + 2 * _SIDE + 0.02
