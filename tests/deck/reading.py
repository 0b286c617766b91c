"""Reads a deck back: what stands where, at which size, and whether it has room."""

from collections.abc import Iterator
from io import BytesIO

from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Emu

from casebuilder.deck import measure

#: Lengths are rounded to whole units of the file; 0.01 inch is far below what anybody sees.
TOLERANCE = 0.01


def opened(content: bytes) -> Deck:
    """The deck as python-pptx reads it."""
    return Presentation(BytesIO(content))


def shapes(deck: Deck) -> Iterator[tuple[Slide, BaseShape]]:
    """Every shape of every slide."""
    for slide in deck.slides:
        for shape in slide.shapes:
            yield slide, shape


def where(slide: Slide, shape: BaseShape) -> str:
    """A shape's name for a failing test."""
    return f"slide {slide.part.partname}, {shape.name}"


def inches(length: int) -> float:
    """A length of the file in inches."""
    return Emu(length).inches


def text_height(frame: TextFrame, width: float) -> float:
    """Height of a text that wraps in `width` inches, in inches, from the sizes written in the file."""
    total = 0.0
    for paragraph in frame.paragraphs:
        runs = paragraph.runs
        if not runs:
            continue
        size = max(run.font.size.pt for run in runs)
        bold = any(run.font.bold for run in runs)
        total += measure.height("".join(run.text for run in runs), size, width * 72, bold)
        total += paragraph.space_after.pt if paragraph.space_after else 0.0
    return total / 72


def named(deck: Deck, name: str) -> list[BaseShape]:
    """All shapes of a name."""
    return [shape for _, shape in shapes(deck) if shape.name == name]


def texts(deck: Deck) -> str:
    """Everything that can be read: text boxes, tables, notes."""
    said = []
    for slide, shape in shapes(deck):
        if shape.has_text_frame:
            said.append(shape.text_frame.text)
        if shape.has_table:
            said += [cell.text for row in shape.table.rows for cell in row.cells]
        if slide.has_notes_slide:
            said.append(slide.notes_slide.notes_text_frame.text)
    return "\n".join(said)
