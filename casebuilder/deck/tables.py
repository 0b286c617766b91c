"""Native tables: columns as wide as their text asks for, at most seven rows a slide, further rows on further slides."""

# mypy: allow-untyped-calls

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches

from casebuilder.deck import measure, theme
from casebuilder.deck.canvas import Canvas
from casebuilder.deck.text import Para, Run, one_line, paragraph_xml
from casebuilder.deck.theme import INK, MUTED, TABLE_SIZES, Box
from casebuilder.pitch.records import Table

MOST_ROWS = 7

#: PowerPoint's table style without banding and colours.
_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"

_SIDE = 0.12
_TOP = 0.055
_AIRY = 0.5

#: A type size nobody complains about, and the smallest that further slides are made for.
_FAIR_SIZE, _LEGIBLE = 12, 11
_POINTS = 72.0

#: A part of the lines of a table: one that saves less than the rest keeps its short columns as wide as they want to be.
_CLEARLY = 0.9


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


def filled(chosen: Plan, first: float, others: float, rows: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """These rows where later slides have more room than the first, evenly from there; heights in inches."""
    count, tall = 0, chosen.head
    while count < min(len(rows), MOST_ROWS) and tall + chosen.heights[rows[count]] <= first:
        tall, count = tall + chosen.heights[rows[count]], count + 1
    left = rows[count:]
    for slides in range(math.ceil(len(left) / MOST_ROWS), len(left) + 1):
        parts = _evenly(left, slides) if slides else ()
        if count and all(chosen.height(part) <= others for part in parts):
            return (tuple(rows[:count]), *parts)
    return (tuple(rows),)


def fits(table: Table, box: Box, rows: Sequence[int]) -> bool:
    """Whether these rows stand in the box on one slide, in type of a fair size."""
    chosen = plan(table, box, rows)
    legible = len(rows) <= MOST_ROWS and chosen.size >= _FAIR_SIZE
    return legible and 0 < chosen.height(rows) <= box.height


def draw(canvas: Canvas, table: Table, rows: Sequence[int], box: Box, chosen: Plan, alt: str) -> float:
    """A native table of these rows at the top of the box; returns its height in inches.

    A single cell too long for the box ends in an ellipsis and stands whole in the notes.
    """
    heights = (chosen.head, *(chosen.heights[row] for row in rows))
    taken = Box(box.left, box.top, sum(chosen.widths), sum(heights))
    lines = [_head(canvas, table, chosen), *(_row(canvas, table, row, chosen) for row in rows)]
    columns = "".join(f'<a:gridCol w="{Inches(width)}"/>' for width in chosen.widths)
    said = "".join(
        f'<a:tr h="{Inches(height)}">{line}</a:tr>' for line, height in zip(lines, heights, strict=True)
    )
    look = f'<a:tblPr firstRow="1"><a:tableStyleId>{_PLAIN}</a:tableStyleId></a:tblPr>'
    canvas.table(alt, taken, f"<a:tbl>{look}<a:tblGrid>{columns}</a:tblGrid>{said}</a:tbl>")
    return taken.height


def _head(canvas: Canvas, table: Table, chosen: Plan) -> str:
    """The cells of the head as the file holds them."""
    rule = _rule("tx1", 1)
    return "".join(
        _cell(
            Run(_cut(canvas, text, chosen, index, chosen.head, True), True, MUTED),
            chosen.size,
            index in table.numeric,
            MSO_ANCHOR.BOTTOM,
            rule,
        )
        for index, text in enumerate(table.columns)
    )


def _row(canvas: Canvas, table: Table, row: int, chosen: Plan) -> str:
    """The cells of a row; an emphasised one stands on a panel, a starting value on the amber that marks it."""
    strong, rule, cells = row == table.emphasised, _rule("bg2", 0.75), []
    for index, text in enumerate(table.rows[row]):
        chip = row in table.defaults and index == table.chip
        shown = _cut(canvas, text, chosen, index, chosen.heights[row], strong)
        run = Run(shown, strong, INK, "default_text" if chip else "")
        ground = "default_fill" if chip else "panel" if strong else ""
        cells.append(_cell(run, chosen.size, index in table.numeric, MSO_ANCHOR.MIDDLE, rule, ground))
    return "".join(cells)


def _cell(run: Run, size: float, numeric: bool, anchor: MSO_ANCHOR, rule: str, ground: str = "") -> str:
    """One cell; `ground` is a token of the common look, none where the slide shows through."""
    align = PP_ALIGN.RIGHT if numeric else PP_ALIGN.LEFT
    said = paragraph_xml(Para((run,)), size, align)
    side, top = Inches(_SIDE), Inches(_TOP)
    fill = f'<a:solidFill><a:srgbClr val="{theme.rgb(ground)}"/></a:solidFill>' if ground else "<a:noFill/>"
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{said}</a:txBody>"
        f'<a:tcPr marL="{side}" marR="{side}" marT="{top}" marB="{top}" anchor="{anchor.xml_value}">'
        f"{rule}{fill}</a:tcPr></a:tc>"
    )


def _rule(slot: str, points: float) -> str:
    """One line under a cell in a colour of the theme, and none at its other sides."""
    none = "".join(f'<a:{side} w="0"><a:noFill/></a:{side}>' for side in ("lnL", "lnR", "lnT"))
    colour = f'<a:solidFill><a:schemeClr val="{slot}"/></a:solidFill>'
    return f'{none}<a:lnB w="{round(points * 12700)}">{colour}</a:lnB>'


def _cut(canvas: Canvas, text: str, chosen: Plan, column: int, height: float, bold: bool) -> str:
    """The text as far as its cell has room; the whole of it stands in the notes where it has not."""
    line = one_line(text)
    room = (chosen.widths[column] - 2 * _SIDE) * _POINTS
    lines = int((height - 2 * _TOP) * _POINTS / measure.line_height(line, chosen.size) + 0.01)
    shown = measure.shortened(line, chosen.size, room, max(1, lines), bold)
    if shown != line:
        canvas.note(line)
    return shown


@lru_cache(maxsize=32)
def _setting(table: Table, box: Box, rows: tuple[int, ...]) -> tuple[Plan, tuple[tuple[int, ...], ...]]:
    """The fewest slides on which type stays legible, up to twice as many as rows ask for; else the smallest type."""
    least = math.ceil(len(rows) / MOST_ROWS)
    for smallest in (_LEGIBLE, TABLE_SIZES[-1]):
        for slides in range(least, 2 * least + 1):
            parts = _evenly(rows, slides)
            chosen = _largest(table, box, parts, smallest)
            if chosen:
                return chosen, parts
    chosen = _plan(table, box, TABLE_SIZES[-1])
    return chosen, _one_by_one(chosen, box, rows)


def _largest(table: Table, box: Box, parts: Sequence[Sequence[int]], smallest: float) -> Plan | None:
    """The largest type in which these slides hold their rows, if it may stay at 12 points with no text wrapped."""
    first = None
    for size in TABLE_SIZES:
        if size < (_FAIR_SIZE if first else smallest):
            break
        if first and sum(_wanted(table, size)) > box.width:
            continue
        found = _plan(table, box, size)
        if all(found.height(part) <= box.height for part in parts):
            if found.unwrapped and size >= _FAIR_SIZE:
                return found
            first = first or found
    return first


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
    wanted = _wanted(table, size)
    widths = _widths(table, box.width, size, wanted)
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
    return [_wide(text, size) for text in _longest(table)]


@lru_cache(maxsize=32)
def _longest(table: Table) -> tuple[str, ...]:
    """The longest text of each column, at every size."""
    return tuple(max(column, key=lambda text: _wide(text, 1)) for column in _columns(table))


@lru_cache(maxsize=32)
def _with_longest_word(table: Table) -> tuple[str, ...]:
    """The text with the longest word of each column, at every size."""
    return tuple(max(column, key=lambda text: _longest_word(text, 1)) for column in _columns(table))


def _columns(table: Table) -> Iterable[tuple[str, ...]]:
    """Each column from its head on."""
    return zip(table.columns, *table.rows, strict=True)


def _widths(table: Table, total: float, size: float, wanted: Sequence[float]) -> tuple[float, ...]:
    """Each column its longest text where all fit; else short columns theirs, and long texts wrap in what is left."""
    if sum(wanted) <= total:
        texts = [i for i in range(len(wanted)) if i not in table.numeric] or list(range(len(wanted)))
        spare = (total - sum(wanted)) / len(texts)
        return tuple(width + (spare if i in texts else 0.0) for i, width in enumerate(wanted))
    least = [_longest_word(text, size) for text in _with_longest_word(table)]
    if sum(least) >= total:
        return tuple(width * total / sum(least) for width in least)
    if _long_ones_first(table, total):
        return _in_proportion(least, wanted, total, table.numeric)
    return _short_ones_first(least, wanted, total)


def _short_ones_first(least: Sequence[float], wanted: Sequence[float], total: float) -> tuple[float, ...]:
    """Short columns get what they want, the others the same part of what is left."""
    given, left = list(least), total - sum(least)
    waiting = sorted(range(len(wanted)), key=lambda i: wanted[i] - least[i])
    for number, i in enumerate(waiting):
        more = min(wanted[i] - least[i], left / (len(waiting) - number))
        given[i] += more
        left -= more
    return tuple(given)


def _in_proportion(
    least: Sequence[float], wanted: Sequence[float], total: float, numeric: frozenset[int]
) -> tuple[float, ...]:
    """Numbers stay on one line, the others get room by the length of their texts, so that these take as many lines."""
    given = [most if i in numeric else few for i, (few, most) in enumerate(zip(least, wanted, strict=True))]
    left = total - sum(given)
    if left <= 0:
        return _short_ones_first(least, wanted, total)
    more = [most - now for most, now in zip(wanted, given, strict=True)]
    return tuple(now + left * part / sum(more) for now, part in zip(given, more, strict=True))


@lru_cache(maxsize=32)
def _long_ones_first(table: Table, total: float) -> bool:
    """Whether rows take clearly fewer lines where the columns of long texts are not cut down to those of short ones."""
    least, wanted = (
        [_longest_word(text, _FAIR_SIZE) for text in _with_longest_word(table)],
        _wanted(table, _FAIR_SIZE),
    )
    if sum(least) >= total or sum(wanted) <= total:
        return False
    apart = (_short_ones_first(least, wanted, total), _in_proportion(least, wanted, total, table.numeric))
    first, second = (sum(_about(row, widths) for row in table.rows) for widths in apart)
    return second < _CLEARLY * first


def _about(row: Sequence[str], widths: Sequence[float]) -> int:
    """About how many lines the longest text of a row takes."""
    return max(math.ceil(_wide(text, _FAIR_SIZE) / width) for text, width in zip(row, widths, strict=True))


def _wide(text: str, size: float) -> float:
    return measure.width(one_line(text), size, True) / _POINTS + 2 * _SIDE + 0.02


def _longest_word(text: str, size: float) -> float:
    return measure.widest_word(one_line(text), size, True) / _POINTS + 2 * _SIDE + 0.02
