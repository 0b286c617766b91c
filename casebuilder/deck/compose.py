"""How the parts of an exhibit share a slide, and further slides for what has no room: nothing is left out."""

# mypy: allow-untyped-calls

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pptx.presentation import Presentation

from casebuilder.deck import charts, measure, tables
from casebuilder.deck.canvas import TAKEAWAYS, Canvas
from casebuilder.deck.design import Design
from casebuilder.deck.text import Para, height, one_line, para
from casebuilder.deck.theme import BIG_SIZES, INKS, MUTED, TAKEAWAY_SIZES, Box, Grid
from casebuilder.pitch.records import Exhibit, Figure, Pitch

#: Numbers beside an exhibit and in a row; more go on to a further slide.
SIDE_FIGURES, ROW_FIGURES = 3, 4

_GAP = 0.3
#: Letters of a sentence that a speaker can say where its slide has no room for it.
_SAID = 300
#: The size of a number that another one is measured by, beside the size of that one.
_QUIET = 0.6
_BETWEEN = 9.0
_BELOW_SIZES = (36, 32, 28, 24, 20, 16, 12)


@dataclass(frozen=True)
class Rest:
    """What an exhibit still has to show: words, numbers, rows of its table, and its chart where that is not drawn."""

    words: tuple[Para, ...] = ()
    figures: tuple[Figure, ...] = ()
    rows: tuple[int, ...] = ()
    chart: bool = False

    def __bool__(self) -> bool:
        return bool(self.words or self.figures or self.rows or self.chart)


@dataclass(frozen=True)
class Deck:
    """The presentation being written, in which design, and what it is about."""

    design: Design
    pitch: Pitch

    @property
    def file(self) -> Presentation:
        """The presentation that slides are added to."""
        return self.design.file

    @property
    def grid(self) -> Grid:
        """Where things stand in its design."""
        return self.design.grid

    def canvas(self, layout: str, exhibit: Exhibit, part: str = "") -> Canvas:
        """A new slide for an exhibit; `part` numbers the slides of one exhibit, the first of which has its notes."""
        canvas = Canvas(self.design, layout, exhibit.id, part)
        canvas.title(exhibit.title + (f" ({part})" if part else ""))
        if part in ("", "1") or part.startswith("1/"):
            canvas.note(exhibit.notes)
        return canvas


# Compositions


def beside(deck: Deck, exhibit: Exhibit, draw: Callable[[Canvas, Box], tuple[int, ...]]) -> None:
    """The exhibit on eight columns, its numbers and takeaways on the four beside it; `draw` returns undrawn rows."""
    canvas = deck.canvas("Exhibit", exhibit)
    rows = draw(canvas, deck.grid.exhibit)
    room = _stack_of_figures(canvas, exhibit.figures[:SIDE_FIGURES], deck.grid.side)
    words = canvas.body(TAKEAWAYS, "takeaways", takeaways(exhibit), room, TAKEAWAY_SIZES)
    words = not_alone(canvas, exhibit, words)
    canvas.close(exhibit, deck.pitch.stamp)
    further(deck, exhibit, Rest(words, exhibit.figures[SIDE_FIGURES:], rows))


def above(deck: Deck, exhibit: Exhibit) -> None:
    """The chart over the full width, its first number and the takeaways below it."""
    canvas = deck.canvas("Wide exhibit", exhibit)
    chart(canvas, exhibit, deck.grid.wide)
    words = conclude(canvas, exhibit.figures[:1], takeaways(exhibit, after=4), deck.grid.below)
    words = not_alone(canvas, exhibit, words)
    canvas.close(exhibit, deck.pitch.stamp)
    further(deck, exhibit, Rest(words, exhibit.figures[1:], undrawn(exhibit)))


def further(deck: Deck, exhibit: Exhibit, rest: Rest, number: int = 2) -> None:
    """Slides for numbers and words, then for a chart, then for rows of the table, while anything is left."""
    while rest.words or rest.figures or number == 1:
        canvas = deck.canvas("Text", exhibit, str(number) if number > 1 else "")
        below = row_of_figures(canvas, rest.figures[:ROW_FIGURES], deck.grid.body)
        words = canvas.body(TAKEAWAYS, "takeaways", rest.words, below, TAKEAWAY_SIZES)
        canvas.close(exhibit, deck.pitch.stamp)
        rest, number = replace(rest, words=words, figures=rest.figures[ROW_FIGURES:]), number + 1
    if rest.chart:
        canvas = deck.canvas("Exhibit", exhibit, str(number))
        chart(canvas, exhibit, deck.grid.body)
        canvas.close(exhibit, deck.pitch.stamp)
        number += 1
    while rest.rows:
        canvas = deck.canvas("Table", exhibit, str(number))
        rest = replace(rest, rows=table(canvas, exhibit, deck.grid.body, rest.rows))
        canvas.close(exhibit, deck.pitch.stamp)
        number += 1


# Parts


def takeaways(exhibit: Exhibit, after: float = _BETWEEN) -> tuple[Para, ...]:
    """The first one strong: it says what follows for this reader."""
    said = [text for text in exhibit.takeaways if one_line(text).strip()]
    return tuple(para(text, bold=i == 0, after=after) for i, text in enumerate(said))


def not_alone(canvas: Canvas, exhibit: Exhibit, rest: Sequence[Para]) -> tuple[Para, ...]:
    """The words that still need a slide; one whole sentence is said by the speaker and not left alone on a slide."""
    if len(rest) == 1 and rest[0].text in exhibit.takeaways and len(rest[0].text) <= _SAID:
        canvas.note(rest[0].text)
        return ()
    return tuple(rest)


def chart(canvas: Canvas, exhibit: Exhibit, box: Box, kind: str | None = None) -> None:
    """The exhibit's chart where it has one."""
    if has_chart(exhibit) and exhibit.chart:
        charts.draw(canvas, exhibit.chart, box, kind)


def has_chart(exhibit: Exhibit) -> bool:
    """Whether there is anything to draw."""
    return bool(exhibit.chart and exhibit.chart.categories and exhibit.chart.series)


def undrawn(exhibit: Exhibit) -> tuple[int, ...]:
    """All rows of the exhibit's table; none where it has no table."""
    return tuple(range(len(exhibit.table.rows))) if exhibit.table and exhibit.table.columns else ()


def table(canvas: Canvas, exhibit: Exhibit, box: Box, rows: Sequence[int]) -> tuple[int, ...]:
    """As many of these rows of the exhibit's table as fit into the box; returns the others."""
    if not exhibit.table or not rows:
        return ()
    shown = tables.pages(exhibit.table, box, rows)[0]
    setting = tables.plan(exhibit.table, box, rows).airy(shown, box.height)
    tables.draw(canvas, exhibit.table, shown, box, setting, exhibit.title)
    return tuple(rows[len(shown) :])


def row_of_figures(canvas: Canvas, figures: Sequence[Figure], box: Box) -> Box:
    """Big numbers side by side on three or four equal columns; returns the room below them."""
    if not figures:
        return box
    places = box.columns(max(3, len(figures)))
    size = _size(figures, places[0].width, BIG_SIZES)
    tall = max(height(_paras(figure, size), size, places[0].width) for figure in figures)
    row, below = box.cut_top(min(tall, 0.6 * box.height), 1.5 * _GAP)
    for figure, place in zip(figures, places, strict=False):
        _figure(canvas, figure, Box(place.left, row.top, place.width, row.height), size)
    return below


def conclude(canvas: Canvas, figures: Sequence[Figure], words: Sequence[Para], box: Box) -> tuple[Para, ...]:
    """Numbers from the left of the box on and takeaways beside them; returns the words that did not fit."""
    for figure in figures:
        place, box = box.cut_left(canvas.grid.side.width, _GAP)
        fitting = (s for s in _BELOW_SIZES if height(_paras(figure, s), s, place.width) <= box.height)
        size = _size((figure,), place.width, _BELOW_SIZES)
        _figure(canvas, figure, place, min(size, next(fitting, size)))
    return canvas.body(TAKEAWAYS, "takeaways", words, box, TAKEAWAY_SIZES)


def _stack_of_figures(canvas: Canvas, figures: Sequence[Figure], box: Box) -> Box:
    """Big numbers one below the other; returns the room below them."""
    if not figures:
        return box
    size = _size(figures, box.width, BIG_SIZES[len(figures) - 1 :])
    most = 0.8 * box.height / len(figures) - _GAP
    for figure in figures:
        own = _QUIET * size if figure.role == "muted" else size
        tall = height(_paras(figure, own), own, box.width)
        place, box = box.cut_top(min(tall, most), _GAP)
        _figure(canvas, figure, place, own)
    return box


def _figure(canvas: Canvas, figure: Figure, box: Box, size: float) -> None:
    canvas.text(f"figure {figure.key}", _paras(figure, size), box, (size,))


def _paras(figure: Figure, size: float) -> tuple[Para, ...]:
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
