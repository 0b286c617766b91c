"""The native chart of ranges: horizontal bars that meet at one value, largest on top where the record has them so."""

# mypy: allow-untyped-calls

from pptx.chart.chart import Chart as NativeChart
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import PP_ALIGN
from pptx.util import Pt

from casebuilder.deck import measure, xml
from casebuilder.deck.canvas import Canvas
from casebuilder.deck.marks import POINTS, insert, label, light_axis, paint, quiet_categories, scale_of, tint
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
    series = (*chart.series, *_cover(found))
    native = insert(canvas, chart, XL_CHART_TYPE.BAR_CLUSTERED, series, found.area, part, found.names)
    _axes(native, chart, found)
    _paint(native, chart)
    _label(native, chart, found)
    _line_above(canvas, chart, found, box.cut_top(LINE)[0], part)


def _cover(found: Arrangement) -> tuple[Series, ...]:
    """Bars in the colour of the paper up to where a range begins; none where all of them begin at the centre.

    A range that begins at the centre gets a sliver to the left, so that the words of its left end stand there.
    """
    sliver = found.centre - _SLIVER * (found.high - found.low)
    hidden = (sliver if bar.hidden == bar.centre and bar.near == 0 else bar.hidden for bar in found.bars)
    cover = Series(HIDDEN, tuple(hidden), "muted")
    return (cover,) if any(value is not None for value in cover.values) else ()


def _axes(native: NativeChart, chart: Chart, found: Arrangement) -> None:
    """A line where the bars meet, from which they start, and names at the left; no numbers below."""
    quiet_categories(native)
    names, values = native.category_axis, native.value_axis
    names.reverse_order = True
    names.tick_labels.font.size = Pt(found.names.size)
    names.format.line.color.theme_color = INK
    names.format.line.width = Pt(1)
    values.minimum_scale, values.maximum_scale = found.low, found.high
    light_axis(native, chart, shown=False)
    values.crosses_at = found.centre
    plot, area = found.plot, found.area
    xml.plot_area(native, (plot.left - area.left) / area.width, 0.0, plot.width / area.width, 1.0)


def _paint(native: NativeChart, chart: Chart) -> None:
    """Low ends pale and high ends full, so that grey print tells them apart too."""
    native.plots[0].gap_width, native.plots[0].overlap = _GAP, 100
    low, high, *cover = native.plots[0].series
    paint(low, chart.series[0].role)
    tint(low, chart.series[0].role)
    paint(high, chart.series[1].role)
    for row in cover:
        row.format.fill.solid()
        row.format.fill.fore_color.theme_color = PAPER
        row.invert_if_negative = False


def _label(native: NativeChart, chart: Chart, found: Arrangement) -> None:
    """Words at the outer side of each end; those of a nearer end stand on the part that is hidden."""
    rows = native.plots[0].series
    for end, series in enumerate(chart.series):
        for index, (bar, text) in enumerate(zip(found.bars, found.words[end], strict=True)):
            if not text:
                continue
            near = bar.near == end
            point = rows[2 if near else end].points[index]
            inside = near and bar.hidden != bar.centre
            side = XL_LABEL_POSITION.INSIDE_END if inside else XL_LABEL_POSITION.OUTSIDE_END
            label(point, [Run(text, True, INKS[series.role])], found.word_size, side)
            if near:
                xml.on_paper(point.data_label)  # they may reach over the line of the centre


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
