"""One function for each kind of exhibit: which layout, and where its figures, chart, table and takeaways stand."""

# mypy: allow-untyped-calls

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pptx.enum.text import MSO_ANCHOR
from pptx.presentation import Presentation

from casebuilder.deck import charts, measure, tables, theme
from casebuilder.deck.canvas import COMPANY, SOURCE, TAKEAWAYS, Canvas
from casebuilder.deck.text import Para, height, one_line, para
from casebuilder.deck.theme import BIG_SIZES, COVER_SIZES, INKS, MUTED, TAKEAWAY_SIZES, Box
from casebuilder.deck.waterfall import stands_upright
from casebuilder.pitch.records import Exhibit, ExhibitKind, Figure, Pitch

_GAP = 0.3
_BETWEEN = 9.0
_SIDE_FIGURES = 3
_ROW_FIGURES = 4

#: A table of scenarios and the bars beside it, and how high its rows are at most.
_ROWS, _BARS = theme.EXHIBIT.cut_left(0.6 * theme.EXHIBIT.width, 0.15)
_ROW = 0.75


@dataclass(frozen=True)
class Deck:
    """The presentation being written and what it is about."""

    file: Presentation
    pitch: Pitch

    def canvas(self, layout: str, exhibit: Exhibit, part: str = "") -> Canvas:
        """A new slide for an exhibit; the first one carries its notes."""
        canvas = Canvas(self.file, layout, exhibit.id, part)
        canvas.title(exhibit.title + (f" ({part})" if part else ""))
        if part in ("", "1") or part.startswith("1/"):
            canvas.note(exhibit.notes)
        return canvas


def cover(deck: Deck, exhibit: Exhibit) -> None:
    """Company, case, for whom, and the stamp that ties the deck to its case."""
    pitch, canvas = deck.pitch, Canvas(deck.file, "Cover", exhibit.id)
    canvas.title(exhibit.title or pitch.case_title, sizes=COVER_SIZES, box=theme.COVER_TITLE)
    words = exhibit.takeaways or (f"For the {pitch.role}",)
    lines = tuple(para(text, colour=MUTED, after=4) for text in words)
    rest = canvas.body(1, "subtitle", lines, theme.COVER_SUBTITLE, (20, 18, 16, 14, 12))
    canvas.body(COMPANY, "company", (para(pitch.company, colour=MUTED),), theme.COVER_COMPANY, (16, 14, 12))
    canvas.body(SOURCE, "stamp", (para(pitch.stamp.line, colour=MUTED),), theme.COVER_STAMP, (12, 11, 10))
    canvas.note(exhibit.notes)
    canvas.note(" ".join(paragraph.text for paragraph in rest))
    canvas.finish()


def decision(deck: Deck, exhibit: Exhibit) -> None:
    """What is asked: the numbers that matter, big, then the ask in words; a table of the choice where there is one."""
    canvas = deck.canvas("Text", exhibit)
    shown, later = exhibit.figures[:_ROW_FIGURES], exhibit.figures[_ROW_FIGURES:]
    below = _row_of_figures(canvas, shown, theme.BODY)
    words = Box(below.left, below.top, theme.EXHIBIT.width + theme.GUTTER, below.height)
    if exhibit.table:
        room = Box(below.left, below.top, theme.EXHIBIT.width, below.height)
        words = Box(theme.SIDE.left, below.top, theme.SIDE.width, below.height)
        _table(canvas, exhibit, room)
    rest = canvas.body(TAKEAWAYS, "takeaways", _takeaways(exhibit), words, (18, *TAKEAWAY_SIZES))
    canvas.close(exhibit, deck.pitch.stamp)
    _continue(deck, exhibit, rest, later)


def kpi(deck: Deck, exhibit: Exhibit) -> None:
    """Their number with and without the programme, and how far it moves."""
    _beside(deck, exhibit, lambda canvas, box: _chart(canvas, exhibit, box))


def benefits(deck: Deck, exhibit: Exhibit) -> None:
    """Value by line as a waterfall; over the full width where the names of many steps need it."""
    chart = exhibit.chart
    narrow = theme.EXHIBIT.cut_top(charts.HEADING)[1]
    if chart and not stands_upright(chart, narrow) and stands_upright(chart, theme.WIDE):
        _above(deck, exhibit)
    else:
        _beside(deck, exhibit, lambda canvas, box: _chart(canvas, exhibit, box))


def cash_flow(deck: Deck, exhibit: Exhibit) -> None:
    """Money out and in by period, and the running total with the moment it is paid back."""
    _beside(deck, exhibit, lambda canvas, box: _chart(canvas, exhibit, box, "cash_flow"))


def scenarios(deck: Deck, exhibit: Exhibit) -> None:
    """One bar a scenario, each beside its row of a table, in the order given; stacked where they do not match."""
    draw = _chart_over_table if _row_height(exhibit) is None else _rows_with_bars
    _beside(deck, exhibit, lambda canvas, box: draw(canvas, exhibit, box))


def assumptions(deck: Deck, exhibit: Exhibit) -> None:
    """What must be true: a table, on as many slides as it needs; starting values carry the amber mark."""
    table = exhibit.table
    if table is None:
        _continue(deck, exhibit, _takeaways(exhibit), exhibit.figures, first=True)
        return
    words = _takeaways(exhibit)
    room = theme.BODY.cut_top(theme.BELOW.top - theme.BODY.top - 0.15)[0] if words else theme.BODY
    split = tables.pages(table, room)
    setting = tables.plan(table, room).airy(split[0], room.height)
    rest: tuple[Para, ...] = ()
    for number, rows in enumerate(split, start=1):
        canvas = deck.canvas("Table", exhibit, f"{number}/{len(split)}" if len(split) > 1 else "")
        tall = tables.draw(canvas, table, rows, room, "table", setting)
        canvas.describe("table", exhibit.title)
        if number == 1 and words:
            top = room.top + tall + 0.25
            below = Box(room.left, top, room.width, theme.BODY.bottom - top)
            rest = canvas.body(TAKEAWAYS, "takeaways", words, below, TAKEAWAY_SIZES)
        canvas.close(exhibit, deck.pitch.stamp)
    _continue(deck, exhibit, rest, exhibit.figures)


DRAW: dict[ExhibitKind, Callable[[Deck, Exhibit], None]] = {
    "cover": cover,
    "decision": decision,
    "kpi": kpi,
    "benefits": benefits,
    "cash_flow": cash_flow,
    "scenarios": scenarios,
    "assumptions": assumptions,
}


# Compositions


def _beside(deck: Deck, exhibit: Exhibit, draw: Callable[[Canvas, Box], None]) -> None:
    """The exhibit on eight columns, its numbers and takeaways on the four beside it."""
    canvas = deck.canvas("Exhibit", exhibit)
    draw(canvas, theme.EXHIBIT)
    shown, later = exhibit.figures[:_SIDE_FIGURES], exhibit.figures[_SIDE_FIGURES:]
    room = _stack_of_figures(canvas, shown, theme.SIDE)
    rest = canvas.body(TAKEAWAYS, "takeaways", _takeaways(exhibit), room, TAKEAWAY_SIZES)
    canvas.close(exhibit, deck.pitch.stamp)
    _continue(deck, exhibit, rest, later)


def _above(deck: Deck, exhibit: Exhibit) -> None:
    """The exhibit over the full width, its number and takeaways below it."""
    canvas = deck.canvas("Wide exhibit", exhibit)
    _chart(canvas, exhibit, theme.WIDE)
    room = theme.BELOW
    if exhibit.figures:
        place, room = theme.BELOW.cut_left(theme.SIDE.width, _GAP)
        _figure(
            canvas, exhibit.figures[0], place, _size(exhibit.figures[:1], place.width, (36, 32, 28, 24, 20))
        )
    rest = canvas.body(TAKEAWAYS, "takeaways", _takeaways(exhibit, after=4), room, TAKEAWAY_SIZES)
    canvas.close(exhibit, deck.pitch.stamp)
    _continue(deck, exhibit, rest, exhibit.figures[1:])


def _continue(
    deck: Deck, exhibit: Exhibit, rest: tuple[Para, ...], figures: Sequence[Figure], first: bool = False
) -> None:
    """Further slides for numbers and takeaways that had no room: nothing is left out."""
    number = 1 if first else 2
    while rest or figures or number == 1:
        canvas = deck.canvas("Text", exhibit, str(number) if number > 1 else "")
        shown, figures = figures[:_ROW_FIGURES], figures[_ROW_FIGURES:]
        below = _row_of_figures(canvas, shown, theme.BODY)
        rest = canvas.body(TAKEAWAYS, "takeaways", rest, below, TAKEAWAY_SIZES)
        canvas.close(exhibit, deck.pitch.stamp)
        number += 1


# Parts


def _takeaways(exhibit: Exhibit, after: float = _BETWEEN) -> tuple[Para, ...]:
    """The first one strong: it says what follows for this reader."""
    return tuple(para(text, bold=i == 0, after=after) for i, text in enumerate(exhibit.takeaways) if text)


def _chart(canvas: Canvas, exhibit: Exhibit, box: Box, kind: str | None = None) -> None:
    if exhibit.chart:
        charts.draw(canvas, exhibit.chart, box, kind)


def _table(canvas: Canvas, exhibit: Exhibit, box: Box) -> None:
    table = exhibit.table
    if table:
        tables.draw(canvas, table, range(len(table.rows)), box, "table")
        canvas.describe("table", exhibit.title)


def _row_height(exhibit: Exhibit) -> float | None:
    """Height of the rows of a table that has one row for each bar, None where it has not or they do not fit."""
    table, chart = exhibit.table, exhibit.chart
    if not table or not chart or not 0 < len(table.rows) == len(chart.categories) <= tables.MOST_ROWS:
        return None
    setting = tables.plan(table, _ROWS)
    fair = (_ROWS.height - setting.head) / len(table.rows)
    tallest = max(setting.heights)
    return None if tallest > fair else max(tallest, min(_ROW, fair))


def _rows_with_bars(canvas: Canvas, exhibit: Exhibit, box: Box) -> None:
    """Each bar at the height of its row: the table names it and adds what the bar does not say."""
    table, chart, row = exhibit.table, exhibit.chart, _row_height(exhibit)
    assert table and chart and row
    setting = tables.plan(table, _ROWS)
    setting = setting.with_rows(max(setting.head, charts.HEADING), row)
    tables.draw(canvas, table, range(len(table.rows)), _ROWS, "table", setting)
    canvas.describe("table", exhibit.title)
    head, below = _BARS.cut_top(setting.head)
    charts.heading(canvas, chart, head, "chart heading", False, MSO_ANCHOR.BOTTOM)
    charts.beside(canvas, chart, below.cut_top(row * len(table.rows))[0], "chart")


def _chart_over_table(canvas: Canvas, exhibit: Exhibit, box: Box) -> None:
    if not exhibit.table:
        _chart(canvas, exhibit, box)
        return
    upper, lower = box.cut_top(box.height * 0.5, 0.2) if exhibit.chart else (box, box)
    _chart(canvas, exhibit, upper)
    _table(canvas, exhibit, lower)


def _row_of_figures(canvas: Canvas, figures: Sequence[Figure], box: Box) -> Box:
    """Big numbers side by side in a grid of four; returns the room below them."""
    if not figures:
        return box
    places = box.columns(max(3, len(figures)))
    size = _size(figures, places[0].width, BIG_SIZES)
    tall = max(height(_figure_paras(figure, size), size, places[0].width) for figure in figures)
    row, below = box.cut_top(min(tall, box.height * 0.6), 0.45)
    for figure, place in zip(figures, places, strict=False):
        _figure(canvas, figure, Box(place.left, row.top, place.width, row.height), size)
    return below


def _stack_of_figures(canvas: Canvas, figures: Sequence[Figure], box: Box) -> Box:
    """Big numbers one below the other; returns the room below them."""
    if not figures:
        return box
    size = _size(figures, box.width, BIG_SIZES[len(figures) - 1 :])
    for figure in figures:
        tall = height(_figure_paras(figure, size), size, box.width)
        place, box = box.cut_top(tall, _GAP)
        _figure(canvas, figure, place, size)
    return box


def _figure(canvas: Canvas, figure: Figure, box: Box, size: float) -> None:
    canvas.text(f"figure {figure.key}", _figure_paras(figure, size), box, (size,))


def _figure_paras(figure: Figure, size: float) -> tuple[Para, ...]:
    """The number, what it is, and how it changes."""
    number = para(figure.text, bold=True, colour=INKS[figure.role], size=size)
    words = para(figure.label, colour=MUTED, size=14)
    change = (para(figure.change, size=14),) if figure.change else ()
    return (number, words, *change)


def _size(figures: Sequence[Figure], width: float, sizes: Sequence[float]) -> float:
    """The largest size at which every number stands on one line."""
    fitting = (
        s for s in sizes if all(measure.width(one_line(f.text), s, True) <= width * 72 for f in figures)
    )
    return next(fitting, sizes[-1])
