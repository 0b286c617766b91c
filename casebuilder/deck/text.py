"""Puts text into boxes at the largest size at which it fits, and hands back what does not fit at the smallest."""

# mypy: allow-untyped-calls

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from xml.sax.saxutils import escape

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.text.text import TextFrame, _Run
from pptx.util import Pt

from casebuilder.deck import measure, xml
from casebuilder.deck.theme import INK, Box, rgb

_POINTS = 72.0
_FITTED = tuple(qn(f"a:{name}") for name in ("noAutofit", "normAutofit", "spAutoFit"))


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
    fitting = [size for size in sizes if height(paras, size, box.width) <= box.height]
    whole = [size for size in fitting if not _breaks(paras, size, box.width)]
    return next(iter(whole or fitting), None)


def _breaks(paras: Sequence[Para], size: float, width: float) -> bool:
    return any(measure.breaks_words(p.text, p.size or size, width * _POINTS, p.bold) for p in paras)


def fill(
    frame: TextFrame,
    paras: Sequence[Para],
    box: Box,
    sizes: Sequence[float],
    *,
    anchor: MSO_ANCHOR | None = None,
    align: PP_ALIGN = PP_ALIGN.LEFT,
) -> tuple[Para, ...]:
    """Writes what fits; the rest, empty as a rule, comes back for another slide. The caller sets the box itself."""
    size = largest(paras, box, sizes)
    rest: tuple[Para, ...] = ()
    if size is None:
        size = sizes[-1]
        paras, rest = split(paras, box, size)
    body = frame._txBody
    _settle(body.find(qn("a:bodyPr")), anchor)
    for old in body.findall(qn("a:p")):
        body.remove(old)
    last = len(paras) - 1
    written = (
        paragraph_xml(each, each.size or size, align, each.after if index < last else 0.0)
        for index, each in enumerate(paras)
    )
    body.extend(xml.elements("".join(written) or "<a:p/>"))
    return rest


def _settle(properties: Any, anchor: MSO_ANCHOR | None) -> None:
    """Text keeps its size and its box, from edge to edge: programs otherwise shrink it each in its own way."""
    for side in ("lIns", "tIns", "rIns", "bIns"):
        properties.set(side, "0")
    properties.set("wrap", "square")
    if anchor is not None:
        properties.set("anchor", anchor.xml_value)
    for child in list(properties):
        if child.tag in _FITTED:
            properties.remove(child)
    properties.insert(0, properties.makeelement(qn("a:noAutofit")))


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


def write(target: _Run, run: Run, size: float) -> None:
    """Text, weight, size and colour of a stretch of text."""
    target.text = run.text
    target.font.size = Pt(size)
    target.font.bold = run.bold
    target.font.color.theme_color = run.colour


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
