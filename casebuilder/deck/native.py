"""A native chart as the file holds it, written in one piece: its series with their marks and labels, and both axes.

A look is text of the file format: what stands inside the element that says how something is drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from xml.sax.saxutils import escape, quoteattr

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml.ns import nsdecls

from casebuilder.deck import sheet
from casebuilder.deck.text import Run, run_xml
from casebuilder.deck.theme import INK, LABEL_SIZES, LINE, MUTED, PAPER
from casebuilder.pitch.records import Series

#: Where a label stands, in the words of the file format: outside a bar, at its end or foot inside, around a point.
Side = Literal["outEnd", "inEnd", "inBase", "t", "b", "l", "r"]

_NAMES, _VALUES = 2068027336, 2113994440
_AXES = f'<c:axId val="{_NAMES}"/><c:axId val="{_VALUES}"/>'
_ZERO = '<c:crosses val="autoZero"/>'
_TICKS = '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'


def solid(colour: MSO_THEME_COLOR, change: str = "") -> str:
    """The look of a ground in a colour of the theme."""
    return f'<a:solidFill><a:schemeClr val="{colour.xml_value}">{change}</a:schemeClr></a:solidFill>'


def stroke(colour: MSO_THEME_COLOR, points: float, dash: str = "") -> str:
    """The look of a line of a width in points."""
    return f'<a:ln w="{round(12700 * points)}">{solid(colour)}{dash}</a:ln>'


NOTHING = "<a:noFill/>"
NO_LINE = f"<a:ln>{NOTHING}</a:ln>"


def words(
    runs: Sequence[Run],
    size: float,
    side: Side,
    paper: bool = False,
    aside: tuple[float, float] | None = None,
) -> str:
    """The look of a label of our own words; `paper` lays it on the colour of the paper, so that no line crosses it.

    `aside` moves it from its side of the mark to the right and down, by parts of the chart's width and height.
    """
    said = "".join(run_xml(run, size) for run in runs)
    rich = f'<c:rich><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:pPr><a:defRPr/></a:pPr>{said}</a:p></c:rich>'
    moved = _layout(zip("xy", aside, strict=True)) if aside else ""
    ground = f"<c:spPr>{solid(PAPER)}{NO_LINE}</c:spPr>" if paper else ""
    return f"{moved}<c:tx>{rich}</c:tx>{ground}{_shown(side)}"


def value(size: float, colour: MSO_THEME_COLOR, side: Side) -> str:
    """The look of a label that shows the value of its mark and follows it."""
    return _type(size, colour, bold=True) + _shown(side)


def marker(colour: MSO_THEME_COLOR, size: int) -> str:
    """The look of a point of a line."""
    look = f"<c:spPr>{solid(colour)}{NO_LINE}</c:spPr>"
    return f'<c:marker><c:symbol val="circle"/><c:size val="{size}"/>{look}</c:marker>'


NO_MARKER = '<c:marker><c:symbol val="none"/></c:marker>'


@dataclass
class Row:
    """A series: the look of its marks, of the points of a line, of single marks and of their labels by number.

    `values` is the look of all values where they stand at the marks, `code` their number format.
    """

    number: int
    data: Series
    look: str = ""
    marker: str = ""
    single: dict[int, str] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    values: str = ""


@dataclass
class Native:
    """A chart while it is drawn: bars that stand ("col") or lie ("bar"), and lines; lengths are parts of its size."""

    across: Literal["col", "bar"]
    categories: tuple[str, ...]
    data: tuple[Series, ...]
    code: str
    stacked: bool = False
    bars: list[Row] = field(default_factory=list)
    lines: list[Row] = field(default_factory=list)
    gap: int = 100
    overlap: int | None = None
    #: Left edge, upper edge, width and height of the place where the marks stand, labels of the axes outside.
    plot: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    #: Type size of the names; whether they wrap and never turn, stand at all, run backwards; every which one is shown.
    name_size: float = LABEL_SIZES[0]
    upright: bool = False
    named: bool = True
    backwards: bool = False
    every: int | None = None
    base: str = stroke(MUTED, 0.75)
    #: Ends of the value axis, its step, the format of its numbers, their side, and the value where the names cross it.
    low: float = 0.0
    high: float = 1.0
    step: float | None = None
    axis_code: str = ""
    grid: bool = False
    numbers: Literal["none", "low", "high"] = "none"
    crossing: float | None = None
    cut: tuple[str, ...] = ()

    def xml_bytes(self, kind: Any) -> bytes:
        """The part of the package that holds the chart, whatever kind the library asks for."""
        plots = self._bars() + self._lines()
        layout = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        place = _layout(zip("xywh", self.plot, strict=True), layout)
        over = '<c:showDLblsOverMax val="0"/>' if self.lines and not self.bars else ""
        return (
            f'<c:chartSpace {nsdecls("c", "a", "r")}><c:date1904 val="0"/><c:roundedCorners val="0"/>'
            f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>{place}{plots}{self._name_axis()}{self._value_axis()}'
            f'</c:plotArea><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/>{over}</c:chart>'
            f"{_type(LABEL_SIZES[0], INK)}</c:chartSpace>"
        ).encode()

    @property
    def xlsx_blob(self) -> bytes:
        """The workbook behind the chart, with all series, also those that are not drawn."""
        return sheet.workbook(self.categories, self.data, self.code)

    def _bars(self) -> str:
        if not self.bars:
            return ""
        rows = "".join(self._row(row, '<c:invertIfNegative val="0"/>') for row in self.bars)
        together = "stacked" if self.stacked else "clustered"
        way = f'<c:barDir val="{self.across}"/><c:grouping val="{together}"/>'
        apart = f'<c:gapWidth val="{self.gap}"/>{_set("overlap", self.overlap)}'
        return f"<c:barChart>{way}{rows}{apart}{_AXES}</c:barChart>"

    def _lines(self) -> str:
        if not self.lines:
            return ""
        rows = "".join(self._row(row, row.marker, '<c:smooth val="0"/>') for row in self.lines)
        way = '<c:grouping val="standard"/><c:varyColors val="0"/>'
        return f'<c:lineChart>{way}{rows}<c:marker val="1"/>{_AXES}</c:lineChart>'

    def _row(self, row: Row, own: str, last: str = "") -> str:
        number = f'<c:idx val="{row.number}"/><c:order val="{row.number}"/>'
        letter, end = sheet.column(row.number), len(self.categories) + 1
        name = _strings("tx", f"${letter}$1", (row.data.name,))
        look = f"<c:spPr>{row.look}</c:spPr>" if row.look else ""
        single = _indexed("dPt", row.single)
        names = _strings("cat", f"$A$2:$A${end}", self.categories)
        cache = f"<c:formatCode>{escape(self.code)}</c:formatCode>{_points(row.data.values)}"
        reference = f"<c:f>Sheet1!${letter}$2:${letter}${end}</c:f>"
        values = f"<c:val><c:numRef>{reference}<c:numCache>{cache}</c:numCache></c:numRef></c:val>"
        return f"<c:ser>{number}{name}{look}{own}{single}{self._labels(row)}{names}{values}{last}</c:ser>"

    def _labels(self, row: Row) -> str:
        if not row.labels and not row.values:
            return ""
        every = _format(self.code) + row.values if row.values else _shown(None)
        return f'<c:dLbls>{_indexed("dLbl", row.labels)}{every}<c:showLeaderLines val="1"/></c:dLbls>'

    def _name_axis(self) -> str:
        place, shown = ("b" if self.across == "col" else "l"), ("low" if self.named else "none")
        body = ' rot="0" vert="horz"' if self.upright else ""
        crosses = _ZERO if self.crossing is None else _set("crossesAt", self.crossing)
        return (
            f'<c:catAx><c:axId val="{_NAMES}"/>'
            f'<c:scaling><c:orientation val="{"maxMin" if self.backwards else "minMax"}"/></c:scaling>'
            f'<c:delete val="0"/><c:axPos val="{place}"/>{_TICKS}<c:tickLblPos val="{shown}"/>'
            f'<c:spPr>{self.base}</c:spPr>{_type(self.name_size, INK, body)}<c:crossAx val="{_VALUES}"/>{crosses}'
            f'<c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>{_set("tickLblSkip", self.every)}'
            '<c:noMultiLvlLbl val="0"/></c:catAx>'
        )

    def _value_axis(self) -> str:
        place = "l" if self.across == "col" else "b"
        lines = f"<c:majorGridlines><c:spPr>{stroke(LINE, 0.75)}</c:spPr></c:majorGridlines>"
        over = (lines if self.grid else "") + _format(self.axis_code or self.code)
        return (
            f'<c:valAx><c:axId val="{_VALUES}"/><c:scaling>{_set("max", self.high)}{_set("min", self.low)}</c:scaling>'
            f'<c:delete val="0"/><c:axPos val="{place}"/>{over}{_TICKS}'
            f'<c:tickLblPos val="{self.numbers}"/><c:spPr>{NO_LINE}</c:spPr>{_type(LABEL_SIZES[-1], MUTED)}'
            f'<c:crossAx val="{_NAMES}"/>{_ZERO}{_set("majorUnit", self.step)}</c:valAx>'
        )


def _set(name: str, value: float | None) -> str:
    return "" if value is None else f'<c:{name} val="{value}"/>'


def _format(code: str) -> str:
    return f'<c:numFmt formatCode={quoteattr(code)} sourceLinked="0"/>'


def _layout(sides: Any, modes: str = "") -> str:
    parts = "".join(f'<c:{name} val="{length:.5f}"/>' for name, length in sides)
    return f"<c:layout><c:manualLayout>{modes}{parts}</c:manualLayout></c:layout>"


def _type(size: float, colour: MSO_THEME_COLOR, body: str = "", bold: bool = False) -> str:
    weight = ' b="1"' if bold else ""
    look = f'<a:defRPr sz="{round(100 * size)}"{weight}>{solid(colour)}</a:defRPr>'
    return f"<c:txPr><a:bodyPr{body}/><a:lstStyle/><a:p><a:pPr>{look}</a:pPr></a:p></c:txPr>"


def _shown(side: Side | None) -> str:
    """Whether labels show values, and at which side of their marks; without a side they do not."""
    kinds = ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
    said = "".join(f'<c:show{kind} val="{int(kind == "Val" and side is not None)}"/>' for kind in kinds)
    return (f'<c:dLblPos val="{side}"/>' if side else "") + said


def _strings(name: str, cells: str, texts: Sequence[str]) -> str:
    cache = f"<c:strCache>{_points([escape(text) for text in texts])}</c:strCache>"
    return f"<c:{name}><c:strRef><c:f>Sheet1!{cells}</c:f>{cache}</c:strRef></c:{name}>"


def _points(values: Sequence[object]) -> str:
    """How many values there are, and those that are known."""
    known = ((index, value) for index, value in enumerate(values) if value is not None)
    points = "".join(f'<c:pt idx="{index}"><c:v>{value}</c:v></c:pt>' for index, value in known)
    return f'<c:ptCount val="{len(values)}"/>{points}'


def _indexed(name: str, looks: dict[int, str]) -> str:
    said = (f'<c:{name}><c:idx val="{index}"/>{look}</c:{name}>' for index, look in sorted(looks.items()))
    return "".join(said)
