"""Puts text into boxes at the largest size at which it fits, and hands back what does not fit at the smallest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

from casebuilder.deck import measure, xml
from casebuilder.deck.theme import INK, Box, rgb

_POINTS = 72.0

#: Text keeps its size and its box, from edge to edge: programs otherwise shrink it each in its own way.
_EDGES = 'wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"'


@dataclass(frozen=True)
class Run:
    """A stretch of text in one colour of the theme, or in that of a `token` of the common look."""

    text: str
    bold: bool = False
    colour: MSO_THEME_COLOR = INK
    token: str = ""

    @property
    def ground(self) -> str:
        """Its colour as the file holds it: of the theme, or of a token of the common look where it has one."""
        if self.token:
            return f'<a:srgbClr val="{rgb(self.token)}"/>'
        return f'<a:schemeClr val="{self.colour.xml_value}"/>'


@dataclass(frozen=True)
class Para:
    """A paragraph; `size` fixes its type size, else the box finds one; `after` is space below it. In points."""

    runs: tuple[Run, ...]
    size: float | None = None
    after: float = 0.0

    @property
    def text(self) -> str:
        """The words without their colours."""
        return "".join(run.text for run in self.runs)

    @property
    def bold(self) -> bool:
        """Whether any part is bold; then all of it is measured as bold."""
        return any(run.bold for run in self.runs)


def one_line(text: str) -> str:
    """The text cleaned of what cannot be written, with spaces for its line breaks and tabs."""
    if text.isprintable():
        return text
    return " ".join(xml.printable(text).replace("\t", " ").splitlines())


def para(
    text: str,
    *,
    bold: bool = False,
    colour: MSO_THEME_COLOR = INK,
    size: float | None = None,
    after: float = 0.0,
) -> Para:
    """A paragraph in one colour, on one line until it wraps."""
    return Para((Run(one_line(text), bold, colour),), size, after)


def height(paras: Sequence[Para], size: float, width: float) -> float:
    """Height in inches of paragraphs that wrap in `width` inches."""
    points = sum(_height(paragraph, size, width) for paragraph in paras)
    return (points - (paras[-1].after if paras else 0.0)) / _POINTS


def _height(paragraph: Para, size: float, width: float) -> float:
    at = paragraph.size or size
    return measure.height(paragraph.text, at, width * _POINTS, paragraph.bold) + paragraph.after


def largest(paras: Sequence[Para], box: Box, sizes: Sequence[float]) -> float | None:
    """The first of `sizes` at which all of it fits into the box, if possible with no word broken; None if at none."""
    broken = None
    for size in sizes:
        if height(paras, size, box.width) <= box.height:
            if not _breaks(paras, size, box.width):
                return size
            broken = broken or size
    return broken


def _breaks(paras: Sequence[Para], size: float, width: float) -> bool:
    return any(measure.breaks_words(p.text, p.size or size, width * _POINTS, p.bold) for p in paras)


def written(
    paras: Sequence[Para],
    box: Box,
    sizes: Sequence[float],
    *,
    anchor: MSO_ANCHOR | None = None,
    align: PP_ALIGN = PP_ALIGN.LEFT,
) -> tuple[str, tuple[Para, ...]]:
    """What fits as the file holds it, without its box; the rest, empty as a rule, for another slide."""
    size = largest(paras, box, sizes)
    rest: tuple[Para, ...] = ()
    if size is None:
        size = sizes[-1]
        paras, rest = split(paras, box, size)
    last = len(paras) - 1
    said = "".join(
        paragraph_xml(each, each.size or size, align, each.after if index < last else 0.0)
        for index, each in enumerate(paras)
    )
    return body_xml(said, anchor), rest


def body_xml(paragraphs: str, anchor: MSO_ANCHOR | None = None) -> str:
    """Paragraphs as the text of a shape."""
    upright = f' anchor="{anchor.xml_value}"' if anchor is not None else ""
    properties = f"<a:bodyPr {_EDGES}{upright}><a:noAutofit/></a:bodyPr><a:lstStyle/>"
    return f"<p:txBody>{properties}{paragraphs}</p:txBody>"


def paragraph_xml(paragraph: Para, size: float, align: PP_ALIGN = PP_ALIGN.LEFT, after: float = 0.0) -> str:
    """A paragraph as the file holds it; `after` is the space below it, in points."""
    space = '<a:{0}><a:spcPts val="{1}"/></a:{0}>'
    around = space.format("spcBef", 0) + space.format("spcAft", round(100 * after))
    runs = "".join(run_xml(run, size) for run in paragraph.runs)
    return f'<a:p><a:pPr algn="{align.xml_value}">{around}</a:pPr>{runs}</a:p>'


def run_xml(run: Run, size: float) -> str:
    """A stretch of text as the file holds it, with its weight, size and colour."""
    return (
        f'<a:r><a:rPr sz="{round(100 * size)}" b="{int(run.bold)}"><a:solidFill>{run.ground}</a:solidFill></a:rPr>'
        f"<a:t>{escape(xml.printable(run.text))}</a:t></a:r>"
    )


def split(paras: Sequence[Para], box: Box, size: float) -> tuple[tuple[Para, ...], tuple[Para, ...]]:
    """Paragraphs that fit into the box at this size, and the rest; a paragraph longer than the box breaks at a line."""
    for count in range(len(paras), 0, -1):
        if height(paras[:count], size, box.width) <= box.height:
            return tuple(paras[:count]), tuple(paras[count:])
    first = paras[0]
    at = first.size or size
    lines = measure.wrap(first.text, at, box.width * _POINTS, first.bold)
    fits = max(1, int(box.height * _POINTS // measure.line_height(first.text, at)))
    head, tail = " ".join(lines[:fits]), " ".join(lines[fits:])
    rest = (_saying(first, tail), *paras[1:]) if tail else tuple(paras[1:])
    return (_saying(first, head),), rest


def _saying(paragraph: Para, text: str) -> Para:
    return replace(paragraph, runs=(replace(paragraph.runs[0], text=text),))
