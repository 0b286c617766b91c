"""The native chart of ranges: horizontal bars that meet at one value, largest on top where the record has them so."""

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import PP_ALIGN

from casebuilder.deck import measure
from casebuilder.deck.canvas import Canvas
from casebuilder.deck.marks import POINTS, begin, fill, insert, scale_of
from casebuilder.deck.native import Native, Side, solid, stroke, words
from casebuilder.deck.ranges import AIR, LINE, Arrangement, arrange
from casebuilder.deck.text import Run, para
from casebuilder.deck.theme import INK, INKS, LABEL_SIZES, PAPER, Box
from casebuilder.pitch.records import Chart, Series

#: Column of the chart's worksheet that hides what lies between the centre and a bar that does not reach it.
HIDDEN = "Hidden up to the bar"

_GAP = 45
_SLIVER = 1e-3


def tornado(canvas: Canvas, chart: Chart, box: Box, part: str) -> None:
    """Ranges from top to bottom in the order given, words at both ends, and above them the value where they meet."""
    found = arrange(chart, box)
    for text in found.dropped:
        canvas.note(text)
    drawn = begin(chart, "bar", (*chart.series, *_cover(found)), found.names)
    _axes(drawn, found)
    _paint(drawn)
    _label(drawn, found)
    insert(canvas, drawn, chart, found.area, part)
    _line_above(canvas, chart, found, box.cut_top(LINE)[0], part)


def _cover(found: Arrangement) -> tuple[Series, ...]:
    """Bars in the colour of the paper up to where a range begins; none where all of them begin at the centre.

    A range that begins at the centre gets a sliver to the left, so that the words of its left end stand there.
    """
    sliver = found.centre - _SLIVER * (found.high - found.low)
    hidden = (sliver if bar.hidden == bar.centre and bar.near == 0 else bar.hidden for bar in found.bars)
    cover = Series(HIDDEN, tuple(hidden), "muted")
    return (cover,) if any(value is not None for value in cover.values) else ()


def _axes(drawn: Native, found: Arrangement) -> None:
    """A line where the bars meet, from which they start, and names at the left; no numbers below."""
    drawn.gap, drawn.overlap, drawn.backwards = _GAP, 100, True
    drawn.low, drawn.high, drawn.crossing, drawn.base = found.low, found.high, found.centre, stroke(INK, 1)
    plot, area = found.plot, found.area
    drawn.plot = ((plot.left - area.left) / area.width, 0.0, plot.width / area.width, 1.0)


def _paint(drawn: Native) -> None:
    """Low ends pale and high ends full, so that grey print tells them apart too."""
    low, high, *cover = drawn.bars
    low.look, high.look = fill(low.data.role, pale=True), fill(high.data.role)
    for row in cover:
        row.look = solid(PAPER)


def _label(drawn: Native, found: Arrangement) -> None:
    """Words at the outer side of each end; those of a nearer end stand on the part that is hidden."""
    for end, row in enumerate(drawn.bars[:2]):
        for index, (bar, text) in enumerate(zip(found.bars, found.words[end], strict=True)):
            near = bar.near == end
            side: Side = "inEnd" if near and bar.hidden != bar.centre else "outEnd"
            run = Run(text, True, INKS[row.data.role])
            if text:  # that of a nearer end may reach over the line of the centre
                said = words([run], found.word_size, side, paper=near)
                drawn.bars[2 if near else end].labels[index] = said


def _line_above(canvas: Canvas, chart: Chart, found: Arrangement, line: Box, part: str) -> None:
    """The value of the centre above its line, and beside it the names of the ends."""
    text = scale_of(chart).text(found.centre)
    half = measure.width(text, LABEL_SIZES[0], True) / POINTS / 2 + 0.05
    left = min(max(line.left, found.at - half), line.right - 2 * half)
    middle = Box(left, line.top, 2 * half, line.height)
    _say(canvas, f"{part} centre", text, INK, middle, PP_ALIGN.CENTER)
    if found.named:
        before = line.cut_left(middle.left - AIR - line.left)[0]
        after = line.cut_left(middle.right + AIR - line.left)[1]
        (low, high), (first, second) = chart.series, found.sides
        _say(canvas, f"{part} low end", first, INKS[low.role], before, PP_ALIGN.RIGHT)
        _say(canvas, f"{part} high end", second, INKS[high.role], after, PP_ALIGN.LEFT)


def _say(canvas: Canvas, part: str, text: str, colour: MSO_THEME_COLOR, box: Box, align: PP_ALIGN) -> None:
    canvas.text(part, (para(text, bold=True, colour=colour),), box, LABEL_SIZES[:1], align=align)
