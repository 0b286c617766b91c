"""Puts text into boxes at the largest size at which it fits, and hands back what does not fit at the smallest."""

# mypy: allow-untyped-calls

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.text.text import TextFrame, _Run
from pptx.util import Pt

from casebuilder.deck import measure, xml
from casebuilder.deck.theme import INK, Box

_POINTS = 72.0


@dataclass(frozen=True)
class Run:
    """A stretch of text in one colour."""

    text: str
    bold: bool = False
    colour: MSO_THEME_COLOR = INK


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
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(0)
    frame.word_wrap = True
    if anchor is not None:
        frame.vertical_anchor = anchor
    xml.fix_size(frame)
    for index, paragraph in enumerate(paras):
        target = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        target.alignment = align
        target.space_after = Pt(paragraph.after if index < len(paras) - 1 else 0)
        target.space_before = Pt(0)
        for run in paragraph.runs:
            write(target.add_run(), run, paragraph.size or size)
    return rest


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
